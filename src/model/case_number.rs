//! Case numbers: how one is recognised in any spelling, and its canonical form.
//!
//! Takes the configured pattern and text; gives numbers in the one canonical form with the bytes where each was written.
//! Letters may be in any case, and a hyphen may be any hyphen or dash; soft hyphens are ignored.

use crate::scan::any_byte;
use regex::{Regex, RegexBuilder};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A case number in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct CaseNumber(Arc<str>);

impl CaseNumber {
    /// The canonical form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands for it in an address: itself, with a hyphen for each character that a path cannot hold.
    pub fn segment(&self) -> String {
        let plain = self.0.replace(|c: char| !c.is_alphanumeric() && !"-_.".contains(c), "-");
        plain.trim_matches('.').to_owned()
    }

    /// The year in the number: the first four digits that stand by themselves and are a year from 1900 to 2199.
    pub fn year(&self) -> Option<&str> {
        self.0
            .split(|c: char| !c.is_ascii_digit())
            .find(|digits| digits.len() == 4 && matches!(digits.parse(), Ok(1900..=2199)))
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The configured form of a case number.
#[derive(Debug, Clone)]
pub struct CasePattern {
    written: String,
    exact: Regex,
    any_case: Regex,
}

impl CasePattern {
    /// The pattern that is used where none is configured.
    pub const DEFAULT: &str = r"(SAG|MOD)-\d{4}-\d{5}";

    /// A pattern from a regular expression; `None` where it is none, or would match an empty text.
    pub fn new(pattern: &str) -> Option<Self> {
        let build = |text: &str, any_case| RegexBuilder::new(text).case_insensitive(any_case).build().ok();
        let any_case = build(pattern, true)?;
        let exact = build(&format!("^(?:{pattern})$"), false)?;
        (!any_case.is_match("")).then(|| Self { written: pattern.to_owned(), exact, any_case })
    }

    /// The regular expression as configured.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The number that `text` is, apart from blanks around it.
    pub fn parse(&self, text: &str) -> Option<CaseNumber> {
        let text = text.trim();
        let mut found = self.find_all(text);
        match found.pop() {
            Some((range, number)) if found.is_empty() && range == (0..text.len()) => Some(number),
            _ => None,
        }
    }

    /// Every number in `text` that stands by itself, with the bytes it is written in.
    pub fn find_all(&self, text: &str) -> Vec<(Range<usize>, CaseNumber)> {
        let plain = plain_hyphens(text);
        let mut found = Vec::new();
        let mut origin = Origin { text, same: plain.len() == text.len(), at: 0, plain: 0 };
        for hit in self.any_case.find_iter(&plain) {
            if hit.is_empty() || !stands_alone(&plain, hit.range()) {
                continue;
            }
            if let Some(number) = self.canonical(hit.as_str()) {
                found.push((origin.of(hit.range()), number));
            }
        }
        found
    }

    /// The letter case in which the pattern itself matches: upper, lower, or as written.
    fn canonical(&self, plain: &str) -> Option<CaseNumber> {
        [plain.to_uppercase(), plain.to_lowercase(), plain.to_owned()]
            .into_iter()
            .find(|form| self.exact.is_match(form))
            .filter(|form| form.contains(char::is_alphanumeric))
            .map(|form| CaseNumber(form.into()))
    }
}

impl Default for CasePattern {
    fn default() -> Self {
        Self::new(Self::DEFAULT).unwrap_or_else(|| unreachable!("the default pattern is a regular expression"))
    }
}

/// Neither a letter or digit beside it, nor a hyphen with a digit behind: `SAG-2025-039291` holds no number.
fn stands_alone(text: &str, at: Range<usize>) -> bool {
    let mut before = text[..at.start].chars().rev();
    let mut after = text[at.end..].chars();
    let joined = |first: Option<char>, second: Option<char>| match first {
        Some('-') => second.is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    !joined(before.next(), before.next()) && !joined(after.next(), after.next())
}

/// `text` with ASCII hyphens for every hyphen and dash, and without soft hyphens.
fn plain_hyphens(text: &str) -> Cow<'_, str> {
    // Every dash begins with the same byte in UTF-8, and a soft hyphen with another.
    if !any_byte(text, |byte| byte == 0xe2 || byte == 0xc2) || !text.contains(is_written_otherwise) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for (at, found) in text.match_indices(is_written_otherwise) {
        plain.push_str(&text[from..at]);
        plain.push_str(plainly(found));
        from = at + found.len();
    }
    Cow::Owned(plain + &text[from..])
}

/// Tells of bytes of a plain form where in the text they came from; of hits in their order, so that it walks there once.
struct Origin<'a> {
    text: &'a str,
    /// Nothing was changed.
    same: bool,
    /// How far it has come, in the text and in its plain form.
    at: usize,
    plain: usize,
}

impl Origin<'_> {
    fn of(&mut self, range: Range<usize>) -> Range<usize> {
        if self.same {
            return range;
        }
        let start = self.walk(range.start);
        start..self.walk(range.end)
    }

    /// Where the letter stands that has this place in the plain form.
    fn walk(&mut self, plain: usize) -> usize {
        for letter in self.text[self.at..].chars() {
            let written = letter.len_utf8();
            let length = match is_written_otherwise(letter) {
                true => plainly(&self.text[self.at..self.at + written]).len(),
                false => written,
            };
            if length > 0 && self.plain >= plain {
                break;
            }
            self.plain += length;
            self.at += written;
        }
        self.at
    }
}

/// What the plain form has for a letter that it does not have.
fn plainly(letter: &str) -> &'static str {
    if letter == "\u{ad}" { "" } else { "-" }
}

fn is_written_otherwise(letter: char) -> bool {
    is_dash(letter) || letter == '\u{ad}'
}

/// A hyphen or dash that stands for the hyphen-minus.
pub fn is_dash(letter: char) -> bool {
    matches!(letter, '\u{2010}'..='\u{2014}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::CasePattern;
    use proptest::prelude::*;

    fn pattern() -> CasePattern {
        CasePattern::new(CasePattern::DEFAULT).expect("the default pattern")
    }

    #[test]
    fn every_spelling_gives_the_canonical_form() {
        for spelling in [
            "SAG-2025-03929",
            "sag-2025-03929",
            "Sag–2025—03929",
            "SAG\u{2011}2025\u{2212}03929",
            "S\u{ad}AG-2025-\u{ad}03929",
        ] {
            let number = pattern().parse(spelling);
            assert_eq!(number.as_ref().map(|n| n.as_str()), Some("SAG-2025-03929"), "{spelling}");
        }
    }

    #[test]
    fn a_number_stands_by_itself() {
        for text in ["SAG-2025-039291", "XSAG-2025-03929", "SAG-2025-0392", "SAG-2025-03929-1", "SAG 2025 03929"] {
            assert!(pattern().find_all(text).is_empty(), "{text}");
        }
        let text = "jf. sag–2025–03929, og (MOD-2024-00167).";
        let found: Vec<_> =
            pattern().find_all(text).into_iter().map(|(at, n)| (text[at].to_owned(), n.to_string())).collect();
        assert_eq!(found[0], ("sag–2025–03929".to_owned(), "SAG-2025-03929".to_owned()));
        assert_eq!(found[1].1, "MOD-2024-00167");
    }

    #[test]
    fn another_council_has_another_pattern() {
        let other = CasePattern::new(r"\d{3}-\d{4}-\d+").expect("a pattern");
        let number = other.parse("330‑2018‑3619").expect("a number");
        assert_eq!((number.as_str(), number.year()), ("330-2018-3619", Some("2018")));
        assert!(CasePattern::new("(").is_none());
        assert!(CasePattern::new("x*").is_none());
    }

    proptest! {
        #[test]
        fn numbers_round_trip(year in 1900u16..2199, serial in 0u32..99999, before in "[ a-zæøå(]{0,3} ", after in "[ ,.)]{0,3}") {
            let written = format!("SAG-{year}-{serial:05}");
            let text = format!("{before}{written}{after}");
            let found = pattern().find_all(&text);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].1.as_str(), written.as_str());
            prop_assert_eq!(&text[found[0].0.clone()], written.as_str());
            let year = year.to_string();
            prop_assert_eq!(found[0].1.year(), Some(year.as_str()));
        }

        #[test]
        fn any_text_is_searched(text in any::<String>()) {
            for (at, _) in pattern().find_all(&text) {
                prop_assert!(text.get(at).is_some());
            }
        }
    }
}
