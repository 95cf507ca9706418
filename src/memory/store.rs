//! What a build remembers, on the disk: `.sagnet/memory.redb` under the root, an embedded database (redb).
//!
//! Takes rows of what was read and written, in one transaction; gives them to the next build. A build that is killed leaves
//! the rows of the one before, whose stamps then do not hold. A file that anyone else changed is known by its stamp,
//! which stands beside it in `memory.stamp`, and is not read. Whatever goes wrong here costs time and nothing else: without
//! rows, everything is done again. Rows are encoded by postcard, and stand in shards where there are very many of them, so
//! that an edit rewrites a few.

use super::Faces;
use super::seal::{FILE, Seal};
use crate::diagnostic::Diagnostic;
use crate::hashing::HashMap;
use crate::parse::Parsed;
use crate::render::PartName;
use crate::stamp::Stamp;
use rayon::prelude::*;
use redb::{Database, ReadableDatabase, TableDefinition, WriteTransaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

/// What all of it depends on: the program, the configuration, the theme, the options, and where the output is.
pub type Epoch = [u8; 32];

/// A file of the content as it was listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its name in its folder.
    pub name: String,
    /// What it looked like.
    pub stamp: Stamp,
    /// The hash of its bytes; 0 where they were not read.
    pub hash: u64,
}

/// The files of a folder of the content, and what was read in them, as they are kept.
#[derive(Debug)]
pub struct FolderRow(Result<Encoded, postcard::Error>);

#[derive(Debug)]
struct Encoded {
    listed: Vec<u8>,
    /// `None` where what was read before is still right.
    parsed: Option<Vec<u8>>,
}

impl FolderRow {
    /// Of files and what was read in them, in the same order.
    pub fn new(listed: &[Listed], parsed: Option<&[&Parsed]>) -> Self {
        let listed = postcard::to_stdvec(listed);
        let parsed = parsed.map(postcard::to_stdvec).transpose();
        Self(listed.and_then(|listed| Ok(Encoded { listed, parsed: parsed? })))
    }
}

/// A job that was done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PageRow {
    /// What the job is, and which files it writes, as a hash.
    pub identity: u64,
    /// What it looked at.
    pub parts: Vec<PartName>,
    /// The files that it wrote; the first is its own.
    pub files: Vec<Written>,
}

impl PageRow {
    /// The path of its own file.
    pub fn own(&self) -> &str {
        self.files.first().map_or("", |file| &file.path)
    }
}

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Relative to the output folder.
    pub path: String,
    /// What it looked like after it was written.
    pub stamp: Stamp,
    /// The hash of its bytes.
    pub hash: u64,
}

/// The memory of a root.
pub struct Store {
    // Dropped in this order: the seal is of a file that is closed.
    update: Option<WriteTransaction>,
    database: Database,
    _seal: Seal,
    epoch: Epoch,
    /// Something could not be put: without it, the rest would be wrong.
    is_refused: bool,
}

type Table<K> = TableDefinition<'static, K, &'static [u8]>;
/// What can fail in the database or in encoding.
pub type Fallible<T> = Result<T, Box<dyn Error>>;

const META: Table<&str> = TableDefinition::new("meta");
const LISTED: Table<&str> = TableDefinition::new("listed");
const PARSED: Table<&str> = TableDefinition::new("parsed");
const PAGES: Table<u32> = TableDefinition::new("pages");
const FOLDERS: Table<u32> = TableDefinition::new("folders");
const FACES: Table<u32> = TableDefinition::new("faces");

const EPOCH: &str = "epoch";
const DIAGNOSTICS: &str = "diagnostics";
const PAGES_FOR_READERS: &str = "pages";

/// Shards of rows that are found by a hash.
const SHARDS: u32 = 512;

/// Shards in which a row has changed.
#[derive(Debug, Default)]
pub struct Shards(BTreeSet<u32>);

impl Shards {
    /// Of rows of these paths.
    pub fn of<'a>(paths: impl Iterator<Item = &'a str>) -> Self {
        Self(paths.map(shard).collect())
    }

    /// With those of more paths.
    pub fn and<'a>(mut self, paths: impl Iterator<Item = &'a str>) -> Self {
        self.0.extend(paths.map(shard));
        self
    }
}

/// What the database holds in memory at most.
const CACHE: usize = 1024 * 1024;

impl Store {
    /// Opens the memory in `folder`; an empty one where it is of another epoch, or broken, or where nothing `is_there` any
    /// more of what was built: rows of that would be left among those of the next build. What is on the disk stays until
    /// this build has ended. `None` where none can be kept: another build has it, or the disk refuses.
    pub fn open(folder: &Path, epoch: &Epoch, is_there: bool) -> Option<Self> {
        fs::create_dir_all(folder).ok()?;
        let ignored = folder.join(".gitignore");
        if !ignored.exists() {
            // Whoever publishes by pushing to git must not push this.
            let _ = fs::write(ignored, "*\n");
        }
        let seal = Seal::of(folder)?;
        let path = folder.join(FILE);
        let open = || Database::builder().set_cache_size(CACHE).create(&path);
        let database = match open() {
            Ok(database) => database,
            Err(redb::DatabaseError::DatabaseAlreadyOpen) => return None,
            Err(_) => {
                fs::remove_file(&path).ok()?;
                open().ok()?
            }
        };
        let mut store = Self { update: None, database, _seal: seal, epoch: *epoch, is_refused: false };
        if is_there && store.meta(EPOCH).is_ok_and(|there| there == epoch) || store.forget().is_ok() {
            return Some(store);
        }
        let Self { update, database, _seal, .. } = store;
        drop((update, database));
        fs::remove_file(&path).ok()?;
        let mut store = Self { update: None, database: open().ok()?, _seal, epoch: *epoch, is_refused: false };
        store.forget().ok()?;
        Some(store)
    }

    /// Forgets everything; on the disk, once the build has ended.
    pub fn forget(&mut self) -> Fallible<()> {
        self.update = None;
        let update = self.database.begin_write()?;
        for table in update.list_tables()?.collect::<Vec<_>>() {
            update.delete_table(table)?;
        }
        update.open_table(META)?.insert(EPOCH, self.epoch.as_slice())?;
        self.update = Some(update);
        Ok(())
    }

    /// Whether a build ended with this memory.
    pub fn is_whole(&self) -> bool {
        self.update.is_none() && self.meta(DIAGNOSTICS).is_ok()
    }

    fn meta(&self, key: &str) -> Fallible<Vec<u8>> {
        let table = self.database.begin_read()?.open_table(META)?;
        Ok(table.get(key)?.ok_or("no such row")?.value().to_vec())
    }

    /// The diagnostics of the build before; here and below `None` where they cannot be read, and then nothing is to be
    /// believed that is remembered.
    pub fn diagnostics(&self) -> Option<Vec<Diagnostic>> {
        postcard::from_bytes(&self.meta(DIAGNOSTICS).ok()?).ok()
    }

    /// How many pages there were for readers.
    pub fn pages_for_readers(&self) -> Option<usize> {
        postcard::from_bytes(&self.meta(PAGES_FOR_READERS).ok()?).ok()
    }

    /// The files of every folder of the content, by its path.
    pub fn listed(&self) -> Option<HashMap<String, Vec<Listed>>> {
        self.named(LISTED).ok()
    }

    /// What was read in every folder of the content, by its path.
    pub fn parsed(&self) -> Option<HashMap<String, Vec<Parsed>>> {
        self.named(PARSED).ok()
    }

    /// The jobs that were done.
    pub fn pages(&self) -> Option<Vec<PageRow>> {
        self.sharded(PAGES).ok()
    }

    /// The folders of the output.
    pub fn folders(&self) -> Option<Vec<(String, Stamp)>> {
        self.sharded(FOLDERS).ok()
    }

    /// The faces of the record.
    pub fn faces(&self) -> Option<Faces> {
        self.sharded(FACES).ok().map(Faces::sorted)
    }

    fn named<T: DeserializeOwned + Send>(&self, table: Table<&str>) -> Fallible<HashMap<String, T>> {
        let mut rows = Vec::new();
        for row in self.database.begin_read()?.open_table(table)?.range::<&str>(..)? {
            let (key, value) = row?;
            rows.push((key.value().to_owned(), value));
        }
        let rows = rows.into_par_iter().map(|(key, bytes)| Ok((key, postcard::from_bytes(bytes.value())?)));
        Ok(rows.collect::<Result<_, postcard::Error>>()?)
    }

    fn sharded<T: DeserializeOwned + Send>(&self, table: Table<u32>) -> Fallible<Vec<T>> {
        let mut shards = Vec::new();
        for row in self.database.begin_read()?.open_table(table)?.range::<u32>(..)? {
            shards.push(row?.1);
        }
        let shards = shards.into_par_iter().map(|bytes| postcard::from_bytes::<Vec<T>>(bytes.value()));
        Ok(shards.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn update(&mut self) -> Fallible<&WriteTransaction> {
        if self.update.is_none() {
            self.update = Some(self.database.begin_write()?);
        }
        Ok(self.update.as_ref().ok_or("no transaction")?)
    }

    /// Remembers folders of the content, once the build has ended, and forgets others.
    pub fn put_content(&mut self, rows: &[(String, FolderRow)], gone: &[String]) -> Fallible<()> {
        let put = self.try_put_content(rows, gone);
        self.is_refused |= put.is_err();
        put
    }

    fn try_put_content(&mut self, rows: &[(String, FolderRow)], gone: &[String]) -> Fallible<()> {
        let update = self.update()?;
        let (mut listed, mut parsed) = (update.open_table(LISTED)?, update.open_table(PARSED)?);
        for (path, FolderRow(row)) in rows {
            let row = row.as_ref().map_err(Clone::clone)?;
            listed.insert(path.as_str(), row.listed.as_slice())?;
            if let Some(bytes) = &row.parsed {
                parsed.insert(path.as_str(), bytes.as_slice())?;
            }
        }
        for path in gone {
            listed.remove(path.as_str())?;
            parsed.remove(path.as_str())?;
        }
        Ok(())
    }

    /// Remembers jobs: of all that there are, those in whose shard one has changed are written.
    pub fn put_pages(&mut self, rows: &[PageRow], changed: &Shards) -> Fallible<()> {
        self.put_shards(PAGES, rows, |row| shard(row.own()), changed)
    }

    /// Remembers folders of the output, in the same way.
    pub fn put_folders(&mut self, folders: &BTreeMap<String, Stamp>, changed: &Shards) -> Fallible<()> {
        let rows: Vec<_> = folders.iter().collect();
        self.put_shards(FOLDERS, &rows, |(path, _)| shard(path), changed)
    }

    /// Remembers the faces of the record; only those shards are written in which one is not as it was `before`.
    pub fn put_faces(&mut self, faces: &Faces, before: &Faces) -> Fallible<()> {
        let place = |(name, _): &(PartName, u64)| name % SHARDS;
        let changed = Shards(faces.since(before).names().iter().map(|name| name % SHARDS).collect());
        let rows: Vec<_> = faces.iter().collect();
        self.put_shards(FACES, &rows, place, &changed)
    }

    fn put_shards<T: Serialize + Sync>(
        &mut self,
        table: Table<u32>,
        rows: &[T],
        place: impl Fn(&T) -> u32,
        Shards(changed): &Shards,
    ) -> Fallible<()> {
        let mut shards: BTreeMap<u32, Vec<&T>> = changed.iter().map(|shard| (*shard, Vec::new())).collect();
        for row in rows {
            if let Some(shard) = shards.get_mut(&place(row)) {
                shard.push(row);
            }
        }
        let shards: Vec<_> = shards.into_iter().collect();
        let bytes = shards.par_iter().map(|(shard, rows)| Ok((*shard, postcard::to_stdvec(rows)?)));
        let bytes: Vec<(u32, Vec<u8>)> = bytes.collect::<Result<_, postcard::Error>>()?;
        let mut table = self.update()?.open_table(table)?;
        for (shard, bytes) in bytes {
            table.insert(shard, bytes.as_slice())?;
        }
        Ok(())
    }

    /// Remembers what was told of the content, and how many pages there are for readers: now the memory is whole.
    pub fn put_told(&mut self, diagnostics: &[Diagnostic], pages: usize) -> Fallible<()> {
        let (diagnostics, pages) = (postcard::to_stdvec(diagnostics)?, postcard::to_stdvec(&pages)?);
        let mut table = self.update()?.open_table(META)?;
        table.insert(DIAGNOSTICS, diagnostics.as_slice())?;
        table.insert(PAGES_FOR_READERS, pages.as_slice())?;
        Ok(())
    }

    /// Makes everything that was put lasting, in one step; nothing, where something could not be put.
    pub fn commit(&mut self) -> Fallible<()> {
        if self.is_refused {
            return Err("a row is missing".into());
        }
        if let Some(update) = self.update.take() {
            update.commit()?;
        }
        Ok(())
    }
}

/// The shard of a path: what lies together in the output is together in it, and so is looked at in turn.
fn shard(path: &str) -> u32 {
    let folder = path.match_indices('/').nth(1).map_or(path, |(end, _)| &path[..end]);
    u32::try_from(crate::stamp::hash(folder.as_bytes()) % u64::from(SHARDS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Encoded, FolderRow, Store};

    #[test]
    #[allow(clippy::unwrap_used)]
    fn a_row_that_cannot_be_kept_keeps_all_others_out() {
        let folder = tempfile::tempdir().unwrap();
        let row = || FolderRow(Ok(Encoded { listed: vec![0], parsed: Some(vec![0]) }));
        let put = |rows: &[(String, FolderRow)]| {
            let mut store = Store::open(folder.path(), &[1; 32], true).unwrap();
            let put = store.put_content(rows, &[]).and_then(|()| store.put_told(&[], 0));
            (put.is_ok(), store.commit().is_ok())
        };
        assert_eq!(put(&[("a".to_owned(), row())]), (true, true));
        let broken = FolderRow(Err(postcard::Error::SerializeBufferFull));
        assert_eq!(put(&[("b".to_owned(), row()), ("a".to_owned(), broken)]), (false, false));
        let store = Store::open(folder.path(), &[1; 32], true).unwrap();
        assert!(store.is_whole());
        assert_eq!(store.listed().unwrap().into_keys().collect::<Vec<_>>(), ["a"]);
    }
}
