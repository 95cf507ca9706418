//! How a document is set.
//!
//! Takes the profile and a seed's chance; gives fonts, spaces, ways of numbering and the features that are laid over
//! the text.

use super::prng::Rng;

/// How headings and lists are told to Word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// `Heading1`, named `heading 1`.
    English,
    /// `Overskrift1`, named `heading 1`.
    Danish,
    /// `Overskrift1`, named `Overskrift 1`.
    DanishNames,
    /// No styles: bold paragraphs, larger type.
    Direct,
    /// Headings number themselves.
    Numbered,
}

impl Profile {
    /// All, in the order in which documents cycle through them.
    pub const ALL: [Self; 5] = [Self::English, Self::Danish, Self::DanishNames, Self::Direct, Self::Numbered];

    /// For names of documents and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::Danish => "danish",
            Self::DanishNames => "danish-names",
            Self::Direct => "direct",
            Self::Numbered => "numbered",
        }
    }
}

/// Where the table of contents stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// There is none.
    None,
    /// After the front page.
    Start,
    /// At the end.
    End,
}

/// How one document is set.
#[derive(Debug, Clone)]
pub struct Style {
    /// How headings are told.
    pub profile: Profile,
    /// Style ids are Danish.
    pub danish: bool,
    /// A font that every machine with the tools has.
    pub font: &'static str,
    /// In half points.
    pub size: usize,
    /// Left and right margins in twentieths of a point.
    pub margins: (usize, usize),
    /// Space behind a paragraph.
    pub after: usize,
    /// Line spacing, 240 being single.
    pub line: usize,
    /// Empty paragraphs between paragraphs.
    pub blanks: bool,
    /// Markers of lists are typed.
    pub typed: bool,
    /// The sign of typed and of some automatic bullets.
    pub bullet: char,
    /// Bullets come from a font of signs.
    pub symbol: bool,
    /// Where the contents stand.
    pub contents: Contents,
    /// Pages have a header.
    pub header: bool,
    /// Pages have a footer with their number.
    pub footer: bool,
    /// Both edges are straight.
    pub justify: bool,
    /// Parts begin on a new page.
    pub breaks: bool,
    /// Headings within sections are bold paragraphs even where there are styles.
    pub bold_subheadings: bool,
    /// Headings of sections are bold paragraphs even where there are styles.
    pub bold_sections: bool,
    /// What is laid over the text.
    pub over: Overlay,
}

/// Features that are laid over the text, each in some documents.
#[derive(Debug, Clone, Copy)]
pub struct Overlay {
    /// Runs break at random places: so many of a hundred words.
    pub splits: usize,
    /// Text that was inserted or deleted.
    pub tracked: bool,
    /// Comments of reviewers.
    pub comments: bool,
    /// Fields with a result.
    pub fields: bool,
    /// Optional hyphens in long words.
    pub soft_hyphens: bool,
    /// Blanks and hyphens that do not break.
    pub no_break: bool,
    /// Hidden text.
    pub hidden: bool,
    /// Content controls.
    pub controls: bool,
    /// Template phrases that nobody filled in.
    pub template: bool,
}

/// Draws how a document is set.
pub fn style(profile: Profile, rng: &mut Rng) -> Style {
    let fonts =
        [("DejaVu Sans", 19), ("DejaVu Serif", 20), ("DejaVu Sans Condensed", 21), ("DejaVu Serif Condensed", 22)];
    let (font, size) = fonts[rng.below(fonts.len())];
    let left = rng.range(1100, 2600);
    let direct = profile == Profile::Direct;
    let blanks = rng.chance(35);
    Style {
        profile,
        danish: matches!(profile, Profile::Danish | Profile::DanishNames)
            || profile == Profile::Numbered && rng.chance(50),
        font,
        size: size + rng.below(3),
        margins: (left, rng.range(1100, 3000)),
        after: if blanks { 0 } else { [60, 120, 160, 0][rng.below(4)] },
        line: [240, 240, 259, 276, 300][rng.below(5)],
        blanks,
        typed: rng.chance(if direct { 75 } else { 20 }),
        bullet: ['-', '•', '–', '−', '-'][rng.below(5)],
        symbol: rng.chance(30),
        contents: [Contents::None, Contents::None, Contents::Start, Contents::End][rng.below(4)],
        header: rng.chance(45),
        footer: rng.chance(65),
        justify: rng.chance(25),
        breaks: rng.chance(40),
        bold_subheadings: direct || rng.chance(35),
        bold_sections: direct || rng.chance(15),
        over: Overlay {
            splits: [0, 3, 12, 35][rng.below(4)],
            tracked: rng.chance(35),
            comments: rng.chance(30),
            fields: rng.chance(35),
            soft_hyphens: rng.chance(30),
            no_break: rng.chance(35),
            hidden: rng.chance(20),
            controls: rng.chance(30),
            template: rng.chance(45),
        },
    }
}

impl Style {
    /// The id of a style in this document.
    pub fn id(&self, role: &str) -> String {
        if !self.danish {
            return role.to_owned();
        }
        let level = role.trim_start_matches(|c: char| !c.is_ascii_digit());
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Heading" => format!("Overskrift{level}"),
            "TOC" => format!("Indholdsfortegnelse{level}"),
            "ListParagraph" => "Listeafsnit".into(),
            "FootnoteText" => "Fodnotetekst".into(),
            "FootnoteReference" => "Fodnotehenvisning".into(),
            "Title" => "Titel".into(),
            "Header" => "Sidehoved".into(),
            "Footer" => "Sidefod".into(),
            "TableGrid" => "Tabel-Gitter".into(),
            other => other.into(),
        }
    }

    /// The names of what was drawn.
    pub fn features(&self) -> Vec<&'static str> {
        let over = &self.over;
        let all = [
            ("blank paragraphs", self.blanks),
            ("typed lists", self.typed),
            ("symbol bullets", self.symbol && !self.typed),
            ("contents at start", self.contents == Contents::Start),
            ("contents at end", self.contents == Contents::End),
            ("page header", self.header),
            ("page footer", self.footer),
            ("justified", self.justify),
            ("page breaks", self.breaks),
            ("bold subheadings", self.bold_subheadings),
            ("bold sections", self.bold_sections),
            ("split runs", over.splits > 0),
            ("tracked changes", over.tracked),
            ("comments", over.comments),
            ("fields", over.fields),
            ("soft hyphens", over.soft_hyphens),
            ("no-break signs", over.no_break),
            ("hidden text", over.hidden),
            ("content controls", over.controls),
            ("template phrases", over.template),
        ];
        let drawn = all.into_iter().filter(|(_, on)| *on).map(|(name, _)| name);
        std::iter::once(self.profile.name()).chain(drawn).collect()
    }
}
