//! What a file beside the pages says: data, stylesheets, `robots.txt`.
//!
//! Takes a file's text; gives a [`Document`]: the addresses in it and its faults. Feeds and
//! calendars become the same, in `xml` and `ics`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::html::{Link, Page, css_addresses};

/// A file that is no page, as read.
#[derive(Debug, Default)]
pub struct Document {
    /// Every address in it.
    pub links: Vec<Link>,
    /// What is wrong with its form.
    pub faults: Vec<String>,
}

impl Document {
    /// One that could not be read.
    pub fn broken(fault: &str) -> Self {
        Self { links: Vec::new(), faults: vec![fault.to_owned()] }
    }

    /// Notes a fault.
    pub fn fault(&mut self, fault: &str) {
        self.faults.push(fault.to_owned());
    }
}

/// Reads an `index.json`. `origin` is how the site's own addresses begin.
pub fn read_json(text: &str, origin: &str) -> Document {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let mut document = Document::default();
            if !value.is_object() {
                document.fault("JSON: no object");
            }
            walk(&mut document, &value, "", "", origin);
            document
        }
        Err(error) => Document::broken(&format!("JSON: {error}")),
    }
}

fn walk(document: &mut Document, value: &Value, key: &str, place: &str, origin: &str) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                walk(document, value, key, &place, origin);
            }
        }
        Value::Array(list) => {
            let mut seen = BTreeSet::new();
            for (number, value) in list.iter().enumerate() {
                let place = format!("{place}[{number}]");
                if let Some(text) = value.as_str()
                    && !seen.insert(text)
                {
                    document.fault(&format!("{place}: {text} stands twice"));
                }
                walk(document, value, key, &place, origin);
            }
        }
        Value::String(text) if key == "html" => {
            for link in Page::read_piece(text).links {
                let own = !link.address.starts_with('#') && !is_absolute(&link.address);
                document.links.push(Link {
                    place: format!("{place} {}", link.place),
                    own_absolute: own,
                    followed: false,
                    ..link
                });
            }
        }
        Value::String(text) => {
            let is_address = matches!(key, "url" | "links" | "mentions")
                || (key == "items" && !text.is_empty())
                || text.starts_with(origin);
            if is_address {
                document.links.push(Link {
                    place: place.to_owned(),
                    address: text.clone(),
                    followed: false,
                    // An attachment may be a link elsewhere, but no address is relative.
                    own_absolute: !place.starts_with("attachments") || !is_absolute(text),
                });
            }
        }
        _ => {}
    }
}

fn is_absolute(address: &str) -> bool {
    super::address::scheme(address).is_some()
}

/// Reads a stylesheet.
pub fn read_css(text: &str) -> Document {
    let links = css_addresses(text)
        .into_iter()
        .map(|address| Link { place: "url()".to_owned(), address, followed: false, own_absolute: false })
        .collect();
    Document { links, faults: Vec::new() }
}

/// Reads `robots.txt`.
pub fn read_robots(text: &str) -> Document {
    let mut document = Document::default();
    for line in text.lines() {
        let Some((field, value)) = line.split_once(':') else {
            continue;
        };
        if field.trim().eq_ignore_ascii_case("sitemap") {
            document.links.push(Link {
                place: "Sitemap".to_owned(),
                address: value.trim().to_owned(),
                followed: false,
                own_absolute: true,
            });
        }
    }
    if !text.to_ascii_lowercase().contains("user-agent:") {
        document.fault("no User-agent line");
    }
    document
}
