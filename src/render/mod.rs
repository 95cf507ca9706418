//! Fourth stage, its second half: a job into the files that it writes.
//!
//! Takes the record and one job of the plan; gives its [`Output`]s. Each job is pure and needs no other, so all are
//! rendered in parallel, and one can be rendered again alone: what it looked at of the record is noted on the way.

mod calendar;
mod data;
mod engine;
mod feed;
mod overview;
mod part;
mod prose;
mod publication;
mod sitemap;
mod views;
mod watched;

pub use engine::Engine;
pub use overview::Overview;
pub use part::{Names, Part, PartName};
pub use publication::{Publication, Shared};

use crate::link::PageRef;
use crate::memory::{Bodies, Unread};
use crate::parse::Reading;
use crate::plan::{Job, Planned};
use crate::read::AsRead;

/// A file to write.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    /// Its path, relative to the output folder.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a file of the content, if they are still what was read.
    Copy(AsRead),
}

impl Output {
    fn bytes(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.to_owned(), content: Content::Bytes(bytes.into()) }
    }
}

/// A template that cannot be rendered: its name, and what the engine says.
#[derive(Debug)]
pub struct TemplateFault {
    /// The template.
    pub template: String,
    /// The engine's words (English).
    pub reason: String,
}

/// Why a job has no outputs.
#[derive(Debug)]
pub enum RenderFault {
    /// Its template cannot be rendered.
    Template(TemplateFault),
    /// A text of the content cannot be had.
    Unread(Unread),
}

/// Where the HTML of texts is, and what parsing one again needs.
pub struct Texts<'a> {
    /// The bodies of all files.
    pub bodies: &'a Bodies,
    /// How a file is read.
    pub reading: &'a Reading<'a>,
}

/// A job that was rendered.
#[derive(Debug)]
pub struct Rendered {
    /// Its files in the order of the plan.
    pub outputs: Vec<Output>,
    /// The parts of the record that it looked at.
    pub seen: Vec<PartName>,
}

/// Renders a job.
pub fn render(shared: &Shared<'_>, texts: &Texts<'_>, planned: &Planned) -> Result<Rendered, RenderFault> {
    let mut publication = shared.publication();
    if let Some(path) = own_page(&planned.job).and_then(|page| publication.record.text(page)) {
        publication.bodies = texts.bodies.of(path, texts.reading).map_err(RenderFault::Unread)?;
    }
    let outputs = outputs(&publication, texts.bodies, planned).map_err(RenderFault::Template)?;
    Ok(Rendered { outputs, seen: publication.record.into_seen() })
}

/// The page of the record whose own text a job shows.
fn own_page(job: &Job) -> Option<PageRef> {
    match job {
        Job::Front => Some(PageRef::Front),
        Job::Meeting(ix) => Some(PageRef::Meeting(*ix)),
        Job::Item(ix) => Some(PageRef::Item(*ix)),
        Job::Case(ix) => Some(PageRef::Case(*ix)),
        Job::Topic { topic, page: 1 } => Some(PageRef::Topic(*topic)),
        Job::Page(ix) => Some(PageRef::Page(*ix)),
        _ => None,
    }
}

fn outputs(publication: &Publication<'_>, bodies: &Bodies, planned: &Planned) -> Result<Vec<Output>, TemplateFault> {
    let mut files = planned.files.iter().map(String::as_str);
    let Some(own) = files.next() else { return Ok(Vec::new()) };
    let single = match &planned.job {
        Job::File(file) | Job::FileAgain { file, .. } => {
            let file = publication.record.file(*file);
            vec![Output { path: own.to_owned(), content: Content::Copy(bodies.file(&file.path, &file.disk)) }]
        }
        Job::Asset(path) => vec![Output::bytes(own, publication.engine.asset_bytes(path))],
        Job::Sitemap { part } => vec![Output::bytes(own, sitemap::sitemap(publication, *part))],
        Job::Robots => vec![Output::bytes(own, sitemap::robots(publication))],
        _ => Vec::new(),
    };
    if !single.is_empty() {
        return Ok(single);
    }
    let mut outputs = vec![Output::bytes(own, views::page(publication, planned)?)];
    for file in files {
        let bytes = match file.rsplit('/').next().unwrap_or("") {
            "index.json" => data::data(publication, &planned.job),
            "feed.xml" => feed::feed(publication, planned),
            _ => calendar::calendar(publication, &planned.job),
        };
        outputs.push(Output::bytes(file, bytes));
    }
    Ok(outputs)
}
