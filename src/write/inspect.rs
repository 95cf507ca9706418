//! What someone else did to the output of the build before.
//!
//! Takes what that build remembers of its files and folders; gives those that are not as they were, and what does not belong
//! there. A file whose stamp holds is not opened; of another, the bytes are compared by their hash. A folder whose stamp
//! holds has the entries that it had; another one is listed.

use super::files::{Kind, folders_of, hash_file, is_dotted, survey};
use super::{Done, WriteError};
use crate::hashing::HashSet;
use crate::memory::{PageRow, Written};
use crate::stamp::{Folder, Stamp};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// An output folder, inspected.
pub struct Inspected {
    /// The jobs of the build before, with stamps as they are now.
    pub rows: Vec<PageRow>,
    /// For each of them: a file of it is not as it was.
    pub touched: Vec<bool>,
    /// The folders, with stamps as they are now.
    pub folders: BTreeMap<String, Stamp>,
    /// What no build made, by path; folders end with `/`.
    pub strangers: BTreeSet<String>,
    /// Own files of jobs with a new stamp, and folders with one: what is remembered of them is to be written anew.
    pub restamped: BTreeSet<String>,
}

impl Inspected {
    /// Whether everything is as it was written, and nothing else is there.
    pub fn is_untouched(&self) -> bool {
        self.strangers.is_empty() && !self.touched.contains(&true)
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
        restamped: BTreeSet::new(),
    };
    for (row, looks) in rows.iter_mut().zip(looks) {
        let mut touched = false;
        for (at, look) in looks {
            let file = &mut row.files[at];
            match look {
                Look::AsItWas => continue,
                Look::SameBytes(stamp) => file.stamp = stamp,
                Look::Touched => touched = true,
            }
            inspected.restamped.insert(file.path.clone());
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
        inspected.restamped.extend(gone);
    }
    inspected.rows = rows;
    if !unsure.is_empty() {
        find_strangers(output, now, &unsure, &mut inspected)?;
    }
    Ok(inspected)
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
    let files = inspected.rows.iter().flat_map(|row| &row.files).map(|file| file.path.as_str());
    for path in files.chain(inspected.folders.keys().map(String::as_str)) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if unsure.contains(folder) {
            expected.insert(path);
        }
    }
    let mut strangers = BTreeSet::new();
    let mut stamps = Vec::new();
    let mut folders: Vec<&str> = unsure.iter().copied().collect();
    folders.sort_unstable();
    for folder in folders {
        let at = output.join(folder);
        let failed = |error| WriteError::Io(at.clone(), error);
        stamps.push((folder.to_owned(), Stamp::at(now, &at.symlink_metadata().map_err(failed)?)));
        for entry in fs::read_dir(&at).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if is_dotted(&path) || expected.contains(path.as_str()) {
                continue;
            }
            if entry.file_type().map_err(failed)?.is_dir() {
                let below = survey(output, &path)?.into_iter();
                strangers.extend(below.map(|(path, kind)| if kind == Kind::Folder { path + "/" } else { path }));
                strangers.insert(path + "/");
            } else {
                strangers.insert(path);
            }
        }
    }
    for (folder, stamp) in stamps {
        inspected.folders.insert(folder.clone(), stamp);
        inspected.restamped.insert(folder);
    }
    inspected.strangers = strangers;
    Ok(())
}
