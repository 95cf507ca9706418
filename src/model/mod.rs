//! Plain data that every stage shares: numbers, dates, slugs and addresses.
//!
//! Takes text, gives checked values; nothing here reads a file or knows of a page.

pub mod address;
pub mod case_number;
pub mod date;
pub mod file_name;
pub mod item_number;
pub mod slug;

pub use address::Address;
pub use case_number::{CaseNumber, CasePattern};
pub use date::MeetingDate;
pub use item_number::ItemNumber;
