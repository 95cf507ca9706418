//! Changes a field of a TOML front matter and no other byte of it.
//!
//! Takes the front matter without its fences, its fields with their places, and a value; gives the new front matter. A
//! value is replaced where it stands and a new line goes behind the field that comes before it; headed blocks are
//! replaced as a whole by `toml_edit`, which keeps all else.

use super::front::ORDER;
use super::known::find;
use super::value::Value;
use crate::parse::front_matter::Entry;
use std::str::FromStr;
use toml_edit::{DocumentMut, Item};

/// The front matter with `key` set to `value`; `None` where that cannot be done without harm. The places of `entries` are
/// bytes of `text`.
pub fn set(text: &str, entries: &[Entry], key: &'static str, value: &Value) -> Option<String> {
    let mut document = DocumentMut::from_str(text).ok()?;
    match document.get(key) {
        Some(Item::ArrayOfTables(tables)) => {
            let position = tables.iter().find_map(toml_edit::Table::position);
            let mut new = DocumentMut::from_str(&value.toml(key)).ok()?;
            let mut tables = new.remove(key)?;
            let Item::ArrayOfTables(tables_of) = &mut tables else { return None };
            for (at, table) in tables_of.iter_mut().enumerate() {
                table.set_position(position);
                if at == 0 && !text.trim_start().starts_with("[[") {
                    table.decor_mut().set_prefix("\n");
                }
            }
            *document.get_mut(key)? = tables;
            Some(document.to_string())
        }
        Some(_) => {
            let span = find(entries, key)?.span.clone();
            let mut new = text.to_owned();
            new.replace_range(span, &value.toml_value(key));
            Some(new)
        }
        None if value.is_headed() => {
            let mut new = text.to_owned();
            if !new.is_empty() && !new.ends_with('\n') {
                new.push('\n');
            }
            if !new.is_empty() {
                new.push('\n');
            }
            new.push_str(&value.toml(key));
            Some(new)
        }
        None => {
            let place = ORDER.iter().position(|known| *known == key)?;
            // Headed blocks stand last, so a field can only follow what is none.
            let before = ORDER[..place].iter().rev().find_map(|known| {
                let is_value = !document.get(known)?.is_array_of_tables() && !document.get(known)?.is_table();
                find(entries, known).filter(|_| is_value)
            });
            let at = before
                .map_or(0, |node| text[node.span.end..].find('\n').map_or(text.len(), |line| node.span.end + line + 1));
            Some(with_line(text, at, &value.toml(key)))
        }
    }
}

/// The text with a line of its own put in at the beginning of a line.
pub fn with_line(text: &str, at: usize, line: &str) -> String {
    let (before, after) = text.split_at(at);
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    format!("{before}{end}{line}{after}")
}
