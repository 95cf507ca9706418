//! Footnotes and endnotes, headers and footers.

use super::help::{SPACES, document, li, lvl, p, r, relation, shape};

fn cite(kind: &str, id: &str) -> String {
    format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>")
}

#[test]
fn notes_follow_the_block_that_cites_them() {
    let own =
        "<w:p><w:r><w:footnoteRef/></w:r><w:hyperlink r:id=\"l\"><w:r><w:t> Se her</w:t></w:r></w:hyperlink></w:p>";
    let footnotes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote><w:footnote w:id=\"2\">{}{}</w:footnote>\
         <w:footnote w:id=\"3\">{own}</w:footnote><w:footnote w:id=\"4\">{}</w:footnote>",
        p("streg"),
        p("Første."),
        p("- Mere."),
        p("Glemt.")
    );
    let endnotes = format!("<w:endnote w:id=\"2\">{}</w:endnote>", p("Sidst."));
    let body = format!(
        "<w:p>{}{}{}</w:p><w:tbl><w:tr><w:tc><w:p>{}{}</w:p></w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:p>{}{}{}</w:p>",
        r("Sag"),
        cite("footnote", "3"),
        r(" er slut."),
        r("celle"),
        cite("footnote", "2"),
        p("b"),
        r("igen"),
        cite("endnote", "2"),
        cite("footnote", "9"),
    );
    let file = document(&body)
        .part("footnotes", "footnotes", &footnotes)
        .part("endnotes", "endnotes", &endnotes)
        .with("word/_rels/footnotes.xml.rels", &format!("<R>{}</R>", relation("l", "hyperlink", "https://n.dk", true)));
    let file = file.with(
        "word/_rels/footnotes.xml.rels",
        &format!("<Relationships>{}</Relationships>", relation("l", "hyperlink", "https://n.dk", true)),
    );
    let wanted = [
        "P Sag^1 er slut.",
        "N1 Se her<https://n.dk>",
        "T P celle^2 | P b",
        "N2 Første.⏎Mere.",
        "P igen^e1",
        "Ne1 Sidst.",
    ];
    assert_eq!(file.shown(), wanted);
    assert_eq!(file.remarks(), ["LooseNote paragraph 4: igen", "LooseNote paragraph 4: Glemt."]);
    let places: Vec<_> = file.read().blocks.iter().map(|block| block.place.to_string()).collect();
    assert_eq!(places, ["paragraph 1", "paragraph 1", "paragraph 2", "paragraph 2", "paragraph 4", "paragraph 4"]);
}

#[test]
fn a_mark_of_its_own_becomes_a_number() {
    let footnotes = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("* Lokal note"));
    let body = format!(
        "<w:p>{}<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"1\"/><w:t>*</w:t></w:r></w:p>",
        r("Ord")
    );
    let file = document(&body).part("footnotes", "footnotes", &footnotes);
    assert_eq!(file.shown(), ["P Ord^1", "N1 Lokal note"]);
}

#[test]
fn notes_do_not_part_a_list() {
    let (shape, lists) = shape(0, &(lvl(0, "decimal", "%1.") + &lvl(1, "decimal", "%2)")), &[1]);
    let cited = li(1, 0, "a").replace("</w:p>", &(cite("footnote", "1") + "</w:p>"));
    let footnotes = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("n"));
    let file =
        document(&(cited + &li(1, 1, "b"))).numbering(&(shape + &lists)).part("footnotes", "footnotes", &footnotes);
    assert_eq!(file.shown(), ["E0 1. a^1", "N1 n", "E1 1) b"]);
}

#[test]
fn a_note_of_deleted_text_is_deleted() {
    let footnotes = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("note"));
    let body = format!("<w:p>{}<w:del>{}</w:del></w:p>", r("a"), cite("footnote", "1"));
    let file = document(&body).part("footnotes", "footnotes", &footnotes);
    assert_eq!(
        (file.shown(), file.remarks()),
        (vec!["P a".to_owned()], vec!["DeletedText paragraph 1: note".to_owned()])
    );
}

#[test]
fn headers_and_footers_are_told_of_once() {
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/><w:headerReference w:type=\"first\" r:id=\"h2\"/>\
        <w:footerReference r:id=\"f\"/></w:sectPr>";
    let body = format!("<w:p><w:pPr>{section}</w:pPr>{}</w:p>{}{section}", r("a"), p("b"));
    let part = |root: &str, text: &str| format!("<w:{root} {SPACES}>{}</w:{root}>", p(text));
    let file = document(&body)
        .related("h1", "header", "header1.xml", false)
        .related("h2", "header", "/word/header2.xml", false)
        .related("f", "footer", "footer.xml", false)
        .with("word/header1.xml", &part("hdr", "Møde den 3. maj"))
        .with("word/header2.xml", &part("hdr", "Møde den 3. maj"))
        .with("word/footer.xml", &part("ftr", " "));
    assert_eq!(file.shown(), ["P a", "P b"]);
    assert_eq!(file.remarks(), ["PageFurniture paragraph 1: Møde den 3. maj"]);
}
