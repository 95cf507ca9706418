//! Footnotes: small type at the foot of a page that begins with the sign by which the text cites it, or such a sign that
//! leads back there.
//!
//! Takes the lines of each page; takes the notes out of them, and joins a note that goes on at the foot of the next page.

use super::line::{Line, same};
use super::sense::ends_sentence;

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Foot {
    pub page: u32,
    pub label: String,
    /// Without the label.
    pub lines: Vec<Line>,
}

/// Takes the notes out of the pages; `body` is the size of the text.
pub(super) fn take<'a>(pages: impl Iterator<Item = &'a mut Vec<Line>>, body: f32) -> Vec<Foot> {
    let mut notes: Vec<Foot> = Vec::new();
    for lines in pages {
        let small = |line: &Line| line.size() < body * 0.94 - 0.1;
        let mut tail = lines.iter().rposition(|line| !small(line)).map_or(0, |at| at + 1);
        // Notes in type of the text's size begin with a sign that leads back to where it is cited.
        let leads_back = |line: &Line| label(line).is_some_and(|(label, _)| line.atoms[0].inner && !label.is_empty());
        if let Some(at) = lines.iter().position(leads_back) {
            tail = tail.min(at);
        }
        let cited: Vec<String> = lines[..tail]
            .iter()
            .flat_map(|line| line.atoms.iter().skip(1).filter(|atom| atom.raised).map(|atom| atom.text.clone()))
            .collect();
        let begins =
            |line: &Line| label(line).filter(|(label, raised)| *raised || line.atoms[0].inner || cited.contains(label));
        // A note goes on from the page directly before, in its own type.
        let goes_on =
            notes.last().and_then(|note| note.lines.last()).zip(lines.get(tail)).is_some_and(|(last, line)| {
                last.page + 1 == line.page && same(last.size(), line.size()) && !ends_sentence(&last.text())
            });
        let first = lines[tail..].iter().position(|line| begins(line).is_some()).map(|at| at + tail);
        let start = if goes_on && tail > 0 { tail } else { first.unwrap_or(lines.len()) };
        let edge = first.map_or(0.0, |at| lines[at].left());
        for line in lines.drain(start..) {
            let new = begins(&line).filter(|_| line.left() < edge + 3.0);
            match (new, notes.last_mut()) {
                (None, Some(note)) => note.lines.push(line),
                (Some((label, _)), _) => {
                    let text = line.part(1, line.atoms.len());
                    notes.push(Foot { page: line.page, label, lines: vec![text] });
                }
                (None, None) => {}
            }
        }
    }
    let text = |line: &Line| !line.atoms.is_empty();
    for note in &mut notes {
        note.lines.retain(text);
        let end = note.lines.iter().map(Line::right).fold(0.0, f32::max);
        for line in &mut note.lines {
            line.column = (line.left(), end);
        }
    }
    notes
}

/// The sign with which a line begins, and whether it is raised.
fn label(line: &Line) -> Option<(String, bool)> {
    let first = line.atoms.first()?;
    let sign = first.text.len() <= 3 && first.text.chars().all(|c| c.is_ascii_digit() || "*†‡".contains(c));
    (sign && line.atoms.len() > 1).then(|| (first.text.clone(), first.raised))
}

#[cfg(test)]
mod tests {
    use super::super::atom::Atom;
    use super::{Foot, Line, take};

    /// A line of words that stand at the left edge; a number before them is raised.
    fn line(page: u32, size: f32, text: &str) -> Line {
        let mut left = 70.0;
        let mut atoms = Vec::new();
        for word in text.split(' ') {
            let right = left + size * 0.5 * word.len() as f32;
            let raised = word.chars().all(|c| c.is_ascii_digit());
            atoms.push(Atom {
                left,
                right,
                top: 100.0,
                bottom: 100.0 + size,
                size,
                text: word.to_owned(),
                strong: false,
                emphasis: false,
                link: None,
                blank: !atoms.is_empty(),
                edge: false,
                tied: false,
                after: false,
                placed: true,
                inner: false,
                raised,
            });
            left = right + size * 0.5;
        }
        Line { page, number: 1, atoms, column: (70.0, 500.0), pitch: None, narrow: None }
    }

    /// The notes of pages that have a line of text each, and lines below it with the size of their type.
    fn notes(pages: &[&[(f32, &str)]]) -> (Vec<Foot>, Vec<usize>) {
        let mut pages: Vec<Vec<Line>> = (1..)
            .zip(pages)
            .map(|(page, lines)| {
                let below = lines.iter().map(|(size, text)| line(page, *size, text));
                std::iter::once(line(page, 10.0, "Rådet drøftede aftalen.")).chain(below).collect()
            })
            .collect();
        let notes = take(pages.iter_mut(), 10.0);
        (notes, pages.iter().map(Vec::len).collect())
    }

    #[test]
    fn a_note_goes_on_at_the_foot_of_the_next_page() {
        let (notes, left) = notes(&[&[(8.0, "1 Aftalen om")], &[(8.0, "digitalisering.")]]);
        assert_eq!((notes.len(), notes[0].lines.len(), left), (1, 2, vec![1, 1]));
    }

    #[test]
    fn small_type_on_a_later_page_or_of_another_size_is_text() {
        let (found, left) = notes(&[&[(8.0, "1 Aftalen om")], &[], &[(8.0, "Billede: Rådet")]]);
        assert_eq!((found.len(), found[0].lines.len(), left), (1, 1, vec![1, 1, 2]));
        let (found, left) = notes(&[&[(8.0, "1 Aftalen om")], &[(7.0, "Billede: Rådet")]]);
        assert_eq!((found.len(), found[0].lines.len(), left), (1, 1, vec![1, 2]));
    }
}
