//! A field's value, and how it is written in TOML and in YAML.
//!
//! Takes a value; gives it as a person would write it: strings between quotation marks without needless escapes, long
//! lists and tables a line for each entry.

use crate::import::draft::{Attachment, Group, Person};
use crate::read::is_unprintable;
use serde_json::{Map, json};
use std::fmt::Write;

/// The longest line of a list of texts.
const LONGEST: usize = 100;

/// A field's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text on one line.
    Text(String),
    /// Markdown, perhaps on several lines.
    Markdown(String),
    /// Texts.
    List(Vec<String>),
    /// Numbers and titles.
    Parts(Vec<(String, String)>),
    /// People by group.
    People(Vec<Group>),
    /// Files and links.
    Attachments(Vec<Attachment>),
}

impl Value {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Markdown(text) => text.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Parts(parts) => parts.is_empty(),
            Self::People(groups) => groups.is_empty(),
            Self::Attachments(attachments) => attachments.is_empty(),
        }
    }

    /// Whether TOML has it in headed blocks, which stand last.
    pub fn is_headed(&self) -> bool {
        matches!(self, Self::People(_) | Self::Attachments(_))
    }

    /// The field in TOML, with its line ends: one line or several.
    pub fn toml(&self, key: &str) -> String {
        match self {
            Self::People(groups) => blocks(key, groups.iter().map(group)),
            Self::Attachments(attachments) => blocks(key, attachments.iter().map(attachment)),
            _ => format!("{key} = {}\n", self.toml_value(key)),
        }
    }

    /// The value in TOML without its key; one that stands in headed blocks as a list of inline tables.
    pub fn toml_value(&self, key: &str) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Markdown(text) if text.contains('\n') => block(text),
            Self::Markdown(text) => quoted(text),
            Self::List(list) => {
                let list: Vec<_> = list.iter().map(|text| quoted(text)).collect();
                let line = format!("[{}]", list.join(", "));
                if list.len() < 2 || key.len() + 3 + line.chars().count() <= LONGEST { line } else { lines(&list) }
            }
            Self::Parts(parts) => {
                let table = |(number, title): &(String, String)| {
                    format!("{{ number = {}, title = {} }}", quoted(number), quoted(title))
                };
                lines(&parts.iter().map(table).collect::<Vec<_>>())
            }
            Self::People(groups) => {
                let table = |group: &Group| {
                    let people: Vec<_> = group.people.iter().map(person).collect();
                    format!("{{ group = {}, people = [{}] }}", quoted(&group.name), people.join(", "))
                };
                lines(&groups.iter().map(table).collect::<Vec<_>>())
            }
            Self::Attachments(attachments) => {
                let table = |one: &Attachment| format!("{{ {} }}", attachment(one).trim_end().replace('\n', ", "));
                lines(&attachments.iter().map(table).collect::<Vec<_>>())
            }
        }
    }

    /// The value in YAML, on one line: JSON, which every reader of YAML reads alike.
    pub fn yaml(&self) -> String {
        let value = match self {
            Self::Text(text) => json!(line(text)),
            Self::Markdown(text) => json!(text),
            Self::List(list) => json!(list.iter().map(|text| line(text)).collect::<Vec<_>>()),
            Self::Parts(parts) => {
                let table = |(number, title): &(String, String)| json!({"number": line(number), "title": line(title)});
                json!(parts.iter().map(table).collect::<Vec<_>>())
            }
            Self::People(groups) => {
                let table = |group: &Group| {
                    let people: Vec<_> = group.people.iter().map(|person| json_of(&fields_of(person))).collect();
                    json!({"group": line(&group.name), "people": people})
                };
                json!(groups.iter().map(table).collect::<Vec<_>>())
            }
            Self::Attachments(attachments) => {
                let table = |one: &Attachment| {
                    let url = one.url.as_deref().map(|url| ("url", url));
                    json_of(&[("title", one.title.as_str())].into_iter().chain(url).collect::<Vec<_>>())
                };
                json!(attachments.iter().map(table).collect::<Vec<_>>())
            }
        };
        // Blanks behind commas and colons that stand between values, as people write them.
        spaced(&value.to_string())
    }

    /// The value as people read it, for a comparison: a line for each part.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Markdown(text) => text.clone(),
            Self::List(list) => list.join("\n"),
            Self::Parts(parts) => {
                parts.iter().map(|(number, title)| format!("{number} {title}")).collect::<Vec<_>>().join("\n")
            }
            Self::People(groups) => {
                let mut lines = Vec::new();
                for group in groups {
                    lines.push(group.name.clone());
                    for person in &group.people {
                        let fields: Vec<_> = fields_of(person).into_iter().map(|(_, value)| value).collect();
                        lines.push(format!("  {}", fields.join(", ")));
                    }
                }
                lines.join("\n")
            }
            Self::Attachments(attachments) => {
                let shown = |one: &Attachment| match &one.url {
                    Some(url) => format!("{} <{url}>", one.title),
                    None => one.title.clone(),
                };
                attachments.iter().map(shown).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// A text on one line, as the fields of the content have it.
pub fn line(text: &str) -> String {
    let plain = text.replace(|c: char| c.is_whitespace() || c == '\u{85}', " ").replace(is_unprintable, "");
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A TOML string.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in line(text).chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
    out
}

/// A TOML string on several lines.
fn block(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    for line in text.split('\n') {
        // A fence would end the front matter.
        let fence = line.trim_end() == "+++";
        let mut quotes = 0;
        for (at, letter) in line.chars().enumerate() {
            quotes = if letter == '"' { quotes + 1 } else { 0 };
            match letter {
                '\\' => out.push_str("\\\\"),
                '"' if quotes == 3 => {
                    quotes = 0;
                    out.push_str("\\\"");
                }
                '+' if fence && at == 0 => out.push_str("\\u002B"),
                _ => out.push(letter),
            }
        }
        out.push('\n');
    }
    out.push_str("\"\"\"");
    out
}

fn lines(entries: &[String]) -> String {
    let mut out = String::from("[\n");
    for entry in entries {
        let _ = writeln!(out, "  {entry},");
    }
    out.push(']');
    out
}

fn blocks(key: &str, tables: impl Iterator<Item = String>) -> String {
    tables.map(|table| format!("[[{key}]]\n{table}")).collect::<Vec<_>>().join("\n")
}

fn group(group: &Group) -> String {
    let people: Vec<_> = group.people.iter().map(person).collect();
    format!("group = {}\npeople = {}\n", quoted(&group.name), lines(&people))
}

/// What is known of a person, by the names of the fields.
fn fields_of(person: &Person) -> Vec<(&'static str, &str)> {
    let fields = [
        ("name", Some(&person.name)),
        ("role", person.role.as_ref()),
        ("organisation", person.organisation.as_ref()),
        ("note", person.note.as_ref()),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key, value?.as_str()))).collect()
}

fn person(person: &Person) -> String {
    let fields: Vec<_> =
        fields_of(person).into_iter().map(|(key, value)| format!("{key} = {}", quoted(value))).collect();
    format!("{{ {} }}", fields.join(", "))
}

fn attachment(one: &Attachment) -> String {
    let url = one.url.as_ref().map_or_else(String::new, |url| format!("url = {}\n", quoted(url)));
    format!("title = {}\n{url}", quoted(&one.title))
}

fn json_of(fields: &[(&str, &str)]) -> serde_json::Value {
    let fields: Map<_, _> = fields.iter().map(|(key, value)| ((*key).to_owned(), json!(line(value)))).collect();
    serde_json::Value::Object(fields)
}

fn spaced(json: &str) -> String {
    let mut out = String::new();
    let (mut within, mut escaped) = (false, false);
    for letter in json.chars() {
        out.push(letter);
        if !within && matches!(letter, ',' | ':') {
            out.push(' ');
        }
        within ^= letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Value, quoted};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn strings_say_the_same_in_toml_and_yaml(text in ".{0,30}", more in "[ a-z\"+\\\\\n-]{0,20}") {
            let line = super::line(&text);
            let toml: toml::Table = format!("a = {}\n", quoted(&text)).parse().unwrap();
            prop_assert_eq!(toml["a"].as_str(), Some(line.as_str()));
            let more = more.trim_matches('\n').to_owned() + "x\ny";
            let block = Value::Markdown(more.clone()).toml("a");
            prop_assert!(block.lines().all(|line| line.trim_end() != "+++"));
            let toml: toml::Table = block.parse().unwrap();
            prop_assert_eq!(toml["a"].as_str().map(str::trim_end), Some(more.as_str()));
        }
    }

    #[test]
    fn values_are_written_as_people_write_them() {
        assert_eq!(quoted("”Ærø” \"x\" \\ \u{7}’"), "\"”Ærø” \\\"x\\\" \\\\ ’\"");
        let list = Value::List(vec!["a".repeat(50), "b".repeat(50)]);
        assert!(list.toml("responsible").starts_with("responsible = [\n  \"aaa") && list.yaml().contains("\", \"bb"));
        assert_eq!(
            Value::Parts(vec![("1".into(), "Siden: a,b".into())]).yaml(),
            r#"[{"number": "1", "title": "Siden: a,b"}]"#
        );
    }
}
