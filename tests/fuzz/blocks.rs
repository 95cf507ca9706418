//! Lists of blocks by chance, with words that mean something to the recogniser and signs that mean something to Markdown.

use crate::documents::prng::Rng;
use sagnet::import::block::{Block, Inline, Kind, Marker, Place, Reading, Text};

const LINES: [&str; 32] = [
    "1. Siden sidst",
    "2.1. Dialog med KL's direktion",
    "2.2",
    "3. Eventuelt",
    "2.10. Lukket punkt: køb",
    "SAG-2025-00001",
    "SAG-2025-00002 Anna Holm, Bent Dam og Carl Eg",
    "Sagsnr.: SAG-2025-00003",
    "Baggrund",
    "Indstilling:",
    "BESLUTNING",
    "Bilag",
    "Drøftelse",
    "Processtatus",
    "Sag indbragt af: KL",
    "Strategisk ophæng",
    "Arkitekturperspektiv Jura - Sikkerhed",
    "Deltagere",
    "Medlemmer:",
    "Anna Holm, chef, Aarhus Kommune (fra 13:45)",
    "Afbud",
    "Dato: torsdag den 27. november 2025",
    "Tid: kl. 10-12",
    "Indhold",
    "Her skrives baggrunden",
    "Åbent",
    "Lukket",
    "Lukningsgrund: § 10",
    "Møde i Rådet",
    "Sted: Rådhuset",
    "Side 2 af 3",
    "Rådet drøftede sagen den 27. november 2025.",
];

const SIGNS: [&str; 36] = [
    "ord",
    " ",
    "  ",
    "# ",
    "## x",
    "---",
    "===",
    "+++",
    "* ",
    "- ",
    "1. ",
    "1) ",
    "> ",
    "```",
    "~~~",
    "    ",
    "\t",
    "|",
    "`",
    "*",
    "**",
    "_",
    "[x](y)",
    "[^1]",
    "[^1]: ",
    "<b>",
    "<!--",
    "&amp;",
    "&#0;",
    "\\",
    "https://x.dk/a_b",
    "SAG-2025-00001",
    "\"\"\"",
    "\u{301}",
    "\u{202e}",
    "\u{a0}",
];

fn words(rng: &mut Rng) -> String {
    if rng.chance(50) {
        return (*rng.pick(&LINES)).to_owned();
    }
    (0..rng.range(0, 5)).map(|_| SIGNS[rng.below(SIGNS.len())]).collect()
}

/// What is set; notes are cited outside of tables only, as readers give them.
fn text(rng: &mut Rng, depth: usize) -> Text {
    let mut text = Text::default();
    for _ in 0..if rng.chance(70) { 1 } else { rng.range(0, 4) } {
        match rng.below(12) {
            0 if depth == 0 => text.0.push(Inline::Note(rng.range(1, 3).to_string())),
            1 => text.0.push(Inline::Break),
            2 => text.push(&words(rng), rng.chance(50), rng.chance(50), Some("https://example.dk/(x)?a=b c")),
            3 => text.push(&words(rng), rng.chance(50), rng.chance(50), None),
            _ => text.push(&words(rng), false, false, None),
        }
    }
    text
}

fn kind(rng: &mut Rng, depth: usize) -> Kind {
    // In a cell stand paragraphs and entries.
    match if depth == 0 { rng.below(16) } else { [3, 4, 15][rng.below(3)] } {
        0..=2 => Kind::Heading {
            level: [1, 2, 3, 9, 100, 255, 0][rng.below(7)],
            label: rng.chance(20).then(|| (*rng.pick(&["1.", "2.1.", "a)", "", "§ 4", "2.1.2"])).to_owned()),
            text: text(rng, depth),
        },
        3..=5 => Kind::Entry {
            level: [0, 0, 1, 2, 9, 255][rng.below(6)],
            marker: if rng.chance(60) {
                Marker::Bullet
            } else {
                Marker::Number((*rng.pick(&["1.", "2)", "a)", "0.", "4294967296.", "iv.", ""])).to_owned())
            },
            text: text(rng, depth),
        },
        6 if depth == 0 => Kind::Table(
            (0..rng.range(0, 4))
                .map(|_| (0..rng.range(0, 4)).map(|_| (0..rng.range(0, 3)).map(|_| block(rng, 1)).collect()).collect())
                .collect(),
        ),
        7 => Kind::Note { label: rng.range(1, 3).to_string(), text: text(rng, depth) },
        8 => Kind::Target(
            (*rng.pick(&["https://example.dk/a%20b", "javascript:alert(1)", "", "//x", "mailto:a@b.dk"])).to_owned(),
        ),
        9 => Kind::Contents(text(rng, depth)),
        10 => Kind::PageBreak,
        _ => Kind::Paragraph(text(rng, depth)),
    }
}

fn block(rng: &mut Rng, depth: usize) -> Block {
    Block { place: Place::Line(1), kind: kind(rng, depth) }
}

/// What a reader could give.
pub fn reading(rng: &mut Rng) -> Reading {
    let mut blocks: Vec<Block> = (0..rng.range(1, 40)).map(|_| block(rng, 0)).collect();
    // An item, most of the time.
    if rng.chance(80) {
        let at = rng.below(blocks.len());
        let of = |text: &str| Block { place: Place::Line(1), kind: Kind::Paragraph(Text::plain(text)) };
        blocks.splice(at..at, [of("1. Godkendelse"), of("SAG-2025-00009 Anna Holm"), of("Baggrund")]);
    }
    for (block, line) in blocks.iter_mut().zip(1..) {
        block.place = Place::Line(line);
    }
    Reading { blocks, ..Reading::default() }
}
