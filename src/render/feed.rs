//! Atom feeds of the site, of cases and of topics: the latest entries, with ids that never change.
//!
//! An id is a tag URI made from the configured authority and from what the secretariat gave a name: a meeting's folder,
//! an item's id, a case's number, a topic's slug. No address, title or state is in it.

use super::Publication;
use super::overview::LATEST;
use crate::link::{CaseIx, ItemIx, TopicIx};
use crate::model::Address;
use crate::model::slug::slug;
use crate::parse::markdown::{EXCERPT, excerpt};
use crate::plan::{Job, Planned};
use atom_syndication::{Category, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

/// The year from which the authority's tags are: any year in which it was the authority's, but always the same (RFC 4151).
const TAG_YEAR: u16 = 2025;

/// The feed beside a job's page.
pub fn feed(publication: &Publication<'_>, planned: &Planned) -> Vec<u8> {
    let record = &publication.record;
    let site = publication.config.title.as_str();
    let (name, title, mut items) = match &planned.job {
        Job::Case(ix) => {
            let case = &record[*ix];
            let items: Vec<_> = record.timeline(*ix).iter().map(|entry| entry.item).collect();
            let words = [("number", case.number.as_str()), ("title", case.title.as_str()), ("site", site)];
            (case_name(publication, *ix), publication.language.fill("feeds", "case", &words), items)
        }
        Job::Topic { topic, .. } => {
            let topic_title = record[*topic].title.as_str();
            let title = publication.language.fill("feeds", "topic", &[("title", topic_title), ("site", site)]);
            (topic_name(publication, *topic), title, record.items_of(*topic).to_vec())
        }
        _ => {
            let title = publication.language.fill("feeds", "site", &[("site", site)]);
            ("site".to_owned(), title, record.latest().to_vec())
        }
    };
    // Newest first; of those published on one day, the agenda's order from its end.
    items.sort_by_cached_key(|item| std::cmp::Reverse((record.updated(*item), *item)));
    items.truncate(LATEST);
    let updated = items.first().map(|item| record.updated(*item)).unwrap_or(Date::new(1970, 1, 1).unwrap_or_default());
    let page = publication.absolute(&planned.address);
    let own = publication.absolute(&planned.address.join("feed.xml"));
    let feed = Feed {
        title: Text::plain(title),
        id: tag(publication, &name),
        updated: midnight(updated),
        authors: vec![Person { name: site.to_owned(), ..Person::default() }],
        links: vec![link("self", own, "application/atom+xml"), link("alternate", page, "text/html")],
        generator: Some(Generator { value: "sagnet".to_owned(), ..Generator::default() }),
        lang: Some(publication.config.language.clone()),
        entries: items.into_iter().map(|item| entry(publication, item)).collect(),
        ..Feed::default()
    };
    let mut bytes = feed.write_to(Vec::new()).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn entry(publication: &Publication<'_>, ix: ItemIx) -> Entry {
    let catalogue = &publication.record;
    let item = &catalogue[ix];
    let meeting = &catalogue[item.meeting];
    let date = publication.date_of(item.meeting);
    let status = publication.status_text(meeting.status);
    let text = publication.excerpt(ix, EXCERPT).map_or_else(String::new, |(text, label)| format!(" {label}: {text}"));
    let category = |case: &CaseIx| Category { term: catalogue[*case].number.to_string(), ..Category::default() };
    Entry {
        title: Text::plain(format!("{} {} ({})", item.doc.number.value, item.doc.title, date.text)),
        id: tag(publication, &format!("item/{}/{}", meeting.id(), slug(&item.doc.id.value))),
        updated: midnight(catalogue.updated(ix)),
        categories: item.cases.iter().map(category).collect(),
        links: vec![link("alternate", publication.absolute(&item.address), "text/html")],
        summary: Some(Text::plain(excerpt(&format!("{status}.{text}"), EXCERPT))),
        ..Entry::default()
    }
}

fn case_name(publication: &Publication<'_>, ix: CaseIx) -> String {
    format!("case/{}", publication.record[ix].number)
}

fn topic_name(publication: &Publication<'_>, ix: TopicIx) -> String {
    format!("topic/{}", publication.record[ix].slug)
}

/// A tag URI (RFC 4151).
fn tag(publication: &Publication<'_>, name: &str) -> String {
    let name = Address::new(name).under("");
    format!("tag:{},{TAG_YEAR}:{}", publication.config.authority, name.trim_start_matches('/'))
}

fn link(rel: &str, href: String, mime: &str) -> Link {
    Link { rel: rel.to_owned(), href, mime_type: Some(mime.to_owned()), ..Link::default() }
}

fn midnight(date: Date) -> FixedDateTime {
    format!("{date}T00:00:00Z").parse().unwrap_or_default()
}
