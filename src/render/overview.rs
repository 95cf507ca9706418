//! Lists over the whole record that several pages are cut from, made once for a build.
//!
//! Takes the record and the plan; gives meetings by year, cases by the year in their number, what is newest, and what
//! sitemaps list.

use crate::config::Config;
use crate::hashing::{HashMap, HashSet};
use crate::link::{CaseIx, ItemIx, MeetingIx, PageIx, Record, TopicIx};
use crate::model::Address;
use crate::plan::{self, CaseGroup, Job, Plan, Planned};
use jiff::civil::Date;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Lists over the whole record.
#[derive(Debug)]
pub struct Overview {
    /// The meetings of each year, by date.
    pub years: BTreeMap<i16, Vec<MeetingIx>>,
    /// The cases of each group, by number.
    pub groups: BTreeMap<CaseGroup, Vec<CaseIx>>,
    /// The open items that were published last: newest first; of one day, the agenda's order from its end.
    pub latest: Vec<ItemIx>,
    /// The cases that were treated last, newest first.
    pub latest_cases: Vec<CaseIx>,
    /// The other pages below each other page, by path.
    pub below: Vec<Vec<PageIx>>,
    /// The pages that search engines should know of, in the order of the plan, with the day that each last changed.
    pub listed: Vec<(Address, Option<Date>)>,
}

/// The latest entries of a feed.
pub const LATEST: usize = 50;

impl Overview {
    /// Of a record.
    pub fn new(record: &Record, plan: &Plan, config: &Config) -> Self {
        let days = Days::new(record);
        let listed: Vec<&Planned> = plan.jobs.iter().filter(|planned| planned.is_listed()).collect();
        let listed = listed.par_iter().map(|planned| (planned.address.clone(), days.of(record, planned)));
        Self {
            years: plan::meeting_years(record),
            groups: plan::case_groups(record),
            latest: latest(record, &days),
            latest_cases: latest_cases(record, config),
            below: below(record),
            listed: listed.collect(),
        }
    }
}

/// The name of the page above another one.
fn parent(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(parent, _)| parent)
}

fn below(record: &Record) -> Vec<Vec<PageIx>> {
    let catalogue = &record.catalogue;
    let by_name: HashMap<&str, PageIx> =
        PageIx::all(catalogue).map(|ix| (catalogue[ix].doc.name.as_str(), ix)).collect();
    let mut below = vec![Vec::new(); catalogue.pages.len()];
    for ix in PageIx::all(catalogue) {
        if let Some(above) = parent(&catalogue[ix].doc.name).and_then(|name| by_name.get(name)) {
            below[above.index()].push(ix);
        }
    }
    below
}

fn latest(record: &Record, days: &Days) -> Vec<ItemIx> {
    let catalogue = &record.catalogue;
    let mut items: Vec<_> = ItemIx::all(catalogue)
        .filter(|item| catalogue[*item].open().is_some())
        .map(|item| Reverse((days.items[item.index()], item)))
        .collect();
    if items.len() > LATEST {
        items.select_nth_unstable(LATEST);
        items.truncate(LATEST);
    }
    items.sort_unstable();
    items.into_iter().map(|Reverse((_, item))| item).collect()
}

fn latest_cases(record: &Record, config: &Config) -> Vec<CaseIx> {
    let mut cases = Vec::new();
    let mut seen = HashSet::default();
    for item in ItemIx::all(&record.catalogue).rev() {
        cases.extend(record.catalogue[item].cases.iter().copied().filter(|case| seen.insert(*case)));
        if cases.len() >= config.per_page {
            break;
        }
    }
    cases
}

/// The days that things last changed.
struct Days {
    /// By item.
    items: Vec<Date>,
    /// By topic; `None` where it has no items. A topic has a page for every few of them.
    topics: Vec<Option<Date>>,
}

impl Days {
    fn new(record: &Record) -> Self {
        let catalogue = &record.catalogue;
        let items: Vec<Date> = ItemIx::all(catalogue).map(|item| catalogue.updated(item)).collect();
        let newest = |of: &[ItemIx]| of.iter().map(|item| items[item.index()]).max();
        let topics = TopicIx::all(catalogue).map(|topic| newest(catalogue.items_of(topic))).collect();
        Self { items, topics }
    }

    /// The day that a page last changed; `None` where nothing dates it.
    fn of(&self, record: &Record, planned: &Planned) -> Option<Date> {
        match &planned.job {
            Job::Front => self.items.iter().max().copied(),
            Job::Meeting(ix) => Some(record.catalogue[*ix].updated()),
            Job::Item(ix) => Some(self.items[ix.index()]),
            Job::Case(ix) => record.timelines.case(*ix).iter().map(|entry| self.items[entry.item.index()]).max(),
            Job::Topic { topic, .. } => self.topics[topic.index()],
            _ => None,
        }
    }
}
