//! The table of facts at the head of an item, which text has without its lines.
//!
//! Takes the lines from the first label on; gives a table of two columns. A label may be broken over two lines, and a value
//! may stand behind its label, below it, or beside it in a column of its own.

use super::lines::Gap;
use super::start::{Sheet, begins_sentence, ends_sentence};
use crate::config::Fact;
use crate::import::block::{Block, Kind, Place, Text};
use crate::import::mend::Vocabulary;
use crate::import::remark::Remark;

/// A row while it is read: its label, and the lines of its value with their place.
struct Row {
    place: Place,
    label: String,
    value: Vec<Piece>,
}

/// A line of a value.
struct Piece {
    at: usize,
    text: String,
    /// It stands apart from the line before it.
    parted: bool,
}

/// How far a table of facts is looked for, in lines.
const REACH: usize = 40;

/// The table that begins at `at`, and the line behind it.
pub fn facts(sheet: &Sheet<'_>, at: usize, known: &Vocabulary, remarks: &mut Vec<Remark>) -> Option<(Block, usize)> {
    label(sheet, at)?;
    let column = column(sheet, at);
    let mut rows: Vec<Row> = Vec::new();
    let mut end = at;
    while end < sheet.lines.len() && end < at + REACH * 5 {
        if end > at && (sheet.template.stands_alone(sheet.text(end)) || sheet.title(end, 0).is_some()) {
            break;
        }
        if let Some((name, rest, used)) = label(sheet, end) {
            let place = Place::Line(sheet.lines[end].number);
            let value = rest.into_iter().map(|(at, text)| Piece { at, text, parted: false }).collect();
            rows.push(Row { place, label: name, value });
            end += used;
            continue;
        }
        let line = &sheet.lines[end];
        let parted = line.gap == Gap::Paragraph;
        let in_column = column.is_some_and(|column| line.indent + 2 >= column && line.indent > 3);
        if parted && !in_column || !sheet.spaced && column.is_some() && !in_column && line.gap != Gap::Page {
            break;
        }
        let Some(row) = rows.last_mut() else { break };
        row.value.push(Piece { at: end, text: line.text.clone(), parted });
        end += 1;
    }
    // One label alone can be a sentence that begins with its word, or a line of the item's head.
    let below = |row: &Row| row.value.first().is_some_and(|value| value.at != at);
    if rows.len() < 2 && !rows.iter().any(below) {
        return None;
    }
    let pieces = || rows.iter().flat_map(|row| &row.value);
    let longest = pieces().map(|piece| piece.text.chars().count()).max().unwrap_or(0);
    let width = column.map_or(longest, |column| longest.max(sheet.width.saturating_sub(column)));
    let table = rows.iter().map(|row| {
        let label = Block { place: row.place, kind: Kind::Paragraph(Text::plain(row.label.clone())) };
        vec![vec![label], paragraphs(sheet, &row.value, width, known, remarks)]
    });
    let place = Place::Line(sheet.lines[at].number);
    Some((Block { place, kind: Kind::Table(table.collect()) }, end))
}

/// A label, what stands behind it line by line, and how many lines it takes.
type Label = (String, Vec<(usize, String)>, usize);

/// The label that begins at `at`.
fn label(sheet: &Sheet<'_>, at: usize) -> Option<Label> {
    let is_fact = |fact: Fact| !matches!(fact, Fact::Cases);
    let line = sheet.lines.get(at)?;
    if let Some((fact, rest)) = sheet.template.fact_line(&line.text)
        && is_fact(fact)
    {
        let name = line.text[..line.text.len() - rest.len()].trim_end().to_owned();
        let rest = if rest.is_empty() { Vec::new() } else { vec![(at, rest.to_owned())] };
        return Some((name, rest, 1));
    }
    // The label is broken: its halves stand on two lines, each with a part of the value behind it where there are columns.
    let (left, value) = halves(&line.text);
    let (next_left, next_value) = halves(sheet.text(at + 1));
    if !sheet.template.begins_fact(left) || sheet.gap(at + 1) == Gap::Paragraph {
        return None;
    }
    let joined =
        |rest: &str| format!("{}{}{rest}", left.trim_end_matches('-'), if left.ends_with('-') { "" } else { " " });
    let (name, more) = match sheet.template.fact(&joined(next_left)).filter(|fact| is_fact(*fact)) {
        Some(_) => (joined(next_left), next_value.to_owned()),
        None => {
            let text = joined(sheet.text(at + 1));
            let (_, rest) = sheet.template.fact_line(&text).filter(|(fact, _)| is_fact(*fact))?;
            (text[..text.len() - rest.len()].trim_end().to_owned(), rest.to_owned())
        }
    };
    let pieces = [(at, value.to_owned()), (at + 1, more)];
    Some((name, pieces.into_iter().filter(|(_, text)| !text.is_empty()).collect(), 2))
}

/// The two columns of a line, where a wide blank parts them.
fn halves(text: &str) -> (&str, &str) {
    match text.split_once("  ") {
        Some((left, right)) => (left, right.trim()),
        None => (text, ""),
    }
}

/// Where the values begin, in characters from the left edge, where they have a column of their own.
fn column(sheet: &Sheet<'_>, at: usize) -> Option<usize> {
    if sheet.spaced {
        return None;
    }
    let near = sheet.lines.iter().skip(at).take(REACH);
    near.filter_map(|line| {
        let (left, right) = line.text.split_once("  ")?;
        let known = sheet.template.fact(left).is_some() || sheet.template.begins_fact(left);
        let gap = right.chars().take_while(|c| c.is_whitespace()).count();
        known.then(|| line.indent + left.chars().count() + 2 + gap)
    })
    .min()
}

/// A value as paragraphs: its lines are short, so one that leaves room for the next word was ended on purpose.
fn paragraphs(
    sheet: &Sheet<'_>,
    pieces: &[Piece],
    width: usize,
    known: &Vocabulary,
    remarks: &mut Vec<Remark>,
) -> Vec<Block> {
    let mut groups: Vec<Vec<&Piece>> = Vec::new();
    for piece in pieces {
        let apart = groups.last().and_then(|group| group.last()).is_none_or(|last| {
            let word = piece.text.split_whitespace().next().unwrap_or("").chars().count();
            let slack = if ends_sentence(&last.text) { 4 } else { 0 };
            let room = last.text.chars().count() + 2 + word < width + slack;
            let broken = last.text.ends_with('-') || !begins_sentence(&piece.text) || last.text.ends_with(',');
            let numeral = piece.text.starts_with(|c: char| c.is_ascii_digit());
            !broken && !numeral && (piece.parted || room)
        });
        match groups.last_mut() {
            Some(group) if !apart => group.push(piece),
            _ => groups.push(vec![piece]),
        }
    }
    let block = |group: &Vec<&Piece>, remarks: &mut Vec<Remark>| {
        let lines: Vec<_> =
            group.iter().map(|piece| (Place::Line(sheet.lines[piece.at].number), piece.text.as_str())).collect();
        let text = super::join::join(&lines, known, remarks);
        Some(Block { place: lines.first()?.0, kind: Kind::Paragraph(text) })
    };
    groups.iter().filter_map(|group| block(group, remarks)).collect()
}
