//! Reads one meeting of `content/` as the words that its source prints.
//!
//! Takes the meeting's folder; gives its words place by place, in the order of
//! the printed documents (front page, participants, parts, items), the table of
//! contents, and what each item says besides: its attachments, its links, who
//! presents. Knows the content format only as far as words are concerned, and
//! refuses a field that it does not know, since that could hide words.

use super::markdown::{Reading, read as read_markdown, split};
use super::source::{BULLET, Place};
use std::path::Path;
use toml::{Table, Value};

/// Fields of an item that say how it is filed, and print nothing of the source.
const ITEM_FILING: &[&str] = &["id", "topics", "continues", "aliases", "corrections"];

/// Fields of an item that print words.
const ITEM_WORDS: &[&str] = &[
    "number",
    "title",
    "cases",
    "responsible",
    "submitted_by",
    "strategic_basis",
    "perspectives",
    "process_status",
    "presenters",
    "attachments",
];

/// Fields of a meeting that are understood here.
const MEETING: &[&str] = &["title", "date", "status", "parts", "participants"];

/// A meeting, as far as its words go.
#[derive(Debug)]
pub struct Meeting {
    /// The words of each place, in the order of the document; the place as `Place` writes it.
    pub places: Vec<(String, Vec<String>)>,
    /// What the table of contents would say.
    pub contents: Vec<String>,
    /// The items, in order.
    pub items: Vec<Item>,
}

/// What an item says besides the words that are printed in their order.
#[derive(Debug)]
pub struct Item {
    /// The name of its file.
    pub file: String,
    /// Its number: `2.4`.
    pub number: String,
    /// Its words, in the order in which the source prints them.
    pub words: Vec<String>,
    /// The words of its body alone, one space between.
    pub body: String,
    /// Who presents.
    pub presenters: Vec<String>,
    /// The titles of its attachments.
    pub attachments: Vec<String>,
    /// The addresses of its attachments.
    pub attachment_urls: Vec<String>,
    /// The addresses that its body links to.
    pub links: Vec<String>,
}

/// Reads the meeting in `folder`.
pub fn read(folder: &Path) -> Result<Meeting, String> {
    let (front, body) = file(&folder.join("_index.md"))?;
    known(&front, &[MEETING]).map_err(|key| format!("_index.md: unknown field `{key}`"))?;
    let mut items = items(folder)?;
    items.sort_by_cached_key(|item| order(&item.number));

    let mut lead = split(text(&front, "title"));
    lead.extend(read_markdown(&body).blocks.concat());
    let mut places = vec![(Place::Front.to_string(), lead), (Place::Participants.to_string(), participants(&front))];
    let mut contents = Vec::new();
    for part in tables(&front, "parts") {
        let number = text(part, "number");
        let heading = split(&format!("{number}. {}", text(part, "title")));
        contents.extend(heading.clone());
        places.push((Place::Part(number.to_owned()).to_string(), heading));
        let belongs = format!("{number}.");
        for item in items.iter().filter(|item| item.number.starts_with(&belongs)) {
            contents.extend(item.words.iter().take_while(|word| !is_case(word)).cloned());
            places.push((Place::Item(item.number.clone()).to_string(), item.words.clone()));
        }
    }
    Ok(Meeting { places, contents, items })
}

/// Whether `word` is the case number that follows every heading.
fn is_case(word: &str) -> bool {
    word.starts_with("SAG-") || word.starts_with("MOD-")
}

/// A number's parts as integers, to sort by.
fn order(number: &str) -> Vec<u32> {
    number.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

/// The items of the meeting in `folder`.
fn items(folder: &Path) -> Result<Vec<Item>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut items = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name != "_index.md" && name.ends_with(".md") {
            let (front, body) = file(&path)?;
            items.push(item(&name, &front, &body).map_err(|e| format!("{name}: {e}"))?);
        }
    }
    Ok(items)
}

/// One item: the words of its front matter and body in printed order.
fn item(name: &str, front: &Table, body: &str) -> Result<Item, String> {
    known(front, &[ITEM_FILING, ITEM_WORDS]).map_err(|key| format!("unknown field `{key}`"))?;
    let number = text(front, "number").to_owned();
    let mut words = split(&format!("{number}. {}", text(front, "title")));
    words.extend(list(front, "cases"));
    words.extend(split(&enumerate(&list(front, "responsible"))));

    let Reading { mut blocks, links } = read_markdown(body);
    let facts = facts(front);
    let text_of_body = blocks.concat().join(" ");
    if !facts.is_empty() {
        // The documents print the table of facts under this heading.
        if blocks.first().is_none_or(|block| *block != ["Baggrund"]) {
            return Err("has facts, but does not begin with the section Baggrund".to_owned());
        }
        blocks.insert(1, facts);
    }
    words.extend(blocks.concat());

    let attachments = tables(front, "attachments");
    let of_attachments = |key: &str| -> Vec<String> {
        let values = attachments.iter().filter_map(|it| it.get(key)).filter_map(Value::as_str);
        values.map(str::to_owned).collect()
    };
    Ok(Item {
        file: name.to_owned(),
        number,
        words,
        body: text_of_body,
        presenters: list(front, "presenters"),
        attachments: of_attachments("title"),
        attachment_urls: of_attachments("url"),
        links,
    })
}

/// The table of facts with the labels that the documents print.
fn facts(front: &Table) -> Vec<String> {
    let status = read_markdown(text(front, "process_status")).blocks.concat().join(" ");
    let rows = [
        ("Sag indbragt af", list(front, "submitted_by").join(" ")),
        ("Strategisk ophæng", list(front, "strategic_basis").join(" ")),
        ("Arkitekturperspektiv", list(front, "perspectives").join(" - ")),
        ("Processtatus", status),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    rows.flat_map(|(label, value)| split(&format!("{label} {value}"))).collect()
}

/// The participants, group by group, each as one list entry.
fn participants(front: &Table) -> Vec<String> {
    let mut words = Vec::new();
    for group in tables(front, "participants") {
        words.extend(split(text(group, "group")));
        for person in tables(group, "people") {
            words.push(BULLET.to_owned());
            for key in ["name", "role", "organisation", "note"] {
                words.extend(split(text(person, key)));
            }
        }
    }
    words
}

/// A list as Danish writes it: `a, b og c`.
fn enumerate(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} og {last}", first.join(", ")),
    }
}

/// The front matter and the body of the file at `path`.
fn file(path: &Path) -> Result<(Table, String), String> {
    let fault = |what: String| format!("{}: {what}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
    let parts = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
    let (front, body) = parts.ok_or_else(|| fault("no front matter".to_owned()))?;
    let front = toml::from_str(front).map_err(|error| fault(error.to_string()))?;
    Ok((front, body.to_owned()))
}

/// Refuses a field that is in none of the lists.
fn known<'a>(front: &'a Table, lists: &[&[&str]]) -> Result<(), &'a str> {
    match front.keys().find(|key| !lists.iter().any(|list| list.contains(&key.as_str()))) {
        Some(key) => Err(key),
        None => Ok(()),
    }
}

/// The text of a field; empty where there is none.
fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The texts of a field that is a list, or one text.
fn list(table: &Table, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The tables of a field that is a list of tables.
fn tables<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let array = table.get(key).and_then(Value::as_array);
    array.into_iter().flatten().filter_map(Value::as_table).collect()
}
