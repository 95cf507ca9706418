//! Questions about a line of a document that the council's template answers.
//!
//! Takes the configuration; tells sections, facts, groups of people, number lines and template text by their words. A line
//! is compared by its letters and digits alone, so that letter case, blanks, hyphens and a colon behind it do not matter.

use crate::config::{Config, Fact, Role};
use crate::model::slug::slug;
use crate::privacy::placeholder;
use regex::Regex;
use std::collections::BTreeMap;

/// The template, ready to be asked.
#[derive(Debug)]
pub struct Template<'a> {
    config: &'a Config,
    facts: BTreeMap<String, Fact>,
    open: Vec<String>,
    closed: Vec<String>,
    placeholders: Vec<String>,
    sections: Vec<String>,
    contents: Vec<String>,
    participants: Vec<String>,
    groups: Vec<String>,
}

/// A line that holds an item's case numbers: `SAG-2025-03929 Ulla Larney`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberLine {
    /// In their canonical form.
    pub cases: Vec<String>,
    /// What stands behind them: who is responsible, or nothing.
    pub rest: String,
}

/// What of a text is compared.
pub fn fold(text: &str) -> String {
    let mut folded = slug(text);
    folded.retain(|letter| letter != '-');
    folded
}

impl<'a> Template<'a> {
    /// The template of this configuration.
    pub fn new(config: &'a Config) -> Self {
        let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        let words = &config.import;
        // An earlier label wins: the configuration's stand before the defaults.
        let facts = words.facts.iter().rev().map(|(label, fact)| (fold(label), *fact)).collect();
        Self {
            config,
            facts,
            open: folded(&words.open),
            closed: folded(&words.closed),
            placeholders: folded(&words.placeholders),
            sections: folded(&words.sections),
            contents: folded(&words.contents),
            participants: folded(&words.participants),
            groups: folded(&words.groups),
        }
    }

    /// The configuration that it was made from.
    pub fn config(&self) -> &'a Config {
        self.config
    }

    /// The role of a section with this heading; `None` for words that the configuration does not know as one.
    pub fn section(&self, line: &str) -> Option<Role> {
        let heading = line.trim().trim_end_matches(':');
        let role = self.config.role(heading);
        let known = role != Role::Other || self.sections.contains(&fold(heading));
        (known && heading.chars().count() < 60).then_some(role)
    }

    /// The fact with this label.
    pub fn fact(&self, label: &str) -> Option<Fact> {
        self.facts.get(&fold(label)).copied()
    }

    /// The fact whose label begins this line, and what stands behind it.
    pub fn fact_line<'l>(&self, line: &'l str) -> Option<(Fact, &'l str)> {
        // Longer labels first: one may begin with another.
        let ends = line.char_indices().filter(|(_, c)| c.is_whitespace() || *c == ':').map(|(at, _)| at);
        let mut ends: Vec<usize> = ends.chain([line.len()]).filter(|end| *end <= 60).collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            // A sign behind the label is the value's: `Lukningsgrund: § 10`.
            line[..end].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == ')').then_some(())?;
            let fact = self.fact(&line[..end])?;
            Some((fact, line[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ':')))
        })
    }

    /// The fact of a line that has its label, a colon and its value.
    pub fn labelled<'l>(&self, line: &'l str) -> Option<(Fact, &'l str)> {
        let (fact, rest) = self.fact_line(line)?;
        let label = &line[..line.len() - rest.len()];
        (label.contains(':') && !rest.is_empty()).then_some((fact, rest))
    }

    /// Whether a label of a fact begins with this: the first line of one that is broken.
    pub fn begins_fact(&self, line: &str) -> bool {
        let begun = fold(line);
        begun.len() > 3 && self.facts.keys().any(|label| label.starts_with(&begun))
    }

    /// A heading above a group of participants, or above all of them.
    pub fn is_group(&self, line: &str) -> bool {
        let folded = fold(line);
        self.groups.contains(&folded) || self.participants.contains(&folded)
    }

    /// A heading above all participants.
    pub fn is_participants(&self, line: &str) -> bool {
        self.participants.contains(&fold(line))
    }

    /// The heading of a table of contents.
    pub fn is_contents(&self, line: &str) -> bool {
        self.contents.contains(&fold(line))
    }

    /// Template text that nobody filled in, and nothing else.
    pub fn is_placeholder(&self, text: &str) -> bool {
        let folded = fold(text);
        let found = placeholder::find(text);
        let covered: usize = found.iter().map(|at| fold(&text[at.clone()]).len()).sum();
        !folded.is_empty() && (covered == folded.len() || self.placeholders.contains(&folded))
    }

    /// The number at the beginning of a line, and the title behind it.
    pub fn item_number<'l>(&self, line: &'l str) -> Option<(&'l str, &'l str)> {
        let found = self.config.import.item_number.captures(line)?;
        let (whole, number) = (found.get(0)?, found.get(1)?);
        let rest = &line[whole.end()..];
        let parted = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '(');
        parted.then(|| (number.as_str(), rest.trim()))
    }

    /// Whether a title begins or ends with a word for open or closed; with it, the title without that word.
    pub fn access(&self, title: &str) -> Option<(bool, String)> {
        let state = |word: &str| {
            let folded = fold(word);
            let is = |words: &[String]| words.contains(&folded);
            if is(&self.closed) { Some(true) } else { is(&self.open).then_some(false) }
        };
        let title = title.trim();
        if let Some(closed) = state(title) {
            return Some((closed, String::new()));
        }
        let at_edge = |c: char| c.is_whitespace() || "()[]-–—:.".contains(c);
        // A phrase of several words is no word of a title: `Lukket punkt Personsag`.
        let words = &self.config.import;
        let phrases =
            words.closed.iter().map(|phrase| (true, phrase)).chain(words.open.iter().map(|phrase| (false, phrase)));
        for (closed, phrase) in phrases.filter(|(_, phrase)| phrase.contains(' ')) {
            let rest = title.get(phrase.len()..).filter(|_| title.to_lowercase().starts_with(&phrase.to_lowercase()));
            if let Some(rest) = rest.filter(|rest| rest.starts_with(at_edge)) {
                return Some((closed, rest.trim_start_matches(at_edge).to_owned()));
            }
        }
        let opened = title.starts_with(['(', '[']);
        let inner = if opened { &title[1..] } else { title };
        let first = inner.find([')', ']', ':', '-', '–']).map(|at| at + usize::from(opened));
        if let Some(end) = first
            && let Some(closed) = state(title[..end].trim_start_matches(['(', '[']))
        {
            let after = title[end..].chars().next().map_or(end, |c| end + c.len_utf8());
            return Some((closed, title[after..].trim_start_matches(at_edge).to_owned()));
        }
        let last = title.rfind(['(', '[', '-', '–', ','])?;
        let after = title[last..].chars().next().map_or(last, |c| last + c.len_utf8());
        let closed = state(title[after..].trim_end_matches([')', ']']))?;
        Some((closed, title[..last].trim_end_matches(at_edge).to_owned()))
    }

    /// Whether a line has a word that says that something is closed, wherever it stands: for looking at it once more.
    pub fn names_closed(&self, line: &str) -> bool {
        let stems: Vec<&str> = self.closed.iter().filter_map(|word| word.get(..5)).collect();
        let words = line.split(|c: char| !c.is_alphanumeric()).map(fold);
        words.into_iter().any(|word| {
            stems.iter().any(|stem| word.strip_prefix(stem).is_some_and(|end| matches!(end, "t" | "de" | "te")))
        })
    }

    /// The case numbers of a line that begins with one, or with a label for them, and what stands behind them.
    pub fn number_line(&self, line: &str) -> Option<NumberLine> {
        let (labelled, rest) = match self.fact_line(line) {
            Some((Fact::Cases, rest)) => (true, rest),
            Some(_) => return None,
            None => (false, line.trim_start()),
        };
        let mut cases = Vec::new();
        let mut end = 0;
        for (at, number) in self.config.case_number.find_all(rest) {
            let between = rest[end..at.start].trim_matches(|c: char| c.is_whitespace() || ",;/&()[]".contains(c));
            if !(between.is_empty() || !cases.is_empty() && matches!(between, "og" | "samt")) {
                break;
            }
            cases.push(number.to_string());
            end = at.end;
        }
        if cases.is_empty() {
            return labelled.then(|| NumberLine { cases, rest: rest.to_owned() });
        }
        let rest = rest[end..].trim_start_matches(|c: char| c.is_whitespace() || ",;)]:–-".contains(c)).trim_end();
        // A sentence that begins with a number is prose.
        let is_prose = !labelled
            && (rest.ends_with(['.', '?']) && rest.split_whitespace().count() > 4 || rest.chars().count() > 200);
        (!is_prose).then(|| NumberLine { cases, rest: rest.to_owned() })
    }

    /// Whether a line is a block by itself, whatever stands around it.
    pub fn stands_alone(&self, line: &str) -> bool {
        let line = line.trim();
        self.section(line).is_some()
            || self.is_group(line)
            || self.is_contents(line)
            || self.is_placeholder(line)
            || self.access(line).is_some_and(|(_, rest)| rest.is_empty())
    }
}

/// Names that stand one after another: `A, B og C`.
pub fn names(text: &str) -> Vec<String> {
    let text = text.trim().trim_end_matches([',', ';']);
    let parts = text.split([',', ';', '/']).flat_map(|part| part.split(" og ")).map(|name| {
        let name = name.trim();
        name.strip_prefix("og ").unwrap_or(name).trim().to_owned()
    });
    parts.filter(|name| !name.is_empty()).collect()
}

/// A regular expression of this program's own; one that is none matches nothing.
pub fn own_pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

#[cfg(test)]
mod tests {
    use super::{NumberLine, Template, names};
    use crate::config::{Config, Fact, Role};

    fn config(more: &str) -> Config {
        let text = format!("base_url = \"https://example.dk\"\ntitle = \"Rådet\"\n{more}");
        let mut faults = Vec::new();
        let config = Config::parse(&"sagnet.toml".into(), &text, &[], &mut faults).expect("a configuration");
        assert!(faults.is_empty(), "{faults:?}");
        config
    }

    #[test]
    fn lines_of_the_default_template_are_told_apart() {
        let config = config("");
        let template = Template::new(&config);
        assert_eq!(template.section(" Sagsfremstilling: "), Some(Role::Presentation));
        assert_eq!(template.section("Sagsfremstillingen er"), None);
        assert_eq!(template.fact_line("Sag indbragt af KOMBIT"), Some((Fact::SubmittedBy, "KOMBIT")));
        assert_eq!(template.fact("Strategisk op-\nhæng"), Some(Fact::StrategicBasis));
        assert!(
            template.begins_fact("Arkitekturper-") && !template.begins_fact("Ark") && !template.begins_fact("Rådet")
        );
        assert!(template.is_group("It-Arkitekturrådets medlemmer: ") && template.is_group("Deltagerfortegnelse"));
        assert!(
            template.is_placeholder("Her skrives Sagsfremstillingen") && !template.is_placeholder("Her skrives der")
        );
        assert_eq!(template.item_number("2.4. KOMBIT’s"), Some(("2.4", "KOMBIT’s")));
        assert_eq!(template.item_number("2025-2029"), None);
        let line = |cases: &[&str], rest: &str| {
            Some(NumberLine { cases: cases.iter().map(|case| (*case).to_owned()).collect(), rest: rest.to_owned() })
        };
        assert_eq!(template.number_line("sag–2025-03929 Ulla Larney "), line(&["SAG-2025-03929"], "Ulla Larney"));
        let two = template.number_line("SAG-2025-03929, MOD-2024-00167 PAH");
        assert_eq!(two, line(&["SAG-2025-03929", "MOD-2024-00167"], "PAH"));
        assert_eq!(template.number_line("SAG-2025-03929 blev drøftet af rådet i maj."), None);
        assert_eq!(template.number_line("Jf. SAG-2025-03929"), None);
    }

    #[test]
    fn another_template_is_configuration() {
        let config = config(
            "case_number = '\\d{3}-\\d{4}-\\d+'\n[import]\nitem_number = '(?:Punkt|Pkt\\.) (\\d+)[:.]?'\n[import.facts]\n\"Sagsnr.\" = \"cases\"\n\"Sagsforløb\" = \"process_status\"\n",
        );
        let template = Template::new(&config);
        assert_eq!(template.item_number("Punkt 7: Lokalplan"), Some(("7", "Lokalplan")));
        let line = template.number_line("Sagsnr.: 330-2018-3619").expect("a number line");
        assert_eq!((line.cases, line.rest), (vec!["330-2018-3619".to_owned()], String::new()));
        assert_eq!(template.access("(Lukket) Køb af grund"), Some((true, "Køb af grund".to_owned())));
        assert_eq!(template.access("Åbent - Lokalplan 12"), Some((false, "Lokalplan 12".to_owned())));
        assert_eq!(template.access("Køb af grund (lukket)"), Some((true, "Køb af grund".to_owned())));
        assert_eq!(template.access("Åbent"), Some((false, String::new())));
        assert_eq!(template.access("[Lukket] Køb af grund"), Some((true, "Køb af grund".to_owned())));
        assert_eq!(template.access("Lukket punkt Personsag"), Some((true, "Personsag".to_owned())));
        assert_eq!(template.access("LUKKET DAGSORDEN"), Some((true, String::new())));
        assert!(template.names_closed("Punktet er lukket") && template.names_closed("Lukkede sager"));
        assert!(!template.names_closed("Skolen lukkes") && !template.names_closed("Åbent"));
        assert_eq!(template.access("Lokalplan 12 - ny vej"), None);
        assert_eq!(template.fact("Sagsforløb"), Some(Fact::ProcessStatus));
    }

    #[test]
    fn names_are_told_apart() {
        assert_eq!(
            names("Mette Jespersen, Inge Speiermann og Jan Kjellerup"),
            ["Mette Jespersen", "Inge Speiermann", "Jan Kjellerup"]
        );
        assert_eq!(names("PAH"), ["PAH"]);
        assert!(names(" ").is_empty());
    }
}
