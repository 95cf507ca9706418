//! Addresses inside the site.
//!
//! Takes the path of a page or file (`/moeder/2025-11-27/`), gives its link with the site's base and its output file.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;
use std::sync::Arc;

/// What stands unescaped in a path: RFC 3986 `pchar` and `/`, less the apostrophe, so that it is safe in any quotes.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// A path from the site's root: begins with `/`, not percent-encoded, ends with `/` for a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Address(Arc<str>);

impl Address {
    /// An address of this path; a missing leading slash is added.
    pub fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        if path.starts_with('/') { Self(path.into()) } else { Self(format!("/{path}").into()) }
    }

    /// The address that a link in a text names: that of a page, unless its last part has an ending.
    pub fn linked(path: &str) -> Self {
        let is_file = path.rsplit('/').next().is_some_and(|last| last.is_empty() || last.contains('.'));
        Self::new(if is_file { path.to_owned() } else { format!("{path}/") })
    }

    /// The path from the site's root, not encoded.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// The address of something below this page: `/sager/X/` and `feed.xml` give `/sager/X/feed.xml`.
    pub fn join(&self, below: &str) -> Self {
        let slash = if self.0.ends_with('/') { "" } else { "/" };
        Self(format!("{}{slash}{below}", self.0).into())
    }

    /// The link, percent-encoded, under `base`: a base path (`/raad`) or a whole base URL, without a slash at its end.
    pub fn under(&self, base: &str) -> String {
        let mut out = String::with_capacity(base.len() + self.0.len());
        out.push_str(base);
        out.extend(utf8_percent_encode(&self.0, PATH));
        out
    }

    /// The file that holds it, relative to the output folder, with `/` between folders.
    pub fn file(&self) -> String {
        let path = &self.0[1..];
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_page_is_the_index_of_its_folder() {
        assert_eq!(Address::new("/").file(), "index.html");
        assert_eq!(Address::new("/om/").file(), "om/index.html");
        assert_eq!(Address::new("/om/").join("data.json").file(), "om/data.json");
    }

    #[test]
    fn links_carry_the_base_and_are_encoded() {
        let address = Address::new("/moeder/1/bilag/års plan'.pdf");
        assert_eq!(address.under("/raad"), "/raad/moeder/1/bilag/%C3%A5rs%20plan%27.pdf");
    }
}
