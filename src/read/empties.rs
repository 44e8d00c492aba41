//! Words that mean "nothing known" in a cell that could have been left empty.

use super::trim::{trim, trim_str};

/// What is read as an empty cell; case does not matter.
const STANDARD: [&str; 82] = [
    "n/a",
    "na",
    "n.a.",
    "#n/a",
    "#n/d",
    "#nv",
    "n/k",
    "none",
    "(none)",
    "null",
    "(null)",
    "nil",
    "nan",
    "(blank)",
    "[blank]",
    "blank",
    ".",
    "..",
    "...",
    "-",
    "--",
    "---",
    "\u{2013}",
    "\u{2014}",
    "?",
    "??",
    "???",
    "u",
    "unk",
    "unk.",
    "unknown",
    "(unknown)",
    "not known",
    "not available",
    "not applicable",
    "not reported",
    "not recorded",
    "not stated",
    "not provided",
    "not collected",
    "data not collected",
    "not asked",
    "did not ask",
    "not answered",
    "no answer",
    "no data",
    "no response",
    "missing",
    "tbd",
    "not disclosed",
    "undisclosed",
    "did not disclose",
    "dk",
    "d/k",
    "don't know",
    "don\u{2019}t know",
    "i don't know",
    "i don\u{2019}t know",
    "doesn't know",
    "doesn\u{2019}t know",
    "client doesn't know",
    "client doesn\u{2019}t know",
    "refused",
    "client refused",
    "declined",
    "declined to answer",
    "decline to answer",
    "declined to state",
    "decline to state",
    "prefer not to say",
    "prefer not to answer",
    "prefers not to answer",
    "prefer not to disclose",
    "client prefers not to answer",
    "desconocido",
    "desconocida",
    "no se sabe",
    "sin datos",
    "no sabe",
    "no contesta",
    "no aplica",
    "no disponible",
];

/// The words of one mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empties {
    /// In lower case.
    words: Vec<Box<[u8]>>,
    /// By the byte that words begin with, in either case, the lengths that they have, a bit each: most cells
    /// are done with one look.
    lengths: [u64; 256],
}

impl Empties {
    /// The words that are known without a mapping.
    pub fn standard() -> Self {
        let mut empties = Empties {
            words: Vec::new(),
            lengths: [0; 256],
        };
        STANDARD.iter().for_each(|word| empties.add(word));
        SIGNS_OF_ERRORS.iter().for_each(|sign| {
            empties.lengths[usize::from(*sign)] = u64::MAX;
        });
        empties
    }

    /// Adds a word.
    pub fn add(&mut self, word: &str) {
        let word = trim_str(word).to_lowercase();
        if let Some(first) = word.bytes().next() {
            let length = length_bit(word.as_bytes());
            self.lengths[usize::from(first)] |= length;
            self.lengths[usize::from(first.to_ascii_uppercase())] |= length;
            self.words.push(word.into_bytes().into());
        }
    }

    /// Whether a cell or value, without the spaces around it, says nothing.
    #[inline]
    pub fn has(&self, text: &[u8]) -> bool {
        match text.first() {
            None => true,
            Some(first) => {
                self.lengths[usize::from(*first)] & length_bit(text) != 0 && self.has_word(text)
            }
        }
    }

    #[cold]
    fn has_word(&self, text: &[u8]) -> bool {
        let mut words = self.words.iter();
        is_spreadsheet_error(text) || words.any(|word| word.eq_ignore_ascii_case(text))
    }

    /// The text without spaces and guards around it; empty if it says nothing.
    #[inline]
    pub fn trim<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        let text = trim(text);
        if self.has(text) { b"" } else { text }
    }
}

/// The bit of a text's length; long ones share the last.
#[inline]
fn length_bit(text: &[u8]) -> u64 {
    1 << text.len().min(63)
}

/// What the error values of spreadsheets begin with.
const SIGNS_OF_ERRORS: [u8; 2] = *b"#E";

/// Whether a cell is what a spreadsheet writes if a formula has no value: `#REF!`, `#NAME?`, `#¡VALOR!`, `Err:502`.
fn is_spreadsheet_error(text: &[u8]) -> bool {
    let is_word =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"/_ ".contains(byte) || *byte >= 0x80;
    match text {
        [b'#', word @ .., b'!' | b'?'] => {
            word.len() > 2 && word.len() < 20 && word.iter().all(is_word)
        }
        [b'E', b'r', b'r', b':', number @ ..] => {
            number.len() == 3 && number.iter().all(u8::is_ascii_digit)
        }
        _ => text == b"#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_empty_and_others_are_not() {
        let mut empties = Empties::standard();
        empties.add("-99");
        for text in [
            "",
            " ",
            "N/A",
            "unknown",
            "UNKNOWN ",
            "-",
            "\u{2014}",
            "\0\0",
            " -99\0",
            "\u{a0}n/a\u{200b}",
            "#REF!",
            "#DIV/0!",
            "#NAME?",
            "#\u{a1}VALOR!",
            "Err:502",
            "#N/A",
            "U",
            "Refused",
            "Client doesn't know",
            "Data Not Collected",
            "[blank]",
            "...",
        ] {
            assert_eq!(empties.trim(text.as_bytes()), b"", "{text:?}");
        }
        for text in [
            "NM",
            "Nan",
            "no",
            "-9",
            "0",
            "--x",
            "Unknown Creek",
            "#1!",
            "#5",
            "Error",
            "Refuse",
            "Missing child",
            "UT",
            "....",
        ] {
            let expected: &[u8] = if text == "Nan" { b"" } else { text.as_bytes() };
            assert_eq!(empties.trim(text.as_bytes()), expected, "{text:?}");
        }
        assert_eq!(empties.trim(b"\0 NM \0"), b"NM");
    }
}
