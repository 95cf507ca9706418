//! Checks of how each page is built: ids, headings, landmarks, titles. Each takes the site as
//! read and gives findings. Redirects are held to their language and title only.

use std::collections::{BTreeMap, BTreeSet};

use super::html::Page;
use super::site::Site;

impl Site {
    /// Ids that stand more than once in a page.
    pub fn duplicate_ids(&self) -> Vec<String> {
        let mut findings = Vec::new();
        for (file, page) in &self.pages {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for id in &page.ids {
                *counts.entry(id).or_default() += 1;
            }
            for (id, count) in counts {
                if count > 1 {
                    findings.push(format!("{file}: the id “{id}” stands {count} times"));
                }
            }
        }
        findings
    }

    /// Pages without exactly one `h1`, headings that skip a level, and empty ones.
    pub fn headings(&self) -> Vec<String> {
        let mut findings = Vec::new();
        for page in self.read_pages() {
            let file = &page.file;
            let tops = page.headings.iter().filter(|(level, _)| *level == 1).count();
            if tops != 1 {
                findings.push(format!("{file}: {tops} h1, not one"));
            }
            let mut before = 0;
            for (level, text) in &page.headings {
                if *level > before + 1 {
                    findings.push(format!("{file}: h{level} “{text}” follows level {before}"));
                }
                if text.is_empty() {
                    findings.push(format!("{file}: an empty h{level}"));
                }
                before = *level;
            }
        }
        findings
    }

    /// Pages without a language, a title or one `main`; titles that two pages of different
    /// canonical addresses share; header cells without `scope`; images without `alt`.
    pub fn landmarks(&self) -> Vec<String> {
        let mut findings = Vec::new();
        for (file, page) in &self.pages {
            if page.lang.as_ref().is_none_or(|lang| lang.trim().is_empty()) {
                findings.push(format!("{file}: html has no lang"));
            }
            match page.titles.as_slice() {
                [title] if !title.is_empty() => {}
                titles => findings.push(format!("{file}: the titles are {titles:?}, not one")),
            }
        }
        for page in self.read_pages() {
            let file = &page.file;
            if page.mains != 1 {
                findings.push(format!("{file}: {} main, not one", page.mains));
            }
            for cell in &page.cells_without_scope {
                findings.push(format!("{file}: the header cell “{cell}” has no scope"));
            }
            for src in &page.images_without_alt {
                findings.push(format!("{file}: the image {src} has no alt"));
            }
        }
        let mut by_title: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
        for page in self.read_pages() {
            let canonical = page.canonical.clone();
            let canonical = canonical.unwrap_or_else(|| self.base.address(&page.file));
            for title in &page.titles {
                by_title.entry(title).or_default().entry(canonical.clone()).or_insert(&page.file);
            }
        }
        for (title, pages) in by_title {
            if pages.len() > 1 {
                let files: BTreeSet<&str> = pages.into_values().collect();
                let files = files.into_iter().collect::<Vec<_>>().join(", ");
                findings.push(format!("{files}: share the title “{title}”"));
            }
        }
        findings
    }

    /// The pages that are read by people: no redirects.
    fn read_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values().filter(|page| !page.is_redirect())
    }
}
