//! Scans a text from left to right.

/// The unread part of a text.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a>(pub &'a str);

/// A number and its number of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u32,
    pub digits: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn peek(self) -> Option<char> {
        self.0.chars().next()
    }

    /// Skips characters; returns how many.
    pub(super) fn skip(&mut self, is_skipped: impl Fn(char) -> bool) -> usize {
        let rest = self.0.trim_start_matches(is_skipped);
        let skipped = self.0.len() - rest.len();
        self.0 = rest;
        skipped
    }

    pub(super) fn skip_spaces(&mut self) -> usize {
        self.skip(|c| c == ' ')
    }

    /// Skips a text if it comes next, in any case.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let is_next = self
            .0
            .get(..text.len())
            .is_some_and(|next| next.eq_ignore_ascii_case(text));
        if is_next {
            self.0 = &self.0[text.len()..];
        }
        is_next
    }

    /// Reads a number with at most nine digits that no other digit follows.
    pub(super) fn number(&mut self) -> Option<Number> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=9).contains(&digits) {
            return None;
        }
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        let value = number.parse().ok()?;
        Some(Number { value, digits })
    }

    /// Reads letters up to the first character that isn't one; possibly none.
    pub(super) fn letters(&mut self) -> &'a str {
        let end = self
            .0
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(self.0.len());
        let (letters, rest) = self.0.split_at(end);
        self.0 = rest;
        letters
    }
}
