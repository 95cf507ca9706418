//! Fourth stage, its second half: a job into the files that it writes.
//!
//! Takes the record and one job of the plan; gives its [`Output`]s. Each job is pure and needs no other, so all are
//! rendered in parallel, and one can be rendered again alone.

mod calendar;
mod data;
mod engine;
mod feed;
mod prose;
mod publication;
mod sitemap;
mod views;

pub use engine::Engine;
pub use publication::Publication;

use crate::plan::{Job, Plan, Planned};
use std::path::PathBuf;

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
    /// The bytes of a file of the content.
    Copy(PathBuf),
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

/// Renders a job: its files in the order of the plan.
pub fn render(publication: &Publication<'_>, plan: &Plan, planned: &Planned) -> Result<Vec<Output>, TemplateFault> {
    let record = publication.record;
    let mut files = planned.files.iter().map(String::as_str);
    let Some(own) = files.next() else { return Ok(Vec::new()) };
    let single = match &planned.job {
        Job::File(file) | Job::FileAgain { file, .. } => {
            vec![Output { path: own.to_owned(), content: Content::Copy(record.files[*file].disk.clone()) }]
        }
        Job::Asset(path) => vec![Output::bytes(own, publication.engine.asset_bytes(path))],
        Job::Sitemap { part } => vec![Output::bytes(own, sitemap::sitemap(publication, plan, *part))],
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
