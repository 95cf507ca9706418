//! What is Danish in prose: dates, months, sentences; and the order of words.
//!
//! Takes text, gives dates with their places, the bounds of sentences, and a comparison by the Danish alphabet.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use jiff::civil::Date;
use regex::Regex;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::LazyLock;

/// The months, in lower case.
pub const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// A month and a year, which every date ends with. Without bounds of words, which only a slow search can see.
static MONTHS_AND_YEARS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)(?:{})\s+[0-9]{{4}}", MONTHS.join("|"))).ok());

/// Words that end in a full stop and end no sentence, without that stop.
const ABBREVIATIONS: [&str; 14] =
    ["jf", "pkt", "nr", "bl.a", "ca", "f.eks", "fx", "inkl", "kl", "m.fl", "m.v", "mv", "pga", "vedr"];

/// A date as written in prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `2. maj 2025`.
    Day(Date),
    /// `november 2023`: year and month.
    Month(i16, i8),
}

/// Every full date, and every month with its year that is not a part of one.
pub fn dates(text: &str) -> Vec<(Range<usize>, Written)> {
    let Some(pattern) = MONTHS_AND_YEARS.as_ref() else { return Vec::new() };
    pattern.find_iter(text).filter_map(|hit| date_at(text, hit.range())).collect()
}

/// The date that ends with a month and a year at these bytes, if they are whole words: with its day, where one stands
/// before them.
fn date_at(text: &str, at: Range<usize>) -> Option<(Range<usize>, Written)> {
    let (before, found) = (&text[..at.start], &text[at.clone()]);
    if is_word(text[at.end..].chars().next()) {
        return None;
    }
    let (month, year) = found.split_once(char::is_whitespace)?;
    let month = month.to_lowercase();
    let month = i8::try_from(MONTHS.iter().position(|name| *name == month)? + 1).ok()?;
    let year: i16 = year.trim_start().parse().ok()?;
    if let Some(rest) = before.trim_end().strip_suffix('.') {
        let digits = rest.len() - rest.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = rest.len() - digits;
        if matches!(digits, 1 | 2) && !is_word(rest[..start].chars().next_back()) {
            let day = Date::new(year, month, rest[start..].parse().ok()?).ok()?;
            return Some((start..at.end, Written::Day(day)));
        }
    }
    (!is_word(before.chars().next_back())).then_some((at, Written::Month(year, month)))
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Whether this is the name of a month, as it is written within a sentence.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Whether no letter or digit stands beside these bytes. A regular expression that asks for that (`\b`) is many times slower
/// in text with letters such as æ, ø and å.
pub fn is_bounded(text: &str, at: &Range<usize>) -> bool {
    !is_word(text[..at.start].chars().next_back()) && !is_word(text[at.end..].chars().next())
}

/// The bounds of the sentence that holds byte `at`. A full stop ends one where a capital follows: not in `2. maj`, `bl.a.`
pub fn sentence(text: &str, at: usize) -> Range<usize> {
    let ends = |from: usize| {
        text[from..]
            .char_indices()
            .filter(|(_, c)| matches!(c, '.' | '!' | '?'))
            .map(move |(i, c)| from + i + c.len_utf8())
    };
    let is_end = |end: &usize| {
        let after = &text[*end..];
        let next = after.trim_start_matches(|c: char| c.is_whitespace() || "\"»”’')".contains(c));
        let word = text[..*end - 1].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
        let is_abbreviation = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
        !is_abbreviation
            && next.len() < after.len()
            && next.starts_with(|c: char| c.is_uppercase() || "«“\"".contains(c))
    };
    let start = ends(0).take_while(|end| *end <= at).filter(is_end).last().unwrap_or(0);
    let end = ends(at).find(is_end).unwrap_or(text.len());
    start..end
}

/// Whether `word` stands in `text` as a whole word, in any letter case.
pub fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    text.match_indices(&word).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
            && !after.is_some_and(|c| c.is_alphanumeric() || c == '-')
    })
}

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let locale: Locale = "da-u-kn".parse().ok()?;
    Collator::try_new(locale.into(), CollatorOptions::default()).ok()
});

/// The order of the Danish alphabet: æ, ø, å last, `aa` as å, digits by value; equal words by their bytes.
pub fn order(a: &str, b: &str) -> Ordering {
    COLLATOR.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::{Written, dates, has_word, order, sentence};
    use jiff::civil::date;

    #[test]
    fn dates_are_read_in_prose() {
        let text = "den 2. maj 2025, i november 2023 og Maj 2024; 31. februar 2025; i maj i år; 27.\nnovember 2025";
        let found: Vec<_> = dates(text).into_iter().map(|(at, written)| (&text[at], written)).collect();
        assert_eq!(
            found,
            [
                ("2. maj 2025", Written::Day(date(2025, 5, 2))),
                ("november 2023", Written::Month(2023, 11)),
                ("Maj 2024", Written::Month(2024, 5)),
                ("27.\nnovember 2025", Written::Day(date(2025, 11, 27))),
            ]
        );
    }

    #[test]
    fn a_sentence_ends_before_a_capital() {
        let text = "Det var bl.a. den 2. maj 2025 i rådet. Så kom november 2023. Slut";
        assert_eq!(&text[sentence(text, 25)], "Det var bl.a. den 2. maj 2025 i rådet.");
        let short = "Rådet (jf. Bilag 1) drøftede det i maj 2025. Slut";
        assert_eq!(&short[sentence(short, 30)], "Rådet (jf. Bilag 1) drøftede det i maj 2025.");
        assert_eq!(&text[sentence(text, 45)].trim(), &"Så kom november 2023.");
    }

    #[test]
    fn words_are_whole() {
        assert!(has_word("I Rådet sagde man", "rådet"));
        assert!(!has_word("It-Arkitekturrådets råd", "rådet"));
        assert!(!has_word("It-rådet", "rådet"));
    }

    #[test]
    fn the_alphabet_is_danish() {
        let mut words = ["Øl", "Aabenraa", "Zebra", "2.10", "Ærø", "abe", "2.9", "År"];
        words.sort_by(|a, b| order(a, b));
        assert_eq!(words, ["2.9", "2.10", "abe", "Zebra", "Ærø", "Øl", "Aabenraa", "År"]);
    }
}
