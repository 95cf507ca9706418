//! Assembles the reading: from pages of pieces to blocks, each with its place.
//!
//! Takes the pages and boxes that poppler printed; calls the other steps in their order, gives headings their levels, puts
//! notes behind the blocks that cite them and tells of pages that have no text.

use super::compose::Composer;
use super::contents::without_dots;
use super::flow::{Context, Raw, Shape, blocks};
use super::line::{Line, lines};
use super::measure::{LARGER, Measures, narrow, pitch};
use super::notes::Foot;
use super::xml::{Boxed, Page};
use super::{columns, furniture, notes};
use crate::import::block::{BOLD, Block, Inline, Kind, Place, Reading, Text};
use crate::import::hints::Hints;
use crate::import::mend::is_hyphen;
use crate::import::remark::{About, Remark};
use std::collections::{BTreeMap, BTreeSet};

/// The reading of a document, and the pages on which nothing but furniture was read.
pub(super) fn reading(pages: &[Page], boxes: &[Vec<Boxed>], hints: &Hints) -> (Reading, Vec<u32>) {
    let mut remarks = Vec::new();
    let mut sheets: Vec<(f32, Vec<Line>)> = Vec::new();
    for (page, number) in pages.iter().zip(1..) {
        let boxes = boxes.get(sheets.len()).map_or(&[][..], Vec::as_slice);
        sheets.push((page.height, lines(page, boxes, number)));
    }
    unreadable(&sheets, &mut remarks);
    let rough: Vec<Line> = sheets.iter().flat_map(|(_, lines)| lines.iter().cloned()).collect();
    let body = Measures::of(&rough).body;
    furniture::remove(&mut sheets, body, hints, &mut remarks);
    let bare = (1..).zip(&sheets).filter(|(_, (_, lines))| lines.is_empty()).map(|(page, _)| page).collect();
    let feet = notes::take(sheets.iter_mut().map(|(_, lines)| lines), body);
    let edges = edges(&sheets);
    let mut stream: Vec<Line> = Vec::new();
    for (_, lines) in sheets {
        let begins = lines.first().map(|line| (line.page, line.number, line.text()));
        let (lines, several) = columns::order(lines, edges);
        if let Some((page, number, words)) = begins.filter(|_| several) {
            remarks.push(Remark::new(About::Columns, Place::Page(page, number), words));
        }
        stream.extend(lines);
    }
    pitch(&mut stream);
    let measures = Measures::of(&stream);
    narrow(&mut stream, &measures);
    let mut known = hints.known.clone();
    let mut all: Vec<String> = Vec::new();
    let mut broken = false;
    for line in stream.iter().chain(feet.iter().flat_map(|note| &note.lines)) {
        all.push(spelled(line, broken));
        broken = line.text().ends_with(is_hyphen);
    }
    known.learn(&all.join("\n"));
    let raws = blocks(&stream, Context { measures: &measures, hints }, None);
    let labels = feet.iter().map(|note| (note.page, note.label.clone())).collect();
    let composer = Composer { known: &known, notes: labels, cited: Vec::new(), remarks };
    let mut assembly =
        Assembly { composer, levels: levels(&raws, measures.body), feet, told: BTreeSet::new(), blocks: Vec::new() };
    for raw in raws {
        assembly.raw(raw);
    }
    (assembly.finish(pages.len()), bare)
}

/// A line's words without addresses, which are not spelled as words are, and without the end of a word that the line
/// before began.
fn spelled(line: &Line, broken: bool) -> String {
    let text = line.text();
    let words = text
        .split_whitespace()
        .skip(usize::from(broken))
        .filter(|word| !["://", "www.", "@"].iter().any(|sign| word.contains(sign)));
    words.collect::<Vec<_>>().join(" ")
}

/// The edges of the text on all pages: where lines usually begin and the furthest that they reach.
fn edges(sheets: &[(f32, Vec<Line>)]) -> (f32, f32) {
    let mut lefts: BTreeMap<i32, usize> = BTreeMap::new();
    let mut rights: Vec<f32> = Vec::new();
    for line in sheets.iter().flat_map(|(_, lines)| lines) {
        *lefts.entry(line.left().round() as i32).or_default() += 1;
        rights.push(line.right());
    }
    rights.sort_by(f32::total_cmp);
    let left = lefts.iter().max_by_key(|(_, count)| **count).map_or(0, |(left, _)| *left);
    let few = lefts.values().sum::<usize>() / 20;
    let left = lefts.iter().find(|(at, count)| **count > few && **at <= left).map_or(left, |(at, _)| *at) as f32;
    // A few lines may reach out of the text's width.
    let right = rights.get(rights.len().saturating_sub(1 + rights.len() / 50)).copied().unwrap_or(0.0);
    (left, right.max(left + 50.0))
}

/// Tells of letters that have no meaning, once for each page.
fn unreadable(sheets: &[(f32, Vec<Line>)], remarks: &mut Vec<Remark>) {
    let strange = |c: char| c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c);
    for (_, lines) in sheets {
        let atoms =
            |line: &Line| line.atoms.iter().any(|atom| atom.text.chars().count() > 1 && atom.text.contains(strange));
        if let Some(line) = lines.iter().find(|line| atoms(line)) {
            remarks.push(Remark::new(About::UnreadableText, Place::Page(line.page, line.number), line.text()));
        }
    }
}

/// How a heading is set: its size in tenths of points, the larger first, and whether it is not bold.
type Style = (i32, bool);

fn style(raw: &Raw) -> Style {
    let line = raw.parts.iter().flatten().next();
    (line.map_or(0, |line| -(line.size() * 2.5).round() as i32), line.is_some_and(|line| !line.strong()))
}

/// The level of each style of heading whose type is larger than the text's.
fn levels(raws: &[Raw], body: f32) -> BTreeMap<Style, u8> {
    let large = |raw: &&Raw| raw.parts.iter().flatten().all(|line| line.size() > body + LARGER);
    let headings = raws.iter().filter(|raw| matches!(raw.shape, Shape::Heading)).filter(large);
    let styles: BTreeSet<Style> = headings.map(style).collect();
    styles.into_iter().zip(1..BOLD).collect()
}

struct Assembly<'a> {
    composer: Composer<'a>,
    levels: BTreeMap<Style, u8>,
    feet: Vec<Foot>,
    /// Notes that were put behind their blocks.
    told: BTreeSet<(u32, String)>,
    blocks: Vec<Block>,
}

impl Assembly<'_> {
    /// Adds a block of the text, with the page's beginning before and the notes that it cites behind it.
    fn raw(&mut self, raw: Raw) {
        let page = raw.begins.0;
        let before = self.blocks.iter().rev().find_map(|block| match (&block.kind, block.place) {
            (Kind::Note { .. }, _) => None,
            (_, Place::Page(page, _)) => Some(page),
            _ => None,
        });
        for next in before.map_or(page, |before| before + 1)..=page {
            if before.is_some() {
                self.blocks.push(Block { place: Place::Page(next, 1), kind: Kind::PageBreak });
            }
        }
        let block = self.block(raw);
        self.blocks.extend(block);
        for key in std::mem::take(&mut self.composer.cited) {
            if self.told.insert(key.clone()) {
                let at = self.feet.iter().position(|note| (note.page, &note.label) == (key.0, &key.1));
                if let Some(at) = at {
                    let note = self.feet.remove(at);
                    self.note(note);
                }
            }
        }
    }

    fn block(&mut self, raw: Raw) -> Option<Block> {
        let place = Place::Page(raw.begins.0, raw.begins.1);
        let kind = match raw.shape {
            Shape::Heading => {
                let level = self.levels.get(&style(&raw)).copied().unwrap_or(BOLD);
                Kind::Heading { level, label: None, text: unset(self.composer.text(&raw.parts)) }
            }
            Shape::Paragraph => Kind::Paragraph(self.composer.text(&raw.parts)),
            Shape::Entry { level, marker, .. } => Kind::Entry { level, marker, text: self.composer.text(&raw.parts) },
            Shape::Contents => Kind::Contents(self.contents(&raw)),
            Shape::Table { rows, doubt } => {
                let mut cells: Vec<Vec<Vec<Block>>> = Vec::new();
                for row in rows {
                    let mut done = Vec::new();
                    for cell in row {
                        done.push(cell.into_iter().filter_map(|raw| self.block(raw)).collect());
                    }
                    cells.push(done);
                }
                if doubt {
                    let words = cells.first().map(|row: &Vec<Vec<Block>>| words(row)).unwrap_or_default();
                    self.composer.remarks.push(Remark::new(About::TableLayout, place, words));
                }
                return Some(Block { place, kind: Kind::Table(cells) });
            }
        };
        let empty = match &kind {
            Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Contents(text) => text.is_empty(),
            _ => false,
        };
        (!empty).then_some(Block { place, kind })
    }

    /// A line of the table of contents; its links lead into the document, its type says nothing.
    fn contents(&mut self, raw: &Raw) -> Text {
        Text::plain(without_dots(&self.composer.text(&raw.parts).words())).tidy()
    }

    fn note(&mut self, note: Foot) {
        let place = note.lines.first().map_or(Place::Page(note.page, 1), |line| Place::Page(line.page, line.number));
        let text = self.composer.text(&[note.lines]);
        self.blocks.push(Block { place, kind: Kind::Note { label: note.label, text } });
    }

    fn finish(mut self, pages: usize) -> Reading {
        for note in std::mem::take(&mut self.feet) {
            let words = note.lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
            let place = Place::Page(note.page, note.lines.first().map_or(1, |line| line.number));
            self.composer.remarks.push(Remark::new(About::LooseNote, place, words));
            self.note(note);
        }
        let mut remarks = self.composer.remarks;
        remarks.sort_by_key(|remark| remark.place);
        Reading { blocks: self.blocks, remarks, pages: u32::try_from(pages).ok() }
    }
}

/// A heading's words without its type, which is the heading's own.
fn unset(text: Text) -> Text {
    let mut plain = Text::default();
    for inline in text.0 {
        match inline {
            Inline::Words { text, emphasis, link, .. } => plain.push(&text, false, emphasis, link.as_deref()),
            other => plain.0.push(other),
        }
    }
    plain
}

/// The words of a row.
fn words(row: &[Vec<Block>]) -> String {
    let text = |block: &Block| match &block.kind {
        Kind::Paragraph(text) | Kind::Entry { text, .. } => Some(text.words()),
        _ => None,
    };
    row.iter().flatten().filter_map(text).collect::<Vec<_>>().join(" ")
}

/// Tells of those of the bare pages that have pictures, by the list of pictures that poppler prints.
pub(super) fn tell_pictures(reading: &mut Reading, bare: &[u32], list: &str) {
    let pictured: BTreeSet<u32> =
        list.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect();
    for page in bare.iter().filter(|page| pictured.contains(page)) {
        reading.remarks.push(Remark::new(About::UnreadableText, Place::Page(*page, 1), ""));
    }
    reading.remarks.sort_by_key(|remark| remark.place);
}
