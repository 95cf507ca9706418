//! A meeting: `meetings/ID/_index.md`.

use super::File;
use super::item::{Attachment, attachments};
use super::markdown::{Kind, Prose};
use super::shared::{Alias, Correction, aliases, corrections};
use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::{is_slug, slug};
use crate::model::{ItemNumber, MeetingDate};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// The state of a meeting and of its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the words of the contract
pub enum Status {
    Planned,
    Agenda,
    Minutes,
    Cancelled,
}

impl Status {
    /// The word in content and data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Agenda => "agenda",
            Self::Minutes => "minutes",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A heading of the agenda.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PartDoc {
    pub number: ItemNumber,
    pub title: String,
}

/// Participants under a heading.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Group {
    /// The heading; `None` for `members`, whose heading is the theme's.
    pub title: Option<String>,
    /// In the order written.
    pub people: Vec<Person>,
}

/// A participant.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Person {
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub note: Option<String>,
}

/// A meeting's own file.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields of the contract
pub struct MeetingDoc {
    pub id: String,
    pub title: String,
    pub date: MeetingDate,
    pub start: Option<Time>,
    pub end: Option<Time>,
    pub place: Option<String>,
    pub body: Option<String>,
    pub status: Option<Status>,
    pub agenda_published: Option<Date>,
    pub minutes_published: Option<Date>,
    pub parts: Vec<PartDoc>,
    pub participants: Vec<Group>,
    pub documents: Vec<Attachment>,
    pub aliases: Vec<Alias>,
    pub corrections: Vec<Correction>,
    pub prose: Prose,
}

const STATUSES: [(&str, Status); 4] = [
    ("planned", Status::Planned),
    ("agenda", Status::Agenda),
    ("minutes", Status::Minutes),
    ("cancelled", Status::Cancelled),
];

/// Reads a meeting; `None` where it has no date or its folder cannot be an address.
pub(super) fn read(file: &mut File<'_>, id: &str, out: &mut Vec<Diagnostic>) -> Option<MeetingDoc> {
    let named = is_slug(id);
    if !named {
        out.push(match slug(id) {
            slug if slug.is_empty() => faults::NO_SLUG.in_file(file.path).with("value", id),
            slug => faults::BAD_FOLDER_NAME.in_file(file.path).with("folder", id).with("slug", slug),
        });
    }
    let title = file.fields.required_text("title", out).map(|title| title.value).unwrap_or_default();
    let date = date(file, id, out);
    let (start, end) = times(file, out);
    let status = file.fields.one_of("status", &STATUSES, out);
    let place = file.fields.text("place", out).map(|text| text.value);
    let body = body(file, out);
    let agenda_published = file.fields.day("agenda_published", out);
    let minutes_published = file.fields.day("minutes_published", out);
    let parts = parts(file, out);
    let participants = participants(file, out);
    let documents = attachments("documents", file.path, &mut file.fields, out);
    let aliases = aliases(file.path, &mut file.fields, out);
    let corrections = corrections(&mut file.fields, out);
    let prose = file.prose(Kind::Page, out);
    let date = date.filter(|_| named)?;
    Some(MeetingDoc {
        id: id.to_owned(),
        title,
        date,
        start,
        end,
        place,
        body,
        status,
        agenda_published,
        minutes_published,
        parts,
        participants,
        documents,
        aliases,
        corrections,
        prose,
    })
}

/// The date as written, else that of the folder's name.
fn date(file: &mut File<'_>, id: &str, out: &mut Vec<Diagnostic>) -> Option<MeetingDate> {
    if let Some(text) = file.fields.date_text("date", out) {
        let date = MeetingDate::parse(&text.value);
        if date.is_none() {
            out.push(faults::BAD_MEETING_DATE.at(file.path, &text.span).with("value", text.value));
        }
        return date;
    }
    let date = date_of_folder(id);
    if date.is_none() {
        out.push(faults::MISSING_DATE.in_file(file.path).with("folder", id));
    }
    date
}

/// The date that a folder's name says: `2025-11-27`, or with a suffix `2025-11-27-ekstra`.
pub fn date_of_folder(id: &str) -> Option<MeetingDate> {
    let named = id.get(..10).and_then(MeetingDate::parse).filter(|date| date.exact().is_some());
    named.filter(|_| id.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

fn times(file: &mut File<'_>, out: &mut Vec<Diagnostic>) -> (Option<Time>, Option<Time>) {
    let start = file.fields.time("start", out);
    let end = file.fields.time("end", out);
    if let (Some(start), Some(end)) = (&start, &end)
        && end.value < start.value
    {
        let clock = |time: Time| time.strftime("%H:%M").to_string();
        let fault = faults::ENDS_BEFORE_START.at(file.path, &end.span);
        out.push(fault.with("start", clock(start.value)).with("end", clock(end.value)));
    }
    (start.map(|time| time.value), end.map(|time| time.value))
}

fn body(file: &mut File<'_>, out: &mut Vec<Diagnostic>) -> Option<String> {
    let body = file.fields.text("body", out)?;
    if slug(&body.value).is_empty() {
        out.push(faults::NO_SLUG.at(file.path, &body.span).with("value", body.value));
        return None;
    }
    Some(body.value)
}

fn parts(file: &mut File<'_>, out: &mut Vec<Diagnostic>) -> Vec<PartDoc> {
    let path = file.path;
    file.fields.tables("parts", out, |fields, out| {
        let (number, title) = (fields.required_text("number", out), fields.required_text("title", out));
        let (number, title) = (number?, title?);
        let parsed = ItemNumber::new(&number.value);
        if parsed.is_none() {
            out.push(faults::BAD_ITEM_NUMBER.at(path, &number.span).with("value", number.value));
        }
        Some(PartDoc { number: parsed?, title: title.value })
    })
}

/// `participants` by group, and `members` as one group more.
fn participants(file: &mut File<'_>, out: &mut Vec<Diagnostic>) -> Vec<Group> {
    let mut groups = file.fields.tables("participants", out, |fields, out| {
        let title = fields.required_text("group", out);
        let people = fields.tables("people", out, |fields, out| {
            let name = fields.required_text("name", out);
            let mut text = |key| fields.text(key, out).map(|text| text.value);
            let (role, organisation, note) = (text("role"), text("organisation"), text("note"));
            Some(Person { name: name?.value, role, organisation, note })
        });
        Some(Group { title: Some(title?.value), people })
    });
    let members: Vec<_> = file.fields.texts("members", out).into_iter().map(|name| name.value).collect();
    if !members.is_empty() {
        let person = |name| Person { name, role: None, organisation: None, note: None };
        groups.insert(0, Group { title: None, people: members.into_iter().map(person).collect() });
    }
    groups
}
