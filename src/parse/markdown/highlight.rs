//! Code blocks with their language's words marked by classes, never by inline styles.

use std::sync::LazyLock;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

static LANGUAGES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Longer code is shown without colours: highlighting takes time that grows with it.
const LONGEST: usize = 64 * 1024;

/// The HTML of `code`, or `None` where the language is unknown.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST {
        return None;
    }
    let syntax = LANGUAGES.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "sy-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &LANGUAGES, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
