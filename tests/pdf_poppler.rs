//! The PDF reader with poppler itself: whole documents, and ones that are made to do harm.
//!
//! Not run by default, since it needs poppler: `cargo test --test pdf_poppler`, where poppler-utils is installed.

use sagnet::import::block::{Kind, Reading};
use sagnet::import::hints::Hints;
use sagnet::import::mend::Vocabulary;
use sagnet::import::pdf::read;
use sagnet::import::remark::About;
use sagnet::import::unreadable::Unreadable;
use std::time::{Duration, Instant};

fn import(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let known = Vocabulary::default();
    let result = read(bytes, &Hints { stands_alone: &|_| false, known: &known });
    assert_ne!(result, Err(Unreadable::NoPoppler), "apt-get install poppler-utils");
    result
}

/// A document of these objects, of which the first is its catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let table = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", objects.len() + 1);
    out.into_bytes()
}

fn stream(content: &str, entries: &str) -> String {
    format!("<<{entries}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// A document with a page for each content.
fn pages(contents: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 6 + 2 * at)).collect();
    let picture = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        stream("abcd", picture),
        "<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>".to_owned(),
    ];
    for (content, at) in contents.iter().zip(0..) {
        let page = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 5 0 R";
        objects.push(format!("<<{page}/Contents {} 0 R>>", 7 + 2 * at));
        objects.push(stream(content, ""));
    }
    pdf(&objects)
}

const TEXT: &str = "BT /F 18 Tf 70 760 Td (2.1. Et punkt) Tj /F 11 Tf 0 -30 Td (Det er teksten til punktet, og den er l\\346ngere.) Tj ET";
const PICTURE: &str = "q 400 0 0 600 70 100 cm /I Do Q";

#[test]
fn a_document_is_read() {
    let reading = import(&pages(&[TEXT])).unwrap();
    let kinds: Vec<String> = reading
        .blocks
        .iter()
        .map(|block| match &block.kind {
            Kind::Heading { text, .. } => format!("heading {}", text.words()),
            Kind::Paragraph(text) => format!("paragraph {}", text.words()),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["heading 2.1. Et punkt", "paragraph Det er teksten til punktet, og den er længere."]);
    assert_eq!(reading.pages, Some(1));
}

#[test]
fn pages_that_are_pictures_are_told_of() {
    assert_eq!(import(&pages(&[PICTURE])), Err(Unreadable::Scanned));
    let reading = import(&pages(&[TEXT, PICTURE, ""])).unwrap();
    let unread = reading.remarks.iter().filter(|remark| remark.about == About::UnreadableText);
    assert_eq!(unread.map(|remark| remark.place.to_string()).collect::<Vec<_>>(), ["page 2 line 1"]);
}

#[test]
fn what_is_no_document_is_refused() {
    assert_eq!(import(b""), Err(Unreadable::Empty));
    for bytes in [&b"%PDF-1.4\n\x00\xff\x13garbage"[..], b"not a PDF", &pages(&[TEXT])[..300]] {
        assert!(matches!(import(bytes), Err(Unreadable::Broken(_))), "{:?}", import(bytes));
    }
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let circle = pdf(&[catalogue, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_owned()]);
    assert!(matches!(import(&circle), Err(Unreadable::Broken(_))));
}

#[test]
fn a_document_that_never_ends_is_stopped() {
    // Thirty forms, each of which shows the next one twice.
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources";
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_owned(),
        stream("/X Do", ""),
    ];
    for next in 6..36 {
        objects.push(stream("/X Do /X Do", &format!("{form}<</XObject<</X {next} 0 R>>>>")));
    }
    objects.push(stream("", &format!("{form}<<>>")));
    let begun = Instant::now();
    assert!(import(&pdf(&objects)).is_err());
    assert!(begun.elapsed() < Duration::from_secs(70));
}

#[test]
fn broken_bytes_end_in_an_answer() {
    let whole = pages(&[TEXT, PICTURE, TEXT]);
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for round in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..=round {
            let at = random(bytes.len());
            bytes[at] = random(256) as u8;
        }
        // Either answer will do; neither a panic nor a hang.
        let _ = import(&bytes);
    }
}
