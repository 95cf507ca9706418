//! Last stage: outputs onto the disk.
//!
//! Takes outputs as they come, from any thread; compares each with what is there and stages it if it differs. Nothing in
//! the output folder changes until [`Stage::commit`], which renames the staged files into place and then removes what is
//! stale. Files that did not change keep their times. What is in the folder is never trusted: every file is compared, and
//! what no build made is removed; files whose name begins with a dot are left alone.

use crate::plan::RESERVED;
use crate::render::{Content, Output};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use walkdir::WalkDir;

/// In every folder that a build made; lists the dot-files that it wrote, which the next build may remove.
const MARKER: &str = RESERVED;

/// Where files wait for the commit: inside the output folder, so that a rename never crosses file systems.
const STAGING: &str = ".sagnet-staging";

/// Why nothing was written: not a fault of the content.
#[derive(Debug)]
pub enum WriteError {
    /// The folder is not empty, and no build made it.
    NotOurs(PathBuf),
    /// The operating system refused.
    Io(PathBuf, io::Error),
}

/// Where a root remembers the folders that it was built into: each known even without its marker.
const OUTPUTS: &str = ".sagnet/outputs";

/// Whether `output` was built from `root` before, and still looks like a site: what someone else has put in the place of
/// one is not ours. What cannot be read says no.
pub fn is_known(root: &Path, output: &Path) -> bool {
    if !["404.html", "robots.txt", "sitemap.xml"].iter().all(|file| output.join(file).is_file()) {
        return false;
    }
    let Ok(output) = output.canonicalize() else { return false };
    fs::read_to_string(root.join(OUTPUTS)).is_ok_and(|known| known.lines().any(|line| Path::new(line) == output))
}

/// Remembers that `output` was built from `root`. A root that cannot be written to is no reason to fail: the marker in the
/// output folder says the same.
pub fn make_known(root: &Path, output: &Path) {
    let file = root.join(OUTPUTS);
    if is_known(root, output) {
        return;
    }
    let Ok(output) = output.canonicalize() else { return };
    let before = fs::read_to_string(&file).unwrap_or_default();
    let _ = file.parent().map(fs::create_dir_all);
    let _ = fs::write(&file, format!("{before}{}\n", output.display()));
}

/// What was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Report {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// An output folder, and what is to be changed in it.
pub struct Stage {
    root: PathBuf,
    staging: PathBuf,
    /// What is in the folder, dot-files left out: by path relative to it.
    existing: BTreeMap<String, Kind>,
    /// Dot-files of the build before.
    dotted: BTreeSet<String>,
    /// Folders that were not there before, the deepest first.
    made: Vec<PathBuf>,
    /// Whether the marker was there before.
    marked: bool,
    /// Held until the end, so that two builds do not mix.
    _lock: File,
    counter: AtomicUsize,
    unchanged: AtomicUsize,
    staged: Mutex<BTreeMap<String, PathBuf>>,
    produced: Mutex<BTreeSet<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File(u64),
    Folder,
    /// A symbolic link or something stranger.
    Other,
}

type Done<T> = Result<T, WriteError>;

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    move |error| WriteError::Io(path.to_owned(), error)
}

impl Stage {
    /// Opens the output folder; makes it where it is not there. Waits for another build to end. A folder without its
    /// marker is taken for a build's own where it is `known` to be.
    pub fn open(root: &Path, known: bool) -> Done<Self> {
        let made = root.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let made = made.map(Path::to_owned).collect();
        fs::create_dir_all(root).map_err(io_at(root))?;
        let existing = survey(root)?;
        let marker = root.join(MARKER);
        let marked = marker.symlink_metadata().is_ok_and(|meta| meta.is_file());
        if !existing.is_empty() && !marked && !known {
            return Err(WriteError::NotOurs(root.to_owned()));
        }
        if !marked {
            // A link or a folder in its place is not followed, but replaced.
            remove(&marker).map_err(io_at(&marker))?;
        }
        let lock = File::options().create(true).append(true).read(true).open(&marker).map_err(io_at(&marker))?;
        lock.lock().map_err(io_at(&marker))?;
        let before = fs::read_to_string(&marker).unwrap_or_default();
        let staging = root.join(STAGING);
        remove(&staging).map_err(io_at(&staging))?;
        fs::create_dir(&staging).map_err(io_at(&staging))?;
        Ok(Self {
            root: root.to_owned(),
            staging,
            existing: survey(root)?,
            dotted: before.lines().filter(|line| is_dotted(line) && is_below(line)).map(str::to_owned).collect(),
            made,
            marked,
            _lock: lock,
            counter: AtomicUsize::new(0),
            unchanged: AtomicUsize::new(0),
            staged: Mutex::default(),
            produced: Mutex::default(),
        })
    }

    /// Compares an output with what is there, and stages it if it differs.
    pub fn put(&self, output: Output) -> Done<()> {
        let there = self.root.join(&output.path);
        let same = match self.existing.get(&output.path) {
            Some(Kind::File(size)) => is_same(&there, *size, &output.content).map_err(io_at(&there))?,
            None if is_dotted(&output.path) && is_plain_file(&self.root, &output.path) => {
                let size = there.symlink_metadata().map_or(0, |meta| meta.len());
                is_same(&there, size, &output.content).map_err(io_at(&there))?
            }
            _ => false,
        };
        if same {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
        } else {
            let waiting = self.staging.join(self.counter.fetch_add(1, Ordering::Relaxed).to_string());
            stage(&waiting, &output.content).map_err(io_at(&waiting))?;
            lock(&self.staged).insert(output.path.clone(), waiting);
        }
        lock(&self.produced).insert(output.path);
        Ok(())
    }

    /// Brings the folder to what was put: first every new file into place, then away with what is stale.
    pub fn commit(self) -> Done<Report> {
        let staged = std::mem::take(&mut *lock(&self.staged));
        let produced = std::mem::take(&mut *lock(&self.produced));
        let mut report = Report { unchanged: self.unchanged.load(Ordering::Relaxed), ..Report::default() };
        // What is still to be removed is remembered until it is gone, in case this build does not come to its end.
        self.remember(produced.iter().chain(&self.dotted))?;
        let mut made = BTreeSet::new();
        // All folders before the first file: what the disk refuses, it refuses while every page is still as it was.
        for path in staged.keys() {
            self.make_folders(path, &mut made)?;
        }
        for (path, waiting) in &staged {
            let to = self.root.join(path);
            if to.symlink_metadata().is_ok_and(|meta| !meta.is_file()) {
                remove(&to).map_err(io_at(&to))?;
            }
            fs::rename(waiting, &to).map_err(io_at(&to))?;
            report.written += 1;
        }
        report.removed = self.clean(&produced)?;
        self.remember(produced.iter())?;
        remove(&self.staging).map_err(io_at(&self.staging))?;
        Ok(report)
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

    /// Makes the folders above a file; what stands in their way is removed.
    fn make_folders<'p>(&self, path: &'p str, made: &mut BTreeSet<&'p str>) -> Done<()> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if !made.insert(folder) || self.existing.get(folder) == Some(&Kind::Folder) {
                continue;
            }
            let at = self.root.join(folder);
            if at.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
                remove(&at).map_err(io_at(&at))?;
            }
            match fs::create_dir(&at) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(WriteError::Io(at, error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes what this build did not produce, and folders that are left empty.
    fn clean(&self, produced: &BTreeSet<String>) -> Done<usize> {
        let mut removed = 0;
        let stale = self.existing.iter().filter(|(path, kind)| **kind != Kind::Folder && !produced.contains(*path));
        let dotted = self.dotted.iter().filter(|path| !produced.contains(*path));
        for path in stale.map(|(path, _)| path).chain(dotted) {
            let at = self.root.join(path);
            // A folder may stand there by now: made for a new file. Behind a link nothing is ours.
            if is_reached(&self.root, path) && at.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
                remove(&at).map_err(io_at(&at))?;
                removed += 1;
            }
        }
        let folders = self.existing.iter().filter(|(_, kind)| **kind == Kind::Folder).map(|(path, _)| path);
        for folder in folders.rev() {
            // Fails where something is in it, which is right.
            let _ = fs::remove_dir(self.root.join(folder));
        }
        Ok(removed)
    }

    /// Writes down which dot-files are the build's own.
    fn remember<'p>(&self, produced: impl Iterator<Item = &'p String>) -> Done<()> {
        let mut text =
            String::from("This folder is made by sagnet. What else is put here is removed by the next build.\n");
        let dotted: BTreeSet<&String> = produced.filter(|path| is_dotted(path)).collect();
        dotted.into_iter().for_each(|path| {
            text.push_str(path);
            text.push('\n');
        });
        let marker = self.root.join(MARKER);
        if fs::read_to_string(&marker).is_ok_and(|there| there == text) {
            return Ok(());
        }
        fs::write(&marker, text).map_err(io_at(&marker))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Whether the file or a folder above it has a name that begins with a dot.
fn is_dotted(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// What is in a folder, dot-files left out.
fn survey(root: &Path) -> Done<BTreeMap<String, Kind>> {
    let mut existing = BTreeMap::new();
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(root).min_depth(1).follow_links(false).into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or_else(|| root.to_owned(), Path::to_owned);
            WriteError::Io(path, error.into())
        })?;
        let kind = match entry.file_type() {
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File(entry.metadata().map_or(0, |meta| meta.len())),
            _ => Kind::Other,
        };
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        existing.insert(path.to_string_lossy().replace('\\', "/"), kind);
    }
    Ok(existing)
}

/// Whether a path that was read from the marker stays below the output folder.
fn is_below(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) && !path.starts_with(MARKER)
}

/// Whether the folders above a file are folders, not links to somewhere else.
fn is_reached(root: &Path, path: &str) -> bool {
    let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    folders.all(|part| root.join(part).symlink_metadata().is_ok_and(|meta| meta.is_dir()))
}

/// Whether a dot-file is a file, below folders that are folders.
fn is_plain_file(root: &Path, path: &str) -> bool {
    is_reached(root, path) && root.join(path).symlink_metadata().is_ok_and(|meta| meta.is_file())
}

/// Whether a file holds these bytes. One that cannot be read does not.
fn is_same(path: &Path, size: u64, content: &Content) -> io::Result<bool> {
    match content {
        Content::Bytes(bytes) => Ok(size == bytes.len() as u64 && fs::read(path).is_ok_and(|there| there == *bytes)),
        Content::Copy(source) => {
            if source.metadata()?.len() != size {
                return Ok(false);
            }
            let Ok(there) = File::open(path) else { return Ok(false) };
            Ok(same_bytes(BufReader::new(there), BufReader::new(File::open(source)?)).unwrap_or(false))
        }
    }
}

fn same_bytes(mut a: impl Read, mut b: impl Read) -> io::Result<bool> {
    let (mut left, mut right) = ([0; 8192], [0; 8192]);
    loop {
        let read = a.read(&mut left)?;
        if read == 0 {
            return Ok(b.read(&mut right)? == 0);
        }
        if b.read_exact(&mut right[..read]).is_err() || left[..read] != right[..read] {
            return Ok(false);
        }
    }
}

fn stage(path: &Path, content: &Content) -> io::Result<()> {
    let mut file = File::create(path)?;
    match content {
        Content::Bytes(bytes) => file.write_all(bytes),
        Content::Copy(source) => io::copy(&mut File::open(source)?, &mut file).map(|_| ()),
    }
}

/// Removes a file, a link, or a folder with all that is in it; what is not there is removed already.
fn remove(path: &Path) -> io::Result<()> {
    let result = match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
