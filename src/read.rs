//! First stage: the disk into sources.
//!
//! Takes the root folder; gives sagnet.toml and the files of `themes/`; the list of every file of `content/`, sorted by path;
//! and the text of one file, when it is asked for. Symbolic links are refused, never followed.

use crate::config;
use crate::diagnostic::{Diagnostic, faults};
use crate::scan::any_byte;
use crate::stamp::{self, Stamp};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

/// What a site is made with, apart from its content.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where sagnet.toml is.
    pub config: Source,
    /// Its text.
    pub text: Arc<str>,
    /// The files of each folder in `themes/`, by theme and by path inside it.
    pub themes: BTreeMap<String, BTreeMap<String, Vec<u8>>>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the root, with `/` between folders, in Unicode's composed form.
    pub path: Arc<str>,
    /// Where it is on the disk.
    pub disk: PathBuf,
    /// What it looked like when it was listed.
    pub stamp: Stamp,
}

/// A file of the content that is published as it is, as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsRead {
    /// Where it is on the disk.
    pub disk: PathBuf,
    /// The hash of its bytes; 0 where they were not read.
    pub hash: u64,
    /// What it looked like when it was listed.
    pub stamp: Stamp,
}

impl AsRead {
    /// Whether a file with this hash, which looks like this, is what was read.
    pub fn is(&self, hash: u64, meta: &Metadata) -> bool {
        match self.hash {
            0 => self.stamp.known().is_none() || self.stamp == Stamp::of(meta),
            read => read == hash,
        }
    }
}

/// The text of a file.
pub struct Written {
    /// As later stages get it; `None` where it is no text, or too large to be searched.
    pub text: Option<Arc<str>>,
    /// The hash of its bytes; 0 where they were not read.
    pub hash: u64,
    /// It is not UTF-8, and should be.
    pub fault: Option<Diagnostic>,
}

/// Why the disk could not be read: not a fault of the content.
#[derive(Debug)]
pub enum ReadError {
    /// The root holds no sagnet.toml.
    NoConfig(PathBuf),
    /// The operating system refused.
    Io(PathBuf, io::Error),
    /// What was read could not be put away in this folder.
    Kept(PathBuf, io::Error),
}

/// Endings of files that are text, and so are searched for personal numbers before they are published.
const TEXT_ENDINGS: &[&str] = &[
    "md", "txt", "csv", "tsv", "json", "geojson", "xml", "kml", "gpx", "html", "htm", "xhtml", "svg", "ics", "vcf",
    "eml", "yaml", "yml", "toml", "ini", "rtf", "log", "sql", "srt", "vtt", "css", "js", "mjs",
];

/// Larger files of text are published without the search.
const LARGEST_TEXT: u64 = 256 * 1024 * 1024;

/// Reads sagnet.toml and the themes of a root folder.
pub fn settings(root: &Path, out: &mut Vec<Diagnostic>) -> Result<Settings, ReadError> {
    let config_file = root.join(config::FILE);
    if !config_file.is_file() {
        return Err(ReadError::NoConfig(root.to_owned()));
    }
    let config = Source { path: config::FILE.into(), disk: config_file, stamp: Stamp::UNKNOWN };
    let written = text(&config)?;
    out.extend(written.fault);
    let mut themes: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for source in list(root, "themes", SystemTime::UNIX_EPOCH, out)? {
        let Some((theme, path)) = source.path.strip_prefix("themes/").and_then(|path| path.split_once('/')) else {
            continue;
        };
        let bytes = std::fs::read(&source.disk).map_err(|error| ReadError::Io(source.disk.clone(), error))?;
        themes.entry(theme.to_owned()).or_default().insert(path.to_owned(), bytes);
    }
    Ok(Settings { config, text: written.text.unwrap_or_default(), themes })
}

/// Lists every file of the content. `now` is what the clock of its file system says: a file that changed about then, or
/// after, has no known stamp.
pub fn content(root: &Path, now: SystemTime, out: &mut Vec<Diagnostic>) -> Result<Vec<Source>, ReadError> {
    list(root, "content", now, out)
}

/// Every file below `root/folder`, sorted by path; none where the folder is not there.
fn list(root: &Path, folder: &str, now: SystemTime, out: &mut Vec<Diagnostic>) -> Result<Vec<Source>, ReadError> {
    let top = root.join(folder);
    match top.symlink_metadata() {
        Ok(meta) if meta.is_symlink() => {
            out.push(faults::SYMBOLIC_LINK.in_file(&folder.into()));
            return Ok(Vec::new());
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(ReadError::Io(top, error)),
    }
    let (mut sources, folders) = walk(root, WalkDir::new(&top).max_depth(SHALLOW), now, out)?;
    let below = folders.par_iter().map(|folder| {
        let mut out = Vec::new();
        let (sources, _) = walk(root, WalkDir::new(folder).min_depth(1), now, &mut out)?;
        Ok((sources, out))
    });
    for (more, faults) in below.collect::<Result<Vec<_>, _>>()? {
        sources.extend(more);
        out.extend(faults);
    }
    sources.sort_by(|a, b| (&a.path, &a.disk).cmp(&(&b.path, &b.disk)));
    // One name in two forms of Unicode: two files for the disk, one address for the readers.
    sources.dedup_by(|second, first| {
        let same = second.path == first.path;
        if same {
            let fault = faults::URL_COLLISION.in_file(&first.path).with("address", &*first.path);
            out.push(fault.with("other", &*second.path));
        }
        same
    });
    Ok(sources)
}

/// How deep `content/meetings/2025-11-27` lies in the content: what is below is walked folder by folder, in parallel.
const SHALLOW: usize = 2;

/// The files that a walk comes to, and the folders at whose doors it ends.
fn walk(
    root: &Path,
    walk: WalkDir,
    now: SystemTime,
    out: &mut Vec<Diagnostic>,
) -> Result<(Vec<Source>, Vec<PathBuf>), ReadError> {
    let (mut sources, mut folders) = (Vec::new(), Vec::new());
    for entry in walk.follow_links(false).into_iter().filter_entry(|entry| !is_ignored(entry, root)) {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or_else(|| root.to_owned(), Path::to_owned);
            ReadError::Io(path, error.into())
        })?;
        sources.extend(source(root, &entry, now, out));
        if entry.depth() == SHALLOW && entry.file_type().is_dir() {
            folders.push(entry.into_path());
        }
    }
    Ok((sources, folders))
}

fn source(root: &Path, entry: &DirEntry, now: SystemTime, out: &mut Vec<Diagnostic>) -> Option<Source> {
    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    let mut shown = parts.join("/");
    if !shown.bytes().all(|byte| byte.is_ascii_graphic()) {
        shown = shown.replace(char::is_control, "?").nfc().collect();
    }
    let shown: Arc<str> = shown.into();
    if entry.path_is_symlink() {
        out.push(faults::SYMBOLIC_LINK.in_file(&shown));
        return None;
    }
    let name = entry.file_name();
    if name.to_str().is_none() {
        out.push(faults::NAME_NOT_UTF8.in_file(&shown));
        return None;
    }
    let unsafe_character = |c: char| c.is_control() || c == '\\';
    if name.to_string_lossy().contains(unsafe_character) {
        out.push(
            faults::UNSAFE_NAME.in_file(&shown).with("name", name.to_string_lossy().replace(char::is_control, "?")),
        );
        return None;
    }
    let stamp = || entry.metadata().map_or(Stamp::UNKNOWN, |meta| Stamp::at(now, &meta));
    entry.file_type().is_file().then(|| Source { path: shown, disk: entry.path().to_owned(), stamp: stamp() })
}

/// Hidden files and what editors and systems leave behind; in `static/`, hidden files are copied as they are.
fn is_ignored(entry: &DirEntry, root: &Path) -> bool {
    let name = entry.file_name().to_string_lossy();
    let in_static = entry.path().strip_prefix(root).is_ok_and(|path| path.starts_with("content/static"));
    let left_behind = name == ".DS_Store" || name == "Thumbs.db" || name == ".git" || name.ends_with('~');
    left_behind || name.starts_with('.') && !in_static
}

/// Reads the text of a file: of Markdown, the configuration, and other files of text that are not too large.
pub fn text(source: &Source) -> Result<Written, ReadError> {
    let ending = source.path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if !TEXT_ENDINGS.contains(&ending.as_str()) {
        return Ok(Written { text: None, hash: 0, fault: None });
    }
    let failed = |error| ReadError::Io(source.disk.clone(), error);
    let must_be_text = matches!(ending.as_str(), "md" | "toml") && !source.path.starts_with("content/static/");
    if !must_be_text && source.disk.metadata().map_err(failed)?.len() > LARGEST_TEXT {
        return Ok(Written { text: None, hash: 0, fault: None });
    }
    let bytes = std::fs::read(&source.disk).map_err(failed)?;
    let hash = stamp::hash(&bytes);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            // Most texts hold no byte that such a character begins with.
            let suspect = |byte: u8| matches!(byte, 0..=8 | 11..=31 | 0x7f | 0xc2 | 0xef);
            let is_fine = !any_byte(text, suspect) || !text.contains(is_unprintable);
            let text = if is_fine { text.into() } else { printable(text).into() };
            Ok(Written { text: Some(text), hash, fault: None })
        }
        Err(_) if !must_be_text => {
            Ok(Written { text: Some(printable(&single_bytes(bytes)).into()), hash, fault: None })
        }
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let at = good.len();
            let text = (good + &String::from_utf8_lossy(&bytes[at..])).into();
            let fault = faults::NOT_UTF8.at(&source.path, &(at..at + '\u{fffd}'.len_utf8()));
            Ok(Written { text: Some(text), hash, fault: Some(fault) })
        }
    }
}

/// Text in another encoding, well enough to find digits in it: each byte a letter (Latin-1), and without the zero bytes
/// that UTF-16 puts between ASCII letters.
fn single_bytes(bytes: &[u8]) -> String {
    bytes.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect()
}

/// What no page, feed or data can hold: control characters, but for tabs and line ends; and the two non-characters of XML.
pub fn is_unprintable(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t' || c == '\u{fffe}' || c == '\u{ffff}'
}

/// `text` with line ends as `\n`, and a blank for each other control character: every other byte stays in its column.
pub fn printable(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace(is_unprintable, " ")
}
