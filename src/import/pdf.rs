//! The reader of PDF documents.
//!
//! Takes a PDF's bytes and what is known of the template; gives its blocks in the order of reading. Poppler takes the file
//! apart, as a program of its own within bounds; what a page looks like becomes what the text is made of in these steps:
//!
//! - `poppler` runs the programs, `xml` reads what they print;
//! - `atom` makes words of that, `line` lines of words, `furniture` and `notes` take out what is no part of the text, `columns` puts it in order;
//! - `flow` makes blocks of lines, with `table`, `contents` and `marker`, by what `measure` and `sense` tell;
//! - `compose` makes text of lines, `assemble` the reading of it all.

mod assemble;
mod atom;
mod columns;
mod compose;
mod contents;
mod flow;
mod furniture;
mod line;
mod marker;
mod measure;
mod notes;
mod poppler;
mod sense;
mod table;
mod xml;

use super::block::{Place, Reading};
use super::hints::Hints;
use super::remark::{About, Remark};
use super::unreadable::Unreadable;

/// A page of a meeting has a few hundred.
const MOST_PIECES: usize = 5000;

/// A document of five hundred pages has about as many.
const MOST_IN_ALL: usize = 100_000;

/// Reads a PDF.
///
/// # Errors
///
/// Where it is broken, locked, larger or slower than any document of a meeting, has pages but no text, or where poppler is
/// not installed.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Reading, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    let document = poppler::Copied::new(bytes, poppler::Bounds::default())?;
    let zoom = xml::ZOOM.to_string();
    let options =
        ["-xml", "-i", "-hidden", "-stdout", "-noroundcoord", "-fontfullname", "-enc", "UTF-8", "-zoom", &zoom];
    let pieces = document.run("pdftohtml", &options, &[])?;
    let pages = xml::pages(&pieces.output);
    if pages.iter().all(|page| page.pieces.is_empty()) {
        return Err(match pieces.fault {
            None if !pages.is_empty() => Unreadable::Scanned,
            fault => Unreadable::Broken(fault.unwrap_or_default()),
        });
    }
    if pages.iter().any(|page| page.pieces.len() > MOST_PIECES) {
        return Err(Unreadable::TooLarge(format!("{MOST_PIECES} pieces of text on a page")));
    }
    if pages.iter().map(|page| page.pieces.len()).sum::<usize>() > MOST_IN_ALL {
        return Err(Unreadable::TooLarge(format!("{MOST_IN_ALL} pieces of text")));
    }
    let boxes = document.run("pdftotext", &["-bbox", "-enc", "UTF-8"], &["-"])?;
    let (mut reading, bare) = assemble::reading(&pages, &xml::boxes(&boxes.output), hints);
    if pieces.fault.is_some() {
        // Poppler mends what it can, and leaves out what it cannot: where that was is not known.
        reading.remarks.insert(0, Remark::new(About::UnreadableText, Place::Page(1, 1), ""));
    }
    if !bare.is_empty() {
        // Whether a page without text is a picture or merely empty, is asked only where there is one.
        let pictures = document.run("pdfimages", &["-list"], &[]).map(|said| said.output).unwrap_or_default();
        assemble::tell_pictures(&mut reading, &bare, &pictures);
    }
    Ok(reading)
}

#[cfg(test)]
mod tests;
