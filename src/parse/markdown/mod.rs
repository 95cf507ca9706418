//! Markdown into prose: sections of HTML whose links into the record are still open.
//!
//! Takes a text and its place in the file; gives a [`Text`]. The steps, each in a module of its own:
//!
//! 1. `comrak` makes the tree;
//! 2. `detect` finds case numbers, items and dates in the tree's text, and puts a mark around each;
//! 3. `sections` cuts the tree at its headings and gives each footnote to the section that cites it;
//! 4. `html` writes the HTML, in which every link into the site is a mark too.
//!
//! A mark names an entry of [`Ends::references`]; the link stage decides what it leads to. The tree does not outlive
//! this module, and its HTML goes its own way ([`Body`]), so that the record of many texts holds little of them.

mod detect;
mod excerpt;
mod fragment;
mod highlight;
mod html;
mod place;
mod scheme;
mod sections;

pub use detect::Detector;
pub use excerpt::{EXCERPT, Excerpt, excerpt};
pub use fragment::{Fragment, Piece};
pub use scheme::{Scheme, scheme};

use crate::config::{Config, Role};
use crate::diagnostic::{Diagnostic, faults};
use crate::model::CaseNumber;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use jiff::civil::Date;
use place::Places;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// Lists and quotes within each other; deeper, no page can show them.
const DEEPEST: usize = 60;

/// A text that was read, in its three parts: what others show of it, what linking needs, and its HTML.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Text {
    pub prose: Prose,
    pub ends: Ends,
    pub body: Body,
}

/// What a text is made of, and what pages other than its own show of it.
#[derive(Debug, Clone, Default, Hash, Serialize, Deserialize)]
pub struct Prose {
    /// In order; never empty where there is text.
    pub sections: Vec<Section>,
    /// Of an item's text: what says most of what happened.
    pub excerpt: Option<Excerpt>,
    /// Of an item's text: all of its decision.
    pub decision: Option<String>,
    /// Of another text: how it begins.
    pub beginning: String,
}

/// A headed part of a text.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Section {
    /// What it is for.
    pub role: Role,
    /// The heading; `None` for what stands before the first.
    pub heading: Option<Heading>,
}

/// The heading of a section.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Heading {
    /// Without markup.
    pub text: String,
    /// The fragment of its address.
    pub id: String,
}

/// The id of what comes after a page's menu.
pub const TOP: &str = "main-content";

/// What ties a text to others: where it leads, and where it can be led to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ends {
    /// What the marks in the HTML name.
    pub references: Vec<Reference>,
    /// Every id in the HTML and of the sections, in order; [`TOP`] is on every page.
    pub anchors: Vec<String>,
}

/// The HTML of a text, with open links.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Body {
    /// One for each section.
    pub sections: Vec<SectionBody>,
    /// What each mark names.
    pub targets: Vec<Target>,
}

impl Body {
    /// How many bytes of HTML there are.
    pub fn length(&self) -> usize {
        self.sections.iter().map(|section| section.heading.length() + section.html.length()).sum()
    }
}

/// The HTML of a section.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SectionBody {
    /// Its heading; empty where it has none.
    pub heading: Fragment,
    /// What stands under it.
    pub html: Fragment,
}

/// A place in prose that may lead somewhere in the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// What it names.
    pub target: Target,
    /// Bytes in the file.
    pub span: Range<usize>,
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A case number in the text.
    Case(CaseNumber),
    /// `punkt 2.2`: the number of an item of the same meeting.
    Item(String),
    /// A full date.
    Day(Date),
    /// A month and its year, where the sentence speaks of the council.
    Month(i16, i8),
    /// A link written in Markdown that has no scheme, with its title.
    Link(String, String),
    /// An image written in Markdown that has no scheme: destination, alternative text, title.
    Image(String, String, String),
}

/// What a text is, and so how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An item's text: cut into sections at headings of level 2.
    Item,
    /// The text of another page: one section.
    Page,
    /// `process_status`: a value in the front matter; every month in it speaks of the council.
    Status,
}

/// What reading a text needs to know.
pub struct Context<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// What finds references.
    pub detector: &'a Detector,
    /// Texts of the theme that stand in the HTML.
    pub labels: &'a Labels,
    /// The file.
    pub path: &'a Arc<str>,
    /// The whole text of the file.
    pub source: &'a str,
}

/// Texts of the theme that stand in the HTML of prose.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// The name of the link from a footnote to where it is cited.
    pub footnote_back: String,
    /// The name of a table's scrolling region.
    pub table: String,
}

/// A block's text without markup, for the search for what must not be published.
pub struct Block {
    /// The text.
    pub text: String,
    /// Bytes of the block in the file.
    pub span: Range<usize>,
    /// It stands in a block without being a part of its text: a link's destination, a tag.
    pub inner: bool,
}

impl Block {
    /// The text of a block, or of a field.
    pub fn new(text: String, span: Range<usize>) -> Self {
        Self { text, span, inner: false }
    }

    fn inner(text: String, span: Range<usize>) -> Self {
        Self { text, span, inner: true }
    }
}

/// Reads `text`, found at `span` of the file. Gives it in its parts, and the blocks of its words.
pub fn parse(
    context: &Context<'_>,
    kind: Kind,
    text: &str,
    span: Range<usize>,
    out: &mut Vec<Diagnostic>,
) -> (Text, Vec<Block>) {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options(kind));
    let places = Places::new(context.source, text, span.clone());
    if let Some(deep) = too_deep(root) {
        let at = places.of(deep.data().sourcepos);
        out.push(faults::NESTED_TOO_DEEP.at(context.path, &at).with("limit", DEEPEST.to_string()));
        return (Text::default(), Vec::new());
    }
    let mut references = Vec::new();
    let blocks = detect::mark(&arena, root, context, kind, &places, &mut references);
    let text = sections::cut(&arena, root, context, kind, &places, references, out);
    (text, blocks)
}

/// Tables, struck-through text and bare addresses, as GitHub has them; footnotes but in a value of the front matter.
/// Nothing changes the words.
pub fn options(kind: Kind) -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = kind != Kind::Status;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options
}

/// The first node that is nested deeper than can be shown, found without recursion.
fn too_deep<'a>(root: &'a AstNode<'a>) -> Option<&'a AstNode<'a>> {
    let mut stack = vec![(root, 0)];
    while let Some((node, depth)) = stack.pop() {
        if depth > DEEPEST {
            return Some(node);
        }
        stack.extend(node.reverse_children().map(|child| (child, depth + 1)));
    }
    None
}

/// The text of a node without markup.
fn plain_text<'a>(node: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data().value {
            NodeValue::Text(literal) => text.push_str(literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::HtmlInline(html) => text.push_str(html),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
