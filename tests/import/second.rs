//! A council whose documents have another template is read by its configuration, and by nothing else.
//!
//! `second/` has its configuration and its minutes; `second/expected.txt` what becomes of them.

use super::program::{about, content, golden, import, imported, record, repository, sagnet};
use crate::support::Record;
use serde_json::Value;
use std::fs;

/// The record with its document, and a configuration of which `change` has taken something.
fn council(change: impl Fn(&mut toml::Table)) -> Record {
    let record = record();
    let text = fs::read_to_string(repository("tests/import/second/sagnet.toml")).unwrap();
    let mut config: toml::Table = text.parse().unwrap();
    change(&mut config);
    record.write("sagnet.toml", &toml::to_string(&config).unwrap());
    fs::copy(repository("tests/import/second/byraad.txt"), record.root().join("byraad.txt")).unwrap();
    record
}

fn data(change: impl Fn(&mut toml::Table)) -> (String, Value) {
    let record = council(change);
    let report = imported(&record, &["byraad.txt"]);
    (content(&record), report)
}

/// Takes a key away that must be there.
fn without(key: &'static str) -> impl Fn(&mut toml::Table) {
    move |config| {
        let mut table = config;
        let (keys, last) = key.rsplit_once('/').map_or((None, key), |(keys, last)| (Some(keys), last));
        for key in keys.into_iter().flat_map(|keys| keys.split('/')) {
            table = table[key].as_table_mut().unwrap();
        }
        assert!(table.remove(last).is_some(), "no {key}");
    }
}

#[test]
fn another_template_is_read_by_configuration() {
    let record = council(|_| {});
    golden("second/expected.report", &import(&record, &["byraad.txt"]));
    golden("second/expected.txt", &content(&record));
    let told = sagnet(&record, &["build"]);
    assert_eq!(told.code, 0, "{}", told.err);
    // The roles of its headings are those of the site.
    let item = record.output().join("moeder/2018-04-03/punkt-2/index.json");
    let item: Value = serde_json::from_slice(&fs::read(item).unwrap()).unwrap();
    let sections = item["sections"].as_array().unwrap();
    let sections: Vec<_> =
        sections.iter().map(|it| (it["role"].as_str().unwrap(), it["heading"].as_str().unwrap())).collect();
    let expected = [
        ("background", "Resume"),
        ("presentation", "Beskrivelse af sagen"),
        ("other", "Økonomi"),
        ("recommendation", "Forvaltningens indstilling"),
        ("decision", "Beslutning"),
    ];
    assert_eq!(sections, expected);
    // A closed item says nothing but its number, title and ground.
    let closed = fs::read_to_string(record.output().join("moeder/2018-04-03/punkt-3/index.html")).unwrap();
    assert!(closed.contains("§ 10 i kommunestyrelsesloven") && !closed.contains("330-2018-4000"));
}

/// Each key is what makes its part of the document read rightly: without it, that part is not.
#[test]
fn without_its_configuration_it_is_read_otherwise() {
    let (right, _) = data(|_| {});

    let (files, _) = data(without("case_number"));
    assert!(!files.contains("cases = [\"330-"), "{files}");
    let (files, _) = data(without("import/title"));
    assert!(files.contains("title = \"Møde den 3. april 2018\""), "{files}");
    let (files, _) = data(without("import/sections"));
    assert!(right.contains("\n## Økonomi\n") && !files.contains("\n## Økonomi\n"), "{files}");
    let (files, _) = data(without("import/groups"));
    assert!(right.contains("group = \"Ej til stede\"") && !files.contains("group = \"Ej til stede\""), "{files}");
    let (files, _) = data(without("import/facts/Sagsansvarlig"));
    assert!(
        right.contains("responsible = [\"Dorte Falk\"]") && !files.contains("responsible = [\"Dorte Falk\"]"),
        "{files}"
    );
    let (files, report) = data(without("import/facts/Dok.nr."));
    let told = about(&report, "doubts", "number-line");
    assert!(
        !right.contains("77777") && (files.contains("77777") || told.iter().any(|it| it.contains("77777"))),
        "{files}"
    );
    let (files, _) = data(without("roles"));
    assert!(!files.contains("\n## Forvaltningens indstilling\n"), "{files}");
}
