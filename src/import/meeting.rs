//! Which meeting a document belongs to: its date, its folder and its title.
//!
//! Takes the draft and what the secretariat asked for; gives the meeting, or says what is missing.

use super::block::Place;
use super::draft::Draft;
use super::remark::{About, Remark};
use super::{Options, Refused};
use crate::config::Config;
use crate::model::MeetingDate;
use crate::model::slug::{is_slug, slug};
use crate::parse::front_matter::{self, Value};
use crate::parse::meeting::date_of_folder;
use crate::placeholders::fill;
use crate::theme::Language;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The meeting of a document.
#[derive(Debug)]
pub struct Meeting {
    /// Its folder.
    pub id: String,
    /// What it is called: as printed, or by the configuration's pattern.
    pub title: String,
}

/// Finds the meeting, and gives the draft its date.
pub fn meeting(
    root: &Path,
    config: &Config,
    draft: &mut Draft,
    options: &Options,
    remarks: &mut Vec<Remark>,
) -> Result<Meeting, Refused> {
    if let Some(id) = options.id.as_ref().filter(|id| !is_slug(id)) {
        return Err(Refused::BadId(id.clone(), slug(id)));
    }
    let given = match &options.date {
        Some(text) => Some(MeetingDate::parse(text).ok_or_else(|| Refused::BadDate(text.clone()))?),
        None => None,
    };
    if given.is_some() {
        // The secretariat knows better than the text.
        remarks.retain(|remark| remark.about != About::DateFromText);
    }
    let printed = draft.date.as_ref().and_then(|(text, place)| Some((MeetingDate::parse(text)?, *place)));
    let known = |id: &String| date_of_folder(id).or_else(|| date_in(root, id));
    let chosen = given.or_else(|| options.id.as_ref().and_then(known));
    let date = chosen.or_else(|| printed.as_ref().map(|(date, _)| date.clone())).ok_or(Refused::NoDate)?;
    if let Some((printed, place)) = &printed
        && !(date.earliest()..=date.latest()).contains(&printed.earliest())
    {
        remarks.push(Remark::new(About::DateDiffers, *place, format!("{} | {}", printed.edtf(), date.edtf())));
    }
    let id = match &options.id {
        Some(id) => id.clone(),
        None if date.exact().is_some() => date.earliest().to_string(),
        None => with_date(root, &date).ok_or_else(|| Refused::NoId(format!("{}-udateret", date.earliest().year())))?,
    };
    let title = draft.title.clone().unwrap_or_else(|| title(config, &date));
    let place =
        draft.date.as_ref().map_or(draft.items.first().map_or(Place::Line(1), |item| item.place), |(_, place)| *place);
    draft.date = Some((date.edtf().to_owned(), place));
    Ok(Meeting { id, title })
}

/// The title of a meeting on this date, by the configuration's pattern.
fn title(config: &Config, date: &MeetingDate) -> String {
    let language = Language::new(config, &BTreeMap::new(), &mut Vec::new());
    let pattern = if date.exact().is_some() { &config.import.title } else { &config.import.title_inexact };
    let written = language.date(date).text;
    fill(pattern, |name| (name == "date").then_some(&*written))
}

/// The date that a meeting's own file has.
fn date_in(root: &Path, id: &str) -> Option<MeetingDate> {
    let path: Arc<str> = format!("content/meetings/{id}/_index.md").into();
    let text = fs::read_to_string(root.join(&*path)).ok()?;
    let cut = front_matter::cut(&path, &text, &mut Vec::new())?;
    let date = cut.entries.iter().find(|entry| entry.key == "date")?;
    match &date.node.value {
        Value::Text(text) => MeetingDate::parse(text),
        _ => None,
    }
}

/// The one meeting that has this date, which is not exact.
fn with_date(root: &Path, date: &MeetingDate) -> Option<String> {
    let folders = fs::read_dir(root.join("content/meetings")).ok()?.flatten();
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let mut found: Vec<String> = names.filter(|id| date_in(root, id).is_some_and(|other| other == *date)).collect();
    if found.len() == 1 { found.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{About, Config, Draft, Options, Place, meeting};
    use std::path::Path;

    #[test]
    fn a_printed_date_that_is_not_the_meetings_is_told() {
        let text = "base_url = \"https://example.dk\"\ntitle = \"Rådet\"\n";
        let config = Config::parse(&"sagnet.toml".into(), text, &[], &mut Vec::new()).expect("a configuration");
        let told = |date: Option<&str>, id: Option<&str>| {
            let mut draft = Draft { date: Some(("2025-11-27".to_owned(), Place::Line(3))), ..Draft::default() };
            let options = Options { date: date.map(str::to_owned), id: id.map(str::to_owned), ..Options::default() };
            let mut remarks = Vec::new();
            meeting(Path::new("/nowhere"), &config, &mut draft, &options, &mut remarks).expect("a meeting");
            remarks.into_iter().map(|remark| (remark.about, remark.text)).collect::<Vec<_>>()
        };
        let differs = vec![(About::DateDiffers, "2025-11-27 | 2025-11-28".to_owned())];
        assert_eq!(told(Some("2025-11-28"), None), differs);
        assert_eq!(told(None, Some("2025-11-28")), differs);
        assert_eq!(told(None, Some("2025-11-27")), []);
        assert_eq!(told(None, None), []);
    }
}
