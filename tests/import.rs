//! `sagnet import` as the secretariat runs it: the program itself, on records in folders of their own.
//!
//! - [`seeds`](import/seeds.rs): the two real documents, held against the facts about them and against `content/`;
//! - `site`: what is built of them, held against the documents' own words;
//! - `again`: the same document once more, and `--dry-run`;
//! - `minutes`: an agenda, edits by hand, then the minutes;
//! - `second`: a council with another template, by configuration alone;
//! - `refusals`: what is not imported, and what is then said;
//! - `closed`: what is closed is in no byte of the site; `cpr`: personal numbers; `made`: documents with known truth.
//!
//! Golden texts stand beside the modules; `UPDATE_EXPECTED=1 cargo test --test import` writes them anew: read what changed
//! before it is kept.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod documents;
#[path = "record/exceptions.rs"]
mod exceptions;
mod import {
    pub mod again;
    pub mod closed;
    pub mod cpr;
    pub mod made;
    pub mod minutes;
    pub mod program;
    pub mod refusals;
    pub mod second;
    pub mod seeds;
    pub mod site;
}
#[path = "record/source.rs"]
mod source;
mod support;
