//! A topic's page, and its further pages.

use super::paging::{Pager, on_page};
use super::parts::CaseCard;
use super::{Builder, View};
use crate::link::{ItemIx, PageRef, TopicIx};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct TopicView<'a> {
    title: &'a str,
    description: Option<&'a str>,
    text_html: Option<String>,
    cases: Vec<CaseCard>,
    items: Vec<Arc<str>>,
    pager: Option<Pager>,
}

pub fn topic(builder: &Builder<'_>, ix: TopicIx, at: usize) -> View {
    let publication = builder.publication;
    let record = &publication.record;
    let topic = &record[ix];
    let own = topic.own.as_ref().map(|own| &own.doc);
    let first = at == 1;
    let per_page = publication.config.per_page;
    let newest: Vec<ItemIx> = record.items_of(ix).iter().rev().copied().collect();
    let all_cases = record.cases_of(ix);
    let cases = all_cases.iter().rev().skip((at - 1) * per_page).take(per_page);
    let view = TopicView {
        title: &topic.title,
        description: own.and_then(|doc| doc.description.as_deref()),
        text_html: own.filter(|_| first).and_then(|_| publication.text_html(PageRef::Topic(ix))),
        cases: cases.map(|case| publication.case_card(*case)).collect(),
        items: on_page(&newest, at, per_page).iter().map(|item| publication.treatment_html(*item)).collect(),
        pager: publication.pager(&topic.address, at, newest.len().max(all_cases.len()), per_page),
    };
    let words = [("title", topic.title.as_str()), ("site", publication.config.title.as_str())];
    let about = publication.language.fill("pages", "topic_description", &words);
    let mut page = builder.page("topic.html", Some("topics"), &topic.title, view.description.unwrap_or(&about));
    page.breadcrumbs = builder.path(vec![builder.list_link("topics", &publication.config.segments.topics)]);
    View::new("topic.html", page, &view)
}
