//! Which items are closed. What is closed by mistake is opened by one word in its file; what is open by mistake is published:
//! so whatever tells of a closed item closes it, and is told as a doubt where it is not said outright.
//!
//! Takes the pieces of the document and the draft; closes items.

use super::outline::Piece;
use super::{line, text_of};
use crate::import::block::{Block, Kind, Text};
use crate::import::draft::{Draft, Item};
use crate::import::remark::{About, Remark};
use crate::import::template::{Template, fold};

/// The most words that a line about an item has.
const SHORT: usize = 8;

/// What a closed thing is called in such a line.
const THINGS: [&str; 5] = ["punkt", "sag", "moede", "dagsorden", "behandl"];

/// Headings over all that follows: `Lukkede punkter`, `Åben dagsorden`.
#[derive(Debug, Default)]
pub struct Below {
    closed: bool,
}

impl Below {
    /// A part's title opens or closes what is below it.
    pub fn part(&mut self, title: &str, template: &Template<'_>) {
        self.closed = template.access(title).map_or_else(|| template.names_closed(title), |(closed, _)| closed);
    }

    /// Takes such a heading off the end of a piece, over those that follow.
    pub fn after(&mut self, blocks: &mut Vec<Block>, template: &Template<'_>, remarks: &mut Vec<Remark>) {
        let says = |block: &Block| {
            let words = line(block).map(Text::words)?;
            template.access(&words).filter(|(_, rest)| rest.is_empty()).map(|(closed, _)| closed)
        };
        // The word in an item's head is the item's own; only behind its text does it stand over what follows.
        if blocks.len() > 1
            && let Some(closed) = blocks.last().and_then(says)
            && let Some(block) = blocks.pop()
        {
            remarks.push(Remark::new(About::KnownHeading, block.place, text_of(&block)));
            self.closed = closed;
        }
    }

    /// The same for a piece: it is closed by what stands before it; what stands behind its text counts for the next.
    pub fn piece(&mut self, piece: &mut Piece, template: &Template<'_>, remarks: &mut Vec<Remark>) {
        if piece.title.is_part {
            self.part(&piece.title.text.words(), template);
        }
        if self.closed && piece.title.closed.is_none() {
            piece.title.closed = Some(true);
        }
        self.after(&mut piece.blocks, template, remarks);
    }
}

/// Closes each item that something in the document tells to be closed.
pub fn close(draft: &mut Draft, contents: &[String], template: &Template<'_>, remarks: &mut Vec<Remark>) {
    for item in draft.items.iter_mut().filter(|item| !item.closed) {
        let mut listed = contents.iter().filter_map(|line| template.item_number(line));
        let listed = listed.find(|(number, title)| *number == item.number && template.names_closed(title));
        let told = listed.map(|(_, title)| title.to_owned()).or_else(|| item.closed_ground.clone());
        if let Some(words) = told.or_else(|| doubtful(item, template)) {
            item.closed = true;
            remarks.push(Remark::new(About::MaybeClosed, item.place, words));
        }
    }
    for item in draft.items.iter().filter(|item| item.closed && !item.sections.is_empty()) {
        remarks.push(Remark::new(About::ClosedText, item.place, format!("{} {}", item.number, item.title)));
    }
}

/// Words of an open item that speak of a closed one: its title, a heading, a cell, a short line about the item.
fn doubtful(item: &Item, template: &Template<'_>) -> Option<String> {
    let headings = item.sections.iter().filter_map(|section| section.heading.as_ref()).map(Text::words);
    let mut titles = std::iter::once(item.title.clone()).chain(headings);
    titles.find(|title| template.names_closed(title)).or_else(|| {
        let blocks = item.sections.iter().flat_map(|section| &section.blocks);
        blocks.flat_map(|block| spoken(block, template)).next()
    })
}

/// Lines of a block that speak of something closed.
fn spoken(block: &Block, template: &Template<'_>) -> Vec<String> {
    let (words, is_heading) = match &block.kind {
        Kind::Heading { text, .. } => (text.words(), true),
        Kind::Paragraph(text) | Kind::Entry { text, .. } => (text.words(), text.is_strong()),
        Kind::Table(rows) => {
            return rows.iter().flatten().flatten().filter_map(|block| cell(block, template)).collect();
        }
        _ => return Vec::new(),
    };
    let short = words.split_whitespace().count() <= SHORT;
    let about = words.split_whitespace().map(fold).any(|word| THINGS.iter().any(|thing| word.starts_with(thing)));
    let numbered = template.item_number(&words).is_some();
    let spoken = (is_heading || short && (about || numbered)) && template.names_closed(&words);
    Some(words).filter(|_| spoken).into_iter().collect()
}

/// A cell that says `Lukket`, or little more.
fn cell(block: &Block, template: &Template<'_>) -> Option<String> {
    let words = text_of(block);
    (words.split_whitespace().count() < 4 && template.names_closed(&words)).then_some(words)
}

/// A line before the first item that tells of a closed one: its item was not found, and its text would be published.
pub fn stray(draft: &Draft, template: &Template<'_>) -> Option<String> {
    draft.lead.iter().flat_map(|block| spoken(block, template)).next()
}
