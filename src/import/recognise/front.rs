//! The front of a document: what it says of the meeting as a whole.
//!
//! Takes the blocks before the first title; gives a draft without items. What is not understood is its lead text.

use super::{line, people};
use crate::danish::{self, Written};
use crate::import::block::{Block, Inline, Kind, Place, Text};
use crate::import::draft::Draft;
use crate::import::remark::{About, Remark};
use crate::import::template::{Template, fold, own_pattern};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// Reads the front.
pub fn front(blocks: Vec<Block>, template: &Template<'_>, remarks: &mut Vec<Remark>) -> Draft {
    let (participants, blocks) = people::people(blocks, template, remarks);
    let mut draft = Draft { participants, ..Draft::default() };
    let mut dates = Vec::new();
    for block in flat(blocks) {
        let words = line(&block).map(Text::words).unwrap_or_default();
        let known = dates.len();
        if words.is_empty() || !labelled(&words, block.place, &mut draft, &mut dates, template) {
            keep(block, &words, &mut draft, template, remarks);
        } else if let Some(candidate) = dates.get_mut(known)
            && draft.title.as_deref() != Some(words.trim())
        {
            candidate.line = Some(block);
        }
    }
    choose(dates, &mut draft, remarks);
    if let Some(first) = draft.lead.first() {
        let words = super::text_of(first);
        if words.starts_with(char::is_lowercase) {
            remarks.push(Remark::new(About::CutText, first.place, words.clone()));
        }
        remarks.push(Remark::new(About::LeadText, first.place, words));
    }
    draft
}

/// A date that may be the meeting's.
struct Candidate {
    rank: Rank,
    date: Date,
    place: Place,
    /// Its line, which stays text where another date is taken.
    line: Option<Block>,
}

/// How a date stands on the front: the first is the most certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Behind a label.
    Labelled,
    /// In a line that speaks of a meeting.
    Meeting,
    /// By itself.
    Bare,
}

/// Takes the date that stands most certainly, the first of several; and tells where there are others.
fn choose(dates: Vec<Candidate>, draft: &mut Draft, remarks: &mut Vec<Remark>) {
    let Some(chosen) = dates.iter().min_by_key(|candidate| candidate.rank) else { return };
    let (date, place) = (chosen.date, chosen.place);
    draft.date = Some((date.to_string(), place));
    let mut distinct = vec![date];
    for candidate in &dates {
        if !distinct.contains(&candidate.date) {
            distinct.push(candidate.date);
        }
    }
    if distinct.len() > 1 {
        let named: Vec<String> = distinct.iter().map(Date::to_string).collect();
        remarks.push(Remark::new(About::SeveralDates, place, named.join(" | ")));
        draft.lead.extend(dates.into_iter().filter(|other| other.date != date).filter_map(|other| other.line));
        draft.lead.sort_by_key(|block| block.place);
    }
}

/// Words of a line whose date is another meeting's, or that of something done.
const OTHER_DATES: [&str; 11] = [
    "godkendt",
    "godkendelse",
    "næste møde",
    "forrige",
    "foregående",
    "sidste",
    "seneste",
    "udsendt",
    "udsendelse",
    "offentliggjort",
    "offentliggørelse",
];

/// Whether the date in this line is not that of the meeting.
fn has_other_date(words: &str) -> bool {
    let lower = words.to_lowercase();
    OTHER_DATES.iter().any(|other| lower.contains(other))
}

/// Tables of labels and values, and lines within a paragraph, as lines of their own.
fn flat(blocks: Vec<Block>) -> Vec<Block> {
    let mut flat = Vec::new();
    for block in blocks {
        match &block.kind {
            Kind::Table(rows) if rows.iter().all(|row| row.len() == 2) => {
                for row in rows {
                    let cells: Vec<String> =
                        row.iter().map(|cell| cell.iter().map(super::text_of).collect::<Vec<_>>().join(" ")).collect();
                    let place = row.iter().flatten().next().map_or(block.place, |first| first.place);
                    let text = format!("{}: {}", cells[0].trim_end_matches(':'), cells[1]);
                    flat.push(Block { place, kind: Kind::Paragraph(Text::plain(text).tidy()) });
                }
            }
            Kind::Paragraph(text) if text.0.contains(&Inline::Break) => {
                let parts = text.0.split(|inline| *inline == Inline::Break);
                flat.extend(
                    parts.map(|part| Block { place: block.place, kind: Kind::Paragraph(Text(part.to_vec()).tidy()) }),
                );
            }
            _ => flat.push(block),
        }
    }
    flat
}

/// Reads a line with a label, or a line that is a date; false where it is neither.
fn labelled(words: &str, place: Place, draft: &mut Draft, dates: &mut Vec<Candidate>, template: &Template<'_>) -> bool {
    let import = &template.config().import;
    let value = |labels: &[String]| {
        let (label, value) = words.split_once(':')?;
        labels
            .iter()
            .any(|known| fold(known) == fold(label))
            .then(|| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    let mut read = false;
    if let Some(value) = value(&import.date)
        && let Some((date, rest)) = date(&value)
    {
        dates.push(Candidate { rank: Rank::Labelled, date, place, line: None });
        read = rest.is_empty() || times(&rest, draft);
    }
    if let Some(value) = value(&import.time)
        && !read
    {
        read = times(&value, draft);
    }
    if let Some(value) = value(&import.place) {
        draft.place.get_or_insert(value);
        read = true;
    }
    if read {
        return true;
    }
    if has_other_date(words) {
        return false;
    }
    let Some((date, rest)) = date(words) else { return false };
    // `Mødet den 27. november 2025 kl. 10:00-15:00`: the times stand behind the date.
    let timed = rest.split_once(" kl").map(|(before, times)| (before.to_owned(), format!("kl{times}")));
    let rest = match timed {
        Some((before, after)) if times(&after, draft) => before,
        _ => rest,
    };
    let folded = fold(&rest);
    let is_title = words.to_lowercase().contains("møde") && words.split_whitespace().count() < 14;
    if folded.is_empty() || is_title {
        let rank = if words.to_lowercase().contains("møde") { Rank::Meeting } else { Rank::Bare };
        dates.push(Candidate { rank, date, place, line: None });
        let bare = ["", "moede", "moedet"].contains(&folded.as_str()) || times(&rest, draft);
        if !bare {
            draft.title.get_or_insert(words.trim().to_owned());
        }
        return bare || draft.title.as_deref() == Some(words.trim());
    }
    false
}

/// Whether these words are the kind of a document and no more.
pub fn is_kind(words: &str) -> bool {
    let kinds = ["dagsorden", "referat", "beslutningsreferat", "protokol", "moedereferat", "moededagsorden"];
    kinds.contains(&fold(words).as_str())
}

/// What of the front has no field: the name of the council and the kind of document are known, the rest is text.
fn keep(block: Block, words: &str, draft: &mut Draft, template: &Template<'_>, remarks: &mut Vec<Remark>) {
    let folded = fold(words);
    let config = template.config();
    let known =
        folded == fold(&config.title) || is_kind(words) || config.council_words.iter().any(|word| fold(word) == folded);
    if !folded.is_empty() && known {
        remarks.push(Remark::new(About::KnownHeading, block.place, words));
    } else if template.is_placeholder(words) {
        remarks.push(Remark::new(About::Template, block.place, words));
    } else {
        draft.lead.push(block);
    }
}

static NUMERIC: LazyLock<Option<Regex>> =
    LazyLock::new(|| own_pattern(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b"));
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| own_pattern(r"\b(\d{1,2})[.:](\d{2})\b"));

/// The one date in a text, and the text without it, its weekday and the words before it.
fn date(text: &str) -> Option<(Date, String)> {
    let written: Vec<_> = danish::dates(text)
        .into_iter()
        .filter_map(|(at, date)| match date {
            Written::Day(date) => Some((at, date)),
            Written::Month(..) => None,
        })
        .collect();
    let (at, date) = match written.as_slice() {
        [one] => one.clone(),
        [] => {
            let found = NUMERIC.as_ref()?.captures(text)?;
            let part = |n: usize| found.get(n).and_then(|part| part.as_str().parse::<i16>().ok());
            let (year, month, day) = match (part(3), part(4)) {
                (Some(year), _) => (year, part(2)?, part(1)?),
                _ => (part(4)?, part(5)?, part(6)?),
            };
            let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            (found.get(0)?.range(), date)
        }
        _ => return None,
    };
    let weekdays = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag", "den", "d."];
    let words = |part: &str| {
        part.split_whitespace()
            .filter(|word| !weekdays.contains(&word.to_lowercase().trim_matches(',')))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let rest = format!("{} {}", words(&text[..at.start]), words(&text[at.end..]));
    Some((date, rest.trim().trim_matches(|c: char| c.is_whitespace() || ",.;".contains(c)).to_owned()))
}

/// Reads the times of a text that holds nothing else: `kl. 10:00-15:00`.
fn times(text: &str, draft: &mut Draft) -> bool {
    let Some(pattern) = TIME.as_ref() else { return false };
    let found: Vec<String> = pattern
        .captures_iter(text)
        .filter_map(|found| {
            let hour: u8 = found.get(1)?.as_str().parse().ok()?;
            let minute: u8 = found.get(2)?.as_str().parse().ok()?;
            (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
        })
        .collect();
    let rest = pattern.replace_all(text, "").to_lowercase();
    let filler = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| ["kl", "klokken", "til", "fra"].contains(&word));
    let mut found = found.into_iter();
    let (Some(start), true) = (found.next(), filler) else { return false };
    draft.start.get_or_insert(start);
    if let Some(end) = found.next() {
        draft.end.get_or_insert(end);
    }
    true
}

/// Takes the day of the meeting from the text of its items, where the front tells none: the one date that the text says a
/// meeting is on.
pub fn date_from_text(draft: &mut Draft, remarks: &mut Vec<Remark>) {
    let mut found: Vec<(Date, Place, String)> = Vec::new();
    for block in super::blocks(draft) {
        let text = super::text_of(block);
        for (at, written) in danish::dates(&text) {
            let before = text[..at.start].trim_end().to_lowercase();
            let meeting = ["mødet den", "møde den", "mødet d.", "mødet"].iter().any(|words| before.ends_with(words));
            if let Written::Day(date) = written
                && meeting
            {
                found.push((date, block.place, text.chars().take(80).collect()));
            }
        }
    }
    let Some((date, place, text)) = found.first() else { return };
    if draft.date.is_none() && found.iter().all(|(other, ..)| other == date) {
        remarks.push(Remark::new(About::DateFromText, *place, text.clone()));
        draft.date = Some((date.to_string(), *place));
    }
}

#[cfg(test)]
mod tests {
    use super::{date, front, times};
    use crate::config::Config;
    use crate::import::block::{Block, Kind, Place, Text};
    use crate::import::draft::Draft;
    use crate::import::remark::About;
    use crate::import::template::Template;

    #[test]
    fn the_most_certain_date_is_the_meetings() {
        let text = "base_url = \"https://example.dk\"\ntitle = \"Rådet\"\n";
        let config = Config::parse(&"sagnet.toml".into(), text, &[], &mut Vec::new()).expect("a configuration");
        let read = |lines: &[&str]| {
            let block = |text: &&str| Block { place: Place::Line(1), kind: Kind::Paragraph(Text::plain(*text)) };
            let mut remarks = Vec::new();
            let draft = front(lines.iter().map(block).collect(), &Template::new(&config), &mut remarks);
            let several = remarks.into_iter().find(|remark| remark.about == About::SeveralDates);
            (draft.date.map(|(date, _)| date), draft.title, draft.lead.len(), several.map(|remark| remark.text))
        };
        let day = Some("2025-11-27".to_owned());
        let several = Some("2025-11-27 | 2025-11-20".to_owned());
        assert_eq!(read(&["20. november 2025", "Dato: 27. november 2025"]), (day.clone(), None, 1, several.clone()));
        assert_eq!(read(&["20. november 2025", "Mødet den 27. november 2025"]), (day.clone(), None, 1, several));
        let others = ["Godkendt på mødet den 4. december 2025", "Næste møde: 4. december 2025", "27.11.2025"];
        assert_eq!(read(&others), (day.clone(), None, 2, None));
        assert_eq!(read(&["27.11.2025", "Torsdag den 27. november 2025"]), (day, None, 0, None));
    }

    #[test]
    fn dates_and_times_of_a_front_page_are_read() {
        let told = |text| date(text).map(|(date, rest)| (date.to_string(), rest));
        let day = |rest: &str| Some(("2025-11-27".to_owned(), rest.to_owned()));
        assert_eq!(told("torsdag den 27. november 2025"), day(""));
        assert_eq!(told("27.11.2025 kl. 10:00"), day("kl. 10:00"));
        assert_eq!(told("2025-11-27"), day(""));
        assert_eq!(told("Møde i It-Arkitekturrådet den 27. november 2025"), day("Møde i It-Arkitekturrådet"));
        assert_eq!(told("i november 2025"), None);
        let mut draft = Draft::default();
        assert!(times("kl. 9.30 - 15:00", &mut draft));
        assert_eq!((draft.start.as_deref(), draft.end.as_deref()), (Some("09:30"), Some("15:00")));
        assert!(!times("kl. 9.30 i salen", &mut draft));
    }
}
