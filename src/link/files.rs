//! Files that are published as they are.
//!
//! Takes the list of the content's files; gives those of `static/`, and those that something open names, each with its
//! address. What nothing open names is never published, and is warned of.

use super::{Catalogue, Linking};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, faults};
use crate::hashing::HashSet;
use crate::model::Address;
use crate::parse::kind::published_place;
use crate::parse::kind_of;
use crate::read::Source;
use std::path::PathBuf;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A file that is published as it is.
#[derive(Debug, Clone)]
pub struct PublishedFile {
    /// Its path.
    pub path: Arc<str>,
    /// What stands for its bytes.
    pub mark: u64,
    /// Where it is on the disk.
    pub disk: PathBuf,
    /// Its address.
    pub address: Address,
}

/// The content's files, and those that were named so far.
pub struct Files<'a> {
    config: &'a Config,
    /// Sorted by path.
    sources: &'a [Source],
    /// What stands for the bytes of each.
    marks: &'a [u64],
    /// Meetings that are published: what lies unnamed in another's folder waits for it.
    meetings: HashSet<String>,
}

/// What a path in the content is.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A document.
    Document(Arc<str>),
    /// A file, by its place among the sources, with its address: it is published since something open names it.
    File(usize, Address),
    /// Nothing.
    Nothing,
    /// Outside of the content.
    Outside,
}

impl<'a> Files<'a> {
    /// Of these sources, none named yet.
    pub fn new(linking: &Linking<'a>, catalogue: &Catalogue) -> Self {
        Self {
            config: linking.config,
            sources: linking.sources,
            marks: linking.marks,
            meetings: catalogue.meetings.iter().map(|meeting| meeting.doc.id.clone()).collect(),
        }
    }

    /// What `relative` names, seen from the folder of the document at `from`.
    pub fn name(&self, from: &str, relative: &str) -> Found {
        let Some(path) = join(from, relative).map(|path| path.nfc().collect::<String>()) else { return Found::Outside };
        let found = self.sources.binary_search_by(|source| source.path.as_ref().cmp(path.as_str()));
        let Ok(at) = found else { return Found::Nothing };
        if kind_of(&path).is_some() {
            return Found::Document(self.sources[at].path.clone());
        }
        address(&path, self.config).map_or(Found::Nothing, |address| Found::File(at, address))
    }

    /// The files to publish, those of `static/` and those that are `named`; every other is warned of.
    pub fn publish(self, mut named: Vec<usize>, out: &mut Vec<Diagnostic>) -> Vec<PublishedFile> {
        named.sort_unstable();
        let mut published = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            if source.path.ends_with(".md") && kind_of(&source.path).is_some() {
                continue;
            }
            let is_named = || named.binary_search(&at).is_ok();
            if (is_static(&source.path) || is_named())
                && let Some(address) = address(&source.path, self.config)
            {
                let (path, disk) = (source.path.clone(), source.disk.clone());
                published.push(PublishedFile { path, mark: self.marks[at], disk, address });
                continue;
            }
            match published_place(&source.path) {
                Some(("meetings", rest)) if rest.contains('/') => {
                    let meeting = rest.split('/').next().unwrap_or("");
                    if self.meetings.contains(meeting) {
                        out.push(faults::UNPUBLISHED_FILE.in_file(&source.path));
                    }
                }
                Some(("pages" | "cases" | "topics", _)) => out.push(faults::UNPUBLISHED_FILE.in_file(&source.path)),
                _ => out.push(faults::MISPLACED_FILE.in_file(&source.path)),
            }
        }
        published
    }
}

fn is_static(path: &str) -> bool {
    path.starts_with("content/static/")
}

/// The address of the file at `path`; `None` where files are not published from there.
fn address(path: &str, config: &Config) -> Option<Address> {
    let (top, rest) = published_place(path)?;
    let segments = &config.segments;
    Some(match top {
        "meetings" => Address::new(format!("/{}/{rest}", segments.meetings)),
        "cases" => Address::new(format!("/{}/{rest}", segments.cases)),
        "topics" => Address::new(format!("/{}/{rest}", segments.topics)),
        _ => Address::new(format!("/{rest}")),
    })
}

/// The path that `relative` names from the folder of `from`; `None` where it leaves `content/`.
pub fn join(from: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') || relative.contains('\\') || relative.get(1..3) == Some(":/") {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
                if parts.is_empty() {
                    return None;
                }
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn paths_stay_in_the_content() {
        let from = "content/meetings/1/2.md";
        assert_eq!(join(from, "bilag/./plan.pdf").as_deref(), Some("content/meetings/1/bilag/plan.pdf"));
        assert_eq!(join(from, "../2/x.md").as_deref(), Some("content/meetings/2/x.md"));
        for outside in
            ["../../../sagnet.toml", "/etc/passwd", "C:/x", "..\\x", "../../../../etc/passwd", "../../../content/x"]
        {
            assert_eq!(join(from, outside), None, "{outside}");
        }
    }
}
