//! Any bytes may stand in the content: the program tells what is wrong, or builds a site without a fault. It never panics,
//! never runs away, and does not overflow its stack.
//!
//! Drawn content is put into a small record and goes through `pipeline::check` and `pipeline::publish`; what is built is
//! read by the independent reader. What is nested deeply runs in the program itself, with the stacks that it has there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use sagnet::pipeline::{self, Next, Options};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use support::Site;

/// The address in the record's sagnet.toml.
const BASE_URL: &str = "https://raad.example/vores";

/// The longest that the program may work on one nested file, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The record that drawn files are put into.
const RECORD: [(&str, &str); 5] = [
    ("sagnet.toml", "base_url = \"https://raad.example/vores\"\ntitle = \"Rådet\"\n"),
    ("content/meetings/2025-11-27/_index.md", "+++\ntitle = \"Møde\"\n+++\n"),
    (
        "content/meetings/2025-11-27/1.md",
        "+++\nnumber = \"1\"\ntitle = \"Ét\"\ncases = [\"SAG-2025-03929\"]\n+++\n\n## Baggrund\n\nTekst.\n",
    ),
    ("content/meetings/2025-05-02/_index.md", "+++\ntitle = \"Maj\"\n+++\n"),
    ("content/pages/om.md", "+++\ntitle = \"Om\"\n+++\n"),
];

/// Worker threads with the stacks that the program gives its own.
static POOL: LazyLock<rayon::ThreadPool> =
    LazyLock::new(|| rayon::ThreadPoolBuilder::new().stack_size(64 * 1024 * 1024).build().unwrap());

/// Puts files into `root`, which need not be there.
fn lay_out(root: &Path, files: &[(&str, &[u8])]) {
    let record = RECORD.iter().map(|(path, text)| (*path, text.as_bytes()));
    for (path, bytes) in record.chain(files.iter().copied()) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Checks and builds the record with these files. What is built must have no fault; whether it was built.
fn survives(files: &[(&str, &[u8])]) -> Result<bool, TestCaseError> {
    let root = tempfile::tempdir().unwrap();
    lay_out(root.path(), files);
    let output = root.path().join("public");
    let options = Options { advice: true, ..Options::default() };
    let built = POOL.install(|| {
        let checked = pipeline::check(root.path(), &options).unwrap_or_else(|failure| panic!("{failure:?}"));
        let Next::Ready(mut ready) = checked.next else { return None };
        let skips = checked.diagnostics.iter().any(|diagnostic| diagnostic.fault.key == "heading-skips");
        let published = pipeline::publish(root.path(), &mut ready, &output, &|_| {})
            .unwrap_or_else(|failure| panic!("{failure:?}"));
        Some(published.map(|_| skips))
    });
    let Some(published) = built else { return Ok(false) };
    prop_assert!(published.is_ok(), "a page could not be rendered: {:?}", published);
    let mut faults = Site::load(&output, BASE_URL).faults();
    // Levels that the text skips are warned of, and stay as written.
    faults.retain(|fault| !(published == Ok(true) && fault.contains("follows level")));
    prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(true)
}

/// Pieces that Markdown, and what the program looks for in it, are made of.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "# ",
    "## Baggrund\n",
    "### ",
    "> ",
    "- ",
    "* ",
    "1. ",
    "1) ",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "```rust\n",
    "[",
    "]",
    "(",
    ")",
    "](",
    "](/om/)",
    "](om.md)",
    "](../../pages/om.md#x)",
    "![",
    "](#baggrund)",
    "[^1]",
    "[^1]: ",
    "[^a]",
    "\n[^a]: ",
    "| a | b |\n| - | -: |\n",
    "| ",
    " |\n",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<script>",
    "<br>",
    "<https://x.dk>",
    "www.x.dk",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "\\",
    "\\|",
    "---\n",
    "===\n",
    "+++\n",
    "SAG-2025-03929",
    "sag–2025–03929",
    "SAG-2025-00001",
    "punkt 1",
    "sag 1",
    "den 2. maj 2025",
    "i maj 2025",
    "Rådet ",
    "{{ x }}",
    "{% if %}",
    "æøå",
    "ord ",
    "\u{0}",
    "\u{7}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{1f600}",
    "e\u{301}",
    "\u{ad}",
    "\u{2028}",
    "\u{85}",
    "javascript:x",
    "](javascript:x)",
    "](data:x)",
    "](//h)",
    "](%00)",
    "](%ff)",
    "](a b)",
    "](<a b>)",
    " \"t\")",
    "mailto:a@b.dk",
    "\r",
    "\r\n",
    "'",
    "\"",
    "<",
    ">",
    "&",
];

/// Lines of TOML, some of them wrong.
#[rustfmt::skip]
const TOML: &[&str] = &[
    "number = \"2\"",
    "title = \"To\"",
    "title = ",
    "cases = [\"SAG-2025-03929\"]",
    "cases = [",
    "topics = \"it\"",
    "date = 2025-11-27",
    "date = \"2025-XX\"",
    "start = 10:00:00",
    "draft = true",
    "access = \"closed\"",
    "number = 2.10",
    "aliases = [\"/x/\"]",
    "[[attachments]]",
    "title = \"<b>{{ x }}</b> & \\u0000\"",
    "continues = \"2025-11-27/1\"",
    "participants = [{ group = \"G\", people = [{ name = \"N\" }] }]",
    "status = \"minutes\"",
    "a.b.c = 1",
    "id = \"é\"",
    "process_status = \"Se **[1](1.md)** i maj 2025[^1]\"",
    "corrections = [{ date = \"2025-12-01\", reason = \"fejl\" }]",
];

/// Lines of YAML, some of them wrong.
#[rustfmt::skip]
const YAML: &[&str] = &[
    "number: \"2\"",
    "title: To",
    "title: |",
    "  mere",
    "cases: [SAG-2025-03929]",
    "cases:",
    "  - SAG-2025-03929",
    "topics: &a it",
    "responsible: *a",
    "? x",
    ": y",
    "date: 2025-11-27",
    "draft: yes",
    "access: closed",
    "number: 2.10",
    "!!binary x",
    "title: \"\\x00\\u202e\"",
    "- a",
    "<<: {a: b}",
    "%YAML 1.2",
    "...",
    "aliases: [/x/]",
    "\ttitle: t",
];

/// Texts made of the pieces.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES.to_vec());
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// Front matter that is nearly right: lines that may be left out, doubled, cut short or sprinkled with anything.
fn front_matter() -> impl Strategy<Value = String> {
    let lines = |lines: &[&'static str], fence: &'static str| {
        prop::collection::vec((prop::sample::select(lines.to_vec()), prop::option::weighted(0.1, ".{0,6}")), 0..8)
            .prop_map(move |lines| {
                let lines: String =
                    lines.into_iter().map(|(line, more)| format!("{line}{}\n", more.unwrap_or_default())).collect();
                format!("{fence}\n{lines}{fence}\n")
            })
    };
    prop_oneof![lines(TOML, "+++"), lines(YAML, "---")]
}

/// Where drawn content is put.
fn place() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "content/_index.md",
        "content/meetings/2025-11-27/_index.md",
        "content/meetings/2025-11-27/2.md",
        "content/cases/SAG-2025-03929.md",
        "content/topics/it.md",
        "content/pages/om.md",
        "content/static/fil.txt",
    ])
}

/// What makes a file of this place whole, so that what is drawn behind it gets to the pages.
fn head(place: &str) -> &'static str {
    match place {
        "content/meetings/2025-11-27/2.md" => "+++\nnumber = \"2\"\ntitle = \"To\"\n+++\n",
        "content/cases/SAG-2025-03929.md" => "+++\n+++\n",
        _ => "+++\ntitle = \"Titel\"\n+++\n",
    }
}

fn cases(number: u32) -> Config {
    Config { cases: number, max_shrink_time: 60_000, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_bytes_are_read(place in place(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&[(place, &bytes)])?;
        survives(&[(place, &[head(place).as_bytes(), &bytes].concat())])?;
        survives(&[("sagnet.toml", &bytes)])?;
    }

    #[test]
    fn any_front_matter_is_read(place in place(), front in front_matter(), body in soup()) {
        survives(&[(place, (front + &body).as_bytes())])?;
    }

    #[test]
    fn any_title_and_value_is_shown(title in "\\PC{1,30}", value in any::<String>()) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let front = format!("---\nnumber: '2'\ntitle: {}\nresponsible: {}\nprocess_status: {}\n---\n",
            quoted(&title), quoted(&value), quoted(&value));
        survives(&[("content/meetings/2025-11-27/2.md", front.as_bytes())])?;
    }
}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn any_markdown_is_built_without_fault(place in place(), body in soup()) {
        survives(&[(place, [head(place), &body].concat().as_bytes())])?;
    }
}

/// Runs `sagnet build` on a record with this file; its exit code, or `None` where it was killed or took too long.
fn build(path: &str, text: &str) -> Option<i32> {
    let root = tempfile::tempdir().unwrap();
    lay_out(root.path(), &[(path, text.as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_sagnet"))
        .args(["--format", "json", "build"])
        .current_dir(root.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if began.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_is_nested_deeply_is_told_or_built() {
    let many = |text: &str, times: usize| text.repeat(times);
    let item = "+++\nnumber = \"2\"\ntitle = \"To\"\n+++\n\n";
    let lists: String = (0..10_000).map(|level| format!("{}- x\n", "  ".repeat(level.min(400)))).collect();
    let bodies = [
        ("quotes", many(">", 100_000)),
        ("quotes with text", many("> ", 10_000) + "x"),
        ("brackets", many("[", 100_000)),
        ("closed brackets", many("[", 10_000) + "x" + &many("](/om/)", 10_000)),
        ("images", many("![", 50_000) + &many("](x)", 50_000)),
        ("parentheses", many("(", 100_000) + &many(")", 100_000)),
        ("link and parentheses", "[a](".to_owned() + &many("(", 100_000)),
        ("stars", many("*", 100_000)),
        ("stars and letters", many("*a ", 50_000) + &many("b*", 50_000)),
        ("emphasis", many("*a _b ", 20_000) + &many("c_ d*", 20_000)),
        ("strikes", many("~~a ", 50_000)),
        ("backticks", (1..500).map(|n| "`".repeat(n) + " ").collect()),
        ("lists on one line", many("- ", 50_000) + "x"),
        ("lists", lists),
        ("numbered lists", many("1. ", 20_000) + "x"),
        ("footnotes", (0..5_000).map(|n| format!("[^{n}]\n\n[^{n}]: [^{}]\n\n", n + 1)).collect()),
        ("footnotes of themselves", "[^a]\n\n[^a]: [^b]\n\n[^b]: [^a]\n".to_owned()),
        ("a wide table", many("| a ", 5_000) + "|\n" + &many("| - ", 5_000) + "|\n" + &many("| b ", 5_000) + "|\n"),
        ("a long table", "| a |\n| - |\n".to_owned() + &many("| b |\n", 20_000)),
        ("a table that makes cells", many("| a ", 2_000) + "|\n" + &many("| - ", 2_000) + "|\n" + &many("|\n", 2_000)),
        ("tags", many("<b>", 50_000)),
        ("comments", many("<!-- ", 50_000)),
        ("entities", many("&amp;", 50_000)),
        ("a long line", many("ord ", 200_000)),
        ("definitions", (0..20_000).map(|n| format!("[{n}]: /om/\n")).collect()),
        ("numbers", many("SAG-2025-03929 ", 5_000)),
        ("personal numbers", many("010136-4003 ", 300)),
        ("headings", many("## A\n\n", 3_000)),
    ];
    let toml = |value: String| format!("+++\nnumber = \"2\"\ntitle = \"To\"\nx = {value}\n+++\n");
    let yaml = |value: String| format!("---\nnumber: '2'\ntitle: To\nx: {value}\n---\n");
    let fronts = [
        ("TOML arrays", toml(many("[", 10_000) + &many("]", 10_000))),
        ("TOML tables", toml(many("{ a = ", 10_000) + "1" + &many(" }", 10_000))),
        ("TOML open arrays", toml(many("[", 10_000))),
        ("TOML keys", format!("+++\n{}a = 1\n+++\n", many("a.", 10_000))),
        ("TOML headings", format!("+++\n[{}a]\n+++\n", many("a.", 10_000))),
        ("YAML arrays", yaml(many("[", 10_000) + &many("]", 10_000))),
        ("YAML tables", yaml(many("{a: ", 10_000) + "1" + &many("}", 10_000))),
        ("YAML open arrays", yaml(many("[", 10_000))),
        ("YAML dashes", yaml("\n".to_owned() + &many("- ", 10_000) + "x")),
        ("YAML questions", yaml("\n".to_owned() + &many("? ", 10_000) + "x")),
        (
            "YAML indents",
            yaml("\n".to_owned() + &(1..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()),
        ),
        ("YAML anchors", yaml(many("&a ", 10_000))),
    ];
    let texts = bodies.into_iter().map(|(name, body)| (name, item.to_owned() + &body)).chain(fronts);
    let mut failed = Vec::new();
    for (name, text) in texts {
        let began = Instant::now();
        let code = build("content/meetings/2025-11-27/2.md", &text);
        println!("{name}: {code:?} in {:.1} s", began.elapsed().as_secs_f32());
        if !matches!(code, Some(0 | 1)) {
            failed.push(name);
        }
    }
    let config = format!("base_url = \"https://x.dk\"\ntitle = \"R\"\nx = {}", many("[", 10_000));
    if build("sagnet.toml", &config) != Some(1) {
        failed.push("the configuration");
    }
    assert!(failed.is_empty(), "killed, crashed or too slow: {failed:?}");
}
