//! Walks through the blocks of a text: the document's, a cell's, a box's, a note's.
//!
//! Holds what is carried along while a document is read: how far its lists are counted, which fields are open, which
//! notes were cited, what is to be remarked.

use super::super::block::{Block, Kind, Place, Text};
use super::super::remark::{About, Remark};
use super::super::unreadable::Unreadable;
use super::counting::Counters;
use super::field::Fields;
use super::lists::{Piece, Setting, settle};
use super::notes::{Citation, Notes};
use super::numbering::Numbering;
use super::package::Relations;
use super::styles::Styles;
use super::versions::{chosen, is_choice};
use super::xml::{Element, Space};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Blocks and cells of one document.
const BLOCKS: usize = 500_000;
/// Bytes of addresses that links may repeat.
const ADDRESSES: usize = 64 << 20;

/// What the document says beside its text.
pub struct Sources<'t> {
    /// Its styles.
    pub styles: Styles,
    /// Its lists.
    pub numbering: Numbering,
    /// Its comments, by their identifier.
    pub comments: BTreeMap<&'t str, Element<'t>>,
    /// Its notes.
    pub notes: Notes<'t>,
    /// How its main part is related to others.
    pub relations: Relations,
}

/// What is carried along.
pub struct Story<'t> {
    pub(super) sources: &'t Sources<'t>,
    /// How the part is related to others that is read just now.
    pub(super) relations: &'t Relations,
    pub(super) counters: Counters,
    pub(super) fields: Fields,
    pub(super) remarks: Vec<Remark>,
    /// Comments that have had their remark.
    pub(super) remarked: BTreeSet<&'t str>,
    /// The note that is read just now: where it was cited.
    pub(super) note: Option<Place>,
    /// Notes that were cited, and those of them whose text has not been read yet.
    pub(super) labels: BTreeMap<(bool, &'t str), Option<String>>,
    pub(super) cited: Vec<Citation<'t>>,
    /// How many footnotes and endnotes have a label.
    pub(super) numbers: (usize, usize),
    paragraphs: u32,
    blocks: usize,
    addresses: usize,
}

/// What is known of text by what stands around it.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// A change has deleted it.
    pub deleted: bool,
    /// A change has inserted it.
    pub inserted: bool,
    /// It asks to be replaced, and was not.
    pub template: bool,
    /// It is of a table of contents.
    pub contents: bool,
    /// Where it leads.
    pub link: Option<Rc<str>>,
}

/// The pieces of one text.
#[derive(Debug, Default)]
pub struct Flow {
    pub(super) pieces: Vec<Piece>,
    /// Text whose paragraph has lost its end; it begins the next.
    pub(super) pending: Option<(Place, Text)>,
    /// It is the document's own text: pages break in it, and notes follow their citation.
    pub(super) top: bool,
    /// It is a cell's: a table in it cannot stay one.
    pub(super) cell: bool,
}

impl Flow {
    /// The document's own text.
    pub fn top() -> Self {
        Self { top: true, ..Self::default() }
    }

    /// A cell's text.
    pub fn cell() -> Self {
        Self { cell: true, ..Self::default() }
    }

    /// Adds blocks whose levels are settled.
    pub(super) fn settled(&mut self, blocks: Vec<Block>) {
        self.pieces.extend(blocks.into_iter().map(|block| Piece { block, setting: None }));
    }

    /// Text that waits for its paragraph becomes one by itself.
    pub(super) fn close(&mut self) {
        if let Some((place, text)) = self.pending.take().filter(|(_, text)| !text.is_empty()) {
            let block = Block { place, kind: Kind::Paragraph(text) };
            self.pieces.push(Piece { block, setting: Some(Setting::default()) });
        }
    }
}

impl<'t> Story<'t> {
    /// At the beginning of a document.
    pub fn new(sources: &'t Sources<'t>) -> Self {
        Self {
            sources,
            relations: &sources.relations,
            counters: Counters::default(),
            fields: Fields::default(),
            remarks: Vec::new(),
            remarked: BTreeSet::new(),
            note: None,
            labels: BTreeMap::new(),
            cited: Vec::new(),
            numbers: (0, 0),
            paragraphs: 0,
            blocks: 0,
            addresses: 0,
        }
    }

    /// The blocks in an element.
    pub fn blocks(&mut self, parent: Element<'t>, context: &Context, flow: &mut Flow) -> Result<(), Unreadable> {
        for child in parent.children() {
            match child.name() {
                (Space::Word, "p") => {
                    self.paragraph(child, context, flow)?;
                    self.notes(flow)?;
                }
                (Space::Word, "tbl") => {
                    self.table(child, context, flow)?;
                    self.notes(flow)?;
                }
                (Space::Word, "altChunk") => self.remark(About::Picture, ""),
                (Space::Word, "sectPr" | "tcPr" | "pPr") => {}
                _ if is_choice(child) => {
                    if let Some(version) = chosen(child) {
                        self.blocks(version, context, flow)?;
                    }
                }
                _ => self.blocks(child, &context.within(child), flow)?,
            }
        }
        Ok(())
    }

    /// The blocks of a text that is complete.
    pub fn finish(&self, mut flow: Flow) -> Vec<Block> {
        flow.close();
        settle(flow.pieces, self.sources.styles.plain_indent())
    }

    /// Counts a paragraph; gives where it is.
    pub(super) fn next_paragraph(&mut self) -> Result<Place, Unreadable> {
        self.count(1)?;
        if self.note.is_none() {
            self.paragraphs = self.paragraphs.saturating_add(1);
        }
        Ok(self.place())
    }

    /// The paragraph that is read just now.
    pub fn place(&self) -> Place {
        self.note.unwrap_or(Place::Paragraph(self.paragraphs.max(1)))
    }

    /// The paragraph that comes next.
    pub(super) fn next_place(&self) -> Place {
        self.note.unwrap_or(Place::Paragraph(self.paragraphs.saturating_add(1)))
    }

    /// Counts blocks and cells.
    pub(super) fn count(&mut self, more: usize) -> Result<(), Unreadable> {
        self.blocks = self.blocks.saturating_add(more);
        if self.blocks > BLOCKS { Err(Unreadable::TooLarge(format!("{BLOCKS} paragraphs and cells"))) } else { Ok(()) }
    }

    /// Counts an address that words get as their link.
    pub(super) fn count_address(&mut self, address: &str) -> Result<(), Unreadable> {
        self.addresses = self.addresses.saturating_add(address.len());
        if self.addresses > ADDRESSES { Err(Unreadable::TooLarge("addresses of links".to_owned())) } else { Ok(()) }
    }

    /// Remarks on the paragraph that is read just now.
    pub(super) fn remark(&mut self, about: About, text: impl Into<String>) {
        self.remark_at(about, self.place(), text);
    }

    /// Remarks on another paragraph.
    pub(super) fn remark_at(&mut self, about: About, place: Place, text: impl Into<String>) {
        self.remarks.push(Remark::new(about, place, text));
    }
}

impl Context {
    /// What is known of text within an element that is none itself.
    pub fn within(&self, element: Element<'_>) -> Self {
        let mut inner = self.clone();
        match element.name() {
            (Space::Word, "ins" | "moveTo") => inner.inserted = true,
            (Space::Word, "del" | "moveFrom") => inner.deleted = true,
            (Space::Word, "sdt") => {
                let Some(properties) = element.child("sdtPr") else { return inner };
                inner.template |= properties.switch("showingPlcHdr").unwrap_or(false);
                let part = properties.child("docPartObj").or_else(|| properties.child("docPartList"));
                inner.contents |= part.and_then(|part| part.val("docPartGallery")) == Some("Table of Contents");
            }
            _ => {}
        }
        inner
    }
}
