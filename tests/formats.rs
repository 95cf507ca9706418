//! How faithful import is: sixty documents with known truth, in every format that is read.
//!
//! Takes nothing; makes the documents (`documents/`), sets them as PDF with LibreOffice, takes text from those with poppler in
//! three ways, imports each into an empty record, and holds what was written against the truth. Prints a table, and fails where
//! a share is below its bound. Not among the tests that `cargo test` runs, since it needs those two programs:
//! `cargo test --release --test formats -- --nocapture`; `.ci/run` does. `FORMATS=docx,pdf` takes some formats only, `ONLY=03` some
//! documents, `KEEP=folder` leaves everything there, `MISSES=folder`
//! writes what was missed.

#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod documents;

use documents::convert::{self, Mode};
use documents::lines::Broken;
use documents::measure::{measure, measure_broken};
use documents::score::{COLUMNS, Score, What, table};
use documents::truth::Truth;
use sagnet::config::Config;
use sagnet::import::{self, Options};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The formats, and whether text of it has the targets of links.
const FORMATS: [&str; 5] = ["docx", "pdf", "txt-layout", "txt-spaced", "txt-plain"];

/// A document in one format.
struct Sheet<'a> {
    truth: &'a Truth,
    bytes: Vec<u8>,
    broken: &'a [Broken],
}

#[test]
fn documents_are_imported_faithfully() {
    let keep = std::env::var_os("KEEP").map(PathBuf::from);
    let temporary = tempfile::tempdir().unwrap();
    let folder = keep.as_deref().unwrap_or(temporary.path());
    let wanted = |variable: &str, name: &str| {
        std::env::var(variable).map_or(true, |list| list.split(',').any(|wanted| name.starts_with(wanted)))
    };
    let mut documents = documents::all();
    documents.retain(|document| wanted("ONLY", &document.truth.name));
    let print = folder.join("print");
    fs::create_dir_all(&print).unwrap();
    let files: Vec<PathBuf> = documents
        .iter()
        .map(|document| {
            let path = print.join(format!("{}.docx", document.truth.name));
            fs::write(&path, &document.print).unwrap();
            path
        })
        .collect();
    let begun = Instant::now();
    let pdfs = convert::to_pdf(&files, &folder.join("pdf")).unwrap_or_else(|fault| panic!("{fault}"));
    println!("{} documents set as PDF in {:?}", pdfs.len(), begun.elapsed());
    let broken: Vec<Vec<Broken>> =
        pdfs.iter().map(|pdf| convert::broken(pdf).unwrap_or_else(|fault| panic!("{fault}"))).collect();
    let bare: Vec<Truth> = documents.iter().map(|document| document.truth.without_targets()).collect();
    let mut scores: Vec<(&str, Score)> = Vec::new();
    for format in FORMATS.into_iter().filter(|format| wanted("FORMATS", format)) {
        let mut total = Score::default();
        let mut spent = Duration::ZERO;
        for (at, document) in documents.iter().enumerate() {
            let text = |mode| convert::to_txt(&pdfs[at], mode).unwrap_or_else(|fault| panic!("{fault}")).into_bytes();
            let linked = || convert::has_links(&pdfs[at]).unwrap_or_else(|fault| panic!("{fault}"));
            let sheet = match format {
                "docx" => Sheet { truth: &document.truth, bytes: document.docx.clone(), broken: &[] },
                "pdf" if !linked() => {
                    Sheet { truth: &bare[at], bytes: fs::read(&pdfs[at]).unwrap(), broken: &broken[at] }
                }
                "pdf" => Sheet { truth: &document.truth, bytes: fs::read(&pdfs[at]).unwrap(), broken: &broken[at] },
                "txt-layout" => Sheet { truth: &bare[at], bytes: text(Mode::Layout), broken: &broken[at] },
                "txt-spaced" if !linked() => Sheet { truth: &bare[at], bytes: text(Mode::Spaced), broken: &broken[at] },
                "txt-spaced" => Sheet { truth: &document.truth, bytes: text(Mode::Spaced), broken: &broken[at] },
                _ => Sheet { truth: &bare[at], bytes: text(Mode::Plain), broken: &broken[at] },
            };
            let root = folder.join(format).join(&document.truth.name);
            let (score, time) = one(&root, &document.truth.name, &sheet);
            spent += time;
            total.join(score);
        }
        let speed = documents.len() as f64 / spent.as_secs_f64();
        println!("{format}: {} documents in {spent:?}, {speed:.0} a second", documents.len());
        if let Some(misses) = std::env::var_os("MISSES").map(PathBuf::from) {
            fs::write(misses.join(format), total.print()).unwrap();
        }
        scores.push((format, total));
    }
    println!("{}", table(&scores));
    let whole = documents.len() == 60;
    let low: Vec<String> = scores.iter().flat_map(|(format, score)| too_low(format, score)).collect();
    assert!(!whole || low.is_empty(), "below the bounds:\n{}", low.join("\n"));
}

/// The least share of each format, in percent: of every column, and of those that have one of their own. What was measured
/// stands in docs/IMPORT.md; these are a little below it.
const BOUNDS: [(&str, f64, &[(What, f64)]); 5] = [
    ("docx", 100.0, &[]),
    ("pdf", 99.0, &[(What::Words, 99.9), (What::Honest, 99.9), (What::Hyphens, 98.5), (What::Paragraphs, 96.0)]),
    (
        "txt-layout",
        98.0,
        &[
            (What::Words, 99.6),
            (What::Honest, 99.5),
            (What::Hyphens, 97.8),
            (What::Subheadings, 93.0),
            (What::Paragraphs, 84.0),
            (What::Cells, 95.0),
            (What::Notes, 91.0),
            (What::Facts, 91.0),
            (What::Attachments, 96.0),
        ],
    ),
    (
        "txt-spaced",
        98.0,
        &[
            (What::Hyphens, 97.0),
            (What::Subheadings, 85.0),
            (What::Paragraphs, 60.0),
            (What::Entries, 89.0),
            (What::Cells, 0.0),
            (What::Links, 14.0),
            (What::Notes, 92.0),
            (What::Facts, 90.0),
            (What::Attachments, 90.0),
        ],
    ),
    // Only its words, its items and its sections are asked of text that has lost hyphens and paragraphs.
    ("txt-plain", 0.0, &[(What::Words, 95.0), (What::Honest, 95.0), (What::Numbers, 98.0), (What::Sections, 98.0)]),
];

/// The columns in which a format is below its bounds.
fn too_low(format: &str, score: &Score) -> Vec<String> {
    let (_, all, own) = BOUNDS.iter().find(|(name, ..)| *name == format).unwrap();
    let low = COLUMNS.iter().filter_map(|(what, name)| {
        let (right, total) = score.of(*what);
        let least = own.iter().find(|(column, _)| column == what).map_or(*all, |(_, least)| *least);
        let share = if total == 0 { 100.0 } else { right as f64 * 100.0 / total as f64 };
        (share < least).then(|| format!("{format}: {name}: {share:.2} % is less than {least} %"))
    });
    low.collect()
}

/// Imports one document into an empty record, and measures what was written.
fn one(root: &Path, name: &str, sheet: &Sheet<'_>) -> (Score, Duration) {
    fs::create_dir_all(root).unwrap();
    let config_text = format!("base_url = \"https://example.dk\"\ntitle = \"{}\"\n", sheet.truth.council);
    fs::write(root.join("sagnet.toml"), &config_text).unwrap();
    let config = Config::parse(&"sagnet.toml".into(), &config_text, &[], &mut Vec::new()).unwrap();
    let file = root.join(name);
    fs::write(&file, &sheet.bytes).unwrap();
    let begun = Instant::now();
    let options = Options::default();
    let report = import::import(root, &config, &import::vocabulary(root), &file, &options);
    let spent = begun.elapsed();
    let meeting = match report {
        Ok(report) => {
            let json = serde_json::to_string_pretty(&report).unwrap();
            fs::write(root.join("report.json"), json).unwrap();
            root.join("content/meetings").join(report.meeting)
        }
        Err(refused) => {
            println!("{name}: {refused:?}");
            root.join("nothing")
        }
    };
    let score = if sheet.broken.is_empty() {
        measure(sheet.truth, &meeting)
    } else {
        measure_broken(sheet.truth, &meeting, sheet.broken)
    };
    (score, spent)
}
