//! Splits CSV bytes into records, with the line that each begins on as an editor counts it.
//!
//! The csv crate does the same but counts lines wrongly after blank lines and "\r\n", which is what
//! spreadsheets write; and errors that name a wrong line are worse than none. Fields, quotes and line
//! ends are otherwise the csv crate's: a test compares the two.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

use crate::failure::{Failure, Outcome, Position};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 18;
/// A longer record than this comes of a quotation mark that is never closed.
const LONGEST_RECORD: usize = 1 << 26;

/// The records of a CSV file, read in a stream.
pub(super) struct Records<R> {
    source: R,
    file: String,
    buffer: Vec<u8>,
    /// What of the buffer is read from the source and not yet handed out.
    waiting: Range<usize>,
    source_ended: bool,
    /// Line that `waiting` begins on.
    next_line: u64,
    fields: Fields,
    /// The last record: its bytes in the buffer, and its line.
    current: Range<usize>,
    line: u64,
}

/// One row as it stands in the file.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    bytes: &'a [u8],
    fields: &'a Fields,
    /// Line of the file that the record begins on, from 1.
    pub line: u64,
}

#[derive(Default)]
struct Fields {
    places: Vec<FieldPlace>,
    /// Fields that don't stand in the file as they are, such as those with a doubled quote.
    rewritten: Vec<u8>,
    /// Whether the file ended inside quotes.
    unclosed_quote: bool,
}

struct FieldPlace {
    range: Range<usize>,
    rewritten: bool,
}

impl<'a> Record<'a> {
    /// Number of fields.
    pub fn len(&self) -> usize {
        self.fields.places.len()
    }

    /// Whether it has no field; no record of a file is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The field at an index from 0, without its quotes; `None` past the end.
    pub fn get(&self, index: usize) -> Option<&'a [u8]> {
        let place = self.fields.places.get(index)?;
        let bytes = if place.rewritten {
            &self.fields.rewritten
        } else {
            self.bytes
        };
        Some(&bytes[place.range.clone()])
    }

    /// All fields, in order.
    pub fn iter(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).filter_map(move |index| self.get(index))
    }

    pub(super) fn is_utf8(&self) -> bool {
        std::str::from_utf8(self.bytes).is_ok()
    }

    pub(super) fn has_unclosed_quote(&self) -> bool {
        self.fields.unclosed_quote
    }
}

impl<R: Read> Records<R> {
    /// A byte order mark in front is passed over.
    ///
    /// # Errors
    /// When the source can't be read.
    pub(super) fn new(file: &str, source: R) -> Outcome<Self> {
        let mut records = Records {
            source,
            file: file.to_owned(),
            buffer: Vec::new(),
            waiting: 0..0,
            source_ended: false,
            next_line: 1,
            fields: Fields::default(),
            current: 0..0,
            line: 0,
        };
        while records.waiting.len() < 3 && !records.source_ended {
            records.fill()?;
        }
        if records.buffer[records.waiting.clone()].starts_with(b"\xef\xbb\xbf") {
            records.waiting.start += 3;
        }
        Ok(records)
    }

    /// The bytes that come next, as far as they are read.
    pub(super) fn peek(&self) -> &[u8] {
        &self.buffer[self.waiting.clone()]
    }

    /// Goes to the next record; `false` at the end of the file. Blank lines are no records.
    ///
    /// # Errors
    /// When the source can't be read, and when a record is longer than anybody means.
    pub(super) fn advance(&mut self) -> Outcome<bool> {
        loop {
            self.skip_blank_lines();
            let waiting = &self.buffer[self.waiting.clone()];
            if !waiting.is_empty()
                && let Some(length) = self.fields.split(waiting, self.source_ended)
            {
                self.current = self.waiting.start..self.waiting.start + length;
                self.waiting.start += length;
                self.line = self.next_line;
                self.next_line += line_ends(&self.buffer[self.current.clone()]);
                return Ok(true);
            }
            if self.source_ended {
                return Ok(false);
            }
            if self.waiting.len() > LONGEST_RECORD {
                return Err(Failure::data("a row that goes on for more than 64 MiB")
                    .at(Position::line(self.file.as_str(), self.next_line, None))
                    .remedy("look for a quotation mark on this line that is not closed"));
            }
            self.fill()?;
        }
    }

    /// The record that [`Self::advance`] went to.
    pub(super) fn current(&self) -> Record<'_> {
        Record {
            bytes: &self.buffer[self.current.clone()],
            fields: &self.fields,
            line: self.line,
        }
    }

    fn skip_blank_lines(&mut self) {
        let waiting = &self.buffer[self.waiting.clone()];
        let blank = waiting
            .iter()
            .position(|byte| !matches!(byte, b'\n' | b'\r'))
            .unwrap_or(waiting.len());
        // A "\r" at the end of what is read may be the first half of "\r\n".
        let blank = if blank == waiting.len() && waiting.ends_with(b"\r") && !self.source_ended {
            blank - 1
        } else {
            blank
        };
        self.next_line += line_ends(&waiting[..blank]);
        self.waiting.start += blank;
    }

    fn fill(&mut self) -> Outcome<()> {
        self.buffer.copy_within(self.waiting.clone(), 0);
        self.waiting = 0..self.waiting.len();
        if self.buffer.len() - self.waiting.end < CHUNK {
            // Doubling keeps the splitting of a long record from the start linear in its length.
            self.buffer.resize(2 * self.waiting.end.max(CHUNK), 0);
        }
        loop {
            match self.source.read(&mut self.buffer[self.waiting.end..]) {
                Ok(0) => self.source_ended = true,
                Ok(count) => self.waiting.end += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    return Err(Failure::data(format!("can't read: {error}"))
                        .at(Position::file(self.file.as_str())));
                }
            }
            return Ok(());
        }
    }
}

impl Fields {
    /// Splits the first record of `input`, which is not blank, and returns its length with its line
    /// end; `None` when `input` stops before that and more is to come.
    fn split(&mut self, input: &[u8], is_all: bool) -> Option<usize> {
        self.places.clear();
        self.rewritten.clear();
        self.unclosed_quote = false;
        let mut at = 0;
        loop {
            let end = if input.get(at) == Some(&b'"') {
                self.quoted(input, at + 1, is_all)?
            } else {
                let end = separator(input, at, is_all)?;
                self.places.push(FieldPlace {
                    range: at..end,
                    rewritten: false,
                });
                end
            };
            match input.get(end) {
                Some(b',') => at = end + 1,
                Some(b'\r') if end + 1 == input.len() && !is_all => return None,
                Some(b'\r') if input.get(end + 1) == Some(&b'\n') => return Some(end + 2),
                Some(_) => return Some(end + 1),
                None => return Some(end),
            }
        }
    }

    /// A field whose text begins at `start`, behind its quote; returns where its separator is.
    fn quoted(&mut self, input: &[u8], start: usize, is_all: bool) -> Option<usize> {
        let rewritten_from = self.rewritten.len();
        let mut from = start;
        let closing = loop {
            match memchr(b'"', &input[from..]) {
                None if !is_all => return None,
                None => {
                    self.unclosed_quote = true;
                    break input.len();
                }
                Some(distance) => {
                    let quote = from + distance;
                    match input.get(quote + 1) {
                        None if !is_all => return None,
                        Some(b'"') => {
                            self.rewritten.extend_from_slice(&input[from..=quote]);
                            from = quote + 2;
                        }
                        _ => break quote,
                    }
                }
            }
        };
        let after = (closing + 1).min(input.len());
        // Text behind the closing quote belongs to the field: "a"b is ab.
        let end = separator(input, after, is_all)?;
        let as_it_stands = from == start && after == end;
        self.places.push(if as_it_stands {
            FieldPlace {
                range: start..closing,
                rewritten: false,
            }
        } else {
            self.rewritten.extend_from_slice(&input[from..closing]);
            self.rewritten.extend_from_slice(&input[after..end]);
            FieldPlace {
                range: rewritten_from..self.rewritten.len(),
                rewritten: true,
            }
        });
        Some(end)
    }
}

/// Where the separator behind an unquoted text is, or the end of the file; `None` when it is not yet
/// read.
fn separator(input: &[u8], from: usize, is_all: bool) -> Option<usize> {
    match memchr3(b',', b'\n', b'\r', &input[from..]) {
        Some(distance) => Some(from + distance),
        None if is_all => Some(input.len()),
        None => None,
    }
}

/// "\n", "\r\n" and a lone "\r" end a line.
fn line_ends(bytes: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', bytes).count();
    let lone_returns = memchr_iter(b'\r', bytes)
        .filter(|&at| bytes.get(at + 1) != Some(&b'\n'))
        .count();
    (feeds + lone_returns) as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A source that gives a few bytes at a time, so that records are cut anywhere.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn split(text: &[u8], at_once: usize) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut records = Records::new("x.csv", Trickle(text, at_once)).unwrap();
        let mut found = Vec::new();
        while records.advance().unwrap() {
            let record = records.current();
            found.push((record.line, record.iter().map(<[u8]>::to_vec).collect()));
        }
        found
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let text = b"\xef\xbb\xbfa,b\r\n\r\n1,\"x\r\ny\"\r\n\n2,z\r3,\"say \"\"hi\"\"\"";
        for at_once in [1, 2, 3, 1000] {
            let found = split(text, at_once);
            let lines: Vec<_> = found.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [1, 3, 6, 7]);
            assert_eq!(found[1].1, [b"1".to_vec(), b"x\r\ny".to_vec()]);
            assert_eq!(found[3].1, [b"3".to_vec(), b"say \"hi\"".to_vec()]);
        }
    }

    #[test]
    fn an_unclosed_quote_is_told() {
        let mut records = Records::new("x.csv", &b"a,\"b\nc"[..]).unwrap();
        assert!(records.advance().unwrap());
        assert!(records.current().has_unclosed_quote());
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(
            text in proptest::collection::vec(prop_oneof![
                Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), Just(b'a'), Just(0xff_u8), Just(0)
            ], 0..60),
            at_once in 1_usize..20,
        ) {
            let theirs: Vec<Vec<Vec<u8>>> = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(&text[..])
                .byte_records()
                .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
                .collect();
            let ours: Vec<_> = split(&text, at_once).into_iter().map(|(_, fields)| fields).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
