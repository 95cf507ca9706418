//! Hostile and broken files through the program: each ends in an answer, in time, and within a bound of memory.
//!
//! Takes nothing; makes the files (`hostile/docx.rs`, `pdf.rs`, `txt.rs`), imports each into an empty record, and prints a
//! table. Fails where one panics, takes longer or more memory than it may, or writes outside of the record. Not among the tests
//! that `cargo test` runs, since it needs poppler and time: `cargo test --release --test hostile -- --nocapture`;
//! `ONLY=docx,pdf/loop` takes some of the files, `SAGNET_PROGRAM` another build of the program.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile {
    pub mod docx;
    pub mod pdf;
    pub mod run;
    pub mod txt;
}

use hostile::run::run;
use std::fmt::Write;
use std::process::Command;
use std::time::Duration;

/// The longest that one may take.
const LONGEST: Duration = Duration::from_secs(90);

/// The most memory that the program and those that it starts may have at once, in MB.
const MOST: u64 = 1536;

/// A file: its name, what it holds, and whether it holds items that are to be imported.
pub struct Hostile {
    /// For the table.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The exit code that is right, where only one is.
    pub code: Option<i32>,
}

impl Hostile {
    /// One that must be refused.
    pub fn refused(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into(), code: Some(2) }
    }

    /// One that must be imported.
    pub fn imported(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into(), code: Some(0) }
    }

    /// One of which either is good.
    pub fn either(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into(), code: None }
    }
}

#[test]
fn every_file_ends_in_an_answer() {
    let poppler = Command::new("pdftohtml").arg("-v").output();
    assert!(poppler.is_ok(), "poppler is not installed: apt-get install poppler-utils");
    let only = std::env::var("ONLY").ok();
    let wanted = |name: &str| only.as_ref().is_none_or(|only| only.split(',').any(|begin| name.starts_with(begin)));
    let mut table =
        String::from("| file | size | exit | time | memory | what is said |\n| --- | --- | --- | --- | --- | --- |\n");
    let mut faults = Vec::new();
    let kinds: [(&str, &dyn Fn() -> Vec<Hostile>); 3] =
        [("docx", &hostile::docx::files), ("txt", &hostile::txt::files), ("pdf", &hostile::pdf::files)];
    // To make them takes longest.
    let asked = |kind: &str| only.as_ref().is_none_or(|only| only.split(',').any(|begin| begin.starts_with(kind)));
    for (kind, files) in kinds.into_iter().filter(|(kind, _)| asked(kind)) {
        for file in files() {
            let name = format!("{kind}/{}", file.name);
            if !wanted(&name) {
                continue;
            }
            let told = run(&file.bytes, kind);
            let size = file.bytes.len();
            let size = if size > 1 << 20 { format!("{} MB", size >> 20) } else { format!("{size} B") };
            let line = format!(
                "| {name} | {size} | {} | {:.1} s | {} MB | {} |",
                told.code,
                told.time.as_secs_f64(),
                told.memory,
                told.first
            );
            println!("{line}");
            let _ = writeln!(table, "{line}");
            let mut fault = |what: &str| faults.push(format!("{name}: {what}: {}", told.all));
            if told.panicked || !(0..=2).contains(&told.code) {
                fault("it panicked or was killed");
            }
            if file.code.is_some_and(|code| code != told.code) {
                fault("another exit code was right");
            }
            if told.time > LONGEST {
                fault("it took too long");
            }
            if told.memory > MOST {
                fault("it took too much memory");
            }
            if !told.outside.is_empty() {
                fault(&format!("it wrote {:?}", told.outside));
            }
        }
    }
    println!("\n{table}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
