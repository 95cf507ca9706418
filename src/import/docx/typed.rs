//! Entries of lists that were typed by hand: takes a paragraph, gives the marker that it begins with.

use super::super::block::{Inline, Marker, Text, is_blank};

/// Signs that are typed as bullets.
const BULLETS: [char; 11] = ['-', '–', '−', '•', '·', '◦', '▪', '§', '*', '●', '➢'];
/// How far a tab moves text, as Word sets it in Danish documents.
const TAB: i32 = 1304;

/// A marker that was typed.
#[derive(Debug, PartialEq, Eq)]
pub struct Typed {
    /// The marker.
    pub marker: Marker,
    /// How many letters of the text it takes, with the blanks around it.
    pub letters: usize,
    /// How far tabs before it move it.
    pub moved: i32,
}

/// The marker at the beginning of a text, if one was clearly typed. `indented`: its lines begin further in than others.
pub fn marker(text: &Text, indented: bool) -> Option<Typed> {
    let Some(Inline::Words { .. }) = text.0.first() else { return None };
    let mut line = String::new();
    for inline in &text.0 {
        match inline {
            Inline::Words { text, .. } => line.push_str(text),
            _ => break,
        }
    }
    let body = line.trim_start_matches(is_blank);
    let before = line.strip_suffix(body).unwrap_or_default();
    let sign: String = body.chars().take_while(|letter| !is_blank(*letter)).take(8).collect();
    let rest = body.strip_prefix(sign.as_str())?;
    let tab = rest.chars().take_while(|letter| is_blank(*letter)).any(|letter| letter == '\t');
    let words = rest.trim_start_matches(is_blank);
    if words.is_empty() || words.len() == rest.len() {
        return None;
    }
    let bullet = match sign.as_str() {
        "o" => tab || indented,
        // The sign of a paragraph of a law has its number after it.
        "§" => tab || !words.starts_with(|letter: char| letter.is_numeric()),
        sign => sign.chars().count() == 1 && sign.starts_with(BULLETS),
    };
    let marker = if bullet {
        Marker::Bullet
    } else if tab && is_number(&sign) && !text.is_strong() {
        Marker::Number(sign)
    } else {
        return None;
    };
    let letters = line.chars().count() - words.chars().count();
    let tabs = before.chars().filter(|letter| *letter == '\t').count();
    Some(Typed { marker, letters, moved: i32::try_from(tabs.min(20)).unwrap_or(0) * TAB })
}

/// `1.`, `12)`, `(a)`, `iv.`
fn is_number(sign: &str) -> bool {
    let Some(inner) = sign.strip_suffix(['.', ')']) else { return false };
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let all = |of: fn(char) -> bool| inner.chars().all(of);
    match inner.chars().count() {
        0 => false,
        1 => all(char::is_alphanumeric),
        2 | 3 => all(|letter| letter.is_ascii_digit()) || all(|letter| matches!(letter, 'i' | 'v' | 'x')),
        _ => all(|letter| matches!(letter, 'i' | 'v' | 'x')),
    }
}

/// The text without its first letters.
pub fn without(text: Text, letters: usize) -> Text {
    let mut left = letters;
    let mut rest = Text::default();
    for inline in text.0 {
        match inline {
            Inline::Words { text, strong, emphasis, link } if left > 0 => {
                let at = text.char_indices().nth(left).map_or(text.len(), |(at, _)| at);
                left -= left.min(text.chars().count());
                rest.push(text.get(at..).unwrap_or_default(), strong, emphasis, link.as_deref());
            }
            other => rest.0.push(other),
        }
    }
    rest
}
