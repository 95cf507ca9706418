//! What must never be published: personal numbers, and the phrases of a template that was not filled in.
//!
//! Takes text, gives the places of what was found.

pub mod cpr;
pub mod placeholder;
