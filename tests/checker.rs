//! The independent reader of built sites is itself tested: each fault that it is there to find is
//! put into a faultless sample, and must be found, at its file.
//!
//! With `SAGNET_SITE` (a built folder) and `SAGNET_BASE_URL` (the address that it was built for)
//! the last test reads that site as well, prints its counts and fails on any finding.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use support::address::{Base, Target};
use support::{Site, Tree, sample};

type Check = fn(&Site) -> Vec<String>;

/// The sample with one text replaced; an empty `from` puts `to` at the file's end, or makes it.
fn edited(file: &str, from: &str, to: &str) -> Site {
    let mut files = sample::files();
    let text = files.get(file).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    let text = match (text, from) {
        (None, _) => to.to_owned(),
        (Some(text), "") => text + to,
        (Some(text), from) => {
            assert!(text.contains(from), "{file} of the sample has no {from}");
            text.replace(from, to)
        }
    };
    files.insert(file.to_owned(), text.into_bytes());
    Site::from_files(files, sample::BASE_URL)
}

#[test]
fn each_fault_is_found_by_its_check() {
    let checks: [(&str, Check); 8] = [
        ("dead_links", Site::dead_links),
        ("base_path", Site::base_path),
        ("duplicate_ids", Site::duplicate_ids),
        ("unreachable", Site::unreachable),
        ("sitemap", Site::sitemap),
        ("headings", Site::headings),
        ("landmarks", Site::landmarks),
        ("malformed", Site::malformed),
    ];
    let (_, table) = include_str!("checker/faults.txt").split_once("\n\n").unwrap();
    let mut tried = vec![0; checks.len()];
    let mut missed = Vec::new();
    for part in table.split("# ").skip(1) {
        let (name, rows) = part.split_once('\n').unwrap();
        let number = checks.iter().position(|(check, _)| *check == name);
        let number = number.unwrap_or_else(|| panic!("there is no check {name}"));
        for row in rows.lines().filter(|row| !row.is_empty()) {
            let columns: Vec<&str> = row.split('|').map(str::trim).collect();
            let [file, from, to, expected] = columns[..] else {
                panic!("not four columns: {row}");
            };
            let findings = checks[number].1(&edited(file, &written(from), &written(to)));
            if !findings.iter().any(|finding| finding.contains(expected)) {
                missed.push(format!("{name}: {row}\n  found {findings:?}"));
            }
            tried[number] += 1;
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(tried.iter().all(|rows| *rows > 0), "a check without a row: {tried:?}");
}

/// A column of the table as it stands in the sample.
fn written(column: &str) -> String {
    column.replace("\\r", "\r").replace("\\n", "\n").replace("\\v", "\u{b}").replace("{own}", sample::BASE_URL)
}

#[test]
fn a_site_without_a_front_page_is_found() {
    let mut files = sample::files();
    files.remove("index.html");
    let findings = Site::from_files(files, sample::BASE_URL).unreachable();
    assert!(findings[0].contains("no front page"), "{findings:#?}");
}

#[test]
fn a_fold_inside_a_character_is_found() {
    let mut files = sample::files();
    let ics = files.get_mut("moeder.ics").unwrap();
    let letter = ics.windows(2).position(|pair| pair == "ø".as_bytes()).unwrap();
    ics.splice(letter + 1..letter + 1, *b"\r\n ");
    let findings = Site::from_files(files, sample::BASE_URL).malformed();
    assert!(findings[0].contains("splits a character"), "{findings:#?}");
}

#[test]
fn the_sample_has_no_fault_and_is_counted() {
    let site = Site::from_files(sample::files(), sample::BASE_URL);
    assert_eq!(site.faults(), Vec::<String>::new());
    let counts = site.counts();
    assert_eq!((counts.pages, counts.redirects), (4, 1));
    assert_eq!((counts.json, counts.feeds, counts.calendars), (1, 1, 1));
    assert_eq!((counts.internal_links, counts.external_links), (9, 3));
    assert_eq!((counts.files, counts.other_addresses), (12, 36));
}

#[test]
fn hidden_text_is_found_in_every_spelling() {
    let markers = ["Skjult-æble"];
    let good = Site::from_files(sample::files(), sample::BASE_URL);
    assert_eq!(good.hidden(&markers), Vec::<String>::new());
    let spellings = [
        "Skjult-æble",
        "skjult-ÆBLE",
        "Skjult-&aelig;ble",
        "Skjult&#45;&#xe6;ble",
        "&#83;kjult&#x2D&#230;ble",
        "100 % Skjult-%C3%A6ble",
        "?q=%53kjult%2d%c3%a6ble",
        "Skjult-\\u00e6ble",
        "\\u0053kjult\\u002D\\u00E6ble",
        "Skjult-&amp;aelig;ble",
        "Skjult-%26%23230%3Bble",
        "Skjult-\\u0026aelig;ble",
        "Sk<em>jult</em>-\u{ad}æble",
        "Skju\r\n lt-æble",
    ];
    for spelling in spellings {
        for file in ["om/index.html", "feed.xml", "assets/x.js"] {
            let findings = edited(file, "", spelling).hidden(&markers);
            assert!(findings.len() == 1 && findings[0].starts_with(file), "{spelling}: {findings:#?}");
        }
    }
    for name in ["bilag/skjult-æble.pdf", "bilag/skjult-%C3%A6ble.pdf"] {
        let findings = edited(name, "", "%PDF").hidden(&markers);
        assert!(findings.len() == 1 && findings[0].contains("its name"), "{findings:#?}");
    }
    let mut files = sample::files();
    files.insert("binær.pdf".to_owned(), b"\xff\xfe\x00Skjult-\xc3\xa6ble\x00\xff".to_vec());
    files.insert("x.gz".to_owned(), b"\x1f\x8b\x08".to_vec());
    let findings = Site::from_files(files, sample::BASE_URL).hidden(&markers);
    assert!(findings.len() == 2 && findings[1].contains("compressed"), "{findings:#?}");
}

#[test]
fn addresses_resolve_as_on_a_web_host() {
    let base = Base::new("https://raad.example/");
    let inside = |file: &str, fragment: Option<&str>| Target::Inside {
        file: file.to_owned(),
        fragment: fragment.map(str::to_owned),
    };
    let rows = [
        ("om/index.html", "../sager/./x/", inside("sager/x/index.html", None)),
        ("om/index.html", "..", inside("index.html", None)),
        ("om/index.html", ".", inside("om/index.html", None)),
        ("om/index.html", "?side=2#a", inside("om/index.html", Some("a"))),
        ("om/index.html", "", inside("om/index.html", None)),
        ("index.html", "https://raad.example", inside("index.html", None)),
        ("index.html", "/bl%C3%A5/a%20b.pdf#page=2", inside("blå/a b.pdf", Some("page=2"))),
        ("index.html", "tel:+4512345678", Target::Outside),
        ("index.html", "https://raad.example.org/", Target::Outside),
    ];
    for (file, link, expected) in rows {
        assert_eq!(base.resolve(file, link), expected, "{link} in {file}");
    }
    assert_eq!(base.address("sager/index.html"), "https://raad.example/sager/");
    assert_eq!(base.address("feed.xml"), "https://raad.example/feed.xml");
}

#[test]
fn trees_are_compared_by_file_and_byte() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("a/b")).unwrap();
    std::fs::write(dir.path().join("a/b/c.txt"), "en\nto\n").unwrap();
    std::fs::write(dir.path().join(".x"), "").unwrap();
    let tree = Tree::read(dir.path());
    assert_eq!(tree.keys().collect::<Vec<_>>(), [".x", "a/b/c.txt"]);
    assert_eq!(Tree::diff(&tree, &tree), Vec::<String>::new());
    let mut other = tree.clone();
    other.insert("a/b/c.txt".to_owned(), b"en\ntre\n".to_vec());
    other.insert("ny".to_owned(), Vec::new());
    other.remove(".x");
    let findings = Tree::diff(&tree, &other);
    assert_eq!(findings.len(), 3);
    assert_eq!(findings[0], ".x: expected, but not there");
    assert!(findings[1].starts_with("a/b/c.txt: differs from byte 4 on (line 2; 6 and 7 bytes)"));
    assert_eq!(findings[2], "ny: there, but not expected");
}

#[test]
fn a_folder_is_read_like_its_files() {
    let dir = tempfile::tempdir().unwrap();
    for (file, bytes) in sample::files() {
        let path = dir.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let site = Site::load(dir.path(), sample::BASE_URL);
    assert_eq!(site.files, sample::files());
    assert_eq!(site.faults(), Vec::<String>::new());

    if let Ok(folder) = std::env::var("SAGNET_SITE") {
        let base_url = std::env::var("SAGNET_BASE_URL").expect("SAGNET_BASE_URL beside SAGNET_SITE");
        let site = Site::load(Path::new(&folder), &base_url);
        println!("{}", site.counts());
        let findings = site.faults();
        assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    }
}
