//! Atoms: words that know where they begin and end, or parts of words that are set differently from the rest.
//!
//! Takes a piece, as poppler gives it, and the boxes of the page's words; gives the piece's atoms. Pieces carry type and
//! links but run over the gaps between cells; boxes carry the place of every word, but nothing else.

use super::marker::is_number;
use super::xml::{Boxed, Part, Piece};
use crate::import::block::is_blank;

/// A word, or a part of one that is set differently from the rest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Atom {
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
    pub size: f32,
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    pub link: Option<String>,
    /// A blank is printed before it, within its piece.
    pub blank: bool,
    /// A blank is printed before it, at the beginning of its piece or within a link.
    pub edge: bool,
    /// That blank is one at which no line ends.
    pub tied: bool,
    /// A blank is printed after it.
    pub after: bool,
    /// Its place is that of its letters, not one that was reckoned.
    pub placed: bool,
    /// It leads to another place in the document, as the signs of notes do.
    pub inner: bool,
    /// Small and above the baseline, right after a word or at the beginning of a line.
    pub raised: bool,
}

/// Whether it could be the sign of a note.
fn is_sign(text: &str) -> bool {
    let length = text.chars().count();
    (1..=3).contains(&length) && (text.chars().all(|c| c.is_ascii_digit()) || text.chars().all(|c| "*†‡".contains(c)))
}

/// How often a piece's letters may stand beside each other.
const MOST_PLACES: usize = 50;

/// A letter of a piece, and what is said of it.
struct Letter<'a> {
    letter: char,
    part: &'a Part,
}

/// The words of a piece; `reaches` tells that a link only reaches into it.
pub(super) fn cut(piece: &Piece, reaches: bool, words: &[&Boxed]) -> Vec<Atom> {
    let letters: Vec<Letter> =
        piece.parts.iter().flat_map(|part| part.text.chars().map(move |letter| Letter { letter, part })).collect();
    let solid: String = letters.iter().map(|l| l.letter).filter(|c| !is_blank(*c)).collect();
    if solid.is_empty() {
        return Vec::new();
    }
    let (edges, placed) = edges(piece, &letters, &solid, words);
    let linked = linked(&letters, reaches);
    let leader = leader(&letters);
    let mut atoms: Vec<Atom> = Vec::new();
    let (mut blank, mut tied, mut at) = (false, true, 0);
    for (place, Letter { letter, part }) in letters.iter().enumerate() {
        if is_blank(*letter) {
            blank = true;
            tied &= matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2007}');
            if let Some(last) = atoms.last_mut() {
                last.after = true;
            }
            continue;
        }
        blank |= place > 0 && leader[place] != leader[place - 1];
        let (left, right, begins) = edges.get(at).copied().unwrap_or((piece.left, piece.right, false));
        // The number of an entry may be so wide that its text follows at once.
        blank |= begins && letter.is_alphabetic() && matches!(atoms.as_slice(), [one] if is_number(&one.text));
        at += 1;
        let link = part.link.as_ref().filter(|_| linked[place]);
        let alike = |atom: &Atom| {
            (atom.strong, atom.emphasis, atom.link.as_ref()) == (part.strong, part.emphasis, link)
                && !(atom.inner && is_sign(&atom.text) && (!part.inner || letter.is_alphabetic()))
                && left - atom.right < 0.18 * piece.size
        };
        match atoms.last_mut().filter(|atom| !blank && place > 0 && alike(atom)) {
            Some(atom) => {
                atom.text.push(*letter);
                atom.right = right;
            }
            None => atoms.push(Atom {
                left,
                right,
                top: piece.top,
                bottom: piece.bottom,
                size: piece.size,
                text: letter.to_string(),
                strong: part.strong,
                emphasis: part.emphasis,
                link: link.cloned(),
                blank: blank && !atoms.is_empty() && part.link.is_none(),
                edge: blank && (atoms.is_empty() || part.link.is_some()),
                tied: blank && tied,
                after: false,
                placed,
                inner: part.inner,
                raised: false,
            }),
        }
        (blank, tied) = (false, true);
    }
    if let [atom] = atoms.as_mut_slice() {
        atom.raised = is_sign(&atom.text);
    }
    atoms
}

/// Which letters are of a row of dots, as it leads to a page's number or is to be written on.
fn leader(letters: &[Letter]) -> Vec<bool> {
    let mut leader = Vec::with_capacity(letters.len());
    for run in letters.chunk_by(|a, b| a.letter == b.letter) {
        let dots = run.len() > 3 && run.first().is_some_and(|l| matches!(l.letter, '.' | '_' | '…' | '·'));
        leader.extend(run.iter().map(|_| dots));
    }
    leader
}

/// Which letters a link belongs to: one whose area reaches a little into the next word does not lead from there. Where the
/// link's words are set apart from the piece's (`reaches`), it has none in the piece.
fn linked(letters: &[Letter], reaches: bool) -> Vec<bool> {
    let mut linked = Vec::with_capacity(letters.len());
    for word in letters.split_inclusive(|l| is_blank(l.letter)) {
        let letters = word.iter().filter(|l| l.letter.is_alphanumeric());
        let all = letters.clone().count();
        let count = letters.filter(|l| l.part.link.is_some()).count();
        linked.extend(word.iter().map(|_| !reaches && (count * 2 > all || all == 0)));
    }
    linked
}

/// Where each letter that is no blank begins and ends, and whether it is the first in its box.
fn edges(piece: &Piece, letters: &[Letter], solid: &str, words: &[&Boxed]) -> (Vec<(f32, f32, bool)>, bool) {
    let middle = (piece.top + piece.bottom) / 2.0;
    let reach = piece.bottom - piece.top + 60.0;
    let from = words.partition_point(|word| word.top < middle - reach);
    let mut here: Vec<&&Boxed> = words[from..]
        .iter()
        .take_while(|word| word.top < middle)
        .filter(|word| {
            let height = (word.bottom - word.top).min(piece.bottom - piece.top);
            let shared = word.bottom.min(piece.bottom) - word.top.max(piece.top);
            shared > 0.6 * height && word.right > piece.left + 0.2 && word.left < piece.right - 0.2
        })
        .collect();
    here.sort_by(|a, b| a.left.total_cmp(&b.left));
    let (mut text, mut places) = (String::new(), Vec::new());
    for word in here {
        let count = word.text.chars().count().max(1) as f32;
        let step = (word.right - word.left) / count;
        for (at, letter) in word.text.chars().enumerate() {
            if !is_blank(letter) {
                text.push(letter);
                places.push((word.left + step * at as f32, word.left + step * (at + 1) as f32, at == 0));
            }
        }
    }
    // The same letters may stand beside each other: those are meant that are where the piece is.
    let count = solid.chars().count();
    let off = |from: usize| {
        let (first, last) = (places.get(from), places.get(from + count - 1));
        first.zip(last).map_or(f32::MAX, |(a, b)| (a.0 - piece.left).abs() + (b.1 - piece.right).abs())
    };
    let found = text.match_indices(solid).take(MOST_PLACES).map(|(at, _)| text[..at].chars().count());
    if let Some(from) = found.min_by(|a, b| off(*a).total_cmp(&off(*b))) {
        return (places.get(from..from + count).map(<[_]>::to_vec).unwrap_or_default(), true);
    }
    // The boxes tell something else: letters are taken to be equally wide.
    let step = (piece.right - piece.left) / letters.len().max(1) as f32;
    let place = |at: usize| (piece.left + step * at as f32, piece.left + step * (at + 1) as f32, false);
    (letters.iter().enumerate().filter(|(_, l)| !is_blank(l.letter)).map(|(at, _)| place(at)).collect(), false)
}

/// Which pieces a link only reaches into: its area covers a part of them, and the piece beside them, set otherwise, is all
/// of it.
pub(super) fn reached(pieces: &[Piece]) -> Vec<bool> {
    let words = |part: &&Part| part.text.chars().any(|c| !is_blank(c));
    let link = |piece: &Piece| piece.parts.iter().filter(words).find_map(|part| part.link.clone());
    let named = |piece: &Piece| piece.parts.iter().any(|part| part.text.chars().any(char::is_alphanumeric));
    let whole = |piece: &Piece| named(piece) && piece.parts.iter().filter(words).all(|part| part.link.is_some());
    let links: Vec<Option<String>> = pieces.iter().map(link).collect();
    let mut reached = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(pieces.len());
        let apart = |other: &Piece| other.font != piece.font && (other.top - piece.top).abs() < 2.5 * piece.size;
        let by = || near.into_iter().any(|n| links[n] == links[at] && whole(&pieces[n]) && apart(&pieces[n]));
        reached.push(links[at].is_some() && !whole(piece) && by());
    }
    reached
}

/// How many pieces away the words of a link may be.
const NEIGHBOURS: usize = 4;
