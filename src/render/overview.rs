//! Lists over the whole record that several pages are cut from, made once for a build.
//!
//! Takes the record and the plan; gives meetings by year, cases by the year in their number, what is newest, and what
//! sitemaps list.

use crate::config::Config;
use crate::link::{CaseIx, ItemIx, MeetingIx, Record};
use crate::model::Address;
use crate::plan::{self, CaseGroup, Job, Plan, Planned};
use jiff::civil::Date;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

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
    /// The pages that search engines should know of, in the order of the plan, with the day that each last changed.
    pub listed: Vec<(Address, Option<Date>)>,
}

/// The latest entries of a feed.
pub const LATEST: usize = 50;

impl Overview {
    /// Of a record.
    pub fn new(record: &Record, plan: &Plan, config: &Config) -> Self {
        let listed: Vec<&Planned> = plan.jobs.iter().filter(|planned| planned.is_listed()).collect();
        let listed = listed.par_iter().map(|planned| (planned.address.clone(), updated(record, planned)));
        Self {
            years: plan::meeting_years(record),
            groups: plan::case_groups(record),
            latest: latest(record),
            latest_cases: latest_cases(record, config),
            listed: listed.collect(),
        }
    }
}

fn latest(record: &Record) -> Vec<ItemIx> {
    let catalogue = &record.catalogue;
    let mut items: Vec<_> = ItemIx::all(catalogue)
        .filter(|item| catalogue[*item].open().is_some())
        .map(|item| Reverse((catalogue.updated(item), item)))
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
    let mut seen = HashSet::new();
    for item in ItemIx::all(&record.catalogue).rev() {
        cases.extend(record.catalogue[item].cases.iter().copied().filter(|case| seen.insert(*case)));
        if cases.len() >= config.per_page {
            break;
        }
    }
    cases
}

/// The day that a page last changed; `None` where nothing dates it.
fn updated(record: &Record, planned: &Planned) -> Option<Date> {
    let catalogue = &record.catalogue;
    match &planned.job {
        Job::Front => ItemIx::all(catalogue).map(|item| catalogue.updated(item)).max(),
        Job::Meeting(ix) => Some(catalogue[*ix].updated()),
        Job::Item(ix) => Some(catalogue.updated(*ix)),
        Job::Case(ix) => record.timelines.case(*ix).iter().map(|entry| catalogue.updated(entry.item)).max(),
        Job::Topic { topic, .. } => catalogue.items_of(*topic).iter().map(|item| catalogue.updated(*item)).max(),
        _ => None,
    }
}
