//! What a document says of its meeting: the recogniser's result, and what the writer makes files from.
//!
//! Plain data, in the words of the content's fields. What the document does not say is empty.

use super::block::{Block, Place, Text};

/// A meeting as a document tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Agenda or minutes.
    pub state: State,
    /// As printed on the front page.
    pub title: Option<String>,
    /// The date as EDTF, where one is printed, and where.
    pub date: Option<(String, Place)>,
    /// Hours and minutes: `10:00`.
    pub start: Option<String>,
    /// Hours and minutes.
    pub end: Option<String>,
    /// Where the meeting is held.
    pub place: Option<String>,
    /// The agenda's headings.
    pub parts: Vec<Part>,
    /// People, group by group.
    pub participants: Vec<Group>,
    /// What stands before the first item and is none of these.
    pub lead: Vec<Block>,
    /// In the order of the document.
    pub items: Vec<Item>,
}

/// Whether a document is an agenda or minutes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was discussed or decided.
    #[default]
    Agenda,
    /// It tells of a discussion or a decision.
    Minutes,
}

/// A heading of the agenda, under which items stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As printed, without the full stop behind it.
    pub number: String,
    /// As printed.
    pub title: String,
}

/// People under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// As printed, without the colon behind it.
    pub name: String,
    /// In the order of the document.
    pub people: Vec<Person>,
}

/// A participant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// What they do.
    pub role: Option<String>,
    /// For whom.
    pub organisation: Option<String>,
    /// What stands in brackets: `fra 13:45`.
    pub note: Option<String>,
}

/// An item of the agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where its title stands.
    pub place: Place,
    /// As printed, without the full stop behind it.
    pub number: String,
    /// As printed, without what line ends did to it.
    pub title: String,
    /// Case numbers in their canonical form.
    pub cases: Vec<String>,
    /// Names or initials.
    pub responsible: Vec<String>,
    /// Who brought it before the council.
    pub submitted_by: Vec<String>,
    /// The strategies that it rests on.
    pub strategic_basis: Vec<String>,
    /// Points of view of the architecture.
    pub perspectives: Vec<String>,
    /// Where the matter stands.
    pub process_status: Vec<Block>,
    /// It is not public.
    pub closed: bool,
    /// Why it is closed.
    pub closed_ground: Option<String>,
    /// Files and links that belong to it.
    pub attachments: Vec<Attachment>,
    /// Its text.
    pub sections: Vec<Section>,
}

/// A file or link that belongs to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called.
    pub title: String,
    /// Where it is, where the document links to it.
    pub url: Option<String>,
}

/// A headed part of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// As printed; `None` for what stands before the first.
    pub heading: Option<Text>,
    /// Headings in it are below the section's; the notes that it cites stand at its end.
    pub blocks: Vec<Block>,
}
