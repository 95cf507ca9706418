//! Headings by style, outline level and name, and tables of contents.

use super::help::{document, lvl, p, r, shape, style, styled};

fn of(id: &str) -> String {
    styled(&format!("<w:pStyle w:val=\"{id}\"/>"), id)
}

#[test]
fn levels_come_from_names_outlines_and_bases() {
    let styles = [
        style("Overskrift1", "heading 1", "<w:rPr><w:b/></w:rPr>"),
        style("X2", "OVERSKRIFT  2,H2", ""),
        style("Titel", "Title", ""),
        style("Punkt", "Dagsordenspunkt", "<w:basedOn w:val=\"Overskrift1\"/>"),
        style("Niveau", "Niveau", "<w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr>"),
        style("Ikke", "Ikke", "<w:basedOn w:val=\"Overskrift1\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>"),
        style("Ring1", "Ring", "<w:basedOn w:val=\"Ring2\"/>"),
        style("Ring2", "Ring", "<w:basedOn w:val=\"Ring1\"/>"),
    ];
    let all = ["Overskrift1", "X2", "Titel", "Punkt", "Niveau", "Ikke", "Ring1", "Overskrift4", "heading5", "Fremmed"];
    let body: String = all.iter().map(|id| of(id)).collect();
    let body =
        body + &styled("<w:outlineLvl w:val=\"1\"/>", "direkte") + &styled("<w:outlineLvl w:val=\"9\"/>", "tekst");
    let wanted = [
        "H1 Overskrift1",
        "H2 X2",
        "H1 Titel",
        "H1 Punkt",
        "H4 Niveau",
        "P **Ikke**",
        "P Ring1",
        "H4 Overskrift4",
        "H5 heading5",
        "P Fremmed",
        "H2 direkte",
        "P tekst",
    ];
    assert_eq!(document(&body).styles(&styles.concat()).shown(), wanted);
}

#[test]
fn the_default_style_is_that_of_paragraphs_without_one() {
    let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
        <w:rPr><w:b/></w:rPr></w:style>";
    assert_eq!(document(&p("a")).styles(styles).shown(), ["P **a**"]);
}

#[test]
fn numbers_of_headings_are_labels() {
    let (shape, lists) =
        shape(0, &(lvl(0, "decimal", "%1.") + &lvl(1, "decimal", "%1.%2") + &lvl(2, "bullet", "-")), &[7]);
    let numbering = shape.replacen("<w:start", "<w:pStyle w:val=\"Overskrift1\"/><w:start", 1) + &lists;
    let numbering = numbering.replace("\"1\"><w:start", "\"1\"><w:pStyle w:val=\"Overskrift2\"/><w:start");
    let list = "<w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr>";
    let styles = style("Overskrift1", "heading 1", list)
        + &style("Overskrift2", "heading 2", list)
        + &style("Punkt", "Punkt", "<w:basedOn w:val=\"Overskrift2\"/>");
    let none = styled("<w:pStyle w:val=\"Overskrift1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "uden");
    let sign = styled("<w:pStyle w:val=\"Overskrift1\"/><w:numPr><w:ilvl w:val=\"2\"/></w:numPr>", "tegn");
    let body = of("Overskrift1") + &of("Overskrift2") + &none + &of("Overskrift1") + &of("Punkt") + &sign;
    let wanted =
        ["H1 [1.] Overskrift1", "H2 [1.1] Overskrift2", "H1 uden", "H1 [2.] Overskrift1", "H2 [2.1] Punkt", "H1 tegn"];
    assert_eq!(document(&body).styles(&styles).numbering(&numbering).shown(), wanted);
}

#[test]
fn contents_are_known_by_style_control_and_field() {
    let line = |text: &str| format!("<w:r><w:t>{text}</w:t><w:tab/><w:t>12</w:t></w:r>");
    let edge = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let toc = format!("{}<w:r><w:instrText>TOC \\o \"1-3\"</w:instrText></w:r>{}", edge("begin"), edge("separate"));
    let page = format!(
        "{}<w:r><w:instrText>PAGEREF _1</w:instrText></w:r>{}{}{}",
        edge("begin"),
        edge("separate"),
        r("7"),
        edge("end")
    );
    let body = format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Indholdsfortegnelse1\"/></w:pPr>{}</w:p>\
         <w:p><w:pPr><w:pStyle w:val=\"TOC2\"/></w:pPr>{}</w:p>\
         <w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>\
         {}</w:sdtContent></w:sdt><w:p>{toc}{}</w:p><w:p><w:r><w:t>1.</w:t><w:tab/><w:t>To</w:t><w:tab/></w:r>{page}</w:p>\
         <w:p>{}{}</w:p>{}",
        styled("<w:pStyle w:val=\"Overskrift\"/>", "Indhold"),
        line("A"),
        line("B …"),
        p("C"),
        line("D"),
        edge("end"),
        r("Efter"),
        p("Slut")
    );
    let styles = style("Overskrift", "TOC Heading", "<w:basedOn w:val=\"Overskrift1\"/>") + &style("TOC2", "toc 2", "");
    let wanted = ["C Indhold", "C A", "C B", "C C", "C D", "C 1. To", "P Efter", "P Slut"];
    assert_eq!(document(&body).styles(&styles).shown(), wanted);
}
