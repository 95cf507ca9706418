//! Compares the words of a segment with the words of the content.
//!
//! Takes two sequences of words; gives how many of the source's words the
//! content keeps in order (a longest common subsequence), and the places where
//! they differ, ready to be shown to whoever has to mend the content.

use super::source::{Word, is_mark};

/// Words shown before a difference, to find the place by.
const LEAD: usize = 4;

/// How the content stands to the source.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Words of the source that the content has, in order; list marks are not counted.
    pub kept: usize,
    /// Words and marks of the source that the content does not have.
    pub lost: usize,
    /// Words and marks of the content that the source does not have.
    pub added: usize,
    /// One line of text for each place where they differ.
    pub differences: Vec<String>,
}

/// A run of words that the two sides do not share.
#[derive(Default)]
struct Difference<'a> {
    line: usize,
    lead: Vec<&'a str>,
    lost: Vec<&'a str>,
    added: Vec<&'a str>,
}

/// Compares `content` with `source`, word for word.
pub fn compare(source: &[Word], content: &[String]) -> Comparison {
    let lengths = common_lengths(source, content);
    let mut result = Comparison::default();
    let mut open: Option<Difference> = None;
    let (mut i, mut j) = (0, 0);
    while i < source.len() || j < content.len() {
        let both = i < source.len() && j < content.len();
        if both && source[i].text == content[j] {
            result.kept += usize::from(!is_mark(&content[j]));
            result.differences.extend(open.take().map(|it| it.show()));
            i += 1;
            j += 1;
            continue;
        }
        let difference = open.get_or_insert_with(|| Difference::at(source, i));
        if j == content.len() || both && lengths[i + 1][j] >= lengths[i][j + 1] {
            difference.lost.push(&source[i].text);
            result.lost += 1;
            i += 1;
        } else {
            difference.added.push(&content[j]);
            result.added += 1;
            j += 1;
        }
    }
    result.differences.extend(open.take().map(|it| it.show()));
    result
}

/// `table[i][j]`: the length of the longest sequence that `source[i..]` and
/// `content[j..]` share.
fn common_lengths(source: &[Word], content: &[String]) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; content.len() + 1]; source.len() + 1];
    for i in (0..source.len()).rev() {
        for j in (0..content.len()).rev() {
            table[i][j] = if source[i].text == content[j] {
                table[i + 1][j + 1] + 1
            } else {
                table[i + 1][j].max(table[i][j + 1])
            };
        }
    }
    table
}

impl<'a> Difference<'a> {
    /// An empty difference that begins at the source's word `index`.
    fn at(source: &'a [Word], index: usize) -> Self {
        let near = source.get(index).or(source.last());
        Self {
            line: near.map_or(0, |word| word.line),
            lead: source[index.saturating_sub(LEAD)..index].iter().map(|word| word.text.as_str()).collect(),
            ..Self::default()
        }
    }

    /// The difference as one line of text.
    fn show(self) -> String {
        let side = |words: &[&str]| match words {
            [] => "nothing".to_owned(),
            words => format!("»{}«", words.join(" ")),
        };
        format!(
            "line {}, after {}: the source has {}, the content has {}",
            self.line,
            side(&self.lead),
            side(&self.lost),
            side(&self.added),
        )
    }
}
