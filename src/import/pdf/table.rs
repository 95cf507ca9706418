//! Tables: lines whose words begin at the same few places, with gaps before them.
//!
//! Takes lines; tells whether a table begins with the first of them, where its columns are, and which lines make a row.
//! Poppler does not tell of ruled lines, so rows are known by the gap above them and by where the first column begins
//! anew. A table that goes on after a page's end is one table.

use super::line::{Line, same};
use super::measure::{Measures, ended_early, pitch};
use super::sense::{begins_lower, ends_sentence};
use crate::import::hints::Hints;
use crate::import::mend::is_hyphen;

/// A table that was found.
#[derive(Debug)]
pub(super) struct Table {
    /// By row and column: the lines of a cell.
    pub rows: Vec<Vec<Vec<Line>>>,
    /// How many lines it took.
    pub lines: usize,
    /// How far lines within a cell's paragraph are apart.
    pub tight: f32,
    /// Rows could not be told apart with certainty.
    pub doubt: bool,
}

/// A table of more lines goes on as another.
const MOST_LINES: usize = 2000;

/// What is left free between the text of two cells.
const MARGINS: f32 = 10.0;

/// A gap that is wider than any between words, in sizes of the type.
const WIDE: f32 = 1.4;

/// A line in columns: which atoms, by number, stand in each.
type Placed = Vec<std::ops::Range<usize>>;

/// The table that begins with the first line, if one does.
pub(super) fn find(lines: &[Line], measures: &Measures, hints: &Hints) -> Option<Table> {
    let first = lines.first()?;
    let mut starts = starts(lines, measures)?;
    let mut placed: Vec<Placed> = vec![place(first, &starts)?];
    for line in lines.iter().take(MOST_LINES).skip(1) {
        let far = line.pitch.is_some_and(|pitch| pitch > 3.4 * measures.pitch(line.size()));
        let title = line.size() > measures.body + 0.6 || (hints.stands_alone)(&line.text());
        if far || (title && segments(line).len() == 1) {
            break;
        }
        if let Some(more) = refined(line, &starts, &lines[..placed.len()])
            && let Some(again) = lines[..placed.len()].iter().map(|line| place(line, &more)).collect()
        {
            (starts, placed) = (more, again);
        }
        match place(line, &starts) {
            Some(at) => placed.push(at),
            None => break,
        }
    }
    let count = keep(lines, &placed, measures);
    let (lines, placed) = (&lines[..count], &placed[..count]);
    let several = placed.iter().filter(|at| filled(at) > 1).count();
    // Lines that all reach from edge to edge are a paragraph's, whose blanks were stretched.
    if several < 2 || lines.iter().all(flush) {
        return None;
    }
    let steps = Steps::of(lines, placed, measures);
    let (rows, doubt) = rows(lines, placed, &starts, &steps);
    // Lines of one entry each, with a mark before them, are a list.
    (rows.len() > 1 || starts.len() > 2 || count > 2).then_some(Table { rows, lines: count, tight: steps.tight, doubt })
}

/// The line reaches from edge to edge.
fn flush(line: &Line) -> bool {
    line.left() < line.column.0 + 1.0 && line.right() > line.column.1 - 1.0
}

/// The ranges of atoms that stand together.
fn segments(line: &Line) -> Vec<std::ops::Range<usize>> {
    let mut segments = Vec::new();
    let mut from = 0;
    for at in 1..line.atoms.len() {
        if line.atoms[at].left - line.atoms[at - 1].right > WIDE * line.size() {
            segments.push(from..at);
            from = at;
        }
    }
    segments.push(from..line.atoms.len());
    segments
}

/// Where columns begin, as the first line shows it, perhaps with the line after it.
fn starts(lines: &[Line], measures: &Measures) -> Option<Vec<f32>> {
    let line = lines.first()?;
    let places: Vec<f32> = segments(line).iter().map(|range| line.atoms[range.start].left).collect();
    if places.len() > 1 {
        let marked = super::marker::mark(line).is_some_and(|mark| (mark.text - places[1]).abs() < 1.0);
        return (!marked || places.len() > 2).then_some(places);
    }
    // The first label fills its column, so that no wide gap is before the value: lines below show where that begins.
    let below = lines.get(1..4.min(lines.len()))?.iter().take_while(|line| line.pitch.is_some());
    for other in below {
        for range in segments(other) {
            let left = other.atoms[range.start].left;
            let at = line.atoms.iter().position(|atom| (atom.left - left).abs() < 1.0);
            let gap = |at: usize| line.atoms[at].left - line.atoms[at - 1].right;
            // In lines that are stretched, every gap is wide.
            let widest = |but: usize| (1..line.atoms.len()).filter(|at| *at != but).map(gap).fold(0.0, f32::max);
            let clear = |at: usize| gap(at) > 0.34 * line.size() && (!flush(line) || gap(at) > 1.3 * widest(at));
            if left > line.left() + 4.0 * measures.body && at.is_some_and(|at| at > 0 && clear(at)) {
                let value = segments(other).len() > 1 || other.left() > line.left() + 4.0 * measures.body;
                let marked = super::marker::mark(line).is_some();
                return (value && !marked).then(|| vec![line.left(), left]);
            }
        }
    }
    None
}

/// The columns with those that a line shows and the lines before did not.
fn refined(line: &Line, starts: &[f32], before: &[Line]) -> Option<Vec<f32>> {
    let segments = segments(line);
    let several = segments.len() > starts.len();
    // Words of a line before begin there too, behind a gap.
    let gap = |other: &Line, at: usize| other.atoms[at].left - other.atoms[at - 1].right > 0.6 * other.size();
    let below = |left: f32| {
        let begins =
            |other: &Line| (1..other.atoms.len()).any(|at| (other.atoms[at].left - left).abs() < 0.5 && gap(other, at));
        starts.len() > 2 && before.iter().rev().take(3).any(begins)
    };
    let mut more = starts.to_vec();
    for range in segments {
        let left = line.atoms[range.start].left;
        if more.iter().all(|start| (start - left).abs() > 8.0) && (several || below(left)) {
            more.push(left);
        }
    }
    more.sort_by(f32::total_cmp);
    (more.len() > starts.len()).then_some(more)
}

/// The line in columns; none where a word stands across two of them.
fn place(line: &Line, starts: &[f32]) -> Option<Placed> {
    let column = |left: f32| starts.iter().rposition(|start| *start <= left + 2.5);
    let mut placed: Placed = vec![0..0; starts.len()];
    let mut last: Option<usize> = None;
    for (at, atom) in line.atoms.iter().enumerate() {
        let here = column(atom.left)?;
        if starts.get(here + 1).is_some_and(|next| atom.right > next - 0.5) {
            return None;
        }
        if let Some(before) = last.filter(|before| *before != here) {
            let gap = atom.left - line.atoms[at - 1].right;
            let aligned = (atom.left - starts[here]).abs() < 1.5;
            if before > here || !(gap > WIDE * line.size() || (aligned && gap > 0.34 * line.size())) {
                return None;
            }
        }
        if last != Some(here) {
            placed[here] = at..at;
        }
        placed[here].end = at + 1;
        last = Some(here);
    }
    Some(placed)
}

fn filled(placed: &Placed) -> usize {
    placed.iter().filter(|range| !range.is_empty()).count()
}

/// How many of the lines are the table's: what follows its last full row may be a paragraph that is short.
fn keep(lines: &[Line], placed: &[Placed], measures: &Measures) -> usize {
    let mut count = placed.iter().rposition(|at| filled(at) > 1).map_or(0, |at| at + 1);
    for (line, at) in lines.iter().zip(placed).skip(count) {
        let value = at[0].is_empty();
        let before = &lines[count.saturating_sub(1)];
        let label = placed.get(count.saturating_sub(1)).and_then(|at| before.atoms.get(at[0].clone()));
        let open = label.and_then(<[_]>::last).is_some_and(|atom| !ends_sentence(&atom.text));
        let reach = measures.pitch(line.size()) * if value { 1.9 } else { 1.06 };
        let near = line.pitch.map_or(value || open, |pitch| pitch < reach);
        let alike = same(line.size(), before.size()) && line.strong() == before.atoms[0].strong;
        if !near || !(value || alike) {
            break;
        }
        count += 1;
    }
    count
}

/// The lines as rows of cells, and whether that was a guess.
fn rows(lines: &[Line], placed: &[Placed], starts: &[f32], steps: &Steps) -> (Vec<Vec<Vec<Line>>>, bool) {
    let edges = edges(lines, placed, starts);
    let mut rows: Vec<Vec<Vec<Line>>> = Vec::new();
    let mut doubt = false;
    // The line before this one, where it has words in the first column.
    let mut label: Option<Line> = None;
    // How many lines the first row has; the same lines on top of a page are that row again.
    let mut head: Option<usize> = None;
    let (mut at, mut page) = (0, false);
    while let (Some(line), Some(ranges)) = (lines.get(at), placed.get(at)) {
        page |= line.pitch.is_none() && at > 0;
        if let Some(head) = head.filter(|_| page && line.pitch.is_none())
            && lines.get(at..at + head).is_some_and(|again| alike(again, &lines[..head]))
        {
            at += head;
            continue;
        }
        let cells: Vec<Option<Line>> = ranges
            .iter()
            .zip(&edges)
            .map(|(range, edges)| {
                let part = (!range.is_empty()).then(|| line.part(range.start, range.end))?;
                Some(Line { column: *edges, ..part })
            })
            .collect();
        let begins = match rows.last() {
            None => true,
            Some(row) if page => !continues(row, &cells),
            Some(_) => match steps.begins(line, ranges) {
                Some(begins) => begins,
                None => guess(&cells, &label, line.pitch.is_some(), &mut doubt),
            },
        };
        if begins {
            if rows.len() == 1 {
                head = Some(at);
            }
            rows.push(vec![Vec::new(); starts.len()]);
        }
        label = cells.first().cloned().flatten();
        if let Some(row) = rows.last_mut() {
            for (cell, line) in row.iter_mut().zip(cells) {
                cell.extend(line);
            }
        }
        (at, page) = (at + 1, false);
    }
    // Beside other cells, lines may stand between those of a cell: its own tell how far they are apart.
    rows.iter_mut().flatten().for_each(|cell| pitch(cell));
    (rows, doubt)
}

/// Whether lines say the same.
fn alike(one: &[Line], other: &[Line]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.text() == other.text())
}

/// Whether the first line on a page goes on with the row before: no word of it would have had room in that.
fn continues(row: &[Vec<Line>], cells: &[Option<Line>]) -> bool {
    let pairs = || row.iter().zip(cells).filter_map(|(cell, next)| Some((cell.last(), next.as_ref()?)));
    if pairs().any(|(before, _)| before.is_some_and(|before| before.text().ends_with(is_hyphen))) {
        return true;
    }
    let Some(Some(first)) = cells.first() else { return pairs().count() == 1 || cells.len() < 3 };
    let full = pairs().all(|(before, next)| before.is_some_and(|before| !ended_early(before, next)));
    begins_lower(&first.text()) || cells.len() > 2 && pairs().count() < cells.len() && full
}

/// Without steps that tell: whether a row begins, by what its first cell says. `near` is false on top of a page.
fn guess(cells: &[Option<Line>], label: &Option<Line>, near: bool, doubt: &mut bool) -> bool {
    match (cells.first().and_then(Option::as_ref), label) {
        (Some(first), Some(label)) => {
            let broken = label.text().ends_with(is_hyphen);
            let lower = begins_lower(&first.text());
            let room = ended_early(label, first);
            *doubt |= near && !broken && !lower && !room;
            // A label that wraps beside a value seldom goes on with a capital.
            let alone = cells.iter().flatten().count() == 1;
            !(broken || lower || (alone && !room))
        }
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// How far lines of a table are apart.
struct Steps {
    /// Within a paragraph.
    tight: f32,
    /// From one row to the next, at the least; none where rows stand no further apart than lines.
    row: Option<f32>,
}

/// By how much rows stand further apart than lines, at the least: the width of a rule.
const RULE: f32 = 0.3;

impl Steps {
    fn of(lines: &[Line], placed: &[Placed], measures: &Measures) -> Self {
        let steps = || lines.iter().zip(placed).skip(1).filter_map(|(line, at)| Some((line, line.pitch?, at)));
        let usual = measures.pitch(lines.first().map_or(measures.body, Line::size));
        let within = |line: &Line, at: &Placed| at[0].is_empty() || begins_lower(&line.text());
        // Lines of cells may be set closer than those of the text, or wider.
        let of_cells = || {
            let lines = steps().filter(|(line, step, at)| within(line, at) && *step > 0.9 * line.size());
            lines.map(|(_, step, _)| step)
        };
        let least = of_cells().fold(f32::MAX, f32::min);
        let as_text = steps().any(|(_, step, _)| (step - usual).abs() < RULE);
        let tight = if as_text || least > 1.6 * usual { usual } else { least };
        let apart = steps().filter(|(_, step, at)| *step > tight + RULE && filled(at) > 1 && !at[0].is_empty());
        let row = apart.map(|(_, step, _)| step).fold(f32::MAX, f32::min);
        Self { tight, row: (row < f32::MAX).then_some(row) }
    }

    /// Whether the line begins a row; none where the steps do not tell.
    fn begins(&self, line: &Line, at: &Placed) -> Option<bool> {
        let (row, step) = (self.row?, line.pitch?);
        let apart = step > self.tight + RULE;
        Some(match filled(at) {
            // A paragraph of its own in the first cell stands nearer than the next row.
            1 => apart && !at[0].is_empty() && step > row - RULE,
            _ if at[0].is_empty() => at.len() > 2 && step > row - RULE,
            _ => apart,
        })
    }
}

/// Where each column begins and ends. The last one ends where the page's text does, unless its lines end before.
fn edges(lines: &[Line], placed: &[Placed], starts: &[f32]) -> Vec<(f32, f32)> {
    let page = lines.iter().map(|line| line.column.1).fold(0.0, f32::max);
    let size = lines.first().map_or(10.0, Line::size);
    let mut edges = Vec::new();
    for (column, start) in starts.iter().enumerate() {
        let parts: Vec<Line> = lines
            .iter()
            .zip(placed)
            .filter(|(_, at)| !at[column].is_empty())
            .map(|(line, at)| line.part(at[column].start, at[column].end))
            .collect();
        let most = parts.iter().map(Line::right).fold(0.0, f32::max);
        let wide = starts.get(column + 1).map_or(page - 0.6 * size, |next| next - MARGINS.max(0.6 * size)).max(most);
        // With that edge, the words that follow within a sentence would have had room one line up.
        let refuted = parts.windows(2).any(|pair| {
            let before = Line { column: (*start, wide), ..pair[0].clone() };
            begins_lower(&pair[1].text()) && !ends_sentence(&before.text()) && ended_early(&before, &pair[1])
        });
        let last = column + 1 == starts.len();
        edges.push((*start, if last && (refuted || wide - most > 9.0 * size) { most + 0.2 } else { wide }));
    }
    edges
}
