//! The stages in their order: what `build` and `check` both do.
//!
//! Takes the root folder and options; gives every diagnostic, and for `build` the report of what was written.

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Place, faults, in_order};
use crate::link::{Claim, Goal, Goals, Linking, Record, link};
use crate::model::Address;
use crate::parse::markdown::{self, Context, Detector, Kind, Labels, Prose, Reference, Target};
use crate::parse::{FileKind, Reading, front_matter, is_draft, kind_of, parse_all, search_as_written, search_values};
use crate::plan::{self, Plan};
use crate::privacy::cpr;
use crate::read::{Input, ReadError, Source, read};
use crate::render::{Engine, Publication, TemplateFault, render};
use crate::theme::{Theme, bad_template};
use crate::write::{Report, Stage, WriteError, is_known, make_known};
use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// What the user asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Another base URL than the configuration's, checked.
    pub base_url: Option<String>,
    /// Drafts are published too.
    pub drafts: bool,
    /// Suggestions are wanted.
    pub advice: bool,
    /// The day from which the accessibility statement's age is counted.
    pub today: Date,
}

/// A checked record, ready to be rendered.
pub struct Checked {
    /// What is wrong, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of all files, by path: for showing lines.
    pub texts: BTreeMap<Arc<str>, Arc<str>>,
    /// The site's language.
    pub language: String,
    /// What is needed for rendering; `None` where there are errors.
    pub ready: Option<Ready>,
}

/// All that rendering needs.
pub struct Ready {
    config: Config,
    theme: Theme,
    engine: Engine,
    record: Record,
    plan: Plan,
    contact: Option<(Prose, Goals)>,
    base_url: String,
}

/// Why a build failed that is not told by diagnostics.
#[derive(Debug)]
pub enum Failure {
    /// Reading.
    Read(ReadError),
    /// Writing.
    Write(WriteError),
}

/// Reads, parses, links and plans: everything but rendering and writing.
pub fn check(root: &Path, options: &Options) -> Result<Checked, Failure> {
    let mut out = Vec::new();
    let input = read(root, &mut out).map_err(Failure::Read)?;
    let mut checked = Checked { diagnostics: Vec::new(), texts: texts(&input), language: "da".to_owned(), ready: None };
    let text = input.config.text.clone().unwrap_or_default();
    let themes: Vec<_> = input.themes.keys().cloned().collect();
    if let Some(config) = Config::parse(&input.config.path, &text, &themes, &mut out) {
        checked.language.clone_from(&config.language);
        checked.ready = ready(&input, config, &text, options, &mut out);
    }
    hide_numbers(&mut checked.texts, &mut out);
    checked.diagnostics = in_order(out);
    if checked.diagnostics.iter().any(Diagnostic::is_error) {
        checked.ready = None;
    }
    Ok(checked)
}

fn ready(input: &Input, config: Config, text: &str, options: &Options, out: &mut Vec<Diagnostic>) -> Option<Ready> {
    let theme = Theme::new(&config, input.themes.get(&config.theme), out);
    let labels = Labels {
        footnote_back: theme.language.text("files", "footnote_back").to_owned(),
        table: theme.language.text("files", "table").to_owned(),
    };
    let detector = Detector::new(&config);
    let reading = Reading {
        config: &config,
        detector: &detector,
        labels: &labels,
        drafts: options.drafts,
        draft_meetings: draft_meetings(&input.sources),
    };
    search_as_written(&config.path, text, &config, out);
    search_values(&config.path, text, &front_matter::whole_toml(&config.path, text, &mut Vec::new()), &config, out);
    for (path, bytes) in input.themes.get(&config.theme).into_iter().flatten() {
        let path = format!("themes/{}/{path}", config.theme).into();
        search_as_written(&path, &String::from_utf8_lossy(bytes), &config, out);
    }
    let (documents, faults) = parse_all(&input.sources, &reading);
    out.extend(faults);
    let mut claims = Vec::new();
    let contact = contact(&config, &detector, &labels, text, &mut claims, out);
    let linking = Linking { config: &config, sources: &input.sources, drafts: options.drafts, advice: options.advice };
    let mut record = link(documents, &linking, out);
    record.links.claims.extend(claims);
    statement(&config, options.today, out);
    let base_url = options.base_url.clone().unwrap_or_else(|| config.base_url.clone());
    let engine = Engine::new(&theme, &config, config::base_path(&base_url), out)?;
    let plan = plan::plan(&record, &config, &engine.assets());
    plan.check(&record, &config, out);
    Some(Ready { config, theme, engine, record, plan, contact, base_url })
}

fn texts(input: &Input) -> BTreeMap<Arc<str>, Arc<str>> {
    let sources = std::iter::once(&input.config).chain(&input.sources);
    sources.filter_map(|source| Some((source.path.clone(), source.text.clone()?))).collect()
}

/// Masks the digits of every place that holds a CPR number which only its readers see in one piece, since the source writes
/// it in pieces or with character references: in the texts, and in the words of what else is said of that place. Those
/// that are in one piece in the source, the printer masks.
fn hide_numbers(texts: &mut BTreeMap<Arc<str>, Arc<str>>, diagnostics: &mut [Diagnostic]) {
    let hide = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "*");
    let is_cpr = |code| matches!(code, Code::CprNumber | Code::PossibleCprNumber);
    let mut hidden: Vec<(Arc<str>, (usize, usize))> = Vec::new();
    for Diagnostic { fault, place, .. } in diagnostics.iter() {
        let (Some((start, end)), Some(text)) = (place.span, texts.get_mut(&place.path)) else { continue };
        let Some(written) = text.get(start..end).filter(|written| is_cpr(fault.code) && !cpr::is_one(written)) else {
            continue;
        };
        *text = [&text[..start], &hide(written), &text[end..]].concat().into();
        hidden.push((place.path.clone(), (start, end)));
    }
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| !is_cpr(diagnostic.fault.code)) {
        let Some((start, end)) = diagnostic.place.span else { continue };
        let touches =
            |(path, at): &(Arc<str>, (usize, usize))| *path == diagnostic.place.path && at.0 < end && start < at.1;
        if hidden.iter().any(touches) {
            diagnostic.words.iter_mut().for_each(|(_, word)| *word = hide(word));
        }
    }
}

fn draft_meetings(sources: &[Source]) -> BTreeSet<String> {
    let draft = |source: &Source| match kind_of(&source.path) {
        Some(FileKind::Meeting { id }) => is_draft(&source.path, source.text.as_ref()?).then_some(id),
        _ => None,
    };
    sources.iter().filter_map(draft).collect()
}

/// The footer's contact text, and the addresses of the site that it links to. It stands on every page, so a path from a
/// folder leads nowhere.
fn contact(
    config: &Config,
    detector: &Detector,
    labels: &Labels,
    text: &str,
    claims: &mut Vec<Claim>,
    out: &mut Vec<Diagnostic>,
) -> Option<(Prose, Goals)> {
    let value = config.contact.as_ref()?;
    let context = Context { config, detector, labels, path: &config.path, source: text };
    let prose = markdown::parse(&context, Kind::Status, &value.value, value.span.clone(), out).0;
    let goal = |reference: &Reference| {
        let (Target::Link(written, _) | Target::Image(written, ..)) = &reference.target else { return None };
        let (path, fragment) = written.split_once('#').map_or((written.as_str(), None), |(path, f)| (path, Some(f)));
        let place = Place::at(&config.path, &reference.span);
        if !path.starts_with('/') {
            out.push(faults::BROKEN_LINK.at(&config.path, &reference.span).with("target", written));
            return None;
        }
        let address = Address::linked(&percent_decode_str(path).decode_utf8_lossy());
        claims.push(Claim { address: address.clone(), written: written.clone(), place });
        Some(Goal { address, fragment: fragment.map(str::to_owned), mention: None })
    };
    let goals = prose.references.iter().map(goal).collect();
    Some((prose, goals))
}

/// A statement must be there, and be renewed at least yearly; a month before, it is time to begin.
fn statement(config: &Config, today: Date, out: &mut Vec<Diagnostic>) {
    const MONTHS: i32 = 11;
    let Some(statement) = &config.accessibility else {
        out.push(faults::NO_ACCESSIBILITY_STATEMENT.in_file(&config.path));
        return;
    };
    let Some(updated) = &statement.updated else { return };
    let due = updated.value.checked_add(jiff::Span::new().months(MONTHS)).unwrap_or(Date::MAX);
    if today > due {
        let fault = faults::OLD_ACCESSIBILITY_STATEMENT.at(&config.path, &updated.span);
        out.push(fault.with("date", updated.value.to_string()));
    }
}

/// Renders and writes what was checked. `done` is told of each finished job. Template faults are diagnostics of the theme;
/// then nothing was written.
pub fn publish(
    root: &Path,
    ready: &Ready,
    output: &Path,
    done: &(dyn Fn() + Sync),
) -> Result<Result<Report, Vec<Diagnostic>>, Failure> {
    let Ready { config, theme, engine, record, plan, contact, base_url } = ready;
    let publication = Publication::new(record, config, theme, engine, base_url, contact.as_ref());
    let stage = Stage::open(output, is_known(root, output)).map_err(Failure::Write)?;
    let faults: Mutex<Vec<TemplateFault>> = Mutex::default();
    let written = plan.jobs.par_iter().try_for_each(|planned| {
        match render(&publication, plan, planned) {
            Ok(outputs) => outputs.into_iter().try_for_each(|output| stage.put(output))?,
            Err(fault) => faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(fault),
        }
        done();
        Ok(())
    });
    if let Err(error) = written {
        stage.abandon();
        return Err(Failure::Write(error));
    }
    let faults = faults.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !faults.is_empty() {
        stage.abandon();
        return Ok(Err(template_faults(config, &faults)));
    }
    let report = stage.commit().map_err(Failure::Write)?;
    make_known(root, output);
    Ok(Ok(report))
}

/// Renders everything and writes nothing, where a theme of the site's own could have a fault that only rendering shows.
pub fn rehearse(ready: &Ready) -> Vec<Diagnostic> {
    let Ready { config, theme, engine, record, plan, contact, base_url } = ready;
    if !theme.has_own_files {
        return Vec::new();
    }
    let publication = Publication::new(record, config, theme, engine, base_url, contact.as_ref());
    let faults: Vec<_> = plan.jobs.par_iter().filter_map(|planned| render(&publication, plan, planned).err()).collect();
    template_faults(config, &faults)
}

fn template_faults(config: &Config, faults: &[TemplateFault]) -> Vec<Diagnostic> {
    let reason = |fault: &TemplateFault| format!("{}: {}", fault.template, fault.reason);
    in_order(faults.iter().map(|fault| bad_template(config, reason(fault))).collect())
}

impl Ready {
    /// How many jobs there are.
    pub fn jobs(&self) -> usize {
        self.plan.jobs.len()
    }

    /// How many pages there are for readers.
    pub fn pages(&self) -> usize {
        self.plan.jobs.iter().filter(|planned| planned.is_listed()).count()
    }
}
