//! Fields: keeps track of those that are open, and tells what becomes of the text within.
//!
//! A field is an instruction and its result, spread over any number of runs and paragraphs: `begin`, the instruction,
//! `separate`, the result, `end`. The result is text of the document, the instruction never is.

use std::rc::Rc;

/// Longer instructions are cut; those that matter here are short.
const INSTRUCTION: usize = 8192;
/// Longer addresses are no links that a browser would follow.
pub const ADDRESS: usize = 2048;

/// The fields that are open.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
    /// How many of them are still at their instruction, tables of contents, and page numbers of other places.
    hiding: usize,
    contents: usize,
    pages: usize,
    /// Text that stood where an instruction stands.
    swallowed: String,
}

#[derive(Debug)]
struct Field {
    instruction: String,
    /// Its result has not begun.
    hiding: bool,
    kind: Kind,
    /// Where its text leads, be it by itself or by a field around it.
    link: Option<Rc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Contents,
    PageOf,
    Other,
}

impl Fields {
    /// A field begins.
    pub fn begin(&mut self) {
        let link = self.link();
        self.hiding += 1;
        self.open.push(Field { instruction: String::new(), hiding: true, kind: Kind::Other, link });
    }

    /// More of the instruction.
    pub fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.hiding && field.instruction.len() < INSTRUCTION)
        {
            field.instruction.extend(text.chars().take(INSTRUCTION));
        }
    }

    /// The instruction is complete; the result begins.
    pub fn separate(&mut self) {
        let Some(field) = self.open.last_mut().filter(|field| field.hiding) else { return };
        field.hiding = false;
        self.hiding -= 1;
        let words = words(&field.instruction);
        field.kind = match words.first().map(|word| word.to_ascii_uppercase()).as_deref() {
            Some("TOC") => Kind::Contents,
            Some("PAGEREF") => Kind::PageOf,
            Some("HYPERLINK") => {
                field.link = address(&words).or_else(|| field.link.take());
                Kind::Other
            }
            _ => Kind::Other,
        };
        match field.kind {
            Kind::Contents => self.contents += 1,
            Kind::PageOf => self.pages += 1,
            Kind::Other => {}
        }
    }

    /// The field ends.
    pub fn end(&mut self) {
        match self.open.pop() {
            Some(field) if field.hiding => self.hiding -= 1,
            Some(field) if field.kind == Kind::Contents => self.contents -= 1,
            Some(field) if field.kind == Kind::PageOf => self.pages -= 1,
            _ => {}
        }
        if self.hiding == 0 {
            self.swallowed.clear();
        }
    }

    /// Text here is part of an instruction.
    pub fn is_hiding(&self) -> bool {
        self.hiding > 0
    }

    /// Notes text that stands within an instruction.
    pub fn swallow(&mut self, text: &str) {
        self.swallowed.push_str(text);
    }

    /// Text here is of a table of contents.
    pub fn in_contents(&self) -> bool {
        self.contents > 0
    }

    /// Text here is the page number of an entry of a table of contents.
    pub fn in_page_of_contents(&self) -> bool {
        self.contents > 0 && self.pages > 0
    }

    /// Where text here leads.
    pub fn link(&self) -> Option<Rc<str>> {
        self.open.last().and_then(|field| field.link.clone())
    }

    /// What was taken for an instruction that never ended, and so is perhaps text of the document.
    pub fn lost(self) -> Option<String> {
        (self.hiding > 0 && !self.swallowed.trim().is_empty()).then_some(self.swallowed)
    }
}

/// Where a link leads, by the words of its instruction; nothing for a place in the same document.
fn address(words: &[String]) -> Option<Rc<str>> {
    let (mut target, mut place) = (None, None);
    let mut rest = words.iter().skip(1);
    while let Some(word) = rest.next() {
        match word.to_ascii_lowercase().as_str() {
            "\\l" => place = rest.next(),
            "\\o" | "\\t" => drop(rest.next()),
            switch if switch.starts_with('\\') => {}
            _ => target = target.or(Some(word)),
        }
    }
    link(target?, place.map(String::as_str))
}

/// A link to a place of a document, if it is one.
pub fn link(target: &str, place: Option<&str>) -> Option<Rc<str>> {
    let target = target.trim();
    if target.is_empty() || target.starts_with('#') {
        return None;
    }
    let whole = match place.map(str::trim).filter(|place| !place.is_empty() && !target.contains('#')) {
        Some(place) => format!("{target}#{place}"),
        None => target.to_owned(),
    };
    (whole.len() <= ADDRESS).then(|| whole.into())
}

/// The words of an instruction; quotes keep several together.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    let mut letters = instruction.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\u{201c}' | '\u{201d}' => {
                (quoted, begun) = (!quoted, true);
            }
            // Within quotes, a backslash stands before a quote or another backslash.
            '\\' if quoted => word.push(letters.next_if(|next| matches!(next, '"' | '\\')).unwrap_or('\\')),
            letter if letter.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            letter => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}
