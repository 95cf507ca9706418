//! A text as a tree: what a draft means, and what a file says, in one form that can be compared.
//!
//! Takes the blocks of a section; gives nodes. Lists that the source has one after another stay apart: CommonMark would
//! number them through, so what has no list there (`a)`) is a bullet's text, and signs alternate where lists touch.

use crate::import::block::{Block, Inline, Kind, Marker, Text};
use crate::read::is_unprintable;
use std::collections::BTreeMap;

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A heading with its level.
    Heading(u8, Text),
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    List(List),
    /// A table, row by row, all of one length; the first row is its head.
    Table(Vec<Vec<Text>>),
    /// What only a person writes: a quote, code; its name, its words, what is in it.
    Other(&'static str, String, Vec<Node>),
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The number of its first entry; `None` for bullets.
    pub first: Option<u32>,
    /// What stands before an entry, or behind its number.
    pub sign: char,
    /// What each entry holds.
    pub entries: Vec<Vec<Node>>,
}

/// The deepest list within lists: deeper ones are entries of this one.
const DEEPEST: u8 = 9;

/// The notes of a file: each has a label of its own there.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// Labels that the file has already, in lower case.
    pub taken: Vec<String>,
    /// Labels and texts, in the order of citation.
    pub cited: Vec<(String, Text)>,
}

impl Notes {
    /// The label of a note in this file.
    fn cite(&mut self, label: &str, text: &Text) -> String {
        let wanted: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
        let is_same = |(known, other): &&(String, Text)| *known == wanted && other == text;
        if let Some((known, _)) = self.cited.iter().find(is_same) {
            return known.clone();
        }
        let mut free = wanted;
        let mut number = 0;
        while free.is_empty() || self.taken.contains(&free.to_lowercase()) {
            number += 1;
            free = number.to_string();
        }
        self.taken.push(free.to_lowercase());
        self.cited.push((free.clone(), text.clone()));
        free
    }
}

/// The nodes of blocks; `top` is the level of their first headings. Without `notes`, a note stands behind the text.
pub fn tree(blocks: &[Block], top: u8, mut notes: Option<&mut Notes>) -> Vec<Node> {
    let mut levels: Vec<u8> = blocks.iter().filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for block in blocks {
        if let Kind::Note { label, text } = &block.kind {
            texts.entry(label.clone()).or_insert_with(|| without_notes(clean(text)));
        }
    }
    let mut cited = Vec::new();
    let mut blocks = blocks.to_vec();
    each_block_text(&mut blocks, &mut |text| {
        text.0.retain_mut(|inline| {
            let Inline::Note(label) = inline else { return true };
            let (Some(notes), Some(note)) = (notes.as_deref_mut(), texts.get(label)) else { return false };
            if note.is_empty() {
                return false;
            }
            cited.push(label.clone());
            *label = notes.cite(label, note);
            true
        });
    });
    let mut nodes = Vec::new();
    let mut entries = Vec::new();
    let mut above = top - 1;
    for block in &blocks {
        if let Kind::Entry { level, marker, text } = &block.kind {
            entries.push(((*level).min(DEEPEST), marker, clean(text)));
            continue;
        }
        let node = match &block.kind {
            Kind::Heading { level, label, text } => {
                let rank = levels.iter().position(|known| known == level).unwrap_or(0);
                let deep = top.saturating_add(u8::try_from(rank).unwrap_or(6)).min(above + 1).min(6);
                Some(Node::Heading(deep, heading(label.as_deref(), text)))
            }
            Kind::Paragraph(text) => Some(Node::Paragraph(clean(text))),
            Kind::Table(rows) => table(rows),
            Kind::Target(url) => {
                let mut text = Text::default();
                text.push(url, false, false, Some(url));
                Some(Node::Paragraph(clean(&text)))
            }
            Kind::Entry { .. } | Kind::Note { .. } | Kind::Contents(_) | Kind::PageBreak => None,
        };
        let Some(node) = node.filter(|node| !is_empty(node)) else { continue };
        if let Node::Heading(level, _) = node {
            above = level;
        }
        nodes.extend(lists(&std::mem::take(&mut entries)));
        nodes.push(node);
    }
    nodes.extend(lists(&entries));
    for (label, note) in texts.iter().filter(|(label, _)| !cited.contains(label)) {
        let mut text = Text::plain(format!("{label} "));
        text.extend(note.clone());
        nodes.push(Node::Paragraph(clean(&text)));
    }
    nodes
}

fn is_empty(node: &Node) -> bool {
    matches!(node, Node::Paragraph(text) | Node::Heading(_, text) if text.is_empty())
}

fn level(block: &Block) -> Option<u8> {
    match &block.kind {
        Kind::Heading { level, .. } => Some(*level),
        _ => None,
    }
}

/// Calls `change` for every text of the body, in the order of reading.
fn each_block_text(blocks: &mut [Block], change: &mut impl FnMut(&mut Text)) {
    for block in blocks {
        match &mut block.kind {
            Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Entry { text, .. } => change(text),
            Kind::Table(rows) => rows.iter_mut().flatten().for_each(|cell| each_block_text(cell, change)),
            Kind::Note { .. } | Kind::Contents(_) | Kind::Target(_) | Kind::PageBreak => {}
        }
    }
}

/// Calls `change` for every text, in the order of reading.
pub fn each_text(nodes: &mut [Node], change: &mut impl FnMut(&mut Text)) {
    for node in nodes {
        match node {
            Node::Heading(_, text) | Node::Paragraph(text) => change(text),
            Node::List(list) => list.entries.iter_mut().for_each(|entry| each_text(entry, change)),
            Node::Table(rows) => rows.iter_mut().flatten().for_each(&mut *change),
            Node::Other(_, _, below) => each_text(below, change),
        }
    }
}

/// A heading on one line; that it is bold goes without saying.
pub fn heading(label: Option<&str>, text: &Text) -> Text {
    let mut line = label.map_or_else(Text::default, |label| Text::plain(format!("{label} ")));
    for inline in &text.0 {
        match inline {
            Inline::Words { text, emphasis, link, .. } => line.push(text, false, *emphasis, link.as_deref()),
            Inline::Break => line.push(" ", false, false, None),
            Inline::Note(label) => line.0.push(Inline::Note(label.clone())),
        }
    }
    clean(&line)
}

fn without_notes(mut text: Text) -> Text {
    text.0.retain(|inline| !matches!(inline, Inline::Note(_)));
    clean(&text)
}

/// A text in its one form: no control characters, single blanks, none at the ends of what is set in a way of its own.
pub fn clean(text: &Text) -> Text {
    let mut plain = Text::default();
    for inline in &text.0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } => {
                let text = text.replace(|c: char| matches!(c, '\t'..='\r' | '\u{85}'), " ").replace(is_unprintable, "");
                plain.push(&text, *strong, *emphasis, link.as_deref());
            }
            other => plain.0.push(other.clone()),
        }
    }
    let mut done = Text::default();
    for inline in plain.tidy().0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } if strong || emphasis || link.is_some() => {
                let inner = text.trim();
                let (before, after) = text.split_once(inner).unwrap_or(("", ""));
                if inner.is_empty() {
                    done.push(&text, false, false, None);
                    continue;
                }
                done.push(before, false, false, None);
                done.push(inner, strong, emphasis, link.as_deref());
                done.push(after, false, false, None);
            }
            Inline::Words { text, .. } => done.push(&text, false, false, None),
            other => done.0.push(other),
        }
    }
    done
}

/// One entry of the source: how deep, what stands before it, its text.
type Entry<'a> = (u8, &'a Marker, Text);

/// How an entry is counted.
#[derive(Clone, Copy, PartialEq)]
enum Count {
    Bullet,
    /// A number and the sign behind it.
    Number(u32, char),
    /// A sign that CommonMark does not count by.
    Literal,
}

fn count(marker: &Marker) -> Count {
    let Marker::Number(printed) = marker else { return Count::Bullet };
    let printed = printed.trim();
    let digits = printed.trim_end_matches(['.', ')']);
    let is_number = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let sign = printed.strip_prefix(digits).and_then(|rest| rest.parse::<char>().ok());
    match (sign, digits.parse()) {
        (Some(sign), Ok(number)) if is_number && (digits == "0" || !digits.starts_with('0')) => {
            Count::Number(number, sign)
        }
        _ => Count::Literal,
    }
}

/// The lists of entries that stand together. What is deeper than the entry before it is a list in that.
fn lists(entries: &[Entry<'_>]) -> Vec<Node> {
    let entries: Vec<_> = entries.iter().filter(|(_, _, text)| !text.is_empty()).collect();
    lists_of(&entries)
}

fn lists_of(entries: &[&Entry<'_>]) -> Vec<Node> {
    let mut made: Vec<(List, Count)> = Vec::new();
    let mut at = 0;
    while let Some((level, marker, text)) = entries.get(at) {
        let below = entries[at + 1..].iter().take_while(|(deeper, ..)| deeper > level).count();
        let how = count(marker);
        let mut words = text.clone();
        if let (Count::Literal, Marker::Number(printed)) = (how, marker) {
            words = Text::plain(format!("{} ", printed.trim()));
            words.extend(text.clone());
            words = clean(&words);
        }
        let mut entry = vec![Node::Paragraph(words)];
        entry.extend(lists_of(&entries[at + 1..=at + below]));
        at += 1 + below;
        let goes_on = made.last().is_some_and(|(list, last)| match (last, how) {
            (Count::Number(first, sign), Count::Number(number, other)) => {
                let next = u32::try_from(list.entries.len()).ok().and_then(|length| first.checked_add(length));
                *sign == other && next == Some(number)
            }
            (last, how) => *last == how,
        });
        match made.last_mut().filter(|_| goes_on) {
            Some((list, _)) => list.entries.push(entry),
            None => {
                let before = made.last().map(|(list, _)| list.sign);
                let (first, wanted, other) = match how {
                    Count::Number(first, ')') => (Some(first), ')', '.'),
                    Count::Number(first, _) => (Some(first), '.', ')'),
                    _ => (None, '-', '*'),
                };
                let sign = if before == Some(wanted) { other } else { wanted };
                made.push((List { first, sign, entries: vec![entry] }, how));
            }
        }
    }
    made.into_iter().map(|(list, _)| Node::List(list)).collect()
}

/// A table whose rows are of one length; `None` where there is nothing in it.
fn table(rows: &[Vec<Vec<Block>>]) -> Option<Node> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut cells: Vec<Vec<Text>> = Vec::new();
    for row in rows {
        let mut row: Vec<Text> = row.iter().map(|cell| clean(&cell_text(cell))).collect();
        row.resize(width, Text::default());
        cells.push(row);
    }
    cells.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    (!cells.is_empty()).then_some(Node::Table(cells))
}

/// What stands in a cell, on lines.
fn cell_text(cell: &[Block]) -> Text {
    let mut whole = Text::default();
    for block in cell {
        let line = match &block.kind {
            Kind::Heading { label, text, .. } => heading(label.as_deref(), text),
            Kind::Paragraph(text) | Kind::Contents(text) | Kind::Note { text, .. } => text.clone(),
            Kind::Entry { marker, text, .. } => {
                let sign = match marker {
                    Marker::Bullet => "-",
                    Marker::Number(printed) => printed.as_str(),
                };
                let mut line = Text::plain(format!("{sign} "));
                line.extend(text.clone());
                line
            }
            Kind::Table(rows) => {
                Text::plain(rows.iter().flatten().map(|cell| cell_text(cell).words()).collect::<Vec<_>>().join(" "))
            }
            Kind::Target(url) => {
                let mut line = Text::default();
                line.push(url, false, false, Some(url));
                line
            }
            Kind::PageBreak => continue,
        };
        if !whole.0.is_empty() {
            whole.0.push(Inline::Break);
        }
        whole.extend(line);
    }
    whole
}
