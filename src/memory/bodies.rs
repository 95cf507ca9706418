//! The HTML of the content's texts, kept out of memory: it is most of a record, and each text is wanted once.
//!
//! Takes the bodies of each file when it is parsed, and puts all but the first of them into a file without a name; gives
//! them back when the page is rendered. Those of a file that was not parsed in this build are made by parsing it then, if
//! it is still as it was when the build began.

use crate::parse::markdown::Body;
use crate::parse::{self, Reading};
use crate::read::{self, AsRead, ReadError, Source};
use crate::stamp::Stamp;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the bodies of a file are.
#[derive(Debug)]
pub enum Place {
    /// It has none.
    Nowhere,
    /// In memory, until they are wanted for the first time.
    Held(Mutex<Option<parse::Bodies>>, InContent),
    /// Bytes of the nameless file.
    Kept(u64, usize),
    /// In the content: to be parsed when they are wanted.
    Content(InContent),
}

/// A file of the content, which is parsed again only if its bytes are those that were parsed before.
#[derive(Debug, Clone, Copy)]
pub struct InContent {
    /// The hash of those.
    pub hash: u64,
    /// It lies in the folder of a meeting that is a draft.
    pub draft_meeting: bool,
}

/// How many bytes of HTML are held in memory before the rest goes into the nameless file: as much as a small record has, so
/// that a large one needs no more memory for its texts.
const HELD: usize = 32 * 1024 * 1024;

/// Why a text cannot be had after all.
#[derive(Debug)]
pub enum Unread {
    /// The operating system refused.
    Io(PathBuf, io::Error),
    /// The file was changed while the site was built, or is gone.
    Changed(PathBuf),
}

impl Unread {
    /// Of a file of the content that was there when the build began.
    pub fn of(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Changed(path.to_owned()),
            _ => Self::Io(path.to_owned(), error),
        }
    }
}

/// The bodies of all files.
pub struct Bodies {
    file: File,
    /// Where it ends; held while something is written behind that.
    end: Mutex<u64>,
    /// How many bytes of HTML were ever held in memory.
    held: AtomicUsize,
    /// Where it was made.
    folder: PathBuf,
    /// The files of the content, by path, and what was read of each.
    sources: Arc<[Source]>,
    read: Vec<(u64, Place)>,
}

impl Bodies {
    /// None so far. The nameless file is made in `folder`, or where the system keeps such files.
    pub fn new(folder: &Path) -> Result<Self, ReadError> {
        let made = tempfile::tempfile_in(folder).map(|file| (file, folder.to_owned()));
        let (file, folder) = made.or_else(|_| {
            let folder = std::env::temp_dir();
            tempfile::tempfile_in(&folder)
                .map(|file| (file, folder.clone()))
                .map_err(|error| ReadError::Kept(folder, error))
        })?;
        let held = AtomicUsize::new(0);
        Ok(Self { file, end: Mutex::new(0), held, folder, sources: Arc::default(), read: Vec::new() })
    }

    /// Puts the bodies of a file away.
    pub fn keep(&self, bodies: parse::Bodies, file: InContent) -> Result<Place, ReadError> {
        if bodies.is_empty() {
            return Ok(Place::Nowhere);
        }
        if self.held.load(Ordering::Relaxed) < HELD {
            self.held.fetch_add(bodies.iter().map(Body::length).sum(), Ordering::Relaxed);
            return Ok(Place::Held(Mutex::new(Some(bodies)), file));
        }
        let failed = |error| ReadError::Kept(self.folder.clone(), error);
        let bytes = postcard::to_stdvec(&bodies).map_err(io::Error::other).map_err(failed)?;
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        write_at(&self.file, *end, &bytes).map_err(failed)?;
        let at = *end;
        *end += bytes.len() as u64;
        Ok(Place::Kept(at, bytes.len()))
    }

    /// Says of each file, in the order of their paths, the hash of its bytes, 0 where they were not read, and where its
    /// bodies are.
    pub fn settle(&mut self, sources: Arc<[Source]>, read: Vec<(u64, Place)>) {
        self.sources = sources;
        self.read = read;
    }

    fn find(&self, path: &str) -> Option<(&Source, &(u64, Place))> {
        let at = self.sources.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
        Some((&self.sources[at], self.read.get(at)?))
    }

    /// A file that is published as it is, as it was when it was read.
    pub fn file(&self, path: &str, disk: &Path) -> AsRead {
        let read = self.find(path).map(|(source, (hash, _))| (*hash, source.stamp));
        let (hash, stamp) = read.unwrap_or((0, Stamp::UNKNOWN));
        AsRead { disk: disk.to_owned(), hash, stamp }
    }

    /// The bodies of the file at a path; none where it has none.
    pub fn of(&self, path: &str, reading: &Reading<'_>) -> Result<parse::Bodies, Unread> {
        match self.find(path) {
            None | Some((_, (_, Place::Nowhere))) => Ok(parse::Bodies::new()),
            Some((source, (_, Place::Held(bodies, file)))) => {
                match bodies.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    Some(bodies) => Ok(bodies),
                    None => parse_again(source, *file, reading),
                }
            }
            Some((_, (_, Place::Kept(at, length)))) => {
                self.kept(*at, *length).map_err(|error| Unread::Io(self.folder.clone(), error))
            }
            Some((source, (_, Place::Content(file)))) => parse_again(source, *file, reading),
        }
    }

    fn kept(&self, at: u64, length: usize) -> io::Result<parse::Bodies> {
        let mut bytes = vec![0; length];
        self.read_at(at, &mut bytes)?;
        postcard::from_bytes(&bytes).map_err(io::Error::other)
    }

    #[cfg(unix)]
    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, at)
    }

    /// Here a file has one place for all who read and write it.
    #[cfg(not(unix))]
    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        use std::io::{Read, Seek, SeekFrom};
        let _end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        (&self.file).seek(SeekFrom::Start(at))?;
        (&self.file).read_exact(bytes)
    }
}

fn parse_again(source: &Source, file: InContent, reading: &Reading<'_>) -> Result<parse::Bodies, Unread> {
    let written = read::text(source).map_err(|error| match error {
        ReadError::Io(path, error) | ReadError::Kept(path, error) => Unread::of(&path, error),
        ReadError::NoConfig(path) => Unread::Changed(path),
    })?;
    if written.hash != file.hash {
        return Err(Unread::Changed(source.disk.clone()));
    }
    Ok(parse::parse(source, written, file.draft_meeting, reading).1)
}

#[cfg(unix)]
fn write_at(file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(not(unix))]
fn write_at(mut file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
    use std::io::{Seek, SeekFrom, Write};
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Bodies, HELD, InContent, Ordering};
    use crate::parse::markdown::Body;
    use crate::read::ReadError;
    use std::fs::File;

    #[test]
    #[allow(clippy::unwrap_used)]
    fn a_full_disk_is_told_of_where_it_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let mut bodies = Bodies::new(folder.path()).unwrap();
        bodies.file = File::options().write(true).open("/dev/full").unwrap();
        let file = InContent { hash: 1, draft_meeting: false };
        assert!(bodies.keep(vec![Body::default()], file).is_ok(), "the first are held in memory");
        bodies.held.store(HELD, Ordering::Relaxed);
        let full = bodies.keep(vec![Body::default()], file);
        assert!(matches!(full, Err(ReadError::Kept(at, _)) if at == folder.path()));
    }
}
