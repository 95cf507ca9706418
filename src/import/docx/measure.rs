//! How far paragraphs are indented: takes `w:ind`, gives twentieths of a point.

use super::xml::Element;

/// What is surely seen as deeper, about two millimetres.
pub const VISIBLE: i32 = 110;
/// No page is wider than this.
const WIDEST: f64 = 31_680.0;

/// An indentation, as far as it is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Indent {
    /// Of the lines.
    pub left: Option<i32>,
    /// Of the first line, compared with the others.
    pub first: Option<i32>,
}

impl Indent {
    /// Reads it from the properties of a paragraph or a level.
    pub fn read(properties: Option<Element<'_>>) -> Self {
        let Some(indent) = properties.and_then(|properties| properties.child("ind")) else { return Self::default() };
        let twips = |name| indent.attribute(name).and_then(twips);
        let first = twips("hanging").map(|hanging: i32| -hanging).or_else(|| twips("firstLine"));
        Self { left: twips("left").or_else(|| twips("start")), first }
    }

    /// This one, and where it says nothing, the other.
    pub fn or(self, other: Self) -> Self {
        Self { left: self.left.or(other.left), first: self.first.or(other.first) }
    }

    /// Where its lines begin.
    pub fn lines(self) -> i32 {
        self.left.unwrap_or(0)
    }

    /// Where its first line begins, and with it the marker of an entry.
    pub fn marker(self) -> i32 {
        self.lines() + self.first.unwrap_or(0)
    }

    /// It is seen to be indented more than the other.
    pub fn is_deeper_than(self, other: Self) -> bool {
        let (lines, marker) = (self.lines() - other.lines(), self.marker() - other.marker());
        (marker > VISIBLE && lines >= -VISIBLE) || (lines > VISIBLE && marker >= -VISIBLE)
    }
}

/// A length, in twentieths of a point unless it has a unit.
fn twips(text: &str) -> Option<i32> {
    let text = text.trim();
    let digits = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let one = match unit {
        "" => 1.0,
        "pt" => 20.0,
        "pc" | "pi" => 240.0,
        "in" => 1440.0,
        "cm" => 1440.0 / 2.54,
        "mm" => 1440.0 / 25.4,
        _ => return None,
    };
    let length = number.parse::<f64>().ok().filter(|number| number.is_finite())? * one;
    Some(length.clamp(-WIDEST, WIDEST) as i32)
}
