//! What a person should look at.
//!
//! Takes the draft; tells numbers that stand twice or in no order, titles that the table of contents has otherwise, names in
//! two forms, and words that the source seems to have wrong. Nothing is changed.

use super::blocks;
use crate::import::block::Place;
use crate::import::draft::Draft;
use crate::import::remark::{About, Remark};
use crate::import::template::{Template, fold};
use crate::model::ItemNumber;
use std::collections::{BTreeMap, BTreeSet};

/// Looks through the draft.
pub fn look(draft: &Draft, contents: &[String], template: &Template<'_>, remarks: &mut Vec<Remark>) {
    numbers(draft, remarks);
    titles(draft, contents, template, remarks);
    names(draft, remarks);
    words(draft, remarks);
}

fn numbers(draft: &Draft, remarks: &mut Vec<Remark>) {
    let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
    let mut cases: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut last: Option<ItemNumber> = None;
    for item in &draft.items {
        let told = format!("{} {}", item.number, item.title);
        if seen.insert(&item.number, item.place).is_some() {
            remarks.push(Remark::new(About::RepeatedNumber, item.place, told.clone()));
        }
        let number = ItemNumber::new(&item.number);
        if number.is_some() && number < last {
            remarks.push(Remark::new(About::NumberOrder, item.place, told.clone()));
        }
        last = number;
        if item.cases.is_empty() && !item.closed {
            remarks.push(Remark::new(About::NoCase, item.place, told));
        }
        for case in &item.cases {
            cases.entry(case).or_default().push(&item.number);
        }
    }
    for (case, items) in cases.into_iter().filter(|(_, items)| items.len() > 1) {
        let place = draft.items.iter().find(|item| item.number == items[0]).map_or(Place::Line(1), |item| item.place);
        remarks.push(Remark::new(About::SharedCase, place, format!("{case}: {}", items.join(", "))));
    }
}

/// Titles are held against the table of contents, which prints them unbroken.
fn titles(draft: &Draft, contents: &[String], template: &Template<'_>, remarks: &mut Vec<Remark>) {
    let listed: BTreeMap<&str, &str> = contents.iter().filter_map(|line| template.item_number(line)).collect();
    let place = draft.items.last().map_or(Place::Line(1), |item| item.place);
    for (number, title) in &listed {
        let parts = draft.parts.iter().map(|part| &part.number);
        if !draft.items.iter().map(|item| &item.number).chain(parts).any(|known| known == number) {
            remarks.push(Remark::new(About::MissingItem, place, format!("{number} {title}")));
        }
    }
    for item in &draft.items {
        if let Some(title) = listed.get(item.number.as_str())
            && *title != item.title
            && fold(title) != fold(&item.title)
            && template.access(title).is_none_or(|(_, title)| fold(&title) != fold(&item.title))
        {
            remarks.push(Remark::new(About::ContentsDiffer, item.place, format!("{} | {title}", item.title)));
        }
    }
}

/// People whose names differ by one part, or by the order of their parts.
fn names(draft: &Draft, remarks: &mut Vec<Remark>) {
    let mut known: BTreeMap<Vec<&str>, Place> = BTreeMap::new();
    let responsible =
        draft.items.iter().flat_map(|item| item.responsible.iter().map(|name| (name.as_str(), item.place)));
    let place = draft.items.first().map_or(Place::Line(1), |item| item.place);
    let people = draft.participants.iter().flat_map(|group| &group.people).map(|person| (person.name.as_str(), place));
    for (name, place) in people.chain(responsible) {
        let parts: Vec<&str> = name.split_whitespace().collect();
        if parts.len() > 1 {
            known.entry(parts).or_insert(place);
        }
    }
    let texts: Vec<(String, Place)> = blocks(draft).map(|block| (super::text_of(block), block.place)).collect();
    let in_prose = texts
        .iter()
        .flat_map(|(text, place)| capitalised(text).into_iter().map(|name| (name, *place)))
        .filter(|(name, _)| name.len() > 2);
    let forms: Vec<(Vec<&str>, Place)> = known.iter().map(|(name, place)| (name.clone(), *place)).collect();
    let mut told = BTreeSet::new();
    for (name, place) in forms.iter().cloned().chain(in_prose) {
        for other in known.keys().filter(|other| **other != name && other[0] == name[0]) {
            let (a, b): (BTreeSet<_>, BTreeSet<_>) = (name.iter().collect(), other.iter().collect());
            let reordered = a == b;
            let shorter = a.len() + 1 == b.len() && a.is_subset(&b) && known.contains_key(&name);
            let pair = if name < *other { (name.clone(), other.clone()) } else { (other.clone(), name.clone()) };
            if (reordered || shorter) && told.insert(pair) {
                remarks.push(Remark::new(About::NameForms, place, format!("{} | {}", name.join(" "), other.join(" "))));
            }
        }
    }
}

/// Runs of words that begin with a capital letter.
fn capitalised(text: &str) -> Vec<Vec<&str>> {
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    for word in text.split_whitespace() {
        let clean = word.trim_matches(|c: char| !c.is_alphanumeric());
        let named = clean.starts_with(char::is_uppercase)
            && clean.chars().count() > 1
            && clean.chars().skip(1).any(char::is_lowercase);
        if named && let Some(run) = runs.last_mut() {
            run.push(clean);
        }
        if !named || clean.len() < word.trim_start_matches(|c: char| !c.is_alphanumeric()).len() {
            runs.push(Vec::new());
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// Words that no compound begins with: one that does is two words without the blank between them.
const BLANK_BEHIND: [&str; 10] = ["har", "er", "og", "blev", "vil", "kan", "skal", "at", "det", "ikke"];

/// Ends of first parts of compounds after which no hyphen stands.
const NO_HYPHEN_BEHIND: [&str; 5] = ["ings", "heds", "tions", "elses", "skabs"];

/// Words that the source seems to have wrong.
fn words(draft: &Draft, remarks: &mut Vec<Remark>) {
    let texts: Vec<(String, Place)> = blocks(draft).map(|block| (super::text_of(block), block.place)).collect();
    let is_letter = |c: char| c.is_alphanumeric() || c == '-';
    let clean = |text: &str| -> Vec<String> {
        text.split(|c: char| !is_letter(c))
            .map(|word| word.trim_matches('-').to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    };
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    for word in texts.iter().flat_map(|(text, _)| clean(text)) {
        *known.entry(word.to_lowercase()).or_default() += 1;
    }
    // Words with a short first part and a hyphen, and how they look without it.
    let hyphened: BTreeMap<String, String> = known
        .keys()
        .filter_map(|word| {
            let (first, rest) = word.split_once('-')?;
            (first.chars().count() < 4 && rest.chars().count() > 4).then(|| (format!("{first}{rest}"), word.clone()))
        })
        .collect();
    let mut told = BTreeSet::new();
    for (text, place) in &texts {
        for word in clean(text) {
            if fault(&word, &known, &hyphened) && told.insert(word.clone()) {
                remarks.push(Remark::new(About::SourceFault, *place, word));
            }
        }
    }
}

fn fault(word: &str, known: &BTreeMap<String, u32>, hyphened: &BTreeMap<String, String>) -> bool {
    let lower = word.to_lowercase();
    let long = |text: &str| text.chars().count() > 4;
    if let Some((left, right)) = word.split_once('-') {
        let plain = |text: &str| text.chars().all(char::is_lowercase) && !text.is_empty();
        if !plain(right) || !left.chars().skip(1).all(char::is_lowercase) {
            return false;
        }
        let linked = NO_HYPHEN_BEHIND.iter().any(|end| left.ends_with(end));
        let broken = plain(left)
            && long(left)
            && right.chars().count() > 3
            && !known.contains_key(left)
            && !known.contains_key(right)
            && !known.keys().any(|other| other != &lower && (other.starts_with(right) || other.starts_with(left)));
        return linked || broken;
    }
    // A blank is missing behind a small word.
    let glued = BLANK_BEHIND.iter().any(|small| {
        lower.strip_prefix(small).is_some_and(|rest| long(rest) && known.get(rest).is_some_and(|count| *count > 0))
            && known.get(&lower) == Some(&1)
    });
    // The hyphen is missing that the same word has elsewhere.
    let near: String = lower.chars().take(9).collect();
    let unhyphened = lower.chars().count() > 7
        && hyphened.range(near.clone()..).take_while(|(other, _)| other.starts_with(&near)).any(|(other, _)| {
            lower.starts_with(other.as_str()) || other.starts_with(&lower) || common(other, &lower) > 10
        });
    glued || unhyphened
}

/// How many letters two words have in common from their beginning.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}
