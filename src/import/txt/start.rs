//! What a line begins, as far as the line and those around it tell.
//!
//! Takes the lines and the place of one; tells whether it is an entry of a list, an item's title, a heading that nothing
//! marks, or the end of a sentence. Nothing here changes what is being cut.

use super::lines::{Gap, Line, Lines};
use crate::import::block::Marker;
use crate::import::template::{Template, fold};
use std::collections::BTreeSet;

/// The lines, and what is known of the document.
pub struct Sheet<'a> {
    /// All lines.
    pub lines: &'a [Line],
    /// Whether the text tells nothing by indentation.
    pub spaced: bool,
    /// Whether indentation tells of lists.
    pub indented: bool,
    /// How long a full line is, in characters.
    pub width: usize,
    /// The template.
    pub template: &'a Template<'a>,
    /// Items have numbers of one level: there are no parts.
    pub flat: bool,
    /// The table of contents: number and title together, folded.
    pub contents: BTreeSet<String>,
}

/// An entry of a list, as its first line tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'l> {
    /// What stands before it.
    pub marker: Marker,
    /// The sign, or the delimiter of the number: entries of one level have the same.
    pub sign: char,
    /// The value of a number, from 1.
    pub value: Option<u32>,
    /// What stands behind the marker.
    pub rest: &'l str,
}

const BULLETS: &str = "-–−•·◦▪■●○o*\u{f0b7}\u{f0a7}§";

/// Abbreviations after which a sentence goes on, without their full stop.
const GOES_ON: [&str; 30] = [
    "jan", "feb", "aug", "sept", "okt", "nov", "dec", "stk", "bl.a", "f.eks", "fx", "ift", "ifm", "jf", "ca", "nr",
    "pkt", "kl", "pt", "dvs", "inkl", "ekskl", "vedr", "mht", "pga", "evt", "hhv", "iht", "dr", "art",
];

/// Words after which a line is not at its end.
const UNFINISHED: [&str; 30] = [
    "og", "eller", "samt", "i", "på", "af", "til", "for", "fra", "med", "om", "ved", "under", "over", "mellem", "at",
    "som", "der", "den", "det", "de", "en", "et", "hos", "mod", "efter", "inden", "fx", "bl.a.", "ift.",
];

/// Whether a sentence ends with this line.
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    if text.ends_with(['?', '!', ':', ';']) {
        return true;
    }
    let Some(before) = text.strip_suffix('.') else { return false };
    let word = before.rsplit([' ', '(']).next().unwrap_or(before).to_lowercase();
    !GOES_ON.contains(&word.as_str())
}

/// Whether this line cannot be the last of its block.
pub fn is_unfinished(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text).to_lowercase();
    let open = text.matches('(').count() > text.matches(')').count();
    open || text.ends_with([',', '/'])
        || UNFINISHED.contains(&last.as_str())
        || last.strip_suffix('.').is_some_and(|word| GOES_ON.contains(&word))
}

/// Whether a new sentence could begin with this line.
pub fn begins_sentence(text: &str) -> bool {
    text.trim_start_matches(['"', '”', '“', '’', '‘', '\'', '»', '(', '[', '-'])
        .starts_with(|c: char| !c.is_lowercase())
}

/// Whether a line is an address and nothing more.
pub fn is_target(text: &str) -> bool {
    ["http://", "https://", "www.", "mailto:"].iter().any(|scheme| text.starts_with(scheme))
        && !text.contains(' ')
        && text.len() > 10
}

/// The entry that `text` would be, whatever stands around it.
pub fn entry(text: &str) -> Option<Entry<'_>> {
    let mut letters = text.chars();
    let sign = letters.next()?;
    let after = letters.as_str();
    if BULLETS.contains(sign) && (after.starts_with(|c: char| c.is_whitespace()) || after.is_empty() && sign != 'o') {
        return Some(Entry { marker: Marker::Bullet, sign, value: None, rest: after.trim_start() });
    }
    let opened = text.strip_prefix('(').unwrap_or(text);
    let end = opened.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (word, rest) = opened.split_at(end);
    let sign = rest.chars().next().filter(|sign| matches!(sign, '.' | ')'))?;
    let rest = &rest[1..];
    let value = number(word).filter(|_| rest.starts_with(char::is_whitespace))?;
    let lettered = word.starts_with(|c: char| c.is_ascii_alphabetic());
    if lettered && sign == '.' && word.len() > 1 {
        return None;
    }
    let marker = Marker::Number(text[..text.len() - rest.len()].to_owned());
    // Letters and digits are lists of their own.
    let sign = if lettered { if sign == ')' { 'a' } else { 'A' } } else { sign };
    Some(Entry { marker, sign, value: Some(value), rest: rest.trim_start() })
}

/// The value of `12`, `c` or `iv`.
fn number(word: &str) -> Option<u32> {
    if word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok().filter(|value| *value > 0);
    }
    match word.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
        _ => ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
            .iter()
            .position(|roman| *roman == word)
            .map(|at| at as u32 + 1),
    }
}

impl<'a> Sheet<'a> {
    /// What is known before anything is cut.
    pub fn new(lines: &'a Lines, template: &'a Template<'a>) -> Self {
        let mut sheet = Self {
            lines: &lines.lines,
            spaced: lines.spaced,
            indented: lines.indented,
            width: lines.width,
            template,
            flat: false,
            contents: BTreeSet::new(),
        };
        sheet.flat = sheet.is_flat();
        let mut at = 0;
        while at < sheet.lines.len() {
            let end = sheet.contents_end(at).unwrap_or(at);
            let listed: Vec<String> = sheet.listed(at, end).into_iter().map(|(_, title)| fold(&title)).collect();
            sheet.contents.extend(listed);
            at = end.max(at + 1);
        }
        sheet
    }

    /// The line's text; empty behind the last.
    pub fn text(&self, at: usize) -> &'a str {
        self.lines.get(at).map_or("", |line| line.text.as_str())
    }

    /// What parts this line from the one before; a page behind the last.
    pub fn gap(&self, at: usize) -> Gap {
        self.lines.get(at).map_or(Gap::Page, |line| line.gap)
    }

    /// Whether the first word of the line at `at` would have stood on the line before it: then that line was ended on purpose.
    pub fn has_room(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.lines.get(before)) else { return true };
        let word = self.text(at).split_whitespace().next().unwrap_or("").chars().count();
        // Text with an empty line after every line often keeps two blanks behind the last line of a paragraph.
        (before.length() + 1 + word) * 100 <= self.width * 95 || self.spaced && before.trailing > 1
    }

    /// Where a table of contents that begins at `at` ends: at least three lines of number and title with a tabulator before
    /// them or a page number behind them, or any such lines below its heading.
    pub fn contents_end(&self, at: usize) -> Option<usize> {
        let headed = self.template.is_contents(self.text(at));
        let from = at + usize::from(headed);
        let is_line = |line: &Line| {
            let listed = self.template.item_number(&line.text).is_some();
            let leads = without_page(&line.text).len() < line.text.len();
            line.tab && listed || leads && (listed || headed)
        };
        let mut end = from;
        while end < self.lines.len() {
            let leads = |at: usize| without_page(self.text(at)).len() < self.text(at).len();
            // The first lines of a title that is wrapped: its page number stands on the last.
            let wrapped = || {
                let rest = (end + 1..end + 4).take_while(|at| self.gap(*at) == Gap::Line);
                rest.take_while(|at| self.template.item_number(self.text(*at)).is_none()).find(|at| leads(*at))
            };
            if is_line(&self.lines[end]) {
                end += 1;
            } else if (end > from || headed)
                && self.template.item_number(self.text(end)).is_some()
                && let Some(last) = wrapped()
            {
                end = last + 1;
            } else {
                break;
            }
        }
        (end - from >= if headed { 1 } else { 3 }).then_some(end)
    }

    /// The lines of a table of contents, with the place of each; a title that is wrapped is one.
    pub fn listed(&self, at: usize, end: usize) -> Vec<(usize, String)> {
        let mut listed: Vec<(usize, String)> = Vec::new();
        let mut open = false;
        for place in at..end {
            let text = self.text(place);
            let title = without_page(text);
            match listed.last_mut() {
                Some((_, last)) if open => *last = format!("{} {title}", last.trim_end()),
                _ => listed.push((place, title.to_owned())),
            }
            let whole = title.len() < text.len() || self.lines[place].tab;
            open = !whole && (open || self.template.item_number(text).is_some());
        }
        listed
    }

    /// Where the title of an item or a part that begins at `at` ends, and how deep it is: 1 for a part.
    pub fn title(&self, at: usize, part: u32) -> Option<(usize, usize)> {
        let line = self.lines.get(at).filter(|line| !line.tab)?;
        let (number, rest) = self.template.item_number(&line.text)?;
        if rest.is_empty() || !begins_sentence(rest) {
            return None;
        }
        let depth = number.split('.').count();
        let mut end = at + 1;
        loop {
            let text = self.text(end);
            let known = || {
                self.contents
                    .contains(&fold(&self.lines[at..end].iter().map(|line| line.text.as_str()).collect::<String>()))
            };
            if self.template.number_line(text).is_some()
                || self.template.access(text).is_some_and(|(_, rest)| rest.is_empty())
            {
                return Some((end, depth));
            }
            if known() {
                return Some((end, depth));
            }
            if self.gap(end) != Gap::Line
                || end - at > 4
                || self.template.stands_alone(text)
                || entry(text).is_some_and(|_| self.template.item_number(text).is_none_or(|(_, rest)| rest.is_empty()))
            {
                break;
            }
            if self.template.item_number(text).is_some() {
                break;
            }
            end += 1;
        }
        self.title_by_context(at, end, number, part).map(|depth| (end, depth))
    }

    /// Whether all numbers that a number line follows have one level.
    fn is_flat(&self) -> bool {
        let mut depths = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let Some((number, _)) = self.template.item_number(&line.text) else { continue };
            if (at + 1..at + 4).any(|next| self.template.number_line(self.text(next)).is_some()) {
                depths.push(number.split('.').count());
            }
        }
        !depths.is_empty() && depths.iter().all(|depth| *depth == 1)
    }

    /// The depth of a title that no number line follows, told by what stands around it.
    fn title_by_context(&self, at: usize, end: usize, number: &str, part: u32) -> Option<usize> {
        let depth = number.split('.').count();
        let short = end - at <= 3 && !self.text(end - 1).ends_with(['.', ',', ';', ':', '?']);
        if self.gap(at) == Gap::Line && at > 0 || !short {
            return None;
        }
        let below = |text: &str| {
            self.template
                .item_number(text)
                .is_some_and(|(next, _)| next.strip_prefix(number).is_some_and(|rest| rest.starts_with('.')))
        };
        let next = self.text(end);
        match depth {
            1 => {
                let follows = number.parse::<u32>().is_ok_and(|value| value == part + 1);
                let last = end >= self.lines.len();
                (below(next) || follows && (last || self.flat || self.template.section(next).is_some())).then_some(1)
            }
            _ => {
                let parent = number.split('.').next().and_then(|first| first.parse::<u32>().ok());
                let section = self.template.section(next).is_some() || below(next);
                (section || parent == Some(part) && self.gap(end) != Gap::Line).then_some(depth)
            }
        }
    }

    /// Whether this line is a heading that nothing marks: short, with no stop behind it, above prose.
    pub fn is_bare_heading(&self, at: usize) -> bool {
        let (text, next) = (self.text(at), self.text(at + 1));
        let length = text.chars().count();
        if length < 3
            || length * 100 > self.width * 85
            || next.is_empty()
            || !begins_sentence(text)
            || is_unfinished(text)
        {
            return false;
        }
        if text.ends_with(['.', ',', ';', '!', '?', '-']) || !text.contains(|c: char| c.is_alphabetic()) {
            return false;
        }
        let prose = begins_sentence(next)
            && entry(next).is_none()
            && !self.template.stands_alone(next)
            && self.template.number_line(next).is_none()
            && self.template.item_number(next).is_none()
            && next.chars().count() * 100 >= self.width * 60;
        let colon = text.ends_with(':');
        match self.gap(at + 1) {
            // With an empty line after every line, what a table left looks like headings.
            Gap::Paragraph => {
                let plain = !self.spaced || !text.contains(|c: char| c.is_ascii_digit() || c == '|' || c == '–');
                prose && plain && !colon && length * 100 < self.width * 70
            }
            Gap::Line | Gap::Page => {
                prose && self.has_room(at + 1) && (!colon || !self.spaced || length * 2 < self.width * 2)
            }
        }
    }
}

/// A line of a table of contents without its leaders and its page number.
pub fn without_page(text: &str) -> &str {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let title = digits.trim_end_matches(|c: char| c.is_whitespace() || c == '.' || c == '…' || c == '\t');
    let leaders = &digits[title.len()..];
    let clear = leaders.contains("...")
        || leaders.contains("…")
        || leaders.contains("  ")
        || leaders.contains(". .")
        || leaders.contains('\t');
    if digits.len() < text.len() && clear { title } else { text }
}

#[cfg(test)]
mod tests {
    use super::{ends_sentence, entry, is_unfinished, without_page};
    use crate::import::block::Marker;

    #[test]
    fn entries_are_told_by_their_marker() {
        let told = |text| entry(text).map(|entry| (entry.marker, entry.value, entry.rest.to_owned()));
        assert_eq!(told("•  Skabe"), Some((Marker::Bullet, None, "Skabe".into())));
        assert_eq!(told("o At rådet"), Some((Marker::Bullet, None, "At rådet".into())));
        assert_eq!(told("3) Er der"), Some((Marker::Number("3)".into()), Some(3), "Er der".into())));
        assert_eq!(told("(b) Er der"), Some((Marker::Number("(b)".into()), Some(2), "Er der".into())));
        for text in ["2030. ", "-anbefalinger", "98 kommuner", "om at", "1.5 mio", "jf. loven", "It. er"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn ends_of_sentences_are_told_from_abbreviations() {
        assert!(ends_sentence("tages til efterretning.”") && ends_sentence("herunder:"));
        assert!(!ends_sentence("som kommunerne har arbejdet med, bl.a.") && !ends_sentence("i en"));
        assert!(is_unfinished("UAS (Udvalget for") && is_unfinished("vejledning ift.") && !is_unfinished("It-drift"));
        assert_eq!(without_page("1.1. Siden sidst ........ 3"), "1.1. Siden sidst");
        assert_eq!(without_page("Strategien 2026"), "Strategien 2026");
    }
}
