//! What a made document says, as plain data.
//!
//! The generator fills it; the comparator measures imported content against it. Nothing in it tells how the document is
//! set: only what a reader should come away with, and what they should not.

/// A meeting as its document tells it.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    /// The document's name: unique among all, fit for a file.
    pub name: String,
    /// Minutes, not an agenda.
    pub minutes: bool,
    /// The council, as on the front page.
    pub council: String,
    /// `2025-11-27`.
    pub date: String,
    /// `10:00`.
    pub start: Option<String>,
    /// `15:00`.
    pub end: Option<String>,
    /// Where they meet.
    pub place: Option<String>,
    /// What stands before the agenda and is no participant.
    pub lead: Vec<Block>,
    /// Who was there.
    pub groups: Vec<Group>,
    /// The agenda's headings: number and title.
    pub parts: Vec<(String, String)>,
    /// In the order of the document.
    pub items: Vec<Item>,
    /// Texts that stand in the file and must not come out: deleted, hidden, furniture, template.
    pub forbidden: Vec<String>,
    /// What was drawn for this document: the profile and the features.
    pub features: Vec<&'static str>,
}

/// People under one heading.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Without the colon.
    pub name: String,
    /// In the order of the document.
    pub people: Vec<Person>,
}

/// A participant; what is not told is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// What they do.
    pub role: String,
    /// For whom.
    pub organisation: String,
    /// What stands in brackets.
    pub note: String,
}

/// An item of the agenda.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// `2.1`.
    pub number: String,
    /// As printed.
    pub title: String,
    /// In their canonical form.
    pub cases: Vec<String>,
    /// Names or initials.
    pub responsible: Vec<String>,
    /// First row of the fact table, a paragraph each.
    pub submitted_by: Vec<String>,
    /// Second row, a paragraph each.
    pub strategic_basis: Vec<String>,
    /// Third row, taken apart at ` - `.
    pub perspectives: Vec<String>,
    /// Fourth row, a paragraph each.
    pub process_status: Vec<String>,
    /// What the section of attachments names: title and address.
    pub attachments: Vec<(String, Option<String>)>,
    /// The text.
    pub sections: Vec<Section>,
}

/// A headed part of an item.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// As printed.
    pub heading: String,
    /// In the order of the document.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A heading below the section's.
    Heading(Text),
    /// An entry of a list.
    Entry(Entry),
    /// Rows of cells of paragraphs; the first row is the header.
    Table(Vec<Vec<Vec<String>>>),
    /// Text in a box: it may come before or after its neighbours.
    Aside(Text),
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// From 0.
    pub level: usize,
    /// What stands before it.
    pub marker: Marker,
    /// What it says.
    pub text: Text,
}

/// What stands before an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// Any sign that does not count.
    Bullet,
    /// `1.` or `1)`.
    Number(usize, char),
    /// `a)`.
    Letter(usize),
}

/// Words, some of which lead somewhere or cite a note.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text(pub Vec<Span>);

/// A piece of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Span {
    /// Plain words.
    Words(String),
    /// Bold words.
    Strong(String),
    /// Words in italics.
    Emphasis(String),
    /// Words and where they lead.
    Link(String, String),
    /// A footnote with this text is cited here.
    Note(String),
}

impl Text {
    /// Words alone.
    pub fn plain(words: impl Into<String>) -> Self {
        Self(vec![Span::Words(words.into())])
    }

    /// The words; a citation is nothing.
    pub fn words(&self) -> String {
        let mut all = String::new();
        for span in &self.0 {
            match span {
                Span::Words(words) | Span::Strong(words) | Span::Emphasis(words) | Span::Link(words, _) => {
                    all.push_str(words);
                }
                Span::Note(_) => {}
            }
        }
        all
    }
}

impl Block {
    /// Its text, where it is one.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Paragraph(text) | Self::Heading(text) | Self::Aside(text) => Some(text),
            Self::Entry(entry) => Some(&entry.text),
            Self::Table(_) => None,
        }
    }
}

impl Section {
    /// The links in it: words and address.
    pub fn links(&self) -> Vec<(String, String)> {
        let spans = self.blocks.iter().filter_map(Block::text).flat_map(|text| &text.0);
        spans
            .filter_map(|span| match span {
                Span::Link(words, url) => Some((words.clone(), url.clone())),
                _ => None,
            })
            .collect()
    }

    /// The footnotes that it cites: the word before, and the text.
    pub fn notes(&self) -> Vec<(String, String)> {
        let mut notes = Vec::new();
        for text in self.blocks.iter().filter_map(Block::text) {
            let mut before = String::new();
            for span in &text.0 {
                match span {
                    Span::Note(note) => {
                        let word = before.split_whitespace().next_back().unwrap_or_default();
                        notes.push((word.to_owned(), note.clone()));
                    }
                    Span::Words(words) | Span::Strong(words) | Span::Emphasis(words) | Span::Link(words, _) => {
                        before.push_str(words);
                    }
                }
            }
        }
        notes
    }
}

impl Truth {
    /// What a text without links can tell: the same, but the words of a link lead nowhere, unless they are the address.
    pub fn without_targets(&self) -> Self {
        let mut truth = self.clone();
        for item in &mut truth.items {
            for attachment in &mut item.attachments {
                attachment.1 = attachment.1.take().filter(|url| attachment.0.contains(url.as_str()));
            }
            for block in item.sections.iter_mut().flat_map(|section| &mut section.blocks) {
                let text = match block {
                    Block::Paragraph(text) | Block::Heading(text) | Block::Aside(text) => text,
                    Block::Entry(entry) => &mut entry.text,
                    Block::Table(_) => continue,
                };
                for span in &mut text.0 {
                    if let Span::Link(words, url) = span
                        && words != url
                    {
                        *span = Span::Words(words.clone());
                    }
                }
            }
        }
        truth
    }
}
