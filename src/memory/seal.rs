//! The seal of the memory: whether its file is as the last build left it.
//!
//! Takes the folder; gives the right to use the memory in it, to one build at a time, and takes away a file that anyone else
//! changed.

use crate::stamp::Stamp;
use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The name of the memory's file in its folder.
pub const FILE: &str = "memory.redb";

/// The name of the file with its stamp.
const STAMP: &str = "memory.stamp";

/// The right to use the memory, and the stamp of its file beside it: what anyone else changed in it is not read. redb holds
/// few of its pages against their checksums, and a broken one would tell something else, or panic.
pub struct Seal {
    stamp: File,
    memory: PathBuf,
}

impl Seal {
    /// Of the memory in `folder`, which goes where its seal is broken. None is there while a build has the memory, and after
    /// one that was killed: what that left, redb sees to.
    pub fn of(folder: &Path) -> Option<Self> {
        let memory = folder.join(FILE);
        let file = File::options().create(true).truncate(false).read(true).write(true).open(folder.join(STAMP));
        let mut stamp = file.ok()?;
        stamp.try_lock().ok()?;
        let mut written = Vec::new();
        stamp.read_to_end(&mut written).ok()?;
        if !written.is_empty() && stamp_of(&memory).is_some_and(|stamp| stamp != written) {
            fs::remove_file(&memory).ok()?;
        }
        stamp.set_len(0).ok()?;
        Some(Self { stamp, memory })
    }
}

impl Drop for Seal {
    fn drop(&mut self) {
        if let Some(stamp) = stamp_of(&self.memory)
            && self.stamp.rewind().is_ok()
        {
            // Half a stamp is none, and costs time and nothing else.
            let _ = self.stamp.write_all(&stamp);
        }
    }
}

fn stamp_of(memory: &Path) -> Option<Vec<u8>> {
    postcard::to_stdvec(&Stamp::of(&memory.symlink_metadata().ok()?)).ok()
}
