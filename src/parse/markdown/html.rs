//! Writes the HTML of a tree: comrak's, but for links, images, headings, tables, code and raw HTML.
//!
//! Takes nodes; gives HTML in which a link into the site is a pair of marks. What a reader must not get is not written:
//! raw HTML is shown as text, a link of a refused scheme as its words, a remote image as a link. Each is warned of.

use super::fragment::{close, open};
use super::highlight::highlight;
use super::place::Places;
use super::scheme::{Scheme, scheme};
use super::sections::{citation_id, html_escape};
use super::{Context, Kind, Reference, TOP, Target, plain_text};
use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::slug;
use comrak::html::{ChildRendering, Context as Output, format_document_with_formatter, format_node_default};
use comrak::nodes::{AstNode, NodeCodeBlock, NodeFootnoteReference, NodeHeading, NodeLink, NodeValue, TableAlignment};
use comrak::options::Plugins;
use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::ops::Range;

/// Writes the parts of one text, and keeps what they share: references, ids, the level of the last heading.
pub struct Writer<'w> {
    context: &'w Context<'w>,
    places: &'w Places,
    references: Vec<Reference>,
    anchors: BTreeSet<String>,
    out: &'w mut Vec<Diagnostic>,
    kind: Kind,
    options: comrak::Options<'static>,
    /// The level of the last heading.
    pub level: u8,
    /// Citations of footnotes that the text has: the number, and which of its citations.
    pub cited: BTreeSet<(u32, u32)>,
}

/// Where a node stands in the file.
pub fn place_of<'a>(writer: &Writer<'_>, node: &'a AstNode<'a>) -> Range<usize> {
    writer.places.of(node.data().sourcepos)
}

impl<'w> Writer<'w> {
    /// For one text.
    pub fn new(
        context: &'w Context<'w>,
        kind: Kind,
        places: &'w Places,
        references: Vec<Reference>,
        out: &'w mut Vec<Diagnostic>,
    ) -> Self {
        let anchors = BTreeSet::from([TOP.to_owned()]);
        Self {
            context,
            kind,
            places,
            references,
            anchors,
            out,
            options: super::options(kind),
            level: 1,
            cited: BTreeSet::new(),
        }
    }

    /// The references and the ids of all that was written.
    pub fn finish(self) -> (Vec<Reference>, Vec<String>) {
        (self.references, self.anchors.into_iter().filter(|id| id != TOP).collect())
    }

    /// Adds a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// An id that is not taken: `wanted`, or with a number behind. The theme's own ids begin with `s-`, footnotes' with `fn`.
    pub fn anchor(&mut self, wanted: &str) -> String {
        let taken = wanted.is_empty()
            || self.kind == Kind::Status
            || ["s-", "fn-", "fnref-"].iter().any(|prefix| wanted.starts_with(prefix));
        let prefix = if self.kind == Kind::Status { "status" } else { "afsnit" };
        let wanted =
            if taken { format!("{prefix}-{wanted}").trim_end_matches('-').to_owned() } else { wanted.to_owned() };
        let mut id = wanted.clone();
        let mut n = 1;
        while !self.anchors.insert(id.clone()) {
            n += 1;
            id = format!("{wanted}-{n}");
        }
        id
    }

    /// Takes an id back that is not written after all.
    pub fn forget(&mut self, id: &str) {
        self.anchors.remove(id);
    }

    /// The HTML of what is below `node`.
    pub fn write<'a>(&mut self, node: &'a AstNode<'a>) -> String {
        let mut html = String::new();
        let options = std::mem::take(&mut self.options);
        let plugins = Plugins::default();
        // Writing into a String cannot fail.
        let _ = format_document_with_formatter(node, &options, &mut html, &plugins, format, &mut *self);
        self.options = options;
        html
    }

    fn reference(&mut self, target: Target, span: Range<usize>) -> usize {
        self.references.push(Reference { target, span });
        self.references.len() - 1
    }
}

type Formatted = Result<ChildRendering, fmt::Error>;

fn format<'a>(out: &mut Output<'_, '_, &mut Writer<'_>>, node: &'a AstNode<'a>, entering: bool) -> Formatted {
    match &node.data().value {
        NodeValue::HtmlBlock(block) if entering => raw_html(out, node, &block.literal, true),
        NodeValue::HtmlInline(html) if entering => raw_html(out, node, html, false),
        NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => Ok(ChildRendering::HTML),
        NodeValue::Link(link) => write_link(out, node, link, entering),
        NodeValue::Image(image) if entering => write_image(out, node, image),
        NodeValue::Image(_) => Ok(ChildRendering::HTML),
        NodeValue::Heading(heading) => write_heading(out, node, *heading, entering),
        NodeValue::CodeBlock(code) if entering => write_code(out, code),
        NodeValue::CodeBlock(_) => Ok(ChildRendering::HTML),
        NodeValue::Table(_) => write_table(out, node, entering),
        NodeValue::TableCell => write_cell(out, node, entering),
        NodeValue::FootnoteReference(reference) if entering => write_citation(out, node, reference),
        NodeValue::FootnoteReference(_) => Ok(ChildRendering::HTML),
        _ => format_node_default(out, node, entering),
    }
}

/// The number of a footnote, which leads to it; in a link it only stands there.
fn write_citation<'a>(
    out: &mut Output<'_, '_, &mut Writer<'_>>,
    node: &'a AstNode<'a>,
    reference: &NodeFootnoteReference,
) -> Formatted {
    let (number, id) = (reference.ix, citation_id(reference.ix, reference.ref_num));
    out.user.anchors.extend([id.clone(), format!("fn-{number}")]);
    if in_link(node) {
        write!(out, "<sup id=\"{id}\">{number}</sup>")?;
    } else {
        write!(out, "<sup><a class=\"footnote-ref\" href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>")?;
    }
    Ok(ChildRendering::HTML)
}

/// Raw HTML is shown as text; a line break in a table's cell is what it says.
fn raw_html<'a>(
    out: &mut Output<'_, '_, &mut Writer<'_>>,
    node: &'a AstNode<'a>,
    html: &str,
    block: bool,
) -> Formatted {
    let tag: String = html.chars().filter(|c| !c.is_whitespace()).collect();
    let in_cell = node.ancestors().any(|above| matches!(above.data().value, NodeValue::TableCell));
    if in_cell && matches!(tag.to_ascii_lowercase().as_str(), "<br>" | "<br/>") {
        out.write_str("<br />")?;
        return Ok(ChildRendering::HTML);
    }
    let first = html.lines().next().unwrap_or("").trim().to_owned();
    let span = place_of(out.user, node);
    let fault = faults::RAW_HTML.at(out.user.context.path, &span).with("html", first);
    out.user.report(fault);
    if block {
        write!(out, "<p>{}</p>", html_escape(html.trim_end()))?;
    } else {
        out.escape(html)?;
    }
    Ok(ChildRendering::HTML)
}

/// Whether `node` stands in a link, where no other link can.
fn in_link<'a>(node: &'a AstNode<'a>) -> bool {
    node.ancestors().skip(1).any(|above| matches!(above.data().value, NodeValue::Link(_)))
}

fn refuse<'a>(out: &mut Output<'_, '_, &mut Writer<'_>>, node: &'a AstNode<'a>, scheme: String) {
    let span = place_of(out.user, node);
    let fault = faults::LINK_SCHEME.at(out.user.context.path, &span).with("scheme", scheme);
    out.user.report(fault);
}

fn write_link<'a>(
    out: &mut Output<'_, '_, &mut Writer<'_>>,
    node: &'a AstNode<'a>,
    link: &NodeLink,
    entering: bool,
) -> Formatted {
    if in_link(node) {
        // `[<https://…>](…)`: the inner one is its words.
        return Ok(ChildRendering::HTML);
    }
    match scheme(&link.url) {
        Scheme::Refused(name) if entering => refuse(out, node, name),
        Scheme::Refused(_) => {}
        Scheme::Allowed(_) if entering => {
            out.write_str("<a href=\"")?;
            out.escape_href(&link.url)?;
            out.write_str("\"")?;
            if !link.title.is_empty() {
                write!(out, " title=\"{}\"", html_escape(&link.title))?;
            }
            out.write_str(">")?;
        }
        Scheme::Allowed(_) => out.write_str("</a>")?,
        Scheme::Relative => {
            let span = place_of(out.user, node);
            if entering {
                let reference = out.user.reference(Target::Link(link.url.clone(), link.title.clone()), span);
                out.write_str(&open(reference))?;
            } else {
                let is_this = |reference: &Reference| {
                    reference.span == span && matches!(&reference.target, Target::Link(url, _) if *url == link.url)
                };
                let reference = out.user.references.iter().rposition(is_this).unwrap_or(usize::MAX);
                out.write_str(&close(reference))?;
            }
        }
    }
    Ok(ChildRendering::HTML)
}

fn write_image<'a>(out: &mut Output<'_, '_, &mut Writer<'_>>, node: &'a AstNode<'a>, image: &NodeLink) -> Formatted {
    let alt = plain_text(node).trim().to_owned();
    let span = place_of(out.user, node);
    if alt.is_empty() {
        let fault = faults::IMAGE_WITHOUT_ALT.at(out.user.context.path, &span).with("image", image.url.clone());
        out.user.report(fault);
    }
    let words = if alt.is_empty() { &image.url } else { &alt };
    match scheme(&image.url) {
        Scheme::Relative => {
            let target = Target::Image(image.url.clone(), alt, image.title.clone());
            let reference = out.user.reference(target, span);
            out.write_str(&open(reference))?;
            out.write_str(&close(reference))?;
        }
        Scheme::Allowed(_) if in_link(node) => out.escape(words)?,
        Scheme::Allowed(_) => {
            out.write_str("<a href=\"")?;
            out.escape_href(&image.url)?;
            write!(out, "\">{}</a>", html_escape(words))?;
        }
        Scheme::Refused(name) => {
            out.escape(&alt)?;
            refuse(out, node, name);
        }
    }
    // What is cited in the words for an image has its number behind it.
    for below in node.descendants() {
        if let NodeValue::FootnoteReference(reference) = &below.data().value {
            write_citation(out, below, reference)?;
        }
    }
    Ok(ChildRendering::Skip)
}

fn write_heading<'a>(
    out: &mut Output<'_, '_, &mut Writer<'_>>,
    node: &'a AstNode<'a>,
    heading: NodeHeading,
    entering: bool,
) -> Formatted {
    let level = heading.level.max(2);
    if is_empty_heading(node) {
        if entering {
            let fault = faults::EMPTY_HEADING.at(out.user.context.path, &place_of(out.user, node));
            out.user.report(fault);
        }
        return Ok(ChildRendering::Skip);
    }
    if !entering {
        let level = out.user.level;
        writeln!(out, "</h{level}>")?;
        return Ok(ChildRendering::HTML);
    }
    let span = place_of(out.user, node);
    let path = out.user.context.path;
    if heading.level == 1 {
        out.user.report(faults::HEADING_ONE.at(path, &span));
    } else if level > out.user.level + 1 {
        let expected = out.user.level + 1;
        let fault = faults::HEADING_SKIPS.at(path, &span).with("level", level.to_string());
        out.user.report(fault.with("marks", "#".repeat(expected.into())));
    }
    // Readers who walk from heading to heading get no gap, whatever was written.
    let level = level.min(out.user.level + 1);
    out.user.level = level;
    let id = out.user.anchor(&slug(&plain_text(node)));
    write!(out, "<h{level} id=\"{id}\">")?;
    Ok(ChildRendering::HTML)
}

/// Whether `node` is a heading that nobody could read out: it is left out, and told.
pub fn is_empty_heading<'a>(node: &'a AstNode<'a>) -> bool {
    let cites = |below: &'a AstNode<'a>| matches!(below.data().value, NodeValue::FootnoteReference(_));
    let is_heading = matches!(node.data().value, NodeValue::Heading(_));
    is_heading && plain_text(node).trim().is_empty() && !node.descendants().any(cites)
}

fn write_code(out: &mut Output<'_, '_, &mut Writer<'_>>, code: &NodeCodeBlock) -> Formatted {
    let language = code.info.split_whitespace().next().unwrap_or("");
    out.write_str("<pre class=\"code\" tabindex=\"0\"><code>")?;
    match highlight(&code.literal, language) {
        Some(html) => out.write_str(&html)?,
        None => out.escape(&code.literal)?,
    }
    out.write_str("</code></pre>\n")?;
    Ok(ChildRendering::HTML)
}

fn write_table<'a>(out: &mut Output<'_, '_, &mut Writer<'_>>, node: &'a AstNode<'a>, entering: bool) -> Formatted {
    if entering {
        let label = html_escape(&out.user.context.labels.table);
        write!(out, "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">")?;
    }
    let rendering = format_node_default(out, node, entering)?;
    if !entering {
        out.write_str("</div>\n")?;
    }
    Ok(rendering)
}

fn write_cell<'a>(out: &mut Output<'_, '_, &mut Writer<'_>>, node: &'a AstNode<'a>, entering: bool) -> Formatted {
    let row = node.parent();
    let is_head = row.is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)));
    let name = if is_head { "th" } else { "td" };
    if !entering {
        write!(out, "</{name}>")?;
        return Ok(ChildRendering::HTML);
    }
    let column = std::iter::successors(node.previous_sibling(), |cell| cell.previous_sibling()).count();
    let alignment = row.and_then(AstNode::parent).and_then(|table| match &table.data().value {
        NodeValue::Table(table) => table.alignments.get(column).copied(),
        _ => None,
    });
    let class = match alignment {
        Some(TableAlignment::Center) => " class=\"center\"",
        Some(TableAlignment::Right) => " class=\"right\"",
        _ => "",
    };
    let scope = if is_head { " scope=\"col\"" } else { "" };
    write!(out, "<{name}{scope}{class}>")?;
    Ok(ChildRendering::HTML)
}
