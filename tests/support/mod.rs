//! The independent reader of a built site, for integration tests (`mod support;`).
//!
//! It takes a folder that `sagnet build` wrote and the address it was built for, reads every
//! page, data file, feed, sitemap and calendar in it with parsers of its own, and gives lists of
//! findings: sentences that begin with the file they are about; an empty list is good. It shares
//! no code with the generator, so a fault of the generator cannot hide itself here.
//!
//! - [`site`]: `Site::load` and the counts; [`links`], [`outline`], [`formats`], [`hidden`]: its checks
//! - [`html`], [`data`], [`xml`], [`ics`]: what is read out of one file
//! - [`address`]: which file of the folder an address means
//! - [`tree`]: a folder as bytes, and how two of them differ; [`stamps`]: which of its files were written
//! - [`record`]: a record that a test writes, changes and builds
//! - [`sample`]: a small faultless site, to which `tests/checker.rs` adds one fault at a time
//!
//! A folder that cannot be read is a broken test, so the reader panics there.

// Each test binary uses its own part of this module; what the others use is no dead code.
#![allow(dead_code, unused_imports)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod address;
pub mod data;
pub mod disk;
pub mod formats;
pub mod hidden;
pub mod html;
pub mod ics;
pub mod links;
pub mod outline;
pub mod record;
pub mod sample;
pub mod site;
#[cfg(unix)]
pub mod stamps;
pub mod tree;
pub mod xml;

pub use disk::Disk;
pub use record::{Record, Run};
pub use site::{Counts, Site};
#[cfg(unix)]
pub use stamps::{Stamps, folders};
pub use tree::Tree;
