//! Runs: their type, their signs, hidden text, pictures and boxes.

use super::help::{document, p, r, style, styled};

fn run(properties: &str, inner: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>")
}

#[test]
fn letters_are_taken_as_printed() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">Fisk </w:t><w:t>&amp; &#230;g&#xAD;gekage</w:t><w:tab/><w:t>A</w:t>\
        <w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:t>2\u{a0}kr.</w:t><w:br/><w:t>ny</w:t><w:cr/><w:t>til</w:t>\
        <w:br w:type=\"column\"/><w:t>!\u{2011}?</w:t></w:r></w:p><w:p><w:r><w:t> </w:t></w:r></w:p><w:p/>";
    assert_eq!(document(body).shown(), ["P Fisk & æggekage A-12 kr.⏎ny⏎til!-?"]);
}

#[test]
fn signs_of_fonts_are_letters() {
    let sym = |font: &str, code: &str| format!("<w:sym w:font=\"{font}\" w:char=\"{code}\"/>");
    let body = format!(
        "<w:p><w:r>{}{}{}{}{}</w:r>{}{}</w:p>",
        sym("Wingdings", "F0FC"),
        sym("Symbol", "F062"),
        sym("Wingdings", "00E0"),
        sym("Calibri", "2022"),
        sym("Webdings", "F061"),
        run("<w:rFonts w:ascii=\"Symbol\"/>", "<w:t>a\u{f0b7}</w:t>"),
        run("", "<w:t>\u{f0a7}</w:t>")
    );
    let file = document(&body);
    assert_eq!(file.shown(), ["P ✓β→•α•▪"]);
    assert_eq!(file.remarks(), ["UnreadableText paragraph 1: Webdings F061"]);
}

#[test]
fn type_comes_from_run_and_styles() {
    let styles = [
        "<w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>".to_owned(),
        style("Fed", "Fed", "<w:rPr><w:b/><w:i w:val=\"0\"/></w:rPr>"),
        style("Barn", "Barn", "<w:basedOn w:val=\"Fed\"/>"),
        "<w:style w:type=\"character\" w:styleId=\"Strong\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>"
            .to_owned(),
    ];
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"Barn\"/></w:pPr>{}{}{}</w:p>",
        run("<w:i w:val=\"off\"/>", "<w:t>a</w:t>"),
        run("<w:b/><w:i w:val=\"false\"/>", "<w:t>b</w:t>"),
        r("c"),
        run("<w:rStyle w:val=\"Strong\"/><w:i w:val=\"0\"/><w:caps/>", "<w:t>d</w:t>"),
        run("<w:i w:val=\"0\"/>", "<w:t>e</w:t>"),
        run("<w:b w:val=\"0\"/><w:i w:val=\"0\"/>", "<w:t>f</w:t>"),
        run("<w:rStyle w:val=\"Strong\"/><w:i w:val=\"0\"/>", "<w:t>g</w:t>"),
    );
    assert_eq!(document(&body).styles(&styles.concat()).shown(), ["P a**b***c***d**", "P **e**fg"]);
}

#[test]
fn hidden_text_is_left_out() {
    let hidden = run("<w:vanish/>", "<w:t>hemmeligt</w:t>");
    let body = format!("<w:p>{}{hidden}</w:p><w:p>{hidden}</w:p>", r("Åbent "));
    let file = document(&body);
    assert_eq!(file.shown(), ["P Åbent"]);
    assert_eq!(file.remarks(), ["HiddenText paragraph 1: hemmeligt", "HiddenText paragraph 2: hemmeligt"]);
}

#[test]
fn pages_break_before_and_after() {
    let page = "<w:r><w:br w:type=\"page\"/></w:r>";
    let body = format!(
        "<w:p>{page}{}</w:p><w:p>{}{page}</w:p><w:p>{page}</w:p>{}<w:p><w:r><w:lastRenderedPageBreak/><w:t>d</w:t></w:r></w:p>",
        r("a"),
        r("b"),
        styled("<w:pageBreakBefore/>", "c"),
    );
    assert_eq!(document(&body).shown(), ["PAGE", "P a", "P b", "PAGE", "PAGE", "PAGE", "P c", "P d"]);
}

#[test]
fn wrappers_are_looked_through() {
    let body = format!(
        "<w:customXml w:element=\"x\">{}</w:customXml><w:p><w:smartTag>{}</w:smartTag><w:bdo>{}</w:bdo>\
         <w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>",
        p("først"),
        r("et "),
        r("to "),
        r("tre ")
    );
    assert_eq!(document(&body).shown(), ["P først", "P et to tre x=1"]);
}

#[test]
fn places_to_fill_in_are_left_out() {
    let asks = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>";
    let body = format!(
        "<w:p>{}<w:sdt>{asks}<w:sdtContent>{}</w:sdtContent></w:sdt></w:p>\
         <w:sdt>{asks}<w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        r("Sted: "),
        r("Klik her"),
        p("Skriv tekst"),
        p("slut")
    );
    let file = document(&body);
    assert_eq!(file.shown(), ["P Sted:", "P slut"]);
    assert_eq!(file.remarks(), ["Template paragraph 1: Klik her", "Template paragraph 2: Skriv tekst"]);
}

#[test]
fn a_box_is_read_once_after_its_anchor() {
    let both = |text: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wps:txbx><w:txbxContent>{}\
             </w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{}\
             </w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            if text.is_empty() { "<w:p/>".to_owned() } else { p(text) },
            p("ældre"),
        )
    };
    let body = format!("<w:p>{}{}{}</w:p><w:p>{}</w:p>{}", r("før "), both("boks"), r("efter"), both(""), p("slut"));
    let file = document(&body);
    assert_eq!(file.shown(), ["P før efter", "P boks", "P ældre", "P slut"]);
    assert_eq!(file.remarks(), ["TextBox paragraph 2: boks", "TextBox paragraph 4: ældre"]);
}

#[test]
fn pictures_are_told_of() {
    let body = "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"Billede 1\" descr=\"Et  kort\"/><a:graphic>\
        <pic:pic/></a:graphic></wp:inline></w:drawing></w:r></w:p><w:p><w:r><w:pict><v:shape><v:imagedata o:title=\"x\"/>\
        </v:shape></w:pict></w:r><w:r><w:object><o:OLEObject/></w:object></w:r></w:p><w:altChunk r:id=\"x\"/>\
        <w:p><w:r><w:drawing><wp:inline><wp:docPr name=\"Streg\"/></wp:inline></w:drawing></w:r></w:p>";
    let file = document(body);
    assert_eq!(file.shown(), Vec::<String>::new());
    let wanted =
        ["Picture paragraph 1: Et kort", "Picture paragraph 2: ", "Picture paragraph 2: ", "Picture paragraph 2: "];
    assert_eq!(file.remarks(), wanted);
}
