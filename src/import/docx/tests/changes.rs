//! Tracked changes and comments.

use super::help::{document, li, lvl, p, r, shape};

#[test]
fn changes_are_accepted_and_told_of() {
    let body = format!(
        "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>slettet </w:delText></w:r></w:del><w:moveFrom>{}</w:moveFrom>\
         <w:moveTo>{}</w:moveTo><w:ins><w:del><w:r><w:delText>begge</w:delText></w:r></w:del></w:ins></w:p>{}",
        r("a "),
        r("indsat "),
        r("flyttet "),
        r("hertil"),
        p("b")
    );
    let file = document(&body);
    assert_eq!(file.shown(), ["P a indsat hertil", "P b"]);
    let wanted = ["InsertedText paragraph 1: indsat hertil", "DeletedText paragraph 1: slettet flyttet begge"];
    assert_eq!(file.remarks(), wanted);
}

#[test]
fn a_paragraph_without_its_end_goes_on_in_the_next() {
    let gone = "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>";
    let deleted = "<w:del><w:r><w:delText>væk</w:delText></w:r></w:del>";
    let body = format!(
        "<w:p>{gone}{}</w:p><w:p>{gone}{deleted}</w:p><w:p>{}</w:p><w:p>{gone}{deleted}</w:p>{}<w:p>{gone}{}</w:p>",
        r("En "),
        r("to"),
        p("tre"),
        r("slut")
    );
    let file = document(&body);
    assert_eq!(file.shown(), ["P En to", "P tre", "P slut"]);
    let places: Vec<_> = file.read().blocks.iter().map(|block| block.place.to_string()).collect();
    assert_eq!(places, ["paragraph 1", "paragraph 5", "paragraph 6"]);
}

#[test]
fn a_deleted_entry_is_not_counted() {
    let (shape, lists) = shape(0, &lvl(0, "decimal", "%1."), &[1]);
    let gone = li(1, 0, "b").replace("</w:numPr>", "</w:numPr><w:rPr><w:del w:id=\"1\"/></w:rPr>");
    let gone = gone.replace("<w:r>", "<w:del><w:r>").replace("</w:r></w:p>", "</w:r></w:del></w:p>");
    let file = document(&(li(1, 0, "a") + &gone + &li(1, 0, "c"))).numbering(&(shape + &lists));
    assert_eq!(file.shown(), ["E0 1. a", "E0 2. c"]);
}

#[test]
fn comments_are_told_of_once() {
    let comments = format!(
        "<w:comment w:id=\"5\">{}{}</w:comment><w:comment w:id=\"6\">{}</w:comment>",
        p("Er det"),
        p("rigtigt?"),
        p("x")
    );
    let reference = "<w:commentRangeEnd w:id=\"5\"/><w:r><w:commentReference w:id=\"5\"/></w:r>";
    let body = format!("{}<w:p>{}{reference}</w:p><w:p>{reference}</w:p>", p("a"), r("b"));
    let file = document(&body).part("comments", "comments", &comments);
    assert_eq!(file.shown(), ["P a", "P b"]);
    assert_eq!(file.remarks(), ["Comment paragraph 2: Er det rigtigt?"]);
}
