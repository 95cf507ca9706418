//! What a Markdown text says, as the generator reads it: the other side of every comparison.
//!
//! Takes Markdown; gives nodes in the form in which a draft's are compared with them, and where its sections stand.

use super::inline::is_allowed;
use super::tree::{List, Node, clean, each_text};
use crate::import::block::{Inline, Text};
use crate::parse::markdown::{Kind, options};
use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, parse_document};
use std::collections::BTreeMap;
use std::ops::Range;

/// The generator's own limit: deeper, no page can show anything.
const DEEPEST: usize = 60;

/// Before the words of what a draft cannot have; no text holds it.
const FOREIGN: char = '\u{1}';

/// A Markdown text, cut at its headings of level 2.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// What stands before the first heading, and then every heading's.
    pub sections: Vec<Part>,
    /// The lines of each footnote that is cited, by its label, as bytes.
    pub notes: BTreeMap<String, Range<usize>>,
}

/// A section of a text.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Its heading.
    pub heading: Option<Text>,
    /// What stands under it, with the words of a note where it is cited.
    pub nodes: Vec<Node>,
    /// Labels of the notes that it cites.
    pub cites: Vec<String>,
    /// The lines of all of it, footnotes left out, as bytes.
    pub span: Range<usize>,
    /// Where its heading's line ends.
    pub after_heading: usize,
}

/// Nodes in their one form, with notes by their labels. A footnote itself is no node.
pub fn nodes(markdown: &str, kind: Kind) -> Vec<Node> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options(kind));
    let mut nodes: Vec<_> = root.children().filter(|node| !is_note(node)).map(|node| block(node, 0)).collect();
    normalise(&mut nodes);
    nodes
}

/// The sections of a text.
pub fn sections(markdown: &str, kind: Kind) -> Seen {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options(kind));
    let lines = line_starts(markdown);
    let start_of = |line: usize| lines.get(line.saturating_sub(1)).copied().unwrap_or(markdown.len());
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = Seen { sections: vec![Part::default()], notes: BTreeMap::new() };
    for node in root.children() {
        let data = node.data();
        let span = start_of(data.sourcepos.start.line)..start_of(data.sourcepos.end.line + 1);
        match &data.value {
            NodeValue::FootnoteDefinition(note) => {
                let mut below: Vec<_> = node.children().map(|node| block(node, 0)).collect();
                normalise(&mut below);
                words.insert(note.name.clone(), format!("{below:?}"));
                seen.notes.insert(note.name.clone(), span);
            }
            NodeValue::Heading(heading) if kind == Kind::Item && heading.level <= 2 => {
                let heading = Some(clean(&inlines(node, 0)));
                let after_heading = span.end;
                seen.sections.push(Part { heading, span, after_heading, ..Part::default() });
            }
            _ => {
                if let Some(part) = seen.sections.last_mut() {
                    if part.nodes.is_empty() && part.heading.is_none() {
                        part.span = span.clone();
                        part.after_heading = span.start;
                    }
                    part.span.end = span.end.max(part.span.end);
                    part.nodes.push(block(node, 0));
                }
            }
        }
    }
    for part in &mut seen.sections {
        // Blank lines at its end are what stands between it and the next.
        let text = &markdown[part.after_heading..part.span.end.max(part.after_heading)];
        let kept = text.trim_end().len();
        let line = text[kept..].find('\n').map_or(text.len(), |at| kept + at + 1);
        part.span.end = if kept == 0 { part.after_heading } else { part.after_heading + line };
        normalise(&mut part.nodes);
        let mut cites = Vec::new();
        each_text(&mut part.nodes, &mut |text| name_notes(text, &words, &mut cites));
        if let Some(heading) = &mut part.heading {
            *heading = bare(heading);
            name_notes(heading, &words, &mut cites);
        }
        part.cites = cites;
    }
    seen
}

/// What a section says that was not written yet: each citation has the words of its note.
pub fn inlined(nodes: &[Node], notes: &[(String, Text)]) -> Vec<Node> {
    let words = notes.iter().map(|(label, text)| {
        let mut note = vec![Node::Paragraph(text.clone())];
        normalise(&mut note);
        (label.clone(), format!("{note:?}"))
    });
    let words: BTreeMap<_, _> = words.collect();
    let mut nodes = nodes.to_vec();
    normalise(&mut nodes);
    each_text(&mut nodes, &mut |text| name_notes(text, &words, &mut Vec::new()));
    nodes
}

fn name_notes(text: &mut Text, words: &BTreeMap<String, String>, cites: &mut Vec<String>) {
    for inline in &mut text.0 {
        if let Inline::Note(label) = inline
            && !label.starts_with(FOREIGN)
        {
            cites.push(label.clone());
            *label = words.get(label.as_str()).cloned().unwrap_or_default();
        }
    }
}

/// Nodes in the form in which they are compared: what signs a list has, and whether an address is a link by itself,
/// says nothing.
pub fn normalise(nodes: &mut [Node]) {
    each_text(nodes, &mut |text| *text = bare(text));
    each_list(nodes, &mut |list| list.sign = ' ');
}

fn each_list(nodes: &mut [Node], change: &mut impl FnMut(&mut List)) {
    for node in nodes {
        match node {
            Node::List(list) => {
                change(list);
                list.entries.iter_mut().for_each(|entry| each_list(entry, change));
            }
            Node::Other(_, _, below) => each_list(below, change),
            _ => {}
        }
    }
}

/// An address that is its own text is a link wherever it stands, as the generator reads it.
pub fn bare(text: &Text) -> Text {
    let mut done = Text::default();
    for inline in &clean(text).0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } => {
                let link = link.as_deref().filter(|link| !is_bare(link, text));
                done.push(text, *strong, *emphasis, link);
            }
            other => done.0.push(other.clone()),
        }
    }
    clean(&done)
}

/// Whether a link says where it leads, and may.
pub fn is_bare(link: &str, text: &str) -> bool {
    is_allowed(link)
        && (link == text || ["http://", "mailto:"].iter().any(|scheme| link.strip_prefix(scheme) == Some(text)))
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
}

fn is_note<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::FootnoteDefinition(_))
}

fn block<'a>(node: &'a AstNode<'a>, depth: usize) -> Node {
    let below = || node.children().map(|node| block(node, depth + 1)).collect::<Vec<_>>();
    if depth > DEEPEST {
        return Node::Other("deep", String::new(), Vec::new());
    }
    match &node.data().value {
        NodeValue::Paragraph => Node::Paragraph(inlines(node, depth)),
        NodeValue::Heading(heading) => Node::Heading(heading.level, inlines(node, depth)),
        NodeValue::List(list) => {
            let first = (list.list_type == ListType::Ordered).then(|| u32::try_from(list.start).unwrap_or(0));
            let entries = node.children().map(|entry| entry.children().map(|node| block(node, depth + 2)).collect());
            Node::List(List { first, sign: ' ', entries: entries.collect() })
        }
        NodeValue::Table(_) => {
            let cells = |row: &'a AstNode<'a>| row.children().map(|cell| inlines(cell, depth)).collect();
            Node::Table(node.children().map(cells).collect())
        }
        NodeValue::CodeBlock(code) => Node::Other("code", format!("{} {}", code.info, code.literal), Vec::new()),
        NodeValue::HtmlBlock(html) => Node::Other("html", html.literal.clone(), Vec::new()),
        NodeValue::ThematicBreak => Node::Other("rule", String::new(), Vec::new()),
        _ => Node::Other("quote", String::new(), below()),
    }
}

fn inlines<'a>(node: &'a AstNode<'a>, depth: usize) -> Text {
    let mut text = Text::default();
    let in_cell = matches!(node.data().value, NodeValue::TableCell);
    let mut set = Set { in_cell, ..Set::default() };
    for below in node.children() {
        inline(below, &mut set, depth, &mut text);
    }
    text
}

/// How words are set.
#[derive(Default, Clone)]
struct Set {
    strong: bool,
    emphasis: bool,
    link: Option<String>,
    in_cell: bool,
}

fn inline<'a>(node: &'a AstNode<'a>, set: &mut Set, depth: usize, text: &mut Text) {
    let mut inner = set.clone();
    let mut say = |words: &str| text.push(words, set.strong, set.emphasis, set.link.as_deref());
    match &node.data().value {
        NodeValue::Text(words) => return say(words),
        NodeValue::SoftBreak => return say(" "),
        NodeValue::LineBreak => return text.0.push(Inline::Break),
        NodeValue::HtmlInline(html) if set.in_cell && matches!(html.as_str(), "<br>" | "<br/>" | "<br />") => {
            return text.0.push(Inline::Break);
        }
        NodeValue::FootnoteReference(note) => return text.0.push(Inline::Note(note.name.clone())),
        NodeValue::Code(code) => return foreign(text, &format!("`{}`", code.literal)),
        NodeValue::HtmlInline(html) => return foreign(text, html),
        NodeValue::Image(image) => foreign(text, &format!("![{}]", image.url)),
        NodeValue::Strikethrough => foreign(text, "~"),
        NodeValue::Strong => inner.strong = true,
        NodeValue::Emph => inner.emphasis = true,
        NodeValue::Link(link) if inner.link.is_none() => inner.link = Some(link.url.clone()),
        _ => {}
    }
    if depth > DEEPEST {
        return;
    }
    for below in node.children() {
        inline(below, &mut inner, depth + 1, text);
    }
}

/// Words that no draft can have: they stay after [`clean`].
fn foreign(text: &mut Text, words: &str) {
    text.0.push(Inline::Note(format!("{FOREIGN}{words}")));
}
