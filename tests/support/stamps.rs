//! Which files of a folder were written: what they hold, and their inode and time of change.
//!
//! Takes a folder, before and after something; gives the files that are other or new, and those that were written although
//! their bytes are the same.

use super::Tree;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::SystemTime;

/// The files of a folder, by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps(BTreeMap<String, (SystemTime, u64, Vec<u8>)>);

impl Stamps {
    /// Of a folder; none where it is not there.
    pub fn read(dir: &Path) -> Self {
        if !dir.is_dir() {
            return Self(BTreeMap::new());
        }
        let stamp = |(path, bytes): (String, Vec<u8>)| {
            let meta = dir.join(&path).symlink_metadata().unwrap();
            (path, (meta.modified().unwrap(), meta.ino(), bytes))
        };
        Self(Tree::read(dir).into_iter().map(stamp).collect())
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their paths.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// The files that were written, changed, added or removed.
    pub fn since(&self, after: &Self) -> BTreeSet<String> {
        let all = self.0.keys().chain(after.0.keys());
        all.filter(|path| self.0.get(*path) != after.0.get(*path)).cloned().collect()
    }

    /// The files that hold other bytes after, or are new.
    pub fn written(&self, after: &Self) -> Vec<String> {
        let is_other =
            |path: &&String| self.0.get(*path).map(|(.., bytes)| bytes) != after.0.get(*path).map(|(.., bytes)| bytes);
        after.0.keys().filter(is_other).cloned().collect()
    }

    /// The files that hold the same bytes, and were written all the same.
    pub fn rewritten(&self, after: &Self) -> Vec<String> {
        let same = |path: &&String| {
            let (before, after) = (self.0.get(*path), after.0.get(*path));
            before != after && before.zip(after).is_some_and(|(before, after)| before.2 == after.2)
        };
        self.0.keys().filter(same).cloned().collect()
    }
}

/// Every folder below one, and no link.
pub fn folders(dir: &Path) -> BTreeSet<String> {
    fn below(dir: &Path, prefix: &str, all: &mut BTreeSet<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
                below(&entry.path(), &format!("{path}/"), all);
                all.insert(path);
            }
        }
    }
    let mut all = BTreeSet::new();
    below(dir, "", &mut all);
    all
}
