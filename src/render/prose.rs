//! Prose into HTML: the open places of a fragment become links, or stay words.
//!
//! Takes a fragment, its references and what they lead to; gives HTML whose links stand under a base path or URL.

use crate::link::{Goal, Goals};
use crate::model::Address;
use crate::parse::markdown::{Body, Fragment, Piece, Target};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;

/// `text` as HTML, safe in an attribute too.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = comrak::html::escape(&mut out, text);
    out
}

/// What stands unescaped in a fragment, so that `#page=2&zoom=100` opens a PDF at its page; less the apostrophe.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'?');

/// An address with its fragment under a base.
pub fn href(address: &Address, fragment: Option<&str>, base: &str) -> String {
    let mut href = address.under(base);
    if let Some(fragment) = fragment {
        href.push('#');
        href.extend(utf8_percent_encode(fragment, FRAGMENT));
    }
    href
}

/// The HTML of a fragment.
pub fn html(fragment: &Fragment, body: &Body, goals: &Goals, base: &str) -> String {
    let mut out = String::new();
    for piece in &fragment.0 {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Open(reference) => {
                let goal = goals.get(*reference).and_then(Option::as_ref);
                if let Some(target) = body.targets.get(*reference) {
                    open(&mut out, target, goal, base);
                }
            }
            Piece::Close(reference) => {
                let is_link = !matches!(body.targets.get(*reference), Some(Target::Image(..)) | None);
                if is_link && goals.get(*reference).is_some_and(Option::is_some) {
                    out.push_str("</a>");
                }
            }
        }
    }
    out
}

fn open(out: &mut String, target: &Target, goal: Option<&Goal>, base: &str) {
    let titled = |title: &str| if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
    let Some(goal) = goal else {
        if let Target::Image(_, alt, _) = target {
            out.push_str(&escape(alt));
        }
        return;
    };
    let href = escape(&href(&goal.address, goal.fragment.as_deref(), base));
    let _ = match target {
        Target::Image(_, alt, title) => write!(out, "<img src=\"{href}\" alt=\"{}\"{}>", escape(alt), titled(title)),
        Target::Link(_, title) => write!(out, "<a href=\"{href}\"{}>", titled(title)),
        _ => write!(out, "<a class=\"ref\" href=\"{href}\">"),
    };
}

/// The HTML of a text that is one section; `None` where there is none.
pub fn whole(body: &Body, goals: &Goals, base: &str) -> Option<String> {
    let mut out = String::new();
    for section in &body.sections {
        out.push_str(&html(&section.html, body, goals, base));
    }
    (!out.is_empty()).then_some(out)
}
