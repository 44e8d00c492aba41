//! Reads statistics tables, the tidy CSV of an agency that holds only totals (SPEC section 1): each row is
//! one figure of one state.

use std::io::Read;

use chrono::NaiveDate;

use super::column::spelling;
use super::decode::{Decoded, utf_16};
use super::limits::Limits;
use super::records::{Record, Records, sample_records};
use super::table::{DELIMITERS, declared_in_first_line};
use super::trim::trim;
use crate::failure::{Choice, Failure, Outcome, Position};
use crate::jurisdiction::Jurisdiction;
use crate::period::{Month, Period};

/// The columns of a statistics table, in the order in which `stats --format csv` writes them.
pub const COLUMNS: [&str; 7] = [
    "state",
    "period_from",
    "period_to",
    "year",
    "figure",
    "category",
    "count",
];
const STATE: usize = 0;
const FROM: usize = 1;
const TO: usize = 2;
const YEAR: usize = 3;
const FIGURE: usize = 4;
const CATEGORY: usize = 5;
const COUNT: usize = 6;

/// The largest count: the largest whole number up to which JSON, JavaScript and spreadsheets hold every
/// one, so that what is published is the number that was given.
const LARGEST_COUNT: u64 = (1 << 53) - 1;

/// The figures of one statistics table, read in a stream.
pub struct StatisticsTable<R> {
    file: String,
    records: Records<Decoded<R>>,
    /// The header as it stands, and the field of each of [`COLUMNS`].
    header: Vec<Vec<u8>>,
    fields: [usize; COLUMNS.len()],
    is_transcoded: bool,
}

/// A figure as its row states it.
pub struct FigureRow<'a> {
    /// The state that it is of.
    pub state: Jurisdiction,
    /// The period and the year that it is of.
    pub period: Period,
    /// What is counted: `gender`.
    pub figure: &'a str,
    /// Which of them: `female`.
    pub category: &'a str,
    cell: &'a str,
    at: At<'a>,
}

/// Where a row stands.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    line: u64,
    fields: &'a [usize; COLUMNS.len()],
}

/// Whether the first bytes of a file, unpacked, are the header of a statistics table.
pub fn is_statistics_table(start: &[u8]) -> bool {
    let text = match utf_16(start) {
        Some(encoding) => encoding.decode(start).0.into_owned().into_bytes(),
        None => start.to_vec(),
    };
    find_header(text.strip_prefix(super::records::MARK).unwrap_or(&text)).is_some()
}

/// What separates the fields, and the names in the first row, if they are a statistics table's.
fn find_header(text: &[u8]) -> Option<(u8, Vec<Vec<u8>>)> {
    let text = match declared_in_first_line(text) {
        Some(_) => {
            let end = text.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            &text[end.unwrap_or(text.len())..]
        }
        None => text,
    };
    let begin = text
        .iter()
        .position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut header = Vec::new();
        sample_records(&text[begin..], delimiter, 1, |cells| {
            header = cells.map(<[u8]>::to_vec).collect();
        });
        fields(&header).map(|_| (delimiter, header))
    })
}

/// The field of each column, where a header has all of them.
fn fields(header: &[Vec<u8>]) -> Option<[usize; COLUMNS.len()]> {
    let names: Vec<String> = header
        .iter()
        .map(|name| spelling(&String::from_utf8_lossy(name)))
        .collect();
    let mut fields = [0; COLUMNS.len()];
    for (field, column) in fields.iter_mut().zip(COLUMNS) {
        *field = names.iter().position(|name| name == column)?;
    }
    Some(fields)
}

impl<R: Read> StatisticsTable<R> {
    /// Reads the header. `file` is how messages name the source.
    ///
    /// # Errors
    /// A source that can't be read, or whose first row isn't the header of a statistics table.
    pub fn open(file: &str, source: R, limits: Limits) -> Outcome<Self> {
        let decoded = Decoded::new(source, None).map_err(|error| {
            Failure::data(format!("can't read: {error}")).at(Position::file(file))
        })?;
        let is_transcoded = decoded.is_transcoded();
        let mut records = Records::new(file, decoded, limits)?;
        let found = find_header(records.peek())
            .and_then(|(delimiter, header)| Some((delimiter, fields(&header)?, header)));
        let Some((delimiter, fields, header)) = found else {
            return Err(
                Failure::data("the first row isn't the header of a statistics table")
                    .at(Position::file(file))
                    .remedy(format!("it has the columns {}", COLUMNS.join(", "))),
            );
        };
        if declared_in_first_line(records.peek()).is_some() {
            records.skip_line();
        }
        records.set_delimiter(delimiter);
        records.advance()?;
        Ok(StatisticsTable {
            file: file.to_owned(),
            records,
            header,
            fields,
            is_transcoded,
        })
    }

    /// How messages name the source.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The next figure; `None` at the end. Empty rows are passed over, and the header of a table that was
    /// put behind another.
    ///
    /// # Errors
    /// With file, line and field: a source that can't be read, a row of another width than the header,
    /// what isn't text, a state, a month or a year.
    pub fn advance(&mut self) -> Outcome<Option<FigureRow<'_>>> {
        loop {
            if !self.records.advance()? {
                return Ok(None);
            }
            let record = self.records.current();
            let is_empty = record.iter().all(|cell| trim(cell).is_empty());
            let header = self.header.iter().map(Vec::as_slice);
            if !is_empty && !record.iter().eq(header) {
                break;
            }
        }
        self.figure(self.records.current()).map(Some)
    }

    fn figure<'a>(&'a self, record: Record<'a>) -> Outcome<FigureRow<'a>> {
        let whole = || Position::line(&self.file, record.line, None);
        if record.has_unclosed_quote() {
            return Err(Failure::data("a quotation mark isn't closed").at(whole()));
        }
        if record.len() != self.header.len() {
            return Err(Failure::data(format!(
                "the row has {} fields, but the header has {}",
                record.len(),
                self.header.len()
            ))
            .at(whole())
            .remedy("put quotation marks around a cell that holds a separator"));
        }
        if !record.is_plain_text(self.is_transcoded) {
            return Err(Failure::data("the row isn't text in UTF-8 or UTF-16")
                .at(whole())
                .remedy("save the table as “CSV UTF-8”"));
        }
        let at = At {
            file: &self.file,
            line: record.line,
            fields: &self.fields,
        };
        let cell = |column: usize| {
            let cell = trim(record.get(self.fields[column]).unwrap_or_default());
            std::str::from_utf8(cell).unwrap_or_default()
        };
        let state = Jurisdiction::from_code_or_name(cell(STATE)).ok_or_else(|| {
            Failure::data(format!("“{}” isn't a state", cell(STATE).escape_debug()))
                .at(at.column(STATE))
                .remedy("write its postal code, as in NM")
        })?;
        let month =
            |column: usize| month(cell(column)).map_err(|failure| failure.at(at.column(column)));
        let year = cell(YEAR).parse().map_err(|_| {
            Failure::data(format!("“{}” isn't a year", cell(YEAR).escape_debug()))
                .at(at.column(YEAR))
                .remedy("write it as in 2016")
        })?;
        Ok(FigureRow {
            state,
            period: Period {
                from: month(FROM)?,
                to: month(TO)?,
                year,
            },
            figure: cell(FIGURE),
            category: cell(CATEGORY),
            cell: cell(COUNT),
            at,
        })
    }
}

impl FigureRow<'_> {
    /// The count.
    ///
    /// # Errors
    /// What isn't a whole number, is protected already or is too large.
    pub fn count(&self) -> Outcome<u64> {
        count(self.cell).map_err(|failure| failure.at(self.count_position()))
    }

    /// Where the count stands.
    pub fn count_position(&self) -> Position {
        self.at.column(COUNT)
    }

    /// Where the category stands.
    pub fn category_position(&self) -> Position {
        self.at.column(CATEGORY)
    }
}

impl At<'_> {
    fn column(&self, column: usize) -> Position {
        Position::line(self.file, self.line, Some(self.fields[column] as u64 + 1))
    }
}

/// A month, or a day of it, as engines that have no months write it.
fn month(text: &str) -> Outcome<Month> {
    let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let is_day = day.is_some() && matches!(text.as_bytes().get(10), None | Some(b' ' | b'T'));
    match day.filter(|_| is_day) {
        Some(day) => Ok(Month::of(day)),
        None => text.parse().map_err(Failure::data),
    }
}

/// A count of a table that a person or an engine made.
fn count(text: &str) -> Outcome<u64> {
    let is_protected = text.starts_with('<') || text.eq_ignore_ascii_case("hidden");
    if is_protected {
        return Err(
            Failure::data(format!("“{text}” is a number that is hidden already"))
                .remedy("give exact counts: small ones are hidden in what is made of them")
                .choose(Choice::ExactCounts),
        );
    }
    // Numbers of engines that know no whole ones.
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(
            Failure::data(format!("“{}” isn't a count", text.escape_debug()))
                .remedy("write a whole number from 0 on, without commas or points"),
        );
    }
    whole
        .parse()
        .ok()
        .filter(|count| *count <= LARGEST_COUNT)
        .ok_or_else(|| {
            Failure::data(format!("{whole} is more than {LARGEST_COUNT}"))
                .remedy("spreadsheets and JSON don't hold larger numbers exactly")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "state,period_from,period_to,year,figure,category,count";

    /// The figures as `line: state figure.category count`, or the first failure.
    fn figures(text: &[u8]) -> Result<Vec<String>, String> {
        let read = || {
            let mut table = StatisticsTable::open("t.csv", text, Limits::default())?;
            let mut figures = Vec::new();
            while let Some(row) = table.advance()? {
                let (figure, category, count) = (row.figure, row.category, row.count()?);
                figures.push(format!(
                    "{}: {} {figure}.{category} {count}",
                    row.at.line, row.state
                ));
            }
            Ok(figures)
        };
        read().map_err(|failure: Failure| failure.to_string())
    }

    #[test]
    fn lines_are_right_after_crlf_blank_lines_and_quoted_line_breaks() {
        let text = format!(
            "{HEADER},note\r\n\r\n\
             NM,2012-12,2016-12,2016,cases,year,7,\"two\r\nlines\"\r\n\r\n\r\n\
             TX,2012-12,2016-12,2016,cases,year,8,\r\n\
             TX,2012-12,2016-13,2016,cases,period,9,\r\n"
        );
        let sound = &text[..text.rfind("TX").unwrap()];
        assert_eq!(
            figures(sound.as_bytes()).unwrap(),
            ["3: NM cases.year 7", "7: TX cases.year 8"]
        );
        let message = figures(text.as_bytes()).unwrap_err();
        assert!(message.starts_with("t.csv:8:3: “2016-13” "), "{message}");
    }

    #[test]
    fn separators_marks_and_encodings_are_those_of_any_table() {
        let row = "NM,2012-12,2016-12,2016,cases,year,7";
        for separator in [",", ";", "\t", "|"] {
            let text = format!("{HEADER}\n{row}\n").replace(',', separator);
            let quoted = text.replace("state", "\"State\"");
            let declared = format!("sep={separator}\r\n{text}");
            let marked = format!("\u{feff}{text}");
            let utf_16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for (bytes, line) in [
                (text.as_bytes(), 2),
                (quoted.as_bytes(), 2),
                (declared.as_bytes(), 3),
                (marked.as_bytes(), 2),
                (&utf_16, 2),
            ] {
                assert!(is_statistics_table(bytes), "{separator}");
                assert_eq!(
                    figures(bytes).unwrap(),
                    [format!("{line}: NM cases.year 7")]
                );
            }
        }
        for other in [
            "",
            "\n\n",
            "signal_id,received,state\n",
            &HEADER.replace("count", "n"),
        ] {
            assert!(!is_statistics_table(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn counts_have_more_than_32_bits_but_are_exact_in_json() {
        for (cell, expected) in [
            ("4294967296", Ok(1 << 32)),
            ("9007199254740991", Ok(LARGEST_COUNT)),
            ("12.0", Ok(12)),
            (
                "9007199254740992",
                Err("9007199254740992 is more than 9007199254740991"),
            ),
            (
                "99999999999999999999999",
                Err("99999999999999999999999 is more"),
            ),
            ("1,000", Err("“1,000” isn't a count")),
            ("+5", Err("“+5” isn't a count")),
            ("-5", Err("“-5” isn't a count")),
            ("", Err("“” isn't a count")),
            (".0", Err("“.0” isn't a count")),
            ("5.5", Err("“5.5” isn't a count")),
            ("<5", Err("“<5” is a number that is hidden already")),
        ] {
            match (count(cell), expected) {
                (Ok(count), Ok(expected)) => assert_eq!(count, expected),
                (Err(failure), Err(start)) => {
                    assert!(failure.message.starts_with(start), "{failure}");
                }
                (count, _) => panic!("{cell}: {count:?}"),
            }
        }
    }

    #[test]
    fn a_month_may_be_a_day_of_it() {
        let of = |text: &str| month(text).map(|month| month.to_string());
        for text in [
            "2012-12",
            "2012-12-01",
            "2012-12-31",
            "2012-12-01 00:00:00",
            "2012-12-01T00:00",
        ] {
            assert_eq!(of(text).unwrap(), "2012-12", "{text}");
        }
        for text in [
            "",
            "2012",
            "2012-13-01",
            "2012-12-0",
            "2012-12-011",
            "12/2012",
        ] {
            assert!(of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn empty_rows_and_headers_of_tables_put_behind_are_passed_over() {
        let row = "NM,2012-12,2016-12,2016,cases,year,7";
        let text = format!("{HEADER}\n{row}\n,,,,,,\n{HEADER}\n \n{row}\n");
        let message = figures(text.as_bytes());
        assert_eq!(
            message.unwrap(),
            ["2: NM cases.year 7", "6: NM cases.year 7"]
        );
        assert_eq!(figures(format!("{HEADER}\n").as_bytes()), Ok(Vec::new()));
    }
}
