//! The front page, the search page, other pages, redirects, and the page for what is not there.

use super::lists::Group;
use super::paging::YearLink;
use super::parts::{CaseRef, Link, MeetingCard, TopicCard};
use super::{Builder, View};
use crate::link::{BodyIx, MeetingIx, Page, PageIx, PageRef};
use crate::parse::Status;
use serde::Serialize;

#[derive(Serialize)]
struct Front {
    intro_html: Option<String>,
    next: Option<MeetingCard>,
    latest: Vec<MeetingCard>,
    newest: Vec<Group>,
    topics: Vec<TopicCard>,
    bodies: Vec<Link>,
}

/// Meetings on the front page.
const LATEST: usize = 5;

/// Meetings whose items stand on the front page, and how many of each.
const NEWEST: (usize, usize) = (2, 12);

pub fn front(builder: &Builder<'_>) -> View {
    let publication = builder.publication;
    let catalogue = &publication.record;
    let own = catalogue.front();
    let title =
        own.map(|doc| doc.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(&publication.config.title);
    let description = own.and_then(|doc| doc.description.as_deref()).unwrap_or(&publication.config.description);
    let meetings = || catalogue.meetings();
    let next = publication.next_meeting(meetings());
    let told = |meeting: &MeetingIx| {
        let meeting = &catalogue[*meeting];
        !meeting.items.is_empty() && meeting.status != Status::Cancelled
    };
    let newest = meetings().rev().filter(told).take(NEWEST.0);
    let body = |ix: BodyIx| Link { title: catalogue[ix].name.clone(), url: publication.url(&catalogue[ix].address) };
    let view = Front {
        intro_html: publication.text_html(PageRef::Front),
        next: next.map(|meeting| publication.meeting_card(meeting)),
        latest: meetings()
            .rev()
            .filter(|ix| Some(*ix) != next && catalogue[*ix].status != Status::Planned)
            .take(LATEST)
            .map(|ix| publication.meeting_card(ix))
            .collect(),
        newest: newest.map(|meeting| Group::new(builder, meeting, NEWEST.1)).collect(),
        topics: catalogue.topics().map(|topic| publication.topic_card(topic)).collect(),
        bodies: catalogue.bodies().map(body).collect(),
    };
    View::new("front.html", builder.page("front.html", None, title, description), &view)
}

#[derive(Serialize)]
struct Search {
    meeting_years: Vec<YearLink>,
    case_years: Vec<YearLink>,
    timeline_years: Vec<YearLink>,
    topics: Vec<TopicCard>,
    cases: Vec<CaseRef>,
    meetings: Vec<MeetingCard>,
}

/// Numbers and meetings on the search page: the latest.
const ON_SEARCH: usize = 100;

pub fn search(builder: &Builder<'_>) -> View {
    let publication = builder.publication;
    let catalogue = &publication.record;
    let segments = &publication.config.segments;
    let counts = || catalogue.years();
    let view = Search {
        meeting_years: publication.years(&segments.meetings, counts(), None),
        case_years: publication.case_years(None),
        timeline_years: publication.years(&segments.timeline, counts(), None),
        topics: catalogue.topics().map(|topic| publication.topic_card(topic)).collect(),
        cases: catalogue.newest_cases(ON_SEARCH).into_iter().map(|case| publication.case_ref(case)).collect(),
        meetings: catalogue.meetings().rev().take(ON_SEARCH / 5).map(|ix| publication.meeting_card(ix)).collect(),
    };
    let mut page = builder.listed("search.html", "search", "search", &[]);
    page.breadcrumbs = builder.path(Vec::new());
    View::new("search.html", page, &view)
}

#[derive(Serialize)]
struct Text<'a> {
    title: &'a str,
    description: Option<&'a str>,
    text_html: Option<String>,
    pages: Vec<Link>,
}

pub fn page(builder: &Builder<'_>, ix: PageIx) -> View {
    let publication = builder.publication;
    let doc = &publication.record[ix].doc;
    let text_html = publication.text_html(PageRef::Page(ix));
    let pages = publication.record.below(ix).iter().map(|ix| &publication.record[*ix]);
    let link = |page: &Page| Link { title: page.doc.title.clone(), url: publication.url(&page.address) };
    let pages = pages.map(link).collect();
    let view = Text { title: &doc.title, description: doc.description.as_deref(), text_html, pages };
    let mut page =
        builder.page("page.html", None, &doc.title, doc.description.as_deref().unwrap_or(&doc.prose.beginning));
    page.breadcrumbs = builder.path(Vec::new());
    View::new("page.html", page, &view)
}

#[derive(Serialize)]
struct Redirect {
    title: String,
    target: String,
}

/// The page at a former address.
pub fn redirect(builder: &Builder<'_>, to: PageRef) -> View {
    let publication = builder.publication;
    let title = publication.title_of(to);
    let address = publication.record.address(to);
    let mut page = builder.page("redirect.html", None, &title, "");
    page.canonical = publication.absolute(&address);
    View::new("redirect.html", page, &Redirect { title, target: publication.url(&address) })
}

/// `/was/`: leads to the accessibility statement.
pub fn statement(builder: &Builder<'_>) -> View {
    let publication = builder.publication;
    let target = publication.config.accessibility.as_ref().map(|statement| statement.url.clone()).unwrap_or_default();
    let mut page = builder.listed("redirect.html", "was", "was", &[]);
    page.section = None;
    page.canonical.clone_from(&target);
    View::new("redirect.html", page, &Redirect { title: publication.language.text("pages", "was").to_owned(), target })
}

#[derive(Serialize)]
struct NotFound {
    search: String,
}

pub fn not_found(builder: &Builder<'_>) -> View {
    let publication = builder.publication;
    let mut page = builder.listed("404.html", "search", "not_found", &[]);
    page.section = None;
    View::new("404.html", page, &NotFound { search: publication.top(&publication.config.segments.search) })
}
