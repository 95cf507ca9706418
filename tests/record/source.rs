//! Reads one of the council's documents as the words that it prints.
//!
//! Takes the text of a fixture, as a PDF reader wrote it: nearly every line is
//! followed by an empty one, words are broken at line ends, and page breaks
//! leave no trace. Gives its segments in the order of the document (front page,
//! participants, part headings, items, table of contents), each with its words
//! and the line on which each word begins. Nothing is known here of `content/`.

/// Stands for the mark of an unordered list's entry (`-`, `•` or `−`).
pub const BULLET: &str = "•";

/// Stands for the mark of an entry in a list within a list (`o`).
pub const INNER_BULLET: &str = "◦";

/// One word, with whatever punctuation touches it, or a list mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word as printed, mended where a line end had broken it.
    pub text: String,
    /// The line on which it begins, from 1.
    pub line: usize,
}

impl Word {
    /// Whether this is a list mark and not a word.
    pub fn is_mark(&self) -> bool {
        is_mark(&self.text)
    }
}

/// Whether `text` stands for a list mark.
pub fn is_mark(text: &str) -> bool {
    text == BULLET || text == INNER_BULLET
}

/// What a segment of a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// What stands before everything else: the council's vision.
    Front,
    /// The list of those who took part.
    Participants,
    /// A group heading, by its number: `2`.
    Part(String),
    /// An item, by its number: `2.4`.
    Item(String),
    /// The table of contents, which repeats headings.
    Contents,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Front => f.write_str("front"),
            Self::Participants => f.write_str("participants"),
            Self::Part(number) => write!(f, "part {number}"),
            Self::Item(number) => write!(f, "item {number}"),
            Self::Contents => f.write_str("contents"),
        }
    }
}

/// A run of the document's words that belong together.
#[derive(Debug, Clone)]
pub struct Segment {
    /// What it is.
    pub place: Place,
    /// Its words and list marks, in order.
    pub words: Vec<Word>,
}

/// A line that is not empty.
struct Line<'a> {
    number: usize,
    text: &'a str,
    tabbed: bool,
}

/// Cuts `text` into segments; no line is left out.
pub fn read(text: &str) -> Vec<Segment> {
    let lines: Vec<Line> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| Line { number: index + 1, text: line.trim(), tabbed: line.starts_with('\t') })
        .collect();
    let mut cuts: Vec<(usize, Place)> = vec![(0, Place::Front)];
    for index in 0..lines.len() {
        if let Some(place) = opening(&lines, index) {
            cuts.push((index, place));
            if lines[index].tabbed {
                break;
            }
        }
    }
    let ends = cuts.iter().skip(1).map(|(start, _)| *start);
    let ends: Vec<usize> = ends.chain([lines.len()]).collect();
    cuts.into_iter()
        .zip(ends)
        .map(|((start, place), end)| Segment { place, words: words(&lines[start..end]) })
        .filter(|segment| !segment.words.is_empty())
        .collect()
}

/// The segment that begins with the line at `index`, if one does.
fn opening(lines: &[Line], index: usize) -> Option<Place> {
    let line = &lines[index];
    if line.tabbed {
        return Some(Place::Contents);
    }
    if line.text == "Deltagerfortegnelse" {
        return Some(Place::Participants);
    }
    if let Some(number) = heading_number(line.text, 2) {
        return Some(Place::Item(number));
    }
    // A numbered subheading looks like a part's; but a part's heading is
    // followed by an item's, or by nothing more than the table of contents.
    let number = heading_number(line.text, 1)?;
    let is_part = lines.get(index + 1).is_none_or(|next| next.tabbed || heading_number(next.text, 2).is_some());
    is_part.then_some(Place::Part(number))
}

/// The number that `text` begins with, where it has `parts` parts, each closed
/// by a full stop, and words after it: `2.4` of `2.4. KOMBIT’s …`.
fn heading_number(text: &str, parts: usize) -> Option<String> {
    let (number, _) = text.split_once(' ')?;
    let number = number.strip_suffix('.')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (number.split('.').count() == parts && number.split('.').all(digits)).then(|| number.to_owned())
}

/// The words of `lines`: list marks made alike, broken words mended.
fn words(lines: &[Line]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut broken = false;
    for line in lines {
        let mut tokens = line.text.split_whitespace().peekable();
        let mut first = true;
        while let Some(token) = tokens.next() {
            let last = tokens.peek().is_none();
            if first
                && broken
                && let Some(left) = words.last_mut()
            {
                left.text = mend(&left.text, token);
            } else {
                let text = match token {
                    "-" | "•" | "−" if first || last => BULLET,
                    "o" if first => INNER_BULLET,
                    word => word,
                };
                words.push(Word { text: text.to_owned(), line: line.number });
            }
            first = false;
        }
        broken = words.last().is_some_and(|word| {
            let mut letters = word.text.chars().rev();
            letters.next() == Some('-') && letters.next().is_some_and(char::is_alphanumeric)
        });
    }
    words
}

/// Joins a word that was broken at a line end: `left` with its hyphen, `right`
/// from the next line. The hyphen stays where it was the word's own: after a
/// digit, a capital, or the word `it`, `pc` or `e`, and before a digit or a
/// capital.
pub fn mend(left: &str, right: &str) -> String {
    let stem = left.trim_end_matches('-');
    let own_word = stem.rsplit('-').next().unwrap_or(stem).to_lowercase();
    let keeps = stem.ends_with(|c: char| c.is_numeric() || c.is_uppercase())
        || matches!(own_word.as_str(), "it" | "pc" | "e")
        || right.starts_with(|c: char| c.is_numeric() || c.is_uppercase());
    format!("{stem}{}{right}", if keeps { "-" } else { "" })
}
