//! Tests of the reader, with documents that are made in memory.

mod changes;
mod fields;
mod headings;
mod help;
mod hostile;
mod lists;
mod notes;
mod packages;
mod tables;
mod text;
