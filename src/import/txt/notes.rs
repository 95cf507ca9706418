//! Footnotes and targets of links, back among the blocks.
//!
//! Takes the blocks and what `foot` took out of the lines; puts each footnote behind the block that cites it and makes the
//! number there a citation, and puts targets where they stood.

use super::citing::{Cited, citations};
use super::foot::{Foot, note};
use crate::import::block::{Block, Inline, Kind, Place, Text};
use crate::import::remark::{About, Remark};
use std::collections::{BTreeMap, BTreeSet};

/// A place that can cite a footnote: how likely, the block, its piece of text, the place in that. The greatest is the best.
type Spot = (u8, usize, usize, usize);

/// Puts footnotes behind the blocks that cite them, and targets where they stood.
pub fn put_back(blocks: &mut Vec<Block>, foot: Foot, remarks: &mut Vec<Remark>) {
    let mut notes = foot.notes;
    notes.extend(loose(blocks));
    notes.sort_by_key(|(place, ..)| *place);
    let mut spots: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        for (piece, text) in words(block) {
            for (offset, label, score) in citations(text) {
                spots.entry(label.to_owned()).or_default().push((score, at, piece, offset));
            }
        }
    }
    // By the block behind which each stands: the labels that are cited there, and what follows it.
    let mut cited: BTreeMap<usize, BTreeMap<(usize, usize), String>> = BTreeMap::new();
    let mut taken: BTreeSet<Spot> = BTreeSet::new();
    let mut behind: BTreeMap<usize, Vec<Block>> = BTreeMap::new();
    let (mut from, mut below) = (0, 0);
    for (place, label, text) in notes {
        // The likeliest place behind the last citation; of equals, the one nearest to the note.
        let all = spots.get(&label).map_or(&[][..], Vec::as_slice);
        let first = all.partition_point(|(_, at, ..)| *at < from);
        let spot = all[first..]
            .iter()
            .take_while(|(_, at, ..)| blocks[*at].place < place)
            .filter(|spot| !taken.contains(*spot))
            .max()
            .copied();
        while blocks.get(below).is_some_and(|block| block.place <= place) {
            below += 1;
        }
        let at = match spot {
            Some(spot) => {
                let (_, at, piece, offset) = spot;
                taken.insert(spot);
                cited.entry(at).or_default().insert((piece, offset), label.clone());
                from = at;
                at + 1
            }
            None => {
                remarks.push(Remark::new(About::LooseNote, place, format!("{label} {text}")));
                below
            }
        };
        let kind = Kind::Note { label, text: Text::plain(text) };
        behind.entry(at).or_default().push(Block { place, kind });
    }
    below = 0;
    for (place, target) in foot.targets {
        while blocks.get(below).is_some_and(|block| block.place <= place) {
            below += 1;
        }
        behind.entry(below).or_default().push(Block { place, kind: Kind::Target(target) });
    }
    let mut whole = Vec::with_capacity(blocks.len() + behind.len());
    for (at, mut block) in std::mem::take(blocks).into_iter().enumerate() {
        whole.extend(behind.remove(&at).unwrap_or_default());
        if let Some(labels) = cited.get(&at) {
            cite(&mut block, labels);
        }
        whole.push(block);
    }
    whole.extend(behind.into_values().flatten());
    *blocks = whole;
}

/// Takes out notes that did not stand at the foot of a page: paragraphs that begin with a number which is cited before.
fn loose(blocks: &mut Vec<Block>) -> Vec<(Place, String, String)> {
    let (mut cited, mut notes) = (Cited::default(), Vec::new());
    blocks.retain(|block| {
        if let Kind::Paragraph(text) = &block.kind {
            let words = text.words();
            let glued = note(&words).filter(|(label, rest)| words.len() == label.len() + rest.len());
            if let Some((label, rest)) = glued.filter(|(label, _)| cited.has(label, 1)) {
                notes.push((block.place, label.to_owned(), rest.to_owned()));
                return false;
            }
        }
        words(block).for_each(|(_, text)| cited.add(text));
        true
    });
    notes
}

/// The pieces of a block that can cite footnotes, with their numbers.
fn words(block: &Block) -> impl Iterator<Item = (usize, &str)> {
    let text = match &block.kind {
        Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Entry { text, .. } => text.0.as_slice(),
        _ => &[],
    };
    text.iter().enumerate().filter_map(|(n, inline)| match inline {
        Inline::Words { text, .. } => Some((n, text.as_str())),
        _ => None,
    })
}

/// Makes the numbers at these places, each a piece of text and a place in it, citations.
fn cite(block: &mut Block, labels: &BTreeMap<(usize, usize), String>) {
    let (Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Entry { text, .. }) = &mut block.kind else {
        return;
    };
    let mut cited = Text::default();
    for (n, inline) in std::mem::take(&mut text.0).into_iter().enumerate() {
        let Inline::Words { text: words, strong, emphasis, link } = inline else {
            cited.0.push(inline);
            continue;
        };
        let mut from = 0;
        for ((_, offset), label) in labels.range((n, 0)..(n + 1, 0)) {
            cited.push(words[from..*offset].trim_end(), strong, emphasis, link.as_deref());
            cited.0.push(Inline::Note(label.clone()));
            from = offset + label.len();
        }
        cited.push(&words[from..], strong, emphasis, link.as_deref());
    }
    *text = cited;
}
