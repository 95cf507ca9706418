//! An XML part as a tree: gives elements with their names, attributes and children. `parse` makes it.
//!
//! The tree lies in one list of nodes, so that a large document needs little memory and no recursion. Names are told
//! by namespace and local name, whatever prefix the part uses.

use std::borrow::Cow;
use std::ops::Range;

/// The namespaces that the reader knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Word's own.
    Word,
    /// Relationships between parts: `r:id`.
    Relation,
    /// Content in several versions, of which one is to be taken.
    Compatibility,
    /// Formulas.
    Math,
    /// Without a namespace; only for attributes.
    None,
    /// Any other.
    Other,
}

/// A part, parsed.
#[derive(Debug)]
pub struct Tree<'s> {
    pub(super) nodes: Vec<Node<'s>>,
    pub(super) attributes: Vec<Attribute<'s>>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node<'s> {
    pub(super) what: What<'s>,
    /// The node after it within the same parent; 0, which is the root, for none.
    pub(super) next: u32,
}

#[derive(Debug)]
pub(super) enum What<'s> {
    Element {
        space: Space,
        name: &'s str,
        attributes: Range<u32>,
        /// Its first child; 0 for none.
        first: u32,
        /// The node after all that are in it.
        end: u32,
    },
    Text(Cow<'s, str>),
}

#[derive(Debug)]
pub(super) struct Attribute<'s> {
    pub(super) space: Space,
    pub(super) name: &'s str,
    pub(super) value: Cow<'s, str>,
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Element<'t> {
    tree: &'t Tree<'t>,
    at: u32,
}

impl<'s> Tree<'s> {
    /// The outermost element.
    pub fn root(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }

    /// All elements of Word's namespace with this name, in the order of the part.
    pub fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = Element<'t>> {
        (0..self.nodes.len()).filter_map(|at| u32::try_from(at).ok()).map(|at| Element { tree: self, at }).filter(
            move |element| {
                matches!(element.what(), Some(What::Element { space: Space::Word, name: n, .. }) if *n == name)
            },
        )
    }
}

impl<'t> Element<'t> {
    fn what(self) -> Option<&'t What<'t>> {
        self.tree.nodes.get(self.at as usize).map(|node| &node.what)
    }

    /// Its namespace and local name.
    pub fn name(self) -> (Space, &'t str) {
        match self.what() {
            Some(What::Element { space, name, .. }) => (*space, name),
            _ => (Space::None, ""),
        }
    }

    /// It is Word's element of this name.
    pub fn is(self, name: &str) -> bool {
        self.name() == (Space::Word, name)
    }

    /// The elements in it.
    pub fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.nodes().filter(|child| matches!(child.what(), Some(What::Element { .. })))
    }

    fn nodes(self) -> impl Iterator<Item = Element<'t>> {
        let mut at = match self.what() {
            Some(What::Element { first, .. }) => *first,
            _ => 0,
        };
        std::iter::from_fn(move || {
            let here = (at != 0).then_some(Element { tree: self.tree, at })?;
            at = self.tree.nodes.get(at as usize).map_or(0, |node| node.next);
            Some(here)
        })
    }

    /// The first of Word's elements of this name in it.
    pub fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.is(name))
    }

    /// The elements within it at any depth, in their order.
    pub fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let end = match self.what() {
            Some(What::Element { end, .. }) => *end,
            _ => 0,
        };
        (self.at + 1..end)
            .map(move |at| Element { tree: self.tree, at })
            .filter(|node| matches!(node.what(), Some(What::Element { .. })))
    }

    /// The text directly in it.
    pub fn text(self) -> Cow<'t, str> {
        let mut texts = self.nodes().filter_map(|node| match node.what() {
            Some(What::Text(text)) => Some(text),
            _ => None,
        });
        let Some(first) = texts.next() else { return Cow::Borrowed("") };
        let mut whole = Cow::Borrowed(first.as_ref());
        for more in texts {
            whole.to_mut().push_str(more);
        }
        whole
    }

    /// The value of Word's attribute of this name, or of one without a namespace.
    pub fn attribute(self, name: &str) -> Option<&'t str> {
        self.value(name, |space| matches!(space, Space::Word | Space::None))
    }

    /// The identifier of a relationship that its attribute `r:…` gives.
    pub fn relation(self, name: &str) -> Option<&'t str> {
        self.value(name, |space| space == Space::Relation)
    }

    fn value(self, wanted: &str, of: impl Fn(Space) -> bool) -> Option<&'t str> {
        let Some(What::Element { attributes, .. }) = self.what() else { return None };
        let all = self.tree.attributes.get(attributes.start as usize..attributes.end as usize)?;
        all.iter().find(|a| a.name == wanted && of(a.space)).map(|a| a.value.as_ref())
    }

    /// The attribute `w:val` of its child.
    pub fn val(self, child: &str) -> Option<&'t str> {
        self.child(child)?.attribute("val")
    }

    /// Whether its child, which is a switch, is there and on. A switch without a value is on.
    pub fn switch(self, child: &str) -> Option<bool> {
        Some(!matches!(self.child(child)?.attribute("val"), Some("0" | "false" | "off")))
    }
}
