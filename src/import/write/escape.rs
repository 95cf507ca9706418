//! Escapes no more than is needed, and no less: a text is written, read as the generator reads it, and compared.
//!
//! Takes a text and where it stands; gives Markdown that says exactly that. What cannot be set as the source has it
//! (`**` between letters) is set plain: its words are never at stake.

use super::inline::{Escapes, Place, address, is_allowed, write};
use super::seen::{self, bare};
use super::tree::{Node, clean};
use crate::import::block::{Inline, Text};
use crate::parse::markdown::Kind;

/// How much is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// What the text needs where it stands by itself.
    Needed,
    /// Every sign: for a text that is read in another way among others.
    All,
}

/// More pieces than that are not tried one by one.
const TRIES: usize = 16;

/// Signs that are escaped rather than others, as a person would: the later, the rather.
const RATHER: &str = "!\"#$%'(),-./:;=?@{}^+|~]>&<`[_*\\";

/// The Markdown of a text, and the text as it is meant there.
pub fn escaped(text: &Text, place: Place, kind: Kind, care: Care) -> (String, Text) {
    let mut meant = clean(&with_addresses(text));
    if care == Care::All {
        meant = clean(&map(&meant, |_, _, link| (false, false, link)));
    }
    if let Some(markdown) = tried(&meant, place, kind, care) {
        return (markdown, meant);
    }
    let mut kept = clean(&map(&meant, |_, _, link| (false, false, link)));
    let Some(mut best) = tried(&kept, place, kind, care) else {
        let plain = clean(&map(&meant, |_, _, _| (false, false, None)));
        let markdown = tried(&plain, place, kind, care);
        return (markdown.unwrap_or_else(|| write(&plain, place, &all(&plain))), plain);
    };
    // Emphasis is given back piece by piece, where it can be.
    let set: Vec<usize> = (0..meant.0.len()).filter(|at| is_set(&meant.0[*at])).take(TRIES).collect();
    let mut given: Vec<usize> = Vec::new();
    for at in set {
        let wanted = |index: usize| index == at || given.contains(&index);
        let mut index = 0;
        let more = clean(&map(&meant, |strong, emphasis, link| {
            index += 1;
            if wanted(index - 1) { (strong, emphasis, link) } else { (false, false, link) }
        }));
        if let Some(markdown) = tried(&more, place, kind, care) {
            given.push(at);
            (best, kept) = (markdown, more);
        }
    }
    (best, kept)
}

fn is_set(inline: &Inline) -> bool {
    matches!(inline, Inline::Words { strong, emphasis, .. } if *strong || *emphasis)
}

/// The same text, set in another way.
fn map(text: &Text, mut change: impl FnMut(bool, bool, Option<&str>) -> (bool, bool, Option<&str>)) -> Text {
    let mut changed = Text::default();
    for inline in &text.0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } => {
                let (strong, emphasis, link) = change(*strong, *emphasis, link.as_deref());
                changed.push(text, strong, emphasis, link);
            }
            other => {
                change(false, false, None);
                changed.0.push(other.clone());
            }
        }
    }
    changed
}

/// Addresses as they can be written; one that the content may not link to is no link.
fn with_addresses(text: &Text) -> Text {
    let mut changed = Text::default();
    for inline in &text.0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } => {
                let link = link.as_deref().filter(|link| is_allowed(link)).map(address);
                changed.push(text, *strong, *emphasis, link.as_deref());
            }
            other => changed.0.push(other.clone()),
        }
    }
    changed
}

fn all(text: &Text) -> Escapes {
    let words = text.words();
    Escapes { signs: RATHER.chars().filter(|sign| words.contains(*sign)).collect(), starts: true }
}

/// The Markdown with the fewest escapes that says `text`.
fn tried(text: &Text, place: Place, kind: Kind, care: Care) -> Option<String> {
    let wanted = bare(text);
    let good = |escapes: &Escapes| {
        let markdown = write(text, place, escapes);
        says(&markdown, &wanted, place, kind).then_some(markdown)
    };
    let mut escapes = all(text);
    if care == Care::All {
        return good(&escapes);
    }
    for starts in [false, true] {
        if let Some(markdown) = good(&Escapes { signs: Vec::new(), starts }) {
            return Some(markdown);
        }
    }
    let mut best = good(&escapes)?;
    for sign in escapes.signs.clone() {
        let fewer = Escapes { signs: escapes.signs.iter().copied().filter(|s| *s != sign).collect(), starts: true };
        if let Some(markdown) = good(&fewer) {
            (best, escapes) = (markdown, fewer);
        }
    }
    escapes.starts = false;
    Some(good(&escapes).unwrap_or(best))
}

/// Whether Markdown is read as `wanted`.
fn says(markdown: &str, wanted: &Text, place: Place, kind: Kind) -> bool {
    let mut whole = match place {
        Place::Paragraph => markdown.to_owned(),
        Place::Heading(level) => format!("{} {markdown}", "#".repeat(level.into())),
        Place::Cell => format!("| {markdown} |\n| --- |"),
    };
    for inline in &wanted.0 {
        if let Inline::Note(label) = inline {
            whole.push_str(&format!("\n\n[^{label}]: x"));
        }
    }
    // What looks like a citation is one in a file that has such a note.
    let words = wanted.words();
    for label in
        words.split("[^").skip(1).filter_map(|rest| Some(rest.split_once(']')?.0)).filter(|label| !label.is_empty())
    {
        whole.push_str(&format!("\n\n[^{label}]: x"));
    }
    whole.push('\n');
    match (seen::nodes(&whole, kind).as_slice(), place) {
        ([Node::Paragraph(text)], Place::Paragraph) => text == wanted,
        ([Node::Heading(level, text)], Place::Heading(wanted_level)) => *level == wanted_level && text == wanted,
        ([Node::Table(rows)], Place::Cell) => matches!(rows.as_slice(), [row] if row.as_slice() == [wanted.clone()]),
        ([], Place::Paragraph) => wanted.0.is_empty(),
        _ => false,
    }
}
