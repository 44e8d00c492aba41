//! The part of a cell that counts: its text without spaces and without a spreadsheet's guards.

use crate::failure::is_unprintable;

/// Whether a byte at the end of a cell can't be cut off there.
const PLAIN_END: [bool; 256] = plain(b"");
/// The same for a byte at the beginning, where guards are too.
const PLAIN_BEGIN: [bool; 256] = plain(b"='");

const fn plain(other: &[u8]) -> [bool; 256] {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte < 0x7f {
        plain[byte as usize] = true;
        byte += 1;
    }
    let mut index = 0;
    while index < other.len() {
        plain[other[index] as usize] = false;
        index += 1;
    }
    plain
}

/// The minus sign that isn't a hyphen.
pub(super) const MINUS: &str = "\u{2212}";

/// Whether a character at either end of a cell means nothing to a reader: spaces of any kind, zero-width and control
/// characters. This includes NUL bytes, with which some programs pad fields.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unprintable(c) || matches!(c, '\u{ad}' | '\u{180e}')
}

/// The text without spaces around it, and without what keeps a spreadsheet from taking it for a number or a
/// formula: `="0012"` and `'0012` are read as `0012`. An apostrophe before a letter belongs to the text.
#[inline]
pub(super) fn trim(text: &[u8]) -> &[u8] {
    match text {
        // Nearly all cells are one of these.
        [] => text,
        [only] if PLAIN_BEGIN[usize::from(*only)] => text,
        [first, .., last] if PLAIN_BEGIN[usize::from(*first)] && PLAIN_END[usize::from(*last)] => {
            text
        }
        _ => unguard(without_blanks(text)),
    }
}

/// The same for text.
pub(super) fn trim_str(text: &str) -> &str {
    let trimmed = trim(text.as_bytes());
    // Only whole characters were cut off.
    std::str::from_utf8(trimmed).unwrap_or(text)
}

#[cold]
fn unguard(text: &[u8]) -> &[u8] {
    match text {
        [b'=', b'"', inside @ .., b'"'] => without_blanks(inside),
        [b'\'', rest @ ..] => {
            let rest = without_blanks(rest);
            match rest {
                [b'0'..=b'9' | b'=' | b'+' | b'-' | b'@', ..] => rest,
                _ if rest.starts_with(MINUS.as_bytes()) => rest,
                _ => text,
            }
        }
        _ => text,
    }
}

#[cold]
fn without_blanks(mut text: &[u8]) -> &[u8] {
    while let Some((c, length)) = first_char(text)
        && is_blank(c)
    {
        text = &text[length..];
    }
    while let Some((c, length)) = last_char(text)
        && is_blank(c)
    {
        text = &text[..text.len() - length];
    }
    text
}

/// The first character and its length; `None` if none can be decoded.
fn first_char(text: &[u8]) -> Option<(char, usize)> {
    let length = match text.first()? {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    };
    let c = std::str::from_utf8(text.get(..length)?)
        .ok()?
        .chars()
        .next()?;
    Some((c, length))
}

fn last_char(text: &[u8]) -> Option<(char, usize)> {
    let is_first = |byte: &u8| *byte & 0xc0 != 0x80;
    let start = text.iter().rposition(is_first)?;
    let c = std::str::from_utf8(&text[start..]).ok()?.chars().next()?;
    Some((c, text.len() - start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spaces_of_any_kind_are_trimmed_only_at_both_ends() {
        for text in [
            "NM",
            " NM ",
            "\tNM\r\n",
            "\0NM\0\0",
            "\u{a0}NM\u{a0}",
            "\u{200b}NM\u{feff}",
            "\u{3000}\u{202f}NM \u{a0}\u{200e}",
        ] {
            assert_eq!(trim_str(text), "NM", "{text:?}");
        }
        assert_eq!(trim_str("New\u{a0} Mexico"), "New\u{a0} Mexico");
        assert_eq!(trim_str(" ñu é "), "ñu é");
        assert_eq!(trim_str("\u{a0}\u{200b} "), "");
        assert_eq!(trim(b" \xff \xc2"), b"\xff \xc2");
    }

    #[test]
    fn guards_of_spreadsheets_are_cut_off() {
        for (guarded, text) in [
            ("=\"00123\"", "00123"),
            (" =\" C1\u{a0}\" ", "C1"),
            ("=\"\"", ""),
            ("'-106.65", "-106.65"),
            ("'87102", "87102"),
            ("'\u{2212}106.65", "\u{2212}106.65"),
            ("'=1+1", "=1+1"),
            ("'@home", "@home"),
            ("'Ewa Beach", "'Ewa Beach"),
            ("'", "'"),
            ("=", "="),
            ("=\"", "=\""),
            ("=A1", "=A1"),
        ] {
            assert_eq!(trim_str(guarded), text, "{guarded:?}");
        }
    }

    proptest! {
        #[test]
        fn only_blanks_and_guards_are_trimmed(
            text in proptest::collection::vec(prop_oneof![
                Just(" "), Just("\u{a0}"), Just("\u{200b}"), Just("a"), Just("é"), Just("1"), Just("'"),
                Just("="), Just("\""), Just("\u{2212}"), Just("\0")
            ], 0..9),
        ) {
            let text = text.concat();
            let trimmed = trim_str(&text);
            prop_assert!(text.contains(trimmed));
            prop_assert!(!trimmed.starts_with(is_blank) && !trimmed.ends_with(is_blank));
            let rest = text.replacen(trimmed, "", 1);
            prop_assert!(rest.chars().all(|c| is_blank(c) || "='\"".contains(c)), "{:?}", rest);
        }
    }
}
