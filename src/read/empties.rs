//! Words that stand for "nothing known" where a cell could have been left empty.

/// What is read as an empty cell; case does not matter.
const STANDARD: [&str; 20] = [
    "n/a",
    "na",
    "n.a.",
    "#n/a",
    "none",
    "null",
    "(null)",
    "nil",
    "nan",
    "(blank)",
    "-",
    "--",
    "\u{2013}",
    "\u{2014}",
    "?",
    "unknown",
    "(unknown)",
    "not known",
    "not available",
    "not reported",
];

/// The words of one mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empties {
    /// In lower case.
    words: Vec<Box<[u8]>>,
    /// Whether a word begins with the byte, in either case: most cells are done with one look.
    begin: [bool; 256],
}

impl Empties {
    /// The words that are known without a mapping.
    pub fn standard() -> Self {
        let mut empties = Empties {
            words: Vec::new(),
            begin: [false; 256],
        };
        STANDARD.iter().for_each(|word| empties.add(word));
        empties
    }

    /// One more word.
    pub fn add(&mut self, word: &str) {
        let word = word.trim().to_lowercase();
        if let Some(first) = word.bytes().next() {
            self.begin[usize::from(first)] = true;
            self.begin[usize::from(first.to_ascii_uppercase())] = true;
            self.words.push(word.into_bytes().into());
        }
    }

    /// Whether a cell or value, without the spaces around it, says nothing.
    #[inline]
    pub fn has(&self, text: &[u8]) -> bool {
        match text.first() {
            None => true,
            Some(first) => self.begin[usize::from(*first)] && self.has_word(text),
        }
    }

    #[cold]
    fn has_word(&self, text: &[u8]) -> bool {
        let mut words = self.words.iter();
        words.any(|word| word.eq_ignore_ascii_case(text))
    }

    /// The text without spaces around it, and empty when it says nothing. NUL bytes, which some
    /// programs fill fields up with, count as spaces.
    #[inline]
    pub fn trim<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        let text = trim(text);
        if self.has(text) { b"" } else { text }
    }
}

/// The text without spaces and NUL bytes around it.
#[inline]
pub(super) fn trim(text: &[u8]) -> &[u8] {
    match text {
        // Nearly all cells are one of these.
        [] => text,
        [only] if *only > b' ' => text,
        [first, .., last] if *first > b' ' && *last > b' ' => text,
        _ => trim_blanks(text),
    }
}

#[cold]
fn trim_blanks(text: &[u8]) -> &[u8] {
    let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let Some(start) = text.iter().position(|byte| !blank(byte)) else {
        return b"";
    };
    let end = text.iter().rposition(|byte| !blank(byte)).unwrap_or(start);
    &text[start..=end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_empty_and_others_are_not() {
        let mut empties = Empties::standard();
        empties.add("-99");
        for text in [
            "", " ", "N/A", "unknown", "UNKNOWN ", "-", "\u{2014}", "\0\0", " -99\0",
        ] {
            assert_eq!(empties.trim(text.as_bytes()), b"", "{text:?}");
        }
        for text in ["NM", "Nan", "no", "-9", "0", "--x", "Unknown Creek"] {
            let expected: &[u8] = if text == "Nan" { b"" } else { text.as_bytes() };
            assert_eq!(empties.trim(text.as_bytes()), expected, "{text:?}");
        }
        assert_eq!(empties.trim(b"\0 NM \0"), b"NM");
    }
}
