//! The text of a file: a draft's sections, written anew or into what is there.
//!
//! Takes the text on the disk, perhaps none, and a draft's sections; gives the new text with what was added and what
//! differs. Only what is written changes any byte; before it is given, the new text is read again and every section
//! compared with what it is meant to say.

use super::escape::Care;
use super::markdown::Style;
use super::seen::{self, Part, Seen};
use super::tree::{Node, Notes, heading, tree};
use crate::config::{Config, Role};
use crate::import::block::{Block, Inline, Text};
use crate::import::draft;
use crate::model::slug::slug;
use crate::parse::markdown::Kind;
use std::ops::Range;

/// What is done to a text, and what it needs to know.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// The roles of headings.
    pub config: &'a Config,
    /// An item's text is cut at its headings, a meeting's is one section.
    pub kind: Kind,
    /// Sections that differ are replaced.
    pub update: bool,
}

/// A section of a text that is in question; `None` is what stands before the first heading.
pub type Name = Option<String>;

/// A section that says something else than the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// Which.
    pub section: Name,
    /// What the disk has.
    pub ours: String,
    /// What the draft has.
    pub theirs: String,
}

/// A text with the draft's sections in it.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// All of it.
    pub text: String,
    /// Sections that were not there, or empty.
    pub added: Vec<Name>,
    /// Sections that say something else.
    pub differs: Vec<Differs>,
}

/// A section that could be written.
struct Ready {
    heading: Option<Text>,
    nodes: Vec<Node>,
    heading_line: String,
    markdown: String,
    /// Its notes, and as they are written.
    notes: Vec<(String, Text)>,
    note_lines: Vec<String>,
}

/// What a section of the new text must say.
type Meant = (Option<Text>, Vec<Node>);

impl Task<'_> {
    /// Puts the draft's sections into `text`; `None` where that would change what another part of it says.
    pub fn merge(&self, text: &str, sections: &[draft::Section]) -> Option<Merged> {
        [Care::Needed, Care::All].into_iter().find_map(|care| self.merged(text, sections, care))
    }

    fn merged(&self, text: &str, sections: &[draft::Section], care: Care) -> Option<Merged> {
        let seen = seen::sections(text, self.kind);
        let sections = with_headings(sections);
        let pairs = self.pairs(&sections, &seen);
        let mut notes = Notes { taken: labels(text), cited: Vec::new() };
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut meant: Vec<Vec<Meant>> =
            seen.sections.iter().map(|part| vec![(part.heading.clone(), part.nodes.clone())]).collect();
        let mut merged = Merged::default();
        let mut replaced = Vec::new();
        let mut new_notes = Vec::new();
        for (at, section) in sections.iter().enumerate() {
            let mut trial = notes.clone();
            let Some(ready) = self.ready(section, &mut trial, care) else { continue };
            let name = ready.heading.as_ref().map(Text::words);
            let says = seen::inlined(&ready.nodes, &ready.notes);
            let content = format!("\n{}\n", ready.markdown);
            let whole = match &ready.heading {
                Some(_) => format!("\n{}\n{content}", ready.heading_line),
                None => content.clone(),
            };
            match pairs[at].and_then(|part| Some((part, seen.sections.get(part)?))) {
                Some((_, found)) if found.nodes == says || self.was_written(section, &notes, found) => continue,
                Some((_, found)) if !found.nodes.is_empty() => {
                    let ours = text[found.after_heading..found.span.end].trim().to_owned();
                    let theirs = [&[ready.markdown.clone()][..], &ready.note_lines].concat().join("\n\n");
                    merged.differs.push(Differs { section: name, ours, theirs });
                    if !self.update {
                        continue;
                    }
                    let content = if found.heading.is_some() { content } else { format!("{}\n", ready.markdown) };
                    edits.push((found.after_heading..found.span.end, content));
                    meant[pairs[at]?][0].1 = says;
                    replaced.push(pairs[at]?);
                }
                Some((part, found)) => {
                    let whole = if found.heading.is_some() { content } else { whole };
                    edits.push((found.span.end..found.span.end, whole));
                    meant[part][0].1 = says;
                    merged.added.push(name);
                }
                None => {
                    let part = after(&pairs, at, seen.sections.len());
                    let end = seen.sections[part].span.end;
                    edits.push((end..end, whole));
                    meant[part].push((ready.heading.as_ref().map(seen::bare), says));
                    merged.added.push(name);
                }
            }
            new_notes.extend(ready.note_lines);
            notes = trial;
        }
        orphans(&seen, &replaced, text, &mut edits);
        merged.text = footnoted(edited(text, edits), &new_notes);
        let meant: Vec<Meant> = meant.concat();
        let is = seen::sections(&merged.text, self.kind).sections;
        let good = meant.len() == is.len() && meant.iter().zip(&is).all(|(meant, part)| says_all(meant, part));
        // What is written for the first time harms nothing that was there.
        (good || care == Care::All && text.trim().is_empty()).then_some(merged)
    }

    /// Whether a section on the disk is what the draft's becomes when it is written: Markdown cannot say all that a draft can
    /// mean, and what was lost in writing is no difference.
    fn was_written(&self, section: &Headed<'_>, notes: &Notes, found: &Part) -> bool {
        [Care::Needed, Care::All].into_iter().any(|care| {
            let Some(ready) = self.ready(section, &mut notes.clone(), care) else { return false };
            let text = footnoted(format!("{}\n", ready.markdown), &ready.note_lines);
            seen::sections(&text, self.kind).sections.first().is_some_and(|part| part.nodes == found.nodes)
        })
    }

    /// Which section on the disk each of the draft's is.
    fn pairs(&self, sections: &[Headed<'_>], seen: &Seen) -> Vec<Option<usize>> {
        let mut free: Vec<usize> = (0..seen.sections.len()).collect();
        let mut pair = |(heading, _): &Headed<'_>| {
            let key = self.key(heading.as_ref());
            let is_it = |part: &usize| self.key(seen.sections[*part].heading.as_ref()) == key;
            let says = |part: &usize| !seen.sections[*part].nodes.is_empty();
            let full = free.iter().position(|part| is_it(part) && says(part));
            let at = full.or_else(|| free.iter().position(is_it))?;
            Some(free.remove(at))
        };
        sections.iter().map(&mut pair).collect()
    }

    /// What makes a section the same as another: its role, else the words of its heading.
    fn key(&self, heading: Option<&Text>) -> (Role, String) {
        let Some(heading) = heading else { return (Role::Lead, String::new()) };
        match self.config.role(&heading.words()) {
            Role::Other => (Role::Other, slug(&heading.words())),
            role => (role, String::new()),
        }
    }

    /// A section as it would be written; `None` where it says nothing.
    fn ready(&self, (title, blocks): &Headed<'_>, notes: &mut Notes, care: Care) -> Option<Ready> {
        let known = notes.cited.len();
        let top = if self.kind == Kind::Item { 3 } else { 2 };
        let mut nodes = tree(blocks, top, Some(notes));
        let style = Style { kind: self.kind, care };
        let markdown = style.blocks(&mut nodes);
        let mut heading = title.clone();
        let heading_line = heading.as_mut().map(|heading| style.heading(heading)).unwrap_or_default();
        let note_lines = notes.cited[known..].iter_mut().map(|(label, text)| style.note(label, text)).collect();
        let notes = notes.cited.clone();
        (!nodes.is_empty()).then_some(Ready { heading, nodes, heading_line, markdown, notes, note_lines })
    }
}

/// A section's heading and its blocks.
type Headed<'a> = (Option<Text>, Vec<Block>);

/// Sections that say something, under headings that do; others belong to the section before them.
fn with_headings(sections: &[draft::Section]) -> Vec<Headed<'_>> {
    let mut headed: Vec<Headed<'_>> = Vec::new();
    for section in sections {
        let title = section.heading.as_ref().map(|text| {
            let mut text = text.clone();
            text.0.retain(|inline| !matches!(inline, Inline::Note(_)));
            heading(None, &text)
        });
        match (title.filter(|title| !title.is_empty()), headed.last_mut()) {
            (None, Some((_, blocks))) => blocks.extend(section.blocks.iter().cloned()),
            (title, _) => headed.push((title, section.blocks.clone())),
        }
    }
    headed.retain(|(_, blocks)| !tree(blocks, 3, None).is_empty());
    headed
}

/// The section on the disk behind which the draft's section `at` goes: the nearest that comes before it in the document,
/// else what stands before the nearest that comes after it, else the last.
fn after(pairs: &[Option<usize>], at: usize, length: usize) -> usize {
    let before = pairs[..at].iter().rev().flatten().next().copied();
    let following = || pairs[at..].iter().flatten().next().map(|part| part.saturating_sub(1));
    before.or_else(following).unwrap_or(length.saturating_sub(1))
}

/// Every label of a note that a text names, cited or not, in lower case.
fn labels(text: &str) -> Vec<String> {
    let names = text.split("[^").skip(1).filter_map(|rest| rest.split_once(']'));
    names.map(|(label, _)| label.to_lowercase()).collect()
}

/// Removes notes that only what was replaced has cited; one that others cite too is kept where it would go.
fn orphans(seen: &Seen, replaced: &[usize], text: &str, edits: &mut Vec<(Range<usize>, String)>) {
    let mut kept = String::new();
    for (label, span) in &seen.notes {
        let cites = |part: &Part| part.cites.contains(label);
        let (mut gone, mut stays) = (false, false);
        for (at, _) in seen.sections.iter().enumerate().filter(|(_, part)| cites(part)) {
            if replaced.contains(&at) { gone = true } else { stays = true }
        }
        let within = edits.iter().any(|(range, _)| range.start <= span.start && span.end <= range.end);
        match (within, stays) {
            (true, true) => kept.push_str(&text[span.clone()]),
            (false, false) if gone => {
                // With the blank line that set it apart.
                let rest = &text[span.end..];
                let apart = text[..span.start].ends_with("\n\n") && (rest.is_empty() || rest.starts_with('\n'));
                edits.push((span.start - usize::from(apart)..span.end, String::new()));
            }
            _ => {}
        }
    }
    if !kept.is_empty() {
        edits.push((text.len()..text.len(), format!("\n{kept}")));
    }
}

/// The text with each range replaced. What is put in stands on lines of its own.
fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut new = String::new();
    let mut at = 0;
    let removes = edits.iter().any(|(_, more)| more.is_empty());
    for (range, more) in edits {
        new.push_str(&text[at..range.start.max(at)]);
        at = range.end.max(at);
        if !more.is_empty() && !new.is_empty() && !new.ends_with('\n') {
            new.push('\n');
        }
        new.push_str(&more);
        let rest = &text[at..];
        if !more.is_empty() && !rest.is_empty() && !rest.starts_with(['\n', '\r']) {
            new.push('\n');
        }
    }
    new.push_str(&text[at..]);
    if removes {
        let kept = new.trim_end().len();
        new.truncate(kept);
        new.push('\n');
    }
    new
}

/// The text with further footnotes at its end.
fn footnoted(mut text: String, notes: &[String]) -> String {
    if notes.is_empty() {
        return text;
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let last = text.trim_end().lines().next_back().unwrap_or("");
    if !last.starts_with("[^") && !text.ends_with("\n\n") {
        text.push('\n');
    }
    for note in notes {
        text.push_str(note);
        text.push('\n');
    }
    text
}

fn says_all((heading, nodes): &Meant, part: &Part) -> bool {
    let plain = |text: &Text| seen::bare(text).words();
    *nodes == part.nodes && heading.as_ref().map(plain) == part.heading.as_ref().map(plain)
}
