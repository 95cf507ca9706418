//! An incremental build is a clean build: after any edits of the content, the theme and the options, whatever was done to
//! what builds remember and to what they wrote, and wherever a build was killed.
//!
//! Draws sequences of edits of a record that has everything, and builds after most of them, at once: an edit may come
//! within the same tick of the clock as the build before it. `SAGNET_EDITS` says how many sequences are drawn,
//! `SAGNET_KILLS` how many builds are killed. `-- --nocapture` prints how often each kind of edit was drawn.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

mod edits {
    pub mod fields;
    pub mod kinds;
    pub mod meddling;
    pub mod record;
    pub mod site;
}
mod support;

use edits::kinds::{self, Choice};
use edits::site::{BUILT, Site};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use support::record::{Files, is_whole};
use support::{Disk, Record, Run, Stamps, Tree, folders};

/// A number from the environment.
fn number(name: &str, default: u32) -> u32 {
    std::env::var(name).map_or(default, |number| number.parse().unwrap())
}

/// An edit of a kind, by numbers; and whether the site is built after it.
#[derive(Clone)]
struct Step {
    kind: usize,
    seed: u64,
    is_built: bool,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let built = if self.is_built { ", built" } else { "" };
        write!(f, "{} ({}){built}", kinds::names()[self.kind], self.seed)
    }
}

/// Does the steps, and counts the kinds of those that could be done, and the builds.
fn survive(steps: &[Step], drawn: &RefCell<BTreeMap<String, u32>>) -> Result<(), TestCaseError> {
    let mut site = Site::new();
    let names = kinds::names();
    let failed = |site: &Site, why: String| TestCaseError::fail(format!("{}\n{why}", site.history()));
    site.build().map_err(|why| failed(&site, why))?;
    for step in steps {
        match kinds::edit(&mut site, step.kind, &mut Choice::new(step.seed)) {
            Some(said) => {
                *drawn.borrow_mut().entry(names[step.kind].clone()).or_default() += 1;
                site.log.push(said);
            }
            None => continue,
        }
        if step.is_built {
            site.build().map_err(|why| failed(&site, why))?;
        }
    }
    site.build().map_err(|why| failed(&site, why))?;
    for built in site.log.iter().filter(|said| said.starts_with(BUILT)) {
        *drawn.borrow_mut().entry(built.clone()).or_default() += 1;
    }
    Ok(())
}

#[test]
fn an_incremental_build_is_a_clean_build() {
    let drawn = RefCell::new(BTreeMap::new());
    let step = (0..kinds::names().len(), any::<u64>(), prop::bool::weighted(0.75));
    let step = step.prop_map(|(kind, seed, is_built)| Step { kind, seed, is_built });
    let cases = number("SAGNET_EDITS", 10);
    let config = Config { cases, max_shrink_time: 60_000, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&prop::collection::vec(step, 4..=10), |steps| survive(&steps, &drawn));
    let drawn = drawn.into_inner();
    let edits = drawn.iter().filter(|(kind, _)| !kind.starts_with(BUILT)).map(|(_, count)| count);
    println!("{cases} sequences, {} edits:", edits.sum::<u32>());
    drawn.iter().for_each(|(kind, count)| println!("{count:6} {kind}"));
    if let Err(TestError::Fail(why, steps)) = result {
        panic!("{why}\n{steps:#?}");
    }
    result.unwrap();
}

/// Copies what a record is made from into a folder, without what builds left.
fn copy(from: &Path, to: &Path) {
    for (path, bytes) in Tree::read(&from.join("content")) {
        let path = to.join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::copy(from.join("sagnet.toml"), to.join("sagnet.toml")).unwrap();
}

/// What a build of a record from nothing gives.
fn clean(record: &Record) -> Files {
    let fresh = Record::empty();
    copy(record.root(), fresh.root());
    fresh.built()
}

/// Builds a record, and holds it against `expected`.
fn becomes(record: &Record, expected: &Files, what: &str) -> Run {
    let run = record.build();
    assert_eq!(run.code, 0, "{what}: {}", run.told);
    assert_eq!(Tree::diff(expected, &Tree::read(&record.output())), Vec::<String>::new(), "{what}");
    run
}

/// The memory of a record.
fn memory(record: &Record) -> std::path::PathBuf {
    record.root().join(".sagnet/memory.redb")
}

/// Makes the content what it was.
fn put_back(record: &Record, good: &Files) {
    let content = record.root().join("content");
    let now = Tree::read(&content);
    now.keys().filter(|path| !good.contains_key(*path)).for_each(|path| fs::remove_file(content.join(path)).unwrap());
    for (path, bytes) in good.iter().filter(|(path, bytes)| now.get(*path) != Some(bytes)) {
        fs::write(content.join(path), bytes).unwrap();
    }
}

/// Whether no file of `old` is in a folder.
fn is_new(old: &Files, folder: &str) -> bool {
    !old.keys().any(|path| path.strip_prefix(folder).is_some_and(|below| below.starts_with('/')))
}

/// Does what is put right to a folder, once it is long remembered.
fn meddle(record: &Record, folder: &str, expected: &Files, what: &str) {
    let what = format!("{what}, {folder}");
    let there = record.output().join(folder);
    let settle = || {
        (0..2).for_each(|_| {
            sleep(Duration::from_millis(60));
            becomes(record, expected, &what);
        })
    };
    settle();
    fs::write(there.join("fremmed.html"), "x").unwrap();
    becomes(record, expected, &what);
    settle();
    let outside = record.root().join("udenfor");
    fs::rename(&there, &outside).unwrap();
    symlink(&outside, &there).unwrap();
    becomes(record, expected, &what);
    fs::remove_dir_all(outside).unwrap();
}

/// Cold builds, builds after every item was edited, and builds after one was: killed at moments that are spread over the
/// whole time that each takes.
#[test]
fn a_build_after_a_killed_one_is_a_clean_build() {
    const MEETINGS: usize = 10;
    let kills = number("SAGNET_KILLS", 6);
    let record = Record::generated(MEETINGS, 20, "et");
    let mut by = Choice::new(u64::from(kills));
    let (mut cut, mut meddled) = (0, 0);
    record.built();
    let mut longest = [Duration::ZERO; 3];
    for kill in 0..kills {
        let kind = kill as usize % 3;
        let what = ["cold", "every item edited", "an item edited"][kind];
        let good = Tree::read(&record.root().join("content"));
        let edit = || match kind {
            0 => fs::remove_dir_all(record.root().join(".sagnet")).unwrap(),
            1 => record.generate(MEETINGS, 20, ["to", "tre"][kill as usize / 3 % 2]),
            _ => [("3", "3".to_owned()), ("ny", format!("9.{kill}"))].into_iter().for_each(|(file, number)| {
                record.write(
                    &format!("content/meetings/2024-01-05/{file}.md"),
                    &format!("+++\nnumber = \"{number}\"\ntitle = \"Nr. {kill}\"\n+++\n"),
                );
            }),
        };
        edit();
        let new = clean(&record);
        if longest[kind].is_zero() {
            // How long such a build takes, by the first.
            let begin = Instant::now();
            becomes(&record, &new, what);
            longest[kind] = begin.elapsed();
            if kind == 0 { edit() } else { record.write("content/pages/ny.md", "+++\ntitle = \"Ny\"\n+++\n") }
        }
        if kind == 0 && kill % 2 == 0 {
            fs::remove_dir_all(record.output()).unwrap();
        }
        let old = if record.output().is_dir() { Tree::read(&record.output()) } else { Files::new() };
        let new = clean(&record);
        let share = f64::from(kill / 3) * 3.0 + f64::from(u32::try_from(by.below(300)).unwrap()) / 100.0;
        let moment = longest[kind].mul_f64(share / f64::from(kills) * 1.05);
        let mut build = record.command().stderr(Stdio::null()).spawn().unwrap();
        sleep(moment);
        cut += u32::from(build.try_wait().unwrap().is_none());
        build.kill().unwrap();
        build.wait().unwrap();
        let what = format!("{what}, killed after {moment:?} of {:?}", longest[kind]);
        if record.output().is_dir() {
            is_whole(&record.output(), [&old, &new], &what);
        }
        let before = Stamps::read(&record.output());
        let there = if record.output().is_dir() { folders(&record.output()) } else { BTreeSet::new() };
        let is_reverted = kill / 3 % 2 == 1;
        if is_reverted {
            put_back(&record, &good);
        }
        let new = if is_reverted { clean(&record) } else { new };
        let run = becomes(&record, &new, &what);
        let after = Stamps::read(&record.output());
        let is_site = |path: &&String| !path.starts_with(".sagnet");
        assert_eq!(before.written(&after).iter().filter(is_site).count(), run.counts()[0], "{what}: {}", run.told);
        assert_eq!(before.rewritten(&after).iter().filter(is_site).count(), 0, "{what}");
        let left = folders(&record.output()).into_iter().find(|folder| is_new(&old, folder) && there.contains(folder));
        if let Some(folder) = left.filter(|folder| !folder.starts_with('.')) {
            meddled += 1;
            meddle(&record, &folder, &new, &what);
        }
    }
    println!("something was done to {meddled} folders that a killed build had made");
    println!("{cut} of {kills} builds were killed before their end");
}

/// What is remembered of an output that is gone does not outlive it: here, what mentioned a case.
#[test]
fn what_was_built_before_the_output_was_removed_is_forgotten() {
    let record = Record::generated(1, 40, "ord");
    let page = "content/pages/om.md";
    let mentions: String = (1..=40).map(|number| format!("Se SAG-2024-{:05}. ", number * 7 + 1)).collect();
    let [with, without] = [mentions.as_str(), ""].map(|text| format!("+++\ntitle = \"Om\"\n+++\n\n{text}\n"));
    record.write(page, &with);
    let expected = record.built();
    for gone in ["", ".sagnet"] {
        record.write(page, &without);
        let gone = record.output().join(gone);
        fs::remove_dir_all(&gone).or_else(|_| fs::remove_file(&gone)).unwrap();
        becomes(&record, &clean(&record), "the mentions are gone, and what was built");
        record.write(page, &with);
        becomes(&record, &expected, "the mentions are back");
    }
}

/// A byte of the memory that someone else changed is never read, wherever it is.
#[test]
fn a_broken_memory_is_ignored() {
    let record = Record::small();
    let expected = record.built();
    let told = record.build().told;
    let whole = fs::read(memory(&record)).unwrap();
    for share in 0..24 {
        let at = whole.len() * share / 24 + share * 7;
        let mut bytes = whole.clone();
        bytes[at..].iter_mut().take([1, 64, 4096][share % 3]).for_each(|byte| *byte ^= 0x55);
        fs::write(memory(&record), bytes).unwrap();
        assert_eq!(becomes(&record, &expected, &format!("byte {at}")).told, told);
    }
    for length in [0, 1, whole.len() / 2, whole.len() - 1] {
        fs::write(memory(&record), &whole[..length]).unwrap();
        assert_eq!(becomes(&record, &expected, &format!("{length} bytes")).told, told);
    }
}

/// Another configuration makes another memory; the one before is no good when the configuration is back.
#[test]
fn a_memory_of_another_configuration_is_ignored() {
    let record = Record::small();
    let expected = record.built();
    let config = fs::read_to_string(record.root().join("sagnet.toml")).unwrap();
    record.write("sagnet.toml", &config.replace("Rådet", "Udvalget"));
    becomes(&record, &clean(&record), "another title");
    record.write("content/pages/om.md", "+++\ntitle = \"Om\"\n+++\n\nOm udvalget.\n");
    becomes(&record, &clean(&record), "another title, and an edit");
    record.write("content/pages/om.md", "+++\ntitle = \"Om\"\n+++\n\nOm rådet.\n");
    record.write("sagnet.toml", &config);
    becomes(&record, &expected, "the title that it had");
    assert_eq!(record.build().counts()[0], 0);
}

/// Where nothing can be remembered, every build is a clean one.
#[test]
fn a_root_that_cannot_be_written_to_is_built_all_the_same() {
    let record = Record::small();
    record.write(".sagnet", "no folder");
    let expected = clean(&record);
    becomes(&record, &expected, "a file in the memory's place");
    record.write("content/pages/om.md", "+++\ntitle = \"Om\"\n+++\n\nOm udvalget.\n");
    assert_eq!(becomes(&record, &clean(&record), "an edit").counts()[0], 1);
    assert_eq!(fs::read_to_string(record.root().join(".sagnet")).unwrap(), "no folder");

    let disk = tempfile::tempdir().unwrap();
    let Some(mounted) = Disk::mount(disk.path(), "50%") else { return };
    copy(record.root(), disk.path());
    assert!(mounted.only_read());
    let runs = [0, 1].map(|_| {
        let mut build = Command::new(env!("CARGO_BIN_EXE_sagnet"));
        Run::of(build.arg("build").arg("--root").arg(disk.path()).arg("--output").arg(record.root().join("andet")))
    });
    for run in runs {
        assert_eq!(run.code, 0, "{}", run.told);
    }
    assert_eq!(Tree::diff(&clean(&record), &Tree::read(&record.root().join("andet"))), Vec::<String>::new());
}

/// Into the same folder and into two, after an edit and after none.
#[test]
fn two_builds_at_once_share_a_memory() {
    let record = Record::generated(10, 20, "ord");
    record.built();
    for round in 0..6 {
        record.write(
            "content/meetings/2024-01-05/3.md",
            &format!("+++\nnumber = \"3\"\ntitle = \"Nr. {}\"\n+++\n", round / 2),
        );
        let outputs = [record.output(), if round < 3 { record.output() } else { record.root().join("andet") }];
        let build = |output| record.command().arg("--output").arg(output).stderr(Stdio::piped()).spawn().unwrap();
        for mut build in outputs.each_ref().map(build) {
            assert!(build.wait().unwrap().success(), "round {round}");
        }
        let expected = clean(&record);
        for output in outputs {
            assert_eq!(Tree::diff(&expected, &Tree::read(&output)), Vec::<String>::new(), "round {round}");
        }
    }
    assert_eq!(becomes(&record, &clean(&record), "after all of them").counts()[0], 0);
}
