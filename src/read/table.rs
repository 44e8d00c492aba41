//! A file as a table: its header below title lines, and its rows without what a report puts between and below them.

use std::io::Read;

use super::decode::Decoded;
use super::findings::Around;
use super::header::{Header, Wanted};
use super::limits::Limits;
use super::mapping::{Mapping, Report};
use super::records::{MARK, Record, Records, sample_records};
use super::reject::Fault;
use super::sound::sound;
use super::trim::trim;
use crate::failure::{Failure, Outcome, Position};

/// Rows in which the header must be.
const HEADER_WITHIN: usize = 100;
/// What may separate fields; if two are equally good, the first is used.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of a file, read as a stream.
pub(super) struct Table<'m, R> {
    pub header: Header,
    pub sieve: Sieve<'m>,
    pub around: Around,
    /// Whether what can't be decoded has become U+FFFD.
    pub is_transcoded: bool,
    pub records: Records<Decoded<R>>,
}

/// Distinguishes rows from what a report puts between and below them.
#[derive(Clone)]
pub(super) struct Sieve<'m> {
    /// The header as it is.
    pub header: csv::ByteRecord,
    report: &'m Report,
    pub behind_footer: bool,
    /// How a record may begin that isn't a row; with `None`, any record may.
    suspicious: Option<[Option<u8>; 2]>,
}

impl<'m, R: Read> Table<'m, R> {
    /// Reads to the header.
    ///
    /// # Errors
    /// A source that can't be read, is empty, or doesn't have the required columns.
    pub(super) fn open(file: &str, source: R, wanted: Wanted<'m>, limits: Limits) -> Outcome<Self> {
        let mapping = wanted.mapping;
        let decoded = Decoded::new(source, mapping.encoding).map_err(|error| {
            Failure::data(format!("can't read: {error}")).at(Position::file(file))
        })?;
        let is_transcoded = decoded.is_transcoded();
        let mut records = Records::new(file, decoded, limits)?;
        let declared = declared_in_first_line(records.peek());
        if declared.is_some() {
            records.skip_line();
        }
        let delimiter = mapping
            .delimiter
            .or(declared)
            .unwrap_or_else(|| likely_delimiter(records.peek(), &wanted));
        records.set_delimiter(delimiter);
        let (header, titles) = find_header(file, &mut records, &wanted)?;
        let record = records.current();
        let sieve = Sieve::new(record.iter().collect(), &mapping.report);
        let mut around = Around {
            delimiter: delimiter.into(),
            header_line: record.line,
            titles,
            ..Around::default()
        };
        while around.labels + 1 < mapping.header_rows as u64 && records.advance()? {
            around.labels += 1;
        }
        Ok(Table {
            header,
            sieve,
            around,
            is_transcoded,
            records,
        })
    }

    /// Goes to the next row; `false` at the end of the file.
    ///
    /// # Errors
    /// As [`Records::advance`].
    pub(super) fn advance(&mut self) -> Outcome<bool> {
        while self.records.advance()? {
            if self.sieve.is_row(self.records.current(), &mut self.around) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a row can be read at all.
    pub(super) fn check(&self, record: Record<'_>, mapping: &Mapping) -> Result<(), Fault> {
        sound(record, &self.header, mapping, self.is_transcoded)
    }

    /// The row that [`Self::advance`] went to.
    pub(super) fn current(&self) -> Record<'_> {
        self.records.current()
    }
}

impl<'m> Sieve<'m> {
    fn new(header: csv::ByteRecord, report: &'m Report) -> Self {
        let has_words = !report.footer.is_empty() || !report.totals.is_empty();
        let begin = header.get(0).and_then(<[u8]>::first).copied();
        Sieve {
            header,
            report,
            behind_footer: false,
            suspicious: (!has_words).then_some([begin, Some(MARK[0])]),
        }
    }

    /// Whether a record is a row; if not, it is counted in `around`.
    #[inline]
    pub(super) fn is_row(&mut self, record: Record<'_>, around: &mut Around) -> bool {
        // A quick check settles nearly all rows.
        let begin = record.get(0).and_then(<[u8]>::first).copied();
        match self.suspicious {
            Some(suspicious) if !suspicious.contains(&begin) => true,
            _ => self.is_row_after_all(record, around),
        }
    }

    fn is_row_after_all(&mut self, record: Record<'_>, around: &mut Around) -> bool {
        if is_same(record, &self.header) {
            around.repeated_headers += 1;
            self.behind_footer = false;
        } else if self.behind_footer || begins_with_one_of(record, &self.report.footer) {
            around.footer += 1;
            self.behind_footer = true;
        } else if begins_with_one_of(record, &self.report.totals) {
            around.totals += 1;
        } else {
            return true;
        }
        false
    }
}

/// The header is the first row that has all required columns. If there is none, the error is about the row that has
/// the most.
fn find_header<R: Read>(
    file: &str,
    records: &mut Records<R>,
    wanted: &Wanted<'_>,
) -> Outcome<(Header, u64)> {
    let mut best: Option<(usize, Failure)> = None;
    for titles in 0..HEADER_WITHIN {
        if !records.advance()? {
            break;
        }
        let record = records.current();
        match Header::read(file, record, wanted) {
            Ok(header) => return Ok((header, titles as u64)),
            Err(failure) => {
                let known = wanted.known_names(record.iter());
                if best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, failure));
                }
            }
        }
    }
    Err(best.map_or_else(
        || {
            Failure::data("the file is empty")
                .at(Position::file(file))
                .remedy("it needs a header with the columns signal_id, received and state, then a row per signal")
        },
        |(_, failure)| failure,
    ))
}

/// `sep=;`, with which Excel lets a file name its separator.
pub(super) fn declared_in_first_line(text: &[u8]) -> Option<u8> {
    let text = text.strip_prefix(b"\"").unwrap_or(text);
    let (delimiter, rest) = text.strip_prefix(b"sep=")?.split_first()?;
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    matches!(rest.first(), Some(b'\r' | b'\n')).then_some(*delimiter)
}

/// The field separator: the one that gives a row the most column names; if no name is known, the one that gives the
/// most fields in two similar rows.
pub(super) fn likely_delimiter(text: &[u8], wanted: &Wanted<'_>) -> u8 {
    let quality = |delimiter: u8| {
        let (mut known, mut alike, mut last) = (0, 0, 0);
        sample_records(text, delimiter, HEADER_WITHIN, |cells| {
            let mut fields = 0;
            known = wanted
                .known_names(cells.inspect(|_| fields += 1))
                .max(known);
            if fields == last {
                alike = fields.max(alike);
            }
            last = fields;
        });
        (known, alike)
    };
    let mut best = (DELIMITERS[0], quality(DELIMITERS[0]));
    for delimiter in DELIMITERS {
        let quality = quality(delimiter);
        if quality > best.1 {
            best = (delimiter, quality);
        }
    }
    best.0
}

fn is_same(record: Record<'_>, header: &csv::ByteRecord) -> bool {
    let (Some(first), Some(of_header)) = (record.get(0), header.get(0)) else {
        return false;
    };
    // A file that was appended to another may have brought its byte order mark, and a quotation mark after it.
    let is_first = first == of_header
        || first.strip_prefix(MARK).is_some_and(|first| {
            let unquoted = first
                .strip_prefix(b"\"")
                .and_then(|first| first.strip_suffix(b"\""));
            unquoted.unwrap_or(first) == of_header
        });
    is_first && record.len() == header.len() && record.iter().skip(1).eq(header.iter().skip(1))
}

/// Whether the first text of a row begins with one of several words; "Total 3" begins with "total", "Totally"
/// doesn't.
fn begins_with_one_of(record: Record<'_>, words: &[String]) -> bool {
    if words.is_empty() {
        return false;
    }
    let first = record.iter().map(trim).find(|cell| !cell.is_empty());
    let Some(first) = first else { return false };
    words.iter().any(|word| {
        let word = word.trim().as_bytes();
        !word.is_empty()
            && first.len() >= word.len()
            && first[..word.len()].eq_ignore_ascii_case(word)
            && !first.get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
    })
}
