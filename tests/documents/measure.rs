//! Measures imported content against the truth.
//!
//! Takes a document's truth, the meeting's folder, and the words that the printed document broke at line ends; gives a
//! [`Score`]. Items are paired by number, then by title; lists of things by their longest common subsequence, and what
//! the content has too much counts as much as what it lacks.

use super::diff::matches;
use super::hyphens::hyphens;
use super::imported::{self, Imported, groups, paragraphs, tables, text, texts};
use super::lines::Broken;
use super::score::{Score, What};
use super::truth::{Block, Entry, Item, Marker, Person, Section, Text, Truth};
use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// Measures a meeting's folder.
pub fn measure(truth: &Truth, folder: &Path) -> Score {
    measure_broken(truth, folder, &[])
}

/// The same, and how words that were broken at line ends were mended.
pub fn measure_broken(truth: &Truth, folder: &Path, broken: &[Broken]) -> Score {
    let mut imported = imported::read(folder);
    let items = std::mem::take(&mut imported.items);
    let mut marker = Marks { truth, score: Score::default(), item: String::new(), kept: Vec::new() };
    marker.meeting(&imported, folder);
    marker.items(items);
    marker.hyphens(broken);
    marker.silence(&imported.raw);
    marker.score
}

/// Words as they are compared: blanks and hyphens that do not break are plain ones, optional hyphens nothing.
pub fn tokens(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .filter(|letter| !matches!(letter, '\u{ad}' | '\u{200b}' | '\u{feff}'))
        .map(|letter| if letter == '\u{2011}' { '-' } else { letter })
        .collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

fn tidy(text: &str) -> String {
    tokens(text).join(" ")
}

struct Marks<'a> {
    truth: &'a Truth,
    score: Score,
    item: String,
    /// The truth's words, and whether the content has them.
    kept: Vec<(String, bool)>,
}

impl Marks<'_> {
    fn miss(&mut self, what: What, expected: &str, got: &str) {
        let (document, item) = (&self.truth.name, &self.item);
        self.score.miss(document, item, what, expected, got);
    }

    fn one(&mut self, what: What, expected: &str, got: &str) {
        let (expected, got) = (tidy(expected), tidy(got));
        self.score.add(what, usize::from(expected == got), 1);
        if expected != got {
            self.miss(what, &expected, &got);
        }
    }

    /// Things in order; those too many count too.
    fn sequence(&mut self, what: What, expected: &[String], got: &[String]) {
        let [expected, got] = [expected, got].map(|all| all.iter().map(|one| tidy(one)).collect::<Vec<_>>());
        let mut pairs = matches(&expected, &got);
        self.score.add(what, pairs.len(), expected.len().max(got.len()));
        pairs.push((expected.len(), got.len()));
        let (mut at, mut bt) = (0, 0);
        for (x, y) in pairs {
            for k in 0..(x - at).max(y - bt) {
                let take = |all: &[String], from: usize, to: usize| {
                    all.get(from + k).filter(|_| from + k < to).cloned().unwrap_or_default()
                };
                let (expected, got) = (take(&expected, at, x), take(&got, bt, y));
                self.miss(what, &expected, &got);
            }
            (at, bt) = (x + 1, y + 1);
        }
    }

    fn words(&mut self, expected: &[String], got: &[String]) {
        let pairs = matches(expected, got);
        self.score.add(What::Words, pairs.len(), expected.len());
        self.score.add(What::Honest, pairs.len(), got.len());
        let mut kept = vec![false; expected.len()];
        let mut known = vec![false; got.len()];
        for &(x, y) in &pairs {
            (kept[x], known[y]) = (true, true);
        }
        for (at, y) in stretches(&kept) {
            self.miss(What::Words, &expected[at..y].join(" "), "");
        }
        for (at, y) in stretches(&known) {
            self.miss(What::Honest, "", &got[at..y].join(" "));
        }
        self.kept.extend(expected.iter().cloned().zip(kept));
    }

    fn meeting(&mut self, imported: &Imported, folder: &Path) {
        let truth = self.truth;
        let meeting = &imported.meeting;
        let spelled = |name: &str| match meeting.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Datetime(date)) => date.to_string(),
            _ => String::new(),
        };
        let mut date = spelled("date");
        if date.is_empty() {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            date = name.chars().take(10).collect();
        }
        self.one(What::Meeting, &truth.date, &date);
        for (name, expected) in [("start", &truth.start), ("end", &truth.end), ("place", &truth.place)] {
            let (expected, got) = (expected.clone().unwrap_or_default(), spelled(name));
            let hour = name != "place" && got.len() == 8;
            let got = if hour { got.chars().take(5).collect() } else { got };
            if !expected.is_empty() || !got.is_empty() {
                self.one(What::Meeting, &expected, &got);
            }
        }
        let parts: Vec<_> = truth.parts.iter().map(|(number, title)| format!("{number}. {title}")).collect();
        let got = tables(meeting, "parts");
        let got: Vec<_> = got.iter().map(|part| format!("{}. {}", text(part, "number"), text(part, "title"))).collect();
        self.sequence(What::Parts, &parts, &got);
        let lead = [Section { heading: String::new(), blocks: truth.lead.clone() }];
        let mut expected = section_words(&lead);
        let mut got = section_words(&imported.lead);
        let there = groups(meeting);
        for (groups, words) in [(&truth.groups, &mut expected), (&there, &mut got)] {
            for group in groups {
                words.extend(tokens(&group.name));
                for person in &group.people {
                    let all = [&person.name, &person.role, &person.organisation, &person.note];
                    words.extend(all.into_iter().flat_map(|part| tokens(part)));
                }
            }
        }
        self.words(&expected, &got);
        let name = |groups: &[super::truth::Group]| groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>();
        self.sequence(What::Groups, &name(&truth.groups), &name(&there));
        let expected: Vec<_> = truth.groups.iter().flat_map(|group| &group.people).collect();
        let got: Vec<_> = there.iter().flat_map(|group| &group.people).collect();
        let [names, there] = [&expected, &got].map(|all| all.iter().map(|p| p.name.clone()).collect::<Vec<_>>());
        self.sequence(What::Names, &names, &there);
        let pairs: BTreeMap<_, _> = matches(&names, &there).into_iter().collect();
        for (at, person) in expected.iter().enumerate() {
            let other = pairs.get(&at).map(|&bt| got[bt].clone());
            let fields = [What::Roles, What::Organisations, What::Remarks];
            for (what, part) in fields.into_iter().zip([&person.role, &person.organisation, &person.note]) {
                let got = match &other {
                    Some(other) if what == What::Roles => other.role.clone(),
                    Some(other) if what == What::Organisations => other.organisation.clone(),
                    Some(other) => other.note.clone(),
                    None => String::new(),
                };
                if !part.is_empty() || !got.is_empty() {
                    self.one(what, part, &got);
                }
            }
        }
    }

    fn items(&mut self, items: Vec<(Table, Vec<Section>)>) {
        let truth = self.truth;
        let mut left: Vec<_> = items.into_iter().map(Some).collect();
        let mut paired: Vec<Option<(Table, Vec<Section>)>> = Vec::new();
        for item in &truth.items {
            let same = left.iter().position(|other| is(other, "number", &item.number));
            paired.push(same.and_then(|at| left[at].take()));
        }
        for (item, slot) in truth.items.iter().zip(&mut paired).filter(|(_, slot)| slot.is_none()) {
            let same = left.iter().position(|other| is(other, "title", &item.title));
            *slot = same.and_then(|at| left[at].take());
        }
        for (item, slot) in truth.items.iter().zip(paired) {
            self.item.clone_from(&item.number);
            let (front, sections) = slot.unwrap_or_default();
            self.one(What::Numbers, &item.number, text(&front, "number"));
            self.item(item, &front, sections);
        }
        for (front, sections) in left.into_iter().flatten() {
            self.item.clone_from(&text(&front, "number").to_owned());
            self.one(What::Numbers, "", text(&front, "number"));
            self.words(&[], &item_words(&loose(&front), &sections));
        }
        self.item.clear();
    }

    fn item(&mut self, item: &Item, front: &Table, mut sections: Vec<Section>) {
        self.one(What::Titles, &item.title, text(front, "title"));
        self.sequence(What::Cases, &item.cases, &texts(front, "cases"));
        self.sequence(What::Responsible, &item.responsible, &texts(front, "responsible"));
        let got = loose(front);
        for (expected, got) in [
            (&item.submitted_by, &got.submitted_by),
            (&item.strategic_basis, &got.strategic_basis),
            (&item.perspectives, &got.perspectives),
            (&item.process_status, &got.process_status),
        ] {
            self.sequence(What::Facts, expected, got);
        }
        let key = |(title, url): &(String, Option<String>)| {
            format!("{} <{}>", tidy(title).trim_end_matches('.'), url.as_deref().unwrap_or_default())
        };
        let [expected, there] =
            [&item.attachments, &got.attachments].map(|all| all.iter().map(key).collect::<Vec<_>>());
        self.sequence(What::Attachments, &expected, &there);
        let mut wanted = item.sections.clone();
        self.asides(&mut wanted, &mut sections);
        self.words(&item_words(item, &wanted), &item_words(&got, &sections));
        let heads = |sections: &[Section]| {
            sections.iter().map(|s| s.heading.clone()).filter(|head| !head.is_empty()).collect::<Vec<_>>()
        };
        self.sequence(What::Sections, &heads(&wanted), &heads(&sections));
        for (what, part) in [
            (What::Subheadings, subheading as fn(&Block) -> Option<String>),
            (What::Paragraphs, paragraph),
            (What::Entries, entry),
        ] {
            let take =
                |sections: &[Section]| sections.iter().flat_map(|s| &s.blocks).filter_map(part).collect::<Vec<_>>();
            self.sequence(what, &take(&wanted), &take(&sections));
        }
        self.sequence(What::Cells, &cells(&wanted), &cells(&sections));
        let links = |sections: &[Section]| {
            let of = |s: &Section| {
                s.links().into_iter().map(|(words, url)| format!("{}: [{words}]({url})", s.heading)).collect()
            };
            sections.iter().flat_map(|s| -> Vec<String> { of(s) }).collect::<Vec<_>>()
        };
        self.sequence(What::Links, &links(&wanted), &links(&sections));
        let notes = |sections: &[Section]| {
            let of = |s: &Section| {
                s.notes().into_iter().map(|(word, note)| format!("{}: {word}^{note}", s.heading)).collect()
            };
            sections.iter().flat_map(|s| -> Vec<String> { of(s) }).collect::<Vec<_>>()
        };
        self.sequence(What::Notes, &notes(&wanted), &notes(&sections));
    }

    /// A box's text may stand before or after its neighbours: where it is a paragraph of its own, both sides drop it.
    fn asides(&mut self, wanted: &mut [Section], got: &mut [Section]) {
        for section in wanted {
            for block in &mut section.blocks {
                let Block::Aside(aside) = block else { continue };
                let words = tokens(&aside.words());
                let same = |block: &Block| paragraph(block).is_some_and(|text| tokens(&text) == words);
                let found = got.iter_mut().find_map(|s| Some((s.blocks.iter().position(same)?, s)));
                if let Some((at, s)) = found {
                    s.blocks.remove(at);
                    self.score.add(What::Words, words.len(), words.len());
                    self.score.add(What::Honest, words.len(), words.len());
                    self.score.add(What::Paragraphs, 1, 1);
                    *block = Block::Paragraph(Text::default());
                }
            }
            section.blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.0.is_empty()));
        }
    }

    /// Every word that was broken: does the content have it as the truth has?
    fn hyphens(&mut self, broken: &[Broken]) {
        let (right, total, wrong) = hyphens(&self.kept, broken);
        self.score.add(What::Hyphens, right, total);
        for word in wrong {
            self.miss(What::Hyphens, &word, "");
        }
    }

    fn silence(&mut self, raw: &str) {
        let truth = self.truth;
        let raw = tidy(raw);
        for text in &truth.forbidden {
            let leaked = raw.contains(&tidy(text));
            self.score.add(What::Silent, usize::from(!leaked), 1);
            if leaked {
                self.miss(What::Silent, "", text);
            }
        }
    }
}

fn is(item: &Option<(Table, Vec<Section>)>, field: &str, value: &str) -> bool {
    item.as_ref().is_some_and(|(front, _)| tidy(text(front, field)) == tidy(value))
}

fn stretches(kept: &[bool]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for at in (0..kept.len()).filter(|&at| !kept[at]) {
        match all.last_mut() {
            Some(last) if last.1 == at => last.1 += 1,
            _ => all.push((at, at + 1)),
        }
    }
    all
}

/// The fields of an item's front matter that hold text.
fn loose(front: &Table) -> Item {
    let attachment = |one: &Table| {
        let url = one.get("url").and_then(Value::as_str).map(str::to_owned);
        (text(one, "title").to_owned(), url)
    };
    Item {
        title: text(front, "title").into(),
        submitted_by: texts(front, "submitted_by"),
        strategic_basis: texts(front, "strategic_basis"),
        perspectives: texts(front, "perspectives"),
        process_status: texts(front, "process_status").iter().flat_map(|text| paragraphs(text)).collect(),
        attachments: tables(front, "attachments").iter().map(attachment).collect(),
        ..Item::default()
    }
}

fn item_words(item: &Item, sections: &[Section]) -> Vec<String> {
    let mut words = tokens(&item.title);
    for values in [&item.submitted_by, &item.strategic_basis, &item.perspectives, &item.process_status] {
        words.extend(values.iter().flat_map(|value| tokens(value)));
    }
    words.extend(section_words(sections));
    words
}

fn section_words(sections: &[Section]) -> Vec<String> {
    let mut words = Vec::new();
    for section in sections {
        words.extend(tokens(&section.heading));
        words.extend(section.blocks.iter().flat_map(|block| tokens(&imported::plain(block))));
        words.extend(section.notes().iter().flat_map(|(_, note)| tokens(note)));
    }
    words
}

fn subheading(block: &Block) -> Option<String> {
    if let Block::Heading(text) = block { Some(text.words()) } else { None }
}

fn paragraph(block: &Block) -> Option<String> {
    if let Block::Paragraph(text) | Block::Aside(text) = block { Some(text.words()) } else { None }
}

fn entry(block: &Block) -> Option<String> {
    let Block::Entry(Entry { level, marker, text }) = block else { return None };
    let sign = match marker {
        Marker::Bullet => "-".to_owned(),
        Marker::Number(number, delimiter) => format!("{number}{delimiter}"),
        Marker::Letter(number) => format!("{number})"),
    };
    Some(format!("{level} {sign} {}", text.words()))
}

fn cells(sections: &[Section]) -> Vec<String> {
    let mut cells = Vec::new();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        let Block::Table(rows) = block else { continue };
        for row in rows {
            cells.extend(row.iter().enumerate().map(|(column, cell)| format!("{column}: {}", cell.join(" "))));
        }
    }
    cells
}

/// All words of the truth, in the order in which they are compared.
pub fn all_words(truth: &Truth) -> Vec<String> {
    let lead = [Section { heading: String::new(), blocks: truth.lead.clone() }];
    let mut words = section_words(&lead);
    for group in &truth.groups {
        words.extend(tokens(&group.name));
        for Person { name, role, organisation, note } in &group.people {
            words.extend([name, role, organisation, note].into_iter().flat_map(|part| tokens(part)));
        }
    }
    words.extend(truth.items.iter().flat_map(|item| item_words(item, &item.sections)));
    words
}
