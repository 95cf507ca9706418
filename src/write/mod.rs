//! Last stage: outputs onto the disk.
//!
//! Takes outputs as they come, from any thread; compares each with what is there and stages it if it differs. Nothing in
//! the output folder changes until [`Stage::commit`], which renames what was staged into place and then removes what is
//! stale. Files that did not change keep their times. What is in the folder is never trusted: every file is compared, or
//! known by its stamp to be as it was written, and what no build made is removed; files whose name begins with a dot are
//! left alone.
//!
//! `stage` writes; `inspect` tells what someone else did to the output of the build before; `files` has the tools of both.

mod files;
mod inspect;
mod stage;

pub use files::{PutError, folders_of};
pub use inspect::{Inspected, inspect};
pub use stage::{Committed, Put, Stage, Stale};

use crate::plan::RESERVED;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

/// In every folder that a build made; lists the dot-files that it wrote, which the next build may remove.
const MARKER: &str = RESERVED;

/// Where files wait for the commit: inside the output folder, so that a rename never crosses file systems.
const STAGING: &str = ".sagnet-staging";

/// Where a root remembers the folders that it was built into: each known even without its marker.
const OUTPUTS: &str = ".sagnet/outputs";

/// Why nothing was written: not a fault of the content.
#[derive(Debug)]
pub enum WriteError {
    /// The folder is not empty, and no build made it.
    NotOurs(PathBuf),
    /// The operating system refused, and everything is as it was.
    Io(PathBuf, io::Error),
    /// The operating system refused in the middle of a commit: some files are new and some old.
    Halfway(PathBuf, io::Error),
}

type Done<T> = Result<T, WriteError>;

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    move |error| WriteError::Io(path.to_owned(), error)
}

/// What was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Report {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// The right to change an output folder, held until it is dropped, so that two builds do not mix.
pub struct Lock {
    _marker: File,
}

impl Lock {
    /// Locks a folder that a build made; waits for another build to end. `None` where there is none, or it cannot be locked.
    /// What a build that was killed left waiting there goes: it may be what nobody was to see.
    pub fn of(output: &Path) -> Option<Self> {
        let marker = output.join(MARKER);
        marker.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
        let marker = File::options().append(true).read(true).open(&marker).ok()?;
        marker.lock().ok()?;
        files::remove(&output.join(STAGING)).ok()?;
        Some(Self { _marker: marker })
    }
}

/// The dot-files that the marker names: those of the build before, and of one that was killed since.
fn dotted(output: &Path) -> BTreeSet<String> {
    let marker = fs::read_to_string(output.join(MARKER)).unwrap_or_default();
    let is_ours = |line: &&str| files::is_dotted(line) && is_below(line);
    marker.lines().filter(is_ours).map(str::to_owned).collect()
}

/// Whether a path that was read from the marker stays below the output folder.
fn is_below(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) && !path.starts_with(MARKER)
}

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
