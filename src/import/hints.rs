//! What a reader that has only lines must know of the template to cut them into blocks.

use super::mend::Vocabulary;

/// Knowledge that readers of lines are given.
pub struct Hints<'a> {
    /// Whether a line is a block by itself, such as a section's heading, whatever stands around it.
    pub stands_alone: &'a (dyn Fn(&str) -> bool + Sync),
    /// Words of the record.
    pub known: &'a Vocabulary,
}
