//! What is not imported: each is refused with a sentence that says what to do, exit 2, and nothing is written.

use super::program::{golden, record, repository, sagnet};
use crate::support::{Record, Tree};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// A small agenda that is good.
const GOOD: &str = "1. Godkendelse\nSAG-2025-00001 Anna Holm\nIndstilling\nAt dagsordenen godkendes.\n";

/// A compound file that has this name in its directory.
fn compound(name: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

/// Documents, and why they are none.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let docx = crate::documents::document(0).docx;
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(GOOD.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("billede.txt", zip::write::SimpleFileOptions::default()).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    vec![
        ("tom.docx", Vec::new()),
        ("blanke.txt", b" \n\t\r\n\x0c \xc2\xa0\n".to_vec()),
        ("billede.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00\xff\xd9".to_vec()),
        ("gammel.doc", compound("WordDocument")),
        ("regneark.xls", compound("Workbook")),
        ("laast.docx", compound("EncryptedPackage")),
        ("rig.rtf", b"{\\rtf1\\ansi 1. Godkendelse}".to_vec()),
        ("arkiv.zip", zip),
        ("halv.docx", docx[..docx.len() / 2].to_vec()),
        ("latin1.txt", b"1. \xc5bning\nSAG-2025-00001\n".to_vec()),
        ("utf16.txt", wide),
        ("nul.txt", b"1. Godkendelse\0\nSAG-2025-00001\n".to_vec()),
        ("brev.txt", "Kære alle\n\nHer er dagsordenen.\n".into()),
    ]
}

/// The record, and how its files are put there before each run.
fn council(language: &str) -> Record {
    let record = record();
    record.write(
        "sagnet.toml",
        &format!("base_url = \"https://raad.example\"\ntitle = \"Rådet\"\nlanguage = \"{language}\"\n"),
    );
    record
}

/// Runs it; what was said, with nothing written.
fn refused(record: &Record, arguments: &[&str]) -> String {
    let before = Tree::read(record.root());
    let told = sagnet(record, &[&["import"], arguments].concat());
    assert_eq!(told.code, 2, "{arguments:?}: {}{}", told.out, told.err);
    assert_eq!(told.out, "", "{arguments:?}: a report of what was not done");
    assert_eq!(Tree::diff(&before, &Tree::read(record.root())), Vec::<String>::new(), "{arguments:?}");
    format!("$ sagnet import {}\n{}", arguments.join(" "), told.err)
}

fn all(language: &str) -> String {
    let record = council(language);
    let mut said = String::new();
    for (name, bytes) in documents() {
        fs::write(record.root().join(name), bytes).unwrap();
        said += &refused(&record, &[name, "--date", "2025-11-27"]);
    }
    record.write("god.txt", GOOD);
    record.write("anden.txt", GOOD);
    fs::create_dir(record.root().join("mappe")).unwrap();
    said += &refused(&record, &["findes-ikke.docx"]);
    said += &refused(&record, &["mappe"]);
    said += &refused(&record, &["god.txt"]);
    said += &refused(&record, &["god.txt", "--date", "27/11 2025"]);
    said += &refused(&record, &["god.txt", "--date", "2025-02-30"]);
    said += &refused(&record, &["god.txt", "--date", "2025-11"]);
    said += &refused(&record, &["god.txt", "--id", "../uden for"]);
    said += &refused(&record, &["god.txt", "--date", "2025-11-27", "--id", "Møde 1"]);
    said += &refused(&record, &["god.txt", "anden.txt", "--date", "2025-11-27"]);
    said += &refused(&record, &["god.txt", "anden.txt", "--id", "2025-11-27"]);
    said
}

#[test]
fn each_is_told_in_danish() {
    golden("refusals/da.txt", &all("da"));
}

#[test]
fn each_is_told_in_english() {
    golden("refusals/en.txt", &all("en"));
}

/// Where the files that are there cannot be added to.
#[test]
fn the_record_is_not_written_where_it_cannot_be_read() {
    let meeting = "content/meetings/2025-11-27";
    let good = "+++\nnumber = \"1\"\ntitle = \"Godkendelse\"\n+++\n";
    let mut said = String::new();
    let mut with = |what: &str, change: &dyn Fn(&Record)| {
        let record = council("da");
        record.write("god.txt", GOOD);
        change(&record);
        let told = refused(&record, &["god.txt", "--date", "2025-11-27"]);
        let _ = write!(said, "# {what}\n{told}");
    };
    with("an item whose front matter is broken", &|record| {
        record.write(&format!("{meeting}/1-godkendelse.md"), &good.replace("title = ", "title "));
    });
    with("an item that is not UTF-8", &|record| {
        record.write(&format!("{meeting}/1-godkendelse.md"), good);
        fs::write(record.root().join(meeting).join("2-andet.md"), b"+++\nnumber = \"2\"\ntitle = \"\xe6\"\n+++\n")
            .unwrap();
    });
    with("a meeting whose front matter is broken", &|record| {
        record.write(&format!("{meeting}/_index.md"), "+++\ntitle = \"Møde\n+++\n");
    });
    with("a file where the folder of meetings should be", &|record| record.write("content/meetings", "x"));
    with("a file where the meeting's folder should be", &|record| record.write(meeting, "x"));
    golden("refusals/files.txt", &said);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_record() {
    for linked in ["content", "content/meetings", "content/meetings/2025-11-27"] {
        let record = council("da");
        let outside = tempfile::tempdir().unwrap();
        record.write("god.txt", GOOD);
        let link = record.root().join(linked);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(outside.path(), &link).unwrap();
        let said = refused(&record, &["god.txt", "--date", "2025-11-27"]);
        assert!(
            said.contains(" fører ud af mappen med webstedet, så intet fra god.txt er skrevet."),
            "{linked}: {said}"
        );
        assert!(Tree::read(outside.path()).is_empty(), "{linked}");
    }
}

/// An item's file that leads out is none: it is not written through, and `check` tells it.
#[cfg(unix)]
#[test]
fn a_file_outside_of_the_record_is_left_alone() {
    let record = council("da");
    record.write("god.txt", GOOD);
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("1.md");
    fs::write(&file, "+++\nnumber = \"1\"\ntitle = \"Godkendelse\"\n+++\n").unwrap();
    let before = fs::read(&file).unwrap();
    for name in ["1.md", "1-godkendelse.md", "_index.md"] {
        let folder = record.root().join("content/meetings/2025-11-27");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        std::os::unix::fs::symlink(&file, folder.join(name)).unwrap();
        let told = sagnet(&record, &["import", "god.txt", "--date", "2025-11-27"]);
        assert!(told.code > 0, "{name}: {}{}", told.out, told.err);
        assert_eq!(fs::read(&file).unwrap(), before, "{name}: {}{}", told.out, told.err);
        assert!(folder.join(name).is_symlink(), "{name} was replaced");
    }
}

#[test]
fn good_documents_among_bad_ones_are_imported() {
    let record = council("da");
    let dated = |day: &str| format!("Dato: {day}\n\n{GOOD}");
    record.write("god.txt", &dated("27. november 2025"));
    record.write("bedre.txt", &dated("4. december 2025"));
    record.write("brev.txt", "Kære alle\n");
    let told = sagnet(&record, &["import", "findes-ikke.docx", "god.txt", "brev.txt", "bedre.txt"]);
    assert_eq!(told.code, 2);
    assert!(told.out.contains("god.txt (tekst): dagsorden, møde 2025-11-27\n"), "{}", told.out);
    assert!(told.out.contains("bedre.txt (tekst): dagsorden, møde 2025-12-04\n"), "{}", told.out);
    assert!(told.err.contains("ingen fil findes-ikke.docx") && told.err.contains("i brev.txt."), "{}", told.err);
    for meeting in ["2025-11-27", "2025-12-04"] {
        assert!(record.root().join("content/meetings").join(meeting).join("1-godkendelse.md").is_file());
    }
}

#[test]
fn without_a_configuration_nothing_is_imported() {
    let record = council("da");
    record.write("god.txt", GOOD);
    fs::remove_file(record.root().join("sagnet.toml")).unwrap();
    let said = refused(&record, &["god.txt", "--date", "2025-11-27"]);
    assert!(said.contains("har ingen sagnet.toml"), "{said}");
}

#[test]
fn without_poppler_a_pdf_is_refused_with_how_to_get_it() {
    let record = council("da");
    fs::write(record.root().join("referat.pdf"), b"%PDF-1.4\n%%EOF\n").unwrap();
    let nowhere = repository("tests/import/second");
    let output = Command::new(env!("CARGO_BIN_EXE_sagnet"))
        .args(["import", "referat.pdf"])
        .current_dir(record.root())
        .env("PATH", nowhere)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("apt install poppler-utils"), "{said}");
}
