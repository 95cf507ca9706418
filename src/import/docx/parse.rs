//! Parses an XML part: takes its text, gives its tree.
//!
//! A part that declares a document type or its own entities is refused: Word never writes one, and they can be made to
//! grow without end.

use super::super::unreadable::Unreadable;
use super::xml::{Attribute, Node, Space, Tree, What};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use std::borrow::Cow;

/// Elements deeper than this are in no document that a program wrote.
const DEPTH: usize = 256;
/// Elements and texts of one part; a document of a thousand pages has fewer.
const NODES: usize = 4_000_000;
/// Attributes of one element; the root of a Word part has the most, some forty.
const ATTRIBUTES: usize = 256;
/// Namespaces that are declared at the same time.
const NAMESPACES: usize = 512;

/// Parses a part; `part` names it in an error.
pub fn parse<'s>(source: &'s str, part: &str) -> Result<Tree<'s>, Unreadable> {
    Builder::default().build(source).map_err(|fault| match fault {
        Fault::Broken(why) => Unreadable::Broken(format!("{part}: {why}")),
        Fault::TooLarge => Unreadable::TooLarge(format!("{NODES} elements in {part}")),
    })
}

impl Space {
    fn of(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | "http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::Relation,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            _ => Self::Other,
        }
    }
}

/// Why a part has no tree.
enum Fault {
    Broken(String),
    TooLarge,
}

fn broken(why: impl ToString) -> Fault {
    Fault::Broken(why.to_string())
}

#[derive(Default)]
struct Builder<'s> {
    nodes: Vec<Node<'s>>,
    attributes: Vec<Attribute<'s>>,
    /// The elements that are open, each with the last of its children so far.
    open: Vec<(u32, u32)>,
    /// The namespaces in force: the prefix, the namespace, and how many elements are open around it.
    spaces: Vec<(&'s str, Space, usize)>,
}

impl<'s> Builder<'s> {
    fn build(mut self, source: &'s str) -> Result<Tree<'s>, Fault> {
        let mut reader = Reader::from_str(source);
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event().map_err(broken)?;
            // The names are taken from the source itself, so that the tree can hold them without copying.
            let raw = |head: u64, tail: u64| {
                let range =
                    usize::try_from(from + head).ok()?..usize::try_from(reader.buffer_position() - tail).ok()?;
                source.get(range)
            };
            match event {
                Event::Start(_) => self.start(raw(1, 1).unwrap_or_default())?,
                Event::Empty(_) => {
                    self.start(raw(1, 2).unwrap_or_default())?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => self.text(text.decode().map_err(broken)?)?,
                Event::CData(data) => self.text(data.decode().map_err(broken)?)?,
                Event::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref().map_err(broken)? {
                        Some(letter) => Cow::Owned(letter.to_string()),
                        None => Cow::Borrowed(predefined(&reference).ok_or_else(|| broken("an entity of its own"))?),
                    };
                    self.text(text)?;
                }
                Event::DocType(_) => return Err(broken("a document type is declared")),
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        if self.nodes.is_empty() || !self.open.is_empty() {
            return Err(broken("it ends too soon"));
        }
        Ok(Tree { nodes: self.nodes, attributes: self.attributes })
    }

    fn start(&mut self, tag: &'s str) -> Result<(), Fault> {
        let depth = self.open.len();
        if depth >= DEPTH {
            return Err(broken("its elements are nested too deeply"));
        }
        if depth == 0 && !self.nodes.is_empty() {
            return Err(broken("more than one root"));
        }
        let end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        let mut found = Vec::new();
        for attribute in Attributes::new(tag, end).with_checks(false) {
            let attribute = attribute.map_err(broken)?;
            let key = std::str::from_utf8(attribute.key.0).map_err(broken)?;
            if found.len() == ATTRIBUTES {
                return Err(broken("an element has too many attributes"));
            }
            found.push((key, attribute.value));
        }
        self.declare(&found, depth)?;
        let from = index(self.attributes.len())?;
        for (key, value) in found {
            let (prefix, name) = key.split_once(':').unwrap_or(("", key));
            // Marks of editing sessions stand on most elements, and nobody asks for them.
            if prefix == "xmlns" || key == "xmlns" || name.starts_with("rsid") {
                continue;
            }
            let space = if prefix.is_empty() { Space::None } else { self.space(prefix) };
            self.attributes.push(Attribute { space, name, value: decoded(value)? });
        }
        let (prefix, name) =
            tag.get(..end).unwrap_or(tag).split_once(':').unwrap_or(("", tag.get(..end).unwrap_or(tag)));
        let space = self.space(prefix);
        let to = index(self.attributes.len())?;
        let at = self.add(What::Element { space, name, attributes: from..to, first: 0, end: 0 })?;
        self.open.push((at, 0));
        Ok(())
    }

    /// Notes the namespaces that an element declares.
    fn declare(&mut self, attributes: &[(&'s str, Cow<'s, [u8]>)], depth: usize) -> Result<(), Fault> {
        for (key, value) in attributes {
            let prefix = if *key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix {
                if self.spaces.len() == NAMESPACES {
                    return Err(broken("too many namespaces"));
                }
                self.spaces.push((prefix, std::str::from_utf8(value).map_or(Space::Other, Space::of), depth));
            }
        }
        Ok(())
    }

    fn space(&self, prefix: &str) -> Space {
        let found = self.spaces.iter().rev().find(|(known, ..)| *known == prefix);
        found.map_or(Space::Other, |(_, space, _)| *space)
    }

    fn end(&mut self) -> Result<(), Fault> {
        let after = index(self.nodes.len())?;
        if let Some((at, _)) = self.open.pop()
            && let Some(Node { what: What::Element { end, .. }, .. }) = self.nodes.get_mut(at as usize)
        {
            *end = after;
        }
        let depth = self.open.len();
        while self.spaces.last().is_some_and(|(.., at)| *at >= depth) {
            self.spaces.pop();
        }
        Ok(())
    }

    fn text(&mut self, text: Cow<'s, str>) -> Result<(), Fault> {
        if !self.open.is_empty() {
            self.add(What::Text(text))?;
        } else if !text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
            return Err(broken("text outside of its root"));
        }
        Ok(())
    }

    /// Adds a node after the last child of the element that is open.
    fn add(&mut self, what: What<'s>) -> Result<u32, Fault> {
        if self.nodes.len() == NODES {
            return Err(Fault::TooLarge);
        }
        let at = index(self.nodes.len())?;
        if let Some((parent, last)) = self.open.last_mut() {
            let before = if *last == 0 { *parent } else { *last };
            let first_child = *last == 0;
            *last = at;
            match self.nodes.get_mut(before as usize) {
                Some(Node { what: What::Element { first, .. }, .. }) if first_child => *first = at,
                Some(node) => node.next = at,
                None => {}
            }
        }
        self.nodes.push(Node { what, next: 0 });
        Ok(at)
    }
}

fn index(at: usize) -> Result<u32, Fault> {
    u32::try_from(at).map_err(|_| Fault::TooLarge)
}

/// The letter that an entity stands for which every XML part knows.
fn predefined(name: &[u8]) -> Option<&'static str> {
    Some(match name {
        b"amp" => "&",
        b"lt" => "<",
        b"gt" => ">",
        b"quot" => "\"",
        b"apos" => "'",
        _ => return None,
    })
}

/// An attribute's value with its references resolved.
fn decoded(value: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Fault> {
    match value {
        Cow::Borrowed(bytes) => unescape(std::str::from_utf8(bytes).map_err(broken)?).map_err(broken),
        Cow::Owned(bytes) => {
            Ok(Cow::Owned(unescape(std::str::from_utf8(&bytes).map_err(broken)?).map_err(broken)?.into_owned()))
        }
    }
}
