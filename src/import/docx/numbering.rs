//! The lists of the document: takes the part that defines them, gives each list's levels.

use super::super::unreadable::Unreadable;
use super::measure::Indent;
use super::styles::Styles;
use super::xml::{Element, Space, Tree};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Levels of a list, as Word has them.
pub const LEVELS: usize = 9;
/// Lists of one document.
const LISTS: usize = 50_000;
/// Letters of what stands before an entry.
const PATTERN: usize = 255;
/// How many times a list can send to a style and from there to another list. It also ends circles.
const DETOURS: usize = 8;

/// One level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Level {
    /// Its first number.
    pub start: i64,
    /// How its numbers are written, such as `decimal`.
    pub format: String,
    /// What is printed; `%1` is the number of the first level.
    pub pattern: String,
    /// All numbers in it are written in digits.
    pub legal: bool,
    /// The level, from 1, after which it begins anew; 0 for never.
    pub restart: Option<usize>,
    /// Its marker is a picture.
    pub picture: bool,
    /// How far its lines are indented.
    pub indent: Indent,
    /// The style that belongs to it.
    style: Option<String>,
}

/// The levels of a list; lists of the same shape share them.
pub type Levels = [Option<Rc<Level>>; LEVELS];

/// A list.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// What it counts together with other lists.
    pub counter: i64,
    /// Its levels.
    pub levels: Levels,
    /// Where it begins anew, level by level.
    pub starts: [Option<i64>; LEVELS],
}

impl List {
    /// The level that belongs to one of these styles.
    pub fn level_of(&self, styles: &[String]) -> Option<usize> {
        styles.iter().find_map(|id| {
            let of = |level: &Option<Rc<Level>>| {
                level.as_ref().is_some_and(|level| level.style.as_deref() == Some(id.as_str()))
            };
            self.levels.iter().position(of)
        })
    }
}

/// All lists, by their number.
#[derive(Debug, Default)]
pub struct Numbering(BTreeMap<i64, List>);

impl Numbering {
    /// Reads the part.
    pub fn read(tree: &Tree<'_>, styles: &Styles) -> Result<Self, Unreadable> {
        let (mut shapes, mut lists) = (BTreeMap::new(), BTreeMap::new());
        for element in tree.root().children() {
            let shape = || element.attribute("abstractNumId").and_then(number);
            let list = || element.attribute("numId").and_then(number);
            if element.is("abstractNum")
                && let Some(id) = shape()
            {
                shapes.insert(id, element);
            } else if element.is("num")
                && let Some(id) = list()
            {
                lists.insert(id, element);
            }
            if shapes.len().max(lists.len()) > LISTS {
                return Err(Unreadable::TooLarge(format!("{LISTS} lists")));
            }
        }
        let (mut all, mut known) = (BTreeMap::new(), BTreeMap::new());
        for (id, element) in &lists {
            if let Some((counter, shape)) = shape(&lists, &shapes, styles, *id) {
                let levels: &Levels = known.entry(counter).or_insert_with(|| levels(shape));
                all.insert(*id, list(counter, levels.clone(), *element));
            }
        }
        Ok(Self(all))
    }

    /// The list with this number.
    pub fn get(&self, list: i64) -> Option<&List> {
        self.0.get(&list)
    }
}

/// The shape of a list, which it may have through a style of lists.
fn shape<'t>(
    lists: &BTreeMap<i64, Element<'t>>,
    shapes: &BTreeMap<i64, Element<'t>>,
    styles: &Styles,
    list: i64,
) -> Option<(i64, Element<'t>)> {
    let mut list = list;
    for _ in 0..DETOURS {
        let id = lists.get(&list)?.val("abstractNumId").and_then(number)?;
        let shape = *shapes.get(&id)?;
        let Some(style) = shape.val("numStyleLink") else { return Some((id, shape)) };
        // A style that names no list leaves the shape as it is.
        let Some(next) = styles.list(style).filter(|next| *next != list) else { return Some((id, shape)) };
        list = next;
    }
    None
}

fn levels(shape: Element<'_>) -> Levels {
    let mut levels = Levels::default();
    for one in shape.children().filter(|child| child.is("lvl")) {
        if let Some(slot) = one.attribute("ilvl").and_then(place).and_then(|at| levels.get_mut(at)) {
            *slot = Some(Rc::new(level(one)));
        }
    }
    levels
}

fn list(counter: i64, levels: Levels, element: Element<'_>) -> List {
    let mut list = List { counter, levels, starts: [None; LEVELS] };
    for change in element.children().filter(|child| child.is("lvlOverride")) {
        let Some(at) = change.attribute("ilvl").and_then(place).filter(|at| *at < LEVELS) else { continue };
        if let Some(one) = change.child("lvl") {
            list.levels[at] = Some(Rc::new(level(one)));
        }
        list.starts[at] = change.val("startOverride").and_then(number);
    }
    list
}

fn level(element: Element<'_>) -> Level {
    Level {
        start: element.val("start").and_then(number).unwrap_or(0),
        format: format(element).unwrap_or("decimal").to_owned(),
        pattern: element.val("lvlText").unwrap_or_default().chars().take(PATTERN).collect(),
        legal: element.switch("isLgl").unwrap_or(false),
        restart: element.val("lvlRestart").and_then(place),
        picture: element.child("lvlPicBulletId").is_some(),
        indent: Indent::read(element.child("pPr")),
        style: element.val("pStyle").map(str::to_owned),
    }
}

/// The format of a level. One that older programs do not know stands beside another that they do.
fn format(level: Element<'_>) -> Option<&str> {
    level.val("numFmt").or_else(|| {
        let both = level.children().find(|child| child.name() == (Space::Compatibility, "AlternateContent"))?;
        let of = |name| both.children().find(|child| child.name() == (Space::Compatibility, name))?.val("numFmt");
        of("Fallback").or_else(|| of("Choice"))
    })
}

/// A number within what counting can bear.
fn number(text: &str) -> Option<i64> {
    text.trim().parse::<i64>().ok().map(|number| number.clamp(-1_000_000_000, 1_000_000_000))
}

fn place(text: &str) -> Option<usize> {
    text.trim().parse::<usize>().ok()
}
