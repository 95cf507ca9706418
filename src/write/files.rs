//! Files and folders of an output: what is there, whether it is the same, and away with it.
//!
//! Takes paths; gives what the disk says of them. Symbolic links are never followed.

use super::{Done, WriteError};
use crate::render::Content;
use crate::stamp;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use twox_hash::XxHash3_64;
use walkdir::WalkDir;

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A symbolic link or something stranger.
    Other,
}

/// What is in a folder and below it, dot-files left out: by path relative to `root`, which the folder is below or is.
pub fn survey(root: &Path, folder: &str) -> Done<BTreeMap<String, Kind>> {
    let mut existing = BTreeMap::new();
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let top = root.join(folder);
    for entry in WalkDir::new(&top).min_depth(1).follow_links(false).into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or_else(|| top.clone(), Path::to_owned);
            WriteError::Io(path, error.into())
        })?;
        let kind = match entry.file_type() {
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        existing.insert(path.to_string_lossy().replace('\\', "/"), kind);
    }
    Ok(existing)
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
pub fn is_reached(root: &Path, path: &str) -> bool {
    folders_of(path).all(|part| root.join(part).symlink_metadata().is_ok_and(|meta| meta.is_dir()))
}

/// Whether there is a file with these bytes. One that cannot be read is none.
pub fn is_same(path: &Path, content: &Content) -> io::Result<bool> {
    let Ok(meta) = path.symlink_metadata() else { return Ok(false) };
    if !meta.is_file() {
        return Ok(false);
    }
    match content {
        Content::Bytes(bytes) => {
            Ok(meta.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|there| there == *bytes))
        }
        Content::Copy(source) => {
            if source.metadata()?.len() != meta.len() {
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

/// Writes a file; gives its stamp, which holds as long as nobody touches it.
pub fn write(mut file: File, content: &Content) -> io::Result<stamp::Written> {
    match content {
        Content::Bytes(bytes) => file.write_all(bytes)?,
        Content::Copy(source) => io::copy(&mut File::open(source)?, &mut file).map(|_| ())?,
    }
    Ok(stamp::written(&file.metadata()?))
}

/// The hash of what is to be in a file.
pub fn hash(content: &Content) -> io::Result<u64> {
    match content {
        Content::Bytes(bytes) => Ok(stamp::hash(bytes)),
        Content::Copy(source) => hash_file(source),
    }
}

/// The hash of what is in a file.
pub fn hash_file(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hasher = XxHash3_64::new();
    let mut bytes = vec![0; 64 * 1024];
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
