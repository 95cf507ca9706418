//! Tables in text that is laid out as on the page: columns parted by wide blanks.
//!
//! Takes the lines from one on; gives a table where at least two lines that follow each other have their columns at the
//! same places.

use super::lines::Gap;
use super::start::Sheet;
use crate::import::block::{Block, Kind, Place};
use crate::import::mend::Vocabulary;
use crate::import::remark::Remark;

/// The table that begins at `at`, and the line behind it.
pub fn grid(sheet: &Sheet<'_>, at: usize, known: &Vocabulary, remarks: &mut Vec<Remark>) -> Option<(Block, usize)> {
    if sheet.spaced {
        return None;
    }
    let columns = columns(sheet, at)?;
    let mut rows: Vec<Vec<Vec<(Place, &str)>>> = Vec::new();
    let mut end = at;
    let full = full_rows(sheet, at, &columns);
    while let Some(line) = sheet.lines.get(end) {
        let cells = cells(&line.text, line.indent, &columns);
        let Some(cells) = cells else { break };
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        // A row on the next page has all its cells; its heading is printed there again.
        if line.gap == Gap::Page && end > at {
            if !(full && filled == columns.len()) {
                break;
            }
            let heading = rows
                .first()
                .map(|row| row.iter().map(|cell| cell.first().map_or("", |(_, text)| *text)).collect::<Vec<_>>());
            if heading.as_ref() == Some(&cells) {
                let height = rows[0].iter().map(Vec::len).max().unwrap_or(1);
                end += height.max(1);
                continue;
            }
        }
        let lone = filled == 1 && !cells[0].is_empty();
        if end > at && line.gap == Gap::Paragraph && filled < 2 || lone && columns.len() > 1 && line.gap != Gap::Line {
            break;
        }
        let place = Place::Line(line.number);
        // Where rows begin with all cells filled, a line that has fewer goes on with those of the row above.
        let goes_on = cells.iter().any(|cell| cell.starts_with(char::is_lowercase));
        let begins = rows.is_empty()
            || if full {
                filled == columns.len() && !goes_on
            } else {
                line.gap == Gap::Paragraph || !cells[0].is_empty() && filled > 1 && !goes_on
            };
        if begins {
            rows.push(vec![Vec::new(); columns.len()]);
        }
        if let Some(row) = rows.last_mut() {
            for (cell, text) in row.iter_mut().zip(cells).filter(|(_, text)| !text.is_empty()) {
                cell.push((place, text));
            }
        }
        end += 1;
    }
    if rows.len() < 2 {
        return None;
    }
    let mut block = |lines: &Vec<(Place, &str)>| {
        let text = super::join::join(lines, known, remarks);
        lines.first().map(|(place, _)| vec![Block { place: *place, kind: Kind::Paragraph(text) }]).unwrap_or_default()
    };
    let table = rows.iter().map(|row| row.iter().map(&mut block).collect()).collect();
    Some((Block { place: Place::Line(sheet.lines[at].number), kind: Kind::Table(table) }, end))
}

/// Whether a table begins at `at`: at least two lines that have the same columns.
pub fn begins(sheet: &Sheet<'_>, at: usize) -> bool {
    if sheet.spaced {
        return false;
    }
    let Some(columns) = columns(sheet, at) else { return false };
    sheet.gap(at + 1) != Gap::Page
        && sheet.lines.get(at + 1).is_some_and(|line| cells(&line.text, line.indent, &columns).is_some())
}

/// Whether at least two lines of the table have all cells filled: its heading and a row.
fn full_rows(sheet: &Sheet<'_>, at: usize, columns: &[usize]) -> bool {
    let lines = sheet.lines.iter().skip(at).take(40);
    let cells = lines.map_while(|line| cells(&line.text, line.indent, columns));
    cells.filter(|cells| cells.iter().all(|cell| !cell.is_empty())).count() > 1
}

/// Where the pieces of a line begin that wide blanks part, in characters from the left edge.
fn pieces(text: &str, indent: usize) -> Vec<usize> {
    let mut starts = vec![indent];
    let mut blanks = 0;
    for (at, letter) in text.chars().enumerate() {
        if letter.is_whitespace() {
            blanks += 1;
            continue;
        }
        if blanks > 2 {
            starts.push(indent + at);
        }
        blanks = 0;
    }
    starts
}

/// The columns of the table whose first line is at `at`: those that a line near it has too.
fn columns(sheet: &Sheet<'_>, at: usize) -> Option<Vec<usize>> {
    let line = sheet.lines.get(at)?;
    let first = pieces(&line.text, line.indent);
    let near = sheet.lines.iter().skip(at + 1).take(4).take_while(|line| line.gap != Gap::Page);
    let known = |start: &usize| first.iter().any(|column| column.abs_diff(*start) <= 1);
    let shares = |line: &super::lines::Line| {
        let starts = pieces(&line.text, line.indent);
        starts.len() > 1 && starts.len() * 2 >= first.len() && starts.iter().all(known)
    };
    // The first column of a list is its marker and nothing more.
    let head: String = line.text.chars().take(first.get(1).map_or(0, |second| second - line.indent)).collect();
    let bulleted = super::start::entry(&format!("{} x", head.trim())).is_some_and(|entry| entry.rest == "x");
    (first.len() > 1 && !bulleted && near.into_iter().any(shares)).then_some(first)
}

/// The cells of a line, one for each column; `None` where a word lies across the beginning of a column.
fn cells<'l>(text: &'l str, indent: usize, columns: &[usize]) -> Option<Vec<&'l str>> {
    let mut cells = vec![""; columns.len()];
    let starts = pieces(text, indent);
    let letters: Vec<char> = text.chars().collect();
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for (n, start) in starts.iter().enumerate() {
        let mut column = columns.iter().position(|column| column.abs_diff(*start) <= 1)?;
        let mut from = start - indent;
        let end = starts.get(n + 1).map_or(letters.len(), |next| next - indent);
        let until = |from: usize| (from..end).rev().find(|at| !letters[*at].is_whitespace()).map_or(from, |at| at + 1);
        // A cell that ends just before the next one begins: only one blank parts them.
        while let Some(next) =
            columns.get(column + 1).map(|next| next.saturating_sub(indent)).filter(|next| *next < until(from))
        {
            let near = [next, next.saturating_sub(1), next.saturating_sub(2), next + 1, next.saturating_sub(3)];
            let parted = |at: &usize| {
                *at > from && *at < end && letters[at - 1].is_whitespace() && !letters[*at].is_whitespace()
            };
            // Where a word is broken at the cell's end, the next cell begins behind it.
            let broken = |at: &usize| parted(at) && letters[..at - 1].ends_with(&['-']);
            let cut =
                near.into_iter().find(broken).or_else(|| near.into_iter().find(parted)).filter(|_| starts.len() > 1)?;
            cells[column] = text[offsets[from]..offsets[cut]].trim();
            (column, from) = (column + 1, cut);
        }
        cells[column] = text[offsets[from]..offsets[end]].trim();
    }
    Some(cells)
}
