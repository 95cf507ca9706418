//! Tells by the first bytes what a file is that should be a Word document, and why it cannot be read if it is another.

use super::super::unreadable::Unreadable;

/// What a file begins with that is a package of parts.
const PACKAGE: &[u8] = b"PK\x03\x04";
/// What the files of Office before 2007 begin with, and those of today that are locked with a password.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// Nothing, if the file can be a Word document.
pub fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes));
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("{\\rtf") || (text.starts_with("<?xml") && text.contains("Word.Document")) {
        return Err(Unreadable::OldWord);
    }
    if !bytes.starts_with(PACKAGE) {
        return Err(Unreadable::UnknownFormat);
    }
    Ok(())
}

/// What a package is that has no Word document in it, by the type that it tells of itself.
pub fn other(mimetype: Option<&str>) -> Unreadable {
    match mimetype {
        Some(kind) if kind.trim_start().starts_with("application/vnd.oasis.opendocument.text") => Unreadable::OldWord,
        _ => Unreadable::UnknownFormat,
    }
}

/// What a compound file is, by the names in its directory.
fn compound(bytes: &[u8]) -> Unreadable {
    if names(bytes, "EncryptedPackage") {
        Unreadable::Locked
    } else if names(bytes, "WordDocument") {
        // Asked first, for a Word document may have a workbook within it.
        Unreadable::OldWord
    } else if names(bytes, "Workbook") || names(bytes, "PowerPoint Document") {
        Unreadable::UnknownFormat
    } else {
        Unreadable::OldWord
    }
}

/// Whether the directory, which is UTF-16, has this name.
fn names(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|here| here == wanted)
}
