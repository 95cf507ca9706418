//! Links and fields.

use super::help::{document, r};

fn edge(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
}

fn field(instructions: &[&str], result: &str) -> String {
    let parts: String = instructions.iter().map(|i| format!("<w:r><w:instrText>{i}</w:instrText></w:r>")).collect();
    format!("{}{parts}{}{result}{}", edge("begin"), edge("separate"), edge("end"))
}

fn links(body: &str) -> Vec<String> {
    document(&format!("<w:p>{body}</w:p>"))
        .related("ud", "hyperlink", "https://kommune.dk/a?b=1&amp;c=2", true)
        .related("ind", "hyperlink", "#bogmærke", false)
        .shown()
}

#[test]
fn links_lead_out_or_are_text() {
    let link = |attributes: &str, text: &str| format!("<w:hyperlink {attributes}>{}</w:hyperlink>", r(text));
    let body = link("r:id=\"ud\"", "a") + &link("r:id=\"ud\" w:anchor=\"s2\"", "b") + &link("r:id=\"ind\"", "c");
    let body = body + &link("w:anchor=\"her\"", "d") + &link("r:id=\"mangler\"", "e");
    let wanted = ["P a<https://kommune.dk/a?b=1&c=2>b<https://kommune.dk/a?b=1&c=2#s2>cde"];
    assert_eq!(links(&body), wanted);
}

#[test]
fn link_fields_are_read_over_runs_and_within_each_other() {
    let split = field(&[" HYPER", "LINK \"https://x.dk/", "y\" \\o \"Et tip\" \\l \"z\" \\h "], &r("a"));
    let inner = field(&["REF _1 \\h"], &r("b"));
    let outer = field(&["HYPERLINK https://q.dk"], &(r("[") + &inner + &r("]")));
    let local = field(&["HYPERLINK \\l \"her\""], &r("c"));
    let plain = "<w:fldSimple w:instr=\" HYPERLINK &quot;mailto:a@b.dk&quot; \"><w:r><w:t>d</w:t></w:r></w:fldSimple>";
    let wanted = ["P a<https://x.dk/y#z>[b]<https://q.dk>cd<mailto:a@b.dk>"];
    assert_eq!(links(&(split + &outer + &local + plain)), wanted);
}

#[test]
fn instructions_never_show() {
    let nested = format!(
        "{}<w:r><w:instrText>IF </w:instrText></w:r>{}<w:r><w:instrText> = 1</w:instrText></w:r>{}{}",
        edge("begin"),
        field(&["MERGEFIELD x"], &r("skjult")),
        edge("separate"),
        r("svar") + &edge("end")
    );
    let without = format!("{}<w:r><w:instrText>XE \"x\"</w:instrText></w:r>{}", edge("begin"), edge("end"));
    assert_eq!(links(&(r("a ") + &nested + &without + &edge("end") + &edge("separate") + &r(" b"))), ["P a svar b"]);
}

#[test]
fn forms_tell_their_value() {
    let form = |inner: &str| {
        format!("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>{}", edge("end"))
    };
    let tick = form("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>");
    let list = form(
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"Nej\"/><w:listEntry w:val=\"Godkendt\"/></w:ddList>",
    );
    assert_eq!(links(&(tick + &r(" ") + &list)), ["P ☒ Godkendt"]);
}

#[test]
fn text_of_a_field_that_never_ends_is_told_of() {
    let body = format!("<w:p>{}{}</w:p><w:p>{}{}</w:p>", r("a"), edge("begin"), edge("begin"), r("tabt"));
    let file = document(&body);
    assert_eq!(
        (file.shown(), file.remarks()),
        (vec!["P a".to_owned()], vec!["UnreadableText paragraph 2: tabt".to_owned()])
    );
}
