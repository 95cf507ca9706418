//! What others show of a text: a few of its words.
//!
//! Takes the words of sections; gives those that say most, cut between words.

use super::Section;
use crate::config::Role;
use serde::{Deserialize, Serialize};

/// What says most of an item, and the heading that it stands under.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Excerpt {
    pub label: String,
    /// At most [`EXCERPT`] characters on one line.
    pub text: String,
}

/// The longest excerpt that is kept, in characters.
pub const EXCERPT: usize = 500;

/// The longest beginning that is kept, in characters.
const BEGINNING: usize = 200;

/// The decision, else the discussion, the recommendation, or what it is about.
pub(super) fn most_telling(sections: &[Section], words: &[String]) -> Option<Excerpt> {
    let roles = [Role::Decision, Role::Discussion, Role::Recommendation, Role::Presentation];
    let (section, words) = roles.iter().find_map(|role| {
        sections.iter().zip(words).find(|(section, words)| section.role == *role && !words.is_empty())
    })?;
    let label = section.heading.as_ref().map(|heading| heading.text.clone())?;
    Some(Excerpt { label, text: excerpt(words, EXCERPT) })
}

/// How a text begins.
pub(super) fn beginning(words: &str) -> String {
    excerpt(words, BEGINNING)
}

/// At most `most` characters of `text` on one line, cut between words.
pub fn excerpt(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(2 * most));
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.bytes().filter(|byte| byte & 0xc0 != 0x80).count();
        if length + letters > most && length > 0 {
            out.truncate(out.trim_end_matches(|c: char| c.is_whitespace() || ",;:.–-".contains(c)).len());
            out.push('…');
            return out;
        }
        if length > 0 {
            out.push(' ');
        }
        out.push_str(word);
        length += letters + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt("Rådet tog  sagen\ntil efterretning.", 99), "Rådet tog sagen til efterretning.");
        assert_eq!(excerpt("Rådet tog sagen, til efterretning.", 18), "Rådet tog sagen…");
        assert_eq!(excerpt("", 5), "");
    }

    #[test]
    fn a_shorter_excerpt_of_an_excerpt_is_that_of_the_text() {
        let text =
            "Rådet drøftede sagen, og det blev besluttet – efter en længere debat; at tage den til efterretning.";
        for long in 1..=text.len() {
            for short in 1..=long / 2 {
                assert_eq!(excerpt(&excerpt(text, long), short), excerpt(text, short), "{short} of {long}");
            }
        }
    }
}
