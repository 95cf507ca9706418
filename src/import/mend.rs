//! Makes whole what line ends broke: words that were hyphenated there.
//!
//! Takes the two sides of a line's end and the words that the document and the record are known to have; decides whether
//! the hyphen is the line's (it goes) or the word's (it stays). For readers of formats that keep lines: text and PDF.

use std::collections::HashMap;

/// What becomes of a hyphen at a line's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// The line's: both parts are one word.
    Soft,
    /// The word's own: it stays, without a blank behind it (`it-` `landskab`).
    Hard,
    /// The first of several words that share their end (`netværks-` `og`): it stays, with a blank.
    Hanging,
}

/// Words that are known to exist, in lower case, with how often they were seen.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary(HashMap<String, u32>);

impl Vocabulary {
    /// Adds every word of a text that stands within a line; the two halves of a word that a line's end breaks are none.
    pub fn learn(&mut self, text: &str) {
        let mut broken = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let breaks = line.ends_with(is_hyphen);
            let whole = line.trim_end_matches(is_hyphen).trim_end();
            let end = if breaks { whole.rfind(char::is_whitespace).unwrap_or(0) } else { line.len() };
            let from = if broken { line.find(char::is_whitespace).unwrap_or(line.len()) } else { 0 };
            broken = breaks;
            for word in line.get(from..end).unwrap_or("").split(|c: char| !is_hyphen(c) && !c.is_alphanumeric()) {
                let word = word.trim_matches(is_hyphen);
                if word.chars().count() > 1 {
                    *self.0.entry(plain(word)).or_default() += 1;
                }
            }
        }
    }

    fn count(&self, word: &str) -> u32 {
        self.0.get(word).copied().unwrap_or(0)
    }
}

/// The word in lower case, with one kind of hyphen.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| *c != '\u{ad}')
        .map(|c| if is_hyphen(c) { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A hyphen as line ends have it; a dash is none.
pub fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}')
}

/// Words before which a hanging hyphen stands.
const JOINERS: [&str; 6] = ["og", "eller", "samt", "til", "såvel", "henholdsvis"];

/// First parts of words that keep their hyphen, whatever follows.
const KEEPS: [&str; 4] = ["it", "pc", "e", "tv"];

/// Whether a line that ends in a blank and a hyphen ends in a broken word all the same: type that is spaced out has such
/// blanks. Then what stands before it and the line below are one word that is known, or no words by themselves.
pub fn is_spaced_hyphen(left: &str, right: &str, known: &Vocabulary) -> bool {
    let Some(left) = left.strip_suffix(" -") else { return false };
    let fragment = left.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let right = right.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let letters = fragment.ends_with(char::is_lowercase) && right.starts_with(char::is_lowercase);
    letters
        && (known.count(&plain(&format!("{fragment}{right}"))) > 0
            || known.count(&plain(fragment)) == 0
            || known.count(&plain(right)) == 0)
}

/// Decides about the hyphen between `left`, a line that ends in one, and `right`, the line after it; with it, whether
/// that is a guess which a person should look at.
pub fn joint(left: &str, right: &str, known: &Vocabulary) -> (Joint, bool) {
    let left = left.trim_end();
    let written_soft = left.ends_with('\u{ad}');
    let left = left.trim_end_matches(is_hyphen);
    let left_word = left.rsplit(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).next().unwrap_or("");
    let right = right.trim_start();
    let right_word = right.split(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).next().unwrap_or("");
    let right_word = right_word.trim_end_matches(is_hyphen);
    if left_word.is_empty() || right_word.is_empty() {
        return (Joint::Hanging, false);
    }
    if written_soft {
        return (Joint::Soft, false);
    }
    let (joined, kept) = (plain(&format!("{left_word}{right_word}")), plain(&format!("{left_word}-{right_word}")));
    if JOINERS.contains(&right_word) && known.count(&joined) == 0 {
        return (Joint::Hanging, false);
    }
    let last = left_word.rsplit(is_hyphen).next().unwrap_or("");
    let seen = (known.count(&joined), known.count(&kept));
    let capitals = last.chars().all(char::is_uppercase) && last.chars().any(char::is_alphabetic);
    let right_capital = right_word.starts_with(char::is_uppercase);
    // A name with a capital within (`NemLogin`), or all in capitals, can be broken too; it is known from elsewhere.
    let genitive = joined.strip_suffix('s').map_or(0, |word| known.count(word));
    if right_capital && seen.0.max(genitive) > seen.1 {
        return (Joint::Soft, false);
    }
    // Names that have a capital within keep what is joined to them apart, unless they are broken themselves.
    let letters: Vec<char> = last.chars().collect();
    let name = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
        && [last, right_word].iter().any(|word| known.count(&plain(word)) > 0);
    let own = last.chars().last().is_some_and(char::is_numeric)
        || capitals
        || name && seen.0 <= seen.1
        || KEEPS.contains(&last.to_lowercase().as_str())
        || right_capital
        || right_word.starts_with(char::is_numeric);
    if own {
        return (Joint::Hard, false);
    }
    match seen {
        (0, 0) => {
            // Both halves are words of their own: a compound that could be written either way.
            let first = left_word.split(is_hyphen).next_back().unwrap_or(left_word);
            let long = |word: &str| word.chars().count() > 3;
            let doubt = long(first)
                && long(right_word)
                && known.count(&plain(first)) > 0
                && known.count(&plain(right_word)) > 0;
            (Joint::Soft, doubt)
        }
        (soft, hard) if hard > soft => (Joint::Hard, soft > 0),
        (_, hard) => (Joint::Soft, hard > 0),
    }
}

#[cfg(test)]
mod tests {
    use super::{Joint, Vocabulary, joint};

    #[test]
    fn line_ends_of_the_documents_are_mended() {
        let mut known = Vocabulary::default();
        known.learn(
            "MedCom og de storskala-projekter, som\nstrategi og spor er; bløde dobbelt-\nord og en samtykkeløsning KOMBIT",
        );
        let cases = [
            ("styr-", "ker den", Joint::Soft, false),
            ("It-Arki-", "tekturrådet", Joint::Soft, false),
            ("HADES-", "workshops1) er", Joint::Hard, false),
            ("SAG-2025-", "01234", Joint::Hard, false),
            ("kommunernes it-", "landskab", Joint::Hard, false),
            ("fra MedCom-", "formatet", Joint::Hard, false),
            ("fra MedCom-", "standarden", Joint::Hard, false),
            ("fx NemLo-", "gin", Joint::Soft, false),
            ("ITarkitektur-", "strategi", Joint::Soft, false),
            ("se KOM-", "BITs politik", Joint::Soft, false),
            ("netværks-", "og serverdrift", Joint::Hanging, false),
            ("storskala-", "projekter.", Joint::Hard, false),
            ("samtykke\u{ad}", "løsning", Joint::Soft, false),
            ("strategi-", "spor, hvilket", Joint::Soft, true),
            ("genudbud i KOM-", "BIT", Joint::Soft, false),
            ("Kommunernes digitaliseringsstrategi 2026-", "2030.", Joint::Hard, false),
            ("medlemmer -", "og gæster", Joint::Hanging, false),
        ];
        for (left, right, wanted, doubt) in cases {
            assert_eq!(joint(left, right, &known), (wanted, doubt), "{left} {right}");
        }
    }
}
