//! The theme: the built-in one, in the program, and the files that a site's own theme puts in its place.
//!
//! Takes the files of `themes/NAME/`; gives templates, assets and texts.

mod language;

pub use language::{DateView, Language};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, faults};
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The name of the built-in theme.
pub const BUILT_IN: &str = "protokol";

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/protokol");

/// Files of a theme by their path inside it.
pub type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// The theme of a site.
#[derive(Debug)]
pub struct Theme {
    /// Templates and assets: the built-in ones, with the site's own in their place.
    pub files: Files,
    /// Whether the site has files of its own for it: the built-in ones are known to be good.
    pub has_own_files: bool,
    /// Whether templates are among them.
    pub has_own_templates: bool,
    /// Texts in the site's language.
    pub language: Language,
}

impl Theme {
    /// The theme that the configuration names, with the files of its folder, if it has one.
    pub fn new(config: &Config, own: Option<&BTreeMap<String, Vec<u8>>>, out: &mut Vec<Diagnostic>) -> Self {
        let none = BTreeMap::new();
        let own = own.unwrap_or(&none);
        Self {
            files: overlaid(own),
            has_own_files: !own.is_empty(),
            has_own_templates: own.keys().any(|path| path.starts_with("templates/")),
            language: Language::new(config, own, out),
        }
    }

    /// Files in one of the theme's folders, by the path below it.
    pub fn in_folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let inside = move |path: &'a str| path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        self.files.iter().filter_map(move |(path, bytes)| Some((inside(path)?, &**bytes)))
    }
}

/// A file of the built-in theme.
pub fn built_in(path: &str) -> Option<&'static [u8]> {
    FILES.get_file(path).map(include_dir::File::contents)
}

/// The built-in theme with `own` files in place of its own, path by path.
fn overlaid(own: &BTreeMap<String, Vec<u8>>) -> Files {
    let mut files = Files::new();
    let mut folders = vec![&FILES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.insert(path, Cow::Borrowed(file.contents()));
        }
    }
    files.extend(own.iter().map(|(path, bytes)| (path.clone(), Cow::Owned(bytes.clone()))));
    files
}

/// A fault in a file of the theme.
fn fault(config: &Config, path: &str, reason: impl ToString) -> Diagnostic {
    let path = format!("themes/{}/{path}", config.theme);
    faults::BAD_TEMPLATE.in_file(&path.into()).with("reason", reason.to_string().trim_end())
}

/// The same, for whoever loads templates.
pub fn bad_template(config: &Config, reason: impl ToString) -> Diagnostic {
    fault(config, "templates", reason)
}
