//! The HTML of the content's texts, kept out of memory: it is most of a record, and each text is wanted once.
//!
//! Takes the bodies of each file when it is parsed, and puts them into a file without a name; gives them back when the
//! page is rendered. Those of a file that was not parsed in this build are made by parsing it then, if it is still as it
//! was when the build began.

use crate::parse::{self, Reading};
use crate::read::{self, ReadError, Source};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the bodies of a file are.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// It has none.
    Nowhere,
    /// Bytes of the nameless file.
    Kept(u64, usize),
    /// In the content: to be parsed when they are wanted, if the hash of the file's bytes is still this one.
    Content {
        /// Of the bytes that were parsed before.
        hash: u64,
        /// It lies in the folder of a meeting that is a draft.
        draft_meeting: bool,
    },
}

/// Why a text cannot be had after all.
#[derive(Debug)]
pub enum Unread {
    /// The operating system refused.
    Io(io::Error),
    /// The file was changed while the site was built.
    Changed(PathBuf),
}

/// The bodies of all files.
pub struct Bodies {
    file: Mutex<File>,
    end: Mutex<u64>,
    /// The files of the content, by path, and where the bodies of each are.
    sources: Arc<[Source]>,
    places: Vec<Place>,
}

impl Bodies {
    /// None so far. The nameless file is made in `folder`, or where the system keeps such files.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let file = tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile())?;
        Ok(Self { file: Mutex::new(file), end: Mutex::new(0), sources: Arc::default(), places: Vec::new() })
    }

    /// Puts the bodies of a file away.
    pub fn keep(&self, bodies: &parse::Bodies) -> io::Result<Place> {
        if bodies.is_empty() {
            return Ok(Place::Nowhere);
        }
        let bytes = postcard::to_stdvec(bodies).map_err(io::Error::other)?;
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(*end))?;
        file.write_all(&bytes)?;
        let at = *end;
        *end += bytes.len() as u64;
        Ok(Place::Kept(at, bytes.len()))
    }

    /// Says where the bodies of each file are; the files in the order of their paths.
    pub fn settle(&mut self, sources: Arc<[Source]>, places: Vec<Place>) {
        self.sources = sources;
        self.places = places;
    }

    /// The bodies of the file at a path; none where it has none.
    pub fn of(&self, path: &str, reading: &Reading<'_>) -> Result<parse::Bodies, Unread> {
        let Ok(at) = self.sources.binary_search_by(|source| (*source.path).cmp(path)) else {
            return Ok(parse::Bodies::new());
        };
        let source = &self.sources[at];
        match self.places.get(at) {
            None | Some(Place::Nowhere) => Ok(parse::Bodies::new()),
            Some(Place::Kept(at, length)) => self.kept(*at, *length).map_err(Unread::Io),
            Some(Place::Content { hash, draft_meeting }) => {
                let written = read::text(source).map_err(|error| match error {
                    ReadError::Io(_, error) => Unread::Io(error),
                    ReadError::NoConfig(path) => Unread::Changed(path),
                })?;
                if written.hash != *hash {
                    return Err(Unread::Changed(source.disk.clone()));
                }
                Ok(parse::parse(source, written, *draft_meeting, reading).1)
            }
        }
    }

    fn kept(&self, at: u64, length: usize) -> io::Result<parse::Bodies> {
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut bytes)?;
        drop(file);
        postcard::from_bytes(&bytes).map_err(io::Error::other)
    }
}
