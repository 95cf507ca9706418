//! Prints diagnostics: for people, as JSON lines, or as annotations of GitHub Actions.
//!
//! Takes diagnostics in order and the texts of their files; gives text for stderr. CPR numbers are masked in all of it.

use super::{Diagnostic, Severity, Texts};
use crate::privacy::cpr::mask;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The forms that diagnostics are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// With the line and the place marked.
    Human,
    /// One object a line.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Prints diagnostics in one form and language.
pub struct Printer<'a> {
    /// The form.
    pub format: Format,
    /// The sentences.
    pub texts: &'a Texts,
    /// Colours, for [`Format::Human`] on a terminal.
    pub colour: bool,
    /// The text of each file, by path.
    pub files: &'a BTreeMap<Arc<str>, Arc<str>>,
}

#[derive(Serialize)]
struct Line<'a> {
    severity: Severity,
    code: &'a str,
    message: &'a str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    help: &'a str,
}

/// Line and column, both from 1, the column in characters; and the bytes of the line.
struct Position {
    line: usize,
    column: usize,
    start: usize,
    end: usize,
}

fn position(text: &str, offset: usize) -> Position {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let line = text[..start].matches('\n').count() + 1;
    Position { line, column: text[start..at].chars().count() + 1, start, end }
}

impl Printer<'_> {
    /// The diagnostic as printed, with a newline at its end.
    pub fn print(&self, diagnostic: &Diagnostic) -> String {
        let message = mask(&self.texts.message(diagnostic)).into_owned();
        let help = mask(&self.texts.help(diagnostic)).into_owned();
        let path = mask(&diagnostic.place.path);
        let text = self.files.get(&diagnostic.place.path).map(|text| &**text);
        let spot = diagnostic.place.span.zip(text).map(|((start, end), text)| (position(text, start), end, text));
        let code = diagnostic.fault.code.as_str();
        match self.format {
            Format::Human => self.human(diagnostic.severity(), code, &message, &help, &path, spot),
            Format::Json => {
                let at = spot.as_ref().map(|(position, ..)| position);
                let line = Line {
                    severity: diagnostic.severity(),
                    code,
                    message: &message,
                    path: &path,
                    line: at.map(|p| p.line),
                    column: at.map(|p| p.column),
                    help: &help,
                };
                serde_json::to_string(&line).unwrap_or_default() + "\n"
            }
            Format::Github => github(diagnostic.severity(), code, &message, &help, &path, spot.map(|(p, ..)| p)),
        }
    }

    fn human(
        &self,
        severity: Severity,
        code: &str,
        message: &str,
        help: &str,
        path: &str,
        spot: Option<(Position, usize, &str)>,
    ) -> String {
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::NOTE.with_name("advice"),
        };
        let title = level.primary_title(message).id(code);
        let group = match spot {
            Some((at, end, text)) => {
                let line = mask(&text[at.start..at.end]);
                let from = byte_of_column(&line, at.column);
                let to = boundary(&line, end.saturating_sub(at.start).clamp(from, line.len()));
                let mark = AnnotationKind::Primary.span(from..to);
                title.element(Snippet::source(line).line_start(at.line).path(path).fold(false).annotation(mark))
            }
            None => title.element(Origin::path(path)),
        };
        let group = if help.is_empty() { group } else { group.element(Level::HELP.message(help)) };
        let renderer = if self.colour { Renderer::styled() } else { Renderer::plain() };
        let report: [Group<'_>; 1] = [group];
        renderer.render(&report) + "\n\n"
    }
}

fn byte_of_column(line: &str, column: usize) -> usize {
    line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at)
}

fn boundary(line: &str, mut at: usize) -> usize {
    while !line.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn github(severity: Severity, code: &str, message: &str, help: &str, path: &str, at: Option<Position>) -> String {
    let kind = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let place = at.map_or_else(String::new, |p| format!(",line={},col={}", p.line, p.column));
    format!("::{kind} file={}{place},title={code}::{} {}\n", property(path), data(message), data(help))
}
