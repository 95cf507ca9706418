//! Stages what differs, and brings the output folder to it in one commit.
//!
//! Takes outputs; gives what was written and removed. What is staged lies in a tree like that of the output, so that a folder
//! which is new there is put into place whole, by one rename.

use super::files::{self, PutError, folders_of, is_dotted, is_reached, name_of, remove, survey};
use super::{Done, Lock, MARKER, Report, STAGING, WriteError, dotted, io_at};
use crate::hashing::HashSet;
use crate::render::Output;
use crate::stamp::{self, Stamp};
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// An output folder, and what is to be changed in it.
pub struct Stage {
    root: PathBuf,
    staging: PathBuf,
    /// Dot-files of the build before.
    dotted: BTreeSet<String>,
    /// Folders that were not there before, the deepest first.
    made: Vec<PathBuf>,
    /// Whether the marker was there before.
    marked: bool,
    /// Whether nothing else was.
    is_empty: bool,
    staged: Mutex<Vec<String>>,
    lock: Lock,
}

/// What is known to be stale in an output folder.
pub enum Stale {
    /// Nothing is known: the folder is to be surveyed.
    Unknown,
    /// These paths, and nothing else.
    Known(BTreeSet<PathBuf>),
}

/// An output that is as it should be: there already, or staged.
pub struct Put {
    /// The hash of its bytes.
    pub hash: u64,
    /// What the file looked like before its bytes were compared, or after they were written.
    pub seen: stamp::Written,
    /// It is staged.
    pub is_staged: bool,
}

/// What a commit did.
pub struct Committed {
    /// In numbers.
    pub report: Report,
    /// To which folders and files.
    pub changes: Changes,
    /// What the clock of the file system said after it.
    pub now: SystemTime,
    /// Held until what was done is remembered.
    _lock: Lock,
}

/// What a commit did so far.
#[derive(Default)]
pub struct Changes {
    /// Folders that have other entries than they had.
    pub folders: BTreeSet<String>,
    /// Folders that were removed.
    pub emptied: BTreeSet<String>,
    /// New folders that were put into place with all that is in them.
    new: HashSet<String>,
    /// Files that were renamed each by itself.
    alone: HashSet<String>,
    removed: usize,
    /// The output is not as it was.
    has_begun: bool,
    /// What the clock of the file system said before anything was put into place.
    began: Option<SystemTime>,
    /// What it said before the whole folder was surveyed.
    surveyed: Option<SystemTime>,
}

impl Changes {
    /// Whether a file that was staged was renamed by itself, and so looks otherwise than when it was staged.
    pub fn is_alone(&self, path: &str) -> bool {
        self.alone.contains(path)
    }

    /// The stamp of a folder after the commit; unknown where it could hold what nobody has seen: it was there before, and
    /// was not surveyed.
    pub fn stamp_of_folder(&self, folder: &str, meta: &Metadata) -> Stamp {
        let is_new = || folders_of(folder).chain([folder]).any(|above| self.new.contains(above));
        let sure = self.surveyed.or_else(|| self.began.filter(|_| is_new()));
        sure.map_or(Stamp::UNKNOWN, |sure| Stamp::at(sure, meta))
    }

    /// Notes that an entry of the folder above a path came or went.
    fn note(&mut self, path: &str) {
        self.has_begun = true;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !self.folders.contains(folder) {
            self.folders.insert(folder.to_owned());
        }
    }
}

impl Stage {
    /// Opens the output folder; makes it where it is not there. Waits for another build to end, unless the `lock` is held
    /// already. A folder without its marker is taken for a build's own where it is `known` to be.
    pub fn open(root: &Path, known: bool, lock: Option<Lock>) -> Done<Self> {
        let made = root.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let made = made.map(Path::to_owned).collect();
        fs::create_dir_all(root).map_err(io_at(root))?;
        let marker = root.join(MARKER);
        let marked = marker.symlink_metadata().is_ok_and(|meta| meta.is_file());
        if !is_empty(root)? && !marked && !known {
            return Err(WriteError::NotOurs(root.to_owned()));
        }
        if !marked {
            // A link or a folder in its place is not followed, but replaced.
            remove(&marker).map_err(io_at(&marker))?;
        }
        let lock = match lock {
            Some(lock) => lock,
            None => {
                let marker_file = File::options().create(true).append(true).read(true).open(&marker);
                let marker_file = marker_file.map_err(io_at(&marker))?;
                marker_file.lock().map_err(io_at(&marker))?;
                Lock { _marker: marker_file }
            }
        };
        let staging = root.join(STAGING);
        remove(&staging).map_err(io_at(&staging))?;
        fs::create_dir(&staging).map_err(io_at(&staging))?;
        Ok(Self {
            root: root.to_owned(),
            staging,
            dotted: dotted(root),
            made,
            marked,
            is_empty: is_empty(root)?,
            staged: Mutex::default(),
            lock,
        })
    }

    /// Compares an output with what is there, and stages it if it differs.
    pub fn put(&self, output: Output) -> Result<Put, PutError> {
        let Output { path, content } = output;
        let there = self.root.join(&path);
        // In an empty folder only dot-files can be there.
        let can_be_there = (!self.is_empty || is_dotted(&path)) && is_reached(&self.root, Path::new(&path));
        let found = if can_be_there { there.symlink_metadata().ok().filter(Metadata::is_file) } else { None };
        // What it looks like is taken before its bytes are read: a change between the two is seen by the next build.
        if let Some(meta) = found
            && let Some(hash) = files::same(&there, &meta, &content).map_err(PutError::Source)?
        {
            return Ok(Put { hash, seen: stamp::written(&meta), is_staged: false });
        }
        let waiting = self.staging.join(&path);
        let file = create(&waiting).map_err(io_at(&waiting)).map_err(PutError::Write)?;
        let (hash, seen) = files::write(&waiting, file, &content)?;
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).push(path);
        Ok(Put { hash, seen, is_staged: true })
    }

    /// Brings the folder to what was put, and to nothing else than `produced`, which is all of the output: first every new
    /// file into place, then away with what is stale. Where it fails before anything is in place, all is as it was.
    pub fn commit(self, produced: &[&str], stale: Stale) -> Done<Committed> {
        let mut changes = Changes { began: stamp::clock(&self.staging).ok(), ..Changes::default() };
        match self.try_commit(produced, stale, &mut changes) {
            Ok((report, now)) => Ok(Committed { report, changes, now, _lock: self.lock }),
            Err(WriteError::Io(path, error)) if changes.has_begun => {
                let _ = remove(&self.staging);
                Err(WriteError::Halfway(path, error))
            }
            Err(error) => {
                self.abandon();
                Err(error)
            }
        }
    }

    fn try_commit(&self, produced: &[&str], stale: Stale, changes: &mut Changes) -> Done<(Report, SystemTime)> {
        let mut written = std::mem::take(&mut *self.staged.lock().unwrap_or_else(PoisonError::into_inner));
        written.sort_unstable();
        let dotted: BTreeSet<&str> = produced.iter().copied().filter(|path| is_dotted(path)).collect();
        // What is still to be removed is remembered until it is gone, in case this build does not come to its end.
        self.remember(&self.dotted.iter().map(String::as_str).chain(dotted.iter().copied()).collect())?;
        self.place(&written, changes)?;
        self.clean(produced, &dotted, stale, changes)?;
        self.remember(&dotted)?;
        let now = stamp::clock(&self.staging).unwrap_or_else(|_| SystemTime::now());
        remove(&self.staging).map_err(io_at(&self.staging))?;
        let report = Report {
            written: written.len(),
            unchanged: produced.len().saturating_sub(written.len()),
            removed: changes.removed,
        };
        Ok((report, now))
    }

    /// Leaves the folder as it was: where there was none, there is none.
    pub fn abandon(self) {
        let _ = remove(&self.staging);
        if !self.marked {
            let _ = remove(&self.root.join(MARKER));
        }
        for folder in &self.made {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Renames what was staged into place: first each folder that is not there yet, whole, which takes nothing from readers;
    /// then what stands where something else does, file by file.
    fn place(&self, written: &[String], changes: &mut Changes) -> Done<()> {
        let mut there: HashSet<&str> = HashSet::default();
        let mut top: Option<&str> = None;
        // Files, and folders where something else stands.
        let mut others: Vec<(&str, bool)> = Vec::new();
        for path in written {
            if top.is_some_and(|folder| path.strip_prefix(folder).is_some_and(|below| below.starts_with('/'))) {
                continue;
            }
            top = None;
            for folder in folders_of(path).filter(|folder| !there.contains(folder)).collect::<Vec<_>>() {
                match self.root.join(folder).symlink_metadata() {
                    Ok(meta) if meta.is_dir() => {
                        there.insert(folder);
                        continue;
                    }
                    Ok(_) => others.push((folder, true)),
                    Err(_) => self.rename(folder, true, changes)?,
                }
                top = Some(folder);
                break;
            }
            if top.is_none() {
                others.push((path, false));
            }
        }
        for (path, is_folder) in others {
            let to = self.root.join(path);
            if to.symlink_metadata().is_ok_and(|meta| is_folder || !meta.is_file()) {
                changes.has_begun = true;
                remove(&to).map_err(io_at(&to))?;
            }
            self.rename(path, is_folder, changes)?;
        }
        Ok(())
    }

    fn rename(&self, path: &str, is_folder: bool, changes: &mut Changes) -> Done<()> {
        let to = self.root.join(path);
        fs::rename(self.staging.join(path), &to).map_err(io_at(&to))?;
        changes.note(path);
        let placed = if is_folder { &mut changes.new } else { &mut changes.alone };
        placed.insert(path.to_owned());
        Ok(())
    }

    /// Removes what this build did not produce, of which `dotted` are the dot-files, and folders that are left empty.
    fn clean(&self, produced: &[&str], dotted: &BTreeSet<&str>, stale: Stale, changes: &mut Changes) -> Done<()> {
        let mut stale = match stale {
            Stale::Known(stale) => stale,
            Stale::Unknown if self.is_empty => BTreeSet::new(),
            Stale::Unknown => {
                changes.surveyed = stamp::clock(&self.staging).ok();
                survey(&self.root, Path::new(""))?
            }
        };
        stale.extend(self.dotted.iter().filter(|path| !dotted.contains(path.as_str())).map(PathBuf::from));
        if stale.is_empty() {
            return Ok(());
        }
        let kept: HashSet<&str> = produced.iter().flat_map(|path| folders_of(path).chain([*path])).collect();
        let is_kept = |path: &Path| name_of(path).is_some_and(|name| kept.contains(&*name));
        let mut folders = BTreeSet::new();
        for path in stale.into_iter().filter(|path| !is_kept(path)) {
            let above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty() && !is_kept(above));
            folders.extend(above.map(Path::to_owned));
            let at = self.root.join(&path);
            // Behind a link nothing is ours.
            match at.symlink_metadata() {
                Ok(meta) if is_reached(&self.root, &path) => {
                    if meta.is_dir() {
                        folders.insert(path);
                        continue;
                    }
                    remove(&at).map_err(io_at(&at))?;
                    changes.removed += 1;
                    changes.note(&name_of(&path).unwrap_or_default());
                }
                _ => {}
            }
        }
        for folder in folders.iter().rev() {
            // Fails where something is in it, which is right.
            if fs::remove_dir(self.root.join(folder)).is_ok()
                && let Some(name) = name_of(folder)
            {
                changes.note(&name);
                changes.emptied.insert(name.into_owned());
            }
        }
        Ok(())
    }

    /// Writes down which dot-files are the build's own.
    fn remember(&self, dotted: &BTreeSet<&str>) -> Done<()> {
        let mut text =
            String::from("This folder is made by sagnet. What else is put here is removed by the next build.\n");
        for path in dotted {
            text.push_str(path);
            text.push('\n');
        }
        let marker = self.root.join(MARKER);
        if fs::read_to_string(&marker).is_ok_and(|there| there == text) {
            return Ok(());
        }
        fs::write(&marker, text).map_err(io_at(&marker))
    }
}

/// Makes a file, and the folders above it where they are not there. A page is the first file of its folder.
fn create(path: &Path) -> io::Result<File> {
    if path.ends_with("index.html")
        && let Some(folder) = path.parent()
    {
        // Why it could not be made, making the file tells.
        let _ = fs::create_dir(folder);
    }
    match File::create(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create(path)
        }
        made => made,
    }
}

/// Whether a folder holds nothing but dot-files.
fn is_empty(folder: &Path) -> Done<bool> {
    for entry in fs::read_dir(folder).map_err(io_at(folder))? {
        if !entry.map_err(io_at(folder))?.file_name().to_string_lossy().starts_with('.') {
            return Ok(false);
        }
    }
    Ok(true)
}
