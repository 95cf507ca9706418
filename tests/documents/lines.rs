//! The lines of a printed page, from the places of its words.
//!
//! Takes what `pdftotext -raw -bbox` prints: words in the order in which they were set, with their boxes. Gives lines in
//! that order, without page furniture; the words that line ends broke; and a text like those that the council keeps:
//! an empty line behind every line, a lone blank for a gap, pages that follow each other without a sign.

use super::convert::Target;

/// A line of a page.
#[derive(Debug, Clone)]
pub struct Line {
    /// From 0.
    pub page: usize,
    /// Upper edge.
    pub top: f64,
    /// Height of its first word.
    pub height: f64,
    /// What it says.
    pub text: String,
}

/// A word that a line end broke.
#[derive(Debug, Clone)]
pub struct Broken {
    /// What stands before the line's end, with the hyphen.
    pub left: String,
    /// What may follow, the likeliest first.
    pub rights: Vec<String>,
}

/// The signs that end a broken line.
pub const HYPHENS: [char; 4] = ['-', '\u{2010}', '\u{2011}', '\u{ad}'];

struct Word {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    text: String,
}

/// The lines of all pages, less what repeats on them.
pub fn read(boxes: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut pages = 0;
    let mut last: Option<Word> = None;
    for row in boxes.lines() {
        if row.trim_start().starts_with("<page") {
            pages += 1;
            last = None;
        }
        let Some(word) = word(row) else { continue };
        let page = pages - 1;
        let same = last.as_ref().filter(|last| {
            let shared = last.bottom.min(word.bottom) - last.top.max(word.top);
            shared > 0.5 * (word.bottom - word.top).min(last.bottom - last.top) && word.left > last.right - 2.0
        });
        match (same, lines.last_mut()) {
            (Some(last), Some(line)) => {
                // A footnote's number stands close behind its word.
                if word.left - last.right > 0.1 * (word.bottom - word.top).min(last.bottom - last.top) {
                    line.text.push(' ');
                }
                line.text.push_str(&word.text);
            }
            _ => {
                let (top, height, text) = (word.top, word.bottom - word.top, word.text.clone());
                lines.push(Line { page, top, height, text });
            }
        }
        last = Some(word);
    }
    let furniture: Vec<bool> = lines.iter().map(|line| is_furniture(line, &lines)).collect();
    let mut keep = furniture.iter().map(|furniture| !furniture);
    lines.retain(|_| keep.next().unwrap_or(true));
    lines
}

/// The same words but for numbers at the same height of another page, near an edge.
fn is_furniture(line: &Line, all: &[Line]) -> bool {
    let bare = |text: &str| text.chars().filter(|letter| !letter.is_ascii_digit()).collect::<String>();
    let outer = line.top < 68.0 || line.top > 770.0;
    outer
        && all.iter().any(|other| {
            other.page != line.page && (other.top - line.top).abs() < 1.0 && bare(&other.text) == bare(&line.text)
        })
}

fn word(row: &str) -> Option<Word> {
    let row = row.trim().strip_prefix("<word ")?;
    let (head, text) = row.split_once('>')?;
    let mut numbers = head.split('"').skip(1).step_by(2).map(str::parse::<f64>);
    let mut number = || numbers.next()?.ok();
    let (left, top, right, bottom) = (number()?, number()?, number()?, number()?);
    let text = unescape(text.strip_suffix("</word>")?);
    Some(Word { left, top, right, bottom, text })
}

/// Text without its XML signs.
pub fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&apos;", "'").replace("&#160;", " ").replace("&amp;", "&")
}

/// Words that line ends broke. What follows is mostly on the next line, but notes, boxes and the page's end may stand
/// between: the first that makes a word of the truth is meant.
pub fn broken(lines: &[Line]) -> Vec<Broken> {
    let first = |at: usize| lines.get(at).and_then(|line| line.text.split_whitespace().next()).unwrap_or_default();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let left = line.text.split_whitespace().next_back().unwrap_or_default();
        if left.len() < 2 || !left.ends_with(HYPHENS) || at + 1 == lines.len() {
            continue;
        }
        let right = |from: usize| {
            // A word may be broken more than once, in a narrow cell.
            let (mut at, mut right) = (from, first(from).to_owned());
            while right.ends_with('-') && lines.get(at).is_some_and(|line| line.text.trim() == first(at)) {
                at += 1;
                right.pop();
                right.push_str(first(at));
            }
            right
        };
        let rights = (at + 1..lines.len().min(at + 16)).map(right).collect();
        all.push(Broken { left: left.to_owned(), rights });
    }
    all
}

/// The council's kind of text; `targets` are the links of each page, `outline` the document's bookmarks.
pub fn spaced(lines: &[Line], targets: &[Target], outline: &[String]) -> String {
    let pitch = usual(lines.windows(2).filter(|two| two[0].page == two[1].page).map(|two| two[1].top - two[0].top));
    let height = usual(lines.iter().map(|line| line.height));
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &lines[at]);
        if before.is_none_or(|before| before.page != line.page) {
            out.push(' ');
        }
        out.push_str(&line.text);
        let next = lines.get(at + 1).filter(|next| next.page == line.page);
        let hyphen = line.text.ends_with('-');
        let gap = next.map_or(0.0, |next| (next.top - line.top) / pitch);
        let title = |line: &Line| line.height > 1.12 * height;
        out.push_str(if hyphen { "\n" } else { " \n" });
        let Some(next) = next else {
            for target in targets.iter().filter(|target| target.page == line.page) {
                out.push('\n');
                out.push_str(&target.url);
                out.push('\n');
            }
            continue;
        };
        if hyphen && title(line) && title(next) {
            continue;
        }
        out.push('\n');
        if !title(line) && !hyphen {
            let blanks = if gap > 2.6 { 2 } else { usize::from(gap > 1.17) };
            out.push_str(&" \n\n".repeat(blanks));
        }
    }
    if !outline.is_empty() {
        out.push('\n');
        for (at, title) in outline.iter().enumerate() {
            let part = title.split_once(". ").is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
            out.push_str(if part && at > 0 { "\n\t" } else { "\t" });
            out.push_str(title);
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// The value that occurs most, to a tenth.
fn usual(values: impl Iterator<Item = f64>) -> f64 {
    let mut counts = std::collections::BTreeMap::new();
    for value in values.filter(|value| *value > 1.0) {
        *counts.entry((value * 10.0).round() as u64).or_insert(0usize) += 1;
    }
    let most = counts.iter().max_by_key(|(_, count)| **count).map_or(140, |(value, _)| *value);
    most as f64 / 10.0
}
