//! Second stage: a source into a document.
//!
//! Takes the text of one file; gives its fields and prose, with the place of every value, and what is wrong with it.
//! Each file is parsed by itself, so that all are parsed in parallel and one can be parsed again alone.

mod case;
pub mod front_matter;
pub mod item;
pub mod kind;
pub mod markdown;
pub mod meeting;
mod page;
mod sealed;
mod shared;

pub use case::CaseDoc;
pub use item::{Access, Attachment, Continuation, ItemDoc, OpenDoc};
pub use kind::{FileKind, kind_of};
pub use meeting::{Group, MeetingDoc, PartDoc, Person, Status};
pub use page::PageDoc;
pub use shared::{Alias, Correction, Reason};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, faults};
use crate::privacy::{cpr, placeholder};
use crate::read::{Source, Written};
use crate::scan::digits;
use front_matter::{Entry, Fields, Node, Value};
use markdown::{Block, Body, Context, Detector, Ends, Kind, Labels, Prose, Text};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A parsed file of the content, but for the HTML of its texts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// Its path.
    pub path: Arc<str>,
    /// What stands for the bytes of its file, as [`mark`](crate::memory::mark) has it; not known to the parser.
    #[serde(skip)]
    pub mark: u64,
    /// `draft = true`.
    pub draft: bool,
    /// What it says.
    pub content: Content,
    /// What ties its texts to others, in the order of [`Bodies`].
    pub ends: Vec<Ends>,
}

/// The HTML of a file's texts: of an item its process status, where it has one, and its body; else its body alone.
pub type Bodies = Vec<Body>;

/// A file of the content, read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parsed {
    /// What it says; `None` where it is no document, or none that can be read.
    pub document: Option<Document>,
    /// Its front matter says that it is a draft: a meeting's items follow it, even where it cannot be read.
    pub draft: bool,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
    /// What is wrong with it where it is published as it is.
    pub as_published: Vec<Diagnostic>,
}

/// What a file of the content says, by kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Content {
    /// `meetings/ID/_index.md`.
    Meeting(Box<MeetingDoc>),
    /// Any other Markdown file of a meeting.
    Item(Box<ItemDoc>),
    /// `cases/NUMBER.md`.
    Case(Box<CaseDoc>),
    /// `topics/SLUG.md`.
    Topic(PageDoc),
    /// `pages/PATH.md`.
    Page(PageDoc),
    /// `_index.md`.
    Front(PageDoc),
}

/// What reading the documents needs beside their texts.
pub struct Reading<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// What finds references.
    pub detector: &'a Detector,
    /// Texts that stand in the HTML.
    pub labels: &'a Labels,
    /// Drafts are published too.
    pub drafts: bool,
}

/// Reads a file: its text, as [`read::text`](crate::read::text) gave it. `draft_meeting`: it lies in the folder of a meeting
/// whose own file is a draft. Beside it stands the HTML of its texts.
pub fn parse(source: &Source, written: Written, draft_meeting: bool, reading: &Reading<'_>) -> (Parsed, Bodies) {
    let mut parsed = Parsed::default();
    parsed.faults.extend(written.fault);
    let Some(kind) = kind_of(&source.path) else {
        search_file(source, written.text.as_deref(), reading.config, &mut parsed.as_published);
        return (parsed, Bodies::new());
    };
    let Some(text) = written.text else { return (parsed, Bodies::new()) };
    let (document, bodies) = document(&source.path, &text, &kind, draft_meeting, reading, &mut parsed);
    parsed.document = document;
    (parsed, bodies)
}

fn document(
    path: &Arc<str>,
    text: &str,
    kind: &FileKind,
    draft_meeting: bool,
    reading: &Reading<'_>,
    parsed: &mut Parsed,
) -> (Option<Document>, Bodies) {
    let out = &mut parsed.faults;
    let Some(cut) = front_matter::cut(path, text, out) else {
        search(path, text, &[], Hidden::No, reading.config, out);
        return (None, Bodies::new());
    };
    let mut file = File {
        reading,
        path,
        text,
        body: cut.body..text.len(),
        fields: Fields::new(path, &cut.entries, cut.span.clone()),
        blocks: texts_of(&cut.entries),
        ends: Vec::new(),
        bodies: Bodies::new(),
    };
    let draft = file.fields.flag("draft", out);
    parsed.draft = draft;
    let content = match kind {
        FileKind::Meeting { id } => meeting::read(&mut file, id, out).map(|doc| Content::Meeting(Box::new(doc))),
        FileKind::Item { meeting } => item::read(&mut file, meeting, out).map(|doc| Content::Item(Box::new(doc))),
        FileKind::Case { name } => case::read(&mut file, name, out).map(|doc| Content::Case(Box::new(doc))),
        FileKind::Topic { name } => page::read(&mut file, name, out).map(Content::Topic),
        FileKind::Page { name } => page::read(&mut file, name, out).map(Content::Page),
        FileKind::Front => page::read_front(&mut file, out).map(Content::Front),
    };
    let File { fields, blocks, ends, mut bodies, .. } = file;
    fields.finish(out);
    let in_draft_meeting = draft_meeting && matches!(kind, FileKind::Item { .. });
    let hidden = match &content {
        _ if (draft || in_draft_meeting) && !reading.drafts => Hidden::All,
        Some(Content::Item(item)) => match &item.access {
            Access::Closed { shown, .. } => Hidden::Except(shown.clone()),
            Access::Open(_) => Hidden::No,
        },
        _ => Hidden::No,
    };
    if !matches!((kind, &hidden), (FileKind::Item { .. }, _) | (_, Hidden::All)) {
        search_name(path, reading.config, out);
    }
    if !matches!(hidden, Hidden::No) {
        bodies.clear();
    }
    search(path, text, &blocks, hidden, reading.config, out);
    (content.map(|content| Document { path: path.clone(), mark: 0, draft, content, ends }), bodies)
}

/// A file while it is read.
struct File<'a> {
    reading: &'a Reading<'a>,
    path: &'a Arc<str>,
    text: &'a str,
    body: Range<usize>,
    fields: Fields<'a>,
    /// Every text of the front matter and every block of the body, without markup.
    blocks: Vec<Block>,
    ends: Vec<Ends>,
    bodies: Bodies,
}

impl File<'_> {
    fn context(&self) -> Context<'_> {
        Context {
            config: self.reading.config,
            detector: self.reading.detector,
            labels: self.reading.labels,
            path: self.path,
            source: self.text,
        }
    }

    /// The file's body as prose.
    fn prose(&mut self, kind: Kind, out: &mut Vec<Diagnostic>) -> Prose {
        let (text, blocks) =
            markdown::parse(&self.context(), kind, &self.text[self.body.clone()], self.body.clone(), out);
        self.blocks.extend(blocks);
        self.keep(text)
    }

    /// A Markdown value of the front matter as prose.
    fn status(&mut self, value: &front_matter::Spanned<String>, out: &mut Vec<Diagnostic>) -> Prose {
        let (text, blocks) = markdown::parse(&self.context(), Kind::Status, &value.value, value.span.clone(), out);
        self.blocks.extend(blocks);
        self.keep(text)
    }

    fn keep(&mut self, Text { prose, ends, body }: Text) -> Prose {
        self.ends.push(ends);
        self.bodies.push(body);
        prose
    }
}

/// Which parts of a file no reader gets.
enum Hidden {
    No,
    /// All but these bytes: a closed item's number, title and ground.
    Except(Vec<Range<usize>>),
    All,
}

impl Hidden {
    fn holds(&self, at: &Range<usize>) -> bool {
        match self {
            Self::No => false,
            Self::Except(shown) => !shown.iter().any(|shown| shown.start <= at.start && at.end <= shown.end),
            Self::All => true,
        }
    }
}

/// Searches a file for what must not be published: in its text as written, and in its texts without markup.
fn search(path: &Arc<str>, text: &str, blocks: &[Block], hidden: Hidden, config: &Config, out: &mut Vec<Diagnostic>) {
    let written: Vec<_> = cpr::find(text).into_iter().map(|found| (found.range.clone(), found)).collect();
    let plain: Vec<_> = blocks
        .iter()
        // Most blocks do not hold the digits of a number.
        .filter(|block| digits(&block.text) >= cpr::DIGITS)
        .map(|block| (block, cpr::find(&as_shown(&block.text))))
        .filter(|(_, all)| !all.is_empty())
        .collect();
    // A number that the readers of a block see, and that its source does not write in one piece.
    let is_pieced = |(block, digits): (&Block, &str)| {
        let holds = |at: &Range<usize>| block.span.start <= at.start && at.end <= block.span.end;
        let in_source = written.iter().filter(|(at, found)| holds(at) && found.digits == digits).count();
        let others = plain.iter().filter(|(other, _)| std::ptr::eq(*other, block) || other.inner && holds(&other.span));
        others.flat_map(|(_, all)| all).filter(|found| found.digits == digits).count() > in_source
    };
    let pieced = plain.iter().flat_map(|(block, all)| all.iter().map(move |found| (*block, found)));
    let pieced = pieced.filter(|(block, found)| is_pieced((block, &found.digits)));
    let pieced = pieced.map(|(block, found)| (block.span.clone(), found.clone()));
    for (at, found) in written.iter().cloned().chain(pieced) {
        if config.allows(&found.digits) {
            continue;
        }
        let fault = match found.certain {
            _ if hidden.holds(&at) => faults::HIDDEN_CPR_NUMBER,
            true => faults::CPR_NUMBER,
            false => faults::POSSIBLE_CPR_NUMBER,
        };
        out.push(fault.at(path, &at).with("number", cpr::masked(&found.digits)));
    }
    let mut phrases = BTreeSet::new();
    let written = placeholder::find(text).into_iter().map(|at| (text[at.clone()].to_owned(), at));
    let plain = blocks.iter().flat_map(|block| {
        placeholder::find(&block.text).into_iter().map(|at| (block.text[at].to_owned(), block.span.clone()))
    });
    for (phrase, at) in written.chain(plain) {
        let exact = text.get(at.clone()) == Some(phrase.as_str());
        if hidden.holds(&at) || !phrases.insert(phrase.to_lowercase()) && !exact {
            continue;
        }
        let words: Vec<_> = phrase.split_whitespace().collect();
        out.push(faults::PLACEHOLDER_TEXT.at(path, &at).with("text", words.join(" ")));
    }
}

/// A block's text as its readers see it: on one line, and without what no screen shows.
fn as_shown(text: &str) -> String {
    let is_unseen = |c| matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|c| !is_unseen(*c)).map(|c| if c == '\n' { ' ' } else { c }).collect()
}

/// Searches a file that is published as it is, and its name.
fn search_file(source: &Source, text: Option<&str>, config: &Config, out: &mut Vec<Diagnostic>) {
    if let Some(text) = text {
        search_as_written(&source.path, text, config, out);
    }
    search_name(&source.path, config, out);
}

/// Searches a text as it stands in its file: what has no markup, and sagnet.toml.
pub fn search_as_written(path: &Arc<str>, text: &str, config: &Config, out: &mut Vec<Diagnostic>) {
    for found in cpr::find(text).into_iter().filter(|found| !config.allows(&found.digits)) {
        let fault = if found.certain { faults::CPR_NUMBER } else { faults::POSSIBLE_CPR_NUMBER };
        out.push(fault.at(path, &found.range).with("number", cpr::masked(&found.digits)));
    }
}

/// Searches the values of a file's fields, as their readers get them, for numbers that the file does not write in one piece.
pub fn search_values(path: &Arc<str>, text: &str, entries: &[Entry], config: &Config, out: &mut Vec<Diagnostic>) {
    let written: BTreeSet<_> = cpr::find(text).into_iter().map(|found| found.digits).collect();
    for block in texts_of(entries) {
        let found = cpr::find(&as_shown(&block.text)).into_iter();
        for found in found.filter(|found| !written.contains(&found.digits) && !config.allows(&found.digits)) {
            let fault = if found.certain { faults::CPR_NUMBER } else { faults::POSSIBLE_CPR_NUMBER };
            out.push(fault.at(path, &block.span).with("number", cpr::masked(&found.digits)));
        }
    }
}

/// Searches a path that becomes an address.
fn search_name(path: &Arc<str>, config: &Config, out: &mut Vec<Diagnostic>) {
    for found in cpr::find(path).into_iter().filter(|found| !config.allows(&found.digits)) {
        let fault = if found.certain { faults::CPR_IN_NAME } else { faults::POSSIBLE_CPR_NUMBER };
        out.push(fault.in_file(path).with("number", cpr::masked(&found.digits)));
    }
}

/// Every text of the front matter, as its readers get it: without quotes and escapes.
fn texts_of(entries: &[Entry]) -> Vec<Block> {
    fn add(node: &Node, blocks: &mut Vec<Block>) {
        match &node.value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => {
                blocks.push(Block::new(text.clone(), node.span.clone()));
                if text.contains('%') {
                    let decoded = percent_decode_str(text).decode_utf8_lossy().into_owned();
                    blocks.push(Block::new(decoded, node.span.clone()));
                }
            }
            Value::List(nodes) => nodes.iter().for_each(|node| add(node, blocks)),
            Value::Table(entries) => entries.iter().for_each(|entry| add(&entry.node, blocks)),
            Value::Null | Value::Flag(_) => {}
        }
    }
    let mut blocks = Vec::new();
    entries.iter().for_each(|entry| add(&entry.node, &mut blocks));
    blocks
}
