//! What a field on the disk says, in the form of a draft's, and whether both say the same.
//!
//! Takes a value of the front matter and a draft's; gives the first in the form of the second. Blanks, the form of a case
//! number and how Markdown is written make no difference.

use super::seen;
use super::value::{Value, line};
use crate::import::draft::{Attachment, Group, Person};
use crate::model::CasePattern;
use crate::parse::front_matter::{Entry, Node, Value as Written};
use crate::parse::markdown::Kind;

/// Whether a field says nothing.
pub fn is_empty(node: &Node) -> bool {
    match &node.value {
        Written::Null => true,
        Written::Text(text) => text.trim().is_empty(),
        Written::List(list) => list.iter().all(is_empty),
        Written::Table(entries) => entries.is_empty(),
        _ => false,
    }
}

/// What a field says, in the form of `like`; `None` where it is of another kind.
pub fn read(node: &Node, like: &Value) -> Option<Value> {
    Some(match like {
        Value::Text(_) => Value::Text(line(text(node)?)),
        Value::Markdown(_) => Value::Markdown(text(node)?.trim().to_owned()),
        Value::List(_) => {
            let texts: Option<Vec<_>> = each(node).iter().map(|node| text(node).map(line)).collect();
            Value::List(texts?.into_iter().filter(|text| !text.is_empty()).collect())
        }
        Value::Parts(_) => {
            let part = |node| Some((field(node, "number")?, field(node, "title")?));
            Value::Parts(each(node).iter().map(part).collect::<Option<_>>()?)
        }
        Value::People(_) => Value::People(each(node).iter().map(group).collect::<Option<_>>()?),
        Value::Attachments(_) => {
            let attachment = |node| {
                let url = field(node, "url").or_else(|| field(node, "file"));
                Some(Attachment { title: field(node, "title")?, url })
            };
            Value::Attachments(each(node).iter().map(attachment).collect::<Option<_>>()?)
        }
    })
}

fn group(node: &Node) -> Option<Group> {
    let person = |node| {
        Some(Person {
            name: field(node, "name")?,
            role: field(node, "role"),
            organisation: field(node, "organisation"),
            note: field(node, "note"),
        })
    };
    let people = entry(node, "people").map_or(&[][..], each).iter().map(person).collect::<Option<_>>()?;
    Some(Group { name: field(node, "group")?, people })
}

/// A text, or what may be written in its place without quotation marks.
pub fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Written::Text(text) | Written::Number(text) | Written::Date(text) => Some(text),
        _ => None,
    }
}

/// The entries of a list; one value is a list of one.
pub fn each(node: &Node) -> &[Node] {
    match &node.value {
        Written::List(nodes) => nodes,
        Written::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Written::Table(entries) = &node.value else { return None };
    find(entries, key)
}

/// The value of a field, where it is there.
pub fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Node> {
    Some(&entries.iter().find(|entry| entry.key == key)?.node)
}

fn field(node: &Node, key: &str) -> Option<String> {
    text(entry(node, key)?).map(line).filter(|text| !text.is_empty())
}

/// Whether both say the same.
pub fn same(key: &str, ours: &Value, theirs: &Value, cases: &CasePattern) -> bool {
    match (ours, theirs) {
        (Value::Text(ours), Value::Text(theirs)) if matches!(key, "start" | "end") => hour(ours) == hour(theirs),
        (Value::Text(ours), Value::Text(theirs)) if key == "number" => number(ours) == number(theirs),
        (Value::List(ours), Value::List(theirs)) if key == "cases" => {
            let plain = |list: &[String]| -> Vec<String> {
                list.iter()
                    .map(|text| cases.parse(text).map_or_else(|| text.clone(), |case| case.to_string()))
                    .collect()
            };
            plain(ours) == plain(theirs)
        }
        (Value::Markdown(ours), Value::Markdown(theirs)) => {
            seen::nodes(ours, Kind::Status) == seen::nodes(theirs, Kind::Status)
        }
        (Value::Parts(ours), Value::Parts(theirs)) => {
            let plain = |(printed, title): &(String, String)| (number(printed).to_owned(), title.clone());
            ours.iter().map(plain).eq(theirs.iter().map(plain))
        }
        (ours, theirs) => ours == theirs,
    }
}

fn number(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// A time as it is compared: `9.30` is `09:30`, and seconds of none say nothing.
fn hour(text: &str) -> String {
    let dotted = text.replace('.', ":");
    let padded = if dotted.find(':') == Some(1) { format!("0{dotted}") } else { dotted };
    padded.strip_suffix(":00").filter(|rest| rest.contains(':')).map_or(padded.clone(), str::to_owned)
}

/// What fields say, without their places in the file.
pub fn bare(node: &Node) -> String {
    match &node.value {
        Written::List(nodes) => format!("[{}]", nodes.iter().map(bare).collect::<Vec<_>>().join(", ")),
        Written::Table(entries) => {
            let fields: Vec<_> = entries.iter().map(|entry| format!("{} = {}", entry.key, bare(&entry.node))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        other => format!("{other:?}"),
    }
}
