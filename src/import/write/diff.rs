//! What differs between two texts, as people who use version control read it.

use similar::TextDiff;

/// A unified diff: what only `ours` has behind `-`, what only `theirs` has behind `+`.
pub fn unified(ours: &str, theirs: &str) -> String {
    let lines =
        |text: &str| if text.ends_with('\n') || text.is_empty() { text.to_owned() } else { format!("{text}\n") };
    let (ours, theirs) = (lines(ours), lines(theirs));
    TextDiff::from_lines(&ours, &theirs).unified_diff().context_radius(2).to_string()
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn only_what_differs_is_shown() {
        assert_eq!(unified("en\nto", "en\ntre"), "@@ -1,2 +1,2 @@\n en\n-to\n+tre\n");
        assert_eq!(unified("en", "en\n"), "");
    }
}
