//! Meetings, items, cases, topics, bodies and pages, each with its address and its place in an order.
//!
//! Takes what was collected; gives the [`Catalogue`], in which everything is named by its index.

mod make;

pub use make::catalogue;

use super::collect::Filed;
use crate::model::{Address, CaseNumber};
use crate::parse::markdown::Ends;
use crate::parse::{Access, CaseDoc, Correction, ItemDoc, MeetingDoc, OpenDoc, PageDoc, Status};
use jiff::civil::Date;
use rayon::prelude::*;
use std::ops::Index;
use std::sync::Arc;

macro_rules! indexes {
    ($($name:ident $field:ident $of:ident;)*) => {
        $(
            #[doc = concat!("Names one of [`Catalogue::", stringify!($field), "`].")]
            /// Only linking makes one, so whoever has one was told of it by the record.
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub(in crate::link) usize);

            impl $name {
                /// All that there are, in their order.
                pub fn all(catalogue: &Catalogue) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + use<> {
                    (0..catalogue.$field.len()).map(Self)
                }

                /// Its place in their order, from 0.
                pub fn index(self) -> usize {
                    self.0
                }
            }

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// What stands for the bytes of its file.
    pub mark: u64,
    pub doc: Box<MeetingDoc>,
    /// What ties its texts to others; none once the record is linked.
    pub(in crate::link) ends: Vec<Ends>,
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
    /// What stands for the bytes of its file.
    pub mark: u64,
    pub doc: Box<ItemDoc>,
    /// What ties its texts to others; none once the record is linked.
    pub(in crate::link) ends: Vec<Ends>,
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
    /// Its own file.
    pub own: Option<Filed<Box<CaseDoc>>>,
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
    /// Its own file.
    pub own: Option<Filed<PageDoc>>,
    pub title: String,
    pub address: Address,
    /// By date.
    pub(in crate::link) items: Vec<ItemIx>,
    /// By number.
    pub(in crate::link) cases: Vec<CaseIx>,
}

/// One of several committees.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Body {
    pub name: String,
    pub address: Address,
    /// By date.
    pub(in crate::link) meetings: Vec<MeetingIx>,
}

/// Another page.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Page {
    pub path: Arc<str>,
    /// What stands for the bytes of its file.
    pub mark: u64,
    pub doc: PageDoc,
    /// What ties its texts to others; none once the record is linked.
    pub(in crate::link) ends: Vec<Ends>,
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
    /// The text of the front page.
    pub front: Option<Filed<PageDoc>>,
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

    /// What ties the texts of a page's own file to others; none where it has no file.
    pub(in crate::link) fn ends(&self, page: PageRef) -> &[Ends] {
        match page {
            PageRef::Front => self.front.as_ref().map_or(&[], |own| &own.ends),
            PageRef::Meeting(ix) => &self[ix].ends,
            PageRef::Item(ix) => &self[ix].ends,
            PageRef::Case(ix) => self[ix].own.as_ref().map_or(&[], |own| &own.ends),
            PageRef::Topic(ix) => self[ix].own.as_ref().map_or(&[], |own| &own.ends),
            PageRef::Page(ix) => &self[ix].ends,
        }
    }

    /// Forgets what only linking needs of texts: it is much, and the record stays for long.
    pub(in crate::link) fn forget_ends(&mut self) {
        self.items.par_iter_mut().for_each(|item| item.ends = Vec::new());
        self.meetings.iter_mut().for_each(|meeting| meeting.ends = Vec::new());
        self.cases.iter_mut().filter_map(|case| case.own.as_mut()).for_each(|own| own.ends = Vec::new());
        self.topics.iter_mut().filter_map(|topic| topic.own.as_mut()).for_each(|own| own.ends = Vec::new());
        self.pages.iter_mut().for_each(|page| page.ends = Vec::new());
        self.front.iter_mut().for_each(|own| own.ends = Vec::new());
    }

    /// The path of a page's own file.
    pub fn path(&self, page: PageRef) -> Option<&Arc<str>> {
        match page {
            PageRef::Front => self.front.as_ref().map(|own| &own.path),
            PageRef::Meeting(ix) => Some(&self[ix].path),
            PageRef::Item(ix) => Some(&self[ix].path),
            PageRef::Case(ix) => self[ix].own.as_ref().map(|own| &own.path),
            PageRef::Topic(ix) => self[ix].own.as_ref().map(|own| &own.path),
            PageRef::Page(ix) => Some(&self[ix].path),
        }
    }

    /// The meetings before and after one.
    pub fn neighbours(&self, meeting: MeetingIx) -> (Option<MeetingIx>, Option<MeetingIx>) {
        let there = |at: usize| (at < self.meetings.len()).then_some(MeetingIx(at));
        (meeting.0.checked_sub(1).and_then(there), there(meeting.0 + 1))
    }

    /// The items of a topic, by date.
    pub fn items_of(&self, topic: TopicIx) -> &[ItemIx] {
        &self[topic].items
    }

    /// The cases of a topic, by number.
    pub fn cases_of(&self, topic: TopicIx) -> &[CaseIx] {
        &self[topic].cases
    }

    /// The meetings of a body, by date.
    pub fn meetings_of(&self, body: BodyIx) -> &[MeetingIx] {
        &self[body].meetings
    }

    /// The case of this number.
    pub fn case(&self, number: &CaseNumber) -> Option<CaseIx> {
        self.cases.binary_search_by(|case| case.number.cmp(number)).ok().map(CaseIx)
    }
}
