//! Cuts a tree at its headings, and gives each footnote to the section that cites it first.
//!
//! Takes the marked tree; gives a [`Text`]. An item is cut at headings of level 2 (and 1, which is warned of).

use super::excerpt::{beginning, most_telling};
use super::html::{Writer, is_empty_heading, place_of};
use super::place::Places;
use super::{Body, Context, Ends, Fragment, Heading, Kind, Prose, Reference, Section, SectionBody, Text, plain_text};
use crate::config::Role;
use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::slug;
use comrak::Arena;
use comrak::nodes::{Ast, AstNode, LineColumn, NodeValue};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A section before it is written.
#[derive(Default)]
struct Part<'a> {
    heading: Option<&'a AstNode<'a>>,
    blocks: Vec<&'a AstNode<'a>>,
}

/// A section when it is written: its HTML, and its words, a line for each block.
struct Written {
    section: Section,
    body: SectionBody,
    words: String,
}

/// Footnotes by name, each until a section has cited it.
type Footnotes<'a> = BTreeMap<String, &'a AstNode<'a>>;

/// Cuts the tree and writes every section.
pub fn cut<'a>(
    arena: &'a Arena<'a>,
    root: &'a AstNode<'a>,
    context: &Context<'_>,
    kind: Kind,
    places: &Places,
    references: Vec<Reference>,
    out: &mut Vec<Diagnostic>,
) -> Text {
    // Those that are cited stand at the end of the tree; one that is left inside of something else is cited nowhere.
    let inner = |node: &&'a AstNode<'a>| matches!(node.data().value, NodeValue::FootnoteDefinition(_));
    let inner: Vec<_> = root.children().flat_map(|block| block.descendants().skip(1)).filter(inner).collect();
    inner.into_iter().for_each(AstNode::detach);
    let mut footnotes = Footnotes::new();
    let mut parts = vec![Part::default()];
    for node in root.children().collect::<Vec<_>>() {
        let level = match &node.data().value {
            NodeValue::FootnoteDefinition(footnote) => {
                if let Some(same) = footnotes.insert(footnote.name.clone(), node) {
                    same.detach();
                }
                continue;
            }
            NodeValue::Heading(heading) if !is_empty_heading(node) => heading.level,
            _ => u8::MAX,
        };
        if kind == Kind::Item && level <= 2 {
            parts.push(Part { heading: Some(node), blocks: Vec::new() });
        } else if let Some(part) = parts.last_mut() {
            part.blocks.push(node);
        }
    }
    let mut writer = Writer::new(context, kind, places, references, out);
    writer.cited = root.descendants().filter_map(|node| citation(node)).collect();
    let mut prose = Prose::default();
    let mut body = Body::default();
    let mut words = Vec::new();
    for part in parts {
        let written = section(arena, &part, context, &mut writer, &mut footnotes);
        // A heading that nobody wrote anything under says nothing.
        match &written.section.heading {
            Some(heading) if written.body.html.is_empty() => writer.forget(&heading.id),
            None if written.body.html.is_empty() => {}
            _ => {
                prose.sections.push(written.section);
                body.sections.push(written.body);
                words.push(written.words);
            }
        }
    }
    match kind {
        Kind::Item => {
            prose.excerpt = most_telling(&prose.sections, &words);
            let decision = prose.sections.iter().position(|section| section.role == Role::Decision);
            prose.decision = decision.map(|at| words.swap_remove(at));
        }
        Kind::Page => prose.beginning = words.first().map(|words| beginning(words)).unwrap_or_default(),
        Kind::Status => {}
    }
    let (references, anchors) = writer.finish();
    body.targets = references.iter().map(|reference| reference.target.clone()).collect();
    Text { prose, ends: Ends { references, anchors }, body }
}

fn section<'a>(
    arena: &'a Arena<'a>,
    part: &Part<'a>,
    context: &Context<'_>,
    writer: &mut Writer<'_>,
    footnotes: &mut Footnotes<'a>,
) -> Written {
    let mut cited = Vec::new();
    let heading = part.heading.map(|node| {
        if matches!(&node.data().value, NodeValue::Heading(heading) if heading.level == 1) {
            let fault = faults::HEADING_ONE.at(context.path, &place_of(writer, node));
            writer.report(fault);
        }
        writer.level = 2;
        let text = plain_text(node).trim().to_owned();
        let id = writer.anchor(&slug(&text));
        let words = gather(arena, &node.children().collect::<Vec<_>>());
        cited = citations(words, footnotes);
        let html = writer.write(words);
        (Heading { text, id }, Fragment::new(html.trim()))
    });
    let (heading, heading_html) = heading.unzip();
    let words = text_of(&part.blocks);
    let body = gather(arena, &part.blocks);
    cited.extend(citations(body, footnotes));
    let mut html = writer.write(body);
    html.push_str(&written_footnotes(arena, cited, context, writer, footnotes));
    let role = heading.as_ref().map_or(Role::Lead, |heading: &Heading| context.config.role(&heading.text));
    let body = SectionBody { heading: heading_html.unwrap_or_default(), html: Fragment::new(html.trim_end()) };
    Written { section: Section { role, heading }, body, words }
}

/// A document of these nodes, which are taken from where they were.
fn gather<'a>(arena: &'a Arena<'a>, nodes: &[&'a AstNode<'a>]) -> &'a AstNode<'a> {
    let document = arena.alloc(Ast::new(NodeValue::Document, LineColumn { line: 1, column: 1 }).into());
    for node in nodes {
        document.append(node);
    }
    document
}

/// The footnotes that are cited below a node, with their numbers, taken out of those that are left.
fn citations<'a>(node: &'a AstNode<'a>, footnotes: &mut Footnotes<'a>) -> Vec<(u32, &'a AstNode<'a>)> {
    let mut cited = Vec::new();
    for node in node.descendants() {
        if let NodeValue::FootnoteReference(reference) = &node.data().value
            && let Some(footnote) = footnotes.remove(&reference.name)
        {
            cited.push((reference.ix, footnote));
        }
    }
    cited
}

/// The list of footnotes; one that is cited by another comes after it.
fn written_footnotes<'a>(
    arena: &'a Arena<'a>,
    mut cited: Vec<(u32, &'a AstNode<'a>)>,
    context: &Context<'_>,
    writer: &mut Writer<'_>,
    footnotes: &mut Footnotes<'a>,
) -> String {
    let mut list = String::new();
    let mut at = 0;
    while let Some((number, footnote)) = cited.get(at).copied() {
        at += 1;
        let total = match &footnote.data().value {
            NodeValue::FootnoteDefinition(definition) => definition.total_references,
            _ => 1,
        };
        let body = gather(arena, &footnote.children().collect::<Vec<_>>());
        cited.extend(citations(body, footnotes));
        let html = writer.write(body);
        let (text, end) = match html.trim_end().strip_suffix("</p>") {
            Some(text) => (text, "</p>"),
            None => (html.trim_end(), ""),
        };
        let _ = write!(list, "<li id=\"fn-{number}\" value=\"{number}\">{text}");
        for citation in (1..=total).filter(|citation| writer.cited.contains(&(number, *citation))) {
            let id = citation_id(number, citation);
            let label = html_escape(&context.labels.footnote_back);
            let _ = write!(list, " <a class=\"footnote-backref\" href=\"#{id}\" aria-label=\"{label} {number}");
            let _ = if citation > 1 { write!(list, "-{citation}\">↩</a>") } else { write!(list, "\">↩</a>") };
        }
        list.push_str(end);
        list.push_str("</li>");
    }
    if list.is_empty() { list } else { format!("<section class=\"footnotes\"><ol>{list}</ol></section>") }
}

/// The number of the footnote that is cited, and which of its citations this is.
fn citation<'a>(node: &'a AstNode<'a>) -> Option<(u32, u32)> {
    match &node.data().value {
        NodeValue::FootnoteReference(reference) => Some((reference.ix, reference.ref_num)),
        _ => None,
    }
}

/// The id of the nth place that cites a footnote.
pub fn citation_id(number: u32, citation: u32) -> String {
    if citation > 1 { format!("fnref-{number}-{citation}") } else { format!("fnref-{number}") }
}

/// `text` as HTML, safe in an attribute too.
pub fn html_escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = comrak::html::escape(&mut out, text);
    out
}

/// The text of blocks without markup, a line for each paragraph, heading, cell or piece of code.
fn text_of<'a>(blocks: &[&'a AstNode<'a>]) -> String {
    let mut lines = Vec::new();
    for node in blocks.iter().flat_map(|block| block.descendants()) {
        let line = match &node.data().value {
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell => plain_text(node),
            NodeValue::CodeBlock(code) => code.literal.clone(),
            NodeValue::HtmlBlock(html) => html.literal.clone(),
            _ => continue,
        };
        lines.push(line.trim().to_owned());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
