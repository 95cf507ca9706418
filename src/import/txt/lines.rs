//! The lines of a text file, with what stood around each: blanks before and behind, empty lines, a new page.
//!
//! Takes the text; gives its lines that hold something. Knows two ways in which text is taken from a PDF: laid out as on the
//! page, with a form feed between pages; or with an empty line after every line, where more than one empty line parts
//! paragraphs and a blank before a line that follows without an empty one begins a page.

use crate::import::block::is_blank;

/// A line that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: u32,
    /// From 1; 1 where the file tells of no pages.
    pub page: u32,
    /// Without blanks at its ends.
    pub text: String,
    /// Blanks before it, in characters.
    pub indent: usize,
    /// Blanks behind it.
    pub trailing: usize,
    /// What parts it from the line before.
    pub gap: Gap,
    /// It begins with a tabulator.
    pub tab: bool,
}

/// What parts a line from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The end of the line and nothing more.
    Line,
    /// Empty space.
    Paragraph,
    /// A new page: it cannot be known what stood between.
    Page,
}

/// All lines of a file.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// In order.
    pub lines: Vec<Line>,
    /// It has an empty line after every line, and tells nothing by indentation.
    pub spaced: bool,
    /// Its indentation tells of lists.
    pub indented: bool,
    /// How long a full line is, in characters.
    pub width: usize,
}

/// Lines longer than this are whole paragraphs.
const LONGEST_SET: usize = 170;

/// Reads the lines of `text`.
pub fn lines(text: &str) -> Lines {
    let raw: Vec<(u32, u32, &str)> = raw(text);
    let filled = |line: &str| !line.chars().all(is_blank);
    let pairs = raw.windows(2).filter(|pair| filled(pair[0].2)).count();
    let tight = raw.windows(2).filter(|pair| filled(pair[0].2) && filled(pair[1].2)).count();
    let spaced = pairs > 8 && tight * 5 < pairs && goes_on(&raw);
    let mut found = Lines { lines: Vec::new(), spaced, indented: false, width: 0 };
    let (mut empty, mut page) = (0, 1);
    let mut last_page = 1;
    for (number, sheet, line) in raw {
        if !filled(line) {
            empty += 1;
            continue;
        }
        let text = line.trim_matches(is_blank);
        let indent = line.chars().take_while(|c| is_blank(*c)).count();
        let starts_page = spaced && indent > 0 && empty == 0 && !line.starts_with('\t');
        if starts_page && !found.lines.is_empty() || sheet > last_page {
            page += 1;
        }
        let gap = match empty {
            _ if starts_page || sheet > last_page => Gap::Page,
            0 => Gap::Line,
            1 if spaced => Gap::Line,
            _ => Gap::Paragraph,
        };
        last_page = sheet;
        let trailing = line.chars().rev().take_while(|c| is_blank(*c)).count();
        found.lines.push(Line {
            number,
            page,
            text: text.to_owned(),
            indent,
            trailing,
            gap,
            tab: line.starts_with('\t'),
        });
        empty = 0;
    }
    found.indented = !spaced && found.lines.iter().filter(|line| line.indent > 0).count() * 20 > found.lines.len();
    let mut lengths: Vec<usize> = found.lines.iter().map(Line::length).filter(|length| *length > 20).collect();
    lengths.sort_unstable();
    found.width = lengths.get(lengths.len() * 19 / 20).copied().unwrap_or(80);
    if found.width > LONGEST_SET {
        // Nothing was wrapped: every line is a paragraph.
        found.lines.iter_mut().filter(|line| line.gap == Gap::Line).for_each(|line| line.gap = Gap::Paragraph);
    }
    found
}

impl Line {
    /// How many characters it has, with what stands before it.
    pub fn length(&self) -> usize {
        self.text.chars().count() + self.indent
    }
}

/// Whether sentences go on over empty lines: some of the lines that a single one parts do, and certainly so.
fn goes_on(raw: &[(u32, u32, &str)]) -> bool {
    let filled: Vec<(usize, &str)> = raw
        .iter()
        .enumerate()
        .map(|(at, (.., line))| (at, line.trim_matches(is_blank)))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let (mut parted, mut on) = (0, 0);
    for pair in filled.windows(2) {
        let [(above, last), (below, next)] = pair else { continue };
        if above + 2 != *below {
            continue;
        }
        parted += 1;
        // An entry of a list begins with a letter too: `b) ` or `o `.
        let entry = next.chars().nth(1).is_none_or(|c| c == ')' || c == '.' || is_blank(c));
        let lower = next.starts_with(char::is_lowercase) && (!entry || next.starts_with("i "));
        on += usize::from(lower || last.ends_with(['-', '\u{ad}', '\u{2010}', ',']));
    }
    on >= 3 && on * 10 >= parted
}

/// Each line with its number and its sheet: form feeds part sheets.
fn raw(text: &str) -> Vec<(u32, u32, &str)> {
    let (mut number, mut sheet) = (0, 1);
    let mut lines = Vec::new();
    for line in text.split('\n') {
        number += 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        for (n, part) in line.split('\u{c}').enumerate() {
            sheet += u32::from(n > 0);
            lines.push((number, sheet, part));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Gap, lines};

    #[test]
    fn text_with_an_empty_line_after_every_line_is_known() {
        let text = "Et afsnit, der \n\nfortsætter \n\n \n\nog et til\n\ner her \n bruddet side \n\nmere \n\nog \n\nmere \n\nend \n\nder var \n";
        let lines = lines(text);
        assert!(lines.spaced);
        let gaps: Vec<_> = lines.lines.iter().skip(1).take(4).map(|line| line.gap).collect();
        assert_eq!(gaps, [Gap::Line, Gap::Paragraph, Gap::Line, Gap::Page]);
        assert_eq!((lines.lines[4].page, lines.lines[4].number), (2, 10));
    }

    #[test]
    fn paragraphs_of_one_line_each_are_no_broken_lines() {
        let text: String = (0..12).map(|n| format!("Afsnit {n} er en sætning.\n\n")).collect();
        let lines = lines(&text);
        assert!(!lines.spaced);
        assert!(lines.lines.iter().skip(1).all(|line| line.gap == Gap::Paragraph));
    }

    #[test]
    fn the_records_documents_are_broken_lines() {
        for text in [
            include_str!("../../../tests/fixtures/record/agenda-2025-11-27.txt"),
            include_str!("../../../tests/fixtures/record/minutes-undated.txt"),
        ] {
            assert!(lines(text).spaced);
        }
    }

    #[test]
    fn form_feeds_part_pages() {
        let lines = lines("En linje\r\nto\r\n\r\n   tre\r\n\u{c}fire");
        assert!(!lines.spaced);
        let told: Vec<_> =
            lines.lines.iter().map(|line| (line.text.as_str(), line.indent, line.gap, line.page)).collect();
        assert_eq!(
            told,
            [
                ("En linje", 0, Gap::Line, 1),
                ("to", 0, Gap::Line, 1),
                ("tre", 3, Gap::Paragraph, 1),
                ("fire", 0, Gap::Page, 2)
            ]
        );
    }
}
