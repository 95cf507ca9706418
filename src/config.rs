//! The site's configuration: sagnet.toml.
//!
//! Takes the file's text; gives a checked [`Config`], or every fault of it. docs/CONFIGURATION.md explains each key.

mod import;
mod segments;

pub use import::{Fact, ImportWords};
pub use segments::Segments;

use crate::diagnostic::{Diagnostic, faults};
use crate::model::{CasePattern, slug::slug};
use crate::parse::front_matter::{self, Fields, Spanned};
use crate::theme;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of the file.
pub const FILE: &str = "sagnet.toml";

/// What a section of an item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the words of the contract
pub enum Role {
    Background,
    Recommendation,
    Presentation,
    Discussion,
    Decision,
    Attachments,
    Other,
    Lead,
}

/// The words of the roles in sagnet.toml.
const ROLES: [(&str, Role); 6] = [
    ("background", Role::Background),
    ("recommendation", Role::Recommendation),
    ("presentation", Role::Presentation),
    ("discussion", Role::Discussion),
    ("decision", Role::Decision),
    ("attachments", Role::Attachments),
];

/// A link that the configuration names.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // a title and a URL
pub struct NamedLink {
    pub title: String,
    pub url: String,
}

/// The accessibility statement.
#[derive(Debug, Clone)]
pub struct Accessibility {
    /// Where it stands.
    pub url: String,
    /// The day it was last renewed, and the place of that date in the file.
    pub updated: Option<Spanned<Date>>,
}

/// A text that looks like a CPR number and is none.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// Its digits.
    pub digits: String,
}

/// The checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Path of the file, for diagnostics.
    pub path: Arc<str>,
    /// Scheme and host of the site, and perhaps a path, without a slash at the end.
    pub base_url: String,
    /// The council's name.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// `da`, `en`, or what a theme has a language file for.
    pub language: String,
    /// The theme's name.
    pub theme: String,
    /// The name in ids of feeds and calendars that must never change: by default the host of `base_url`.
    pub authority: String,
    /// The time zone of the meetings.
    pub time_zone: TimeZone,
    /// The form of a case number.
    pub case_number: CasePattern,
    /// Words that name the council in a sentence.
    pub council_words: Vec<String>,
    /// Folded heading texts and their roles.
    pub roles: BTreeMap<String, Role>,
    /// The words of addresses.
    pub segments: Segments,
    /// Entries on each page of a list that is cut into pages.
    pub per_page: usize,
    /// Contact details in the footer (Markdown).
    pub contact: Option<Spanned<String>>,
    /// The organisation's own site.
    pub parent: Option<NamedLink>,
    /// The accessibility statement.
    pub accessibility: Option<Accessibility>,
    /// False alarms of the CPR rule.
    pub allowed: Vec<Allowed>,
    /// The words of the documents that are imported.
    pub import: ImportWords,
}

impl Config {
    /// Reads sagnet.toml. With faults, what could be read goes on, so that the content is checked in the same run;
    /// `None` only where the file is no TOML.
    pub fn parse(path: &Arc<str>, text: &str, themes: &[String], out: &mut Vec<Diagnostic>) -> Option<Self> {
        let before = out.len();
        let entries = front_matter::whole_toml(path, text, out);
        if out.len() > before {
            return None;
        }
        let mut fields = Fields::new(path, &entries, 0..0);
        let base_url = fields.required_text("base_url", out).map(|url| base_url(path, url, out)).unwrap_or_default();
        let configured_title = fields.required_text("title", out).map(|title| title.value).unwrap_or_default();
        let description = fields.text("description", out).map(|text| text.value).unwrap_or_default();
        let language = fields.text("language", out);
        let theme_name = fields.text("theme", out);
        let authority = fields.text("authority", out).and_then(|text| self::authority(path, text, out));
        let config = Self {
            path: path.clone(),
            authority: authority.unwrap_or_else(|| host(&base_url).to_owned()),
            base_url,
            title: configured_title,
            description,
            theme: theme_of(path, theme_name, themes, out),
            language: language.map_or_else(|| "da".to_owned(), |text| text.value),
            time_zone: time_zone(path, &mut fields, out),
            case_number: case_number(path, &mut fields, out),
            council_words: council_words(&mut fields, out),
            roles: roles(path, &mut fields, out),
            segments: Segments::read(path, &mut fields, out),
            per_page: fields.count("per_page", 1..=10_000, out).unwrap_or(50),
            contact: fields.text("contact", out),
            parent: fields.table("parent", out, |fields, out| {
                let (title, url) = (fields.required_text("title", out), fields.required_text("url", out));
                let url = web_url(path, url?, out)?;
                Some(NamedLink { title: title?.value, url })
            }),
            accessibility: fields.table("accessibility", out, |fields, out| {
                let url = fields.required_text("url", out);
                let updated = fields.date_text("updated", out);
                fields.require("updated", out);
                let updated = updated.and_then(|text| day(path, text, out));
                let url = url.and_then(|url| web_url(path, url, out));
                // One that is wrong was told; it is not missing.
                Some(Accessibility { url: url.unwrap_or_default(), updated })
            }),
            allowed: fields.table("privacy", out, |fields, out| Some(allowed(fields, out))).unwrap_or_default(),
            import: ImportWords::read(path, &mut fields, out),
        };
        fields.finish(out);
        Some(config)
    }

    /// The path of `base_url`: empty or `/path`, percent-encoded as written.
    pub fn base_path(&self) -> &str {
        base_path(&self.base_url)
    }

    /// Whether these digits are a false alarm of the CPR rule.
    pub fn allows(&self, digits: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed.digits.contains(digits))
    }

    /// The role of a section with this heading.
    pub fn role(&self, heading: &str) -> Role {
        self.roles.get(&fold(heading)).copied().unwrap_or(Role::Other)
    }
}

/// The path of a base URL: empty or `/path`.
pub fn base_path(base_url: &str) -> &str {
    let after_scheme = base_url.find("://").map_or(0, |at| at + 3);
    base_url[after_scheme..].find('/').map_or("", |at| &base_url[after_scheme + at..])
}

/// Checks a base URL and takes the slash from its end; `None` where it is no http or https address.
pub fn checked_base_url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or("");
    let good =
        !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\"'<>\\".contains(c));
    good.then(|| text.trim_end_matches('/').to_owned())
}

fn base_url(path: &Arc<str>, url: Spanned<String>, out: &mut Vec<Diagnostic>) -> String {
    checked_base_url(&url.value).unwrap_or_else(|| {
        out.push(faults::BAD_URL.at(path, &url.span).with("value", url.value));
        String::new()
    })
}

fn web_url(path: &Arc<str>, url: Spanned<String>, out: &mut Vec<Diagnostic>) -> Option<String> {
    let good = checked_base_url(url.value.split(['?', '#']).next().unwrap_or("")).is_some();
    if !good {
        out.push(faults::BAD_URL.at(path, &url.span).with("value", url.value));
        return None;
    }
    Some(url.value)
}

/// The name in ids: a host or a mail address, as tag URIs want it.
fn authority(path: &Arc<str>, name: Spanned<String>, out: &mut Vec<Diagnostic>) -> Option<String> {
    if name.value.chars().all(|c| c.is_ascii_alphanumeric() || "-.@_".contains(c)) {
        return Some(name.value);
    }
    out.push(faults::BAD_URL.at(path, &name.span).with("value", name.value));
    None
}

fn host(base_url: &str) -> &str {
    base_url.split("://").nth(1).unwrap_or("").split(['/', ':']).next().unwrap_or("")
}

fn day(path: &Arc<str>, text: Spanned<String>, out: &mut Vec<Diagnostic>) -> Option<Spanned<Date>> {
    let day = crate::model::date::parse_day(&text.value);
    if day.is_none() {
        out.push(faults::BAD_DAY.at(path, &text.span).with("field", "updated").with("value", text.value.clone()));
    }
    Some(Spanned { value: day?, span: text.span })
}

fn theme_of(path: &Arc<str>, name: Option<Spanned<String>>, themes: &[String], out: &mut Vec<Diagnostic>) -> String {
    let Some(name) = name else { return theme::BUILT_IN.to_owned() };
    if name.value != theme::BUILT_IN && !themes.contains(&name.value) {
        out.push(faults::UNKNOWN_THEME.at(path, &name.span).with("theme", name.value));
        return theme::BUILT_IN.to_owned();
    }
    name.value
}

fn time_zone(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> TimeZone {
    let name = fields.text("time_zone", out);
    let wanted = name.as_ref().map_or("Europe/Copenhagen", |name| name.value.as_str());
    TimeZone::get(wanted).unwrap_or_else(|_| {
        if let Some(name) = name {
            out.push(faults::UNKNOWN_TIME_ZONE.at(path, &name.span).with("value", name.value));
        }
        TimeZone::UTC
    })
}

fn case_number(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> CasePattern {
    let configured = fields.text("case_number", out);
    let pattern = configured.as_ref().map_or(CasePattern::DEFAULT, |text| text.value.as_str());
    CasePattern::new(pattern).unwrap_or_else(|| {
        if let Some(text) = configured {
            out.push(faults::BAD_PATTERN.at(path, &text.span).with("value", text.value));
        }
        CasePattern::default()
    })
}

fn council_words(fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let words: Vec<_> = fields.texts("council_words", out).into_iter().map(|word| word.value).collect();
    if words.is_empty() { ["rådet", "It-Arkitekturrådet", "mødet"].map(str::to_owned).into() } else { words }
}

/// `[roles]`: heading texts for each role, beside the Danish defaults.
fn roles(path: &Arc<str>, fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> BTreeMap<String, Role> {
    let defaults = ["Baggrund", "Indstilling", "Sagsfremstilling", "Drøftelse", "Beslutning", "Bilag"];
    let mut roles: BTreeMap<_, _> =
        defaults.iter().zip(ROLES).map(|(heading, (_, role))| (fold(heading), role)).collect();
    for (heading, word) in fields.pairs("roles", out) {
        match ROLES.iter().find(|(name, _)| *name == word.value) {
            Some((_, role)) => {
                roles.insert(fold(&heading.value), *role);
            }
            None => {
                let known = ROLES.map(|(name, _)| name).join(", ");
                let fault = faults::NOT_ONE_OF.at(path, &word.span).with("field", heading.value);
                out.push(fault.with("value", word.value).with("known", known));
            }
        }
    }
    roles
}

fn allowed(fields: &mut Fields<'_>, out: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    fields.tables("allow", out, |fields, out| {
        let text = fields.required_text("text", out);
        fields.required_text("reason", out);
        Some(Allowed { digits: text?.value.chars().filter(char::is_ascii_digit).collect() })
    })
}

/// A heading without what does not matter for its role: letter case, blanks and punctuation.
fn fold(heading: &str) -> String {
    slug(heading)
}
