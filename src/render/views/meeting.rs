//! A meeting's page.

use super::parts::{AttachmentView, CorrectionView, ItemCard, Link, clock};
use super::{Builder, View};
use crate::link::{Meeting, MeetingIx, PageRef};
use crate::parse::Person;
use crate::theme::DateView;
use serde::Serialize;

#[derive(Serialize)]
struct MeetingView<'a> {
    title: &'a str,
    date: DateView,
    start: Option<String>,
    end: Option<String>,
    place: Option<&'a str>,
    body: Option<Link>,
    status: &'static str,
    status_text: String,
    agenda_published: Option<String>,
    minutes_published: Option<String>,
    text_html: Option<String>,
    parts: Vec<Part>,
    participants: Vec<Group<'a>>,
    documents: Vec<AttachmentView>,
    corrections: Vec<CorrectionView>,
    mentions: Vec<Link>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Serialize)]
struct Part {
    number: Option<String>,
    title: Option<String>,
    items: Vec<ItemCard>,
}

#[derive(Serialize)]
struct Group<'a> {
    group: &'a str,
    people: &'a [Person],
}

pub fn meeting(builder: &Builder<'_>, ix: MeetingIx) -> View {
    let publication = builder.publication;
    let (language, catalogue) = (publication.language, &publication.record);
    let links = catalogue.meeting_links(ix);
    let meeting = &catalogue[ix];
    let doc = &meeting.doc;
    let neighbour = |ix: Option<MeetingIx>| {
        let ix = ix?;
        Some(builder.link(PageRef::Meeting(ix), publication.title_of(PageRef::Meeting(ix))))
    };
    let (previous, next) = catalogue.neighbours(ix);
    let body = meeting
        .body
        .map(|body| Link { title: catalogue[body].name.clone(), url: publication.url(&catalogue[body].address) });
    let view = MeetingView {
        title: &doc.title,
        start: doc.start.map(clock),
        end: doc.end.map(clock),
        place: doc.place.as_deref(),
        body,
        status: meeting.status.as_str(),
        status_text: publication.status_text(meeting.status),
        agenda_published: doc.agenda_published.map(|day| language.day(day)),
        minutes_published: doc.minutes_published.map(|day| language.day(day)),
        text_html: publication.text_html(PageRef::Meeting(ix)),
        parts: parts(builder, meeting),
        participants: doc
            .participants
            .iter()
            .map(|group| Group {
                group: group.title.as_deref().unwrap_or_else(|| language.text("facts", "members")),
                people: &group.people,
            })
            .collect(),
        documents: publication.attachments(&doc.documents, &links.documents),
        corrections: publication.corrections(&doc.corrections),
        mentions: publication.mentions(PageRef::Meeting(ix)),
        previous: neighbour(previous),
        next: neighbour(next),
        date: publication.date_of(ix),
    };
    let status = publication.status_text(meeting.status);
    let dated = publication.title_of(PageRef::Meeting(ix));
    let words = [("status", status.as_str()), ("meeting", dated.as_str())];
    let description = language.fill("pages", "meeting_description", &words);
    let mut page = builder.page("meeting.html", Some("meetings"), &doc.title, &description);
    page.breadcrumbs = builder.path(way(builder, meeting));
    View::new("meeting.html", page, &view)
}

/// The lists above a meeting: all meetings, and its year.
pub fn way(builder: &Builder<'_>, meeting: &Meeting) -> Vec<Link> {
    let publication = builder.publication;
    let segment = &publication.config.segments.meetings;
    let year = meeting.doc.date.earliest().year().to_string();
    let url = publication.url(&publication.list(segment).join(&format!("{year}/")));
    vec![builder.list_link("meetings", segment), Link { title: year, url }]
}

/// The agenda in its order: its headings, each with the items whose number begins with its own, and between them those
/// that stand under none.
fn parts(builder: &Builder<'_>, meeting: &Meeting) -> Vec<Part> {
    let publication = builder.publication;
    let mut headings: Vec<_> = meeting.doc.parts.iter().collect();
    headings.sort_by(|a, b| a.number.cmp(&b.number));
    let headed = |at: usize| Part {
        number: Some(headings[at].number.to_string()),
        title: Some(headings[at].title.clone()),
        items: Vec::new(),
    };
    let mut parts: Vec<Part> = Vec::new();
    // Where each heading so far stands among the parts.
    let mut places: Vec<usize> = Vec::new();
    for item in &meeting.items {
        let number = &publication.record[*item].doc.number.value;
        while headings.get(places.len()).is_some_and(|heading| heading.number <= *number) {
            parts.push(headed(places.len()));
            places.push(parts.len() - 1);
        }
        let mut own = places.iter().zip(&headings).filter(|(_, heading)| number.begins_with(&heading.number));
        let card = publication.item_card(*item);
        match own.next_back() {
            Some((place, _)) => parts[*place].items.push(card),
            None => match parts.last_mut().filter(|part| part.number.is_none()) {
                Some(part) => part.items.push(card),
                None => parts.push(Part { number: None, title: None, items: vec![card] }),
            },
        }
    }
    parts.extend((places.len()..headings.len()).map(headed));
    parts
}
