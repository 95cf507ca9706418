//! Parts of the record that pages are made from, and their names, which are the same in every build.
//!
//! Takes the record; gives the name of each part, made from what the secretariat named it, never from its place.

use crate::hashing::hash_of;
use crate::link::{BodyIx, CaseIx, Item, ItemIx, MeetingIx, PageIx, PageRef, Record, TopicIx};
use crate::model::slug::slug;
use crate::plan::CaseGroup;

/// A part of the record that pages are made from.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub enum Part<'a> {
    Meeting(MeetingIx),
    /// The meetings before and after one.
    Neighbours(MeetingIx),
    Item(ItemIx),
    /// The items of its matter.
    Matter(ItemIx),
    Case(CaseIx),
    Timeline(CaseIx),
    /// The other cases of its matter.
    Related(CaseIx),
    Topic(TopicIx),
    TopicLists(TopicIx),
    Body(BodyIx),
    BodyMeetings(BodyIx),
    Page(PageIx),
    /// The other pages below one.
    Below(PageIx),
    Front,
    /// The text of a page's own file, and what its links lead to.
    Text(PageRef),
    /// The pages that mention one.
    Mentions(PageRef),
    File(usize),
    /// What all pages share.
    Site,
    Meetings,
    Year(i16),
    Years,
    CaseGroup(&'a CaseGroup),
    CaseGroups,
    Topics,
    Bodies,
    /// The items that were published last.
    Latest,
    LatestCases,
    /// All pages that search engines should know of.
    Listed,
}

/// The name of a part, the same in every build. Two that share one by chance are taken for changed when either is.
pub type PartName = u32;

/// Names of everything in the catalogue, by index: made from what the secretariat named it, never from its place.
#[derive(Debug, Default)]
pub struct Names {
    meetings: Vec<u64>,
    items: Vec<u64>,
    cases: Vec<u64>,
    topics: Vec<u64>,
    bodies: Vec<u64>,
    pages: Vec<u64>,
    files: Vec<u64>,
}

impl Names {
    /// The names in a record.
    pub fn new(record: &Record) -> Self {
        let catalogue = &record.catalogue;
        let meetings: Vec<u64> = catalogue.meetings.iter().map(|meeting| hash_of(&meeting.doc.id)).collect();
        let item = |item: &Item| hash_of((meetings[item.meeting.index()], slug(&item.doc.id.value)));
        Self {
            items: catalogue.items.iter().map(item).collect(),
            meetings,
            cases: catalogue.cases.iter().map(|case| hash_of(&case.number)).collect(),
            topics: catalogue.topics.iter().map(|topic| hash_of(&topic.slug)).collect(),
            bodies: catalogue.bodies.iter().map(|body| hash_of(&body.address)).collect(),
            pages: catalogue.pages.iter().map(|page| hash_of(&page.doc.name)).collect(),
            files: record.files.iter().map(|file| hash_of(&file.path)).collect(),
        }
    }

    /// A meeting's.
    pub fn meeting(&self, ix: MeetingIx) -> u64 {
        self.meetings[ix.index()]
    }

    /// An item's.
    pub fn item(&self, ix: ItemIx) -> u64 {
        self.items[ix.index()]
    }

    /// A case's.
    pub fn case(&self, ix: CaseIx) -> u64 {
        self.cases[ix.index()]
    }

    /// A topic's.
    pub fn topic(&self, ix: TopicIx) -> u64 {
        self.topics[ix.index()]
    }

    /// A body's.
    pub fn body(&self, ix: BodyIx) -> u64 {
        self.bodies[ix.index()]
    }

    /// That of a file which is published as it is.
    pub fn file(&self, file: usize) -> u64 {
        self.files[file]
    }

    /// The name of a page of the record.
    pub fn page(&self, page: PageRef) -> u64 {
        match page {
            PageRef::Front => 0,
            PageRef::Meeting(ix) => hash_of((1, self.meeting(ix))),
            PageRef::Item(ix) => hash_of((2, self.item(ix))),
            PageRef::Case(ix) => hash_of((3, self.case(ix))),
            PageRef::Topic(ix) => hash_of((4, self.topic(ix))),
            PageRef::Page(ix) => hash_of((5, self.pages[ix.index()])),
        }
    }

    /// The name of a part.
    pub fn of(&self, part: Part<'_>) -> PartName {
        let (kind, name) = match part {
            Part::Meeting(ix) => (1, self.meeting(ix)),
            Part::Neighbours(ix) => (2, self.meeting(ix)),
            Part::Item(ix) => (3, self.item(ix)),
            Part::Matter(ix) => (4, self.item(ix)),
            Part::Case(ix) => (5, self.case(ix)),
            Part::Timeline(ix) => (6, self.case(ix)),
            Part::Related(ix) => (7, self.case(ix)),
            Part::Topic(ix) => (8, self.topic(ix)),
            Part::TopicLists(ix) => (9, self.topic(ix)),
            Part::Body(ix) => (10, self.body(ix)),
            Part::BodyMeetings(ix) => (11, self.body(ix)),
            Part::Page(ix) => (12, self.pages[ix.index()]),
            Part::Front => (13, 0),
            Part::Text(page) => (14, self.page(page)),
            Part::Mentions(page) => (15, self.page(page)),
            Part::File(file) => (16, self.files[file]),
            Part::Meetings => (17, 0),
            Part::Year(year) => (18, hash_of(year)),
            Part::Years => (19, 0),
            Part::CaseGroup(group) => (20, hash_of(group)),
            Part::CaseGroups => (21, 0),
            Part::Topics => (22, 0),
            Part::Bodies => (23, 0),
            Part::Latest => (25, 0),
            Part::LatestCases => (26, 0),
            Part::Listed => (27, 0),
            Part::Site => (28, 0),
            Part::Below(ix) => (29, self.pages[ix.index()]),
        };
        // A multiplication mixes well enough what are hashes already, and there are very many.
        let mixed = (name ^ kind).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_add(kind);
        u32::try_from(mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32).unwrap_or(0)
    }
}
