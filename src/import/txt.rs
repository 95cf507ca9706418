//! The reader of text files: text that was taken from a PDF, or written as text.
//!
//! Takes the bytes, the template and the words of the record; gives blocks. The steps, each in a module of its own:
//!
//! 1. `lines` tells lines, gaps and pages;
//! 2. `foot` takes out what stands at the foot and the head of pages: footnotes, targets of links, and with `furniture` page
//!    numbers and running heads; `citing` tells which numbers cite a footnote;
//! 3. `cut` cuts what is left into blocks, with `start` telling what a line begins, `lists` how deep an
//!    entry is, `facts` and `grid` reading tables, and `join` making lines one text;
//! 4. `notes` puts the footnotes and targets back behind what they belong to.

mod citing;
mod cut;
mod facts;
mod foot;
mod furniture;
mod grid;
mod join;
mod lines;
mod lists;
mod notes;
mod start;

use super::block::Reading;
use super::mend::Vocabulary;
use super::template::Template;
use super::unreadable::Unreadable;

/// The largest text that is read, in bytes: a hundred times what a meeting fills.
const LARGEST: usize = 8 << 20;

/// The most lines that hold something.
const LINES: usize = 30_000;

/// Reads a text file.
pub fn read(bytes: &[u8], template: &Template<'_>, known: &Vocabulary) -> Result<Reading, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge(format!("{} MB of text", LARGEST >> 20)));
    }
    // No text has this byte, unless it is one in UTF-16, which tells itself.
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if bytes.contains(&0) && !wide {
        return Err(Unreadable::UnknownFormat);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().all(|c| c.is_whitespace() || c == '\u{c}') {
        return Err(Unreadable::Empty);
    }
    let mut lines = lines::lines(text);
    if lines.lines.len() > LINES {
        return Err(Unreadable::TooLarge("30,000 lines".to_owned()));
    }
    let mut known = known.clone();
    known.learn(text);
    let mut remarks = Vec::new();
    let foot = foot::take(&mut lines, template, &mut remarks);
    let pages = lines.lines.last().map(|line| line.page).filter(|page| *page > 1);
    let mut blocks = cut::cut(&lines, template, &known, &mut remarks);
    notes::put_back(&mut blocks, foot, &mut remarks);
    remarks.sort_by_key(|remark| remark.place);
    Ok(Reading { blocks, remarks, pages })
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, LINES, read};
    use crate::config::Config;
    use crate::import::mend::Vocabulary;
    use crate::import::template::Template;
    use crate::import::unreadable::Unreadable;

    #[test]
    fn text_that_no_meeting_fills_is_too_large() {
        let config = "base_url = \"https://example.dk\"\ntitle = \"Rådet\"\n";
        let config = Config::parse(&"sagnet.toml".into(), config, &[], &mut Vec::new()).expect("a configuration");
        let template = Template::new(&config);
        for (text, what) in [("a".repeat(LARGEST + 1), "8 MB of text"), ("a\n".repeat(LINES + 1), "30,000 lines")] {
            let read = read(text.as_bytes(), &template, &Vocabulary::default());
            assert_eq!(read.err(), Some(Unreadable::TooLarge(what.to_owned())));
        }
    }
}
