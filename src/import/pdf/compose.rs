//! Composes the text of a block from its lines: line ends go, with the hyphens that they brought.
//!
//! Takes lines and the words that are known; gives text with its type, links and citations, and remarks on doubts.

use super::atom::Atom;
use super::line::Line;
use crate::import::block::{Inline, Place, Text, is_blank};
use crate::import::mend::{Joint, Vocabulary, is_hyphen, joint};
use crate::import::remark::{About, Remark};
use std::collections::BTreeSet;

/// What composing needs, and what it finds out.
pub(super) struct Composer<'a> {
    pub known: &'a Vocabulary,
    /// The footnotes of the document: page and label.
    pub notes: BTreeSet<(u32, String)>,
    /// The notes that were cited since this was emptied.
    pub cited: Vec<(u32, String)>,
    pub remarks: Vec<Remark>,
}

impl Composer<'_> {
    /// The text of the paragraphs, with breaks between them.
    pub fn text(&mut self, parts: &[Vec<Line>]) -> Text {
        let mut text = Text::default();
        for (at, lines) in parts.iter().enumerate() {
            if at > 0 {
                text.0.push(Inline::Break);
            }
            self.paragraph(lines, &mut text);
        }
        text.tidy()
    }

    fn paragraph(&mut self, lines: &[Line], text: &mut Text) {
        for (at, line) in lines.iter().enumerate() {
            if let Some(before) = at.checked_sub(1).and_then(|at| lines.get(at)) {
                self.line_end(before, line, text);
            }
            for (at, atom) in line.atoms.iter().enumerate() {
                if let Some(before) = at.checked_sub(1).and_then(|at| line.atoms.get(at)).filter(|_| line.apart(at)) {
                    blank(before, atom, text);
                }
                self.atom(atom, line, at, text);
            }
        }
    }

    /// A word, or the citation of a note.
    fn atom(&mut self, atom: &Atom, line: &Line, at: usize, text: &mut Text) {
        if atom.raised && at > 0 {
            let own = (line.page, atom.text.clone());
            let near =
                [own.clone(), (line.page + 1, atom.text.clone())].into_iter().find(|key| self.notes.contains(key));
            if let Some(key) = near {
                text.0.push(Inline::Note(atom.text.clone()));
                self.cited.push(key);
                return;
            }
            let place = Place::Page(line.page, line.number);
            self.remarks.push(Remark::new(About::LooseNote, place, atom.text.clone()));
        }
        text.push(&atom.text, atom.strong, atom.emphasis, atom.link.as_deref());
    }

    /// What stands between two lines: a blank, nothing, or nothing in place of a hyphen.
    fn line_end(&mut self, before: &Line, line: &Line, text: &mut Text) {
        let (Some(last), Some(first)) = (before.atoms.last(), line.atoms.first()) else { return };
        let (left, right) = (before.text(), line.text());
        if in_address(last, first, &left, &right) {
            if last.link.as_deref().is_some_and(|link| hyphenated(link, &left, &right)) {
                without_hyphen(text);
            }
            return;
        }
        if !left.ends_with(is_hyphen) {
            if !tight(&left, &right) {
                blank(last, first, text);
            }
            return;
        }
        if is_last_part(&left, &right) {
            return;
        }
        let (how, doubt) = joint(&left, &right, self.known);
        if doubt {
            let word = |text: Option<&str>| text.unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            let (one, two) = (word(left.split_whitespace().next_back()), word(right.split_whitespace().next()));
            let place = Place::Page(before.page, before.number);
            self.remarks.push(Remark::new(About::Hyphen, place, format!("{one}-|{two}")));
        }
        match how {
            Joint::Soft => without_hyphen(text),
            Joint::Hard => {}
            Joint::Hanging => blank(last, first, text),
        }
    }
}

/// Whether a line ends within a word that has no hyphen: after a stroke, or between signs that stand together.
fn tight(left: &str, right: &str) -> bool {
    let (mut end, next) = (left.chars().rev(), right.chars().next());
    let (sign, before) = (end.next(), end.next());
    let number = |letter: Option<char>| letter.is_some_and(|c| c.is_ascii_digit());
    match sign {
        Some('/') => before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '<' | ':' | '/')),
        Some('\\') => before.is_some_and(|c| !is_blank(c)),
        Some('–') => number(before) && number(next),
        Some('|') => before.is_some_and(|c| !is_blank(c)),
        Some('+') => next == Some('+') && before.is_some_and(char::is_alphanumeric),
        Some('!') => next == Some('[') && before.is_none_or(is_blank),
        _ => false,
    }
}

/// Whether the hyphen begins a word that stands for the end of one (`krav og -scenarier`).
fn is_last_part(left: &str, right: &str) -> bool {
    let mut words = left.split_whitespace().rev();
    let alone = words.next().is_some_and(|word| word.chars().all(is_hyphen));
    alone && matches!(words.next(), Some("og" | "eller" | "samt")) && right.starts_with(char::is_lowercase)
}

/// A blank, set as what stands on both of its sides.
fn blank(before: &Atom, after: &Atom, text: &mut Text) {
    let link = before.link.as_deref().filter(|_| before.link == after.link);
    text.push(" ", before.strong && after.strong, before.emphasis && after.emphasis, link);
}

/// Takes the hyphen at the end of the text away.
fn without_hyphen(text: &mut Text) {
    if let Some(Inline::Words { text, .. }) = text.0.last_mut() {
        text.truncate(text.trim_end_matches(is_hyphen).len());
    }
}

/// Whether the hyphen at the end of `left` is not the address's own: `link` has what stands around it, but no hyphen.
fn hyphenated(link: &str, left: &str, right: &str) -> bool {
    let Some(bare) = left.strip_suffix(is_hyphen) else { return false };
    let end: String = bare.split_whitespace().next_back().unwrap_or("").chars().rev().take(12).collect();
    let end: String = end.chars().rev().collect();
    let begin: String = right.split_whitespace().next().unwrap_or("").chars().take(12).collect();
    let begin = begin.trim_end_matches(|c: char| !c.is_alphanumeric());
    link.contains(&format!("{end}{begin}")) && !link.contains(&format!("{end}-{begin}"))
}

/// Whether the line ends within an address of the web that goes on in the next.
fn in_address(last: &Atom, first: &Atom, left: &str, right: &str) -> bool {
    let end = left.split_whitespace().next_back().unwrap_or("");
    let address = end.contains("://") || end.starts_with("www.") || printed(last);
    if !address || last.after && last.link.is_none() {
        return false;
    }
    let signs = right.split_whitespace().next().unwrap_or("");
    (last.link.is_some() && last.link == first.link)
        || end.ends_with(['/', '-', '&', '=', '?', '_', '%'])
        || (end.ends_with('.') && signs.starts_with(char::is_lowercase))
        || signs.starts_with(['/', '?', '&', '='])
}

/// The link's address itself is printed, as far as the line has it.
fn printed(atom: &Atom) -> bool {
    atom.link.as_deref().is_some_and(|link| {
        atom.text.len() > 3 && atom.text.contains(['.', '/', '_', '=']) && link.contains(&atom.text)
    })
}
