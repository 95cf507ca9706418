//! Changes a field of a YAML front matter and no other byte of it.
//!
//! Takes the front matter without its fences, its fields with their places, and a value; gives the new front matter. A
//! field is the lines from its name to the next one's, but for comments and blank lines before that; its new value is
//! written on one line.

use super::edit_toml::with_line;
use super::front::ORDER;
use super::value::Value;
use crate::parse::front_matter::Entry;
use std::ops::Range;

/// The front matter with `key` set to `value`; `None` where its fields do not stand on lines of their own. The places of
/// `entries` are bytes of `text`.
pub fn set(text: &str, entries: &[Entry], key: &'static str, value: &Value) -> Option<String> {
    let line = format!("{key}: {}\n", value.yaml());
    if let Some(at) = entries.iter().position(|entry| entry.key == key) {
        let mut new = text.to_owned();
        new.replace_range(lines(text, entries, at)?, &line);
        return Some(new);
    }
    let place = ORDER.iter().position(|known| *known == key)?;
    let before = ORDER[..place].iter().rev().find_map(|known| entries.iter().position(|entry| entry.key == *known));
    let at = match before {
        Some(before) => lines(text, entries, before)?.end,
        None => entries.first().map_or(Some(0), |_| lines(text, entries, 0).map(|lines| lines.start))?,
    };
    Some(with_line(text, at, &line))
}

/// The lines of a field.
pub fn lines(text: &str, entries: &[Entry], at: usize) -> Option<Range<usize>> {
    let start_of = |entry: &Entry| {
        let start = text[..entry.key_span.start].rfind('\n').map_or(0, |end| end + 1);
        text[start..entry.key_span.start].chars().all(|c| matches!(c, '"' | '\'')).then_some(start)
    };
    let start = start_of(entries.get(at)?)?;
    let mut end = match entries.get(at + 1) {
        Some(next) => start_of(next)?,
        None => text.len(),
    };
    while end > start {
        let line = text[..end].strip_suffix('\n').unwrap_or(&text[..end]);
        let last = line.rfind('\n').map_or(0, |before| before + 1);
        if last <= start || !(line[last..].trim().is_empty() || line[last..].starts_with('#')) {
            break;
        }
        end = last;
    }
    Some(start..end)
}
