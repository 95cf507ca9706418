//! The lists that are open: how deep an entry is, and which number would be the next.
//!
//! Takes each entry's indentation, sign and number; gives its level. Where the text tells nothing by indentation, the signs do.

/// A list that is open at some level.
struct Level {
    indent: usize,
    sign: char,
    value: Option<u32>,
}

/// The lists that an entry can belong to, outermost first.
pub struct Lists {
    levels: Vec<Level>,
    /// Indentation tells nothing.
    spaced: bool,
}

impl Lists {
    /// No list is open.
    pub fn new(spaced: bool) -> Self {
        Self { levels: Vec::new(), spaced }
    }

    /// Text between lists ends them.
    pub fn clear(&mut self) {
        self.levels.clear();
    }

    /// No list is open.
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// Whether an open list has entries with this sign.
    pub fn has(&self, sign: char) -> bool {
        self.levels.iter().any(|level| level.sign == sign)
    }

    /// Whether this number is the next one of an open list with this sign.
    pub fn expects(&self, sign: char, value: Option<u32>) -> bool {
        let next = |level: &Level| level.value.is_some() && level.value.map(|value| value + 1) == value;
        self.levels.iter().any(|level| level.sign == sign && next(level))
    }

    /// Whether a numbered list is open that does not stand to the right of `indent`.
    pub fn counts_at(&self, indent: usize, indented: bool) -> bool {
        self.levels.iter().any(|level| level.value.is_some() && (!indented || level.indent <= indent))
    }

    /// How deep an entry with this indentation and sign is, `turned` where it begins a page; the open
    /// lists are brought up to date.
    pub fn enter(&mut self, indent: usize, turned: bool, sign: char, value: Option<u32>) -> u8 {
        let deeper_sign = |sign: char| matches!(sign, 'o' | '▪' | '■' | '◦' | '○' | '§' | '\u{f0a7}' | 'a');
        // Pages are laid out each at a scale of its own.
        let by_sign = self.spaced || turned && self.levels.iter().any(|level| level.sign == sign);
        let same = |level: &Level| match by_sign {
            true => level.sign == sign,
            false => level.indent.abs_diff(indent) <= 1,
        };
        if let Some(at) = self.levels.iter().rposition(same) {
            self.levels.truncate(at + 1);
            if let Some(level) = self.levels.last_mut() {
                *level = Level { indent, sign, value };
            }
        } else {
            if !self.spaced {
                self.levels.retain(|level| level.indent < indent);
            } else if !self.levels.last().is_some_and(|last| match (last.value, value) {
                // Another sign below a number, or a first number below a sign, is a list within it.
                (Some(_), None) | (None, Some(1)) => true,
                (None, None) => {
                    deeper_sign(sign) && !deeper_sign(last.sign) || last.sign == '•' && "-–−".contains(sign)
                }
                _ => deeper_sign(sign) && !deeper_sign(last.sign),
            }) {
                self.levels.pop();
            }
            self.levels.push(Level { indent, sign, value });
        }
        u8::try_from(self.levels.len() - 1).unwrap_or(u8::MAX)
    }
}
