//! The scheme of a link, read as a browser would.

/// What a destination's scheme is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// None: a path, or a fragment.
    Relative,
    /// One that is allowed: `http`, `https`, `mailto`, `tel`.
    Allowed(String),
    /// Another one, or `//host`.
    Refused(String),
}

const ALLOWED: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The scheme of `destination`. Blanks and control characters are ignored as browsers ignore them.
pub fn scheme(destination: &str) -> Scheme {
    let seen: String = destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let slashes = seen.replace('\\', "/");
    if slashes.starts_with("//") {
        return Scheme::Refused("//".to_owned());
    }
    let Some((name, _)) = seen.split_once(':') else { return Scheme::Relative };
    let is_scheme = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    match name.to_ascii_lowercase() {
        _ if !is_scheme => Scheme::Relative,
        name if ALLOWED.contains(&name.as_str()) => Scheme::Allowed(name),
        name => Scheme::Refused(name + ":"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Scheme, scheme};

    #[test]
    fn schemes_are_read_as_browsers_do() {
        let refused = |text: &str| matches!(scheme(text), Scheme::Refused(_));
        for text in [
            "javascript:alert(1)",
            " JAVA\tscript:x",
            "data:image/png;base64,x",
            "//host/x",
            "\\\\host",
            "/\\host",
            "vbscript:x",
            "file:///etc",
        ] {
            assert!(refused(text), "{text}");
        }
        for text in ["bilag/plan.pdf", "/sager/X/", "#fod", "bilag/a:b.pdf", "2:1.pdf", "?q=a:b"] {
            assert_eq!(scheme(text), Scheme::Relative, "{text}");
        }
        assert_eq!(scheme("HTTPS://x.dk"), Scheme::Allowed("https".into()));
    }
}
