//! The codes of diagnostics and their severities: part of the contract, the same in every language.

use serde::Serialize;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Stops the build.
    Error,
    /// Should be mended; the site is published.
    Warning,
    /// A suggestion.
    Advice,
}

impl Severity {
    /// The word in output: never translated.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $severity:ident;)*) => {
        /// What kind of fault it is; docs/DIAGNOSTICS.md explains each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $text] $variant,)*
        }

        impl Code {
            /// Every code, errors first.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as printed.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The severity of every diagnostic of this code.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    InvalidFrontMatter "invalid-front-matter" Error;
    UnknownField "unknown-field" Error;
    MissingField "missing-field" Error;
    BadValue "bad-value" Error;
    BadDate "bad-date" Error;
    BadCaseNumber "bad-case-number" Error;
    DuplicateItem "duplicate-item" Error;
    UrlCollision "url-collision" Error;
    BrokenLink "broken-link" Error;
    MissingAttachment "missing-attachment" Error;
    UnknownContinuation "unknown-continuation" Error;
    UnsafePath "unsafe-path" Error;
    NotUtf8 "not-utf8" Error;
    PlaceholderText "placeholder-text" Error;
    CprNumber "cpr-number" Error;
    UnknownCase "unknown-case" Warning;
    UnknownTopic "unknown-topic" Warning;
    SharedCaseNumber "shared-case-number" Warning;
    RawHtml "raw-html" Warning;
    LinkScheme "link-scheme" Warning;
    ImageWithoutAlt "image-without-alt" Warning;
    HeadingOrder "heading-order" Warning;
    ClosedWithoutGround "closed-without-ground" Warning;
    UnpublishedFile "unpublished-file" Warning;
    PossibleCprNumber "possible-cpr-number" Warning;
    AccessibilityStatement "accessibility-statement" Warning;
    PossibleContinuation "possible-continuation" Advice;
}
