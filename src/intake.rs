//! Reading and parsing together, a folder of the content at a time: no more texts are in memory than are being parsed.
//!
//! Takes the list of the content's files, and what the build before read in them; gives what every file says, and puts the
//! HTML of their texts away. A file that is as it was is not opened, and one whose bytes are as they were is not parsed.

use crate::hashing::HashMap;
use crate::memory::{Bodies, FolderRow, InContent, Listed, Place};
use crate::parse::{FileKind, Parsed, Reading, kind_of, parse};
use crate::read::{self, ReadError, Source};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Everything that was read.
pub struct Intake {
    /// Every file of the content, in the order of paths.
    pub files: Vec<Taken>,
    /// What is to be remembered of folders that are not as they were, by path.
    pub rows: Vec<(String, FolderRow)>,
    /// Folders that are no more.
    pub gone: Vec<String>,
}

/// A file of the content, read.
pub struct Taken {
    /// The hash of its bytes; 0 where they were not read.
    pub hash: u64,
    /// What it says.
    pub parsed: Parsed,
    /// Where the HTML of its texts is.
    pub place: Place,
}

/// What the build before read, by folder.
#[derive(Default)]
pub struct Before {
    /// The files.
    pub listed: HashMap<String, Vec<Listed>>,
    /// What each says, in the same order.
    pub parsed: HashMap<String, Vec<Parsed>>,
}

/// A folder, by its path, and its files as places in the list of all.
type Folder<'a> = (&'a str, Vec<usize>);

/// A folder when it was read: each of its files by its place, and what is to be remembered.
type TakenFolder = (Vec<(usize, Taken)>, Option<(String, FolderRow)>);

/// The files of each folder.
fn folders(sources: &[Source]) -> Vec<Folder<'_>> {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, source) in sources.iter().enumerate() {
        folders.entry(split(&source.path).0).or_default().push(at);
    }
    folders.into_iter().collect()
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// What is to be remembered anew where every file has the bytes that it had, though perhaps another stamp; `None` where one
/// is changed, new or gone.
pub fn unchanged(sources: &[Source], before: &HashMap<String, Vec<Listed>>) -> Option<Vec<(String, FolderRow)>> {
    let folders = folders(sources);
    if folders.len() != before.len() {
        return None;
    }
    let rows = folders.par_iter().map(|(path, files)| {
        let before = before.get(*path).filter(|before| before.len() == files.len())?;
        let mut listed = Vec::new();
        for (was, source) in before.iter().zip(files.iter().map(|at| &sources[*at])) {
            if was.name != split(&source.path).1 {
                return None;
            }
            let is_as_it_was = was.stamp == source.stamp && source.stamp.known().is_some();
            if !is_as_it_was && (was.hash == 0 || read::text(source).ok()?.hash != was.hash) {
                return None;
            }
            listed.push(Listed { stamp: source.stamp, ..was.clone() });
        }
        let is_same = listed == *before;
        Some(if is_same { None } else { Some(((*path).to_owned(), FolderRow::new(&listed, None))) })
    });
    let rows: Vec<Option<(String, FolderRow)>> = rows.collect::<Option<_>>()?;
    Some(rows.into_iter().flatten().collect())
}

/// Reads the content.
pub fn take_in(
    sources: &[Source],
    mut before: Before,
    reading: &Reading<'_>,
    bodies: &Bodies,
) -> Result<Intake, ReadError> {
    let folders = folders(sources);
    let work: Vec<_> = folders
        .into_iter()
        .map(|folder| {
            let listed = before.listed.remove(folder.0).unwrap_or_default();
            let parsed = before.parsed.remove(folder.0).unwrap_or_default();
            (folder, listed, parsed)
        })
        .collect();
    let mut gone: Vec<String> = before.listed.into_keys().collect();
    gone.sort();
    let taken: Vec<TakenFolder> = work
        .into_par_iter()
        .map(|(folder, listed, parsed)| take_folder(sources, folder, listed, parsed, reading, bodies))
        .collect::<Result<_, _>>()?;
    let mut files: Vec<Option<Taken>> = sources.iter().map(|_| None).collect();
    let mut rows = Vec::new();
    for (folder, row) in taken {
        folder.into_iter().for_each(|(at, file)| files[at] = Some(file));
        rows.extend(row);
    }
    Ok(Intake { files: files.into_iter().flatten().collect(), rows, gone })
}

fn take_folder(
    sources: &[Source],
    (path, files): Folder<'_>,
    listed: Vec<Listed>,
    parsed: Vec<Parsed>,
    reading: &Reading<'_>,
    bodies: &Bodies,
) -> Result<TakenFolder, ReadError> {
    let was_draft = draft_meeting(path, listed.iter().map(|file| file.name.as_str()).zip(&parsed));
    let mut known: HashMap<String, (Listed, Parsed)> =
        listed.into_iter().zip(parsed).map(|(file, parsed)| (file.name.clone(), (file, parsed))).collect();
    let mut is_same = known.len() == files.len();
    let mut taken: Vec<(usize, Taken)> = Vec::with_capacity(files.len());
    // The meeting's own file first: whether it is a draft decides what is hidden of its items.
    let mut order = files.clone();
    order.sort_by_key(|at| !is_meeting(&sources[*at]));
    let mut is_draft = false;
    for at in order {
        let source = &sources[at];
        let before = known.remove(split(&source.path).1).filter(|_| is_draft == was_draft || is_meeting(source));
        let (file, same) = take(source, before, is_draft, reading, bodies)?;
        is_same &= same;
        is_draft |= is_meeting(source) && file.parsed.draft;
        taken.push((at, file));
    }
    taken.sort_by_key(|(at, _)| *at);
    let row = if is_same {
        None
    } else {
        let listed: Vec<_> = taken.iter().map(|(at, file)| list(&sources[*at], file.hash)).collect();
        let parsed: Vec<_> = taken.iter().map(|(_, file)| &file.parsed).collect();
        Some((path.to_owned(), FolderRow::new(&listed, Some(&parsed))))
    };
    Ok((taken, row))
}

fn list(source: &Source, hash: u64) -> Listed {
    Listed { name: split(&source.path).1.to_owned(), stamp: source.stamp, hash }
}

fn is_meeting(source: &Source) -> bool {
    matches!(kind_of(&source.path), Some(FileKind::Meeting { .. }))
}

/// Whether the meeting of a folder was a draft.
fn draft_meeting<'a>(folder: &str, mut files: impl Iterator<Item = (&'a str, &'a Parsed)>) -> bool {
    let is_meeting = |name: &str| matches!(kind_of(&format!("{folder}/{name}")), Some(FileKind::Meeting { .. }));
    files.any(|(name, parsed)| parsed.draft && is_meeting(name))
}

/// Reads a file, or takes what was read before; beside it, whether it is just as it was.
fn take(
    source: &Source,
    before: Option<(Listed, Parsed)>,
    draft_meeting: bool,
    reading: &Reading<'_>,
    bodies: &Bodies,
) -> Result<(Taken, bool), ReadError> {
    let in_content = |hash| match kind_of(&source.path) {
        Some(_) => Place::Content(InContent { hash, draft_meeting }),
        None => Place::Nowhere,
    };
    let before = match before {
        Some((file, parsed)) if file.stamp == source.stamp && source.stamp.known().is_some() => {
            return Ok((Taken { hash: file.hash, parsed, place: in_content(file.hash) }, true));
        }
        before => before,
    };
    let written = read::text(source)?;
    let hash = written.hash;
    if let Some((file, parsed)) = before
        && hash != 0
        && file.hash == hash
    {
        return Ok((Taken { hash, parsed, place: in_content(hash) }, false));
    }
    let (parsed, texts) = parse(source, written, draft_meeting, reading);
    let place = bodies.keep(texts, InContent { hash, draft_meeting })?;
    Ok((Taken { hash, parsed, place }, false))
}
