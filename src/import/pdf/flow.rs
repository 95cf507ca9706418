//! The flow of lines into blocks: paragraphs, headings, entries of lists, tables.
//!
//! Takes lines in the order of reading; gives blocks that still consist of lines. Whether a line goes on with the block
//! before it is told by its distance, its type, its indent, and whether its first word would have had room one line up.

use super::contents;
use super::line::{Line, same};
use super::marker::{Mark, counts_on, mark};
use super::measure::{Measures, ended_early};
use super::sense::{begins_lower, begins_quote, ends_open, ends_quote, ends_sentence, ends_year};
use super::table;
use crate::import::block::Marker;
use crate::import::hints::Hints;
use crate::import::mend::is_hyphen;

/// A block that consists of lines.
#[derive(Debug)]
pub(super) struct Raw {
    pub shape: Shape,
    /// Its lines, by paragraph.
    pub parts: Vec<Vec<Line>>,
    /// Where it begins: page and line.
    pub begins: (u32, u32),
}

/// What kind of block.
#[derive(Debug)]
pub(super) enum Shape {
    Heading,
    Paragraph,
    /// `text` is where its text begins, from the column's edge.
    Entry {
        level: u8,
        marker: Marker,
        text: f32,
    },
    Table {
        rows: Vec<Vec<Vec<Raw>>>,
        doubt: bool,
    },
    Contents,
}

/// What the flow must know of the document.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub measures: &'a Measures,
    pub hints: &'a Hints<'a>,
}

/// The blocks of the lines; within a cell, whose lines are as far apart as `cell` tells, there are no tables.
pub(super) fn blocks(lines: &[Line], context: Context, cell: Option<f32>) -> Vec<Raw> {
    let in_cell = cell.is_some();
    let mut flow = Flow { context, cell, blocks: Vec::new(), entries: Vec::new() };
    let mut at = 0;
    // The line before belongs to the last block, so that the next may go on with it.
    let mut joined = false;
    while let Some(line) = lines.get(at) {
        let begins = (line.page, line.number);
        if !in_cell {
            let headed = flow.last_words().is_some_and(|words| contents::is_heading(&words));
            if let Some((entries, count)) = contents::find(&lines[at..], headed) {
                for entry in entries {
                    let begins = entry.first().map_or(begins, |line| (line.page, line.number));
                    flow.blocks.push(Raw { shape: Shape::Contents, parts: vec![entry], begins });
                }
                (at, joined) = (at + count, false);
                continue;
            }
            if let Some(table) = table::find(&lines[at..], context.measures, context.hints) {
                let cell = |lines: Vec<Line>| blocks(&lines, context, Some(table.tight));
                let rows = table.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
                let shape = Shape::Table { rows, doubt: table.doubt };
                flow.blocks.push(Raw { shape, parts: Vec::new(), begins });
                flow.entries.clear();
                (at, joined) = (at + table.lines, false);
                continue;
            }
        }
        let before = at.checked_sub(1).and_then(|at| lines.get(at)).filter(|_| joined);
        flow.line(before, line, lines.get(at + 1));
        (at, joined) = (at + 1, true);
    }
    if !in_cell {
        flow.headings();
    }
    flow.blocks
}

/// An entry that is open: another may stand beside or below it. Places are from the column's edge.
struct Open {
    left: f32,
    text: f32,
    marker: Marker,
}

struct Flow<'a> {
    context: Context<'a>,
    /// The lines are a cell's, whose edge is known less well, and this far apart.
    cell: Option<f32>,
    blocks: Vec<Raw>,
    entries: Vec<Open>,
}

/// By how much paragraphs of a cell stand further apart than its lines, at the least.
const SET_OFF: f32 = 1.0;

/// Places that print alike.
const NEAR: f32 = 2.0;

impl Flow<'_> {
    /// Adds a line to the last block, or begins another with it.
    fn line(&mut self, before: Option<&Line>, line: &Line, next: Option<&Line>) {
        if let Some(mark) = mark(line).filter(|mark| self.is_entry(before, line, next, mark)) {
            self.entry(line, &mark);
            return;
        }
        let left = line.left() - line.column.0;
        let goes_on = before.is_some_and(|before| self.goes_on(before, line, next));
        if let Some(Raw { shape: Shape::Entry { text, .. }, parts, .. }) = self.blocks.last_mut() {
            let (text, inside) = (*text, (left - *text).abs() < NEAR && *text > 3.0);
            // Whether an entry's lines hang is not known by its first; then words must tell.
            let open = parts.last().is_none_or(|part| part.len() > 1) || begins_lower(&line.text());
            let broken = before.is_some_and(|before| before.text().ends_with(is_hyphen));
            let flush = left < text - NEAR && (open || broken) && parts.last().is_none_or(|part| hangs_not(part, text));
            let title =
                line.size() > self.context.measures.body + 0.6 || (self.context.hints.stands_alone)(&line.text());
            let far = line.pitch.is_some_and(|pitch| pitch > 3.0 * self.context.measures.pitch(line.size()));
            if goes_on && (inside || flush) {
                if let Some(part) = parts.last_mut() {
                    part.push(line.clone());
                }
                return;
            }
            if inside && !title && !far && !line.strong() {
                parts.push(vec![line.clone()]);
                return;
            }
        } else if goes_on && let Some(part) = self.blocks.last_mut().and_then(|raw| raw.parts.last_mut()) {
            part.push(line.clone());
            return;
        }
        self.entries.clear();
        let begins = (line.page, line.number);
        self.blocks.push(Raw { shape: Shape::Paragraph, parts: vec![vec![line.clone()]], begins });
    }

    /// Whether a line with a mark begins an entry.
    fn is_entry(&self, before: Option<&Line>, line: &Line, next: Option<&Line>, mark: &Mark) -> bool {
        let number = matches!(mark.marker, Marker::Number(_));
        if number && (line.size() > self.context.measures.body + 0.6 || line.strong()) {
            return false;
        }
        if !number && !mark.weak {
            return true;
        }
        let (left, text) = (mark.left - line.column.0, mark.text - line.column.0);
        let indented = left > 3.0;
        let sibling = self.entries.iter().any(|open| {
            let kind = matches!(open.marker, Marker::Number(_)) == number;
            kind && (open.left - left).abs() < NEAR && (open.text - text).abs() < 2.0 * NEAR
        });
        let open = self.entries.last();
        let hanging = next.is_some_and(|next| {
            (next.left() - mark.text).abs() < 1.2 && mark.text > mark.left + 3.0 && next.pitch.is_some()
        });
        let goes_on = before.is_some_and(|before| self.goes_on(before, line, None));
        if sibling && open.is_some_and(|open| left < open.text - NEAR) {
            return true;
        }
        let ended = before.is_none_or(|before| ends_sentence(&before.text()));
        let counts = open.is_some_and(|open| counts_on(&open.marker, &mark.marker));
        let letter_o = line.atoms.first().is_some_and(|atom| atom.text == "o");
        if letter_o && !(mark.wide && indented) {
            return false;
        }
        if number {
            !goes_on || (counts && ended) || (hanging && (ended || indented)) || (mark.wide && indented)
        } else {
            !goes_on || (hanging && (ended || indented)) || (mark.wide && indented)
        }
    }

    /// Begins an entry.
    fn entry(&mut self, line: &Line, mark: &Mark) {
        let (left, text) = (mark.left - line.column.0, mark.text - line.column.0);
        let beside = |open: &Open| {
            (open.left - left).abs() < NEAR || ((open.text - text).abs() < NEAR && (open.left - left).abs() < 9.0)
        };
        while self.entries.last().is_some_and(|open| open.left > left + NEAR && !beside(open)) {
            self.entries.pop();
        }
        if self.entries.last().is_some_and(beside) {
            self.entries.pop();
        }
        let level = self.entries.len().min(8) as u8;
        self.entries.push(Open { left, text, marker: mark.marker.clone() });
        let shape = Shape::Entry { level, marker: mark.marker.clone(), text };
        let begins = (line.page, line.number);
        let words = line.part(mark.atoms, line.atoms.len());
        self.blocks.push(Raw { shape, parts: vec![vec![words]], begins });
    }

    /// Whether `line` goes on with the paragraph of which `before` is the last line.
    fn goes_on(&self, before: &Line, line: &Line, next: Option<&Line>) -> bool {
        let measures = self.context.measures;
        let (above, here) = (before.text(), line.text());
        let (ended, lower) = (ends_sentence(&above), begins_lower(&here));
        let early = ended_early(before, line)
            || (ended && !lower && !above.ends_with(':') && self.cell.is_none() && measures.short(before));
        let large = before.size() > measures.body + 0.6;
        let alone = self.context.hints.stands_alone;
        let set_off = |tight: f32| line.pitch.is_some_and(|step| step > tight + SET_OFF);
        if !same(before.size(), line.size()) || measures.spaced(line) || self.cell.is_some_and(set_off) {
            return false;
        }
        // What a cell lists, one below the other, often ends in a year; no sentence goes on behind one with a capital.
        if self.cell.is_some()
            && ends_year(&above)
            && !lower
            && here.starts_with(|c: char| !c.is_alphanumeric() || c.is_uppercase())
        {
            return false;
        }
        if !large && (alone(&here) || self.last_words().is_some_and(|words| alone(&words))) {
            return false;
        }
        let broken = above.ends_with(is_hyphen);
        if before.strong() != line.strong() {
            // A run of bold that begins or ends with the line, within a sentence.
            let within = !early && !ended && (lower || broken || ends_open(&above));
            let words = |line: &Line| line.atoms.iter().filter(|atom| !atom.raised).count();
            let short = line.strong() && words(line) < 4 && !early && !ended;
            if !within && !short {
                return false;
            }
        }
        // What introduces a list stands by itself.
        if ended && !lower && here.ends_with(':') && next.is_some_and(|next| mark(next).is_some()) {
            return false;
        }
        if lower && (broken || (!ended && !early)) {
            return true;
        }
        // The further lines of a title may hang below its words.
        let title = !early && before.strong() && line.strong() && self.is_titled();
        if (!title && self.indents(before, line, next)) || (ends_quote(&above) && begins_quote(&here)) {
            return false;
        }
        if early && !large && ends_open(&above) && !ended {
            return true;
        }
        !(early && (ended || !lower))
    }

    /// The last block begins with the number of a title.
    fn is_titled(&self) -> bool {
        let first = self.blocks.last().and_then(|raw| raw.parts.first()?.first()?.atoms.first());
        first.is_some_and(|atom| atom.text.starts_with(|c: char| c.is_ascii_digit()) && atom.text.ends_with('.'))
    }

    /// The words of the last block, where it is one line.
    fn last_words(&self) -> Option<String> {
        match self.blocks.last()?.parts.as_slice() {
            [part] if part.len() == 1 => part.first().map(Line::text),
            _ => None,
        }
    }

    /// Whether the line is indented as the first of a paragraph is.
    fn indents(&self, before: &Line, line: &Line, next: Option<&Line>) -> bool {
        let (middle, other) = ((line.left() + line.right()) / 2.0, (before.left() + before.right()) / 2.0);
        let centre = (line.column.0 + line.column.1) / 2.0;
        let in_entry = matches!(self.blocks.last(), Some(Raw { shape: Shape::Entry { .. }, .. }));
        if in_entry || before.column != line.column || (middle - other).abs() < NEAR && (middle - centre).abs() < NEAR {
            return false;
        }
        let part = self.blocks.last().and_then(|raw| raw.parts.last());
        let second = part.is_some_and(|part| part.len() == 1);
        let step = line.left() - before.left();
        if step > NEAR {
            // The second line of a paragraph may hang: then the third stands below it.
            return !(second && next.is_some_and(|next| (next.left() - line.left()).abs() < NEAR));
        }
        step < -NEAR && !second
    }

    /// Makes paragraphs that are set as headings are, into headings.
    fn headings(&mut self) {
        let body = self.context.measures.body;
        for raw in &mut self.blocks {
            if !matches!(raw.shape, Shape::Paragraph) {
                continue;
            }
            let lines: Vec<&Line> = raw.parts.iter().flatten().collect();
            let sentence = lines.last().is_some_and(|line| {
                let text = line.text();
                text.ends_with(['.', ';', ',']) && !text.ends_with("...")
            });
            let letters = lines.iter().any(|line| line.text().chars().any(char::is_alphabetic));
            let large = lines.iter().all(|line| line.size() > body + 0.6);
            let bold = lines.iter().all(|line| line.strong() && line.size() > body - 0.6);
            if letters
                && ((large && (lines.len() <= 4 && !sentence || lines.len() == 1))
                    || (bold && lines.len() <= 3 && !sentence))
            {
                raw.shape = Shape::Heading;
            }
        }
    }
}

/// The lines below the first of an entry do not stand below its text.
fn hangs_not(part: &[Line], text: f32) -> bool {
    part.iter().skip(1).all(|line| line.left() - line.column.0 < text - NEAR)
}
