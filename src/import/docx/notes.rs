//! Footnotes and endnotes: labels their citations in the order of reading, and gives each note's text after the block
//! that cites it.

use super::super::block::{Block, Inline, Kind, Marker, Place, Text};
use super::super::remark::About;
use super::super::unreadable::Unreadable;
use super::inline::Line;
use super::package::Relations;
use super::story::{Context, Flow, Story};
use super::typed::without;
use super::words;
use super::xml::{Element, Tree};
use std::collections::BTreeMap;

/// The notes of a document.
#[derive(Default)]
pub struct Notes<'t> {
    /// At the foot of the page.
    pub footnotes: Part<'t>,
    /// At the end of the document.
    pub endnotes: Part<'t>,
}

/// The part that holds notes of one kind.
#[derive(Default)]
pub struct Part<'t> {
    /// By their identifier, in the order of the part.
    all: Vec<(&'t str, Element<'t>)>,
    by_id: BTreeMap<&'t str, Element<'t>>,
    relations: Relations,
}

impl<'t> Part<'t> {
    /// Reads the part; `name` is the element of a note. The lines that separate notes from the text are none.
    pub fn read(tree: &'t Tree<'t>, name: &str, relations: Relations) -> Self {
        let notes = tree.root().children().filter(|note| note.is(name));
        let notes = notes.filter(|note| matches!(note.attribute("type"), None | Some("normal")));
        let all: Vec<_> = notes.filter_map(|note| Some((note.attribute("id")?, note))).collect();
        let by_id = all.iter().copied().collect();
        Self { all, by_id, relations }
    }
}

/// A note whose text is still to be read.
#[derive(Debug)]
pub struct Citation<'t> {
    place: Place,
    end: bool,
    label: String,
    note: Element<'t>,
    /// The mark that its author gave it.
    mark: String,
}

impl<'t> Story<'t> {
    /// Reads the citation of a note. `unread`: it stands in text that is left out. Tells whether a mark follows.
    pub(super) fn cite(&mut self, reference: Element<'t>, unread: bool, line: &mut Line) -> bool {
        let custom = matches!(reference.attribute("customMarkFollows"), Some("1" | "true" | "on"));
        let end = reference.is("endnoteReference");
        // A note that cites another would have to be read within itself.
        if self.note.is_some() || self.fields.is_hiding() {
            return false;
        }
        let Some(id) = reference.attribute("id") else { return false };
        let part = if end { &self.sources.notes.endnotes } else { &self.sources.notes.footnotes };
        let Some(note) = part.by_id.get(id).copied() else {
            if !unread {
                self.remark(About::LooseNote, last_words(&line.text));
            }
            return custom;
        };
        if unread {
            if self.labels.insert((end, id), None).is_none() {
                line.deleted.push(' ');
                line.deleted.push_str(&words::of(note));
            }
            return custom;
        }
        let label = match self.labels.get(&(end, id)) {
            Some(Some(label)) => label.clone(),
            _ => {
                let number = if end { &mut self.numbers.1 } else { &mut self.numbers.0 };
                *number += 1;
                let label = if end { format!("e{number}") } else { number.to_string() };
                self.labels.insert((end, id), Some(label.clone()));
                let place = self.place();
                self.cited.push(Citation { place, end, label: label.clone(), note, mark: String::new() });
                label
            }
        };
        line.text.0.push(Inline::Note(label));
        line.begun = true;
        custom
    }

    /// Notes the mark of the note that was cited last.
    pub(super) fn mark(&mut self, mark: &str) {
        if let Some(last) = self.cited.last_mut() {
            last.mark.push_str(mark);
        }
    }

    /// Adds the notes that the block before has cited.
    pub(super) fn notes(&mut self, flow: &mut Flow) -> Result<(), Unreadable> {
        if !flow.top || flow.pending.is_some() {
            return Ok(());
        }
        for citation in std::mem::take(&mut self.cited) {
            let sources = self.sources;
            let part = if citation.end { &sources.notes.endnotes } else { &sources.notes.footnotes };
            let relations = std::mem::replace(&mut self.relations, &part.relations);
            let fields = std::mem::take(&mut self.fields);
            self.note = Some(citation.place);
            let mut inner = Flow::default();
            let read = self.blocks(citation.note, &Context::default(), &mut inner);
            (self.relations, self.fields, self.note) = (relations, fields, None);
            read?;
            let mut text = Text::default();
            joined(self.finish(inner), &mut text);
            let mark = citation.mark.trim();
            if !mark.is_empty() && text.words().starts_with(mark) {
                text = without(text, mark.chars().count());
            }
            let kind = Kind::Note { label: citation.label, text: text.tidy() };
            flow.settled(vec![Block { place: citation.place, kind }]);
        }
        Ok(())
    }

    /// Remarks on the notes that nothing cites.
    pub fn uncited_notes(&mut self) {
        let notes = &self.sources.notes;
        for (end, part) in [(false, &notes.footnotes), (true, &notes.endnotes)] {
            for (id, note) in &part.all {
                let text = if self.labels.contains_key(&(end, *id)) { String::new() } else { words::of(*note) };
                if !text.is_empty() {
                    self.remark(About::LooseNote, text);
                }
            }
        }
    }
}

/// Joins the text of blocks, each on a line of its own.
fn joined(blocks: Vec<Block>, whole: &mut Text) {
    for block in blocks {
        match block.kind {
            Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Contents(text) => {
                line(Text::default(), text, whole)
            }
            Kind::Entry { marker: Marker::Number(number), text, .. } => line(Text::plain(number + " "), text, whole),
            Kind::Entry { text, .. } => line(Text::default(), text, whole),
            Kind::Table(rows) => rows.into_iter().flatten().for_each(|cell| joined(cell, whole)),
            Kind::Note { .. } | Kind::Target(_) | Kind::PageBreak => {}
        }
    }
}

fn line(before: Text, text: Text, whole: &mut Text) {
    if !whole.0.is_empty() {
        whole.0.push(Inline::Break);
    }
    whole.extend(before);
    whole.extend(text);
}

/// The end of a text, to tell of the place.
fn last_words(text: &Text) -> String {
    let last = text.0.iter().rev().take(3).find_map(|inline| match inline {
        Inline::Words { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let text = last.unwrap_or_default();
    let from = text.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    words::tidy(text.get(from..).unwrap_or_default())
}
