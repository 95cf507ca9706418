//! Mutation fuzzing of import, each step by itself, for a bounded time.
//!
//! Takes documents that are good, and changes them by chance that is the same every time (`SAGNET_FUZZ_SEED` for another);
//! each reader, the recogniser and the writer must come to an answer without a panic, and of a text file whose items are
//! found no word may be lost. Prints how many executions each had, and what failed, cut down to the lines that are needed.
//! Not among the tests that `cargo test` runs: `SAGNET_FUZZ_SECONDS=60 cargo test --release --test fuzz -- --nocapture`, by
//! default 20 seconds for each. PDF needs poppler.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod documents;
mod fuzz {
    pub mod blocks;
    pub mod mutate;
}

use documents::prng::Rng;
use fuzz::{blocks, mutate};
use sagnet::config::Config;
use sagnet::import::block::{Block, Reading};
use sagnet::import::hints::Hints;
use sagnet::import::mend::Vocabulary;
use sagnet::import::template::Template;
use sagnet::import::unreadable::Unreadable;
use sagnet::import::write::{self, Request};
use sagnet::import::{account, docx, pdf, recognise, txt};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// One at a time: each gets all of the machine, and its own time.
static ALONE: Mutex<()> = Mutex::new(());

/// How many failures are told of each.
const TOLD: usize = 12;

fn config() -> Config {
    let text = "base_url = \"https://example.dk\"\ntitle = \"Rådet\"\n";
    Config::parse(&"sagnet.toml".into(), text, &[], &mut Vec::new()).unwrap()
}

/// Runs `once` with fresh chance until the time is up; what it says is a failure, and so is a panic. What was tried is given to
/// `show` where it failed.
fn fuzz<T>(
    name: &str,
    mut make: impl FnMut(&mut Rng) -> T,
    once: impl Fn(&T) -> Option<String>,
    show: impl Fn(&T) -> String,
) {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let number = |variable: &str| std::env::var(variable).ok().and_then(|text| text.parse::<u64>().ok());
    let seconds = number("SAGNET_FUZZ_SECONDS").unwrap_or(20);
    let first = number("SAGNET_FUZZ_SEED").unwrap_or(1);
    let (begun, mut executions, mut failed) = (Instant::now(), 0_u64, 0_u64);
    let mut slowest = (Duration::ZERO, 0);
    let mut told: Vec<String> = Vec::new();
    while begun.elapsed() < Duration::from_secs(seconds) {
        let seed = first.wrapping_mul(1_000_003).wrapping_add(executions);
        let input = make(&mut Rng::new(seed));
        let start = Instant::now();
        let fault = attempt(&once, &input);
        slowest = slowest.max((start.elapsed(), seed));
        executions += 1;
        if let Some(fault) = fault {
            failed += 1;
            if told.len() < TOLD {
                let fault: String = fault.chars().take(200).collect();
                told.push(format!("seed {seed}: {fault}\n{}", show(&input)));
            }
        }
    }
    let per_second = executions as f64 / begun.elapsed().as_secs_f64();
    println!(
        "{name}: {executions} executions, {per_second:.0} a second, {failed} failed, the slowest {:.2?} (seed {})",
        slowest.0, slowest.1
    );
    assert!(told.is_empty(), "{name}:\n{}", told.join("\n----\n"));
}

/// What is wrong with it, a panic included.
fn attempt<T>(once: impl Fn(&T) -> Option<String>, input: &T) -> Option<String> {
    let result = catch_unwind(AssertUnwindSafe(|| once(input)));
    result.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Some(format!("panicked: {}", text.unwrap_or_default()))
    })
}

/// Everything behind the reader; the words that are lost, where items were found.
fn behind(reading: Reading, config: &Config) -> Option<String> {
    let template = Template::new(config);
    let blocks = reading.blocks.clone();
    let (draft, remarks) = recognise::recognise(reading, &template);
    if draft.items.is_empty() {
        return None;
    }
    let lost = account::lost(&blocks, &draft, &remarks, &template);
    let lost: Vec<String> = lost.into_iter().map(|(place, word)| format!("{place}: {word}")).collect();
    (!lost.is_empty()).then(|| format!("lost: {}", lost.join(", ")))
}

#[test]
fn text_files() {
    let config = config();
    let template = Template::new(&config);
    let known = Vocabulary::default();
    let path = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    let names =
        ["fixtures/record/agenda-2025-11-27.txt", "fixtures/record/minutes-undated.txt", "import/minutes/referat.txt"];
    let seeds: Vec<String> = names.iter().map(|name| std::fs::read_to_string(path(name)).unwrap()).collect();
    let once = |text: &String| match txt::read(text.as_bytes(), &template, &known) {
        Ok(reading) => behind(reading, &config),
        Err(_) => None,
    };
    let show = |text: &String| {
        let lines: Vec<&str> = text.lines().collect();
        let fails = |lines: &[&str]| attempt(once, &(lines.join("\n") + "\n")).is_some();
        let fewest = mutate::fewest(&lines, fails).join("\n") + "\n";
        format!("{fewest}-> {}", attempt(once, &fewest).unwrap_or_default())
    };
    fuzz("txt", |rng| mutate::text(&seeds, rng), once, show);
}

#[test]
fn word_files() {
    let seeds: Vec<mutate::Parts> = (0..20).map(|seed| mutate::unpacked(&documents::document(seed).docx)).collect();
    let config = config();
    let once = |bytes: &Vec<u8>| {
        if let Ok(reading) = docx::read(bytes) {
            // What the text of a broken document is, nobody knows: nothing is asked of its words.
            let _ = behind(reading, &config);
        }
        None
    };
    fuzz("docx", |rng| mutate::package(&seeds, rng), once, |bytes| format!("{} bytes", bytes.len()));
}

#[test]
fn pdf_files() {
    let seeds = mutate::pdfs();
    let config = config();
    let once = |bytes: &Vec<u8>| {
        let known = Vocabulary::default();
        let template = Template::new(&config);
        let stands_alone = |line: &str| template.stands_alone(line);
        match pdf::read(bytes, &Hints { stands_alone: &stands_alone, known: &known }) {
            Err(Unreadable::NoPoppler) => Some("poppler is not installed: apt-get install poppler-utils".to_owned()),
            Err(_) => None,
            Ok(reading) => {
                let _ = behind(reading, &config);
                None
            }
        }
    };
    fuzz(
        "pdf",
        |rng| mutate::bytes(&seeds[rng.below(seeds.len())], rng),
        once,
        |bytes| format!("{} bytes", bytes.len()),
    );
}

#[test]
fn the_recogniser() {
    let config = config();
    let once = |reading: &Reading| behind(reading.clone(), &config).filter(|fault| fault.starts_with("panicked"));
    fuzz("recogniser", blocks::reading, once, |reading| format!("{:#?}", reading.blocks));
}

/// Whatever stands in a draft, a plan is made of it, and what it writes is there when it is asked again.
#[test]
fn the_writer() {
    let config = config();
    let template = Template::new(&config);
    let once = |reading: &Reading| {
        let (draft, _) = recognise::recognise(reading.clone(), &template);
        let root = tempfile::tempdir().unwrap();
        let (id, title) = ("2025-11-27", "Møde");
        let request = Request { root: root.path(), config: &config, meeting: id, title, draft: &draft, update: false };
        let plan = match write::plan(&request) {
            Ok(plan) => plan,
            Err(trouble) => return Some(format!("{trouble:?}")),
        };
        write::apply(root.path(), &plan).unwrap();
        let again = write::plan(&request).unwrap();
        let changes: Vec<&str> = again.changes.iter().map(|change| &*change.path).collect();
        let differ: Vec<String> = again.differences.iter().map(|it| format!("{}: {}", it.path, it.unified())).collect();
        (!changes.is_empty() || !differ.is_empty()).then(|| format!("not the same twice: {changes:?} {differ:?}"))
    };
    let of = |blocks: &[Block]| Reading { blocks: blocks.to_vec(), ..Reading::default() };
    let show = |reading: &Reading| {
        let fewest = of(&mutate::fewest(&reading.blocks, |blocks| attempt(once, &of(blocks)).is_some()));
        format!("{:?}\n-> {}", fewest.blocks, attempt(once, &fewest).unwrap_or_default())
    };
    fuzz("writer", blocks::reading, once, show);
}
