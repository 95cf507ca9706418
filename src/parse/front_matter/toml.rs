//! Reads TOML into the tree; every fault that the parser reports, not the first.

use super::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, faults};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads `text`, which begins at byte `offset` of the file.
pub fn read(path: &Arc<str>, text: &str, offset: usize, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let inner = error.span().unwrap_or(0..0);
        let span = shift(inner.clone(), offset);
        diagnostics.push(match text.get(inner).filter(|_| error.message() == "duplicate key") {
            Some(key) => faults::REPEATED_FIELD.at(path, &span).with("field", key),
            None => faults::INVALID_FRONT_MATTER.at(path, &span).with("reason", error.message()),
        });
    }
    let mut entries = entries(table.into_inner(), offset);
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn entries(table: DeTable<'_>, offset: usize) -> Vec<Entry> {
    table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: shift(key.span(), offset),
            key: key.into_inner().into_owned(),
            node: node(value, offset),
        })
        .collect()
}

fn node(value: Spanned<DeValue<'_>>, offset: usize) -> Node {
    let span = shift(value.span(), offset);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(list.into_iter().map(|value| node(value, offset)).collect()),
        DeValue::Table(table) => Value::Table(entries(table, offset)),
    };
    Node { value, span }
}

fn shift(span: Range<usize>, offset: usize) -> Range<usize> {
    span.start + offset..span.end + offset
}
