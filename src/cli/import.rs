//! `sagnet import`: documents into content, one after another, and a report on each.
//!
//! Exit 0: all were imported, perhaps with doubts. 1: what was written has errors that `check` tells. 2: a document was refused;
//! the others were imported all the same.

use super::{Trouble, failed, new, report as print, today, trouble};
use crate::diagnostic::{Diagnostic, Format, Severity};
use crate::import::report::{Check, Report};
use crate::import::texts::Texts;
use crate::import::unreadable::Unreadable;
use crate::import::write::Trouble as Why;
use crate::import::{self, Refused};
use crate::model::slug::slug;
use crate::pipeline;
use crate::privacy::cpr::mask;
use crate::read::printable;
use clap::Args;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct Import {
    /// Agendas or minutes: Word (docx), PDF, or text taken from a PDF.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The meeting's date: 2025-11-27, or EDTF where only a month or an interval is known.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The meeting's folder, where it is not named after its date.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Takes from the document what the files have otherwise.
    #[arg(long)]
    update: bool,
    /// Writes nothing, and tells what would be written.
    #[arg(long)]
    dry_run: bool,
}

/// Imports the documents.
pub fn run(root: &Path, format: Format, import: &Import) -> ExitCode {
    let config = match new::configuration(root) {
        Ok(config) => config,
        Err(trouble) => return failed(&trouble),
    };
    let options = import::Options {
        date: import.date.clone(),
        id: import.id.clone(),
        update: import.update,
        dry_run: import.dry_run,
    };
    if import.files.len() > 1 && (options.date.is_some() || options.id.is_some()) {
        return failed(&Trouble { language: config.language, key: "import_one_date", words: Vec::new() });
    }
    let known = import::vocabulary(root);
    let mut reports = Vec::new();
    let mut code = 0;
    for file in &import.files {
        match import::import(root, &config, &known, file, &options) {
            Ok(report) => reports.push(report),
            Err(refused) => {
                let (key, mut words) = words_of(&refused);
                words.push(("file", file.display().to_string()));
                failed(&Trouble { language: config.language.clone(), key, words });
                code = 2;
            }
        }
    }
    if !options.dry_run && !reports.is_empty() {
        match check(root, format, &config.language, &mut reports) {
            Ok(errors) => code = code.max(u8::from(errors)),
            // What was written is told all the same.
            Err(trouble) => {
                failed(&trouble);
                code = 2;
            }
        }
    }
    let texts = Texts::of(&config.language);
    let mut stdout = std::io::stdout().lock();
    for report in &reports {
        let text = match format {
            Format::Json => serde_json::to_string(report).unwrap_or_default() + "\n",
            _ => printable(&report.human(&texts)),
        };
        // A closed pipe is no reason to fail.
        let _ = stdout.write_all(mask(&text).as_bytes());
    }
    ExitCode::from(code)
}

/// Checks the record, prints what is wrong with the files of the meetings that were imported, and counts it; whether there are
/// errors.
fn check(root: &Path, format: Format, language: &str, reports: &mut [Report]) -> Result<bool, Trouble> {
    let options = pipeline::Options { drafts: true, today: today(), ..pipeline::Options::default() };
    let checked = pipeline::check(root, &options).map_err(|failure| trouble(failure, language))?;
    let mut errors = false;
    let meetings: BTreeSet<String> = reports.iter().map(|report| report.meeting.clone()).collect();
    for meeting in meetings {
        let folder = format!("content/meetings/{meeting}/");
        let of_meeting: Vec<Diagnostic> = checked
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.place.path.starts_with(&folder))
            .cloned()
            .collect();
        errors |= print(&checked, &of_meeting, format);
        let count = |severity| of_meeting.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
        let found = Check { errors: count(Severity::Error), warnings: count(Severity::Warning) };
        reports.iter_mut().filter(|report| report.meeting == meeting).for_each(|report| report.check = Some(found));
    }
    Ok(errors)
}

/// The sentence for a document that was refused, and its words.
fn words_of(refused: &Refused) -> (&'static str, Vec<(&'static str, String)>) {
    match refused {
        Refused::Unreadable(why) => match why {
            Unreadable::Missing => ("import_missing", Vec::new()),
            Unreadable::Folder => ("import_folder", Vec::new()),
            Unreadable::Io(reason) => ("import_io", vec![("reason", reason.clone())]),
            Unreadable::Empty => ("import_empty", Vec::new()),
            Unreadable::UnknownFormat => ("import_unknown_format", Vec::new()),
            Unreadable::OldWord => ("import_old_word", Vec::new()),
            Unreadable::Broken(reason) => ("import_broken", vec![("reason", reason.clone())]),
            Unreadable::Locked => ("import_locked", Vec::new()),
            Unreadable::TooLarge(what) => ("import_too_large", vec![("what", what.clone())]),
            Unreadable::TooSlow => ("import_too_slow", Vec::new()),
            Unreadable::Scanned => ("import_scanned", Vec::new()),
            Unreadable::NotUtf8 => ("import_not_utf8", Vec::new()),
            Unreadable::NoPoppler => ("import_no_poppler", Vec::new()),
        },
        Refused::NoItems => ("import_no_items", Vec::new()),
        Refused::StrayClosed(text) => ("import_stray_closed", vec![("text", text.clone())]),
        Refused::NoDate => ("import_no_date", Vec::new()),
        Refused::BadDate(value) => ("not_a_date", vec![("value", value.clone())]),
        Refused::NoId(id) => ("import_no_id", vec![("id", id.clone())]),
        Refused::BadId(value, slug) => ("not_a_slug", vec![("value", value.clone()), ("slug", slug.clone())]),
        Refused::Write(why) => match why {
            Why::BadMeeting { id } => ("not_a_slug", vec![("value", id.clone()), ("slug", slug(id))]),
            Why::Unreadable { path, .. } | Why::NotUtf8 { path } => ("import_not_parsed", vec![("path", path.clone())]),
            Why::Fragile { path } => ("import_fragile", vec![("path", path.clone())]),
            Why::Outside { path } => ("import_outside", vec![("path", path.clone())]),
            Why::Changed { path } => ("import_changed", vec![("path", path.clone())]),
            Why::Io { path, reason } => {
                ("import_cannot_write", vec![("path", path.clone()), ("reason", reason.clone())])
            }
        },
    }
}
