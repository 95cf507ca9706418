//! Bad input: every fault that the content can have is told at its place, in whole sentences, and nothing is published.
//!
//! Each `bad/NAME.md` is a small tree of files (`bad/case.rs` says how it is written), and `NAME.stderr` beside it is all
//! that `sagnet check` and `sagnet build` then say, with their exit codes; `NAME.json` and `NAME.github` are what `check`
//! says to programs. The good site is built first, and what it built must be there byte for byte after a run that fails.
//!
//! `UPDATE_EXPECTED=1 cargo test --test bad` writes all of them anew: read what changed before it is kept.
//! `cargo test --test bad -- --nocapture` prints the table of all cases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bad {
    pub mod case;
}
mod support;

use bad::case::Case;
use jiff::civil::date;
use rayon::prelude::*;
use sagnet::diagnostic::{Code, Format, Printer, Texts, faults};
use sagnet::pipeline::{self, Next, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{Site, Tree};
use tempfile::TempDir;

/// The address in the good site's sagnet.toml.
const BASE_URL: &str = "https://raad.example";

/// 27 November 2025, in seconds: the day of every run.
const TODAY: &str = "1764201600";

/// Ends of the CPR numbers in the cases. None may be printed, in whatever spelling the number stands in the content.
const SERIALS: [&str; 4] = ["4003", "4011", "4000", "4009"];

/// Faults that no content gives, and why.
const NEVER: [(&str, &str); 0] = [];

/// What a case gave.
struct Outcome {
    name: String,
    /// Everything printed, as in `NAME.stderr`.
    printed: String,
    /// The keys of its faults.
    keys: BTreeSet<&'static str>,
    /// Its lines of the table.
    rows: String,
    /// What should never be, whatever the content.
    findings: Vec<String>,
}

/// The folder of the cases.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

/// A temporary folder with the good site, built.
fn good_site() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(folder().join("good-site.md")).unwrap();
    Case::read("good-site", &text).lay_out(root.path());
    let (code, stderr) = sagnet(root.path(), &["build"]);
    assert_eq!(code, 0, "{stderr}");
    root
}

/// Runs the program in `root`; its exit code and all that it says.
fn sagnet(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sagnet"))
        .args(arguments)
        .current_dir(root)
        .env("SOURCE_DATE_EPOCH", TODAY)
        .output()
        .unwrap();
    assert!(output.stdout.is_empty(), "sagnet {arguments:?} printed on stdout");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains(root.to_str().unwrap()), "the root's own path is printed:\n{stderr}");
    (output.status.code().unwrap_or_else(|| panic!("the program was killed:\n{stderr}")), stderr)
}

/// Lines that print the end of a CPR number.
fn leaks(text: &str) -> impl Iterator<Item = String> {
    let leaking = text.lines().filter(|line| SERIALS.iter().any(|serial| line.contains(serial)));
    leaking.map(|line| format!("a CPR number is printed: {line}"))
}

/// Runs both commands on a case, and holds every file against what was there before.
fn run(case: &Case) -> Outcome {
    let root = good_site();
    let root = root.path();
    case.lay_out(root);
    let before = without_memory(root);
    let mut findings = Vec::new();
    let (code, checked) = sagnet(root, &["check"]);
    findings.extend(Tree::diff(&before, &without_memory(root)));
    let (build_code, built) = sagnet(root, &["build"]);
    findings.extend(match build_code {
        0 => Site::load(&root.join("public"), BASE_URL).faults(),
        _ => Tree::diff(&before, &without_memory(root)),
    });
    findings.extend(leaks(&checked).chain(leaks(&built)));
    let (diagnostics, _) = checked.rsplit_once("\n\n").unwrap_or_default();
    let built = match built.strip_prefix(diagnostics) {
        Some(rest) if !diagnostics.is_empty() => format!("[the same as above]{rest}"),
        _ => built,
    };
    let printed =
        format!("$ sagnet check\n{checked}[exit code {code}]\n\n$ sagnet build\n{built}[exit code {build_code}]\n");
    let (keys, rows) = table(case, root, code, &mut findings);
    Outcome { name: case.name.clone(), printed, keys, rows, findings }
}

/// The files of a root, without what builds remember of it.
fn without_memory(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = Tree::read(root);
    files.retain(|path, _| !path.starts_with(".sagnet/"));
    files
}

/// The keys of a case's faults, and its lines of the table; on the way every diagnostic is printed in the other forms.
fn table(case: &Case, root: &Path, code: i32, findings: &mut Vec<String>) -> (BTreeSet<&'static str>, String) {
    let options = Options { advice: true, today: date(2025, 11, 27), ..Options::default() };
    let checked = pipeline::check(root, &options).unwrap_or_else(|failure| panic!("{}: {failure:?}", case.name));
    let texts = Texts::of(&checked.language);
    let rehearsed = match &checked.next {
        Next::Ready(ready) => pipeline::rehearse(ready).unwrap_or_else(|failure| panic!("{}: {failure:?}", case.name)),
        _ => Vec::new(),
    };
    let diagnostics: Vec<_> = checked.diagnostics.iter().chain(&rehearsed).collect();
    let mut rows = String::new();
    for diagnostic in &diagnostics {
        let print = |format| Printer { format, texts: &texts, colour: false, files: &checked.texts }.print(diagnostic);
        let (json, github) = (print(Format::Json), print(Format::Github));
        findings.extend(leaks(&json).chain(leaks(&github)));
        let line: serde_json::Value = serde_json::from_str(&json).unwrap();
        let path = line["path"].as_str().unwrap();
        let place = match (line["line"].as_u64(), line["column"].as_u64()) {
            (Some(row), Some(column)) => format!("{path}:{row}:{column}"),
            _ => path.to_owned(),
        };
        writeln!(rows, "| {} | {code} | {place} | {} |", case.name, diagnostic.fault.code.as_str()).unwrap();
    }
    if diagnostics.is_empty() {
        writeln!(rows, "| {} | {code} | | |", case.name).unwrap();
    }
    (diagnostics.iter().map(|diagnostic| diagnostic.fault.key).collect(), rows)
}

#[test]
fn every_bad_input_is_told_as_expected() {
    let outcomes: Vec<_> = Case::all(&folder()).par_iter().map(run).collect();
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut findings = Vec::new();
    for outcome in &outcomes {
        findings.extend(outcome.findings.iter().map(|finding| format!("=== {}: {finding}", outcome.name)));
        let file = folder().join(format!("{}.stderr", outcome.name));
        if update {
            fs::write(&file, &outcome.printed).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != outcome.printed {
            findings.push(format!("=== {}: not as in its .stderr:\n{}", outcome.name, outcome.printed));
        }
    }
    println!("| case | exit | place | code |\n| --- | --- | --- | --- |");
    outcomes.iter().for_each(|outcome| print!("{}", outcome.rows));
    assert!(findings.is_empty(), "{}", findings.join("\n"));

    let names: BTreeSet<_> = outcomes.iter().map(|outcome| format!("{}.stderr", outcome.name)).collect();
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let stray: Vec<_> = entries.filter(|file| file.ends_with(".stderr") && !names.contains(file)).collect();
    assert!(stray.is_empty(), "no case belongs to {stray:?}");

    let seen: BTreeSet<_> = outcomes.iter().flat_map(|outcome| &outcome.keys).copied().collect();
    let never: BTreeSet<_> = NEVER.iter().map(|(key, _)| *key).collect();
    let missing: Vec<_> =
        faults::ALL.iter().filter(|fault| !seen.contains(fault.key) && !never.contains(fault.key)).collect();
    assert!(missing.is_empty(), "no case has these faults: {missing:#?}");
    assert!(never.is_disjoint(&seen), "a case has a fault that none should have");
    let codes: BTreeSet<_> = faults::ALL.iter().filter(|f| seen.contains(f.key)).map(|f| f.code.as_str()).collect();
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !codes.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "no case has these codes: {missing:#?}");
}

#[test]
fn the_forms_for_programs_are_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    for name in ["english", "cpr-in-other-messages", "continuation-possible"] {
        let root = good_site();
        let text = fs::read_to_string(folder().join(format!("{name}.md"))).unwrap();
        Case::read(name, &text).lay_out(root.path());
        for format in ["json", "github"] {
            let (_, printed) = sagnet(root.path(), &["check", "--format", format]);
            assert_eq!(leaks(&printed).collect::<Vec<_>>(), Vec::<String>::new());
            let file = folder().join(format!("{name}.{format}"));
            if update {
                fs::write(&file, &printed).unwrap();
            }
            assert_eq!(fs::read_to_string(&file).unwrap_or_default(), printed, "{}", file.display());
        }
    }
}

#[test]
fn a_folder_without_a_site_is_refused() {
    let root = tempfile::tempdir().unwrap();
    for command in ["check", "build"] {
        let (code, stderr) = sagnet(root.path(), &[command]);
        assert_eq!(code, 2, "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.contains("sagnet.toml"), "{stderr}");
    }
    assert_eq!(Tree::read(root.path()), Tree::read(tempfile::tempdir().unwrap().path()));
}
