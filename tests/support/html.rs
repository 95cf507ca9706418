//! What one page says, read with an HTML parser that browsers' rules were written for.
//!
//! Takes a page's path and text; gives a [`Page`]: its ids, links, headings and the rest that the
//! checks look at. Also reads the pieces of HTML that stand in data and feeds.

use scraper::{ElementRef, Html};

/// An address as it stands in a file.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it stands: `a href`, `link canonical`, `timeline[2].url` …
    pub place: String,
    /// The address as written.
    pub address: String,
    /// True for what a reader can follow: `a` and `area`.
    pub followed: bool,
    /// True where the address must be absolute and in this site.
    pub own_absolute: bool,
}

/// One page of the output, or a piece of HTML.
#[derive(Debug, Default)]
pub struct Page {
    /// Path below the site's folder.
    pub file: String,
    /// Every id, in the order of the page.
    pub ids: Vec<String>,
    /// Every address.
    pub links: Vec<Link>,
    /// Level and text of each heading.
    pub headings: Vec<(u8, String)>,
    /// The texts of the `title` elements of the head.
    pub titles: Vec<String>,
    /// `lang` of the `html` element.
    pub lang: Option<String>,
    /// How many `main` there are.
    pub mains: usize,
    /// Address in `link rel=canonical`.
    pub canonical: Option<String>,
    /// Address in `meta http-equiv=refresh`: the page is a redirect.
    pub redirect: Option<String>,
    /// True where the page asks not to be listed.
    pub noindex: bool,
    /// Faults that the parser or this reader saw.
    pub faults: Vec<String>,
    /// `src` of each image without `alt`.
    pub images_without_alt: Vec<String>,
    /// Text of each `th` without a `scope`.
    pub cells_without_scope: Vec<String>,
}

impl Page {
    /// Reads a whole page.
    pub fn read(file: &str, text: &str) -> Self {
        let html = Html::parse_document(text);
        let mut page = Self { file: file.to_owned(), ..Self::default() };
        for error in &html.errors {
            let error: String = error.chars().take(160).collect();
            page.faults.push(format!("HTML: {error}"));
        }
        let has_doctype = html.tree.root().children().any(|node| node.value().is_doctype());
        if !has_doctype {
            page.faults.push("HTML: no doctype".to_owned());
        }
        page.add(html.root_element());
        page
    }

    /// Reads a piece of HTML that stands in another file.
    pub fn read_piece(text: &str) -> Self {
        let html = Html::parse_fragment(text);
        let mut page = Self::default();
        page.add(html.root_element());
        page
    }

    /// True for a page that only sends its reader on.
    pub fn is_redirect(&self) -> bool {
        self.redirect.is_some()
    }

    fn add(&mut self, root: ElementRef<'_>) {
        let own = std::iter::once(root);
        for element in own.chain(root.descendent_elements()) {
            self.add_element(element);
        }
    }

    fn add_element(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let name = value.name();
        for (attribute, text) in value.attrs() {
            if attribute == "id" {
                if text.is_empty() || text.contains(char::is_whitespace) {
                    self.faults.push(format!("HTML: the id “{text}” is empty or has a blank"));
                }
                self.ids.push(text.to_owned());
            }
            self.add_attribute(element, attribute, text);
        }
        match name {
            "html" => self.lang = value.attr("lang").map(str::to_owned),
            "title" if !inside(element, "svg") => self.titles.push(words(element)),
            "main" => self.mains += 1,
            "base" => self.faults.push("HTML: a base element changes every link".to_owned()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.headings.push((level, words(element)));
            }
            "img" if value.attr("alt").is_none() => {
                self.images_without_alt.push(value.attr("src").unwrap_or_default().to_owned());
            }
            "th" => {
                let scope = value.attr("scope").unwrap_or_default();
                if !matches!(scope, "row" | "col" | "rowgroup" | "colgroup") {
                    self.cells_without_scope.push(words(element));
                }
            }
            "meta" => self.add_meta(element),
            "style" => self.add_css(&element.text().collect::<String>(), "style"),
            // The parser reads for a browser with scripts, to which this is text.
            "noscript" => {
                let inner = Self::read_piece(&element.text().collect::<String>());
                self.ids.extend(inner.ids);
                self.links.extend(inner.links);
                self.headings.extend(inner.headings);
                self.redirect = self.redirect.take().or(inner.redirect);
            }
            _ if value.attr("role") == Some("main") => self.mains += 1,
            _ => {}
        }
    }

    fn add_attribute(&mut self, element: ElementRef<'_>, attribute: &str, text: &str) {
        let name = element.value().name();
        let attribute = attribute.strip_prefix("xlink:").unwrap_or(attribute);
        match attribute {
            "href" if name == "link" => {
                let rel = element.value().attr("rel").unwrap_or_default().to_ascii_lowercase();
                let canonical = rel.split_ascii_whitespace().any(|word| word == "canonical");
                if canonical {
                    self.canonical = Some(text.to_owned());
                }
                self.push(format!("link {rel}"), text, false, canonical);
            }
            "href" => {
                let followed = matches!(name, "a" | "area") && !inside(element, "template");
                self.push(format!("{name} href"), text, followed, false);
            }
            "src" | "poster" | "action" | "formaction" | "cite" => {
                self.push(format!("{name} {attribute}"), text, false, false);
            }
            "data" if name == "object" => self.push("object data".to_owned(), text, false, false),
            "srcset" | "imagesrcset" => {
                for candidate in text.split(',') {
                    let address = candidate.split_ascii_whitespace().next().unwrap_or_default();
                    self.push(format!("{name} {attribute}"), address, false, false);
                }
            }
            "style" => self.add_css(text, "style attribute"),
            _ => {}
        }
    }

    fn add_meta(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let content = value.attr("content").unwrap_or_default();
        let is = |key: &str, word: &str| value.attr(key).is_some_and(|text| text.trim().eq_ignore_ascii_case(word));
        if is("http-equiv", "refresh") {
            let address = refresh_address(content);
            if address.is_empty() {
                self.faults.push("HTML: a refresh without an address".to_owned());
            }
            self.redirect = Some(address.clone());
            self.push("meta refresh".to_owned(), &address, false, false);
        } else if is("property", "og:url") {
            self.push("meta og:url".to_owned(), content, false, true);
        } else if is("property", "og:image") {
            self.push("meta og:image".to_owned(), content, false, false);
        } else if is("name", "robots") {
            self.noindex = content.to_ascii_lowercase().contains("noindex");
        }
    }

    fn add_css(&mut self, css: &str, place: &str) {
        for address in css_addresses(css) {
            self.push(format!("{place} url()"), &address, false, false);
        }
    }

    fn push(&mut self, place: String, address: &str, followed: bool, own_absolute: bool) {
        let address = address.to_owned();
        self.links.push(Link { place, address, followed, own_absolute });
    }
}

/// The words of an element, with single blanks.
fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inside(element: ElementRef<'_>, name: &str) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|ancestor| ancestor.value().name() == name)
}

/// `0; url='/om/'` names `/om/`.
fn refresh_address(content: &str) -> String {
    let rest = content.split_once([';', ',']).map_or("", |(_, rest)| rest).trim();
    let rest = match rest.get(..3) {
        Some(start) if start.eq_ignore_ascii_case("url") => {
            let after = rest[3..].trim_start();
            after.strip_prefix('=').map_or(rest, str::trim_start)
        }
        _ => rest,
    };
    rest.trim_matches(['\'', '"']).to_owned()
}

/// The addresses in `url(…)` and `@import "…"` of a stylesheet; `data:` and lone fragments are
/// part of the sheet itself.
pub fn css_addresses(css: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        rest = &rest[at + 4..];
        let end = rest.find(')').unwrap_or(rest.len());
        found.push(rest[..end].trim().trim_matches(['"', '\'']).to_owned());
        rest = &rest[end..];
    }
    for part in css.split("@import").skip(1) {
        let part = part.trim_start();
        if let Some(quote) = part.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let inner = part[1..].split(quote).next().unwrap_or_default();
            found.push(inner.to_owned());
        }
    }
    found.retain(|address| !address.starts_with("data:") && !address.starts_with('#'));
    found
}
