//! What every reader gives: the blocks of a document in their order, each with its place in the source.
//!
//! Plain data. A block says how something is set (as a heading, an entry of a list, a table), never what it means for a
//! council: that is the recogniser's. Text is as the source has it, less what line ends did to it; blanks are single.

use super::remark::Remark;
use std::fmt;

/// A document as its reader gives it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// In the order of reading.
    pub blocks: Vec<Block>,
    /// What the reader left out or was not sure of, in the order of the document.
    pub remarks: Vec<Remark>,
    /// How many pages it has, where the format tells.
    pub pages: Option<u32>,
}

/// A piece of a document that stands by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where it begins.
    pub place: Place,
    /// How it is set.
    pub kind: Kind,
}

/// How a block is set.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// What the source marks as a heading: by a style, an outline level, or type that is larger than the text's.
    Heading {
        /// From 1; compares headings of one document with each other, no more.
        level: u8,
        /// A number that the source sets by itself (`2.1.`), as printed. A number that is typed stays in the text.
        label: Option<String>,
        /// What it says.
        text: Text,
    },
    /// A paragraph. One that is bold throughout may be a heading that no style tells.
    Paragraph(Text),
    /// An entry of a list. A further paragraph of the same entry is joined by [`Inline::Break`].
    Entry {
        /// How deep, from 0.
        level: u8,
        /// What stands before it.
        marker: Marker,
        /// What it says.
        text: Text,
    },
    /// A table, row by row; a cell that spans others stands in its first place, the others are empty.
    Table(Vec<Vec<Cell>>),
    /// The text of a footnote or endnote.
    Note {
        /// As cited: [`Inline::Note`].
        label: String,
        /// What it says.
        text: Text,
    },
    /// The target of a link that was separated from its words.
    Target(String),
    /// A line of a table of contents, without its page number.
    Contents(Text),
    /// A new page begins.
    PageBreak,
}

/// The level of headings that nothing but bold type of the text's own size tells.
pub const BOLD: u8 = 100;

/// A cell of a table: its paragraphs and entries of lists.
pub type Cell = Vec<Block>;

/// What stands before an entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    /// Any sign that does not count.
    Bullet,
    /// A number or letter, as printed: `1.`, `2)`, `a)`.
    Number(String),
}

/// The text of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Inline>);

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words that are set alike.
    Words {
        /// As printed, blanks included.
        text: String,
        /// Set bold.
        strong: bool,
        /// Set in italics.
        emphasis: bool,
        /// Where it leads.
        link: Option<String>,
    },
    /// Here the footnote with this label is cited.
    Note(String),
    /// A new line within the block.
    Break,
}

impl Text {
    /// Words without anything about them.
    pub fn plain(text: impl Into<String>) -> Self {
        let mut plain = Self::default();
        plain.push(&text.into(), false, false, None);
        plain
    }

    /// Adds words; those that are set like the last are joined to them.
    pub fn push(&mut self, more: &str, strong: bool, emphasis: bool, link: Option<&str>) {
        if more.is_empty() {
            return;
        }
        if let Some(Inline::Words { text, strong: s, emphasis: e, link: l }) = self.0.last_mut()
            && (*s, *e, l.as_deref()) == (strong, emphasis, link)
        {
            text.push_str(more);
            return;
        }
        self.0.push(Inline::Words { text: more.to_owned(), strong, emphasis, link: link.map(str::to_owned) });
    }

    /// The words alone; a break is a blank, a citation nothing.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for inline in &self.0 {
            match inline {
                Inline::Words { text, .. } => words.push_str(text),
                Inline::Break => words.push(' '),
                Inline::Note(_) => {}
            }
        }
        words
    }

    /// Nothing but blanks.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|inline| match inline {
            Inline::Words { text, .. } => text.chars().all(is_blank),
            Inline::Break => true,
            Inline::Note(_) => false,
        })
    }

    /// All of its words are bold.
    pub fn is_strong(&self) -> bool {
        !self.is_empty()
            && self.0.iter().all(|inline| match inline {
                Inline::Words { text, strong, .. } => *strong || text.chars().all(is_blank),
                _ => true,
            })
    }

    /// Without blanks at its ends and beside breaks, and with single ones between words.
    pub fn tidy(self) -> Self {
        let mut tidy = Self::default();
        // A blank is held back until a word follows it; none stands at the beginning or after a break.
        let (mut blank, mut begun) = (None, false);
        for inline in self.0 {
            match inline {
                Inline::Words { text, strong, emphasis, link } => {
                    for piece in text.split_inclusive(is_blank) {
                        let word = piece.trim_matches(is_blank);
                        if !word.is_empty() {
                            if let Some((strong, emphasis, link)) = blank.take().filter(|_| begun) {
                                let link: Option<String> = link;
                                tidy.push(" ", strong, emphasis, link.as_deref());
                            }
                            tidy.push(word, strong, emphasis, link.as_deref());
                            begun = true;
                        }
                        if piece.ends_with(is_blank) && blank.is_none() {
                            blank = Some((strong, emphasis, link.clone()));
                        }
                    }
                }
                Inline::Note(label) => tidy.0.push(Inline::Note(label)),
                Inline::Break => {
                    (blank, begun) = (None, false);
                    if !matches!(tidy.0.last(), None | Some(Inline::Break)) {
                        tidy.0.push(Inline::Break);
                    }
                }
            }
        }
        while matches!(tidy.0.last(), Some(Inline::Break)) {
            tidy.0.pop();
        }
        tidy
    }

    /// Adds another text, which begins on a new line or after what is there.
    pub fn extend(&mut self, more: Self) {
        for inline in more.0 {
            match inline {
                Inline::Words { text, strong, emphasis, link } => self.push(&text, strong, emphasis, link.as_deref()),
                other => self.0.push(other),
            }
        }
    }
}

/// A blank between words. A no-break space is one: the record's text is broken anew on every screen.
pub fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{200b}' | '\u{feff}')
}

/// Where in the source something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A line of a text file, from 1.
    Line(u32),
    /// A page, and the line on it, both from 1.
    Page(u32, u32),
    /// A paragraph of a Word document, from 1, counted with those in tables.
    Paragraph(u32),
}

impl fmt::Display for Place {
    /// For data: `line 12`, `page 3 line 2`, `paragraph 40`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Page(page, line) => write!(f, "page {page} line {line}"),
            Self::Paragraph(number) => write!(f, "paragraph {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Inline, Text};

    #[test]
    fn blanks_are_single_and_stand_between_words() {
        let mut text = Text::plain("  En\u{a0} \t to ");
        text.push(" tre ", true, false, None);
        text.0.push(Inline::Note("1".into()));
        text.0.push(Inline::Break);
        text.push(" fire \n", false, false, None);
        text.0.push(Inline::Break);
        let tidy = text.tidy();
        assert_eq!(tidy.words(), "En to tre fire");
        assert_eq!(tidy.0.iter().filter(|inline| matches!(inline, Inline::Break)).count(), 1);
        assert!(!tidy.is_strong() && Text::plain(" \u{a0}").is_empty());
    }
}
