//! The search for what must not be published, in every byte of the output.
//!
//! Takes markers (texts that stand only in drafts, closed items and undeclared files); gives one
//! finding for each file that a marker stands in, in its name or its bytes, whatever the spelling:
//! as it is, in other case, as HTML entities, percent-encoded, JSON-escaped, folded as in a
//! calendar, split by tags, soft hyphens or zero-width spaces, and two of these together.

use std::collections::BTreeSet;

use super::address::percent_decoded;
use super::site::Site;

/// How many decodings are tried one after the other.
const DEPTH: usize = 2;

type Decoder = (&'static str, fn(&str) -> Option<String>);

const DECODERS: [Decoder; 5] = [
    ("HTML entities", without_entities),
    ("percent-encoded", without_percent),
    ("JSON-escaped", without_escapes),
    ("folded", without_folds),
    ("split by markup", without_markup),
];

impl Site {
    /// Where any of the markers stands.
    pub fn hidden(&self, markers: &[&str]) -> Vec<String> {
        let markers: Vec<(&str, String)> = markers.iter().map(|marker| (*marker, marker.to_lowercase())).collect();
        assert!(markers.iter().all(|(marker, _)| marker.len() > 2), "a marker is too short");
        let mut findings = Vec::new();
        for (file, bytes) in &self.files {
            if bytes.starts_with(b"\x1f\x8b") {
                findings.push(format!("{file}: is compressed, so it cannot be searched"));
            }
            search(&mut findings, file, "its name", file, &markers);
            search(&mut findings, file, "its bytes", &String::from_utf8_lossy(bytes), &markers);
        }
        findings
    }
}

fn search(findings: &mut Vec<String>, file: &str, place: &str, text: &str, markers: &[(&str, String)]) {
    let mut found = BTreeSet::new();
    let mut forms = vec![("as it is".to_owned(), text.to_owned())];
    for depth in 0..=DEPTH {
        let mut next = Vec::new();
        for (name, text) in &forms {
            let lower = text.to_lowercase();
            for (marker, wanted) in markers {
                let count = lower.matches(wanted.as_str()).count();
                if count > 0 && found.insert(*marker) {
                    findings.push(format!("{file}: “{marker}” in {place}, {count} times, {name}"));
                }
            }
            if depth < DEPTH {
                for (decoder, decode) in DECODERS {
                    next.extend(decode(text).map(|text| (decoder.to_owned(), text)));
                }
            }
        }
        forms = next;
    }
}

/// Applies `replace` to what follows each `mark`: it gives the character and how many bytes it
/// stood for. Nothing where nothing was replaced.
fn replaced(text: &str, mark: char, replace: fn(&str) -> Option<(char, usize)>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find(mark) {
        out.push_str(&rest[..at]);
        rest = &rest[at + mark.len_utf8()..];
        match replace(rest) {
            Some((character, length)) => {
                out.push(character);
                rest = &rest[length..];
                changed = true;
            }
            None => out.push(mark),
        }
    }
    out.push_str(rest);
    changed.then_some(out)
}

fn without_entities(text: &str) -> Option<String> {
    replaced(text, '&', |rest| {
        const NAMED: [(&str, char); 14] = [
            ("amp;", '&'),
            ("lt;", '<'),
            ("gt;", '>'),
            ("quot;", '"'),
            ("apos;", '\''),
            ("nbsp;", '\u{a0}'),
            ("shy;", '\u{ad}'),
            ("aelig;", 'æ'),
            ("AElig;", 'Æ'),
            ("oslash;", 'ø'),
            ("Oslash;", 'Ø'),
            ("aring;", 'å'),
            ("Aring;", 'Å'),
            ("eacute;", 'é'),
        ];
        if let Some((name, character)) = NAMED.iter().find(|(name, _)| rest.starts_with(name)) {
            return Some((*character, name.len()));
        }
        let digits = rest.strip_prefix('#')?;
        let (digits, radix, before) = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 2),
            None => (digits, 10, 1),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let code = u32::from_str_radix(&digits[..end], radix).ok()?;
        let semicolon = usize::from(digits[end..].starts_with(';'));
        Some((char::from_u32(code)?, before + end + semicolon))
    })
}

fn without_percent(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    // A stray % elsewhere in the file must not hide one that is a code.
    let decoded: String = text
        .split_inclusive(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'))
        .map(|word| percent_decoded(word).unwrap_or_else(|| word.to_owned()))
        .collect();
    (decoded != text).then_some(decoded)
}

fn without_escapes(text: &str) -> Option<String> {
    replaced(text, '\\', |rest| {
        let Some(digits) = rest.strip_prefix('u') else {
            let character = match rest.chars().next()? {
                c @ ('"' | '\\' | '/' | ',' | ';') => c,
                'n' | 'N' | 'r' | 't' => ' ',
                _ => return None,
            };
            return Some((character, 1));
        };
        let code = u32::from_str_radix(digits.get(..4)?, 16).ok()?;
        if (0xd800..0xdc00).contains(&code) {
            let low = digits.get(4..10)?.strip_prefix("\\u")?;
            let low = u32::from_str_radix(low, 16).ok()?.checked_sub(0xdc00)?;
            return Some((char::from_u32(0x1_0000 + ((code - 0xd800) << 10) + low)?, 11));
        }
        Some((char::from_u32(code)?, 5))
    })
}

fn without_folds(text: &str) -> Option<String> {
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    (unfolded != text).then_some(unfolded)
}

fn without_markup(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match rest.find('>').filter(|_| is_tag) {
            Some(end) => rest = &rest[end + 1..],
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.retain(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'));
    (out != text).then_some(out)
}
