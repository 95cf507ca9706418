//! Lists: meetings, cases, topics, bodies, and the council's timeline.

use super::paging::{Pager, YearLink, on_page};
use super::parts::{CaseCard, EntryView, MeetingCard, TopicCard};
use super::{Builder, Page, View};
use crate::link::{BodyIx, CaseIx, MeetingIx};
use crate::plan::{self, CaseGroup};
use serde::Serialize;

/// Meetings on the first page of meetings, and on that of the timeline.
const LATEST: usize = 20;

#[derive(Serialize)]
struct Meetings {
    year: Option<String>,
    years: Vec<YearLink>,
    next: Option<MeetingCard>,
    meetings: Vec<MeetingCard>,
}

pub fn meetings(builder: &Builder<'_>, year: Option<i16>) -> View {
    let publication = builder.publication;
    let next = year.is_none().then(|| publication.next_meeting(all_meetings(builder))).flatten();
    let meetings: Vec<MeetingIx> = match year {
        Some(year) => newest(publication.record.year(year)),
        None => all_meetings(builder).rev().filter(|ix| Some(*ix) != next).take(LATEST).collect(),
    };
    let segment = &publication.config.segments.meetings;
    let view = Meetings {
        year: year.map(|year| year.to_string()),
        years: publication.years(segment, counts(builder), year),
        next: next.map(|meeting| publication.meeting_card(meeting)),
        meetings: meetings.into_iter().map(|meeting| publication.meeting_card(meeting)).collect(),
    };
    let page = yearly(builder, "meetings.html", "meetings", segment, view.year.as_deref());
    View::new("meetings.html", page, &view)
}

#[derive(Serialize)]
struct Cases {
    year: Option<String>,
    years: Vec<YearLink>,
    cases: Vec<CaseCard>,
    pager: Option<Pager>,
}

pub fn cases(builder: &Builder<'_>, group: Option<&CaseGroup>, at: usize) -> View {
    let publication = builder.publication;
    let config = publication.config;
    let segment = &config.segments.cases;
    let (cases, pager) = match group {
        Some(group) => {
            let all = publication.record.group(group);
            let newest: Vec<CaseIx> = all.iter().rev().copied().collect();
            let per_page = plan::cases_per_page(config);
            let list = publication.list(segment).join(&format!("{}/", group.segment(config)));
            (on_page(&newest, at, per_page).to_vec(), publication.pager(&list, at, newest.len(), per_page))
        }
        None => (publication.record.latest_cases().to_vec(), None),
    };
    let year = group.map(|group| match group {
        CaseGroup::Year(year) => year.clone(),
        CaseGroup::Other => publication.language.text("files", "other_cases").to_owned(),
    });
    let view = Cases {
        years: publication.case_years(group),
        cases: cases.into_iter().map(|case| publication.case_card(case)).collect(),
        pager,
        year,
    };
    let page = yearly(builder, "cases.html", "cases", segment, view.year.as_deref());
    View::new("cases.html", page, &view)
}

#[derive(Serialize)]
struct Topics {
    topics: Vec<TopicCard>,
}

pub fn topics(builder: &Builder<'_>) -> View {
    let publication = builder.publication;
    let view = Topics { topics: publication.record.topics().map(|topic| publication.topic_card(topic)).collect() };
    let mut page = builder.listed("topics.html", "topics", "topics", &[]);
    page.breadcrumbs = builder.path(Vec::new());
    View::new("topics.html", page, &view)
}

#[derive(Serialize)]
struct Bodies {
    bodies: Vec<BodyCard>,
}

#[derive(Serialize)]
struct BodyCard {
    title: String,
    url: String,
    count: usize,
    latest: Option<MeetingCard>,
}

pub fn bodies(builder: &Builder<'_>) -> View {
    let publication = builder.publication;
    let card = |ix: BodyIx| {
        let body = &publication.record[ix];
        let meetings = publication.record.meetings_of(ix);
        BodyCard {
            title: body.name.clone(),
            url: publication.url(&body.address),
            count: meetings.len(),
            latest: meetings.last().map(|meeting| publication.meeting_card(*meeting)),
        }
    };
    let view = Bodies { bodies: publication.record.bodies().map(card).collect() };
    let mut page = builder.listed("bodies.html", "bodies", "bodies", &[]);
    page.breadcrumbs = builder.path(Vec::new());
    View::new("bodies.html", page, &view)
}

#[derive(Serialize)]
struct BodyView<'a> {
    title: &'a str,
    next: Option<MeetingCard>,
    meetings: Vec<MeetingCard>,
    pager: Option<Pager>,
}

pub fn body(builder: &Builder<'_>, ix: BodyIx, at: usize) -> View {
    let publication = builder.publication;
    let body = &publication.record[ix];
    let meetings = publication.record.meetings_of(ix);
    let next = (at == 1).then(|| publication.next_meeting(meetings.iter().copied())).flatten();
    let newest = newest(meetings);
    let per_page = publication.config.per_page;
    let shown = on_page(&newest, at, per_page).iter().filter(|meeting| Some(**meeting) != next);
    let view = BodyView {
        title: &body.name,
        next: next.map(|meeting| publication.meeting_card(meeting)),
        meetings: shown.map(|meeting| publication.meeting_card(*meeting)).collect(),
        pager: publication.pager(&body.address, at, newest.len(), per_page),
    };
    let description = publication.language.fill("pages", "body_description", &[("title", &body.name)]);
    let mut page = builder.page("body.html", Some("bodies"), &body.name, &description);
    page.breadcrumbs = builder.path(vec![builder.list_link("bodies", &publication.config.segments.bodies)]);
    View::new("body.html", page, &view)
}

#[derive(Serialize)]
struct Timeline {
    year: Option<String>,
    years: Vec<YearLink>,
    groups: Vec<Group>,
    pager: Option<Pager>,
}

/// A meeting with entries for its open items.
#[derive(Serialize)]
pub struct Group {
    meeting: MeetingCard,
    entries: Vec<EntryView>,
}

impl Group {
    /// The first `most` of them.
    pub fn new(builder: &Builder<'_>, meeting: MeetingIx, most: usize) -> Self {
        let (publication, catalogue) = (builder.publication, &builder.publication.record);
        let open = catalogue[meeting].items.iter().filter(|item| catalogue[**item].open().is_some());
        Self {
            meeting: publication.meeting_card(meeting),
            entries: open.take(most).map(|item| publication.treatment(*item)).collect(),
        }
    }
}

pub fn timeline(builder: &Builder<'_>, year: Option<i16>, at: usize) -> View {
    let publication = builder.publication;
    let segment = &publication.config.segments.timeline;
    let per_page = publication.config.per_page;
    let (meetings, pager) = match year {
        Some(year) => {
            let all = newest(publication.record.year(year));
            let list = publication.list(segment).join(&format!("{year}/"));
            (on_page(&all, at, per_page).to_vec(), publication.pager(&list, at, all.len(), per_page))
        }
        None => (all_meetings(builder).rev().take(LATEST).collect(), None),
    };
    let view = Timeline {
        year: year.map(|year| year.to_string()),
        years: publication.years(segment, counts(builder), year),
        groups: meetings.into_iter().map(|meeting| Group::new(builder, meeting, usize::MAX)).collect(),
        pager,
    };
    let page = yearly(builder, "timeline.html", "timeline", segment, view.year.as_deref());
    View::new("timeline.html", page, &view)
}

/// A list's first page, or that of a year, which lies below it.
fn yearly(builder: &Builder<'_>, template: &'static str, key: &'static str, segment: &str, year: Option<&str>) -> Page {
    let Some(year) = year else {
        let mut page = builder.listed(template, key, key, &[]);
        page.breadcrumbs = builder.path(Vec::new());
        return page;
    };
    let mut page = builder.listed(template, key, &format!("{key}_year"), &[("year", year)]);
    page.breadcrumbs = builder.path(vec![builder.list_link(key, segment)]);
    page
}

fn all_meetings(builder: &Builder<'_>) -> impl DoubleEndedIterator<Item = MeetingIx> + use<> {
    builder.publication.record.meetings()
}

fn newest(meetings: &[MeetingIx]) -> Vec<MeetingIx> {
    meetings.iter().rev().copied().collect()
}

fn counts(builder: &Builder<'_>) -> impl Iterator<Item = (i16, usize)> {
    builder.publication.record.years()
}
