//! Letters of fonts that hold signs instead of letters: takes the font and the code, gives the sign as Unicode has it.

/// Fonts whose letters are signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// Greek and mathematics.
    Symbol,
    /// Ticks, arrows and bullets.
    Wingdings,
    /// Further ticks and boxes.
    Wingdings2,
    /// Others that are not known sign by sign.
    Unknown,
}

impl Font {
    /// The font of this name, if its letters are signs.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().as_str() {
            "symbol" => Some(Self::Symbol),
            "wingdings" => Some(Self::Wingdings),
            "wingdings 2" => Some(Self::Wingdings2),
            "wingdings 3" | "webdings" => Some(Self::Unknown),
            _ => None,
        }
    }
}

/// The sign that a letter stands for. Programs write the letters of such fonts either as they are or from U+F000 on.
pub fn sign(font: Option<Font>, letter: char) -> Option<char> {
    let code = u32::from(letter);
    let private = (0xf000..=0xf0ff).contains(&code);
    let low = u8::try_from(if private { code - 0xf000 } else { code }).ok();
    match (font, low) {
        (_, Some(b' ' | 0xa0)) => Some(' '),
        // A letter that the font has at no place of its own was taken from another font.
        (_, None) => Some(letter).filter(|letter| !is_private(*letter)),
        (Some(Font::Symbol), Some(low)) => symbol(low),
        (Some(Font::Wingdings), Some(low)) => wingdings(low),
        (Some(Font::Wingdings2), Some(low)) => wingdings2(low),
        (Some(Font::Unknown), Some(_)) => None,
        (None, Some(0xb7)) if private => Some('•'),
        (None, Some(low)) if private => wingdings(low),
        (None, Some(_)) => Some(letter),
    }
}

/// The letter means nothing without its font.
pub fn is_private(letter: char) -> bool {
    matches!(u32::from(letter), 0xe000..=0xf8ff)
}

fn wingdings(low: u8) -> Option<char> {
    Some(match low {
        0x28 => '☎',
        0x2a => '✉',
        0x4a => '☺',
        0x4c => '☹',
        0x6c => '●',
        0x6e => '■',
        0x6f | 0xa8 => '□',
        0x71 | 0x72 => '❑',
        0x75 | 0x77 => '◆',
        0x76 => '❖',
        0x9e => '·',
        0x9f => '•',
        0xa7 => '▪',
        0xd8 => '➢',
        0xdf => '←',
        0xe0 | 0xe8 => '→',
        0xe1 => '↑',
        0xe2 => '↓',
        0xf0 => '⇨',
        0xfb => '✗',
        0xfc => '✓',
        0xfd => '☒',
        0xfe => '☑',
        _ => return None,
    })
}

fn wingdings2(low: u8) -> Option<char> {
    Some(match low {
        0x4f => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x97 => '●',
        0xa2 => '■',
        0xa3 => '□',
        _ => return None,
    })
}

fn symbol(low: u8) -> Option<char> {
    const CAPITALS: [char; 26] = [
        'Α', 'Β', 'Χ', 'Δ', 'Ε', 'Φ', 'Γ', 'Η', 'Ι', 'ϑ', 'Κ', 'Λ', 'Μ', 'Ν', 'Ο', 'Π', 'Θ', 'Ρ', 'Σ', 'Τ', 'Υ', 'ς',
        'Ω', 'Ξ', 'Ψ', 'Ζ',
    ];
    const SMALL: [char; 26] = [
        'α', 'β', 'χ', 'δ', 'ε', 'φ', 'γ', 'η', 'ι', 'ϕ', 'κ', 'λ', 'μ', 'ν', 'ο', 'π', 'θ', 'ρ', 'σ', 'τ', 'υ', 'ϖ',
        'ω', 'ξ', 'ψ', 'ζ',
    ];
    Some(match low {
        b'A'..=b'Z' => *CAPITALS.get(usize::from(low - b'A'))?,
        b'a'..=b'z' => *SMALL.get(usize::from(low - b'a'))?,
        b'*' => '∗',
        b'-' => '−',
        b'"' | b'$' | b'\'' | b'@' => return None,
        b'!'..=b'?' | b'[' | b']' | b'_' | b'{'..=b'}' => char::from(low),
        0xa3 => '≤',
        0xa5 => '∞',
        0xab => '↔',
        0xac => '←',
        0xad => '↑',
        0xae => '→',
        0xaf => '↓',
        0xb0 => '°',
        0xb1 => '±',
        0xb3 => '≥',
        0xb4 => '×',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xd2 => '®',
        0xd3 => '©',
        0xd4 => '™',
        0xd6 => '√',
        0xdb => '⇔',
        0xde => '⇒',
        0xe5 => '∑',
        _ => return None,
    })
}
