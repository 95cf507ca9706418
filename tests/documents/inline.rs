//! Text becomes runs.
//!
//! Takes text as the truth has it; gives the runs of a paragraph, split and overlaid as the document's style has it:
//! tracked changes, comments, fields, links, footnotes, hidden text. What must not come out is noted as forbidden.

use super::prng::Rng;
use super::style::{Profile, Style};
use super::truth::{Span, Text};
use std::fmt::Write as _;

/// What runs share, and what the other files of a document need to know of them.
pub struct Ink<'a> {
    /// How the document is set.
    pub style: &'a Style,
    /// Chance: the same draws whether for print or not.
    pub rng: Rng,
    /// For printing: changes are settled, fields are words, comments are gone.
    pub print: bool,
    /// Addresses of links, by relation.
    pub targets: Vec<String>,
    /// Texts of footnotes.
    pub notes: Vec<String>,
    /// Texts of comments.
    pub comments: Vec<String>,
    /// What must not come out.
    pub forbidden: Vec<String>,
    /// Counts whatever needs a number of its own.
    pub count: usize,
}

/// How a run looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Bold.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
    /// In half points, where it differs.
    pub size: Option<usize>,
    /// It may be overlaid with what counts or does not.
    pub body: bool,
    /// It is the text of a link.
    pub link: bool,
}

impl Look {
    /// The look of running text.
    pub fn body() -> Self {
        Self { body: true, ..Self::default() }
    }

    /// Properties of a run, in the order that the schema has.
    fn properties(self, style: &Style, extra: &str) -> String {
        let mut all = String::new();
        if self.link && style.profile != Profile::Direct {
            all.push_str("<w:rStyle w:val=\"Hyperlink\"/>");
        }
        if self.bold {
            all.push_str("<w:b/><w:bCs/>");
        } else if extra == "toggle" {
            all.push_str("<w:b w:val=\"0\"/>");
        }
        if self.italic {
            all.push_str("<w:i/><w:iCs/>");
        }
        if extra == "vanish" {
            all.push_str("<w:vanish/>");
        }
        if let Some(size) = self.size {
            let _ = write!(all, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
        }
        if extra == "lang" {
            all.push_str("<w:lang w:val=\"da-DK\"/>");
        }
        if all.is_empty() { all } else { format!("<w:rPr>{all}</w:rPr>") }
    }
}

/// Text as XML has it.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Ink<'_> {
    /// A number that nothing else in the document has.
    pub fn fresh(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    /// The runs of a text.
    pub fn runs(&mut self, text: &Text, look: Look) -> String {
        let mut out = String::new();
        for span in &text.0 {
            match span {
                Span::Words(words) => out.push_str(&self.words(words, look)),
                Span::Strong(words) => out.push_str(&self.words(words, Look { bold: true, ..look })),
                Span::Emphasis(words) => out.push_str(&self.words(words, Look { italic: true, ..look })),
                Span::Link(words, url) => out.push_str(&self.link(words, url, look)),
                Span::Note(note) => {
                    self.notes.push(note.clone());
                    let (id, name) = (self.notes.len(), self.style.id("FootnoteReference"));
                    let _ = write!(
                        out,
                        "<w:r><w:rPr><w:rStyle w:val=\"{name}\"/><w:vertAlign w:val=\"superscript\"/></w:rPr>\
                         <w:footnoteReference w:id=\"{id}\"/></w:r>"
                    );
                }
            }
        }
        out
    }

    /// Plain words as one or many runs, with what is laid over them.
    pub fn words(&mut self, words: &str, look: Look) -> String {
        let over = self.style.over;
        let mut out = String::new();
        let mut piece = String::new();
        for part in words.split_inclusive(' ') {
            let boundary = piece.is_empty() || piece.ends_with(' ');
            if look.body && boundary && !look.link {
                let laid = self.between();
                if !laid.is_empty() {
                    out.push_str(&self.run(&std::mem::take(&mut piece), look));
                    out.push_str(&laid);
                }
            }
            if over.splits > 0 && self.rng.chance(over.splits) {
                let at = self.rng.below(part.chars().count() + 1);
                let at = part.char_indices().nth(at).map_or(part.len(), |(at, _)| at);
                piece.push_str(&part[..at]);
                out.push_str(&self.run(&std::mem::take(&mut piece), look));
                piece.push_str(&part[at..]);
                continue;
            }
            let plain = look.body && !look.link && part.len() > 4;
            if plain && over.tracked && self.rng.chance(3) {
                out.push_str(&self.run(&std::mem::take(&mut piece), look));
                let run = self.run(part, look);
                let revision = self.revision();
                out.push_str(&if self.print { run } else { format!("<w:ins {revision}>{run}</w:ins>") });
                continue;
            }
            if plain && over.fields && self.rng.chance(2) {
                out.push_str(&self.run(&std::mem::take(&mut piece), look));
                let code = ["REF _Ref190001 \\h", "DOCPROPERTY Emne", "DATE \\@ \"d. MMMM yyyy\"", "MERGEFIELD Felt"];
                let code = code[self.rng.below(4)];
                let run = self.run(part.trim_end(), look);
                out.push_str(&if self.print { run } else { field(code, &run, self.rng.chance(50)) });
                piece.push_str(&part[part.trim_end().len()..]);
                continue;
            }
            piece.push_str(part);
        }
        out + &self.run(&piece, look)
    }

    /// Something between two words that does not count; mostly nothing.
    fn between(&mut self) -> String {
        let over = self.style.over;
        if over.tracked && self.rng.chance(1) {
            let number = self.rng.range(100, 999);
            let text = format!("slettet udkast {number} til formulering ");
            self.forbidden.push(text.trim().to_owned());
            let (revision, text) = (self.revision(), escape(&text));
            let deleted =
                format!("<w:del {revision}><w:r><w:delText xml:space=\"preserve\">{text}</w:delText></w:r></w:del>");
            return if self.print { String::new() } else { deleted };
        }
        if over.hidden && self.rng.chance(1) {
            let text = format!("skjult arbejdsnote {} ", self.rng.range(100, 999));
            self.forbidden.push(text.trim().to_owned());
            let look = Look::default().properties(self.style, "vanish");
            return format!("<w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        }
        if over.comments && self.rng.chance(1) {
            let text = format!("Kan vi nå det inden fristen? Bemærkning {}", self.rng.range(100, 999));
            self.forbidden.push(text.clone());
            if self.print {
                return String::new();
            }
            self.comments.push(text);
            let id = self.comments.len() - 1;
            return format!(
                "<w:commentRangeStart w:id=\"{id}\"/><w:commentRangeEnd w:id=\"{id}\"/>\
                 <w:r><w:commentReference w:id=\"{id}\"/></w:r>"
            );
        }
        String::new()
    }

    /// Attributes of a tracked change.
    pub fn revision(&mut self) -> String {
        let id = 9000 + self.fresh();
        format!("w:id=\"{id}\" w:author=\"Sekretariatet\" w:date=\"2025-11-03T09:00:00Z\"")
    }

    /// One run.
    pub fn run(&mut self, text: &str, look: Look) -> String {
        if text.is_empty() {
            return String::new();
        }
        let over = self.style.over;
        // Taking back what no style sets changes nothing; in a heading it would.
        let extra =
            if over.splits > 0 { ["", if look.body { "toggle" } else { "" }, "lang"][self.rng.below(3)] } else { "" };
        let mut out = String::from("<w:r");
        if over.splits > 0 {
            let _ = write!(out, " w:rsidR=\"00{:06X}\"", self.rng.below(0xff_ffff));
        }
        out.push('>');
        out.push_str(&look.properties(self.style, extra));
        let mut plain = String::new();
        let letters: Vec<char> = text.chars().collect();
        for (at, &letter) in letters.iter().enumerate() {
            let before = if at == 0 { ' ' } else { letters[at - 1] };
            let after = letters.get(at + 1).copied().unwrap_or(' ');
            if over.soft_hyphens && look.body && !look.link && self.rng.chance(2) && inside(&letters, at) {
                if self.rng.chance(50) {
                    plain.push('\u{ad}');
                } else {
                    flush(&mut out, &mut plain);
                    out.push_str("<w:softHyphen/>");
                }
            }
            match letter {
                ' ' if over.no_break && (before == '§' || after == '%' || before == '.' && after.is_ascii_digit()) => {
                    plain.push('\u{a0}');
                }
                '-' if over.no_break
                    && look.body
                    && before.is_alphanumeric()
                    && after.is_alphanumeric()
                    && !look.link =>
                {
                    if self.rng.chance(20) {
                        flush(&mut out, &mut plain);
                        out.push_str("<w:noBreakHyphen/>");
                    } else {
                        plain.push('-');
                    }
                }
                '\t' | '\n' => {
                    flush(&mut out, &mut plain);
                    out.push_str(if letter == '\t' { "<w:tab/>" } else { "<w:br/>" });
                }
                _ => plain.push(letter),
            }
        }
        flush(&mut out, &mut plain);
        out + "</w:r>"
    }

    /// A link, as an element or as a field that is split over runs.
    fn link(&mut self, words: &str, url: &str, look: Look) -> String {
        let runs = self.words(words, Look { link: true, ..look });
        let anchor = if self.rng.chance(50) { url.split_once('#') } else { None };
        if self.rng.chance(30) {
            let code = match anchor {
                Some((base, anchor)) => format!("HYPERLINK \"{base}\" \\l \"{anchor}\""),
                None => format!("HYPERLINK \"{url}\""),
            };
            return field(&code, &runs, self.rng.chance(60));
        }
        let (target, attribute) = match anchor {
            Some((base, anchor)) => (base, format!(" w:anchor=\"{anchor}\"")),
            None => (url, String::new()),
        };
        self.targets.push(target.to_owned());
        format!("<w:hyperlink r:id=\"rLink{}\"{attribute} w:history=\"1\">{runs}</w:hyperlink>", self.targets.len())
    }
}

fn inside(letters: &[char], at: usize) -> bool {
    at >= 4 && letters.len() > at + 4 && letters[at - 4..at + 4].iter().all(|c| c.is_lowercase())
}

fn flush(out: &mut String, plain: &mut String) {
    if !plain.is_empty() {
        let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escape(plain));
        plain.clear();
    }
}

/// A complex field; its code is split over two runs where that is wanted.
pub fn field(code: &str, result: &str, split: bool) -> String {
    let code = if split {
        let half = code.char_indices().nth(code.chars().count() / 2).map_or(0, |(at, _)| at);
        format!("{}{}", instruction(&code[..half]), instruction(&code[half..]))
    } else {
        instruction(&format!(" {code} "))
    };
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!("{}{code}{}{result}{}", mark("begin"), mark("separate"), mark("end"))
}

fn instruction(code: &str) -> String {
    format!("<w:r><w:instrText xml:space=\"preserve\">{}</w:instrText></w:r>", escape(code))
}
