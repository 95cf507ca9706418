//! What a file of the content is, by its path alone.

/// The kind of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the fields are the parts of the path that the kinds name
pub enum FileKind {
    Meeting { id: String },
    Item { meeting: String },
    Case { name: String },
    Topic { name: String },
    Page { name: String },
    Front,
}

/// The kind of the file at `path`; `None` for files that are published as they are, or that belong nowhere.
pub fn kind_of(path: &str) -> Option<FileKind> {
    let inside = path.strip_prefix("content/")?;
    let stem = inside.strip_suffix(".md")?;
    let parts: Vec<_> = stem.split('/').collect();
    match parts.as_slice() {
        ["_index"] => Some(FileKind::Front),
        ["meetings", id, "_index"] => Some(FileKind::Meeting { id: (*id).to_owned() }),
        ["meetings", meeting, _] => Some(FileKind::Item { meeting: (*meeting).to_owned() }),
        ["cases", name] => Some(FileKind::Case { name: (*name).to_owned() }),
        ["topics", name] => Some(FileKind::Topic { name: (*name).to_owned() }),
        ["pages", .., _] => Some(FileKind::Page { name: parts[1..].join("/") }),
        _ => None,
    }
}

/// The folder below `content/` whose files are published under an address, and the rest of the path.
pub fn published_place(path: &str) -> Option<(&str, &str)> {
    let (top, rest) = path.strip_prefix("content/")?.split_once('/')?;
    ["meetings", "cases", "topics", "pages", "static"].contains(&top).then_some((top, rest))
}

#[cfg(test)]
mod tests {
    use super::{FileKind, kind_of};

    #[test]
    fn the_path_says_what_a_file_is() {
        let item = FileKind::Item { meeting: "2025-11-27".into() };
        assert_eq!(kind_of("content/meetings/2025-11-27/2-2-x.md"), Some(item));
        assert_eq!(kind_of("content/pages/a/b.md"), Some(FileKind::Page { name: "a/b".into() }));
        for path in [
            "content/meetings/2025-11-27/bilag/x.md",
            "content/meetings/x.md",
            "content/x.md",
            "content/static/x.md",
            "x.md",
        ] {
            assert_eq!(kind_of(path), None, "{path}");
        }
    }
}
