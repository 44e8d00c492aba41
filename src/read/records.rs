//! Splits CSV bytes into records, with the line on which each begins, as an editor counts it.
//!
//! The csv crate does the same, but it counts lines wrongly after blank lines and "\r\n", which spreadsheets write;
//! and errors with a wrong line are worse than none. Fields, quotation marks and line ends otherwise work as in the
//! csv crate: a test compares the two.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

use super::cell::Cell;
use super::limits::Limits;
use super::marks::{STRIDE, marks};
use super::word::Word;
use crate::failure::{Failure, Outcome, Position};

/// A byte order mark in UTF-8.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";
/// Replaces a character that couldn't be decoded.
const REPLACEMENT: &str = "\u{fffd}";
/// Bytes that are read at once.
const CHUNK: usize = 1 << 18;

/// The records of a CSV file, read as a stream.
pub(super) struct Records<R> {
    source: R,
    file: String,
    buffer: Vec<u8>,
    /// The part of the buffer that has been read from the source and not yet handed out.
    waiting: Range<usize>,
    source_ended: bool,
    limits: Limits,
    /// What stands between fields.
    delimiter: u8,
    /// Line that `waiting` begins on.
    next_line: u64,
    fields: Fields,
    /// The last record: its bytes in the buffer, and its line.
    current: Range<usize>,
    line: u64,
}

/// One row as it is in the file.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    bytes: &'a [u8],
    /// The bytes and, as far as it is known, the text after them.
    text: &'a [u8],
    fields: &'a Fields,
    /// Line of the file that the record begins on, from 1.
    pub line: u64,
    /// Whether the bytes are known to be plain text.
    is_plain: bool,
}

/// How one record is divided into fields.
#[derive(Default)]
pub(super) struct Fields {
    /// The positions of the `count` fields; there is room for more after them.
    places: Vec<FieldPlace>,
    count: usize,
    /// A bit for each of the first 64 fields, which isn't set if nothing is between the separators.
    filled: u64,
    /// Fields that aren't in the file as they are, such as those with a doubled quotation mark.
    rewritten: Vec<u8>,
    /// Whether a line end may be within a field.
    has_inner_lines: bool,
    /// Whether the file ended inside quotation marks.
    unclosed_quote: bool,
}

/// Where a field begins and ends in the bytes of the record.
#[derive(Clone, Copy, Default)]
struct FieldPlace {
    /// With [`REWRITTEN`], in the rewritten bytes.
    begin: u32,
    end: u32,
}

const REWRITTEN: u32 = 1 << 31;
/// Bytes of a row for which all positions fit.
const LONGEST: usize = REWRITTEN as usize - 1;

impl FieldPlace {
    #[inline]
    fn of(range: Range<usize>) -> Self {
        FieldPlace {
            begin: range.start as u32,
            end: range.end as u32,
        }
    }
}

impl<'a> Record<'a> {
    /// A record with fields that [`Fields::take`] has found in the first `length` bytes of `text`.
    pub(super) fn new(
        text: &'a [u8],
        length: usize,
        fields: &'a Fields,
        line: u64,
        is_plain: bool,
    ) -> Self {
        Record {
            bytes: &text[..length],
            text,
            fields,
            line,
            is_plain,
        }
    }

    /// Number of fields.
    pub fn len(&self) -> usize {
        self.fields.count
    }

    /// Whether it has no field, which no record in a file has.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Which of the first 64 fields may say something, a bit for each; the others are empty.
    #[inline]
    pub(super) fn filled(&self) -> u64 {
        self.fields.filled
    }

    /// The field at an index from 0, without its quotation marks; `None` after the end.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&'a [u8]> {
        let place = *self.fields.places().get(index)?;
        let (text, begin) = self.text_of(place);
        text.get(begin..place.end as usize)
    }

    /// The field at an index from 0 as a cell; an empty one after the end.
    // A cell is a dozen numbers: passing it through memory takes longer than everything else.
    #[inline(always)]
    pub(super) fn cell(&self, index: usize) -> Cell<'a> {
        let Some(&place) = self.fields.places().get(index) else {
            return Cell::EMPTY;
        };
        let (text, begin) = self.text_of(place);
        let range = begin..place.end as usize;
        match text.get(range.clone()) {
            // Most are, and there is nothing more to know about them.
            None | Some([]) => Cell::EMPTY,
            Some(bytes) => Cell {
                bytes,
                word: Word::at(text, range),
            },
        }
    }

    /// The text that contains a field, and where the field begins in it.
    #[inline]
    fn text_of(&self, place: FieldPlace) -> (&'a [u8], usize) {
        let begin = (place.begin & !REWRITTEN) as usize;
        match place.begin & REWRITTEN {
            0 => (self.text, begin),
            _ => (&self.fields.rewritten, begin),
        }
    }

    /// All fields, in order.
    pub fn iter(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).filter_map(move |index| self.get(index))
    }

    /// Whether the bytes are plain text: see [`plain_length`].
    pub(super) fn is_plain_text(&self, is_transcoded: bool) -> bool {
        self.is_plain || plain_length(self.bytes, is_transcoded) == self.bytes.len()
    }

    pub(super) fn has_unclosed_quote(&self) -> bool {
        self.fields.unclosed_quote
    }
}

impl<R: Read> Records<R> {
    /// Fields are separated by commas until [`Self::set_delimiter`] says otherwise. An initial byte order mark is
    /// skipped.
    ///
    /// # Errors
    /// If the source can't be read.
    pub(super) fn new(file: &str, source: R, limits: Limits) -> Outcome<Self> {
        let mut records = Records {
            source,
            file: file.to_owned(),
            buffer: Vec::new(),
            waiting: 0..0,
            source_ended: false,
            limits,
            delimiter: b',',
            next_line: 1,
            fields: Fields::default(),
            current: 0..0,
            line: 0,
        };
        while records.waiting.len() < MARK.len() && !records.source_ended {
            records.fill()?;
        }
        if records.buffer[records.waiting.clone()].starts_with(MARK) {
            records.waiting.start += MARK.len();
        }
        Ok(records)
    }

    /// The bytes that come next, as far as they have been read.
    pub(super) fn peek(&self) -> &[u8] {
        &self.buffer[self.waiting.clone()]
    }

    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// Skips the rest of the line that comes next, which has been read.
    pub(super) fn skip_line(&mut self) {
        let length = first_line(self.peek());
        self.next_line += line_ends(&self.peek()[..length]);
        self.waiting.start += length;
    }

    /// Goes to the next record; `false` at the end of the file. Blank lines aren't records.
    ///
    /// # Errors
    /// If the source can't be read, or a record is longer or has more fields than the limits allow.
    pub(super) fn advance(&mut self) -> Outcome<bool> {
        loop {
            let waiting = &self.buffer[self.waiting.clone()];
            let blank = blank_lines(waiting, self.source_ended);
            self.next_line += line_ends(&waiting[..blank]);
            self.waiting.start += blank;
            let waiting = &waiting[blank..];
            if !waiting.is_empty()
                && let Some(length) = self.fields.take(waiting, self.delimiter, self.source_ended)
            {
                if let Some(excess) = self.fields.excess(length, &self.limits) {
                    return Err(excess.failure(&self.file, self.next_line, &self.limits));
                }
                self.current = self.waiting.start..self.waiting.start + length;
                self.waiting.start += length;
                self.line = self.next_line;
                self.next_line += self.fields.line_ends(&self.buffer[self.current.clone()]);
                return Ok(true);
            }
            if self.source_ended {
                return Ok(false);
            }
            if self.waiting.len() > self.limits.longest_row {
                return Err(Excess::Length.failure(&self.file, self.next_line, &self.limits));
            }
            self.fill()?;
        }
    }

    /// The record that [`Self::advance`] went to.
    pub(super) fn current(&self) -> Record<'_> {
        let text = &self.buffer[self.current.start..self.waiting.end];
        Record::new(text, self.current.len(), &self.fields, self.line, false)
    }

    /// Moves what comes next into `block` until that has `size` bytes or the file ends, possibly in the middle of a
    /// record; `false` at the end of the file.
    ///
    /// # Errors
    /// If the source can't be read.
    pub(super) fn read_block(&mut self, block: &mut Vec<u8>, size: usize) -> Outcome<bool> {
        // Memory that has been read into doesn't need to be zeroed again.
        block.resize(size, 0);
        let mut filled = self.waiting.len().min(size);
        let waiting = self.waiting.start..self.waiting.start + filled;
        block[..filled].copy_from_slice(&self.buffer[waiting]);
        self.waiting.start += filled;
        while filled < size && !self.source_ended {
            filled += self.read(|records| records.source.read(&mut block[filled..]))?;
        }
        block.truncate(filled);
        Ok(!self.source_ended || !self.waiting.is_empty())
    }

    /// Line that what comes next begins on.
    pub(super) fn next_line(&self) -> u64 {
        self.next_line
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    fn fill(&mut self) -> Outcome<()> {
        self.buffer.copy_within(self.waiting.clone(), 0);
        self.waiting = 0..self.waiting.len();
        if self.buffer.len() - self.waiting.end < CHUNK {
            // Doubling makes the time for splitting a long record from the start linear in its length.
            self.buffer.resize(2 * self.waiting.end.max(CHUNK), 0);
        }
        let end = self.waiting.end;
        self.waiting.end += self.read(|records| records.source.read(&mut records.buffer[end..]))?;
        Ok(())
    }

    /// Reads from the source, and records its end.
    fn read(&mut self, mut read: impl FnMut(&mut Self) -> io::Result<usize>) -> Outcome<usize> {
        loop {
            match read(self) {
                Ok(count) => {
                    self.source_ended = count == 0;
                    return Ok(count);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(can_not_read(&self.file, &error)),
            }
        }
    }
}

/// How a record exceeds the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    Length,
    Columns(usize),
}

impl Excess {
    /// As a message about the record that begins on `line`.
    pub(super) fn failure(self, file: &str, line: u64, limits: &Limits) -> Failure {
        let failure = match self {
            Excess::Length => Failure::data(format!(
                "a row of more than {} bytes",
                limits.longest_row
            ))
            .remedy(
                "look for a quotation mark on this line that isn't closed; if the row is right, raise \
                 `longest-row` under [limits] in the settings file",
            ),
            Excess::Columns(columns) => Failure::data(format!(
                "a row has {columns} fields; at most {} are allowed",
                limits.most_columns
            ))
            .remedy(
                "is this a table of signals? If so, raise `most-columns` under [limits] in the settings file",
            ),
        };
        failure.at(Position::line(file, line, None))
    }
}

impl Fields {
    /// Finds the fields in the first record of `text`, which isn't blank, and returns its length with its line end;
    /// `None` if `text` stops before that and more is to come.
    pub(super) fn take(&mut self, text: &[u8], delimiter: u8, is_all: bool) -> Option<usize> {
        let length = self.split(text, delimiter, is_all)?;
        Some(match self.unclosed_quote {
            false => length,
            // The quotation mark would take the rest of the file: limit it to its own line.
            true => self.leave_whole(first_line(text), text),
        })
    }

    /// Number of fields.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.count
    }

    #[inline]
    fn places(&self) -> &[FieldPlace] {
        &self.places[..self.count]
    }

    /// How the record, which is `length` bytes long, exceeds the limits.
    pub(super) fn excess(&self, length: usize, limits: &Limits) -> Option<Excess> {
        if length > limits.longest_row.min(LONGEST) {
            Some(Excess::Length)
        } else if self.len() > limits.most_columns {
            Some(Excess::Columns(self.len()))
        } else {
            None
        }
    }

    /// Line ends in the bytes of the record, including its own.
    pub(super) fn line_ends(&self, record: &[u8]) -> u64 {
        match record.last() {
            // Only quoted text can contain others.
            Some(b'\n' | b'\r') if !self.has_inner_lines => 1,
            _ => line_ends(record),
        }
    }

    /// Splits the first record of `input`, which isn't blank, and returns its length with its line end; `None` if
    /// `input` stops before that and more is to come.
    fn split(&mut self, input: &[u8], delimiter: u8, is_all: bool) -> Option<usize> {
        self.clear();
        // Where the field begins, and where the current stride of bytes does.
        let (mut at, mut stride) = (0, 0);
        while stride < input.len() {
            let mut marks = marks(input, stride, delimiter);
            let mut next = stride + STRIDE;
            loop {
                (marks, at) = self.add_until(input, delimiter, stride, marks, at);
                if marks == 0 {
                    break;
                }
                let mut end = stride + marks.trailing_zeros() as usize;
                marks &= marks - 1;
                if input[end] != b'"' {
                    self.add(at..end, at != end);
                    at = end + 1;
                } else if end == at {
                    let place;
                    (place, end) = self.quoted(input, at + 1, delimiter, is_all)?;
                    self.add(place, true);
                    at = end + 1;
                    // Quoted text divides nothing.
                    if at < next {
                        marks &= u64::MAX << (at - stride);
                    } else {
                        marks = 0;
                        next = at;
                    }
                } else {
                    continue;
                }
                match input.get(end) {
                    Some(&byte) if byte == delimiter => {}
                    Some(b'\r') if at == input.len() && !is_all => return None,
                    Some(b'\r') if input.get(at) == Some(&b'\n') => return Some(at + 1),
                    Some(_) => return Some(at),
                    None => return Some(end),
                }
            }
            stride = next;
        }
        is_all.then(|| {
            self.add(at..input.len(), true);
            input.len()
        })
    }

    /// Adds the fields in a stride that end at a delimiter, up to the first mark that isn't one: returns the marks
    /// from there on, and where the next field begins.
    #[inline(never)]
    fn add_until(
        &mut self,
        input: &[u8],
        delimiter: u8,
        stride: usize,
        mut marks: u64,
        mut at: usize,
    ) -> (u64, usize) {
        if self.places.len() < self.count + STRIDE {
            self.places
                .resize(self.count + 2 * STRIDE, FieldPlace::default());
        }
        let input = &input[stride..input.len().min(stride + STRIDE)];
        let mut bit = 1_u64.wrapping_shl(self.count as u32);
        let (mut filled, mut added) = (0, 0);
        for place in &mut self.places[self.count..] {
            let distance = marks.trailing_zeros() as usize;
            if input.get(distance) != Some(&delimiter) {
                break;
            }
            marks &= marks.wrapping_sub(1);
            let end = stride + distance;
            *place = FieldPlace::of(at..end);
            filled |= if at == end { 0 } else { bit };
            bit = bit.rotate_left(1);
            at = end + 1;
            added += 1;
        }
        self.count += added;
        self.filled |= filled;
        (marks, at)
    }

    /// Forgets the last record.
    fn clear(&mut self) {
        self.count = 0;
        self.filled = 0;
        self.rewritten.clear();
        self.has_inner_lines = false;
        self.unclosed_quote = false;
    }

    /// Adds a field.
    #[inline]
    fn add(&mut self, range: Range<usize>, is_filled: bool) {
        let place = FieldPlace::of(range);
        match self.places.get_mut(self.count) {
            Some(room) => *room = place,
            None => self.places.push(place),
        }
        // A bit of a field past the 64th says too much, but never too little.
        self.filled |= u64::from(is_filled).wrapping_shl(self.count as u32);
        self.count += 1;
    }

    /// A field with text that begins at `start`, after its quotation mark: its position, and that of its separator.
    fn quoted(
        &mut self,
        input: &[u8],
        start: usize,
        delimiter: u8,
        is_all: bool,
    ) -> Option<(Range<usize>, usize)> {
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
        // Text after the closing quotation mark belongs to the field: "a"b is ab.
        let end = separator(input, after, delimiter, is_all)?;
        let as_it_stands = from == start && after == end;
        self.has_inner_lines |= memchr2(b'\n', b'\r', &input[start..closing]).is_some();
        if as_it_stands {
            return Some((start..closing, end));
        }
        self.rewritten.extend_from_slice(&input[from..closing]);
        self.rewritten.extend_from_slice(&input[after..end]);
        let begin = rewritten_from | REWRITTEN as usize;
        Some((begin..self.rewritten.len(), end))
    }

    /// Makes one field of the first `length` bytes; returns the length.
    fn leave_whole(&mut self, length: usize, input: &[u8]) -> usize {
        (self.count, self.filled) = (0, 0);
        self.add(0..input[..length].trim_ascii_end().len(), true);
        length
    }
}

/// The records of a text in memory, split at a delimiter: to find out which delimiter it is.
pub(super) fn sample_records(
    text: &[u8],
    delimiter: u8,
    most: usize,
    mut each: impl FnMut(&mut dyn Iterator<Item = &[u8]>),
) {
    let mut fields = Fields::default();
    let mut rest = text;
    for _ in 0..most {
        if rest.is_empty() {
            break;
        }
        let Some(length) = fields.split(rest, delimiter, true) else {
            break;
        };
        let record = Record::new(rest, length, &fields, 0, false);
        each(&mut record.iter());
        rest = &rest[length..];
    }
}

fn can_not_read(file: &str, error: &io::Error) -> Failure {
    Failure::data(format!("can't read: {error}")).at(Position::file(file))
}

/// Length of the initial part of a text that is plain: UTF-8 without NUL bytes and, if it was transcoded, without
/// characters that couldn't be.
pub(super) fn plain_length(text: &[u8], is_transcoded: bool) -> usize {
    let text = memchr(0, text).map_or(text, |at| &text[..at]);
    let text = match std::str::from_utf8(text) {
        Ok(_) => text,
        Err(error) => &text[..error.valid_up_to()],
    };
    match is_transcoded {
        true => memmem::find(text, REPLACEMENT.as_bytes()).unwrap_or(text.len()),
        false => text.len(),
    }
}

/// Length of the blank lines at the beginning of a text.
pub(super) fn blank_lines(text: &[u8], is_all: bool) -> usize {
    let blank = text
        .iter()
        .position(|byte| !matches!(byte, b'\n' | b'\r'))
        .unwrap_or(text.len());
    // A "\r" at the end of what has been read may be the first half of "\r\n".
    if blank == text.len() && text.ends_with(b"\r") && !is_all {
        blank - 1
    } else {
        blank
    }
}

/// Length of the first line with its line end; all of the text when it has none.
fn first_line(text: &[u8]) -> usize {
    match memchr2(b'\n', b'\r', text) {
        None => text.len(),
        Some(at) if text[at..].starts_with(b"\r\n") => at + 2,
        Some(at) => at + 1,
    }
}

/// The position of the separator after an unquoted text, or the end of the file; `None` if it hasn't been read yet.
fn separator(input: &[u8], from: usize, delimiter: u8, is_all: bool) -> Option<usize> {
    match memchr3(delimiter, b'\n', b'\r', &input[from..]) {
        Some(distance) => Some(from + distance),
        None if is_all => Some(input.len()),
        None => None,
    }
}

/// "\n", "\r\n" and a single "\r" end a line.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
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

    /// A source that returns a few bytes at a time, so that records are cut anywhere.
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
        let mut records = Records::new("x.csv", Trickle(text, at_once), Limits::default()).unwrap();
        let mut found = Vec::new();
        while records.advance().unwrap() {
            let record = records.current();
            let fields = match record.has_unclosed_quote() {
                true => Vec::new(),
                false => record.iter().map(<[u8]>::to_vec).collect(),
            };
            found.push((record.line, fields));
        }
        found
    }

    #[test]
    fn lines_are_counted_as_in_an_editor() {
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
    fn an_unclosed_quote_affects_only_its_line() {
        let text = b"1,\"b\r\nc,\"\"\n2,d\n";
        let mut records = Records::new("x.csv", &text[..], Limits::default()).unwrap();
        assert!(records.advance().unwrap());
        assert!(records.current().has_unclosed_quote());
        assert_eq!(records.current().get(0), Some(&b"1,\"b"[..]));
        assert!(records.advance().unwrap());
        assert!(!records.current().has_unclosed_quote());
        assert_eq!(
            (records.current().line, records.current().get(0)),
            (2, Some(&b"c"[..]))
        );
        assert!(records.advance().unwrap());
        assert!(!records.advance().unwrap());
    }

    #[test]
    fn an_endless_row_and_a_million_columns_are_failures_with_their_line() {
        struct Endless;
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                buffer.fill(b'x');
                Ok(buffer.len())
            }
        }
        let limits = Limits {
            longest_row: 1 << 20,
            most_columns: 1000,
            ..Limits::default()
        };
        let source = (&b"a\n\nb,"[..]).chain(Endless);
        let mut records = Records::new("x.csv", source, limits).unwrap();
        assert!(records.advance().unwrap());
        let failure = records.advance().unwrap_err().to_string();
        assert!(
            failure.starts_with("x.csv:3: a row of more than 1048576 bytes"),
            "{failure}"
        );
        assert!(records.buffer.len() <= 8 << 20, "memory is bounded");
        let wide = ",".repeat(1000);
        let mut records = Records::new("x.csv", wide.as_bytes(), limits).unwrap();
        let failure = records.advance().unwrap_err().to_string();
        assert!(
            failure.starts_with("x.csv:1: a row has 1001 fields; at most 1000"),
            "{failure}"
        );
    }

    #[test]
    fn fields_may_be_separated_by_something_else() {
        let mut records =
            Records::new("x.csv", &b"a,b;\"c;d\";e\n"[..], Limits::default()).unwrap();
        records.set_delimiter(b';');
        assert!(records.advance().unwrap());
        let fields: Vec<_> = records.current().iter().collect();
        assert_eq!(fields, [&b"a,b"[..], b"c;d", b"e"]);
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
            let ours = split(&text, at_once);
            let sound = ours.iter().position(|(_, fields)| fields.is_empty()).unwrap_or(theirs.len());
            let ours: Vec<_> = ours.into_iter().map(|(_, fields)| fields).take(sound).collect();
            prop_assert_eq!(&ours[..], &theirs[..sound]);
        }
    }
}
