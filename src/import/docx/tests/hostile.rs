//! Files that mean harm, and files that came to it: each is refused or read, in short time, without panic.

use super::super::package::Package;
use super::super::read;
use super::help::{SPACES, document, li, lvl, p, shape, style};
use crate::import::unreadable::Unreadable;
use std::time::{Duration, Instant};

/// A document with something of everything.
fn rich() -> Vec<u8> {
    let (shape, lists) = shape(0, &(lvl(0, "decimal", "%1.") + &lvl(1, "bullet", "-")), &[1]);
    let body = [
        p("Tekst &amp; mere"),
        li(1, 0, "a"),
        li(1, 1, "b"),
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>".to_owned(),
        "<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>HYPERLINK \"x\"</w:instrText></w:r></w:p>"
            .to_owned(),
    ];
    document(&body.concat())
        .numbering(&(shape + &lists))
        .styles(&style("Overskrift1", "heading 1", "<w:rPr><w:b/></w:rPr>"))
        .part("footnotes", "footnotes", &format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("note")))
        .bytes()
}

/// Numbers without a pattern that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

#[test]
fn what_is_unpacked_is_counted() {
    let file =
        |part: &str| document("").with("word/a.xml", part).with("word/b.xml", part).with("word/c.xml", part).bytes();
    let bytes = file(&"0".repeat(600 << 10));
    let mut package = Package::within(&bytes, 512 << 10, 1 << 20).unwrap();
    assert!(matches!(package.text("word/a.xml"), Err(Unreadable::TooLarge(_))));
    // Each part is small enough, all together are not.
    let bytes = file(&"0".repeat(500 << 10));
    let mut package = Package::within(&bytes, 512 << 10, 1 << 20).unwrap();
    assert!(package.text("word/a.xml").is_ok() && package.text("word/b.xml").is_ok());
    assert!(matches!(package.text("word/c.xml"), Err(Unreadable::TooLarge(_))));
}

#[test]
#[cfg_attr(debug_assertions, ignore = "packing the bomb takes long without optimisation")]
fn a_bomb_does_not_go_off() {
    let part = format!("<w:document {SPACES}><w:body>{}</w:body></w:document>", "0".repeat(200 << 20));
    let bytes = document("").with("word/document.xml", &part).bytes();
    assert!(bytes.len() < 1 << 20);
    let started = Instant::now();
    assert!(matches!(read(&bytes), Err(Unreadable::TooLarge(_))));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn entities_do_not_laugh() {
    let laugh = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
    let part =
        format!("{laugh}<w:document {SPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>");
    let read = document("").with("word/document.xml", &part).try_read();
    assert!(matches!(read, Err(Unreadable::Broken(_))));
}

#[test]
fn depth_ends() {
    let deep = |name: &str, count: usize| document(&format!("<w:{name}>").repeat(count)).try_read();
    assert!(matches!(deep("tbl", 100_000), Err(Unreadable::Broken(_))));
    let within =
        |open: &str, close: &str, count: usize| document(&(open.repeat(count) + &p("x") + &close.repeat(count)));
    let tables = within("<w:tbl><w:tr><w:tc>", "</w:tc><w:tc/></w:tr></w:tbl>", 80).read();
    assert_eq!(tables.blocks.len(), 1);
    let boxes = within("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", 60).read();
    assert_eq!((boxes.blocks.len(), boxes.remarks.len()), (1, 60));
    let open = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:pict><w:txbxContent>";
    let close = "</w:txbxContent></w:pict></mc:Choice></mc:AlternateContent></w:r></w:p>";
    assert_eq!(within(open, close, 40).read().blocks.len(), 1);
}

#[test]
fn numbers_beyond_sense_are_borne() {
    let cell = |span: &str| format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr>{}</w:tc>", p("x"));
    let row = format!(
        "<w:tr><w:trPr><w:gridBefore w:val=\"99999999999\"/></w:trPr>{}{}</w:tr>",
        cell("4294967295"),
        cell("-3")
    );
    let huge = "9".repeat(40);
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"{huge}\"/><w:lvlText w:val=\"%1%0%\"/></w:lvl>\
         <w:lvl w:ilvl=\"8\"><w:start w:val=\"999999999999\"/><w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%9\"/></w:lvl>\
         <w:lvl w:ilvl=\"99\"/></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/>\
         <w:lvlOverride w:ilvl=\"77\"/></w:num>"
    );
    let body = format!("<w:tbl>{row}</w:tbl>") + &li(1, 0, "a") + &li(1, 999_999_999, "b") + &li(i64::MIN, -1, "c");
    let indented =
        format!("<w:p><w:pPr><w:ind w:left=\"{huge}\" w:hanging=\"NaN\"/></w:pPr><w:r><w:t>- d</w:t></w:r></w:p>");
    let shown = document(&(body + &indented)).numbering(&numbering).shown();
    assert_eq!(shown[1..], ["E0 0%0% a", "E1 1000000000 b", "P c", "E0 • d"]);
    let many = format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", cell("63")).repeat(10_000));
    assert!(matches!(document(&many).try_read(), Err(Unreadable::TooLarge(_))));
}

#[test]
fn repetition_does_not_multiply() {
    let started = Instant::now();
    // A long address for many words, a long comment for many references, many fields that never end.
    let link = format!("HYPERLINK \"{}\"", "x".repeat(2000));
    let field = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>{link}</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>"
    );
    let words = "<w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>".repeat(20_000);
    let read = document(&format!("<w:p>{field}{words}</w:p>")).try_read();
    assert!(matches!(read, Err(Unreadable::TooLarge(_))));
    let comment = format!("<w:comment w:id=\"1\">{}</w:comment>", p(&"x".repeat(1 << 18)));
    let references = "<w:r><w:commentReference w:id=\"1\"/></w:r>".repeat(2_000);
    let file = document(&format!("<w:p>{references}</w:p>")).part("comments", "comments", &comment);
    assert_eq!(file.remarks().len(), 1);
    let begins = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>a</w:t></w:r>".repeat(20_000);
    assert_eq!(document(&format!("<w:p>{begins}</w:p>")).remarks().len(), 1);
    let breaks = "<w:r><w:br/><w:br w:type=\"page\"/></w:r>".repeat(20_000);
    assert_eq!(document(&format!("<w:p>{breaks}</w:p>")).shown(), ["PAGE"]);
    let notes: String = (0..5_000).map(|id| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", p("n"))).collect();
    let cites: String = (0..5_000).map(|id| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>")).collect();
    let file = document(&format!("<w:p>{cites}</w:p>")).part("footnotes", "footnotes", &notes);
    assert_eq!(file.shown().len(), 5_001);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

#[test]
fn a_file_that_was_cut_is_broken() {
    let bytes = rich();
    assert!(read(&bytes).is_ok());
    for end in (0..bytes.len()).step_by(100) {
        assert!(read(&bytes[..end]).is_err(), "{end} of {}", bytes.len());
    }
}

#[test]
fn damaged_files_never_panic() {
    let rounds = if cfg!(debug_assertions) { 1_000 } else { 20_000 };
    let (bytes, mut dice, started) = (rich(), Dice(0x5EED), Instant::now());
    for _ in 0..rounds {
        let mut damaged = bytes.clone();
        for _ in 0..=dice.roll(8) {
            let at = dice.roll(damaged.len());
            damaged[at] ^= 1 << dice.roll(8);
        }
        let _ = read(&damaged);
    }
    eprintln!("{rounds} rounds in {:?}", started.elapsed());
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
}

#[test]
fn damaged_text_never_panics() {
    // Damage within the parts, which a package's checksums would otherwise hide from the reader.
    let (shape, lists) = shape(0, &(lvl(0, "decimal", "%1.") + &lvl(1, "bullet", "-")), &[1]);
    let body = p("- Tekst &amp; mere")
        + &li(1, 0, "a")
        + "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc/></w:tr></w:tbl>"
        + &li(1, 1, "b");
    let file = document(&body).numbering(&(shape + &lists)).styles(&style("Overskrift1", "heading 1", ""));
    let rounds = if cfg!(debug_assertions) { 200 } else { 10_000 };
    let mut dice = Dice(0xC0FFEE);
    for _ in 0..rounds {
        let mut damaged = file.clone();
        for part in damaged.parts.values_mut() {
            let (from, to) = (dice.roll(part.len()), dice.roll(part.len()));
            match dice.roll(4) {
                0 => part[from] = part[to],
                1 => part.swap(from, to),
                2 => part[from] ^= 1 << dice.roll(7),
                _ => {}
            }
        }
        let _ = damaged.try_read();
    }
}
