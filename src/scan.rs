//! Quick looks through texts, to find out that most hold nothing of what is looked for.
//!
//! Takes bytes and what is asked of each; gives whether one of them is so. A piece is looked through without a stop at the
//! first hit, which is what lets the compiler look at many bytes at once.

/// How many bytes are looked at before a hit among them counts.
const PIECE: usize = 256;

/// Whether a byte is so.
pub fn any_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(PIECE).any(|piece| piece.iter().fold(false, |found, byte| found | is(*byte)))
}

/// How many ASCII digits there are.
pub fn digits(text: &str) -> usize {
    let in_piece = |piece: &[u8]| piece.iter().map(|byte| u16::from(byte.is_ascii_digit())).sum::<u16>();
    text.as_bytes().chunks(PIECE).map(in_piece).map(usize::from).sum()
}

#[cfg(test)]
mod tests {
    use super::{any_byte, digits};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_quick_look_sees_what_a_slow_one_does(text in any::<String>(), times in 0_usize..99) {
            let text = text.repeat(times);
            prop_assert_eq!(any_byte(&text, |byte| byte == b'7'), text.contains('7'));
            prop_assert_eq!(digits(&text), text.matches(|c: char| c.is_ascii_digit()).count());
        }
    }
}
