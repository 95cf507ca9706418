//! The recogniser: it knows what an agenda is.
//!
//! Takes the blocks of a reader and the template; gives what the document says of its meeting, and remarks. The steps, each
//! in a module of its own:
//!
//! 1. `outline` finds the titles of items and parts; what stands before the first is the front, the rest belongs to them;
//! 2. `front` reads the meeting's date, time and place, and `people` its participants;
//! 3. `item` reads the number line, `facts` the table of facts, and cuts the text into sections;
//! 4. `attachments` finds what an item comes with, and gives targets that lost their words back to them;
//! 5. `doubts` looks for what a person should look at: faults of the source, names in two forms, numbers used twice.
//!
//! Words are moved, never changed: what is not understood stays text.

mod attachments;
mod closed;
mod doubts;
mod facts;
mod front;
mod item;
mod outline;
mod people;
mod person;

use super::block::{Block, Kind, Reading, Text};
use super::draft::{Draft, State};
use super::remark::{About, Remark};
use super::template::{Template, fold};
use crate::config::Role;
use outline::Piece;
use std::collections::BTreeMap;

/// What was recognised, and what there is to say about it.
pub fn recognise(reading: Reading, template: &Template<'_>) -> (Draft, Vec<Remark>) {
    let Reading { blocks, mut remarks, pages: _ } = reading;
    let (blocks, contents) = without_contents(blocks, template, &mut remarks);
    let targets = attachments::targets(&blocks);
    let outline = outline::outline(blocks, &contents, template);
    let mut front = outline.front;
    let mut below = closed::Below::default();
    below.after(&mut front, template, &mut remarks);
    let mut draft = front::front(front, template, &mut remarks);
    let mut part: Option<String> = None;
    for mut piece in outline.pieces {
        below.piece(&mut piece, template, &mut remarks);
        let Piece { title, blocks } = piece;
        let in_part = part.as_ref().is_some_and(|part| title.number.starts_with(&format!("{part}.")));
        if title.is_part {
            part = Some(title.number.clone());
            draft.parts.push(super::draft::Part { number: title.number.clone(), title: title.text.words() });
            let rest = item::without_template(blocks, template, &mut remarks);
            if rest.iter().all(|block| matches!(block.kind, Kind::Target(_))) {
                // Targets at the foot of a part's page belong to the item before it.
                if let Some(last) = draft.items.last_mut().and_then(|item| item.sections.last_mut()) {
                    last.blocks.extend(rest);
                }
                continue;
            }
            if let Some(first) = rest.first()
                && title.has_items
            {
                remarks.push(Remark::new(About::PartText, first.place, text_of(first)));
            }
            let found = item::item(title, rest, template, &mut remarks);
            draft.items.push(found);
            continue;
        }
        if !in_part {
            part = None;
        }
        draft.items.push(item::item(title, blocks, template, &mut remarks));
    }
    closed::close(&mut draft, &contents, template, &mut remarks);
    attachments::give_back(&mut draft, &targets, &mut remarks);
    let treated = |role: Role| matches!(role, Role::Discussion | Role::Decision);
    let mut headings =
        draft.items.iter().flat_map(|item| &item.sections).filter_map(|section| section.heading.as_ref());
    if headings.any(|heading| template.section(&heading.words()).is_some_and(treated)) {
        draft.state = State::Minutes;
    }
    if draft.date.is_none() {
        front::date_from_text(&mut draft, &mut remarks);
    }
    doubts::look(&draft, &contents, template, &mut remarks);
    remarks.sort_by_key(|remark| (remark.place, remark.about));
    remarks.dedup();
    (draft, remarks)
}

/// The blocks without the table of contents, and its lines: those that the reader knows, and those below its heading that
/// are titles which come again.
fn without_contents(
    blocks: Vec<Block>,
    template: &Template<'_>,
    remarks: &mut Vec<Remark>,
) -> (Vec<Block>, Vec<String>) {
    let mut contents = Vec::new();
    let mut kept: Vec<Block> = Vec::new();
    let mut begun = None;
    let mut titles: BTreeMap<String, usize> = BTreeMap::new();
    for block in &blocks {
        *titles.entry(fold(&without_page(&outline::printed(block)))).or_default() += 1;
    }
    // Below the heading of the contents; then, whether its lines have page numbers.
    let (mut below, mut paged) = (false, None);
    for block in blocks {
        let words = outline::printed(&block);
        // A reader that knows its lines has taken the page numbers off.
        let title = if matches!(block.kind, Kind::Contents(_)) { words.clone() } else { without_page(&words) };
        let has_page = title.len() < words.len();
        let listed = below
            && template.item_number(&title).is_some()
            && *paged.get_or_insert(has_page) == has_page
            && (has_page || titles.get(&fold(&title)).is_some_and(|count| *count > 1) && !contents.contains(&title));
        match block.kind {
            Kind::PageBreak => continue,
            Kind::Contents(_) => {}
            _ if template.is_contents(&words) => below = true,
            _ if listed => {}
            _ => {
                below = false;
                kept.push(block);
                continue;
            }
        }
        begun = begun.or(Some(block.place));
        contents.push(title);
    }
    if let Some(place) = begun {
        remarks.push(Remark::new(About::Contents, place, contents.join(" / ")));
    }
    (kept, contents)
}

/// A line without a page number behind it.
fn without_page(words: &str) -> String {
    let title = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let leaders = title.ends_with("..") || title.ends_with([' ', '\t', '…']);
    let parted = leaders && words.len() - title.len() < 4;
    let title = if parted { title.trim_end_matches([' ', '\t', '…']) } else { words };
    // Leaders; the one full stop of an abbreviation stays.
    match title.strip_suffix("..") {
        Some(_) => title.trim_end_matches(['.', ' ']).to_owned(),
        None => title.to_owned(),
    }
}

/// All words of a block.
fn text_of(block: &Block) -> String {
    match &block.kind {
        Kind::Heading { text, .. }
        | Kind::Paragraph(text)
        | Kind::Entry { text, .. }
        | Kind::Note { text, .. }
        | Kind::Contents(text) => text.words(),
        Kind::Table(rows) => rows.iter().flatten().flatten().map(text_of).collect::<Vec<_>>().join(" "),
        Kind::Target(target) => target.clone(),
        Kind::PageBreak => String::new(),
    }
}

/// The text of a block that is a line: a heading, a paragraph or an entry.
fn line(block: &Block) -> Option<&Text> {
    match &block.kind {
        Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Entry { text, .. } => Some(text),
        _ => None,
    }
}

/// All text of a draft, block by block.
fn blocks(draft: &Draft) -> impl Iterator<Item = &Block> {
    let items = draft
        .items
        .iter()
        .flat_map(|item| item.process_status.iter().chain(item.sections.iter().flat_map(|section| &section.blocks)));
    draft.lead.iter().chain(items)
}

/// A line outside of all items that tells of a closed one.
pub fn stray_closed(draft: &Draft, template: &Template<'_>) -> Option<String> {
    closed::stray(draft, template)
}
