//! One line of participants: the people in it, each with what is said of them.
//!
//! Takes the words of a line; gives people: a name, what they do, for whom, and a note in brackets.

use super::front;
use crate::import::draft::Person;
use crate::import::template::fold;

/// The people of a line: one, or all of `A, B og C`. Without notes in brackets and `og`, names alone are told from a name and
/// an organisation where nothing but names is expected (`listed`).
pub fn several(text: &str, listed: bool) -> Vec<Person> {
    let text = text.trim().trim_end_matches([',', ';']);
    let ends_in_word = text.split_whitespace().last().is_some_and(|word| word.chars().count() > 4);
    let text = if listed && ends_in_word { text.trim_end_matches('.') } else { text };
    let each = |parts: &[&str]| parts.iter().filter_map(|part| person(part)).collect::<Vec<_>>();
    let all_named = |parts: &[&str]| parts.len() > 1 && parts.iter().all(|part| is_name(head_of(part)));
    let parted: Vec<&str> = text.split(';').collect();
    if all_named(&parted) {
        return each(&parted);
    }
    // `Anna Holm (A), Bo Lund, KL (B)`: each ends with its note.
    let parts = parts(text);
    let mut noted: Vec<&str> = Vec::new();
    let mut from = 0;
    for part in parts.iter().filter(|part| part.ends_with(')')) {
        let Some(at) = text[from..].find(part) else { break };
        let end = from + at + part.len();
        noted.push(text[from..end].trim_start_matches([',', ' ']));
        from = end;
    }
    let noted: Vec<&str> = noted.into_iter().map(|part| part.strip_prefix("og ").unwrap_or(part)).collect();
    if from == text.len() && all_named(&noted) {
        return each(&noted);
    }
    let joined = text.contains(" og ");
    let single = |part: &&str| !part.contains(' ') && part.starts_with(char::is_uppercase) && !is_other(part);
    if all_named(&parts) && (listed || joined) || listed && parts.len() > 1 && parts.iter().all(single) {
        return each(&parts);
    }
    person(text).into_iter().collect()
}

/// Says how many there are, and no name: `Ingen afbud`, `Alle medlemmer`.
pub fn is_nobody(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    ["ingen", "intet", "alle", "samtlige"].contains(&fold(first).as_str()) && words.split_whitespace().count() < 4
}

/// What commas and `og` part, outside of brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, letter) in text.char_indices() {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        let width = match letter {
            ',' => 1,
            ' ' if text[at..].starts_with(" og ") => 4,
            _ => continue,
        };
        if depth == 0 && at >= from {
            parts.push(text[from..at].trim());
            from = at + width;
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// What stands before the first comma or bracket.
pub fn head_of(text: &str) -> &str {
    text.split([',', '(']).next().unwrap_or_default().trim()
}

/// How words end that are a role or a part of an organisation.
const OTHERS: [&str; 18] = [
    "chef",
    "direktør",
    "konsulent",
    "leder",
    "formand",
    "mester",
    "sekretær",
    "forvaltning",
    "styrelse",
    "styrelsen",
    "afdeling",
    "center",
    "kontor",
    "udvalg",
    "udvalget",
    "rådet",
    "service",
    "arkiv",
];

/// A role, or the name of an organisation.
fn is_other(part: &str) -> bool {
    let lower = part.to_lowercase();
    is_organisation(part) || lower.split_whitespace().any(|word| OTHERS.iter().any(|other| word.ends_with(other)))
}

/// Two to four words with capitals that are no role and no organisation.
pub fn is_name(text: &str) -> bool {
    let particles = ["de", "la", "af", "van", "von", "der", "den", "el", "al"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) || particles.contains(word);
    (2..5).contains(&words.len())
        && words.iter().all(capital)
        && text.starts_with(char::is_uppercase)
        && !text.contains(|c: char| c.is_ascii_digit() || c == '&')
        && !is_other(text)
}

/// Words in an organisation's name, at its end or as a whole.
const ORGANISATIONS: [&str; 12] = [
    "kommune",
    "region",
    "kl",
    "kombit",
    "digst",
    "styrelsen",
    "ministeriet",
    "forening",
    "a/s",
    "universitet",
    "kita",
    "forlag",
];

fn is_organisation(part: &str) -> bool {
    let lower = part.to_lowercase();
    ORGANISATIONS.iter().any(|word| {
        lower == *word
            || lower.ends_with(&format!(" {word}"))
            || lower.ends_with(word) && word.len() > 5
            || lower.starts_with(&format!("{word} "))
    })
}

/// `Name, role, organisation (note)`: the last of what commas part is the organisation, unless it says what else they are.
pub fn person(text: &str) -> Option<Person> {
    let text = text.trim().trim_end_matches([',', ';']);
    let (text, mut note) = match text.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((before, note)) if !before.trim().is_empty() => {
            (before.trim().trim_end_matches(','), Some(note.trim().to_owned()))
        }
        _ => (text, None),
    };
    let mut parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return None;
    }
    let name = parts.remove(0).to_owned();
    let capital = name.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(char::is_uppercase));
    if !capital || name.split_whitespace().count() > 8 || is_nobody(&name) || front::is_kind(&name) {
        return None;
    }
    // What follows the organisation in small letters says what else somebody is: `formand for KITA`.
    if note.is_none()
        && parts.len() > 1
        && parts.last().is_some_and(|last| last.starts_with(char::is_lowercase))
        && parts.get(parts.len() - 2).is_some_and(|part| is_organisation(part))
    {
        note = parts.pop().map(str::to_owned);
    }
    // One word that names no organisation is what somebody does: `Borgmester`.
    let is_role = |part: &str| {
        let capitals = part.chars().all(|c| !c.is_lowercase());
        part.starts_with(char::is_lowercase) || !part.contains(' ') && !capitals && !is_organisation(part)
    };
    let organisation = match parts.as_slice() {
        [only] if is_role(only) => None,
        _ => parts.pop().map(str::to_owned),
    };
    let role = (!parts.is_empty()).then(|| parts.join(", "));
    Some(Person { name, role, organisation, note })
}

#[cfg(test)]
mod tests {
    use super::{person, several};

    #[test]
    fn particulars_are_told_apart() {
        let told = |text| {
            let person = person(text).expect("a person");
            [Some(person.name), person.role, person.organisation, person.note].map(|field| field.unwrap_or_default())
        };
        assert_eq!(told("Vibeke Normann, KL"), ["Vibeke Normann", "", "KL", ""]);
        assert_eq!(
            told("Pia Færch, Kontorchef, Digitale projekter, Borgerservice & Itarkitektur, KL (mødeleder)"),
            ["Pia Færch", "Kontorchef, Digitale projekter, Borgerservice & Itarkitektur", "KL", "mødeleder"]
        );
        assert_eq!(
            told("Henrik Brix, It- og digitaliseringschef, Favrskov Kommune, formand for KITA"),
            ["Henrik Brix", "It- og digitaliseringschef", "Favrskov Kommune", "formand for KITA"]
        );
        assert_eq!(told("Bo Fristed"), ["Bo Fristed", "", "", ""]);
        assert_eq!(told("Anna Holm, Borgmester"), ["Anna Holm", "Borgmester", "", ""]);
        assert_eq!(told("Anna Holm, Rigsarkivet Odense"), ["Anna Holm", "", "Rigsarkivet Odense", ""]);
    }

    #[test]
    fn several_people_of_a_line_are_told_apart() {
        let names = |text, listed| several(text, listed).into_iter().map(|person| person.name).collect::<Vec<_>>();
        assert_eq!(names("Anna Holm (A), Bo Lund (B), Carl Bak (C)", false), ["Anna Holm", "Bo Lund", "Carl Bak"]);
        assert_eq!(names("Anna Holm, Bo Lund og Carl Bak", true), ["Anna Holm", "Bo Lund", "Carl Bak"]);
        for one in ["Line Laudrup, KL", "Marie Gottlieb Danneskiold-Samsøe, Ringsted Kommune", "Anna Holm, Borgmester"]
        {
            assert_eq!(names(one, true).len(), 1, "{one}");
        }
    }
}
