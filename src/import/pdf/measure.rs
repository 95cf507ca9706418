//! What is usual in a document: the size of its text, how far its lines are apart, where its columns end.
//!
//! Takes lines; gives the measures by which headings, paragraphs and notes are told from each other.

use super::line::{Line, same};
use super::sense::{begins_lower, ends_sentence};
use std::collections::BTreeMap;

/// By how much type is larger than the text's that is meant to be, in points.
pub(super) const LARGER: f32 = 0.6;

/// What is usual in a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Measures {
    /// The size in which most of its letters are set.
    pub body: f32,
    /// By size of type in tenths of points: from baseline to baseline.
    pitches: BTreeMap<i32, f32>,
    /// How much room lines within a paragraph leave at their end, at the most; in sizes of their type.
    slack: Option<f32>,
}

impl Measures {
    /// Measures the lines, which stand in the order of reading.
    pub fn of(lines: &[Line]) -> Self {
        let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
        let mut steps: BTreeMap<i32, BTreeMap<i32, (usize, f32)>> = BTreeMap::new();
        for pair in lines.windows(2) {
            let [before, line] = pair else { continue };
            if let Some(pitch) = line.pitch
                && same(before.size(), line.size())
                && (0.9..1.9).contains(&(pitch / line.size().max(1.0)))
            {
                let of_size = steps.entry(tenths(line.size())).or_default();
                let (count, sum) = of_size.entry((pitch * 5.0).round() as i32).or_default();
                (*count, *sum) = (*count + 1, *sum + pitch);
            }
        }
        for line in lines {
            *letters.entry(tenths(line.size())).or_default() += line.text().chars().count();
        }
        let body = most(&letters).map_or(10.0, |size| size as f32 / 10.0);
        let pitches = steps.iter().filter_map(|(size, steps)| Some((*size, usual(steps)?))).collect();
        let mut measures = Self { body, pitches, slack: None };
        measures.slack = measures.most_slack(lines);
        measures
    }

    /// Measures lines that a small letter follows. A few of them are followed by a word that is very long.
    fn most_slack(&self, lines: &[Line]) -> Option<f32> {
        let within = |pair: &&[Line]| {
            let (before, line) = (&pair[0], &pair[1]);
            let flush = (before.left() - line.left()).abs() < 1.0 && before.column == line.column;
            flush
                && same(before.size(), self.body)
                && same(line.size(), self.body)
                && line.pitch.is_some()
                && !self.spaced(line)
                && begins_lower(&line.text())
                && !ends_sentence(&before.text())
                && !ended_early(before, line)
        };
        let room = |pair: &[Line]| (pair[0].column.1 - pair[0].right()) / pair[0].size().max(1.0);
        let mut rooms: Vec<f32> = lines.windows(2).filter(within).map(room).collect();
        rooms.sort_by(f32::total_cmp);
        (rooms.len() > 30).then(|| rooms[rooms.len() * 99 / 100])
    }

    /// A line that leaves more room than lines within a paragraph do.
    pub fn short(&self, line: &Line) -> bool {
        self.slack.is_some_and(|most| {
            line.narrow.is_none() && (line.column.1 - line.right()) / line.size().max(1.0) > (most + 0.5).max(1.5)
        })
    }

    /// How far lines of this size are apart within a paragraph.
    pub fn pitch(&self, size: f32) -> f32 {
        let near = self.pitches.range(tenths(size) - 2..=tenths(size) + 2).next();
        near.map_or_else(
            || {
                let body = self.pitches.get(&tenths(self.body)).map_or(1.2, |pitch| pitch / self.body.max(1.0));
                body * size
            },
            |(_, pitch)| *pitch,
        )
    }

    /// The line stands further from the one before than lines of a paragraph do.
    pub fn spaced(&self, line: &Line) -> bool {
        let pitch = self.pitch(line.size());
        line.pitch.is_some_and(|step| step > pitch * 1.13 + 0.4)
    }
}

/// The smallest step that is not rare: paragraphs of one line each may be more frequent than lines within them.
fn usual(steps: &BTreeMap<i32, (usize, f32)>) -> Option<f32> {
    let all: usize = steps.values().map(|(count, _)| count).sum();
    let enough = (all / 6).max(1);
    // Positions are rounded, so neighbours count together.
    let around = |step: i32| steps.range(step - 1..=step + 1).map(|(_, (count, _))| count).sum::<usize>();
    let step = steps.keys().copied().find(|step| around(*step) >= enough)?;
    let best = (step..=step + 1).max_by_key(|step| steps.get(step).map_or(0, |(count, _)| *count))?;
    steps.get(&best).map(|(count, sum)| sum / *count as f32)
}

fn tenths(size: f32) -> i32 {
    (size * 10.0).round() as i32
}

fn most(counts: &BTreeMap<i32, usize>) -> Option<i32> {
    counts.iter().max_by_key(|(_, count)| **count).map(|(size, _)| *size)
}

/// Sets the distance of every line to the one before it in the same column of the same page.
pub(super) fn pitch(lines: &mut [Line]) {
    let mut before: Option<(u32, f32)> = None;
    for line in lines {
        let base = line.base();
        line.pitch = before.filter(|(page, above)| *page == line.page && *above < base).map(|(_, above)| base - above);
        before = Some((line.page, base));
    }
}

/// Whether the first word of `line` would have had room at the end of `before`, so that its line ended on purpose.
pub(super) fn ended_early(before: &Line, line: &Line) -> bool {
    let blank = 0.25 * before.size();
    let slack = 0.15 * before.size();
    before.right() + blank + line.first_width() + slack < before.narrow.unwrap_or(before.column.1)
}

/// Notes for lines that are indented together where they end, as those of a quotation do before the column's edge.
pub(super) fn narrow(lines: &mut [Line], measures: &Measures) {
    let mut from = 0;
    for at in 1..=lines.len() {
        let goes_on = lines.get(at).is_some_and(|line| {
            let before = &lines[at - 1];
            let flush = (line.left() - before.left()).abs() < 1.0 && same(line.size(), before.size());
            flush && line.column == before.column && line.pitch.is_some() && !measures.spaced(line)
        });
        if goes_on {
            continue;
        }
        let run = &mut lines[from..at];
        let end = run.iter().map(Line::right).fold(0.0, f32::max);
        let set_in = run.first().is_some_and(|line| {
            line.left() > line.column.0 + 6.0 && line.column.1 - end > 2.0 * line.size() && run.len() > 2
        });
        if set_in {
            run.iter_mut().for_each(|line| line.narrow = Some(end + 0.5 * line.size()));
        }
        from = at;
    }
}
