//! The sentences of the report in the site's language.
//!
//! Takes the built-in language file `lang/LANGUAGE-import.toml`; gives sentences with their words.

use super::block::Place;
use super::remark::About;
use crate::placeholders::fill;
use crate::theme;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The sentences of one language.
#[derive(Debug, Default, Deserialize)]
pub struct Texts {
    report: BTreeMap<String, String>,
    place: BTreeMap<String, String>,
    about: BTreeMap<String, Sentences>,
}

#[derive(Debug, Deserialize)]
struct Sentences {
    text: String,
    help: Option<String>,
}

impl Texts {
    /// The sentences in `language`, or in English where the program does not speak it.
    pub fn of(language: &str) -> Self {
        let read = |language: &str| {
            let text = theme::built_in(&format!("lang/{language}-import.toml"))?;
            toml::from_str(&String::from_utf8_lossy(text)).ok()
        };
        read(language).or_else(|| read("en")).unwrap_or_default()
    }

    /// A sentence of the report with its words.
    pub fn report(&self, key: &str, words: &[(&str, String)]) -> String {
        sentence(&self.report, key, words)
    }

    /// Where something stands in the document.
    pub fn place(&self, place: Place) -> String {
        let (key, words) = match place {
            Place::Line(line) => ("line", vec![("line", line.to_string())]),
            Place::Page(page, line) => ("page", vec![("page", page.to_string()), ("line", line.to_string())]),
            Place::Paragraph(number) => ("paragraph", vec![("number", number.to_string())]),
        };
        sentence(&self.place, key, &words)
    }

    /// What a remark is about, and what can be done.
    pub fn about(&self, about: About) -> (String, Option<&str>) {
        let key = about.key();
        self.about.get(&key).map_or((key, None), |sentences| (sentences.text.clone(), sentences.help.as_deref()))
    }
}

fn sentence(texts: &BTreeMap<String, String>, key: &str, words: &[(&str, String)]) -> String {
    let word = |name: &str| words.iter().find(|(word, _)| *word == name).map(|(_, word)| word.as_str());
    texts.get(key).map_or_else(|| key.to_owned(), |text| fill(text, word))
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::import::remark::About;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_languages_have_every_sentence_and_the_same_words() {
        let (danish, english) = (Texts::of("da"), Texts::of("en"));
        assert!(danish.report.len() > 20);
        for (a, b) in [(&danish.report, &english.report), (&danish.place, &english.place)] {
            assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
            for (key, text) in a {
                assert_eq!(placeholders(text), placeholders(&b[key]), "{key}");
            }
        }
        assert_eq!(danish.about.keys().collect::<Vec<_>>(), english.about.keys().collect::<Vec<_>>());
        for (key, sentences) in &danish.about {
            assert_eq!(sentences.help.is_some(), english.about[key].help.is_some(), "{key}");
        }
        let keys: BTreeSet<String> = About::ALL.iter().map(|about| about.key()).collect();
        assert_eq!(keys, danish.about.keys().cloned().collect::<BTreeSet<_>>());
    }
}
