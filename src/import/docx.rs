//! Reads Word documents: takes the bytes of a docx, gives its blocks and what is to be remarked about them.
//!
//! A docx is a package of XML parts. The text is in one, and what its styles, lists, notes and links mean in others. The
//! bytes can come from anywhere, so everything that could grow is counted: see `package`, `parse` and `story`.

mod container;
mod counting;
mod field;
mod graphic;
mod inline;
mod lists;
mod look;
mod measure;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod parse;
mod story;
mod styles;
mod symbol;
mod table;
#[cfg(test)]
mod tests;
mod typed;
mod versions;
mod words;
mod xml;

use super::block::{Place, Reading};
use super::remark::{About, Remark};
use super::unreadable::Unreadable;
use notes::{Notes, Part};
use numbering::Numbering;
use package::{Package, Relations};
use parse::parse;
use std::collections::BTreeSet;
use story::{Context, Flow, Sources, Story};
use styles::Styles;
use xml::{Element, Tree};

/// Reads a Word document.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    container::check(bytes)?;
    let mut package = Package::open(bytes)?;
    let (main, pages) = main_part(&mut package)?;
    let relations = package.relations(&main)?;
    let text = package.text(&main)?.ok_or_else(|| Unreadable::Broken(format!("{main} is missing")))?;
    let document = parse(&text, &main)?;
    if !document.root().is("document") {
        return Err(Unreadable::UnknownFormat);
    }
    let body = document.root().child("body").ok_or_else(|| Unreadable::Broken(format!("{main}: no body")))?;

    let mut part = |kind| beside(&mut package, &main, &relations, kind);
    let texts = (part("styles")?, part("numbering")?, part("comments")?, part("footnotes")?, part("endnotes")?);
    let styles = tree(&texts.0)?.map_or(Ok(Styles::default()), |tree| Styles::read(&tree))?;
    let numbering = tree(&texts.1)?.map_or(Ok(Numbering::default()), |tree| Numbering::read(&tree, &styles))?;
    let (comments, footnotes, endnotes) = (tree(&texts.2)?, tree(&texts.3)?, tree(&texts.4)?);
    let comments = comments.as_ref().map(|tree| tree.all("comment").filter_map(|c| Some((c.attribute("id")?, c))));
    let mut notes = |source: &Option<Source>, tree| notes_of(&mut package, source, tree);
    let notes = Notes {
        footnotes: notes(&texts.3, footnotes.as_ref().map(|tree| (tree, "footnote")))?,
        endnotes: notes(&texts.4, endnotes.as_ref().map(|tree| (tree, "endnote")))?,
    };
    let furniture = furniture(&mut package, &document, &relations)?;

    let comments = comments.into_iter().flatten().collect();
    let sources = Sources { styles, numbering, comments, notes, relations };
    let mut story = Story::new(&sources);
    story.remarks.extend(furniture);
    let mut flow = Flow::top();
    story.blocks(body, &Context::default(), &mut flow)?;
    flow.close();
    story.notes(&mut flow)?;
    let blocks = story.finish(flow);
    if let Some(lost) = std::mem::take(&mut story.fields).lost() {
        story.remark(About::UnreadableText, words::tidy(&lost));
    }
    story.uncited_notes();
    let mut remarks = story.remarks;
    remarks.sort_by_key(|remark| remark.place);
    Ok(Reading { blocks, remarks, pages })
}

/// A part's name and text.
type Source = (String, String);

/// The part that holds the document, and how many pages it has.
fn main_part(package: &mut Package<'_>) -> Result<(String, Option<u32>), Unreadable> {
    const USUAL: &str = "word/document.xml";
    let relations = package.relations("")?;
    let main = relations.of_kind("officeDocument").filter(|main| package.has(main)).unwrap_or(USUAL).to_owned();
    if !package.has(&main) {
        return Err(match relations.of_kind("officeDocument") {
            Some(missing) if missing.starts_with("word/") => Unreadable::Broken(format!("{missing} is missing")),
            _ => container::other(package.text("mimetype").ok().flatten().as_deref()),
        });
    }
    let mut pages = None;
    if let Some(properties) = relations.of_kind("extended-properties")
        && let Some(text) = package.text(properties)?
    {
        let tree = parse(&text, properties)?;
        let count = tree.root().children().find(|child| child.name().1 == "Pages").map(Element::text);
        pages = count.and_then(|count| count.trim().parse().ok());
    }
    Ok((main, pages))
}

/// A part that belongs to the main one. Programs that do not say which it is put it at its usual place.
fn beside(
    package: &mut Package<'_>,
    main: &str,
    relations: &Relations,
    kind: &str,
) -> Result<Option<Source>, Unreadable> {
    let folder = main.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let name = relations.of_kind(kind).map_or_else(|| format!("{folder}{kind}.xml"), str::to_owned);
    Ok(package.text(&name)?.map(|text| (name, text)))
}

fn tree(source: &Option<Source>) -> Result<Option<Tree<'_>>, Unreadable> {
    source.as_ref().map(|(name, text)| parse(text, name)).transpose()
}

fn notes_of<'t>(
    package: &mut Package<'_>,
    source: &Option<Source>,
    tree: Option<(&'t Tree<'t>, &str)>,
) -> Result<Part<'t>, Unreadable> {
    let (Some((name, _)), Some((tree, element))) = (source, tree) else { return Ok(Part::default()) };
    Ok(Part::read(tree, element, package.relations(name)?))
}

/// Headers and footers, each text once.
fn furniture(package: &mut Package<'_>, document: &Tree<'_>, relations: &Relations) -> Result<Vec<Remark>, Unreadable> {
    let (mut parts, mut told, mut remarks) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for reference in document.all("headerReference").chain(document.all("footerReference")) {
        let Some(part) = reference.relation("id").and_then(|id| relations.part(id)) else { continue };
        if !parts.insert(part) {
            continue;
        }
        let Some(text) = package.text(part)? else { continue };
        let words = words::of(parse(&text, part)?.root());
        if !words.is_empty() && told.insert(words.clone()) {
            remarks.push(Remark::new(About::PageFurniture, Place::Paragraph(1), words));
        }
    }
    Ok(remarks)
}
