//! What the secretariat adds about a case: `cases/NUMBER.md`.

use super::File;
use super::front_matter::Spanned;
use super::item::topics;
use super::markdown::{Kind, Prose};
use super::shared::{Alias, aliases, case_numbers};
use crate::diagnostic::{Diagnostic, faults};
use crate::model::CaseNumber;
use serde::{Deserialize, Serialize};

/// A case's own file.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct CaseDoc {
    /// The number: the file's name.
    pub number: CaseNumber,
    /// The title, where it is not that of the latest treatment.
    pub title: Option<String>,
    /// A number that is reused for unrelated items.
    pub standing: bool,
    /// Topics by name or slug.
    pub topics: Vec<Spanned<String>>,
    /// Where the case stands now.
    pub status: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// Other numbers of the same matter.
    pub related: Vec<Spanned<CaseNumber>>,
    /// Former addresses.
    pub aliases: Vec<Alias>,
    /// The text.
    pub prose: Prose,
}

/// Reads a case.
pub(super) fn read(file: &mut File<'_>, name: &str, out: &mut Vec<Diagnostic>) -> Option<CaseDoc> {
    let config = file.reading.config;
    let number = config.case_number.parse(name);
    if number.is_none() {
        let fault = faults::BAD_CASE_FILE_NAME.in_file(file.path).with("value", name);
        out.push(fault.with("pattern", config.case_number.as_str()));
    }
    let title = file.fields.text("title", out).map(|text| text.value);
    let standing = file.fields.flag("standing", out);
    let topics = topics(file.path, &mut file.fields, out);
    let status = file.fields.text("status", out).map(|text| text.value);
    let summary = file.fields.text("summary", out).map(|text| text.value);
    let related = case_numbers("related", file.path, &mut file.fields, config, out);
    let aliases = aliases(file.path, &mut file.fields, out);
    let prose = file.prose(Kind::Page, out);
    Some(CaseDoc { number: number?, title, standing, topics, status, summary, related, aliases, prose })
}
