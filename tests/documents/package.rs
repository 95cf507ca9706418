//! A Word document as a file.
//!
//! Takes the finished body with its style, notes, comments, links and lists; gives the bytes of a docx.

use super::inline::escape;
use super::paper::{Paper, printed};
use super::style::{Profile, Style};
use super::truth::Marker;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const MORE: &str = "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
                    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
                    xmlns:v=\"urn:schemas-microsoft-com:vml\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The furniture of the pages: header and footer, where there are such.
pub struct Furniture {
    /// The words of the header.
    pub header: String,
    /// Words before the page's number.
    pub before: &'static str,
    /// Words before the number of pages; empty where it is not told.
    pub of: &'static str,
}

/// Packs it.
pub fn pack(paper: &Paper, furniture: &Furniture) -> Vec<u8> {
    let style = paper.ink.style;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: String| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let parts = ["document.main", "styles", "numbering", "settings", "footnotes", "comments", "header", "footer"];
    let mut types = String::new();
    let mut relations = String::new();
    for part in parts {
        let (file, last) = (part.trim_end_matches(".main"), if part == "document.main" { "document" } else { part });
        let _ = write!(types, "<Override PartName=\"/word/{file}.xml\" ContentType=\"{KIND}.{part}+xml\"/>");
        if file != "document" {
            let _ = write!(relations, "<Relationship Id=\"r_{last}\" Type=\"{OFFICE}/{last}\" Target=\"{last}.xml\"/>");
        }
    }
    for (at, url) in paper.ink.targets.iter().enumerate() {
        let (id, url) = (at + 1, escape(url));
        let _ = write!(
            relations,
            "<Relationship Id=\"rLink{id}\" Type=\"{OFFICE}/hyperlink\" Target=\"{url}\" TargetMode=\"External\"/>"
        );
    }
    let package = "http://schemas.openxmlformats.org/package/2006";
    add(
        "[Content_Types].xml",
        format!(
            "{HEAD}<Types xmlns=\"{package}/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>{types}</Types>"
        ),
    );
    add(
        "_rels/.rels",
        format!(
            "{HEAD}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" \
             Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        ),
    );
    add(
        "word/_rels/document.xml.rels",
        format!("{HEAD}<Relationships xmlns=\"{package}/relationships\">{relations}</Relationships>"),
    );
    add("word/document.xml", document(paper));
    add("word/styles.xml", styles(style));
    add("word/numbering.xml", numbering(style, &paper.lists));
    add("word/settings.xml", settings());
    add("word/footnotes.xml", footnotes(paper));
    add("word/comments.xml", comments(&paper.ink.comments));
    let tab = "<w:r><w:tab/></w:r>";
    let header = format!("<w:r><w:t>{}</w:t></w:r>{tab}", escape(&furniture.header));
    add("word/header.xml", margin("hdr", &style.id("Header"), &header));
    let simple = |code: &str| format!("<w:fldSimple w:instr=\" {code} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let space = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let of = if furniture.of.is_empty() { String::new() } else { space(furniture.of) + &simple("NUMPAGES") };
    let footer = format!("{tab}{}{}{of}", space(furniture.before), simple("PAGE"));
    add("word/footer.xml", margin("ftr", &style.id("Footer"), &footer));
    zip.finish().unwrap().into_inner()
}

fn document(paper: &Paper) -> String {
    let style = paper.ink.style;
    let mut section = String::new();
    if style.header {
        section.push_str("<w:headerReference w:type=\"default\" r:id=\"r_header\"/>");
    }
    if style.footer {
        section.push_str("<w:footerReference w:type=\"default\" r:id=\"r_footer\"/>");
    }
    let (left, right) = style.margins;
    format!(
        "{HEAD}<w:document {W} {MORE}><w:body>{}<w:sectPr>{section}\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1500\" w:right=\"{right}\" w:bottom=\"1400\" \
         w:left=\"{left}\" w:header=\"700\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        paper.out
    )
}

fn margin(kind: &str, style: &str, runs: &str) -> String {
    format!("{HEAD}<w:{kind} {W}><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p></w:{kind}>")
}

/// Hyphenation is on for the whole document.
fn settings() -> String {
    format!(
        "{HEAD}<w:settings {W}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"1304\"/><w:autoHyphenation/>\
         <w:hyphenationZone w:val=\"120\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
         <w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:compat><w:compatSetting \
         w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         </w:settings>"
    )
}

fn styles(style: &Style) -> String {
    let (font, size, after, line) = (style.font, style.size, style.after, style.line);
    let mut out = format!(
        "{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" \
         w:eastAsia=\"{font}\" w:cs=\"{font}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
         <w:lang w:val=\"da-DK\" w:eastAsia=\"en-US\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
         <w:spacing w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/>\
         <w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    );
    let named = style.profile == Profile::DanishNames;
    if style.profile != Profile::Direct {
        for level in 1..=4usize {
            let name = if named { format!("Overskrift {level}") } else { format!("heading {level}") };
            let (outline, size) = (level - 1, size + [14, 6, 2, 0][level - 1]);
            let number = match (style.profile, level) {
                (Profile::Numbered, 1) => "<w:numPr><w:numId w:val=\"1\"/></w:numPr>",
                (Profile::Numbered, 2) => "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>",
                _ => "",
            };
            let paragraph = format!(
                "<w:keepNext/>{number}<w:spacing w:before=\"{}\" w:after=\"60\"/><w:outlineLvl w:val=\"{outline}\"/>",
                360 - level * 60
            );
            let look = format!("<w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
            let based = "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>";
            let id = style.id(&format!("Heading{level}"));
            let _ = write!(
                out,
                "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}<w:qFormat/>\
                 <w:pPr>{paragraph}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
            );
        }
        let right = 11906 - style.margins.0 - style.margins.1;
        let more = [
            ("Title", "Title", String::new()),
            ("TOC1", "toc 1", String::new()),
            ("TOC2", "toc 2", "<w:ind w:left=\"220\"/>".into()),
            ("TOCHeading", "TOC Heading", String::new()),
            ("ListParagraph", "List Paragraph", "<w:ind w:left=\"720\"/><w:contextualSpacing/>".into()),
            ("FootnoteText", "footnote text", "<w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>".into()),
            ("Header", "header", format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{right}\"/></w:tabs>")),
            ("Footer", "footer", format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{right}\"/></w:tabs>")),
        ];
        for (role, name, paragraph) in more {
            let (id, size) =
                (style.id(role), if role == "FootnoteText" { "<w:rPr><w:sz w:val=\"16\"/></w:rPr>" } else { "" });
            let paragraph = if paragraph.is_empty() { paragraph } else { format!("<w:pPr>{paragraph}</w:pPr>") };
            let _ = write!(
                out,
                "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
                 {paragraph}{size}</w:style>"
            );
        }
        let blue = "<w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/>";
        let raised = "<w:vertAlign w:val=\"superscript\"/>";
        for (role, name, look) in
            [("Hyperlink", "Hyperlink", blue), ("FootnoteReference", "footnote reference", raised)]
        {
            let id = style.id(role);
            let _ = write!(
                out,
                "<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:rPr>{look}</w:rPr></w:style>"
            );
        }
        let id = style.id("TableGrid");
        let _ = write!(
            out,
            "<w:style w:type=\"table\" w:styleId=\"{id}\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
             </w:style>"
        );
    }
    out + "</w:styles>"
}

/// The headings' numbering first, then a definition for every list.
fn numbering(style: &Style, lists: &[[Marker; 3]]) -> String {
    let ids = ["Heading1", "Heading2"].map(|role| style.id(role));
    let link = |at: usize| {
        let linked = style.profile == Profile::Numbered;
        if linked { format!("<w:pStyle w:val=\"{}\"/>", ids[at]) } else { String::new() }
    };
    let head = "<w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>";
    let place = "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"720\" w:hanging=\"720\"/></w:pPr>";
    let mut definitions = format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>\
         <w:lvl w:ilvl=\"0\">{head}{}<w:lvlText w:val=\"%1.\"/>{place}</w:lvl>\
         <w:lvl w:ilvl=\"1\">{head}{}<w:lvlText w:val=\"%1.%2.\"/>{place}</w:lvl></w:abstractNum>",
        link(0),
        link(1)
    );
    let mut numbers = String::from("<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
    for (at, kinds) in lists.iter().enumerate() {
        let mut levels = String::new();
        for (level, kind) in kinds.iter().enumerate() {
            let (format, text) = match kind {
                Marker::Bullet if style.symbol => ("bullet", "\u{f0b7}".to_owned()),
                Marker::Bullet => ("bullet", printed(*kind, level, style.bullet)),
                Marker::Number(_, delimiter) => ("decimal", format!("%{}{delimiter}", level + 1)),
                Marker::Letter(_) => ("lowerLetter", format!("%{})", level + 1)),
            };
            let symbol = format == "bullet" && style.symbol;
            let font = "<w:rPr><w:rFonts w:ascii=\"Symbol\" w:hAnsi=\"Symbol\" w:hint=\"default\"/></w:rPr>";
            let _ = write!(
                levels,
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
                 <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{}\" w:hanging=\"360\"/></w:pPr>{}</w:lvl>",
                (level + 1) * 500,
                if symbol { font } else { "" }
            );
        }
        let (definition, number) = (at + 1, at + 2);
        let _ = write!(
            definitions,
            "<w:abstractNum w:abstractNumId=\"{definition}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
        );
        let _ = write!(numbers, "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{definition}\"/></w:num>");
    }
    format!("{HEAD}<w:numbering {W}>{definitions}{numbers}</w:numbering>")
}

fn footnotes(paper: &Paper) -> String {
    let style = paper.ink.style;
    let mut out = format!(
        "{HEAD}<w:footnotes {W}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    );
    let (text, mark) = (style.id("FootnoteText"), style.id("FootnoteReference"));
    let gap = if style.size.is_multiple_of(2) { "" } else { " " };
    for (at, note) in paper.ink.notes.iter().enumerate() {
        let (id, note) = (at + 1, escape(note));
        let _ = write!(
            out,
            "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"{text}\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"{mark}\"/>\
             <w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteRef/></w:r>\
             <w:r><w:t xml:space=\"preserve\">{gap}{note}</w:t></w:r></w:p></w:footnote>"
        );
    }
    out + "</w:footnotes>"
}

fn comments(comments: &[String]) -> String {
    let mut out = format!("{HEAD}<w:comments {W}>");
    for (id, comment) in comments.iter().enumerate() {
        let _ = write!(
            out,
            "<w:comment w:id=\"{id}\" w:author=\"Sekretariatet\" w:date=\"2025-11-03T09:00:00Z\" w:initials=\"S\">\
             <w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment>",
            escape(comment)
        );
    }
    out + "</w:comments>"
}
