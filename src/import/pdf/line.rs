//! Lines: what stands on one baseline, cut into words that know where they begin and end.
//!
//! Takes the pieces and boxes of a page; gives its lines from top to bottom. Poppler's pieces carry type and links but
//! run over the gaps between cells; its boxes carry the place of every word, but nothing else: here they become one.

use super::atom::{Atom, cut, reached};
use super::xml::{Boxed, Page};
use crate::import::mend::is_hyphen;

/// Words on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// From 1.
    pub page: u32,
    /// Of its page, from 1.
    pub number: u32,
    pub atoms: Vec<Atom>,
    /// The edges of the column in which it stands.
    pub column: (f32, f32),
    /// From the baseline of the line before to its own; none at the top of a page or column.
    pub pitch: Option<f32>,
    /// Where the lines around it end, where that is well before the column does.
    pub narrow: Option<f32>,
}

impl Line {
    pub fn left(&self) -> f32 {
        self.atoms.first().map_or(0.0, |atom| atom.left)
    }

    pub fn right(&self) -> f32 {
        self.atoms.iter().map(|atom| atom.right).fold(f32::MIN, f32::max)
    }

    /// The atom that stands for the line's type: the first of the size in which most of it is set.
    fn chief(&self) -> Option<&Atom> {
        let mut sizes: Vec<(&Atom, usize)> = Vec::new();
        for atom in self.atoms.iter().filter(|atom| !atom.raised) {
            let length = atom.text.chars().count();
            match sizes.iter_mut().find(|(first, _)| same(first.size, atom.size)) {
                Some((_, letters)) => *letters += length,
                None => sizes.push((atom, length)),
            }
        }
        let mut chief: Option<(&Atom, usize)> = None;
        for (atom, length) in sizes {
            if chief.is_none_or(|(_, best)| length > best) {
                chief = Some((atom, length));
            }
        }
        chief.map(|(atom, _)| atom).or(self.atoms.first())
    }

    pub fn size(&self) -> f32 {
        self.chief().map_or(0.0, |atom| atom.size)
    }

    pub fn top(&self) -> f32 {
        self.chief().map_or(0.0, |atom| atom.top)
    }

    pub fn bottom(&self) -> f32 {
        self.chief().map_or(0.0, |atom| atom.bottom)
    }

    pub fn base(&self) -> f32 {
        self.chief().map_or(0.0, base)
    }

    /// All of it is bold.
    pub fn strong(&self) -> bool {
        let mut words = self.atoms.iter().filter(|atom| !atom.raised && atom.text.chars().any(char::is_alphanumeric));
        words.clone().next().is_some() && words.all(|atom| atom.strong)
    }

    /// Its words, with single blanks.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (at, atom) in self.atoms.iter().enumerate() {
            if at > 0 && self.apart(at) {
                text.push(' ');
            }
            text.push_str(&atom.text);
        }
        text
    }

    /// Whether a blank stands before the atom at `at`: a printed one, or a gap.
    pub fn apart(&self, at: usize) -> bool {
        let (Some(before), Some(atom)) = (at.checked_sub(1).and_then(|at| self.atoms.get(at)), self.atoms.get(at))
        else {
            return false;
        };
        let gap = atom.left - before.right;
        let size = before.size.max(atom.size);
        // Programs print blanks anew beside what they underline: those have no room of their own.
        let printed = (before.after || atom.edge) && !(before.placed && atom.placed && gap < 0.08 * size);
        if at + 1 == self.atoms.len() && atom.placed && is_hyphen_alone(&atom.text) {
            // A hyphen that a stretched line was pushed away from its word has less room before it than words have.
            let gaps = self.atoms.windows(2).take(at - 1).map(|pair| pair[1].left - pair[0].right);
            let least = gaps.filter(|gap| *gap > 0.1 * size).fold(f32::MAX, f32::min);
            return gap > 0.75 * least.min(0.32 * size);
        }
        atom.blank || printed || gap > if atom.raised { 0.5 } else { 0.18 } * size
    }

    /// How wide its first word is, up to where a line could end.
    pub fn first_width(&self) -> f32 {
        let mut right = self.left();
        for (at, atom) in self.atoms.iter().enumerate() {
            if at > 0 && self.apart(at) && !atom.tied {
                break;
            }
            right = atom.right;
        }
        right - self.left()
    }

    /// The same line with the atoms from `from` to `to` only.
    pub fn part(&self, from: usize, to: usize) -> Self {
        Self { atoms: self.atoms[from..to].to_vec(), ..self.clone_bare() }
    }

    fn clone_bare(&self) -> Self {
        let Self { page, number, column, pitch, narrow, .. } = *self;
        Self { page, number, atoms: Vec::new(), column, pitch, narrow }
    }
}

fn is_hyphen_alone(text: &str) -> bool {
    text.chars().all(is_hyphen) && text.chars().count() == 1
}

/// Two sizes that print alike.
pub(super) fn same(one: f32, other: f32) -> bool {
    (one - other).abs() < 0.35
}

/// Where letters stand: a font's depth is about a fifth of its height.
fn base(atom: &Atom) -> f32 {
    atom.bottom - 0.2 * (atom.bottom - atom.top)
}

/// The lines of a page, from top to bottom; columns are not yet told apart.
pub(super) fn lines(page: &Page, boxes: &[Boxed], number: u32) -> Vec<Line> {
    let mut words: Vec<&Boxed> = boxes.iter().collect();
    words.sort_by(|a, b| a.top.total_cmp(&b.top));
    let reached = reached(&page.pieces);
    let mut atoms: Vec<Atom> =
        page.pieces.iter().zip(reached).flat_map(|(piece, reaches)| cut(piece, reaches, &words)).collect();
    atoms.sort_by(|a, b| base(a).total_cmp(&base(b)));
    let (small, atoms): (Vec<Atom>, Vec<Atom>) = atoms.into_iter().partition(|atom| atom.raised);
    let mut lines: Vec<(f32, Vec<Atom>)> = Vec::new();
    for atom in atoms {
        let at = base(&atom);
        match lines.last_mut() {
            Some((base, line)) if (at - *base).abs() < 0.22 * atom.size => line.push(atom),
            _ => lines.push((at, vec![atom])),
        }
    }
    raise(small, &mut lines);
    let mut done: Vec<Line> = Vec::new();
    for (_, mut atoms) in lines {
        atoms.sort_by(|a, b| a.left.total_cmp(&b.left));
        // Type that is printed twice, to look bold, is one.
        atoms.dedup_by(|b, a| a.text == b.text && (a.left - b.left).abs() < 0.1 * a.size && a.text.len() > 1);
        let edges = (atoms.first().map_or(0.0, |a| a.left), page.width);
        done.push(Line {
            page: number,
            number: done.len() as u32 + 1,
            atoms,
            column: edges,
            pitch: None,
            narrow: None,
        });
    }
    done
}

/// Puts small signs into the lines to which they belong; what is beside no word is a line of its own.
fn raise(small: Vec<Atom>, lines: &mut Vec<(f32, Vec<Atom>)>) {
    for mut atom in small {
        let middle = (atom.top + atom.bottom) / 2.0;
        let beside = lines.iter().position(|(_, line)| {
            line.iter().any(|word| {
                // Right behind a word, or some way before the text of the note whose sign it is.
                let near = (-1.0..0.6 * word.size).contains(&(atom.left - word.right))
                    || (-1.0..4.0 * word.size).contains(&(word.left - atom.right));
                word.size * 0.82 > atom.size && near && middle > word.top && middle < word.bottom
            })
        });
        let at = base(&atom);
        let among = lines.iter().position(|(base, line)| {
            (at - *base).abs() < 0.22 * atom.size && line.iter().any(|word| same(word.size, atom.size))
        });
        if let Some(line) = beside {
            // A sign below the baseline is an index, as in a formula.
            let deep = lines[line].0 + 0.1 * atom.size < at;
            atom.raised = !deep;
            lines[line].1.push(atom);
        } else {
            atom.raised = false;
            match among {
                Some(line) => lines[line].1.push(atom),
                None => {
                    let place = lines.partition_point(|(base, _)| *base < at);
                    lines.insert(place, (at, vec![atom]));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::{boxes, pages};
    use super::lines;

    fn read(xml: &str, html: &str) -> Vec<super::Line> {
        let boxes = boxes(html);
        pages(xml).iter().flat_map(|page| lines(page, boxes.first().map_or(&[], Vec::as_slice), 1)).collect()
    }

    #[test]
    fn the_gap_between_cells_is_found_within_a_piece() {
        let xml = "<page number=\"1\" width=\"2400\" height=\"3200\"><fontspec id=\"0\" size=\"30\" family=\"A\"/>\
            <text top=\"300\" left=\"300\" width=\"300\" height=\"39\" font=\"0\">Status i drift</text></page>";
        let html = "<page><word xMin=\"100\" yMin=\"100\" xMax=\"130\" yMax=\"113\">Status</word>\
            <word xMin=\"160\" yMin=\"100\" xMax=\"165\" yMax=\"113\">i</word>\
            <word xMin=\"168\" yMin=\"100\" xMax=\"200\" yMax=\"113\">drift</word></page>";
        let line = &read(xml, html)[0];
        let places: Vec<(f32, f32)> = line.atoms.iter().map(|atom| (atom.left, atom.right.round())).collect();
        assert_eq!(places, [(100.0, 130.0), (160.0, 165.0), (168.0, 200.0)]);
        assert_eq!(line.text(), "Status i drift");
    }

    #[test]
    fn a_small_number_after_a_word_is_raised() {
        let xml = "<page number=\"1\" width=\"2400\" height=\"3200\"><fontspec id=\"0\" size=\"40\" family=\"A\"/>\
            <fontspec id=\"1\" size=\"22\" family=\"A\"/>\
            <text top=\"400\" left=\"400\" width=\"200\" height=\"52\" font=\"0\">aftalen</text>\
            <text top=\"402\" left=\"600\" width=\"14\" height=\"28\" font=\"1\">1</text>\
            <text top=\"400\" left=\"614\" width=\"80\" height=\"52\" font=\"0\"> at</text></page>";
        let lines = read(xml, "");
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].text(), "aftalen1 at");
        assert!(lines[0].atoms[1].raised);
    }
}
