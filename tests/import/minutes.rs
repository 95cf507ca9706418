//! The agenda is imported, people work on the files, and then the minutes of the same meeting come.
//!
//! Between the two documents an item was put in, one got another number, one fell away, and a recommendation was changed. What
//! becomes of the files stands in `minutes/`, whole: after the agenda, after the minutes, and after `--update`; what is said in
//! the `.report` beside each.

use super::program::{content, golden, import, imported, record, repository, sagnet};
use crate::support::{Record, Tree};
use serde_json::{Value, json};
use std::fs;

const MEETING: &str = "content/meetings/2025-11-27";

/// The record with both documents in it.
fn council() -> Record {
    let record = record();
    for name in ["dagsorden.txt", "referat.txt"] {
        fs::copy(repository("tests/import/minutes").join(name), record.root().join(name)).unwrap();
    }
    record
}

/// Changes a file by hand: each text stands in it once.
fn edit(record: &Record, file: &str, changes: &[(&str, &str)]) {
    let path = record.root().join(MEETING).join(file);
    let mut text = fs::read_to_string(&path).unwrap();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
        text = text.replace(from, to);
    }
    fs::write(path, text).unwrap();
}

/// What people do between the two documents.
fn work(record: &Record) {
    let fields = "responsible = [\"Bent Dam\"] # afløser Carl\ntopics = [\"indkoeb\"]\n";
    let changes = [("responsible = [\"Bent Dam\"]\n", fields), ("Komunerne", "Kommunerne")];
    edit(record, "2-1-faelles-indkoeb.md", &changes);
    record.write("content/topics/indkoeb.md", "+++\ntitle = \"Indkøb\"\n+++\n");
    edit(
        record,
        "2-2-digital-post.md",
        &[("title = \"Digital post\"\n", "# spørg Carl om titlen\ntitle = \"Digital post\"\n")],
    );
    fs::rename(record.root().join(MEETING).join("2-2-digital-post.md"), record.root().join(MEETING).join("post.md"))
        .unwrap();
}

/// The title of the item at an address of the built site.
fn title_at(record: &Record, address: &str) -> String {
    let data = fs::read(record.output().join("moeder/2025-11-27").join(address).join("index.json")).unwrap();
    let data: Value = serde_json::from_slice(&data).unwrap();
    data["title"].as_str().unwrap().to_owned()
}

fn build(record: &Record) {
    let told = sagnet(record, &["build"]);
    assert_eq!(told.code, 0, "{}", told.err);
}

#[test]
fn minutes_go_into_the_files_of_the_agenda() {
    let record = council();
    golden("minutes/1-dagsorden.report", &import(&record, &["dagsorden.txt"]));
    golden("minutes/1-dagsorden.txt", &content(&record));
    work(&record);
    build(&record);
    assert_eq!(title_at(&record, "punkt-2-2"), "Digital post");

    golden("minutes/2-referat.report", &import(&record, &["referat.txt"]));
    golden("minutes/2-referat.txt", &content(&record));
    build(&record);
    // Its number is another, its address is not; the new item that has its number now has one of its own.
    assert_eq!(title_at(&record, "punkt-2-2"), "Digital post");
    let meeting = record.output().join("moeder/2025-11-27/index.json");
    let meeting: Value = serde_json::from_slice(&fs::read(meeting).unwrap()).unwrap();
    let items = meeting["items"].as_array().unwrap().iter();
    let items: Vec<_> = items.map(|it| (it["number"].as_str().unwrap(), it["title"].as_str().unwrap())).collect();
    let expected = [
        ("1.1", "Nyt fra sekretariatet"),
        ("2.1", "Fælles indkøb"),
        ("2.2", "Strøm til serverrum"),
        ("2.3", "Digital post"),
        ("3.1", "Ny hjemmeside"),
    ];
    assert_eq!(items, expected);

    // What was told once is told again, and nothing more is written.
    let before = Tree::read(&record.root().join("content"));
    let again = imported(&record, &["referat.txt"]);
    assert_eq!(again["files"], json!([]));
    assert_eq!(again["differences"].as_array().unwrap().len(), 4, "{}", again["differences"]);
    assert_eq!(Tree::diff(&before, &Tree::read(&record.root().join("content"))), Vec::<String>::new());
}

#[test]
fn update_takes_what_the_document_says_and_no_more() {
    let record = council();
    import(&record, &["dagsorden.txt"]);
    work(&record);
    import(&record, &["referat.txt"]);
    golden("minutes/3-update.report", &import(&record, &["referat.txt", "--update"]));
    golden("minutes/3-update.txt", &content(&record));
    let again = imported(&record, &["referat.txt", "--update"]);
    assert_eq!((&again["files"], &again["differences"]), (&json!([]), &json!([])));
    build(&record);
    assert_eq!(title_at(&record, "punkt-2-2"), "Digital post");
}

/// One after the other in one run, and the report of each.
#[test]
fn both_in_one_run_are_as_one_after_the_other() {
    let (one, two) = (council(), council());
    import(&one, &["dagsorden.txt"]);
    import(&one, &["referat.txt"]);
    let said = import(&two, &["dagsorden.txt", "referat.txt"]);
    assert_eq!(content(&one), content(&two));
    assert!(said.contains("dagsorden.txt (tekst): dagsorden, møde 2025-11-27\n"), "{said}");
    assert!(said.contains("referat.txt (tekst): referat, møde 2025-11-27\n"), "{said}");
}

/// Minutes that are imported first are not undone by the agenda.
#[test]
fn an_agenda_after_the_minutes_takes_nothing_away() {
    let record = council();
    import(&record, &["referat.txt"]);
    let before = content(&record);
    let report = imported(&record, &["dagsorden.txt"]);
    let after = content(&record);
    for decided in ["Planen blev godkendt.", "Taget til efterretning.", "Rådet drøftede strømmen.", "Dorte Falk"] {
        assert!(before.contains(decided) && after.contains(decided), "{decided}: {report}");
    }
}

/// An item that fell away keeps its file and its number; another item does not get that number until the file is gone.
#[test]
fn an_item_that_fell_away_and_whose_number_another_has_is_told() {
    let record = record();
    record.write("dagsorden.txt", "1. Nyt\nSAG-2025-00001\n2. Post\nSAG-2025-00002\n");
    record.write("referat.txt", "1. Post\nSAG-2025-00002\nBeslutning\nGodkendt.\n");
    import(&record, &["dagsorden.txt", "--date", "2025-11-27"]);
    let told = sagnet(&record, &["import", "referat.txt", "--date", "2025-11-27"]).out;
    let lines = [
        "  content/meetings/2025-11-27/1-nyt.md: punktet er ikke i dokumentet; det er ikke rørt\n",
        "content/meetings/2025-11-27/2-post.md: number står anderledes i dokumentet. Filens tekst er beholdt (-), dokumentets er (+).\n    @@ -1 +1 @@\n    -2\n    +1\n",
        "sagnet check fandt ingen fejl i mødets filer.\n",
    ];
    assert!(lines.iter().all(|line| told.contains(line)), "{told}");
    fs::remove_file(record.root().join(MEETING).join("1-nyt.md")).unwrap();
    let told = sagnet(&record, &["import", "referat.txt", "--date", "2025-11-27"]).out;
    assert!(told.contains("2-post.md: punktet har nu nummer 1 (før 2) og beholder sin adresse\n"), "{told}");
    build(&record);
    assert_eq!(title_at(&record, "punkt-2"), "Post");
}
