//! The words of a Markdown text, as a reader of the built page would meet them.
//!
//! Takes Markdown; gives its words block by block, with list marks, the numbers
//! of ordered lists and of footnotes as they are printed, and the addresses of
//! its links. Not the generator's own reading, on purpose.

use super::source::{BULLET, INNER_BULLET};
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListDelimType, ListType, Node, NodeList, NodeValue};
use comrak::{Arena, Options, parse_document};

/// A Markdown text, read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The words of each block at the top level.
    pub blocks: Vec<Vec<String>>,
    /// The addresses that its links lead to.
    pub links: Vec<String>,
}

/// Reads `markdown`.
pub fn read(markdown: &str) -> Reading {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.footnotes = true;
    options.extension.table = true;
    let root = parse_document(&arena, markdown, &options);
    let mut reading = Reading::default();
    for block in root.children() {
        let mut text = String::new();
        for edge in block.traverse() {
            if let NodeEdge::Start(node) = edge {
                push(node, &mut text, &mut reading.links);
            }
        }
        reading.blocks.push(split(&text));
    }
    reading
}

/// The words of `text`.
pub fn split(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Adds what `node` itself shows to `text`; its children come by themselves.
fn push<'a>(node: Node<'a>, text: &mut String, links: &mut Vec<String>) {
    match &node.data().value {
        NodeValue::Text(words) => text.push_str(words),
        NodeValue::Code(code) => text.push_str(&code.literal),
        NodeValue::CodeBlock(code) => text.push_str(&code.literal),
        NodeValue::HtmlInline(html) => text.push_str(html),
        NodeValue::HtmlBlock(html) => text.push_str(&html.literal),
        NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
        NodeValue::Link(link) | NodeValue::Image(link) => links.push(link.url.clone()),
        NodeValue::FootnoteReference(note) => text.push_str(&note.name),
        // The documents print a footnote's number close to its first word.
        NodeValue::FootnoteDefinition(note) => text.push_str(&note.name),
        NodeValue::Paragraph if opens_footnote(node) => {}
        NodeValue::Item(list) => {
            text.push(' ');
            text.push_str(&mark(node, list));
            text.push(' ');
        }
        value if value.block() => text.push(' '),
        _ => {}
    }
}

/// Whether `node` is the first thing in a footnote.
fn opens_footnote<'a>(node: Node<'a>) -> bool {
    let in_note = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::FootnoteDefinition(_)));
    in_note && node.previous_sibling().is_none()
}

/// The mark of a list's entry: its number as printed, or a bullet by its depth.
fn mark<'a>(entry: Node<'a>, list: &NodeList) -> String {
    if list.list_type == ListType::Ordered {
        let first = entry.parent().map_or(1, |parent| match &parent.data().value {
            NodeValue::List(whole) => whole.start,
            _ => 1,
        });
        let before = entry.preceding_siblings().skip(1).count();
        let close = if list.delimiter == ListDelimType::Paren { ')' } else { '.' };
        return format!("{}{close}", first + before);
    }
    let depth = entry.ancestors().filter(|node| matches!(node.data().value, NodeValue::List(_))).count();
    if depth > 1 { INNER_BULLET } else { BULLET }.to_owned()
}
