//! Decides what every reference in prose leads to, and every attachment and `continues`.
//!
//! Takes the catalogue; gives for each text a goal for each of its references, or none: then the words stay words.

use super::catalogue::{Catalogue, Item, ItemIx, MeetingIx, PageRef};
use super::collect::Hidden;
use super::files::{Files, Found};
use crate::diagnostic::{Diagnostic, Place, faults};
use crate::hashing::HashMap;
use crate::model::{Address, ItemNumber};
use crate::parse::Attachment;
use crate::parse::item::AttachmentSource;
use crate::parse::markdown::{Ends, Reference, Target};
use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

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

struct Resolver<'a, 'f> {
    catalogue: &'a Catalogue,
    ends: &'a AllEnds,
    hidden: &'a Hidden,
    files: &'a mut Files<'f>,
    documents: HashMap<&'a str, PageRef>,
    /// Pages by their output file.
    pages: OnceCell<HashMap<String, PageRef>>,
    items: HashMap<(&'a str, String), ItemIx>,
    days: BTreeMap<Date, Vec<MeetingIx>>,
    months: BTreeMap<(i16, i8), Vec<MeetingIx>>,
    claims: Vec<Claim>,
    out: &'a mut Vec<Diagnostic>,
}

/// What ties the texts of each file to others, by its path.
type AllEnds = HashMap<Arc<str>, Vec<Ends>>;

/// Resolves everything.
pub fn resolve(
    catalogue: &Catalogue,
    ends: &AllEnds,
    hidden: &Hidden,
    files: &mut Files<'_>,
    out: &mut Vec<Diagnostic>,
) -> Links {
    let mut resolver = Resolver::new(catalogue, ends, hidden, files, out);
    let mut links = Links::default();
    for (i, meeting) in catalogue.meetings.iter().enumerate() {
        let ix = MeetingIx(i);
        let page = PageRef::Meeting(ix);
        let prose = resolver.texts(page, &meeting.path, Some(ix)).pop().unwrap_or_default();
        links
            .meetings
            .push(MeetingLinks { prose, documents: resolver.attachments(&meeting.path, &meeting.doc.documents) });
    }
    for (i, item) in catalogue.items.iter().enumerate() {
        links.items.push(resolver.item(ItemIx(i), item));
    }
    for (i, case) in catalogue.cases.iter().enumerate() {
        let own = case.own.as_ref().map(|(path, _)| path);
        links.cases.push(resolver.page(PageRef::Case(super::CaseIx(i)), own));
    }
    for (i, topic) in catalogue.topics.iter().enumerate() {
        let own = topic.own.as_ref().map(|(path, _)| path);
        links.topics.push(resolver.page(PageRef::Topic(super::TopicIx(i)), own));
    }
    for (i, page) in catalogue.pages.iter().enumerate() {
        links.pages.push(resolver.page(PageRef::Page(super::PageIx(i)), Some(&page.path)));
    }
    links.front = resolver.page(PageRef::Front, catalogue.front.as_ref().map(|(path, _)| path));
    links.claims = resolver.claims;
    links
}

impl<'a, 'f> Resolver<'a, 'f> {
    fn new(
        catalogue: &'a Catalogue,
        ends: &'a AllEnds,
        hidden: &'a Hidden,
        files: &'a mut Files<'f>,
        out: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let mut documents: HashMap<&str, PageRef> = HashMap::default();
        let mut items = HashMap::default();
        let mut days: BTreeMap<Date, Vec<MeetingIx>> = BTreeMap::new();
        let mut months: BTreeMap<(i16, i8), Vec<MeetingIx>> = BTreeMap::new();
        for (i, meeting) in catalogue.meetings.iter().enumerate() {
            documents.insert(&meeting.path, PageRef::Meeting(MeetingIx(i)));
            let date = &meeting.doc.date;
            if let Some(day) = date.exact() {
                days.entry(day).or_default().push(MeetingIx(i));
            }
            if let Some(month) = date.month() {
                months.entry(month).or_default().push(MeetingIx(i));
            }
        }
        for (i, item) in catalogue.items.iter().enumerate() {
            documents.insert(&item.path, PageRef::Item(ItemIx(i)));
            let meeting = catalogue[item.meeting].id();
            items.insert((meeting, crate::model::slug::slug(&item.doc.id.value)), ItemIx(i));
        }
        for (i, case) in catalogue.cases.iter().enumerate() {
            documents.extend(case.own.as_ref().map(|(path, _)| (&**path, PageRef::Case(super::CaseIx(i)))));
        }
        for (i, topic) in catalogue.topics.iter().enumerate() {
            documents.extend(topic.own.as_ref().map(|(path, _)| (&**path, PageRef::Topic(super::TopicIx(i)))));
        }
        for (i, page) in catalogue.pages.iter().enumerate() {
            documents.insert(&page.path, PageRef::Page(super::PageIx(i)));
        }
        documents.extend(catalogue.front.as_ref().map(|(path, _)| (&**path, PageRef::Front)));
        Self {
            catalogue,
            ends,
            hidden,
            files,
            documents,
            pages: OnceCell::new(),
            items,
            days,
            months,
            claims: Vec::new(),
            out,
        }
    }

    fn item(&mut self, ix: ItemIx, item: &Item) -> ItemLinks {
        let Some(open) = item.open() else { return ItemLinks::default() };
        let page = PageRef::Item(ix);
        let mut texts = self.texts(page, &item.path, Some(item.meeting));
        let prose = texts.pop().unwrap_or_default();
        let status = texts.pop().unwrap_or_default();
        let attachments = self.attachments(&item.path, &open.attachments);
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
                    self.out.push(fault.with("value", &named.value.written));
                }
            }
        }
        continues.sort();
        continues.dedup();
        ItemLinks { prose, status, attachments, continues }
    }

    fn page(&mut self, page: PageRef, own: Option<&Arc<str>>) -> Goals {
        own.and_then(|path| self.texts(page, path, None).pop()).unwrap_or_default()
    }

    /// The goals of each text of a file.
    fn texts(&mut self, page: PageRef, path: &Arc<str>, meeting: Option<MeetingIx>) -> Vec<Goals> {
        let texts = self.ends.get(path).into_iter().flatten();
        texts.map(|ends| self.goals(&Text { page, path, ends, meeting })).collect()
    }

    fn attachments(&mut self, path: &Arc<str>, attachments: &[Attachment]) -> Vec<AttachmentGoal> {
        attachments
            .iter()
            .map(|attachment| match &attachment.source {
                AttachmentSource::Url(url) => AttachmentGoal::Web(url.clone()),
                AttachmentSource::Named => AttachmentGoal::Nowhere,
                AttachmentSource::File(file) => match self.files.name(path, &file.value) {
                    Found::File(address) => AttachmentGoal::Site(address),
                    found => {
                        let fault = match found {
                            Found::Outside => faults::LEAVES_CONTENT.at(path, &file.span).with("value", &file.value),
                            Found::Document(_) => {
                                faults::ATTACHMENT_IS_PAGE.at(path, &file.span).with("file", &file.value)
                            }
                            _ => faults::MISSING_ATTACHMENT.at(path, &file.span).with("file", &file.value),
                        };
                        self.out.push(fault);
                        AttachmentGoal::Nowhere
                    }
                },
            })
            .collect()
    }

    fn goals(&mut self, text: &Text<'_>) -> Goals {
        text.ends.references.iter().map(|reference| self.goal(text, reference)).collect()
    }

    fn goal(&mut self, text: &Text<'_>, reference: &Reference) -> Option<Goal> {
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
                        self.out.push(fault.with("number", number.as_str()));
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
                self.link(text, destination, &reference.span)
            }
        }
    }

    /// A link as written in Markdown: a fragment of this page, an address of the site, or a path in the content.
    fn link(&mut self, text: &Text<'_>, destination: &str, span: &Range<usize>) -> Option<Goal> {
        let (path, fragment) = destination.split_once('#').map_or((destination, None), |(path, f)| (path, Some(f)));
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decode);
        let path = decode(path);
        if path.is_empty() {
            let address = self.catalogue.address(text.page);
            return self.place_on(text, text.page, Goal { address, fragment, mention: None }, span);
        }
        if path.starts_with('/') {
            let address = Address::linked(&path);
            let place = Place::at(text.path, span);
            self.claims.push(Claim { address: address.clone(), written: destination.to_owned(), place });
            let goal = Goal { fragment, mention: None, address };
            let all = || self.documents.values().map(|page| (self.catalogue.address(*page).file(), *page)).collect();
            return match self.pages.get_or_init(all).get(&goal.address.file()).copied() {
                Some(page) => self.place_on(text, page, goal, span),
                None => Some(goal),
            };
        }
        let fault = match self.files.name(text.path, &path) {
            Found::File(address) => return Some(Goal { address, fragment, mention: None }),
            Found::Document(path) => match self.documents.get(&*path) {
                Some(page) => {
                    let goal = Goal { address: self.catalogue.address(*page), fragment, mention: None };
                    return self.place_on(text, *page, goal, span);
                }
                None => faults::HIDDEN_TARGET.at(text.path, span),
            },
            Found::Outside => {
                self.out.push(faults::LEAVES_CONTENT.at(text.path, span).with("value", destination));
                return None;
            }
            Found::Nothing => faults::BROKEN_LINK.at(text.path, span),
        };
        self.out.push(fault.with("target", destination));
        None
    }

    /// The goal, if its fragment is on the page.
    fn place_on(&mut self, text: &Text<'_>, page: PageRef, goal: Goal, span: &Range<usize>) -> Option<Goal> {
        let Some(fragment) = &goal.fragment else { return Some(goal) };
        let catalogue = self.catalogue;
        let file = match page {
            PageRef::Front => catalogue.front.as_ref().map(|(path, _)| path),
            PageRef::Meeting(ix) => Some(&catalogue[ix].path),
            PageRef::Item(ix) => Some(&catalogue[ix].path),
            PageRef::Case(ix) => catalogue[ix].own.as_ref().map(|(path, _)| path),
            PageRef::Topic(ix) => catalogue[ix].own.as_ref().map(|(path, _)| path),
            PageRef::Page(ix) => Some(&catalogue[ix].path),
        };
        let mut texts = file.and_then(|path| self.ends.get(path)).into_iter().flatten();
        if fragment != "main-content" && !texts.any(|ends| ends.anchors.contains(fragment)) {
            self.out.push(faults::BROKEN_FRAGMENT.at(text.path, span).with("fragment", fragment.clone()));
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
