//! What others do while a build runs, and what a build leaves that did not come to its end.
//!
//! Each test is a fault that a review found. A killed build is one whose memory is put back as it was before it; what
//! happens while a build runs is done between its halves, or when it tells that a job is done.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

mod support;

use redb::TableDefinition;
use sagnet::pipeline::{self, Failure, Next, Options, Progress};
use sagnet::render::{Content, Output};
use sagnet::write::{Stage, Stale, WriteError};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;
use support::record::Files;
use support::{Record, Run, Tree};

/// More than a tick of the clock of any file system here.
const WHILE: Duration = Duration::from_millis(60);

/// Builds and holds the output against `expected`.
fn becomes(record: &Record, expected: &Files, what: &str) -> Run {
    let run = record.build();
    assert_eq!(run.code, 0, "{what}: {}", run.told);
    assert_eq!(Tree::diff(expected, &Tree::read(&record.output())), Vec::<String>::new(), "{what}");
    run
}

/// Builds until every stamp is known.
fn settle(record: &Record) {
    for _ in 0..2 {
        sleep(WHILE);
        assert_eq!(record.build().counts()[0], 0);
    }
}

fn memory(record: &Record) -> PathBuf {
    record.root().join(".sagnet/memory.redb")
}

/// Does what a build killed after its commit leaves: what it wrote, and what the build before remembers.
fn build_and_forget(record: &Record) {
    let kept = fs::read(memory(record)).unwrap();
    assert_eq!(record.build().code, 0);
    fs::write(memory(record), kept).unwrap();
    fs::write(record.root().join(".sagnet/memory.stamp"), "").unwrap();
}

/// A build in this process: `between` its halves, and `after` the last job, something is done to its files.
fn build_while(record: &Record, between: impl FnOnce(), after: impl Fn() + Sync) -> Result<(), Failure> {
    let options = Options { output: Some(record.output()), ..Options::default() };
    let checked = pipeline::check(record.root(), &options).unwrap();
    let Next::Ready(mut ready) = checked.next else { panic!("nothing to do: {:?}", checked.diagnostics) };
    between();
    let left = AtomicUsize::new(0);
    let tell = |progress| match progress {
        Progress::Jobs(jobs) => left.store(jobs, Ordering::SeqCst),
        Progress::Done if left.fetch_sub(1, Ordering::SeqCst) == 1 => after(),
        Progress::Done => {}
    };
    pipeline::publish(record.root(), &mut ready, &record.output(), &tell).map(|done| assert!(done.is_ok()))
}

fn page(record: &Record, name: &str, text: &str) {
    record.write(&format!("content/pages/{name}.md"), &format!("+++\ntitle = \"{name}\"\n+++\n\n{text}\n"));
}

/// Whether a build has nothing to do.
fn is_up_to_date(record: &Record) -> bool {
    let options = Options { output: Some(record.output()), ..Options::default() };
    matches!(pipeline::check(record.root(), &options).unwrap().next, Next::UpToDate(..))
}

#[test]
fn what_a_killed_build_staged_goes_even_where_there_is_nothing_to_do() {
    let record = Record::small();
    let expected = record.built();
    settle(&record);
    record.write("public/.sagnet-staging/moeder/x/index.html", "lukket");
    becomes(&record, &expected, "nothing is edited");
    record.write("public/.sagnet-staging/moeder/x/index.html", "lukket");
    page(&record, "fejl", "[væk](findes-ikke.pdf)");
    assert_eq!(record.build().code, 1);
    assert!(!record.output().join(".sagnet-staging").exists());
}

#[test]
fn dot_files_of_a_killed_build_go_even_where_there_is_nothing_to_do() {
    let record = Record::small();
    let expected = record.built();
    settle(&record);
    let kept = fs::read(memory(&record)).unwrap();
    record.write("content/static/.well-known/x", "hemmeligt");
    record.built();
    fs::remove_file(record.root().join("content/static/.well-known/x")).unwrap();
    fs::write(memory(&record), kept).unwrap();
    fs::write(record.root().join(".sagnet/memory.stamp"), "").unwrap();
    becomes(&record, &expected, "the edit is taken back");
    settle(&record);
    assert!(is_up_to_date(&record));
}

#[test]
fn folders_of_a_killed_build_are_remembered_by_the_next() {
    let record = Record::small();
    record.built();
    settle(&record);
    page(&record, "om/ny", "Ny");
    build_and_forget(&record);
    sleep(WHILE);
    let expected = record.built();
    settle(&record);
    record.write("public/om/ny/fremmed.html", "x");
    becomes(&record, &expected, "a stranger");
    settle(&record);
    let outside = record.root().join("udenfor");
    fs::rename(record.output().join("om/ny"), &outside).unwrap();
    symlink(&outside, record.output().join("om/ny")).unwrap();
    becomes(&record, &expected, "a link in a folder's place");
}

#[test]
fn a_file_that_is_changed_after_it_was_compared_is_put_right_by_the_next_build() {
    let record = Record::small();
    record.built();
    settle(&record);
    page(&record, "ny", "Ny");
    build_and_forget(&record);
    let expected = Tree::read(&record.output());
    sleep(WHILE);
    let there = record.output().join("ny/index.html");
    build_while(
        &record,
        || {},
        || {
            fs::write(&there, "fremmed").unwrap();
            sleep(WHILE);
        },
    )
    .unwrap();
    becomes(&record, &expected, "the build after");
}

#[test]
fn a_stranger_that_comes_while_a_build_runs_is_removed_by_the_next() {
    let record = Record::generated(20, 10, "et");
    record.built();
    settle(&record);
    record.generate(20, 10, "to");
    let add = || {
        for folder in ["", "emner/vand", "moeder/2024-01-02", "moeder/2024-01-02/punkt-1", "sager/SAG-2024-00007"] {
            record.write(&format!("public/{folder}/fremmed.html"), "x");
        }
        sleep(WHILE);
    };
    build_while(&record, || {}, add).unwrap();
    let mut expected = Tree::read(&record.output());
    expected.retain(|path, _| !path.ends_with("fremmed.html"));
    becomes(&record, &expected, "the build after");
    settle(&record);
    assert!(is_up_to_date(&record));
}

/// A file is published with the bytes that were searched for personal numbers, or not at all.
#[test]
fn an_attachment_that_is_changed_while_the_site_is_built_is_not_published() {
    for (name, is_memory) in [("plan.txt", true), ("plan.txt", false), ("plan.bin", true)] {
        let record = Record::small();
        let path = format!("content/meetings/2025-01-06/bilag/{name}");
        let item = "content/meetings/2025-01-06/1.md";
        let text = fs::read_to_string(record.root().join(item)).unwrap();
        record.write(item, &text.replace("plan.txt", name));
        record.write(&path, "Planen.\n");
        record.built();
        settle(&record);
        record.write(&path, "En anden plan.\n");
        if !is_memory {
            fs::remove_file(memory(&record)).unwrap();
        }
        let before = Tree::read(&record.output());
        sleep(WHILE);
        let failure = build_while(&record, || record.write(&path, "Cpr: 010190-1234\n"), || {});
        assert!(matches!(&failure, Err(Failure::Changed(file)) if file.ends_with(&path)), "{name}: {failure:?}");
        assert_eq!(Tree::diff(&before, &Tree::read(&record.output())), Vec::<String>::new());
        assert!(!record.output().join(".sagnet-staging").exists());
    }
}

#[test]
fn a_file_that_goes_while_the_site_is_built_is_named() {
    let record = Record::small();
    record.built();
    settle(&record);
    for path in ["content/meetings/2025-01-06/bilag/plan.txt", "content/meetings/2025-02-03/1.md"] {
        // What the item says has not changed, but its page is to be made again.
        let there = record.root().join(path);
        let kept = fs::read(&there).unwrap();
        let page = if path.ends_with(".md") {
            "moeder/2025-02-03/punkt-1/index.html"
        } else {
            "moeder/2025-01-06/bilag/plan.txt"
        };
        fs::remove_file(record.output().join(page)).unwrap();
        let failure = build_while(&record, || fs::remove_file(&there).unwrap(), || {});
        assert!(matches!(&failure, Err(Failure::Changed(file)) if file.ends_with(path)), "{path}: {failure:?}");
        fs::write(&there, kept).unwrap();
    }
}

#[test]
fn any_time_of_a_file_is_a_time() {
    let Ok(disk) = tempfile::tempdir_in("/dev/shm") else {
        return eprintln!("no /dev/shm, whose files can have any time: not run");
    };
    let record = Record::small();
    let files = ["content", "sagnet.toml"].map(|name| record.root().join(name));
    assert!(Command::new("cp").arg("-r").args(files).arg(disk.path()).status().unwrap().success());
    let build = || Run::of(Command::new(env!("CARGO_BIN_EXE_sagnet")).arg("build").arg("--root").arg(disk.path()));
    let expected = record.built();
    for time in ["@9223372036854775807", "@9223372036854775805", "@-9223372036854775808", "@-1"] {
        for path in
            ["content/pages/om.md", "content/meetings/2025-01-06/bilag/plan.txt", "public/om/index.html", "public/om"]
        {
            let _ = Command::new("touch").args(["-d", time]).arg(disk.path().join(path)).status();
        }
        let run = build();
        assert_eq!(run.code, 0, "{time}: {}", run.told);
        assert_eq!(Tree::diff(&expected, &Tree::read(&disk.path().join("public"))), Vec::<String>::new(), "{time}");
    }
}

/// Someone takes away what was staged, before it is put into place.
#[test]
fn a_commit_that_fails_in_its_middle_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let page = |path: &str, text: &str| Output { path: path.to_owned(), content: Content::Bytes(text.into()) };
    let pages = ["index.html", "om/index.html", "zebra/index.html"];
    let stage = Stage::open(&output, true, None).unwrap();
    pages[..2].iter().for_each(|path| _ = stage.put(page(path, "old")).unwrap());
    stage.commit(&pages[..2], Stale::Unknown).unwrap();
    let stage = Stage::open(&output, true, None).unwrap();
    pages.iter().for_each(|path| _ = stage.put(page(path, "new")).unwrap());
    fs::remove_file(output.join(".sagnet-staging/om/index.html")).unwrap();
    let Err(WriteError::Halfway(path, _)) = stage.commit(&pages, Stale::Unknown) else { panic!("it did not fail") };
    assert!(path.ends_with("om/index.html"), "{}", path.display());
    assert!(output.join("zebra/index.html").is_file(), "new folders come first");
    assert!(!output.join(".sagnet-staging").exists(), "what was staged stays");
}

#[test]
fn a_full_disk_is_told_of_where_it_is_full() {
    let record = Record::small();
    record.built();
    page(&record, "om", &"Et langt ord og et til. ".repeat(6000));
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$@\"";
    let build = record.command();
    let mut shell = Command::new("sh");
    let run = Run::of(shell.args(["-c", script, "sh"]).arg(build.get_program()).args(build.get_args()));
    assert_eq!(run.code, 2, "{}", run.told);
    assert!(run.told.contains("om/index.html kan ikke skrives"), "{}", run.told);
}

/// A memory of which a part cannot be read is none: what it says of the rest is not half believed.
#[test]
fn a_memory_that_can_be_read_in_part_is_ignored() {
    for table in ["listed", "parsed", "pages", "folders", "faces", "meta"] {
        let record = Record::small();
        let expected = record.built();
        settle(&record);
        {
            let database = redb::Database::open(memory(&record)).unwrap();
            let update = database.begin_write().unwrap();
            match table {
                "listed" | "parsed" => spoil::<&str>(&update, table, "content/pages"),
                "meta" => spoil::<&str>(&update, table, "diagnostics"),
                _ => (0..512).for_each(|shard| spoil::<u32>(&update, table, shard)),
            }
            update.commit().unwrap();
        }
        fs::write(record.root().join(".sagnet/memory.stamp"), "").unwrap();
        fs::remove_file(record.output().join("om/index.html")).unwrap();
        record.write("public/sager/fremmed.html", "x");
        becomes(&record, &expected, table);
        settle(&record);
        assert!(is_up_to_date(&record), "{table}");
    }
}

fn spoil<K: redb::Key + 'static>(update: &redb::WriteTransaction, table: &str, key: K::SelfType<'_>) {
    let mut table = update.open_table(TableDefinition::<K, &[u8]>::new(table)).unwrap();
    table.insert(key, [0xff; 20].as_slice()).unwrap();
}

/// A preview with an error, or into another folder that fails, costs nothing.
#[test]
fn a_build_that_fails_leaves_the_memory_as_it_was() {
    let record = Record::small();
    record.write("content/pages/kladde.md", "+++\ntitle = \"Kladde\"\ndraft = true\n+++\n\n[væk](findes-ikke.pdf)\n");
    record.built();
    settle(&record);
    assert_eq!(Run::of(record.command().arg("--drafts")).code, 1);
    assert!(is_up_to_date(&record));
    let taken = record.root().join("optaget");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("x"), "x").unwrap();
    assert_eq!(Run::of(record.command().arg("--output").arg(&taken)).code, 2);
    assert!(is_up_to_date(&record));
}

#[test]
fn strangers_of_any_name_are_removed() {
    use std::os::unix::ffi::OsStrExt;
    let record = Record::small();
    let expected = record.built();
    let odd = |bytes: &'static [u8]| Path::new(std::ffi::OsStr::from_bytes(bytes));
    for is_memory in [true, false] {
        settle(&record);
        let output = record.output();
        let folder = output.join(odd(b"m\xe6rkelig"));
        fs::create_dir_all(folder.join("under")).unwrap();
        for name in [b"\xff.html".as_slice(), b"a\\b.html", b"om\\index.html"] {
            for above in [&output, &output.join("om"), &folder, &folder.join("under")] {
                fs::write(above.join(odd(name)), "x").unwrap();
            }
        }
        if !is_memory {
            fs::remove_file(memory(&record)).unwrap();
        }
        let run = becomes(&record, &expected, if is_memory { "with a memory" } else { "without" });
        assert_eq!(run.counts(), [0, expected.len() - 1, 12]);
        assert!(!folder.exists());
    }
}

#[test]
fn a_folder_that_was_kept_for_someones_dot_file_goes_with_it() {
    let record = Record::small();
    page(&record, "gammel/under", "Under");
    record.built();
    fs::remove_dir_all(record.root().join("content/pages/gammel")).unwrap();
    record.write("public/gammel/under/.htaccess", "x");
    record.built();
    settle(&record);
    assert!(is_up_to_date(&record) && record.output().join("gammel/under/.htaccess").exists());
    fs::remove_file(record.output().join("gammel/under/.htaccess")).unwrap();
    record.built();
    assert!(!record.output().join("gammel").exists());
    settle(&record);
    assert!(is_up_to_date(&record));
}
