//! Made documents with known truth, and the measure of what an import makes of them.
//!
//! [`all`] gives 60 agendas and minutes as Word files, each with what it says; [`convert`] makes PDF and text of them;
//! [`measure`] compares imported content with the truth. The same bytes every time.

pub mod body;
pub mod compose;
pub mod convert;
pub mod diff;
pub mod hyphens;
pub mod ideal;
pub mod imported;
pub mod inline;
pub mod lines;
pub mod measure;
pub mod package;
pub mod paper;
pub mod phrases;
pub mod prng;
pub mod score;
pub mod style;
pub mod truth;

use inline::Ink;
use package::Furniture;
use paper::Paper;
use prng::Rng;
use style::{Profile, Style};
use truth::Truth;

/// How many documents there are.
pub const COUNT: u64 = 60;

/// A document and what it says.
pub struct Document {
    /// What a reader should come away with.
    pub truth: Truth,
    /// The Word file, with tracked changes, comments and fields.
    pub docx: Vec<u8>,
    /// The same as it would be printed: changes settled, no comments. PDF is made of this one.
    pub print: Vec<u8>,
}

/// All of them.
pub fn all() -> Vec<Document> {
    (0..COUNT).map(document).collect()
}

/// The document of a seed; profiles take turns.
pub fn document(seed: u64) -> Document {
    let profile = Profile::ALL[(seed % Profile::ALL.len() as u64) as usize];
    let mut rng = Rng::new(seed);
    let mut truth = compose::truth(&mut rng);
    let style = style::style(profile, &mut rng);
    truth.name = format!("{seed:02}-{}", profile.name());
    truth.features = style.features();
    let furniture = furniture(&truth, &mut rng);
    if style.header {
        truth.forbidden.push(furniture.header.clone());
    }
    if style.footer && !furniture.before.trim().is_empty() {
        for page in 1..6 {
            let of = if furniture.of.is_empty() { String::new() } else { furniture.of.trim_end().to_owned() };
            truth.forbidden.push(format!("{}{page}{of}", furniture.before));
        }
    }
    let print = written(&truth, &style, seed, true, &furniture).0;
    let (docx, forbidden) = written(&truth, &style, seed, false, &furniture);
    truth.forbidden.extend(forbidden);
    truth.forbidden.sort();
    truth.forbidden.dedup();
    Document { truth, docx, print }
}

fn furniture(truth: &Truth, rng: &mut Rng) -> Furniture {
    let number = rng.range(1000, 9999);
    let (before, of) = [("Side ", " af "), ("Side ", ""), ("", ""), ("", " / ")][rng.below(4)];
    Furniture { header: format!("{} | Journal {number}", truth.council), before, of }
}

fn written(truth: &Truth, style: &Style, seed: u64, print: bool, furniture: &Furniture) -> (Vec<u8>, Vec<String>) {
    let ink = Ink {
        style,
        rng: Rng::new(seed ^ 0xd0c),
        print,
        targets: Vec::new(),
        notes: Vec::new(),
        comments: Vec::new(),
        forbidden: Vec::new(),
        count: 0,
    };
    let mut paper = Paper { ink, out: String::new(), lists: Vec::new() };
    body::write(&mut paper, truth);
    let bytes = package::pack(&paper, furniture);
    (bytes, paper.ink.forbidden)
}

#[cfg(test)]
mod tests {
    use super::{all, document, measure::all_words};

    #[test]
    fn the_same_bytes_every_time() {
        for seed in [0, 7, 33] {
            let (one, two) = (document(seed), document(seed));
            assert!(one.docx == two.docx && one.print == two.print);
        }
    }

    #[test]
    fn what_must_not_come_out_is_no_part_of_the_truth() {
        for document in all() {
            let words = all_words(&document.truth).join(" ");
            for text in &document.truth.forbidden {
                assert!(!words.contains(text.as_str()), "{}: {text}", document.truth.name);
            }
        }
    }
}
