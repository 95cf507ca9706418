//! The data beside a page: `index.json`. Its form is a contract; addresses in it are absolute.

use super::Publication;
use super::prose;
use super::views::parts::state;
use crate::config::Role;
use crate::link::{AttachmentGoal, CaseIx, Entry, ItemIx, MeetingIx, PageRef, TopicIx};
use crate::parse::markdown::{Section, SectionBody};
use crate::plan::Job;
use serde::Serialize;

#[derive(Serialize)]
struct CaseData<'a> {
    kind: &'static str,
    number: &'a str,
    title: &'a str,
    url: String,
    standing: bool,
    topics: Vec<&'a str>,
    timeline: Vec<EntryData<'a>>,
    mentions: Vec<String>,
}

#[derive(Serialize)]
struct EntryData<'a> {
    date: &'a str,
    kind: &'static str,
    state: &'static str,
    meeting: &'a str,
    item: &'a str,
    title: &'a str,
    url: String,
    cases: Vec<&'a str>,
    decision: Option<&'a str>,
}

#[derive(Serialize)]
struct ItemData<'a> {
    kind: &'static str,
    meeting: &'a str,
    number: &'a str,
    title: &'a str,
    url: String,
    cases: Vec<&'a str>,
    topics: Vec<&'a str>,
    access: &'static str,
    sections: Vec<SectionData<'a>>,
    attachments: Vec<AttachmentData<'a>>,
    links: Vec<String>,
}

#[derive(Serialize)]
struct SectionData<'a> {
    role: Role,
    heading: Option<&'a str>,
    html: String,
}

#[derive(Serialize)]
struct AttachmentData<'a> {
    title: &'a str,
    url: Option<String>,
}

#[derive(Serialize)]
struct MeetingData<'a> {
    kind: &'static str,
    id: &'a str,
    date: &'a str,
    title: &'a str,
    url: String,
    status: &'static str,
    items: Vec<MeetingItem<'a>>,
}

#[derive(Serialize)]
struct MeetingItem<'a> {
    number: &'a str,
    title: &'a str,
    url: String,
    cases: Vec<&'a str>,
}

#[derive(Serialize)]
struct TopicData<'a> {
    kind: &'static str,
    slug: &'a str,
    title: &'a str,
    url: String,
    items: Vec<String>,
    cases: Vec<&'a str>,
}

/// The data of a job's page, with a newline at its end.
pub fn data(publication: &Publication<'_>, job: &Job) -> Vec<u8> {
    let mut bytes = match job {
        Job::Meeting(ix) => serde_json::to_vec(&meeting(publication, *ix)),
        Job::Item(ix) => serde_json::to_vec(&item(publication, *ix)),
        Job::Case(ix) => serde_json::to_vec(&case(publication, *ix)),
        Job::Topic { topic: ix, .. } => serde_json::to_vec(&topic(publication, *ix)),
        _ => Ok(Vec::new()),
    }
    .unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn numbers<'a>(publication: &'a Publication<'_>, cases: &[CaseIx]) -> Vec<&'a str> {
    cases.iter().map(|case| publication.record[*case].number.as_str()).collect()
}

fn slugs<'a>(publication: &'a Publication<'_>, topics: &[TopicIx]) -> Vec<&'a str> {
    topics.iter().map(|topic| publication.record[*topic].slug.as_str()).collect()
}

fn case<'a>(publication: &'a Publication<'_>, ix: CaseIx) -> CaseData<'a> {
    let record = &publication.record;
    let case = &record[ix];
    let mention = |page: &PageRef| publication.absolute(&record.address(*page));
    CaseData {
        kind: "case",
        number: case.number.as_str(),
        title: &case.title,
        url: publication.absolute(&case.address),
        standing: case.standing,
        topics: slugs(publication, &case.topics),
        timeline: record.timeline(ix).iter().map(|entry| self::entry(publication, *entry)).collect(),
        mentions: record.mentions(PageRef::Case(ix)).iter().map(mention).collect(),
    }
}

fn entry<'a>(publication: &'a Publication<'_>, entry: Entry) -> EntryData<'a> {
    let catalogue = &publication.record;
    let item = &catalogue[entry.item];
    let meeting = &catalogue[item.meeting];
    EntryData {
        date: meeting.doc.date.edtf(),
        kind: entry.kind.as_str(),
        state: state(meeting.status),
        meeting: meeting.id(),
        item: item.doc.number.value.as_str(),
        title: &item.doc.title,
        url: publication.absolute(&item.address),
        cases: numbers(publication, &item.cases),
        decision: item.open().and_then(|open| open.details.prose.decision.as_deref()),
    }
}

fn item<'a>(publication: &'a Publication<'_>, ix: ItemIx) -> ItemData<'a> {
    let catalogue = &publication.record;
    let links = catalogue.item_links(ix);
    let item = &catalogue[ix];
    let mut data = ItemData {
        kind: "item",
        meeting: catalogue[item.meeting].id(),
        number: item.doc.number.value.as_str(),
        title: &item.doc.title,
        url: publication.absolute(&item.address),
        cases: numbers(publication, &item.cases),
        topics: slugs(publication, &item.topics),
        access: "closed",
        sections: Vec::new(),
        attachments: Vec::new(),
        links: Vec::new(),
    };
    let Some(open) = item.open() else { return data };
    data.access = "open";
    if let Some(body) = publication.body() {
        let section = |(section, written): (&'a Section, &SectionBody)| SectionData {
            role: section.role,
            heading: section.heading.as_ref().map(|heading| heading.text.as_str()),
            // What is left of relative links are those to footnotes on the page.
            html: prose::html(&written.html, body, &links.prose, publication.base_url)
                .replace("href=\"#", &format!("href=\"{}#", data.url)),
        };
        data.sections = open.details.prose.sections.iter().zip(&body.sections).map(section).collect();
    }
    data.attachments = open
        .attachments
        .iter()
        .zip(&links.attachments)
        .map(|(attachment, goal)| AttachmentData {
            title: &attachment.title,
            url: match goal {
                AttachmentGoal::Site(address) => Some(publication.absolute(address)),
                AttachmentGoal::Web(url) => Some(url.clone()),
                AttachmentGoal::Nowhere => None,
            },
        })
        .collect();
    data.links = catalogue.links_of(ix).into_iter().map(|address| publication.absolute(address)).collect();
    data
}

fn meeting<'a>(publication: &'a Publication<'_>, ix: MeetingIx) -> MeetingData<'a> {
    let catalogue = &publication.record;
    let meeting = &catalogue[ix];
    let item = |item: &ItemIx| {
        let item = &catalogue[*item];
        MeetingItem {
            number: item.doc.number.value.as_str(),
            title: &item.doc.title,
            url: publication.absolute(&item.address),
            cases: numbers(publication, &item.cases),
        }
    };
    MeetingData {
        kind: "meeting",
        id: meeting.id(),
        date: meeting.doc.date.edtf(),
        title: &meeting.doc.title,
        url: publication.absolute(&meeting.address),
        status: meeting.status.as_str(),
        items: meeting.items.iter().map(item).collect(),
    }
}

fn topic<'a>(publication: &'a Publication<'_>, ix: TopicIx) -> TopicData<'a> {
    let catalogue = &publication.record;
    let topic = &catalogue[ix];
    TopicData {
        kind: "topic",
        slug: &topic.slug,
        title: &topic.title,
        url: publication.absolute(&topic.address),
        items: catalogue.items_of(ix).iter().map(|item| publication.absolute(&catalogue[*item].address)).collect(),
        cases: numbers(publication, catalogue.cases_of(ix)),
    }
}
