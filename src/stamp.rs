//! Stamps: whether a file is still as it was, told without reading it.
//!
//! Takes what the file system says of a file; gives a number that changes whenever that does: its size, its inode, and when
//! its bytes and its inode last changed. The rule is git's (Documentation/technical/racy-git): a file that changed at
//! about the time when it was looked at could change again within the same tick of the clock, so its stamp says nothing.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};
use twox_hash::XxHash3_64;

/// What a file looked like; two that are equal and known are of the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Stamp(u64);

/// The tick of a file system's clock, generously: some kernels count in hundredths of a second.
const TICK: Duration = Duration::from_millis(25);

/// The tick where times are written in whole seconds, or in pairs of them.
const COARSE_TICK: Duration = Duration::from_secs(2);

impl Stamp {
    /// No file has it.
    pub const UNKNOWN: Self = Self(0);

    /// The stamp of a file or folder that was looked at when its file system's clock said `now`; unknown where it could
    /// still change without a trace.
    pub fn at(now: SystemTime, meta: &Metadata) -> Self {
        Self::of_written(written(meta), now)
    }

    /// The stamp of a file that was just written, once its file system's clock says `now`.
    pub fn of_written(written: Written, now: SystemTime) -> Self {
        if written.settled.is_none_or(|settled| settled > now) { Self::UNKNOWN } else { written.stamp }
    }

    /// The stamp of a file that was written and then renamed, which changes its stamp and nothing else; unknown where
    /// something else did, too.
    pub fn of_renamed(written: Written, meta: &Metadata, now: SystemTime) -> Self {
        let there = self::written(meta);
        if there.bytes == written.bytes { Self::of_written(there, now) } else { Self::UNKNOWN }
    }

    /// The stamp of what is there.
    pub fn of(meta: &Metadata) -> Self {
        Self::made_of(&numbers(meta))
    }

    /// The stamp of what has these numbers; never the unknown one.
    fn made_of(numbers: &Numbers) -> Self {
        let mut bytes = [0; 8 * NUMBERS];
        for (at, number) in numbers.iter().enumerate() {
            bytes[at * 8..at * 8 + 8].copy_from_slice(&number.to_le_bytes());
        }
        Self(hash(&bytes).max(1))
    }

    /// A number for the bytes of a file that nobody reads; `None` where they may change without another one.
    pub fn known(self) -> Option<u64> {
        (self != Self::UNKNOWN).then_some(self.0)
    }

    /// Whether something is known to be as it was.
    pub fn holds(self, now: Self) -> bool {
        self != Self::UNKNOWN && self == now
    }
}

/// How many numbers tell a file from another, and from itself after a change.
const NUMBERS: usize = 7;

/// When its bytes and its inode changed, each in seconds and nanoseconds; its size, inode, and kind.
type Numbers = [i64; NUMBERS];

#[cfg(unix)]
fn numbers(meta: &Metadata) -> Numbers {
    use std::os::unix::fs::MetadataExt;
    let (size, inode) = (meta.size().cast_signed(), meta.ino().cast_signed());
    [meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec(), size, inode, meta.mode().into()]
}

/// When its bytes or its inode last changed, and the part of that below a second.
#[cfg(unix)]
fn changed(meta: &Metadata) -> (Option<SystemTime>, i64) {
    use std::os::unix::fs::MetadataExt;
    let newest = (meta.mtime(), meta.mtime_nsec()).max((meta.ctime(), meta.ctime_nsec()));
    let seconds = u64::try_from(newest.0).ok();
    let nanoseconds = u32::try_from(newest.1).unwrap_or(0);
    let since = seconds.map(|seconds| Duration::new(seconds, nanoseconds));
    (since.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since)), newest.1)
}

#[cfg(not(unix))]
fn numbers(meta: &Metadata) -> Numbers {
    let modified = meta.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let modified = modified.unwrap_or_default();
    let size = meta.len().cast_signed();
    [modified.as_secs().cast_signed(), modified.subsec_nanos().into(), 0, 0, size, 0, meta.is_dir().into()]
}

/// Nobody knows: there is no time that a file cannot be given back after a change. Hashes decide.
#[cfg(not(unix))]
fn changed(_: &Metadata) -> (Option<SystemTime>, i64) {
    (None, 0)
}

/// A file that was just written or is about to be read.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    stamp: Stamp,
    /// What of it a rename leaves as it was: its size, its inode, and when its bytes changed.
    bytes: Stamp,
    /// When its stamp can be relied on; `None` for never.
    settled: Option<SystemTime>,
}

/// Of a file that was just written or is about to be read.
pub fn written(meta: &Metadata) -> Written {
    let (changed, nanoseconds) = changed(meta);
    let tick = if nanoseconds == 0 { COARSE_TICK } else { TICK };
    let [seconds, nanoseconds, _, _, size, inode, kind] = numbers(meta);
    Written {
        stamp: Stamp::of(meta),
        bytes: Stamp::made_of(&[seconds, nanoseconds, 0, 0, size, inode, kind]),
        settled: changed.and_then(|changed| changed.checked_add(tick)),
    }
}

/// A folder in which very many files are looked at: it is held, so that the system does not walk to it for each of them.
pub struct Folder(Held);

/// What was seen at a path, links not followed.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// A plain file.
    pub is_file: bool,
    /// A folder.
    pub is_folder: bool,
    /// What it looks like.
    pub stamp: Stamp,
}

#[cfg(unix)]
type Held = rustix::fd::OwnedFd;

#[cfg(unix)]
impl Folder {
    /// The folder at a path.
    pub fn hold(path: &Path) -> io::Result<Self> {
        use rustix::fs::{Mode, OFlags, open};
        Ok(Self(open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?))
    }

    /// What is at a path below it; the folder itself for `""`. `None` where nothing is.
    pub fn look(&self, path: &str) -> Option<Seen> {
        use rustix::fs::{AtFlags, FileType, statat};
        let stat = statat(&self.0, if path.is_empty() { "." } else { path }, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let kind = FileType::from_raw_mode(stat.st_mode);
        #[allow(clippy::unnecessary_cast, clippy::cast_possible_wrap)] // the types of these differ between systems
        let numbers = [
            stat.st_mtime as i64,
            stat.st_mtime_nsec as i64,
            stat.st_ctime as i64,
            stat.st_ctime_nsec as i64,
            stat.st_size as i64,
            stat.st_ino as i64,
            stat.st_mode as i64,
        ];
        Some(Seen { is_file: kind.is_file(), is_folder: kind.is_dir(), stamp: Stamp::made_of(&numbers) })
    }
}

#[cfg(not(unix))]
type Held = std::path::PathBuf;

#[cfg(not(unix))]
impl Folder {
    /// The folder at a path.
    pub fn hold(path: &Path) -> io::Result<Self> {
        Ok(Self(path.to_owned()))
    }

    /// What is at a path below it; the folder itself for `""`. `None` where nothing is.
    pub fn look(&self, path: &str) -> Option<Seen> {
        let meta = self.0.join(path).symlink_metadata().ok()?;
        Some(Seen { is_file: meta.is_file(), is_folder: meta.is_dir(), stamp: Stamp::of(&meta) })
    }
}

/// What the clock of a folder's file system says, which need not be this machine's: the time of a file made there.
pub fn clock(folder: &Path) -> io::Result<SystemTime> {
    tempfile::tempfile_in(folder)?.metadata()?.modified()
}

/// The hash of a file's bytes, for whether two are the same; not against someone who makes them so.
pub fn hash(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Folder, Stamp};

    #[test]
    #[allow(clippy::unwrap_used)]
    fn a_stamp_is_the_same_however_it_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("below")).unwrap();
        std::fs::write(folder.path().join("below/x"), "x").unwrap();
        let held = Folder::hold(folder.path()).unwrap();
        for path in ["", "below", "below/x"] {
            let stamp = Stamp::of(&folder.path().join(path).symlink_metadata().unwrap());
            assert_eq!(held.look(path).unwrap().stamp, stamp, "{path}");
        }
        assert!(held.look("below").unwrap().is_folder && held.look("below/x").unwrap().is_file);
        assert!(held.look("below/y").is_none());
    }
}
