//! Reads imported content.
//!
//! Takes a meeting's folder as the contract has it: TOML between `+++` lines, then Markdown; gives the same kind of
//! plain data as the truth. A file that cannot be read counts as one that says nothing.

use super::truth::{Block, Entry, Group, Marker, Person, Section, Span, Text};
use comrak::nodes::{AstNode, ListDelimType, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};
use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// A meeting's folder.
#[derive(Debug, Default)]
pub struct Imported {
    /// The front matter of `_index.md`.
    pub meeting: Table,
    /// Its body.
    pub lead: Vec<Section>,
    /// The other files, by number.
    pub items: Vec<(Table, Vec<Section>)>,
    /// Everything as written, for what must not be in it.
    pub raw: String,
}

/// Reads the folder.
pub fn read(folder: &Path) -> Imported {
    let mut imported = Imported::default();
    let Ok(entries) = std::fs::read_dir(folder) else { return imported };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let (front, body) = halves(&text);
        let front: Table = front.parse().unwrap_or_default();
        for value in front.values() {
            spell(value, &mut imported.raw);
        }
        let sections = sections(body);
        for section in &sections {
            imported.raw.push_str(&section.heading);
            imported.raw.push('\n');
            for block in &section.blocks {
                imported.raw.push_str(&plain(block));
                imported.raw.push('\n');
            }
            for (_, note) in section.notes() {
                imported.raw.push_str(&note);
                imported.raw.push('\n');
            }
        }
        if path.file_name().is_some_and(|name| name == "_index.md") {
            (imported.meeting, imported.lead) = (front, sections);
        } else {
            imported.items.push((front, sections));
        }
    }
    let order = |number: &str| number.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    imported.items.sort_by_key(|(front, _)| order(text(front, "number")));
    imported
}

fn halves(file: &str) -> (&str, &str) {
    let Some(rest) = file.strip_prefix("+++\n") else { return ("", file) };
    rest.split_once("\n+++").unwrap_or((rest, ""))
}

fn spell(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        Value::Array(all) => all.iter().for_each(|value| spell(value, into)),
        Value::Table(all) => all.values().for_each(|value| spell(value, into)),
        _ => {}
    }
}

/// A field's text, or nothing.
pub fn text<'a>(table: &'a Table, name: &str) -> &'a str {
    table.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A field's texts; one text is a list of one.
pub fn texts(table: &Table, name: &str) -> Vec<String> {
    match table.get(name) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// A field's tables.
pub fn tables(table: &Table, name: &str) -> Vec<Table> {
    let all = table.get(name).and_then(Value::as_array);
    all.map(|all| all.iter().filter_map(Value::as_table).cloned().collect()).unwrap_or_default()
}

/// The participants.
pub fn groups(meeting: &Table) -> Vec<Group> {
    let person = |person: &Table| Person {
        name: text(person, "name").into(),
        role: text(person, "role").into(),
        organisation: text(person, "organisation").into(),
        note: text(person, "note").into(),
    };
    let group = |group: &Table| Group {
        name: text(group, "group").into(),
        people: tables(group, "people").iter().map(person).collect(),
    };
    tables(meeting, "participants").iter().map(group).collect()
}

/// All words of a block.
pub fn plain(block: &Block) -> String {
    match block {
        Block::Table(rows) => rows.iter().flatten().flatten().cloned().collect::<Vec<_>>().join(" "),
        other => other.text().map(Text::words).unwrap_or_default(),
    }
}

/// The paragraphs of a field that is Markdown.
pub fn paragraphs(markdown: &str) -> Vec<String> {
    sections(markdown).iter().flat_map(|section| &section.blocks).map(plain).collect()
}

/// Markdown's sections; what stands before the first has no heading.
pub fn sections(markdown: &str) -> Vec<Section> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    let mut notes = BTreeMap::new();
    for node in root.descendants() {
        if let NodeValue::FootnoteDefinition(note) = &node.data.borrow().value {
            notes.insert(note.name.clone(), inlines(node, &BTreeMap::new()).words().trim().to_owned());
        }
    }
    let mut sections = vec![Section::default()];
    for node in root.children() {
        if let NodeValue::Heading(heading) = &node.data.borrow().value
            && heading.level == 2
        {
            sections.push(Section { heading: inlines(node, &notes).words().trim().to_owned(), blocks: Vec::new() });
            continue;
        }
        blocks(node, 0, &notes, &mut sections.last_mut().unwrap().blocks);
    }
    sections.retain(|section| !section.heading.is_empty() || !section.blocks.is_empty());
    sections
}

type Notes = BTreeMap<String, String>;

fn blocks<'a>(node: &'a AstNode<'a>, level: usize, notes: &Notes, out: &mut Vec<Block>) {
    match &node.data.borrow().value {
        NodeValue::Paragraph => {
            let text = inlines(node, notes);
            out.push(match lettered(&text) {
                Some((letter, text)) => Block::Entry(Entry { level, marker: Marker::Letter(letter), text }),
                None => Block::Paragraph(text),
            });
        }
        NodeValue::Heading(_) => out.push(Block::Heading(inlines(node, notes))),
        NodeValue::List(list) => {
            for (at, item) in node.children().enumerate() {
                let delimiter = if list.delimiter == ListDelimType::Paren { ')' } else { '.' };
                let marker = match list.list_type {
                    ListType::Bullet => Marker::Bullet,
                    ListType::Ordered => Marker::Number(list.start + at, delimiter),
                };
                entry(item, level, marker, notes, out);
            }
        }
        NodeValue::Table(_) => {
            let rows = node.children().map(|row| row.children().map(|cell| vec![cell_words(cell, notes)]).collect());
            out.push(Block::Table(rows.collect()));
        }
        NodeValue::BlockQuote => node.children().for_each(|child| blocks(child, level, notes, out)),
        NodeValue::CodeBlock(code) => out.push(Block::Paragraph(Text::plain(code.literal.clone()))),
        // A comment keeps two lists apart.
        NodeValue::HtmlBlock(html) if html.literal.starts_with("<!--") => {}
        NodeValue::HtmlBlock(html) => out.push(Block::Paragraph(Text::plain(html.literal.clone()))),
        _ => {}
    }
}

/// An entry: its first paragraph, what else is in it, and deeper lists.
fn entry<'a>(item: &'a AstNode<'a>, level: usize, marker: Marker, notes: &Notes, out: &mut Vec<Block>) {
    let mut begun = false;
    for child in item.children() {
        if !begun && matches!(child.data.borrow().value, NodeValue::Paragraph) {
            let text = inlines(child, notes);
            let (marker, text) = match lettered(&text) {
                Some((letter, text)) => (Marker::Letter(letter), text),
                None => (marker, text),
            };
            out.push(Block::Entry(Entry { level, marker, text }));
            begun = true;
        } else {
            blocks(child, level + 1, notes, out);
        }
    }
    if !begun {
        let empty = Entry { level, marker, text: Text::default() };
        out.push(Block::Entry(empty));
    }
}

/// Markdown has no lettered lists: the letter stands in the text.
fn lettered(text: &Text) -> Option<(usize, Text)> {
    let Some(Span::Words(first)) = text.0.first() else { return None };
    let mut letters = first.chars();
    let letter = letters.next().filter(char::is_ascii_lowercase)?;
    let rest = letters.as_str().strip_prefix(") ")?;
    let mut text = text.clone();
    text.0[0] = Span::Words(rest.to_owned());
    Some((letter as usize - 'a' as usize + 1, text))
}

fn cell_words<'a>(cell: &'a AstNode<'a>, notes: &Notes) -> String {
    inlines(cell, notes).words()
}

/// The text of a node, without what stands in deeper blocks' own places.
fn inlines<'a>(node: &'a AstNode<'a>, notes: &Notes) -> Text {
    let mut text = Text::default();
    collect(node, notes, &mut text);
    text
}

fn words(text: &mut Text, more: &str) {
    match text.0.last_mut() {
        Some(Span::Words(last)) => last.push_str(more),
        _ => text.0.push(Span::Words(more.to_owned())),
    }
}

fn collect<'a>(node: &'a AstNode<'a>, notes: &Notes, text: &mut Text) {
    for child in node.children() {
        match &child.data.borrow().value {
            NodeValue::Text(more) => words(text, more),
            NodeValue::Code(code) => words(text, &code.literal),
            NodeValue::HtmlInline(html) if html.starts_with("<br") => words(text, " "),
            NodeValue::HtmlInline(html) => words(text, html),
            NodeValue::SoftBreak | NodeValue::LineBreak => words(text, " "),
            NodeValue::Link(link) | NodeValue::Image(link) => {
                let inner = inlines(child, notes);
                text.0.push(Span::Link(inner.words(), link.url.clone()));
            }
            NodeValue::FootnoteReference(note) => {
                text.0.push(Span::Note(notes.get(&note.name).cloned().unwrap_or_default()));
            }
            _ => collect(child, notes, text),
        }
    }
}
