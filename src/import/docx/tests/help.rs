//! Makes documents for the tests, and shows what was read of them in few words.

use super::super::read;
use crate::import::block::{Block, Inline, Kind, Marker, Reading, Text};
use crate::import::unreadable::Unreadable;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The namespaces that the parts of the tests use.
pub const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:wp=\"urn:wp\" xmlns:a=\"urn:a\" xmlns:pic=\"urn:pic\" xmlns:wps=\"urn:wps\" xmlns:v=\"urn:v\" xmlns:o=\"urn:o\"";

/// A package in the making.
#[derive(Clone)]
pub struct File {
    pub parts: BTreeMap<String, Vec<u8>>,
    relations: String,
}

/// A document with this body.
pub fn document(body: &str) -> File {
    let file = File { parts: BTreeMap::new(), relations: String::new() };
    let relation = relation("a", "officeDocument", "word/document.xml", false);
    file.with("_rels/.rels", &format!("<Relationships>{relation}</Relationships>"))
        .with("word/document.xml", &format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>"))
}

pub fn relation(id: &str, kind: &str, target: &str, outside: bool) -> String {
    let mode = if outside { " TargetMode=\"External\"" } else { "" };
    let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>")
}

impl File {
    /// With a part as it is given.
    pub fn with(mut self, name: &str, content: &str) -> Self {
        self.parts.insert(name.to_owned(), content.as_bytes().to_vec());
        self
    }

    /// With a relationship of the document.
    pub fn related(mut self, id: &str, kind: &str, target: &str, outside: bool) -> Self {
        self.relations.push_str(&relation(id, kind, target, outside));
        let all = format!("<Relationships>{}</Relationships>", self.relations);
        self.with("word/_rels/document.xml.rels", &all)
    }

    /// With a part of the document's folder that has this kind and outermost element.
    pub fn part(self, kind: &str, root: &str, content: &str) -> Self {
        self.related(kind, kind, &format!("{kind}.xml"), false)
            .with(&format!("word/{kind}.xml"), &format!("<w:{root} {SPACES}>{content}</w:{root}>"))
    }

    pub fn styles(self, content: &str) -> Self {
        self.part("styles", "styles", content)
    }

    pub fn numbering(self, content: &str) -> Self {
        self.part("numbering", "numbering", content)
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    pub fn try_read(&self) -> Result<Reading, Unreadable> {
        read(&self.bytes())
    }

    pub fn read(&self) -> Reading {
        self.try_read().unwrap()
    }

    /// The blocks, each in a line.
    pub fn shown(&self) -> Vec<String> {
        self.read().blocks.iter().map(show).collect()
    }

    /// The remarks, each in a line.
    pub fn remarks(&self) -> Vec<String> {
        let remarks = self.read().remarks;
        remarks.iter().map(|remark| format!("{:?} {}: {}", remark.about, remark.place, remark.text)).collect()
    }
}

/// A paragraph of plain text.
pub fn p(text: &str) -> String {
    styled("", text)
}

/// A paragraph with properties.
pub fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(text))
}

/// A run of plain text.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of this list and level.
pub fn li(list: i64, level: i64, text: &str) -> String {
    styled(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
}

/// A level of a list, indented by a finger's width more than the one above.
pub fn lvl(level: usize, format: &str, pattern: &str) -> String {
    let left = (level + 1) * 720;
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{pattern}\"/>\
         <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"360\"/></w:pPr></w:lvl>"
    )
}

/// The shape of lists, and lists of that shape.
pub fn shape(id: usize, levels: &str, lists: &[usize]) -> (String, String) {
    let lists = lists.iter().map(|list| format!("<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"));
    (format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>"), lists.collect())
}

/// A style.
pub fn style(id: &str, name: &str, rest: &str) -> String {
    format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{rest}</w:style>")
}

pub fn show(block: &Block) -> String {
    match &block.kind {
        Kind::Heading { level, label: Some(label), text } => format!("H{level} [{label}] {}", words(text)),
        Kind::Heading { level, label: None, text } => format!("H{level} {}", words(text)),
        Kind::Paragraph(text) => format!("P {}", words(text)),
        Kind::Entry { level, marker: Marker::Bullet, text } => format!("E{level} • {}", words(text)),
        Kind::Entry { level, marker: Marker::Number(number), text } => format!("E{level} {number} {}", words(text)),
        Kind::Table(rows) => {
            let cell = |cell: &Vec<Block>| cell.iter().map(show).collect::<Vec<_>>().join("; ");
            let row = |row: &Vec<Vec<Block>>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
            format!("T {}", rows.iter().map(row).collect::<Vec<_>>().join(" / "))
        }
        Kind::Note { label, text } => format!("N{label} {}", words(text)),
        Kind::Target(target) => format!("-> {target}"),
        Kind::Contents(text) => format!("C {}", words(text)),
        Kind::PageBreak => "PAGE".to_owned(),
    }
}

fn words(text: &Text) -> String {
    let mut shown = String::new();
    for inline in &text.0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } => {
                let mark = match (strong, emphasis) {
                    (true, true) => "***",
                    (true, false) => "**",
                    (false, true) => "*",
                    (false, false) => "",
                };
                let link = link.as_ref().map(|link| format!("<{link}>")).unwrap_or_default();
                shown.push_str(&format!("{mark}{text}{mark}{link}"));
            }
            Inline::Note(label) => shown.push_str(&format!("^{label}")),
            Inline::Break => shown.push('⏎'),
        }
    }
    shown
}
