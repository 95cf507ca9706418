//! An item's page.

use super::parts::{AttachmentView, CorrectionView, ItemCard, Link, MeetingCard, TimelineView, listed};
use super::{Builder, View, meeting};
use crate::config::Role;
use crate::link::{Entry, EntryKind, Item, ItemIx, PageRef};
use crate::parse::OpenDoc;
use crate::render::prose;
use crate::theme::DateView;
use serde::Serialize;

#[derive(Serialize)]
struct ItemView<'a> {
    number: &'a str,
    title: &'a str,
    meeting: MeetingCard,
    closed: bool,
    closed_ground: Option<&'a str>,
    facts: Vec<Fact>,
    lead_html: Option<String>,
    sections: Vec<SectionView<'a>>,
    contents: Vec<Link>,
    attachments: Vec<AttachmentView>,
    timelines: Vec<TimelineView>,
    continues: Vec<Earlier>,
    mentions: Vec<Link>,
    corrections: Vec<CorrectionView>,
    previous: Option<ItemCard>,
    next: Option<ItemCard>,
}

/// A row of the fact table: a text, HTML, or links.
#[derive(Serialize)]
struct Fact {
    label: String,
    text: Option<String>,
    html: Option<String>,
    links: Option<Vec<Link>>,
}

#[derive(Serialize)]
struct SectionView<'a> {
    role: Role,
    heading_html: String,
    id: &'a str,
    html: String,
}

#[derive(Serialize)]
struct Earlier {
    title: String,
    url: String,
    meeting: Link,
    date: DateView,
}

/// Entries of a timeline on an item's page; the case's own page tells all.
const ENTRIES: usize = 20;

/// Fewer sections need no table of contents.
const CONTENTS_FROM: usize = 3;

pub fn item(builder: &Builder<'_>, ix: ItemIx) -> View {
    let publication = builder.publication;
    let catalogue = &publication.record;
    let item = &catalogue[ix];
    let number = item.doc.number.value.as_str();
    let mut view = ItemView {
        number,
        title: &item.doc.title,
        meeting: publication.meeting_card(item.meeting),
        closed: item.open().is_none(),
        closed_ground: item.closed_ground(),
        facts: Vec::new(),
        lead_html: None,
        sections: Vec::new(),
        contents: Vec::new(),
        attachments: Vec::new(),
        timelines: Vec::new(),
        continues: Vec::new(),
        mentions: publication.mentions(PageRef::Item(ix)),
        corrections: publication.corrections(&item.doc.corrections),
        previous: None,
        next: None,
    };
    let siblings = &catalogue[item.meeting].items;
    if let Some(at) = siblings.iter().position(|other| *other == ix) {
        view.previous = at.checked_sub(1).and_then(|i| siblings.get(i)).map(|item| publication.item_card(*item));
        view.next = siblings.get(at + 1).map(|item| publication.item_card(*item));
    }
    if let Some(open) = item.open() {
        fill(builder, ix, item, open, &mut view);
    }
    let mut page = builder.page("item.html", Some("meetings"), &item.doc.title, &description(builder, item));
    let card = &catalogue[item.meeting];
    let mut way = meeting::way(builder, card);
    way.push(builder.link(PageRef::Meeting(item.meeting), card.doc.title.clone()));
    page.breadcrumbs = builder.path(way);
    View::new("item.html", page, &view)
}

fn description(builder: &Builder<'_>, item: &Item) -> String {
    let publication = builder.publication;
    let meeting = publication.title_of(PageRef::Meeting(item.meeting));
    let words = [("number", item.doc.number.value.as_str()), ("title", &item.doc.title), ("meeting", &meeting)];
    let key = if item.open().is_some() { "item_description" } else { "closed_description" };
    publication.language.fill("pages", key, &words)
}

/// What only an open item shows.
fn fill<'a>(builder: &Builder<'_>, ix: ItemIx, item: &'a Item, open: &'a OpenDoc, view: &mut ItemView<'a>) {
    let publication = builder.publication;
    let catalogue = &publication.record;
    let links = catalogue.item_links(ix);
    let base = publication.base_path;
    view.facts = facts(builder, ix, item, open);
    if let Some(body) = publication.body() {
        for (section, written) in open.details.prose.sections.iter().zip(&body.sections) {
            let html = prose::html(&written.html, body, &links.prose, base);
            match &section.heading {
                Some(heading) => view.sections.push(SectionView {
                    role: section.role,
                    heading_html: prose::html(&written.heading, body, &links.prose, base),
                    id: &heading.id,
                    html,
                }),
                None => view.lead_html = Some(html),
            }
        }
    }
    if view.sections.len() >= CONTENTS_FROM {
        let headings = open.details.prose.sections.iter().filter_map(|section| section.heading.as_ref());
        view.contents = headings.map(|h| Link { title: h.text.clone(), url: format!("#{}", h.id) }).collect();
    }
    view.attachments = publication.attachments(&open.attachments, &links.attachments);
    view.attachments.retain(|attachment| !is_told(attachment, &view.sections));
    view.timelines = timelines(builder, ix, item);
    view.continues = links
        .continues
        .iter()
        .map(|earlier| {
            let earlier = &catalogue[*earlier];
            let meeting = &catalogue[earlier.meeting];
            Earlier {
                title: format!("{} {}", earlier.doc.number.value, earlier.doc.title),
                url: publication.url(&earlier.address),
                meeting: builder.link(PageRef::Meeting(earlier.meeting), meeting.doc.title.clone()),
                date: publication.date_of(earlier.meeting),
            }
        })
        .collect();
}

/// Whether a section of attachments names it already: by its link, or by its title where it has none.
fn is_told(attachment: &AttachmentView, sections: &[SectionView<'_>]) -> bool {
    let written = match &attachment.url {
        Some(url) => format!("href=\"{}\"", prose::escape(url)),
        None => prose::escape(&attachment.title),
    };
    sections.iter().any(|section| section.role == Role::Attachments && section.html.contains(&written))
}

fn facts(builder: &Builder<'_>, ix: ItemIx, item: &Item, open: &OpenDoc) -> Vec<Fact> {
    let publication = builder.publication;
    let (language, catalogue) = (publication.language, &publication.record);
    let row =
        |key: &'static str| Fact { label: language.text("facts", key).to_owned(), text: None, html: None, links: None };
    let mut facts = Vec::new();
    if !item.cases.is_empty() {
        let link = |case: &crate::link::CaseIx| builder.link(PageRef::Case(*case), catalogue[*case].number.to_string());
        facts.push(Fact { links: Some(item.cases.iter().map(link).collect()), ..row("cases") });
    }
    let mut texts = |key, texts: &[String], as_list: bool| match texts {
        [] => {}
        [_, _, ..] if as_list => facts.push(Fact { html: Some(listed(texts)), ..row(key) }),
        _ => facts.push(Fact { text: Some(language.list(texts)), ..row(key) }),
    };
    texts("responsible", &open.details.responsible, false);
    texts("submitted_by", &open.details.submitted_by, true);
    texts("strategic_basis", &open.details.strategic_basis, true);
    texts("perspectives", &open.details.perspectives, false);
    texts("presenters", &open.details.presenters, false);
    if let Some(status) = publication.status_body() {
        let html = prose::whole(status, &catalogue.item_links(ix).status, publication.base_path);
        facts.extend(html.map(|html| Fact { html: Some(html), ..row("process_status") }));
    }
    if !item.topics.is_empty() {
        facts.push(Fact { links: Some(publication.topic_links(&item.topics)), ..row("topics") });
    }
    facts
}

/// The timeline of each of its cases but standing ones; and of its matter, where it stands by itself.
fn timelines(builder: &Builder<'_>, ix: ItemIx, item: &Item) -> Vec<TimelineView> {
    let publication = builder.publication;
    let record = &publication.record;
    let mut timelines = Vec::new();
    for case in item.cases.iter().filter(|case| !record[**case].standing) {
        let all = record.timeline(*case);
        timelines.push(TimelineView {
            case: Some(publication.case_ref(*case)),
            url: publication.url(&record[*case].address),
            entries: around(all, ix).iter().map(|e| publication.entry_html(*e, Some(ix), Some(*case))).collect(),
            total: all.len(),
        });
    }
    let matter = record.matter(ix);
    if !matter.is_empty() {
        let kind = |item| if item == ix { EntryKind::Treatment } else { EntryKind::Related };
        let all: Vec<_> = matter.iter().map(|item| Entry { item: *item, kind: kind(*item) }).collect();
        timelines.push(TimelineView {
            case: None,
            url: publication.url(&item.address),
            entries: around(&all, ix).iter().map(|e| publication.entry_html(*e, Some(ix), None)).collect(),
            total: all.len(),
        });
    }
    timelines
}

/// The entries nearest to an item, where there are too many for its page.
fn around(all: &[Entry], item: ItemIx) -> &[Entry] {
    let at = all.iter().position(|entry| entry.item == item).unwrap_or(0);
    let start = at.saturating_sub(ENTRIES / 2).min(all.len().saturating_sub(ENTRIES));
    &all[start..(start + ENTRIES).min(all.len())]
}
