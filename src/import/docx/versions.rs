//! Content that stands in several versions, for newer and older programs: picks the one that is read.

use super::xml::{Element, Space};

/// Whether the element holds several versions.
pub fn is_choice(element: Element<'_>) -> bool {
    element.name() == (Space::Compatibility, "AlternateContent")
}

/// The version to read: the newest that has something to say, and no other.
pub fn chosen(element: Element<'_>) -> Option<Element<'_>> {
    let of = |name| element.children().filter(move |child| child.name() == (Space::Compatibility, name));
    let all: Vec<Element<'_>> = of("Choice").chain(of("Fallback")).collect();
    all.iter().find(|version| says_something(**version)).or(all.first()).copied()
}

fn says_something(version: Element<'_>) -> bool {
    version.descendants().any(|element| match element.name() {
        (Space::Word | Space::Math, "t" | "delText") => !element.text().trim().is_empty(),
        (Space::Word, "sym" | "tab" | "br" | "footnoteReference" | "endnoteReference") => true,
        _ => is_picture(element),
    })
}

/// The element is one that a reader of the page sees and that is no text.
pub fn is_picture(element: Element<'_>) -> bool {
    matches!(element.name().1, "pic" | "imagedata" | "OLEObject" | "chart" | "relIds" | "contentPart")
}
