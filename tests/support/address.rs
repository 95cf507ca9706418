//! Which file of a built site an address means.
//!
//! Takes the address that the site was built for, the file that a link stands in and the link as
//! written; gives a [`Target`]. The rules are those of a plain web host: a path that ends in `/`
//! is `index.html` in that folder, anything else is a file of exactly that name.

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into the site: the file's path below the folder, and the fragment, decoded.
    Inside {
        /// Path of a file, relative to the site's folder.
        file: String,
        /// What follows `#`, if anything does.
        fragment: Option<String>,
    },
    /// To somewhere else, with an allowed scheme.
    Outside,
    /// Nowhere that a site should link to; why.
    Fault(String),
}

/// The address a site was built for.
#[derive(Debug, Clone)]
pub struct Base {
    /// `https://host`, lower case.
    origin: String,
    /// Empty, or like `/raad/data`, without a slash at the end.
    path: String,
}

impl Base {
    /// Takes `https://host`, `https://host/` or `https://host/path/`.
    pub fn new(base_url: &str) -> Self {
        let (origin, rest) =
            split_origin(base_url).unwrap_or_else(|| panic!("{base_url} is not an absolute http address"));
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        Self { origin, path: path.trim_end_matches('/').to_owned() }
    }

    /// The path that every address of the site begins with, or nothing.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The absolute address of a file: `sager/index.html` is `https://host/path/sager/`.
    pub fn address(&self, file: &str) -> String {
        let shown = match file.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => file,
        };
        format!("{}{}/{shown}", self.origin, self.path)
    }

    /// True where a path from the host's root stays in the site.
    pub fn carries(&self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        path == self.path || path.starts_with(&format!("{}/", self.path))
    }

    /// Where `link`, written in `file`, leads.
    pub fn resolve(&self, file: &str, link: &str) -> Target {
        let link = link.trim_matches(|c: char| c.is_ascii_whitespace());
        if link.chars().any(|c| c.is_ascii_control() || c == ' ') {
            return Target::Fault("has a blank or a control character in it".to_owned());
        }
        if link.starts_with("//") {
            return Target::Fault("has a host but no scheme".to_owned());
        }
        if let Some((origin, rest)) = split_origin(link) {
            if origin != self.origin {
                let same = origin.split_once("://").map(|(_, host)| host)
                    == self.origin.split_once("://").map(|(_, host)| host);
                return if same {
                    Target::Fault(format!("has another scheme than {}", self.origin))
                } else {
                    Target::Outside
                };
            }
            let rest = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
            if !self.carries(&rest) {
                // Another part of the same host, such as the organisation's own site.
                return Target::Outside;
            }
            return self.inside(&rest);
        }
        if let Some(scheme) = scheme(link) {
            return match scheme.as_str() {
                "mailto" | "tel" => Target::Outside,
                _ => Target::Fault(format!("has the scheme {scheme}")),
            };
        }
        if link.starts_with('/') {
            return if self.carries(link) {
                self.inside(link)
            } else {
                Target::Fault(format!("leaves the site's path {}/", self.path))
            };
        }
        let own = format!("{}/{file}", self.path);
        if link.is_empty() || link.starts_with(['#', '?']) {
            return self.inside(&format!("{own}{link}"));
        }
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.inside(&format!("{folder}/{link}"))
    }

    /// Takes a path from the host's root, with query and fragment.
    fn inside(&self, link: &str) -> Target {
        let (link, fragment) = match link.split_once('#') {
            Some((link, fragment)) => (link, Some(fragment)),
            None => (link, None),
        };
        let path = link.split('?').next().unwrap_or_default();
        let path = without_dots(path);
        let below = match path.strip_prefix(&self.path) {
            Some(below) if below.starts_with('/') => &below[1..],
            Some("") if self.path.is_empty() => "",
            Some("") => {
                return Target::Fault("names a folder without the slash at its end".to_owned());
            }
            _ => return Target::Fault(format!("leaves the site's path {}/", self.path)),
        };
        let Some(mut file) = percent_decoded(below) else {
            return Target::Fault("is no UTF-8 when percent-decoded".to_owned());
        };
        if file.is_empty() || file.ends_with('/') {
            file.push_str("index.html");
        }
        Target::Inside {
            file,
            fragment: fragment
                .filter(|text| !text.is_empty())
                .map(|text| percent_decoded(text).unwrap_or_else(|| text.to_owned())),
        }
    }
}

/// `https://host` in lower case and what follows it; `webcal` is read as `https`. The host's
/// default port is left out.
fn split_origin(link: &str) -> Option<(String, &str)> {
    let scheme = scheme(link)?;
    let rest = link[scheme.len() + 1..].strip_prefix("//")?;
    let port = match scheme.as_str() {
        "http" => ":80",
        "https" | "webcal" => ":443",
        _ => return None,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].to_lowercase();
    let host = host.strip_suffix(port).unwrap_or(&host);
    let scheme = if scheme == "webcal" { "https" } else { scheme.as_str() };
    Some((format!("{scheme}://{host}"), &rest[end..]))
}

/// The scheme of a link in lower case, if it begins with one.
pub fn scheme(link: &str) -> Option<String> {
    let (scheme, _) = link.split_once(':')?;
    let first = scheme.chars().next()?;
    let rest_is_one = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    (first.is_ascii_alphabetic() && rest_is_one).then(|| scheme.to_ascii_lowercase())
}

fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_in_folder = false;
    for part in path.split('/').skip(1) {
        ends_in_folder = false;
        match part {
            "." => ends_in_folder = true,
            ".." => {
                parts.pop();
                ends_in_folder = true;
            }
            part => parts.push(part),
        }
    }
    let slash = if ends_in_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}", parts.join("/"))
}

/// The text behind `%C3%A6` and the like; nothing where the bytes are no UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |offset: usize| {
            let byte = bytes.get(at + offset)?;
            char::from(*byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
        };
        if let (b'%', Some(high), Some(low)) = (bytes[at], digit(1), digit(2)) {
            out.push(high * 16 + low);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}
