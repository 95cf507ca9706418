//! Packages: where their parts are, what they are if no Word document, and what is refused.

use super::super::read;
use super::help::{File, document, p, relation, show, style, styled};
use crate::import::unreadable::Unreadable;

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn parts_are_found_where_relationships_say() {
    let strict = "<d:document xmlns:d=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><d:body><d:p><d:pPr>\
        <d:pStyle d:val=\"Q\"/></d:pPr><d:r><d:t>a</d:t></d:r></d:p></d:body></d:document>";
    let styles = "<styles xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" \
        xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><style x:type=\"paragraph\" x:styleId=\"Q\">\
        <name x:val=\"heading 2\"/></style></styles>";
    let main = "<Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" \
        Target=\"/Doc/main.xml\"/><Relationship Id=\"b\" Type=\"x/extended-properties\" Target=\"docProps/app.xml\"/>";
    let mut file = document("")
        .with("_rels/.rels", &format!("<Relationships>{main}</Relationships>"))
        .with("doc/main.xml", strict)
        .with("doc/_rels/main.xml.rels", &format!("<R>{}</R>", relation("s", "styles", "../shared/./s.xml", false)))
        .with("shared/s.xml", styles)
        .with("docProps/app.xml", "<Properties><Pages>12</Pages></Properties>");
    file.parts.remove("word/document.xml");
    let reading = file.read();
    assert_eq!(reading.blocks.iter().map(show).collect::<Vec<_>>(), ["H2 a"]);
    assert_eq!(reading.pages, Some(12));
}

#[test]
fn usual_places_do_without_relationships() {
    let mut file = document(&styled("<w:pStyle w:val=\"Q\"/>", "a")).styles(&style("Q", "Overskrift 3", ""));
    file.parts.remove("_rels/.rels");
    file.parts.remove("word/_rels/document.xml.rels");
    assert_eq!(file.shown(), ["H3 a"]);
}

#[test]
fn utf_16_is_read() {
    let mut file = document(&p("æ€😀"));
    let text = String::from_utf8(file.parts["word/document.xml"].clone()).unwrap();
    file.parts.insert(
        "word/document.xml".into(),
        wide(&format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}")),
    );
    assert_eq!(file.shown(), ["P æ€😀"]);
    file.parts.insert("word/document.xml".into(), b"<w:document>\xff</w:document>".to_vec());
    assert!(matches!(file.try_read(), Err(Unreadable::Broken(_))));
}

#[test]
fn other_formats_are_told_apart() {
    let compound =
        |name: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 512], wide(name), vec![0; 64]].concat();
    let without = |more: &[(&str, &str)]| {
        let mut file: File = document("");
        file.parts.clear();
        more.iter().fold(file, |file, (name, content)| file.with(name, content)).bytes()
    };
    let xlsx = format!("<Relationships>{}</Relationships>", relation("a", "officeDocument", "xl/workbook.xml", false));
    let cases = [
        (Vec::new(), Unreadable::Empty),
        (b"%PDF-1.7".to_vec(), Unreadable::UnknownFormat),
        (b"{\\rtf1 x}".to_vec(), Unreadable::OldWord),
        (
            b"\xef\xbb\xbf<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>".to_vec(),
            Unreadable::OldWord,
        ),
        (compound("WordDocument"), Unreadable::OldWord),
        (compound(""), Unreadable::OldWord),
        (compound("EncryptedPackage"), Unreadable::Locked),
        (compound("Workbook"), Unreadable::UnknownFormat),
        (
            without(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]),
            Unreadable::OldWord,
        ),
        (without(&[("a.txt", "x")]), Unreadable::UnknownFormat),
        (without(&[("_rels/.rels", &xlsx), ("xl/workbook.xml", "<workbook/>")]), Unreadable::UnknownFormat),
        (document("").with("word/document.xml", "<x/>").bytes(), Unreadable::UnknownFormat),
    ];
    for (bytes, wanted) in cases {
        assert_eq!(read(&bytes), Err(wanted), "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    }
}

#[test]
fn a_package_that_is_locked_as_a_zip_is_told() {
    let mut bytes = document(&p("a")).bytes();
    for (head, at) in [(b"PK\x01\x02", 8), (b"PK\x03\x04", 6)] {
        let found: Vec<usize> = (0..bytes.len() - 4).filter(|from| bytes[*from..].starts_with(head)).collect();
        found.into_iter().for_each(|from| bytes[from + at] |= 1);
    }
    assert_eq!(read(&bytes), Err(Unreadable::Locked));
}

#[test]
fn what_breaks_the_rules_is_refused() {
    let good =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body/></w:document>";
    let cases = [
        String::new(),
        "<w:document>".to_owned(),
        good.replace("</w:body>", "").replace("<w:body/>", "<w:body></w:p>"),
        good.replace("<w:body/>", ""),
        good.replace("<w:body/>", "<w:body>&egen;</w:body>"),
        good.replace("<w:body/>", "<w:body a=\"&egen;\"/>"),
        format!("<!DOCTYPE x>{good}"),
        format!("{good}{good}"),
        format!("{good} tekst"),
    ];
    for case in cases {
        let read = document("").with("word/document.xml", &case).try_read();
        assert!(matches!(read, Err(Unreadable::Broken(_))), "{case}: {read:?}");
    }
    let missing = document("").styles("<!DOCTYPE x>");
    assert!(matches!(missing.try_read(), Err(Unreadable::Broken(why)) if why.starts_with("word/styles.xml")));
    let mut missing = document("");
    missing.parts.remove("word/document.xml");
    assert_eq!(missing.try_read(), Err(Unreadable::Broken("word/document.xml is missing".into())));
}
