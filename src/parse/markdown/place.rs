//! Places of the Markdown tree in the file.
//!
//! Takes comrak's lines and columns (from 1, in bytes, of the text that it was given); gives bytes of the file.

use comrak::nodes::{LineColumn, Sourcepos};
use std::ops::Range;

/// Where the lines of a text stand in its file.
pub struct Places {
    lines: Vec<usize>,
    /// Where the text begins in the file; `None` where the file writes it in another form (an escaped string).
    offset: Option<usize>,
    length: usize,
    whole: Range<usize>,
}

impl Places {
    /// Of `text`, which was read from `span` of `source`.
    pub fn new(source: &str, text: &str, span: Range<usize>) -> Self {
        let written = source.get(span.clone()).unwrap_or("");
        let at = if written == text { Some(0) } else { written.find(text) };
        let offset = at.map(|at| span.start + at);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { lines, offset, length: text.len(), whole: span }
    }

    /// The bytes of a node.
    pub fn of(&self, at: Sourcepos) -> Range<usize> {
        let Some(offset) = self.offset else { return self.whole.clone() };
        let start = self.byte(at.start);
        let end = (self.byte(at.end) + 1).clamp(start, self.length.max(start));
        offset + start..offset + end
    }

    /// The bytes where `words` stand in the node, `skip` of the same words before them; else the node's own.
    pub fn of_words(&self, at: Sourcepos, source: &str, words: &str, skip: usize) -> Range<usize> {
        let node = self.of(at);
        let found = source.get(node.clone()).and_then(|text| text.match_indices(words).nth(skip));
        found.map_or(node.clone(), |(from, _)| node.start + from..node.start + from + words.len())
    }

    fn byte(&self, at: LineColumn) -> usize {
        let line = self.lines.get(at.line.saturating_sub(1)).copied().unwrap_or(self.length);
        (line + at.column.saturating_sub(1)).min(self.length)
    }
}
