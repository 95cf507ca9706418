//! The program, run on a record; and golden texts.
//!
//! Takes a record and arguments; gives the exit code and all that was said, or the report as data.

use crate::support::Record;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run came to.
#[derive(Debug)]
pub struct Told {
    /// The exit code; -1 where a signal ended it.
    pub code: i32,
    /// The report.
    pub out: String,
    /// Diagnostics and refusals.
    pub err: String,
}

/// A path of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// An empty record with the repository's configuration.
pub fn record() -> Record {
    let record = Record::empty();
    record.write("sagnet.toml", &std::fs::read_to_string(repository("sagnet.toml")).unwrap());
    record
}

/// Runs a command of the program in the record's folder.
pub fn sagnet(record: &Record, arguments: &[&str]) -> Told {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sagnet"));
    command.args(arguments).current_dir(record.root());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Told { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Imports, and it must succeed; the report.
pub fn import(record: &Record, arguments: &[&str]) -> String {
    let told = sagnet(record, &[&["import"], arguments].concat());
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    told.out
}

/// Imports, and it must succeed; the report as data.
pub fn imported(record: &Record, arguments: &[&str]) -> Value {
    serde_json::from_str(&import(record, &[&["--format", "json"], arguments].concat())).unwrap()
}

/// The lines of a report, `left_out` or `doubts`, that are about this.
pub fn about<'v>(report: &'v Value, list: &str, about: &str) -> Vec<&'v str> {
    let lines = report[list].as_array().unwrap();
    lines.iter().filter(|line| line["about"] == about).map(|line| line["text"].as_str().unwrap()).collect()
}

/// Holds a text against the golden one in `tests/import/`.
pub fn golden(path: &str, actual: &str) {
    let file = repository("tests/import").join(path);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    if expected != actual {
        let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
        let diff = diff.unified_diff().context_radius(2).header("expected", "there is").to_string();
        panic!("tests/import/{path} (UPDATE_EXPECTED=1 writes what there is now):\n{diff}");
    }
}

/// The files below `content/`, each behind a line that names it.
pub fn content(record: &Record) -> String {
    let files = crate::support::Tree::read(&record.root().join("content"));
    files
        .into_iter()
        .map(|(path, bytes)| format!("=== content/{path}\n{}", String::from_utf8(bytes).unwrap()))
        .collect()
}
