//! Paragraphs, lists and tables of a document's body.
//!
//! Takes blocks of the truth and the style; gives their XML. Knows nothing of agendas.

use super::inline::{Ink, Look};
use super::style::Profile;
use super::truth::{Block, Entry, Marker, Text};
use std::fmt::Write as _;

/// The body as it grows.
pub struct Paper<'a> {
    /// Makes runs.
    pub ink: Ink<'a>,
    /// The XML so far.
    pub out: String,
    /// Definitions of lists: for each, how its levels are marked.
    pub lists: Vec<[Marker; 3]>,
}

/// How a paragraph is set; `None` and zero are the default.
#[derive(Debug, Clone, Default)]
pub struct Set {
    /// A role whose style is meant: `Heading1`.
    pub role: Option<&'static str>,
    /// It begins a page.
    pub page: bool,
    /// List and level.
    pub list: Option<(usize, usize)>,
    /// Tab stops.
    pub tabs: String,
    /// Space before and behind.
    pub space: Option<(usize, usize)>,
    /// Left indent and hanging.
    pub indent: Option<(usize, usize)>,
    /// Alignment.
    pub align: Option<&'static str>,
    /// Its mark was deleted: it runs on into the next.
    pub joined: bool,
}

impl Paper<'_> {
    /// A paragraph around runs.
    pub fn paragraph(&mut self, set: &Set, runs: &str) {
        let style = self.ink.style;
        let mut p = String::new();
        if let Some(role) = set.role {
            let _ = write!(p, "<w:pStyle w:val=\"{}\"/>", style.id(role));
        }
        if set.role.is_some_and(|role| role.starts_with("Heading")) {
            p.push_str("<w:keepNext/>");
        }
        if set.page {
            p.push_str("<w:pageBreakBefore/>");
        }
        if let Some((list, level)) = set.list {
            let _ = write!(p, "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        }
        if !set.tabs.is_empty() {
            let _ = write!(p, "<w:tabs>{}</w:tabs>", set.tabs);
        }
        if let Some((before, after)) = set.space {
            let _ = write!(p, "<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>");
        }
        if let Some((left, hanging)) = set.indent {
            let _ = write!(p, "<w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/>");
        }
        if let Some(align) = set.align {
            let _ = write!(p, "<w:jc w:val=\"{align}\"/>");
        }
        if set.joined && !self.ink.print {
            let revision = self.ink.revision();
            let _ = write!(p, "<w:rPr><w:del {revision}/></w:rPr>");
        }
        let p = if p.is_empty() { p } else { format!("<w:pPr>{p}</w:pPr>") };
        if set.joined && self.ink.print {
            // Settled: what follows is the same paragraph, so this one waits without its end.
            let _ = write!(self.out, "<w:p>{p}{runs}");
        } else if let Some(open) = self.open() {
            self.out.push_str(runs);
            self.out.push_str(open);
        } else {
            let _ = write!(self.out, "<w:p>{p}{runs}</w:p>");
        }
    }

    /// The end that an unfinished paragraph waits for.
    fn open(&self) -> Option<&'static str> {
        let begun = self.out.rfind("<w:p>")?;
        (!self.out[begun..].contains("</w:p>")).then_some("</w:p>")
    }

    /// An empty paragraph, where the style has them.
    pub fn blank(&mut self) {
        if self.ink.style.blanks {
            self.out.push_str("<w:p/>");
        }
    }

    /// A heading; `level` from 1 for parts.
    pub fn heading(&mut self, level: usize, runs: &str, page: bool) {
        const ROLES: [&str; 5] = ["", "Heading1", "Heading2", "Heading3", "Heading4"];
        let style = self.ink.style;
        let set = if style.profile == Profile::Direct {
            Set { space: Some((if style.blanks { 0 } else { 200 }, 60)), page, ..Set::default() }
        } else {
            Set { role: Some(ROLES[level]), page, ..Set::default() }
        };
        self.paragraph(&set, runs);
    }

    /// The look of a heading's runs: nothing, where a style has it.
    pub fn heading_look(&self, level: usize) -> Look {
        let style = self.ink.style;
        if style.profile != Profile::Direct {
            return Look::default();
        }
        let size = [0, 12, 4, 0, 0][level];
        Look {
            bold: true,
            italic: level == 4 && style.size.is_multiple_of(2),
            size: Some(style.size + size),
            ..Look::default()
        }
    }

    /// A heading that is a bold paragraph.
    pub fn bold_heading(&mut self, runs: &str) {
        let set = Set { space: Some((160, 40)), ..Set::default() };
        self.paragraph(&set, runs);
    }

    /// Blocks in their order; neighbouring entries are one list.
    pub fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks;
        while let Some(block) = rest.first() {
            let count = rest.iter().take_while(|block| matches!(block, Block::Entry(_))).count();
            if count > 0 {
                self.list(&rest[..count]);
                rest = &rest[count..];
            } else {
                self.block(block, rest.get(1));
                rest = &rest[1..];
            }
        }
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        let justify = self.ink.style.justify.then_some("both");
        match block {
            Block::Paragraph(text) => {
                self.prose(text, justify);
                if !matches!(next, Some(Block::Entry(_))) {
                    self.blank();
                }
            }
            Block::Heading(text) => {
                if self.ink.style.bold_subheadings {
                    let look = Look { bold: true, ..Look::default() };
                    let runs = self.ink.runs(text, look);
                    self.bold_heading(&runs);
                } else {
                    let runs = self.ink.runs(text, self.heading_look(4));
                    self.heading(4, &runs, false);
                }
            }
            Block::Table(rows) => {
                self.table(rows);
                self.out.push_str("<w:p/>");
            }
            Block::Aside(text) => self.boxed(text),
            Block::Entry(_) => {}
        }
    }

    /// A paragraph of running text; where changes are tracked, its middle may be a deleted end of a paragraph.
    fn prose(&mut self, text: &Text, align: Option<&'static str>) {
        let tracked = self.ink.style.over.tracked && text.0.len() > 1 && self.ink.rng.chance(15);
        if tracked {
            let half = text.0.len() / 2;
            let (first, second) = (Text(text.0[..half].to_vec()), Text(text.0[half..].to_vec()));
            let runs = self.ink.runs(&first, Look::body());
            self.paragraph(&Set { align, joined: true, ..Set::default() }, &runs);
            let runs = self.ink.runs(&second, Look::body());
            self.paragraph(&Set { align, ..Set::default() }, &runs);
        } else {
            let runs = self.ink.runs(text, Look::body());
            self.paragraph(&Set { align, ..Set::default() }, &runs);
        }
    }

    /// A list, numbered by itself or by hand.
    fn list(&mut self, entries: &[Block]) {
        let entries: Vec<&Entry> = entries
            .iter()
            .filter_map(|block| match block {
                Block::Entry(entry) => Some(entry),
                _ => None,
            })
            .collect();
        let style = self.ink.style;
        if style.typed {
            for entry in entries {
                let (left, sign) = (357 * (entry.level + 1), printed(entry.marker, entry.level, style.bullet));
                let mut runs = self.ink.run(&format!("{sign}\t"), Look::default());
                runs.push_str(&self.ink.runs(&entry.text, Look::body()));
                let set = Set { indent: Some((left + 100, 357)), space: Some((0, style.after / 2)), ..Set::default() };
                self.paragraph(&set, &runs);
            }
        } else {
            let mut kinds = [Marker::Bullet; 3];
            for entry in entries.iter().rev() {
                kinds[entry.level] = entry.marker;
            }
            self.lists.push(kinds);
            // The first definition is the headings'.
            let id = self.lists.len() + 1;
            let role = (style.profile != Profile::Direct).then_some("ListParagraph");
            for entry in entries {
                let runs = self.ink.runs(&entry.text, Look::body());
                self.paragraph(&Set { role, list: Some((id, entry.level)), ..Set::default() }, &runs);
            }
        }
        self.blank();
    }

    /// A table with a header row.
    fn table(&mut self, rows: &[Vec<Vec<String>>]) {
        let width = 11906 - self.ink.style.margins.0 - self.ink.style.margins.1;
        let columns = rows[0].len();
        let widths = vec![width / columns; columns];
        self.grid(&widths, rows, true);
    }

    /// Rows of cells of paragraphs.
    pub fn grid(&mut self, widths: &[usize], rows: &[Vec<Vec<String>>], head: bool) {
        let style = self.ink.style;
        self.out.push_str("<w:tbl><w:tblPr>");
        if style.profile != Profile::Direct {
            let _ = write!(self.out, "<w:tblStyle w:val=\"{}\"/>", style.id("TableGrid"));
        }
        let _ = write!(self.out, "<w:tblW w:w=\"{}\" w:type=\"dxa\"/>", widths.iter().sum::<usize>());
        let edge = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).concat();
        let _ = write!(
            self.out,
            "<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        );
        for width in widths {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
        let after = if style.size.is_multiple_of(2) { 0 } else { 40 };
        let (whole, repeated) = (self.ink.rng.chance(60), self.ink.rng.chance(60));
        for (at, row) in rows.iter().enumerate() {
            let header = head && at == 0;
            let whole = if whole { "<w:cantSplit/>" } else { "" };
            let repeated = if header && repeated { "<w:tblHeader/>" } else { "" };
            let _ = match (whole, repeated) {
                ("", "") => write!(self.out, "<w:tr>"),
                _ => write!(self.out, "<w:tr><w:trPr>{whole}{repeated}</w:trPr>"),
            };
            for (cell, width) in row.iter().zip(widths) {
                let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
                let joined = head && cell.len() > 1 && self.ink.rng.chance(50);
                let paragraphs = if joined { vec![cell.join("\n")] } else { cell.clone() };
                for paragraph in &paragraphs {
                    let look = Look { bold: header, body: false, ..Look::default() };
                    let runs = self.ink.words(paragraph, look);
                    self.paragraph(&Set { space: Some((0, after)), ..Set::default() }, &runs);
                }
                if cell.is_empty() {
                    self.out.push_str("<w:p/>");
                }
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
    }

    /// A box with text, as Word writes it: once for new readers and once for old ones.
    fn boxed(&mut self, text: &Text) {
        let runs = self.ink.runs(text, Look::default());
        let inner = format!("<w:txbxContent><w:p>{runs}</w:p></w:txbxContent>");
        let id = self.ink.fresh();
        let (wide, high) = (4_400_000, 900_000);
        let shape = "<wps:cNvSpPr txBox=\"1\"/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>";
        let _ = write!(
            self.out,
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>\
             <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/>\
             <wp:docPr id=\"{id}\" name=\"Tekstfelt {id}\"/><wp:cNvGraphicFramePr/>\
             <a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp>\
             {shape}<a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
             <a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"000000\"/></a:solidFill></a:ln></wps:spPr>\
             <wps:txbx>{inner}</wps:txbx><wps:bodyPr wrap=\"square\"><a:spAutoFit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>\
             <v:shape style=\"width:346pt;height:70pt\" type=\"#_x0000_t202\"><v:textbox>{inner}</v:textbox></v:shape>\
             </w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        );
        self.blank();
    }
}

/// A typed marker.
pub fn printed(marker: Marker, level: usize, bullet: char) -> String {
    match marker {
        Marker::Bullet if level == 1 && bullet != '-' => "o".into(),
        Marker::Bullet => bullet.into(),
        Marker::Number(number, delimiter) => format!("{number}{delimiter}"),
        Marker::Letter(number) => format!("{})", char::from(b'a' + (number - 1) as u8)),
    }
}
