//! Page furniture: headers, footers and page numbers, which are no part of the text.
//!
//! Takes the lines of all pages; takes those out that repeat at the same height near the edge of pages, or that are a page
//! number alone, and says so once for each.

use super::line::{Line, same};
use crate::import::block::Place;
use crate::import::hints::Hints;
use crate::import::remark::{About, Remark};
use std::collections::{BTreeMap, BTreeSet};

/// A share of the page's height at its top and bottom where furniture stands.
const ZONE: f32 = 0.13;

/// How many lines at each end of a page may be furniture.
const LINES: usize = 4;

/// What lines have in common that repeat: whether they stand at the top, and their words without digits.
type Key = (bool, String);

/// Takes furniture out of the pages; `body` is the size of the text.
pub(super) fn remove(pages: &mut [(f32, Vec<Line>)], body: f32, hints: &Hints, remarks: &mut Vec<Remark>) {
    let mut seen: BTreeMap<Key, Vec<(u32, f32, bool)>> = BTreeMap::new();
    for (height, lines) in pages.iter() {
        for (line, top) in edges(lines, *height) {
            let words = line.text();
            let title = line.size() > body + 0.6 || line.strong() || (hints.stands_alone)(&words);
            seen.entry((top, masked(&words))).or_default().push((line.page, line.base(), title));
        }
    }
    let count = pages.len();
    let repeated = |key: &Key, base: f32| {
        let Some(all) = seen.get(key) else { return false };
        let here: BTreeSet<u32> =
            all.iter().filter(|(_, at, _)| (at - base).abs() < 3.0).map(|(page, ..)| *page).collect();
        let titles = all.iter().any(|(_, _, title)| *title);
        // A title that begins two pages is no header: that one is on nearly every page.
        let often = here.len() >= 2 && (here.len() >= 5 || here.len() * 5 >= count);
        often && (!titles || (here.len() >= 3 && here.len() * 4 >= (count - 1) * 3))
    };
    let everywhere = |key: &Key, base: f32| {
        let here = |all: &Vec<(u32, f32, bool)>| all.iter().filter(|(_, at, _)| (at - base).abs() < 3.0).count();
        seen.get(key).map_or(0, here) * 10 >= count * 7
    };
    let mut told: BTreeSet<Key> = BTreeSet::new();
    for (height, lines) in pages.iter_mut() {
        let mut gone: BTreeSet<u32> = BTreeSet::new();
        for top in [true, false] {
            let lines_here: Vec<&Line> =
                edges(lines, *height).into_iter().filter(|(_, at)| *at == top).map(|(line, _)| line).collect();
            // From the page's edge to the text: what stands behind a line of text is text.
            let mut found: Vec<(&Line, Key, bool)> = Vec::new();
            for line in lines_here {
                let words = line.text();
                let key = (top, masked(&words));
                let number = found.iter().all(|(.., number)| *number) && counts_pages(&words) && alone(line, lines);
                if !number && !repeated(&key, line.base()) {
                    break;
                }
                found.push((line, key, number));
            }
            // Lines of a list may repeat at the same height too, but they are not apart from the text.
            while found
                .last()
                .is_some_and(|(line, key, number)| !number && !everywhere(key, line.base()) && !apart(line, top, lines))
            {
                found.pop();
            }
            for (line, key, _) in found {
                gone.insert(line.number);
                if told.insert(key) {
                    remarks.push(Remark::new(About::PageFurniture, Place::Page(line.page, line.number), line.text()));
                }
            }
        }
        lines.retain(|line| !gone.contains(&line.number));
    }
}

/// The lines near the top (true) and bottom of a page, from its edge inwards.
fn edges(lines: &[Line], height: f32) -> Vec<(&Line, bool)> {
    let top = lines.iter().take(LINES).filter(|line| line.bottom() < height * ZONE).map(|line| (line, true));
    let bottom = lines.iter().rev().take(LINES).filter(|line| line.top() > height * (1.0 - ZONE));
    top.chain(bottom.map(|line| (line, false))).collect()
}

/// The words with every number replaced.
fn masked(words: &str) -> String {
    let mut masked = String::new();
    for letter in words.chars() {
        if !letter.is_ascii_digit() {
            masked.push(letter);
        } else if !masked.ends_with('#') {
            masked.push('#');
        }
    }
    masked
}

/// A page number and nothing else: `3`, `Side 3 af 12`, `3/12`, `- 3 -`.
fn counts_pages(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| c == '-' || c == '–' || c.is_whitespace()).to_lowercase();
    let bare = ["side", "page", "s."].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(&bare);
    let numbers: Vec<&str> = bare.split_whitespace().flat_map(|word| word.split_inclusive('/')).collect();
    let number = |word: &&str| word.trim_end_matches(['/', '.']).parse::<u32>().is_ok_and(|n| n < 10_000);
    match numbers.as_slice() {
        [one] => number(one),
        [one, two] => number(one) && one.ends_with('/') && number(two),
        [one, "af" | "of" | "/", two] => number(one) && number(two),
        _ => false,
    }
}

/// Nothing stands near on the side of the text.
fn apart(line: &Line, top: bool, lines: &[Line]) -> bool {
    let inwards = |other: &&Line| if top { other.base() > line.base() + 1.0 } else { other.base() < line.base() - 1.0 };
    let near = lines.iter().filter(inwards).map(|other| (other.base() - line.base()).abs());
    near.fold(f32::MAX, f32::min) > 1.6 * line.size()
}

/// It stands apart from the text, not as the last line of it.
fn alone(line: &Line, lines: &[Line]) -> bool {
    let near = lines.iter().filter(|other| other.number != line.number && same(other.size(), line.size()));
    near.map(|other| (other.base() - line.base()).abs()).all(|step| step > 1.6 * line.size())
}

#[cfg(test)]
mod tests {
    use super::{counts_pages, masked};

    #[test]
    fn page_numbers_are_known() {
        for words in ["3", "Side 3 af 12", "3/12", "- 3 -", "side 3", "Side 3/12", "s. 4"] {
            assert!(counts_pages(words), "{words}");
        }
        for words in ["3. Eventuelt", "SAG-2025-1", "2025 blev", "3 af", ""] {
            assert!(!counts_pages(words), "{words}");
        }
        assert_eq!(masked("Møde 27. i 2025"), "Møde #. i #");
    }
}
