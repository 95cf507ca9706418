//! The sentences of diagnostics in the site's language.
//!
//! Takes the built-in language file `lang/LANGUAGE-diagnostics.toml`, gives a fault's message and help with its words.

use super::Diagnostic;
use crate::placeholders::fill;
use crate::theme;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The sentences of one language.
#[derive(Debug, Deserialize)]
pub struct Texts {
    types: BTreeMap<String, String>,
    faults: BTreeMap<String, Sentences>,
    summary: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Sentences {
    message: String,
    help: String,
}

impl Texts {
    /// The sentences in `language`, or in English where the program does not speak it.
    pub fn of(language: &str) -> Self {
        let read = |language: &str| {
            let text = theme::built_in(&format!("lang/{language}-diagnostics.toml"))?;
            toml::from_str(&String::from_utf8_lossy(text)).ok()
        };
        read(language).or_else(|| read("en")).unwrap_or_else(|| Self {
            types: BTreeMap::new(),
            faults: BTreeMap::new(),
            summary: BTreeMap::new(),
        })
    }

    /// What is wrong.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        let key = diagnostic.fault.key;
        self.faults.get(key).map_or_else(|| key.to_owned(), |s| self.fill(&s.message, &diagnostic.words))
    }

    /// How to mend it.
    pub fn help(&self, diagnostic: &Diagnostic) -> String {
        self.faults.get(diagnostic.fault.key).map_or_else(String::new, |s| self.fill(&s.help, &diagnostic.words))
    }

    /// A sentence of the summary, such as `built` or `failed`, with its words.
    pub fn summary(&self, key: &str, words: &[(&'static str, String)]) -> String {
        self.summary.get(key).map_or_else(|| key.to_owned(), |text| self.fill(text, words))
    }

    fn fill(&self, text: &str, words: &[(impl AsRef<str>, String)]) -> String {
        fill(text, |name| {
            let (_, word) = words.iter().find(|(word, _)| word.as_ref() == name)?;
            Some(self.types.get(word).filter(|_| name == "expected").unwrap_or(word))
        })
    }

    #[cfg(test)]
    fn keys(&self) -> Vec<&str> {
        self.faults.keys().map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::diagnostic::faults;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_languages_have_every_sentence_and_the_same_words() {
        let (danish, english) = (Texts::of("da"), Texts::of("en"));
        let mut catalogue: Vec<_> = faults::ALL.iter().map(|fault| fault.key).collect();
        catalogue.sort_unstable();
        assert_eq!(danish.keys(), catalogue);
        assert_eq!(english.keys(), catalogue);
        for key in catalogue {
            let (da, en) = (&danish.faults[key], &english.faults[key]);
            assert_eq!(placeholders(&da.message), placeholders(&en.message), "message of {key}");
            assert_eq!(placeholders(&da.help), placeholders(&en.help), "help of {key}");
            assert!(!da.message.is_empty() && !da.help.is_empty(), "{key}");
        }
        assert_eq!(danish.types.keys().collect::<Vec<_>>(), english.types.keys().collect::<Vec<_>>());
        assert_eq!(danish.summary.keys().collect::<Vec<_>>(), english.summary.keys().collect::<Vec<_>>());
    }
}
