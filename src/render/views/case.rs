//! A case's page: what it is about now, what happened to it, and what mentions it.

use super::parts::{CaseRef, EntryView, Link, TimelineView};
use super::{Builder, View};
use crate::link::{CaseIx, PageRef};
use crate::plan::CaseGroup;
use serde::Serialize;

#[derive(Serialize)]
struct CaseView<'a> {
    number: &'a str,
    title: &'a str,
    standing: bool,
    status: Option<&'a str>,
    summary: Option<&'a str>,
    text_html: Option<String>,
    topics: Vec<Link>,
    latest: Option<EntryView>,
    timeline: TimelineView,
    treatments: Vec<EntryView>,
    mentions: Vec<Link>,
    related: Vec<CaseRef>,
}

pub fn case(builder: &Builder<'_>, ix: CaseIx) -> View {
    let publication = builder.publication;
    let record = &publication.record;
    let case = &record[ix];
    let own = case.own.as_ref().map(|own| &own.doc);
    let entries = record.timeline(ix);
    let number = case.number.as_str();
    // The items of a standing case have nothing in common: they are told meeting by meeting.
    let (told, apart) = if case.standing { (&[][..], entries) } else { (entries, &[][..]) };
    let view = CaseView {
        number,
        title: &case.title,
        standing: case.standing,
        status: own.and_then(|doc| doc.status.as_deref()),
        summary: own.and_then(|doc| doc.summary.as_deref()),
        text_html: publication.text_html(PageRef::Case(ix)),
        topics: publication.topic_links(&case.topics),
        latest: case.items.last().map(|item| publication.treatment(*item)),
        timeline: TimelineView {
            case: Some(publication.case_ref(ix)),
            url: publication.url(&case.address),
            entries: told.iter().map(|entry| publication.entry_html(*entry, None, Some(ix))).collect(),
            total: entries.len(),
        },
        treatments: apart.iter().map(|entry| publication.entry(*entry, None)).collect(),
        mentions: publication.mentions(PageRef::Case(ix)),
        related: record.related(ix).iter().map(|case| publication.case_ref(*case)).collect(),
    };
    let words = [("number", number), ("title", case.title.as_str())];
    let about = publication.language.fill("pages", "case_description", &words);
    let description = own.and_then(|doc| doc.summary.as_deref()).unwrap_or(&about);
    let mut page = builder.page("case.html", Some("cases"), &case.title, description);
    let segment = &publication.config.segments.cases;
    let group = CaseGroup::of(&case.number);
    let title = match &group {
        CaseGroup::Year(year) => year.clone(),
        CaseGroup::Other => publication.language.text("files", "other_cases").to_owned(),
    };
    let url = publication.url(&publication.list(segment).join(&format!("{}/", group.segment(publication.config))));
    page.breadcrumbs = builder.path(vec![builder.list_link("cases", segment), Link { title, url }]);
    View::new("case.html", page, &view)
}
