//! Front matter: TOML between `+++` lines or YAML between `---` lines, into one tree with the place of every value.
//!
//! Takes a file's text; gives the tree of its fields and where its body begins. [`Fields`] reads typed values from it.

mod fields;
mod toml;
mod tree;
mod yaml;

pub use fields::{Fields, Spanned, nearest};
pub use tree::{Entry, Node, Value};

use crate::diagnostic::{Diagnostic, faults};
use std::ops::Range;
use std::sync::Arc;

/// A file, cut into its fields and its body.
pub struct Cut {
    /// The fields; empty where they cannot be read.
    pub entries: Vec<Entry>,
    /// The bytes between the fences.
    pub span: Range<usize>,
    /// Where the body begins, always at the beginning of a line.
    pub body: usize,
}

/// Cuts a file. What is wrong with the front matter goes to `diagnostics`, and then `None` is returned.
pub fn cut(path: &Arc<str>, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Cut> {
    let first = text.lines().next().unwrap_or("");
    let fence = match first.trim_end() {
        "+++" => "+++",
        "---" => "---",
        _ => {
            diagnostics.push(faults::NO_FRONT_MATTER.at(path, &(0..first.len())));
            return None;
        }
    };
    let start = (first.len() + 1).min(text.len());
    let Some((end, body)) = closing(text, start, fence) else {
        diagnostics.push(faults::UNCLOSED_FRONT_MATTER.at(path, &(0..first.len())).with("fence", fence));
        return None;
    };
    let span = start..end;
    let inner = &text[span.clone()];
    let before = diagnostics.len();
    let entries = match fence {
        "+++" => toml::read(path, inner, start, diagnostics),
        _ => yaml::read(path, inner, start, diagnostics),
    };
    (diagnostics.len() == before).then_some(Cut { entries, span, body })
}

/// A whole TOML file as a tree: sagnet.toml.
pub fn whole_toml(path: &Arc<str>, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    toml::read(path, text, 0, diagnostics)
}

/// Where the closing fence's line begins, and where the line after it does.
fn closing(text: &str, from: usize, fence: &str) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}
