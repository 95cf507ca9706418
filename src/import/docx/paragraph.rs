//! A paragraph: takes `w:p`, gives the block that it is, and what its style and list make of it.

use super::super::block::{Block, Inline, Kind, Marker, Text};
use super::super::remark::About;
use super::super::unreadable::Unreadable;
use super::counting::Printed;
use super::inline::Line;
use super::lists::{Piece, Setting};
use super::measure::Indent;
use super::numbering::LEVELS;
use super::story::{Context, Flow, Story};
use super::styles::{Role, Style};
use super::words;
use super::xml::Element;

/// The list of a paragraph.
struct Listed {
    list: i64,
    level: usize,
    /// The paragraph names it, not its style.
    direct: bool,
}

impl<'t> Story<'t> {
    /// Reads a paragraph.
    pub(super) fn paragraph(
        &mut self,
        element: Element<'t>,
        context: &Context,
        flow: &mut Flow,
    ) -> Result<(), Unreadable> {
        let place = self.next_paragraph()?;
        let properties = element.child("pPr");
        let style = self.sources.styles.paragraph(properties.and_then(|all| all.val("pStyle")));
        let end = properties.and_then(|all| all.child("rPr"));
        let mut line = Line { paragraph: style.look, ..Line::default() };
        for child in element.children().filter(|child| !child.is("pPr")) {
            self.inline(child, context, &mut line)?;
        }
        for (about, text) in [
            (About::InsertedText, &line.inserted),
            (About::DeletedText, &line.deleted),
            (About::HiddenText, &line.hidden),
            (About::Template, &line.template),
        ] {
            let text = words::tidy(text);
            if !text.is_empty() {
                self.remark_at(about, place, text);
            }
        }
        let joined = end.is_some_and(|end| end.child("del").is_some() || end.child("moveFrom").is_some());
        let (place, text) = match flow.pending.take() {
            Some((_, before)) if before.is_empty() => (place, line.text),
            Some((place, mut before)) => {
                before.extend(line.text);
                (place, before)
            }
            None => (place, line.text),
        };
        if joined && !context.deleted {
            flow.pending = Some((place, text));
            flow.pieces.append(&mut line.aside);
            return Ok(());
        }
        let listed = self.listed(properties, &style);
        let level = listed.as_ref().and_then(|l| self.sources.numbering.get(l.list)?.levels.get(l.level)?.as_deref());
        let (own, of_level) = (Indent::read(properties), level.map(|level| level.indent).unwrap_or_default());
        let direct = listed.as_ref().is_some_and(|listed| listed.direct);
        let indent = own.or(if direct { of_level.or(style.indent) } else { style.indent.or(of_level) });
        let unseen = text.is_empty() && end.and_then(|end| end.switch("vanish")).unwrap_or(false);
        let printed = listed
            .as_ref()
            .filter(|_| !context.deleted && !unseen)
            .and_then(|l| self.counters.next(l.list, self.sources.numbering.get(l.list)?, l.level));
        let contents = context.contents || line.contents || style.role == Some(Role::Contents);
        let page_break = properties.and_then(|all| all.switch("pageBreakBefore")).unwrap_or(style.page_break);
        let page = |flow: &mut Flow| {
            if flow.top {
                flow.settled(vec![Block { place, kind: Kind::PageBreak }]);
            }
        };
        if line.page_before || (page_break && !context.deleted) {
            page(flow);
        }
        let kind = if contents {
            Some(entry_of_contents(&text)).filter(|text| !text.is_empty()).map(Kind::Contents)
        } else if text.is_empty() {
            None
        } else if let Some(level) = heading(properties, &style) {
            let label = match printed {
                Some(Printed::Number(number)) => Some(number),
                _ => None,
            };
            Some(Kind::Heading { level, label, text: plain_type(text).tidy() })
        } else {
            Some(match printed {
                Some(Printed::Bullet) => Kind::Entry { level: 0, marker: Marker::Bullet, text: text.tidy() },
                Some(Printed::Number(number)) => {
                    Kind::Entry { level: 0, marker: Marker::Number(number), text: text.tidy() }
                }
                None => Kind::Paragraph(text),
            })
        };
        if let Some(kind) = kind {
            let continues = style.role == Some(Role::Continued);
            let setting = Setting { indent, list: listed.map(|listed| (listed.list, listed.level)), continues };
            flow.pieces.push(Piece { block: Block { place, kind }, setting: Some(setting) });
        }
        flow.pieces.append(&mut line.aside);
        if line.page_after {
            page(flow);
        }
        Ok(())
    }

    /// The list that a paragraph is counted in, by itself or by its style. The list 0 is none.
    fn listed(&self, properties: Option<Element<'_>>, style: &Style) -> Option<Listed> {
        let numbering = properties.and_then(|all| all.child("numPr"));
        let level = numbering.and_then(|all| all.val("ilvl")).and_then(|level| level.trim().parse::<usize>().ok());
        let own = numbering.and_then(|all| all.val("numId")).and_then(|list| list.trim().parse::<i64>().ok());
        let (list, level) = match (own, &style.list) {
            (Some(list), _) => (list, level.unwrap_or(0)),
            (None, Some(of)) => {
                let by_style = || self.sources.numbering.get(of.list).and_then(|list| list.level_of(&of.styles));
                (of.list, level.or_else(by_style).or(of.level).unwrap_or(0))
            }
            (None, None) => return None,
        };
        (list != 0).then_some(Listed { list, level: level.min(LEVELS - 1), direct: own.is_some() })
    }
}

/// The level of a heading; nothing, if the paragraph is none.
fn heading(properties: Option<Element<'_>>, style: &Style) -> Option<u8> {
    let outline = properties.and_then(|all| all.val("outlineLvl")).and_then(|level| level.trim().parse::<u8>().ok());
    let of_style = match style.role {
        Some(Role::Heading(level)) => Some(level),
        _ => None,
    };
    outline.filter(|level| *level < 9).map(|level| level + 1).or(of_style)
}

/// A heading's text without bold type, which it has by being one.
fn plain_type(text: Text) -> Text {
    let mut plain = Text::default();
    for inline in text.0 {
        match inline {
            Inline::Words { text, emphasis, link, .. } => plain.push(&text, false, emphasis, link.as_deref()),
            other => plain.0.push(other),
        }
    }
    plain
}

/// A line of a table of contents without the page number at its end, and the tabs and dots before that.
fn entry_of_contents(text: &Text) -> Text {
    let words = text.words();
    let words = words.trim_end();
    let entry = match words.rsplit_once('\t') {
        Some((entry, page)) if page.trim().chars().all(|c| c.is_ascii_digit() || "ivxIVX".contains(c)) => entry,
        _ => words,
    };
    Text::plain(entry.trim_end_matches(|letter: char| letter.is_whitespace() || matches!(letter, '.' | '…'))).tidy()
}
