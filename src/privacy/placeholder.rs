//! Phrases of the secretariat's template that nobody filled in (`Her skrives baggrunden`).
//!
//! Takes text, gives the bytes of each phrase.

use crate::danish::is_bounded;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:klik|click)(?:\s+eller\s+tryk|\s+or\s+tap)?\s+(?:her\s+for\s+at\s+(?:skrive|angive)\s+tekst|here\s+to\s+enter\s+text)|her\s+skrives\s+(?:baggrunden|indstillingen|sagsfremstillingen|drøftelsen|beslutningen|ansvarliges\s+initialer)")
        .ok()
});

/// Every phrase of the template in `text`.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let all = PHRASE.as_ref().into_iter().flat_map(|phrase| phrase.find_iter(text)).map(|hit| hit.range());
    all.filter(|at| is_bounded(text, at)).collect()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_template_is_known_in_any_case() {
        for text in [
            "Her skrives baggrunden",
            "HER SKRIVES  Sagsfremstillingen",
            "x Her skrives\nansvarliges initialer.",
            "Klik eller tryk her for at skrive tekst.",
            "Click here to enter text",
        ] {
            assert_eq!(find(text).len(), 1, "{text}");
        }
        for text in ["Her skrives der om baggrunden", "Der skrives baggrunden", "her skrives baggrundens historie"] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
