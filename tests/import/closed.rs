//! Closed items: however a document tells that one is closed, what it says is in no byte of the site.

use super::program::{record, sagnet};
use std::fs;
use std::path::Path;

/// Documents with an open item and a closed one, each telling it in a way of its own.
const FORMS: [(&str, &str); 9] = [
    ("a word before the title", "2. Lukket: Personalesag\nSAG-2025-00002\n\nBeslutning\nHemmelig Hansen.\n"),
    ("a word in brackets", "2. [Lukket] Personalesag\nSAG-2025-00002\n\nBeslutning\nHemmelig Hansen.\n"),
    ("a phrase before the title", "2. Lukket punkt Personalesag\nSAG-2025-00002\n\nBeslutning\nHemmelig Hansen.\n"),
    ("a line in the head", "2. Personalesag\nSAG-2025-00002\nLukket\n\nBeslutning\nHemmelig Hansen.\n"),
    ("a ground", "2. Personalesag\nSAG-2025-00002\nLukkegrund: § 10\n\nBeslutning\nHemmelig Hansen.\n"),
    ("a heading over it", "LUKKET DAGSORDEN\n\n2. Personalesag\nSAG-2025-00002\n\nBeslutning\nHemmelig Hansen.\n"),
    ("another heading over it", "Lukkede punkter\n\n2. Personalesag\nSAG-2025-00002\n\nBeslutning\nHemmelig Hansen.\n"),
    ("a sentence about it", "2. Personalesag\nSAG-2025-00002\n\nPunktet er lukket.\n\nBeslutning\nHemmelig Hansen.\n"),
    ("no case number", "2. Lukket: Personalesag\n\nBeslutning\nHemmelig Hansen.\n"),
];

#[test]
fn what_a_closed_item_says_is_in_no_byte_of_the_site() {
    for (name, closed) in FORMS {
        let record = record();
        let open = "Dato: 27. november 2025\n\n1. Vejplan\nSAG-2025-00001\n\nBeslutning\nPlanen blev godkendt.\n\n";
        record.write("referat.txt", &format!("{open}{closed}"));
        let told = sagnet(&record, &["import", "referat.txt"]);
        assert_eq!(told.code, 0, "{name}: {}{}", told.out, told.err);
        assert_eq!(sagnet(&record, &["build"]).code, 0, "{name}");
        let public = record.root().join("public");
        let mut seen = 0;
        holding(&public, "Hemmelig", &mut seen, name);
        assert!(seen > 10, "{name}: the site was built");
    }
}

/// Fails for each file below `folder` that holds `word`; counts the files.
fn holding(folder: &Path, word: &str, seen: &mut usize, name: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holding(&path, word, seen, name);
        } else {
            *seen += 1;
            let bytes = fs::read(&path).unwrap();
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{name}: {} holds what is closed", path.display());
        }
    }
}
