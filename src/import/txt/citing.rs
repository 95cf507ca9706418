//! Where text cites footnotes: a number close behind a word.
//!
//! Takes text; gives the places of such numbers, each with how likely it is, or of a whole text the numbers alone.

use std::collections::BTreeMap;

/// Letters of a word that are looked at.
const WORD: usize = 64;

/// How likely the numbers in a text are to be citations, from 0; it is scanned once.
#[derive(Debug, Default)]
pub struct Cited(BTreeMap<String, u8>);

impl Cited {
    /// The numbers of this text.
    pub fn scan(text: &str) -> Self {
        let mut cited = Self::default();
        cited.add(text);
        cited
    }

    /// Adds the numbers of another text.
    pub fn add(&mut self, text: &str) {
        for (_, label, score) in citations(text) {
            match self.0.get_mut(label) {
                Some(best) => *best = score.max(*best),
                None => {
                    self.0.insert(label.to_owned(), score);
                }
            }
        }
    }

    /// Whether the label is cited, and at least so likely.
    pub fn has(&self, label: &str, score: u8) -> bool {
        self.0.get(label).is_some_and(|best| *best >= score)
    }

    /// Whether the label is cited; `closely`: the number stands close behind its word, and not after a blank or a capital
    /// letter, as in CO2.
    pub fn is_cited(&self, label: &str, closely: bool) -> bool {
        self.has(label, if closely { 2 } else { 0 })
    }
}

/// Where in a text footnotes can be cited, by which labels, and how likely: the number stands close behind a word.
pub fn citations(text: &str) -> impl Iterator<Item = (usize, &str, u8)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + bytes.get(from..)?.iter().position(u8::is_ascii_digit)?;
        from = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        Some((at, &text[at..from]))
    })
    .filter(|(_, label)| label.len() <= 2)
    .filter_map(|(at, label)| Some((at, label, likely(text, at, label)?)))
}

fn likely(text: &str, at: usize, label: &str) -> Option<u8> {
    let after = text[at + label.len()..].chars().next();
    if after.is_some_and(|c| c.is_alphanumeric() || c == '/') {
        return None;
    }
    let before = &text[..at];
    let letters = before.chars().rev().take(WORD).take_while(|c| !c.is_whitespace());
    let word = &before[at - letters.map(char::len_utf8).sum::<usize>()..];
    let stem = word.trim_end_matches(|c: char| "\"”’').,:;»?!".contains(c));
    let digits = stem.chars().filter(char::is_ascii_digit).count();
    // Spaced out type has a blank before the number; only a note that is there makes it a citation.
    let Some(last) = word.chars().next_back() else {
        let before = before.trim_end().chars().next_back()?;
        let alone = after.is_none_or(|c| c.is_whitespace() || ".,;:".contains(c));
        return (alone && (before.is_lowercase() || ".,".contains(before))).then_some(0);
    };
    match last {
        _ if digits > 0 && (stem.len() == word.len() || digits < 4) => None,
        // Names of versions: IPv4, NIS2.
        _ if word.ends_with("IPv") => None,
        c if c.is_uppercase() => Some(1),
        c if c.is_alphabetic() => Some(3),
        _ if stem.is_empty() || stem.len() == word.len() => None,
        _ => Some(2),
    }
}
