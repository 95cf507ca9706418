//! The words of addresses, which sagnet.toml can rename (`[addresses]`).
//!
//! Takes the fields; gives the words, each its own slug, and those at the site's root all different.

use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::is_slug;
use crate::parse::front_matter::Fields;
use std::ops::Range;
use std::sync::Arc;

/// The words of addresses, by default the Danish ones.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each is the word for what its name says
pub struct Segments {
    pub meetings: String,
    pub item: String,
    pub cases: String,
    pub topics: String,
    pub bodies: String,
    pub timeline: String,
    pub search: String,
    pub page: String,
    pub other: String,
}

impl Segments {
    /// Reads `[addresses]`.
    pub fn read(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Self {
        fields
            .table("addresses", out, |fields, out| {
                // Each word at the root, and its place where it is written.
                let mut root: Vec<(String, Option<Range<usize>>)> = Vec::new();
                let mut word = |key: &'static str, default: &str, at_root: bool, out: &mut Vec<Diagnostic>| {
                    let Some(text) = fields.text(key, out) else {
                        root.extend(at_root.then(|| (default.to_owned(), None)));
                        return default.to_owned();
                    };
                    let good = is_slug(&text.value);
                    if !good {
                        out.push(faults::NO_SLUG.at(path, &text.span).with("value", text.value.clone()));
                    }
                    root.extend(at_root.then(|| (text.value.clone(), Some(text.span))));
                    if good { text.value } else { default.to_owned() }
                };
                let segments = Self {
                    meetings: word("meetings", "moeder", true, out),
                    cases: word("cases", "sager", true, out),
                    topics: word("topics", "emner", true, out),
                    bodies: word("bodies", "udvalg", true, out),
                    timeline: word("timeline", "tidslinje", true, out),
                    search: word("search", "soeg", true, out),
                    item: word("item", "punkt", false, out),
                    page: word("page", "side", false, out),
                    other: word("other", "andre", false, out),
                };
                for (i, (word, span)) in root.iter().enumerate() {
                    let same = |(j, (other, place)): (usize, &(String, Option<Range<usize>>))| {
                        i != j && word == other && (j < i || place.is_none())
                    };
                    if let Some(span) = span.as_ref().filter(|_| root.iter().enumerate().any(same)) {
                        out.push(faults::REPEATED_SEGMENT.at(path, span).with("value", word));
                    }
                }
                Some(segments)
            })
            .unwrap_or_default()
    }
}

impl Default for Segments {
    fn default() -> Self {
        let [meetings, item, cases, topics, bodies, timeline, search, page, other] =
            ["moeder", "punkt", "sager", "emner", "udvalg", "tidslinje", "soeg", "side", "andre"].map(str::to_owned);
        Self { meetings, item, cases, topics, bodies, timeline, search, page, other }
    }
}
