//! What is told of a site as a whole: the texts that its diagnostics show, without personal numbers, and whether its
//! accessibility statement is due.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, faults};
use crate::privacy::cpr;
use crate::read::{self, Settings, Source};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The texts of those files that something is told of.
pub fn texts(settings: &Settings, sources: &[Source], diagnostics: &[Diagnostic]) -> BTreeMap<Arc<str>, Arc<str>> {
    let mut texts = BTreeMap::from([(settings.config.path.clone(), settings.text.clone())]);
    for path in diagnostics.iter().map(|diagnostic| &diagnostic.place.path) {
        let Ok(at) = sources.binary_search_by(|source| source.path.cmp(path)) else { continue };
        if !texts.contains_key(path)
            && let Some(text) = read::text(&sources[at]).ok().and_then(|written| written.text)
        {
            texts.insert(path.clone(), text);
        }
    }
    texts
}

/// Masks the digits of every place that holds a CPR number which only its readers see in one piece, since the source writes
/// it in pieces or with character references: in the texts, and in the words of what else is said of that place. Those
/// that are in one piece in the source, the printer masks.
pub fn hide_numbers(texts: &mut BTreeMap<Arc<str>, Arc<str>>, diagnostics: &mut [Diagnostic]) {
    let hide = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "*");
    let is_cpr = |code| matches!(code, Code::CprNumber | Code::PossibleCprNumber);
    let mut hidden: Vec<(Arc<str>, (usize, usize))> = Vec::new();
    for Diagnostic { fault, place, .. } in diagnostics.iter() {
        let (Some((start, end)), Some(text)) = (place.span, texts.get_mut(&place.path)) else { continue };
        let Some(written) = text.get(start..end).filter(|written| is_cpr(fault.code) && !cpr::is_one(written)) else {
            continue;
        };
        *text = [&text[..start], &hide(written), &text[end..]].concat().into();
        hidden.push((place.path.clone(), (start, end)));
    }
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| !is_cpr(diagnostic.fault.code)) {
        let Some((start, end)) = diagnostic.place.span else { continue };
        let touches =
            |(path, at): &(Arc<str>, (usize, usize))| *path == diagnostic.place.path && at.0 < end && start < at.1;
        if hidden.iter().any(touches) {
            diagnostic.words.iter_mut().for_each(|(_, word)| *word = hide(word));
        }
    }
}

/// A statement must be there, and be renewed at least yearly; a month before, it is time to begin.
pub fn statement(config: &Config, today: Date, out: &mut Vec<Diagnostic>) {
    const MONTHS: i32 = 11;
    let Some(statement) = &config.accessibility else {
        out.push(faults::NO_ACCESSIBILITY_STATEMENT.in_file(&config.path));
        return;
    };
    let Some(updated) = &statement.updated else { return };
    let due = updated.value.checked_add(jiff::Span::new().months(MONTHS)).unwrap_or(Date::MAX);
    if today > due {
        let fault = faults::OLD_ACCESSIBILITY_STATEMENT.at(&config.path, &updated.span);
        out.push(fault.with("date", updated.value.to_string()));
    }
}
