//! Writes nodes as Markdown.
//!
//! Takes the sections of a text; gives Markdown that the generator reads as just those, and changes the nodes to what
//! could be written: emphasis that Markdown has no way to set is gone.

use super::escape::{Care, escaped};
use super::inline::Place;
use super::tree::{List, Node};
use crate::import::block::Text;
use crate::parse::markdown::Kind;

/// What Markdown is written for.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// How the text is read.
    pub kind: Kind,
    /// How much is escaped.
    pub care: Care,
}

impl Style {
    /// The Markdown of blocks, without a line's end behind the last.
    pub fn blocks(self, nodes: &mut [Node]) -> String {
        let mut blocks = Vec::new();
        for node in nodes {
            blocks.push(self.block(node));
        }
        blocks.retain(|block| !block.is_empty());
        blocks.join("\n\n")
    }

    /// A section's heading.
    pub fn heading(self, heading: &mut Text) -> String {
        format!("## {}", self.text(heading, Place::Heading(2)))
    }

    /// A footnote.
    pub fn note(self, label: &str, text: &mut Text) -> String {
        format!("[^{label}]: {}", indented(&self.text(text, Place::Paragraph), 4))
    }

    fn text(self, text: &mut Text, place: Place) -> String {
        let (markdown, meant) = escaped(text, place, self.kind, self.care);
        *text = meant;
        markdown
    }

    fn block(self, node: &mut Node) -> String {
        match node {
            Node::Heading(level, text) => {
                let level = *level;
                format!("{} {}", "#".repeat(level.into()), self.text(text, Place::Heading(level)))
            }
            Node::Paragraph(text) => self.text(text, Place::Paragraph),
            Node::List(list) => self.list(list),
            Node::Table(rows) => self.table(rows),
            // No draft has one.
            Node::Other(..) => String::new(),
        }
    }

    fn list(self, list: &mut List) -> String {
        let mut entries = Vec::new();
        let sign = list.sign;
        let mut number = list.first;
        for entry in &mut list.entries {
            let mark = number.map_or_else(|| format!("{sign} "), |number| format!("{number}{sign} "));
            number = number.map(|number| number.saturating_add(1));
            let mut text = String::new();
            for node in entry {
                let block = self.block(node);
                if !text.is_empty() {
                    // Within a paragraph, only a list that begins with 1 can begin.
                    let begins = matches!(node, Node::List(List { first: None | Some(1), .. }));
                    text.push_str(if begins { "\n" } else { "\n\n" });
                }
                text.push_str(&block);
            }
            entries.push(format!("{mark}{}", indented(&text, mark.len())));
        }
        entries.join("\n")
    }

    fn table(self, rows: &mut [Vec<Text>]) -> String {
        let mut lines = Vec::new();
        for (at, row) in rows.iter_mut().enumerate() {
            let cells: Vec<_> = row.iter_mut().map(|cell| self.text(cell, Place::Cell)).collect();
            lines.push(format!("| {} |", cells.join(" | ")).replace("|  |", "| |"));
            if at == 0 {
                lines.push(format!("|{}", " --- |".repeat(cells.len())));
            }
        }
        lines.join("\n")
    }
}

/// Lines after the first, moved in.
fn indented(text: &str, by: usize) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&" ".repeat(by));
            }
        }
        out.push_str(line);
    }
    out
}
