//! The account of a document's words: each is in the content, or among what was left out, or it is told as lost.
//!
//! Takes the reader's blocks, the draft that was made of them and the remarks; gives the words that are in neither. It knows
//! nothing of how the draft was made, so that a fault there cannot hide a loss.

use super::block::{Block, Kind, Place, Text};
use super::draft::{Draft, Item};
use super::remark::Remark;
use super::template::Template;
use std::collections::BTreeMap;

/// Words that say how something is written, not what: between names, before dates and times.
const FORM: [&str; 20] = [
    "og", "samt", "den", "d", "kl", "klokken", "til", "fra", "mandag", "tirsdag", "onsdag", "torsdag", "fredag",
    "lørdag", "søndag", "møde", "mødet", "punkt", "pkt", "nr",
];

/// The words of these blocks that are nowhere, each with the place of its block.
pub fn lost(blocks: &[Block], draft: &Draft, remarks: &[Remark], template: &Template<'_>) -> Vec<(Place, String)> {
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    let left_out = remarks.iter().filter(|remark| remark.about.is_left_out());
    let texts = texts_of(draft).into_iter().chain(left_out.map(|remark| remark.text.clone()));
    for word in texts.flat_map(|text| words(&text)) {
        *there.entry(word).or_default() += 1;
    }
    let import = &template.config().import;
    let labels = import.facts.iter().map(|(label, _)| label);
    let labels =
        labels.chain(&import.date).chain(&import.time).chain(&import.place).chain(&import.open).chain(&import.closed);
    let labels: Vec<String> = labels.flat_map(|label| words(label)).chain(FORM.map(str::to_owned)).collect();
    let dated = draft.date.as_ref().map(|(_, place)| *place);
    let mut lost = Vec::new();
    for (place, text) in blocks.iter().flat_map(block_texts) {
        for word in words(&text) {
            // What the date is made of stands in another form: it takes nothing from words that stand elsewhere.
            if dated == Some(place) && is_of_date(&word) {
                continue;
            }
            match there.get_mut(&word) {
                Some(count) if *count > 0 => *count -= 1,
                _ if labels.contains(&word)
                    || dated == Some(place)
                    || word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2 => {}
                _ => lost.push((place, word)),
            }
        }
    }
    lost
}

/// A year, or a month's name.
fn is_of_date(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) || crate::danish::is_month(word)
}

/// Letters and digits between what is neither, in lower case.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn block_texts(block: &Block) -> Vec<(Place, String)> {
    let text = |text: &Text| vec![(block.place, text.words())];
    match &block.kind {
        Kind::Heading { text: words, .. }
        | Kind::Paragraph(words)
        | Kind::Entry { text: words, .. }
        | Kind::Contents(words) => text(words),
        Kind::Note { text: words, .. } => text(words),
        Kind::Table(rows) => rows.iter().flatten().flatten().flat_map(block_texts).collect(),
        Kind::Target(target) => vec![(block.place, target.clone())],
        Kind::PageBreak => Vec::new(),
    }
}

/// Every text of a draft.
fn texts_of(draft: &Draft) -> Vec<String> {
    let mut texts: Vec<String> =
        [&draft.title, &draft.start, &draft.end, &draft.place].into_iter().flatten().cloned().collect();
    for part in &draft.parts {
        texts.extend([part.number.clone(), part.title.clone()]);
    }
    for group in &draft.participants {
        texts.push(group.name.clone());
        for person in &group.people {
            texts.push(person.name.clone());
            texts.extend([&person.role, &person.organisation, &person.note].into_iter().flatten().cloned());
        }
    }
    let of = |blocks: &[Block]| -> Vec<String> { blocks.iter().flat_map(block_texts).map(|(_, text)| text).collect() };
    texts.extend(of(&draft.lead));
    for item in &draft.items {
        let Item {
            number, title, cases, responsible, submitted_by, strategic_basis, perspectives, closed_ground, ..
        } = item;
        texts.extend([number.clone(), title.clone()]);
        let lists = [cases, responsible, submitted_by, strategic_basis, perspectives];
        texts.extend(lists.into_iter().flatten().chain(closed_ground).cloned());
        texts.extend(of(&item.process_status));
        for section in &item.sections {
            texts.extend(section.heading.iter().map(Text::words));
            texts.extend(of(&section.blocks));
            texts.extend(section.blocks.iter().flat_map(links));
        }
    }
    texts
}

/// Where the links of a block lead: a target that was given back to its words.
fn links(block: &Block) -> Vec<String> {
    let (Kind::Paragraph(text) | Kind::Entry { text, .. }) = &block.kind else { return Vec::new() };
    let link = |inline: &super::block::Inline| match inline {
        super::block::Inline::Words { link, .. } => link.clone(),
        _ => None,
    };
    text.0.iter().filter_map(link).collect()
}
