//! The catalogue of faults: each names its code and the key of its sentences in the language files.
//!
//! One code can have several faults, where the same kind of mistake is mended in different ways. The words in
//! parentheses are the placeholders that its sentences may use.

use super::{Code, Diagnostic, Place};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::Range;
use std::sync::Arc;

/// One entry of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The code that is printed.
    pub code: Code,
    /// The key of its sentences in the language files.
    pub key: &'static str,
}

/// By its key.
impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.key.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let fault = ALL.iter().find(|fault| fault.key == key);
        fault.copied().ok_or_else(|| D::Error::custom("no fault has this key"))
    }
}

impl Fault {
    /// A diagnostic of the file as a whole.
    pub fn in_file(self, path: &Arc<str>) -> Diagnostic {
        Diagnostic { fault: self, place: Place::file(path), words: Vec::new() }
    }

    /// A diagnostic of these bytes of the file.
    pub fn at(self, path: &Arc<str>, span: &Range<usize>) -> Diagnostic {
        Diagnostic { fault: self, place: Place::at(path, span), words: Vec::new() }
    }
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident $code:ident $key:literal;)*) => {
        $($(#[$doc])* pub const $name: Fault = Fault { code: Code::$code, key: $key };)*

        /// The whole catalogue.
        pub const ALL: &[Fault] = &[$($name,)*];
    };
}

faults! {
    /// The front matter is no TOML or YAML (`reason`: the parser's words, English).
    INVALID_FRONT_MATTER InvalidFrontMatter "invalid-front-matter";
    /// The file does not begin with front matter.
    NO_FRONT_MATTER InvalidFrontMatter "no-front-matter";
    /// The front matter has no closing line (`fence`: `+++` or `---`).
    UNCLOSED_FRONT_MATTER InvalidFrontMatter "unclosed-front-matter";
    /// A key is there twice (`field`).
    REPEATED_FIELD InvalidFrontMatter "repeated-field";
    /// A field that no file of this kind has, and none is near (`field`, `known`: all known ones).
    UNKNOWN_FIELD UnknownField "unknown-field";
    /// The same, and one is near (`field`, `nearest`).
    MISSPELT_FIELD UnknownField "misspelt-field";
    /// The same, in a group within the file (`field`, `group`, `known`).
    UNKNOWN_IN_GROUP UnknownField "unknown-in-group";
    /// A required field is missing (`field`).
    MISSING_FIELD MissingField "missing-field";
    /// A required field is empty (`field`).
    EMPTY_FIELD MissingField "empty-field";
    /// A folder of a meeting has items, but no `_index.md` (`folder`).
    MISSING_MEETING_FILE MissingField "missing-meeting-file";
    /// The date of a meeting is neither in its front matter nor in its folder's name (`folder`).
    MISSING_DATE MissingField "missing-date";
    /// A field holds a value of another type (`field`, `expected`: a key of `[types]`).
    WRONG_TYPE BadValue "wrong-type";
    /// A number that is not in quotes (`field`, `value`).
    UNQUOTED_NUMBER BadValue "unquoted-number";
    /// A field holds none of the words it can (`field`, `value`, `known`).
    NOT_ONE_OF BadValue "not-one-of";
    /// A time of day is not `10:00` (`field`, `value`).
    BAD_TIME BadValue "bad-time";
    /// The meeting ends before it starts (`start`, `end`).
    ENDS_BEFORE_START BadValue "ends-before-start";
    /// The folder's name is no slug (`folder`, `slug`).
    BAD_FOLDER_NAME BadValue "bad-folder-name";
    /// A name of which no address can be made (`value`).
    NO_SLUG BadValue "no-slug";
    /// A file's name must be its own slug (`name`, `slug`).
    BAD_FILE_NAME BadValue "bad-file-name";
    /// An item's number holds no letter or digit (`value`).
    BAD_ITEM_NUMBER BadValue "bad-item-number";
    /// An alias is no address of the site (`value`).
    BAD_ALIAS BadValue "bad-alias";
    /// Lists or quotes within each other, deeper than can be shown (`limit`).
    NESTED_TOO_DEEP BadValue "nested-too-deep";
    /// An attachment names both a file and a URL.
    FILE_AND_URL BadValue "file-and-url";
    /// The URL of an attachment or of the configuration is none (`value`).
    BAD_URL BadValue "bad-url";
    /// `continues` is not `meeting/item` (`value`).
    BAD_CONTINUATION BadValue "bad-continuation";
    /// A regular expression of the configuration is none, or matches an empty text (`value`).
    BAD_PATTERN BadValue "bad-pattern";
    /// The theme's folder is missing (`theme`).
    UNKNOWN_THEME BadValue "unknown-theme";
    /// There is no language file for the site's language (`language`).
    UNKNOWN_LANGUAGE BadValue "unknown-language";
    /// A theme's template or language file has a fault (`reason`: the parser's words, English).
    BAD_TEMPLATE BadValue "bad-template";
    /// The time zone is unknown (`value`).
    UNKNOWN_TIME_ZONE BadValue "unknown-time-zone";
    /// Two address segments are the same (`value`).
    REPEATED_SEGMENT BadValue "repeated-segment";
    /// A meeting's date cannot be read (`value`).
    BAD_MEETING_DATE BadDate "bad-meeting-date";
    /// Another date cannot be read (`field`, `value`).
    BAD_DAY BadDate "bad-day";
    /// A case number is not of the configured form (`value`, `pattern`).
    BAD_CASE_NUMBER BadCaseNumber "bad-case-number";
    /// A file in cases/ is not named after a case number (`value`, `pattern`).
    BAD_CASE_FILE_NAME BadCaseNumber "bad-case-file-name";
    /// Two items of a meeting have the same number (`number`, `other`: path).
    SAME_NUMBER DuplicateItem "same-number";
    /// Two items of a meeting have the same id (`id`, `other`: path).
    SAME_ID DuplicateItem "same-id";
    /// Two things have the same address (`address`, `other`: path).
    URL_COLLISION UrlCollision "url-collision";
    /// Something has the address of a part of the site itself (`address`).
    RESERVED_ADDRESS UrlCollision "reserved-address";
    /// A link to nothing in the site (`target`).
    BROKEN_LINK BrokenLink "broken-link";
    /// A link to a place on a page that is not there (`fragment`).
    BROKEN_FRAGMENT BrokenLink "broken-fragment";
    /// A link to what is not published: a draft, or a file of a closed item (`target`).
    HIDDEN_TARGET BrokenLink "hidden-target";
    /// An attachment's file is not there (`file`).
    MISSING_ATTACHMENT MissingAttachment "missing-attachment";
    /// An attachment's file is a page of its own (`file`).
    ATTACHMENT_IS_PAGE MissingAttachment "attachment-is-page";
    /// `continues` names nothing (`value`).
    UNKNOWN_CONTINUATION UnknownContinuation "unknown-continuation";
    /// A symbolic link in the content.
    SYMBOLIC_LINK UnsafePath "symbolic-link";
    /// A path that leaves the content (`value`).
    LEAVES_CONTENT UnsafePath "leaves-content";
    /// A file name with a character that cannot stand in an address (`name`).
    UNSAFE_NAME UnsafePath "unsafe-name";
    /// A name in an address is longer than a file's name can be (`name`, `limit`: in bytes).
    NAME_TOO_LONG UnsafePath "name-too-long";
    /// A text file is not UTF-8.
    NOT_UTF8 NotUtf8 "not-utf8";
    /// A file's name is not UTF-8.
    NAME_NOT_UTF8 NotUtf8 "name-not-utf8";
    /// The secretariat's template was not filled in (`text`).
    PLACEHOLDER_TEXT PlaceholderText "placeholder-text";
    /// A CPR number (`number`, masked).
    CPR_NUMBER CprNumber "cpr-number";
    /// A CPR number in a file's name (`number`, masked).
    CPR_IN_NAME CprNumber "cpr-in-name";
    /// A number that no published item has as its case (`number`).
    UNKNOWN_CASE UnknownCase "unknown-case";
    /// A file in cases/ for a number that no published item has (`number`).
    CASE_WITHOUT_ITEM UnknownCase "case-without-item";
    /// A topic without a file (`topic`).
    UNKNOWN_TOPIC UnknownTopic "unknown-topic";
    /// The same, and one with a file is near (`topic`, `nearest`).
    MISSPELT_TOPIC UnknownTopic "misspelt-topic";
    /// A number on several items of a meeting, not marked as standing (`number`, `items`).
    SHARED_CASE_NUMBER SharedCaseNumber "shared-case-number";
    /// Raw HTML (`html`).
    RAW_HTML RawHtml "raw-html";
    /// A link with a scheme that is not allowed (`scheme`).
    LINK_SCHEME LinkScheme "link-scheme";
    /// An image without alternative text (`image`).
    IMAGE_WITHOUT_ALT ImageWithoutAlt "image-without-alt";
    /// A heading of level 1 in the text.
    HEADING_ONE HeadingOrder "heading-one";
    /// A heading that skips a level (`level`, `marks`: the marks it should have).
    HEADING_SKIPS HeadingOrder "heading-skips";
    /// A heading without text, which is left out.
    EMPTY_HEADING HeadingOrder "empty-heading";
    /// A closed item without its ground.
    CLOSED_WITHOUT_GROUND ClosedWithoutGround "closed-without-ground";
    /// A file that nothing published names.
    UNPUBLISHED_FILE UnpublishedFile "unpublished-file";
    /// A file where no file of the content belongs.
    MISPLACED_FILE UnpublishedFile "misplaced-file";
    /// A number that may be a CPR number (`number`, masked).
    POSSIBLE_CPR_NUMBER PossibleCprNumber "possible-cpr-number";
    /// A CPR number in what is not published (`number`, masked).
    HIDDEN_CPR_NUMBER PossibleCprNumber "hidden-cpr-number";
    /// No accessibility statement is configured.
    NO_ACCESSIBILITY_STATEMENT AccessibilityStatement "no-accessibility-statement";
    /// The accessibility statement is older than 11 months (`date`).
    OLD_ACCESSIBILITY_STATEMENT AccessibilityStatement "old-accessibility-statement";
    /// Items of different meetings with much the same title, not joined (`title`, `other`, `line`: the line to write).
    POSSIBLE_CONTINUATION PossibleContinuation "possible-continuation";
}
