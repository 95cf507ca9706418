//! What the words at a line's end and beginning say about whether a sentence goes on.
//!
//! Takes the text of a line; gives an answer about its last or first word.

/// Words after which no paragraph ends.
const OPEN: [&str; 28] = [
    "og", "eller", "i", "på", "af", "for", "til", "at", "med", "den", "det", "de", "en", "et", "som", "der", "fra",
    "om", "samt", "ved", "under", "over", "mellem", "hos", "efter", "fx", "er", "har",
];

/// It ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || "”\"’'»)]".contains(c));
    bare.ends_with(['.', '!', '?', ':', ';', '…'])
}

/// It ends in the middle of one, for certain.
pub(super) fn ends_open(text: &str) -> bool {
    text.trim_end().ends_with([',', '(', '/', '–', '&']) || {
        let last = text.split_whitespace().next_back().unwrap_or("");
        OPEN.contains(&last)
    }
}

/// It ends in a year.
pub(super) fn ends_year(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches('.');
    let digits = bare.len() - bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    digits == 4
}

/// It begins in the middle of one: with a small letter.
pub(super) fn begins_lower(text: &str) -> bool {
    text.trim_start_matches(|c: char| "”\"’'«([".contains(c)).starts_with(char::is_lowercase)
}

/// A quotation ends here.
pub(super) fn ends_quote(text: &str) -> bool {
    text.trim_end().ends_with(['’', '”', '»', '"', '\''])
}

/// A quotation begins here. After one that has just ended, that is another title in a list of them.
pub(super) fn begins_quote(text: &str) -> bool {
    text.trim_start().starts_with(['’', '‘', '”', '“', '»', '«', '"', '\''])
}
