//! The styles of the document: takes the part that defines them, gives for each what a paragraph or run of it is.

use super::super::unreadable::Unreadable;
use super::look::Look;
use super::measure::Indent;
use super::xml::{Element, Tree};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Styles of one document; Word itself stops at some four thousand.
const STYLES: usize = 10_000;
/// Bytes of a style's name; Word allows 253 letters.
const NAME: usize = 1024;
/// How many styles can be based on each other in a row. It also ends circles.
const CHAIN: usize = 32;

/// What a paragraph is for, by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading of this level.
    Heading(u8),
    /// Of a table of contents.
    Contents,
    /// A further paragraph of the entry before it.
    Continued,
}

/// What a style says, with what it has from those that it is based on.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// What its paragraphs are for.
    pub role: Option<Role>,
    /// How its letters are set.
    pub look: Look,
    /// How far its lines are indented.
    pub indent: Indent,
    /// The list that it belongs to.
    pub list: Option<ListOf>,
    /// Each of its paragraphs begins a page.
    pub page_break: bool,
}

/// The list that a style belongs to.
#[derive(Debug, Clone)]
pub struct ListOf {
    /// The list's number.
    pub list: i64,
    /// The level that the style names.
    pub level: Option<usize>,
    /// The style and those between it and the one that names the list: the list may give each a level.
    pub styles: Vec<String>,
}

/// All styles.
#[derive(Debug, Default)]
pub struct Styles {
    all: BTreeMap<String, Rc<Style>>,
    /// The style of paragraphs that name none.
    plain: Rc<Style>,
    /// How letters are set where nothing is said about them.
    pub defaults: Look,
}

/// A style as it stands in the part.
struct Entry<'t> {
    element: Element<'t>,
    id: &'t str,
    base: Option<String>,
}

impl Styles {
    /// Reads the part.
    pub fn read(tree: &Tree<'_>) -> Result<Self, Unreadable> {
        let root = tree.root();
        let defaults =
            root.child("docDefaults").and_then(|all| all.child("rPrDefault")).and_then(|all| all.child("rPr"));
        let mut entries = BTreeMap::new();
        let mut plain = None;
        for element in root.children().filter(|element| element.is("style")) {
            let Some(id) = element.attribute("styleId").filter(|id| id.len() < NAME) else { continue };
            if entries.len() == STYLES {
                return Err(Unreadable::TooLarge(format!("{STYLES} styles")));
            }
            let default = matches!(element.attribute("default"), Some("1" | "true" | "on"));
            if default && element.attribute("type") == Some("paragraph") {
                plain = Some(key(id));
            }
            entries.insert(key(id), Entry { element, id, base: element.val("basedOn").map(key) });
        }
        let all: BTreeMap<_, _> = entries.keys().map(|id| (id.clone(), Rc::new(resolved(&entries, id)))).collect();
        let plain = plain.and_then(|id| all.get(&id).cloned()).unwrap_or_default();
        Ok(Self { all, plain, defaults: Look::read(defaults) })
    }

    /// The style of a paragraph; one that is defined nowhere is known by its identifier.
    pub fn paragraph(&self, id: Option<&str>) -> Rc<Style> {
        let Some(id) = id else { return Rc::clone(&self.plain) };
        let plain = || Rc::new(Style { role: role(id), ..Style::clone(&self.plain) });
        self.all.get(&key(id)).cloned().unwrap_or_else(plain)
    }

    /// How a character style sets letters.
    pub fn character(&self, id: &str) -> Look {
        self.all.get(&key(id)).map(|style| style.look).unwrap_or_default()
    }

    /// How far the lines of plain text are indented.
    pub fn plain_indent(&self) -> Indent {
        self.plain.indent
    }

    /// The list that a style of lists stands for.
    pub fn list(&self, id: &str) -> Option<i64> {
        self.all.get(&key(id))?.list.as_ref().map(|list| list.list)
    }
}

/// A style with what it has from those that it is based on.
fn resolved(entries: &BTreeMap<String, Entry<'_>>, id: &str) -> Style {
    let mut style = Style::default();
    let (mut level, mut list, mut page_break) = (None, None, None);
    let (mut role_known, mut passed) = (false, Vec::new());
    let mut next = Some(id);
    for _ in 0..CHAIN {
        let Some(entry) = next.and_then(|id| entries.get(id)) else { break };
        let element = entry.element;
        let properties = element.child("pPr");
        style.look = style.look.or(Look::read(element.child("rPr")));
        style.indent = style.indent.or(Indent::read(properties));
        page_break = page_break.or_else(|| properties?.switch("pageBreakBefore"));
        if !role_known && element.attribute("type") != Some("character") {
            let named = element.val("name").and_then(role).or_else(|| role(entry.id));
            let outline = properties.and_then(|all| all.val("outlineLvl")).and_then(|level| level.parse::<u8>().ok());
            // A level of 9 says that it is text, whatever it is based on.
            role_known = named.is_some() || outline.is_some();
            style.role = named.or_else(|| outline.filter(|level| *level < 9).map(|level| Role::Heading(level + 1)));
        }
        if list.is_none() {
            passed.push(entry.id.to_owned());
            let numbering = properties.and_then(|all| all.child("numPr"));
            level = level.or_else(|| numbering?.val("ilvl")?.parse::<usize>().ok());
            list = numbering.and_then(|all| all.val("numId")).and_then(|list| list.parse::<i64>().ok());
            if let Some(list) = list {
                style.list = Some(ListOf { list, level, styles: passed.clone() });
            }
        }
        next = entry.base.as_deref();
    }
    style.page_break = page_break.unwrap_or(false);
    style
}

/// An identifier without the differences that programs make in it.
fn key(id: &str) -> String {
    id.to_lowercase()
}

/// What a style is for, by its name or identifier, which Word keeps in English and other programs in Danish.
fn role(name: &str) -> Option<Role> {
    // Further names of the same style follow after a comma.
    let name = name.split([',', ';']).next().unwrap_or(name);
    let name: String = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let level = |start: &str| {
        let level = name.strip_prefix(start)?.parse::<u8>().ok()?;
        (1..=9).contains(&level).then_some(level)
    };
    match name.as_str() {
        "title" | "titel" => return Some(Role::Heading(1)),
        "tocheading" | "contentsheading" | "overskrifttilindholdsfortegnelse" | "indholdsfortegnelsesoverskrift" => {
            return Some(Role::Contents);
        }
        _ => {}
    }
    if let Some(level) = level("heading").or_else(|| level("overskrift")) {
        return Some(Role::Heading(level));
    }
    if level("toc").or_else(|| level("indholdsfortegnelse")).or_else(|| level("contents")).is_some() {
        return Some(Role::Contents);
    }
    let continued = name.starts_with("listcontinue") || name.starts_with("opstilling-forts");
    continued.then_some(Role::Continued)
}
