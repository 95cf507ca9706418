//! What stands at the edges of pages: running heads, page numbers, footnotes, and targets of links.
//!
//! Takes it out of the lines, so that a paragraph which goes on over the end of a page is one. What the template knows stays:
//! it is neither furniture nor a note.

use super::citing::Cited;
use super::furniture;
use super::join::join;
use super::lines::{Gap, Line, Lines};
use super::start::is_target;
use crate::import::block::Place;
use crate::import::mend::Vocabulary;
use crate::import::remark::Remark;
use crate::import::template::Template;
use std::collections::{BTreeMap, BTreeSet};

/// What was taken out and belongs to the record.
#[derive(Debug, Default)]
pub struct Foot {
    /// Place, label and text of each footnote.
    pub notes: Vec<(Place, String, String)>,
    /// The targets of links.
    pub targets: Vec<(Place, String)>,
}

/// Lines from an item's number to its number line, at most.
const NUMBER_LINE: usize = 3;

/// Takes page furniture, footnotes and targets out of the lines.
pub fn take(lines: &mut Lines, template: &Template<'_>, remarks: &mut Vec<Remark>) -> Foot {
    let mut foot = Foot::default();
    let fixed = fixed(&lines.lines, template, false);
    furniture::take(lines, &fixed, remarks);
    let fixed = self::fixed(&lines.lines, template, true);
    let fixed: BTreeSet<u32> =
        lines.lines.iter().zip(fixed).filter(|(_, fixed)| *fixed).map(|(line, _)| line.number).collect();
    let mut pages: BTreeMap<u32, Vec<Line>> = BTreeMap::new();
    for line in lines.lines.drain(..) {
        pages.entry(line.page).or_default().push(line);
    }
    let all: String = pages.values().flatten().map(|line| format!("{}\n", line.text)).collect();
    let known = Known { cited: Cited::scan(&all), fixed };
    for page in pages.values_mut() {
        while page.last().is_some_and(|line| is_target(&line.text)) && page.len() > 1 {
            foot.targets.extend(page.pop().map(|line| (Place::Line(line.number), line.text)));
        }
        notes(page, &known, lines.spaced, &mut foot);
    }
    foot.targets.sort();
    lines.lines = pages.into_values().flatten().collect();
    foot
}

/// What is known of all lines.
struct Known {
    /// The labels that the text cites.
    cited: Cited,
    /// The numbers of lines that the template knows.
    fixed: BTreeSet<u32>,
}

/// Of each line, whether the template knows it: a heading, a number line, or the number and title of the item above one.
/// `bare`: a number without a title counts, too, where it stands on the same page.
fn fixed(lines: &[Line], template: &Template<'_>, bare: bool) -> Vec<bool> {
    let mut fixed: Vec<bool> = lines.iter().map(|line| template.stands_alone(&line.text)).collect();
    for at in 0..lines.len() {
        if template.number_line(&lines[at].text).is_none() {
            continue;
        }
        fixed[at] = true;
        // The nearest number above it is its item's.
        let above = (at.saturating_sub(NUMBER_LINE)..at).rev().find(|above| {
            let line = &lines[*above];
            let same_page = line.page == lines[at].page;
            template.item_number(&line.text).is_some_and(|(_, title)| {
                let titled = !title.is_empty() && !furniture::is_page_number(&line.text);
                titled && (same_page || !bare || above + 1 == at) || bare && same_page
            })
        });
        if let Some(above) = above {
            fixed[above] = true;
        }
    }
    fixed
}

/// The footnotes at the foot of a page.
fn notes(page: &mut Vec<Line>, known: &Known, spaced: bool, foot: &mut Foot) {
    let cited = &known.cited;
    let labelled = with_labels(page, known);
    let is_note = |line: &Line| {
        labelled.contains(&line.number)
            || note(&line.text).is_some_and(|(label, rest)| cited.is_cited(label, !is_glued(&line.text, label, rest)))
    };
    // The first of the notes at the foot stands apart from the text; a note's further lines follow it closely.
    let mut begin = None;
    for at in (1..page.len()).rev().take(30) {
        // No note stands above what is the text's for certain.
        if known.fixed.contains(&page[at].number) {
            break;
        }
        let apart = spaced || page[at].gap == Gap::Paragraph || labelled.contains(&page[at].number);
        if is_note(&page[at]) && (apart || begin.is_some()) {
            begin = Some(at);
        } else if page[at].gap == Gap::Paragraph && begin.is_none_or(|begin| at < begin) {
            break;
        }
    }
    let Some(begin) = begin else { return };
    let mut pending: Vec<(Place, String, Vec<Line>)> = Vec::new();
    for line in page.split_off(begin) {
        // The number behind the last note's is a note, though its citation is not found.
        let next =
            pending.last().and_then(|(_, label, _)| label.parse::<u32>().ok()).map(|label| (label + 1).to_string());
        let has_label = labelled.contains(&line.number);
        let follows = |label: &str, rest: &str| {
            let close = !is_glued(&line.text, label, rest);
            has_label || cited.is_cited(label, close) || next.as_deref() == Some(label)
        };
        match note(&line.text).filter(|(label, rest)| follows(label, rest)) {
            Some((label, text)) => {
                let (place, label) = (Place::Line(line.number), label.to_owned());
                let text = text.to_owned();
                pending.push((place, label, vec![Line { text, ..line }]));
            }
            None => {
                if let Some((_, _, lines)) = pending.last_mut() {
                    lines.push(line);
                }
            }
        }
    }
    for (place, label, lines) in pending {
        let lines: Vec<_> = lines.iter().map(|line| (Place::Line(line.number), line.text.as_str())).collect();
        foot.notes.push((place, label, join(&lines, &Vocabulary::default(), &mut Vec::new()).words()));
    }
}

/// Puts labels that stand on a line of their own before the text that they belong to: that of the line below, where it follows
/// closely, else of the line above. Gives the numbers of the lines that got one.
fn with_labels(page: &mut Vec<Line>, known: &Known) -> Vec<u32> {
    let mut last: Option<u32> = None;
    let value = |line: &Line| line.text.parse::<u32>().ok().filter(|_| line.text.len() <= 2);
    // The number behind the last one's is a label, though its citation is not found.
    let is_label = |line: &Line, last: Option<u32>| {
        !known.fixed.contains(&line.number)
            && value(line).is_some_and(|value| {
                last.map(|last| last + 1) == Some(value) || known.cited.is_cited(&line.text, false)
            })
    };
    let mut labelled = Vec::new();
    let mut at = page.len().saturating_sub(30);
    while at < page.len() {
        if !is_label(&page[at], last) {
            at += 1;
            continue;
        }
        let below = page.get(at + 1).is_some_and(|next| next.gap == Gap::Line && value(next).is_none());
        let (label, other) = (page[at].clone(), if below { at + 1 } else { at.saturating_sub(1) });
        let taken = labelled.contains(&page[other].number) || known.fixed.contains(&page[other].number);
        if other == at || taken {
            at += 1;
            continue;
        }
        let line = &mut page[other];
        line.text = format!("{} {}", label.text, line.text);
        line.gap = line.gap.max(label.gap);
        labelled.push(line.number);
        last = value(&label);
        page.remove(at);
    }
    labelled
}

/// The label and the text of a line that looks like a footnote: `1En workshop`, `1 En workshop`.
pub fn note(text: &str) -> Option<(&str, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(digits..)?.trim_start();
    ((1..=2).contains(&digits)
        && rest.starts_with(|c: char| c.is_uppercase() || "\"”’'".contains(c) || rest.starts_with("http")))
    .then_some((&text[..digits], rest))
}

/// Whether a label stands close before a capitalised word, as nothing but a footnote's does: `6En workshop`.
fn is_glued(text: &str, label: &str, rest: &str) -> bool {
    text.len() == label.len() + rest.len() && rest.chars().nth(1).is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::{Foot, take};
    use crate::config::Config;
    use crate::import::template::Template;

    /// What is left of a text, and what was taken out.
    fn taken(text: &str) -> (Vec<String>, Foot) {
        let config = "base_url = \"https://example.dk\"\ntitle = \"Rådet\"\n";
        let config = Config::parse(&"sagnet.toml".into(), config, &[], &mut Vec::new()).expect("a configuration");
        let mut lines = lines(text);
        let foot = take(&mut lines, &Template::new(&config), &mut Vec::new());
        (lines.lines.into_iter().map(|line| line.text).collect(), foot)
    }

    #[test]
    fn an_item_at_the_foot_of_a_page_is_no_note() {
        let item = "2 Klimaplan for alle kommuner\nSAG-2025-00002 Bo Berg";
        for cited in ["Mindre CO2 er målet.", "Det følger af aftalen2 fra maj."] {
            let (left, foot) = taken(&format!("{cited}\nMere tekst.\n\n{item}\n\u{c}Baggrund\nTekst."));
            assert_eq!((left.len(), foot.notes.len()), (6, 0), "{left:?}");
            let (left, foot) = taken(&format!("{cited}\nMere tekst.\n\n2\nKlimaplan\nSAG-2025-00002\n\u{c}Tekst."));
            assert_eq!((left.len(), foot.notes.len()), (6, 0), "{left:?}");
        }
    }

    #[test]
    fn a_note_before_an_item_on_the_next_page_is_one() {
        let (left, foot) =
            taken("Det følger af aftalen1 fra maj.\n\n1 Aftalen om it.\n\u{c}Klimaplan\nSAG-2025-00002 Bo");
        assert_eq!((left.len(), foot.notes.len()), (3, 1), "{left:?}");
    }

    #[test]
    fn headings_of_the_template_are_no_furniture() {
        let (left, _) = taken("Baggrund\nEt\n\u{c}Baggrund\nTo\n\u{c}Baggrund\nTre");
        assert_eq!(left.len(), 6, "{left:?}");
    }

    #[test]
    fn a_capital_letter_before_a_number_cites_nothing() {
        let (left, foot) = taken("Mindre CO2 er målet.\nMere.\n\n2 Husk at melde afbud.");
        assert_eq!((left.len(), foot.notes.len()), (3, 0), "{left:?}");
    }
}
