//! What others do to a site behind the program's back: to the output folder, and to what builds remember.

use super::kinds::{Choice, the_end};
use super::site::Site;
use crate::support::{Tree, folders};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What an edit does.
type Edit = fn(&mut Site, &mut Choice) -> Option<String>;

/// The kinds, by name.
#[rustfmt::skip]
pub const EDITS: &[(&str, Edit)] = &[
    ("memory: deleted", |site, _| { remove(&site.root().join(".sagnet")); Some(".sagnet deleted".to_owned()) }),
    ("memory: truncated", |site, by| {
        let memory = memory(site)?;
        let length = fs::metadata(&memory).unwrap().len();
        let short = [0, 1, length / 2, length - 1][by.below(4)];
        fs::File::options().write(true).open(memory).unwrap().set_len(short).unwrap();
        Some(format!("memory.redb cut to {short} of {length} bytes"))
    }),
    ("memory: other bytes", |site, by| {
        let memory = memory(site)?;
        let mut bytes = fs::read(&memory).unwrap();
        let (at, count) = (by.below(bytes.len()), [1, 16, 4096][by.below(3)]);
        bytes.iter_mut().skip(at).take(count).for_each(|byte| *byte ^= 0x55);
        fs::write(memory, bytes).unwrap();
        Some(format!("memory.redb: {count} bytes from {at} on are others"))
    }),
    ("memory: rubbish", |site, _| { fs::write(memory(site)?, "rubbish").unwrap(); Some("memory.redb is rubbish".to_owned()) }),
    ("memory: a folder in its place", |site, _| {
        let memory = memory(site)?;
        fs::remove_file(&memory).unwrap();
        fs::create_dir(memory).unwrap();
        Some("memory.redb is a folder".to_owned())
    }),
    ("memory: kept, or an older one put back", |site, _| {
        let kept = site.root().join("kept");
        let memory = site.root().join(".sagnet/memory.redb");
        if !kept.exists() {
            fs::copy(memory, kept).ok()?;
            return Some("memory.redb is kept".to_owned());
        }
        if memory.is_dir() {
            return None;
        }
        fs::create_dir_all(memory.parent()?).unwrap();
        fs::rename(kept, memory).unwrap();
        Some("the memory.redb that was kept is put back".to_owned())
    }),
    ("output: a byte, with the old time", |site, by| change(site, by, |path, by| {
        let time = fs::metadata(path).unwrap().modified().unwrap();
        let mut bytes = fs::read(path).unwrap();
        if let Some(byte) = by_place(by, &mut bytes) { *byte ^= 1; }
        fs::write(path, bytes).unwrap();
        set_time(path, time);
    })),
    ("output: a file replaced, with the old time", |site, by| change(site, by, |path, by| {
        let time = fs::metadata(path).unwrap().modified().unwrap();
        let mut bytes = fs::read(path).unwrap();
        if let Some(byte) = by_place(by, &mut bytes) { *byte ^= 1; }
        let beside = path.with_extension("beside");
        fs::write(&beside, bytes).unwrap();
        set_time(&beside, time);
        fs::rename(beside, path).unwrap();
    })),
    ("output: a file longer", |site, by| change(site, by, |path, _| {
        let bytes = [fs::read(path).unwrap(), b"x".to_vec()].concat();
        fs::write(path, bytes).unwrap();
    })),
    ("output: a file emptied", |site, by| change(site, by, |path, _| fs::write(path, "").unwrap())),
    ("output: a file deleted", |site, by| change(site, by, |path, _| fs::remove_file(path).unwrap())),
    ("output: a file touched", |site, by| change(site, by, |path, _| set_time(path, SystemTime::now()))),
    ("output: a file touched, far in the future", |site, by| change(site, by, |path, _| set_time(path, the_end()))),
    ("output: a file with other rights", |site, by| change(site, by, |path, _| {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    })),
    ("output: a folder in a file's place", |site, by| {
        let path = file(site, by).filter(|path| !is_dotted(path))?;
        let there = site.output().join(&path);
        fs::remove_file(&there).unwrap();
        fs::create_dir_all(there.join("mappe")).unwrap();
        fs::write(there.join("mappe/fil"), "x").unwrap();
        site.meddled = true;
        Some(format!("output: a folder in place of {path}"))
    }),
    ("output: a link in a file's place", |site, by| {
        let outside = outside(site);
        change(site, by, |path, _| {
            fs::rename(path, &outside).unwrap();
            symlink(&outside, path).unwrap();
        })
    }),
    ("output: a hard link to a file's copy", |site, by| {
        let outside = outside(site);
        change(site, by, |path, _| {
            fs::copy(path, &outside).unwrap();
            fs::remove_file(path).unwrap();
            fs::hard_link(&outside, path).unwrap();
        })
    }),
    ("output: two files swapped", |site, by| {
        let (a, b) = (file(site, by)?, file(site, by)?);
        swap(site, &a, &b)
    }),
    ("output: a file copied over another", |site, by| {
        let (a, b) = (file(site, by)?, file(site, by)?);
        let output = site.output();
        let bytes = fs::read(output.join(&a)).unwrap();
        fs::write(output.join(&b), bytes).unwrap();
        site.meddled = true;
        Some(format!("output: {a} copied over {b}"))
    }),
    ("output: a file added", |site, by| {
        let folder = site.output().join(folder(site, by).unwrap_or_default());
        let name = ["fremmed.html", "index.html~", "om", "feed.xml.gz"][by.below(4)];
        if !folder.is_dir() || folder.join(name).exists() { return None; }
        fs::write(folder.join(name), "x").unwrap();
        site.meddled = true;
        Some(format!("{} added", folder.join(name).display()))
    }),
    ("output: a folder added", |site, by| {
        let folder = site.output().join(folder(site, by).unwrap_or_default());
        let name = ["fremmed/dybt/nede", "om", "ny"][by.below(3)];
        if !folder.is_dir() || folder.join(name).symlink_metadata().is_ok() { return None; }
        fs::create_dir_all(folder.join(name)).unwrap();
        if by.below(2) == 0 { fs::write(folder.join(name).join("fil"), "x").unwrap(); }
        site.meddled = true;
        Some(format!("{} added", folder.join(name).display()))
    }),
    ("output: a folder deleted", |site, by| change_folder(site, by, |path, _| fs::remove_dir_all(path).unwrap())),
    ("output: a folder emptied", |site, by| change_folder(site, by, |path, _| {
        fs::remove_dir_all(path).unwrap();
        fs::create_dir(path).unwrap();
    })),
    ("output: a file in a folder's place", |site, by| change_folder(site, by, |path, _| {
        fs::remove_dir_all(path).unwrap();
        fs::write(path, "x").unwrap();
    })),
    ("output: a link in a folder's place", |site, by| {
        let outside = outside(site);
        change_folder(site, by, |path, _| {
            fs::rename(path, &outside).unwrap();
            symlink(&outside, path).unwrap();
        })
    }),
    ("output: two folders swapped", |site, by| {
        let (a, b) = (folder(site, by)?, folder(site, by)?);
        if a.starts_with(&b) || b.starts_with(&a) { return None; }
        swap(site, &a, &b)
    }),
    ("output: a folder renamed", |site, by| change_folder(site, by, |path, _| fs::rename(path, path.with_extension("andet")).unwrap())),
    ("output: deleted", |site, _| { remove(&site.output()); site.meddled = true; Some("the output deleted".to_owned()) }),
    ("output: emptied", |site, _| {
        for entry in fs::read_dir(site.output()).ok()? { remove(&entry.unwrap().path()); }
        site.meddled = true;
        Some("the output emptied".to_owned())
    }),
    ("output: a hanging link", |site, _| {
        symlink("ingen-steder", site.output().join("link")).ok()?;
        site.meddled = true;
        Some("output: a hanging link".to_owned())
    }),
];

fn memory(site: &Site) -> Option<PathBuf> {
    Some(site.root().join(".sagnet/memory.redb")).filter(|path| path.is_file())
}

fn remove(path: &Path) {
    match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path).unwrap(),
        Ok(_) => fs::remove_file(path).unwrap(),
        Err(_) => {}
    }
}

/// A path outside of the output where nothing is yet.
fn outside(site: &Site) -> PathBuf {
    (0..).map(|n| site.root().join(format!("udenfor-{n}"))).find(|path| path.symlink_metadata().is_err()).unwrap()
}

fn set_time(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn by_place<'a>(by: &mut Choice, bytes: &'a mut [u8]) -> Option<&'a mut u8> {
    let at = by.below(bytes.len());
    bytes.get_mut(at)
}

/// A file of the output, which is a file still.
fn file(site: &Site, by: &mut Choice) -> Option<String> {
    let output = site.output();
    if !output.is_dir() {
        return None;
    }
    let is_file = |path: &String| output.join(path).symlink_metadata().unwrap().is_file();
    let files: Vec<_> = Tree::read(&output).into_keys().filter(|path| path != ".sagnet" && is_file(path)).collect();
    by.of(&files).cloned()
}

/// Whether dots hide a path: what others put there is left alone.
fn is_dotted(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// A folder of the output.
fn folder(site: &Site, by: &mut Choice) -> Option<String> {
    let output = site.output();
    let mut folders: Vec<_> = if output.is_dir() { folders(&output).into_iter().collect() } else { Vec::new() };
    folders.retain(|path| !is_dotted(path));
    by.of(&folders).cloned()
}

fn change(site: &mut Site, by: &mut Choice, change: impl Fn(&Path, &mut Choice)) -> Option<String> {
    let path = file(site, by)?;
    change(&site.output().join(&path), by);
    site.meddled = true;
    Some(format!("output: {path}"))
}

fn change_folder(site: &mut Site, by: &mut Choice, change: impl Fn(&Path, &mut Choice)) -> Option<String> {
    let path = folder(site, by)?;
    change(&site.output().join(&path), by);
    site.meddled = true;
    Some(format!("output: {path}/"))
}

fn swap(site: &mut Site, a: &str, b: &str) -> Option<String> {
    if a == b {
        return None;
    }
    let output = site.output();
    let between = site.root().join("bytte");
    fs::rename(output.join(a), &between).unwrap();
    fs::rename(output.join(b), output.join(a)).unwrap();
    fs::rename(between, output.join(b)).unwrap();
    site.meddled = true;
    Some(format!("output: {a} and {b} swapped"))
}
