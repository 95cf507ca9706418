//! Slugs: the ASCII form of a text in an address.
//!
//! Takes any text, gives lower-case ASCII letters, digits and single hyphens; the Danish letters as `ae`, `oe`, `aa`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The slug of `text`; empty where nothing of it can be written in ASCII.
pub fn slug(text: &str) -> String {
    if is_plain_slug(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.nfc().flat_map(char::to_lowercase) {
        match letter {
            'æ' | 'ä' => out.push_str("ae"),
            'ø' | 'ö' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            'ß' => out.push_str("ss"),
            '\u{ad}' => {}
            _ => push_plain(&mut out, letter),
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// Whether only what a slug is made of stands in `text`, in the order that it can stand in: most of what is asked for.
fn is_plain_slug(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.bytes().all(plain) && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--")
}

/// Whether `text` is its own slug, and so can stand in an address as it is.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && slug(text) == text
}

fn push_plain(out: &mut String, letter: char) {
    for part in std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part)) {
        if part.is_ascii_alphanumeric() {
            out.push(part.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::slug;
    use proptest::prelude::*;

    #[test]
    fn danish_letters_become_two() {
        assert_eq!(slug("Ældre på Ærø, 2. udgave"), "aeldre-paa-aeroe-2-udgave");
        assert_eq!(slug("Drøftelse"), "droeftelse");
        assert_eq!(slug("Café Ünder"), "cafe-under");
        assert_eq!(slug("A\u{30a}rhus"), "aarhus");
        assert_eq!(slug("– … –"), "");
    }

    proptest! {
        #[test]
        fn a_slug_is_its_own_slug(text in any::<String>()) {
            let once = slug(&text);
            prop_assert_eq!(slug(&once), once.clone());
            prop_assert!(once.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}
