//! Finds the titles of parts and items.
//!
//! Takes all blocks; gives the front, and each title with the blocks below it. A title is a numbered line that a line of case
//! numbers follows; or a numbered heading that is set like those; or a heading that the table of contents has.

use super::line;
use crate::import::block::{Block, Inline, Kind, Marker, Place, Text};
use crate::import::template::{Template, fold};
use std::collections::{BTreeMap, BTreeSet};

/// A document in its pieces.
pub struct Outline {
    /// What stands before the first title.
    pub front: Vec<Block>,
    /// In the order of the document.
    pub pieces: Vec<Piece>,
}

/// A title and what stands below it, down to the next.
pub struct Piece {
    pub title: Title,
    pub blocks: Vec<Block>,
}

/// The title of a part or an item.
pub struct Title {
    pub place: Place,
    /// Without the full stop behind it.
    pub number: String,
    pub text: Text,
    /// A heading of the agenda, under which items stand.
    pub is_part: bool,
    /// Items stand under it.
    pub has_items: bool,
    /// The word for closed or open stood in it.
    pub closed: Option<bool>,
}

/// A numbered line that could be a title.
struct Candidate {
    at: usize,
    number: String,
    text: Text,
    /// Its rank as a heading; `None` where it is not set as one.
    level: Option<u8>,
    strong: bool,
    /// A line of case numbers, or a word for open or closed, follows.
    confirmed: bool,
    listed: bool,
}

/// How many blocks below a title its line of case numbers is looked for.
const REACH: usize = 3;

/// Cuts the document at its titles.
pub fn outline(blocks: Vec<Block>, contents: &[String], template: &Template<'_>) -> Outline {
    let listed: BTreeSet<String> = contents.iter().map(|line| fold(line)).collect();
    let candidates = candidates(&blocks, &listed, template);
    let titles = titles(candidates, &blocks, template);
    let mut outline = Outline { front: Vec::new(), pieces: Vec::new() };
    let mut titles = titles.into_iter().peekable();
    for (at, block) in blocks.into_iter().enumerate() {
        if let Some((_, title)) = titles.next_if(|(place, _)| *place == at) {
            outline.pieces.push(Piece { title, blocks: Vec::new() });
            continue;
        }
        match outline.pieces.last_mut() {
            Some(piece) => piece.blocks.push(block),
            None => outline.front.push(block),
        }
    }
    outline
}

fn candidates(blocks: &[Block], listed: &BTreeSet<String>, template: &Template<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Some((number, text)) = numbered(block, template) else { continue };
        let words = text.words();
        if words.is_empty() || words.chars().count() > 300 {
            continue;
        }
        let (level, strong) = match &block.kind {
            Kind::Heading { level, .. } => (Some(*level), true),
            _ => (None, text.is_strong()),
        };
        let below = blocks[at + 1..].iter().filter(|block| line(block).is_some()).take(REACH);
        // A heading of its own between them is another title.
        let ends = |block: &&Block| numbered(block, template).is_some() || matches!(block.kind, Kind::Heading { .. });
        let follows = below.take_while(|block| !ends(block)).filter_map(line).map(Text::words);
        let confirmed = follows.take_while(|words| template.section(words).is_none()).any(|words| {
            template.number_line(&words).is_some() || template.access(&words).is_some_and(|(_, rest)| rest.is_empty())
        });
        let in_contents = listed.contains(&fold(&format!("{number} {words}")));
        found.push(Candidate { at, number, text, level, strong, confirmed, listed: in_contents });
    }
    found
}

/// The number and the title of a block that begins with a number, printed or set by the program.
fn numbered(block: &Block, template: &Template<'_>) -> Option<(String, Text)> {
    let (label, text) = match &block.kind {
        Kind::Heading { label: Some(label), text, .. } => (Some(label), text),
        Kind::Heading { text, .. } | Kind::Paragraph(text) => (None, text),
        Kind::Entry { marker: Marker::Number(number), text, .. } => (Some(number), text),
        _ => return None,
    };
    if let Some(label) = label {
        let (number, rest) = template.item_number(label.trim())?;
        return rest.is_empty().then(|| (number.to_owned(), text.clone()));
    }
    let words = text.words();
    let (number, rest) = template.item_number(&words)?;
    Some((number.to_owned(), behind(text, words.len() - rest.len())))
}

/// A block as it is printed: with the number that the program sets before it.
pub fn printed(block: &Block) -> String {
    let label = match &block.kind {
        Kind::Heading { label: Some(label), .. } | Kind::Entry { marker: Marker::Number(label), .. } => label.as_str(),
        _ => "",
    };
    let words = super::text_of(block);
    if label.is_empty() { words } else { format!("{label} {words}") }
}

/// The text without its first `bytes`.
pub fn behind(text: &Text, bytes: usize) -> Text {
    let mut left = bytes;
    let mut rest = Text::default();
    for inline in &text.0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } => {
                let skip = left.min(text.len());
                left -= skip;
                rest.push(text.get(skip..).unwrap_or(""), *strong, *emphasis, link.as_deref());
            }
            Inline::Break if left > 0 => left -= 1,
            other => rest.0.push(other.clone()),
        }
    }
    rest.tidy()
}

/// Which candidates are titles, with their place among the blocks.
fn titles(candidates: Vec<Candidate>, blocks: &[Block], template: &Template<'_>) -> Vec<(usize, Title)> {
    // Headings of the rank that most confirmed titles have are items too, and so are those above it.
    let mut ranks: BTreeMap<u8, usize> = BTreeMap::new();
    for level in candidates.iter().filter(|candidate| candidate.confirmed).filter_map(|candidate| candidate.level) {
        *ranks.entry(level).or_default() += 1;
    }
    let all = || candidates.iter().filter_map(|candidate| candidate.level);
    let rank = ranks
        .into_iter()
        .max_by_key(|(level, count)| (*count, u8::MAX - level))
        .map(|(level, _)| level)
        .or_else(|| all().min());
    let confirmed: BTreeSet<String> = candidates.iter().filter(|c| c.confirmed).map(|c| c.number.clone()).collect();
    // Where no number has two levels, an agenda has no parts.
    let deep = |candidate: &Candidate| {
        candidate.number.contains('.')
            && (candidate.confirmed || candidate.level.is_some() || candidate.strong || candidate.listed)
    };
    let flat = !candidates.iter().any(deep);
    let depths: BTreeSet<usize> = confirmed.iter().map(|number| number.split('.').count()).collect();
    // Whether the next item is one of this part, and nothing but lines of the head stand between them.
    let leads = |n: usize, candidate: &Candidate| {
        let next = candidates[n + 1..].iter().find(|next| next.confirmed);
        next.is_some_and(|next| {
            let clear = |block: &Block| line(block).is_none_or(|text| template.section(&text.words()).is_none());
            let nearer = candidates[n + 1..]
                .iter()
                .take_while(|other| other.at < next.at)
                .any(|other| other.number == candidate.number);
            next.number.starts_with(&format!("{}.", candidate.number))
                && !nearer
                && blocks[candidate.at + 1..next.at].iter().all(clear)
        })
    };
    let last_item = candidates.iter().filter(|candidate| candidate.confirmed).map(|candidate| candidate.at).max();
    let mut titles: Vec<(usize, Title)> = Vec::new();
    let mut last_part = 0;
    for (n, candidate) in candidates.iter().enumerate() {
        let depth = candidate.number.split('.').count();
        let set = candidate.level.is_some_and(|level| rank.is_none_or(|rank| level <= rank));
        let value: Option<u32> = candidate.number.split('.').next().and_then(|first| first.parse().ok());
        let opens = leads(n, candidate);
        let rest = &blocks[candidate.at + 1..];
        let last = rest.iter().all(|block| matches!(block.kind, Kind::Target(_) | Kind::Note { .. }));
        let in_order = value == Some(last_part + 1);
        let marked = set || candidate.strong && rank.is_none() || candidate.listed;
        // A part has items, or is the next number behind the last item.
        let is_behind = last_item.is_none_or(|last| candidate.at > last);
        let alone = in_order && is_behind && (set || last && candidate.strong);
        let is_part = !flat
            && !candidate.confirmed
            && depth == 1
            && marked
            // Within a part, its number is that of a heading in some text.
            && value != Some(last_part)
            && (opens || !depths.contains(&1) && (alone || candidate.listed));
        let known_depth = depths.is_empty() || depths.contains(&depth);
        let is_item = candidate.confirmed
            || flat
                && (candidate.listed
                    || (set || candidate.strong) && (in_order || titles.is_empty() && value == Some(1)))
            || candidate.listed && depth > 1
            || set && known_depth && (depth > 1 || depths.contains(&1) || depths.is_empty())
            || rank.is_none() && candidate.strong && depth > 1 && known_depth && !depths.is_empty();
        if !(is_part || is_item) {
            continue;
        }
        if depth == 1 || is_part {
            last_part = value.unwrap_or(last_part);
        } else {
            last_part = value.unwrap_or(last_part).max(last_part);
        }
        let words = candidate.text.words();
        let (closed, text) = match template.access(&words) {
            Some((closed, rest)) if !rest.is_empty() => {
                let at = words.find(&rest).unwrap_or(0);
                let text = if at + rest.len() == words.len() { behind(&candidate.text, at) } else { Text::plain(rest) };
                (Some(closed), text)
            }
            _ => (None, candidate.text.clone()),
        };
        let title = Title {
            place: blocks[candidate.at].place,
            number: candidate.number.clone(),
            text,
            is_part,
            has_items: opens,
            closed,
        };
        titles.push((candidate.at, title));
    }
    titles
}
