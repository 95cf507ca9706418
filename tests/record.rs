//! Holds the council's real record in `content/` against the documents that it
//! was written from.
//!
//! For each document: the source is cut into its segments and its words are
//! mended where a line end broke them (`record/source.rs`); the content is read
//! in the order in which the documents print it (`record/content.rs`); and the
//! two sequences of words must be the same, list marks included. What differs on
//! purpose stands in `fixtures/record/exceptions.toml`, each with its place and
//! reason, and an entry that is not needed fails the test as well.
//!
//! Nothing of the generator is used, so that a fault in it cannot hide a fault
//! in the content. `cargo test --test record -- --nocapture` prints the share of
//! each document's words that the content keeps in order.
//!
//! Words are compared exactly, with their punctuation. Only three things are set
//! aside: the kind of a list's mark; among the participants the commas, colons
//! and brackets between a person's particulars; and page furniture that the list
//! of exceptions names.

mod record {
    pub mod compare;
    pub mod content;
    pub mod exceptions;
    pub mod markdown;
    pub mod source;
}

use record::compare::{Comparison, compare};
use record::content::{Item, Meeting};
use record::exceptions::Exceptions;
use record::source::{BULLET, INNER_BULLET, Place, Segment, Word, is_mark, mend};
use std::path::{Path, PathBuf};

/// A document of the record and the meeting that holds it.
struct Document {
    /// Its name in the list of exceptions.
    name: &'static str,
    /// Its text, under `tests/fixtures/record/`.
    fixture: &'static str,
    /// Its meeting, under `content/meetings/`.
    meeting: &'static str,
    /// How many numbered items it has.
    items: usize,
}

const AGENDA: Document = Document { name: "agenda", fixture: "agenda-2025-11-27.txt", meeting: "2025-11-27", items: 8 };

const MINUTES: Document =
    Document { name: "minutes", fixture: "minutes-undated.txt", meeting: "2025-udateret-referat", items: 9 };

#[test]
fn the_agenda_keeps_every_word() {
    let faults = check(&AGENDA).err().unwrap_or_default();
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn the_minutes_keep_every_word() {
    let faults = check(&MINUTES).err().unwrap_or_default();
    assert!(faults.is_empty(), "{faults}");
}

/// A path below the root of the repository.
fn root(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The text of a file of `tests/fixtures/record/`.
fn fixture(name: &str) -> Result<String, String> {
    let path = root("tests/fixtures/record").join(name);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Compares a document with its meeting and prints what is kept; what differs
/// is the error, one line each.
fn check(document: &Document) -> Result<(), String> {
    let text = fixture(document.fixture)?;
    let mut meeting = record::content::read(&root("content/meetings").join(document.meeting))?;
    let list = fixture("exceptions.toml")?;
    let exceptions = Exceptions::read(&list, document.name).map_err(|error| format!("exceptions.toml: {error}"))?;

    let mut segments = record::source::read(&text);
    let counted = |segment: &&Segment| segment.place != Place::Contents;
    let words = segments.iter().filter(counted).flat_map(|segment| &segment.words);
    let total = words.filter(|word| !word.is_mark()).count();

    let excepted = exceptions.take_from_source(&mut segments)?;
    exceptions.take_from_content(&mut meeting.places)?;

    let mut faults = besides(&meeting, &text, &exceptions);
    if meeting.items.len() != document.items {
        let found = meeting.items.len();
        faults.push(format!("{found} items instead of {}", document.items));
    }
    let mut kept = 0;
    for (place, source, content) in pairs(&segments, &meeting) {
        let comparison = compare(&source, &content);
        faults.extend(report(&place, &meeting, &comparison));
        if place != Place::Contents.to_string() {
            kept += comparison.kept;
        }
    }

    let expected = total - excepted.left_out - excepted.moved;
    println!(
        "{}: {total} words; {kept} kept in order, {} kept as a link elsewhere, {} left out by \
         exception ({:.2} % of all words kept in order, {:.2} % of those not excepted)",
        document.name,
        excepted.moved,
        excepted.left_out,
        share(kept, total),
        share(kept, expected),
    );
    if kept != expected {
        faults.push(format!("{kept} of {expected} words are kept in order"));
    }
    if faults.is_empty() {
        return Ok(());
    }
    let faults = faults.join("\n  ");
    Err(format!("{} and content/meetings/{} differ:\n  {faults}", document.fixture, document.meeting))
}

/// `part` as a percentage of `whole`.
fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The words of both sides by place: the source's places in their order, then
/// those that only the content has.
fn pairs(segments: &[Segment], meeting: &Meeting) -> Vec<(String, Vec<Word>, Vec<String>)> {
    let mut rest = meeting.places.clone();
    let mut pairs = Vec::new();
    for segment in segments {
        let place = segment.place.to_string();
        let content = if segment.place == Place::Contents {
            meeting.contents.clone()
        } else {
            let index = rest.iter().position(|(name, _)| *name == place);
            index.map(|index| rest.remove(index).1).unwrap_or_default()
        };
        if segment.place == Place::Participants {
            let bare = |word: &Word| Word { text: bare(&word.text), line: word.line };
            let source = segment.words.iter().map(bare).collect();
            pairs.push((place, source, content.iter().map(|word| self::bare(word)).collect()));
        } else {
            pairs.push((place, segment.words.clone(), content));
        }
    }
    pairs.extend(rest.into_iter().map(|(place, content)| (place, Vec::new(), content)));
    pairs
}

/// `word` without what separates a person's particulars.
fn bare(word: &str) -> String {
    word.trim_matches([',', ':', '(', ')']).to_owned()
}

/// The differences at a place, with the file to look into.
fn report(place: &str, meeting: &Meeting, comparison: &Comparison) -> Vec<String> {
    if comparison.lost + comparison.added == 0 {
        return Vec::new();
    }
    let item = meeting.items.iter().find(|item| place == Place::Item(item.number.clone()).to_string());
    let file = item.map_or("_index.md", |item| &item.file);
    let show = |difference: &String| format!("{place} ({file}), {difference}");
    comparison.differences.iter().map(show).collect()
}

/// Faults in what an item says beside its words: whatever stands in its front
/// matter a second time must stand in its text or in the source.
fn besides(meeting: &Meeting, source: &str, exceptions: &Exceptions) -> Vec<String> {
    let mut faults = Vec::new();
    for item in &meeting.items {
        let says = |what: &str| item.body.contains(what);
        let strange = item.presenters.iter().chain(&item.attachments).filter(|it| !says(it));
        faults.extend(strange.map(|it| format!("{}: »{it}« is not in the text", item.file)));
        let urls = item.attachment_urls.iter().chain(&item.links);
        let invented = urls.filter(|url| !source.split_whitespace().any(|word| word == *url));
        faults.extend(invented.map(|url| format!("{}: the source has no {url}", item.file)));
    }
    let has = |item: &Item, url: &String| item.attachment_urls.contains(url) && item.links.contains(url);
    for exception in &exceptions.exceptions {
        let Some(number) = &exception.moved_to else { continue };
        let mut homes = meeting.items.iter().filter(|item| item.number == *number);
        if !homes.any(|item| exception.words.iter().all(|url| has(item, url))) {
            let words = exception.words.join(" ");
            faults.push(format!("item {number} has no attachment and link to {words}"));
        }
    }
    faults
}

#[test]
fn a_missing_an_added_and_a_changed_word_are_found() {
    let words = |text: &str| -> Vec<Word> {
        let words = text.split(' ').enumerate();
        words.map(|(index, word)| Word { text: word.to_owned(), line: index + 1 }).collect()
    };
    let content = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let source = words("Ken Rindsig haransvar for It-Arkitektur");

    let same = compare(&source, &content("Ken Rindsig haransvar for It-Arkitektur"));
    assert_eq!((same.kept, same.lost, same.added), (5, 0, 0));

    let missing = compare(&source, &content("Ken Rindsig for It-Arkitektur"));
    assert_eq!((missing.kept, missing.lost, missing.added), (4, 1, 0));
    assert_eq!(
        missing.differences,
        ["line 3, after »Ken Rindsig«: the source has »haransvar«, the content has nothing"]
    );

    let changed = compare(&source, &content("Ken Rindsig har ansvar for It-Arkitektur"));
    assert_eq!((changed.kept, changed.lost, changed.added), (4, 1, 2));

    let swapped = compare(&source, &content("Rindsig Ken haransvar for It-Arkitektur"));
    assert_eq!((swapped.kept, swapped.lost, swapped.added), (4, 1, 1));
}

#[test]
fn words_broken_at_a_line_end_are_mended() {
    for (left, right, whole) in [
        ("erfarin-", "ger,", "erfaringer,"),
        ("It-Arkitek-", "turrådet", "It-Arkitekturrådet"),
        ("HADES-", "workshops1", "HADES-workshops1"),
        ("2026-", "2030.", "2026-2030."),
        ("it-", "drift", "it-drift"),
        ("Nord-", "Jylland", "Nord-Jylland"),
    ] {
        assert_eq!(mend(left, right), whole);
    }
}

#[test]
fn a_source_is_cut_at_its_headings_and_its_list_marks_are_made_alike() {
    let text = " vision \n 1. Del \n\n1.1. Et \npunkt \nA: \n- en -\n to \n− tre \no fire \n\
                1. Et underafsnit \nog mere\n2. Andet \n\t1. Del\n\t2. Andet\n";
    let segments = record::source::read(text);
    let shown: Vec<String> = segments
        .iter()
        .map(|it| {
            let words: Vec<&str> = it.words.iter().map(|word| word.text.as_str()).collect();
            format!("{}: {}", it.place, words.join(" "))
        })
        .collect();
    let item = format!(
        "item 1.1: 1.1. Et punkt A: {BULLET} en {BULLET} to {BULLET} tre {INNER_BULLET} fire \
         1. Et underafsnit og mere"
    );
    assert_eq!(shown, ["front: vision", "part 1: 1. Del", &item, "part 2: 2. Andet", "contents: 1. Del 2. Andet"]);
    assert!(is_mark(BULLET) && !is_mark("o"));
}

#[test]
fn an_exception_that_is_not_needed_is_refused() -> Result<(), String> {
    let list = "[[exception]]\ndocument = \"agenda\"\nline = 1\nwords = \"findes ikke\"\nreason = \"ingen\"\n";
    let exceptions = Exceptions::read(list, "agenda")?;
    let refused = exceptions.take_from_source(&mut record::source::read("findes\n")).err();
    assert_eq!(refused.as_deref(), Some("unused exception: line 1 has no »findes ikke«"));
    Ok(())
}
