//! A built site as read: every file, every page and every document, and what they count up to.
//!
//! Takes a folder (or its files) and the address that it was built for. The checks stand in the
//! files beside this one; [`Site::faults`] runs all that need nothing more.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::address::{Base, Target};
use super::data::{self, Document};
use super::html::{Link, Page};
use super::{Tree, ics, xml};

/// A whole built site.
#[derive(Debug)]
pub struct Site {
    /// The address that it was built for.
    pub base: Base,
    /// Every file's bytes by its path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every `.html`, read.
    pub pages: BTreeMap<String, Page>,
    /// Every `index.json`, `feed.xml`, `sitemap.xml`, `.ics`, `.css` and `robots.txt`, read.
    pub documents: BTreeMap<String, Document>,
}

/// What stands in a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// All files.
    pub files: usize,
    /// Pages that are no redirects.
    pub pages: usize,
    /// Pages that send their reader on.
    pub redirects: usize,
    /// Links on pages (`a href`) that lead into the site.
    pub internal_links: usize,
    /// Links on pages that lead elsewhere.
    pub external_links: usize,
    /// Every other address: of styles, images, forms, `link`, data, feeds, sitemap, calendars.
    pub other_addresses: usize,
    /// Files named `index.json`.
    pub json: usize,
    /// Files named `feed.xml`.
    pub feeds: usize,
    /// Files that end in `.ics`.
    pub calendars: usize,
}

impl Site {
    /// Reads a built folder. Panics where it cannot be read.
    pub fn load(dir: &Path, base_url: &str) -> Self {
        Self::from_files(Tree::read(dir), base_url)
    }

    /// Reads a site out of its files.
    pub fn from_files(files: BTreeMap<String, Vec<u8>>, base_url: &str) -> Self {
        let base = Base::new(base_url);
        let pages = read_pages(&files);
        let documents =
            files.iter().filter_map(|(file, bytes)| Some((file.clone(), read_document(file, bytes, &base)?))).collect();
        Self { base, files, pages, documents }
    }

    /// The findings of every check that needs nothing but the site.
    pub fn faults(&self) -> Vec<String> {
        let mut all = self.malformed();
        all.extend(self.dead_links());
        all.extend(self.base_path());
        all.extend(self.duplicate_ids());
        all.extend(self.unreachable());
        all.extend(self.headings());
        all.extend(self.landmarks());
        all.extend(self.sitemap());
        all
    }

    /// What stands in the site.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            files: self.files.len(),
            pages: self.pages.values().filter(|page| !page.is_redirect()).count(),
            redirects: self.pages.values().filter(|page| page.is_redirect()).count(),
            internal_links: 0,
            external_links: 0,
            other_addresses: 0,
            json: self.named("index.json").count(),
            feeds: self.named("feed.xml").count(),
            calendars: self.files.keys().filter(|file| file.ends_with(".ics")).count(),
        };
        for (file, link) in self.links() {
            match self.base.resolve(file, &link.address) {
                _ if !link.followed => counts.other_addresses += 1,
                Target::Outside => counts.external_links += 1,
                Target::Inside { .. } | Target::Fault(_) => counts.internal_links += 1,
            }
        }
        counts
    }

    /// The files of a name, in any folder.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().map(String::as_str).filter(move |file| file.rsplit('/').next() == Some(name))
    }

    /// Every address in pages and documents, with the file that it stands in.
    pub fn links(&self) -> impl Iterator<Item = (&str, &Link)> {
        let pages = self.pages.iter().map(|(file, page)| (file, &page.links));
        let documents = self.documents.iter().map(|(file, document)| (file, &document.links));
        pages.chain(documents).flat_map(|(file, links)| links.iter().map(move |link| (file.as_str(), link)))
    }
}

/// Reads the pages, in as many threads as there are cores, since parsing is most of the work.
fn read_pages(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Page> {
    let pages: Vec<(&String, &Vec<u8>)> = files.iter().filter(|(file, _)| file.ends_with(".html")).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = pages.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            pages.chunks(share).map(|part| scope.spawn(|| part.iter().map(read_page).collect::<Vec<_>>())).collect();
        parts.into_iter().flat_map(|part| part.join().expect("a thread that reads pages")).collect()
    })
}

fn read_page((file, bytes): &(&String, &Vec<u8>)) -> (String, Page) {
    let mut page = Page::read(file, &String::from_utf8_lossy(bytes));
    if std::str::from_utf8(bytes).is_err() {
        page.faults.push("is no UTF-8".to_owned());
    }
    ((*file).clone(), page)
}

fn read_document(file: &str, bytes: &[u8], base: &Base) -> Option<Document> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let origin = base.address("");
    if name.ends_with(".ics") {
        return Some(ics::read_calendar(bytes, &origin));
    }
    let kind = match name {
        "index.json" | "feed.xml" => name,
        "sitemap.xml" | "robots.txt" if file == name => name,
        _ if name.ends_with(".css") => "css",
        _ => return None,
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some(Document::broken("is no UTF-8"));
    };
    Some(match kind {
        "index.json" => data::read_json(text, &origin),
        "feed.xml" => xml::read_feed(text, &base.address(file)),
        "sitemap.xml" => xml::read_sitemap(text),
        "robots.txt" => data::read_robots(text),
        _ => data::read_css(text),
    })
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} files: {} pages, {} redirects, {} index.json, {} feeds, {} calendars; \
             {} internal links, {} external links, {} other addresses",
            self.files,
            self.pages,
            self.redirects,
            self.json,
            self.feeds,
            self.calendars,
            self.internal_links,
            self.external_links,
            self.other_addresses
        )
    }
}
