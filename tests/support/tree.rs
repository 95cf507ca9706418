//! A folder as bytes, for golden sites and for "the same input gives the same bytes".
//!
//! Takes folders; gives every file in them by its path (with `/`), and the differences of two.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// How many differences are named before the rest is only counted.
const NAMED: usize = 20;

/// The functions on whole folders.
pub struct Tree;

impl Tree {
    /// Every file below `dir`, dot-files too, by its path relative to `dir`. A symbolic link is
    /// read as a link (`-> target`), since a built site must hold none.
    pub fn read(dir: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        read_into(dir, "", &mut files);
        files
    }

    /// What differs between two folders: files that only one has, and of files that both have the
    /// first byte that differs, with the text around it. Empty: the same bytes.
    pub fn diff(expected: &BTreeMap<String, Vec<u8>>, actual: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
        let names: BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
        let mut all = Vec::new();
        for name in names {
            match (expected.get(name), actual.get(name)) {
                (Some(_), None) => all.push(format!("{name}: expected, but not there")),
                (None, Some(_)) => all.push(format!("{name}: there, but not expected")),
                (Some(a), Some(b)) if a != b => all.push(first_difference(name, a, b)),
                _ => {}
            }
        }
        if all.len() > NAMED {
            let more = all.len() - NAMED;
            all.truncate(NAMED);
            all.push(format!("and {more} more files differ"));
        }
        all
    }
}

fn read_into(dir: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let entries = fs::read_dir(dir).unwrap_or_else(|error| panic!("cannot read {}: {error}", dir.display()));
    for entry in entries {
        let entry = entry.expect("a folder's entry");
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("a file's type");
        if kind.is_dir() {
            read_into(&path, &format!("{name}/"), files);
        } else if kind.is_symlink() {
            let target = fs::read_link(&path).expect("a link's target");
            files.insert(name, format!("-> {}", target.display()).into_bytes());
        } else {
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
            files.insert(name, bytes);
        }
    }
}

fn first_difference(name: &str, expected: &[u8], actual: &[u8]) -> String {
    let at = expected.iter().zip(actual).position(|(a, b)| a != b).unwrap_or(expected.len().min(actual.len()));
    let line = 1 + expected[..at].iter().filter(|byte| **byte == b'\n').count();
    format!(
        "{name}: differs from byte {at} on (line {line}; {} and {} bytes)\n  expected …{}…\n  actual   …{}…",
        expected.len(),
        actual.len(),
        around(expected, at),
        around(actual, at)
    )
}

fn around(bytes: &[u8], at: usize) -> String {
    let part = &bytes[at.saturating_sub(40)..(at + 60).min(bytes.len())];
    String::from_utf8_lossy(part).escape_debug().to_string()
}
