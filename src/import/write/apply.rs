//! Writes a plan: all of its files, or none.
//!
//! Takes the root and a plan; writes each file beside its place and renames them all. A file that has changed since the
//! plan was made stops everything, and what went wrong halfway is taken back. No link is followed out of the root.

use super::{Change, Plan, Trouble};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// Writes every file of the plan below the root.
pub fn apply(root: &Path, plan: &Plan) -> Result<(), Trouble> {
    let mut work = Work::default();
    let done = work.run(root, plan);
    if done.is_err() {
        work.undo();
    }
    done
}

/// What was done so far.
#[derive(Default)]
struct Work<'a> {
    /// Folders that were made, the outer first.
    folders: Vec<PathBuf>,
    /// Files that wait beside their places.
    waiting: Vec<(PathBuf, PathBuf, &'a Change)>,
    /// How many of them are in their places.
    placed: usize,
}

impl<'a> Work<'a> {
    fn run(&mut self, root: &Path, plan: &'a Plan) -> Result<(), Trouble> {
        let canonical = root.canonicalize().map_err(io_at("."))?;
        for change in &plan.changes {
            let target = target(root, &canonical, &change.path)?;
            check(&target, change)?;
        }
        for change in &plan.changes {
            let full = root.join(&change.path);
            self.folder(full.parent().unwrap_or(root)).map_err(io_at(&change.path))?;
            let target = target(root, &canonical, &change.path)?;
            let temporary = self.write(&target, change).map_err(io_at(&change.path))?;
            self.waiting.push((temporary, target, change));
        }
        for (temporary, target, change) in &self.waiting {
            check(target, change)?;
            fs::rename(temporary, target).map_err(io_at(&change.path))?;
            self.placed += 1;
        }
        Ok(())
    }

    /// Makes a folder and those above it.
    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.folder(above)?;
        }
        fs::create_dir(folder)?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    /// Writes a file beside its place; gives its name.
    fn write(&mut self, target: &Path, change: &Change) -> io::Result<PathBuf> {
        let folder = target.parent().unwrap_or(target);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let mut attempt = 0;
        let (temporary, mut file) = loop {
            let temporary = folder.join(format!(".{name}.{}-{attempt}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&temporary) {
                Ok(file) => break (temporary, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
                Err(error) => return Err(error),
            }
        };
        let written = file.write_all(change.after.as_bytes()).and_then(|()| {
            if change.before.is_some() {
                fs::set_permissions(&temporary, fs::metadata(target)?.permissions())
            } else {
                Ok(())
            }
        });
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written.map(|()| temporary)
    }

    /// Takes back what was done.
    fn undo(&mut self) {
        for (at, (temporary, target, change)) in self.waiting.iter().enumerate() {
            if at >= self.placed {
                let _ = fs::remove_file(temporary);
                continue;
            }
            let _ = match &change.before {
                Some(before) => fs::write(temporary, before).and_then(|()| fs::rename(temporary, target)),
                None => fs::remove_file(target),
            };
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The place of a file: below the root, whatever its folders are; what is not there yet is no link.
fn target(root: &Path, canonical: &Path, path: &str) -> Result<PathBuf, Trouble> {
    let outside = || Trouble::Outside { path: path.to_owned() };
    if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(outside());
    }
    let full = root.join(path);
    let there = full.ancestors().skip(1).find(|folder| folder.symlink_metadata().is_ok()).ok_or_else(outside)?;
    if !there.canonicalize().map_err(io_at(path))?.starts_with(canonical) {
        return Err(outside());
    }
    if full.symlink_metadata().is_ok_and(|file| file.is_symlink()) {
        return Err(outside());
    }
    Ok(full)
}

/// Whether a file is as the plan found it.
fn check(target: &Path, change: &Change) -> Result<(), Trouble> {
    let now = match fs::read(target) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(io_at(&change.path)(error)),
    };
    if now.as_deref() == change.before.as_ref().map(String::as_bytes) {
        return Ok(());
    }
    Err(Trouble::Changed { path: change.path.clone() })
}

fn io_at(path: &str) -> impl FnOnce(io::Error) -> Trouble {
    move |error| Trouble::Io { path: path.to_owned(), reason: error.to_string() }
}
