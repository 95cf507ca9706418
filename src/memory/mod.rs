//! What a build remembers, so that the next one does only what an edit can change.
//!
//! Takes what was read, rendered and written; gives it back to the next build, or nothing at all: what is remembered may
//! be deleted at any time, and is ignored where another version, configuration or theme made it. Nothing of it is taken on
//! trust: a file is as it was only by its [stamp](crate::stamp::Stamp), and a page only where every part of the record that it
//! was made from has the [face](Faces) that it had.
//!
//! `store` keeps it on the disk, `seal` tells whether that is as it was left; `bodies` keeps the HTML of texts out of memory
//! while one build runs.

mod bodies;
mod faces;
mod seal;
mod store;

pub use bodies::{Bodies, InContent, Place, Unread};
pub use faces::Faces;
use store::Shards;
pub use store::{Epoch, FolderRow, Listed, PageRow, Written};

use crate::diagnostic::Diagnostic;
use crate::hashing::{HashMap, HashSet, hash_of};
use crate::link::PageRef;
use crate::plan::{Job, Plan, Planned};
use crate::read::Source;
use crate::render::{Names, PartName};
use crate::stamp::{self, Stamp};
use crate::write::{Committed, Inspected, Lock, Put, Stale, WriteError, inspect};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Fallible, Store};

/// The folder under the root, which may be deleted at any time.
pub const FOLDER: &str = ".sagnet";

/// The memory of a root, while a build runs.
pub struct Memory {
    /// What is kept.
    pub store: Store,
    /// What the clock of the output's file system said when the build began.
    pub now: SystemTime,
    /// What the build before made, as it is now.
    pub remembered: Option<Remembered>,
    /// The right to change the output, which is held from before it is inspected.
    pub lock: Option<Lock>,
    output: PathBuf,
}

/// What the build before made, as it is now.
pub struct Remembered {
    inspected: Inspected,
    faces: Faces,
}

/// What a build is to do.
pub struct ToDo {
    /// Jobs, by their place in the plan.
    pub jobs: Vec<usize>,
    /// Files that no job writes any more; those among them that another job writes now are not stale.
    pub stale: Stale,
    /// For each job of the build before, in the order of what was inspected: it is not done again, nor is it gone.
    pub kept: Vec<bool>,
}

impl ToDo {
    /// Everything.
    pub fn all(plan: &Plan) -> Self {
        Self { jobs: (0..plan.jobs.len()).collect(), stale: Stale::Unknown, kept: Vec::new() }
    }
}

/// A job that was done.
pub struct Done {
    /// Its place in the plan.
    pub job: usize,
    /// What it looked at.
    pub parts: Vec<PartName>,
    /// What became of each of its files.
    pub put: Vec<Put>,
}

/// What stands for the bytes of a file of the content: their hash, else its stamp, else a number that nothing had before.
pub fn mark(source: &Source, hash: u64) -> u64 {
    if hash != 0 {
        return hash;
    }
    source.stamp.known().unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        hash_of((now.as_nanos(), &source.path))
    })
}

impl Memory {
    /// Opens the memory of a root; `None` where none can be kept. What it holds of another epoch is not read.
    pub fn open(root: &Path, output: &Path, epoch: &Epoch) -> Option<Self> {
        let folder = root.join(FOLDER);
        let lock = Lock::of(output);
        let store = Store::open(&folder, epoch, lock.is_some())?;
        let clocks = [Some(folder.as_path()), lock.as_ref().map(|_| output)];
        let clocks = clocks.into_iter().flatten().map(stamp::clock).collect::<Result<Vec<_>, _>>().ok()?;
        let now = clocks.into_iter().min()?;
        Some(Self { store, now, remembered: None, lock, output: output.to_owned() })
    }

    /// Whether a build before came to its end, and what it made may be there.
    pub fn is_whole(&self) -> bool {
        self.lock.is_some() && self.store.is_whole()
    }

    /// A memory of nothing, where something of it cannot be read; `None` where none can be kept.
    pub fn emptied(mut self) -> Option<Self> {
        self.store.forget().ok()?;
        Some(self)
    }

    /// What is there of what the build before made; `None` where nothing can be read of that.
    pub fn inspect(&self) -> Result<Option<Inspected>, WriteError> {
        let (Some(pages), Some(folders)) = (self.store.pages(), self.store.folders()) else { return Ok(None) };
        inspect(&self.output, self.now, pages, folders).map(Some)
    }

    /// Remembers the stamps of what has the bytes that it had.
    pub fn freshen(&mut self, inspected: &Inspected, rows: &[(String, FolderRow)]) {
        if rows.is_empty() && inspected.restamped.is_empty() && inspected.restamped_folders.is_empty() {
            return;
        }
        // What is not remembered is looked at again.
        let _ = self.try_freshen(inspected, rows);
    }

    fn try_freshen(&mut self, inspected: &Inspected, rows: &[(String, FolderRow)]) -> Fallible<()> {
        self.store.put_content(rows, &[])?;
        self.store.put_pages(&inspected.rows, &Shards::of(restamped(inspected)))?;
        let changed = Shards::of(inspected.restamped_folders.iter().map(String::as_str));
        self.store.put_folders(&inspected.folders, &changed)?;
        self.store.commit()
    }

    /// Remembers what was read, once the build has ended.
    pub fn keep_content(&mut self, rows: &[(String, FolderRow)], gone: &[String]) {
        // Where it fails, nothing of this build is remembered.
        let _ = self.store.put_content(rows, gone);
    }

    /// What is to be done: all but the jobs whose files are as they were, and for which every part of the record that they
    /// looked at has the face that it had.
    pub fn to_do(&self, plan: &Plan, identities: &[u64], faces: &Faces) -> ToDo {
        let Some(Remembered { inspected, faces: before }) = &self.remembered else {
            return ToDo::all(plan);
        };
        let changed = faces.since(before);
        let rows: HashMap<u64, usize> = inspected.rows.iter().enumerate().map(|(at, row)| (row.identity, at)).collect();
        // The row of each job that still writes the same files, and whether they are to be written again.
        let looks: Vec<(Option<usize>, bool)> = identities
            .par_iter()
            .map(|identity| {
                let row = rows.get(identity).copied();
                let is_done = |row: usize| !inspected.touched[row] && !changed.any(&inspected.rows[row].parts);
                (row, row.is_some_and(is_done))
            })
            .collect();
        let mut is_gone = vec![true; inspected.rows.len()];
        let mut kept = vec![false; inspected.rows.len()];
        for (row, is_done) in looks.iter().filter_map(|(row, is_done)| row.map(|row| (row, *is_done))) {
            is_gone[row] = false;
            kept[row] = is_done;
        }
        let gone = inspected.rows.iter().zip(is_gone).filter(|(_, is_gone)| *is_gone);
        let gone = gone.flat_map(|(row, _)| &row.files).map(|file| PathBuf::from(&file.path));
        ToDo {
            jobs: looks.iter().enumerate().filter(|(_, (_, is_done))| !is_done).map(|(job, _)| job).collect(),
            stale: Stale::Known(gone.chain(inspected.strangers.iter().cloned()).collect()),
            kept,
        }
    }

    /// Remembers what was made.
    pub fn keep(
        mut self,
        (plan, identities, faces): (&Plan, &[u64], &Faces),
        (done, kept): (Vec<Done>, &[bool]),
        committed: &Committed,
        told: &[Diagnostic],
    ) {
        // What is not remembered is done again.
        let _ = self.try_keep((plan, identities, faces), (done, kept), committed, told);
    }

    fn try_keep(
        &mut self,
        (plan, identities, faces): (&Plan, &[u64], &Faces),
        (done, kept): (Vec<Done>, &[bool]),
        committed: &Committed,
        told: &[Diagnostic],
    ) -> Fallible<()> {
        let remembered = self.remembered.take();
        let (mut rows, mut folders, before, changed) = match remembered {
            Some(Remembered { inspected, faces }) => {
                let folders = Shards::of(inspected.restamped_folders.iter().map(String::as_str));
                let changed = (Shards::of(restamped(&inspected)), folders);
                (inspected.rows, inspected.folders, faces, changed)
            }
            None => (Vec::new(), BTreeMap::new(), Faces::default(), Default::default()),
        };
        let (changed_rows, changed_folders) = changed;
        let (output, changes) = (&self.output, &committed.changes);
        let stamp = |path: &str, put: &Put| match put {
            Put { is_staged: false, seen, .. } => Stamp::of_written(*seen, self.now),
            Put { seen, .. } if !changes.is_alone(path) => Stamp::of_written(*seen, committed.now),
            Put { seen, .. } => {
                let meta = output.join(path).symlink_metadata();
                meta.map_or(Stamp::UNKNOWN, |meta| Stamp::of_renamed(*seen, &meta, committed.now))
            }
        };
        let unknown = unknown_folders(plan, &done, &folders);
        let row = |done: Done| {
            let planned = &plan.jobs[done.job];
            let files = planned.files.iter().zip(done.put);
            let files =
                files.map(|(path, put)| Written { path: path.clone(), stamp: stamp(path, &put), hash: put.hash });
            let files = files.collect();
            PageRow { identity: identities[done.job], parts: done.parts, files }
        };
        let new: Vec<PageRow> = done.into_par_iter().map(row).collect();
        let gone = rows.iter().zip(kept).filter(|(_, is_kept)| !**is_kept).map(|(row, _)| row);
        let changed_rows = changed_rows.and(gone.chain(&new).map(PageRow::own));
        let mut kept = kept.iter().copied();
        rows.retain(|_| kept.next().unwrap_or(false));
        rows.extend(new);
        // The output folder itself has changed: files waited in it.
        let touched = changes.folders.iter().map(String::as_str).chain(unknown).chain([""]);
        let touched: Vec<&str> = touched.filter(|folder| !changes.emptied.contains(*folder)).collect();
        let look = |folder: &&str| {
            let meta = output.join(folder).symlink_metadata();
            meta.map_or(Stamp::UNKNOWN, |meta| changes.stamp_of_folder(folder, &meta))
        };
        let store = &mut self.store;
        let (stamps, put) = rayon::join(
            || touched.par_iter().map(look).collect::<Vec<Stamp>>(),
            || store.put_pages(&rows, &changed_rows).map_err(|error| error.to_string()),
        );
        put?;
        let changed_folders =
            changed_folders.and(touched.iter().copied().chain(changes.emptied.iter().map(String::as_str)));
        changes.emptied.iter().for_each(|folder| _ = folders.remove(folder));
        folders.extend(touched.into_iter().map(str::to_owned).zip(stamps));
        self.store.put_folders(&folders, &changed_folders)?;
        self.store.put_faces(faces, &before)?;
        self.store.put_told(told, plan.jobs.iter().filter(|planned| planned.is_listed()).count())?;
        self.store.commit()
    }
}

impl Remembered {
    /// What was inspected, with the faces of the record that it was made from.
    pub fn new(inspected: Inspected, faces: Faces) -> Self {
        Self { inspected, faces }
    }
}

/// The folders of files that jobs made which are not remembered yet.
fn unknown_folders<'a>(plan: &'a Plan, done: &[Done], folders: &BTreeMap<String, Stamp>) -> Vec<&'a str> {
    let mut seen: HashSet<&str> = HashSet::default();
    let (mut unknown, mut last) = (Vec::new(), "");
    for file in done.iter().flat_map(|done| &plan.jobs[done.job].files) {
        let mut above = file.as_str();
        let own = above.rsplit_once('/').map_or("", |(folder, _)| folder);
        if std::mem::replace(&mut last, own) == own {
            continue;
        }
        while let Some((folder, _)) = above.rsplit_once('/').filter(|(folder, _)| seen.insert(folder)) {
            if !folders.contains_key(folder) {
                unknown.push(folder);
            }
            above = folder;
        }
    }
    unknown
}

/// The own files of those jobs of which a file has a new stamp.
fn restamped(inspected: &Inspected) -> impl Iterator<Item = &str> {
    inspected.restamped.iter().map(|row| inspected.rows[*row].own())
}

/// What each job of a plan is, and which files it writes, as a number.
pub fn identities(plan: &Plan, names: &Names) -> Vec<u64> {
    plan.jobs.par_iter().map(|planned| identity(planned, names)).collect()
}

fn identity(planned: &Planned, names: &Names) -> u64 {
    let job = match &planned.job {
        Job::Front => (0, 0, 0),
        Job::Meetings { year } => (1, hash_of(year), 0),
        Job::Meeting(ix) => (2, names.meeting(*ix), 0),
        Job::Item(ix) => (3, names.item(*ix), 0),
        Job::Cases { group, page } => (4, hash_of(group), *page),
        Job::Case(ix) => (5, names.case(*ix), 0),
        Job::Topics => (6, 0, 0),
        Job::Topic { topic, page } => (7, names.topic(*topic), *page),
        Job::Bodies => (8, 0, 0),
        Job::Body { body, page } => (9, names.body(*body), *page),
        Job::Timeline { year, page } => (10, hash_of(year), *page),
        Job::Search => (11, 0, 0),
        Job::Page(ix) => (12, names.page(PageRef::Page(*ix)), 0),
        Job::Statement => (13, 0, 0),
        Job::NotFound => (14, 0, 0),
        Job::Redirect { to, .. } => (15, names.page(*to), 0),
        Job::File(file) => (16, names.file(*file), 0),
        Job::FileAgain { file, .. } => (17, names.file(*file), 0),
        Job::Asset(_) => (18, 0, 0),
        Job::Sitemap { part } => (19, 0, *part),
        Job::Robots => (20, 0, 0),
    };
    hash_of((job, &planned.address, &planned.files))
}
