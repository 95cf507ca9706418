//! Third stage: documents into the record.
//!
//! Takes every parsed document and the list of the other files; gives the [`Record`], immutable from here on, and what is
//! wrong across files. The steps, each in a module of its own and each with a type of its own:
//!
//! 1. `collect` drops drafts, and puts items under meetings in the agenda's order;
//! 2. `catalogue` finds the cases, topics and bodies that they name, and gives everything its address;
//! 3. `resolve` decides what every reference leads to, with the help of `files`;
//! 4. `matters` joins cases and items to matters, and tells each case's timeline;
//! 5. `mentions` turns the references round;
//! 6. `advice` suggests what the secretariat may have meant.

mod advice;
mod catalogue;
mod collect;
mod files;
mod matters;
mod mentions;
mod resolve;

pub use catalogue::{
    Body, BodyIx, Case, CaseIx, Catalogue, Item, ItemIx, Meeting, MeetingIx, Page, PageIx, PageRef, Topic, TopicIx,
};
pub use collect::Filed;
pub use files::PublishedFile;
pub use matters::{Entry, EntryKind, Timelines};
pub use mentions::Mentions;
pub use resolve::{AttachmentGoal, Claim, Goal, Goals, ItemLinks, Links, MeetingLinks};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::hashing::HashMap;
use crate::parse::Document;
use crate::read::Source;
use std::sync::Arc;

/// What linking needs beside the documents.
pub struct Linking<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Every file of the content, sorted by path.
    pub sources: &'a [Source],
    /// What stands for the bytes of each.
    pub marks: &'a [u64],
    /// What is wrong with files where they are published as they are, by path.
    pub as_published: &'a HashMap<Arc<str>, Vec<Diagnostic>>,
    /// Drafts are published too.
    pub drafts: bool,
    /// Suggestions are wanted.
    pub advice: bool,
}

/// The record: all that is public, cross-linked.
#[derive(Debug)]
pub struct Record {
    /// Meetings, items, cases, topics, bodies and pages.
    pub catalogue: Catalogue,
    /// What every reference leads to.
    pub links: Links,
    /// What happened to each case.
    pub timelines: Timelines,
    /// Which pages lead to a page.
    pub mentions: Mentions,
    /// Files that are published as they are.
    pub files: Vec<PublishedFile>,
}

/// Links the documents, which come in the order of the sources. The record is whole only where there is no error among the
/// diagnostics.
pub fn link(documents: Vec<Document>, linking: &Linking<'_>, out: &mut Vec<Diagnostic>) -> Record {
    let mut collected = collect::collect(documents, linking, out);
    let hidden = std::mem::take(&mut collected.hidden);
    let mut catalogue = catalogue::catalogue(collected, linking.config, out);
    let files = files::Files::new(linking, &catalogue);
    let (links, found) = resolve::resolve(&catalogue, &hidden, &files);
    out.extend(found.told);
    let files = files.publish(found.named, out);
    out.extend(files.iter().filter_map(|file| linking.as_published.get(&file.path)).flatten().cloned());
    catalogue.forget_ends();
    let (timelines, mentions) =
        rayon::join(|| matters::timelines(&catalogue, &links), || mentions::mentions(&catalogue, &links));
    let timelines = timelines.with_mentions(&mentions);
    if linking.advice {
        advice::advise(&catalogue, &timelines, out);
    }
    Record { catalogue, links, timelines, mentions, files }
}
