//! The table of facts: labels and values that have fields of their own.
//!
//! Takes the rows of a table; puts the values of known labels into the item's fields, and gives back the rows that it does not
//! know, so that nothing is lost.

use crate::config::Fact;
use crate::import::block::{Block, Cell, Inline, Kind, Text};
use crate::import::draft::Item;
use crate::import::remark::{About, Remark};
use crate::import::template::{Template, names};

/// Takes the facts out of a table.
pub fn take(
    rows: Vec<Vec<Cell>>,
    item: &mut Item,
    template: &Template<'_>,
    remarks: &mut Vec<Remark>,
) -> Vec<Vec<Cell>> {
    let label = |row: &Vec<Cell>| {
        let cell = row.first()?;
        let words = cell.iter().map(super::text_of).collect::<Vec<_>>().join(" ");
        template.fact(words.trim_end_matches([':', ' ']))
    };
    // A column of values is one cell; a table with more columns is a table of the text.
    let narrow = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.is_empty()).count() <= 2;
    let labelled = rows.iter().filter(|row| narrow(row) && label(row).is_some()).count();
    let is_facts = labelled * 2 > rows.len();
    if !is_facts {
        return rows;
    }
    let mut rest = Vec::new();
    for row in rows {
        match label(&row) {
            Some(fact) => {
                let value: Vec<Block> = row.into_iter().skip(1).flatten().collect();
                put(fact, value, item, template, remarks);
            }
            None if row.iter().all(Vec::is_empty) => {}
            None => rest.push(row),
        }
    }
    rest
}

/// Puts a value into its field.
pub fn put(fact: Fact, value: Vec<Block>, item: &mut Item, template: &Template<'_>, remarks: &mut Vec<Remark>) {
    let (unfilled, value): (Vec<Block>, Vec<Block>) =
        value.into_iter().partition(|block| template.is_placeholder(&super::text_of(block)));
    remarks.extend(unfilled.iter().map(|block| Remark::new(About::Template, block.place, super::text_of(block))));
    let texts = || value.iter().flat_map(lines);
    match fact {
        Fact::SubmittedBy => item.submitted_by.extend(texts()),
        Fact::StrategicBasis => item.strategic_basis.extend(texts()),
        Fact::Perspectives => item.perspectives.extend(texts().flat_map(|text| parts(&text))),
        Fact::ProcessStatus => item.process_status.extend(value),
        Fact::Responsible => item.responsible.extend(texts().flat_map(|text| names(&text))),
        Fact::Cases => {
            for text in texts() {
                for (_, number) in template.config().case_number.find_all(&text) {
                    if !item.cases.iter().any(|case| case == number.as_str()) {
                        item.cases.push(number.to_string());
                    }
                }
            }
        }
        Fact::ClosedGround => {
            let ground = texts().collect::<Vec<_>>().join(" ");
            if !ground.is_empty() {
                item.closed_ground.get_or_insert(ground);
            }
        }
        Fact::Ignored => {
            remarks
                .extend(value.iter().map(|block| Remark::new(About::KnownHeading, block.place, super::text_of(block))));
        }
    }
}

/// The lines of a value: those that were broken on purpose.
fn lines(block: &Block) -> Vec<String> {
    match &block.kind {
        Kind::Paragraph(text) | Kind::Entry { text, .. } | Kind::Heading { text, .. } => {
            let parts = text.0.split(|inline| *inline == Inline::Break);
            parts.map(|part| Text(part.to_vec()).tidy().words()).filter(|line| !line.is_empty()).collect()
        }
        _ => Some(super::text_of(block)).filter(|text| !text.is_empty()).into_iter().collect(),
    }
}

/// `Strategi - Applikation - Infrastruktur`: parted by dashes between blanks, else by commas.
fn parts(text: &str) -> Vec<String> {
    let dashes = [" - ", " – ", " − ", " / "];
    let sign = dashes.into_iter().find(|sign| text.contains(sign)).unwrap_or(",");
    text.split(sign).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}
