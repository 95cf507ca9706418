//! Reads what poppler prints: pieces of text with their fonts and links, and the boxes of words.
//!
//! Takes the output of `pdftohtml -xml` and of `pdftotext -bbox`; gives pages of pieces and of boxes, in points. Neither
//! output is always well-formed (tags cross each other, control characters and stray words stand between them), so tags
//! are read one by one and nothing is asked of their nesting.

use std::collections::BTreeMap;

/// The factor by which positions are enlarged, the most that poppler grants, so that sizes of type are not rounded to whole points.
pub(super) const ZOOM: f32 = 3.0;

/// A page as poppler tells of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub width: f32,
    pub height: f32,
    pub pieces: Vec<Piece>,
}

/// Text that poppler gives as one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Piece {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// Of the type, in points.
    pub size: f32,
    /// The number of its font: type of one kind, size and colour.
    pub font: u32,
    pub parts: Vec<Part>,
}

/// Text that is set alike.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    pub link: Option<String>,
    /// It leads to another place in the document.
    pub inner: bool,
}

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Boxed {
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
    pub text: String,
}

/// Parts of names of fonts that are bold.
const HEAVY: [&str; 4] = ["bold", "black", "heavy", "demi"];

/// The pages of `pdftohtml -xml`.
pub(super) fn pages(xml: &str) -> Vec<Page> {
    let (mut pages, mut fonts): (Vec<Page>, BTreeMap<String, (f32, bool)>) = (Vec::new(), BTreeMap::new());
    let (mut open, mut strong, mut emphasis, mut link): (Option<Piece>, u32, u32, Option<String>) = (None, 0, 0, None);
    let (mut heavy, mut inner) = (false, false);
    for token in Tokens(xml) {
        let tag = match token {
            Token::Text(text) => {
                if let Some(piece) = &mut open {
                    let part = Part {
                        text: plain(text),
                        strong: strong > 0 || heavy,
                        emphasis: emphasis > 0,
                        link: link.clone(),
                        inner,
                    };
                    piece.parts.push(part);
                }
                continue;
            }
            Token::Tag(tag) => tag,
        };
        match tag.split_ascii_whitespace().next().unwrap_or("") {
            "page" => pages.push(Page {
                width: number(tag, "width") / ZOOM,
                height: number(tag, "height") / ZOOM,
                pieces: Vec::new(),
            }),
            "fontspec" => {
                let family = attribute(tag, "family").unwrap_or_default().to_lowercase();
                let heavy = HEAVY.iter().any(|word| family.contains(word));
                fonts.insert(attribute(tag, "id").unwrap_or_default(), (number(tag, "size") / ZOOM, heavy));
            }
            "text" => {
                let (left, top) = (number(tag, "left") / ZOOM, number(tag, "top") / ZOOM);
                let (width, height) = (number(tag, "width") / ZOOM, number(tag, "height") / ZOOM);
                let font = fonts.get(&attribute(tag, "font").unwrap_or_default());
                let (size, bold) = font.copied().unwrap_or((height / 1.2, false));
                heavy = bold;
                (strong, emphasis, link, inner) = (0, 0, None, false);
                let (right, bottom) = (left + width, top + height);
                let font = number(tag, "font") as u32;
                open = Some(Piece { left, top, right, bottom, size, font, parts: Vec::new() });
            }
            "/text" => {
                if let (Some(piece), Some(page)) = (open.take(), pages.last_mut()) {
                    page.pieces.push(piece);
                }
            }
            "b" => strong += 1,
            "/b" => strong = strong.saturating_sub(1),
            "i" => emphasis += 1,
            "/i" => emphasis = emphasis.saturating_sub(1),
            "a" => {
                link = attribute(tag, "href").filter(|target| leads_out(target));
                inner = link.is_none();
            }
            "/a" => (link, inner) = (None, false),
            _ => {}
        }
    }
    pages
}

/// The boxes of `pdftotext -bbox`, page by page.
pub(super) fn boxes(html: &str) -> Vec<Vec<Boxed>> {
    let (mut pages, mut open): (Vec<Vec<Boxed>>, Option<Boxed>) = (Vec::new(), None);
    for token in Tokens(html) {
        match token {
            Token::Text(text) => {
                if let Some(word) = &mut open {
                    word.text.push_str(&plain(text));
                }
            }
            Token::Tag(tag) => match tag.split_ascii_whitespace().next().unwrap_or("") {
                "page" => pages.push(Vec::new()),
                "word" => {
                    let at = |name| number(tag, name);
                    let (left, right, top, bottom) = (at("xMin"), at("xMax"), at("yMin"), at("yMax"));
                    open = Some(Boxed { left, right, top, bottom, text: String::new() });
                }
                "/word" => {
                    if let (Some(word), Some(page)) = (open.take(), pages.last_mut()) {
                        page.push(word);
                    }
                }
                _ => {}
            },
        }
    }
    pages
}

/// A link out of the document; others lead to its own pages.
fn leads_out(target: &str) -> bool {
    ["http://", "https://", "mailto:", "ftp://", "tel:"].iter().any(|scheme| target.starts_with(scheme))
}

/// A tag without its brackets, or what stands between tags.
enum Token<'a> {
    Tag(&'a str),
    Text(&'a str),
}

/// What is left to cut into tokens.
struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if self.0.is_empty() {
            return None;
        }
        if let Some(rest) = self.0.strip_prefix('<')
            && let Some(end) = rest.find('>')
        {
            self.0 = &rest[end + 1..];
            return Some(Token::Tag(&rest[..end]));
        }
        let end = self.0.match_indices('<').map(|(at, _)| at).find(|at| *at > 0).unwrap_or(self.0.len());
        let text = &self.0[..end];
        self.0 = &self.0[end..];
        Some(Token::Text(text))
    }
}

/// An attribute's value.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.match_indices(name).find_map(|(at, _)| {
        let rest = tag[at + name.len()..].strip_prefix("=\"")?;
        tag[..at].ends_with(char::is_whitespace).then_some(rest)
    })?;
    Some(plain(at.split('"').next().unwrap_or("")))
}

/// An attribute that is a number; 0 where it is none that a page could have.
fn number(tag: &str, name: &str) -> f32 {
    let value: f32 = attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(0.0);
    if value.is_finite() { value.clamp(-100_000.0, 100_000.0) } else { 0.0 }
}

/// The text with its entities resolved, ligatures taken apart, and without control characters.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end < 12);
        match entity.and_then(|end| Some((end, resolve(&rest[1..end])?))) {
            Some((end, letter)) => {
                plain.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    let mut clean = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            'ﬀ' => clean.push_str("ff"),
            'ﬁ' => clean.push_str("fi"),
            'ﬂ' => clean.push_str("fl"),
            'ﬃ' => clean.push_str("ffi"),
            'ﬄ' => clean.push_str("ffl"),
            '\n' | '\t' | '\r' => clean.push(' '),
            letter if letter.is_control() => {}
            letter => clean.push(letter),
        }
    }
    clean
}

/// The letter that an entity stands for.
fn resolve(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{boxes, pages};

    #[test]
    fn tags_that_cross_are_read() {
        let xml = "stray <page number=\"1\" height=\"3368\" width=\"2380\"><fontspec id=\"0\" size=\"30\" family=\"A\"/>\
            <text top=\"40\" left=\"60\" width=\"400\" height=\"48\" font=\"0\">Læs<b> <a href=\"https://kl.dk/?a=1&amp;b=2\">\
            mere</b> \u{1}her</a> &#x26; <i>nu</i></text>";
        let page = &pages(xml)[0];
        let parts = &page.pieces[0].parts;
        assert_eq!((page.pieces[0].size, page.pieces[0].left), (10.0, 20.0));
        assert_eq!(parts[2].text, "mere");
        assert!(parts[2].strong && !parts[3].strong);
        assert_eq!(parts[3].link.as_deref(), Some("https://kl.dk/?a=1&b=2"));
        assert_eq!((parts[3].text.as_str(), parts[5].emphasis), (" her", true));
    }

    #[test]
    fn boxes_are_read() {
        let html =
            "<page width=\"1\" height=\"1\"><word xMin=\"1.5\" yMin=\"2\" xMax=\"3\" yMax=\"4\">A&amp;B</word></page>";
        let word = &boxes(html)[0][0];
        assert_eq!((word.left, word.text.as_str()), (1.5, "A&B"));
    }
}
