//! Whatever stands in a document is read back from what was written: the same blocks, the same words.

use super::escape::Care;
use super::markdown::Style;
use super::seen;
use super::tree::{Notes, clean, tree};
use crate::import::block::{Block, Inline, Kind, Marker, Place, Text};
use crate::parse::markdown::Kind as Read;
use proptest::prelude::*;

pub fn block(kind: Kind) -> Block {
    Block { place: Place::Line(1), kind }
}

/// Blocks as Markdown.
fn written(blocks: &[Block]) -> String {
    let mut notes = Notes::default();
    let mut nodes = tree(blocks, 3, Some(&mut notes));
    let style = Style { kind: Read::Item, care: Care::Needed };
    let mut text = style.blocks(&mut nodes);
    for (label, note) in &mut notes.cited {
        text.push('\n');
        text.push_str(&style.note(label, note));
    }
    text
}

/// Text that Markdown, HTML and the generator's extensions would all like to read as something else.
pub fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zæøå]{1,5}",
        2 => Just(" ".to_owned()),
        4 => "[-*_\\[\\]<>&|~^$:\\\\`#+=.()!'\"/@{}%;,]{1,3}",
        2 => prop::sample::select(vec![
            "2030.", "1) ", "- ", "+ ", "# ", "###", "> ", "---", "===", "+++", "***", "```", "~~~", "    ",
            "&amp;", "&#35;", "<b>", "<!-- ", "-->", "<br>", "</div>", "<https://x.dk>", "https://x.dk/a_b_c",
            "www.x.dk", "a@b.dk", "[^1]", "[^1]: x", "[a]: /b", "[a](b)", "![a](b)", "[ ] ", "~~x~~", "**x**",
            "_x_", "`x`", "| a | b |", "| --- | --- |", ":---:", "\t", "\u{0}", "\u{85}", "\u{2028}", "\u{202e}",
            "\u{a0}", "\u{ad}", "\r\n", "\\", "\\\\", "http:", "ftp://x", "javascript:x", "<?", "<![CDATA[", "<script>",
            "mailto:a@b.dk", "☃", "\u{301}", "\u{feff}", "{#id}", "$x$", "||x||", "==x==", "^x^", "H~2~O", ":smile:",
            "[[x]]", "\u{1}", "1\u{b7}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = Text> {
    let link = prop_oneof![
        6 => Just(None),
        1 => prop::sample::select(vec![
            "https://x.dk/", "https://x.dk/a b(c", "https://x.dk/?a=1&amp;b=<2>", "mailto:a@b.dk", "javascript:alert(1)",
            "https://æ.dk/\u{e5}\"|\\", "bilag/x.pdf", "https://x.dk/(a)(b)",
        ]).prop_map(|url| Some(url.to_owned())),
    ];
    let words = (nasty(), prop::bool::weighted(0.2), prop::bool::weighted(0.2), link);
    let inline = prop_oneof![
        8 => words.prop_map(|(text, strong, emphasis, link)| Inline::Words { text, strong, emphasis, link }),
        1 => Just(Inline::Break),
        1 => "[1-3i*]".prop_map(Inline::Note),
    ];
    prop::collection::vec(inline, 0..4).prop_map(Text)
}

fn marker() -> impl Strategy<Value = Marker> {
    prop_oneof![
        Just(Marker::Bullet),
        "[0-9]{1,2}[.)]".prop_map(Marker::Number),
        prop::sample::select(vec!["1.", "2.", "3.", "1)", "2)", "a)", "b)", "iv.", "1.1.", "(1)", "007."])
            .prop_map(|sign| Marker::Number(sign.to_owned())),
    ]
}

pub fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let cell = prop::collection::vec(
        prop_oneof![
            text().prop_map(Kind::Paragraph),
            (marker(), text()).prop_map(|(marker, text)| Kind::Entry { level: 0, marker, text }),
        ]
        .prop_map(block),
        0..3,
    );
    let rows = prop::collection::vec(prop::collection::vec(cell, 0..4), 0..4);
    let kind = prop_oneof![
        2 => (1_u8..5, prop::option::of("[0-9]\\."), text()).prop_map(|(level, label, text)| Kind::Heading {
            level, label, text
        }),
        4 => text().prop_map(Kind::Paragraph),
        6 => (0_u8..4, marker(), text()).prop_map(|(level, marker, text)| Kind::Entry { level, marker, text }),
        1 => rows.prop_map(Kind::Table),
        1 => Just(Kind::Target("https://x.dk/a?b=c&d".to_owned())),
        1 => Just(Kind::PageBreak),
        1 => ("[1-3i]", text()).prop_map(|(label, text)| Kind::Note { label, text }),
    ];
    prop::collection::vec(kind.prop_map(block), 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_it_was_meant(blocks in blocks()) {
        let mut notes = Notes::default();
        let mut nodes = tree(&blocks, 3, Some(&mut notes));
        let words = words_of(&nodes);
        let style = Style { kind: Read::Item, care: Care::Needed };
        let mut markdown = style.blocks(&mut nodes);
        for (label, note) in &mut notes.cited {
            markdown.push_str("\n\n");
            markdown.push_str(&style.note(label, note));
        }
        markdown.push('\n');
        // Setting may be given up, words never.
        prop_assert_eq!(words_of(&nodes), words);
        let read = seen::sections(&markdown, Read::Item);
        prop_assert_eq!(read.sections.len(), 1);
        let meant = seen::inlined(&nodes, &notes.cited);
        prop_assert_eq!(&read.sections[0].nodes, &meant, "\n{}", markdown);
    }
}

fn words_of(nodes: &[super::tree::Node]) -> Vec<String> {
    let mut words = Vec::new();
    super::tree::each_text(&mut nodes.to_vec(), &mut |text| words.push(clean(text).words()));
    words
}

fn entry(level: u8, sign: &str, text: &str) -> Block {
    let marker = if sign == "-" { Marker::Bullet } else { Marker::Number(sign.to_owned()) };
    block(Kind::Entry { level, marker, text: Text::plain(text) })
}

#[test]
fn lists_keep_their_numbers_and_their_depth() {
    let blocks = [
        block(Kind::Paragraph(Text::plain("Rådet:"))),
        entry(0, "1.", "en"),
        entry(1, "-", "under"),
        entry(1, "a)", "bogstav"),
        entry(0, "2.", "to"),
        entry(0, "1.", "forfra"),
        entry(0, "-", "punkt"),
        entry(1, "3)", "tre"),
    ];
    let wanted = "Rådet:\n\n1. en\n   - under\n   * a) bogstav\n2. to\n\n1) forfra\n\n- punkt\n\n  3) tre";
    assert_eq!(written(&blocks), wanted);
}

#[test]
fn only_what_would_be_read_otherwise_is_escaped() {
    let paragraph = |text: &str| written(&[block(Kind::Paragraph(Text::plain(text)))]);
    for (text, wanted) in [
        ("Vedtaget (jf. § 3) - 50 % * 2 = [1] & a_b, se #4", "Vedtaget (jf. § 3) - 50 % * 2 = [1] & a_b, se #4"),
        ("2030. Det år", "2030\\. Det år"),
        ("- Nej", "\\- Nej"),
        ("# 1", "\\# 1"),
        ("> 5", "\\> 5"),
        ("+++", "\\+++"),
        ("---", "\\---"),
        ("*vigtigt* (a_b)", "\\*vigtigt* (a_b)"),
        ("<navn> siger R&amp;D", "\\<navn> siger R\\&amp;D"),
        ("[^1] og [a](b)", "\\[^1] og \\[a](b)"),
        ("se https://x.dk/a_b.", "se https://x.dk/a_b."),
    ] {
        assert_eq!(paragraph(text), wanted);
    }
}

#[test]
fn tables_have_every_cell() {
    let cell = |text: &str| vec![block(Kind::Paragraph(Text::plain(text)))];
    let rows = vec![
        vec![cell("År"), cell("Beløb")],
        vec![cell("2025|26"), vec![entry(0, "-", "en"), entry(0, "-", "to")], cell("x")],
    ];
    let wanted = "| År | Beløb | |\n| --- | --- | --- |\n| 2025\\|26 | - en<br>- to | x |";
    assert_eq!(written(&[block(Kind::Table(rows))]), wanted);
}

#[test]
fn headings_notes_and_emphasis() {
    let mut text = Text::plain("Se ");
    text.push("vigtigt ", true, false, None);
    text.push("her", false, false, Some("https://x.dk/a b"));
    text.0.push(Inline::Note("1".into()));
    text.0.push(Inline::Break);
    text.push("Ny linje", false, true, None);
    let heading = |level, label: Option<&str>, text| {
        block(Kind::Heading { level, label: label.map(str::to_owned), text: Text::plain(text) })
    };
    let blocks = [
        heading(2, Some("1."), "Udbudsstrategi"),
        block(Kind::Paragraph(text)),
        heading(4, None, "Under"),
        block(Kind::Target("https://x.dk/".into())),
        block(Kind::Note { label: "1".into(), text: Text::plain("- Noten") }),
    ];
    let wanted = "### 1. Udbudsstrategi\n\nSe **vigtigt** [her](https://x.dk/a%20b)[^1]\\\n*Ny linje*\n\n#### Under\n\n\
                  <https://x.dk/>\n[^1]: \\- Noten";
    assert_eq!(written(&blocks), wanted);
}
