//! What the disk has of a meeting: its folder's files, each cut into fields and text.
//!
//! Takes the root and the meeting's folder; gives files as they are, or why one cannot be read. No symbolic link is
//! followed out of the root, and none to a file at all, as the generator follows none.

use super::Trouble;
use super::known::{find, text};
use crate::diagnostic::Diagnostic;
use crate::parse::front_matter::{self, Entry};
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// A file of a meeting.
#[derive(Debug)]
pub struct File {
    /// Its path, relative to the root.
    pub path: String,
    /// All of it, as it is.
    pub text: String,
    /// Its fields; places are bytes of `text`.
    pub entries: Vec<Entry>,
    /// The bytes between the fences.
    pub span: Range<usize>,
    /// Where its text begins.
    pub body: usize,
}

impl File {
    /// A field that is a text.
    pub fn field(&self, key: &str) -> Option<&str> {
        find(&self.entries, key).and_then(text).map(str::trim).filter(|text| !text.is_empty())
    }
}

/// What a meeting's folder has.
#[derive(Debug, Default)]
pub struct Folder {
    /// The meeting's own file.
    pub index: Option<File>,
    /// Items, in the order of their names.
    pub items: Vec<File>,
    /// Every name in it.
    pub names: Vec<String>,
}

/// Reads the folder of a meeting; one that is not there is empty.
pub fn read(root: &Path, id: &str) -> Result<Folder, Trouble> {
    let path = format!("content/meetings/{id}");
    let io = |error: std::io::Error, path: &str| Trouble::Io { path: path.to_owned(), reason: error.to_string() };
    let mut folder = Folder::default();
    let full = root.join(&path);
    let entries = match fs::read_dir(&full) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(folder),
        Err(error) => return Err(io(error, &path)),
    };
    let inside = root.canonicalize().and_then(|root| Ok(full.canonicalize()?.starts_with(root)));
    if !inside.map_err(|error| io(error, &path))? {
        return Err(Trouble::Outside { path });
    }
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| io(error, &path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && name.ends_with(".md") && entry.file_name().to_str().is_some() {
            files.push(name.clone());
        }
        folder.names.push(name);
    }
    files.sort();
    for name in files {
        let path = format!("{path}/{name}");
        let bytes = fs::read(root.join(&path)).map_err(|error| io(error, &path))?;
        let Ok(text) = String::from_utf8(bytes) else { return Err(Trouble::NotUtf8 { path }) };
        let file = file(path, text)?;
        if name == "_index.md" { folder.index = Some(file) } else { folder.items.push(file) }
    }
    Ok(folder)
}

/// Cuts a file into its fields and its text.
pub fn file(path: String, text: String) -> Result<File, Trouble> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut faults: Vec<Diagnostic> = Vec::new();
    let Some(cut) = front_matter::cut(&Arc::from(path.as_str()), &text[mark..], &mut faults) else {
        return Err(Trouble::Unreadable { path, faults });
    };
    let moved = |span: Range<usize>| span.start + mark..span.end + mark;
    let mut entries = cut.entries;
    entries.iter_mut().for_each(|entry| shift(entry, mark));
    Ok(File { path, entries, span: moved(cut.span), body: cut.body + mark, text })
}

/// Moves the places of a field; only those that edits look at.
pub fn shift(entry: &mut Entry, by: usize) {
    entry.key_span = entry.key_span.start + by..entry.key_span.end + by;
    entry.node.span = entry.node.span.start + by..entry.node.span.end + by;
}
