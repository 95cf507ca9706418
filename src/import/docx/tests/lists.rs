//! Lists: their numbers, their levels, and those that were typed.

use super::help::{document, li, lvl, p, shape, style, styled};

/// A document with lists of these levels: the lists 1 and 2 count together, 3 by itself.
fn with(body: &str, levels: &str) -> Vec<String> {
    let (one, lists) = shape(0, levels, &[1, 2]);
    let (two, third) = shape(1, &lvl(0, "bullet", "\u{f0b7}"), &[3]);
    document(body).numbering(&(one + &two + &lists + &third)).shown()
}

#[test]
fn numbers_are_printed_as_word_does() {
    let levels = lvl(0, "decimal", "%1.") + &lvl(1, "lowerLetter", "%2)") + &lvl(2, "upperRoman", "%1.%2.%3");
    let body = li(1, 0, "a") + &li(1, 1, "b") + &li(1, 1, "c") + &li(1, 2, "d") + &li(2, 0, "e") + &li(2, 1, "f");
    assert_eq!(with(&body, &levels), ["E0 1. a", "E1 a) b", "E1 b) c", "E2 1.b.I d", "E0 2. e", "E1 a) f"]);
}

#[test]
fn formats_are_written() {
    let many = |format: &str, count: usize| {
        let body: String = (0..count).map(|_| li(1, 0, "x")).collect();
        with(&body, &lvl(0, format, "%1")).pop().unwrap()
    };
    assert_eq!(many("decimalZero", 9), "E0 09 x");
    assert_eq!(many("upperLetter", 28), "E0 BB x");
    assert_eq!(many("lowerRoman", 49), "E0 xlix x");
    assert_eq!(many("ordinal", 2), "E0 2. x");
    assert_eq!(many("chicago", 2), "E0 2 x");
    assert_eq!(many("none", 2), "P x");
    assert_eq!(many("bullet", 1), "E0 • x");
    assert_eq!(with(&li(1, 0, "x"), &lvl(0, "decimal", "–")), ["E0 • x"]);
    assert_eq!(with(&li(1, 0, "x"), &lvl(0, "none", "Bilag:")), ["E0 Bilag: x"]);
}

#[test]
fn legal_numbers_are_digits_and_levels_restart_as_told() {
    let levels = lvl(0, "upperRoman", "%1")
        + &lvl(1, "decimal", "%1.%2").replace("<w:lvlText", "<w:isLgl/><w:lvlRestart w:val=\"0\"/><w:lvlText");
    let body = li(1, 0, "a") + &li(1, 1, "b") + &li(1, 0, "c") + &li(1, 1, "d");
    assert_eq!(with(&body, &levels), ["E0 I a", "E1 1.1 b", "E0 II c", "E1 2.2 d"]);
}

#[test]
fn a_list_begins_anew_where_it_says_so() {
    let (shape, lists) = shape(0, &lvl(0, "decimal", "%1."), &[1]);
    let anew = "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/>\
        </w:lvlOverride></w:num><w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"(%1)\"/></w:lvl></w:lvlOverride></w:num>";
    let body = li(1, 0, "a") + &li(2, 0, "b") + &li(2, 0, "c") + &li(1, 0, "d") + &li(4, 0, "e");
    let file = document(&body).numbering(&(shape + &lists + anew));
    assert_eq!(file.shown(), ["E0 1. a", "E0 5. b", "E0 6. c", "E0 7. d", "E0 (8) e"]);
}

#[test]
fn lists_come_by_styles() {
    let (shape, _) = shape(0, &lvl(0, "decimal", "%1)"), &[]);
    let numbering = shape
        + "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"Liste\"/></w:abstractNum>\
           <w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink w:val=\"Ring\"/></w:abstractNum>\
           <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
           <w:num w:numId=\"3\"><w:abstractNumId w:val=\"2\"/></w:num>";
    let of = |list: &str| format!("<w:pPr><w:numPr><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>");
    let styles =
        style("Liste", "Liste", &of("1")) + &style("Ring", "Ring", &of("4")) + &style("Punkt", "Punkt", &of("2"));
    let numbering = numbering + "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"2\"/></w:num>";
    let body = styled("<w:pStyle w:val=\"Punkt\"/>", "a")
        + &li(2, 0, "b")
        + &li(3, 0, "c")
        + &li(99, 0, "d")
        + &li(1, 999, "e");
    assert_eq!(
        document(&body).styles(&styles).numbering(&numbering).shown(),
        ["E0 1) a", "E0 2) b", "P c", "P d", "P e"]
    );
}

#[test]
fn levels_are_what_a_reader_sees() {
    let levels = lvl(0, "decimal", "%1.") + &lvl(1, "bullet", "o") + &lvl(2, "bullet", "▪");
    // A list that begins at its second level; one that leaves out a level; a paragraph ends the list.
    let body = li(1, 1, "a") + &li(1, 0, "b") + &li(1, 2, "c") + &li(1, 1, "d") + &p("tekst") + &li(1, 1, "e");
    assert_eq!(with(&body, &levels), ["E0 • a", "E0 1. b", "E1 • c", "E1 • d", "P tekst", "E0 • e"]);
    // Lists of their own, one indented further than the other.
    let deep =
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr><w:ind w:left=\"1440\" w:hanging=\"360\"/>";
    let body = li(1, 0, "a") + &styled(deep, "b") + &li(3, 0, "c") + &styled(deep, "d");
    assert_eq!(with(&body, &levels), ["E0 1. a", "E1 • b", "E0 • c", "E1 • d"]);
}

#[test]
fn typed_entries_are_found() {
    let tab = |sign: &str, text: &str| format!("<w:p><w:r><w:t>{sign}</w:t><w:tab/><w:t>{text}</w:t></w:r></w:p>");
    let indented = |text: &str| styled("<w:ind w:left=\"1.5cm\"/>", text);
    let body =
        p("- a") + &indented("– b") + &p("• c") + &tab("o", "d") + &indented("o e") + &tab("1)", "f") + &tab("b.", "g");
    let wanted = ["E0 • a", "E1 • b", "E0 • c", "E0 • d", "E1 • e", "E0 1) f", "E0 b. g"];
    assert_eq!(document(&body).shown(), wanted);
    let kept = [p("o a"), p("-b"), p("§ 5 i loven"), p("1. c"), p("-"), p("2025-2026")].concat();
    assert_eq!(document(&kept).shown(), ["P o a", "P -b", "P § 5 i loven", "P 1. c", "P -", "P 2025-2026"]);
    let bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>1.</w:t><w:tab/><w:t>Punkt</w:t></w:r></w:p>";
    assert_eq!(document(bold).shown(), ["P **1. Punkt**"]);
    let apart =
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">- </w:t></w:r><w:r><w:t>x</w:t></w:r></w:p>";
    assert_eq!(document(apart).shown(), ["E0 • x"]);
}

#[test]
fn a_continued_entry_is_one() {
    let styles = style("Opstilling-forts", "List Continue", "") + &style("Andet", "Andet", "");
    let body = p("- a")
        + &styled("<w:pStyle w:val=\"Opstilling-forts\"/>", "mere")
        + &styled("<w:pStyle w:val=\"Andet\"/>", "andet")
        + &styled("<w:pStyle w:val=\"Opstilling-forts\"/>", "alene");
    assert_eq!(document(&body).styles(&styles).shown(), ["E0 • a⏎mere", "P andet", "P alene"]);
}
