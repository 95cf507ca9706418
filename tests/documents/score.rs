//! Marks for an import: how much of what a document says came out.
//!
//! Plain counts that add up over documents, the misses by name, and a table of shares.

use std::fmt::Write as _;

/// What is counted, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Words of the truth that stand in order in the content.
    Words,
    /// Words of the content that the truth has too: the rest is invented.
    Honest,
    /// Hyphens at line ends that were kept or dropped rightly.
    Hyphens,
    /// Items' titles.
    Titles,
    /// Items' numbers.
    Numbers,
    /// Case numbers.
    Cases,
    /// Who is responsible.
    Responsible,
    /// The agenda's headings.
    Parts,
    /// Sections' headings.
    Sections,
    /// Headings within sections.
    Subheadings,
    /// Paragraphs that begin and end where they should.
    Paragraphs,
    /// Entries of lists: level, kind, delimiter, number and text.
    Entries,
    /// Cells of tables.
    Cells,
    /// Links in the right section.
    Links,
    /// Footnotes cited after the right word.
    Notes,
    /// People's names.
    Names,
    /// People's roles.
    Roles,
    /// People's organisations.
    Organisations,
    /// What stands in brackets behind people.
    Remarks,
    /// Groups of people.
    Groups,
    /// Values of the fact table.
    Facts,
    /// Attachments.
    Attachments,
    /// Date, start, end, place.
    Meeting,
    /// Texts that must not come out and did not.
    Silent,
}

/// All columns.
pub const COLUMNS: [(What, &str); 24] = [
    (What::Words, "words kept"),
    (What::Honest, "words not invented"),
    (What::Hyphens, "line-end hyphens"),
    (What::Titles, "titles"),
    (What::Numbers, "item numbers"),
    (What::Cases, "case numbers"),
    (What::Responsible, "responsible"),
    (What::Parts, "parts"),
    (What::Sections, "sections"),
    (What::Subheadings, "subheadings"),
    (What::Paragraphs, "paragraphs"),
    (What::Entries, "list entries"),
    (What::Cells, "table cells"),
    (What::Links, "links"),
    (What::Notes, "footnotes"),
    (What::Names, "names"),
    (What::Roles, "roles"),
    (What::Organisations, "organisations"),
    (What::Remarks, "people's notes"),
    (What::Groups, "groups"),
    (What::Facts, "facts"),
    (What::Attachments, "attachments"),
    (What::Meeting, "date, time, place"),
    (What::Silent, "kept out"),
];

/// How many misses of a document are kept.
const CAP: usize = 20;

/// Something that did not come out.
#[derive(Debug, Clone)]
pub struct Miss {
    /// The document's name.
    pub document: String,
    /// The item's number; empty for the meeting.
    pub item: String,
    /// What was counted.
    pub what: What,
    /// What the truth has.
    pub expected: String,
    /// What the content has.
    pub got: String,
}

/// Right and total by column, and the misses.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Right and total, in the order of [`COLUMNS`].
    pub counts: [(usize, usize); COLUMNS.len()],
    /// The first misses of every document.
    pub misses: Vec<Miss>,
}

impl Score {
    /// Adds right ones of a total.
    pub fn add(&mut self, what: What, right: usize, total: usize) {
        let count = &mut self.counts[what as usize];
        *count = (count.0 + right, count.1 + total);
    }

    /// Keeps a miss, unless there are many.
    pub fn miss(&mut self, document: &str, item: &str, what: What, expected: &str, got: &str) {
        let known = self.misses.iter().filter(|miss| miss.document == document);
        let (all, same) = known.fold((0, 0), |(all, same), miss| (all + 1, same + usize::from(miss.what == what)));
        // No kind of miss takes all the room.
        if all < CAP && same < 6 {
            let (document, item) = (document.to_owned(), item.to_owned());
            self.misses.push(Miss { document, item, what, expected: expected.to_owned(), got: got.to_owned() });
        }
    }

    /// Right and total of a column.
    pub fn of(&self, what: What) -> (usize, usize) {
        self.counts[what as usize]
    }

    /// Adds another document's score.
    pub fn join(&mut self, other: Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine = (mine.0 + theirs.0, mine.1 + theirs.1);
        }
        self.misses.extend(other.misses);
    }

    /// Everything is right.
    pub fn is_perfect(&self) -> bool {
        self.counts.iter().all(|(right, total)| right == total)
    }

    /// The misses, one a line.
    pub fn print(&self) -> String {
        let mut out = String::new();
        for Miss { document, item, what, expected, got } in &self.misses {
            let name = COLUMNS.iter().find(|(column, _)| column == what).map_or("", |(_, name)| name);
            let _ = writeln!(out, "{document} {item}: {name}: expected {expected:?}, got {got:?}");
        }
        out
    }
}

/// A Markdown table: a row for each thing that is counted, a column for each format.
pub fn table(scores: &[(&str, Score)]) -> String {
    let mut out = String::from("| what |");
    for (name, _) in scores {
        let _ = write!(out, " {name} |");
    }
    out.push_str("\n| --- |");
    out.push_str(&" ---: |".repeat(scores.len()));
    for (what, name) in COLUMNS {
        let _ = write!(out, "\n| {name} |");
        for (_, score) in scores {
            let (right, total) = score.of(what);
            // Never rounded up to all.
            let _ = match (right * 10_000).checked_div(total) {
                Some(share) => write!(out, " {:.2} % ({right}/{total}) |", share as f64 / 100.0),
                None => write!(out, " – |"),
            };
        }
    }
    out.push('\n');
    out
}
