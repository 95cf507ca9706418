//! An agenda becomes files, people edit them, the minutes come: what each of them said is there.

use super::round_trip::block;
use super::{Plan, Request, Trouble, Unit, apply, plan};
use crate::config::Config;
use crate::import::block::{Block, Inline, Kind, Marker, Place, Text};
use crate::import::draft::{Attachment, Draft, Group, Item, Part, Person, Section, State};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TITLE: &str = "Møde den 27. november 2025";

pub fn config() -> Config {
    let text = "base_url = \"https://x.dk\"\ntitle = \"x\"\n[roles]\n\"Rådets beslutning\" = \"decision\"\n";
    Config::parse(&"sagnet.toml".into(), text, &[], &mut Vec::new()).unwrap()
}

pub fn planned(root: &Path, draft: &Draft, update: bool) -> Result<Plan, Trouble> {
    let config = config();
    plan(&Request { root, meeting: "2025-11-27", title: TITLE, draft, config: &config, update })
}

pub fn applied(root: &Path, draft: &Draft) -> Plan {
    let plan = planned(root, draft, false).unwrap();
    apply(root, &plan).unwrap();
    plan
}

fn paragraph(text: &str) -> Block {
    block(Kind::Paragraph(Text::plain(text)))
}

fn bullet(text: &str) -> Block {
    block(Kind::Entry { level: 0, marker: Marker::Bullet, text: Text::plain(text) })
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section { heading: Some(Text::plain(heading)), blocks }
}

pub fn item(number: &str, title: &str) -> Item {
    Item {
        place: Place::Line(1),
        number: number.into(),
        title: title.into(),
        cases: Vec::new(),
        responsible: Vec::new(),
        submitted_by: Vec::new(),
        strategic_basis: Vec::new(),
        perspectives: Vec::new(),
        process_status: Vec::new(),
        closed: false,
        closed_ground: None,
        attachments: Vec::new(),
        sections: Vec::new(),
    }
}

fn agenda() -> Draft {
    let mut consent = item("2.2", "Digitalt \"Samtykke\"");
    consent.cases = vec!["SAG-2025-03929".into()];
    consent.responsible = vec!["Ulla Larney".into()];
    consent.submitted_by = vec!["Digitaliseringsstyrelsen".into()];
    consent.strategic_basis =
        vec!["’Den fælleskommunale digitaliseringsstrategi 2021-2025’ og en til".into(), "En anden strategi".into()];
    consent.process_status = vec![paragraph("Drøftet i maj 2025."), paragraph("2030. Så \\langt.")];
    consent.attachments = vec![
        Attachment { title: "Plan".into(), url: None },
        Attachment { title: "Strategi".into(), url: Some("https://x.dk/a b".into()) },
    ];
    let mut background = Text::plain("Løsningen er i brug");
    background.0.push(Inline::Note("1".into()));
    background.push(".", false, false, None);
    consent.sections = vec![
        section(
            "Baggrund",
            vec![
                block(Kind::Paragraph(background)),
                block(Kind::Note { label: "1".into(), text: Text::plain("I to kommuner.") }),
            ],
        ),
        section("Indstilling", vec![paragraph("Rådet:"), bullet("drøfter"), bullet("giver input")]),
        section("Drøftelse", Vec::new()),
        section(
            "Bilag",
            vec![block(Kind::Entry { level: 0, marker: Marker::Number("1)".into()), text: Text::plain("Plan") })],
        ),
    ];
    let mut last = item("2.3", "Fælles it-drift");
    last.cases = vec!["MOD-2024-00167".into()];
    let mut closed = item("3", "Lukket punkt");
    closed.closed = true;
    closed.closed_ground = Some("§ 10".into());
    Draft {
        state: State::Agenda,
        date: Some(("2025-11-27".into(), Place::Line(1))),
        start: Some("10:00".into()),
        place: Some("KL-Huset".into()),
        parts: vec![Part { number: "2".into(), title: "Drøftelsessager".into() }],
        items: vec![consent, last, closed],
        ..Draft::default()
    }
}

/// The same meeting afterwards: people, a text, a new item before the second, decisions.
fn minutes() -> Draft {
    let mut draft = agenda();
    draft.state = State::Minutes;
    draft.end = Some("12:00".into());
    draft.participants = vec![Group {
        name: "Medlemmer".into(),
        people: vec![
            Person { name: "Bo Fristed".into(), role: Some("Chef".into()), ..Person::default() },
            Person { name: "Lars Vraa".into(), note: Some("fra 13:45".into()), ..Person::default() },
        ],
    }];
    draft.lead = vec![paragraph("Mødet blev holdt.")];
    draft.items[0].sections[2] = section("Drøftelse", vec![paragraph("Rådet drøftede det.")]);
    draft.items[0].sections.insert(3, section("Rådets beslutning", vec![paragraph("Godkendt.")]));
    draft.items[1].number = "2.4".into();
    draft.items[1].sections = vec![section("Beslutning", vec![paragraph("Udsat.")])];
    draft.items.insert(1, item("2.3", "Nyt punkt"));
    draft
}

const CONSENT: &str = "content/meetings/2025-11-27/2-2-digitalt-samtykke.md";
const OPERATION: &str = "content/meetings/2025-11-27/2-3-faelles-it-drift.md";
const INDEX: &str = "content/meetings/2025-11-27/_index.md";

fn read(root: &TempDir, path: &str) -> String {
    fs::read_to_string(root.path().join(path)).unwrap()
}

#[test]
fn a_new_meeting_reads_as_if_written_by_hand() {
    let root = tempfile::tempdir().unwrap();
    let plan = applied(root.path(), &agenda());
    assert_eq!(plan.changes.len(), 4);
    assert_eq!(plan.items[1], ("2.3".to_owned(), OPERATION.to_owned()));
    assert_eq!(
        read(&root, INDEX),
        "+++\ntitle = \"Møde den 27. november 2025\"\nstart = \"10:00\"\nplace = \"KL-Huset\"\nparts = [\n  \
         { number = \"2\", title = \"Drøftelsessager\" },\n]\n+++\n"
    );
    assert_eq!(
        read(&root, CONSENT),
        r#"+++
number = "2.2"
title = "Digitalt \"Samtykke\""
cases = ["SAG-2025-03929"]
responsible = ["Ulla Larney"]

submitted_by = ["Digitaliseringsstyrelsen"]
strategic_basis = [
  "’Den fælleskommunale digitaliseringsstrategi 2021-2025’ og en til",
  "En anden strategi",
]
process_status = """
Drøftet i maj 2025.

2030\\. Så \\langt.
"""

[[attachments]]
title = "Plan"

[[attachments]]
title = "Strategi"
url = "https://x.dk/a%20b"
+++

## Baggrund

Løsningen er i brug[^1].

## Indstilling

Rådet:

- drøfter
- giver input

## Bilag

1) Plan

[^1]: I to kommuner.
"#
    );
    let closed = "+++\nnumber = \"3\"\ntitle = \"Lukket punkt\"\naccess = \"closed\"\nclosed_ground = \"§ 10\"\n+++\n";
    assert_eq!(read(&root, "content/meetings/2025-11-27/3-lukket-punkt.md"), closed);
    assert_eq!(planned(root.path(), &agenda(), false).unwrap().changes, []);
}

#[test]
fn minutes_go_into_the_agendas_files() {
    let root = tempfile::tempdir().unwrap();
    applied(root.path(), &agenda());
    // What the secretariat does in between: comments, topics, another form of the same text, words of its own.
    let edited = read(&root, CONSENT)
        .replace("cases = [\"SAG-2025-03929\"]", "cases = 'sag–2025–03929' # sagen\ntopics   = [\"a\"]\n# Ulla er syg")
        .replace("- drøfter\n- giver input", "* drøfter\n\n* giver\n  input")
        .replace("## Bilag", "## Eget afsnit\n\nFra os.\n\n## Bilag");
    fs::write(root.path().join(CONSENT), &edited).unwrap();
    let plan = applied(root.path(), &minutes());
    assert_eq!(plan.differences, []);
    let after = edited
        .replace("## Eget", "## Drøftelse\n\nRådet drøftede det.\n\n## Rådets beslutning\n\nGodkendt.\n\n## Eget");
    assert_eq!(read(&root, CONSENT), after);
    assert_eq!(
        read(&root, OPERATION),
        "+++\nnumber = \"2.4\"\ntitle = \"Fælles it-drift\"\nid = \"2.3\"\ncases = [\"MOD-2024-00167\"]\n+++\n\n\
         ## Beslutning\n\nUdsat.\n"
    );
    assert_eq!(plan.renumbered[0].to, "2.4");
    let new = read(&root, "content/meetings/2025-11-27/2-3-nyt-punkt.md");
    assert_eq!(new, "+++\nnumber = \"2.3\"\ntitle = \"Nyt punkt\"\nid = \"2.3-2\"\n+++\n");
    assert_eq!(
        read(&root, INDEX),
        "+++\ntitle = \"Møde den 27. november 2025\"\nstart = \"10:00\"\nend = \"12:00\"\nplace = \"KL-Huset\"\n\
         parts = [\n  { number = \"2\", title = \"Drøftelsessager\" },\n]\n\n[[participants]]\ngroup = \"Medlemmer\"\n\
         people = [\n  { name = \"Bo Fristed\", role = \"Chef\" },\n  { name = \"Lars Vraa\", note = \"fra 13:45\" },\n]\n\
         +++\n\nMødet blev holdt.\n"
    );
    let added: Vec<_> = plan.added.iter().map(|added| &added.what).collect();
    let section = |name: &str| Unit::Section(name.to_owned());
    assert_eq!(
        added,
        [
            &Unit::Field("end"),
            &Unit::Field("participants"),
            &Unit::Lead,
            &section("Drøftelse"),
            &section("Rådets beslutning"),
            &section("Beslutning"),
        ]
    );
    let again = planned(root.path(), &minutes(), false).unwrap();
    assert_eq!((again.changes, again.added, again.renumbered), (vec![], vec![], vec![]));
    // An agenda that comes late changes no number of what was treated.
    let late = planned(root.path(), &agenda(), false).unwrap();
    assert_eq!(late.changes, []);
    assert_eq!(late.differences.len(), 1, "{:?}", late.differences);
    assert_eq!(late.only_here, ["content/meetings/2025-11-27/2-3-nyt-punkt.md"]);
}

#[test]
fn what_differs_is_kept_and_told_and_replaced_only_on_demand() {
    let root = tempfile::tempdir().unwrap();
    applied(root.path(), &agenda());
    let hand = "---\n# Vores\nnumber: '2.2' # trykt\ntitle: Digitalt samtykke\ncases: [SAG-2025-03929]\nresponsible:\n  \
                - Ulla L.\n\n# Emner\ntopics: [a]\nattachments:\n  - title: Plan\n    file: bilag/plan.pdf\n  \
                - title: Strategi\n    url: https://x.dk/a%20b\n---\n\n## Baggrund\n\nNoget *andet*[^a].\n\n[^a]: Vores note.\n\n\
                ## Indstilling\n\nRådet:\n- drøfter\n- giver input\n\n## Bilag\n1) Plan\n";
    fs::write(root.path().join(CONSENT), hand).unwrap();
    let plan = applied(root.path(), &agenda());
    let told: Vec<_> = plan.differences.iter().map(|difference| &difference.what).collect();
    let wanted = [Unit::Field("title"), Unit::Field("responsible"), Unit::Section("Baggrund".into())];
    assert_eq!(told, wanted.iter().collect::<Vec<_>>());
    assert_eq!(plan.differences[1].unified(), "@@ -1 +1 @@\n-Ulla L.\n+Ulla Larney\n");
    let status = "process_status: \"Drøftet i maj 2025.\\n\\n2030\\\\. Så \\\\langt.\"\n";
    let kept = hand.replace(
        "topics: [a]\n",
        &format!(
            "topics: [a]\nsubmitted_by: [\"Digitaliseringsstyrelsen\"]\nstrategic_basis: [\"’Den fælleskommunale \
             digitaliseringsstrategi 2021-2025’ og en til\", \"En anden strategi\"]\n{status}"
        ),
    );
    assert_eq!(read(&root, CONSENT), kept);
    let again = planned(root.path(), &agenda(), false).unwrap();
    assert_eq!((again.changes.len(), &again.differences), (0, &plan.differences));
    let update = planned(root.path(), &agenda(), true).unwrap();
    assert!(update.differences.iter().all(|difference| difference.taken));
    apply(root.path(), &update).unwrap();
    let replaced = kept
        .replace("title: Digitalt samtykke", "title: \"Digitalt \\\"Samtykke\\\"\"")
        .replace("responsible:\n  - Ulla L.\n", "responsible: [\"Ulla Larney\"]\n")
        .replace("Noget *andet*[^a].\n\n[^a]: Vores note.\n", "Løsningen er i brug[^1].\n");
    assert_eq!(read(&root, CONSENT), format!("{replaced}\n[^1]: I to kommuner.\n"));
    let last = planned(root.path(), &agenda(), true).unwrap();
    assert_eq!((last.changes, last.differences), (vec![], vec![]));
}

#[test]
fn headed_blocks_are_replaced_among_others() {
    let root = tempfile::tempdir().unwrap();
    applied(root.path(), &minutes());
    let edited = read(&root, INDEX)
        .replace("Bo Fristed", "Bo F.")
        .replace("\n[[participants]]", "\n# Filer\n[[documents]]\ntitle = \"D\" # d\n\n[[participants]]")
        .replace("\n+++\n\n", "\n\n# Rettet\n[[corrections]]\ndate = 2025-12-01\nreason = \"fejl\"\n+++\n\n")
        .replace('\n', "\r\n");
    fs::write(root.path().join(INDEX), &edited).unwrap();
    let plan = planned(root.path(), &minutes(), true).unwrap();
    apply(root.path(), &plan).unwrap();
    assert_eq!(read(&root, INDEX), edited.replace("Bo F.", "Bo Fristed"));
}

#[test]
fn what_cannot_be_read_stops_everything() {
    let root = tempfile::tempdir().unwrap();
    applied(root.path(), &agenda());
    fs::write(root.path().join(OPERATION), "+++\nnumber = \"2.3\ntitle = 3\n+++\n").unwrap();
    let trouble = planned(root.path(), &minutes(), false).unwrap_err();
    assert!(matches!(trouble, Trouble::Unreadable { path, .. } if path == OPERATION));
    let config = config();
    let bad =
        Request { root: root.path(), meeting: "../x", title: TITLE, draft: &agenda(), config: &config, update: false };
    assert!(matches!(plan(&bad), Err(Trouble::BadMeeting { .. })));
}

#[test]
fn all_files_are_written_or_none() {
    let root = tempfile::tempdir().unwrap();
    let plan = planned(root.path(), &agenda(), false).unwrap();
    fs::create_dir_all(root.path().join("content/meetings/2025-11-27")).unwrap();
    fs::write(root.path().join(OPERATION), "imens").unwrap();
    assert!(matches!(apply(root.path(), &plan), Err(Trouble::Changed { path }) if path == OPERATION));
    let names: Vec<_> = fs::read_dir(root.path().join("content/meetings/2025-11-27")).unwrap().collect();
    assert_eq!(names.len(), 1);
    // A link out of the root, and a folder where a file should be.
    let (other, linked) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(other.path(), linked.path().join("content")).unwrap();
        assert!(matches!(apply(linked.path(), &plan), Err(Trouble::Outside { .. })));
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
    }
    let blocked = tempfile::tempdir().unwrap();
    fs::write(blocked.path().join("content"), "x").unwrap();
    assert!(matches!(apply(blocked.path(), &plan), Err(Trouble::Io { .. } | Trouble::Outside { .. })));
}

#[test]
fn items_that_change_places_keep_their_addresses() {
    let root = tempfile::tempdir().unwrap();
    let draft = |titles: &[(&str, &str)], state| {
        let items = titles.iter().map(|(number, title)| item(number, title)).collect();
        Draft { state, items, ..Draft::default() }
    };
    applied(root.path(), &draft(&[("1", "Budget 2026"), ("2", "Lokaler i havnen"), ("3", "Eventuelt")], State::Agenda));
    let minutes = draft(&[("1", "Lokaler i havnen"), ("2", "Budget 2026"), ("2", "Ny havn")], State::Minutes);
    let plan = applied(root.path(), &minutes);
    let moved: Vec<_> = plan.renumbered.iter().map(|moved| (moved.from.as_str(), moved.to.as_str())).collect();
    assert_eq!(moved, [("2", "1"), ("1", "2")]);
    let folder = "content/meetings/2025-11-27";
    let file = |name: &str| read(&root, &format!("{folder}/{name}.md"));
    assert_eq!(file("1-budget-2026"), "+++\nnumber = \"2\"\ntitle = \"Budget 2026\"\nid = \"1\"\n+++\n");
    assert_eq!(file("2-ny-havn"), "+++\nnumber = \"2\"\ntitle = \"Ny havn\"\nid = \"2-2\"\n+++\n");
    assert_eq!(plan.only_here, [format!("{folder}/3-eventuelt.md")]);
    assert_eq!(planned(root.path(), &minutes, false).unwrap().changes, []);
}

#[test]
fn what_a_meetings_file_says_in_other_words_is_told() {
    let root = tempfile::tempdir().unwrap();
    let mut draft = minutes();
    draft.items.clear();
    draft.date = Some(("2025-11-28".into(), Place::Line(1)));
    let hand = "---\r\ntitle: Mødet\r\nstatus: agenda\r\nstart: 10.00\r\nend: \"12:00\"\r\nplace: KL-Huset\r\n\
                members: [Bo Fristed]\r\n---\r\n\r\nMødet blev\r\nholdt.\r\n";
    fs::create_dir_all(root.path().join(INDEX).parent().unwrap()).unwrap();
    fs::write(root.path().join(INDEX), hand).unwrap();
    let plan = applied(root.path(), &draft);
    let told: Vec<_> = plan.differences.iter().map(|told| (&told.what, told.ours.as_str())).collect();
    let field = |name| Unit::Field(name);
    let wanted = [(&field("date"), "2025-11-27"), (&field("participants"), "Bo Fristed"), (&field("status"), "agenda")];
    assert_eq!(told, wanted);
    let parts = "parts: [{\"number\": \"2\", \"title\": \"Drøftelsessager\"}]\r\n";
    let now = read(&root, INDEX);
    assert_eq!(now.replace(parts, ""), hand);
    assert!(now.contains(parts));
    let update = planned(root.path(), &draft, true).unwrap();
    let taken: Vec<_> = update.differences.iter().map(|told| told.taken).collect();
    assert_eq!(taken, [true, false, true]);
}
