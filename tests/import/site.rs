//! What is built of the imported documents, held against the documents' own words: the whole way from a council's text to the
//! pages, in which no word may be lost.
//!
//! The source is cut and mended by the reader of `tests/record`, which shares nothing with the generator; the words that are
//! no part of the record are those of `tests/fixtures/record/exceptions.toml`.

use super::program::{repository, sagnet};
use super::seeds::{MEETINGS, SEEDS};
use crate::exceptions::Exceptions;
use crate::source::{self, Place};
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use std::fs;

/// Letters and digits between what is neither: marks of lists and punctuation are set by the site.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a page's main part, how often each; of its links, where they lead.
fn page(path: &std::path::Path) -> BTreeMap<String, usize> {
    let html = Html::parse_document(&fs::read_to_string(path).unwrap());
    let [main, link] = ["main", "a[href^=http]"].map(|selector| Selector::parse(selector).unwrap());
    let main = html.select(&main).next().unwrap();
    let links = main.select(&link).map(|link| link.attr("href").unwrap());
    let mut counts = BTreeMap::new();
    for word in main.text().chain(links).flat_map(words) {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// Words that the pages have in another form: a footnote's number that is glued to its word.
const GLUED: [&str; 2] = ["HADES-workshops1)", "1En"];

/// The mark of a numbered list's entry: the site's own lists count.
fn is_number(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[test]
fn every_word_of_the_documents_is_on_its_page() {
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("public");
    let told = sagnet(&SEEDS.record, &["build", "--output", output.to_str().unwrap()]);
    assert_eq!(told.code, 0, "{}", told.err);
    let fixtures = ["agenda-2025-11-27.txt", "minutes-undated.txt"];
    let mut lost = Vec::new();
    let mut found = 0;
    for ((id, fixture), document) in MEETINGS.into_iter().zip(fixtures).zip(["agenda", "minutes"]) {
        let text = fs::read_to_string(repository("tests/fixtures/record").join(fixture)).unwrap();
        let list = fs::read_to_string(repository("tests/fixtures/record/exceptions.toml")).unwrap();
        let mut segments = source::read(&text);
        Exceptions::read(&list, document).unwrap().take_from_source(&mut segments).unwrap();
        for segment in segments {
            let folder = output.join("moeder").join(id);
            let file = match &segment.place {
                Place::Contents => continue,
                Place::Item(number) => folder.join(format!("punkt-{}", number.replace('.', "-"))),
                Place::Front | Place::Participants | Place::Part(_) => folder,
            };
            let mut there = page(&file.join("index.html"));
            for word in segment.words.iter().filter(|word| !is_number(&word.text)) {
                let text = if GLUED.contains(&&*word.text) { word.text.replace('1', " ") } else { word.text.clone() };
                for part in words(&text) {
                    match there.get_mut(&part).filter(|count| **count > 0) {
                        Some(count) => (*count, found) = (*count - 1, found + 1),
                        None => lost.push(format!("{document}, line {}: {part}", word.line)),
                    }
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} words are on no page, {found} are: {}", lost.len(), lost.join("; "));
    assert!(found > 6000, "only {found} words were compared");
}
