//! Tables, with cells that span others, tables within, and rows that are deleted.

use super::help::{document, p};

fn tc(properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
}

fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

fn cell(text: &str) -> String {
    tc("", &p(text))
}

#[test]
fn cells_stand_in_their_columns() {
    let sdt =
        format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", tr(&[cell("e"), cell("f"), cell("g")]));
    let rows = [
        tr(&[tc("<w:gridSpan w:val=\"2\"/>", &p("a")), tc("<w:vMerge w:val=\"restart\"/>", &(p("b") + &p("- c")))]),
        format!(
            "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr>",
            cell("d"),
            tc("<w:vMerge/>", "<w:p/>")
        ),
        sdt,
    ];
    let file = document(&(p("før") + &tbl(&rows) + &tbl(&[tr(&[cell(""), cell("")])]) + &p("efter")));
    assert_eq!(file.shown(), ["P før", "T P a |  | P b; E0 • c /  | P d |  / P e | P f | P g", "P efter"]);
    let reading = file.read();
    assert_eq!(reading.blocks[1].place.to_string(), "paragraph 2");
    assert_eq!(reading.blocks[2].place.to_string(), "paragraph 12");
}

#[test]
fn a_frame_is_no_table() {
    let inner = tbl(&[tr(&[cell("a"), cell("b")])]);
    assert_eq!(document(&tbl(&[tr(&[tc("", &(p("x") + &inner))])])).shown(), ["P x", "T P a | P b"]);
}

#[test]
fn a_table_within_a_cell_becomes_its_text() {
    let inner = tbl(&[tr(&[cell("a"), cell("- b")]), tr(&[cell("c"), cell("d")])]);
    let file = document(&tbl(&[tr(&[tc("", &(p("x") + &inner + "<w:p/>")), cell("y")])]));
    assert_eq!(file.shown(), ["T P x; P a; E0 • b; P c; P d | P y"]);
    assert_eq!(file.remarks(), ["TableLayout paragraph 2: a b c d"]);
}

#[test]
fn deleted_rows_and_cells_are_left_out() {
    let gone = tr(&[cell("væk"), cell("også")]).replace("<w:tr>", "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>");
    let file = document(&tbl(&[tr(&[cell("a"), tc("<w:cellDel/>", &p("b")), cell("c")]), gone]));
    assert_eq!(file.shown(), ["T P a | P c"]);
    let wanted = ["DeletedText paragraph 2: b", "DeletedText paragraph 4: væk", "DeletedText paragraph 5: også"];
    assert_eq!(file.remarks(), wanted);
    let left = gone_but_one();
    assert_eq!((left.shown(), left.remarks().len()), (vec!["P x".to_owned()], 1));
}

fn gone_but_one() -> super::help::File {
    let gone = tr(&[cell("væk")]).replace("<w:tr>", "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>");
    document(&tbl(&[tr(&[cell("x")]), gone]))
}

#[test]
fn text_in_a_cell_that_is_covered_is_told_of() {
    let file = document(&tbl(&[tr(&[cell("a"), tc("<w:hMerge w:val=\"continue\"/>", &p("b"))])]));
    assert_eq!(
        (file.shown(), file.remarks()),
        (vec!["T P a | ".to_owned()], vec!["HiddenText paragraph 2: b".to_owned()])
    );
}
