//! From a draft to the files of the content, new or there already.
//!
//! Takes the root, a meeting's folder and a [`Draft`]; gives a [`Plan`]: every file as it is and as it will be, with what
//! was added and what the disk says otherwise. Only [`apply`](apply::apply) writes. A second document of a meeting adds to
//! what is there, unit by unit: a field of the front matter, a section of the text. What only the disk has, stays; what
//! differs, stays as well, and is told. The plan of a document that was written already is empty.
//!
//! | module | does |
//! | --- | --- |
//! | `tree`, `seen` | what a draft means, and what a Markdown text says, in one form |
//! | `markdown`, `escape`, `inline` | that form as Markdown, with the fewest escapes that are read as meant |
//! | `front`, `value`, `known` | fields: a draft's, how they are written, what the disk's say |
//! | `edit_toml`, `edit_yaml`, `body` | one field, or one section, changed and nothing else |
//! | `attachments` | files and links, entry by entry |
//! | `disk`, `matching`, `file` | a meeting's folder, which item is which, one file |
//! | `apply`, `diff` | all files or none; a difference as people read it |

#[cfg(test)]
mod again;
pub mod apply;
mod attachments;
mod body;
mod diff;
mod disk;
mod edit_toml;
mod edit_yaml;
mod escape;
mod file;
mod front;
mod inline;
mod known;
mod markdown;
mod matching;
mod plan;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod second;
mod seen;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub use apply::apply;
pub use diff::unified;
pub use plan::plan;

use super::draft::Draft;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use std::path::Path;

/// What is to be written, and where.
pub struct Request<'a> {
    /// The root of the site.
    pub root: &'a Path,
    /// The meeting's folder.
    pub meeting: &'a str,
    /// The title of a meeting that is new.
    pub title: &'a str,
    /// What the document says.
    pub draft: &'a Draft,
    /// The form of case numbers, and the roles of headings.
    pub config: &'a Config,
    /// What differs is replaced.
    pub update: bool,
}

/// What will be done, and what is to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to write: the meeting's own, then items in the order of the document.
    pub changes: Vec<Change>,
    /// What the disk says otherwise than the document.
    pub differences: Vec<Difference>,
    /// What files that were there get.
    pub added: Vec<Added>,
    /// Items that have another number now.
    pub renumbered: Vec<Renumbered>,
    /// Every item of the document: its number and its file.
    pub items: Vec<(String, String)>,
    /// Files of items that the document does not have.
    pub only_here: Vec<String>,
}

/// A file that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the root.
    pub path: String,
    /// As it is; `None` where there is none.
    pub before: Option<String>,
    /// As it will be.
    pub after: String,
}

/// Something that the disk and the document both say, each in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file.
    pub path: String,
    /// What of it.
    pub what: Unit,
    /// What the disk says.
    pub ours: String,
    /// What the document says.
    pub theirs: String,
    /// The document's is written.
    pub taken: bool,
}

impl Difference {
    /// Both as a unified diff.
    pub fn unified(&self) -> String {
        unified(&self.ours, &self.theirs)
    }
}

/// Something that only the document says, and the file will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The file.
    pub path: String,
    /// What of it.
    pub what: Unit,
}

/// What is compared as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// A field of the front matter, by its name.
    Field(&'static str),
    /// The text before the first heading.
    Lead,
    /// A section, by the document's heading.
    Section(String),
}

/// An item that has another number now; its address stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    /// Its file.
    pub path: String,
    /// The number before.
    pub from: String,
    /// The number now.
    pub to: String,
}

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The meeting's folder cannot be an address.
    BadMeeting {
        /// Its name.
        id: String,
    },
    /// The front matter of a file is broken.
    Unreadable {
        /// The file.
        path: String,
        /// What is wrong with it.
        faults: Vec<Diagnostic>,
    },
    /// A file that is not UTF-8.
    NotUtf8 {
        /// The file.
        path: String,
    },
    /// A file cannot be changed without changing what another part of it says.
    Fragile {
        /// The file.
        path: String,
    },
    /// A link leads out of the root, or stands where a file is written.
    Outside {
        /// The file or folder.
        path: String,
    },
    /// A file is no longer as it was when the plan was made.
    Changed {
        /// The file.
        path: String,
    },
    /// The system refused.
    Io {
        /// The file or folder.
        path: String,
        /// Its own words.
        reason: String,
    },
}
