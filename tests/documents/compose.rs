//! What a document says, drawn at random.
//!
//! Takes a seed's chance; gives the [`Truth`] of a meeting: front page, people, parts, items with their sections. What is
//! set beside it (deleted text, furniture, template phrases) is added where the document is written.

use super::phrases as words;
use super::prng::Rng;
use super::truth::{Block, Entry, Group, Item, Marker, Person, Section, Span, Text, Truth};

/// Draws what one document says.
pub fn truth(rng: &mut Rng) -> Truth {
    let minutes = rng.chance(50);
    let mut pool = Pool::new(rng);
    let mut truth = Truth {
        minutes,
        council: rng.pick(&words::COUNCILS).to_owned(),
        date: format!("{}-{:02}-{:02}", rng.range(2023, 2026), rng.range(1, 12), rng.range(1, 28)),
        ..Truth::default()
    };
    if rng.chance(60) {
        let start = rng.range(8, 13);
        truth.start = Some(format!("{start:02}:{}", rng.pick(&["00", "30"])));
        truth.end = Some(format!("{:02}:{}", start + rng.range(2, 5), rng.pick(&["00", "15", "45"])));
    }
    if rng.chance(60) {
        truth.place = Some(rng.pick(&words::PLACES).to_owned());
    }
    if rng.chance(20) {
        let quote = "’Rammearkitekturen er fundamentet for, at kommunerne anskaffer effektive digitale løsninger.’";
        truth.lead.push(Block::Paragraph(Text::plain(quote)));
        let source = "Vision for den fælleskommunale rammearkitektur, vedtaget i februar 2017.";
        truth.lead.push(Block::Paragraph(Text::plain(source)));
    }
    if minutes || rng.chance(25) {
        truth.groups = groups(rng);
    }
    truth.parts = vec![("1".into(), "Siden sidst".into()), ("2".into(), "Drøftelsessager".into())];
    if rng.chance(80) {
        let last = rng.pick(&["Eventuelt", "Eventuelt og næste møde"]);
        truth.parts.push(("3".into(), last.into()));
    }
    let mut titles = rng.shuffled(&words::TITLES);
    titles.insert(0, "Siden sidst");
    let standing = pool.case(rng);
    let count = rng.range(4, 7);
    for (at, title) in titles.into_iter().take(count).enumerate() {
        let mut item = item(rng, &mut pool, minutes, title, &standing);
        item.number = if at == 0 { "1.1".into() } else { format!("2.{at}") };
        truth.items.push(item);
    }
    truth
}

/// Sentences that no document says twice.
pub struct Pool {
    plain: Vec<&'static str>,
    traps: Vec<&'static str>,
    links: Vec<(&'static str, &'static str)>,
    notes: Vec<&'static str>,
    entries: Vec<&'static str>,
    attachments: Vec<&'static str>,
}

impl Pool {
    fn new(rng: &mut Rng) -> Self {
        Self {
            plain: rng.shuffled(&words::sentences()),
            traps: rng.shuffled(&words::TRAPS),
            links: rng.shuffled(&words::LINKS),
            notes: rng.shuffled(&words::NOTES),
            entries: rng.shuffled(&words::ENTRIES),
            attachments: rng.shuffled(&words::ATTACHMENTS),
        }
    }

    fn case(&self, rng: &mut Rng) -> String {
        let kind = if rng.chance(80) { "SAG" } else { "MOD" };
        format!("{kind}-{}-{:05}", rng.range(2021, 2026), rng.range(1, 9999))
    }

    fn sentence(&mut self, rng: &mut Rng) -> String {
        let trap = rng.chance(35);
        let from = if trap { &mut self.traps } else { &mut self.plain };
        if let Some(sentence) = from.pop() {
            return sentence.to_owned();
        }
        // All said: a sentence that counts is never the same.
        format!("Kommunerne har afgivet høringssvar nr. {} i sagen.", rng.range(1000, 9999))
    }

    fn entry(&mut self, rng: &mut Rng) -> String {
        match self.entries.pop() {
            Some(entry) => entry.to_owned(),
            None => format!("Bidrage til delopgave {} i handlingsplanen", rng.range(100, 999)),
        }
    }
}

fn groups(rng: &mut Rng) -> Vec<Group> {
    let mut names = rng.shuffled(&words::NAMES);
    let mut groups = Vec::new();
    let wanted = [("medlemmer", 100), ("Forberedelsesudvalget", 40), ("Sekretariat", 60), ("Afbud", 60)];
    for (name, chance) in wanted.into_iter().chain([("Oplægsholdere", 60), ("Andre gæster", 40)]) {
        if !rng.chance(chance) {
            continue;
        }
        let long = matches!(name, "medlemmer" | "Afbud" | "Forberedelsesudvalget");
        let name = if name == "medlemmer" { "It-Arkitekturrådets medlemmer" } else { name };
        let mut people = Vec::new();
        for _ in 0..rng.range(1, if name.ends_with("medlemmer") { 7 } else { 4 }) {
            let Some(person) = names.pop() else { break };
            people.push(Person {
                name: person.to_owned(),
                role: if long && rng.chance(85) { rng.pick(&words::ROLES).to_owned() } else { String::new() },
                organisation: rng.pick(&words::ORGANISATIONS).to_owned(),
                note: if rng.chance(20) { rng.pick(&words::PERSON_NOTES).to_owned() } else { String::new() },
            });
        }
        groups.push(Group { name: name.to_owned(), people });
    }
    groups
}

fn item(rng: &mut Rng, pool: &mut Pool, minutes: bool, title: &str, standing: &str) -> Item {
    let mut item = Item { title: title.to_owned(), ..Item::default() };
    item.cases.push(if rng.chance(20) { standing.to_owned() } else { pool.case(rng) });
    if rng.chance(12) {
        item.cases.push(pool.case(rng));
    }
    match rng.below(10) {
        0 => {}
        1 | 2 => item.responsible.push(rng.pick(&words::INITIALS).to_owned()),
        _ => {
            let count = [1, 1, 1, 2, 2, 3][rng.below(6)];
            item.responsible = rng.shuffled(&words::NAMES).into_iter().take(count).map(str::to_owned).collect();
        }
    }
    if rng.chance(if minutes { 15 } else { 75 }) {
        facts(rng, &mut item);
    }
    let headings: &[(&str, usize)] = if minutes {
        &[("Baggrund", 30), ("Indstilling", 85), ("Sagsfremstilling", 25), ("Drøftelse", 95), ("Beslutning", 55)]
    } else {
        &[("Baggrund", 85), ("Indstilling", 85), ("Sagsfremstilling", 90)]
    };
    for (heading, chance) in headings {
        if rng.chance(*chance) {
            item.sections.push(Section { heading: (*heading).to_owned(), blocks: section(rng, pool, heading) });
        }
    }
    if rng.chance(if minutes { 15 } else { 50 }) {
        attachments(rng, pool, &mut item);
    }
    item
}

fn facts(rng: &mut Rng, item: &mut Item) {
    let by = ["KOMBIT", "Digitaliseringspolitik, KL, og KOMBIT", "Kommuneforlaget, KL"];
    let office = "Digitaliseringsstyrelsen, Kontor for MitID Erhverv og digitale serviceområder";
    item.submitted_by.push(if rng.chance(40) { office } else { rng.pick(&by) }.to_owned());
    let strategies = [
        "Den fælleskommunale digitaliseringsstrategi 2021-2025 og Kommunernes digitaliseringsstrategi 2026-2030",
        "’Strategisk indsats for kunstig intelligens’, Regeringen, dec. 2024",
        "De 5 fælleskommunale arkitekturmål, 2018",
        "KOMBIT’s udbudsstrategi",
    ];
    let count = rng.range(1, 3);
    item.strategic_basis = rng.shuffled(&strategies).into_iter().take(count).map(str::to_owned).collect();
    let views = ["Strategi", "Applikation", "Infrastruktur", "Information", "Jura", "Sikkerhed"];
    let count = rng.range(1, 4);
    item.perspectives = rng.shuffled(&views).into_iter().take(count).map(str::to_owned).collect();
    let status = [
        "Den aktuelle version af rammeaftalen SKI 02.19 har været i drift siden 2023, og næste version følger i oktober 2027.",
        "Arkitekturrådet har tidligere haft temadag om AI i januar 2024 og haft en opfølgende drøftelse i september 2024.",
        "Et pilotforløb med maskinlæsbare blanketter gennemføres i 2H/2025.",
        "Den Digitale Taskforce blev nedsat i august 2024",
    ];
    let count = rng.range(1, 2);
    item.process_status = rng.shuffled(&status).into_iter().take(count).map(str::to_owned).collect();
}

fn section(rng: &mut Rng, pool: &mut Pool, heading: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    match heading {
        "Indstilling" => {
            let intro = ["Sekretariatet indstiller, at It-Arkitekturrådet:", "Sekretariatet indstiller at rådet"];
            blocks.push(Block::Paragraph(Text::plain(rng.pick(&intro))));
            list(rng, pool, &mut blocks);
        }
        "Beslutning" => {
            let text = ["Rådet tog orienteringen til efterretning.", "Rådet tiltrådte indstillingen med bemærkninger."];
            blocks.push(Block::Paragraph(Text::plain(rng.pick(&text))));
            if rng.chance(40) {
                list(rng, pool, &mut blocks);
            }
        }
        "Baggrund" => {
            for _ in 0..rng.range(1, 3) {
                blocks.push(Block::Paragraph(prose(rng, pool)));
            }
        }
        _ => {
            for part in 0..rng.range(2, 4) {
                if part > 0 && rng.chance(45) {
                    let numbered = rng.chance(15);
                    let title = rng.pick(&words::SUBHEADINGS);
                    let title = if numbered { format!("{part}. {title}") } else { title.to_owned() };
                    let said = |block: &Block| matches!(block, Block::Heading(text) if text.words().ends_with(&title));
                    if !blocks.iter().any(said) {
                        blocks.push(Block::Heading(Text::plain(title)));
                    }
                }
                blocks.push(Block::Paragraph(prose(rng, pool)));
                match rng.below(10) {
                    0..3 => {
                        blocks.push(Block::Paragraph(Text::plain(format!("{}:", rng.pick(&INTROS)))));
                        list(rng, pool, &mut blocks);
                    }
                    3 => {
                        blocks.push(Block::Table(table(rng)));
                        blocks.push(Block::Paragraph(prose(rng, pool)));
                    }
                    4 if rng.chance(30) => {
                        let aside = format!("Faktaboks {}: {}", rng.range(100, 999), pool.sentence(rng));
                        blocks.push(Block::Aside(Text::plain(aside)));
                        blocks.push(Block::Paragraph(prose(rng, pool)));
                    }
                    _ => {}
                }
            }
        }
    }
    blocks
}

const INTROS: [&str; 4] = [
    "Rådet drøftede følgende",
    "Der lægges op til en drøftelse af",
    "Indsatsen omfatter",
    "Der ses følgende spørgsmål",
];

/// A paragraph of one to five sentences, with a link or a footnote in some.
fn prose(rng: &mut Rng, pool: &mut Pool) -> Text {
    let mut text = Text::default();
    for at in 0..rng.range(1, 5) {
        let gap = if at == 0 { "" } else { " " };
        let sentence = pool.sentence(rng);
        match rng.below(20) {
            0 | 1 if !pool.links.is_empty() => {
                let (words, url) = pool.links.pop().unwrap();
                text.0.push(Span::Words(format!("{gap}{sentence} Se ")));
                text.0.push(Span::Link(words.to_owned(), url.to_owned()));
                text.0.push(Span::Words(", der er tilgængelig for alle.".into()));
            }
            2 | 3 if !pool.notes.is_empty() && sentence.matches(' ').count() > 5 => {
                let inside = rng.chance(60);
                let spot = sentence.match_indices(' ').nth(4).map(|(at, _)| at).unwrap_or(sentence.len());
                // A note stands behind a letter, not behind a number, as careful writers have it.
                let fit = sentence[..spot].ends_with(|c: char| c.is_alphabetic());
                let (before, after) = sentence.split_at(if inside && fit { spot } else { sentence.len() });
                text.0.push(Span::Words(format!("{gap}{before}")));
                text.0.push(Span::Note(pool.notes.pop().unwrap().to_owned()));
                text.0.push(Span::Words(after.to_owned()));
            }
            4 => {
                let spot = sentence.find(' ').unwrap_or(0);
                text.0.push(Span::Words(gap.into()));
                let first = sentence[..spot].to_owned();
                text.0.push(if rng.chance(50) { Span::Strong(first) } else { Span::Emphasis(first) });
                text.0.push(Span::Words(sentence[spot..].to_owned()));
            }
            _ => text.0.push(Span::Words(format!("{gap}{sentence}"))),
        }
    }
    text.0.retain(|span| !matches!(span, Span::Words(words) if words.is_empty()));
    text
}

/// A list of up to three levels.
fn list(rng: &mut Rng, pool: &mut Pool, blocks: &mut Vec<Block>) {
    let delimiter = if rng.chance(50) { '.' } else { ')' };
    // What each level is marked with.
    let kinds: [u8; 3] = match rng.below(10) {
        0..5 => [b'-', b'-', b'-'],
        5 | 6 => [b'1', b'-', b'-'],
        7 => [b'1', b'a', b'-'],
        8 => [b'a', b'-', b'-'],
        _ => [b'-', b'1', b'-'],
    };
    let depth = [0, 0, 0, 1, 1, 2][rng.below(6)];
    let (mut level, mut counts) = (0, [0; 3]);
    for at in 0..rng.range(2, 6) {
        level = if at == 0 { 0 } else { rng.below((level + 2).min(depth + 1)) };
        counts[level] += 1;
        counts[level + 1..].fill(0);
        let marker = match kinds[level] {
            b'1' => Marker::Number(counts[level], delimiter),
            b'a' => Marker::Letter(counts[level]),
            _ => Marker::Bullet,
        };
        let mut text = Text::plain(pool.entry(rng));
        if rng.chance(6)
            && let Some((words, url)) = pool.links.pop()
        {
            text.0.push(Span::Words(", jf. ".into()));
            text.0.push(Span::Link(words.into(), url.into()));
        }
        blocks.push(Block::Entry(Entry { level, marker, text }));
    }
}

fn table(rng: &mut Rng) -> Vec<Vec<Vec<String>>> {
    let columns = rng.range(2, 5);
    let heads = rng.shuffled(&["Indsats", "Ansvarlig", "Frist", "Status", "Økonomi (t.kr.)"]);
    let mut rows = vec![heads.iter().take(columns).map(|head| vec![(*head).to_owned()]).collect::<Vec<_>>()];
    for _ in 0..rng.range(2, 5) {
        let cell = |head: &&str| match *head {
            "Indsats" => {
                let first = ["Fælles it-drift", "AI-løsninger", "Netværks- og serverdrift", "Digital Post", "A|B-test"];
                let mut cell = vec![format!("{} {}", rng.pick(&first), rng.range(1, 99))];
                if rng.chance(20) {
                    cell.push("Forudsætter aftale med leverandørerne".into());
                }
                cell
            }
            "Ansvarlig" => vec![rng.pick(&["KL", "KOMBIT", "KL og KOMBIT", "Digitaliseringsstyrelsen"]).into()],
            "Frist" => vec![format!("{}. kvartal 202{}", rng.range(1, 4), rng.range(5, 9))],
            "Status" => vec![rng.pick(&["I gang", "Afventer høringssvar fra kommunerne", "Afsluttet", "–"]).into()],
            _ => vec![format!("{}.{:03}", rng.range(1, 99), rng.below(1000))],
        };
        rows.push(heads.iter().take(columns).map(cell).collect());
    }
    rows
}

fn attachments(rng: &mut Rng, pool: &mut Pool, item: &mut Item) {
    let mut section = Section { heading: "Bilag".into(), blocks: Vec::new() };
    let (way, delimiter) = (rng.below(4), if rng.chance(50) { '.' } else { ')' });
    for number in 1..=rng.range(1, 4) {
        let Some(title) = pool.attachments.pop() else { break };
        let mut url = None;
        let mut text = Text::default();
        if rng.chance(50) {
            let slug: String = title.chars().filter(char::is_ascii_alphanumeric).collect();
            let address = format!("https://www.kl.dk/media/{}/{}.pdf", rng.range(1000, 9999), slug.to_lowercase());
            text.0.push(Span::Link(title.to_owned(), address.clone()));
            url = Some(address);
        } else {
            text.0.push(Span::Words(title.to_owned()));
        }
        let marker = if way == 1 { Marker::Number(number, delimiter) } else { Marker::Bullet };
        section.blocks.push(match way {
            0 => Block::Paragraph(text),
            _ => Block::Entry(Entry { level: 0, marker, text }),
        });
        item.attachments.push((title.to_owned(), url));
    }
    if !section.blocks.is_empty() {
        item.sections.push(section);
    }
}
