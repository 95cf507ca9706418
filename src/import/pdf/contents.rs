//! Tables of contents: lines that end in the number of a page, after dots or a gap.
//!
//! Takes lines; tells whether a table of contents begins with the first of them, and gives its entries without dots and
//! numbers.

use super::line::{Line, same};

/// Headings under which a table of contents stands.
const HEADINGS: [&str; 5] = ["indhold", "indholdsfortegnelse", "contents", "table of contents", "oversigt"];

/// Whether the line is such a heading.
pub(super) fn is_heading(text: &str) -> bool {
    HEADINGS.contains(&text.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// The entries of a table of contents at the beginning of the lines, each with its lines, and how many lines it took.
pub(super) fn find(lines: &[Line], headed: bool) -> Option<(Vec<Vec<Line>>, usize)> {
    let (mut entries, mut open, mut count): (Vec<Vec<Line>>, Vec<Line>, usize) = (Vec::new(), Vec::new(), 0);
    for (at, line) in lines.iter().enumerate() {
        let end = entry_end(line, headed);
        let whole = end.unwrap_or(line.atoms.len());
        let apart = open.last().is_some_and(|before: &Line| !same(before.size(), line.size()));
        if apart || (end.is_none() && entries.is_empty() && !headed) {
            break;
        }
        open.push(line.part(0, whole));
        if end.is_some() {
            entries.push(std::mem::take(&mut open));
            count = at + 1;
        } else if open.len() > 3 || line.pitch.is_none() && at > 0 && entries.is_empty() {
            break;
        }
    }
    let led = lines[..count].iter().filter(|line| entry_end(line, false).is_some()).count();
    (entries.len() >= 2 && (headed || led >= 2) || (headed && !entries.is_empty())).then_some((entries, count))
}

/// Up to which atom a line is an entry's words, where it ends in the number of a page.
fn entry_end(line: &Line, headed: bool) -> Option<usize> {
    let last = line.atoms.last()?;
    let dot = |c: char| c == '.' || c == '…' || c == '_' || c == '·';
    let number = last.text.trim_start_matches(dot);
    if number.is_empty() || number.len() > 4 || !number.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut end = line.atoms.len() - 1;
    let mut dots = last.text.len() - number.len();
    while let Some(atom) = end.checked_sub(1).and_then(|at| line.atoms.get(at)) {
        let bare = atom.text.trim_end_matches(dot);
        if !bare.is_empty() {
            break;
        }
        dots += atom.text.len();
        end -= 1;
    }
    let before = end.checked_sub(1).and_then(|at| line.atoms.get(at))?;
    dots += before.text.len() - before.text.trim_end_matches(dot).len();
    let gap = last.left - before.right > 2.0 * last.size && last.right > line.column.1 - 3.0 * last.size;
    (dots >= 4 || (headed && gap)).then_some(end)
}

/// An entry's words without the dots at their end.
pub(super) fn without_dots(text: &str) -> String {
    let bare = text.trim_end_matches(['.', '…', '_', '·', ' ']);
    let dots = text[bare.len()..].chars().filter(|c| *c == '.').count();
    if dots > 3 || text[bare.len()..].contains(['…', '_', '·']) {
        bare.to_owned()
    } else {
        text.trim_end().to_owned()
    }
}
