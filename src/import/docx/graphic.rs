//! Pictures and text boxes: takes the drawing that a run holds, gives the text of its boxes; pictures are told of.

use super::super::remark::About;
use super::super::unreadable::Unreadable;
use super::inline::Line;
use super::lists::Piece;
use super::story::{Context, Flow, Story};
use super::versions::{chosen, is_choice, is_picture};
use super::words;
use super::xml::Element;

/// What a drawing was found to be.
#[derive(Default)]
struct Drawing<'t> {
    /// There is a picture in it.
    picture: bool,
    /// What the picture is said to show: best a description, else a title, else a name.
    about: [Option<&'t str>; 3],
}

impl<'t> Story<'t> {
    /// Reads a drawing.
    pub(super) fn graphic(
        &mut self,
        element: Element<'t>,
        context: &Context,
        line: &mut Line,
    ) -> Result<(), Unreadable> {
        let mut drawing = Drawing { picture: element.is("contentPart") || element.is("object"), ..Drawing::default() };
        // The paragraph of the anchor, for the boxes within have their own.
        let place = self.place();
        self.drawn(element, context, line, &mut drawing)?;
        if drawing.picture && !context.deleted && !context.template {
            let about = drawing.about.into_iter().flatten().find(|about| !about.trim().is_empty());
            self.remark_at(About::Picture, place, words::tidy(about.unwrap_or_default()));
        }
        Ok(())
    }

    fn drawn(
        &mut self,
        element: Element<'t>,
        context: &Context,
        line: &mut Line,
        drawing: &mut Drawing<'t>,
    ) -> Result<(), Unreadable> {
        for child in element.children() {
            if child.is("txbxContent") {
                self.text_box(child, context, line)?;
                continue;
            }
            if is_choice(child) {
                if let Some(version) = chosen(child) {
                    self.drawn(version, context, line, drawing)?;
                }
                continue;
            }
            drawing.picture |= is_picture(child);
            if matches!(child.name().1, "docPr" | "shape" | "imagedata") {
                let said = [child.attribute("descr").or(child.attribute("alt")), child.attribute("title")];
                let said = said.into_iter().chain([child.attribute("name")]);
                for (known, said) in drawing.about.iter_mut().zip(said) {
                    *known = known.or(said);
                }
            }
            self.drawn(child, context, line, drawing)?;
        }
        Ok(())
    }

    /// Reads a text box. Its blocks follow the paragraph that it is anchored in.
    fn text_box(&mut self, element: Element<'t>, context: &Context, line: &mut Line) -> Result<(), Unreadable> {
        // A field does not go on from a paragraph into a box.
        let fields = std::mem::take(&mut self.fields);
        let mut flow = Flow::default();
        let place = self.next_place();
        let inner = Context { link: None, ..context.clone() };
        let read = self.blocks(element, &inner, &mut flow);
        self.fields = fields;
        read?;
        let blocks = self.finish(flow);
        if !blocks.is_empty() {
            self.remark_at(About::TextBox, place, words::of_blocks(&blocks));
        }
        line.aside.extend(blocks.into_iter().map(|block| Piece { block, setting: None }));
        Ok(())
    }
}
