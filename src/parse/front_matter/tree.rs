//! The tree of fields that TOML and YAML are both read into.

use std::ops::Range;

/// A value and the bytes of the file that it is written in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Bytes in the file.
    pub span: Range<usize>,
}

/// What a field can hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, as YAML can say.
    Null,
    /// True or false.
    Flag(bool),
    /// A whole or decimal number, as written.
    Number(String),
    /// A date, time, or both, as written.
    Date(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Fields within a field.
    Table(Vec<Entry>),
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name.
    pub key: String,
    /// The bytes of the name.
    pub key_span: Range<usize>,
    /// Its value.
    pub node: Node,
}
