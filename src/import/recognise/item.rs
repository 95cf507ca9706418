//! An item: its head, and its text cut into sections.
//!
//! Takes a title and the blocks below it; gives the item. The head is what stands before the first section and is a line of
//! case numbers, a line with a label, or a word for open or closed.

use super::outline::Title;
use super::{attachments, facts, line};
use crate::config::{Fact, Role};
use crate::import::block::{BOLD, Block, Inline, Kind, Text};
use crate::import::draft::{Item, Section};
use crate::import::remark::{About, Remark};
use crate::import::template::{Template, names};

/// The longest line that is bold throughout and still a heading, in characters.
const LONGEST_HEADING: usize = 140;

/// Reads the item with this title.
pub fn item(title: Title, blocks: Vec<Block>, template: &Template<'_>, remarks: &mut Vec<Remark>) -> Item {
    let mut item = Item {
        place: title.place,
        number: title.number,
        title: title.text.words(),
        cases: Vec::new(),
        responsible: Vec::new(),
        submitted_by: Vec::new(),
        strategic_basis: Vec::new(),
        perspectives: Vec::new(),
        process_status: Vec::new(),
        closed: title.closed == Some(true),
        closed_ground: None,
        attachments: Vec::new(),
        sections: Vec::new(),
    };
    let mut blocks: Vec<Block> = blocks.into_iter().flat_map(|block| lines_of_head(block, template)).collect();
    let mut at = 0;
    while at < blocks.len() {
        let Some(words) = line(&blocks[at]).map(Text::words) else {
            // Targets and notes that stand between the lines of the head.
            if matches!(blocks[at].kind, Kind::Target(_) | Kind::Note { .. }) {
                at += 1;
                continue;
            }
            break;
        };
        match head(&words, &blocks[at], &mut item, template, remarks) {
            true => drop(blocks.remove(at)),
            false => break,
        }
    }
    let blocks = without_template(blocks, template, remarks);
    item.sections = sections(blocks, &mut item, template, remarks);
    attachments::find(&mut item, template);
    item
}

/// Reads a line of the head; false where it is none.
fn head(words: &str, block: &Block, item: &mut Item, template: &Template<'_>, remarks: &mut Vec<Remark>) -> bool {
    if let Some((closed, rest)) = template.access(words)
        && rest.is_empty()
    {
        item.closed |= closed;
        return true;
    }
    if let Some(line) = template.number_line(words) {
        let (mut rest, mut state) = (line.rest, None);
        if let Some((closed, before)) = template.access(&rest) {
            (rest, state) = (before, Some(closed));
        }
        item.closed |= state == Some(true);
        for case in line.cases {
            if !item.cases.contains(&case) {
                item.cases.push(case);
            }
        }
        if template.is_placeholder(&rest) {
            remarks.push(Remark::new(About::Template, block.place, rest));
            return true;
        }
        let rest = match template.fact_line(&rest) {
            Some((Fact::Responsible, names)) => names.to_owned(),
            _ => rest,
        };
        let found = names(&rest);
        if found.iter().any(|name| name.split_whitespace().count() > 6) {
            remarks.push(Remark::new(About::NumberLine, block.place, rest));
        }
        item.responsible.extend(found);
        return true;
    }
    let Some((fact, rest)) = template.fact_line(words).filter(|(_, rest)| !rest.is_empty() && words.contains(':'))
    else {
        return false;
    };
    let value = Block { place: block.place, kind: Kind::Paragraph(Text::plain(rest)) };
    facts::put(fact, vec![value], item, template, remarks);
    true
}

/// A paragraph whose lines are lines of the head, or begin with a section's heading, line by line.
fn lines_of_head(block: Block, template: &Template<'_>) -> Vec<Block> {
    let Kind::Paragraph(text) = &block.kind else { return vec![block] };
    if !text.0.contains(&Inline::Break) {
        return vec![block];
    }
    let parts: Vec<Text> =
        text.0.split(|inline| *inline == Inline::Break).map(|part| Text(part.to_vec()).tidy()).collect();
    let known = |words: &str| {
        template.number_line(words).is_some()
            || template.labelled(words).is_some()
            || template.access(words).is_some_and(|(_, rest)| rest.is_empty())
            || template.section(words).is_some()
    };
    if !parts.iter().take(2).any(|part| known(&part.words())) {
        return vec![block];
    }
    parts.into_iter().map(|text| Block { place: block.place, kind: Kind::Paragraph(text) }).collect()
}

/// The blocks without the template's text that nobody filled in.
pub fn without_template(blocks: Vec<Block>, template: &Template<'_>, remarks: &mut Vec<Remark>) -> Vec<Block> {
    let mut kept = Vec::new();
    for block in blocks {
        match line(&block).map(Text::words).filter(|words| template.is_placeholder(words)) {
            Some(words) => remarks.push(Remark::new(About::Template, block.place, words)),
            None => kept.push(block),
        }
    }
    kept
}

/// The rank of headings that divide this item: that of the sections the template knows, else the highest there is.
fn rank(blocks: &[Block], template: &Template<'_>) -> Option<u8> {
    let headings = || {
        blocks.iter().filter_map(|block| match &block.kind {
            Kind::Heading { level, text, .. } if *level < BOLD => {
                Some((*level, template.section(&text.words()).is_some()))
            }
            _ => None,
        })
    };
    let known = headings().filter(|(_, known)| *known).map(|(level, _)| level).min();
    let set = |block: &Block| matches!(block.kind, Kind::Heading { level: BOLD, .. });
    let is_bold = |block: &Block| {
        let known = |text: &&Text| template.section(&text.words()).is_some();
        line(block).filter(known).is_some_and(|text| text.is_strong() || set(block))
    };
    let bold = || blocks.iter().any(is_bold);
    known.or_else(|| if bold() { None } else { headings().map(|(level, _)| level).min() })
}

/// Cuts the text into sections; those that are left with nothing are left out.
fn sections(blocks: Vec<Block>, item: &mut Item, template: &Template<'_>, remarks: &mut Vec<Remark>) -> Vec<Section> {
    let rank = rank(&blocks, template);
    let mut sections = vec![Section { heading: None, blocks: Vec::new() }];
    let mut places = vec![item.place];
    for block in blocks {
        let words = line(&block).map(Text::words).unwrap_or_default();
        let heads = match &block.kind {
            Kind::Heading { level, .. } => {
                template.section(&words).is_some() || rank.is_some_and(|rank| *level <= rank)
            }
            Kind::Paragraph(text) => {
                template.section(&words).is_some() && (text.is_strong() || words.chars().count() < 40)
            }
            _ => false,
        };
        if heads {
            places.push(block.place);
            let heading = heading_text(&block);
            sections.push(Section { heading, blocks: Vec::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else { break };
        match block.kind {
            Kind::Table(rows) => {
                let rest = facts::take(rows, item, template, remarks);
                if !rest.is_empty() {
                    section.blocks.push(Block { place: block.place, kind: Kind::Table(rest) });
                }
            }
            Kind::Paragraph(text) if is_bold_heading(&text) => {
                section
                    .blocks
                    .push(Block { place: block.place, kind: Kind::Heading { level: BOLD, label: None, text } });
            }
            kind => section.blocks.push(Block { place: block.place, kind }),
        }
    }
    let mut kept = Vec::new();
    for (section, place) in sections.into_iter().zip(places) {
        match &section.heading {
            _ if !section.blocks.is_empty() => kept.push(section),
            Some(heading) => remarks.push(Remark::new(About::KnownHeading, place, heading.words())),
            None => {}
        }
    }
    kept
}

/// The heading of a section, without a colon behind it.
fn heading_text(block: &Block) -> Option<Text> {
    let (label, text) = match &block.kind {
        Kind::Heading { label, text, .. } => (label.clone(), text),
        Kind::Paragraph(text) => (None, text),
        _ => return None,
    };
    let mut words = text.words();
    words.truncate(words.trim_end().trim_end_matches(':').len());
    let words = label.map_or(words.clone(), |label| format!("{label} {words}"));
    Some(if text.0.iter().any(|inline| matches!(inline, Inline::Note(_))) { text.clone() } else { Text::plain(words) })
}

/// Bold throughout, short, and no sentence.
fn is_bold_heading(text: &Text) -> bool {
    let words = text.words();
    let linked = text.0.iter().any(|inline| matches!(inline, Inline::Words { link: Some(_), .. } | Inline::Break));
    text.is_strong() && !linked && words.chars().count() < LONGEST_HEADING && !words.ends_with(['.', ',', ';'])
}

/// Whether this section holds what an item comes with.
pub fn holds_attachments(section: &Section, template: &Template<'_>) -> bool {
    section.heading.as_ref().is_some_and(|heading| template.section(&heading.words()) == Some(Role::Attachments))
}
