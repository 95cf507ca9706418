//! Stamps: whether a file is still as it was, told without reading it.
//!
//! Takes what the file system says of a file; gives a number that changes whenever that does: its size, its inode, and when
//! its bytes and its inode last changed. The rule is git's (Documentation/technical/racy-git): a file that changed at
//! about the time when it was looked at could change again within the same tick of the clock, so its stamp says nothing.

use std::fs::Metadata;
use std::hash::Hasher;
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
    pub fn of_written((stamp, settled): Written, now: SystemTime) -> Self {
        if settled.is_none_or(|settled| settled > now) { Self::UNKNOWN } else { stamp }
    }

    /// The stamp of what is there.
    pub fn of(meta: &Metadata) -> Self {
        let mut hasher = XxHash3_64::new();
        identify(meta, &mut hasher);
        Self(hasher.finish().max(1))
    }

    /// A number for the bytes of a file that nobody reads; `None` where they may change without another one.
    pub fn known(self) -> Option<u64> {
        (self != Self::UNKNOWN).then_some(self.0)
    }

    /// Whether something is known to be as it was.
    pub fn holds(self, meta: &Metadata) -> bool {
        self != Self::UNKNOWN && self == Self::of(meta)
    }
}

#[cfg(unix)]
fn identify(meta: &Metadata, hasher: &mut XxHash3_64) {
    use std::os::unix::fs::MetadataExt;
    let numbers = [meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec()];
    let mut bytes = [0; 56];
    let all = numbers.iter().map(|number| number.to_le_bytes());
    let all = all.chain([meta.size(), meta.ino(), meta.mode().into()].map(u64::to_le_bytes));
    for (at, number) in all.enumerate() {
        bytes[at * 8..at * 8 + 8].copy_from_slice(&number);
    }
    hasher.write(&bytes);
}

/// When its bytes or its inode last changed, and the part of that below a second.
#[cfg(unix)]
fn changed(meta: &Metadata) -> (Option<SystemTime>, i64) {
    use std::os::unix::fs::MetadataExt;
    let newest = (meta.mtime(), meta.mtime_nsec()).max((meta.ctime(), meta.ctime_nsec()));
    let seconds = u64::try_from(newest.0).ok();
    let nanoseconds = u32::try_from(newest.1).unwrap_or(0);
    (seconds.map(|seconds| SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds)), newest.1)
}

#[cfg(not(unix))]
fn identify(meta: &Metadata, hasher: &mut XxHash3_64) {
    let modified = meta.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    hasher.write_u128(modified.map_or(0, |since| since.as_nanos()));
    hasher.write_u64(meta.len());
    hasher.write_u8(meta.is_dir().into());
}

#[cfg(not(unix))]
fn changed(meta: &Metadata) -> (Option<SystemTime>, i64) {
    let modified = meta.modified().ok();
    let since = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    (modified, since.map_or(0, |since| since.subsec_nanos().into()))
}

/// A file that was just written: its stamp, and when that can be relied on.
pub type Written = (Stamp, Option<SystemTime>);

/// Of a file that was just written.
pub fn written(meta: &Metadata) -> Written {
    let (changed, nanoseconds) = changed(meta);
    let tick = if nanoseconds == 0 { COARSE_TICK } else { TICK };
    (Stamp::of(meta), changed.map(|changed| changed + tick))
}

/// What the clock of a folder's file system says, which need not be this machine's: the time of a file made there.
pub fn clock(folder: &Path) -> io::Result<SystemTime> {
    tempfile::tempfile_in(folder)?.metadata()?.modified()
}

/// The hash of a file's bytes, for whether two are the same; not against someone who makes them so.
pub fn hash(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}
