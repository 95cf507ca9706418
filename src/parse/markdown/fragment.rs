//! HTML with open places: pieces of HTML, and the marks of references between them.
//!
//! Takes HTML in which marks stand between NUL characters (which no Markdown can produce); gives its pieces.

/// HTML with open places.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fragment(pub Vec<Piece>);

/// A piece of HTML, or a place that is still open.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Piece {
    /// As it is.
    Html(String),
    /// Where a reference begins.
    Open(usize),
    /// Where it ends.
    Close(usize),
}

/// What stands around the name of a mark.
const MARK: char = '\0';

/// The mark for the beginning of a reference.
pub fn open(reference: usize) -> String {
    format!("{MARK}{reference}{MARK}")
}

/// The mark for the end of a reference.
pub fn close(reference: usize) -> String {
    format!("{MARK}/{reference}{MARK}")
}

impl Fragment {
    /// Cuts HTML at its marks.
    pub fn new(html: &str) -> Self {
        let pieces = html.split(MARK).enumerate().filter_map(|(i, text)| match i % 2 {
            0 if text.is_empty() => None,
            0 => Some(Piece::Html(text.to_owned())),
            _ => match text.strip_prefix('/') {
                Some(name) => name.parse().ok().map(Piece::Close),
                None => text.parse().ok().map(Piece::Open),
            },
        });
        Self(pieces.collect())
    }

    /// How many bytes of HTML there are.
    pub fn length(&self) -> usize {
        self.0.iter().map(|piece| if let Piece::Html(html) = piece { html.len() } else { 0 }).sum()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Piece, close, open};

    #[test]
    fn html_is_cut_at_its_marks() {
        let html = format!("<p>{}x{}</p>", open(3), close(3));
        let pieces = [
            Piece::Html("<p>".into()),
            Piece::Open(3),
            Piece::Html("x".into()),
            Piece::Close(3),
            Piece::Html("</p>".into()),
        ];
        assert_eq!(Fragment::new(&html).0, pieces);
        assert!(Fragment::new("").is_empty());
    }
}
