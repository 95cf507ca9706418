//! Columns: text that runs down one half of a page and then down the other.
//!
//! Takes the lines of a page; gives them in the order of reading, each with the edges of its column. A table is not taken
//! for columns: its left side is labels, not lines that are full.

use super::line::Line;

/// At the least this much must be free between two columns.
const GUTTER: f32 = 9.0;

/// At the least this many lines must stand on each side.
const LINES: usize = 4;

/// Puts a page's lines in the order of reading; `edges` are the page's text's. True where there were columns.
pub(super) fn order(lines: Vec<Line>, edges: (f32, f32)) -> (Vec<Line>, bool) {
    let Some(gutter) = gutter(&lines, edges) else {
        return (lines.into_iter().map(|line| Line { column: edges, ..line }).collect(), false);
    };
    let mut ordered: Vec<Line> = Vec::with_capacity(lines.len());
    let (mut left, mut right): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
    let mut found = false;
    for line in lines {
        let crosses =
            line.atoms.iter().any(|atom| atom.left < gutter - 2.0 && atom.right > gutter + 2.0) || !free(&line, gutter);
        if crosses {
            found |= settle(&mut ordered, &mut left, &mut right, edges, gutter);
            ordered.push(Line { column: edges, ..line });
            continue;
        }
        let at = line.atoms.iter().position(|atom| atom.left > gutter - 2.0).unwrap_or(line.atoms.len());
        if at > 0 {
            left.push(line.part(0, at));
        }
        if at < line.atoms.len() {
            right.push(line.part(at, line.atoms.len()));
        }
    }
    found |= settle(&mut ordered, &mut left, &mut right, edges, gutter);
    (ordered, found)
}

/// A band of lines between two that cross the gutter: as columns, or, where it is none, as the lines were.
fn settle(done: &mut Vec<Line>, left: &mut Vec<Line>, right: &mut Vec<Line>, edges: (f32, f32), gutter: f32) -> bool {
    let (left, right) = (std::mem::take(left), std::mem::take(right));
    let columns = is_column(&left) && is_column(&right);
    if columns || right.is_empty() {
        let of = |lines: &[Line], from: f32| {
            let end = lines.iter().map(Line::right).fold(f32::MIN, f32::max);
            (lines.iter().map(Line::left).fold(f32::MAX, f32::min).max(from), end)
        };
        let (one, two) = (if columns { of(&left, edges.0) } else { edges }, of(&right, gutter));
        done.extend(left.into_iter().map(|line| Line { column: one, ..line }));
        done.extend(right.into_iter().map(|line| Line { column: two, ..line }));
        return columns;
    }
    // Lines that were cut in two are made whole again.
    let mut whole: Vec<Line> = left;
    for line in right {
        match whole.iter_mut().find(|other| other.number == line.number) {
            Some(other) => other.atoms.extend(line.atoms),
            None => whole.push(line),
        }
    }
    whole.sort_by_key(|line| line.number);
    done.extend(whole.into_iter().map(|line| Line { column: edges, ..line }));
    false
}

/// Where most lines leave a gap in the middle of the page, with running text on both sides.
fn gutter(lines: &[Line], edges: (f32, f32)) -> Option<f32> {
    let width = edges.1 - edges.0;
    if lines.len() < 2 * LINES || width < 200.0 {
        return None;
    }
    let mut best: Option<(usize, f32)> = None;
    for step in 0..=40 {
        let at = edges.0 + width * (0.3 + 0.01 * step as f32);
        let crossing = lines.iter().filter(|line| !free(line, at)).count();
        let sides = |left: bool| lines.iter().filter(|l| l.atoms.iter().any(|a| (a.left < at) == left)).count();
        let both = sides(true) >= LINES && sides(false) >= LINES;
        if both && crossing * 2 < lines.len() && best.is_none_or(|(least, _)| crossing < least) {
            best = Some((crossing, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Nothing stands at `at`, nor near it on both sides.
fn free(line: &Line, at: f32) -> bool {
    let before = line.atoms.iter().filter(|atom| atom.left < at).map(|atom| atom.right).fold(f32::MIN, f32::max);
    let behind = line.atoms.iter().filter(|atom| atom.left >= at).map(|atom| atom.left).fold(f32::MAX, f32::min);
    before <= at && behind - before >= GUTTER
}

/// Running text: several lines, of which most are full.
fn is_column(lines: &[Line]) -> bool {
    let end = lines.iter().map(Line::right).fold(f32::MIN, f32::max);
    let begin = lines.iter().map(Line::left).fold(f32::MAX, f32::min);
    let full = lines.iter().filter(|line| line.right() - begin > 0.75 * (end - begin)).count();
    let words = lines.iter().map(|line| line.atoms.len()).sum::<usize>();
    // Cells beside each other leave gaps, and cells below each other stand at distances that differ.
    let gap = |pair: &[super::atom::Atom]| pair[1].left - pair[0].right > 2.0 * pair[0].size;
    let gaps = lines.iter().filter(|line| line.atoms.windows(2).skip(1).any(gap)).count();
    let near = |pair: &&[Line]| pair[1].base() - pair[0].base() < 1.45 * pair[1].size();
    let steady = lines.windows(2).filter(near).count();
    lines.len() >= LINES
        && full * 2 >= lines.len()
        && words >= 3 * lines.len()
        && gaps * 6 < lines.len()
        && steady * 2 >= lines.len() - 1
}
