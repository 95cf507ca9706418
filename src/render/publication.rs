//! What every page needs: the record, the configuration, the theme, and the values that all pages share.
//!
//! [`Shared`] is made once for a build; a [`Publication`] is what one job gets of it, with the record watched.

use super::TemplateFault;
use super::engine::Engine;
use super::overview::Overview;
use super::part::{Names, PartName};
use super::prose;
use super::views::parts::{Alternate, Link};
use super::watched::Watched;
use crate::config::Config;
use crate::hashing::{HashSet, hash_of};
use crate::link::{CaseIx, Entry, EntryKind, Goals, MeetingIx, PageIx, PageRef, Record};
use crate::model::Address;
use crate::parse::Bodies;
use crate::parse::markdown::Body;
use crate::theme::{DateView, Language, Theme};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::Value;

/// What all jobs share.
pub struct Shared<'a> {
    record: &'a Record,
    overview: &'a Overview,
    names: &'a Names,
    /// The configuration.
    pub config: &'a Config,
    /// Texts.
    pub language: &'a Language,
    /// Templates and assets.
    pub engine: &'a Engine,
    /// Scheme, host and path of the site, without a slash at the end.
    pub base_url: &'a str,
    /// The path of `base_url`, empty or `/path`.
    pub base_path: &'a str,
    /// `site`, for every template.
    pub site: Value,
    /// `t`, for every template.
    pub texts: Value,
    /// The hash of `site`: where it changes, every page does.
    pub site_face: u64,
    /// The feed of the site and the calendar of its meetings: for every page.
    pub alternates: Vec<Alternate>,
    /// The dates of meetings, written out.
    dates: Vec<OnceLock<DateView>>,
    /// Entries of timelines that were rendered, by item.
    entries: Vec<Mutex<Vec<Told>>>,
    /// What is the same around many pages and was rendered: by its template, and the section that it is for.
    around: Mutex<BTreeMap<(&'static str, Option<&'static str>), Value>>,
    /// What menus link to.
    in_menu: Vec<String>,
}

/// An entry of a timeline that was rendered.
struct Told {
    kind: EntryKind,
    /// The case on whose timeline it stands, where it is one of the item's.
    own: Option<CaseIx>,
    html: Arc<str>,
    /// The parts of the record that it was made from.
    seen: Vec<PartName>,
}

/// A record on its way to readers, as one job gets it.
pub struct Publication<'a> {
    /// The record.
    pub record: Watched<'a>,
    /// The HTML of the texts of the page's own file.
    pub bodies: Bodies,
    shared: &'a Shared<'a>,
    /// What went wrong with a part of the page.
    fault: RefCell<Option<TemplateFault>>,
}

impl<'a> Deref for Publication<'a> {
    type Target = Shared<'a>;
    fn deref(&self) -> &Shared<'a> {
        self.shared
    }
}

#[derive(Serialize)]
struct Site<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    home: String,
    base_url: &'a str,
    nav: Vec<NavLink>,
    pages: Vec<Link>,
    feed: String,
    calendar: String,
    accessibility: Option<Statement>,
    contact_html: Option<String>,
    parent: Option<Link>,
}

#[derive(Serialize)]
struct NavLink {
    title: String,
    url: String,
    section: &'static str,
}

#[derive(Serialize)]
struct Statement {
    url: String,
    updated: Option<String>,
    was: String,
}

impl<'a> Shared<'a> {
    /// Makes the values that all pages share. `contact` is the footer's text, with a goal for each of its references.
    pub fn new(
        (record, overview, names): (&'a Record, &'a Overview, &'a Names),
        config: &'a Config,
        theme: &'a Theme,
        engine: &'a Engine,
        base_url: &'a str,
        contact: Option<&(Body, Goals)>,
    ) -> Self {
        let mut shared = Self {
            record,
            overview,
            names,
            config,
            language: &theme.language,
            engine,
            base_url,
            base_path: crate::config::base_path(base_url),
            site: Value::none(),
            texts: tera::Value::from_serializable(&theme.language.group("site")),
            site_face: 0,
            alternates: Vec::new(),
            dates: record.catalogue.meetings.iter().map(|_| OnceLock::new()).collect(),
            entries: record.catalogue.items.iter().map(|_| Mutex::default()).collect(),
            around: Mutex::default(),
            in_menu: Vec::new(),
        };
        shared.alternates = shared.site_alternates();
        let site = shared.site(contact);
        shared.in_menu = site.nav.iter().map(|link| &link.url).chain([&site.home]).cloned().collect();
        shared.site = Value::from_serializable(&site);
        shared.site_face = hash_of(serde_json::to_vec(&site).unwrap_or_default());
        shared
    }

    /// For one job, whose page's own file has these bodies.
    pub fn publication(&'a self) -> Publication<'a> {
        Publication {
            record: Watched::new(self.record, self.overview, self.names),
            bodies: Bodies::new(),
            shared: self,
            fault: RefCell::default(),
        }
    }

    fn site(&self, contact: Option<&(Body, Goals)>) -> Site<'a> {
        let config = self.config;
        let (segments, catalogue) = (&config.segments, &self.record.catalogue);
        let link = |key: &'static str, segment: &str| NavLink {
            title: self.language.text("pages", key).to_owned(),
            url: self.top(segment),
            section: key,
        };
        let mut nav = vec![
            link("meetings", &segments.meetings),
            link("cases", &segments.cases),
            link("topics", &segments.topics),
        ];
        if !catalogue.bodies.is_empty() {
            nav.push(link("bodies", &segments.bodies));
        }
        nav.extend([link("timeline", &segments.timeline), link("search", &segments.search)]);
        // Pages below another page are linked from there.
        let below: HashSet<PageIx> = self.overview.below.iter().flatten().copied().collect();
        let pages = PageIx::all(catalogue).filter(|ix| !below.contains(ix)).map(|ix| &catalogue[ix]);
        Site {
            title: &config.title,
            description: &config.description,
            language: &config.language,
            home: self.url(&Address::new("/")),
            base_url: self.base_url,
            nav,
            pages: pages.map(|page| Link { title: page.doc.title.clone(), url: self.url(&page.address) }).collect(),
            feed: self.url(&Address::new("/feed.xml")),
            calendar: self.url(&self.calendar_address()),
            accessibility: config.accessibility.as_ref().map(|statement| Statement {
                url: statement.url.clone(),
                updated: statement.updated.as_ref().map(|day| self.language.day(day.value)),
                was: self.url(&Address::new("/was/")),
            }),
            contact_html: contact.and_then(|(text, goals)| prose::whole(text, goals, self.base_path)),
            parent: config.parent.as_ref().map(|link| Link { title: link.title.clone(), url: link.url.clone() }),
        }
    }

    /// The menu and the footer of a page. Both are made once: the footer for all pages, the menu for all of a section but
    /// those that it links to.
    pub fn around(&self, section: Option<&'static str>, url: &str) -> Result<(Value, Value), TemplateFault> {
        let part = |template: &str, own: Vec<(&'static str, Value)>| {
            let shared = [("site", self.site.clone()), ("t", self.texts.clone())];
            let html = self.engine.part(template, own.into_iter().chain(shared).collect())?;
            Ok(Value::safe_string(&html))
        };
        let menu = |url: Value| {
            part("menu.html", vec![("url", url), ("section", section.map_or_else(Value::none, Value::from))])
        };
        let menu = match self.in_menu.iter().any(|link| link == url) {
            true => menu(url.into())?,
            false => self.made_once(("menu.html", section), || menu(Value::none()))?,
        };
        Ok((menu, self.made_once(("footer.html", None), || part("footer.html", Vec::new()))?))
    }

    /// What was made around pages, else made now.
    fn made_once(
        &self,
        what: (&'static str, Option<&'static str>),
        make: impl FnOnce() -> Result<Value, TemplateFault>,
    ) -> Result<Value, TemplateFault> {
        let mut made = self.around.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = made.get(&what) {
            return Ok(value.clone());
        }
        let value = make()?;
        made.insert(what, value.clone());
        Ok(value)
    }

    /// The address of the list with this segment.
    pub fn list(&self, segment: &str) -> Address {
        Address::new(format!("/{segment}/"))
    }

    /// The link to the list with this segment.
    pub fn top(&self, segment: &str) -> String {
        self.url(&self.list(segment))
    }

    /// The address of the calendar of all meetings.
    pub fn calendar_address(&self) -> Address {
        Address::new(format!("/{}.ics", self.config.segments.meetings))
    }

    /// A link on a page.
    pub fn url(&self, address: &Address) -> String {
        address.under(self.base_path)
    }

    /// A link in data.
    pub fn absolute(&self, address: &Address) -> String {
        address.under(self.base_url)
    }

    fn site_alternates(&self) -> Vec<Alternate> {
        let words = [("site", self.config.title.as_str())];
        vec![
            Alternate::feed(self.language.fill("feeds", "site", &words), self.url(&Address::new("/feed.xml"))),
            Alternate::calendar(self.language.fill("feeds", "calendar", &words), self.url(&self.calendar_address())),
        ]
    }
}

impl Publication<'_> {
    /// An entry that is the same on every page, rendered by whoever wants it first.
    pub fn once(&self, entry: Entry, own: Option<CaseIx>, render: &dyn Fn(&Publication<'_>) -> Arc<str>) -> Arc<str> {
        let told = &self.shared.entries[entry.item.index()];
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = told.iter().find(|told| told.kind == entry.kind && told.own == own) {
            self.record.note_all(&there.seen);
            return there.html.clone();
        }
        let apart = self.shared.publication();
        let html = render(&apart);
        if let Some(fault) = apart.fault.into_inner() {
            self.fail(fault);
            return html;
        }
        let seen = apart.record.into_seen();
        self.record.note_all(&seen);
        told.push(Told { kind: entry.kind, own, html: html.clone(), seen });
        html
    }

    /// The date of a meeting, written out once.
    pub fn date_of(&self, ix: MeetingIx) -> DateView {
        let meeting = &self.record[ix];
        self.shared.dates[ix.index()].get_or_init(|| self.language.date(&meeting.doc.date)).clone()
    }

    /// Says that a part of the page cannot be rendered; gives what stands in its place until the page is given up.
    pub fn fail(&self, fault: TemplateFault) -> String {
        *self.fault.borrow_mut() = Some(fault);
        String::new()
    }

    /// What went wrong with a part of the page.
    pub fn take_fault(&self) -> Option<TemplateFault> {
        self.fault.borrow_mut().take()
    }

    /// The HTML of the body of the page's own file.
    pub fn body(&self) -> Option<&Body> {
        self.bodies.last()
    }

    /// The HTML of an item's process status, where it has one.
    pub fn status_body(&self) -> Option<&Body> {
        self.bodies.split_last().and_then(|(_, before)| before.last())
    }

    /// What a page is called where another one links to it.
    pub fn title_of(&self, page: PageRef) -> String {
        let catalogue = &self.record;
        let dated = |text: String, date: DateView| {
            if text.contains(&*date.text) { text } else { format!("{text} ({})", date.text) }
        };
        match page {
            PageRef::Front => self.config.title.clone(),
            PageRef::Meeting(ix) => {
                let meeting = &catalogue[ix];
                dated(meeting.doc.title.clone(), self.date_of(ix))
            }
            PageRef::Item(ix) => {
                let item = &catalogue[ix];
                let date = self.date_of(item.meeting);
                dated(format!("{} {}", item.doc.number.value, item.doc.title), date)
            }
            PageRef::Case(ix) => format!("{} {}", catalogue[ix].number, catalogue[ix].title),
            PageRef::Topic(ix) => catalogue[ix].title.clone(),
            PageRef::Page(ix) => catalogue[ix].doc.title.clone(),
        }
    }
}
