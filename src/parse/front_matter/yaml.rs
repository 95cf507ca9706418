//! Reads YAML 1.2 (core schema) into the tree. One document, no aliases: what a secretariat writes needs none.

use super::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, faults};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::ops::Range;
use std::sync::Arc;

/// Fields within fields, deeper than any kind has them.
const DEEPEST: usize = 32;

/// A list or table whose end has not come yet.
enum Open {
    List(Vec<Node>, usize),
    Table(Vec<Entry>, Option<(String, Range<usize>)>, usize),
}

/// Reads `text`, which begins at byte `offset` of the file.
pub fn read(path: &Arc<str>, text: &str, offset: usize, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let places = Places::new(text, offset);
    let mut reader = Reader { path, diagnostics, open: Vec::new(), root: None };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = places.byte(error.marker().index());
                reader.invalid(at..at, error.info());
                return Vec::new();
            }
        };
        if !reader.event(event, places.range(span)) {
            return Vec::new();
        }
    }
    match reader.root.take() {
        Some(Node { value: Value::Table(entries), .. }) => entries,
        Some(Node { value: Value::Null, .. }) | None => Vec::new(),
        Some(Node { span, .. }) => {
            reader.invalid(span, "not a list of fields");
            Vec::new()
        }
    }
}

struct Reader<'a> {
    path: &'a Arc<str>,
    diagnostics: &'a mut Vec<Diagnostic>,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Reader<'_> {
    fn invalid(&mut self, span: Range<usize>, reason: &str) {
        self.diagnostics.push(faults::INVALID_FRONT_MATTER.at(self.path, &span).with("reason", reason));
    }

    /// Takes one event; false where reading cannot go on.
    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> bool {
        match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                let value = if plain { plain_scalar(&text) } else { Value::Text(text.into_owned()) };
                return self.put(Node { value, span });
            }
            Event::SequenceStart(..) => self.open.push(Open::List(Vec::new(), span.start)),
            Event::MappingStart(..) => self.open.push(Open::Table(Vec::new(), None, span.start)),
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop() {
                    Some(Open::List(nodes, start)) => {
                        Node { value: Value::List(nodes), span: start..span.end.max(start) }
                    }
                    Some(Open::Table(entries, _, start)) => {
                        Node { value: Value::Table(entries), span: start..span.end.max(start) }
                    }
                    None => return false,
                };
                return self.put(node);
            }
            Event::Alias(_) => {
                self.invalid(span, "aliases (*name) are not used here");
                return false;
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                self.invalid(span, "more than one document");
                return false;
            }
            _ => {}
        }
        if self.open.len() > DEEPEST {
            self.invalid(span, "nested too deeply");
            return false;
        }
        true
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, node: Node) -> bool {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(nodes, _)) => nodes.push(node),
            Some(Open::Table(entries, pending, _)) => match pending.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, node }),
                None => {
                    let key = match node.value {
                        Value::Text(text) | Value::Number(text) => text,
                        Value::Flag(flag) => flag.to_string(),
                        _ => {
                            self.invalid(node.span, "a field's name must be a text");
                            return false;
                        }
                    };
                    if entries.iter().any(|entry| entry.key == key) {
                        let fault = faults::REPEATED_FIELD.at(self.path, &node.span).with("field", key.clone());
                        self.diagnostics.push(fault);
                    }
                    *pending = Some((key, node.span));
                }
            },
        }
        true
    }
}

/// A scalar without quotes: null, a flag, a number, or text.
fn plain_scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Flag(true),
        "false" | "False" | "FALSE" => Value::Flag(false),
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) && text.parse::<f64>().is_ok() => {
            Value::Number(text.to_owned())
        }
        _ => Value::Text(text.to_owned()),
    }
}

/// Bytes of the file for the parser's character positions.
struct Places {
    bytes: Vec<usize>,
    offset: usize,
    length: usize,
}

impl Places {
    fn new(text: &str, offset: usize) -> Self {
        let bytes = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { bytes, offset, length: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        let at =
            if self.bytes.is_empty() { character } else { self.bytes.get(character).copied().unwrap_or(self.length) };
        self.offset + at.min(self.length)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}
