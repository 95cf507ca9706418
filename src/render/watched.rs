//! The record as one job sees it: whatever the job looks at is noted, so that it need not be done again while none of that
//! changes.
//!
//! Takes the record; gives its parts, and the names of those that were asked for. Views get nothing else of the record, and
//! nobody but the link stage makes an index, so no page can come to depend on a part without its being noted.

use super::Overview;
use super::part::{Names, Part, PartName};
use crate::link::{
    Body, BodyIx, Case, CaseIx, Entry, Item, ItemIx, ItemLinks, Meeting, MeetingIx, MeetingLinks, Page, PageIx,
    PageRef, PublishedFile, Record, Topic, TopicIx,
};
use crate::model::Address;
use crate::parse::PageDoc;
use crate::plan::CaseGroup;
use jiff::civil::Date;
use std::cell::RefCell;
use std::ops::Index;
use std::sync::Arc;

/// The record, watched.
pub struct Watched<'a> {
    record: &'a Record,
    overview: &'a Overview,
    names: &'a Names,
    seen: RefCell<Vec<PartName>>,
}

impl<'a> Watched<'a> {
    /// For one job.
    pub fn new(record: &'a Record, overview: &'a Overview, names: &'a Names) -> Self {
        Self { record, overview, names, seen: RefCell::new(vec![names.of(Part::Site)]) }
    }

    /// The names of the parts that were looked at, each once.
    pub fn into_seen(self) -> Vec<PartName> {
        let mut seen = self.seen.into_inner();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    /// Notes parts that were looked at when something was made which the page shows too.
    pub fn note_all(&self, parts: &[PartName]) {
        self.seen.borrow_mut().extend_from_slice(parts);
    }

    fn note(&self, part: Part<'_>) {
        self.seen.borrow_mut().push(self.names.of(part));
    }

    /// Notes that the text of a page's own file is shown; gives the path of the file, where there is one.
    pub fn text(&self, page: PageRef) -> Option<&'a Arc<str>> {
        self.note(Part::Text(page));
        self.record.catalogue.path(page)
    }

    /// What the links of a page's text lead to; of an item, not those of its process status.
    pub fn goals(&self, page: PageRef) -> &'a crate::link::Goals {
        self.note(Part::Text(page));
        let links = &self.record.links;
        match page {
            PageRef::Front => &links.front,
            PageRef::Meeting(ix) => &links.meetings[ix.index()].prose,
            PageRef::Item(ix) => &links.items[ix.index()].prose,
            PageRef::Case(ix) => &links.cases[ix.index()],
            PageRef::Topic(ix) => &links.topics[ix.index()],
            PageRef::Page(ix) => &links.pages[ix.index()],
        }
    }

    /// The links of an item.
    pub fn item_links(&self, item: ItemIx) -> &'a ItemLinks {
        self.note(Part::Text(PageRef::Item(item)));
        &self.record.links.items[item.index()]
    }

    /// The addresses that the generator's own links on an item's page lead to, each once, in the order of the text.
    pub fn links_of(&self, item: ItemIx) -> Vec<&'a Address> {
        self.note(Part::Text(PageRef::Item(item)));
        let mut links = Vec::new();
        for goal in self.record.links.of(PageRef::Item(item)).filter(|goal| goal.mention.is_some()) {
            if !links.contains(&&goal.address) {
                links.push(&goal.address);
            }
        }
        links
    }

    /// The links of a meeting.
    pub fn meeting_links(&self, meeting: MeetingIx) -> &'a MeetingLinks {
        self.note(Part::Text(PageRef::Meeting(meeting)));
        &self.record.links.meetings[meeting.index()]
    }

    /// The timeline of a case.
    pub fn timeline(&self, case: CaseIx) -> &'a [Entry] {
        self.note(Part::Timeline(case));
        self.record.timelines.case(case)
    }

    /// The items of the matter of an item that stands by itself, where it holds more than that item.
    pub fn matter(&self, item: ItemIx) -> &'a [ItemIx] {
        self.note(Part::Matter(item));
        self.record.timelines.item(item)
    }

    /// The other cases of a case's matter.
    pub fn related(&self, case: CaseIx) -> &'a [CaseIx] {
        self.note(Part::Related(case));
        self.record.timelines.related(case)
    }

    /// The pages that mention a page.
    pub fn mentions(&self, page: PageRef) -> &'a [PageRef] {
        self.note(Part::Mentions(page));
        self.record.mentions.of(page)
    }

    /// The meetings before and after one.
    pub fn neighbours(&self, meeting: MeetingIx) -> (Option<MeetingIx>, Option<MeetingIx>) {
        self.note(Part::Neighbours(meeting));
        self.record.catalogue.neighbours(meeting)
    }

    /// All meetings, by date.
    pub fn meetings(&self) -> impl DoubleEndedIterator<Item = MeetingIx> + use<> {
        self.note(Part::Meetings);
        MeetingIx::all(&self.record.catalogue)
    }

    /// The meetings of a year, by date.
    pub fn year(&self, year: i16) -> &'a [MeetingIx] {
        self.note(Part::Year(year));
        self.overview.years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The years with meetings, and how many each has.
    pub fn years(&self) -> impl Iterator<Item = (i16, usize)> + use<'a> {
        self.note(Part::Years);
        self.overview.years.iter().map(|(year, meetings)| (*year, meetings.len()))
    }

    /// The cases of a group, by number.
    pub fn group(&self, group: &CaseGroup) -> &'a [CaseIx] {
        self.note(Part::CaseGroup(group));
        self.overview.groups.get(group).map_or(&[], Vec::as_slice)
    }

    /// The groups of cases, and how many each has.
    pub fn groups(&self) -> impl Iterator<Item = (&'a CaseGroup, usize)> + use<'a> {
        self.note(Part::CaseGroups);
        self.overview.groups.iter().map(|(group, cases)| (group, cases.len()))
    }

    /// The newest cases by number, at most `most`, the newest first.
    pub fn newest_cases(&self, most: usize) -> Vec<CaseIx> {
        self.note(Part::CaseGroups);
        let groups = self.overview.groups.keys();
        groups.for_each(|group| self.note(Part::CaseGroup(group)));
        CaseIx::all(&self.record.catalogue).rev().take(most).collect()
    }

    /// All topics, by title.
    pub fn topics(&self) -> impl Iterator<Item = TopicIx> + use<> {
        self.note(Part::Topics);
        TopicIx::all(&self.record.catalogue)
    }

    /// The items of a topic, by date.
    pub fn items_of(&self, topic: TopicIx) -> &'a [ItemIx] {
        self.note(Part::TopicLists(topic));
        self.record.catalogue.items_of(topic)
    }

    /// The cases of a topic, by number.
    pub fn cases_of(&self, topic: TopicIx) -> &'a [CaseIx] {
        self.note(Part::TopicLists(topic));
        self.record.catalogue.cases_of(topic)
    }

    /// All bodies, by name.
    pub fn bodies(&self) -> impl Iterator<Item = BodyIx> + use<> {
        self.note(Part::Bodies);
        BodyIx::all(&self.record.catalogue)
    }

    /// The meetings of a body, by date.
    pub fn meetings_of(&self, body: BodyIx) -> &'a [MeetingIx] {
        self.note(Part::BodyMeetings(body));
        self.record.catalogue.meetings_of(body)
    }

    /// The other pages below one, by path.
    pub fn below(&self, page: PageIx) -> &'a [PageIx] {
        self.note(Part::Below(page));
        &self.overview.below[page.index()]
    }

    /// The front page's own file.
    pub fn front(&self) -> Option<&'a PageDoc> {
        self.note(Part::Front);
        self.record.catalogue.front.as_ref().map(|own| &own.doc)
    }

    /// The open items that were published last, the newest first.
    pub fn latest(&self) -> &'a [ItemIx] {
        self.note(Part::Latest);
        &self.overview.latest
    }

    /// The cases that were treated last.
    pub fn latest_cases(&self) -> &'a [CaseIx] {
        self.note(Part::LatestCases);
        &self.overview.latest_cases
    }

    /// The pages that search engines should know of, with the day that each last changed.
    pub fn listed(&self) -> &'a [(Address, Option<Date>)] {
        self.note(Part::Listed);
        &self.overview.listed
    }

    /// A file that is published as it is.
    pub fn file(&self, file: usize) -> &'a PublishedFile {
        self.note(Part::File(file));
        &self.record.files[file]
    }

    /// The address of a page.
    pub fn address(&self, page: PageRef) -> Address {
        match page {
            PageRef::Front => {}
            PageRef::Meeting(ix) => self.note(Part::Meeting(ix)),
            PageRef::Item(ix) => self.note(Part::Item(ix)),
            PageRef::Case(ix) => self.note(Part::Case(ix)),
            PageRef::Topic(ix) => self.note(Part::Topic(ix)),
            PageRef::Page(ix) => self.note(Part::Page(ix)),
        }
        self.record.catalogue.address(page)
    }

    /// The day that an item's newest state was published.
    pub fn updated(&self, item: ItemIx) -> Date {
        self.note(Part::Meeting(self[item].meeting));
        self.record.catalogue.updated(item)
    }
}

macro_rules! parts {
    ($($index:ident $of:ident)*) => {
        $(
            impl Index<$index> for Watched<'_> {
                type Output = $of;
                fn index(&self, index: $index) -> &$of {
                    self.note(Part::$of(index));
                    &self.record.catalogue[index]
                }
            }
        )*
    };
}

parts! {
    MeetingIx Meeting
    ItemIx Item
    CaseIx Case
    TopicIx Topic
    BodyIx Body
    PageIx Page
}
