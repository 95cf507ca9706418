//! Danish personal numbers (CPR): finding and masking them.
//!
//! Takes text; gives the bytes of each number and whether it is certain. A number is a valid calendar date (DDMMYY, the
//! day plus 60 in replacement numbers) and four digits that stand by themselves, perhaps with a blank or dash between.
//! The check sum sets the severity only: numbers that fail it have been issued since 2007.

use jiff::civil::Date;
use regex::Regex;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// A number that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its ten digits.
    pub digits: String,
    /// The check sum passes, a separator stands in it, or a word near it says what it is.
    pub certain: bool,
}

static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([0-9]{6})([ \t\u{a0}\u{2000}-\u{200a}\u{202f}]?[-\u{2010}-\u{2014}\u{2212}]?[ \t\u{a0}\u{2000}-\u{200a}\u{202f}]?)([0-9]{4})").ok()
});

/// How many digits a number has.
pub const DIGITS: usize = 10;

/// How far from a number a word that names it may stand, in characters.
const NEAR: usize = 40;

/// Every CPR number in `text`.
pub fn find(text: &str) -> Vec<Found> {
    let Some(shape) = SHAPE.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(hit) = shape.captures_at(text, from) {
        let (Some(all), Some(date), Some(between), Some(serial)) = (hit.get(0), hit.get(1), hit.get(2), hit.get(3))
        else {
            break;
        };
        from = all.start() + 1;
        let digits = format!("{}{}", date.as_str(), serial.as_str());
        if !by_itself(text, all.range()) || !is_date(&digits) {
            continue;
        }
        let separated = !between.is_empty();
        if !separated && is_labelled_otherwise(&text[..all.start()]) {
            continue;
        }
        let certain = separated || checksum(&digits) || named_near(text, all.range());
        from = all.end();
        found.push(Found { range: all.range(), digits, certain });
    }
    found
}

/// Whether `text` is a CPR number and nothing else.
pub fn is_one(text: &str) -> bool {
    find(text).first().is_some_and(|found| found.range == (0..text.len()))
}

/// The number with its last four digits hidden.
pub fn masked(number: &str) -> String {
    let keep = number.chars().filter(char::is_ascii_digit).count().saturating_sub(4);
    let mut seen = 0;
    number
        .chars()
        .map(|c| {
            seen += usize::from(c.is_ascii_digit());
            if c.is_ascii_digit() && seen > keep { '*' } else { c }
        })
        .collect()
}

/// `text` with every CPR number masked; of the same length.
pub fn mask(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for Found { range, .. } in found {
        out.push_str(&text[from..range.start]);
        out.push_str(&masked(&text[range.clone()]));
        from = range.end;
    }
    Cow::Owned(out + &text[from..])
}

/// No digit on either side: not a part of a longer number.
fn by_itself(text: &str, range: Range<usize>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    !digit(text[..range.start].chars().next_back()) && !digit(text[range.end..].chars().next())
}

/// Whether the first six digits are a date, in the century that the seventh gives.
fn is_date(digits: &str) -> bool {
    let number = |range: Range<usize>| digits[range].parse::<i16>().unwrap_or(0);
    let (mut day, month, year, seventh) = (number(0..2), number(2..4), number(4..6), number(6..7));
    if day > 60 {
        day -= 60;
    }
    let century = match (seventh, year) {
        (0..=3, _) | (4 | 9, 37..) => 1900,
        (4 | 9, _) | (_, ..=57) => 2000,
        _ => 1800,
    };
    Date::new(century + year, i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0)).is_ok()
}

/// The check sum, modulus 11.
fn checksum(digits: &str) -> bool {
    let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    sum.is_multiple_of(11)
}

/// A production unit's number, or another kind of number that its label names, is no CPR number.
fn is_labelled_otherwise(before: &str) -> bool {
    let label = before.trim_end_matches([' ', '\u{a0}', ':', '.']).to_lowercase();
    ["p-nr", "p-nummer", "p‑nr", "pnr", "p-numre"].iter().any(|word| label.ends_with(word))
}

/// `cpr` or `personnummer` within [`NEAR`] characters.
fn named_near(text: &str, range: Range<usize>) -> bool {
    let before: String = text[..range.start].chars().rev().take(NEAR).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[range.end..].chars().take(NEAR).collect();
    [before, after].iter().any(|near| {
        let near = near.to_lowercase();
        near.contains("cpr") || near.contains("personnummer") || near.contains("personnr")
    })
}

#[cfg(test)]
mod tests {
    use super::{find, mask};
    use proptest::prelude::*;

    #[test]
    fn numbers_are_flagged() {
        for number in [
            "010136-4003",
            "0101364011",
            "010136–4003",
            "010136-4000",
            "610136-4001",
            "010136 4003",
            "010136\u{a0}4003",
        ] {
            let found = find(&format!("Borger {number}, bor her."));
            assert!(found.len() == 1 && found[0].certain, "{number}: {found:?}");
        }
        assert!(!find("nummer 0101364000")[0].certain);
        assert!(find("CPR-nummer: 0101364000")[0].certain);
    }

    #[test]
    fn other_numbers_are_left() {
        for text in [
            "310236-4001",
            "2902354002",
            "000000-0000",
            "638943150503258131",
            "%2F030720251338%2F",
            "+45 33 70 33 70",
            "GLN 5798000123456",
            "P-nr. 1003374488",
            "SAG-2025-03929",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn a_number_is_masked_in_place() {
        assert_eq!(mask("CPR 010136-4003 og 0101364011"), "CPR 010136-**** og 010136****");
    }

    proptest! {
        #[test]
        fn masking_keeps_the_length_and_leaves_no_number(text in "[0-9 a-z\\-–]{0,60}") {
            let masked = mask(&text).into_owned();
            prop_assert_eq!(masked.len(), text.len());
            prop_assert!(find(&masked).is_empty());
        }
    }
}
