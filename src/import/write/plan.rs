//! Plans what a document makes of a meeting's folder.
//!
//! Takes a [`Request`]; gives a [`Plan`]. Reads the folder, finds each of the document's items there, and merges or makes
//! its file.

use super::body::Task;
use super::disk::{self, File, Folder};
use super::file::{self, Saying};
use super::front::{self, Field};
use super::known::{each, find, text};
use super::matching::{self, Known};
use super::value::{Value, line};
use super::{Change, Difference, Plan, Renumbered, Request, Trouble, Unit, seen};
use crate::config::Role;
use crate::import::block::Text;
use crate::import::draft::{Item, Section, State};
use crate::model::file_name::item_file;
use crate::model::slug::{is_slug, slug};
use crate::parse::markdown::Kind;
use crate::parse::meeting::date_of_folder;
use std::collections::BTreeSet;

/// What will be done.
pub fn plan(request: &Request<'_>) -> Result<Plan, Trouble> {
    if !is_slug(request.meeting) {
        return Err(Trouble::BadMeeting { id: request.meeting.to_owned() });
    }
    let folder = disk::read(request.root, request.meeting)?;
    let mut planner = Planner { request, plan: Plan::default(), ids: BTreeSet::new(), names: BTreeSet::new() };
    planner.names.extend(folder.names.iter().map(|name| name.to_lowercase()));
    planner.ids.extend(folder.items.iter().map(|file| slug(id_of(file))));
    planner.meeting(&folder)?;
    planner.items(&folder)?;
    Ok(planner.plan)
}

fn id_of(file: &File) -> &str {
    file.field("id").or_else(|| file.field("number")).unwrap_or_default()
}

struct Planner<'a> {
    request: &'a Request<'a>,
    plan: Plan,
    /// What addresses of items are made from, old and new.
    ids: BTreeSet<String>,
    /// Names in the folder, in lower case.
    names: BTreeSet<String>,
}

impl Planner<'_> {
    fn task(&self, kind: Kind) -> Task<'_> {
        Task { config: self.request.config, kind, update: self.request.update }
    }

    fn meeting(&mut self, folder: &Folder) -> Result<(), Trouble> {
        let Request { draft, meeting, .. } = self.request;
        let mut fields = front::of_meeting(draft, meeting);
        let lead = [Section { heading: None, blocks: draft.lead.clone() }];
        let task = self.task(Kind::Page);
        let Some(file) = &folder.index else {
            let path = format!("content/meetings/{meeting}/_index.md");
            let printed = draft.title.as_deref().map(line).filter(|title| !title.is_empty());
            let title = printed.unwrap_or_else(|| line(self.request.title));
            fields.insert(0, ("title", Value::Text(title)));
            let after = file::new(&path, &fields, task, &lead)?;
            self.plan.changes.push(Change { path, before: None, after });
            return Ok(());
        };
        let folders = date_of_folder(meeting).map(|_| ("date", meeting.get(..10).unwrap_or_default().to_owned()));
        // What is printed is compared; a title by the configuration's pattern is not.
        if let Some(title) = draft.title.as_deref().map(line).filter(|title| !title.is_empty()) {
            fields.insert(0, ("title", Value::Text(title)));
        }
        // A date that is written is compared whether or not the folder says the document's.
        if let (Some(_), Some((date, _))) = (file.field("date"), &draft.date) {
            fields.retain(|(key, _)| *key != "date");
            fields.insert(0, ("date", Value::Text(date.clone())));
        }
        let state = if draft.state == State::Minutes { "minutes" } else { "agenda" };
        if matches!((file.field("status"), state), (Some("planned"), _) | (Some("agenda"), "minutes")) {
            fields.push(("status", Value::Text(state.to_owned())));
        }
        let saying = Saying { fields, set: Vec::new(), implied: folders.into_iter().collect(), sections: &lead };
        let outcome = file::merge(file, &saying, task)?;
        self.done(file, outcome);
        Ok(())
    }

    fn items(&mut self, folder: &Folder) -> Result<(), Trouble> {
        let draft = self.request.draft;
        let ours: Vec<_> = folder.items.iter().map(|file| self.known(file)).collect();
        let theirs: Vec<_> = draft.items.iter().map(known).collect();
        let pairs = matching::pairs(&ours, &theirs);
        let stay = self.that_stay(folder, &pairs);
        for (item, pair) in draft.items.iter().zip(&pairs) {
            let path = match pair.and_then(|at| Some((folder.items.get(at)?, stay.contains(&at)))) {
                Some((file, stays)) => {
                    self.merge(file, item, stays)?;
                    file.path.clone()
                }
                None => self.add(item)?,
            };
            self.plan.items.push((item.number.clone(), path));
        }
        let here = folder.items.iter().enumerate().filter(|(at, _)| !pairs.contains(&Some(*at)));
        self.plan.only_here = here.map(|(_, file)| file.path.clone()).collect();
        Ok(())
    }

    fn known(&self, file: &File) -> Known {
        let cases = find(&file.entries, "cases").map_or(&[][..], each).iter().filter_map(text);
        let cases = cases.filter_map(|case| self.request.config.case_number.parse(case));
        Known {
            number: file.field("number").unwrap_or_default().to_owned(),
            id: id_of(file).to_owned(),
            title: file.field("title").unwrap_or_default().to_owned(),
            cases: cases.map(|case| case.to_string()).collect(),
        }
    }

    /// Which files of items keep their numbers whatever the document says: all of them where an agenda comes after what
    /// was treated, and those whose new number is that of a file that keeps its own.
    fn that_stay(&self, folder: &Folder, pairs: &[Option<usize>]) -> BTreeSet<usize> {
        let draft = self.request.draft;
        if draft.state == State::Agenda && folder.items.iter().any(|file| self.was_treated(file)) {
            return (0..folder.items.len()).collect();
        }
        let numbers: Vec<_> = folder.items.iter().map(|file| bare(file.field("number").unwrap_or_default())).collect();
        let moves =
            pairs.iter().zip(&draft.items).filter_map(|(pair, item)| Some(((*pair)?, bare(&line(&item.number)))));
        let mut moves: Vec<(usize, String)> = moves.filter(|(at, to)| numbers.get(*at) != Some(to)).collect();
        let mut stay: BTreeSet<usize> = (0..numbers.len()).collect();
        moves.iter().for_each(|(at, _)| {
            stay.remove(at);
        });
        // A file that stays may keep another from its number.
        while let Some(blocked) = moves.iter().position(|(_, to)| stay.iter().any(|at| numbers.get(*at) == Some(to))) {
            stay.insert(moves.swap_remove(blocked).0);
        }
        stay
    }

    /// An item that is there; one that stays keeps its number.
    fn merge(&mut self, file: &File, item: &Item, stays: bool) -> Result<(), Trouble> {
        let fields: Vec<Field> = front::of_item(item).into_iter().filter(|(key, _)| *key != "number").collect();
        let mut set = Vec::new();
        let (from, to) = (file.field("number").unwrap_or_default(), line(&item.number));
        if bare(from) != bare(&to) {
            let path = file.path.clone();
            if stays {
                let (what, ours) = (Unit::Field("number"), from.to_owned());
                self.plan.differences.push(Difference { path, what, ours, theirs: to, taken: false });
            } else {
                set.push(("number", Value::Text(to.clone())));
                if file.field("id").is_none() {
                    set.push(("id", Value::Text(from.to_owned())));
                }
                self.plan.renumbered.push(Renumbered { path, from: from.to_owned(), to });
            }
        }
        let saying = Saying { fields, set, implied: Vec::new(), sections: &item.sections };
        let outcome = file::merge(file, &saying, self.task(Kind::Item))?;
        self.done(file, outcome);
        Ok(())
    }

    /// Whether an item tells of a discussion or a decision.
    fn was_treated(&self, file: &File) -> bool {
        let seen = seen::sections(&file.text[file.body..], Kind::Item);
        seen.sections.iter().filter(|part| !part.nodes.is_empty()).any(|part| {
            let heading = part.heading.as_ref().map(Text::words).unwrap_or_default();
            matches!(self.request.config.role(&heading), Role::Discussion | Role::Decision)
        })
    }

    /// An item that is new: its file.
    fn add(&mut self, item: &Item) -> Result<String, Trouble> {
        let mut fields = front::of_item(item);
        let number = line(&item.number);
        let mut id = number.clone();
        let mut more = 1;
        while !self.ids.insert(slug(&id)) {
            more += 1;
            id = format!("{number}-{more}");
        }
        if id != number {
            let at = fields.iter().position(|(key, _)| !matches!(*key, "number" | "title")).unwrap_or(fields.len());
            fields.insert(at, ("id", Value::Text(id)));
        }
        let stem = item_file(&number, &line(&item.title));
        let stem = if stem.is_empty() { "punkt".to_owned() } else { stem };
        let mut name = format!("{stem}.md");
        let mut more = 1;
        while !self.names.insert(name.to_lowercase()) {
            more += 1;
            name = format!("{stem}-{more}.md");
        }
        let path = format!("content/meetings/{}/{name}", self.request.meeting);
        let after = file::new(&path, &fields, self.task(Kind::Item), &item.sections)?;
        self.plan.changes.push(Change { path: path.clone(), before: None, after });
        Ok(path)
    }

    fn done(&mut self, file: &File, outcome: file::Outcome) {
        self.plan.added.extend(outcome.added);
        self.plan.differences.extend(outcome.differences);
        if outcome.text != file.text {
            let before = Some(file.text.clone());
            self.plan.changes.push(Change { path: file.path.clone(), before, after: outcome.text });
        }
    }
}

/// A number without the full stop behind it.
fn bare(number: &str) -> String {
    number.trim_end_matches('.').to_owned()
}

/// What an item of the draft is known by.
fn known(item: &Item) -> Known {
    Known {
        number: line(&item.number),
        id: line(&item.number),
        title: line(&item.title),
        cases: item.cases.iter().cloned().collect(),
    }
}
