//! The stages in their order: what `build` and `check` both do.
//!
//! Takes the root folder and options; gives every diagnostic, and for `build` the report of what was written. A build that
//! remembers one before it does only what has changed since; see [`memory`](crate::memory).

mod contact;
mod epoch;
mod publish;
mod told;

pub use publish::{Progress, publish, rehearse};

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, in_order};
use crate::hashing::HashMap;
use crate::intake::{self, Before, Intake};
use crate::link::{Goals, Linking, Record, link};
use crate::memory::{Bodies, FolderRow, Memory, Remembered, identities, mark};
use crate::parse::markdown::{Body, Detector, Labels};
use crate::parse::{Document, Reading, front_matter, search_as_written, search_values};
use crate::plan::{self, Plan};
use crate::read::{self, ReadError, Settings, Source};
use crate::render::{Engine, Names, Overview};
use crate::theme::Theme;
use crate::write::{Report, WriteError};
use contact::contact;
use epoch::epoch;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use told::{hide_numbers, statement, texts};

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
    /// The folder to build into; what the build before remembers of it is used. `None` where nothing is built.
    pub output: Option<PathBuf>,
}

/// A checked record.
pub struct Checked {
    /// What is wrong, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of the files that they are of, by path: for showing lines.
    pub texts: BTreeMap<Arc<str>, Arc<str>>,
    /// The site's language.
    pub language: String,
    /// What comes next.
    pub next: Next,
}

/// What comes after checking.
pub enum Next {
    /// There are errors.
    Stop,
    /// Nothing: the output is as it should be. How many pages there are for readers.
    UpToDate(Report, usize),
    /// To render.
    Ready(Box<Ready>),
}

/// All that rendering needs.
pub struct Ready {
    config: Config,
    theme: Theme,
    engine: Engine,
    detector: Detector,
    labels: Labels,
    record: Record,
    plan: Plan,
    contact: Option<(Body, Goals)>,
    base_url: String,
    drafts: bool,
    bodies: Bodies,
    overview: Overview,
    names: Names,
    /// What each job of the plan is, as a number.
    identities: Vec<u64>,
    /// What is wrong with the content, as the next build is to remember it.
    told: Vec<Diagnostic>,
    /// What it is to remember of the folders of the content.
    rows: Vec<(String, FolderRow)>,
    gone: Vec<String>,
    memory: Option<Memory>,
}

/// Why a build failed that is not told by diagnostics.
#[derive(Debug)]
pub enum Failure {
    /// Reading.
    Read(ReadError),
    /// Writing.
    Write(WriteError),
    /// A file of the content was changed while the site was built.
    Changed(PathBuf),
}

/// Reads, parses, links and plans: everything but rendering and writing.
pub fn check(root: &Path, options: &Options) -> Result<Checked, Failure> {
    let mut out = Vec::new();
    let settings = read::settings(root, &mut out).map_err(Failure::Read)?;
    let themes: Vec<_> = settings.themes.keys().cloned().collect();
    let config = Config::parse(&settings.config.path, &settings.text, &themes, &mut out);
    let language = config.as_ref().map_or("da", |config| &config.language).to_owned();
    let mut checked = Checked { diagnostics: Vec::new(), texts: BTreeMap::new(), language, next: Next::Stop };
    let mut sources = Arc::default();
    if let Some(config) = config {
        statement(&config, options.today, &mut out);
        checked.next = next(root, settings.clone(), config, options, &mut sources, &mut out)?;
    } else {
        sources = read::content(root, SystemTime::UNIX_EPOCH, &mut out).map_err(Failure::Read)?.into();
    }
    checked.texts = texts(&settings, &sources, &out);
    hide_numbers(&mut checked.texts, &mut out);
    checked.diagnostics = in_order(out);
    if checked.diagnostics.iter().any(Diagnostic::is_error) {
        checked.next = Next::Stop;
    }
    Ok(checked)
}

/// Checks the content, unless nothing of it has changed, nor of what was made of it. The output is inspected meanwhile.
fn next(
    root: &Path,
    settings: Settings,
    config: Config,
    options: &Options,
    sources: &mut Arc<[Source]>,
    out: &mut Vec<Diagnostic>,
) -> Result<Next, Failure> {
    let mut memory = options.output.as_ref().and_then(|output| {
        let epoch = epoch(root, &settings, options, output);
        Memory::open(root, output, &epoch)
    });
    let known = out.clone();
    let given = Given { root, settings: &settings, options, told: &known };
    if let Some(whole) = memory.take_if(|memory| memory.is_whole()) {
        match remembering(&given, &config, whole, sources, out)? {
            Ok(next) => return Ok(next),
            Err(unreadable) => memory = unreadable.emptied(),
        }
        out.clone_from(&known);
    }
    let now = memory.as_ref().map_or_else(SystemTime::now, |memory| memory.now);
    *sources = read::content(root, now, out).map_err(unread)?.into();
    let Some(ready) = ready(&given, config, sources, Before::default(), out)? else { return Ok(Next::Stop) };
    out.extend(ready.plan.check(&ready.config, &known));
    Ok(ready.with(memory))
}

/// The same, where a build before is remembered; gives the memory back where it cannot be read.
fn remembering(
    given: &Given<'_>,
    config: &Config,
    mut memory: Memory,
    sources: &mut Arc<[Source]>,
    out: &mut Vec<Diagnostic>,
) -> Result<Result<Next, Memory>, Failure> {
    let store = &memory.store;
    let reading = || -> Result<_, Failure> {
        let mut told = Vec::new();
        let sources: Arc<[Source]> = read::content(given.root, memory.now, &mut told).map_err(unread)?.into();
        let Some(listed) = store.listed() else { return Ok(None) };
        if let Some(rows) = intake::unchanged(&sources, &listed) {
            return Ok(Some((sources, told, Some(rows), None)));
        }
        let Some(parsed) = store.parsed() else { return Ok(None) };
        let ready = ready(given, config.clone(), &sources, Before { listed, parsed }, &mut told)?;
        Ok(Some((sources, told, None, ready)))
    };
    let (inspected, read) = rayon::join(|| memory.inspect(), reading);
    let (Some(inspected), Some(read)) = (inspected.map_err(Failure::Write)?, read?) else { return Ok(Err(memory)) };
    let (all, told, unchanged, mut ready) = read;
    *sources = all;
    out.extend(told);
    if let Some(rows) = unchanged {
        if inspected.is_untouched() {
            let (Some(told), Some(pages)) = (store.diagnostics(), store.pages_for_readers()) else {
                return Ok(Err(memory));
            };
            out.extend(told);
            let report = Report { unchanged: inspected.files(), ..Report::default() };
            memory.freshen(&inspected, &rows);
            return Ok(Ok(Next::UpToDate(report, pages)));
        }
        let (Some(listed), Some(parsed)) = (store.listed(), store.parsed()) else { return Ok(Err(memory)) };
        ready = self::ready(given, config.clone(), sources, Before { listed, parsed }, out)?;
    }
    let Some(ready) = ready else { return Ok(Ok(Next::Stop)) };
    let Some(faces) = store.faces() else { return Ok(Err(memory)) };
    // What is wrong with a plan is an error, and the plan of the build before had none.
    if !inspected.is_of(&ready.identities) {
        out.extend(ready.plan.check(&ready.config, given.told));
    }
    memory.remembered = Some(Remembered::new(inspected, faces));
    Ok(Ok(ready.with(Some(memory))))
}

/// Why the content could not be read; what was listed and is gone was changed meanwhile.
fn unread(error: ReadError) -> Failure {
    match error {
        ReadError::Io(path, error) if error.kind() == io::ErrorKind::NotFound => Failure::Changed(path),
        error => Failure::Read(error),
    }
}

/// What a build is given, apart from its content.
struct Given<'a> {
    root: &'a Path,
    settings: &'a Settings,
    options: &'a Options,
    /// What was told of its configuration.
    told: &'a [Diagnostic],
}

/// Reads, links and plans the content; `None` where the theme has no templates to render it with.
fn ready(
    given: &Given<'_>,
    config: Config,
    sources: &Arc<[Source]>,
    before: Before,
    out: &mut Vec<Diagnostic>,
) -> Result<Option<Ready>, Failure> {
    let Given { root, settings, options, .. } = given;
    let text = &*settings.text;
    let mut told = Vec::new();
    let theme = Theme::new(&config, settings.themes.get(&config.theme), &mut told);
    let labels = Labels {
        footnote_back: theme.language.text("files", "footnote_back").to_owned(),
        table: theme.language.text("files", "table").to_owned(),
    };
    let detector = Detector::new(&config);
    let reading = Reading { config: &config, detector: &detector, labels: &labels, drafts: options.drafts };
    search_as_written(&config.path, text, &config, &mut told);
    search_values(
        &config.path,
        text,
        &front_matter::whole_toml(&config.path, text, &mut Vec::new()),
        &config,
        &mut told,
    );
    for (path, bytes) in settings.themes.get(&config.theme).into_iter().flatten() {
        let path = format!("themes/{}/{path}", config.theme).into();
        search_as_written(&path, &String::from_utf8_lossy(bytes), &config, &mut told);
    }
    let kept = root.join(crate::memory::FOLDER);
    let mut bodies = Bodies::new(&kept).map_err(Failure::Read)?;
    let Intake { files, rows, gone } = intake::take_in(sources, before, &reading, &bodies).map_err(unread)?;
    let mut documents = Vec::with_capacity(files.len());
    let mut as_published = HashMap::default();
    let (mut marks, mut places) = (Vec::with_capacity(files.len()), Vec::with_capacity(files.len()));
    for (source, file) in sources.iter().zip(files) {
        let mark = mark(source, file.hash);
        marks.push(mark);
        places.push((file.hash, file.place));
        told.extend(file.parsed.faults);
        if !file.parsed.as_published.is_empty() {
            as_published.insert(source.path.clone(), file.parsed.as_published);
        }
        documents.extend(file.parsed.document.map(|document| Document { mark, ..document }));
    }
    bodies.settle(sources.clone(), places);
    let mut claims = Vec::new();
    let contact = contact(&config, &detector, &labels, text, &mut claims, &mut told);
    let linking = Linking {
        config: &config,
        sources,
        marks: &marks,
        as_published: &as_published,
        drafts: options.drafts,
        advice: options.advice,
    };
    let mut record = link(documents, &linking, &mut told);
    record.links.claims.extend(claims);
    let base_url = options.base_url.clone().unwrap_or_else(|| config.base_url.clone());
    let engine = Engine::new(&theme, &config, config::base_path(&base_url), &mut told);
    let Some(engine) = engine else {
        out.extend(told);
        return Ok(None);
    };
    let plan = plan::plan(&record, &config, &engine.assets());
    let ((overview, (names, identities)), broken) = rayon::join(
        || {
            let named = || {
                let names = Names::new(&record);
                let identities = identities(&plan, &names);
                (names, identities)
            };
            rayon::join(|| Overview::new(&record, &plan, &config), named)
        },
        || plan.check_links(&record.links.claims),
    );
    told.extend(broken);
    record.links.claims = Vec::new();
    out.extend(told.iter().cloned());
    let drafts = options.drafts;
    Ok(Some(Ready {
        config,
        theme,
        engine,
        detector,
        labels,
        record,
        plan,
        contact,
        base_url,
        drafts,
        bodies,
        overview,
        names,
        identities,
        told,
        rows,
        gone,
        memory: None,
    }))
}

impl Ready {
    /// To be remembered.
    fn with(mut self, memory: Option<Memory>) -> Next {
        self.memory = memory;
        Next::Ready(Box::new(self))
    }

    /// How many pages there are for readers.
    pub fn pages(&self) -> usize {
        self.plan.jobs.iter().filter(|planned| planned.is_listed()).count()
    }

    /// How a file of the content is read.
    fn reading(&self) -> Reading<'_> {
        Reading { config: &self.config, detector: &self.detector, labels: &self.labels, drafts: self.drafts }
    }
}
