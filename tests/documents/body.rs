//! An agenda or minutes as the body of a Word document.
//!
//! Takes the truth and a style; gives `document.xml`'s body and adds to the truth what stands in it and must not come
//! out: template phrases, the heading of the contents.

use super::inline::{Look, escape, field};
use super::paper::{Paper, Set};
use super::style::{Contents, Profile};
use super::truth::{Item, Section, Text, Truth};
use std::fmt::Write as _;

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"];
const ORDER: [&str; 6] = ["Baggrund", "Indstilling", "Sagsfremstilling", "Drøftelse", "Beslutning", "Bilag"];

/// Writes it all.
pub fn write(paper: &mut Paper, truth: &Truth) {
    front(paper, truth);
    let contents = paper.ink.style.contents;
    if contents == Contents::Start {
        table_of_contents(paper, truth);
    }
    if !truth.groups.is_empty() {
        participants(paper, truth);
    }
    for (number, title) in &truth.parts {
        let page = paper.ink.style.breaks;
        title_line(paper, 1, number, title, page);
        paper.blank();
        for each in truth.items.iter().filter(|item| item.number.split('.').next() == Some(number.as_str())) {
            item(paper, each, truth.minutes);
        }
    }
    if contents == Contents::End {
        table_of_contents(paper, truth);
    }
}

fn line(paper: &mut Paper, text: &str, look: Look) {
    let runs = paper.ink.words(text, look);
    paper.paragraph(&Set::default(), &runs);
}

/// `27. november 2025`, with the weekday where it is wanted.
fn spoken(date: &str, weekday: bool) -> String {
    let mut parts = date.split('-').map(|part| part.parse::<usize>().unwrap());
    let (year, month, day) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1];
    let y = if month < 3 { year - 1 } else { year };
    let of_week = (y + y / 4 - y / 100 + y / 400 + shift + day) % 7;
    let plain = format!("{day}. {} {year}", MONTHS[month - 1]);
    if weekday { format!("{} den {plain}", WEEKDAYS[of_week]) } else { plain }
}

fn front(paper: &mut Paper, truth: &Truth) {
    let big = Look { bold: true, size: Some(36), ..Look::default() };
    let styled = paper.ink.style.profile != Profile::Direct;
    let set = Set { role: styled.then_some("Title"), space: Some((400, 120)), ..Set::default() };
    let runs = paper.ink.words(&truth.council, big);
    paper.paragraph(&set, &runs);
    let state = if truth.minutes { "Referat" } else { "Dagsorden" };
    let runs = paper.ink.words(state, Look { size: Some(28), ..big });
    paper.paragraph(&Set { space: Some((0, 200)), ..Set::default() }, &runs);
    let times = truth.start.as_ref().zip(truth.end.as_ref());
    let dot = paper.ink.rng.chance(40);
    let hours = times.map(|(start, end)| {
        let hours = format!("kl. {start}-{end}");
        if dot { hours.replace(':', ".") } else { hours }
    });
    let form = paper.ink.rng.below(4);
    let weekday = paper.ink.rng.chance(40);
    let date = spoken(&truth.date, weekday);
    let den = if weekday { "" } else { "den " };
    let text = match form {
        0 => format!("Møde {den}{date}"),
        1 => format!("Dato: {date}"),
        2 => format!("Mødedato:\t{date}"),
        _ => format!("{} {den}{date}", if weekday { "Mødet holdes" } else { "Mødet" }),
    };
    if form == 3
        && let Some(hours) = &hours
    {
        line(paper, &format!("{text} {hours}"), Look::default());
    } else {
        let mut runs = paper.ink.words(&text, Look::default());
        if paper.ink.style.over.controls {
            // A control that was filled in is text like any other.
            let id = paper.ink.fresh();
            runs = format!(
                "<w:sdt><w:sdtPr><w:id w:val=\"{id}\"/><w:text/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>"
            );
        }
        paper.paragraph(&Set::default(), &runs);
        if let Some(hours) = &hours {
            let label = paper.ink.rng.pick(&["Tid: ", "Tidspunkt: ", "Tid:\t"]).to_owned();
            line(paper, &format!("{label}{hours}"), Look::default());
        }
    }
    if let Some(place) = &truth.place {
        let label = paper.ink.rng.pick(&["Sted: ", "Mødested: ", "Sted:\t"]).to_owned();
        line(paper, &format!("{label}{place}"), Look::default());
    }
    paper.blank();
    paper.blocks(&truth.lead);
}

fn participants(paper: &mut Paper, truth: &Truth) {
    let style = paper.ink.style;
    let look = paper.heading_look(3);
    let runs = paper.ink.words("Deltagere", look);
    paper.heading(if style.breaks { 3 } else { 4 }, &runs, false);
    let (bold, colon) = (paper.ink.rng.chance(60), paper.ink.rng.chance(70));
    for group in &truth.groups {
        let tail = if colon { ":" } else { "" };
        let look = Look { bold, ..Look::default() };
        let runs = paper.ink.words(&format!("{}{tail}", group.name), look);
        paper.paragraph(&Set { space: Some((120, 0)), ..Set::default() }, &runs);
        let entries: Vec<_> = group
            .people
            .iter()
            .map(|person| {
                let mut text = person.name.clone();
                for more in [&person.role, &person.organisation] {
                    if !more.is_empty() {
                        let _ = write!(text, ", {more}");
                    }
                }
                if !person.note.is_empty() {
                    let _ = write!(text, " ({})", person.note);
                }
                super::truth::Block::Entry(super::truth::Entry {
                    level: 0,
                    marker: super::truth::Marker::Bullet,
                    text: Text::plain(text),
                })
            })
            .collect();
        paper.blocks(&entries);
    }
}

/// A part's or an item's title, with its number typed or set by itself, and a mark for the contents.
fn title_line(paper: &mut Paper, level: usize, number: &str, title: &str, page: bool) {
    let look = paper.heading_look(level);
    let shown = match paper.ink.style.profile {
        Profile::Numbered => title.to_owned(),
        _ => format!("{number}. {title}"),
    };
    let runs = paper.ink.words(&shown, look);
    let (id, name) = (paper.ink.fresh(), mark(number));
    let runs = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>");
    paper.heading(level, &runs, page);
}

fn mark(number: &str) -> String {
    format!("_Toc19{:0>6}", number.replace('.', "0"))
}

fn item(paper: &mut Paper, item: &Item, minutes: bool) {
    title_line(paper, 2, &item.number, &item.title, false);
    let mut people = match item.responsible.as_slice() {
        [] if paper.ink.style.over.template => {
            paper.ink.forbidden.push("Her skrives ansvarliges initialer".into());
            "Her skrives ansvarliges initialer".to_owned()
        }
        [all @ .., last] if !all.is_empty() => format!("{} og {last}", all.join(", ")),
        all => all.join(", "),
    };
    if !people.is_empty() {
        people.insert(0, ' ');
    }
    let between = paper.ink.rng.pick(&[" og ", ", "]).to_owned();
    line(paper, &format!("{}{people}", item.cases.join(&between)), Look::default());
    paper.blank();
    let facts = !item.submitted_by.is_empty();
    if facts && !item.sections.iter().any(|section| section.heading == "Baggrund") {
        fact_table(paper, item);
    }
    let expected = if minutes { &ORDER[1..2] } else { &ORDER[..3] };
    for heading in ORDER {
        match item.sections.iter().find(|section| section.heading == heading) {
            Some(section) => write_section(paper, section, item, facts),
            None if paper.ink.style.over.template && expected.contains(&heading) && paper.ink.rng.chance(60) => {
                unfilled(paper, heading);
            }
            None => {}
        }
    }
}

fn section_heading(paper: &mut Paper, heading: &str) {
    if paper.ink.style.bold_sections {
        let runs = paper.ink.words(heading, Look { bold: true, ..Look::default() });
        paper.bold_heading(&runs);
    } else {
        let runs = paper.ink.words(heading, paper.heading_look(3));
        paper.heading(3, &runs, false);
    }
}

fn write_section(paper: &mut Paper, section: &Section, item: &Item, facts: bool) {
    section_heading(paper, &section.heading);
    if facts && section.heading == "Baggrund" {
        fact_table(paper, item);
    }
    paper.blocks(&section.blocks);
}

/// A section whose template nobody filled in.
fn unfilled(paper: &mut Paper, heading: &str) {
    section_heading(paper, heading);
    let phrase = match heading {
        "Baggrund" => "Her skrives baggrunden",
        "Indstilling" => "Her skrives indstillingen",
        _ => "Her skrives Sagsfremstillingen",
    };
    if paper.ink.style.over.controls && paper.ink.rng.chance(50) {
        let phrase = "Klik eller tryk her for at skrive tekst.";
        let id = paper.ink.fresh();
        let _ = write!(
            paper.out,
            "<w:sdt><w:sdtPr><w:alias w:val=\"{heading}\"/><w:id w:val=\"{id}\"/><w:showingPlcHdr/><w:text/></w:sdtPr>\
             <w:sdtContent><w:p><w:r><w:rPr><w:color w:val=\"808080\"/></w:rPr><w:t>{phrase}</w:t></w:r></w:p>\
             </w:sdtContent></w:sdt>"
        );
        paper.ink.forbidden.push(phrase.into());
    } else {
        line(paper, phrase, Look::default());
        paper.ink.forbidden.push(phrase.into());
    }
    paper.blank();
}

fn fact_table(paper: &mut Paper, item: &Item) {
    let row = |label: &str, values: &[String]| vec![vec![label.to_owned()], values.to_vec()];
    let rows = [
        row("Sag indbragt af", &item.submitted_by),
        row("Strategisk ophæng", &item.strategic_basis),
        row("Arkitekturperspektiv", &[item.perspectives.join(" - ")]),
        row("Processtatus", &item.process_status),
    ];
    let width = 11906 - paper.ink.style.margins.0 - paper.ink.style.margins.1;
    let label = 1700 + paper.ink.rng.below(900);
    paper.grid(&[label, width - label], &rows, false);
    paper.out.push_str("<w:p/>");
}

/// Titles with page numbers, as a field in a content control or typed.
fn table_of_contents(paper: &mut Paper, truth: &Truth) {
    let direct = paper.ink.style.profile == Profile::Direct;
    let numbered = paper.ink.style.profile == Profile::Numbered;
    let mut lines = Vec::new();
    for (number, title) in &truth.parts {
        lines.push((1, number.clone(), title.clone()));
        for item in truth.items.iter().filter(|item| item.number.split('.').next() == Some(number.as_str())) {
            lines.push((2, item.number.clone(), item.title.clone()));
        }
    }
    let head = "Indholdsfortegnelse";
    paper.ink.forbidden.push(head.into());
    if direct {
        line(paper, head, Look { bold: true, ..Look::default() });
    } else {
        paper.out.push_str(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/>\
             </w:docPartObj></w:sdtPr><w:sdtContent>",
        );
        let runs = paper.ink.words(head, Look { bold: true, size: Some(28), ..Look::default() });
        paper.paragraph(&Set { role: Some("TOCHeading"), ..Set::default() }, &runs);
    }
    let width = 11906 - paper.ink.style.margins.0 - paper.ink.style.margins.1;
    let left = if numbered { "<w:tab w:val=\"left\" w:pos=\"900\"/>" } else { "" };
    let tabs = format!("{left}<w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{width}\"/>");
    let count = lines.len();
    for (at, (level, number, title)) in lines.into_iter().enumerate() {
        let page = 2 + at / 3;
        let gap = if numbered { "\t" } else { " " };
        let shown = format!("{number}.{gap}{title}");
        let set = Set { tabs: tabs.clone(), indent: Some((if level == 2 { 220 } else { 0 }, 0)), ..Set::default() };
        if direct {
            line_with(paper, &set, &format!("{shown}\t{page}"));
            continue;
        }
        let set = Set { role: Some(if level == 1 { "TOC1" } else { "TOC2" }), ..set };
        let reference =
            field(&format!("PAGEREF {} \\h", mark(&number)), &format!("<w:r><w:t>{page}</w:t></w:r>"), false);
        let text = escape(&shown).replace('\t', "</w:t><w:tab/><w:t>");
        let link = format!(
            "<w:hyperlink w:anchor=\"{}\"><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r><w:r><w:tab/></w:r>{reference}</w:hyperlink>",
            mark(&number)
        );
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        let runs = match at {
            0 => format!("{begin}{link}"),
            _ if at + 1 == count => format!("{link}{end}"),
            _ => link,
        };
        paper.paragraph(&set, &runs);
    }
    if !direct {
        paper.out.push_str("</w:sdtContent></w:sdt>");
    }
    paper.blank();
}

fn line_with(paper: &mut Paper, set: &Set, text: &str) {
    let runs = paper.ink.words(text, Look::default());
    paper.paragraph(set, &runs);
}
