//! The fields of a file: which a draft's meeting or item has, in the order in which the content has them.
//!
//! Takes a meeting or an item of a draft; gives its fields with their values, and the front matter of a new file.

use super::escape::Care;
use super::markdown::Style;
use super::tree::tree;
use super::value::{Value, line};
use crate::import::block::Block;
use crate::import::draft::{Draft, Group, Item, Part, Person};
use crate::parse::markdown::Kind;
use crate::parse::meeting::date_of_folder;

/// A field: its name and what it says.
pub type Field = (&'static str, Value);

/// The fields of both kinds of files in their order; headed blocks come last.
pub const ORDER: [&str; 26] = [
    "number",
    "title",
    "id",
    "date",
    "start",
    "end",
    "place",
    "body",
    "status",
    "agenda_published",
    "minutes_published",
    "cases",
    "responsible",
    "presenters",
    "topics",
    "continues",
    "submitted_by",
    "strategic_basis",
    "perspectives",
    "process_status",
    "access",
    "closed_ground",
    "parts",
    "members",
    "participants",
    "attachments",
];

/// Fields before which a new file has an empty line: what an item is, and then what it rests on.
const SECOND: [&str; 4] = ["submitted_by", "strategic_basis", "perspectives", "process_status"];

/// The fields that say something of an item, without its id.
pub fn of_item(item: &Item) -> Vec<Field> {
    let attachments = item.attachments.iter().map(|one| {
        let url = one.url.as_deref().filter(|url| super::inline::is_allowed(url)).map(super::inline::address);
        crate::import::draft::Attachment { title: line(&one.title), url: url.filter(|url| !url.starts_with("mailto:")) }
    });
    let attachments = attachments.filter(|one| !one.title.is_empty()).collect();
    let fields = vec![
        ("number", text(&item.number)),
        ("title", text(&item.title)),
        ("cases", list(&item.cases)),
        ("responsible", list(&item.responsible)),
        ("submitted_by", list(&item.submitted_by)),
        ("strategic_basis", list(&item.strategic_basis)),
        ("perspectives", list(&item.perspectives)),
        ("process_status", Value::Markdown(status(&item.process_status))),
        ("access", text(if item.closed { "closed" } else { "" })),
        ("closed_ground", item.closed_ground.as_deref().map_or_else(|| text(""), text)),
        ("attachments", Value::Attachments(attachments)),
    ];
    fields.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The fields that say something of the meeting, without its title; the date only where the folder does not say it.
pub fn of_meeting(draft: &Draft, id: &str) -> Vec<Field> {
    let optional = |value: &Option<String>| value.as_deref().map_or_else(|| text(""), text);
    let date = draft.date.as_ref().map(|(date, _)| date.as_str()).unwrap_or_default();
    let folder = date_of_folder(id).and_then(|date| date.exact());
    let is_folders = crate::model::MeetingDate::parse(date).is_some_and(|date| date.exact() == folder);
    let parts = draft.parts.iter().map(|Part { number, title }| (line(number), line(title)));
    let groups = draft.participants.iter().map(group).filter(|group| !group.people.is_empty());
    let fields = vec![
        ("date", text(if folder.is_some() && is_folders { "" } else { date })),
        ("start", optional(&draft.start)),
        ("end", optional(&draft.end)),
        ("place", optional(&draft.place)),
        ("parts", Value::Parts(parts.collect())),
        ("participants", Value::People(groups.collect())),
    ];
    fields.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn group(group: &Group) -> Group {
    let plain = |text: &Option<String>| text.as_deref().map(line).filter(|text| !text.is_empty());
    let people = group.people.iter().map(|person| Person {
        name: line(&person.name),
        role: plain(&person.role),
        organisation: plain(&person.organisation),
        note: plain(&person.note),
    });
    Group { name: line(&group.name), people: people.filter(|person| !person.name.is_empty()).collect() }
}

fn text(text: &str) -> Value {
    Value::Text(line(text))
}

fn list(texts: &[String]) -> Value {
    Value::List(texts.iter().map(|text| line(text)).filter(|text| !text.is_empty()).collect())
}

/// `process_status`: Markdown without footnotes.
fn status(blocks: &[Block]) -> String {
    let mut nodes = tree(blocks, 2, None);
    Style { kind: Kind::Status, care: Care::Needed }.blocks(&mut nodes)
}

/// The front matter of a new file, fences included.
pub fn toml(fields: &[Field]) -> String {
    let mut out = String::from("+++\n");
    let mut second = false;
    for (key, value) in fields {
        if value.is_headed() || !second && SECOND.contains(key) {
            second = true;
            out.push('\n');
        }
        out.push_str(&value.toml(key));
    }
    out.push_str("+++\n");
    out
}
