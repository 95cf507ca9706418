//! What stands within a paragraph: takes its runs and what is around them, gives its text.

use super::super::block::{Inline, Text, is_blank};
use super::super::remark::About;
use super::super::unreadable::Unreadable;
use super::field::link;
use super::lists::Piece;
use super::look::{Look, Set};
use super::story::{Context, Story};
use super::symbol::{Font, is_private, sign};
use super::versions::{chosen, is_choice};
use super::words;
use super::xml::{Element, Space};

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub struct Line {
    /// What it says.
    pub text: Text,
    /// What changes have inserted; it is in the text as well.
    pub inserted: String,
    /// What changes have deleted.
    pub deleted: String,
    /// What is set as hidden.
    pub hidden: String,
    /// What asks to be replaced.
    pub template: String,
    /// It is a line of a table of contents.
    pub contents: bool,
    /// A word of it has been read.
    pub begun: bool,
    /// A page begins before it.
    pub page_before: bool,
    /// A page begins within it or after it.
    pub page_after: bool,
    /// Text of boxes that are anchored in it.
    pub aside: Vec<Piece>,
    /// How its style sets letters.
    pub paragraph: Look,
}

/// How the letters of a run are to be read.
#[derive(Debug, Clone, Copy)]
struct Type {
    set: Set,
    font: Option<Font>,
}

impl<'t> Story<'t> {
    /// Reads an element of a paragraph.
    pub(super) fn inline(
        &mut self,
        element: Element<'t>,
        context: &Context,
        line: &mut Line,
    ) -> Result<(), Unreadable> {
        match element.name() {
            (Space::Word, "r") => return self.run(element, context, line),
            (Space::Word, "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "rt") => return Ok(()),
            (Space::Word, "fldSimple") => {
                self.fields.begin();
                self.fields.instruct(element.attribute("instr").unwrap_or_default());
                self.fields.separate();
            }
            (Space::Word, "hyperlink") => {
                let place = element.attribute("anchor").or_else(|| element.attribute("docLocation"));
                let target = element.relation("id").and_then(|id| self.relations.address(id));
                let inner = Context { link: target.and_then(|target| link(target, place)), ..context.clone() };
                return self.inlines(element, &inner, line);
            }
            (Space::Math, "t") => {
                let plain = Type { set: Set::default(), font: None };
                return self.say(&element.text(), plain, context, line);
            }
            _ if is_choice(element) => {
                return chosen(element).map_or(Ok(()), |version| self.inlines(version, context, line));
            }
            _ => {}
        }
        self.inlines(element, &context.within(element), line)?;
        if element.is("fldSimple") {
            self.fields.end();
        }
        Ok(())
    }

    fn inlines(&mut self, parent: Element<'t>, context: &Context, line: &mut Line) -> Result<(), Unreadable> {
        parent.children().try_for_each(|child| self.inline(child, context, line))
    }

    /// Reads a run: letters that are set alike.
    fn run(&mut self, run: Element<'t>, context: &Context, line: &mut Line) -> Result<(), Unreadable> {
        let properties = run.child("rPr");
        let styles = &self.sources.styles;
        let character = properties.and_then(|all| all.val("rStyle")).map(|id| styles.character(id)).unwrap_or_default();
        let set = Set::new(Look::read(properties), character, line.paragraph, styles.defaults);
        let fonts = properties.and_then(|all| all.child("rFonts"));
        let font =
            fonts.and_then(|all| all.attribute("ascii").or_else(|| all.attribute("hAnsi"))).and_then(Font::named);
        self.parts_of_run(run, Type { set, font }, context, line)
    }

    fn parts_of_run(
        &mut self,
        run: Element<'t>,
        letters: Type,
        context: &Context,
        line: &mut Line,
    ) -> Result<(), Unreadable> {
        // A note with a mark of its own: what follows in the run is the mark, for which a number stands here.
        let mut marked = false;
        for part in run.children() {
            match part.name() {
                (Space::Word, "t") if marked => self.mark(&part.text()),
                (Space::Word, "t") => {
                    self.say(&part.text().replace(['\t', '\n', '\r'], " "), letters, context, line)?
                }
                (Space::Word, "delText") => {
                    let deleted = Context { deleted: true, ..context.clone() };
                    self.say(&part.text(), letters, &deleted, line)?;
                }
                (Space::Word, "instrText" | "delInstrText") => self.fields.instruct(&part.text()),
                (Space::Word, "fldChar") => self.field(part, letters, context, line)?,
                (Space::Word, "tab" | "ptab") => self.say("\t", Type { font: None, ..letters }, context, line)?,
                (Space::Word, "noBreakHyphen") => self.say("-", Type { font: None, ..letters }, context, line)?,
                (Space::Word, "br" | "cr") => self.line_break(part.attribute("type"), letters, context, line)?,
                (Space::Word, "sym") => self.symbol(part, letters, context, line)?,
                (Space::Word, "footnoteReference" | "endnoteReference") => {
                    let unread = context.deleted || context.template || letters.set.hidden;
                    marked = self.cite(part, unread, line);
                }
                (Space::Word, "commentReference") => self.comment(part),
                (Space::Word, "drawing" | "pict" | "object" | "contentPart") => self.graphic(part, context, line)?,
                (Space::Word, "ruby") => {
                    for base in part.children().filter(|base| base.is("rubyBase")) {
                        self.inlines(base, context, line)?;
                    }
                }
                _ if is_choice(part) => {
                    if let Some(version) = chosen(part) {
                        self.parts_of_run(version, letters, context, line)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A letter of a font of signs, told by its code.
    fn symbol(
        &mut self,
        part: Element<'t>,
        letters: Type,
        context: &Context,
        line: &mut Line,
    ) -> Result<(), Unreadable> {
        let (font, code) = (part.attribute("font").unwrap_or_default(), part.attribute("char").unwrap_or_default());
        let letter = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        match letter.and_then(|letter| sign(Font::named(font), letter)) {
            Some(sign) => self.say(sign.encode_utf8(&mut [0; 4]), Type { font: None, ..letters }, context, line),
            None => {
                self.remark(About::UnreadableText, words::tidy(&format!("{font} {code}")));
                Ok(())
            }
        }
    }

    /// The edges of a field.
    fn field(
        &mut self,
        edge: Element<'t>,
        letters: Type,
        context: &Context,
        line: &mut Line,
    ) -> Result<(), Unreadable> {
        match edge.attribute("fldCharType") {
            Some("begin") => {
                // Fields of forms tell their value here, and have no result.
                if let Some(form) = edge.child("ffData") {
                    let value = value_of_form(form).unwrap_or_default();
                    self.say(&value, Type { font: None, ..letters }, context, line)?;
                }
                self.fields.begin();
            }
            Some("separate") => self.fields.separate(),
            Some("end") => self.fields.end(),
            _ => {}
        }
        Ok(())
    }

    fn line_break(
        &mut self,
        kind: Option<&str>,
        letters: Type,
        context: &Context,
        line: &mut Line,
    ) -> Result<(), Unreadable> {
        let taken = !context.deleted && !context.template && !letters.set.hidden && !self.fields.is_hiding();
        match kind {
            Some("column") => return Ok(()),
            Some("page") if taken && !line.begun => {
                line.page_before = true;
                return Ok(());
            }
            Some("page") if taken => line.page_after = true,
            _ => {}
        }
        if taken {
            line.text.0.push(Inline::Break);
            return Ok(());
        }
        self.say(" ", letters, context, line)
    }

    /// Adds words where they belong.
    fn say(&mut self, words: &str, letters: Type, context: &Context, line: &mut Line) -> Result<(), Unreadable> {
        if words.is_empty() || self.fields.in_page_of_contents() {
            return Ok(());
        }
        let words = self.readable(words, letters.font);
        if context.deleted {
            line.deleted.push_str(&words);
        } else if self.fields.is_hiding() {
            self.fields.swallow(&words);
        } else if context.template {
            line.template.push_str(&words);
        } else if letters.set.hidden {
            line.hidden.push_str(&words);
        } else {
            // What this text parts stays apart where it is told of.
            line.deleted.push(' ');
            line.hidden.push(' ');
            line.inserted.push_str(if context.inserted { &words } else { " " });
            let blank = words.chars().all(is_blank);
            line.begun |= !blank;
            line.contents |= self.fields.in_contents() && !blank;
            let link = context.link.clone().or_else(|| self.fields.link());
            if let Some(link) = &link {
                self.count_address(link)?;
            }
            line.text.push(&words, letters.set.strong, letters.set.emphasis, link.as_deref());
        }
        Ok(())
    }

    /// The words without hyphens that are not printed, and with signs for the letters of fonts of signs.
    fn readable(&mut self, words: &str, font: Option<Font>) -> String {
        let (mut readable, mut unknown) = (String::with_capacity(words.len()), String::new());
        for letter in words.chars() {
            match letter {
                '\u{ad}' => {}
                '\u{2011}' => readable.push('-'),
                _ if font.is_some() || is_private(letter) => match sign(font, letter) {
                    Some(sign) => readable.push(sign),
                    None => unknown.push(letter),
                },
                '\t' => readable.push('\t'),
                _ if letter.is_control() => readable.push(' '),
                _ => readable.push(letter),
            }
        }
        if !unknown.is_empty() {
            self.remark(About::UnreadableText, unknown);
        }
        readable
    }

    /// Remarks on a comment, once.
    fn comment(&mut self, reference: Element<'t>) {
        let Some(id) = reference.attribute("id").filter(|id| self.remarked.insert(id)) else { return };
        let text = self.sources.comments.get(id).map(|comment| words::of(*comment)).unwrap_or_default();
        self.remark(About::Comment, text);
    }
}

/// What a field of a form is set to: a box that is ticked or not, a choice from a list.
fn value_of_form(form: Element<'_>) -> Option<String> {
    if let Some(tick) = form.child("checkBox") {
        let on = tick.switch("checked").or_else(|| tick.switch("default")).unwrap_or(false);
        return Some(if on { "☒" } else { "☐" }.to_owned());
    }
    let list = form.child("ddList")?;
    let at = list.val("result").or_else(|| list.val("default")).and_then(|at| at.parse::<usize>().ok()).unwrap_or(0);
    let chosen = list.children().filter(|entry| entry.is("listEntry")).nth(at)?;
    chosen.attribute("val").map(str::to_owned)
}
