//! Page furniture: running heads, and the numbers of pages.
//!
//! Takes the lines, and those that the template knows; takes out what stands at the same end of most pages and differs by
//! digits alone, and lines that number a page.

use super::citing::Cited;
use super::lines::{Gap, Line, Lines};
use crate::import::block::Place;
use crate::import::remark::{About, Remark};
use std::collections::{BTreeMap, BTreeSet};

/// Lines at either end of a page that can be running heads.
const DEEP: usize = 3;

/// Takes out page furniture; `fixed` tells of each line whether the template knows it.
pub fn take(lines: &mut Lines, fixed: &[bool], remarks: &mut Vec<Remark>) {
    let spaced = lines.spaced;
    let lines = &mut lines.lines;
    let pages = lines.last().map_or(1, |line| line.page);
    let mut gone: Vec<bool> = lines.iter().map(|line| is_page_of_pages(&line.text)).collect();
    if !spaced && pages > 1 {
        at_edges(lines, fixed, pages, &mut gone);
    }
    if !gone.contains(&true) {
        return;
    }
    let mut page_begins = None;
    let mut at = 0;
    lines.retain_mut(|line| {
        let goes = gone.get(at).copied().unwrap_or(false);
        at += 1;
        // A line behind one that goes begins the page in its place.
        if page_begins.take_if(|page| *page == line.page).is_some() {
            line.gap = Gap::Page;
        }
        if goes {
            page_begins = (line.gap == Gap::Page).then_some(line.page);
            let text = std::mem::take(&mut line.text);
            remarks.push(Remark::new(About::PageFurniture, Place::Line(line.number), text));
        }
        !goes
    });
    if let Some(first) = lines.first_mut() {
        first.gap = Gap::Line;
    }
}

/// Marks lines at the ends of pages.
fn at_edges(lines: &[Line], fixed: &[bool], pages: u32, gone: &mut [bool]) {
    let all: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
    let cited = Cited::scan(&all);
    let indented = lines.iter().any(|line| line.indent > 1);
    // A page has one number; another lone number at its foot is that of a footnote.
    let mut with_number: BTreeSet<u32> = BTreeSet::new();
    for head in [true, false] {
        for _ in 0..DEEP {
            // The outermost line of every page, and how often such a one stands there.
            let mut edges: BTreeMap<u32, usize> = BTreeMap::new();
            for (at, line) in lines.iter().enumerate().filter(|(at, _)| !gone[*at]) {
                if head {
                    edges.entry(line.page).or_insert(at);
                } else {
                    edges.insert(line.page, at);
                }
            }
            let mut seen: BTreeMap<String, u32> = BTreeMap::new();
            for at in edges.values() {
                *seen.entry(plain(&lines[*at].text)).or_default() += 1;
            }
            let goes = |line: &Line| {
                let same = seen.get(&plain(&line.text)).copied().unwrap_or(0);
                if !is_page_number(&line.text) {
                    return same > 1 && same * 5 >= pages * 3;
                }
                if is_worded(&line.text) {
                    return true;
                }
                // The number of a footnote stands at the left edge, that of a page hardly ever.
                let note = indented && line.indent < 4 && cited.has(&line.text, 0);
                !note && !with_number.contains(&line.page) && (same > 1 || line.text.len() < 12)
            };
            let going: Vec<usize> = edges.values().copied().filter(|at| !fixed[*at] && goes(&lines[*at])).collect();
            if going.is_empty() {
                break;
            }
            for at in going {
                gone[at] = true;
                if is_page_number(&lines[at].text) {
                    with_number.insert(lines[at].page);
                }
            }
        }
    }
}

/// A line without what its digits are.
fn plain(text: &str) -> String {
    let pieces = text.split(|c: char| c.is_ascii_digit()).filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("#")
}

/// `3`, `Side 3`, `Side 3 af 12`, `3/12`.
pub fn is_page_number(text: &str) -> bool {
    let mut numbers = 0;
    text.split(|c: char| c.is_whitespace() || "/-–.".contains(c)).filter(|word| !word.is_empty()).all(|word| {
        let number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
        numbers += usize::from(number);
        number || matches!(word.to_lowercase().as_str(), "side" | "af" | "page" | "of")
    }) && numbers > 0
        && numbers < 3
}

/// A page number that says so: `Side 3`, and not the end of a sentence (`side 12-14`).
fn is_worded(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && !text.contains(['-', '–'])
}

/// `Side 3 af 12`: wherever it stands, no text of the record says just this.
fn is_page_of_pages(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().take(5).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words[..], ["side" | "page", _, "af" | "of" | "/", _]) && is_page_number(text)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::take;

    /// What is left of pages of text, from which nothing is known to the template.
    fn left(pages: &[&str]) -> Vec<String> {
        let mut lines = lines(&pages.join("\n\u{c}"));
        let fixed = vec![false; lines.lines.len()];
        take(&mut lines, &fixed, &mut Vec::new());
        lines.lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_line_that_few_pages_have_is_text() {
        let pages = ["Orientering\nEt", "Orientering\nTo", "Punkt\nTre", "Sag\nFire"];
        assert_eq!(left(&pages).len(), 8);
    }

    #[test]
    fn a_head_that_all_pages_but_the_first_have_goes() {
        assert_eq!(left(&["Dagsorden\nEt", "Rådets møde\nTo", "Rådets møde\nTre"]), ["Dagsorden", "Et", "To", "Tre"]);
    }

    #[test]
    fn page_numbers_with_words_go_wherever_they_stand() {
        let pages = ["   Et er\nSide 1 af 2", "   To er\nSide 2 af 2\nBilag\nBilag\nBilag\nBilag"];
        assert_eq!(left(&pages), ["Et er", "To er", "Bilag", "Bilag", "Bilag", "Bilag"]);
        assert_eq!(left(&["Et er\nSide 1 af 1"]), ["Et er"]);
        assert_eq!(left(&["Et\nSide 1 af 1 er læst"]).len(), 2);
        // The end of a note, above the number of its page.
        assert_eq!(left(&["Et\nside 12-14.\n1", "To\n2"]), ["Et", "side 12-14.", "To"]);
    }
}
