//! Decides what every reference in prose leads to, and every attachment and `continues`.
//!
//! Takes the catalogue; gives for each text a goal for each of its references, or none: then the words stay words.

use super::catalogue::{CaseIx, Catalogue, Item, ItemIx, MeetingIx, PageIx, PageRef, TopicIx};
use super::collect::Hidden;
use super::files::{self, Files};
use crate::diagnostic::{Diagnostic, Place, faults};
use crate::hashing::HashMap;
use crate::model::slug::slug;
use crate::model::{Address, ItemNumber};
use crate::parse::Attachment;
use crate::parse::item::AttachmentSource;
use crate::parse::markdown::{Ends, Reference, TOP, Target};
use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The page or file.
    pub address: Address,
    /// The place on it.
    pub fragment: Option<String>,
    /// The page, where the generator made the link: then it is a mention.
    pub mention: Option<PageRef>,
}

/// A goal for each reference of a text.
pub type Goals = Vec<Option<Goal>>;

/// A link to an address as the secretariat wrote it, to be held against the addresses that there will be.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The address.
    pub address: Address,
    /// As written.
    pub written: String,
    /// Where.
    pub place: Place,
}

/// Where an attachment is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AttachmentGoal {
    /// In the site.
    Site(Address),
    /// Elsewhere.
    Web(String),
    /// Only its name is known.
    Nowhere,
}

/// The links of an item; all empty for a closed one.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub struct ItemLinks {
    pub prose: Goals,
    pub status: Goals,
    pub attachments: Vec<AttachmentGoal>,
    /// Earlier items of the same matter, those that are public and open.
    pub continues: Vec<ItemIx>,
}

/// The links of a meeting.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub struct MeetingLinks {
    pub prose: Goals,
    pub documents: Vec<AttachmentGoal>,
}

/// The links of every page, in the order of the catalogue.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub struct Links {
    pub items: Vec<ItemLinks>,
    pub meetings: Vec<MeetingLinks>,
    pub cases: Vec<Goals>,
    pub topics: Vec<Goals>,
    pub pages: Vec<Goals>,
    pub front: Goals,
    pub claims: Vec<Claim>,
}

impl Links {
    /// Every goal in the text of a page, in its order; of an item, those of its process status first.
    pub fn of(&self, page: PageRef) -> impl Iterator<Item = &Goal> {
        let (status, prose): (&[Option<Goal>], &[Option<Goal>]) = match page {
            PageRef::Front => (&[], &self.front),
            PageRef::Meeting(ix) => (&[], &self.meetings[ix.0].prose),
            PageRef::Item(ix) => (&self.items[ix.0].status, &self.items[ix.0].prose),
            PageRef::Case(ix) => (&[], &self.cases[ix.0]),
            PageRef::Topic(ix) => (&[], &self.topics[ix.0]),
            PageRef::Page(ix) => (&[], &self.pages[ix.0]),
        };
        status.iter().chain(prose).flatten()
    }
}

/// The text that a reference stands in.
struct Text<'a> {
    page: PageRef,
    path: &'a Arc<str>,
    ends: &'a Ends,
    meeting: Option<MeetingIx>,
}

/// What is found beside goals.
#[derive(Debug, Default)]
pub struct Found {
    /// Links to addresses.
    pub claims: Vec<Claim>,
    /// Files that are published since these texts name them, by their place among the sources.
    pub named: Vec<usize>,
    /// What is wrong.
    pub told: Vec<Diagnostic>,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.claims.extend(other.claims);
        self.named.extend(other.named);
        self.told.extend(other.told);
    }
}

struct Resolver<'a> {
    catalogue: &'a Catalogue,
    hidden: &'a Hidden,
    files: &'a Files<'a>,
    documents: HashMap<&'a str, PageRef>,
    /// Pages by their output file.
    pages: OnceLock<HashMap<String, PageRef>>,
    items: HashMap<(&'a str, String), ItemIx>,
    days: BTreeMap<Date, Vec<MeetingIx>>,
    months: BTreeMap<(i16, i8), Vec<MeetingIx>>,
}

/// How many items are resolved at a time.
const TOGETHER: usize = 256;

/// Resolves everything: items in parallel, since no reference needs another.
pub fn resolve(catalogue: &Catalogue, hidden: &Hidden, files: &Files<'_>) -> (Links, Found) {
    let resolver = Resolver::new(catalogue, hidden, files);
    let mut links = Links::default();
    let mut found = Found::default();
    for (i, meeting) in catalogue.meetings.iter().enumerate() {
        let ix = MeetingIx(i);
        let page = PageRef::Meeting(ix);
        let prose = resolver.texts(page, &meeting.path, Some(ix), &mut found).pop().unwrap_or_default();
        let documents = resolver.attachments(&meeting.path, &meeting.doc.documents, &mut found);
        links.meetings.push(MeetingLinks { prose, documents });
    }
    let chunks = catalogue.items.par_chunks(TOGETHER).enumerate().map(|(chunk, items)| {
        let mut found = Found::default();
        let all = items.iter().enumerate();
        let links = all.map(|(i, item)| resolver.item(ItemIx(chunk * TOGETHER + i), item, &mut found));
        (links.collect::<Vec<_>>(), found)
    });
    for (more, beside) in chunks.collect::<Vec<_>>() {
        links.items.extend(more);
        found.add(beside);
    }
    let mut page = |page: PageRef| {
        let path = catalogue.path(page);
        path.and_then(|path| resolver.texts(page, path, None, &mut found).pop()).unwrap_or_default()
    };
    links.cases = CaseIx::all(catalogue).map(|ix| page(PageRef::Case(ix))).collect();
    links.topics = TopicIx::all(catalogue).map(|ix| page(PageRef::Topic(ix))).collect();
    links.pages = PageIx::all(catalogue).map(|ix| page(PageRef::Page(ix))).collect();
    links.front = page(PageRef::Front);
    links.claims = std::mem::take(&mut found.claims);
    (links, found)
}

/// Every page that has a file of its own, in a fixed order.
fn pages(catalogue: &Catalogue) -> impl Iterator<Item = PageRef> {
    let own = MeetingIx::all(catalogue).map(PageRef::Meeting).chain(ItemIx::all(catalogue).map(PageRef::Item));
    let own = own.chain(CaseIx::all(catalogue).map(PageRef::Case));
    let own = own.chain(TopicIx::all(catalogue).map(PageRef::Topic));
    let own = own.chain(PageIx::all(catalogue).map(PageRef::Page)).chain([PageRef::Front]);
    own.filter(|page| catalogue.path(*page).is_some())
}

impl<'a> Resolver<'a> {
    fn new(catalogue: &'a Catalogue, hidden: &'a Hidden, files: &'a Files<'a>) -> Self {
        let mut days: BTreeMap<Date, Vec<MeetingIx>> = BTreeMap::new();
        let mut months: BTreeMap<(i16, i8), Vec<MeetingIx>> = BTreeMap::new();
        for (i, meeting) in catalogue.meetings.iter().enumerate() {
            let date = &meeting.doc.date;
            if let Some(day) = date.exact() {
                days.entry(day).or_default().push(MeetingIx(i));
            }
            if let Some(month) = date.month() {
                months.entry(month).or_default().push(MeetingIx(i));
            }
        }
        let (documents, items) = rayon::join(
            || pages(catalogue).filter_map(|page| Some((&**catalogue.path(page)?, page))).collect(),
            || {
                let key = |item: &'a Item| (catalogue[item.meeting].id(), slug(&item.doc.id.value));
                catalogue.items.iter().enumerate().map(|(i, item)| (key(item), ItemIx(i))).collect()
            },
        );
        Self { catalogue, hidden, files, documents, pages: OnceLock::new(), items, days, months }
    }

    fn item(&self, ix: ItemIx, item: &Item, found: &mut Found) -> ItemLinks {
        let Some(open) = item.open() else { return ItemLinks::default() };
        let page = PageRef::Item(ix);
        let mut texts = self.texts(page, &item.path, Some(item.meeting), found);
        let prose = texts.pop().unwrap_or_default();
        let status = texts.pop().unwrap_or_default();
        let attachments = self.attachments(&item.path, &open.attachments, found);
        let mut continues = Vec::new();
        for named in &open.continues {
            let (meeting, slug) = (&named.value.meeting, &named.value.item);
            match self.items.get(&(meeting.as_str(), slug.clone())) {
                Some(earlier) if self.catalogue[*earlier].open().is_some() && *earlier != ix => {
                    continues.push(*earlier)
                }
                Some(_) => {}
                None if self.hidden.items.contains(&(meeting.clone(), slug.clone())) => {}
                None if self.hidden.unread.contains(meeting) => {}
                None => {
                    let fault = faults::UNKNOWN_CONTINUATION.at(&item.path, &named.span);
                    found.told.push(fault.with("value", &named.value.written));
                }
            }
        }
        continues.sort();
        continues.dedup();
        ItemLinks { prose, status, attachments, continues }
    }

    /// The goals of each text of a page's own file.
    fn texts(&self, page: PageRef, path: &Arc<str>, meeting: Option<MeetingIx>, found: &mut Found) -> Vec<Goals> {
        let goals = |ends| {
            let text = Text { page, path, ends, meeting };
            text.ends.references.iter().map(|reference| self.goal(&text, reference, found)).collect()
        };
        self.catalogue.ends(page).iter().map(goals).collect()
    }

    fn attachments(&self, path: &Arc<str>, attachments: &[Attachment], found: &mut Found) -> Vec<AttachmentGoal> {
        attachments
            .iter()
            .map(|attachment| match &attachment.source {
                AttachmentSource::Url(url) => AttachmentGoal::Web(url.clone()),
                AttachmentSource::Named => AttachmentGoal::Nowhere,
                AttachmentSource::File(file) => match self.files.name(path, &file.value) {
                    files::Found::File(at, address) => {
                        found.named.push(at);
                        AttachmentGoal::Site(address)
                    }
                    other => {
                        let fault = match other {
                            files::Found::Outside => {
                                faults::LEAVES_CONTENT.at(path, &file.span).with("value", &file.value)
                            }
                            files::Found::Document(_) => {
                                faults::ATTACHMENT_IS_PAGE.at(path, &file.span).with("file", &file.value)
                            }
                            _ => faults::MISSING_ATTACHMENT.at(path, &file.span).with("file", &file.value),
                        };
                        found.told.push(fault);
                        AttachmentGoal::Nowhere
                    }
                },
            })
            .collect()
    }

    fn goal(&self, text: &Text<'_>, reference: &Reference, found: &mut Found) -> Option<Goal> {
        let mention = |page: PageRef| {
            let address = self.catalogue.address(page);
            (page != text.page).then_some(Goal { address, fragment: None, mention: Some(page) })
        };
        match &reference.target {
            Target::Case(number) => match self.catalogue.case(number) {
                Some(case) => match text.page {
                    PageRef::Item(item) if self.catalogue[item].cases.contains(&case) => None,
                    _ => mention(PageRef::Case(case)),
                },
                None => {
                    let own = match text.page {
                        PageRef::Item(item) => self.catalogue[item]
                            .open()
                            .is_some_and(|open| open.cases.iter().any(|own| own.value == *number)),
                        _ => false,
                    };
                    if !own {
                        let fault = faults::UNKNOWN_CASE.at(text.path, &reference.span);
                        found.told.push(fault.with("number", number.as_str()));
                    }
                    None
                }
            },
            Target::Item(number) => {
                let number = ItemNumber::new(number)?;
                let items = &self.catalogue[text.meeting?].items;
                let item = items.iter().find(|item| self.catalogue[**item].doc.number.value == number)?;
                mention(PageRef::Item(*item))
            }
            Target::Day(day) => {
                let others = self.days.get(day)?.iter().filter(|meeting| Some(**meeting) != text.meeting);
                only(others).and_then(|meeting| mention(PageRef::Meeting(*meeting)))
            }
            Target::Month(year, month) => {
                let meeting = only(self.months.get(&(*year, *month))?.iter())?;
                if Some(*meeting) == text.meeting { None } else { mention(PageRef::Meeting(*meeting)) }
            }
            Target::Link(destination, _) | Target::Image(destination, ..) => {
                self.link(text, destination, &reference.span, found)
            }
        }
    }

    /// A link as written in Markdown: a fragment of this page, an address of the site, or a path in the content.
    fn link(&self, text: &Text<'_>, destination: &str, span: &Range<usize>, found: &mut Found) -> Option<Goal> {
        let (path, fragment) = destination.split_once('#').map_or((destination, None), |(path, f)| (path, Some(f)));
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decode);
        let path = decode(path);
        if path.is_empty() {
            let address = self.catalogue.address(text.page);
            return self.place_on(text, text.page, Goal { address, fragment, mention: None }, span, found);
        }
        if path.starts_with('/') {
            let address = Address::linked(&path);
            let place = Place::at(text.path, span);
            found.claims.push(Claim { address: address.clone(), written: destination.to_owned(), place });
            let goal = Goal { fragment, mention: None, address };
            let all = || pages(self.catalogue).map(|page| (self.catalogue.address(page).file(), page)).collect();
            return match self.pages.get_or_init(all).get(&goal.address.file()).copied() {
                Some(page) => self.place_on(text, page, goal, span, found),
                None => Some(goal),
            };
        }
        let fault = match self.files.name(text.path, &path) {
            files::Found::File(at, address) => {
                found.named.push(at);
                return Some(Goal { address, fragment, mention: None });
            }
            files::Found::Document(path) => match self.documents.get(&*path) {
                Some(page) => {
                    let goal = Goal { address: self.catalogue.address(*page), fragment, mention: None };
                    return self.place_on(text, *page, goal, span, found);
                }
                None => faults::HIDDEN_TARGET.at(text.path, span),
            },
            files::Found::Outside => {
                found.told.push(faults::LEAVES_CONTENT.at(text.path, span).with("value", destination));
                return None;
            }
            files::Found::Nothing => faults::BROKEN_LINK.at(text.path, span),
        };
        found.told.push(fault.with("target", destination));
        None
    }

    /// The goal, if its fragment is on the page.
    fn place_on(
        &self,
        text: &Text<'_>,
        page: PageRef,
        goal: Goal,
        span: &Range<usize>,
        found: &mut Found,
    ) -> Option<Goal> {
        let Some(fragment) = &goal.fragment else { return Some(goal) };
        let is_there = |ends: &Ends| ends.anchors.binary_search(fragment).is_ok();
        if fragment != TOP && !self.catalogue.ends(page).iter().any(is_there) {
            found.told.push(faults::BROKEN_FRAGMENT.at(text.path, span).with("fragment", fragment.clone()));
            return None;
        }
        Some(goal)
    }
}

/// The one that there is.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let one = all.next()?;
    all.next().is_none().then_some(one)
}
