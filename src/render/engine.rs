//! The template engine with a theme's templates, and its assets.
//!
//! Takes a theme; gives rendered and minified HTML, and the bytes and addresses of assets.

use super::TemplateFault;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::Address;
use crate::theme::{Theme, bad_template};
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Kwargs, State, Tera, Value};

/// Templates and assets, ready for use.
pub struct Engine {
    tera: Tera,
    /// Assets by output file: their bytes.
    assets: BTreeMap<String, Vec<u8>>,
    /// Output files of assets by their name in the theme.
    names: Arc<BTreeMap<String, String>>,
    /// For pages of templates that are not the built-in ones, which are written as short as it would make them.
    minifier: Option<minify_html::Cfg>,
}

/// Values for a template, by name.
type Values = Vec<(&'static str, Value)>;

/// Most pages are shorter, in bytes.
const USUAL_PAGE: usize = 16 * 1024;

/// The folder of assets in the output.
const ASSETS: &str = "assets";

impl Engine {
    /// Loads the templates; `None` where one is wrong.
    pub fn new(theme: &Theme, config: &Config, base_path: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut assets = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (name, bytes) in theme.in_folder("assets") {
            let file = fingerprinted(name, bytes);
            names.insert(name.to_owned(), file.clone());
            assets.insert(file, bytes.to_owned());
        }
        let names = Arc::new(names);
        let mut tera = Tera::new();
        let link = |(name, file): (&String, &String)| (name.clone(), Address::new(file.as_str()).under(base_path));
        let known: BTreeMap<String, String> = names.iter().map(link).collect();
        tera.register_function("asset", move |arguments: Kwargs, _: &State<'_>| -> Result<String, tera::Error> {
            let name = arguments.must_get::<String>("name")?;
            match known.get(&name) {
                Some(link) => Ok(link.clone()),
                None => Err(tera::Error::message(format!("the theme has no asset {name}"))),
            }
        });
        let mut templates = Vec::new();
        for (name, bytes) in theme.in_folder("templates") {
            match std::str::from_utf8(bytes) {
                Ok(text) => templates.push((name, text)),
                Err(_) => out.push(bad_template(config, format!("{name} is not UTF-8"))),
            }
        }
        if let Err(error) = tera.add_raw_templates(templates) {
            out.push(bad_template(config, reason(&error)));
            return None;
        }
        let minifier = minify_html::Cfg {
            keep_closing_tags: true,
            keep_html_and_head_opening_tags: true,
            minify_css: false,
            minify_js: false,
            minify_doctype: false,
            allow_noncompliant_unquoted_attribute_values: false,
            allow_removing_spaces_between_attributes: false,
            allow_optimal_entities: false,
            ..minify_html::Cfg::default()
        };
        let minifier = theme.has_own_templates.then_some(minifier);
        Some(Self { tera, assets, names, minifier })
    }

    /// The output files of all assets.
    pub fn assets(&self) -> Vec<String> {
        self.names.values().cloned().collect()
    }

    /// The bytes of an asset, by its output file.
    pub fn asset_bytes(&self, file: &str) -> Vec<u8> {
        self.assets.get(file).cloned().unwrap_or_default()
    }

    /// Renders a template of a part of pages with these values.
    pub fn part(&self, template: &str, values: Values) -> Result<String, TemplateFault> {
        self.tera.render(template, &context(values)).map_err(|error| fault(template, &error))
    }

    /// Renders a template with these values, and minifies the page where its templates are a site's own.
    pub fn render(&self, template: &str, values: Values) -> Result<Vec<u8>, TemplateFault> {
        let mut html = Vec::with_capacity(USUAL_PAGE);
        self.tera.render_to(template, &context(values), &mut html).map_err(|error| fault(template, &error))?;
        Ok(match &self.minifier {
            Some(minifier) => without_bare_references(minify_html::minify(&html, minifier)),
            None => html,
        })
    }
}

fn context(values: Values) -> Context {
    let mut context = Context::new();
    for (name, value) in values {
        context.insert_value(name, value);
    }
    context
}

fn fault(template: &str, error: &tera::Error) -> TemplateFault {
    TemplateFault { template: template.to_owned(), reason: reason(error) }
}

/// The minifier writes `&amp;#` as `&#` where no number follows: every browser reads it, but it is a fault of HTML.
fn without_bare_references(html: Vec<u8>) -> Vec<u8> {
    let is_bare = |at: usize| {
        html[at..].starts_with(b"&#")
            && match html.get(at + 2) {
                Some(b'x' | b'X') => !html.get(at + 3).is_some_and(u8::is_ascii_hexdigit),
                next => !next.is_some_and(u8::is_ascii_digit),
            }
    };
    let bare: Vec<_> = (0..html.len()).filter(|at| html[*at] == b'&' && is_bare(*at)).collect();
    let mut out = Vec::with_capacity(html.len() + 4 * bare.len());
    let mut from = 0;
    for at in bare {
        out.extend(&html[from..at]);
        out.extend(b"&amp;");
        from = at + 1;
    }
    out.extend(&html[from..]);
    out
}

/// What the engine says, with its causes.
fn reason(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// `site.css` as `assets/site.1a2b3c4d5e6f7081.css`: the name changes with the bytes, so browsers may keep it for ever.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = &hash[..16];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{ASSETS}/{stem}.{hash}.{ending}"),
        None => format!("{ASSETS}/{name}.{hash}"),
    }
}
