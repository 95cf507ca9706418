//! The texts of a site in its language.
//!
//! Takes `lang/LANGUAGE.toml` of the built-in theme and of the site's own; gives texts by group and key, dates written
//! out, and lists joined. A text that the site's own file leaves out is the built-in one's, or the English one's.

use super::{built_in, fault};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, faults};
use crate::model::MeetingDate;
use crate::model::date::Known;
use crate::placeholders::fill;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Texts by group and key.
#[derive(Debug, Default)]
pub struct Language {
    groups: BTreeMap<String, BTreeMap<String, String>>,
    months: Vec<String>,
    weekdays: Vec<String>,
}

/// A date written out.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// As in the content.
    pub edtf: Arc<str>,
    /// `27. november 2025`.
    pub text: Arc<str>,
    /// `torsdag den 27. november 2025`.
    pub long: Arc<str>,
    /// Whether the day is known.
    pub exact: bool,
}

impl Language {
    /// The texts in the configuration's language.
    pub fn new(config: &Config, own: &BTreeMap<String, Vec<u8>>, out: &mut Vec<Diagnostic>) -> Self {
        let mut language = Self::default();
        let path = format!("lang/{}.toml", config.language);
        let english = built_in("lang/en.toml").unwrap_or_default();
        let translated = built_in(&path);
        if translated.is_none() && !own.contains_key(&path) {
            out.push(faults::UNKNOWN_LANGUAGE.in_file(&config.path).with("language", &config.language));
        }
        let files = [Some(english), translated, own.get(&path).map(Vec::as_slice)];
        for text in files.into_iter().flatten() {
            match toml::from_str(&String::from_utf8_lossy(text)) {
                Ok(table) => language.add(table),
                Err(error) => out.push(fault(config, &path, error)),
            }
        }
        language
    }

    fn add(&mut self, table: toml::Table) {
        for (group, entries) in table {
            let toml::Value::Table(entries) = entries else { continue };
            for (key, value) in entries {
                match value {
                    toml::Value::String(text) => {
                        self.groups.entry(group.clone()).or_default().insert(key, text);
                    }
                    toml::Value::Array(list) if group == "dates" => {
                        let names: Vec<_> = list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
                        match key.as_str() {
                            "months" if names.len() == 12 => self.months = names,
                            "weekdays" if names.len() == 7 => self.weekdays = names,
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// All texts of a group.
    pub fn group(&self, group: &str) -> Option<&BTreeMap<String, String>> {
        self.groups.get(group)
    }

    /// A text; its key where there is none.
    pub fn text<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.groups.get(group).and_then(|texts| texts.get(key)).map_or(key, String::as_str)
    }

    /// A text with words in its `{placeholders}`, put in in one pass.
    pub fn fill(&self, group: &str, key: &str, words: &[(&str, &str)]) -> String {
        fill(self.text(group, key), |name| words.iter().find(|(word, _)| *word == name).map(|(_, text)| *text))
    }

    /// A day: `27. november 2025`.
    pub fn day(&self, date: Date) -> String {
        self.written("day", date)
    }

    fn written(&self, pattern: &str, date: Date) -> String {
        let name = |names: &[String], from_one: i8| {
            let index = usize::try_from(from_one - 1).unwrap_or(0);
            names.get(index).cloned().unwrap_or_default()
        };
        let weekday = name(&self.weekdays, date.weekday().to_monday_one_offset());
        let (day, month, year) = (date.day().to_string(), name(&self.months, date.month()), date.year().to_string());
        self.fill("dates", pattern, &[("weekday", &weekday), ("day", &day), ("month", &month), ("year", &year)])
    }

    /// The date of a meeting, written out as far as it is known.
    pub fn date(&self, date: &MeetingDate) -> DateView {
        let (text, long) = match date.known() {
            Known::Day(day) => (self.day(day), self.written("long", day)),
            Known::Month(year, month) => {
                let text = Date::new(year, month, 1).map_or_else(|_| String::new(), |day| self.written("month", day));
                (text.clone(), text)
            }
            Known::Year(year) => (year.to_string(), year.to_string()),
            Known::Between(from, to) => {
                let pattern = if from.year() == to.year() { "day_in_year" } else { "day" };
                let text =
                    self.fill("dates", "between", &[("from", &self.written(pattern, from)), ("to", &self.day(to))]);
                (text.clone(), text)
            }
        };
        DateView { edtf: date.edtf().into(), text: text.into(), long: long.into(), exact: date.exact().is_some() }
    }

    /// `a, b og c`.
    pub fn list(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.text("facts", "and")),
        }
    }
}
