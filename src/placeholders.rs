//! Words in the `{placeholders}` of a text.
//!
//! Takes a text and what each name stands for; gives the text, filled in one pass, so that what a word holds is never
//! taken for a placeholder.

/// `text` with `word(name)` in place of each `{name}`; one that has no word stays as it is.
pub fn fill<'a>(text: &str, word: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((word(name)?, tail))) {
            Some((word, tail)) => {
                out.push_str(word);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_word_is_never_read_as_a_placeholder() {
        let word = |name: &str| match name {
            "a" => Some("{b}"),
            "b" => Some("no"),
            _ => None,
        };
        assert_eq!(fill("{a} {c} {b} {", word), "{b} {c} no {");
    }
}
