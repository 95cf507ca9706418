//! Text files that are made to do harm.

use super::super::Hostile;

/// A small agenda, so that there is something to import.
const HEAD: &str = "1. Godkendelse\nSAG-2025-00001 Anna Holm\nBaggrund\n";

fn behind(text: &str) -> String {
    format!("{HEAD}{text}\n")
}

/// All of them.
pub fn files() -> Vec<Hostile> {
    let (mut headings, mut items, mut facts, mut deep) = (String::new(), String::new(), String::new(), String::new());
    for at in 0..100_000 {
        headings += &format!("{}. Overskrift {at}\n\n", at % 999 + 1);
        items += &format!("{}. Punkt {at}\nSAG-2025-{at:05} Anna Holm\n", at % 999 + 1);
        facts += &format!("Sag indbragt af Kontor {at}\n");
    }
    for at in 0..100_000 {
        deep += &format!("{}- led {at}\n", " ".repeat(at % 300));
    }
    let notes: String = (1..20_000).map(|at| format!("Et ord{at} med note.\n\n{at}En note {at}\n\n")).collect();
    let targets: String = (0..20_000).map(|at| format!("https://example.dk/{at}?x=%2F\n")).collect();
    let contents: String = (1..50_000).map(|at| format!("{}.{} Titel ...... {at}\n", at / 99 + 1, at % 99)).collect();
    let table: String = (0..20_000).map(|at| format!("celle {at}      celle      celle      celle\n")).collect();
    let broken: String = (0..50_000).map(|at| format!("sammen-\nsat{at} ord og drifts-\n\nog støtte\n")).collect();
    let people: String = (0..50_000).map(|at| format!("• Navn {at}, chef, Kommune (note)\n")).collect();
    vec![
        Hostile::refused("100 MB of one letter", "a".repeat(100 << 20)),
        Hostile::either("a line of 30 MB", behind(&"ord ".repeat(30 << 18))),
        Hostile::either("a word of 30 MB", behind(&"a".repeat(30 << 20))),
        Hostile::either("1 M short lines", behind(&"ord\n".repeat(1_000_000))),
        Hostile::either("1 M short lines, each apart", behind(&"ord\n\n".repeat(1_000_000))),
        Hostile::either("1 M lines, each a sentence", behind(&"Ordet er sagt.\n".repeat(1_000_000))),
        Hostile::refused("form feeds", "\u{c}".repeat(1_000_000)),
        Hostile::either("form feeds between lines", behind(&"\u{c}ord\n".repeat(300_000))),
        Hostile::refused("NUL bytes", vec![0; 1_000_000]),
        Hostile::refused("a NUL byte at the end", behind("\0")),
        Hostile::either("lone combining characters", behind(&"\u{301}\u{308}\u{20dd}\n".repeat(200_000))),
        Hostile::refused("one letter with 1 M accents", behind(&format!("e{}", "\u{301}".repeat(1_000_000)))),
        Hostile::refused("marks of direction", behind(&"\u{202e}\u{2066}ord\u{2069}\u{200f}\n".repeat(100_000))),
        Hostile::either("100,000 numbered headings", behind(&headings)),
        Hostile::either("100,000 items", items),
        Hostile::either("100,000 facts", behind(&facts)),
        Hostile::either("100,000 bullets, deeper and deeper", behind(&deep)),
        Hostile::either("100,000 bullets alone", behind(&"-\n".repeat(100_000))),
        Hostile::either("500,000 lines of blanks", behind(&format!("{}\n", " ".repeat(60)).repeat(500_000))),
        Hostile::imported("long words with hyphens", behind(&format!("{}-\n", "ord-".repeat(5_000)).repeat(200))),
        Hostile::either("20,000 footnotes", behind(&notes)),
        Hostile::either("20,000 links", behind(&targets)),
        Hostile::either("a table of contents of 50,000 lines", format!("Indhold\n{contents}{HEAD}")),
        Hostile::either("a table of 20,000 rows", behind(&table)),
        Hostile::either("50,000 broken words", behind(&broken)),
        Hostile::either("50,000 people", format!("Deltagere\nMedlemmer:\n{people}{HEAD}Tekst.\n")),
        Hostile::either("200,000 case numbers in a line", behind(&"SAG-2025-00001 ".repeat(200_000))),
        Hostile::either("1 M signs of Markdown", behind(&"*_`[<&|\\#~!]()>".repeat(70_000))),
        Hostile::either("50,000 brackets", behind(&"[".repeat(50_000))),
        Hostile::either("50,000 quotes", behind(&format!("{} ord", "> ".repeat(50_000)))),
    ]
}
