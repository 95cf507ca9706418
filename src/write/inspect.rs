//! What someone else did to the output of the build before.
//!
//! Takes what that build remembers of its files and folders; gives those that are not as they were, and what does not belong
//! there. A file whose stamp holds is not opened; of another, the bytes are compared by their hash. A folder whose stamp
//! holds has the entries that it had; another one is listed.

use super::files::{folders_of, hash_file, is_dotted, is_hidden, survey};
use super::{Done, WriteError, dotted};
use crate::hashing::HashSet;
use crate::memory::{PageRow, Written};
use crate::stamp::{Folder, Stamp};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// An output folder, inspected.
pub struct Inspected {
    /// The jobs of the build before, with stamps as they are now.
    pub rows: Vec<PageRow>,
    /// For each of them: a file of it is not as it was.
    pub touched: Vec<bool>,
    /// The folders, with stamps as they are now.
    pub folders: BTreeMap<String, Stamp>,
    /// What no build made, or one that was killed; and folders in which nothing is left.
    pub strangers: BTreeSet<PathBuf>,
    /// Jobs of which a file has a new stamp, in their order: what is remembered of them is to be written anew.
    pub restamped: Vec<usize>,
    /// Folders with a new one, or gone: the same.
    pub restamped_folders: BTreeSet<String>,
}

impl Inspected {
    /// Whether everything is as it was written, and nothing else is there.
    pub fn is_untouched(&self) -> bool {
        self.strangers.is_empty() && !self.touched.contains(&true)
    }

    /// Whether these are all jobs of the build before, by their identities, and no other.
    pub fn is_of(&self, identities: &[u64]) -> bool {
        let in_order = |mut all: Vec<u64>| {
            all.par_sort_unstable();
            all
        };
        identities.len() == self.rows.len()
            && in_order(identities.to_vec()) == in_order(self.rows.iter().map(|row| row.identity).collect())
    }

    /// How many files there are.
    pub fn files(&self) -> usize {
        self.rows.iter().map(|row| row.files.len()).sum()
    }
}

enum Look {
    AsItWas,
    /// The bytes are the same, the stamp is this one.
    SameBytes(Stamp),
    Touched,
}

/// Inspects `output`; `now` is what the clock of its file system says.
pub fn inspect(
    output: &Path,
    now: SystemTime,
    mut rows: Vec<PageRow>,
    folders: Vec<(String, Stamp)>,
) -> Done<Inspected> {
    let held = Folder::hold(output).map_err(|error| WriteError::Io(output.to_owned(), error))?;
    let looks: Vec<Vec<(usize, Look)>> = rows
        .par_iter()
        .map(|row| {
            let looks = row.files.iter().map(|file| look(output, &held, now, file)).enumerate();
            looks.filter(|(_, look)| !matches!(look, Look::AsItWas)).collect()
        })
        .collect();
    let folder_looks: Vec<Look> = folders.par_iter().map(|(path, stamp)| look_at_folder(&held, path, *stamp)).collect();
    let mut inspected = Inspected {
        rows: Vec::new(),
        touched: Vec::with_capacity(rows.len()),
        folders: BTreeMap::new(),
        strangers: BTreeSet::new(),
        restamped: Vec::new(),
        restamped_folders: BTreeSet::new(),
    };
    for (at_row, (row, looks)) in rows.iter_mut().zip(looks).enumerate() {
        let mut touched = false;
        if !looks.is_empty() {
            inspected.restamped.push(at_row);
        }
        for (at, look) in looks {
            let file = &mut row.files[at];
            match look {
                Look::AsItWas => {}
                Look::SameBytes(stamp) => file.stamp = stamp,
                Look::Touched => touched = true,
            }
        }
        inspected.touched.push(touched);
    }
    let mut unsure = Vec::new();
    let mut gone = HashSet::default();
    for ((path, stamp), look) in folders.into_iter().zip(folder_looks) {
        match look {
            Look::AsItWas => {}
            Look::SameBytes(_) => unsure.push(path.clone()),
            Look::Touched => {
                gone.insert(path);
                continue;
            }
        }
        inspected.folders.insert(path, stamp);
    }
    if !gone.is_empty() {
        let is_gone = |file: &Written| folders_of(&file.path).any(|folder| gone.contains(folder));
        for (row, touched) in rows.iter().zip(&mut inspected.touched) {
            *touched |= row.files.iter().any(is_gone);
        }
        inspected.folders.retain(|path, _| !folders_of(path).any(|folder| gone.contains(folder)));
        inspected.restamped_folders.extend(gone);
    }
    inspected.rows = rows;
    inspected.strangers = forgotten(output, &inspected.rows);
    if !unsure.is_empty() {
        find_strangers(output, now, &unsure, &mut inspected)?;
    }
    Ok(inspected)
}

/// Dot-files that the marker names and no job wrote: those of a build that was killed.
fn forgotten(output: &Path, rows: &[PageRow]) -> BTreeSet<PathBuf> {
    let mut named = dotted(output);
    if !named.is_empty() {
        // What stands beside a page is in its folder, so that its own file tells of all of them.
        let is_suspect = |row: &&PageRow| row.own().starts_with('.') || row.own().contains("/.");
        let written = rows.iter().filter(is_suspect).flat_map(|row| &row.files);
        written.for_each(|file| _ = named.remove(&file.path));
    }
    named.into_iter().map(PathBuf::from).collect()
}

fn look(output: &Path, held: &Folder, now: SystemTime, file: &Written) -> Look {
    match held.look(&file.path) {
        Some(seen) if seen.is_file && file.stamp.holds(seen.stamp) => Look::AsItWas,
        Some(seen) if seen.is_file => {
            let path = output.join(&file.path);
            match path.symlink_metadata() {
                // The stamp is taken before the bytes are read: a change between the two is seen by the next build.
                Ok(meta) if hash_file(&path).is_ok_and(|hash| hash == file.hash) => {
                    Look::SameBytes(Stamp::at(now, &meta))
                }
                _ => Look::Touched,
            }
        }
        _ => Look::Touched,
    }
}

fn look_at_folder(held: &Folder, path: &str, stamp: Stamp) -> Look {
    match held.look(path) {
        Some(seen) if seen.is_folder && stamp.holds(seen.stamp) => Look::AsItWas,
        Some(seen) if seen.is_folder => Look::SameBytes(stamp),
        _ => Look::Touched,
    }
}

/// Lists folders that may have other entries than they had. The output folder itself is `""`.
fn find_strangers(output: &Path, now: SystemTime, unsure: &[String], inspected: &mut Inspected) -> Done<()> {
    let unsure: HashSet<&str> = unsure.iter().map(String::as_str).collect();
    let mut expected: HashSet<&str> = HashSet::default();
    let is_asked = |path: &&str| unsure.contains(path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let files = inspected.rows.par_iter().flat_map_iter(|row| row.files.iter().map(|file| file.path.as_str()));
    expected.par_extend(files.filter(is_asked));
    expected.extend(inspected.folders.keys().map(String::as_str).filter(is_asked));
    let mut strangers = BTreeSet::new();
    let mut stamps = Vec::new();
    let mut folders: Vec<&str> = unsure.iter().copied().collect();
    folders.sort_unstable();
    for folder in folders {
        let at = output.join(folder);
        let failed = |error| WriteError::Io(at.clone(), error);
        stamps.push((folder.to_owned(), Stamp::at(now, &at.symlink_metadata().map_err(failed)?)));
        let mut is_left = folder.is_empty();
        for entry in fs::read_dir(&at).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            is_left = true;
            let name = entry.file_name();
            let is_expected = |name: &str| match folder {
                "" => expected.contains(name),
                _ => expected.contains(format!("{folder}/{name}").as_str()),
            };
            if is_hidden(&name) || is_dotted(folder) || name.to_str().is_some_and(is_expected) {
                continue;
            }
            let path = Path::new(folder).join(&name);
            if entry.file_type().map_err(failed)?.is_dir() {
                strangers.extend(survey(output, &path)?);
            }
            strangers.insert(path);
        }
        if !is_left {
            // It was kept for what someone else had in it.
            strangers.insert(PathBuf::from(folder));
        }
    }
    for (folder, stamp) in stamps {
        inspected.folders.insert(folder.clone(), stamp);
        inspected.restamped_folders.insert(folder);
    }
    inspected.strangers.extend(strangers);
    Ok(())
}
