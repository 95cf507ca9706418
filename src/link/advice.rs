//! Suggestions: items of different meetings with much the same title that nothing joins.
//!
//! Takes the catalogue and the timelines; gives for the later item the line to write.

use super::catalogue::{Catalogue, ItemIx};
use super::matters::Timelines;
use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::slug;
use std::collections::{BTreeMap, BTreeSet};

/// The share of its words that an item's title must have in common with another's.
const ALIKE: f64 = 0.6;

/// Words that say nothing about what an item is about.
const COMMON: [&str; 30] = [
    "og",
    "i",
    "af",
    "til",
    "for",
    "om",
    "med",
    "paa",
    "den",
    "det",
    "de",
    "en",
    "et",
    "som",
    "ved",
    "fra",
    "status",
    "nyt",
    "seneste",
    "orientering",
    "droeftelse",
    "forberedende",
    "godkendelse",
    "punkt",
    "siden",
    "sidst",
    "eventuelt",
    "naeste",
    "version",
    "opfoelgning",
];

/// Suggests what to join: each item with the newest earlier one that its title is most like.
pub fn advise(catalogue: &Catalogue, timelines: &Timelines, out: &mut Vec<Diagnostic>) {
    let words: Vec<BTreeSet<String>> = catalogue.items.iter().map(|item| words(&item.doc.title)).collect();
    let mut with_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, item) in catalogue.items.iter().enumerate().filter(|(_, item)| item.open().is_some()) {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &words[i] {
            for other in with_word.get(word.as_str()).into_iter().flatten().rev().take(NEWEST) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let best = shared
            .into_iter()
            .map(|(other, common)| (alike(common, words[i].len(), words[other].len()), other))
            .filter(|(score, other)| *score >= ALIKE && catalogue.items[*other].meeting != item.meeting)
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        if let Some((_, other)) = best.filter(|(_, other)| !timelines.joined(ItemIx(i), ItemIx(*other), catalogue)) {
            let earlier = &catalogue.items[other];
            let target = format!("{}/{}", catalogue[earlier.meeting].id(), earlier.doc.id.value);
            let fault = faults::POSSIBLE_CONTINUATION.at(&item.path, &item.doc.number.span);
            let line = format!("continues = [\"{target}\"]");
            out.push(fault.with("title", &item.doc.title).with("other", &earlier.doc.title).with("line", line));
        }
        for word in &words[i] {
            with_word.entry(word).or_default().push(i);
        }
    }
}

/// How many of the newest items with a word are looked at: a word that all have says little.
const NEWEST: usize = 50;

/// The words that two titles have in common, as a share of all their words (Dice).
#[allow(clippy::cast_precision_loss)] // titles have few words
fn alike(common: usize, a: usize, b: usize) -> f64 {
    2.0 * common as f64 / (a + b) as f64
}

/// The words of a title that say what it is about; a compound counts by its stem.
fn words(title: &str) -> BTreeSet<String> {
    slug(title).split('-').filter(|word| word.len() > 1 && !COMMON.contains(word)).map(str::to_owned).collect()
}
