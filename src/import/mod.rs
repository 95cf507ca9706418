//! Import: the secretariat's documents become content.
//!
//! Data flows one way. One reader for each format gives the same thing, the recogniser knows what an agenda is, and the
//! writer makes files:
//!
//! | step | takes | gives |
//! | --- | --- | --- |
//! | [`format`](mod@format), [`docx`], [`pdf`], [`txt`] | the bytes of a document | [`block::Reading`]: blocks with their places |
//! | [`recognise`](mod@recognise) | blocks, and the words of the template ([`template`]) | [`draft::Draft`]: a meeting in the fields of the content |
//! | [`account`] | blocks and draft | the words that were lost on the way: none, or they are told |
//! | [`write`](mod@write) | the draft, and the files that are there | a plan: files as they will be, and where they differ |
//! | [`report`] | all of it | what there is to say, for people and for programs |
//!
//! Nothing is written before the plan is whole. What is left out or not certain is a [`remark::Remark`], from whichever step.

pub mod account;
pub mod block;
pub mod docx;
pub mod draft;
pub mod format;
pub mod hints;
pub mod mend;
pub mod pdf;
pub mod recognise;
pub mod remark;
pub mod report;
pub mod template;
pub mod texts;
pub mod txt;
pub mod unreadable;
pub mod write;

mod meeting;

use crate::config::Config;
use mend::Vocabulary;
use remark::{About, Remark};
use report::{Added, Differs, Found, FoundItem, Renumbered, Report, Written};
use std::path::Path;
use template::Template;
use unreadable::Unreadable;
use walkdir::WalkDir;

/// What the secretariat asks for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The meeting's date, exact or EDTF, where the document prints none or another.
    pub date: Option<String>,
    /// The meeting's folder.
    pub id: Option<String>,
    /// What the document has otherwise than the files is taken from the document.
    pub update: bool,
    /// Nothing is written.
    pub dry_run: bool,
}

/// Why a document was not imported. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be read.
    Unreadable(Unreadable),
    /// No item was found in it.
    NoItems,
    /// It tells of a closed item that was not found as one: its text would be published.
    StrayClosed(String),
    /// It prints no date, and none was given.
    NoDate,
    /// This is no date.
    BadDate(String),
    /// Its date is not exact, and no folder was named; one that would do.
    NoId(String),
    /// This cannot be a folder's name; one that can.
    BadId(String, String),
    /// The files that are there cannot be added to.
    Write(write::Trouble),
}

/// Words of the record that are learnt, in bytes: enough to know how a council writes its words.
const LEARNT: usize = 8 << 20;

/// The words of the record: they tell what a hyphen at a line's end is.
pub fn vocabulary(root: &Path) -> Vocabulary {
    let mut known = Vocabulary::default();
    let mut left = LEARNT;
    // The latest meetings first.
    let files =
        WalkDir::new(root.join("content")).sort_by(|a, b| b.file_name().cmp(a.file_name())).into_iter().flatten();
    for file in
        files.filter(|file| file.file_type().is_file() && file.path().extension().is_some_and(|end| end == "md"))
    {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        known.learn(&text);
        left = left.saturating_sub(text.len());
        if left == 0 {
            break;
        }
    }
    known
}

/// Imports one document, and says what became of it.
pub fn import(
    root: &Path,
    config: &Config,
    known: &Vocabulary,
    file: &Path,
    options: &Options,
) -> Result<Report, Refused> {
    let template = Template::new(config);
    let bytes = format::bytes(file).map_err(Refused::Unreadable)?;
    let (format, reading) = format::read(&bytes, &template, known).map_err(Refused::Unreadable)?;
    let pages = reading.pages;
    let blocks = reading.blocks.clone();
    let (mut draft, mut remarks) = recognise::recognise(reading, &template);
    if draft.items.is_empty() {
        return Err(Refused::NoItems);
    }
    if let Some(words) = recognise::stray_closed(&draft, &template) {
        return Err(Refused::StrayClosed(words));
    }
    let lost = account::lost(&blocks, &draft, &remarks, &template);
    remarks.extend(lost.into_iter().map(|(place, word)| Remark::new(About::Lost, place, word)));
    let meeting = meeting::meeting(root, config, &mut draft, options, &mut remarks)?;
    let request = write::Request {
        root,
        config,
        meeting: &meeting.id,
        title: &meeting.title,
        draft: &draft,
        update: options.update,
    };
    let plan = write::plan(&request).map_err(Refused::Write)?;
    if !options.dry_run {
        write::apply(root, &plan).map_err(Refused::Write)?;
    }
    let (left_out, doubts) = report::lines(remarks);
    // The plan has every item of the draft, in its order; a number may stand twice.
    let items = draft.items.iter().zip(&plan.items).map(|(item, (_, path))| FoundItem {
        number: item.number.clone(),
        title: item.title.clone(),
        cases: item.cases.clone(),
        path: path.clone(),
    });
    Ok(Report {
        file: file.display().to_string(),
        format,
        state: report::state(draft.state),
        meeting: meeting.id,
        dry_run: options.dry_run,
        pages,
        found: Found::of(&draft),
        items: items.collect(),
        files: plan
            .changes
            .iter()
            .map(|change| Written { path: change.path.clone(), new: change.before.is_none() })
            .collect(),
        added: plan.added.iter().map(|added| Added { path: added.path.clone(), what: name_of(&added.what) }).collect(),
        renumbered: plan
            .renumbered
            .iter()
            .map(|item| Renumbered { path: item.path.clone(), from: item.from.clone(), to: item.to.clone() })
            .collect(),
        differences: plan
            .differences
            .iter()
            .map(|it| Differs { path: it.path.clone(), what: name_of(&it.what), diff: it.unified(), taken: it.taken })
            .collect(),
        only_here: plan.only_here.clone(),
        left_out,
        doubts,
        check: None,
    })
}

/// What a unit is called in the report: a field by its name, a section by its heading.
fn name_of(unit: &write::Unit) -> String {
    match unit {
        write::Unit::Field(name) => (*name).to_owned(),
        write::Unit::Lead => "lead".to_owned(),
        write::Unit::Section(heading) => format!("## {heading}"),
    }
}
