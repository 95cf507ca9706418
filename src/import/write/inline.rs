//! Writes the text of one block as Markdown, with exactly the escapes that it is told to make.
//!
//! Takes a text and the signs to escape; gives Markdown on one line, or on several that end in a hard break. Whether it
//! is read as it was meant is `escape`'s question.

use super::seen::is_bare;
use crate::import::block::{Inline, Text};
use crate::parse::markdown::{Scheme, scheme};

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a paragraph, an entry or a note: a new line can begin anything.
    Paragraph,
    /// In a heading of this level.
    Heading(u8),
    /// In a cell of a table.
    Cell,
}

/// What is escaped.
#[derive(Debug, Clone, Default)]
pub struct Escapes {
    /// Signs, wherever they stand.
    pub signs: Vec<char>,
    /// What a line begins with, where that could begin a block.
    pub starts: bool,
}

/// A word or a sign with what is about it.
struct Piece<'a> {
    inline: &'a Inline,
    strong: bool,
    emphasis: bool,
    link: Option<&'a str>,
}

/// The Markdown of `text`.
pub fn write(text: &Text, place: Place, escapes: &Escapes) -> String {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for inline in &text.0 {
        pieces.push(match inline {
            Inline::Words { strong, emphasis, link, .. } => {
                Piece { inline, strong: *strong, emphasis: *emphasis, link: link.as_deref() }
            }
            _ => Piece { inline, strong: false, emphasis: false, link: None },
        });
    }
    // A sign between words that are set alike is set as they are.
    for at in 1..pieces.len().saturating_sub(1) {
        let (before, after) = (&pieces[at - 1], &pieces[at + 1]);
        let (strong, emphasis) = (before.strong && after.strong, before.emphasis && after.emphasis);
        if !matches!(pieces[at].inline, Inline::Words { .. }) {
            (pieces[at].strong, pieces[at].emphasis) = (strong, emphasis);
        }
    }
    let mut out = Out { text: String::new(), place, escapes };
    out.pieces(&pieces, [false; 3]);
    out.text
}

struct Out<'a> {
    text: String,
    place: Place,
    escapes: &'a Escapes,
}

impl Out<'_> {
    /// Writes pieces within what is `open` already: bold, italics, a link. What reaches farthest is opened first.
    fn pieces(&mut self, pieces: &[Piece<'_>], open: [bool; 3]) {
        let mut at = 0;
        while let Some(first) = pieces.get(at) {
            let rest = &pieces[at..];
            let reach = |holds: &dyn Fn(&Piece<'_>) -> bool| rest.iter().take_while(|piece| holds(piece)).count();
            let reaches = [
                if open[0] { 0 } else { reach(&|piece| piece.strong) },
                if open[1] { 0 } else { reach(&|piece| piece.emphasis) },
                if open[2] || first.link.is_none() { 0 } else { reach(&|piece| piece.link == first.link) },
            ];
            let farthest = (0..3).rev().max_by_key(|what| reaches[*what]).unwrap_or(0);
            if reaches[farthest] == 0 {
                self.piece(first.inline);
                at += 1;
                continue;
            }
            let within = &rest[..reaches[farthest]];
            let mut now = open;
            now[farthest] = true;
            match farthest {
                0 => self.wrapped("**", within, now, "**"),
                1 => self.wrapped("*", within, now, "*"),
                _ => self.link(within, first.link.unwrap_or(""), now),
            }
            at += within.len();
        }
    }

    fn wrapped(&mut self, before: &str, pieces: &[Piece<'_>], open: [bool; 3], after: &str) {
        self.text.push_str(before);
        self.pieces(pieces, open);
        self.text.push_str(after);
    }

    fn link(&mut self, pieces: &[Piece<'_>], url: &str, open: [bool; 3]) {
        if let [Piece { inline: Inline::Words { text, .. }, .. }] = pieces
            && is_bare(url, text)
            && !text.starts_with("www.")
            && (self.place != Place::Cell || !text.contains('|'))
        {
            self.text.push('<');
            self.text.push_str(text);
            self.text.push('>');
            return;
        }
        let after = format!("]({})", destination(url));
        self.wrapped("[", pieces, open, &after);
    }

    fn piece(&mut self, inline: &Inline) {
        match inline {
            Inline::Words { text, .. } => self.words(text),
            Inline::Note(label) => self.text.push_str(&format!("[^{label}]")),
            Inline::Break => self.text.push_str(match self.place {
                Place::Paragraph => "\\\n",
                Place::Heading(_) => " ",
                Place::Cell => "<br>",
            }),
        }
    }

    fn words(&mut self, words: &str) {
        let mut rest = words;
        let begins = self.place == Place::Paragraph && (self.text.is_empty() || self.text.ends_with('\n'));
        if begins && (self.escapes.starts || words.trim_end() == "+++") {
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            let (before, after) = words.split_at(digits);
            if after.starts_with(|c: char| c.is_ascii_punctuation())
                && (digits == 0 || after.starts_with(['.', ')']))
                && !(after.starts_with(|c: char| self.is_escaped(c)))
            {
                self.text.push_str(before);
                self.text.push('\\');
                let first = after.chars().next().map_or(0, char::len_utf8);
                self.text.push_str(&after[..first]);
                rest = &after[first..];
            }
        }
        let mut letters = rest.chars().peekable();
        while let Some(letter) = letters.next() {
            // `[^` cites a note wherever one has that label, in this file or once it is edited.
            let cites = letter == '[' && letters.peek().is_none_or(|next| *next == '^');
            if self.is_escaped(letter) || cites || self.place == Place::Cell && letter == '|' {
                self.text.push('\\');
            }
            self.text.push(letter);
        }
    }

    fn is_escaped(&self, letter: char) -> bool {
        self.escapes.signs.contains(&letter)
    }
}

/// Whether the content's links may lead there.
pub fn is_allowed(url: &str) -> bool {
    matches!(scheme(url), Scheme::Allowed(name) if matches!(name.as_str(), "http" | "https" | "mailto"))
}

/// An address as it is kept: without what no address holds as it is.
pub fn address(url: &str) -> String {
    let mut kept = String::new();
    for letter in url.trim().chars() {
        match letter {
            ' ' => kept.push_str("%20"),
            '<' => kept.push_str("%3C"),
            '>' => kept.push_str("%3E"),
            '"' => kept.push_str("%22"),
            '\\' => kept.push_str("%5C"),
            '`' => kept.push_str("%60"),
            '|' => kept.push_str("%7C"),
            '{' => kept.push_str("%7B"),
            '}' => kept.push_str("%7D"),
            '^' => kept.push_str("%5E"),
            letter if letter.is_control() || letter.is_whitespace() => {}
            letter => kept.push(letter),
        }
    }
    kept
}

/// An address where Markdown has one: brackets that do not pair would end it, and `&amp;` would be read as `&`.
fn destination(url: &str) -> String {
    let mut depth = 0_i32;
    let paired = url.chars().all(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        (0..=30).contains(&depth)
    }) && depth == 0;
    let mut out = String::new();
    for (at, letter) in url.char_indices() {
        let entity = letter == '&' && {
            let rest = &url[at + 1..];
            let name = rest.trim_start_matches('#').trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            name.starts_with(';')
        };
        if entity || !paired && matches!(letter, '(' | ')') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
