//! The bare words of an element: for what is left out and only told of, such as comments, headers and footers.

use super::super::block::{Block, Kind, is_blank};
use super::versions::{chosen, is_choice};
use super::xml::{Element, Space};

/// The words of all paragraphs in it, with single blanks.
pub fn of(element: Element<'_>) -> String {
    let mut words = String::new();
    gather(element, &mut words);
    tidy(&words)
}

fn gather(element: Element<'_>, words: &mut String) {
    for child in element.children() {
        match child.name() {
            (Space::Word | Space::Math, "t") => words.push_str(&child.text()),
            (Space::Word, "tab" | "ptab" | "br" | "cr") => words.push(' '),
            (Space::Word, "noBreakHyphen") => words.push('-'),
            (Space::Word, "p" | "tc") => {
                words.push(' ');
                gather(child, words);
                words.push(' ');
            }
            (Space::Word, "del" | "moveFrom") => {}
            _ if is_choice(child) => {
                if let Some(version) = chosen(child) {
                    gather(version, words);
                }
            }
            _ => gather(child, words),
        }
    }
}

/// The words with single blanks, and without hyphens that are not printed.
pub fn tidy(words: &str) -> String {
    let mut tidy = String::new();
    for word in words.split(is_blank).filter(|word| !word.is_empty()) {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.extend(word.chars().filter(|letter| *letter != '\u{ad}'));
    }
    tidy
}

/// Letters of what is told of blocks. It is shortened when printed, and boxes within boxes would repeat it many times.
const TOLD: usize = 400;

/// The first words of blocks, one after another.
pub fn of_blocks(blocks: &[Block]) -> String {
    let mut words = String::new();
    gather_blocks(blocks, &mut words);
    tidy(&words)
}

fn gather_blocks(blocks: &[Block], words: &mut String) {
    for block in blocks {
        if words.len() > TOLD {
            return;
        }
        words.push(' ');
        match &block.kind {
            Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Entry { text, .. } => {
                words.extend(text.words().chars().take(TOLD));
            }
            Kind::Contents(text) | Kind::Note { text, .. } => words.extend(text.words().chars().take(TOLD)),
            Kind::Table(rows) => rows.iter().flatten().for_each(|cell| gather_blocks(cell, words)),
            Kind::Target(_) | Kind::PageBreak => {}
        }
    }
}
