//! A personal number in a document: it is imported as it stands, told of as an error, and shown nowhere.

use super::program::{record, sagnet};

const DOCUMENT: &str = "1. Personsag\nSAG-2025-00001 Anna Holm\nBeslutning\nBorgeren 010136-4003 fik medhold.\n\
                        2. Andet for 010136-4003\nSAG-2025-00002\nBeslutning\nGodkendt.\n";

#[test]
fn a_personal_number_is_an_error_and_masked() {
    for format in ["human", "json", "github"] {
        let record = record();
        record.write("referat.txt", DOCUMENT);
        let told = sagnet(&record, &["import", "referat.txt", "--date", "2025-11-27", "--format", format]);
        assert_eq!(told.code, 1, "{}{}", told.out, told.err);
        let said = told.out + &told.err;
        assert!(said.contains("cpr-number"), "{said}");
        assert!(!said.contains("4003"), "{format}: {said}");
        assert!(said.contains("Andet for"), "the report tells the title: {said}");
        if format == "human" {
            assert!(said.contains("Fejl: 2. Advarsler: 0."), "{said}");
        }
        // Nothing was lost for that, and nothing is published.
        let file = record.root().join("content/meetings/2025-11-27/1-personsag.md");
        assert!(std::fs::read_to_string(file).unwrap().contains("Borgeren 010136-4003 fik medhold."));
        assert_eq!(sagnet(&record, &["build"]).code, 1);
        assert!(!record.output().exists());
    }
}

/// What differs from a file is shown as a diff: masked too.
#[test]
fn a_difference_is_masked() {
    let record = record();
    record.write("dagsorden.txt", "1. Personsag\nSAG-2025-00001\nIndstilling\nAt borgeren får medhold.\n");
    assert_eq!(sagnet(&record, &["import", "dagsorden.txt", "--date", "2025-11-27"]).code, 0);
    record.write("referat.txt", "1. Personsag\nSAG-2025-00001\nIndstilling\nAt 010136-4003 får medhold.\n");
    for format in ["human", "json"] {
        let told = sagnet(&record, &["import", "referat.txt", "--date", "2025-11-27", "--format", format]);
        assert_eq!(told.code, 0, "the file is as it was: {}{}", told.out, told.err);
        assert!(told.out.contains("får medhold") && !(told.out + &told.err).contains("4003"));
    }
}
