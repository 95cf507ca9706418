//! Makes blocks of pieces: finds entries that were typed, joins paragraphs to the entry that they continue, and gives
//! every entry its level.
//!
//! The level in the file says little: a list may begin at its second level, and one list within another may be a list of
//! its own that is only indented further. What counts is what a reader sees.

use super::super::block::{Block, Inline, Kind};
use super::measure::Indent;
use super::typed::{marker, without};

/// A block with what decides about its place among the entries around it.
#[derive(Debug)]
pub struct Piece {
    /// The block. The text of a paragraph still has its tabs.
    pub block: Block,
    /// How its paragraph is set; nothing for blocks whose levels are settled.
    pub setting: Option<Setting>,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting {
    /// How far its lines are indented.
    pub indent: Indent,
    /// The list that it is counted in, and the level there.
    pub list: Option<(i64, usize)>,
    /// Its style says that it continues an entry.
    pub continues: bool,
}

/// Makes blocks of the pieces of one text: the document's, a cell's, a box's. `plain` is how far plain text is indented.
pub fn settle(pieces: Vec<Piece>, plain: Indent) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(pieces.len());
    // The entries that the next could be within, from the outermost.
    let mut above: Vec<Setting> = Vec::new();
    // Where the entry stands that the next paragraph could continue.
    let mut last = None;
    for Piece { mut block, setting } in pieces {
        let Some(mut setting) = setting else {
            // Notes and pages do not stand between two entries on the page.
            if !matches!(block.kind, Kind::Note { .. } | Kind::PageBreak) {
                above.clear();
                last = None;
            }
            blocks.push(block);
            continue;
        };
        if let Kind::Paragraph(text) = block.kind {
            block.kind = match marker(&text, setting.indent.is_deeper_than(plain)) {
                Some(typed) => {
                    setting.indent.left = Some(setting.indent.lines() + typed.moved);
                    Kind::Entry { level: 0, marker: typed.marker, text: without(text, typed.letters).tidy() }
                }
                None => Kind::Paragraph(text.tidy()),
            };
        }
        match &mut block.kind {
            Kind::Entry { level, .. } => {
                above.truncate(above.iter().rposition(|upper| is_above(*upper, setting)).map_or(0, |at| at + 1));
                *level = u8::try_from(above.len()).unwrap_or(u8::MAX);
                above.push(setting);
                last = Some(blocks.len());
            }
            Kind::Paragraph(text) => {
                let entry = last.filter(|_| setting.continues).and_then(|at: usize| blocks.get_mut(at));
                if let Some(Block { kind: Kind::Entry { text: whole, .. }, .. }) = entry {
                    whole.0.push(Inline::Break);
                    whole.extend(std::mem::take(text));
                    continue;
                }
                above.clear();
                last = None;
            }
            _ => {
                above.clear();
                last = None;
            }
        }
        blocks.push(block);
    }
    blocks
}

/// Whether an entry is within the one before it.
fn is_above(upper: Setting, entry: Setting) -> bool {
    match (upper.list, entry.list) {
        (Some((list, level)), Some((same, deeper))) if list == same && level != deeper => level < deeper,
        _ => entry.indent.is_deeper_than(upper.indent),
    }
}
