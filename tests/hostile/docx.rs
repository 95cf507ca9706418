//! Word documents that are made to do harm.

use super::super::Hostile;
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A package of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A small agenda, so that there is something to import, and more behind it.
fn body(more: &str) -> String {
    let head = ["1. Godkendelse", "SAG-2025-00001 Anna Holm", "Baggrund", "Det er teksten."].map(paragraph).concat();
    format!("<w:document {W}><w:body>{head}{more}</w:body></w:document>")
}

/// A document whose body has this behind its agenda.
fn document(more: &str) -> Vec<u8> {
    with(more, &[])
}

/// The same, with other parts.
fn with(more: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let body = body(more);
    let mut all: Vec<(&str, &[u8])> = vec![("word/document.xml", body.as_bytes())];
    all.extend(parts);
    package(&all)
}

/// A document that unpacks to so many MB of text.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(body("").replace("</w:body></w:document>", "").as_bytes()).unwrap();
    let paragraph = paragraph(&"bombe ".repeat(40));
    let block = paragraph.repeat((1 << 20) / paragraph.len());
    for _ in 0..megabytes {
        zip.write_all(block.as_bytes()).unwrap();
    }
    zip.write_all(b"</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn prologue(dtd: &str, text: &str) -> Vec<u8> {
    package(&[("word/document.xml", format!("<?xml version=\"1.0\"?>{dtd}{}", body(&paragraph(text))).as_bytes())])
}

/// Attacks on the XML itself.
fn markup() -> Vec<Hostile> {
    let laughs: String =
        (1..10).map(|at| format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE w:document [<!ENTITY l0 \"lol\">{laughs}]>");
    let outside = "<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let deep = |count: usize, tag: &str| {
        document(&format!("{}{}", format!("<{tag}>").repeat(count), format!("</{tag}>").repeat(count)))
    };
    let tables = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(20_000), "</w:tc></w:tr></w:tbl>".repeat(20_000));
    let attributes: String = (0..100_000).map(|at| format!(" w:a{at}=\"1\"")).collect();
    vec![
        Hostile::refused("a billion laughs", prologue(&laughs, "&l9;")),
        Hostile::refused("an entity from a file", prologue(outside, "&x;")),
        Hostile::either("100,000 elements, one in the other", deep(100_000, "w:sdt")),
        Hostile::either("100,000 runs, one in the other", deep(100_000, "w:r")),
        Hostile::either("20,000 tables, one in the other", document(&tables)),
        Hostile::either("100,000 attributes", document(&format!("<w:p{attributes}/>"))),
        Hostile::refused("XML that ends too soon", package(&[("word/document.xml", &body("").as_bytes()[..300])])),
        Hostile::refused("another root", package(&[("word/document.xml", b"<html/>")])),
        Hostile::refused("no XML", package(&[("word/document.xml", b"1. Godkendelse")])),
        Hostile::refused("an empty part", package(&[("word/document.xml", b"")])),
        Hostile::refused("letters that are no UTF-8", package(&[("word/document.xml", b"<w:document>\xff\xfe\xfd")])),
    ]
}

/// Attacks by what the elements say.
fn meanings() -> Vec<Hostile> {
    let cell = |span: &str| format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr>{}</w:tc>", paragraph("x"));
    let table = |span: &str, rows: usize| {
        format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}{}</w:tr>", cell(span), cell("1")).repeat(rows))
    };
    let wide = format!(
        "<w:tbl><w:tr>{}</w:tr>{}</w:tbl>",
        cell("1").repeat(5_000),
        format!("<w:tr>{}</w:tr>", cell("1")).repeat(5_000)
    );
    let style = |id: &str, based: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/><w:basedOn w:val=\"{based}\"/></w:style>"
        )
    };
    let circle = format!("<w:styles {W}>{}{}</w:styles>", style("A", "B"), style("B", "A"));
    let chain: String = (0..20_000).map(|at| style(&format!("S{at}"), &format!("S{}", at + 1))).collect();
    let chain = format!("<w:styles {W}>{chain}</w:styles>");
    let styled = |id: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>");
    let number = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"A\"/></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let numbered_style = format!(
        "<w:styles {W}><w:style w:type=\"numbering\" w:styleId=\"A\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
         </w:style></w:styles>"
    );
    let roman = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"2147483647\"/>\
         <w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let entry = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(20_000) + &"</w:p>".repeat(20_000);
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"1\"><w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p></w:footnote></w:footnotes>"
    );
    let cited = "<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>".repeat(20_000);
    vec![
        Hostile::either("a cell over 4 billion columns", document(&table("4294967295", 1))),
        Hostile::either("1,000 rows over 60,000 columns", document(&table("60000", 1_000))),
        Hostile::either("a table of 5,000 by 5,000", document(&wide)),
        Hostile::imported("styles in a circle", with(&styled("A"), &[("word/styles.xml", circle.as_bytes())])),
        Hostile::either(
            "20,000 styles in a chain",
            with(&styled("S0").repeat(200), &[("word/styles.xml", chain.as_bytes())]),
        ),
        Hostile::imported(
            "numbering in a circle",
            with(entry, &[("word/numbering.xml", number.as_bytes()), ("word/styles.xml", numbered_style.as_bytes())]),
        ),
        Hostile::imported("2 billion in Roman", with(&entry.repeat(50), &[("word/numbering.xml", roman.as_bytes())])),
        Hostile::either("20,000 fields, one in the other", document(&field)),
        Hostile::either("a note that cites itself", with(&cited, &[("word/footnotes.xml", notes.as_bytes())])),
        Hostile::either("300,000 paragraphs", document(&paragraph("Ordet er sagt.").repeat(300_000))),
        Hostile::either("a word of 30 MB", document(&paragraph(&"a".repeat(30 << 20)))),
        Hostile::either("10 MB of signs of Markdown", document(&paragraph(&"*_`[]()#~!".repeat(1 << 20)))),
        Hostile::either(
            "100,000 numbered headings",
            document(&(0..100_000).map(|at| paragraph(&format!("{}. Titel", at % 999))).collect::<String>()),
        ),
    ]
}

/// All of them.
pub fn files() -> Vec<Hostile> {
    let good = document("");
    let many: Vec<(String, Vec<u8>)> = (0..20_001).map(|at| (format!("word/media/{at}.png"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    compound.resize(1024, 0);
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let relation = "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"../../../etc/passwd\"/></Relationships>";
    let mut all = vec![
        Hostile::imported("a good one", good.clone()),
        Hostile::refused("500 MB when unpacked", bomb(500)),
        Hostile::either("20 MB of paragraphs when unpacked", bomb(20)),
        Hostile::refused("a package in a package", package(&[("document.docx", &good)])),
        Hostile::imported("names that lead out", with("", &[("../../udenfor.xml", b"<x/>"), ("/etc/udenfor", b"x")])),
        Hostile::either("a relation that leads out", with("", &[("_rels/.rels", relation.as_bytes())])),
        Hostile::refused("20,001 files", with("", &many)),
        Hostile::refused("locked", compound),
        Hostile::refused("an empty package", package(&[])),
        Hostile::refused("its mark alone", b"PK\x03\x04".to_vec()),
    ];
    all.extend(markup());
    all.extend(meanings());
    for part in 1..8 {
        all.push(Hostile::refused(&format!("its first {part} eighths"), &good[..good.len() * part / 8]));
    }
    all
}
