//! Tells formats apart by what a file holds, and calls the reader.
//!
//! Takes a path, then bytes; gives the reading and the format's name. A file's ending is not looked at: people rename files.

use super::block::{Block, Inline, Kind, Reading, Text};
use super::hints::Hints;
use super::mend::Vocabulary;
use super::template::Template;
use super::unreadable::Unreadable;
use super::{docx, pdf, txt};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The largest document that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// The most blocks of a document, those in cells of tables and the cells counted.
const BLOCKS: usize = 30_000;

/// The longest text of one block, in bytes.
const LONGEST: usize = 200 << 10;

/// The most text of all blocks, in bytes.
const TEXT: usize = 8 << 20;

/// The bytes of a document.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Unreadable::Missing,
        ErrorKind::IsADirectory => Unreadable::Folder,
        _ => Unreadable::Io(error.to_string()),
    };
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Unreadable::TooLarge(format!("{} MB", LARGEST >> 20)));
    }
    Ok(bytes)
}

/// Reads a document of any format.
pub fn read(bytes: &[u8], template: &Template<'_>, known: &Vocabulary) -> Result<(&'static str, Reading), Unreadable> {
    let (format, reading) = by_format(bytes, template, known)?;
    Size::default().add(&reading.blocks)?;
    Ok((format, reading))
}

fn by_format(bytes: &[u8], template: &Template<'_>, known: &Vocabulary) -> Result<(&'static str, Reading), Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    // Other programs find the mark of a PDF behind some bytes of rubbish too.
    let head = &bytes[..bytes.len().min(1024)];
    let is_word =
        bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) || bytes.starts_with(b"{\\rtf");
    if is_word {
        return docx::read(bytes).map(|reading| ("docx", reading));
    }
    if head.windows(5).any(|window| window == b"%PDF-") {
        let stands_alone = |line: &str| template.stands_alone(line);
        let hints = Hints { stands_alone: &stands_alone, known };
        return pdf::read(bytes, &hints).map(|reading| ("pdf", reading));
    }
    txt::read(bytes, template, known).map(|reading| ("txt", reading))
}

/// How large what was read is.
#[derive(Debug, Default)]
struct Size {
    blocks: usize,
    text: usize,
}

impl Size {
    /// Counts these blocks; fails when there are too many, or too much is in them.
    fn add(&mut self, blocks: &[Block]) -> Result<(), Unreadable> {
        for block in blocks {
            self.count(1)?;
            match &block.kind {
                Kind::Heading { text, .. }
                | Kind::Paragraph(text)
                | Kind::Entry { text, .. }
                | Kind::Note { text, .. }
                | Kind::Contents(text) => self.fill(length(text))?,
                Kind::Target(target) => self.fill(target.len())?,
                Kind::Table(rows) => {
                    for cell in rows.iter().flatten() {
                        self.count(1)?;
                        self.add(cell)?;
                    }
                }
                Kind::PageBreak => {}
            }
        }
        Ok(())
    }

    fn count(&mut self, more: usize) -> Result<(), Unreadable> {
        self.blocks += more;
        let many = self.blocks > BLOCKS;
        if many { Err(Unreadable::TooLarge("30,000 paragraphs and cells".to_owned())) } else { Ok(()) }
    }

    fn fill(&mut self, bytes: usize) -> Result<(), Unreadable> {
        self.text += bytes;
        if bytes > LONGEST {
            return Err(Unreadable::TooLarge(format!("{} KB in one paragraph", LONGEST >> 10)));
        }
        if self.text > TEXT {
            return Err(Unreadable::TooLarge(format!("{} MB of text", TEXT >> 20)));
        }
        Ok(())
    }
}

/// The bytes of a text.
fn length(text: &Text) -> usize {
    let of = |inline: &Inline| match inline {
        Inline::Words { text, .. } => text.len(),
        Inline::Note(label) => label.len(),
        Inline::Break => 1,
    };
    text.0.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, LONGEST, Size, TEXT};
    use crate::import::block::{Block, Kind, Place, Text};
    use crate::import::unreadable::Unreadable;

    fn paragraph(letters: usize) -> Block {
        Block { place: Place::Line(1), kind: Kind::Paragraph(Text::plain("a".repeat(letters))) }
    }

    fn fault(blocks: &[Block]) -> Option<String> {
        match Size::default().add(blocks) {
            Err(Unreadable::TooLarge(what)) => Some(what),
            _ => None,
        }
    }

    #[test]
    fn what_no_meeting_fills_is_too_large() {
        assert_eq!(fault(&vec![paragraph(1); BLOCKS]), None);
        let many = Some("30,000 paragraphs and cells".to_owned());
        assert_eq!(fault(&vec![paragraph(1); BLOCKS + 1]), many);
        let table = Kind::Table(vec![vec![vec![paragraph(1)]; BLOCKS / 2]]);
        assert_eq!(fault(&[Block { place: Place::Line(1), kind: table }]), many);
        assert_eq!(fault(&[paragraph(LONGEST + 1)]).as_deref(), Some("200 KB in one paragraph"));
        assert_eq!(fault(&vec![paragraph(LONGEST); TEXT / LONGEST + 1]).as_deref(), Some("8 MB of text"));
    }
}
