//! The listed exceptions: words of a document that the content leaves out or
//! keeps elsewhere, and words that the content adds.
//!
//! Takes `tests/fixtures/record/exceptions.toml`; takes the excepted words out
//! of what is compared. One that cannot be found where it says is an error, so
//! that the list never grows old.

use super::source::{Segment, Word};

/// Words of the source that are not in the content at their place.
#[derive(Debug, Clone)]
pub struct Exception {
    /// The line of the source on which the first word stands, from 1.
    pub line: usize,
    /// The words, one after another.
    pub words: Vec<String>,
    /// The item that has them instead, as the address of a link.
    pub moved_to: Option<String>,
}

/// Words of the content that the source does not have.
#[derive(Debug, Clone)]
pub struct Addition {
    /// The segment in which they stand, as `Place` writes it.
    pub place: String,
    /// The words, one after another.
    pub words: Vec<String>,
}

/// All that is listed for one document.
#[derive(Debug, Default)]
pub struct Exceptions {
    /// Words that are left out or moved.
    pub exceptions: Vec<Exception>,
    /// Words that are added.
    pub additions: Vec<Addition>,
}

/// How many words of the source were excepted.
#[derive(Debug, Default, Clone, Copy)]
pub struct Excepted {
    /// Words that the content does not have.
    pub left_out: usize,
    /// Words that it has at another place.
    pub moved: usize,
}

impl Exceptions {
    /// Reads the entries for `document` from the text of the list.
    pub fn read(text: &str, document: &str) -> Result<Self, String> {
        let list: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
        if let Some(key) = list.keys().find(|key| !["exception", "addition"].contains(&key.as_str())) {
            return Err(format!("unknown table `{key}`"));
        }
        let mut result = Self::default();
        for entry in entries(&list, "exception")? {
            let line = entry.get("line").and_then(toml::Value::as_integer);
            let line = line.and_then(|line| usize::try_from(line).ok());
            let exception = Exception {
                line: line.ok_or_else(|| format!("no line number in {entry}"))?,
                words: words(entry)?,
                moved_to: field(entry, "moved_to").ok().map(str::to_owned),
            };
            if check(entry, document, &["document", "line", "words", "moved_to", "reason"])? {
                result.exceptions.push(exception);
            }
        }
        for entry in entries(&list, "addition")? {
            let addition = Addition { place: field(entry, "place")?.to_owned(), words: words(entry)? };
            if check(entry, document, &["document", "place", "words", "reason"])? {
                result.additions.push(addition);
            }
        }
        Ok(result)
    }

    /// Takes the excepted words out of the source's `segments`.
    pub fn take_from_source(&self, segments: &mut [Segment]) -> Result<Excepted, String> {
        let mut excepted = Excepted::default();
        for exception in &self.exceptions {
            let begins = |words: &[Word]| {
                words[0].line == exception.line && words.iter().map(|word| &word.text).eq(&exception.words)
            };
            let count = exception.words.len();
            let found = segments.iter_mut().find_map(|segment| {
                let start = segment.words.windows(count).position(begins)?;
                segment.words.drain(start..start + count);
                Some(())
            });
            found.ok_or_else(|| {
                let words = exception.words.join(" ");
                format!("unused exception: line {} has no »{words}«", exception.line)
            })?;
            match exception.moved_to {
                Some(_) => excepted.moved += count,
                None => excepted.left_out += count,
            }
        }
        Ok(excepted)
    }

    /// Takes the added words out of the content's `places`.
    pub fn take_from_content(&self, places: &mut [(String, Vec<String>)]) -> Result<(), String> {
        for addition in &self.additions {
            let count = addition.words.len();
            let found = places.iter_mut().find_map(|(place, words)| {
                let here = *place == addition.place;
                let start = words.windows(count).position(|run| here && run == addition.words)?;
                words.drain(start..start + count);
                Some(())
            });
            found.ok_or_else(|| {
                let words = addition.words.join(" ");
                format!("unused addition: {} has no »{words}«", addition.place)
            })?;
        }
        Ok(())
    }
}

/// The entries of the array of tables `name`.
fn entries<'a>(list: &'a toml::Table, name: &str) -> Result<Vec<&'a toml::Table>, String> {
    let Some(value) = list.get(name) else { return Ok(Vec::new()) };
    let array = value.as_array().ok_or_else(|| format!("`{name}` is no list"))?;
    let tables = array.iter().map(|entry| entry.as_table());
    tables.collect::<Option<_>>().ok_or_else(|| format!("an entry of `{name}` is no table"))
}

/// Refuses an entry without a reason or with unknown fields; says whether it is
/// for `document`.
fn check(entry: &toml::Table, document: &str, known: &[&str]) -> Result<bool, String> {
    if let Some(key) = entry.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(format!("unknown field `{key}` in {entry}"));
    }
    if field(entry, "reason")?.trim().is_empty() {
        return Err(format!("no reason given in {entry}"));
    }
    let name = field(entry, "document")?;
    if !["agenda", "minutes"].contains(&name) {
        return Err(format!("unknown document in {entry}"));
    }
    Ok(name == document)
}

/// The text of the field `name`.
fn field<'a>(entry: &'a toml::Table, name: &str) -> Result<&'a str, String> {
    let value = entry.get(name).and_then(toml::Value::as_str);
    value.ok_or_else(|| format!("no text `{name}` in {entry}"))
}

/// The words of the field `words`, of which there is at least one.
fn words(entry: &toml::Table) -> Result<Vec<String>, String> {
    let words: Vec<String> = field(entry, "words")?.split_whitespace().map(str::to_owned).collect();
    (!words.is_empty()).then_some(words).ok_or_else(|| format!("no words in {entry}"))
}
