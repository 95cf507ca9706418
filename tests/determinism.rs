//! The same input gives the same bytes, whatever the clock, time zone, locale, threads, folder, file times, order of files
//! or rights; and with a base address that has a path, every link carries it.
//!
//! The input is the golden site `states` (times of day, dates, bodies, lists in Danish order) and the council's own record.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use support::{Run, Site, Tree};

type Files = BTreeMap<String, Vec<u8>>;

/// The marker that the build leaves for itself: no part of the site.
const MARKER: &str = ".sagnet";

fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a record is made of: by path below its root.
fn input(root: &Path) -> Files {
    let mut files = Tree::read(&root.join("content"))
        .into_iter()
        .map(|(path, bytes)| (format!("content/{path}"), bytes))
        .collect::<Files>();
    files.insert("sagnet.toml".to_owned(), fs::read(root.join("sagnet.toml")).unwrap());
    files
}

fn states() -> Files {
    input(&checkout().join("tests/sites/states"))
}

/// The files in this order, below `root`.
fn write<'f>(root: &Path, files: impl Iterator<Item = (&'f String, &'f Vec<u8>)>) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A build of `root` into a new folder, with the options and environment that `change` adds.
fn built(root: &Path, change: impl Fn(&mut Command)) -> Files {
    let output = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sagnet"));
    command.arg("build").arg("--root").arg(root).arg("--output").arg(output.path());
    change(&mut command);
    let run = Run::of(&mut command);
    assert_eq!(run.code, 0, "{}", run.told);
    let mut files = Tree::read(output.path());
    files.remove(MARKER);
    files
}

fn assert_same(expected: &Files, actual: &Files, what: &str) {
    assert_eq!(Tree::diff(expected, actual), Vec::<String>::new(), "{what}");
}

#[test]
fn no_circumstance_changes_a_byte() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), states().iter());
    let expected = built(root.path(), |_| {});
    assert!(expected.len() > 50);
    for zone in ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Ingen/Steder"] {
        assert_same(&expected, &built(root.path(), |build| _ = build.env("TZ", zone)), zone);
    }
    for locale in ["C", "da_DK.UTF-8", "tr_TR.UTF-8", "sv_SE.UTF-8"] {
        let change = |build: &mut Command| _ = build.env("LANG", locale).env("LC_ALL", locale).env("LANGUAGE", locale);
        assert_same(&expected, &built(root.path(), change), locale);
    }
    for jobs in ["1", "2", "7"] {
        assert_same(&expected, &built(root.path(), |build| _ = build.args(["--jobs", jobs])), jobs);
    }
    for epoch in ["0", "1740000000", "4102444800"] {
        assert_same(&expected, &built(root.path(), |build| _ = build.env("SOURCE_DATE_EPOCH", epoch)), epoch);
    }
    let bare = |build: &mut Command| _ = build.env_clear();
    assert_same(&expected, &built(root.path(), bare), "an empty environment");
}

#[test]
fn no_folder_order_or_file_time_changes_a_byte() {
    let files = states();
    let first = tempfile::tempdir().unwrap();
    write(first.path(), files.iter());
    let expected = built(first.path(), |_| {});

    let other = tempfile::tempdir().unwrap();
    let root = other.path().join("en mappe med blanke og æøå/dybere");
    write(&root, files.iter().rev());
    assert_same(&expected, &built(&root, |_| {}), "another folder, and the files made in another order");

    for (n, path) in files.keys().enumerate() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * 365 * (n as u64 % 50));
        fs::File::options().write(true).open(root.join(path)).unwrap().set_modified(time).unwrap();
    }
    assert_same(&expected, &built(&root, |_| {}), "other times");

    let relative = built(Path::new("."), |build| _ = build.current_dir(&root));
    assert_same(&expected, &relative, "from inside the folder");
}

#[cfg(unix)]
#[test]
fn no_mask_of_rights_changes_a_byte() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), states().iter());
    let expected = built(root.path(), |_| {});
    for mask in ["000", "022", "077"] {
        let output: PathBuf = root.path().join(mask);
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            &format!("umask {mask}; exec \"$@\""),
            "sh",
            env!("CARGO_BIN_EXE_sagnet"),
            "build",
            "--root",
        ]);
        let run = Run::of(shell.arg(root.path()).arg("--output").arg(&output));
        assert_eq!(run.code, 0, "{}", run.told);
        let mut files = Tree::read(&output);
        files.remove(MARKER);
        assert_same(&expected, &files, mask);
    }
}

/// The council's own record, for an address with a path: given on the command line, as for a preview, and with a slash.
#[test]
fn every_link_carries_the_path_of_the_address() {
    const OTHER: &str = "https://preview.example/raad/data";
    for root in [checkout().to_owned(), checkout().join("tests/sites/links"), checkout().join("tests/sites/states")] {
        let plain = built(&root, |_| {});
        let files = built(&root, |build| _ = build.args(["--base-url", OTHER]));
        let slash = built(&root, |build| _ = build.args(["--base-url", &format!("{OTHER}/")]));
        assert_same(&files, &slash, "a slash at the end");
        assert!(plain.keys().eq(files.keys()), "the address changes which files there are");
        let site = Site::from_files(files, OTHER);
        assert_eq!(site.base_path(), Vec::<String>::new());
        assert_eq!(site.faults(), Vec::<String>::new());
        let config: toml::Table = fs::read_to_string(root.join("sagnet.toml")).unwrap().parse().unwrap();
        let own = config["base_url"].as_str().unwrap();
        let host = own.split("://").nth(1).unwrap();
        // The name of the host stays in the ids of feeds and calendars, which never change; nowhere else.
        for (file, bytes) in &site.files {
            let text = String::from_utf8_lossy(bytes);
            let left = text.matches(host).count() - text.matches(&format!("tag:{host},")).count();
            let uids = text.matches(&format!("@{host}")).count();
            assert!(left <= uids, "{file} names {host}");
        }
    }
}

/// Two builds of the council's own record, one of them on one thread.
#[test]
fn the_record_is_the_same_on_one_thread() {
    let expected = built(checkout(), |_| {});
    let alone = |build: &mut Command| _ = build.args(["--jobs", "1"]).env("TZ", "Asia/Tokyo").env("LC_ALL", "C");
    assert_same(&expected, &built(checkout(), alone), "one thread");
    assert_eq!(Site::from_files(expected, "https://it-arkitekturraadet.example").faults(), Vec::<String>::new());
}
