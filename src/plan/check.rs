//! What is wrong with a plan: two things at one address, and links to an address that nothing will have.
//!
//! Takes the plan; gives diagnostics, all of them errors.

use super::{Job, Plan, Planned, RESERVED};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, faults};
use crate::hashing::{HashMap, HashSet};
use crate::link::Claim;

/// The bytes that a file's name can have on common file systems.
const LONGEST_NAME: usize = 255;

impl Plan {
    /// Finds what two jobs would both write, files that would stand where a folder does, and names that no file can have.
    /// What was `told` of the configuration tells of collisions between its own words already.
    ///
    /// All of it is an error, so of the files of a site that was built there is none to find.
    pub fn check(&self, config: &Config, told: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        let words_collide = told.iter().any(|diagnostic| diagnostic.fault == faults::REPEATED_SEGMENT);
        let mut collide = |file: &str, a: &Planned, b: &Planned| {
            if a.owner.is_some() || b.owner.is_some() || !words_collide {
                out.push(collision(file, a, b, config));
            }
        };
        let files =
            || self.jobs.iter().flat_map(|planned| planned.files.iter().map(move |file| (file.as_str(), planned)));
        let mut owners: HashMap<&str, &Planned> = HashMap::default();
        owners.reserve(files().count());
        for (file, planned) in files() {
            if let Some(other) = owners.insert(file, planned) {
                collide(file, planned, other);
            }
        }
        let mut folders = HashSet::default();
        folders.reserve(self.jobs.len());
        let mut last = "";
        for (file, planned) in files() {
            let mut above = file;
            while let Some((folder, _)) = above.rsplit_once('/') {
                if folder == last || !folders.insert(folder) {
                    break;
                }
                if let Some(other) = owners.get(folder) {
                    collide(folder, planned, other);
                }
                above = folder;
            }
            last = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        }
        for (file, planned) in files() {
            let place = || planned.owner.clone().unwrap_or_else(|| Place::file(&config.path));
            if file.starts_with(RESERVED) {
                let diagnostic = Diagnostic { fault: faults::RESERVED_ADDRESS, place: place(), words: Vec::new() };
                out.push(diagnostic.with("address", format!("/{file}")));
            }
            if file.len() <= LONGEST_NAME {
                continue;
            }
            if let Some(long) = file.split('/').find(|part| part.len() > LONGEST_NAME) {
                let name: String = long.chars().take(40).collect();
                let diagnostic = Diagnostic { fault: faults::NAME_TOO_LONG, place: place(), words: Vec::new() };
                out.push(diagnostic.with("name", name + "…").with("limit", LONGEST_NAME.to_string()));
            }
        }
        out
    }

    /// Finds links to nothing.
    pub fn check_links(&self, claims: &[Claim]) -> Vec<Diagnostic> {
        if claims.is_empty() {
            return Vec::new();
        }
        let files: HashSet<&str> = self.jobs.iter().flat_map(|planned| &planned.files).map(String::as_str).collect();
        let broken = claims.iter().filter(|claim| !files.contains(claim.address.file().as_str()));
        let told =
            |claim: &Claim| Diagnostic { fault: faults::BROKEN_LINK, place: claim.place.clone(), words: Vec::new() };
        broken.map(|claim| told(claim).with("target", &claim.written)).collect()
    }
}

/// Reported at the one that the secretariat can change: a former address before a file, a file before a page; at the
/// configuration where both are lists of the site itself.
fn collision(file: &str, a: &Planned, b: &Planned, config: &Config) -> Diagnostic {
    let changeable = |planned: &Planned| match (&planned.job, &planned.owner) {
        (_, None) => 0,
        (Job::Redirect { .. } | Job::FileAgain { .. }, Some(_)) => 3,
        (Job::File(_), Some(_)) => 2,
        _ => 1,
    };
    let (told, other) = if changeable(b) > changeable(a) { (b, a) } else { (a, b) };
    let place = told.owner.clone().unwrap_or_else(|| Place::file(&config.path));
    let address = format!("/{}", file.strip_suffix("index.html").unwrap_or(file));
    match &other.owner {
        Some(other) => {
            let diagnostic = Diagnostic { fault: faults::URL_COLLISION, place, words: Vec::new() };
            diagnostic.with("address", address).with("other", &*other.path)
        }
        None => Diagnostic { fault: faults::RESERVED_ADDRESS, place, words: Vec::new() }.with("address", address),
    }
}
