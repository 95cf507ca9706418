//! What is not published is in no output byte: drafts, closed items, and files that nothing open names.
//!
//! The record below gives each hidden text a marker word of its own, in file names too; the independent reader searches
//! every file's name and bytes for them, in every spelling. A hidden item's case and topic must leave no other trace either:
//! no page, feed entry, mention, timeline entry or line of the sitemap.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Site, Tree};

const BASE_URL: &str = "https://raad.example";

/// What only drafts hold.
const DRAFTS: [&str; 16] = [
    "kladdemoede",
    "kladdemoedetekst",
    "kladdested",
    "kladdedokument",
    "punktikladdemoede",
    "kladdepunkt",
    "kladdepunkttekst",
    "kladdeperson",
    "kladdebilag",
    "kladdeemne",
    "kladdeemnetekst",
    "kladdesag",
    "kladdesagtekst",
    "kladdeside",
    "kladdesidetekst",
    "SAG-2024-77777",
];

/// What only closed items hold.
const CLOSED: [&str; 18] = [
    "lukkettekst",
    "lukketoverskrift",
    "lukketansvarlig",
    "lukketindbringer",
    "lukketstrategi",
    "lukketperspektiv",
    "lukketstatus",
    "lukketoplaegsholder",
    "lukketbilag",
    "lukketfil",
    "lukketlink",
    "lukketemne",
    "lukketrettelse",
    "lukketfodnote",
    "lukketbillede",
    "lukketsag",
    "SAG-2024-88888",
    "lukketkommentar",
];

/// What stands only in files that nothing open names.
const FILES: [&str; 4] = ["uomtaltfil", "uomtaltbilag", "uomtaltindhold", "uomtaltsidefil"];

fn files() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        (
            "sagnet.toml",
            "base_url = \"https://raad.example\"\ntitle = \"Rådet\"\n\
             [accessibility]\nurl = \"https://was.example/raad\"\nupdated = \"2025-01-15\"\n",
        ),
        ("content/meetings/2025-01-06/_index.md", "+++\ntitle = \"Mødet i januar\"\nstatus = \"minutes\"\n+++\n"),
        (
            "content/meetings/2025-01-06/1.md",
            "+++\nnumber = \"1\"\ntitle = \"Åbent punkt\"\ncases = \"SAG-2024-00001\"\ntopics = \"aabent-emne\"\n\
             attachments = [{ title = \"Plan\", file = \"bilag/plan.txt\" }]\n+++\n\nTekst med [kort](bilag/kort.txt).\n",
        ),
        ("content/meetings/2025-01-06/bilag/plan.txt", "Planen\n"),
        ("content/meetings/2025-01-06/bilag/kort.txt", "Kortet\n"),
        ("content/meetings/2025-01-06/bilag/uomtaltbilag.txt", "uomtaltindhold\n"),
        ("content/meetings/2025-01-06/uomtaltfil.pdf", "%PDF-1.4 uomtaltindhold\n"),
        ("content/pages/uomtaltsidefil.txt", "uomtaltindhold\n"),
        (
            "content/meetings/2025-01-06/2.md",
            "+++\nnumber = \"2\"\ntitle = \"Neutral titel\"\naccess = \"closed\"\nclosed_ground = \"Personaleforhold\"\n\
             cases = [\"SAG-2024-88888\", \"SAG-2024-00001\"]\nresponsible = \"Lukketansvarlig\"\ntopics = [\"lukketemne\", \"aabent-emne\"]\n\
             submitted_by = \"Lukketindbringer\"\nstrategic_basis = \"Lukketstrategi\"\nperspectives = \"Lukketperspektiv\"\n\
             process_status = \"Lukketstatus: SAG-2024-00001\"\npresenters = \"Lukketoplaegsholder\"\ncontinues = \"2025-01-06/1\"\n\
             attachments = [{ title = \"Lukketbilag\", file = \"bilag/lukketfil.txt\" }, { title = \"x\", url = \"https://example.org/lukketlink\" }]\n\
             # lukketkommentar\n\
             [[corrections]]\ndate = \"2025-01-20\"\nreason = \"lukket\"\nnote = \"Lukketrettelse\"\n+++\n\n\
             Lukkettekst om SAG-2024-00001, punkt 1 og den 3. februar 2025.[^1] ![lukketbillede](bilag/lukketfil.txt)\n\n\
             ## Lukketoverskrift\n\nLukkettekst.\n\n## Beslutning\n\nLukkettekst.\n\n[^1]: Lukketfodnote.\n",
        ),
        ("content/meetings/2025-01-06/bilag/lukketfil.txt", "Lukkettekst\n"),
        (
            "content/meetings/2025-01-06/3.md",
            "+++\ndraft = true\nnumber = \"3\"\ntitle = \"Kladdepunkt\"\ncases = [\"SAG-2024-77777\", \"SAG-2024-00001\"]\ntopics = [\"kladdeemne\", \"aabent-emne\"]\n\
             responsible = \"Kladdeperson\"\nattachments = [{ title = \"Kladdebilag\", file = \"bilag/kladdebilag.txt\" }]\n\
             aliases = \"/kladdepunkt/\"\n+++\n\n## Beslutning\n\nKladdepunkttekst om SAG-2024-00001, punkt 1 og 3. februar 2025.\n",
        ),
        ("content/meetings/2025-01-06/bilag/kladdebilag.txt", "Kladdebilag\n"),
        ("content/meetings/2025-02-03/_index.md", "+++\ntitle = \"Mødet i februar\"\nstatus = \"agenda\"\n+++\n"),
        (
            "content/meetings/2025-02-03/1.md",
            "+++\nnumber = \"1\"\ntitle = \"Fortsat\"\ncases = \"SAG-2025-00002\"\ncontinues = [\"2025-01-06/2\", \"2025-01-06/3\", \"2025-03-kladdemoede/1\"]\n+++\n",
        ),
        (
            "content/meetings/2025-03-kladdemoede/_index.md",
            "+++\ntitle = \"Kladdemoede\"\ndraft = true\ndate = \"2025-03-03\"\nplace = \"Kladdested\"\nbody = \"Kladdemoede\"\n\
             documents = [{ title = \"Kladdedokument\", file = \"kladdedokument.txt\" }]\naliases = \"/kladdemoede/\"\n+++\n\nKladdemoedetekst om SAG-2024-00001.\n",
        ),
        ("content/meetings/2025-03-kladdemoede/kladdedokument.txt", "Kladdedokument\n"),
        (
            "content/meetings/2025-03-kladdemoede/1.md",
            "+++\nnumber = \"1\"\ntitle = \"Punktikladdemoede\"\ncases = \"SAG-2024-00001\"\n+++\n\nSAG-2025-00002\n",
        ),
        (
            "content/cases/SAG-2024-00001.md",
            "+++\ndraft = true\ntitle = \"Kladdesag\"\nsummary = \"Kladdesag\"\nrelated = \"SAG-2025-00002\"\ntopics = \"kladdeemne\"\naliases = \"/kladdesag/\"\n+++\n\nKladdesagtekst om SAG-2025-00002.\n",
        ),
        ("content/cases/SAG-2024-88888.md", "+++\ntitle = \"Lukketsag\"\ntopics = \"lukketemne\"\n+++\n\nLukketsag\n"),
        ("content/topics/aabent-emne.md", "+++\ntitle = \"Åbent emne\"\n+++\n"),
        (
            "content/topics/kladdeemne.md",
            "+++\ndraft = true\ntitle = \"Kladdeemne\"\n+++\n\nKladdeemnetekst om SAG-2025-00002.\n",
        ),
        (
            "content/pages/kladdeside.md",
            "+++\ndraft = true\ntitle = \"Kladdeside\"\n+++\n\nKladdesidetekst om SAG-2025-00002.\n",
        ),
    ])
}

fn build(options: &[&str]) -> Site {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files() {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = root.path().join("public");
    let run = Command::new(env!("CARGO_BIN_EXE_sagnet"))
        .arg("build")
        .args(options)
        .arg("--root")
        .arg(root.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Site::from_files(Tree::read(Path::new(&output)), BASE_URL)
}

fn json(site: &Site, file: &str) -> serde_json::Value {
    serde_json::from_slice(site.files.get(file).unwrap_or_else(|| panic!("no {file}"))).unwrap()
}

/// The addresses of a case's timeline, and of its mentions.
fn told(site: &Site, number: &str) -> (Vec<String>, Vec<String>) {
    let case = json(site, &format!("sager/{number}/index.json"));
    let text = |value: &serde_json::Value| value.as_str().unwrap().trim_start_matches(BASE_URL).to_owned();
    let timeline = case["timeline"].as_array().unwrap().iter().map(|entry| text(&entry["url"])).collect();
    (timeline, case["mentions"].as_array().unwrap().iter().map(text).collect())
}

/// Every marker is somewhere in the record: a misspelt one would be found nowhere.
#[test]
fn each_marker_stands_in_the_record() {
    let all: String =
        files().into_iter().map(|(path, text)| format!("{path}\n{text}\n")).collect::<String>().to_lowercase();
    for marker in DRAFTS.iter().chain(&CLOSED).chain(&FILES) {
        assert!(all.contains(&marker.to_lowercase()), "{marker}");
    }
}

#[test]
fn nothing_hidden_is_in_any_byte() {
    let site = build(&[]);
    let markers: Vec<&str> = DRAFTS.iter().chain(&CLOSED).chain(&FILES).copied().collect();
    assert_eq!(site.hidden(&markers), Vec::<String>::new());
    assert_eq!(site.faults(), Vec::<String>::new());
}

#[test]
fn nothing_hidden_leaves_a_trace() {
    let site = build(&[]);
    let (timeline, mentions) = told(&site, "SAG-2024-00001");
    assert_eq!(timeline, ["/moeder/2025-01-06/punkt-1/"]);
    assert_eq!(mentions, Vec::<String>::new());
    let (timeline, mentions) = told(&site, "SAG-2025-00002");
    assert_eq!(timeline, ["/moeder/2025-02-03/punkt-1/"]);
    assert_eq!(mentions, Vec::<String>::new());
    assert_eq!(json(&site, "sager/SAG-2024-00001/index.json")["title"], "Åbent punkt");
    assert_eq!(json(&site, "moeder/2025-01-06/punkt-1/index.json")["links"], serde_json::json!([]));

    let closed = json(&site, "moeder/2025-01-06/punkt-2/index.json");
    let expected = serde_json::json!({
        "kind": "item", "meeting": "2025-01-06", "number": "2", "title": "Neutral titel",
        "url": "https://raad.example/moeder/2025-01-06/punkt-2/", "cases": [], "topics": [], "access": "closed",
        "sections": [], "attachments": [], "links": [],
    });
    assert_eq!(closed, expected);
    let meeting = json(&site, "moeder/2025-01-06/index.json");
    let items: Vec<_> =
        meeting["items"].as_array().unwrap().iter().map(|item| (&item["number"], &item["cases"])).collect();
    let (one, two) = (serde_json::json!("1"), serde_json::json!("2"));
    let (case, none) = (serde_json::json!(["SAG-2024-00001"]), serde_json::json!([]));
    assert_eq!(items, [(&one, &case), (&two, &none)]);

    let topics: Vec<_> =
        site.files.keys().filter(|file| file.starts_with("emner/") && file.ends_with(".json")).collect();
    assert_eq!(topics, ["emner/aabent-emne/index.json"]);
    let topic = json(&site, "emner/aabent-emne/index.json");
    assert_eq!(topic["items"], serde_json::json!(["https://raad.example/moeder/2025-01-06/punkt-1/"]));
    for feed in site.named("feed.xml") {
        let feed = String::from_utf8_lossy(&site.files[feed]).into_owned();
        assert!(!feed.contains("punkt-2/") && !feed.contains("punkt-3/"), "{feed}");
    }
    let sitemap = String::from_utf8_lossy(&site.files["sitemap.xml"]).into_owned();
    assert!(sitemap.contains("/moeder/2025-01-06/punkt-2/"), "a closed item has its page");
    assert!(!sitemap.contains("punkt-3/"), "{sitemap}");
    assert!(!site.files.contains_key("udvalg/index.html"), "a draft's committee has a page");
}

/// `--drafts` shows drafts for a preview, and nothing else that is hidden.
#[test]
fn drafts_are_shown_on_demand_and_closed_items_still_not() {
    let site = build(&["--drafts"]);
    let hidden: Vec<&str> = CLOSED.iter().chain(&FILES).copied().collect();
    assert_eq!(site.hidden(&hidden), Vec::<String>::new());
    let missing: Vec<&&str> = DRAFTS.iter().filter(|marker| site.hidden(&[*marker]).is_empty()).collect();
    assert_eq!(missing, Vec::<&&str>::new(), "drafts that --drafts leaves out");
    assert_eq!(site.faults(), Vec::<String>::new());
}
