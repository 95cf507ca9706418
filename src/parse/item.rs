//! An item of a meeting's agenda: any Markdown file in the meeting's folder but `_index.md`.

use super::File;
use super::front_matter::{Fields, Spanned};
use super::markdown::{Kind, Prose, Scheme, Section, scheme};
use super::sealed::Sealed;
use super::shared::{Alias, Correction, aliases, case_numbers, corrections};
use crate::config::Role;
use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::slug;
use crate::model::{CaseNumber, ItemNumber};
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// A file or link that belongs to an item or a meeting.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Attachment {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub source: AttachmentSource,
}

/// Where an attachment is.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub enum AttachmentSource {
    /// A file, relative to the meeting's folder.
    File(Spanned<String>),
    /// Elsewhere.
    Url(String),
    /// Only its name is known.
    Named,
}

/// An earlier item of the same matter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Continuation {
    /// The meeting's id.
    pub meeting: String,
    /// The slug of the item's id: what stands in its address.
    pub item: String,
    /// Both as written.
    pub written: String,
}

/// An item as written.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct ItemDoc {
    /// The meeting's id.
    pub meeting: String,
    /// As printed.
    pub number: Spanned<ItemNumber>,
    /// What its address is made from.
    pub id: Spanned<String>,
    /// The title.
    pub title: String,
    /// Former addresses.
    pub aliases: Vec<Alias>,
    /// Changes to what was published.
    pub corrections: Vec<Correction>,
    /// What is open of it.
    pub access: Access,
}

/// Open or closed. What a closed item hides is not even in the type.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Access {
    /// All of it is published.
    Open(Box<OpenDoc>),
    /// Only its number, title and ground are.
    Closed {
        /// Why.
        ground: Option<String>,
        /// Bytes of the file that are published all the same.
        shown: Vec<Range<usize>>,
    },
}

/// Where a value is written makes no other page of it.
impl Hash for Access {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Open(open) => open.hash(state),
            Self::Closed { ground, shown: _ } => ground.hash(state),
        }
        matches!(self, Self::Open(_)).hash(state);
    }
}

/// What only an open item publishes: what ties it to others, and all else that its page says.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields of the contract
pub struct OpenDoc {
    pub cases: Vec<Spanned<CaseNumber>>,
    pub topics: Vec<Spanned<String>>,
    pub continues: Vec<Spanned<Continuation>>,
    pub attachments: Vec<Attachment>,
    /// It tells of a discussion or a decision.
    pub was_treated: bool,
    pub details: Sealed<Details>,
}

/// What an open item's page says, and others quote of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields of the contract
pub struct Details {
    pub responsible: Vec<String>,
    pub submitted_by: Vec<String>,
    pub strategic_basis: Vec<String>,
    pub perspectives: Vec<String>,
    pub presenters: Vec<String>,
    pub process_status: Option<Prose>,
    pub prose: Prose,
}

/// Reads an item. A closed one is read whole, so that its faults are told, and then all but what is public is dropped.
pub(super) fn read(file: &mut File<'_>, meeting: &str, out: &mut Vec<Diagnostic>) -> Option<ItemDoc> {
    let written = file.fields.required_text("number", out);
    let title = file.fields.required_text("title", out);
    let id = file.fields.text("id", out);
    let number = written.and_then(|written| {
        let number = ItemNumber::new(&written.value);
        if number.is_none() {
            out.push(faults::BAD_ITEM_NUMBER.at(file.path, &written.span).with("value", written.value));
        }
        Some(Spanned { value: number?, span: written.span })
    });
    let aliases = aliases(file.path, &mut file.fields, out);
    let mut corrections = corrections(&mut file.fields, out);
    let closed = file.fields.one_of("access", &[("open", false), ("closed", true)], out) == Some(true);
    let ground = file.fields.text("closed_ground", out);
    let open = open(file, closed, out);
    let access = if closed {
        if ground.is_none() {
            out.push(faults::CLOSED_WITHOUT_GROUND.in_file(file.path));
        }
        corrections.iter_mut().for_each(|correction| correction.note = None);
        file.ends.clear();
        file.bodies.clear();
        let shown =
            [number.as_ref().map(|n| &n.span), title.as_ref().map(|t| &t.span), ground.as_ref().map(|g| &g.span)];
        let mut shown: Vec<_> = shown.into_iter().flatten().cloned().collect();
        shown.extend(id.iter().map(|id| id.span.clone()).chain(aliases.iter().map(|alias| alias.span.clone())));
        Access::Closed { shown, ground: ground.map(|text| text.value) }
    } else {
        Access::Open(Box::new(open))
    };
    // A number that is missing or wrong was told; with the file's name in its place, the other faults are told too.
    let number = number.or_else(|| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        Some(Spanned { value: ItemNumber::new(name)?, span: 0..0 })
    })?;
    let id = id.unwrap_or_else(|| number.clone().map(|number| number.to_string()));
    if slug(&id.value).is_empty() {
        out.push(faults::NO_SLUG.at(file.path, &id.span).with("value", id.value));
        return None;
    }
    let title = title.map(|title| title.value).unwrap_or_default();
    Some(ItemDoc { meeting: meeting.to_owned(), number, id, title, aliases, corrections, access })
}

fn open(file: &mut File<'_>, closed: bool, out: &mut Vec<Diagnostic>) -> OpenDoc {
    // What is wrong with the prose of a closed item harms nobody: it is not published.
    let mut unheard = Vec::new();
    let config = file.reading.config;
    let texts = |fields: &mut Fields<'_>, key, out: &mut Vec<Diagnostic>| -> Vec<String> {
        fields.texts(key, out).into_iter().map(|text| text.value).collect()
    };
    let fields = &mut file.fields;
    let cases = case_numbers("cases", file.path, fields, config, out);
    let responsible = texts(fields, "responsible", out);
    let topics = topics(file.path, fields, out);
    let submitted_by = texts(fields, "submitted_by", out);
    let strategic_basis = texts(fields, "strategic_basis", out);
    let perspectives = texts(fields, "perspectives", out);
    let presenters = texts(fields, "presenters", out);
    let status = fields.text("process_status", out);
    let continues = continues(file.path, fields, out);
    let attachments = attachments("attachments", file.path, fields, out);
    let heard = if closed { &mut unheard } else { out };
    let process_status = status.map(|status| file.status(&status, heard));
    let prose = file.prose(Kind::Item, heard);
    let tells = |section: &Section| matches!(section.role, Role::Discussion | Role::Decision);
    let was_treated = prose.sections.iter().any(tells);
    let details =
        Details { responsible, submitted_by, strategic_basis, perspectives, presenters, process_status, prose };
    OpenDoc { cases, topics, continues, attachments, was_treated, details: Sealed::new(details) }
}

/// Topics by name or slug; one of which no address can be made is refused.
pub(super) fn topics(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Vec<Spanned<String>> {
    let mut topics = fields.texts("topics", out);
    topics.retain(|topic| {
        let good = !slug(&topic.value).is_empty();
        if !good {
            out.push(faults::NO_SLUG.at(path, &topic.span).with("value", topic.value.clone()));
        }
        good
    });
    topics
}

/// `continues`: each `meeting/item`.
fn continues(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Vec<Spanned<Continuation>> {
    let mut continues = Vec::new();
    for text in fields.texts("continues", out) {
        let continuation =
            text.value.split_once('/').filter(|(_, item)| !item.contains('/')).and_then(|(meeting, item)| {
                let (meeting, item) = (meeting.trim().to_owned(), slug(item));
                let written = text.value.clone();
                (!meeting.is_empty() && !item.is_empty()).then_some(Continuation { meeting, item, written })
            });
        match continuation {
            Some(value) => continues.push(Spanned { value, span: text.span }),
            None => out.push(faults::BAD_CONTINUATION.at(path, &text.span).with("value", text.value)),
        }
    }
    continues
}

/// Whether `url` leads to another site, as written: a scheme, a host, and no blank.
fn is_web_address(url: &str) -> bool {
    let is_web = matches!(scheme(url), Scheme::Allowed(name) if matches!(name.as_str(), "http" | "https"));
    let host = url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
    is_web && !host.is_empty() && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// `attachments` or `documents`: each with a title and a file, a URL, or neither.
pub fn attachments(
    key: &'static str,
    path: &Arc<str>,
    fields: &mut Fields<'_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Attachment> {
    fields.tables(key, out, |fields, out| {
        let title = fields.required_text("title", out);
        let file = fields.text("file", out);
        let url = fields.text("url", out);
        let source = match (file, url) {
            (Some(_), Some(url)) => {
                out.push(faults::FILE_AND_URL.at(path, &url.span));
                AttachmentSource::Named
            }
            (Some(file), None) => AttachmentSource::File(file),
            (None, Some(url)) if is_web_address(&url.value) => AttachmentSource::Url(url.value),
            (None, Some(url)) => {
                out.push(faults::BAD_URL.at(path, &url.span).with("value", url.value));
                AttachmentSource::Named
            }
            (None, None) => AttachmentSource::Named,
        };
        Some(Attachment { title: title?.value, source })
    })
}
