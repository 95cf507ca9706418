//! Views: what each template gets, made for it from the record. docs/THEMES.md lists the fields of each.
//!
//! Takes a job; gives its page as minified HTML.

mod case;
mod front;
mod item;
mod lists;
mod meeting;
pub mod paging;
pub mod parts;
mod topic;

use super::{Publication, TemplateFault};
use crate::link::PageRef;
use crate::model::Address;
use crate::parse::markdown::excerpt;
use crate::plan::{Job, Planned};
use parts::{Alternate, DESCRIPTION, Link};
use serde::Serialize;
use tera::Value;

/// What a template is told about its page.
#[derive(Serialize)]
struct Page {
    kind: &'static str,
    section: Option<&'static str>,
    title: String,
    description: String,
    url: String,
    canonical: String,
    breadcrumbs: Vec<Link>,
    alternates: Vec<Alternate>,
    index: bool,
}

/// A page before its template is rendered: the template's name, about the page, and its view.
struct View {
    template: &'static str,
    page: Page,
    view: Value,
}

/// The HTML of a job's page.
pub fn page(publication: &Publication<'_>, planned: &Planned) -> Result<Vec<u8>, TemplateFault> {
    let view = view(publication, planned);
    if let Some(fault) = publication.take_fault() {
        return Err(fault);
    }
    let (menu, footer) = publication.around(view.page.section, &view.page.url)?;
    let values = vec![
        ("menu", menu),
        ("footer", footer),
        ("site", publication.site.clone()),
        ("t", publication.texts.clone()),
        ("page", Value::from_serializable(&view.page)),
        ("view", view.view),
    ];
    publication.engine.render(view.template, values)
}

fn view(publication: &Publication<'_>, planned: &Planned) -> View {
    let builder = Builder { publication, planned };
    match &planned.job {
        Job::Front => front::front(&builder),
        Job::Meetings { year } => lists::meetings(&builder, *year),
        Job::Meeting(ix) => meeting::meeting(&builder, *ix),
        Job::Item(ix) => item::item(&builder, *ix),
        Job::Cases { group, page } => lists::cases(&builder, group.as_ref(), *page),
        Job::Case(ix) => case::case(&builder, *ix),
        Job::Topics => lists::topics(&builder),
        Job::Topic { topic, page } => topic::topic(&builder, *topic, *page),
        Job::Bodies => lists::bodies(&builder),
        Job::Body { body, page } => lists::body(&builder, *body, *page),
        Job::Timeline { year, page } => lists::timeline(&builder, *year, *page),
        Job::Search => front::search(&builder),
        Job::Page(ix) => front::page(&builder, *ix),
        Job::Statement => front::statement(&builder),
        Job::Redirect { to, .. } => front::redirect(&builder, *to),
        Job::NotFound | Job::File(_) | Job::FileAgain { .. } | Job::Asset(_) | Job::Sitemap { .. } | Job::Robots => {
            front::not_found(&builder)
        }
    }
}

/// What every view is made with.
struct Builder<'a> {
    publication: &'a Publication<'a>,
    planned: &'a Planned,
}

impl<'a> Builder<'a> {
    /// A page with its own title and description.
    fn page(&self, template: &'static str, section: Option<&'static str>, title: &str, description: &str) -> Page {
        let publication = self.publication;
        let mut alternates = publication.alternates.clone();
        alternates.extend(self.own_alternates(title));
        Page {
            kind: template.trim_end_matches(".html"),
            section,
            title: title.to_owned(),
            description: excerpt(description, DESCRIPTION),
            url: publication.url(&self.planned.address),
            canonical: publication.absolute(&self.planned.address),
            breadcrumbs: Vec::new(),
            alternates,
            index: self.planned.is_listed(),
        }
    }

    /// What stands beside the page: its data, feed and calendar.
    fn own_alternates(&self, title: &str) -> Vec<Alternate> {
        let publication = self.publication;
        let (language, catalogue) = (publication.language, &publication.record);
        let mut own = Vec::new();
        if self.planned.job == Job::Front {
            return own;
        }
        for file in self.planned.files.iter().skip(1) {
            let url = publication.url(&Address::new(file.as_str()));
            own.push(match file.rsplit('/').next().unwrap_or("") {
                "index.json" => Alternate::data(language.fill("feeds", "data", &[("title", title)]), url),
                "feed.xml" => {
                    let number = match self.planned.job {
                        Job::Case(ix) => Some(catalogue[ix].number.as_str()),
                        _ => None,
                    };
                    let words = [
                        ("site", publication.config.title.as_str()),
                        ("title", title),
                        ("number", number.unwrap_or("")),
                    ];
                    Alternate::feed(
                        language.fill("feeds", if number.is_some() { "case" } else { "topic" }, &words),
                        url,
                    )
                }
                _ => Alternate::calendar(language.fill("feeds", "meeting_calendar", &[("title", title)]), url),
            });
        }
        own
    }

    /// A page whose title and description are texts of the language file.
    fn listed(&self, template: &'static str, section: &'static str, key: &str, words: &[(&str, &str)]) -> Page {
        let language = self.publication.language;
        let mut words = words.to_vec();
        words.push(("site", &self.publication.config.title));
        let title = language.fill("pages", key, &words);
        let description = language.fill("pages", &format!("{key}_description"), &words);
        self.page(template, Some(section), &title, &description)
    }

    /// The way to the page: the front page, and what lies between.
    fn path(&self, between: Vec<Link>) -> Vec<Link> {
        let home = Link { title: self.publication.config.title.clone(), url: self.publication.url(&Address::new("/")) };
        std::iter::once(home).chain(between).collect()
    }

    /// The link to a list, by its key among the titles of pages.
    fn list_link(&self, key: &'static str, segment: &str) -> Link {
        Link { title: self.publication.language.text("pages", key).to_owned(), url: self.publication.top(segment) }
    }

    /// The link to a page.
    fn link(&self, page: PageRef, title: String) -> Link {
        Link { title, url: self.publication.url(&self.publication.record.address(page)) }
    }
}

impl View {
    fn new(template: &'static str, page: Page, view: &impl Serialize) -> Self {
        Self { template, page, view: Value::from_serializable(view) }
    }
}
