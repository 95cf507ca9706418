//! Judges the hyphens at line ends.
//!
//! Takes the truth's words, with whether the content has each, and the words that the printed document broke; gives how
//! many came out whole. The truth decides whether a hyphen was the word's own or the line's.

use super::lines::{Broken, HYPHENS};
use std::collections::BTreeMap;

/// How broken words were mended: right, total, and those that were not. Takes the truth's words with whether the content
/// has each. Pairs that the truth does not know, such as furniture, do not count.
pub fn hyphens(words: &[(String, bool)], broken: &[Broken]) -> (usize, usize, Vec<String>) {
    let mut known: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let two = words.windows(2).map(|two| (format!("{} {}", two[0].0, two[1].0), two[0].1 && two[1].1));
    for (word, kept) in words.iter().cloned().chain(two) {
        let count = known.entry(word).or_default();
        *count = (count.0 + 1, count.1 + usize::from(kept));
    }
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    for Broken { left, rights } in broken {
        let stem = left.trim_end_matches(HYPHENS);
        let candidates = rights.iter().flat_map(|right| {
            // A footnote's number may be glued to the word, and a person's parts lose what stands between them.
            let bare: String = right.chars().filter(|letter| !letter.is_ascii_digit()).collect();
            let part = bare.trim_end_matches([',', ')', ':']).to_owned();
            [right.clone(), bare, part]
                .into_iter()
                .filter(|right| !right.is_empty())
                .flat_map(|right| [format!("{stem}{right}"), format!("{stem}-{right}"), format!("{stem}- {right}")])
        });
        if let Some(form) = candidates.into_iter().find(|form| known.contains_key(form)) {
            *forms.entry(form).or_default() += 1;
        }
    }
    let (mut good, mut total, mut wrong) = (0, 0, Vec::new());
    for (form, times) in forms {
        let (all, kept) = known[&form];
        let lost = times.min(all - kept);
        (good, total) = (good + times - lost, total + times);
        if lost > 0 {
            wrong.push(form);
        }
    }
    (good, total, wrong)
}
