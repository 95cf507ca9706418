//! Files and folders of an output: what is there, whether it is the same, and away with it.
//!
//! Takes paths; gives what the disk says of them. Symbolic links are never followed.

use super::{Done, WriteError};
use crate::memory::Unread;
use crate::read::AsRead;
use crate::render::Content;
use crate::stamp;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::hash::Hasher;
use std::io::{self, Read, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use twox_hash::XxHash3_64;
use walkdir::WalkDir;

/// Why an output could not be compared or staged.
#[derive(Debug)]
pub enum PutError {
    /// The output.
    Write(WriteError),
    /// The file of the content that it is a copy of.
    Source(Unread),
}

/// What is in a folder and below it, dot-files left out: paths relative to `root`, which the folder is below or is.
pub fn survey(root: &Path, folder: &Path) -> Done<BTreeSet<PathBuf>> {
    let mut existing = BTreeSet::new();
    let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    let top = root.join(folder);
    for entry in WalkDir::new(&top).min_depth(1).follow_links(false).into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or_else(|| top.clone(), Path::to_owned);
            WriteError::Io(path, error.into())
        })?;
        existing.insert(entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned());
    }
    Ok(existing)
}

/// A path as outputs are named, with `/` between folders; `None` where it is no text, and so no output's.
pub fn name_of(path: &Path) -> Option<Cow<'_, str>> {
    let text = path.to_str()?;
    Some(if MAIN_SEPARATOR == '/' { text.into() } else { text.replace(MAIN_SEPARATOR, "/").into() })
}

/// Whether a name begins with a dot.
pub fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether the file or a folder above it has a name that begins with a dot.
pub fn is_dotted(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// Every folder above a file, the highest first.
pub fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// Whether the folders above a file are folders, not links to somewhere else.
pub fn is_reached(root: &Path, path: &Path) -> bool {
    let mut above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
    above.all(|part| root.join(part).symlink_metadata().is_ok_and(|meta| meta.is_dir()))
}

/// The hash of what is to be in a file, where these bytes are there already. One that cannot be read is not the same.
pub fn same(path: &Path, meta: &Metadata, content: &Content) -> Result<Option<u64>, Unread> {
    match content {
        Content::Bytes(bytes) => {
            let is_same = meta.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|there| there == *bytes);
            Ok(is_same.then(|| stamp::hash(bytes)))
        }
        Content::Copy(source) => {
            let mut copied = Copied::open(source)?;
            let Ok(mut there) = File::open(path) else { return Ok(None) };
            if copied.length()? != meta.len() {
                return Ok(None);
            }
            let mut bytes = vec![0; CHUNK];
            while let Some(read) = copied.next()? {
                if there.read_exact(&mut bytes[..read.len()]).is_err() || bytes[..read.len()] != *read {
                    return Ok(None);
                }
            }
            let is_at_end = there.read(&mut bytes[..1]).is_ok_and(|read| read == 0);
            Ok(if is_at_end { Some(copied.end()?) } else { None })
        }
    }
}

/// Writes a file, whose path is for errors; gives the hash of its bytes, and its stamp, which holds as long as nobody
/// touches it.
pub fn write(path: &Path, mut file: File, content: &Content) -> Result<(u64, stamp::Written), PutError> {
    let failed = |error| PutError::Write(WriteError::Io(path.to_owned(), error));
    let hash = match content {
        Content::Bytes(bytes) => {
            file.write_all(bytes).map_err(failed)?;
            stamp::hash(bytes)
        }
        Content::Copy(source) => {
            let mut copied = Copied::open(source).map_err(PutError::Source)?;
            while let Some(bytes) = copied.next().map_err(PutError::Source)? {
                file.write_all(bytes).map_err(failed)?;
            }
            copied.end().map_err(PutError::Source)?
        }
    };
    Ok((hash, stamp::written(&file.metadata().map_err(failed)?)))
}

/// How many bytes of a file are in memory at a time.
const CHUNK: usize = 64 * 1024;

/// A file of the content that is being copied, held against what was read of it before.
struct Copied<'a> {
    source: &'a AsRead,
    file: File,
    hasher: XxHash3_64,
    bytes: Vec<u8>,
}

impl<'a> Copied<'a> {
    fn open(source: &'a AsRead) -> Result<Self, Unread> {
        let file = File::open(&source.disk).map_err(|error| Unread::of(&source.disk, error))?;
        Ok(Self { source, file, hasher: XxHash3_64::new(), bytes: vec![0; CHUNK] })
    }

    fn length(&self) -> Result<u64, Unread> {
        self.file.metadata().map(|meta| meta.len()).map_err(|error| Unread::of(&self.source.disk, error))
    }

    /// The next bytes; `None` at the end.
    fn next(&mut self) -> Result<Option<&[u8]>, Unread> {
        let read = self.file.read(&mut self.bytes).map_err(|error| Unread::of(&self.source.disk, error))?;
        self.hasher.write(&self.bytes[..read]);
        Ok((read > 0).then(|| &self.bytes[..read]))
    }

    /// The hash of all of it, if it is what was read before.
    fn end(self) -> Result<u64, Unread> {
        let hash = self.hasher.finish();
        let meta = self.file.metadata().map_err(|error| Unread::of(&self.source.disk, error))?;
        if self.source.is(hash, &meta) { Ok(hash) } else { Err(Unread::Changed(self.source.disk.clone())) }
    }
}

/// The hash of what is in a file.
pub fn hash_file(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hasher = XxHash3_64::new();
    let mut bytes = vec![0; CHUNK];
    loop {
        match file.read(&mut bytes)? {
            0 => return Ok(hasher.finish()),
            read => hasher.write(&bytes[..read]),
        }
    }
}

/// Removes a file, a link, or a folder with all that is in it; what is not there is removed already.
pub fn remove(path: &Path) -> io::Result<()> {
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
