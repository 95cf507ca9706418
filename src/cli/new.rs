//! `sagnet new`: a new file of the content with its front matter. An existing file is never touched.

use super::Trouble;
use crate::config::{self, Config};
use crate::model::file_name::item_file;
use crate::model::slug::{is_slug, slug};
use crate::model::{ItemNumber, MeetingDate};
use crate::parse::front_matter;
use crate::parse::meeting::date_of_folder;
use crate::privacy::cpr;
use clap::Subcommand;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub enum New {
    /// A meeting: its folder and _index.md.
    Meeting {
        /// The folder's name: the date (2025-11-27), with a suffix for a further one that day (2025-11-27-ekstra).
        id: String,
        /// The meeting's title.
        #[arg(long)]
        title: String,
        /// The date, where the folder's name does not say it; EDTF where only a month or an interval is known.
        #[arg(long)]
        date: Option<String>,
    },
    /// An item on a meeting's agenda.
    Item {
        /// The meeting's folder.
        meeting: String,
        /// The item's number (2.2).
        number: String,
        /// The item's title.
        #[arg(long)]
        title: String,
        /// The case number; may be given several times.
        #[arg(long = "case", value_name = "NUMBER")]
        cases: Vec<String>,
    },
    /// What the secretariat adds about a case.
    Case {
        /// The case number.
        number: String,
        /// A title, where it is not that of the latest treatment.
        #[arg(long)]
        title: Option<String>,
        /// A number that is reused for unrelated items.
        #[arg(long)]
        standing: bool,
    },
    /// A topic with its name.
    Topic {
        /// The last part of its address (digital-post).
        slug: String,
        /// The topic's name.
        #[arg(long)]
        title: String,
    },
}

/// Makes the file; gives its path, relative to the root.
pub fn new(root: &Path, new: &New) -> Result<String, Trouble> {
    let config = configuration(root)?;
    let trouble = |key, words: Vec<(&'static str, String)>| Trouble { language: config.language.clone(), key, words };
    if let New::Meeting { title, .. } | New::Item { title, .. } | New::Topic { title, .. } = new
        && title.trim().is_empty()
    {
        return Err(trouble("blank_title", Vec::new()));
    }
    let (path, text) = match new {
        New::Meeting { id, title, date } => {
            if !is_slug(id) {
                return Err(trouble("not_a_slug", vec![("value", id.clone()), ("slug", slug(id))]));
            }
            if id.len() == 4 && id.bytes().all(|b| b.is_ascii_digit()) {
                return Err(trouble("year_taken", vec![("value", id.clone())]));
            }
            let dated = date_of_folder(id).is_some();
            match date {
                Some(date) if MeetingDate::parse(date).is_none() => {
                    return Err(trouble("not_a_date", vec![("value", date.clone())]));
                }
                None if !dated => return Err(trouble("date_needed", vec![("value", id.clone())])),
                _ => {}
            }
            let date = date.as_ref().map_or_else(String::new, |date| format!("date = {}\n", quoted(date)));
            (format!("content/meetings/{id}/_index.md"), format!("+++\ntitle = {}\n{date}+++\n", quoted(title)))
        }
        New::Item { meeting, number, title, cases } => {
            let file = root.join(format!("content/meetings/{meeting}/_index.md"));
            if !is_slug(meeting) || !file.is_file() {
                return Err(trouble("no_meeting", vec![("value", meeting.clone())]));
            }
            let Some(number) = ItemNumber::new(number) else {
                return Err(trouble("not_a_number", vec![("value", number.clone())]));
            };
            let mut numbers = Vec::new();
            for case in cases {
                match config.case_number.parse(case) {
                    Some(number) => numbers.push(quoted(number.as_str())),
                    None => return Err(trouble("not_a_case", vec![("value", case.clone())])),
                }
            }
            if let Some(taken) = item_with_number(root, meeting, &number) {
                return Err(trouble("number_taken", vec![("value", number.to_string()), ("path", taken)]));
            }
            let headings = ["background", "recommendation", "presentation"].map(|role| heading(&config, role));
            let text = format!(
                "+++\nnumber = {}\ntitle = {}\ncases = [{}]\nresponsible = []\ntopics = []\n+++\n\n## {}\n",
                quoted(number.as_str()),
                quoted(title),
                numbers.join(", "),
                headings.join("\n\n## "),
            );
            (format!("content/meetings/{meeting}/{}.md", item_file(number.as_str(), title)), text)
        }
        New::Case { number, title, standing } => {
            let Some(number) = config.case_number.parse(number).filter(|number| number.segment() == number.as_str())
            else {
                return Err(trouble("not_a_case", vec![("value", number.clone())]));
            };
            let title = title.as_ref().map_or_else(String::new, |title| format!("title = {}\n", quoted(title)));
            let standing = if *standing { "standing = true\n" } else { "" };
            (format!("content/cases/{number}.md"), format!("+++\n{title}{standing}+++\n"))
        }
        New::Topic { slug: name, title } => {
            if !is_slug(name) {
                return Err(trouble("not_a_slug", vec![("value", name.clone()), ("slug", slug(name))]));
            }
            (format!("content/topics/{name}.md"), format!("+++\ntitle = {}\ndescription = \"\"\n+++\n", quoted(title)))
        }
    };
    if let Some(found) = cpr::find(&path).into_iter().chain(cpr::find(&text)).next() {
        return Err(trouble("cpr", vec![("value", cpr::masked(&found.digits))]));
    }
    let file = root.join(&path);
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => trouble("exists", vec![("path", path.clone())]),
        _ => trouble("cannot_write", vec![("path", path.clone()), ("reason", error.to_string())]),
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    File::create_new(&file).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)?;
    Ok(path)
}

/// The file of the meeting's item that has this number already.
fn item_with_number(root: &Path, meeting: &str, number: &ItemNumber) -> Option<String> {
    let folder = format!("content/meetings/{meeting}");
    let mut names: Vec<_> = fs::read_dir(root.join(&folder)).ok()?.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    names.iter().filter_map(|name| name.to_str()).filter(|name| name.ends_with(".md") && *name != "_index.md").find_map(
        |name| {
            let path: Arc<str> = format!("{folder}/{name}").into();
            let text = fs::read_to_string(root.join(&*path)).ok()?;
            let cut = front_matter::cut(&path, &text, &mut Vec::new())?;
            let is_number = |entry: &front_matter::Entry| {
                let same = |text: &str| ItemNumber::new(text).as_ref() == Some(number);
                entry.key == "number" && matches!(&entry.node.value, front_matter::Value::Text(text) if same(text))
            };
            cut.entries.iter().any(is_number).then(|| path.to_string())
        },
    )
}

/// The configuration, as far as it can be read: a fault in it is `check`'s to tell.
pub(super) fn configuration(root: &Path) -> Result<Config, Trouble> {
    let file = root.join(config::FILE);
    let trouble = |key, words| Trouble { language: "da".to_owned(), key, words };
    let shown = root.display().to_string();
    let text = fs::read_to_string(&file).map_err(|_| trouble("no_config", vec![("path", shown.clone())]))?;
    Config::parse(&config::FILE.into(), &text, &[], &mut Vec::new())
        .ok_or_else(|| trouble("bad_config", vec![("path", shown)]))
}

/// The first heading that the configuration gives a role, in the site's language.
fn heading(config: &Config, role: &str) -> &'static str {
    match (config.language.as_str(), role) {
        ("en", "background") => "Background",
        ("en", "recommendation") => "Recommendation",
        ("en", _) => "Presentation",
        (_, "background") => "Baggrund",
        (_, "recommendation") => "Indstilling",
        _ => "Sagsfremstilling",
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
