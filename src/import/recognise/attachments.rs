//! What an item comes with: the lines of its section of attachments, and the targets of links that lost their words.
//!
//! Takes items and the targets of the document; fills the items' attachments, and makes a link of the words that a target
//! names. A target that belongs to nothing stays where it stood, as an address that can be followed.

use super::item::holds_attachments;
use crate::import::block::{Block, Inline, Kind, Place, Text};
use crate::import::draft::{Attachment, Draft, Item};
use crate::import::remark::{About, Remark};
use crate::import::template::{Template, fold};
use percent_encoding::percent_decode_str;

/// Lines that say that there is nothing.
const NOTHING: [&str; 6] =
    ["ingen", "ingenbilag", "intet", "ingenbilagtilsagen", "derernoingenbilag", "dereringenbilag"];

/// Fills the attachments from the section that lists them.
pub fn find(item: &mut Item, template: &Template<'_>) {
    let sections = item.sections.iter().filter(|section| holds_attachments(section, template));
    for block in sections.flat_map(|section| &section.blocks) {
        let (Kind::Entry { text, .. } | Kind::Paragraph(text)) = &block.kind else { continue };
        let parts: Vec<Text> =
            text.0.split(|inline| *inline == Inline::Break).map(|part| Text(part.to_vec()).tidy()).collect();
        for text in parts {
            let title = text.words();
            let title = title.trim().trim_end_matches('.').to_owned();
            if title.is_empty() || title.ends_with(':') || NOTHING.contains(&fold(&title).as_str()) {
                continue;
            }
            item.attachments.push(Attachment { title, url: link_of(&text) });
        }
    }
}

/// Where a text leads, if it does.
fn link_of(text: &Text) -> Option<String> {
    text.0.iter().find_map(|inline| match inline {
        Inline::Words { link: Some(link), .. } if link.starts_with("http") => Some(link.clone()),
        _ => None,
    })
}

/// The targets of the document with their places.
pub fn targets(blocks: &[Block]) -> Vec<(Place, String)> {
    let mut targets: Vec<(Place, String)> = Vec::new();
    for block in blocks {
        if let Kind::Target(target) = &block.kind {
            targets.push((block.place, target.clone()));
        }
    }
    targets
}

/// Gives each target to the attachment whose words it names; what is left stays an address in the text.
pub fn give_back(draft: &mut Draft, targets: &[(Place, String)], remarks: &mut Vec<Remark>) {
    let mut given: Vec<String> = Vec::new();
    for (place, target) in targets {
        if given.contains(target) {
            remarks.push(Remark::new(About::RepeatedTarget, *place, target.clone()));
            continue;
        }
        let words = words_of(target);
        // The text prints it, and the site makes a link of it.
        let printed = target.trim_start_matches("mailto:").trim_start_matches("https://").trim_end_matches('/');
        if super::blocks(draft)
            .any(|block| !matches!(block.kind, Kind::Target(_)) && super::text_of(block).contains(printed))
        {
            remarks.push(Remark::new(About::RepeatedTarget, *place, target.clone()));
            given.push(target.clone());
            continue;
        }
        let mut best: Option<(usize, usize, f64)> = None;
        for (i, item) in draft.items.iter().enumerate().filter(|(_, item)| item.place < *place) {
            for (a, attachment) in
                item.attachments.iter().enumerate().filter(|(_, attachment)| attachment.url.is_none())
            {
                let score = likeness(&words, &attachment.title);
                if score >= 0.5 && best.is_none_or(|(.., best)| score >= best) {
                    best = Some((i, a, score));
                }
            }
        }
        let Some((i, a, _)) = best else {
            remarks.push(Remark::new(About::LooseTarget, *place, target.clone()));
            continue;
        };
        let item = &mut draft.items[i];
        let title = item.attachments[a].title.clone();
        item.attachments[a].url = Some(target.clone());
        for block in item.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            if let Kind::Entry { text, .. } | Kind::Paragraph(text) = &mut block.kind
                && text.words().trim_end_matches('.') == title
            {
                *text = linked(text, &words, target);
            }
        }
        given.push(target.clone());
    }
    // What was given back stands no longer where it stood.
    let sections = draft.items.iter_mut().flat_map(|item| &mut item.sections);
    sections.for_each(|section| {
        section.blocks.retain(|block| !matches!(&block.kind, Kind::Target(target) if given.contains(target)))
    });
    for item in &mut draft.items {
        for section in item.sections.iter().filter(|section| section.blocks.is_empty()) {
            remarks.extend(
                section.heading.iter().map(|heading| Remark::new(About::KnownHeading, item.place, heading.words())),
            );
        }
        item.sections.retain(|section| !section.blocks.is_empty());
    }
}

/// The name of the file that an address ends with, or carries, in words.
fn words_of(target: &str) -> String {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let address = decode(&decode(target));
    let without_query = address.rsplit('/').find(|part| part.contains(['.', ' ', '-', '_'])).unwrap_or(&address);
    let name = without_query.split(['&', '?', '#']).next().unwrap_or(without_query);
    name.to_owned()
}

/// The share of the words of a file's name that a title has.
fn likeness(name: &str, title: &str) -> f64 {
    if !name.is_empty() && title.contains(name) {
        return 2.0;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let pieces = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase)
            .filter(|word| word.chars().count() > 1)
            .collect()
    };
    // A name without blanks: `politikforanvendelseafai.pdf`.
    let close = strsim::normalized_levenshtein(&fold(stem), &fold(title));
    if close > 0.8 {
        return 1.0 + close;
    }
    let (words, known) = (pieces(stem), pieces(title));
    let shared = words.iter().filter(|word| known.contains(word)).count();
    if words.is_empty() { 0.0 } else { shared as f64 / words.len() as f64 }
}

/// The text with a link on the words that the target names, or on all of it.
fn linked(text: &Text, name: &str, target: &str) -> Text {
    let words = text.words();
    let at = words.find(name).filter(|_| !name.is_empty()).map_or(0..words.len(), |at| at..at + name.len());
    let mut linked = Text::default();
    linked.push(&words[..at.start], false, false, None);
    linked.push(&words[at.clone()], false, false, Some(target));
    linked.push(&words[at.end..], false, false, None);
    linked
}
