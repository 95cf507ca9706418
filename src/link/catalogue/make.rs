//! Makes the catalogue: finds the cases, topics and bodies that the items name, and gives everything its address.
//!
//! Takes what was collected; gives the [`Catalogue`], and reports topics, cases and numbers that nobody described.

use super::{Body, BodyIx, Case, CaseIx, Catalogue, Item, ItemIx, Meeting, MeetingIx, Page, Topic, TopicIx};
use crate::config::Config;
use crate::danish;
use crate::diagnostic::{Diagnostic, faults};
use crate::hashing::{HashMap, HashSet};
use crate::link::collect::{Collected, Filed, Sitting};
use crate::model::slug::slug;
use crate::model::{Address, CaseNumber};
use crate::parse::front_matter::{Spanned, nearest};
use crate::parse::{Access, ItemDoc, OpenDoc, Status};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Catalogues what was collected.
pub fn catalogue(mut collected: Collected, config: &Config, out: &mut Vec<Diagnostic>) -> Catalogue {
    let segments = &config.segments;
    let topics = topics(&mut collected, config, out);
    let topic_of: HashMap<_, _> =
        topics.iter().enumerate().map(|(i, topic)| (topic.slug.clone(), TopicIx(i))).collect();
    let mut cases = cases(&mut collected, config, out);
    let case_of: HashMap<_, _> = cases.iter().enumerate().map(|(i, case)| (case.number.clone(), CaseIx(i))).collect();
    let mut bodies = bodies(&collected, config);
    let mut catalogue = Catalogue {
        meetings: Vec::with_capacity(collected.sittings.len()),
        items: Vec::with_capacity(collected.sittings.iter().map(|sitting| sitting.items.len()).sum()),
        cases: Vec::new(),
        topics,
        bodies: Vec::new(),
        pages: Vec::new(),
        front: collected.front,
    };
    let filed = |topics: &[Spanned<String>]| -> Vec<TopicIx> {
        let mut found: Vec<_> = topics.iter().filter_map(|topic| topic_of.get(&slug(&topic.value)).copied()).collect();
        found.sort();
        found.dedup();
        found
    };
    for Sitting { meeting: Filed { path, mark, doc, ends }, items } in collected.sittings {
        let ix = MeetingIx(catalogue.meetings.len());
        let address = Address::new(format!("/{}/{}/", segments.meetings, doc.id));
        let status = doc.status.unwrap_or_else(|| status(&items));
        let body = doc.body.as_deref().and_then(|name| bodies.iter().position(|body| slug(&body.name) == slug(name)));
        if let Some(body) = body {
            bodies[body].meetings.push(ix);
        }
        let all = (catalogue.items.len()..catalogue.items.len() + items.len()).map(ItemIx).collect();
        catalogue.meetings.push(Meeting { path, mark, doc, ends, address, status, items: all, body: body.map(BodyIx) });
        catalogue.items.extend(items.into_iter().map(|Filed { path, mark, doc, ends }| {
            let (address, cases, topics) = (Address::new("/"), Vec::new(), Vec::new());
            Item { path, mark, doc, ends, address, meeting: ix, cases, topics }
        }));
    }
    let Catalogue { items, meetings, .. } = &mut catalogue;
    items.par_iter_mut().for_each(|item| {
        let below = format!("{}-{}/", segments.item, slug(&item.doc.id.value));
        item.address = meetings[item.meeting.0].address.join(&below);
        if let Some(open) = item.open() {
            let numbers = open.cases.iter().filter_map(|number| case_of.get(&number.value).copied()).collect();
            let topics = filed(&open.topics);
            item.cases = numbers;
            item.topics = topics;
        }
    });
    for (i, item) in catalogue.items.iter().enumerate() {
        item.cases.iter().for_each(|case| cases[case.0].items.push(ItemIx(i)));
        item.topics.iter().for_each(|topic| catalogue.topics[topic.0].items.push(ItemIx(i)));
    }
    for (i, case) in cases.iter_mut().enumerate() {
        let own = case.own.as_ref().map(|own| &own.doc);
        case.related = own.map_or_else(Vec::new, |doc| {
            doc.related
                .iter()
                .filter_map(|number| case_of.get(&number.value).copied())
                .filter(|other| other.0 != i)
                .collect()
        });
        case.topics = own.map_or_else(Vec::new, |doc| filed(&doc.topics));
        if !case.standing {
            case.topics.extend(case.items.iter().flat_map(|item| &catalogue.items[item.0].topics));
        }
        case.topics.sort();
        case.topics.dedup();
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
        .map(|Filed { path, mark, doc, ends }| {
            let address = Address::new(format!("/{}/", doc.name));
            Page { path, mark, doc, ends, address }
        })
        .collect();
    shared_numbers(&catalogue, out);
    catalogue
}

/// The status where none is written: minutes if an item has a discussion or a decision.
fn status(items: &[Filed<Box<ItemDoc>>]) -> Status {
    let held = items.iter().any(|item| match &item.doc.access {
        Access::Open(open) => open.was_treated,
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
fn topics(collected: &mut Collected, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Topic> {
    let address = |slug: &str| Address::new(format!("/{}/{slug}/", config.segments.topics));
    let mut topics: HashMap<String, Topic> = HashMap::default();
    for own in std::mem::take(&mut collected.topics) {
        let doc = &own.doc;
        let (slug, title, address) = (doc.name.clone(), doc.title.clone(), address(&doc.name));
        let topic = Topic { slug, title, address, own: Some(own), items: Vec::new(), cases: Vec::new() };
        topics.insert(topic.slug.clone(), topic);
    }
    let mut known: Vec<String> = topics.keys().cloned().collect();
    known.sort_unstable();
    let named = open_items(collected).map(|(path, open)| (path, &open.topics));
    let numbers: HashSet<_> =
        open_items(collected).flat_map(|(_, open)| open.cases.iter().map(|number| &number.value)).collect();
    let by_cases = collected.cases.iter().filter(|case| numbers.contains(&case.doc.number));
    for (path, names) in named.chain(by_cases.map(|case| (&case.path, &case.doc.topics))) {
        for name in names {
            let slug = slug(&name.value);
            if slug.is_empty() || known.binary_search(&slug).is_ok() {
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
fn cases(collected: &mut Collected, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Case> {
    let mut cases: HashMap<CaseNumber, Case> = HashMap::default();
    for number in open_items(collected).flat_map(|(_, open)| &open.cases) {
        if cases.contains_key(&number.value) {
            continue;
        }
        let case = Case {
            address: Address::new(format!("/{}/{}/", config.segments.cases, number.value.segment())),
            number: number.value.clone(),
            own: None,
            title: String::new(),
            standing: false,
            items: Vec::new(),
            topics: Vec::new(),
            related: Vec::new(),
        };
        cases.insert(case.number.clone(), case);
    }
    for own in std::mem::take(&mut collected.cases) {
        let Filed { path, doc, .. } = &own;
        for number in doc.related.iter().filter(|number| !cases.contains_key(&number.value)) {
            out.push(faults::UNKNOWN_CASE.at(path, &number.span).with("number", number.value.as_str()));
        }
        let Some(case) = cases.get_mut(&doc.number) else {
            out.push(faults::CASE_WITHOUT_ITEM.in_file(path).with("number", doc.number.as_str()));
            continue;
        };
        if let Some(other) = &case.own {
            let fault = faults::URL_COLLISION.in_file(path).with("address", case.address.path());
            out.push(fault.with("other", &*other.path));
            continue;
        }
        case.title = doc.title.clone().unwrap_or_default();
        case.standing = doc.standing;
        case.own = Some(own);
    }
    let mut cases: Vec<_> = cases.into_values().collect();
    cases.par_sort_unstable_by(|a, b| a.number.cmp(&b.number));
    cases
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
