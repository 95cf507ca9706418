//! Golden sites: each folder of `tests/sites/` is a small record named for the behaviour it shows, and what it becomes.
//!
//! `NAME/expected/` is the whole output, compared file by file and byte by byte; `NAME/warnings.txt` is what the build
//! says, a line for each diagnostic: its code and its place. `UPDATE_EXPECTED=1 cargo test --test golden` writes both
//! anew: then read the difference before you accept it. Every site must also stand before the independent reader.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Site, Tree};

/// The marker that the build leaves for itself: no part of the site.
const MARKER: &str = ".sagnet";

/// What a site must become.
struct Built {
    files: BTreeMap<String, Vec<u8>>,
    warnings: String,
}

fn sites() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut sites: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sites.sort();
    sites
}

fn base_url(site: &Path) -> String {
    let config: toml::Table = fs::read_to_string(site.join("sagnet.toml")).unwrap().parse().unwrap();
    config["base_url"].as_str().unwrap().to_owned()
}

/// Builds a site with a fixed day, from which the age of the accessibility statement is counted.
fn build(site: &Path) -> Built {
    let output = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_sagnet"))
        .args(["build", "--format", "json", "--root"])
        .arg(site)
        .arg("--output")
        .arg(output.path())
        .env("SOURCE_DATE_EPOCH", "1740000000")
        .output()
        .unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.success(), "{}: {told}", site.display());
    let mut files = Tree::read(output.path());
    files.remove(MARKER);
    Built { files, warnings: told.lines().map(warning).collect() }
}

/// `code path:line:column`, without the message, which may be worded anew.
fn warning(line: &str) -> String {
    let told: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| told[key].as_str().unwrap_or("").to_owned();
    format!("{} {}:{}:{}\n", text("code"), text("path"), told["line"], told["column"])
}

fn expected(site: &Path) -> Built {
    let folder = site.join("expected");
    let files = if folder.is_dir() { Tree::read(&folder) } else { BTreeMap::new() };
    let warnings = fs::read_to_string(site.join("warnings.txt")).unwrap_or_default();
    Built { files, warnings }
}

fn update(site: &Path, built: &Built) {
    let folder = site.join("expected");
    let _ = fs::remove_dir_all(&folder);
    for (path, bytes) in &built.files {
        let to = folder.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    fs::write(site.join("warnings.txt"), &built.warnings).unwrap();
}

fn differences(site: &Path) -> Vec<String> {
    let built = build(site);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        update(site, &built);
    }
    let expected = expected(site);
    let mut found = Tree::diff(&expected.files, &built.files);
    if expected.warnings != built.warnings {
        found.push(format!("warnings.txt: expected\n{}\nbut there are\n{}", expected.warnings, built.warnings));
    }
    found.extend(Site::from_files(built.files, &base_url(site)).faults());
    let name = site.file_name().unwrap().to_string_lossy();
    found.into_iter().map(|difference| format!("{name}: {difference}")).collect()
}

#[test]
fn each_site_becomes_what_is_expected() {
    let sites = sites();
    assert!(!sites.is_empty());
    let found: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = sites.iter().map(|site| scope.spawn(|| differences(site))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(found.is_empty(), "{}\n(UPDATE_EXPECTED=1 writes what there is now)", found.join("\n"));
}
