//! A writer that makes no mistakes: content straight from the truth.
//!
//! Takes the truth and a folder; writes the files that a perfect import would write. The comparator must find nothing
//! wrong with them; a test changes them one thing at a time and sees that it does.

use super::truth::{Block, Item, Marker, Section, Span, Text, Truth};
use std::fmt::Write as _;
use std::path::Path;

/// Writes the meeting into `folder`.
pub fn write(truth: &Truth, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let mut front = format!("title = \"Møde\"\ndate = {}\n", quoted(&truth.date));
    for (name, value) in [("start", &truth.start), ("end", &truth.end), ("place", &truth.place)] {
        if let Some(value) = value {
            let _ = writeln!(front, "{name} = {}", quoted(value));
        }
    }
    for (number, title) in &truth.parts {
        let _ = write!(front, "[[parts]]\nnumber = {}\ntitle = {}\n", quoted(number), quoted(title));
    }
    for group in &truth.groups {
        let _ = write!(front, "[[participants]]\ngroup = {}\npeople = [\n", quoted(&group.name));
        for person in &group.people {
            let fields = [("name", &person.name), ("role", &person.role), ("organisation", &person.organisation)];
            let told = fields.into_iter().chain([("note", &person.note)]).filter(|(_, value)| !value.is_empty());
            let told: Vec<_> = told.map(|(name, value)| format!("{name} = {}", quoted(value))).collect();
            let _ = writeln!(front, "  {{ {} }},", told.join(", "));
        }
        front.push_str("]\n");
    }
    let lead = Section { heading: String::new(), blocks: truth.lead.clone() };
    let file = format!("+++\n{front}+++\n{}", body(&[lead]));
    std::fs::write(folder.join("_index.md"), file).unwrap();
    for item in &truth.items {
        let name = format!("{}.md", item.number.replace('.', "-"));
        std::fs::write(folder.join(name), written(item)).unwrap();
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn written(item: &Item) -> String {
    let list = |all: &[String]| all.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", ");
    let mut front = format!("number = {}\ntitle = {}\n", quoted(&item.number), quoted(&item.title));
    let fields = [
        ("cases", &item.cases),
        ("responsible", &item.responsible),
        ("submitted_by", &item.submitted_by),
        ("strategic_basis", &item.strategic_basis),
        ("perspectives", &item.perspectives),
    ];
    for (name, values) in fields.into_iter().filter(|(_, values)| !values.is_empty()) {
        let _ = writeln!(front, "{name} = [{}]", list(values));
    }
    if !item.process_status.is_empty() {
        let status: Vec<_> = item.process_status.iter().map(|text| escaped(text)).collect();
        let _ = writeln!(front, "process_status = {}", quoted(&status.join("\n\n")).replace('\n', "\\n"));
    }
    for (title, url) in &item.attachments {
        let _ = write!(front, "[[attachments]]\ntitle = {}\n", quoted(title));
        if let Some(url) = url {
            let _ = writeln!(front, "url = {}", quoted(url));
        }
    }
    format!("+++\n{front}+++\n{}", body(&item.sections))
}

/// Every sign that could mean something to Markdown has a backslash before it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn body(sections: &[Section]) -> String {
    let mut out = String::new();
    let mut notes = Vec::new();
    for section in sections {
        if !section.heading.is_empty() {
            let _ = write!(out, "\n## {}\n", escaped(&section.heading));
        }
        // Where the text of each deeper list begins.
        let mut columns = Vec::new();
        let mut listing = false;
        for block in &section.blocks {
            match block {
                Block::Entry(entry) => {
                    if !listing {
                        out.push('\n');
                        columns = vec![0];
                    }
                    columns.truncate(entry.level + 1);
                    let indent = columns[entry.level];
                    let sign = match entry.marker {
                        Marker::Bullet => "-".to_owned(),
                        Marker::Number(number, delimiter) => format!("{number}{delimiter}"),
                        Marker::Letter(number) => format!("{number})"),
                    };
                    columns.push(indent + sign.len() + 1);
                    let _ = writeln!(out, "{}{sign} {}", " ".repeat(indent), inline(&entry.text, &mut notes));
                }
                Block::Paragraph(text) | Block::Aside(text) => {
                    let _ = write!(out, "\n{}\n", inline(text, &mut notes));
                }
                Block::Heading(text) => {
                    let _ = write!(out, "\n### {}\n", inline(text, &mut notes));
                }
                Block::Table(rows) => {
                    out.push('\n');
                    for (at, row) in rows.iter().enumerate() {
                        let cell =
                            |cell: &Vec<String>| cell.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("<br>");
                        let row: Vec<_> = row.iter().map(cell).collect();
                        let _ = writeln!(out, "| {} |", row.join(" | "));
                        if at == 0 {
                            let _ = writeln!(out, "|{}", " --- |".repeat(row.len()));
                        }
                    }
                }
            }
            listing = matches!(block, Block::Entry(_));
        }
    }
    for (at, note) in notes.iter().enumerate() {
        let _ = write!(out, "\n[^{}]: {}\n", at + 1, escaped(note));
    }
    out
}

fn inline(text: &Text, notes: &mut Vec<String>) -> String {
    let mut out = String::new();
    for span in &text.0 {
        match span {
            Span::Words(words) | Span::Strong(words) | Span::Emphasis(words) => out.push_str(&escaped(words)),
            Span::Link(words, url) => {
                let _ = write!(out, "[{}](<{url}>)", escaped(words));
            }
            Span::Note(note) => {
                notes.push(note.clone());
                let _ = write!(out, "[^{}]", notes.len());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lines::Broken;
    use super::super::measure::{all_words, measure, measure_broken};
    use super::super::score::{COLUMNS, Score, What};
    use super::super::{Document, all, document};
    use super::write;
    use std::path::{Path, PathBuf};

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("documents-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    /// Measures perfect content in which every file was changed.
    fn changed(documents: &[Document], change: impl Fn(&Path, String, &Document) -> String) -> Score {
        let mut score = Score::default();
        let folder = folder(std::thread::current().name().unwrap_or_default());
        for document in documents {
            let meeting = folder.join(&document.truth.name);
            write(&document.truth, &meeting);
            for entry in std::fs::read_dir(&meeting).unwrap().flatten() {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                std::fs::write(entry.path(), change(&entry.path(), text, document)).unwrap();
            }
            score.join(measure_broken(&document.truth, &meeting, &[broken(document)]));
        }
        std::fs::remove_dir_all(&folder).unwrap();
        score
    }

    /// A long word of the truth, as if a line end had broken it.
    fn broken(document: &Document) -> Broken {
        let plain = |word: &String| word.len() > 12 && word.chars().all(|letter| letter.is_ascii_lowercase());
        let word = all_words(&document.truth).into_iter().find(plain).unwrap();
        Broken { left: format!("{}-", &word[..5]), rights: vec![word[5..].to_owned()] }
    }

    #[test]
    fn perfect_content_has_full_marks() {
        let score = changed(&all(), |_, text, _| text);
        assert!(score.is_perfect(), "{}", score.print());
        for (what, name) in COLUMNS {
            assert!(score.of(what).1 > 0, "nothing to count: {name}");
        }
    }

    #[test]
    fn no_content_has_no_marks() {
        let documents = all();
        let truth = &documents[0].truth;
        let score = measure(truth, &folder("empty"));
        for (what, name) in COLUMNS.into_iter().filter(|(what, _)| *what != What::Silent) {
            assert_eq!(score.of(what).0, 0, "{name}");
        }
    }

    #[test]
    fn every_column_can_fail() {
        let documents: Vec<_> = (0..10).map(document).collect();
        let swaps = [
            (What::Words, " og ", " "),
            (What::Honest, " og ", " og noget "),
            (What::Titles, "title = \"", "title = \"X "),
            (What::Numbers, "number = \"2.1\"", "number = \"2.91\""),
            (What::Cases, "cases = [\"", "cases = [\"X"),
            (What::Responsible, "responsible = [\"", "responsible = [\"X"),
            (What::Parts, "[[parts]]\nnumber = \"2\"", "[[parts]]\nnumber = \"4\""),
            (What::Sections, "\n## ", "\n### "),
            (What::Subheadings, "\n### ", "\n"),
            (What::Paragraphs, " at ", "\n\nat "),
            (What::Entries, "\n- ", "\n+ x\n"),
            (What::Entries, "\n1) ", "\n1. "),
            (What::Entries, "\n1. ", "\n2. "),
            (What::Entries, "\n  - ", "\n- "),
            (What::Cells, "\n| ", "\n| x"),
            (What::Links, "](<https", "](<http"),
            (What::Notes, "[^1]", ""),
            (What::Names, "name = \"", "name = \"X"),
            (What::Roles, "role = \"", "role = \"X"),
            (What::Organisations, "organisation = \"", "organisation = \"X"),
            (What::Remarks, "note = \"", "note = \"X"),
            (What::Groups, "group = \"", "group = \"X"),
            (What::Facts, "strategic_basis = [\"", "strategic_basis = [\"X"),
            (What::Attachments, "[[attachments]]\ntitle = \"", "[[attachments]]\ntitle = \"X"),
            (What::Meeting, "place = \"", "place = \"X"),
            (What::Meeting, "date = \"", "date = \"1"),
        ];
        for (what, from, to) in swaps {
            let score = changed(&documents, |_, text, _| text.replacen(from, to, 1));
            let (right, total) = score.of(what);
            assert!(right < total, "{what:?} does not see {from:?} become {to:?}");
            assert!(score.misses.iter().any(|miss| miss.what == what), "{what:?} keeps no miss");
        }
    }

    #[test]
    fn lines_in_any_order_are_measured_without_a_panic() {
        let documents: Vec<_> = (0..5).map(document).collect();
        let score = changed(&documents, |_, text, _| {
            let mut lines: Vec<_> = text.lines().collect();
            lines.sort_by_key(|line| line.len() * 7919 % 101);
            format!("+++\nnumber = \"2.1\"\n+++\n{}", lines.join("\n"))
        });
        assert!(score.counts.iter().all(|(right, total)| right <= total) && !score.is_perfect());
        assert!(score.misses.len() <= 5 * 20 && score.print().lines().count() == score.misses.len());
    }

    #[test]
    fn a_hyphen_too_many_and_a_leak_are_seen() {
        let documents: Vec<_> = (0..10).map(document).collect();
        let score = changed(&documents, |_, text, document| {
            let Broken { left, rights } = broken(document);
            let word = format!("{}{}", left.trim_end_matches('-'), rights[0]);
            text.replace(&word, &format!("{left}{}", rights[0]))
        });
        assert_eq!(score.of(What::Hyphens), (0, 10));
        let score = changed(&documents, |path, text, document| {
            let leak = document.truth.forbidden.first().filter(|_| path.ends_with("_index.md"));
            text + "\n" + leak.map_or("", String::as_str)
        });
        let (right, total) = score.of(What::Silent);
        assert_eq!(total - right, documents.iter().filter(|document| !document.truth.forbidden.is_empty()).count());
    }
}
