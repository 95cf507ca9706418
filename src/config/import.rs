//! The words of the documents that `sagnet import` reads (`[import]`), by default those of the Danish template.
//!
//! Takes the fields; gives lists of words and patterns. docs/CONFIGURATION.md explains each key.

use crate::diagnostic::{Diagnostic, faults};
use crate::parse::front_matter::Fields;
use regex::Regex;
use std::sync::Arc;

/// A row of the table of facts: the field of the content that its value goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the fields of the contract
pub enum Fact {
    SubmittedBy,
    StrategicBasis,
    Perspectives,
    ProcessStatus,
    Responsible,
    Cases,
    ClosedGround,
    /// A row that is read and left out.
    Ignored,
}

/// The names of the facts in sagnet.toml.
const FACTS: [(&str, Fact); 8] = [
    ("submitted_by", Fact::SubmittedBy),
    ("strategic_basis", Fact::StrategicBasis),
    ("perspectives", Fact::Perspectives),
    ("process_status", Fact::ProcessStatus),
    ("responsible", Fact::Responsible),
    ("cases", Fact::Cases),
    ("closed_ground", Fact::ClosedGround),
    ("ignore", Fact::Ignored),
];

/// The words of the documents' template.
#[derive(Debug, Clone)]
pub struct ImportWords {
    /// What a meeting's title is made from, where the document prints none: `{date}` stands for the date.
    pub title: String,
    /// The same for a date that is not exact.
    pub title_inexact: String,
    /// The number of an item: one group, the number as it is kept.
    pub item_number: Regex,
    /// Labels of the facts, and what each is.
    pub facts: Vec<(String, Fact)>,
    /// Words that say that an item is open.
    pub open: Vec<String>,
    /// Words that say that an item is closed.
    pub closed: Vec<String>,
    /// Phrases that nobody filled in, beside those that `check` knows.
    pub placeholders: Vec<String>,
    /// Headings that divide an item, beside those that have a role.
    pub sections: Vec<String>,
    /// Headings of the table of contents.
    pub contents: Vec<String>,
    /// Headings above the participants.
    pub participants: Vec<String>,
    /// Headings of groups of participants.
    pub groups: Vec<String>,
    /// Labels of the meeting's date, of its time and of its place.
    pub date: Vec<String>,
    /// Labels of the time.
    pub time: Vec<String>,
    /// Labels of the place.
    pub place: Vec<String>,
}

/// A number of one or more parts, `2` or `2.10`, and the full stop behind it.
const NUMBER: &str = r"(\d{1,3}(?:\.\d{1,3})*)\.?";

const LABELS: [(&str, Fact); 14] = [
    ("Sag indbragt af", Fact::SubmittedBy),
    ("Strategisk ophæng", Fact::StrategicBasis),
    ("Arkitekturperspektiv", Fact::Perspectives),
    ("Arkitekturperspektiver", Fact::Perspectives),
    ("Processtatus", Fact::ProcessStatus),
    ("Ansvarlig", Fact::Responsible),
    ("Ansvarlige", Fact::Responsible),
    ("Sagsbehandler", Fact::Responsible),
    ("Sagsnr.", Fact::Cases),
    ("Sagsnummer", Fact::Cases),
    ("Lukkegrund", Fact::ClosedGround),
    ("Lukningsgrund", Fact::ClosedGround),
    ("Hjemmel", Fact::ClosedGround),
    ("Dokumentnr.", Fact::Ignored),
];

const GROUPS: [&str; 14] = [
    "Medlemmer",
    "It-Arkitekturrådets medlemmer",
    "Rådets medlemmer",
    "Forberedelsesudvalget",
    "Sekretariat",
    "Sekretariatet",
    "Afbud",
    "Fraværende",
    "Oplægsholdere",
    "Andre gæster",
    "Gæster",
    "Øvrige deltagere",
    "Tilstede",
    "Til stede",
];

impl ImportWords {
    /// Reads `[import]`; what it does not say is the default.
    pub fn read(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Self {
        fields.table("import", out, |fields, out| Some(Self::from_fields(path, fields, out))).unwrap_or_default()
    }

    fn from_fields(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Self {
        let default = Self::default();
        let mut words = |key: &'static str, default: Vec<String>, out: &mut Vec<Diagnostic>| {
            let texts: Vec<_> = fields.texts(key, out).into_iter().map(|text| text.value).collect();
            if texts.is_empty() { default } else { texts }
        };
        let lists = Self {
            open: words("open", default.open, out),
            closed: words("closed", default.closed, out),
            placeholders: words("placeholders", default.placeholders, out),
            sections: words("sections", default.sections, out),
            contents: words("contents", default.contents, out),
            participants: words("participants", default.participants, out),
            groups: words("groups", default.groups, out),
            date: words("date", default.date, out),
            time: words("time", default.time, out),
            place: words("place", default.place, out),
            ..default
        };
        let title = fields.text("title", out).map_or(lists.title, |text| text.value);
        let title_inexact = fields.text("title_inexact", out).map_or(lists.title_inexact, |text| text.value);
        let mut facts = lists.facts;
        for (label, field) in fields.pairs("facts", out) {
            match FACTS.iter().find(|(name, _)| *name == field.value) {
                Some((_, fact)) => facts.insert(0, (label.value, *fact)),
                None => {
                    let known = FACTS.map(|(name, _)| name).join(", ");
                    let fault = faults::NOT_ONE_OF.at(path, &field.span).with("field", label.value);
                    out.push(fault.with("value", field.value).with("known", known));
                }
            }
        }
        let item_number = match fields.text("item_number", out) {
            None => lists.item_number,
            Some(text) => match Regex::new(&format!("^(?:{})", text.value)) {
                Ok(regex) if regex.captures_len() == 2 && !regex.is_match("") => regex,
                _ => {
                    out.push(faults::BAD_PATTERN.at(path, &text.span).with("value", text.value));
                    lists.item_number
                }
            },
        };
        Self { title, title_inexact, facts, item_number, ..lists }
    }
}

impl Default for ImportWords {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            title: "Møde den {date}".to_owned(),
            title_inexact: "Møde, {date}".to_owned(),
            item_number: Regex::new(&format!("^(?:{NUMBER})"))
                .unwrap_or_else(|_| unreachable!("the default pattern is a regular expression")),
            facts: LABELS.map(|(label, fact)| (label.to_owned(), fact)).into(),
            open: words(&[
                "Åbent",
                "Åben",
                "Åbent punkt",
                "Åben sag",
                "Åbne punkter",
                "Åbne sager",
                "Åben dagsorden",
                "Åbent møde",
            ]),
            closed: words(&[
                "Lukket",
                "Lukket punkt",
                "Lukket sag",
                "Lukkede punkter",
                "Lukkede sager",
                "Lukket dagsorden",
                "Lukket møde",
            ]),
            placeholders: Vec::new(),
            sections: Vec::new(),
            contents: words(&["Indhold", "Indholdsfortegnelse", "Punkter"]),
            participants: words(&["Deltagerfortegnelse", "Deltagere", "Deltagerliste", "Mødedeltagere"]),
            groups: words(&GROUPS),
            date: words(&["Dato", "Mødedato", "Tidspunkt"]),
            time: words(&["Tid", "Tidspunkt", "Mødetidspunkt", "Klokken", "Kl."]),
            place: words(&["Sted", "Mødested", "Lokale"]),
        }
    }
}
