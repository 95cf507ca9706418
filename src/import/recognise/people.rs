//! Participants, group by group.
//!
//! Takes the blocks of the front; gives the groups, and takes what it read out of the blocks. A person is an entry, a line or a
//! row: a name, what they do, for whom, and a note in brackets.

use super::person::{head_of, is_name, is_nobody, person, several};
use super::{front, line};
use crate::import::block::{Block, Cell, Inline, Kind, Place, Text};
use crate::import::draft::{Group, Person};
use crate::import::remark::{About, Remark};
use crate::import::template::{Template, fold};
use std::collections::VecDeque;

/// The groups in these blocks, and the blocks that are none of them.
pub fn people(blocks: Vec<Block>, template: &Template<'_>, remarks: &mut Vec<Remark>) -> (Vec<Group>, Vec<Block>) {
    let mut list = List { template, remarks, groups: Vec::new(), rest: Vec::new(), inside: false, heading: None };
    let mut blocks = VecDeque::from(blocks);
    while let Some(block) = blocks.pop_front() {
        match lines_apart(&block, template) {
            Some(lines) => lines.into_iter().rev().for_each(|line| blocks.push_front(line)),
            None => list.block(block, blocks.front()),
        }
    }
    list.drop_heading();
    list.groups.retain(|group| !group.people.is_empty());
    (list.groups, list.rest)
}

/// The participants as far as they are read.
struct List<'a, 'c> {
    template: &'a Template<'c>,
    remarks: &'a mut Vec<Remark>,
    groups: Vec<Group>,
    rest: Vec<Block>,
    /// Below the heading of a group.
    inside: bool,
    /// A heading that waits for its people: all participants' is none of the groups where groups follow.
    heading: Option<(Block, String)>,
}

impl List<'_, '_> {
    fn block(&mut self, block: Block, next: Option<&Block>) {
        let words = line(&block).map(Text::words).unwrap_or_default();
        let is_line = line(&block).is_some();
        if words.trim().is_empty() && is_line {
            self.rest.push(block);
            return;
        }
        if self.heads(&block, &words, next) {
            self.inside = true;
            self.drop_heading();
            self.heading = Some((block, words.trim_end().trim_end_matches(':').to_owned()));
            return;
        }
        if let Kind::Table(rows) = block.kind {
            self.table(block.place, rows);
            return;
        }
        if let Some((label, value)) = label(&words).filter(|_| is_line) {
            let names = if self.template.is_group(label) { several(value, true) } else { Vec::new() };
            if names.is_empty() {
                self.rest.push(block);
            } else {
                self.begin(label);
                self.add(names);
            }
            return;
        }
        if self.inside && is_nobody(&words) {
            // Said in the record's words, which stay.
            if let Some((heading, name)) = self.heading.take() {
                self.rest.push(heading);
                self.groups.push(Group { name, people: Vec::new() });
            }
            self.rest.push(block);
            return;
        }
        // A paragraph with all names directly below its heading; where another follows, each is one person.
        let alone = self.heading.is_some() && next.is_none_or(|next| persons(next, false).is_empty());
        let names = if self.inside && !front::is_kind(&words) { persons(&block, alone) } else { Vec::new() };
        if names.is_empty() {
            self.inside = false;
            self.rest.extend(self.heading.take().map(|(heading, _)| heading));
            self.rest.push(block);
        } else {
            self.add(names);
        }
    }

    /// Whether this block is the heading of a group.
    fn heads(&self, block: &Block, words: &str, next: Option<&Block>) -> bool {
        if !matches!(block.kind, Kind::Heading { .. } | Kind::Paragraph(_)) {
            return false;
        }
        let next_lists = next.is_some_and(|next| matches!(next.kind, Kind::Entry { .. } | Kind::Table(_)));
        let other = front::is_kind(words) || label(words).is_some() || is_nobody(words);
        self.template.is_group(words) || self.inside && next_lists && !other && words.chars().count() < 80
    }

    /// A heading without people is told.
    fn drop_heading(&mut self) {
        if let Some((unused, words)) = self.heading.take() {
            self.remarks.push(Remark::new(About::KnownHeading, unused.place, words));
        }
    }

    /// A group begins whose name stands in the line or row of its people.
    fn begin(&mut self, name: &str) {
        self.drop_heading();
        self.inside = true;
        self.groups.push(Group { name: name.trim().trim_end_matches(':').trim_end().to_owned(), people: Vec::new() });
    }

    fn add(&mut self, people: Vec<Person>) {
        if let Some((_, name)) = self.heading.take() {
            self.groups.push(Group { name, people: Vec::new() });
        }
        if let Some(group) = self.groups.last_mut() {
            group.people.extend(people);
        }
    }

    /// Reads the rows of a table; those that are no people stay a table.
    fn table(&mut self, place: Place, rows: Vec<Vec<Cell>>) {
        // A group stands in the first cell, and its people behind it.
        let mut keyed = false;
        let mut open = self.inside;
        let mut kept = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            let cells: Vec<String> = row.iter().map(cell_text).collect();
            let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
            let head = filled.len() > 1 && filled.iter().all(|cell| HEADS.contains(&fold(cell).as_str()));
            if at == 0 && self.inside && head {
                let place = row.iter().flatten().next().map_or(place, |first| first.place);
                let words: Vec<&str> = filled.iter().map(|cell| cell.as_str()).collect();
                self.remarks.push(Remark::new(About::KnownHeading, place, words.join(" | ")));
                continue;
            }
            let Some(first) = cells.first() else { continue };
            if self.template.is_group(first) {
                let people = row_people(&row[1..], true);
                if filled.len() == 1 {
                    self.begin(first);
                    (keyed, open) = (false, true);
                } else if people.is_empty() {
                    kept.push(row);
                    (keyed, open) = (true, false);
                } else {
                    self.begin(first);
                    self.add(people);
                    (keyed, open) = (true, true);
                }
                continue;
            }
            let import = &self.template.config().import;
            let mut labels = import.date.iter().chain(&import.time).chain(&import.place);
            let labelled = first.ends_with(':') || labels.any(|known| fold(known) == fold(first));
            let people = match () {
                () if !open || labelled => Vec::new(),
                () if keyed && first.is_empty() => row_people(&row[1..], true),
                () if keyed => Vec::new(),
                () => row_people(&row, false),
            };
            if !people.is_empty() {
                self.add(people);
            } else if !filled.is_empty() {
                // Rows behind another label are not the group's.
                open &= !keyed;
                kept.push(row);
            }
        }
        if !kept.is_empty() {
            if let Some((heading, _)) = self.heading.take() {
                self.rest.push(heading);
                open = false;
            }
            self.rest.push(Block { place, kind: Kind::Table(kept) });
        }
        self.inside = open && !keyed;
    }
}

/// Words that stand above the columns of a table of people, folded.
const HEADS: [&str; 12] = [
    "navn",
    "titel",
    "parti",
    "kommune",
    "organisation",
    "funktion",
    "rolle",
    "stilling",
    "tilstede",
    "fremmoedt",
    "afbud",
    "bemaerkning",
];

/// The people of a row: its cells are one person's, unless one cell holds several.
fn row_people(row: &[Cell], labelled: bool) -> Vec<Person> {
    let filled: Vec<&Cell> = row.iter().filter(|cell| !cell_text(cell).is_empty()).collect();
    if let [only] = filled.as_slice() {
        let lines: Vec<String> = only.iter().flat_map(lines_of).collect();
        if labelled || lines.iter().all(|line| is_name(head_of(line))) {
            let each: Vec<Vec<Person>> = lines.iter().map(|line| several(line, labelled)).collect();
            let whole = each.iter().all(|people| !people.is_empty());
            return if whole { each.into_iter().flatten().collect() } else { Vec::new() };
        }
    }
    let cells: Vec<String> = filled.into_iter().map(cell_text).collect();
    person(&cells.join(", ")).into_iter().collect()
}

fn cell_text(cell: &Cell) -> String {
    let texts = cell.iter().map(super::text_of).filter(|text| !text.trim().is_empty());
    texts.collect::<Vec<_>>().join(", ").trim().to_owned()
}

/// The lines of a block's text that say something.
fn lines_of(block: &Block) -> Vec<String> {
    let Some(text) = line(block) else { return vec![super::text_of(block)] };
    let lines = text.0.split(|inline| *inline == Inline::Break).map(|part| Text(part.to_vec()).words());
    lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The lines of a paragraph as paragraphs, where one of them has a label or is the heading of a group.
fn lines_apart(block: &Block, template: &Template<'_>) -> Option<Vec<Block>> {
    let Kind::Paragraph(text) = &block.kind else { return None };
    let lines = lines_of(block);
    let apart = lines.len() > 1 && lines.iter().any(|line| label(line).is_some() || template.is_group(line));
    apart.then(|| {
        let parts = text.0.split(|inline| *inline == Inline::Break).map(|part| Text(part.to_vec()).tidy());
        parts.map(|text| Block { place: block.place, kind: Kind::Paragraph(text) }).collect()
    })
}

/// A label and what stands behind its colon: `Sted: Lokale 4`.
fn label(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let words = label.split_whitespace().count();
    let is_label = (1..6).contains(&words) && !label.contains([',', '(', ';']) && !label.ends_with(char::is_numeric);
    let value = value.trim();
    (is_label && !value.is_empty()).then(|| (label.trim(), value))
}

/// The people of a block that is a line or lines; none where it is prose.
fn persons(block: &Block, alone: bool) -> Vec<Person> {
    match &block.kind {
        Kind::Entry { text, .. } => several(&text.words(), false),
        Kind::Paragraph(_) => {
            let lines = lines_of(block);
            let named = lines.iter().all(|line| {
                line.chars().count() < 160
                    && !line.ends_with(['.', ':'])
                    && label(line).is_none()
                    && (line.contains(',') || line.split_whitespace().count() < 5 || several(line, false).len() > 1)
            });
            let each: Vec<Vec<Person>> = lines.iter().map(|line| several(line, alone && lines.len() == 1)).collect();
            let named = named && each.iter().all(|people| !people.is_empty());
            if named { each.into_iter().flatten().collect() } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::people;
    use crate::config::Config;
    use crate::import::block::{Block, Kind, Place, Text};
    use crate::import::template::Template;

    fn read(lines: &[&str]) -> (Vec<String>, Vec<String>) {
        let text = "base_url = \"https://example.dk\"\ntitle = \"Rådet\"\n";
        let config = Config::parse(&"sagnet.toml".into(), text, &[], &mut Vec::new()).expect("a configuration");
        let block = |line: &&str| Block { place: Place::Line(1), kind: Kind::Paragraph(Text::plain(*line)) };
        let (groups, rest) = people(lines.iter().map(block).collect(), &Template::new(&config), &mut Vec::new());
        let told = |group: &crate::import::draft::Group| {
            format!(
                "{}: {}",
                group.name,
                group.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("|")
            )
        };
        (groups.iter().map(told).collect(), rest.iter().map(crate::import::recognise::text_of).collect())
    }

    #[test]
    fn who_sent_apologies_is_not_among_those_present() {
        let lines = ["Deltagere:", "Anna Holm, Borgmester", "Bo Lund", "Afbud: Carl Dahl, Dorte Elm"];
        assert_eq!(read(&lines).0, ["Deltagere: Anna Holm|Bo Lund", "Afbud: Carl Dahl|Dorte Elm"]);
    }

    #[test]
    fn lines_with_other_labels_are_no_people() {
        let (groups, rest) = read(&["Medlemmer", "Anna Holm", "Sted: Lokale 4", "Referat"]);
        assert_eq!(groups, ["Medlemmer: Anna Holm"]);
        assert_eq!(rest, ["Sted: Lokale 4", "Referat"]);
        assert!(read(&["Afbud", "Ingen"]).0.is_empty());
    }
}
