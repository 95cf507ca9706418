//! What the secretariat adds about a case: `cases/NUMBER.md`.

use super::File;
use super::front_matter::Spanned;
use super::markdown::{Kind, Prose};
use super::shared::{Alias, aliases, case_numbers};
use crate::diagnostic::{Diagnostic, faults};
use crate::model::CaseNumber;

/// A case's own file.
#[derive(Debug, Clone)]
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
    let Some(number) = config.case_number.parse(name) else {
        let fault = faults::BAD_CASE_FILE_NAME.in_file(file.path).with("value", name);
        out.push(fault.with("pattern", config.case_number.as_str()));
        return None;
    };
    Some(CaseDoc {
        number,
        title: file.fields.text("title", out).map(|text| text.value),
        standing: file.fields.flag("standing", out),
        topics: file.fields.texts("topics", out),
        status: file.fields.text("status", out).map(|text| text.value),
        summary: file.fields.text("summary", out).map(|text| text.value),
        related: case_numbers("related", file.path, &mut file.fields, config, out),
        aliases: aliases(file.path, &mut file.fields, out),
        prose: file.prose(Kind::Page, out),
    })
}
