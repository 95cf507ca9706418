//! Joins the lines of a block to its text.
//!
//! Takes lines with their places, and words that are known; gives a text in which words that line ends broke are whole.

use super::start::is_target;
use crate::import::block::{Place, Text};
use crate::import::mend::{self, Joint, Vocabulary};
use crate::import::remark::{About, Remark};

/// Joins lines to a text: a hyphen at a line's end is mended, any other end is a blank.
pub fn join(lines: &[(Place, &str)], known: &Vocabulary, remarks: &mut Vec<Remark>) -> Text {
    let mut text = String::new();
    for (place, line) in lines {
        // A dash stands apart from the word before it.
        if mend::is_spaced_hyphen(&text, line, known) {
            text.truncate(text.len() - 2);
            text.push('-');
        }
        let hyphenated = text.ends_with(mend::is_hyphen) && !text.ends_with(" -");
        // Lines are broken behind a slash too, without a blank.
        let slashed = text.ends_with(['/', '\\']) && !text.ends_with(" /");
        if hyphenated {
            let (joint, doubt) = mend::joint(&text, line, known);
            if doubt {
                let last = text.rsplit(' ').next().unwrap_or(&text);
                let first = line.split(' ').next().unwrap_or(line);
                remarks.push(Remark::new(About::Hyphen, *place, format!("{last}|{first}")));
            }
            match joint {
                Joint::Soft => text.truncate(text.trim_end_matches(mend::is_hyphen).len()),
                Joint::Hard => {}
                Joint::Hanging => text.push(' '),
            }
        } else if !(text.is_empty()
            || slashed
            || is_target(text.rsplit(' ').next().unwrap_or("")) && text.ends_with(['=', '&']))
        {
            text.push(' ');
        }
        text.push_str(line);
    }
    Text::plain(text).tidy()
}
