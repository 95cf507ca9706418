//! What an import has to say about the document: what was left out, and what it was not sure of.
//!
//! Plain data, gathered by the readers and the recogniser; `report` prints it. The sentences stand in
//! `themes/protokol/lang/*-import.toml`, under the name of each [`About`].

use super::block::Place;
use serde::Serialize;

/// Something that the secretariat should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What kind of thing.
    pub about: About,
    /// Where in the source.
    pub place: Place,
    /// The words of the source that it is about; shortened when printed.
    pub text: String,
}

impl Remark {
    /// A remark about `text`.
    pub fn new(about: About, place: Place, text: impl Into<String>) -> Self {
        Self { about, place, text: text.into() }
    }
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    // Left out, because it is no part of the record.
    /// A header, a footer or a page number.
    PageFurniture,
    /// The table of contents.
    Contents,
    /// Words of the template that nobody filled in.
    Template,
    /// A comment of a reviewer.
    Comment,
    /// Text that tracked changes have deleted.
    DeletedText,
    /// Text that is set as hidden.
    HiddenText,
    /// A picture or an embedded object.
    Picture,
    /// A heading that the site writes itself, or that nothing stands under.
    KnownHeading,
    /// The target of a link that stands twice.
    RepeatedTarget,
    // Doubts.
    /// Text that tracked changes have inserted: taken as accepted.
    InsertedText,
    /// Text that stood in a text box: where it belongs among the paragraphs is a guess.
    TextBox,
    /// A hyphen at a line's end that could be the word's own or the line's.
    Hyphen,
    /// The target of a link whose words were not found.
    LooseTarget,
    /// A footnote that nothing cites, or a citation without its note.
    LooseNote,
    /// Cells of a table that could not be told apart with certainty.
    TableLayout,
    /// Columns of text whose order is a guess.
    Columns,
    /// Letters that the file does not tell.
    UnreadableText,
    /// Text before the first item that nothing of the template explains.
    LeadText,
    /// A text that begins or ends in the middle of a word.
    CutText,
    /// Text under a part's heading that has items of its own.
    PartText,
    /// An item without a case number.
    NoCase,
    /// A case number that stands on several items.
    SharedCase,
    /// An item whose number follows neither the one before it nor its part's.
    NumberOrder,
    /// Two items with one number.
    RepeatedNumber,
    /// The title of an item differs from the one in the table of contents.
    ContentsDiffer,
    /// A name in two forms.
    NameForms,
    /// A word that the source seems to have wrong.
    SourceFault,
    /// The date of the meeting is taken from the text.
    DateFromText,
    /// The date of the meeting is not the one that is printed.
    DateDiffers,
    /// Something tells that an item is closed: it was taken as closed.
    MaybeClosed,
    /// The table of contents has items that were not found.
    MissingItem,
    /// The front has several dates that could be the meeting's.
    SeveralDates,
    /// A closed item that has text.
    ClosedText,
    /// What follows a case number is no name, as far as can be told.
    NumberLine,
    /// Words of the document that are not found in what was made of it.
    Lost,
}

impl About {
    /// All there are.
    #[cfg(test)]
    pub const ALL: [Self; 35] = [
        Self::PageFurniture,
        Self::Contents,
        Self::Template,
        Self::Comment,
        Self::DeletedText,
        Self::HiddenText,
        Self::Picture,
        Self::KnownHeading,
        Self::RepeatedTarget,
        Self::InsertedText,
        Self::TextBox,
        Self::Hyphen,
        Self::LooseTarget,
        Self::LooseNote,
        Self::TableLayout,
        Self::Columns,
        Self::UnreadableText,
        Self::LeadText,
        Self::CutText,
        Self::PartText,
        Self::NoCase,
        Self::SharedCase,
        Self::NumberOrder,
        Self::RepeatedNumber,
        Self::ContentsDiffer,
        Self::NameForms,
        Self::SourceFault,
        Self::DateFromText,
        Self::DateDiffers,
        Self::MaybeClosed,
        Self::MissingItem,
        Self::SeveralDates,
        Self::ClosedText,
        Self::NumberLine,
        Self::Lost,
    ];

    /// Its name in the language files and in data: `page-furniture`.
    pub fn key(self) -> String {
        let mut key = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !key.is_empty() {
                key.push('-');
            }
            key.extend(letter.to_lowercase());
        }
        key
    }

    /// It tells of something that is not in the content.
    pub fn is_left_out(self) -> bool {
        self <= Self::RepeatedTarget
    }
}
