//! Pages, topics and the front page: a title, a description and a text.

use super::File;
use super::markdown::{Kind, Prose};
use super::shared::{Alias, aliases};
use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::{is_slug, slug};
use serde::{Deserialize, Serialize};

/// A page or topic.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct PageDoc {
    /// The file's name without its ending, and for a page the folders below `pages/`.
    pub name: String,
    /// The title; empty for a front page that names none.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// Former addresses.
    pub aliases: Vec<Alias>,
    /// The text.
    pub prose: Prose,
}

/// Reads a page or topic; its file's name is a part of its address and so must be fit for one.
pub(super) fn read(file: &mut File<'_>, name: &str, out: &mut Vec<Diagnostic>) -> Option<PageDoc> {
    let wrong = name.split('/').find(|part| !is_slug(part));
    if let Some(wrong) = wrong {
        out.push(match slug(wrong) {
            slug if slug.is_empty() => faults::NO_SLUG.in_file(file.path).with("value", wrong),
            slug => faults::BAD_FILE_NAME.in_file(file.path).with("name", wrong).with("slug", slug),
        });
    }
    let title = file.fields.required_text("title", out).map(|title| title.value);
    let description = file.fields.text("description", out).map(|text| text.value);
    let aliases = aliases(file.path, &mut file.fields, out);
    let prose = file.prose(Kind::Page, out);
    let doc = PageDoc { name: name.to_owned(), title: title.unwrap_or_default(), description, aliases, prose };
    wrong.is_none().then_some(doc)
}

/// Reads the text of the front page, whose title may be left out.
pub(super) fn read_front(file: &mut File<'_>, out: &mut Vec<Diagnostic>) -> Option<PageDoc> {
    let title = file.fields.text("title", out).map(|title| title.value).unwrap_or_default();
    let description = file.fields.text("description", out).map(|text| text.value);
    let prose = file.prose(Kind::Page, out);
    Some(PageDoc { name: String::new(), title, description, aliases: Vec::new(), prose })
}
