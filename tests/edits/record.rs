//! A small record that has everything: every kind of file, field, link and state of a meeting.
//!
//! Takes nothing; gives its files by path, those with front matter as fields and a body, so that a test can change one field
//! and leave the rest. `record.txt` is the record itself: a line `=== PATH` before each file.

use std::collections::BTreeMap;
use std::fmt::Write;

/// A file of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// Markdown or sagnet.toml: fields, and a body.
    Doc(Doc),
    /// Any other.
    Bytes(Vec<u8>),
}

/// A file with fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    /// Names and values as TOML writes them.
    pub fields: Vec<(String, String)>,
    /// What follows the front matter; sagnet.toml has none.
    pub body: String,
}

/// Every file of a record by its path below the root.
pub type Files = BTreeMap<String, File>;

/// The record.
pub fn everything() -> Files {
    let file = |text: &str| {
        let (path, text) = text.split_once('\n').unwrap();
        (path.to_owned(), File::read(path, text))
    };
    include_str!("record.txt").split("=== ").skip(1).map(file).collect()
}

impl File {
    fn read(path: &str, text: &str) -> Self {
        let fields = |text: &str| {
            let field = |line: &str| line.split_once(" = ").map(|(name, value)| (name.to_owned(), value.to_owned()));
            text.lines().filter_map(field).collect()
        };
        if path == "sagnet.toml" {
            return Self::Doc(Doc { fields: fields(text), body: String::new() });
        }
        match text.strip_prefix("+++\n").and_then(|text| text.split_once("+++\n")) {
            Some((front, body)) => Self::Doc(Doc { fields: fields(front), body: body.to_owned() }),
            None => Self::Bytes(text.as_bytes().to_vec()),
        }
    }

    /// What is on the disk.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::Doc(doc) => {
                let mut fields = String::new();
                doc.fields.iter().for_each(|(name, value)| writeln!(fields, "{name} = {value}").unwrap());
                let text = if path == "sagnet.toml" { fields } else { format!("+++\n{fields}+++\n{}", doc.body) };
                text.into_bytes()
            }
        }
    }

    /// Its fields and body, where it has any.
    pub fn doc(&mut self) -> Option<&mut Doc> {
        match self {
            Self::Doc(doc) => Some(doc),
            Self::Bytes(_) => None,
        }
    }
}

impl Doc {
    /// Sets a field, or takes it away where the value is empty.
    pub fn set(&mut self, name: &str, value: &str) {
        let at = self.fields.iter().position(|(other, _)| other == name);
        match at {
            Some(at) if value.is_empty() => _ = self.fields.remove(at),
            Some(at) => value.clone_into(&mut self.fields[at].1),
            None if value.is_empty() => {}
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
    }
}
