//! Faces: what the record says of each of its parts, as a hash. Where the face of a part is the same as before, so is
//! whatever any page makes of it.
//!
//! Takes the record; gives the face of every part by its name, and what changed from one build to the next. A part without
//! a face is as good as empty: no mentions, no matter.

use crate::hashing::{hash_of, hash_of_all};
use crate::link::{
    AttachmentGoal, BodyIx, CaseIx, Goals, ItemIx, MeetingIx, PageIx, PageRef, PublishedFile, Record, TopicIx,
};
use crate::render::{Names, Overview, Part, PartName};
use rayon::prelude::*;
use std::hash::Hash;

/// The face of every part, by its name, in the order of names. Parts that share a name have one face, their sum.
#[derive(Debug, Default)]
pub struct Faces(Vec<(PartName, u64)>);

/// The names of the parts whose faces are not what they were, in order.
pub struct Changed {
    names: Vec<PartName>,
    /// A bit for each end of a name that one of them has: very many names are asked for, and few changed.
    ends: Vec<bool>,
}

/// How many ends of names are told apart.
const ENDS: PartName = 1 << 16;

impl Changed {
    fn new(names: Vec<PartName>) -> Self {
        let mut ends = vec![false; ENDS as usize];
        names.iter().for_each(|name| ends[(name % ENDS) as usize] = true);
        Self { names, ends }
    }

    /// Whether a part changed.
    fn has(&self, part: PartName) -> bool {
        self.ends[(part % ENDS) as usize] && self.names.binary_search(&part).is_ok()
    }

    /// Whether one of these parts changed.
    pub fn any(&self, parts: &[PartName]) -> bool {
        parts.iter().any(|part| self.has(*part))
    }

    /// All of them.
    pub fn names(&self) -> &[PartName] {
        &self.names
    }
}

struct Looking<'a> {
    record: &'a Record,
    names: &'a Names,
}

impl Faces {
    /// The faces of a record.
    ///
    /// `site` is the face of what all pages share.
    pub fn new(record: &Record, overview: &Overview, names: &Names, site: u64) -> Self {
        let looking = Looking { record, names };
        let catalogue = &record.catalogue;
        let mut faces: Vec<(PartName, u64)> = Vec::new();
        faces.par_extend(each(ItemIx::all(catalogue)).flat_map_iter(|ix| looking.item(ix)));
        faces.par_extend(each(MeetingIx::all(catalogue)).flat_map_iter(|ix| looking.meeting(ix)));
        faces.par_extend(each(CaseIx::all(catalogue)).flat_map_iter(|ix| looking.case(ix)));
        faces.extend(TopicIx::all(catalogue).flat_map(|ix| looking.topic(ix)));
        faces.extend(BodyIx::all(catalogue).flat_map(|ix| looking.body(ix)));
        faces.extend(PageIx::all(catalogue).flat_map(|ix| looking.page(ix)));
        faces.extend(record.files.iter().enumerate().map(|(at, file)| looking.file(at, file)));
        faces.extend(looking.front());
        faces.push((names.of(Part::Site), site));
        faces.extend(looking.overview(overview));
        Self::sorted(faces)
    }

    /// From pairs in any order.
    pub fn sorted(mut faces: Vec<(PartName, u64)>) -> Self {
        faces.par_sort_unstable();
        faces.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 = first.1.wrapping_add(next.1);
            }
            same
        });
        Self(faces)
    }

    /// In the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (PartName, u64)> {
        self.0.iter().copied()
    }

    /// What is not as it was `before`.
    pub fn since(&self, before: &Self) -> Changed {
        let mut changed = Vec::new();
        let (mut old, mut new) = (before.0.iter().peekable(), self.0.iter().peekable());
        loop {
            let name = match (old.peek(), new.peek()) {
                (None, None) => return Changed::new(changed),
                (Some((name, _)), None) | (None, Some((name, _))) => *name,
                (Some((a, _)), Some((b, _))) => *a.min(b),
            };
            let was = old.next_if(|(other, _)| *other == name);
            let is = new.next_if(|(other, _)| *other == name);
            if was != is {
                changed.push(name);
            }
        }
    }
}

fn each<T: Send>(all: impl Iterator<Item = T>) -> rayon::vec::IntoIter<T> {
    all.collect::<Vec<_>>().into_par_iter()
}

fn goals(goals: &Goals) -> u64 {
    hash_of_all(
        goals.iter().map(|goal| goal.as_ref().map(|goal| (&goal.address, &goal.fragment, goal.mention.is_some()))),
    )
}

fn attachments(goals: &[AttachmentGoal]) -> u64 {
    hash_of_all(goals.iter())
}

impl Looking<'_> {
    fn face(&self, part: Part<'_>, value: impl Hash) -> (PartName, u64) {
        (self.names.of(part), hash_of(value))
    }

    fn items(&self, items: &[ItemIx]) -> u64 {
        hash_of_all(items.iter().map(|ix| self.names.item(*ix)))
    }

    fn cases(&self, cases: &[CaseIx]) -> u64 {
        hash_of_all(cases.iter().map(|ix| self.names.case(*ix)))
    }

    fn topics(&self, topics: &[TopicIx]) -> u64 {
        hash_of_all(topics.iter().map(|ix| self.names.topic(*ix)))
    }

    fn meetings(&self, meetings: &[MeetingIx]) -> u64 {
        hash_of_all(meetings.iter().map(|ix| self.names.meeting(*ix)))
    }

    fn mentions(&self, page: PageRef) -> Option<(PartName, u64)> {
        let mentions = self.record.mentions.of(page);
        let names = || hash_of_all(mentions.iter().map(|page| self.names.page(*page)));
        (!mentions.is_empty()).then(|| self.face(Part::Mentions(page), names()))
    }

    fn item(&self, ix: ItemIx) -> impl Iterator<Item = (PartName, u64)> {
        let item = &self.record.catalogue[ix];
        let links = &self.record.links.items[ix.index()];
        let page = PageRef::Item(ix);
        let places = (self.names.meeting(item.meeting), self.cases(&item.cases), self.topics(&item.topics));
        let own = self.face(Part::Item(ix), (&item.doc, &item.address, places));
        let links =
            (goals(&links.prose), goals(&links.status), attachments(&links.attachments), self.items(&links.continues));
        let text = self.face(Part::Text(page), (item.mark, links));
        let matter = self.record.timelines.item(ix);
        let matter = (!matter.is_empty()).then(|| self.face(Part::Matter(ix), self.items(matter)));
        [own, text].into_iter().chain(matter).chain(self.mentions(page))
    }

    fn meeting(&self, ix: MeetingIx) -> impl Iterator<Item = (PartName, u64)> {
        let meeting = &self.record.catalogue[ix];
        let links = &self.record.links.meetings[ix.index()];
        let page = PageRef::Meeting(ix);
        let places = (self.items(&meeting.items), meeting.body.map(|body| self.names.body(body)));
        let own = self.face(Part::Meeting(ix), (&meeting.doc, &meeting.address, meeting.status, places));
        let links = (goals(&links.prose), attachments(&links.documents));
        let text = self.face(Part::Text(page), (meeting.mark, links));
        let (before, after) = self.record.catalogue.neighbours(ix);
        let neighbours = [before, after].map(|ix| ix.map(|ix| self.names.meeting(ix)));
        [own, text, self.face(Part::Neighbours(ix), neighbours)].into_iter().chain(self.mentions(page))
    }

    fn case(&self, ix: CaseIx) -> impl Iterator<Item = (PartName, u64)> {
        let case = &self.record.catalogue[ix];
        let page = PageRef::Case(ix);
        let places = (self.items(&case.items), self.topics(&case.topics), self.cases(&case.related));
        let doc = case.own.as_ref().map(|own| &own.doc);
        let own = self.face(Part::Case(ix), (doc, &case.number, &case.title, case.standing, &case.address, places));
        let text = case
            .own
            .as_ref()
            .map(|own| self.face(Part::Text(page), (own.mark, goals(&self.record.links.cases[ix.index()]))));
        let entries = self.record.timelines.case(ix).iter();
        let timeline = hash_of_all(entries.map(|entry| (self.names.item(entry.item), entry.kind)));
        let related = self.record.timelines.related(ix);
        let related = (!related.is_empty()).then(|| self.face(Part::Related(ix), self.cases(related)));
        let timeline = self.face(Part::Timeline(ix), timeline);
        [own, timeline].into_iter().chain(text).chain(related).chain(self.mentions(page))
    }

    fn topic(&self, ix: TopicIx) -> impl Iterator<Item = (PartName, u64)> {
        let catalogue = &self.record.catalogue;
        let topic = &catalogue[ix];
        let page = PageRef::Topic(ix);
        let doc = topic.own.as_ref().map(|own| &own.doc);
        let own = self.face(Part::Topic(ix), (doc, &topic.slug, &topic.title, &topic.address));
        let text = topic
            .own
            .as_ref()
            .map(|own| self.face(Part::Text(page), (own.mark, goals(&self.record.links.topics[ix.index()]))));
        let lists = (self.items(catalogue.items_of(ix)), self.cases(catalogue.cases_of(ix)));
        [own, self.face(Part::TopicLists(ix), lists)].into_iter().chain(text).chain(self.mentions(page))
    }

    fn body(&self, ix: BodyIx) -> [(PartName, u64); 2] {
        let body = &self.record.catalogue[ix];
        let meetings = self.meetings(self.record.catalogue.meetings_of(ix));
        [self.face(Part::Body(ix), (&body.name, &body.address)), self.face(Part::BodyMeetings(ix), meetings)]
    }

    fn page(&self, ix: PageIx) -> impl Iterator<Item = (PartName, u64)> {
        let other = &self.record.catalogue[ix];
        let page = PageRef::Page(ix);
        let own = self.face(Part::Page(ix), (&other.doc, &other.address));
        let links = goals(&self.record.links.pages[ix.index()]);
        let text = self.face(Part::Text(page), (other.mark, links));
        [own, text].into_iter().chain(self.mentions(page))
    }

    fn file(&self, at: usize, file: &PublishedFile) -> (PartName, u64) {
        self.face(Part::File(at), (file.mark, &file.disk))
    }

    fn front(&self) -> Vec<(PartName, u64)> {
        let Some(own) = &self.record.catalogue.front else { return Vec::new() };
        let text = (own.mark, goals(&self.record.links.front));
        vec![self.face(Part::Front, &own.doc), self.face(Part::Text(PageRef::Front), text)]
    }

    fn overview(&self, overview: &Overview) -> Vec<(PartName, u64)> {
        let catalogue = &self.record.catalogue;
        let all_meetings: Vec<_> = MeetingIx::all(catalogue).collect();
        let all_topics: Vec<_> = TopicIx::all(catalogue).collect();
        let years = hash_of_all(overview.years.iter().map(|(year, meetings)| (year, meetings.len())));
        let groups = hash_of_all(overview.groups.iter().map(|(group, cases)| (group, cases.len())));
        let mut faces = vec![
            self.face(Part::Meetings, self.meetings(&all_meetings)),
            self.face(Part::Topics, self.topics(&all_topics)),
            self.face(Part::Bodies, hash_of_all(BodyIx::all(catalogue).map(|ix| self.names.body(ix)))),
            self.face(Part::Years, years),
            self.face(Part::CaseGroups, groups),
            self.face(Part::Latest, self.items(&overview.latest)),
            self.face(Part::LatestCases, self.cases(&overview.latest_cases)),
            self.face(Part::Listed, hash_of_all(overview.listed.iter())),
        ];
        let below = PageIx::all(catalogue).zip(&overview.below).filter(|(_, below)| !below.is_empty());
        faces.extend(below.map(|(ix, below)| {
            let names = below.iter().map(|ix| self.names.page(PageRef::Page(*ix)));
            self.face(Part::Below(ix), hash_of_all(names))
        }));
        faces.extend(overview.years.iter().map(|(year, all)| self.face(Part::Year(*year), self.meetings(all))));
        faces.extend(overview.groups.iter().map(|(group, all)| self.face(Part::CaseGroup(group), self.cases(all))));
        faces
    }
}

#[cfg(test)]
mod tests {
    use super::Faces;

    #[test]
    fn what_changed_is_what_differs_is_new_or_is_gone() {
        let before = Faces::sorted(vec![(1, 10), (2, 20), (3, 30), (3, 31), (5, 50)]);
        let after = Faces::sorted(vec![(5, 50), (3, 31), (3, 33), (2, 20), (4, 40)]);
        let changed = after.since(&before);
        assert_eq!(changed.names(), [1, 3, 4]);
        assert!(changed.any(&[7, 3]) && !changed.any(&[2, 5, 3 + super::ENDS]));
        assert!(before.since(&before).names().is_empty());
    }
}
