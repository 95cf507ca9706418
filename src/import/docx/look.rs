//! How letters are set: takes `w:rPr` of runs and styles, gives bold, italics and hidden.

use super::xml::Element;

/// What a run, a style or the document's defaults say about letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Bold.
    pub strong: Option<bool>,
    /// Italics.
    pub emphasis: Option<bool>,
    /// Not printed.
    pub hidden: Option<bool>,
}

impl Look {
    /// Reads it from the properties of a run.
    pub fn read(properties: Option<Element<'_>>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let (strong, emphasis) = (properties.switch("b"), properties.switch("i"));
        Self { strong, emphasis, hidden: properties.switch("vanish") }
    }

    /// This one, and where it says nothing, the other.
    pub fn or(self, other: Self) -> Self {
        Self {
            strong: self.strong.or(other.strong),
            emphasis: self.emphasis.or(other.emphasis),
            hidden: self.hidden.or(other.hidden),
        }
    }
}

/// How the letters of a run are set in the end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Set {
    /// Bold.
    pub strong: bool,
    /// Italics.
    pub emphasis: bool,
    /// Not printed.
    pub hidden: bool,
}

impl Set {
    /// What the run says itself goes; otherwise the styles switch in turns, so that a bold style within a bold paragraph
    /// is upright again, as Word prints it.
    pub fn new(own: Look, character: Look, paragraph: Look, defaults: Look) -> Self {
        let pick = |of: fn(Look) -> Option<bool>| {
            of(own).unwrap_or_else(|| {
                let on = |look| of(look).unwrap_or(false);
                on(defaults) || (on(paragraph) != on(character))
            })
        };
        Self { strong: pick(|l| l.strong), emphasis: pick(|l| l.emphasis), hidden: pick(|l| l.hidden) }
    }
}
