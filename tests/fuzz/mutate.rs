//! Changes good documents by chance.

use crate::documents::prng::Rng;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

/// The parts of a package, by name.
pub type Parts = Vec<(String, Vec<u8>)>;

/// Pieces of text that mean something to the reader.
const PIECES: [&str; 40] = [
    "\n",
    "\n\n",
    "\u{c}",
    " ",
    "    ",
    "\t",
    "-",
    "- ",
    "• ",
    "o ",
    "1. ",
    "2.1. ",
    "3) ",
    "a) ",
    "1",
    "SAG-2025-00001",
    "SAG-2025-00001 Anna Holm, Bent Dam",
    "Baggrund",
    "Indstilling",
    "Beslutning",
    "Bilag",
    "Drøftelse:",
    "Deltagere",
    "Medlemmer:",
    "Indhold",
    "Siden sidst ........ 4",
    "Side 3 af 9",
    "Sag indbragt af",
    "Strategisk op-",
    "hæng",
    "Processtatus",
    "Lukket punkt",
    "Her skrives baggrunden",
    "https://example.dk/a_b?c=%20",
    "<https://x.dk>",
    "\u{ad}",
    "\u{301}",
    "Dato: 27. november 2025",
    "Tid: kl. 10:00 - 12:00",
    "Eventuelt",
];

/// A text, changed in a few places.
pub fn text(seeds: &[String], rng: &mut Rng) -> String {
    let mut lines: Vec<String> = seeds[rng.below(seeds.len())].lines().map(str::to_owned).collect();
    if rng.chance(50) {
        // A piece of it is read faster.
        let begin = rng.below(lines.len());
        let end = (begin + rng.range(5, 150)).min(lines.len());
        lines = lines[begin..end].to_vec();
    }
    if rng.chance(20) {
        lines.retain(|line| !line.trim().is_empty());
    }
    for _ in 0..rng.range(1, 8) {
        let at = rng.below(lines.len());
        let other = rng.below(lines.len());
        match rng.below(11) {
            0 if lines.len() > 1 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[other].clone()),
            2 => lines.swap(at, other),
            3 if at + 1 < lines.len() => {
                let next = lines.remove(at + 1);
                lines[at].push_str(&next);
            }
            4 => lines.insert(at, String::new()),
            5 => lines[at].insert_str(0, &" ".repeat(rng.below(30))),
            6 => lines.insert(at, (*rng.pick(&PIECES)).to_owned()),
            7 => {
                let cut = boundary(&lines[at], rng);
                let rest = lines[at].split_off(cut);
                lines.insert(at + 1, rest);
            }
            8 => {
                let cut = boundary(&lines[at], rng);
                lines[at].insert_str(cut, rng.pick(&PIECES));
            }
            9 => {
                let cut = boundary(&lines[at], rng);
                lines[at].truncate(cut);
            }
            _ => lines[at] = format!("{}{}", rng.pick(&PIECES), lines[at]),
        }
    }
    lines.join("\n") + "\n"
}

fn boundary(line: &str, rng: &mut Rng) -> usize {
    let mut at = rng.below(line.len() + 1);
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// As few of these as still fail.
pub fn fewest<T: Clone>(all: &[T], fails: impl Fn(&[T]) -> bool) -> Vec<T> {
    let mut left = all.to_vec();
    let mut size = left.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < left.len() {
            let mut fewer = left.clone();
            fewer.drain(at..(at + size).min(left.len()));
            if fails(&fewer) {
                left = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    left
}

/// Bytes, some of which are others.
pub fn bytes(good: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..rng.range(1, 20) {
        let at = rng.below(bytes.len());
        match rng.below(5) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 => bytes[at] = rng.below(256) as u8,
            2 => drop(bytes.drain(at..(at + rng.range(1, 40)).min(bytes.len()))),
            3 => {
                let piece = bytes[at..(at + rng.range(1, 40)).min(bytes.len())].to_vec();
                let to = rng.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => bytes[at] = b"0123456789<>[]()/ "[rng.below(18)],
        }
        if bytes.is_empty() {
            return good.to_vec();
        }
    }
    bytes
}

/// The parts of a package.
pub fn unpacked(bytes: &[u8]) -> Parts {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// A package: its bytes changed, or tags and texts of its parts.
pub fn package(seeds: &[Parts], rng: &mut Rng) -> Vec<u8> {
    let mut parts = seeds[rng.below(seeds.len())].clone();
    let raw = rng.chance(20);
    if !raw {
        for _ in 0..rng.range(1, 6) {
            let at = if rng.chance(60) {
                parts.iter().position(|(name, _)| name == "word/document.xml").unwrap()
            } else {
                rng.below(parts.len())
            };
            match rng.below(12) {
                0 if parts[at].0 != "word/document.xml" => parts[at].1.clear(),
                1 => parts[at].1 = bytes(&parts[at].1, rng),
                _ if parts[at].1.is_empty() => {}
                _ => parts[at].1 = markup(&String::from_utf8_lossy(&parts[at].1), rng).into_bytes(),
            }
        }
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        // Nothing is packed: the readers are what is tested here.
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let packed = zip.finish().unwrap().into_inner();
    if raw { bytes(&packed, rng) } else { packed }
}

/// Markup whose tags and texts are moved, doubled, left out, or given other values.
fn markup(text: &str, rng: &mut Rng) -> String {
    const VALUES: [&str; 12] =
        ["", "0", "-1", "1", "2", "9", "99999999999", "2147483648", "Heading1", "true", "bullet", "æ"];
    let mut tokens: Vec<String> = text
        .split_inclusive('>')
        .flat_map(|piece| {
            let at = piece.find('<').unwrap_or(piece.len());
            [piece[..at].to_owned(), piece[at..].to_owned()]
        })
        .filter(|token| !token.is_empty())
        .collect();
    for _ in 0..rng.range(1, 6) {
        let (at, other) = (rng.below(tokens.len()), rng.below(tokens.len()));
        match rng.below(6) {
            0 if tokens.len() > 1 => drop(tokens.remove(at)),
            1 => tokens.insert(at, tokens[other].clone()),
            2 => tokens.swap(at, other),
            3 => tokens.insert(at, "<w:p>".to_owned() + rng.pick(&PIECES) + "</w:p>"),
            // A whole element, as far as one can tell.
            4 => {
                let end = (at + rng.range(1, 60)).min(tokens.len());
                let piece = tokens[at..end].to_vec();
                tokens.splice(other..other, piece);
            }
            _ => {
                // The value of an attribute.
                let token = &tokens[at];
                if let Some(begin) = token.find("=\"").map(|begin| begin + 2)
                    && let Some(end) = token[begin..].find('"')
                {
                    tokens[at] = format!("{}{}{}", &token[..begin], rng.pick(&VALUES), &token[begin + end..]);
                }
            }
        }
    }
    tokens.concat()
}

/// Small PDFs that are good: text, a list, a table of words.
pub fn pdfs() -> Vec<Vec<u8>> {
    let head =
        "/F 18 Tf 70 760 Td (1. Et punkt) Tj /F 11 Tf 0 -30 Td (SAG-2025-00001 Anna Holm) Tj 0 -30 Td (Baggrund) Tj";
    let texts = [
        format!(
            "BT {head} 0 -30 Td (Det er teksten til punktet, og den er l\\346nger-) Tj 0 -14 Td (e end en linje.) Tj ET"
        ),
        format!("BT {head} 0 -30 Td (- et led) Tj 0 -14 Td (- et andet led) Tj 0 -14 Td (1. tal) Tj ET"),
        format!(
            "BT {head} 0 -30 Td (celle) Tj 150 0 Td (celle) Tj 150 0 Td (celle) Tj -300 -14 Td (a) Tj 150 0 Td (b) Tj 150 0 Td (c) Tj ET"
        ),
    ];
    texts.iter().map(|text| pdf(&[text, text])).collect()
}

fn pdf(contents: &[&String]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Font<</F 3 0 R>>>>".to_owned(),
    ];
    for (content, at) in contents.iter().zip(0..) {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 4 0 R/Contents {} 0 R>>",
            6 + 2 * at
        ));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    let mut out = String::from("%PDF-1.4\n");
    for (object, number) in objects.iter().zip(1..) {
        out += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    // Without a table of objects: poppler makes it itself, as it must of a file whose bytes have moved.
    out += &format!("trailer<</Size {}/Root 1 0 R>>\n%%EOF", objects.len() + 1);
    out.into_bytes()
}
