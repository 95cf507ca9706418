//! The number of an item as printed (`2.10`), and its order on the agenda.
//!
//! Takes text, gives a value that sorts by its parts as integers: 2.9 before 2.10.

use std::cmp::Ordering;
use std::fmt;

/// An item's number as printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ItemNumber(String);

/// One part of a number: digits order by value and before letters.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Digits(usize, &'a str),
    Letters(&'a str),
}

impl ItemNumber {
    /// A number as printed, without blanks and a full stop at its ends; `None` where it holds no letter or digit.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.');
        text.chars().any(char::is_alphanumeric).then(|| Self(text.to_owned()))
    }

    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it stands under `heading`: 2.1 and 2a under 2, but not 21.
    pub fn begins_with(&self, heading: &Self) -> bool {
        let mut parts = self.parts();
        heading.parts().all(|part| parts.next() == Some(part))
    }

    /// Digits compare by value however long: first by how many there are without leading zeros, then as text.
    fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        pieces(&self.0).map(|piece| {
            if piece.starts_with(|c: char| c.is_ascii_digit()) {
                let value = piece.trim_start_matches('0');
                Part::Digits(value.len(), value)
            } else {
                Part::Letters(piece)
            }
        })
    }
}

/// Runs of digits and runs of other letters, without what separates them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let digits = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            rest = after;
            Some(piece)
        })
    })
}

impl Ord for ItemNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(other.parts()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for ItemNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ItemNumber;

    #[test]
    fn parts_order_as_integers() {
        let mut numbers: Vec<_> = ["10", "2.10", "2.9", "2", "1.1", "2.9a", "A1", "99999999999999999999999"]
            .iter()
            .filter_map(|n| ItemNumber::new(n))
            .collect();
        numbers.sort();
        let order: Vec<_> = numbers.iter().map(ItemNumber::as_str).collect();
        assert_eq!(order, ["1.1", "2", "2.9", "2.9a", "2.10", "10", "99999999999999999999999", "A1"]);
        let under = |number: &str, heading: &str| {
            ItemNumber::new(number).zip(ItemNumber::new(heading)).is_some_and(|(n, h)| n.begins_with(&h))
        };
        assert!(under("2.10", "2") && under("2", "2.") && under("2a", "2") && under("2.1.3", "2.1"));
        assert!(!under("21", "2") && !under("2", "2.1"));
    }
}
