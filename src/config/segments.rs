//! The words of addresses, which sagnet.toml can rename (`[addresses]`).

use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::is_slug;
use crate::parse::front_matter::Fields;
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
    /// Reads `[addresses]`; each word must be its own slug, and those at the root must differ.
    pub fn read(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Self {
        let mut root: Vec<String> = Vec::new();
        fields
            .table("addresses", out, |fields, out| {
                let mut word = |key: &'static str, default: &str, at_root: bool, out: &mut Vec<Diagnostic>| {
                    let Some(text) = fields.text(key, out) else {
                        root.extend(at_root.then(|| default.to_owned()));
                        return default.to_owned();
                    };
                    let good = is_slug(&text.value);
                    if !good {
                        out.push(faults::NO_SLUG.at(path, &text.span).with("value", text.value.clone()));
                    }
                    if at_root && root.contains(&text.value) {
                        out.push(faults::REPEATED_SEGMENT.at(path, &text.span).with("value", text.value.clone()));
                    }
                    root.extend(at_root.then(|| text.value.clone()));
                    if good { text.value } else { default.to_owned() }
                };
                Some(Self {
                    meetings: word("meetings", "moeder", true, out),
                    cases: word("cases", "sager", true, out),
                    topics: word("topics", "emner", true, out),
                    bodies: word("bodies", "udvalg", true, out),
                    timeline: word("timeline", "tidslinje", true, out),
                    search: word("search", "soeg", true, out),
                    item: word("item", "punkt", false, out),
                    page: word("page", "side", false, out),
                    other: word("other", "andre", false, out),
                })
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
