//! sagnet: the record of a council, agendas and minutes, as a static site cross-linked by case number.
//!
//! Data flows one way; each stage takes a value and gives a new one:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`read`] | the disk | sources |
//! | [`parse`] | a source | a document |
//! | [`link`] | documents | the record |
//! | [`plan`] | the record | jobs |
//! | [`render`] | the record and a job | outputs |
//! | [`write`](mod@write) | outputs | the disk |
//!
//! [`pipeline`] calls them in this order for [`cli`]. What is wrong with the content is a [`diagnostic::Diagnostic`],
//! gathered by every stage.

pub mod cli;
pub mod config;
pub mod danish;
pub mod diagnostic;
pub mod hashing;
pub mod import;
pub mod intake;
pub mod link;
pub mod memory;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod placeholders;
pub mod plan;
pub mod privacy;
pub mod read;
pub mod render;
pub mod scan;
pub mod stamp;
pub mod theme;
pub mod write;
