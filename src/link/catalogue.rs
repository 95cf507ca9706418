//! Meetings, items, cases, topics, bodies and pages, each with its address and its place in an order.
//!
//! Takes what was collected; gives the [`Catalogue`], in which everything is named by its index.

use super::collect::{Collected, Filed, Sitting};
use crate::config::{Config, Role};
use crate::danish;
use crate::diagnostic::{Diagnostic, faults};
use crate::model::slug::slug;
use crate::model::{Address, CaseNumber};
use crate::parse::front_matter::{Spanned, nearest};
use crate::parse::{Access, CaseDoc, Correction, ItemDoc, MeetingDoc, OpenDoc, PageDoc, Status};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::Arc;

macro_rules! indexes {
    ($($name:ident $field:ident $of:ident;)*) => {
        $(
            #[doc = concat!("Names one of [`Catalogue::", stringify!($field), "`].")]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub usize);

            impl Index<$name> for Catalogue {
                type Output = $of;
                fn index(&self, index: $name) -> &$of {
                    &self.$field[index.0]
                }
            }
        )*
    };
}

indexes! {
    MeetingIx meetings Meeting;
    ItemIx items Item;
    CaseIx cases Case;
    TopicIx topics Topic;
    BodyIx bodies Body;
    PageIx pages Page;
}

/// A page whose text the secretariat writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // one for each kind
pub enum PageRef {
    Front,
    Meeting(MeetingIx),
    Item(ItemIx),
    Case(CaseIx),
    Topic(TopicIx),
    Page(PageIx),
}

/// A meeting.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Meeting {
    pub path: Arc<str>,
    pub doc: MeetingDoc,
    pub address: Address,
    pub status: Status,
    /// In the agenda's order.
    pub items: Vec<ItemIx>,
    pub body: Option<BodyIx>,
}

/// An item; what is open of it is in its document.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Item {
    pub path: Arc<str>,
    pub doc: ItemDoc,
    pub address: Address,
    pub meeting: MeetingIx,
    pub cases: Vec<CaseIx>,
    pub topics: Vec<TopicIx>,
}

/// A case: it exists because an item names it.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Case {
    pub number: CaseNumber,
    /// Its own file, with the path.
    pub own: Option<(Arc<str>, CaseDoc)>,
    pub title: String,
    pub standing: bool,
    pub address: Address,
    /// Its treatments, by date.
    pub items: Vec<ItemIx>,
    pub topics: Vec<TopicIx>,
    /// Other cases that its file names as of the same matter.
    pub related: Vec<CaseIx>,
}

/// A topic.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Topic {
    pub slug: String,
    pub own: Option<(Arc<str>, PageDoc)>,
    pub title: String,
    pub address: Address,
    /// By date.
    pub items: Vec<ItemIx>,
    /// By number.
    pub cases: Vec<CaseIx>,
}

/// One of several committees.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Body {
    pub name: String,
    pub address: Address,
    /// By date.
    pub meetings: Vec<MeetingIx>,
}

/// Another page.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Page {
    pub path: Arc<str>,
    pub doc: PageDoc,
    pub address: Address,
}

/// All that is public.
#[derive(Debug)]
pub struct Catalogue {
    /// By date, then by id.
    pub meetings: Vec<Meeting>,
    /// By meeting, then in the agenda's order: so by date too.
    pub items: Vec<Item>,
    /// By number.
    pub cases: Vec<Case>,
    /// By the Danish order of their titles.
    pub topics: Vec<Topic>,
    /// By the Danish order of their names.
    pub bodies: Vec<Body>,
    /// By path.
    pub pages: Vec<Page>,
    /// The text of the front page, with the path of its file.
    pub front: Option<(Arc<str>, PageDoc)>,
}

impl Item {
    /// What only an open item has.
    pub fn open(&self) -> Option<&OpenDoc> {
        match &self.doc.access {
            Access::Open(open) => Some(open),
            Access::Closed { .. } => None,
        }
    }

    /// Why it is closed; `None` where it is open, or no ground was given.
    pub fn closed_ground(&self) -> Option<&str> {
        match &self.doc.access {
            Access::Open(_) => None,
            Access::Closed { ground, .. } => ground.as_deref(),
        }
    }
}

impl Meeting {
    /// The day that its newest state was published: no clock is asked.
    pub fn updated(&self) -> Date {
        latest(self.published(), &self.doc.corrections).unwrap_or_else(|| self.doc.date.earliest())
    }

    fn published(&self) -> Option<Date> {
        self.doc.agenda_published.max(self.doc.minutes_published)
    }

    /// The last segment of its address.
    pub fn id(&self) -> &str {
        &self.doc.id
    }
}

fn latest(published: Option<Date>, corrections: &[Correction]) -> Option<Date> {
    published.max(corrections.iter().map(|correction| correction.date).max())
}

impl Catalogue {
    /// The day that an item's newest state was published.
    pub fn updated(&self, item: ItemIx) -> Date {
        let item = &self[item];
        let meeting = &self[item.meeting];
        latest(meeting.published(), &item.doc.corrections).unwrap_or_else(|| meeting.doc.date.earliest())
    }

    /// The address of a page.
    pub fn address(&self, page: PageRef) -> Address {
        match page {
            PageRef::Front => Address::new("/"),
            PageRef::Meeting(ix) => self[ix].address.clone(),
            PageRef::Item(ix) => self[ix].address.clone(),
            PageRef::Case(ix) => self[ix].address.clone(),
            PageRef::Topic(ix) => self[ix].address.clone(),
            PageRef::Page(ix) => self[ix].address.clone(),
        }
    }

    /// The case of this number.
    pub fn case(&self, number: &CaseNumber) -> Option<CaseIx> {
        self.cases.binary_search_by(|case| case.number.cmp(number)).ok().map(CaseIx)
    }
}

/// Catalogues what was collected.
pub fn catalogue(collected: Collected, config: &Config, out: &mut Vec<Diagnostic>) -> Catalogue {
    let segments = &config.segments;
    let topics = topics(&collected, config, out);
    let topic_of: BTreeMap<_, _> =
        topics.iter().enumerate().map(|(i, topic)| (topic.slug.clone(), TopicIx(i))).collect();
    let mut cases = cases(&collected, config, out);
    let case_of: BTreeMap<_, _> = cases.iter().enumerate().map(|(i, case)| (case.number.clone(), CaseIx(i))).collect();
    let mut bodies = bodies(&collected, config);
    let mut catalogue = Catalogue {
        meetings: Vec::with_capacity(collected.sittings.len()),
        items: Vec::new(),
        cases: Vec::new(),
        topics,
        bodies: Vec::new(),
        pages: Vec::new(),
        front: collected.front.map(|front| (front.path, front.doc)),
    };
    let filed = |topics: &[Spanned<String>]| -> Vec<TopicIx> {
        let mut found: Vec<_> = topics.iter().filter_map(|topic| topic_of.get(&slug(&topic.value)).copied()).collect();
        found.sort();
        found.dedup();
        found
    };
    for Sitting { meeting: Filed { path, doc }, items } in collected.sittings {
        let ix = MeetingIx(catalogue.meetings.len());
        let address = Address::new(format!("/{}/{}/", segments.meetings, doc.id));
        let status = doc.status.unwrap_or_else(|| status(&items));
        let body = doc.body.as_deref().and_then(|name| bodies.iter().position(|body| slug(&body.name) == slug(name)));
        if let Some(body) = body {
            bodies[body].meetings.push(ix);
        }
        let mut meeting = Meeting { path, doc, address, status, items: Vec::new(), body: body.map(BodyIx) };
        for Filed { path, doc } in items {
            let item = ItemIx(catalogue.items.len());
            meeting.items.push(item);
            let address = meeting.address.join(&format!("{}-{}/", segments.item, slug(&doc.id.value)));
            let mut entry = Item { path, doc, address, meeting: ix, cases: Vec::new(), topics: Vec::new() };
            if let Some(open) = entry.open() {
                let numbers = open.cases.iter().filter_map(|number| case_of.get(&number.value).copied()).collect();
                let topics = filed(&open.topics);
                entry.cases = numbers;
                entry.topics = topics;
            }
            entry.cases.iter().for_each(|case| cases[case.0].items.push(item));
            entry.topics.iter().for_each(|topic| catalogue.topics[topic.0].items.push(item));
            catalogue.items.push(entry);
        }
        catalogue.meetings.push(meeting);
    }
    for (i, case) in cases.iter_mut().enumerate() {
        let own = case.own.as_ref().map(|(_, doc)| doc);
        case.related = own.map_or_else(Vec::new, |doc| {
            doc.related
                .iter()
                .filter_map(|number| case_of.get(&number.value).copied())
                .filter(|other| other.0 != i)
                .collect()
        });
        case.topics = own.map_or_else(Vec::new, |doc| filed(&doc.topics));
        if case.topics.is_empty() && !case.standing {
            case.topics = case.items.iter().flat_map(|item| catalogue[*item].topics.clone()).collect();
            case.topics.sort();
            case.topics.dedup();
        }
        case.topics.iter().for_each(|topic| catalogue.topics[topic.0].cases.push(CaseIx(i)));
        if let Some(latest) = case.items.last().filter(|_| case.title.is_empty()) {
            case.title.clone_from(&catalogue[*latest].doc.title);
        }
    }
    catalogue.cases = cases;
    catalogue.bodies = bodies;
    catalogue.pages = collected
        .pages
        .into_iter()
        .map(|Filed { path, doc }| Page { path, address: Address::new(format!("/{}/", doc.name)), doc })
        .collect();
    shared_numbers(&catalogue, out);
    catalogue
}

/// The status where none is written: minutes if an item has a discussion or a decision.
fn status(items: &[Filed<ItemDoc>]) -> Status {
    let held = items.iter().any(|item| match &item.doc.access {
        Access::Open(open) => {
            open.prose.sections.iter().any(|section| matches!(section.role, Role::Discussion | Role::Decision))
        }
        Access::Closed { .. } => false,
    });
    match held {
        true => Status::Minutes,
        false if items.is_empty() => Status::Planned,
        false => Status::Agenda,
    }
}

fn open_items(collected: &Collected) -> impl Iterator<Item = (&Arc<str>, &OpenDoc)> {
    collected.sittings.iter().flat_map(|sitting| &sitting.items).filter_map(|item| match &item.doc.access {
        Access::Open(open) => Some((&item.path, &**open)),
        Access::Closed { .. } => None,
    })
}

/// Every topic with a file, or named by an open item or by the file of a case that exists.
fn topics(collected: &Collected, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Topic> {
    let address = |slug: &str| Address::new(format!("/{}/{slug}/", config.segments.topics));
    let mut topics: BTreeMap<String, Topic> = BTreeMap::new();
    for Filed { path, doc } in &collected.topics {
        let topic = Topic {
            slug: doc.name.clone(),
            title: doc.title.clone(),
            address: address(&doc.name),
            own: Some((path.clone(), doc.clone())),
            items: Vec::new(),
            cases: Vec::new(),
        };
        topics.insert(doc.name.clone(), topic);
    }
    let known: Vec<String> = topics.keys().cloned().collect();
    let named = open_items(collected).map(|(path, open)| (path, &open.topics));
    let numbers: std::collections::BTreeSet<_> =
        open_items(collected).flat_map(|(_, open)| open.cases.iter().map(|number| &number.value)).collect();
    let by_cases = collected.cases.iter().filter(|case| numbers.contains(&case.doc.number));
    for (path, names) in named.chain(by_cases.map(|case| (&case.path, &case.doc.topics))) {
        for name in names {
            let slug = slug(&name.value);
            if known.contains(&slug) || slug.is_empty() {
                continue;
            }
            let fault = match nearest(&slug, known.iter().map(String::as_str)) {
                Some(near) => faults::MISSPELT_TOPIC.at(path, &name.span).with("nearest", near),
                None => faults::UNKNOWN_TOPIC.at(path, &name.span),
            };
            out.push(fault.with("topic", &slug));
            let title = if name.value == slug { sentence_case(&slug) } else { name.value.clone() };
            let address = address(&slug);
            let topic = Topic { slug: slug.clone(), own: None, title, address, items: Vec::new(), cases: Vec::new() };
            topics.entry(slug).or_insert(topic);
        }
    }
    let mut topics: Vec<_> = topics.into_values().collect();
    topics.sort_by(|a, b| danish::order(&a.title, &b.title).then_with(|| a.slug.cmp(&b.slug)));
    topics
}

/// `digital-post` as a title: `Digital post`.
fn sentence_case(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Every case that an open item names, by number.
fn cases(collected: &Collected, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Case> {
    let mut cases: BTreeMap<CaseNumber, Case> = BTreeMap::new();
    for number in open_items(collected).flat_map(|(_, open)| &open.cases) {
        cases.entry(number.value.clone()).or_insert_with(|| Case {
            address: Address::new(format!("/{}/{}/", config.segments.cases, number.value)),
            number: number.value.clone(),
            own: None,
            title: String::new(),
            standing: false,
            items: Vec::new(),
            topics: Vec::new(),
            related: Vec::new(),
        });
    }
    for Filed { path, doc } in &collected.cases {
        for number in doc.related.iter().filter(|number| !cases.contains_key(&number.value)) {
            out.push(faults::UNKNOWN_CASE.at(path, &number.span).with("number", number.value.as_str()));
        }
        let Some(case) = cases.get_mut(&doc.number) else {
            out.push(faults::CASE_WITHOUT_ITEM.in_file(path).with("number", doc.number.as_str()));
            continue;
        };
        case.title = doc.title.clone().unwrap_or_default();
        case.standing = doc.standing;
        case.own = Some((path.clone(), doc.clone()));
    }
    cases.into_values().collect()
}

/// Bodies by name; two spellings of one slug are one body, under the first.
fn bodies(collected: &Collected, config: &Config) -> Vec<Body> {
    let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
    for name in collected.sittings.iter().filter_map(|sitting| sitting.meeting.doc.body.as_ref()) {
        let slug = slug(name);
        let address = Address::new(format!("/{}/{slug}/", config.segments.bodies));
        bodies.entry(slug).or_insert_with(|| Body { name: name.clone(), address, meetings: Vec::new() });
    }
    let mut bodies: Vec<_> = bodies.into_values().collect();
    bodies.sort_by(|a, b| danish::order(&a.name, &b.name));
    bodies
}

/// A number on several items of one meeting that nobody marked as standing.
fn shared_numbers(catalogue: &Catalogue, out: &mut Vec<Diagnostic>) {
    for case in catalogue.cases.iter().filter(|case| !case.standing) {
        for items in case.items.chunk_by(|a, b| catalogue[*a].meeting == catalogue[*b].meeting) {
            let Some(second) = items.get(1).map(|item| &catalogue[*item]) else { continue };
            let written = second.open().and_then(|open| open.cases.iter().find(|number| number.value == case.number));
            let numbers: Vec<_> = items.iter().map(|item| catalogue[*item].doc.number.value.to_string()).collect();
            if let Some(written) = written {
                let fault = faults::SHARED_CASE_NUMBER.at(&second.path, &written.span);
                out.push(fault.with("number", case.number.as_str()).with("items", numbers.join(", ")));
            }
        }
    }
}
