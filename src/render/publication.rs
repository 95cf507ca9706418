//! What every page needs: the record, the configuration, the theme, and the values that all pages share.

use super::engine::Engine;
use super::prose;
use super::views::parent;
use super::views::parts::{Alternate, Link};
use crate::config::Config;
use crate::link::{Goals, PageRef, Record};
use crate::model::Address;
use crate::parse::markdown::Prose;
use crate::plan;
use crate::theme::{DateView, Language, Theme};
use jiff::civil::Date;
use serde::Serialize;
use tera::Value;

/// A record on its way to readers.
pub struct Publication<'a> {
    /// The record.
    pub record: &'a Record,
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
    /// The meetings of each year.
    pub meeting_years: std::collections::BTreeMap<i16, Vec<crate::link::MeetingIx>>,
    /// The cases of each year.
    pub case_groups: std::collections::BTreeMap<plan::CaseGroup, Vec<crate::link::CaseIx>>,
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

impl<'a> Publication<'a> {
    /// Makes the values that all pages share. `contact` is the footer's text, with a goal for each of its references.
    pub fn new(
        record: &'a Record,
        config: &'a Config,
        theme: &'a Theme,
        engine: &'a Engine,
        base_url: &'a str,
        contact: Option<&(Prose, Goals)>,
    ) -> Self {
        let mut publication = Self {
            record,
            config,
            language: &theme.language,
            engine,
            base_url,
            base_path: crate::config::base_path(base_url),
            site: Value::none(),
            texts: tera::Value::from_serializable(&theme.language.group("site")),
            meeting_years: plan::meeting_years(record),
            case_groups: plan::case_groups(record),
        };
        let site = publication.site(contact);
        publication.site = Value::from_serializable(&site);
        publication
    }

    fn site(&self, contact: Option<&(Prose, Goals)>) -> Site<'a> {
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
        let is_below =
            |name: &str| parent(name).is_some_and(|parent| catalogue.pages.iter().any(|page| page.doc.name == parent));
        let pages = catalogue.pages.iter().filter(|page| !is_below(&page.doc.name));
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

    /// The feed of the site and the calendar of its meetings: for every page.
    pub fn site_alternates(&self) -> Vec<Alternate> {
        let words = [("site", self.config.title.as_str())];
        vec![
            Alternate::feed(self.language.fill("feeds", "site", &words), self.url(&Address::new("/feed.xml"))),
            Alternate::calendar(self.language.fill("feeds", "calendar", &words), self.url(&self.calendar_address())),
        ]
    }

    /// What a page is called where another one links to it.
    pub fn title_of(&self, page: PageRef) -> String {
        let catalogue = &self.record.catalogue;
        let dated = |text: String, date: DateView| {
            if text.contains(&date.text) { text } else { format!("{text} ({})", date.text) }
        };
        match page {
            PageRef::Front => self.config.title.clone(),
            PageRef::Meeting(ix) => {
                let meeting = &catalogue[ix];
                dated(meeting.doc.title.clone(), self.language.date(&meeting.doc.date))
            }
            PageRef::Item(ix) => {
                let item = &catalogue[ix];
                let date = self.language.date(&catalogue[item.meeting].doc.date);
                dated(format!("{} {}", item.doc.number.value, item.doc.title), date)
            }
            PageRef::Case(ix) => format!("{} {}", catalogue[ix].number, catalogue[ix].title),
            PageRef::Topic(ix) => catalogue[ix].title.clone(),
            PageRef::Page(ix) => catalogue[ix].doc.title.clone(),
        }
    }

    /// The day that a page last changed; `None` where nothing dates it.
    pub fn updated(&self, page: PageRef) -> Option<Date> {
        let catalogue = &self.record.catalogue;
        match page {
            PageRef::Front => (0..catalogue.items.len()).map(|i| catalogue.updated(crate::link::ItemIx(i))).max(),
            PageRef::Meeting(ix) => Some(catalogue[ix].updated()),
            PageRef::Item(ix) => Some(catalogue.updated(ix)),
            PageRef::Case(ix) => self.record.timelines.case(ix).iter().map(|entry| catalogue.updated(entry.item)).max(),
            PageRef::Topic(ix) => catalogue[ix].items.iter().map(|item| catalogue.updated(*item)).max(),
            PageRef::Page(_) => None,
        }
    }
}
