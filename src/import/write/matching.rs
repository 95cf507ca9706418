//! Which of a meeting's items on the disk each of a draft's is.
//!
//! Takes both lists; gives pairs, the surest first, no item twice. A title decides together with a number or a case:
//! numbers change from agenda to minutes, and a standing case stands on several items of one meeting.

use crate::model::slug::slug;
use std::collections::BTreeSet;

/// What an item is known by.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// As printed.
    pub number: String,
    /// What its address is made from.
    pub id: String,
    /// The title.
    pub title: String,
    /// Case numbers in their canonical form.
    pub cases: BTreeSet<String>,
}

/// For titles of items that share a number or a case.
const ALIKE: f64 = 0.6;

/// For titles of items that nothing contradicts.
const MUCH_ALIKE: f64 = 0.75;

/// For titles of items that treat other cases.
const NEARLY_SAME: f64 = 0.9;

/// For each of `theirs`, the index of the same item in `ours`.
pub fn pairs(ours: &[Known], theirs: &[Known]) -> Vec<Option<usize>> {
    let mut scores = Vec::new();
    for (their, known) in theirs.iter().enumerate() {
        for (our, other) in ours.iter().enumerate() {
            if let Some(score) = score(other, known, ours, theirs) {
                scores.push((score, their, our));
            }
        }
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs = vec![None; theirs.len()];
    let mut taken = BTreeSet::new();
    for (_, their, our) in scores {
        if pairs[their].is_none() && taken.insert(our) {
            pairs[their] = Some(our);
        }
    }
    pairs
}

/// How sure it is that two are one item; `None` where they are not.
fn score(ours: &Known, theirs: &Known, all_ours: &[Known], all_theirs: &[Known]) -> Option<f64> {
    let alike = alike(&ours.title, &theirs.title);
    let shared: Vec<_> = ours.cases.intersection(&theirs.cases).collect();
    let apart = shared.is_empty() && !ours.cases.is_empty() && !theirs.cases.is_empty();
    let same_number = slug(&ours.number) == slug(&theirs.number);
    let same_id = slug(&ours.id) == slug(&theirs.number);
    let once = |all: &[Known], case: &String| all.iter().filter(|known| known.cases.contains(case)).count() == 1;
    let own_case = || shared.iter().any(|case| once(all_ours, case) && once(all_theirs, case));
    let enough = if apart { MUCH_ALIKE } else { ALIKE };
    let base = match () {
        () if same_number && alike >= enough => 5.0,
        () if same_id && alike >= enough => 4.0,
        () if !shared.is_empty() && alike >= ALIKE => 3.0,
        () if alike >= if apart { NEARLY_SAME } else { MUCH_ALIKE } => 2.0,
        // Its title was changed, but its number and a case that is its own were not.
        () if same_number && own_case() => 1.0,
        () => return None,
    };
    // Of two items that are alike in all else, the one that had the number first keeps it.
    let first = if same_id { 0.1 } else { 0.0 };
    Some(base + alike / 2.0 + first)
}

/// How much two titles are alike: by their letters or by their words, whichever is more.
#[allow(clippy::cast_precision_loss)] // titles have few words
fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (slug(a), slug(b));
    if a == b {
        return 1.0;
    }
    let words = |text: &str| -> BTreeSet<String> { text.split('-').map(str::to_owned).collect() };
    let (first, second) = (words(&a), words(&b));
    let common = first.intersection(&second).count() as f64;
    let by_words = 2.0 * common / (first.len() + second.len()) as f64;
    // No two titles that are not the same are as sure as those that are.
    strsim::normalized_levenshtein(&a, &b).max(by_words).min(0.99)
}

#[cfg(test)]
mod tests {
    use super::{Known, pairs};

    fn known(number: &str, title: &str, case: &str) -> Known {
        let cases = if case.is_empty() { [].into() } else { [case.to_owned()].into() };
        Known { number: number.into(), id: number.into(), title: title.into(), cases }
    }

    #[test]
    fn the_surest_pair_goes_first() {
        let ours = [
            known("2.1", "Dialog med KL's direktion", "S"),
            known("2.2", "Digitalt samtykke", "A"),
            known("2.3", "Status for AI", "B"),
            known("2.4", "Blanketter", "C"),
        ];
        let theirs = [
            known("2.1", "Ny sag", "S"),
            known("2.2", "Dialog med KL’s direktion", "S"),
            known("2.3", "Digitalt Samtykke", "A"),
            known("2.4", "Modernisering af KL's blanketsamling", "C"),
            known("2.5", "Status for it", "D"),
        ];
        assert_eq!(pairs(&ours, &theirs), [None, Some(0), Some(1), Some(3), None]);
    }
}
