//! Fourth stage, its first half: the record into a list of jobs.
//!
//! Takes the record; gives every page and file there will be, as data: what it is, where it is written, and whose it is.
//! Two things at one address, and links to an address that nothing will have, are found here, before anything is rendered.

mod check;

use crate::config::Config;
use crate::diagnostic::Place;
use crate::link::{BodyIx, CaseIx, ItemIx, MeetingIx, PageIx, PageRef, Record, TopicIx};
use crate::model::{Address, CaseNumber};
use crate::parse::Alias;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A piece of work: renders one page with what stands beside it, or writes one file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // a year is `None` on the first page of its kind; pages of a list count from 1
pub enum Job {
    Front,
    Meetings { year: Option<i16> },
    Meeting(MeetingIx),
    Item(ItemIx),
    Cases { group: Option<CaseGroup>, page: usize },
    Case(CaseIx),
    Topics,
    Topic { topic: TopicIx, page: usize },
    Bodies,
    Body { body: BodyIx, page: usize },
    Timeline { year: Option<i16>, page: usize },
    Search,
    Page(PageIx),
    Statement,
    NotFound,
    Redirect { from: Address, to: PageRef },
    File(usize),
    FileAgain { file: usize, at: Address },
    Asset(String),
    Sitemap { part: usize },
    Robots,
}

/// The cases of a year, or those without one in their number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseGroup {
    /// No year in the number.
    Other,
    /// The year in the number.
    Year(String),
}

/// A job with the files that it writes.
#[derive(Debug)]
pub struct Planned {
    /// The job.
    pub job: Job,
    /// Its address.
    pub address: Address,
    /// Files relative to the output folder; the first is the page's own.
    pub files: Vec<String>,
    /// The file of the content that it is made from, with the place that gives it its address.
    owner: Option<Place>,
}

/// Every job, in a fixed order.
#[derive(Debug)]
pub struct Plan {
    /// The jobs.
    pub jobs: Vec<Planned>,
}

/// What begins so at the root of the output is the build's own.
pub const RESERVED: &str = ".sagnet";

/// Addresses in one sitemap, by its format.
pub const SITEMAP_LIMIT: usize = 50_000;

/// Cases on a page of those of a year.
pub fn cases_per_page(config: &Config) -> usize {
    config.per_page * 4
}

/// The address of a page of a list: the list's own for the first.
pub fn page_address(config: &Config, list: &Address, page: usize) -> Address {
    if page > 1 { list.join(&format!("{}/{page}/", config.segments.page)) } else { list.clone() }
}

impl CaseGroup {
    /// The group of a case with this number.
    pub fn of(number: &CaseNumber) -> Self {
        number.year().map_or(Self::Other, |year| Self::Year(year.to_owned()))
    }

    /// The last segment of its address.
    pub fn segment<'a>(&'a self, config: &'a Config) -> &'a str {
        match self {
            Self::Other => &config.segments.other,
            Self::Year(year) => year,
        }
    }
}

/// The cases of each group, each by number; newest year first.
pub fn case_groups(record: &Record) -> BTreeMap<CaseGroup, Vec<CaseIx>> {
    let mut groups: BTreeMap<CaseGroup, Vec<CaseIx>> = BTreeMap::new();
    for case in CaseIx::all(&record.catalogue) {
        groups.entry(CaseGroup::of(&record.catalogue[case].number)).or_default().push(case);
    }
    groups
}

/// The meetings of each year, each by date.
pub fn meeting_years(record: &Record) -> BTreeMap<i16, Vec<MeetingIx>> {
    let mut years: BTreeMap<i16, Vec<MeetingIx>> = BTreeMap::new();
    for ix in MeetingIx::all(&record.catalogue) {
        years.entry(record.catalogue[ix].doc.date.earliest().year()).or_default().push(ix);
    }
    years
}

struct Planner<'a> {
    record: &'a Record,
    config: &'a Config,
    jobs: Vec<Planned>,
}

/// Plans every job.
pub fn plan(record: &Record, config: &Config, assets: &[String]) -> Plan {
    let mut planner = Planner { record, config, jobs: Vec::new() };
    planner.content();
    planner.lists();
    planner.others();
    for asset in assets {
        planner.add(Job::Asset(asset.clone()), Address::new(format!("/{asset}")), &[], None);
    }
    planner.redirects();
    let pages = planner.jobs.iter().filter(|planned| planned.is_listed()).count();
    for part in 0..=pages.saturating_sub(1) / SITEMAP_LIMIT {
        planner.add(Job::Sitemap { part }, sitemap_address(part, pages), &[], None);
    }
    if pages > SITEMAP_LIMIT {
        planner.add(Job::Sitemap { part: usize::MAX }, Address::new("/sitemap.xml"), &[], None);
    }
    Plan { jobs: planner.jobs }
}

/// The address of a part of the sitemap; where there are several, `/sitemap.xml` lists them.
pub fn sitemap_address(part: usize, pages: usize) -> Address {
    match pages > SITEMAP_LIMIT {
        true => Address::new(format!("/sitemap-{}.xml", part + 1)),
        false => Address::new("/sitemap.xml"),
    }
}

impl Planned {
    /// Whether search engines should know of it.
    pub fn is_listed(&self) -> bool {
        !matches!(
            self.job,
            Job::Statement
                | Job::NotFound
                | Job::Redirect { .. }
                | Job::File(_)
                | Job::FileAgain { .. }
                | Job::Asset(_)
                | Job::Sitemap { .. }
                | Job::Robots
        )
    }
}

/// A job that writes the file of its address, and others beside it.
fn planned(job: Job, address: Address, beside: &[&str], owner: Option<Place>) -> Planned {
    let mut files = Vec::with_capacity(1 + beside.len());
    files.push(address.file());
    files.extend(beside.iter().map(|name| address.join(name).file()));
    Planned { job, address, files, owner }
}

fn all<T: Send>(indexes: impl Iterator<Item = T>) -> rayon::vec::IntoIter<T> {
    indexes.collect::<Vec<_>>().into_par_iter()
}

impl Planner<'_> {
    fn add(&mut self, job: Job, address: Address, beside: &[&str], owner: Option<Place>) {
        self.jobs.push(planned(job, address, beside, owner));
    }

    fn content(&mut self) {
        let catalogue = &self.record.catalogue;
        let front = catalogue.front.as_ref().map(|own| Place::file(&own.path));
        self.add(Job::Front, Address::new("/"), &["feed.xml"], front);
        for (ix, meeting) in MeetingIx::all(catalogue).zip(&catalogue.meetings) {
            let beside: &[&str] = match meeting.doc.date.exact() {
                Some(_) => &["index.json", "moede.ics"],
                None => &["index.json"],
            };
            let owner = Some(Place::file(&meeting.path));
            self.add(Job::Meeting(ix), meeting.address.clone(), beside, owner);
        }
        self.jobs.par_extend(catalogue.items.par_iter().zip(all(ItemIx::all(catalogue))).map(|(item, ix)| {
            let owner = Some(Place::at(&item.path, &item.doc.id.span));
            planned(Job::Item(ix), item.address.clone(), &["index.json"], owner)
        }));
        self.jobs.par_extend(catalogue.cases.par_iter().zip(all(CaseIx::all(catalogue))).map(|(case, ix)| {
            let first = case.items.first().map(|item| &catalogue[*item].path);
            let owner = case.own.as_ref().map(|own| &own.path).or(first).map(Place::file);
            planned(Job::Case(ix), case.address.clone(), &["index.json", "feed.xml"], owner)
        }));
        for (ix, page) in PageIx::all(catalogue).zip(&catalogue.pages) {
            self.add(Job::Page(ix), page.address.clone(), &[], Some(Place::file(&page.path)));
        }
        for (i, file) in self.record.files.iter().enumerate() {
            self.add(Job::File(i), file.address.clone(), &[], Some(Place::file(&file.path)));
        }
    }

    fn lists(&mut self) {
        let (record, config) = (self.record, self.config);
        let catalogue = &record.catalogue;
        let segments = &config.segments;
        let top = |segment: &str| Address::new(format!("/{segment}/"));
        let per_page = config.per_page;
        self.add(Job::Meetings { year: None }, top(&segments.meetings), &[], None);
        self.add(Job::Timeline { year: None, page: 1 }, top(&segments.timeline), &[], None);
        for (year, meetings) in meeting_years(record) {
            let address = top(&segments.meetings).join(&format!("{year}/"));
            self.add(Job::Meetings { year: Some(year) }, address, &[], None);
            let address = top(&segments.timeline).join(&format!("{year}/"));
            self.pages(&address, meetings.len(), per_page, |page| Job::Timeline { year: Some(year), page });
        }
        self.add(Job::Cases { group: None, page: 1 }, top(&segments.cases), &[], None);
        for (group, cases) in case_groups(record) {
            let address = top(&segments.cases).join(&format!("{}/", group.segment(config)));
            let job = |page| Job::Cases { group: Some(group.clone()), page };
            self.pages(&address, cases.len(), cases_per_page(config), job);
        }
        self.add(Job::Topics, top(&segments.topics), &[], None);
        for (ix, topic) in TopicIx::all(catalogue).zip(&catalogue.topics) {
            let first = catalogue.items_of(ix).first().map(|item| &catalogue[*item].path);
            let owner = topic.own.as_ref().map(|own| &own.path).or(first).map(Place::file);
            self.add(Job::Topic { topic: ix, page: 1 }, topic.address.clone(), &["index.json", "feed.xml"], owner);
            let entries = catalogue.items_of(ix).len().max(catalogue.cases_of(ix).len());
            for page in 2..=entries.div_ceil(per_page) {
                self.add(Job::Topic { topic: ix, page }, page_address(config, &topic.address, page), &[], None);
            }
        }
        if !catalogue.bodies.is_empty() {
            self.add(Job::Bodies, top(&segments.bodies), &[], None);
        }
        for (ix, body) in BodyIx::all(catalogue).zip(&catalogue.bodies) {
            self.pages(&body.address, catalogue.meetings_of(ix).len(), per_page, |page| Job::Body { body: ix, page });
        }
    }

    /// One job for each page of a list.
    fn pages(&mut self, list: &Address, entries: usize, per_page: usize, job: impl Fn(usize) -> Job) {
        for page in 1..=entries.div_ceil(per_page).max(1) {
            self.add(job(page), page_address(self.config, list, page), &[], None);
        }
    }

    fn others(&mut self) {
        let segments = &self.config.segments;
        let calendar = Address::new(format!("/{}.ics", segments.meetings));
        self.add(Job::Search, Address::new(format!("/{}/", segments.search)), &[], None);
        self.add(Job::NotFound, Address::new("/404.html"), &[], None);
        self.add(Job::Robots, Address::new("/robots.txt"), &[], None);
        if self.config.accessibility.is_some() {
            self.add(Job::Statement, Address::new("/was/"), &[], None);
        }
        if let Some(front) = self.jobs.first_mut() {
            front.files.push(calendar.file());
        }
    }

    /// Pages at former addresses. A meeting's cover what is below it: its items, and its files, which are there twice.
    fn redirects(&mut self) {
        let catalogue = &self.record.catalogue;
        let mut redirects = Vec::new();
        let mut add = |path: &Arc<str>, aliases: &[Alias], to: PageRef| {
            redirects.extend(aliases.iter().map(|alias| (alias.address.clone(), to, Place::at(path, &alias.span))));
        };
        for (ix, meeting) in MeetingIx::all(catalogue).zip(&catalogue.meetings) {
            add(&meeting.path, &meeting.doc.aliases, PageRef::Meeting(ix));
        }
        for (ix, item) in ItemIx::all(catalogue).zip(&catalogue.items) {
            add(&item.path, &item.doc.aliases, PageRef::Item(ix));
        }
        for (ix, case) in CaseIx::all(catalogue).zip(&catalogue.cases) {
            if let Some(own) = &case.own {
                add(&own.path, &own.doc.aliases, PageRef::Case(ix));
            }
        }
        for (ix, topic) in TopicIx::all(catalogue).zip(&catalogue.topics) {
            if let Some(own) = &topic.own {
                add(&own.path, &own.doc.aliases, PageRef::Topic(ix));
            }
        }
        for (ix, page) in PageIx::all(catalogue).zip(&catalogue.pages) {
            add(&page.path, &page.doc.aliases, PageRef::Page(ix));
        }
        for (from, to, place) in redirects {
            self.add(Job::Redirect { from: from.clone(), to }, from, &[], Some(place));
        }
        for meeting in &catalogue.meetings {
            for alias in meeting.doc.aliases.iter().filter(|alias| alias.address.path().ends_with('/')) {
                let place = Place::at(&meeting.path, &alias.span);
                for item in &meeting.items {
                    let below = catalogue[*item].address.path().strip_prefix(meeting.address.path()).unwrap_or("");
                    let (from, to) = (alias.address.join(below), PageRef::Item(*item));
                    self.add(Job::Redirect { from: from.clone(), to }, from, &[], Some(place.clone()));
                }
                for (file, published) in self.record.files.iter().enumerate() {
                    if let Some(below) = published.address.path().strip_prefix(meeting.address.path()) {
                        let at = alias.address.join(below);
                        self.add(Job::FileAgain { file, at: at.clone() }, at, &[], Some(place.clone()));
                    }
                }
            }
        }
    }
}
