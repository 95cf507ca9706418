//! Why a document cannot be read. Each has its sentence, with what to do about it, in the language files.

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// There is no such file.
    Missing,
    /// It is a folder.
    Folder,
    /// The system does not give the file; its own words.
    Io(String),
    /// Nothing in it.
    Empty,
    /// Neither Word (docx), nor PDF, nor text, by what it holds.
    UnknownFormat,
    /// A Word document of the format before docx, or another that Word can save as docx.
    OldWord,
    /// It breaks the rules of its format; where, for who wants to know.
    Broken(String),
    /// It is locked with a password.
    Locked,
    /// It holds more than any document of a meeting does: what, such as `400 MB of text`.
    TooLarge(String),
    /// Reading it took longer than any document of a meeting does.
    TooSlow,
    /// Pages, but no text on them: it was scanned.
    Scanned,
    /// A text file that is not UTF-8.
    NotUtf8,
    /// The program that reads PDF is not installed.
    NoPoppler,
}
