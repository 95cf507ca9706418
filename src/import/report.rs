//! The report of an import: what was found, what was written, what was left out, and what a person should look at.
//!
//! Takes the draft, the plan of the writer and the remarks; gives data for programs ([`Report`], which `--format json` prints),
//! and sentences for people ([`Report::human`]) from the language files.

use super::block::{Block, Inline, Kind, Place, Text};
use super::draft::{Draft, State};
use super::remark::{About, Remark};
use super::texts::Texts;
use crate::privacy::cpr::mask;
use serde::{Serialize, Serializer};

/// All that there is to say of one document.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Its path, as given.
    pub file: String,
    /// `docx`, `pdf` or `txt`.
    pub format: &'static str,
    /// `agenda` or `minutes`.
    pub state: &'static str,
    /// The id of the meeting: its folder.
    pub meeting: String,
    /// Nothing was written.
    pub dry_run: bool,
    /// How many pages, where the format tells.
    pub pages: Option<u32>,
    /// How much of what.
    pub found: Found,
    /// Each item.
    pub items: Vec<FoundItem>,
    /// Files that are new or changed.
    pub files: Vec<Written>,
    /// What was added to files that were there.
    pub added: Vec<Added>,
    /// Items whose number changed.
    pub renumbered: Vec<Renumbered>,
    /// What is not the same in a file and in the document.
    pub differences: Vec<Differs>,
    /// Items that are there, but not in the document.
    pub only_here: Vec<String>,
    /// What is not in the content, and why.
    pub left_out: Vec<Line>,
    /// What a person should look at.
    pub doubts: Vec<Line>,
    /// What `sagnet check` says of the meeting's files; nothing where nothing was written.
    pub check: Option<Check>,
}

/// How much a document holds of what.
#[derive(Debug, Clone, Default, Serialize)]
#[allow(missing_docs)] // numbers of what the names say
pub struct Found {
    pub parts: usize,
    pub items: usize,
    pub cases: usize,
    pub people: usize,
    pub attachments: usize,
    pub tables: usize,
    pub links: usize,
    pub notes: usize,
}

/// An item of the document.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // the fields of the contract
pub struct FoundItem {
    pub number: String,
    pub title: String,
    pub cases: Vec<String>,
    /// Its file.
    pub path: String,
}

/// A file that is new or changed.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Written {
    pub path: String,
    /// It was not there.
    pub new: bool,
}

/// A field or section that a file did not have.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Added {
    pub path: String,
    pub what: String,
}

/// An item whose number changed.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Renumbered {
    pub path: String,
    pub from: String,
    pub to: String,
}

/// A field or section that the document has otherwise than the file.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Differs {
    pub path: String,
    pub what: String,
    /// A unified diff, from the file to the document.
    pub diff: String,
    /// The document's was taken.
    pub taken: bool,
}

/// A remark.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Line {
    pub about: About,
    #[serde(serialize_with = "place")]
    pub place: Place,
    pub text: String,
}

fn place<S: Serializer>(place: &Place, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(place)
}

/// How many faults `sagnet check` finds in the files of the meeting.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub struct Check {
    pub errors: usize,
    pub warnings: usize,
}

/// How many remarks of a kind are printed one by one.
const SHOWN: usize = 5;

/// The longest text of the document that is quoted in a line, in characters.
const QUOTED: usize = 90;

impl Found {
    /// Counts what a draft holds.
    pub fn of(draft: &Draft) -> Self {
        let mut cases: Vec<&String> = draft.items.iter().flat_map(|item| &item.cases).collect();
        cases.sort();
        cases.dedup();
        let mut found = Self {
            parts: draft.parts.len(),
            items: draft.items.len(),
            cases: cases.len(),
            people: draft.participants.iter().map(|group| group.people.len()).sum(),
            attachments: draft.items.iter().map(|item| item.attachments.len()).sum(),
            ..Self::default()
        };
        let sections = draft.items.iter().flat_map(|item| &item.sections).flat_map(|section| &section.blocks);
        draft.lead.iter().chain(sections).for_each(|block| found.count(block));
        found
    }

    fn count(&mut self, block: &Block) {
        match &block.kind {
            Kind::Heading { text, .. } | Kind::Paragraph(text) | Kind::Entry { text, .. } => self.count_links(text),
            Kind::Note { text, .. } => {
                self.notes += 1;
                self.count_links(text);
            }
            Kind::Table(rows) => {
                self.tables += 1;
                rows.iter().flatten().flatten().for_each(|block| self.count(block));
            }
            Kind::Target(_) => self.links += 1,
            Kind::Contents(_) | Kind::PageBreak => {}
        }
    }

    /// A link whose words are set in several ways is one.
    fn count_links(&mut self, text: &Text) {
        let link = |inline: &Inline| match inline {
            Inline::Words { link, .. } => link.clone(),
            _ => None,
        };
        let mut links: Vec<Option<String>> = text.0.iter().map(link).collect();
        links.dedup();
        self.links += links.into_iter().flatten().count();
    }
}

/// Remarks as lines of the report: what was left out, and the rest.
pub fn lines(remarks: Vec<Remark>) -> (Vec<Line>, Vec<Line>) {
    let line = |Remark { about, place, text }| Line { about, place, text };
    remarks.into_iter().map(line).partition(|line| line.about.is_left_out())
}

/// The word for a state.
pub fn state(state: State) -> &'static str {
    match state {
        State::Agenda => "agenda",
        State::Minutes => "minutes",
    }
}

impl Report {
    /// The report for people.
    pub fn human(&self, texts: &Texts) -> String {
        let mut out = String::new();
        let mut say = |line: String| {
            out.push_str(&line);
            out.push('\n');
        };
        let word = |key: &str| texts.report(key, &[]);
        let number = |count: usize| count.to_string();
        let head = [
            ("file", self.file.clone()),
            ("format", word(self.format)),
            ("state", word(self.state)),
            ("meeting", self.meeting.clone()),
        ];
        say(texts.report("head", &head));
        let found = &self.found;
        let counts = [
            ("items", number(found.items)),
            ("parts", number(found.parts)),
            ("cases", number(found.cases)),
            ("people", number(found.people)),
            ("attachments", number(found.attachments)),
            ("tables", number(found.tables)),
            ("links", number(found.links)),
            ("notes", number(found.notes)),
        ];
        say(texts.report("found", &counts));
        for item in &self.items {
            let cases = if item.cases.is_empty() { word("no_case") } else { item.cases.join(", ") };
            say(format!(
                "  {}",
                texts.report(
                    "item",
                    &[("number", item.number.clone()), ("title", item.title.clone()), ("cases", cases)]
                )
            ));
        }
        if self.files.is_empty() {
            say(word("unchanged"));
        } else {
            say(word(if self.dry_run { "would_write" } else { "written" }));
        }
        for file in &self.files {
            say(format!("  {} ({})", file.path, word(if file.new { "new" } else { "changed" })));
        }
        for added in &self.added {
            say(format!("  {}", texts.report("added", &[("path", added.path.clone()), ("what", added.what.clone())])));
        }
        for item in &self.renumbered {
            let words = [("path", item.path.clone()), ("from", item.from.clone()), ("to", item.to.clone())];
            say(format!("  {}", texts.report("renumbered", &words)));
        }
        for path in &self.only_here {
            say(format!("  {}", texts.report("only_here", &[("path", path.clone())])));
        }
        for (heading, lines) in [("left_out", &self.left_out), ("doubts", &self.doubts)] {
            if !lines.is_empty() {
                say(word(heading));
            }
            remarks(lines, texts).into_iter().for_each(&mut say);
        }
        for differs in &self.differences {
            let key = if differs.taken { "taken" } else { "differs" };
            say(texts.report(key, &[("path", differs.path.clone()), ("what", differs.what.clone())]));
            // What was taken is gone from the file: it is shown all the same.
            differs.diff.lines().for_each(|line| say(format!("    {line}")));
        }
        if self.differences.iter().any(|differs| !differs.taken) {
            say(word("ask_update"));
        }
        if let Some(check) = self.check {
            let key = match check {
                Check { errors: 0, warnings: 0 } => "check_clean",
                Check { errors: 0, .. } => "check_warnings",
                _ => "check_errors",
            };
            say(texts.report(key, &[("errors", number(check.errors)), ("warnings", number(check.warnings))]));
        }
        out
    }
}

/// Remarks kind by kind, the first of each with their words.
fn remarks(lines: &[Line], texts: &Texts) -> Vec<String> {
    let mut kinds: Vec<About> = lines.iter().map(|line| line.about).collect();
    kinds.sort();
    kinds.dedup();
    let mut out = Vec::new();
    for kind in kinds {
        let (text, help) = texts.about(kind);
        out.push(format!("  {text}:"));
        let of_kind: Vec<&Line> = lines.iter().filter(|line| line.about == kind).collect();
        for line in of_kind.iter().take(SHOWN) {
            out.push(format!("    {}: {}", texts.place(line.place), quoted(&line.text)));
        }
        if of_kind.len() > SHOWN {
            out.push(format!("    {}", texts.report("more", &[("count", (of_kind.len() - SHOWN).to_string())])));
        }
        out.extend(help.map(|help| format!("    {help}")));
    }
    out
}

/// A text of the document in quotation marks, shortened.
fn quoted(text: &str) -> String {
    // A number that is cut in two would not be known as a personal one.
    let text = mask(text);
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("»{short}«")
}
