//! How long each stage of a build takes by itself: `cargo bench --bench stages -- ROOT`, where ROOT is a site, such as one
//! that `benches/compare/record.py` has made. Without it, the record of this repository is measured.
//!
//! Takes a site; prints for each stage the median of several runs in milliseconds, and what of it one item costs. Nothing
//! is written. What the whole of a build needs, beside another program, is measured by `benches/compare`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use rayon::prelude::*;
use sagnet::config::{self, Config};
use sagnet::hashing::HashMap;
use sagnet::intake::{Before, take_in};
use sagnet::link::{Linking, link};
use sagnet::memory::{Bodies, Faces, mark};
use sagnet::parse::Reading;
use sagnet::parse::markdown::{Detector, Labels};
use sagnet::plan::plan;
use sagnet::read::{self, Source};
use sagnet::render::{Content, Engine, Names, Overview, Shared, Texts, render};
use sagnet::stamp;
use sagnet::theme::Theme;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each stage is run.
const RUNS: usize = 5;

/// The times of each stage, in the order in which they were first measured.
#[derive(Default)]
struct Times(Vec<(&'static str, Vec<Duration>)>);

impl Times {
    fn of<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let result = work();
        let took = began.elapsed();
        match self.0.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, times)) => times.push(took),
            None => self.0.push((stage, vec![took])),
        }
        result
    }

    fn print(mut self, items: usize) {
        println!("| stage | median, ms | a thousand items, ms |\n| --- | ---: | ---: |");
        for (stage, times) in &mut self.0 {
            times.sort();
            let median = times[times.len() / 2].as_secs_f64() * 1e3;
            println!("| {stage} | {median:.1} | {:.2} |", median / items.max(1) as f64 * 1e3);
        }
    }
}

fn main() {
    let root =
        std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map_or_else(|| ".".into(), PathBuf::from);
    // The stack that the program gives its threads.
    rayon::ThreadPoolBuilder::new().stack_size(64 * 1024 * 1024).build_global().unwrap();
    let mut times = Times::default();
    let mut items = 0;
    for _ in 0..RUNS {
        items = run(&root, &mut times);
    }
    println!("{items} items, {RUNS} runs, {} threads\n", rayon::current_num_threads());
    times.print(items);
}

/// Every stage once; gives the number of items.
fn run(root: &std::path::Path, times: &mut Times) -> usize {
    let mut out = Vec::new();
    let settings = read::settings(root, &mut out).expect("the folder of a site");
    let config = Config::parse(&settings.config.path, &settings.text, &[], &mut out).expect("a configuration");
    let theme = Theme::new(&config, None, &mut out);
    let (labels, detector) = (Labels::default(), Detector::new(&config));
    let reading = Reading { config: &config, detector: &detector, labels: &labels, drafts: false };
    let sources = times.of("list", || read::content(root, SystemTime::now(), &mut out)).expect("the content");
    let sources: Arc<[Source]> = sources.into();
    times.of("read", || sources.par_iter().for_each(|source| drop(read::text(source))));
    let mut bodies = Bodies::new(root).expect("a file for the texts");
    let intake =
        times.of("read and parse", || take_in(&sources, Before::default(), &reading, &bodies)).expect("the texts");
    let (mut documents, mut marks, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (source, file) in sources.iter().zip(intake.files) {
        marks.push(mark(source, file.hash));
        places.push((file.hash, file.place));
        documents.extend(file.parsed.document);
    }
    bodies.settle(sources.clone(), places);
    let as_published = HashMap::default();
    let linking = Linking {
        config: &config,
        sources: &sources,
        marks: &marks,
        as_published: &as_published,
        drafts: false,
        advice: false,
    };
    let record = times.of("link", || link(documents, &linking, &mut out));
    let engine =
        times.of("compile templates", || Engine::new(&theme, &config, config::base_path(&config.base_url), &mut out));
    let engine = engine.expect("the theme's templates");
    let plan = times.of("plan", || plan(&record, &config, &engine.assets()));
    times.of("check the plan", || plan.check(&config, &[]));
    let overview = times.of("overview", || Overview::new(&record, &plan, &config));
    let names = Names::new(&record);
    let shared = Shared::new((&record, &overview, &names), &config, &theme, &engine, &config.base_url, None);
    times.of("faces", || Faces::new(&record, &overview, &names, shared.site_face));
    let texts = Texts { bodies: &bodies, reading: &reading };
    let rendered = times.of("render", || {
        let bytes = plan.jobs.par_iter().map(|planned| {
            let rendered = render(&shared, &texts, planned).expect("a page");
            rendered.outputs.into_iter().map(|output| hash(&output.content)).fold(0, u64::wrapping_add)
        });
        bytes.reduce(|| 0, u64::wrapping_add)
    });
    std::hint::black_box(rendered);
    record.catalogue.items.len()
}

/// So that nothing of a page can be left out by the compiler.
fn hash(content: &Content) -> u64 {
    match content {
        Content::Bytes(bytes) => stamp::hash(bytes),
        Content::Copy(file) => stamp::hash(file.disk.as_os_str().as_encoded_bytes()),
    }
}
