//! Reads typed values from the tree of fields, and reports every one that is wrong, missing or unknown.
//!
//! Takes the entries of one table; gives values with their places. [`Fields::finish`] refuses what nobody asked for and
//! names the nearest known field, so a kind's fields are written down once: where they are read.

use super::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, faults};
use crate::model::date::parse_day;
use crate::read::printable;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

/// A value and the bytes of the file that it is written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Bytes in the file.
    pub span: Range<usize>,
}

/// Where a value is written makes no other page of it.
impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T> Spanned<T> {
    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// The fields of one table, to be read one by one.
pub struct Fields<'a> {
    path: &'a Arc<str>,
    entries: &'a [Entry],
    /// The place of the whole table: where a missing field is reported.
    span: Range<usize>,
    known: Vec<&'static str>,
    /// The field that holds the table; `None` for the file itself.
    group: Option<&'static str>,
}

/// The similarity from which another name is taken for a slip of the pen.
const NEAR: f64 = 0.75;

/// The same in a group, where a field of the file itself is the likelier slip.
const NEAR_IN_GROUP: f64 = 0.85;

impl<'a> Fields<'a> {
    /// The fields of a table; `span` is where a missing one is reported.
    pub fn new(path: &'a Arc<str>, entries: &'a [Entry], span: Range<usize>) -> Self {
        Self { path, entries, span, known: Vec::new(), group: None }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        let node = &self.entries.iter().find(|entry| entry.key == key)?.node;
        (node.value != Value::Null).then_some(node)
    }

    fn wrong(&self, key: &str, node: &Node, expected: &str) -> Diagnostic {
        match &node.value {
            Value::Number(value) if expected == "text" || expected == "list" => {
                faults::UNQUOTED_NUMBER.at(self.path, &node.span).with("field", key).with("value", value.clone())
            }
            _ => faults::WRONG_TYPE.at(self.path, &node.span).with("field", key).with("expected", expected),
        }
    }

    /// A text, without blanks at its ends; `None` where it is empty.
    pub fn text(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        match &node.value {
            Value::Text(text) if text.trim().is_empty() => None,
            Value::Text(text) => Some(Spanned { value: printable(text.trim()), span: node.span.clone() }),
            _ => {
                out.push(self.wrong(key, node, "text"));
                None
            }
        }
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let before = out.len();
        let text = self.text(key, out);
        if text.is_none() && out.len() == before {
            out.push(match self.entries.iter().find(|entry| entry.key == key) {
                Some(entry) => faults::EMPTY_FIELD.at(self.path, &entry.node.span).with("field", key),
                None => faults::MISSING_FIELD.at(self.path, &self.span).with("field", key),
            });
        }
        text
    }

    /// Reports a field that is not there at all.
    pub fn require(&self, key: &'static str, out: &mut Vec<Diagnostic>) {
        if !self.entries.iter().any(|entry| entry.key == key) {
            out.push(faults::MISSING_FIELD.at(self.path, &self.span).with("field", key));
        }
    }

    /// A list of texts, which may be written as one text; empty texts are dropped.
    pub fn texts(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Vec<Spanned<String>> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for entry in nodes {
            match &entry.value {
                Value::Text(text) if text.trim().is_empty() => {}
                Value::Text(text) => texts.push(Spanned { value: printable(text.trim()), span: entry.span.clone() }),
                _ => out.push(self.wrong(key, entry, if nodes.len() == 1 { "list" } else { "text" })),
            }
        }
        texts
    }

    /// `true` or `false`; false where it is not there.
    pub fn flag(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> bool {
        self.optional_flag(key, out).unwrap_or(false)
    }

    /// `true` or `false`, where it is there.
    pub fn optional_flag(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<bool> {
        let node = self.take(key)?;
        match node.value {
            Value::Flag(flag) => Some(flag),
            _ => {
                out.push(self.wrong(key, node, "boolean"));
                None
            }
        }
    }

    /// A whole number in a range.
    pub fn count(
        &mut self,
        key: &'static str,
        range: RangeInclusive<usize>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let node = self.take(key)?;
        match &node.value {
            Value::Number(text) => match text.parse() {
                Ok(number) if range.contains(&number) => Some(number),
                _ => {
                    out.push(
                        faults::WRONG_TYPE.at(self.path, &node.span).with("field", key).with("expected", "integer"),
                    );
                    None
                }
            },
            _ => {
                out.push(self.wrong(key, node, "integer"));
                None
            }
        }
    }

    /// A date as text: quoted, or as the format's own date.
    pub fn date_text(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        match &node.value {
            Value::Text(text) | Value::Date(text) => {
                Some(Spanned { value: text.trim().to_owned(), span: node.span.clone() })
            }
            Value::Number(number) => Some(Spanned { value: number.clone(), span: node.span.clone() }),
            _ => {
                out.push(self.wrong(key, node, "date"));
                None
            }
        }
    }

    /// An exact date.
    pub fn day(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<Date> {
        let text = self.date_text(key, out)?;
        let day = parse_day(&text.value);
        if day.is_none() {
            out.push(faults::BAD_DAY.at(self.path, &text.span).with("field", key).with("value", text.value));
        }
        day
    }

    /// A time of day, `10:00`.
    pub fn time(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<Spanned<Time>> {
        let text = self.date_text(key, out)?;
        let dotted = text.value.replace('.', ":");
        let padded = if dotted.find(':') == Some(1) { format!("0{dotted}") } else { dotted };
        if let Ok(time) = padded.parse::<Time>() {
            return Some(Spanned { value: time, span: text.span });
        }
        out.push(faults::BAD_TIME.at(self.path, &text.span).with("field", key).with("value", text.value));
        None
    }

    /// One of these words. One that is left empty is told: nobody is to guess that `access = ""` means open.
    pub fn one_of<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)], out: &mut Vec<Diagnostic>) -> Option<T> {
        let before = out.len();
        let text = match (self.text(key, out), self.entries.iter().find(|entry| entry.key == key)) {
            (Some(text), _) => text,
            (None, Some(entry)) if out.len() == before => {
                Spanned { value: String::new(), span: entry.node.span.clone() }
            }
            _ => return None,
        };
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
            let fault = faults::NOT_ONE_OF.at(self.path, &text.span);
            out.push(fault.with("field", key).with("value", text.value).with("known", known));
        }
        found
    }

    /// One of these words, which must be there.
    pub fn required_one_of<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        out: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let found = self.one_of(key, words, out);
        self.require(key, out);
        found
    }

    /// A list of tables, each read by `read`; one table may stand for a list of one.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        out: &mut Vec<Diagnostic>,
        mut read: impl FnMut(&mut Fields<'a>, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut tables = Vec::new();
        for entry in nodes {
            let Value::Table(entries) = &entry.value else {
                out.push(self.wrong(key, entry, "tables"));
                continue;
            };
            let mut fields = Fields { group: Some(key), ..Fields::new(self.path, entries, entry.span.clone()) };
            tables.extend(read(&mut fields, out));
            fields.finish(out);
        }
        tables
    }

    /// One table, read by `read`.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        out: &mut Vec<Diagnostic>,
        read: impl FnOnce(&mut Fields<'a>, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        let Value::Table(entries) = &node.value else {
            out.push(self.wrong(key, node, "table"));
            return None;
        };
        let mut fields = Fields::new(self.path, entries, node.span.clone());
        let value = read(&mut fields, out);
        fields.finish(out);
        value
    }

    /// All entries of a table of texts whose keys are the user's own (`[roles]`): names and values with their places.
    pub fn pairs(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Spanned<String>)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Value::Table(entries) = &node.value else {
            out.push(self.wrong(key, node, "table"));
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for entry in entries {
            let name = Spanned { value: entry.key.clone(), span: entry.key_span.clone() };
            match &entry.node.value {
                Value::Text(text) => {
                    pairs.push((name, Spanned { value: text.trim().to_owned(), span: entry.node.span.clone() }));
                }
                _ => out.push(self.wrong(&entry.key, &entry.node, "text")),
            }
        }
        pairs
    }

    /// Refuses every field that was not asked for.
    pub fn finish(self, out: &mut Vec<Diagnostic>) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.as_str())) {
            let least = if self.group.is_some() { NEAR_IN_GROUP } else { NEAR };
            let known = || self.known.join(", ");
            let diagnostic = match (nearest_from(least, &entry.key, self.known.iter().copied()), self.group) {
                (Some(near), _) => faults::MISSPELT_FIELD.at(self.path, &entry.key_span).with("nearest", near),
                (None, None) => faults::UNKNOWN_FIELD.at(self.path, &entry.key_span).with("known", known()),
                (None, Some(group)) => {
                    let fault = faults::UNKNOWN_IN_GROUP.at(self.path, &entry.key_span);
                    fault.with("group", group).with("known", known())
                }
            };
            out.push(diagnostic.with("field", &entry.key));
        }
    }
}

/// The candidate that `word` most likely stands for, if any is near.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest_from(NEAR, word, candidates)
}

fn nearest_from<'a>(least: f64, word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase().replace('-', "_");
    candidates
        .map(|candidate| (strsim::jaro_winkler(&folded, &candidate.to_lowercase().replace('-', "_")), candidate))
        .filter(|(score, _)| *score >= least)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}
