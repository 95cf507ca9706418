//! The form in which a bad input is written down, and how it is laid out on the disk.
//!
//! A case is one text. It begins with a sentence that says what it shows; then come the files, each below a line that
//! names it:
//!
//! ```text
//! A date that is not in the calendar.
//!
//! === content/meetings/2025-11-27/_index.md
//! +++
//! title = "Møde"
//! date = "2025-11-31"
//! +++
//! ```
//!
//! | line | what it does |
//! | --- | --- |
//! | `=== PATH` | a file with the lines below it; blank lines at its end are left out |
//! | `=== PATH (crlf)` | its lines end as in Windows |
//! | `=== PATH (bom)` | a byte order mark stands before its text |
//! | `=== PATH (bytes)` | `\xNN` in its text is that byte |
//! | `=== PATH -> TARGET` | a symbolic link |
//! | `=== without PATH` | a file of the good site is left out |
//!
//! `\xNN` in a path is that byte. The files are put over those of the good site, `good-site.md`, which is such a text
//! too; so a case has only what is bad, and what that needs.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// What a case puts at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file with these bytes.
    File(Vec<u8>),
    /// A symbolic link.
    Link(String),
    /// Nothing: a file of the good site is left out.
    Nothing,
}

/// A bad input.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its file's name without the ending.
    pub name: String,
    /// What it puts where, by path relative to the root.
    pub entries: BTreeMap<PathBuf, Entry>,
}

impl Case {
    /// Reads a case. Panics where it is not written as this module says.
    pub fn read(name: &str, text: &str) -> Self {
        let mut parts = text.split("\n=== ");
        let about = parts.next().unwrap_or("").trim();
        assert!(about.ends_with('.') || about.ends_with('!'), "{name} does not begin with what it shows");
        let entries: BTreeMap<_, _> = parts.map(|part| entry(name, part)).collect();
        Self { name: name.to_owned(), entries }
    }

    /// Every case in a folder, by name.
    pub fn all(folder: &Path) -> Vec<Self> {
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut cases: Vec<_> = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .map(|path| Self::read(path.file_stem().unwrap().to_str().unwrap(), &fs::read_to_string(&path).unwrap()))
            .collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        cases
    }

    /// Puts the case's files below `root`, over what is there.
    pub fn lay_out(&self, root: &Path) {
        for (path, entry) in &self.entries {
            let path = root.join(path);
            if path.symlink_metadata().is_ok() {
                fs::remove_file(&path).unwrap();
            }
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match entry {
                Entry::File(bytes) => fs::write(path, bytes).unwrap(),
                Entry::Link(target) => std::os::unix::fs::symlink(target, path).unwrap(),
                Entry::Nothing => {}
            }
        }
    }
}

fn entry(name: &str, part: &str) -> (PathBuf, Entry) {
    let (head, text) = part.split_once('\n').unwrap_or((part, ""));
    if let Some(path) = head.strip_prefix("without ") {
        return (path.into(), Entry::Nothing);
    }
    if let Some((path, target)) = head.split_once(" -> ") {
        return (written_path(path), Entry::Link(target.to_owned()));
    }
    let (path, form) = match head.strip_suffix(')').and_then(|head| head.rsplit_once(" (")) {
        Some((path, form)) => (path, form),
        None => (head, ""),
    };
    let mut text = text.trim_end_matches('\n').to_owned();
    if !text.is_empty() {
        text.push('\n');
    }
    let bytes = match form {
        "" => text.into_bytes(),
        "crlf" => text.replace('\n', "\r\n").into_bytes(),
        "bom" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "bytes" => unescaped(&text),
        _ => panic!("{name}: there is no form ({form})"),
    };
    (written_path(path), Entry::File(bytes))
}

fn written_path(text: &str) -> PathBuf {
    OsString::from_vec(unescaped(text)).into()
}

/// The bytes of `text`, with `\xNN` as the byte that it names.
fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}
