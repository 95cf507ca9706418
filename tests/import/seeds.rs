//! The council's two real documents, imported into an empty record.
//!
//! Each is held against a table of what it prints, against `content/` as people have written it, and its report against the
//! faults that it is known to have. `differences.toml` lists where the content is otherwise, with the reason; an entry that is
//! not needed fails.

use super::program::{about, imported, record, repository, sagnet};
use crate::support::Record;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Both, imported, and what was said of each.
pub struct Seeds {
    /// The record.
    pub record: Record,
    agenda: Value,
    minutes: Value,
}

/// They are imported once for all tests, which leave them as they are.
pub static SEEDS: LazyLock<Seeds> = LazyLock::new(|| {
    let record = record();
    let path = |name: &str| repository("tests/fixtures/record").join(name).to_str().unwrap().to_owned();
    let agenda = imported(&record, &[&path("agenda-2025-11-27.txt")]);
    let minutes = [&path("minutes-undated.txt"), "--date", "2025-06-11/2025-11-27", "--id", "2025-udateret-referat"];
    let minutes = imported(&record, &minutes);
    Seeds { record, agenda, minutes }
});

/// The folders of the two meetings.
pub const MEETINGS: [&str; 2] = ["2025-11-27", "2025-udateret-referat"];

/// What people add, and no document prints.
const EDITORIAL: [&str; 3] = ["topics", "continues", "presenters"];

/// An item as printed: number, title, case number, who is responsible.
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

const AGENDA: [Row; 8] = [
    ("1.1", "Siden sidst", "SAG-2024-04075", &["PAH"]),
    ("2.1", "Dialog med KL's direktion", "SAG-2024-04075", &["VNO"]),
    ("2.2", "Digitalt Samtykke", "SAG-2025-03929", &["Ulla Larney"]),
    ("2.3", "AI – Status for arbejdet i kommunerne og i KOMBIT", "SAG-2025-04374", &["Søren Nørgaard Andersen"]),
    (
        "2.4",
        "KOMBIT’s arkitekturovervejelser i forbindelse med genudbud",
        "SAG-2024-04075",
        &["Mette Jespersen", "Inge Speiermann", "Jan Kjellerup"],
    ),
    ("2.5", "Blanketmodernisering som bedre grundlag for digital selvbetjening", "SAG-2022-04020", &["Line Laudrup"]),
    (
        "2.6",
        "Forberedende drøftelse af ønsker til næste version af Rammeaftalen SKI 02.19",
        "MOD-2024-00167",
        &["Jan Kjellerup"],
    ),
    ("2.7", "Fælles it-drift – Status og seneste nyt", "MOD-2024-00167", &[]),
];

const MINUTES: [Row; 9] = [
    ("1.1", "Siden sidst", "SAG-2024-04074", &[]),
    ("2.1", "Det aktuelle arbejde med Fællesoffentlig Digital Arkitektur", "SAG-2024-04074", &["Vibeke Normann"]),
    (
        "2.2",
        "Digital suverænitet og handlefrihed",
        "SAG-2025-03105",
        &["Anne Kathrine Fjord-Marschall", "Søren Nørgaard Madsen", "Søren Frederik Bregenov-Beyer"],
    ),
    (
        "2.3",
        "Digital handlefrihed i regi af det fællesoffentlige arbejde om genbrug af software",
        "SAG-2025-00718",
        &["Line Laudrup"],
    ),
    (
        "2.4",
        "Pilotdrift af sammenhængende forløb for udsatte børn og unge",
        "SAG-2023-00231",
        &["Anne Kathrine Fjord-Marschall", "Mie Bjerre"],
    ),
    ("2.5", "Dataunderstøttelse på beredskabsområdet", "SAG-2025-02439", &["Mie Mester", "Sofie Kofoed Led"]),
    (
        "2.6",
        "Digitale forpligtigelser til stærkere velfærd – Kommunernes Digitaliseringsstrategi 2026-2030",
        "SAG-2025-03201",
        &["Gitte Duelund Jensen", "Morten Bue Rath"],
    ),
    ("2.7", "Fælles it-driftsenheder", "SAG-2025-02755", &["Christian Christensen"]),
    ("2.8", "Dialog med KL's direktion", "SAG-2024-04074", &["Vibeke Normann"]),
];

/// The groups of the minutes' participants, and how many people each has.
const GROUPS: [(&str, usize); 6] = [
    ("It-Arkitekturrådets medlemmer", 7),
    ("Forberedelsesudvalget", 1),
    ("Sekretariat", 3),
    ("Afbud", 3),
    ("Oplægsholdere", 10),
    ("Andre gæster", 5),
];

/// A file of the content, taken apart by nothing of the generator.
struct Entry {
    fields: toml::Table,
    body: String,
}

/// The files of a meeting: items by their number, the meeting's own under no number.
fn entries(folder: &Path) -> BTreeMap<String, Entry> {
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let entry = |text: String| {
        let (front, body) = text.strip_prefix("+++\n").unwrap().split_once("\n+++\n").unwrap();
        let fields: toml::Table = front.parse().unwrap();
        let number = fields.get("number").map_or("", |number| number.as_str().unwrap());
        (number.to_owned(), Entry { body: body.to_owned(), fields })
    };
    files.map(entry).collect()
}

fn meeting(id: &str) -> BTreeMap<String, Entry> {
    entries(&SEEDS.record.root().join("content/meetings").join(id))
}

fn texts(list: Option<&toml::Value>) -> Vec<&str> {
    list.map_or(Vec::new(), |list| list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect())
}

#[test]
fn every_item_has_what_is_printed() {
    for (id, rows) in MEETINGS.into_iter().zip([&AGENDA[..], &MINUTES[..]]) {
        let mut meeting = meeting(id);
        meeting.remove("").unwrap();
        assert_eq!(meeting.keys().collect::<Vec<_>>(), rows.iter().map(|row| row.0).collect::<Vec<_>>(), "{id}");
        for (number, title, case, responsible) in rows {
            let fields = &meeting[*number].fields;
            assert_eq!(fields["title"].as_str(), Some(*title), "{id}");
            assert_eq!(texts(fields.get("cases")), [*case], "{id} {number}");
            assert_eq!(texts(fields.get("responsible")), *responsible, "{id} {number}");
        }
    }
}

#[test]
fn every_meeting_has_its_parts_and_people() {
    let [agenda, minutes] = MEETINGS.map(|id| meeting(id).remove("").unwrap().fields);
    let parts = |fields: &toml::Table| -> Vec<String> {
        let parts = fields["parts"].as_array().unwrap().iter();
        parts.map(|part| format!("{} {}", part["number"].as_str().unwrap(), part["title"].as_str().unwrap())).collect()
    };
    for meeting in [&agenda, &minutes] {
        assert_eq!(parts(meeting), ["1 Siden sidst", "2 Drøftelsessager", "3 Eventuelt"]);
    }
    assert!(!agenda.contains_key("participants"), "the agenda has no people");
    let groups = minutes["participants"].as_array().unwrap().iter();
    let groups: Vec<_> =
        groups.map(|it| (it["group"].as_str().unwrap(), it["people"].as_array().unwrap().len())).collect();
    assert_eq!(groups, GROUPS);
    let person = |group: usize, at: usize| minutes["participants"][group]["people"][at].to_string();
    assert_eq!(
        person(0, 5),
        r#"{ name = "Lars Vraa", note = "fra 13:45", organisation = "KOMBIT", role = "Chef for Design & Arkitektur" }"#
    );
    assert_eq!(
        person(3, 0),
        r#"{ name = "Signe Maria Christensen", organisation = "Københavns Kommune", role = "Ressourcedirektør, Beskæftigelses-og integrationsforvaltningen" }"#
    );
}

/// The table of facts is flattened in the text, and runs over a page's end.
#[test]
fn the_facts_of_the_agenda_are_in_their_fields() {
    let agenda = meeting("2025-11-27");
    let list = |number: &str, field: &str| texts(agenda[number].fields.get(field));
    assert_eq!(list("2.2", "perspectives"), ["Jura", "Sikkerhed", "Infrastruktur"]);
    assert_eq!(list("2.4", "submitted_by"), ["KOMBIT"]);
    assert_eq!(list("2.5", "strategic_basis"), ["Den fælleskommunale digitaliseringsstrategi 2021-2025"]);
    assert_eq!(list("2.6", "strategic_basis").len(), 2);
    let status = agenda["2.5"].fields["process_status"].as_str().unwrap();
    assert!(status.contains("i november 2023 og maj 2025.\n\nEt pilotforløb"), "{status}");
    for number in ["1.1", "2.1", "2.7"] {
        assert!(list(number, "submitted_by").is_empty(), "{number} has no table");
    }
    // A link's target, printed far from its words.
    let url = |number: &str, at: usize| agenda[number].fields["attachments"][at].get("url").map(toml::Value::to_string);
    assert!(url("2.3", 0).unwrap().ends_with("KOMBIT%20AI%20Politik%2009-2025.pdf\""));
    assert!(url("2.6", 3).unwrap().starts_with("\"https://view.officeapps.live.com/"));
    assert_eq!(agenda["2.6"].fields["attachments"].as_array().unwrap().len(), 4);
    assert_eq!(url("2.6", 0), None);
}

/// Where the content is otherwise than what is imported.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    meeting: String,
    /// Empty for the meeting's own file.
    number: String,
    /// A field, or `body`.
    what: String,
    /// Of the content; nothing where it has none.
    content: Option<String>,
    /// Of what is imported.
    imported: Option<String>,
    reason: String,
}

/// What is in an entry, by field, without what people add.
fn said(entry: &Entry) -> BTreeMap<String, String> {
    let fields = entry.fields.iter().filter(|(name, _)| !EDITORIAL.contains(&name.as_str()));
    let text = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut said: BTreeMap<_, _> = fields.map(|(name, value)| (name.clone(), text(value))).collect();
    said.insert("body".to_owned(), entry.body.clone());
    said
}

#[test]
fn what_is_imported_is_the_content() {
    let list: BTreeMap<String, Vec<Difference>> =
        toml::from_str(&fs::read_to_string(repository("tests/import/differences.toml")).unwrap()).unwrap();
    let mut listed: Vec<&Difference> = list["difference"].iter().collect();
    let mut faults = Vec::new();
    for id in MEETINGS {
        let (imported, content) = (meeting(id), entries(&repository("content/meetings").join(id)));
        assert_eq!(imported.keys().collect::<Vec<_>>(), content.keys().collect::<Vec<_>>(), "{id}");
        for (number, entry) in &imported {
            assert!(EDITORIAL.iter().all(|field| !entry.fields.contains_key(*field)), "{id} {number} says too much");
            let (imported, content) = (said(entry), said(&content[number]));
            let mut names: Vec<&String> = imported.keys().chain(content.keys()).collect();
            names.sort();
            names.dedup();
            for name in names.into_iter().filter(|name| imported.get(*name) != content.get(*name)) {
                let (imported, content) = (imported.get(name), content.get(name));
                let is_listed = |it: &&Difference| {
                    (&*it.meeting, &it.number, &it.what) == (id, number, name)
                        && it.content.as_ref() == content
                        && it.imported.as_ref() == imported
                        && !it.reason.is_empty()
                };
                match listed.iter().position(is_listed) {
                    Some(at) => drop(listed.remove(at)),
                    None => faults.push(format!("{id} {number} {name}: {imported:?} instead of {content:?}")),
                }
            }
        }
    }
    faults.extend(listed.iter().map(|it| format!("not needed: {} {} {}", it.meeting, it.number, it.what)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_report_counts_what_was_found() {
    let Seeds { agenda, minutes, .. } = &*SEEDS;
    let counts = |report: &Value| report["found"].clone();
    let found =
        json!({"parts": 3, "items": 8, "cases": 5, "people": 0, "attachments": 5, "tables": 0, "links": 2, "notes": 1});
    assert_eq!(counts(agenda), found);
    let found = json!({"parts": 3, "items": 9, "cases": 7, "people": 29, "attachments": 0, "tables": 0, "links": 0, "notes": 0});
    assert_eq!(counts(minutes), found);
    for (report, state, items) in [(agenda, "agenda", 8), (minutes, "minutes", 9)] {
        assert_eq!((&report["format"], &report["state"]), (&"txt".into(), &state.into()));
        assert_eq!(report["files"].as_array().unwrap().len(), items + 1, "a file for each item, and the meeting's");
        assert_eq!((&report["check"]["errors"], &report["differences"]), (&json!(0), &json!([])));
        for item in report["items"].as_array().unwrap() {
            assert!(SEEDS.record.root().join(item["path"].as_str().unwrap()).is_file(), "{item}");
        }
    }
}

#[test]
fn what_is_left_out_is_told() {
    let Seeds { agenda, minutes, .. } = &*SEEDS;
    let template = about(agenda, "left_out", "template");
    assert_eq!(template.len(), 7, "{template:?}");
    assert!(template.iter().all(|text| text.starts_with("Her skrives")), "{template:?}");
    assert_eq!(
        about(minutes, "left_out", "template"),
        ["Her skrives ansvarliges initialer", "Her skrives indstillingen"]
    );
    let mut headings = about(agenda, "left_out", "known-heading");
    headings.sort_unstable();
    assert_eq!(
        headings,
        ["Baggrund", "Baggrund", "Indstilling", "Indstilling", "Sagsfremstilling", "Sagsfremstilling"]
    );
    assert_eq!(about(minutes, "left_out", "known-heading"), ["Deltagerfortegnelse", "Deltagere", "Indstilling"]);
    assert_eq!(about(agenda, "left_out", "contents").len(), 1);
    let kinds = |report: &Value| {
        let mut kinds: Vec<String> =
            report["left_out"].as_array().unwrap().iter().map(|line| line["about"].as_str().unwrap().into()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(agenda), ["contents", "known-heading", "repeated-target", "template"]);
    assert_eq!(kinds(minutes), ["known-heading", "template"]);
}

#[test]
fn no_word_is_lost() {
    for report in [&SEEDS.agenda, &SEEDS.minutes] {
        let lost = report["doubts"].as_array().unwrap().iter().filter(|line| line["about"] == "lost");
        let lost: Vec<String> = lost.map(|line| format!("{}: {}", line["place"], line["text"])).collect();
        assert!(lost.is_empty(), "{}: {}", report["file"], lost.join(", "));
    }
}

#[test]
fn the_known_faults_of_the_documents_are_told() {
    let Seeds { agenda, minutes, .. } = &*SEEDS;
    let told = |report, kind| about(report, "doubts", kind);
    let faults = told(minutes, "source-fault");
    let known = [
        "haransvar",
        "lavprak-tiske",
        "ItArkitektur",
        "ITarkitekturrådet",
        "itdriftsenhederne",
        "digitaliserings-portefølje",
    ];
    for fault in known {
        assert!(faults.contains(&fault), "{fault} is not told: {faults:?}");
    }
    // They are told and not changed.
    let files = super::program::content(&SEEDS.record);
    assert!(known.iter().all(|fault| files.contains(fault)));
    let names = told(minutes, "name-forms");
    for pair in [["Sofie Led", "Sofie Kofoed Led"], ["Nikolai Bülow Tronche", "Nikolai Tronche Bülow"]] {
        assert!(names.iter().any(|told| pair.iter().all(|name| told.split(" | ").any(|it| it == *name))), "{names:?}");
    }
    assert!(!names.iter().any(|told| told.contains("Nørgaard")), "Andersen and Madsen are two people: {names:?}");
    assert_eq!(told(agenda, "shared-case"), ["SAG-2024-04075: 1.1, 2.1, 2.4", "MOD-2024-00167: 2.6, 2.7"]);
    assert_eq!(told(minutes, "shared-case"), ["SAG-2024-04074: 1.1, 2.1, 2.8"]);
    let date = told(agenda, "date-from-text");
    assert!(date.len() == 1 && date[0].contains("27. november 2025"), "{date:?}");
    assert!(told(minutes, "date-from-text").is_empty(), "its date was given");
    assert_eq!(told(agenda, "cut-text").len(), 1, "its first line is cut");
    let cut = agenda["doubts"].as_array().unwrap().iter().find(|line| line["about"] == "cut-text").unwrap();
    assert_eq!(cut["place"], "line 1");
}

#[test]
fn what_is_imported_passes_check() {
    let told = sagnet(&SEEDS.record, &["check", "--format", "json"]);
    assert_eq!(told.code, 0, "{}", told.err);
    let told: Vec<Value> = told.err.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let codes: Vec<_> =
        told.iter().map(|it| (it["severity"].as_str().unwrap(), it["code"].as_str().unwrap())).collect();
    let rest = codes.iter().filter(|(severity, code)| *severity != "advice" && *code != "shared-case-number");
    assert_eq!(rest.collect::<Vec<_>>(), [&("warning", "accessibility-statement")], "{told:?}");
}
