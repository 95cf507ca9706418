//! Drops drafts, and puts items under meetings in the agenda's order.
//!
//! Takes the documents; gives what is published of each kind, and what exists but is hidden.

use super::Linking;
use crate::diagnostic::{Diagnostic, faults};
use crate::hashing::{HashMap, HashSet};
use crate::model::slug::slug;
use crate::parse::markdown::Ends;
use crate::parse::{CaseDoc, Content, Document, FileKind, ItemDoc, MeetingDoc, PageDoc, kind_of};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A document's content, with its file.
#[derive(Debug)]
pub struct Filed<T> {
    /// The file's path.
    pub path: Arc<str>,
    /// What stands for its bytes.
    pub mark: u64,
    /// The content.
    pub doc: T,
    /// What ties its texts to others; none once the record is linked.
    pub(in crate::link) ends: Vec<Ends>,
}

/// What exists and is not published, or could not be read: a link to it is no slip of the pen.
#[derive(Debug, Clone, Default)]
pub struct Hidden {
    /// Drafts, by meeting and the slug of the item's id.
    pub items: HashSet<(String, String)>,
    /// Meetings with a file that could not be read: what is missing there may be in it.
    pub unread: HashSet<String>,
}

/// A meeting with its items in the agenda's order.
#[derive(Debug)]
pub struct Sitting {
    /// The meeting.
    pub meeting: Filed<Box<MeetingDoc>>,
    /// Its items.
    pub items: Vec<Filed<Box<ItemDoc>>>,
}

/// What is published, by kind.
#[derive(Debug, Default)]
pub struct Collected {
    /// By date, then by id.
    pub sittings: Vec<Sitting>,
    /// By number.
    pub cases: Vec<Filed<Box<CaseDoc>>>,
    /// By slug.
    pub topics: Vec<Filed<PageDoc>>,
    /// By path.
    pub pages: Vec<Filed<PageDoc>>,
    /// The text of the front page.
    pub front: Option<Filed<PageDoc>>,
    /// What is not.
    pub hidden: Hidden,
}

/// Collects the documents.
pub fn collect(documents: Vec<Document>, linking: &Linking<'_>, out: &mut Vec<Diagnostic>) -> Collected {
    let mut collected = Collected { hidden: hidden(&documents, linking), ..Collected::default() };
    let draft_meetings: BTreeSet<String> = documents
        .iter()
        .filter(|document| document.draft && !linking.drafts)
        .filter_map(|document| match &document.content {
            Content::Meeting(meeting) => Some(meeting.id.clone()),
            _ => None,
        })
        .collect();
    let mut meetings = Vec::new();
    let mut items: HashMap<String, Vec<Filed<Box<ItemDoc>>>> = HashMap::default();
    // Documents come in the order of their paths, and so those of a meeting together.
    let mut together: Option<(String, Vec<Filed<Box<ItemDoc>>>)> = None;
    for Document { path, mark, draft, content, ends } in documents {
        let is_hidden = draft && !linking.drafts;
        match content {
            Content::Item(doc) if is_hidden || draft_meetings.contains(&doc.meeting) => {
                collected.hidden.items.insert((doc.meeting, slug(&doc.id.value)));
            }
            _ if is_hidden => {}
            Content::Meeting(doc) => meetings.push(Filed { path, mark, doc, ends }),
            Content::Item(doc) => {
                if let Some((meeting, before)) = together.take_if(|(meeting, _)| *meeting != doc.meeting) {
                    items.entry(meeting).or_default().extend(before);
                }
                let (_, beside) = together.get_or_insert_with(|| (doc.meeting.clone(), Vec::new()));
                beside.push(Filed { path, mark, doc, ends });
            }
            Content::Case(doc) => collected.cases.push(Filed { path, mark, doc, ends }),
            Content::Topic(doc) => collected.topics.push(Filed { path, mark, doc, ends }),
            Content::Page(doc) => collected.pages.push(Filed { path, mark, doc, ends }),
            Content::Front(doc) => collected.front = Some(Filed { path, mark, doc, ends }),
        }
    }
    if let Some((meeting, last)) = together {
        items.entry(meeting).or_default().extend(last);
    }
    meetings.sort_by(|a, b| (a.doc.date.earliest(), &a.doc.id).cmp(&(b.doc.date.earliest(), &b.doc.id)));
    collected.sittings.extend(meetings.into_iter().map(|meeting| {
        let items = items.remove(&meeting.doc.id).unwrap_or_default();
        Sitting { meeting, items }
    }));
    let told = collected.sittings.par_iter_mut().flat_map_iter(|Sitting { items, .. }| {
        items.sort_by(|a, b| (&a.doc.number.value, &a.path).cmp(&(&b.doc.number.value, &b.path)));
        refuse_duplicates(items)
    });
    out.par_extend(told);
    refuse_homeless(items, linking, out);
    collected.cases.sort_by(|a, b| (&a.doc.number, &a.path).cmp(&(&b.doc.number, &b.path)));
    collected
}

/// Two items with the same number or id: the second, in the order of the files, is reported and left out.
fn refuse_duplicates(items: &mut Vec<Filed<Box<ItemDoc>>>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut numbers: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut ids: BTreeMap<String, Arc<str>> = BTreeMap::new();
    items.retain(|Filed { path, doc, .. }| {
        let number = doc.number.value.to_string();
        if let Some(other) = numbers.insert(number.clone(), path.clone()) {
            let fault = faults::SAME_NUMBER.at(path, &doc.number.span);
            out.push(fault.with("number", number).with("other", &*other));
            return false;
        }
        if let Some(other) = ids.insert(slug(&doc.id.value), path.clone()) {
            out.push(faults::SAME_ID.at(path, &doc.id.span).with("id", &doc.id.value).with("other", &*other));
            return false;
        }
        true
    });
    out
}

/// Items in a folder without `_index.md`.
fn refuse_homeless(items: HashMap<String, Vec<Filed<Box<ItemDoc>>>>, linking: &Linking<'_>, out: &mut Vec<Diagnostic>) {
    let items: BTreeMap<_, _> = items.into_iter().collect();
    for (meeting, items) in items {
        let file = format!("content/meetings/{meeting}/_index.md");
        let there = linking.sources.binary_search_by(|source| source.path.as_ref().cmp(file.as_str())).is_ok();
        if let Some(first) = items.first().filter(|_| !there) {
            out.push(
                faults::MISSING_MEETING_FILE.in_file(&first.path).with("folder", format!("content/meetings/{meeting}")),
            );
        }
    }
}

/// Documents come in the order of the sources.
fn hidden(documents: &[Document], linking: &Linking<'_>) -> Hidden {
    debug_assert!(documents.is_sorted_by(|a, b| a.path < b.path), "documents in another order than their files");
    let mut hidden = Hidden::default();
    let mut read = documents.iter().map(|document| &document.path).peekable();
    for source in linking.sources {
        if read.next_if(|path| **path == source.path).is_some() {
            continue;
        }
        if let Some(FileKind::Meeting { id: meeting } | FileKind::Item { meeting }) = kind_of(&source.path) {
            hidden.unread.insert(meeting);
        }
    }
    hidden
}
