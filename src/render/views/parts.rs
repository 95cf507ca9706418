//! Parts that the views of several pages share; docs/THEMES.md lists their fields.

use super::super::Publication;
use super::super::prose::{self, escape};
use crate::link::{AttachmentGoal, CaseIx, Entry, EntryKind, ItemIx, MeetingIx, PageRef, TopicIx};
use crate::parse::markdown::{EXCERPT, excerpt};
use crate::parse::{Attachment, Correction, Status};
use crate::theme::DateView;
use serde::Serialize;
use std::sync::Arc;
use tera::Value;

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Link {
    pub title: String,
    pub url: String,
}

/// Another form of a page, or a feed or calendar that belongs to it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Alternate {
    pub kind: &'static str,
    pub title: String,
    pub r#type: &'static str,
    pub url: String,
}

impl Alternate {
    /// An Atom feed.
    pub fn feed(title: String, url: String) -> Self {
        Self { kind: "feed", title, r#type: "application/atom+xml", url }
    }

    /// An iCalendar file.
    pub fn calendar(title: String, url: String) -> Self {
        Self { kind: "calendar", title, r#type: "text/calendar", url }
    }

    /// The page's data.
    pub fn data(title: String, url: String) -> Self {
        Self { kind: "data", title, r#type: "application/json", url }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct CaseRef {
    number: String,
    title: String,
    url: String,
    standing: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct MeetingCard {
    title: String,
    pub url: String,
    date: DateView,
    start: Option<String>,
    end: Option<String>,
    place: Option<String>,
    body: Option<Link>,
    status: &'static str,
    status_text: String,
    item_count: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct ItemCard {
    number: String,
    title: String,
    url: String,
    closed: bool,
    closed_ground: Option<String>,
    cases: Vec<CaseRef>,
    topics: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    date: DateView,
    kind: &'static str,
    kind_text: String,
    state: &'static str,
    state_text: String,
    meeting: Link,
    number: String,
    title: String,
    url: String,
    cases: Vec<CaseRef>,
    excerpt: Option<String>,
    excerpt_label: Option<String>,
    current: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct TimelineView {
    pub case: Option<CaseRef>,
    pub url: String,
    pub entries: Vec<Arc<str>>,
    pub total: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    date: DateView,
    reason: &'static str,
    reason_text: String,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    pub title: String,
    pub url: Option<String>,
    type_text: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TopicCard {
    title: String,
    url: String,
    description: Option<String>,
    count: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct CaseCard {
    number: String,
    title: String,
    url: String,
    standing: bool,
    status: Option<String>,
    latest: Option<DateView>,
    count: usize,
}

/// The longest excerpt on a timeline, in characters.
const ON_TIMELINE: usize = 260;

/// The longest description of a page, in characters.
pub const DESCRIPTION: usize = 200;

impl Publication<'_> {
    pub(in crate::render) fn case_ref(&self, case: CaseIx) -> CaseRef {
        let case = &self.record[case];
        CaseRef {
            number: case.number.to_string(),
            title: case.title.clone(),
            url: self.url(&case.address),
            standing: case.standing,
        }
    }

    pub(in crate::render) fn topic_links(&self, topics: &[TopicIx]) -> Vec<Link> {
        let catalogue = &self.record;
        let link = |topic: &TopicIx| Link {
            title: catalogue[*topic].title.clone(),
            url: self.url(&catalogue[*topic].address),
        };
        topics.iter().map(link).collect()
    }

    pub(in crate::render) fn meeting_card(&self, meeting: MeetingIx) -> MeetingCard {
        let catalogue = &self.record;
        let date = self.date_of(meeting);
        let meeting = &catalogue[meeting];
        MeetingCard {
            title: meeting.doc.title.clone(),
            url: self.url(&meeting.address),
            date,
            start: meeting.doc.start.map(clock),
            end: meeting.doc.end.map(clock),
            place: meeting.doc.place.clone(),
            body: meeting
                .body
                .map(|body| Link { title: catalogue[body].name.clone(), url: self.url(&catalogue[body].address) }),
            status: meeting.status.as_str(),
            status_text: self.status_text(meeting.status),
            item_count: meeting.items.len(),
        }
    }

    pub(in crate::render) fn status_text(&self, status: Status) -> String {
        self.language.text("status", status.as_str()).to_owned()
    }

    /// The next meeting: the earliest that is planned or has only its agenda. No clock is asked.
    pub(in crate::render) fn next_meeting(&self, mut among: impl Iterator<Item = MeetingIx>) -> Option<MeetingIx> {
        among.find(|meeting| matches!(self.record[*meeting].status, Status::Planned | Status::Agenda))
    }

    pub(in crate::render) fn item_card(&self, item: ItemIx) -> ItemCard {
        let item = &self.record[item];
        ItemCard {
            number: item.doc.number.value.to_string(),
            title: item.doc.title.clone(),
            url: self.url(&item.address),
            closed: item.open().is_none(),
            closed_ground: item.closed_ground().map(str::to_owned),
            cases: item.cases.iter().map(|case| self.case_ref(*case)).collect(),
            topics: self.topic_links(&item.topics),
        }
    }

    /// An entry of a timeline; `current` is the item on whose page it stands.
    pub(in crate::render) fn entry(&self, entry: Entry, current: Option<ItemIx>) -> EntryView {
        let catalogue = &self.record;
        let item = &catalogue[entry.item];
        let meeting = &catalogue[item.meeting];
        let (excerpt, label) = self.excerpt(entry.item, ON_TIMELINE).unzip();
        EntryView {
            date: self.date_of(item.meeting),
            kind: entry.kind.as_str(),
            kind_text: self.language.text("kinds", entry.kind.as_str()).to_owned(),
            state: state(meeting.status),
            state_text: self.language.text("status", state(meeting.status)).to_owned(),
            meeting: Link { title: meeting.doc.title.clone(), url: self.url(&meeting.address) },
            number: item.doc.number.value.to_string(),
            title: item.doc.title.clone(),
            url: self.url(&item.address),
            cases: item.cases.iter().map(|case| self.case_ref(*case)).collect(),
            excerpt,
            excerpt_label: label,
            current: current == Some(entry.item),
        }
    }

    /// The HTML of an entry of a timeline, of the case `own` where it is a case's. It is rendered once for all pages
    /// that show it, but for the item's own, where it is the `current` one.
    pub(in crate::render) fn entry_html(&self, entry: Entry, current: Option<ItemIx>, own: Option<CaseIx>) -> Arc<str> {
        let own = own.filter(|own| self.record[entry.item].cases.contains(own));
        let render = |publication: &Publication<'_>| publication.rendered_entry(entry, current, own);
        if current == Some(entry.item) { render(self) } else { self.once(entry, own, &render) }
    }

    fn rendered_entry(&self, entry: Entry, current: Option<ItemIx>, own: Option<CaseIx>) -> Arc<str> {
        let own = own.map(|own| self.record[own].number.to_string());
        let values = vec![
            ("e", Value::from_serializable(&self.entry(entry, current))),
            ("own", Value::from(own)),
            ("t", self.texts.clone()),
        ];
        self.engine.part("entry.html", values).unwrap_or_else(|fault| self.fail(fault)).into()
    }

    /// An item as a treatment, as HTML, where it stands in a list and on no timeline.
    pub(in crate::render) fn treatment_html(&self, item: ItemIx) -> Arc<str> {
        self.entry_html(Entry { item, kind: EntryKind::Treatment }, None, None)
    }

    /// An item as a treatment, where it stands in a list and on no timeline.
    pub(in crate::render) fn treatment(&self, item: ItemIx) -> EntryView {
        self.entry(Entry { item, kind: EntryKind::Treatment }, None)
    }

    /// What says most of what happened: the decision, else the discussion, the recommendation, or what it is about.
    /// At most `most` characters of it, and the heading that it stands under.
    pub(in crate::render) fn excerpt(&self, item: ItemIx, most: usize) -> Option<(String, String)> {
        let telling = self.record[item].open()?.details.prose.excerpt.as_ref()?;
        let text = if most < EXCERPT { excerpt(&telling.text, most) } else { telling.text.clone() };
        Some((text, telling.label.clone()))
    }

    pub(in crate::render) fn corrections(&self, corrections: &[Correction]) -> Vec<CorrectionView> {
        let view = |correction: &Correction| CorrectionView {
            date: self.language.date(&crate::model::MeetingDate::day(correction.date)),
            reason: correction.reason.as_str(),
            reason_text: self.language.text("corrections", correction.reason.as_str()).to_owned(),
            note: correction.note.clone(),
        };
        corrections.iter().map(view).collect()
    }

    pub(in crate::render) fn attachments(
        &self,
        attachments: &[Attachment],
        goals: &[AttachmentGoal],
    ) -> Vec<AttachmentView> {
        let view = |(attachment, goal): (&Attachment, &AttachmentGoal)| {
            let (url, type_text) = match goal {
                AttachmentGoal::Site(address) => {
                    let kind = file_kind(address.path());
                    (Some(self.url(address)), Some(self.language.text("files", kind).to_owned()))
                }
                AttachmentGoal::Web(url) => (Some(url.clone()), None),
                AttachmentGoal::Nowhere => (None, None),
            };
            AttachmentView { title: attachment.title.clone(), url, type_text }
        };
        attachments.iter().zip(goals).map(view).collect()
    }

    /// Links to the pages that mention a page, by the generator's own links.
    pub(in crate::render) fn mentions(&self, page: PageRef) -> Vec<Link> {
        let link = |from: &PageRef| Link { title: self.title_of(*from), url: self.url(&self.record.address(*from)) };
        self.record.mentions(page).iter().map(link).collect()
    }

    pub(in crate::render) fn topic_card(&self, topic: TopicIx) -> TopicCard {
        let count = self.record.items_of(topic).len();
        let topic = &self.record[topic];
        TopicCard {
            title: topic.title.clone(),
            url: self.url(&topic.address),
            description: topic.own.as_ref().and_then(|own| own.doc.description.clone()),
            count,
        }
    }

    pub(in crate::render) fn case_card(&self, ix: CaseIx) -> CaseCard {
        let catalogue = &self.record;
        let case = &catalogue[ix];
        let latest = case.items.last().map(|item| catalogue[*item].meeting);
        CaseCard {
            number: case.number.to_string(),
            title: case.title.clone(),
            url: self.url(&case.address),
            standing: case.standing,
            status: case.own.as_ref().and_then(|own| own.doc.status.clone()),
            latest: latest.map(|meeting| self.date_of(meeting)),
            count: case.items.len(),
        }
    }

    /// The text of the page's own file as HTML; `None` where it has none.
    pub(in crate::render) fn text_html(&self, page: PageRef) -> Option<String> {
        prose::whole(self.body()?, self.record.goals(page), self.base_path)
    }
}

/// The state of a meeting's items: a planned meeting's are its agenda.
pub fn state(status: Status) -> &'static str {
    match status {
        Status::Planned | Status::Agenda => "agenda",
        Status::Minutes => "minutes",
        Status::Cancelled => "cancelled",
    }
}

pub fn clock(time: jiff::civil::Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// The key of the word for a kind of file.
fn file_kind(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => "pdf",
        "doc" | "docx" | "odt" | "rtf" => "word",
        "xls" | "xlsx" | "ods" | "csv" | "tsv" => "spreadsheet",
        "ppt" | "pptx" | "odp" => "presentation",
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" => "image",
        "txt" | "md" => "text",
        "zip" => "archive",
        "mp3" | "ogg" | "wav" | "m4a" => "audio",
        "mp4" | "webm" | "mov" => "video",
        _ => "other",
    }
}

/// Texts as a list in HTML, or as a text where there is only one.
pub fn listed(texts: &[String]) -> String {
    match texts {
        [one] => escape(one),
        _ => format!("<ul>{}</ul>", texts.iter().map(|text| format!("<li>{}</li>", escape(text))).collect::<String>()),
    }
}
