//! Lists over several pages, and the years of a list: links between them.

use super::super::Publication;
use crate::model::Address;
use crate::plan;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct YearLink {
    title: String,
    url: String,
    count: usize,
    current: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    current: usize,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<PagerLink>,
}

#[derive(Debug, Clone, Serialize)]
struct PagerLink {
    number: usize,
    url: String,
}

impl Publication<'_> {
    /// Links to the years of a list, newest first.
    pub(in crate::render) fn years(
        &self,
        segment: &str,
        counts: impl Iterator<Item = (i16, usize)>,
        current: Option<i16>,
    ) -> Vec<YearLink> {
        let list = self.list(segment);
        let link = |(year, count): (i16, usize)| YearLink {
            title: year.to_string(),
            url: self.url(&list.join(&format!("{year}/"))),
            count,
            current: current == Some(year),
        };
        let mut years: Vec<_> = counts.map(link).collect();
        years.reverse();
        years
    }

    /// Links to the years of cases, newest first, and last to those without one.
    pub(in crate::render) fn case_years(&self, current: Option<&plan::CaseGroup>) -> Vec<YearLink> {
        let list = self.list(&self.config.segments.cases);
        let link = |(group, count): (&plan::CaseGroup, usize)| YearLink {
            title: match group {
                plan::CaseGroup::Year(year) => year.clone(),
                plan::CaseGroup::Other => self.language.text("files", "other_cases").to_owned(),
            },
            url: self.url(&list.join(&format!("{}/", group.segment(self.config)))),
            count,
            current: current == Some(group),
        };
        let mut years: Vec<_> = self.record.groups().map(link).collect();
        years.reverse();
        years
    }

    /// Links between the pages of a list; `None` where there is one page.
    pub(in crate::render) fn pager(
        &self,
        list: &Address,
        current: usize,
        entries: usize,
        per_page: usize,
    ) -> Option<Pager> {
        let total = entries.div_ceil(per_page).max(1);
        let url = |page| self.url(&plan::page_address(self.config, list, page));
        let near = |page: &usize| *page == 1 || *page == total || page.abs_diff(current) <= 2;
        (total > 1).then(|| Pager {
            current,
            previous: (current > 1).then(|| url(current - 1)),
            next: (current < total).then(|| url(current + 1)),
            pages: (1..=total).filter(near).map(|number| PagerLink { number, url: url(number) }).collect(),
        })
    }
}

/// The slice of a list that stands on one of its pages, which count from 1.
pub fn on_page<T>(all: &[T], page: usize, per_page: usize) -> &[T] {
    let start = ((page - 1) * per_page).min(all.len());
    &all[start..(start + per_page).min(all.len())]
}
