//! Cuts lines into blocks.
//!
//! Takes the lines; gives headings, paragraphs, entries, tables and targets in their order, with words that line ends broke
//! made whole. What a line begins is told by `start`; here it is decided where a block ends and what list an entry is in.

use super::facts;
use super::grid;
use super::join::join;
use super::lines::{Gap, Lines};
use super::lists::Lists;
use super::start::{Entry, Sheet, begins_sentence, ends_sentence, entry, is_target, is_unfinished};
use crate::config::Role;
use crate::import::block::{Block, Kind, Marker, Place, Text};
use crate::import::mend::{self, Vocabulary};
use crate::import::remark::Remark;
use crate::import::template::Template;

/// Ranks of headings: those of parts and items are the depth of their number.
const SECTION: u8 = 8;
const BELOW_SECTION: u8 = 9;

/// What is being cut, and what was seen so far.
struct Cutter<'a> {
    sheet: Sheet<'a>,
    known: &'a Vocabulary,
    remarks: &'a mut Vec<Remark>,
    blocks: Vec<Block>,
    /// The lists that an entry can belong to, outermost first.
    lists: Lists,
    /// The number of the part that was begun last.
    part: u32,
    /// The number of the numbered heading within a section that was seen last.
    headed: Option<u32>,
    /// An item has begun.
    in_items: bool,
    /// The section that is open lists what an item comes with: its short lines are no headings.
    in_attachments: bool,
}

/// The blocks of these lines.
pub fn cut<'a>(
    lines: &'a Lines,
    template: &'a Template<'a>,
    known: &'a Vocabulary,
    remarks: &'a mut Vec<Remark>,
) -> Vec<Block> {
    let sheet = Sheet::new(lines, template);
    let mut cutter = Cutter {
        sheet,
        known,
        remarks,
        blocks: Vec::new(),
        lists: Lists::new(lines.spaced),
        part: 0,
        headed: None,
        in_items: false,
        in_attachments: false,
    };
    let mut at = 0;
    while at < cutter.sheet.lines.len() {
        at = cutter.next(at).max(at + 1);
    }
    cutter.blocks
}

impl<'a> Cutter<'a> {
    /// Cuts the block that begins at `at`; gives the line behind it.
    fn next(&mut self, at: usize) -> usize {
        let text = self.sheet.text(at);
        if let Some(end) = self.sheet.contents_end(at) {
            for (line, title) in self.sheet.listed(at, end) {
                self.push(line, Kind::Contents(Text::plain(title).tidy()));
            }
            return end;
        }
        if is_target(text) {
            self.push(at, Kind::Target(text.to_owned()));
            return at + 1;
        }
        if self.in_items
            && let Some((block, end)) = facts::facts(&self.sheet, at, self.known, self.remarks)
        {
            self.lists.clear();
            self.blocks.push(block);
            return end;
        }
        if self.sheet.template.number_line(text).is_some() {
            return self.number_line(at);
        }
        if let Some((end, depth)) = self.title(at) {
            let number = self.sheet.template.item_number(text).map_or("", |(number, _)| number);
            self.part = number.split('.').next().and_then(|first| first.parse().ok()).unwrap_or(self.part);
            (self.headed, self.in_items, self.in_attachments) = (None, true, false);
            let text = self.joined(at, end);
            self.push(
                at,
                Kind::Heading { level: u8::try_from(depth).unwrap_or(SECTION - 1).min(SECTION - 1), label: None, text },
            );
            return end;
        }
        if self.sheet.template.stands_alone(text) {
            self.headed = None;
            let section = self.sheet.template.section(text);
            self.in_attachments = section.map_or(self.in_attachments, |role| role == Role::Attachments);
            let heading = section.is_some() || self.sheet.template.is_group(text);
            let text = self.joined(at, at + 1);
            self.push(
                at,
                if heading { Kind::Heading { level: SECTION, label: None, text } } else { Kind::Paragraph(text) },
            );
            return at + 1;
        }
        if let Some((table, end)) = grid::grid(&self.sheet, at, self.known, self.remarks) {
            self.lists.clear();
            self.blocks.push(table);
            return end;
        }
        if let Some(found) = self.entry(at, false) {
            return self.list_entry(at, &found);
        }
        if self.in_items && !self.in_attachments && self.may_head(at) && self.sheet.is_bare_heading(at) {
            let text = self.joined(at, at + 1);
            self.push(at, Kind::Heading { level: BELOW_SECTION, label: None, text });
            return at + 1;
        }
        let end = self.block_end(at, None);
        let text = self.joined(at, end);
        self.push(at, Kind::Paragraph(text));
        end
    }

    fn push(&mut self, at: usize, kind: Kind) {
        if !matches!(kind, Kind::Entry { .. } | Kind::Target(_)) {
            self.lists.clear();
        }
        if let Some(line) = self.sheet.lines.get(at) {
            self.blocks.push(Block { place: Place::Line(line.number), kind });
        }
    }

    fn joined(&mut self, at: usize, end: usize) -> Text {
        let lines: Vec<_> =
            self.sheet.lines[at..end].iter().map(|line| (Place::Line(line.number), line.text.as_str())).collect();
        join(&lines, self.known, self.remarks)
    }

    /// A title that is no entry of a list which is open.
    fn title(&self, at: usize) -> Option<(usize, usize)> {
        let (end, depth) = self.sheet.title(at, self.part)?;
        let value = entry(self.sheet.text(at)).and_then(|entry| entry.value);
        let next_in_list = self.lists.expects('.', value);
        let clear = depth > 1 || self.sheet.template.number_line(self.sheet.text(end)).is_some();
        (clear || !next_in_list).then_some((end, depth))
    }

    /// A line with case numbers, and the lines on which its names go on.
    fn number_line(&mut self, at: usize) -> usize {
        let mut end = at + 1;
        let goes_on = |end: usize| {
            let text = self.sheet.text(end);
            let labelled = self.sheet.template.fact_line(text).is_some();
            let named = text.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || word == "og");
            self.sheet.gap(end) == Gap::Line
                && end < self.sheet.lines.len()
                && (named || is_unfinished(self.sheet.text(end - 1)) || !begins_sentence(text) || self.sheet.spaced)
                && !labelled
                && !self.sheet.template.stands_alone(text)
                && entry(text).is_none()
                && text.chars().count() < 120
                && end - at < 4
                && (is_unfinished(self.sheet.text(end - 1))
                    || self.sheet.text(end - 1).ends_with('-')
                    || !ends_sentence(text))
        };
        let names = self.sheet.template.number_line(self.sheet.text(at)).is_some_and(|line| !line.rest.is_empty());
        while names && goes_on(end) {
            end += 1;
        }
        let text = self.joined(at, end);
        self.push(at, Kind::Paragraph(text));
        end
    }

    /// Whether a heading that nothing marks could stand here: not within a paragraph.
    fn may_head(&self, at: usize) -> bool {
        at == 0
            || self.sheet.gap(at) != Gap::Line
            || !self.lists.is_empty()
            || ends_sentence(self.sheet.text(at - 1))
            || self.sheet.template.stands_alone(self.sheet.text(at - 1))
    }

    /// The entry that begins at `at`, where what stands around it allows one; `within` a paragraph or an entry that is open.
    fn entry(&self, at: usize, within: bool) -> Option<Entry<'a>> {
        let text = self.sheet.text(at);
        let found = entry(text)?;
        let apart = at == 0 || self.sheet.gap(at) != Gap::Line;
        let before = if at == 0 { "" } else { self.sheet.text(at - 1) };
        let after_stop = ends_sentence(before) || self.sheet.template.stands_alone(before);
        let in_list = self.lists.has(found.sign);
        let open = match (&found.marker, found.value) {
            (Marker::Bullet, _) if "-–−*".contains(found.sign) => {
                apart || after_stop || in_list || !within || self.sheet.has_room(at)
            }
            (Marker::Bullet, _) => true,
            (_, Some(1)) => {
                apart
                    || after_stop
                    || !within
                    || self.sheet.has_room(at)
                    || self.sheet.lines[at].indent > self.sheet.lines[at - 1].indent
            }
            (_, value) => {
                let next = self.lists.expects(found.sign, value);
                let month = crate::danish::dates(&format!("1. {}", found.rest)).iter().any(|(at, _)| at.start == 0);
                next || self.headed.map(|value| value + 1) == value && apart
                    || apart && !month && value.is_some_and(|value| value < 30)
            }
        };
        open.then_some(found)
    }

    /// An entry with the lines that it goes on over; a numbered one above prose is a heading.
    fn list_entry(&mut self, at: usize, found: &Entry<'_>) -> usize {
        let (marker, sign, value, rest) = (found.marker.clone(), found.sign, found.value, found.rest.to_owned());
        if self.in_items && sign == '.' && value.is_some() && !self.in_attachments && self.heads(at, value) {
            self.headed = value;
            let text = self.joined(at, at + 1);
            self.push(at, Kind::Heading { level: BELOW_SECTION, label: None, text });
            return at + 1;
        }
        let level = self.lists.enter(self.sheet.lines[at].indent, self.sheet.gap(at) == Gap::Page, sign, value);
        // A sign alone on its line belongs to the next.
        let begin = if rest.is_empty() { at + 1 } else { at };
        let indent = self.sheet.lines[at].indent;
        let mut end = self.block_end(begin.min(self.sheet.lines.len().saturating_sub(1)), Some(indent));
        let mut lines: Vec<(Place, &str)> = Vec::new();
        if begin == at {
            lines.push((Place::Line(self.sheet.lines[at].number), rest.as_str()));
        }
        end = end.max(at + 1);
        let sheet_lines = self.sheet.lines;
        lines.extend(
            sheet_lines[(at + 1).min(end)..end].iter().map(|line| (Place::Line(line.number), line.text.as_str())),
        );
        // A sign at the end of an entry's last line is that of the entry behind it.
        let mut trailing = None;
        if let Some((_, last)) = lines.last_mut()
            && let Some((text, sign)) = trailing_sign(last)
            && end < sheet_lines.len()
            && begins_sentence(self.sheet.text(end))
        {
            *last = text;
            trailing = Some(sign);
        }
        let text = join(&lines, self.known, self.remarks);
        self.push(at, Kind::Entry { level, marker, text });
        if let Some(sign) = trailing
            && !self.sheet.template.stands_alone(self.sheet.text(end))
        {
            let level = self.lists.enter(self.sheet.lines[at].indent, false, sign, None);
            let last = self.block_end(end, Some(indent));
            let text = self.joined(end, last);
            self.push(end, Kind::Entry { level, marker: Marker::Bullet, text });
            return last;
        }
        end
    }

    /// Whether a numbered line is a heading: the first of its kind above prose, or the next after such a one.
    fn heads(&self, at: usize, value: Option<u32>) -> bool {
        let text = self.sheet.text(at);
        let short = text.chars().count() * 100 <= self.sheet.width * 85 && !text.ends_with(['.', ',', ';', '?', '!']);
        let next = self.sheet.text(at + 1);
        let prose = !next.is_empty()
            && begins_sentence(next)
            && entry(next).is_none()
            && !self.sheet.template.stands_alone(next)
            && self.sheet.title(at + 1, self.part).is_none()
            && next.chars().count() * 100 >= self.sheet.width * 60;
        let follows = self.headed.is_some() && self.headed.map(|value| value + 1) == value;
        let apart = self.sheet.gap(at) != Gap::Line && self.lists.is_empty();
        // The entries of an open list stand to the right of a heading.
        let indent = self.sheet.lines[at].indent;
        let in_list = self.lists.counts_at(indent, self.sheet.indented);
        short && prose && !in_list && self.sheet.has_room(at + 1) && (follows || apart || value == Some(1))
    }

    /// Where the paragraph or entry that begins at `at` ends; of an entry, how far its marker is indented.
    fn block_end(&self, at: usize, entry: Option<usize>) -> usize {
        let mut end = at + 1;
        while end < self.sheet.lines.len() && self.goes_on(end, entry) {
            end += 1;
        }
        end
    }

    /// Whether the line at `at` goes on with the block that the line before it is in.
    fn goes_on(&self, at: usize, entry: Option<usize>) -> bool {
        let (line, before) = (&self.sheet.lines[at], &self.sheet.lines[at - 1]);
        let text = line.text.as_str();
        let is_entry = entry.is_some();
        if grid::begins(&self.sheet, at) {
            return false;
        }
        // An entry's further lines stand below its text, not below its marker.
        if let Some(marker) = entry.filter(|_| self.sheet.indented) {
            let hangs = line.indent > marker;
            if !hangs || line.gap == Gap::Line && self.entry(at, true).is_none() {
                return hangs;
            }
        }
        if line.gap == Gap::Paragraph || self.begins_block(at) {
            return false;
        }
        let broken = before.text.ends_with(mend::is_hyphen) && !before.text.ends_with(" -");
        if broken || !begins_sentence(text) {
            return true;
        }
        let numeral = text.starts_with(|c: char| c.is_ascii_digit()) && !ends_sentence(&before.text);
        if numeral && !is_entry {
            return true;
        }
        if is_entry && trailing_sign(&before.text).is_some() {
            return false;
        }
        let room = self.sheet.has_room(at);
        if ends_sentence(&before.text) {
            let heads = self.may_head(at) && self.sheet.is_bare_heading(at);
            return !room && !heads;
        }
        // What does not end a sentence goes on, unless its line was ended on purpose.
        !room || is_unfinished(&before.text) && !is_entry || is_unfinished(&before.text) && line.gap == Gap::Line
    }

    /// Whether a line begins a block of its own, whatever is open before it.
    fn begins_block(&self, at: usize) -> bool {
        let text = self.sheet.text(at);
        let before = self.sheet.text(at - 1);
        let broken = before.ends_with(mend::is_hyphen);
        let free = ends_sentence(before) || self.sheet.has_room(at) || self.sheet.gap(at) != Gap::Line;
        is_target(text)
            || self.title(at).is_some()
            || free && self.sheet.template.stands_alone(text)
            || self.sheet.template.section(text).is_some() && begins_sentence(text) && !is_unfinished(before) && !broken
            || self.sheet.template.number_line(text).is_some_and(|line| !line.rest.is_empty()) && free
            || self.sheet.contents_end(at).is_some()
            || free && self.sheet.template.labelled(text).is_some()
            || self.entry(at, true).is_some()
    }
}

/// A line without the sign of a list that stands alone at its end.
fn trailing_sign(text: &str) -> Option<(&str, char)> {
    let sign = text.chars().next_back().filter(|sign| "-–−•".contains(*sign))?;
    let before = text[..text.len() - sign.len_utf8()].strip_suffix(' ')?;
    Some((before.trim_end(), sign))
}
