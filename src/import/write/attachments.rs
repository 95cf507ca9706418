//! The files and links of an item: a draft's beside those of the disk, entry by entry.
//!
//! Takes a field of the disk and a draft's entries; gives the entries that are new and the links that differ, and the
//! front matter with the new ones behind its own. An entry of the disk stays as it is, with its file and all else that
//! people gave it.

use super::known::{each, find, text};
use super::value::{Value, line};
use crate::import::draft::Attachment;
use crate::parse::front_matter::{Entry, Node, Value as Written};
use std::str::FromStr;
use toml_edit::{DocumentMut, Item};

/// What a draft has otherwise than the disk.
#[derive(Debug, PartialEq, Eq)]
pub struct Compared {
    /// What the disk says.
    pub ours: Vec<Attachment>,
    /// The same with the draft's links; `None` where none differs.
    pub linked: Option<Vec<Attachment>>,
    /// Entries that only the draft has.
    pub new: Vec<Attachment>,
}

/// An entry of the disk, where it is one.
fn read(node: &Node) -> Option<(Attachment, bool)> {
    let Written::Table(entries) = &node.value else { return None };
    let field = |key| find(entries, key).and_then(text).map(line).filter(|text| !text.is_empty());
    let (url, file) = (field("url"), field("file"));
    let has_file = file.is_some();
    Some((Attachment { title: field("title")?, url: url.or(file) }, has_file))
}

/// Compares the entries of both by their titles; `None` where the field holds something else.
pub fn compare(node: &Node, theirs: &[Attachment]) -> Option<Compared> {
    let disk: Vec<(Attachment, bool)> = each(node).iter().map(read).collect::<Option<_>>()?;
    let mut linked: Vec<Attachment> = disk.iter().map(|(one, _)| one.clone()).collect();
    let ours = linked.clone();
    let mut free: Vec<usize> = (0..disk.len()).collect();
    let mut take = |is: &dyn Fn(&Attachment) -> bool| {
        let at = free.iter().position(|at| ours.get(*at).is_some_and(is))?;
        Some(free.remove(at))
    };
    let fold = |title: &str| line(title).to_lowercase();
    // Of entries with one title, those with the same link belong together.
    let named = |their: &Attachment, our: &Attachment| fold(&our.title) == fold(&their.title);
    let sure: Vec<Option<usize>> =
        theirs.iter().map(|their| take(&|our| named(their, our) && our.url == their.url)).collect();
    let mut new = Vec::new();
    for (their, sure) in theirs.iter().zip(sure) {
        if sure.is_some() {
            continue;
        }
        let Some(at) = take(&|our| named(their, our)) else {
            new.push(their.clone());
            continue;
        };
        // A file that the secretariat laid beside the meeting says more than a link.
        if let (Some(url), Some(entry), Some((_, false))) = (&their.url, linked.get_mut(at), disk.get(at)) {
            entry.url = Some(url.clone());
        }
    }
    let linked = (linked != ours).then_some(linked);
    Some(Compared { ours, linked, new })
}

/// The front matter with `new` behind the entries of `key`; `None` where they cannot be told from what is around them.
/// The places of `entries` are bytes of `text`.
pub fn with_toml(text: &str, _: &[Entry], key: &'static str, new: &[Attachment]) -> Option<String> {
    let value = Value::Attachments(new.to_vec());
    let mut document = DocumentMut::from_str(text).ok()?;
    match document.get_mut(key)? {
        Item::ArrayOfTables(tables) => {
            let mut made = DocumentMut::from_str(&value.toml(key)).ok()?;
            let Item::ArrayOfTables(made) = made.remove(key)? else { return None };
            for mut table in made {
                // Behind the last one and all that is in it.
                table.set_position(None);
                table.decor_mut().set_prefix("\n");
                tables.push(table);
            }
        }
        Item::Value(toml_edit::Value::Array(array)) => {
            let made = DocumentMut::from_str(&format!("{key} = {}\n", value.toml_value(key))).ok()?;
            let lead = array.iter().last()?.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
            let comma = array.trailing_comma();
            // A comment before the last entry is not the new one's.
            let lead = if lead.contains('#') { "\n  " } else { lead }.to_owned();
            let lead = if lead.is_empty() { " ".to_owned() } else { lead };
            for one in made.get(key)?.as_array()? {
                let mut one = one.clone();
                let mut end = String::new();
                if let Some(last) = array.iter_mut().last().filter(|_| !comma) {
                    let suffix = last.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default();
                    if !suffix.contains('#') {
                        suffix.clone_into(&mut end);
                        last.decor_mut().set_suffix("");
                    }
                }
                *one.decor_mut() = toml_edit::Decor::new(lead.clone(), end);
                array.push_formatted(one);
            }
        }
        _ => return None,
    }
    Some(document.to_string())
}

/// The same for YAML: behind the last line of a list, or before the bracket that closes it.
pub fn with_yaml(text: &str, entries: &[Entry], key: &'static str, new: &[Attachment]) -> Option<String> {
    let at = entries.iter().position(|entry| entry.key == key)?;
    let range = super::edit_yaml::lines(text, entries, at)?;
    let field = text.get(range.clone())?;
    let flat = |one: &Attachment| {
        let list = Value::Attachments(vec![one.clone()]).yaml();
        list.strip_prefix('[').and_then(|list| list.strip_suffix(']')).map(str::to_owned)
    };
    let flat: Vec<String> = new.iter().map(flat).collect::<Option<_>>()?;
    let mut edited = text.to_owned();
    if let Some(closed) = field.trim_end().strip_suffix(']')
        && field.split_once(':').is_some_and(|(_, value)| value.trim_start().starts_with('['))
    {
        let closed = closed.trim_end();
        let comma = if closed.ends_with(',') { " " } else { ", " };
        edited.insert_str(range.start + closed.len(), &format!("{comma}{}", flat.join(", ")));
        return Some(edited);
    }
    let first = field.lines().skip(1).find(|line| line.trim_start().starts_with("- "))?;
    let indent = &first[..first.len() - first.trim_start().len()];
    let mut lines = String::new();
    if !field.ends_with('\n') {
        lines.push('\n');
    }
    for (one, flat) in new.iter().zip(flat) {
        // One field on the line of the sign is as people write it.
        let plain = one.url.is_none().then(|| flat.strip_prefix('{')?.strip_suffix('}').map(str::to_owned)).flatten();
        let plain = plain.map(|plain| plain.replacen("\"title\"", "title", 1));
        lines.push_str(&format!("{indent}- {}\n", plain.unwrap_or(flat)));
    }
    edited.insert_str(range.end, &lines);
    Some(edited)
}
