//! The same document once more changes nothing, and `--dry-run` writes nothing.

use super::program::{import, imported, record, repository, sagnet};
use crate::support::{Stamps, Tree};
use std::thread::sleep;
use std::time::Duration;

const DOCUMENTS: [(&str, &[&str]); 2] = [
    ("agenda-2025-11-27.txt", &[]),
    ("minutes-undated.txt", &["--date", "2025-06-11/2025-11-27", "--id", "2025-udateret-referat"]),
];

#[test]
fn a_second_import_writes_nothing_and_says_so() {
    let record = record();
    for (name, options) in DOCUMENTS {
        let document = repository("tests/fixtures/record").join(name);
        let arguments = [&[document.to_str().unwrap()], options].concat();
        import(&record, &arguments);
        let before = Stamps::read(&record.root().join("content"));
        assert!(before.len() > 8, "nothing was imported");
        sleep(Duration::from_millis(20));
        let said = import(&record, &arguments);
        assert_eq!(Stamps::read(&record.root().join("content")), before, "{name}");
        assert!(said.contains("\nIntet at skrive: alt i dokumentet står der allerede.\n"), "{said}");
        assert!(!said.contains("Skrevet:") && !said.contains("står anderledes"), "{said}");
        // With --update there is nothing to take either.
        let report = imported(&record, &[&arguments[..], &["--update"]].concat());
        for nothing in ["files", "added", "renumbered", "differences", "only_here"] {
            assert_eq!(report[nothing], serde_json::json!([]), "{name}: {nothing}");
        }
        assert_eq!(Stamps::read(&record.root().join("content")), before, "{name}, --update");
        assert_eq!(report["items"].as_array().unwrap().len(), if name.starts_with("agenda") { 8 } else { 9 });
    }
}

#[test]
fn an_undated_document_finds_its_meeting_again_by_its_date() {
    let record = record();
    let document = repository("tests/fixtures/record/minutes-undated.txt");
    let arguments = [document.to_str().unwrap(), "--date", "2025-06-11/2025-11-27"];
    let told = sagnet(&record, &[&["import"], &arguments[..]].concat());
    assert_eq!((told.code, told.out.as_str()), (2, ""), "a folder was chosen by guess");
    import(&record, &[&arguments[..], &["--id", "referat"]].concat());
    let report = imported(&record, &arguments);
    assert_eq!((&report["meeting"], &report["files"]), (&"referat".into(), &serde_json::json!([])));
    let report = imported(&record, &[arguments[0], "--id", "referat"]);
    assert_eq!(report["files"], serde_json::json!([]), "the folder tells the date");
}

#[test]
fn a_dry_run_tells_all_and_writes_nothing() {
    let record = record();
    let document = repository("tests/fixtures/record/agenda-2025-11-27.txt");
    let document = document.to_str().unwrap();
    let before = Tree::read(record.root());
    let told = imported(&record, &[document, "--dry-run"]);
    let said = import(&record, &[document, "--dry-run"]);
    assert_eq!(Tree::diff(&before, &Tree::read(record.root())), Vec::<String>::new());
    assert!(said.contains("\nVille skrive (der er intet skrevet, for --dry-run er sat):\n"), "{said}");
    assert!(!said.contains("sagnet check fandt"), "{said}");
    assert!(told["check"].is_null() && told["dry_run"] == true);
    // What it tells is what is then done.
    let done = imported(&record, &[document]);
    assert_eq!(told["files"].as_array().unwrap().len(), 9);
    for same in ["files", "items", "found", "left_out", "doubts"] {
        assert_eq!(told[same], done[same], "{same}");
    }
    let written: Vec<String> = Tree::read(&record.root().join("content")).into_keys().collect();
    let mut named: Vec<String> = done["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap().replacen("content/", "", 1))
        .collect();
    named.sort();
    assert_eq!(written, named);
}

/// Two items of one number and title are told, and each keeps its own text.
#[test]
fn two_items_that_are_alike_are_not_mixed() {
    let record = record();
    let item = "1. Nyt\n\nSAG-2025-00001\n\n";
    record.write("dagsorden.txt", &format!("{item}Baggrund\n\nEn tekst.\n\n{item}"));
    let arguments = ["import", "dagsorden.txt", "--date", "2025-11-27", "--format", "json"];
    let first = sagnet(&record, &arguments);
    assert!(first.out.contains("repeated-number"), "{}", first.out);
    let before = Tree::read(&record.root().join("content"));
    let again = sagnet(&record, &arguments);
    assert_eq!(Tree::diff(&before, &Tree::read(&record.root().join("content"))), Vec::<String>::new(), "{}", again.out);
}
