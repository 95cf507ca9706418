//! Checks of where addresses lead: dead ones, those outside the site's path, pages that no link
//! leads to, and the sitemap. Each takes the site as read and gives findings.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::address::Target;
use super::html::Link;
use super::site::Site;

impl Site {
    /// Every address that points into the site and finds no file or no id there, and every one
    /// that no site should have (another scheme, a path outside the site's own).
    pub fn dead_links(&self) -> Vec<String> {
        let ids = self.ids();
        self.links()
            .filter_map(|(file, link)| {
                let fault = self.fault(&ids, file, link)?;
                Some(format!("{file}: {} “{}” {fault}", link.place, link.address))
            })
            .collect()
    }

    fn ids(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        self.pages.iter().map(|(file, page)| (file.as_str(), page.ids.iter().map(String::as_str).collect())).collect()
    }

    fn fault(&self, ids: &BTreeMap<&str, BTreeSet<&str>>, file: &str, link: &Link) -> Option<String> {
        let is_absolute = super::address::scheme(&link.address).is_some();
        if link.own_absolute && !is_absolute {
            return Some("is not absolute".to_owned());
        }
        let relative = !is_absolute && !link.address.starts_with(['/', '#']);
        if file == "404.html" && relative && !link.address.is_empty() {
            return Some("is relative, on a page that is shown at any address".to_owned());
        }
        // A piece of HTML in data belongs to the page that the data stands beside.
        let from = match file.strip_suffix("index.json") {
            Some(folder) => format!("{folder}index.html"),
            None => file.to_owned(),
        };
        let (target, fragment) = match self.base.resolve(&from, &link.address) {
            Target::Inside { file, fragment } => (file, fragment),
            Target::Outside => return None,
            Target::Fault(fault) => return Some(fault),
        };
        if !self.files.contains_key(&target) {
            let folder = format!("{target}/index.html");
            return Some(if self.files.contains_key(&folder) {
                "names a folder without the slash at its end".to_owned()
            } else {
                format!("leads to {target}, which is not there")
            });
        }
        let fragment = fragment.filter(|text| text != "top" && !text.starts_with(":~:"))?;
        let there = ids.get(target.as_str())?;
        (!there.contains(fragment.as_str())).then(|| format!("leads to {target}, which has no id “{fragment}”"))
    }

    /// Every address of the site that does not carry the path of the address it was built for:
    /// paths from the host's root, and absolute ones that must be the site's own.
    pub fn base_path(&self) -> Vec<String> {
        let mut findings = Vec::new();
        for (file, link) in self.links() {
            let address = link.address.as_str();
            let from_root = address.starts_with('/') && !address.starts_with("//");
            let carries = if from_root {
                self.base.carries(address)
            } else if link.own_absolute && !(link.place == "link canonical" && self.is_redirect(file)) {
                // Absolute, so the file it is resolved from means nothing.
                matches!(self.base.resolve("index.html", address), Target::Inside { .. })
            } else {
                true
            };
            if !carries {
                let own = self.base.address("");
                findings.push(format!("{file}: {} “{address}” is not below {own}", link.place));
            }
        }
        findings
    }

    /// Whether the page sends its reader on: it may lead out of the site, as `/was/` does.
    fn is_redirect(&self, file: &str) -> bool {
        self.pages.get(file).is_some_and(super::html::Page::is_redirect)
    }

    /// Pages that no chain of `a href` from the front page leads to (404 and redirects excepted),
    /// and feeds, calendars and data that no page links to.
    pub fn unreachable(&self) -> Vec<String> {
        let mut findings = Vec::new();
        if !self.pages.contains_key("index.html") {
            findings.push("index.html: there is no front page".to_owned());
        }
        let mut reached = BTreeSet::from(["index.html".to_owned()]);
        let mut queue = VecDeque::from(["index.html".to_owned()]);
        while let Some(file) = queue.pop_front() {
            let Some(page) = self.pages.get(&file) else {
                continue;
            };
            for link in page.links.iter().filter(|link| link.followed) {
                if let Target::Inside { file, .. } = self.base.resolve(&file, &link.address)
                    && reached.insert(file.clone())
                {
                    queue.push_back(file);
                }
            }
        }
        for (file, page) in &self.pages {
            let is_page = file == "index.html" || file.ends_with("/index.html");
            if is_page && !page.is_redirect() && !reached.contains(file) {
                findings.push(format!("{file}: no link leads here from the front page"));
            }
        }
        let linked: BTreeSet<String> = self
            .pages
            .iter()
            .flat_map(|(file, page)| page.links.iter().map(move |link| (file, link)))
            .filter(|(_, link)| link.followed || link.place.starts_with("link "))
            .filter_map(|(file, link)| match self.base.resolve(file, &link.address) {
                Target::Inside { file, .. } => Some(file),
                _ => None,
            })
            .collect();
        for file in self.files.keys() {
            let name = file.rsplit('/').next().unwrap_or(file);
            let must = matches!(name, "feed.xml" | "index.json") || name.ends_with(".ics");
            if must && !linked.contains(file) {
                findings.push(format!("{file}: no page links to it"));
            }
        }
        findings
    }

    /// What the sitemap lists and should not (redirects, pages that ask not to be listed), and
    /// pages that it leaves out although they are their own canonical address.
    pub fn sitemap(&self) -> Vec<String> {
        let Some(sitemap) = self.documents.get("sitemap.xml") else {
            return vec!["sitemap.xml: not there".to_owned()];
        };
        let listed: BTreeSet<String> = sitemap
            .links
            .iter()
            .filter_map(|link| match self.base.resolve("sitemap.xml", &link.address) {
                Target::Inside { file, .. } => Some(file),
                _ => None,
            })
            .collect();
        let mut findings = Vec::new();
        for (file, page) in &self.pages {
            let own = self.base.address(file);
            let canonical = page.canonical.as_ref().is_none_or(|address| *address == own);
            let hidden = page.noindex || page.is_redirect() || file == "404.html";
            match (listed.contains(file), hidden) {
                (true, true) => findings.push(format!("sitemap.xml: lists {file}, which is no page to find")),
                (false, false) if canonical && file.ends_with("index.html") => {
                    findings.push(format!("sitemap.xml: leaves out {file}"));
                }
                _ => {}
            }
        }
        findings
    }
}
