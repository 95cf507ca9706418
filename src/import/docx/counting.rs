//! Counts the entries of numbered lists as Word does, and prints what stands before each.

use super::numbering::{LEVELS, Level, List};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers beyond this are written in digits, whatever the format.
const LETTERS: i64 = 780;
const ROMAN: i64 = 3999;

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// A sign that does not count.
    Bullet,
    /// A number or letter.
    Number(String),
}

/// How far each list has come.
#[derive(Debug, Default)]
pub struct Counters {
    /// By what lists count together: the last number of each level.
    values: BTreeMap<i64, [Option<i64>; LEVELS]>,
    /// The lists that have begun anew where they say so, with the level.
    begun: BTreeSet<(i64, usize)>,
}

impl Counters {
    /// Counts an entry of this list at this level, and prints its marker; nothing, if none is printed.
    pub fn next(&mut self, number: i64, list: &List, level: usize) -> Option<Printed> {
        let values = self.values.entry(list.counter).or_default();
        let shape = list.levels.get(level)?.as_deref()?;
        let value = match list.starts[level] {
            Some(start) if self.begun.insert((number, level)) => start,
            _ => values[level].map_or(shape.start, |value| value.saturating_add(1)),
        };
        values[level] = Some(value);
        for (deeper, value) in values.iter_mut().enumerate().skip(level + 1) {
            let restart = list.levels[deeper].as_ref().and_then(|shape| shape.restart);
            // Unless it says otherwise, a level begins anew after any that is above it.
            if restart.is_none_or(|after| level < after) {
                *value = None;
            }
        }
        printed(list, shape, values)
    }
}

fn printed(list: &List, shape: &Level, values: &[Option<i64>; LEVELS]) -> Option<Printed> {
    if shape.picture {
        return Some(Printed::Bullet);
    }
    if shape.format == "bullet" {
        return (!shape.pattern.trim().is_empty()).then_some(Printed::Bullet);
    }
    let mut text = String::new();
    let mut letters = shape.pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        let at = letters.peek().filter(|_| letter == '%').and_then(|next| next.to_digit(10));
        let at = at.and_then(|at| usize::try_from(at).ok()?.checked_sub(1));
        let Some((at, of)) = at.and_then(|at| Some((at, list.levels.get(at)?.as_deref()?))) else {
            text.push(letter);
            continue;
        };
        letters.next();
        let format = if shape.legal { "decimal" } else { of.format.as_str() };
        text.push_str(&written(values[at].unwrap_or(of.start), format));
    }
    let text = text.trim();
    if text.is_empty() {
        None
    } else if text.chars().any(char::is_alphanumeric) {
        Some(Printed::Number(text.to_owned()))
    } else {
        Some(Printed::Bullet)
    }
}

/// A number in the format of a level.
fn written(value: i64, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" if (0..10).contains(&value) => format!("0{value}"),
        "lowerLetter" => letters(value).unwrap_or_else(|| value.to_string()),
        "upperLetter" => letters(value).map_or_else(|| value.to_string(), |letters| letters.to_uppercase()),
        "lowerRoman" => roman(value).unwrap_or_else(|| value.to_string()),
        "upperRoman" => roman(value).map_or_else(|| value.to_string(), |roman| roman.to_uppercase()),
        // In Danish, an ordinal is the number with a full stop.
        "ordinal" => format!("{value}."),
        _ => value.to_string(),
    }
}

/// After `z` comes `aa`, then `bb`.
fn letters(value: i64) -> Option<String> {
    let at = u32::try_from((1..=LETTERS).contains(&value).then_some(value)? - 1).ok()?;
    let letter = char::from_digit(at % 26 + 10, 36)?;
    Some(letter.to_string().repeat(usize::try_from(at / 26 + 1).ok()?))
}

fn roman(value: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = (1..=ROMAN).contains(&value).then_some(value)?;
    let mut roman = String::new();
    for (worth, sign) in SIGNS {
        while left >= worth {
            roman.push_str(sign);
            left -= worth;
        }
    }
    Some(roman)
}
