//! Documents with known truth, through the program: nothing is lost, nothing is written twice, and `check` finds no error.

use super::program::{imported, record, sagnet};
use crate::documents::{COUNT, document};
use crate::support::Stamps;
use proptest::prelude::*;
use std::fs;

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_made_document_is_imported_whole_and_once(seed in 0..COUNT) {
        let document = document(seed);
        let (truth, record) = (&document.truth, record());
        fs::write(record.root().join("dokument.docx"), &document.docx).unwrap();
        let report = imported(&record, &["dokument.docx"]);
        let of = |kind: &str| super::program::about(&report, "doubts", kind);
        prop_assert!(of("lost").is_empty(), "{}: {:?}", truth.name, of("lost"));
        prop_assert_eq!(&report["meeting"], &truth.date);
        prop_assert_eq!(&report["state"], if truth.minutes { "minutes" } else { "agenda" });
        let items = report["items"].as_array().unwrap().iter();
        let items: Vec<_> = items.map(|it| (it["number"].as_str().unwrap(), it["title"].as_str().unwrap())).collect();
        let expected: Vec<_> = truth.items.iter().map(|it| (it.number.as_str(), it.title.as_str())).collect();
        prop_assert_eq!(items, expected, "{}", &truth.name);

        let before = Stamps::read(&record.root().join("content"));
        let again = imported(&record, &["dokument.docx"]);
        prop_assert_eq!(Stamps::read(&record.root().join("content")), before);
        prop_assert_eq!(&again["files"], &serde_json::json!([]), "{}", &truth.name);
        prop_assert_eq!(&again["differences"], &serde_json::json!([]), "{}", &truth.name);
        let told = sagnet(&record, &["check"]);
        prop_assert_eq!(told.code, 0, "{}: {}", &truth.name, told.err);
    }
}
