//! Fields that several kinds of files have: aliases, corrections, case numbers.

use super::front_matter::{Fields, Spanned};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, faults};
use crate::model::{Address, CaseNumber};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// A former address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Alias {
    /// The address; ends with `/` or `.html`.
    pub address: Address,
    /// Where it is written.
    pub span: Range<usize>,
}

/// Where it is written makes no other page of it.
impl Hash for Alias {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address.hash(state);
    }
}

/// Why a published text was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the words of the contract
pub enum Reason {
    Fejl,
    Tilfoejelse,
    Anonymiseret,
    Lukket,
    Trukket,
}

impl Reason {
    /// The word in the content and in language files.
    pub fn as_str(self) -> &'static str {
        REASONS.iter().find(|(_, reason)| *reason == self).map_or("", |(word, _)| word)
    }
}

const REASONS: [(&str, Reason); 5] = [
    ("fejl", Reason::Fejl),
    ("tilfoejelse", Reason::Tilfoejelse),
    ("anonymiseret", Reason::Anonymiseret),
    ("lukket", Reason::Lukket),
    ("trukket", Reason::Trukket),
];

/// A change to what was published.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Correction {
    pub date: Date,
    pub reason: Reason,
    pub note: Option<String>,
}

/// `aliases`: each an address of the site that can be a page.
pub fn aliases(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for Spanned { value, span } in fields.texts("aliases", out) {
        match alias(&value) {
            Some(address) => aliases.push(Alias { address, span }),
            None => out.push(faults::BAD_ALIAS.at(path, &span).with("value", value)),
        }
    }
    aliases
}

/// A path that begins with `/` and names a folder or an HTML file, without anything that a file name cannot be.
fn alias(text: &str) -> Option<Address> {
    let rest = text.strip_prefix('/')?;
    let decoded = percent_encoding::percent_decode_str(rest).decode_utf8().ok()?;
    let bad = |c: char| c.is_control() || "?#\\:*\"<>|".contains(c);
    if decoded.contains(bad) || decoded.trim_end_matches('/').is_empty() {
        return None;
    }
    let parts: Vec<_> = decoded.trim_end_matches('/').split('/').collect();
    if parts.iter().any(|part| part.is_empty() || part.starts_with('.')) {
        return None;
    }
    let last = parts.last()?.to_lowercase();
    let is_file = last.ends_with(".html") || last.ends_with(".htm");
    let slash = if is_file { "" } else { "/" };
    Some(Address::new(format!("/{}{slash}", parts.join("/"))))
}

/// `corrections`.
pub fn corrections(fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Vec<Correction> {
    fields.tables("corrections", out, |fields, out| {
        let date = match fields.day("date", out) {
            Some(date) => Some(date),
            None => {
                fields.require("date", out);
                None
            }
        };
        let reason = fields.required_one_of("reason", &REASONS, out);
        let note = fields.text("note", out).map(|note| note.value);
        Some(Correction { date: date?, reason: reason?, note })
    })
}

/// Case numbers in a field, each once, in the order written.
pub fn case_numbers(
    key: &'static str,
    path: &Arc<str>,
    fields: &mut Fields<'_>,
    config: &Config,
    out: &mut Vec<Diagnostic>,
) -> Vec<Spanned<CaseNumber>> {
    let mut numbers: Vec<Spanned<CaseNumber>> = Vec::new();
    for text in fields.texts(key, out) {
        match config.case_number.parse(&text.value) {
            Some(number) if numbers.iter().any(|other| other.value == number) => {}
            Some(number) => numbers.push(Spanned { value: number, span: text.span }),
            None => {
                let fault = faults::BAD_CASE_NUMBER.at(path, &text.span).with("value", text.value);
                out.push(fault.with("pattern", config.case_number.as_str()));
            }
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::alias;

    #[test]
    fn an_alias_is_a_page_of_the_site() {
        let path = |text| alias(text).map(|address| address.path().to_owned());
        assert_eq!(path("/gammel/side"), Some("/gammel/side/".into()));
        assert_eq!(path("/gammel/side.html"), Some("/gammel/side.html".into()));
        assert_eq!(path("/m%C3%B8de/"), Some("/møde/".into()));
        for wrong in ["gammel", "/", "//x", "/a/../b", "/a?b", "/a#b", "https://x.dk/", "/.git/"] {
            assert_eq!(path(wrong), None, "{wrong}");
        }
    }
}
