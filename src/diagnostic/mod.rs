//! What is wrong with the content, as values: gathered by every stage, printed in one place.
//!
//! A [`Diagnostic`] names a [`Fault`] of the catalogue, the [`Place`] in a file, and the words that its message needs.
//! The sentences stand in the language files of the built-in theme, never in the code.

mod code;
pub mod faults;
mod print;
mod texts;

pub use code::{Code, Severity};
pub use faults::Fault;
pub use print::{Format, Printer};
pub use texts::Texts;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A place in a file of the record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the root, with `/` between folders.
    pub path: Arc<str>,
    /// Bytes in the file's text; `None` for the file as a whole.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// The file as a whole.
    pub fn file(path: &Arc<str>) -> Self {
        Self { path: path.clone(), span: None }
    }

    /// Bytes of the file.
    pub fn at(path: &Arc<str>, span: &Range<usize>) -> Self {
        Self { path: path.clone(), span: Some((span.start, span.end.max(span.start))) }
    }
}

/// One fault of the content, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which fault.
    pub fault: Fault,
    /// Where.
    pub place: Place,
    /// The words that the message and the help name, by placeholder.
    pub words: Vec<(Cow<'static, str>, String)>,
}

impl Diagnostic {
    /// The same diagnostic with a word for the placeholder `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, word: impl Into<String>) -> Self {
        self.words.push((name.into(), word.into()));
        self
    }

    /// The severity of its code.
    pub fn severity(&self) -> Severity {
        self.fault.code.severity()
    }

    /// Errors stop a build.
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

/// Sorts by place (path, then position), and drops what was said twice.
pub fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| (&a.place, a.fault.key, &a.words).cmp(&(&b.place, b.fault.key, &b.words)));
    diagnostics.dedup();
    diagnostics
}
