//! The check that every file is what its name says: HTML without parse errors, JSON, Atom,
//! sitemap and calendars in their strict forms. Takes the site as read and gives findings.

use super::site::Site;

impl Site {
    /// What is wrong with the form of any page or document.
    pub fn malformed(&self) -> Vec<String> {
        let pages = self.pages.iter().map(|(file, page)| (file, &page.faults));
        let documents = self.documents.iter().map(|(file, document)| (file, &document.faults));
        pages
            .chain(documents)
            .flat_map(|(file, faults)| faults.iter().map(move |fault| format!("{file}: {fault}")))
            .collect()
    }
}
