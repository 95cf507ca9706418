//! Mentions: the links that the generator made, turned round.
//!
//! Takes what every reference leads to; gives for a page the pages that lead to it, each once.

use super::catalogue::{CaseIx, Catalogue, ItemIx, MeetingIx, PageIx, PageRef, TopicIx};
use super::resolve::Links;
use crate::hashing::HashMap;

/// Which pages mention a page.
#[derive(Debug, Default)]
pub struct Mentions(HashMap<PageRef, Vec<PageRef>>);

impl Mentions {
    /// The pages that mention `page`: first the texts of the front page and of meetings by date, then items by date, then others.
    pub fn of(&self, page: PageRef) -> &[PageRef] {
        self.0.get(&page).map_or(&[], Vec::as_slice)
    }
}

/// Turns the links round.
pub fn mentions(catalogue: &Catalogue, links: &Links) -> Mentions {
    let meetings = (0..catalogue.meetings.len()).map(|i| PageRef::Meeting(MeetingIx(i)));
    let items = (0..catalogue.items.len()).map(|i| PageRef::Item(ItemIx(i)));
    let cases = (0..catalogue.cases.len()).map(|i| PageRef::Case(CaseIx(i)));
    let topics = (0..catalogue.topics.len()).map(|i| PageRef::Topic(TopicIx(i)));
    let pages = (0..catalogue.pages.len()).map(|i| PageRef::Page(PageIx(i)));
    let mut mentions: HashMap<PageRef, Vec<PageRef>> = HashMap::default();
    for from in std::iter::once(PageRef::Front).chain(meetings).chain(items).chain(cases).chain(topics).chain(pages) {
        for to in links.of(from).filter_map(|goal| goal.mention) {
            let sources = mentions.entry(to).or_default();
            if sources.last() != Some(&from) {
                sources.push(from);
            }
        }
    }
    Mentions(mentions)
}
