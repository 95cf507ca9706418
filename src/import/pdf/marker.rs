//! Marks of entries: what stands before the text of an entry in a list.
//!
//! Takes a line; gives the mark with which it begins, if any, and where the text after it begins.

use super::line::Line;
use crate::danish::MONTHS;
use crate::import::block::Marker;

/// A mark at the beginning of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub marker: Marker,
    /// How many atoms it takes.
    pub atoms: usize,
    /// Where it stands.
    pub left: f32,
    /// Where the text behind it begins.
    pub text: f32,
    /// The gap between them is wider than a blank.
    pub wide: bool,
    /// A dash or a letter `o`, which could be a word of a sentence.
    pub weak: bool,
}

/// Signs that are nothing but bullets.
const BULLETS: &str = "•◦▪‣●○■□◆◇►▸⁃∙·➢➤✓✔\u{f0b7}\u{f0a7}\u{f0d8}\u{f076}\u{f0fc}\u{f06e}\u{f0be}\u{fffd}";

/// Signs that are bullets where an entry may begin.
const DASHES: &str = "-–−—*o";

/// The mark at the beginning of a line.
pub(super) fn mark(line: &Line) -> Option<Mark> {
    let first = line.atoms.first()?;
    let next = line.atoms.get(1)?;
    if first.raised || !line.apart(1) {
        return None;
    }
    let gap = next.left - first.right;
    let mut letters = first.text.chars();
    let single = letters.next().filter(|_| letters.next().is_none());
    let (marker, weak) = match single {
        Some(sign) if BULLETS.contains(sign) => (Marker::Bullet, false),
        Some(sign) if DASHES.contains(sign) => (Marker::Bullet, true),
        _ if is_number(&first.text) => {
            let date = MONTHS.contains(&next.text.to_lowercase().trim_end_matches([',', '.']));
            (Some(Marker::Number(first.text.clone())).filter(|_| !date)?, false)
        }
        _ => return None,
    };
    let wide = gap > 0.45 * first.size;
    Some(Mark { marker, atoms: 1, left: first.left, text: next.left, wide, weak })
}

/// A number or letter as lists count: `1.`, `12)`, `a)`, `(b)`, `iv.`.
pub(super) fn is_number(text: &str) -> bool {
    let bare = text.strip_prefix('(').unwrap_or(text);
    let Some(bare) = bare.strip_suffix(')').or_else(|| bare.strip_suffix('.').filter(|_| !text.starts_with('(')))
    else {
        return false;
    };
    let roman = bare.len() > 1 && bare.len() < 5 && bare.chars().all(|c| "ivx".contains(c));
    let digits = (1..=2).contains(&bare.len()) && bare.chars().all(|c| c.is_ascii_digit());
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_alphabetic());
    digits || letter || (roman && text.ends_with(')')) || (roman && text.ends_with('.'))
}

/// Whether `next` counts on from `before`.
pub(super) fn counts_on(before: &Marker, next: &Marker) -> bool {
    let (Marker::Number(before), Marker::Number(next)) = (before, next) else {
        return before == next;
    };
    let bare = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let end = |text: &str| text.chars().last();
    let (one, two) = (bare(before), bare(next));
    let numbers = one.parse::<u32>().ok().zip(two.parse::<u32>().ok()).is_some_and(|(one, two)| two == one + 1);
    let letters = one.len() == 1 && two.len() == 1 && one.bytes().next().map(|b| b + 1) == two.bytes().next();
    end(before) == end(next) && (numbers || letters)
}

#[cfg(test)]
mod tests {
    use super::{counts_on, is_number};
    use crate::import::block::Marker;

    #[test]
    fn numbers_of_entries() {
        for text in ["1.", "12)", "a)", "(b)", "iv.", "(3)"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["2030.", "2.1.", "og.", "1", "(KL)", "fx.", "100)"] {
            assert!(!is_number(text), "{text}");
        }
        let number = |text: &str| Marker::Number(text.into());
        assert!(counts_on(&number("1)"), &number("2)")) && counts_on(&number("a)"), &number("b)")));
        assert!(!counts_on(&number("1)"), &number("2.")) && !counts_on(&number("1)"), &number("3)")));
    }
}
