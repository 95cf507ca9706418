//! Feeds and the sitemap, read strictly.
//!
//! Takes the text of a `feed.xml` or `sitemap.xml`; gives its addresses and its faults: XML that
//! is not well formed, what Atom (RFC 4287) requires and is missing, ids and addresses that
//! stand twice.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::data::Document;
use super::html::{Link, Page};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// The most entries that a feed has.
const ENTRIES: usize = 50;

/// An element with its text, without regard to where the text stands between children.
#[derive(Debug, Default, Clone)]
pub struct Element {
    /// The name as written, with a prefix if it has one.
    pub name: String,
    /// The attributes as written, unescaped.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// Its own text, unescaped.
    pub text: String,
}

impl Element {
    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of a name, trimmed; empty where there is none.
    pub fn text_of(&self, name: &str) -> &str {
        let found = self.children.iter().find(|child| child.name == name);
        found.map_or("", |child| child.text.trim())
    }

    /// An attribute's value, if it is there.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The one root element of an XML document, or why it is none.
pub fn parse(text: &str) -> Result<Element, String> {
    let illegal = |c: &char| (*c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || *c == '\u{fffe}';
    if let Some(c) = text.chars().find(illegal) {
        return Err(format!("the character U+{:04X} is not allowed", u32::from(c)));
    }
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let text = match event {
            Event::Eof => break,
            Event::Start(start) => {
                open.push(element(&start)?);
                continue;
            }
            Event::Empty(start) => {
                let child = element(&start)?;
                top(&mut open).children.push(child);
                continue;
            }
            Event::End(_) => {
                let child = open.pop().unwrap_or_default();
                top(&mut open).children.push(child);
                continue;
            }
            Event::Text(text) => text.xml10_content().map_err(|error| error.to_string())?.into_owned(),
            Event::CData(text) => text.xml10_content().map_err(|error| error.to_string())?.into_owned(),
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().map_err(|error| error.to_string())?;
                let content = name.xml10_content().map_err(|error| error.to_string())?;
                let named = quick_xml::escape::resolve_predefined_entity(&content);
                match (character, named) {
                    (Some(character), _) => character.to_string(),
                    (None, Some(named)) => named.to_owned(),
                    (None, None) => return Err(format!("unknown entity {content}")),
                }
            }
            Event::DocType(_) => return Err("a DOCTYPE".to_owned()),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => continue,
        };
        top(&mut open).text.push_str(&text);
    }
    let document = open.remove(0);
    if !open.is_empty() {
        return Err("an element is not closed".to_owned());
    }
    if !document.text.trim().is_empty() || document.children.len() != 1 {
        return Err("not exactly one root element".to_owned());
    }
    Ok(document.children[0].clone())
}

fn top(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the document's own element stays open")
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        attributes.push((text(attribute.key.as_ref()), value.into_owned()));
    }
    Ok(Element { name: text(start.name().as_ref()), attributes, ..Element::default() })
}

/// A name, whose bytes come out of a text.
fn text(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// Reads an Atom feed; `own` is the address that it stands at.
pub fn read_feed(text: &str, own: &str) -> Document {
    let mut document = Document::default();
    let feed = match parse(text) {
        Ok(feed) => feed,
        Err(error) => return Document::broken(&format!("XML: {error}")),
    };
    if feed.name != "feed" || feed.attribute("xmlns") != Some(ATOM) {
        document.fault("the root is no Atom feed");
    }
    let selves: Vec<&str> = feed
        .all("link")
        .filter(|link| link.attribute("rel") == Some("self"))
        .filter_map(|link| link.attribute("href"))
        .collect();
    if selves != [own] {
        document.fault(&format!("link rel=self is {selves:?}, not {own}"));
    }
    require(&mut document, &feed, "the feed");
    let entries: Vec<&Element> = feed.all("entry").collect();
    if entries.len() > ENTRIES {
        document.fault(&format!("{} entries, more than {ENTRIES}", entries.len()));
    }
    let has_author = feed.all("author").next().is_some();
    let mut ids = BTreeSet::from([feed.text_of("id")]);
    for (number, entry) in entries.iter().enumerate() {
        let place = format!("entry {}", number + 1);
        require(&mut document, entry, &place);
        if !has_author && entry.all("author").next().is_none() {
            document.fault(&format!("{place} has no author, nor has the feed"));
        }
        let id = entry.text_of("id");
        if !ids.insert(id) {
            document.fault(&format!("{place}: the id {id} stands twice"));
        }
    }
    add_links(&mut document, &feed, "feed");
    for (number, entry) in entries.iter().enumerate() {
        add_links(&mut document, entry, &format!("entry {}", number + 1));
    }
    document
}

/// What Atom requires of a feed and of each entry.
fn require(document: &mut Document, element: &Element, place: &str) {
    for name in ["id", "title", "updated"] {
        let count = element.all(name).count();
        if count != 1 || element.text_of(name).is_empty() {
            document.fault(&format!("{place} has {count} {name}, or an empty one"));
        }
    }
    if element.all("link").next().is_none() {
        document.fault(&format!("{place} has no link"));
    }
    let updated = element.text_of("updated");
    if !is_timestamp(updated) {
        document.fault(&format!("{place}: updated “{updated}” is no RFC 3339 time"));
    }
}

fn add_links(document: &mut Document, element: &Element, place: &str) {
    for link in element.all("link") {
        let address = link.attribute("href").unwrap_or_default();
        let rel = link.attribute("rel").unwrap_or("alternate");
        let own = matches!(rel, "self" | "alternate");
        document.push(format!("{place} link {rel}"), address, own);
    }
    for name in ["content", "summary"] {
        for body in element.all(name) {
            match body.attribute("type") {
                Some("html") => {
                    for link in Page::read_piece(&body.text).links {
                        let place = format!("{place} {name} {}", link.place);
                        document.push(place, &link.address, false);
                        if link.address.starts_with(['/', '#', '.']) {
                            document.fault(&format!("{}: relative link in {name}", link.address));
                        }
                    }
                }
                None | Some("text") => {}
                Some(other) => document.fault(&format!("{place}: {name} of type {other}")),
            }
        }
    }
}

/// Reads a sitemap; its addresses are its only links.
pub fn read_sitemap(text: &str) -> Document {
    let mut document = Document::default();
    let root = match parse(text) {
        Ok(root) => root,
        Err(error) => return Document::broken(&format!("XML: {error}")),
    };
    let item = match root.name.as_str() {
        "urlset" => "url",
        "sitemapindex" => "sitemap",
        other => return Document::broken(&format!("the root is {other}, not urlset")),
    };
    if root.attribute("xmlns") != Some(SITEMAP) {
        document.fault("the root has not the sitemap's namespace");
    }
    let mut seen = BTreeSet::new();
    for entry in root.all(item) {
        let address = entry.text_of("loc");
        if !seen.insert(address.to_owned()) {
            document.fault(&format!("{address} stands twice"));
        }
        let lastmod = entry.text_of("lastmod");
        if !lastmod.is_empty() && !is_date(lastmod) && !is_timestamp(lastmod) {
            document.fault(&format!("{address}: lastmod “{lastmod}” is no date"));
        }
        document.push("loc".to_owned(), address, true);
    }
    if seen.is_empty() {
        document.fault("no address in it");
    }
    document
}

fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

fn is_timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let zone = shape.strip_prefix("00:00:00").unwrap_or_default();
    let zone = zone.strip_prefix('.').map_or(zone, |rest| rest.trim_start_matches('0'));
    is_date(date) && matches!(zone, "Z" | "+00:00" | "-00:00")
}

impl Document {
    fn push(&mut self, place: String, address: &str, own_absolute: bool) {
        let address = address.to_owned();
        self.links.push(Link { place, address, followed: false, own_absolute });
    }
}
