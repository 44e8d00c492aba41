//! Reads statistics tables, the tidy CSV of an agency that has only totals (docs/counting.md): each row is one figure
//! for one state, or the number of its cases at a place.

use std::io::Read;

use chrono::NaiveDate;

use super::column::spelling;
use super::decode::{Decoded, utf_16};
use super::limits::Limits;
use super::records::{Record, Records, sample_records};
use super::state_names::state_named;
use super::table::{DELIMITERS, declared_in_first_line};
use super::trim::trim;
use crate::area::Area;
use crate::failure::{Choice, Failure, Outcome, Position};
use crate::jurisdiction::Jurisdiction;
use crate::period::{Month, Period, YearStart};

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
/// The figure and category for the last day of the data, or its month, instead of a count.
pub const DATA_THROUGH: (&str, &str) = ("data", "through");
/// The figures for a rate and its number of residents, which aren't counts.
pub const RATE: &str = "rate";
/// An additional column in tables that must not be mistaken for something else.
pub const MARKING: &str = "marking";
/// An additional column in tables with fiscal years: the number of the month in which these begin.
pub const YEAR_STARTS: &str = "year_starts";
/// The mark on every file made from data that say they are synthetic.
pub const SYNTHETIC_MARK: &str = "SYNTHETIC SAMPLE DATA – NOT REAL";
const STATE: usize = 0;
const FROM: usize = 1;
const TO: usize = 2;
const YEAR: usize = 3;
const FIGURE: usize = 4;
const CATEGORY: usize = 5;
const COUNT: usize = 6;

/// The columns of a table of places, and no others: how many cases in a state and year are at a place, which is a ZIP
/// code, the name of a city, or a county's FIPS code or name with "County" or the like. Cases with several places are
/// in a separate row that names all of them, separated by semicolons. So each case of the year is in at most one row,
/// and sums never include one twice.
pub const PLACE_COLUMNS: [&str; 4] = ["state", "year", "place", "cases"];
const PLACE_YEAR: usize = 1;
const PLACE: usize = 2;
const CASES: usize = 3;

/// The largest count: the largest whole number up to which JSON, JavaScript and spreadsheets represent every whole
/// number exactly, so that the published number is the given one.
const LARGEST_COUNT: u64 = (1 << 53) - 1;

/// The rows of one statistics table, read as a stream.
pub struct StatisticsTable<R> {
    file: String,
    records: Records<Decoded<R>>,
    header: Header,
    /// The field of the column that says what rows must not be mistaken for.
    marking: Option<usize>,
    /// The field of the column that says with which month years begin.
    year_starts: Option<usize>,
    is_transcoded: bool,
}

/// The header of a table.
struct Header {
    kind: Kind,
    /// The cells as they are.
    cells: Vec<Vec<u8>>,
    /// The field of each column of the kind.
    fields: Vec<usize>,
}

/// The kinds of rows in a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Figures,
    Places,
}

/// A row of a statistics table.
pub enum StatisticsRow<'a> {
    /// A number in the catalog.
    Figure(FigureRow<'a>),
    /// Cases at places, for the map.
    Places(PlacesRow<'a>),
}

/// Cases at a place, or at each of several, as their row says.
pub struct PlacesRow<'a> {
    /// Their state.
    pub state: Jurisdiction,
    /// Their year.
    pub year: i32,
    /// The place or places, separated by semicolons.
    pub places: &'a str,
    cell: &'a str,
    at: At<'a>,
}

/// A figure as its row states it.
pub struct FigureRow<'a> {
    /// The area.
    pub area: Area,
    /// The period and the year.
    pub period: Period,
    /// The figure: `gender`.
    pub figure: &'a str,
    /// The category: `female`.
    pub category: &'a str,
    /// Whether it is marked as made from synthetic data.
    pub is_synthetic: bool,
    cell: &'a str,
    at: At<'a>,
}

/// The position of a row.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    line: u64,
    fields: &'a [usize],
}

/// Whether the first bytes of a file, unpacked, are the header of a statistics table.
pub fn is_statistics_table(start: &[u8]) -> bool {
    let text = match utf_16(start) {
        Some(encoding) => encoding.decode(start).0.into_owned().into_bytes(),
        None => start.to_vec(),
    };
    find_header(text.strip_prefix(super::records::MARK).unwrap_or(&text)).is_some()
}

/// The field separator, and the first row, if it is a statistics table's.
fn find_header(text: &[u8]) -> Option<(u8, Header)> {
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
        let mut cells = Vec::new();
        sample_records(&text[begin..], delimiter, 1, |row| {
            cells = row.map(<[u8]>::to_vec).collect();
        });
        let (kind, fields) = fields(&cells)?;
        let header = Header {
            kind,
            cells,
            fields,
        };
        Some((delimiter, header))
    })
}

/// The field of each column, if a header has all of them.
fn fields(header: &[Vec<u8>]) -> Option<(Kind, Vec<usize>)> {
    let names: Vec<String> = header
        .iter()
        .map(|name| spelling(&String::from_utf8_lossy(name)))
        .collect();
    let fields = |columns: &[&str]| -> Option<Vec<usize>> {
        let field = |column: &&str| names.iter().position(|name| name == column);
        columns.iter().map(field).collect()
    };
    if let Some(fields) = fields(&COLUMNS) {
        return Some((Kind::Figures, fields));
    }
    // Signals may have columns with these names as well, but not only these.
    let places = fields(&PLACE_COLUMNS).filter(|_| names.len() == PLACE_COLUMNS.len());
    Some((Kind::Places, places?))
}

impl<R: Read> StatisticsTable<R> {
    /// Reads the header. `file` is the name of the source in messages.
    ///
    /// # Errors
    /// A source that can't be read, or whose first row isn't the header of a statistics table.
    pub fn open(file: &str, source: R, limits: Limits) -> Outcome<Self> {
        let decoded = Decoded::new(source, None).map_err(|error| {
            Failure::data(format!("can't read: {error}")).at(Position::file(file))
        })?;
        let is_transcoded = decoded.is_transcoded();
        let mut records = Records::new(file, decoded, limits)?;
        let Some((delimiter, header)) = find_header(records.peek()) else {
            return Err(
                Failure::data("the first row isn't the header of a statistics table")
                    .at(Position::file(file))
                    .remedy(format!(
                        "it has the columns {}; or, for the map, {}",
                        COLUMNS.join(", "),
                        PLACE_COLUMNS.join(", ")
                    )),
            );
        };
        if declared_in_first_line(records.peek()).is_some() {
            records.skip_line();
        }
        records.set_delimiter(delimiter);
        records.advance()?;
        let field = |column: &str| {
            let mut cells = header.cells.iter();
            cells.position(|name| spelling(&String::from_utf8_lossy(name)) == column)
        };
        let (marking, year_starts) = (field(MARKING), field(YEAR_STARTS));
        Ok(StatisticsTable {
            file: file.to_owned(),
            records,
            header,
            marking,
            year_starts,
            is_transcoded,
        })
    }

    /// The name of the source in messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The next row; `None` at the end. Empty rows are skipped, and so is the header of a table that was appended to
    /// another.
    ///
    /// # Errors
    /// With file, line and field: a source that can't be read, a row with a different number of fields than the
    /// header, and anything that isn't text, a state, a month or a year.
    pub fn advance(&mut self) -> Outcome<Option<StatisticsRow<'_>>> {
        loop {
            if !self.records.advance()? {
                return Ok(None);
            }
            let record = self.records.current();
            let is_empty = record.iter().all(|cell| trim(cell).is_empty());
            let header = self.header.cells.iter().map(Vec::as_slice);
            if !is_empty && !record.iter().eq(header) {
                break;
            }
        }
        self.row(self.records.current()).map(Some)
    }

    fn row<'a>(&'a self, record: Record<'a>) -> Outcome<StatisticsRow<'a>> {
        let whole = || Position::line(&self.file, record.line, None);
        if record.has_unclosed_quote() {
            return Err(Failure::data("a quotation mark isn't closed").at(whole()));
        }
        if record.len() != self.header.cells.len() {
            return Err(Failure::data(format!(
                "the row has {} fields, but the header has {}",
                record.len(),
                self.header.cells.len()
            ))
            .at(whole())
            .remedy("put quotation marks around cells that contain a separator"));
        }
        if !record.is_plain_text(self.is_transcoded) {
            return Err(Failure::data("the row isn't text in UTF-8 or UTF-16")
                .at(whole())
                .remedy("save the table as “CSV UTF-8”"));
        }
        let at = At {
            file: &self.file,
            line: record.line,
            fields: &self.header.fields,
        };
        let cell = |column: usize| {
            let cell = trim(record.get(self.header.fields[column]).unwrap_or_default());
            std::str::from_utf8(cell).unwrap_or_default()
        };
        let state = || {
            state_named(cell(STATE)).ok_or_else(|| {
                Failure::data(format!("“{}” isn't a state", cell(STATE).escape_debug()))
                    .at(at.column(STATE))
                    .remedy("write its postal code, as in NM")
            })
        };
        let month =
            |column: usize| month(cell(column)).map_err(|failure| failure.at(at.column(column)));
        let year = |column: usize| {
            cell(column).parse().map_err(|_| {
                Failure::data(format!("“{}” isn't a year", cell(column).escape_debug()))
                    .at(at.column(column))
                    .remedy("write it as in 2016")
            })
        };
        if self.header.kind == Kind::Places {
            return Ok(StatisticsRow::Places(PlacesRow {
                state: state()?,
                year: year(PLACE_YEAR)?,
                places: cell(PLACE),
                cell: cell(CASES),
                at,
            }));
        }
        Ok(StatisticsRow::Figure(FigureRow {
            area: match Area::from_code(cell(STATE)) {
                Some(area) => area,
                None => Area::State(state()?),
            },
            period: Period {
                year: year(YEAR)?,
                from: month(FROM)?,
                to: month(TO)?,
                starts: self.starts(record, at)?,
            },
            figure: cell(FIGURE),
            category: cell(CATEGORY),
            is_synthetic: self.marking.is_some_and(|field| {
                let marking = record.get(field).unwrap_or_default();
                String::from_utf8_lossy(marking).contains(SYNTHETIC_MARK)
            }),
            cell: cell(COUNT),
            at,
        }))
    }

    /// The month in which a row's years begin; January if the table doesn't say.
    fn starts(&self, record: Record<'_>, at: At<'_>) -> Outcome<YearStart> {
        let Some(field) = self.year_starts else {
            return Ok(YearStart::JANUARY);
        };
        let cell = trim(record.get(field).unwrap_or_default());
        let cell = String::from_utf8_lossy(cell);
        let starts = cell.parse().ok().and_then(YearStart::of);
        starts.ok_or_else(|| {
            Failure::data(format!(
                "“{}” isn't the number of a month",
                cell.escape_debug()
            ))
            .at(Position::line(at.file, at.line, Some(field as u64 + 1)))
            .remedy("write the month that years begin with, from 1 to 12")
        })
    }
}

impl FigureRow<'_> {
    /// The count.
    ///
    /// # Errors
    /// Anything that isn't a whole number, is already protected or is too large.
    pub fn count(&self) -> Outcome<u64> {
        count(self.cell).map_err(|failure| failure.at(self.count_position()))
    }

    /// The day that replaces a count: `2016-12-15`, `20161215` or, if only the month is known, `2016-12`, which means
    /// its last day.
    ///
    /// # Errors
    /// Anything that isn't a day.
    pub fn day(&self) -> Outcome<NaiveDate> {
        day(self.cell).ok_or_else(|| {
            Failure::data(format!("“{}” isn't a day", self.cell.escape_debug()))
                .at(self.count_position())
                .remedy("write it as in 2016-12-15 or, where only the month is known, 2016-12")
        })
    }

    /// The position of the count.
    pub fn count_position(&self) -> Position {
        self.at.column(COUNT)
    }

    /// The position of the category.
    pub fn category_position(&self) -> Position {
        self.at.column(CATEGORY)
    }
}

impl PlacesRow<'_> {
    /// The number of cases.
    ///
    /// # Errors
    /// As [`FigureRow::count`].
    pub fn cases(&self) -> Outcome<u64> {
        count(self.cell).map_err(|failure| failure.at(self.cases_position()))
    }

    /// The position of the number of cases.
    pub fn cases_position(&self) -> Position {
        self.at.column(CASES)
    }

    /// The position of the places.
    pub fn places_position(&self) -> Position {
        self.at.column(PLACE)
    }
}

impl At<'_> {
    fn column(&self, column: usize) -> Position {
        Position::line(self.file, self.line, Some(self.fields[column] as u64 + 1))
    }
}

/// A month, or a day in it, as engines without months write it.
fn month(text: &str) -> Outcome<Month> {
    let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let is_day = day.is_some() && matches!(text.as_bytes().get(10), None | Some(b' ' | b'T'));
    match day.filter(|_| is_day) {
        Some(day) => Ok(Month::of(day)),
        None => text.parse().map_err(Failure::data),
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let compact = |text: &str| match text.len() {
        8 => NaiveDate::parse_from_str(text, "%Y%m%d").ok(),
        _ => None,
    };
    let written = text.get(..10).and_then(|day| day.parse().ok());
    let is_day = matches!(text.as_bytes().get(10), None | Some(b' ' | b'T'));
    written
        .filter(|_| is_day)
        .or_else(|| compact(text))
        .or_else(|| Some(text.parse::<Month>().ok()?.last_day()))
}

/// A count in a table that a person or an engine made.
fn count(text: &str) -> Outcome<u64> {
    let is_range = text.split_once('-').is_some_and(|ends| {
        [ends.0, ends.1]
            .iter()
            .all(|end| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let is_protected = text.starts_with('<') || is_range || text.eq_ignore_ascii_case("hidden");
    if is_protected {
        return Err(Failure::data(format!("“{text}” is already hidden"))
            .remedy("give exact counts: the program hides small ones itself")
            .choose(Choice::ExactCounts));
    }
    // Numbers from engines that don't have whole numbers.
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(
            Failure::data(format!("“{}” isn't a count", text.escape_debug()))
                .remedy("write a whole number, 0 or more, without commas or decimal points"),
        );
    }
    whole
        .parse()
        .ok()
        .filter(|count| *count <= LARGEST_COUNT)
        .ok_or_else(|| {
            Failure::data(format!("{whole} is more than {LARGEST_COUNT}"))
                .remedy("check the number: spreadsheets and JSON can't hold larger ones exactly")
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
                figures.push(match row {
                    StatisticsRow::Figure(row) => {
                        let (figure, category, count) = (row.figure, row.category, row.count()?);
                        let line = row.at.line;
                        format!("{line}: {} {figure}.{category} {count}", row.area)
                    }
                    StatisticsRow::Places(row) => {
                        let (year, places, cases) = (row.year, row.places, row.cases()?);
                        let line = row.at.line;
                        format!("{line}: {} {year} {places} {cases}", row.state)
                    }
                });
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
    fn a_table_of_places_has_just_its_columns() {
        let text = b"Year;State;Cases;Place\n2016;New Mexico;7;87102\n2016;NM;5;\"87102;Gallup\"\n";
        assert!(is_statistics_table(text));
        assert_eq!(
            figures(text).unwrap(),
            ["2: NM 2016 87102 7", "3: NM 2016 87102;Gallup 5"]
        );
        assert!(!is_statistics_table(b"id,state,year,place,cases\n"));
        let message = figures(b"state,year,place,cases\nNM,MMXVI,87102,7\n").unwrap_err();
        assert!(
            message.starts_with("t.csv:2:2: “MMXVI” isn't a year"),
            "{message}"
        );
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
            ("<5", Err("“<5” is already hidden")),
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
    fn the_last_day_may_be_written_as_an_engine_has_it() {
        let of = |text: &str| day(text).map(|day| day.to_string());
        for text in ["2016-12-15", "20161215", "2016-12-15 00:00:00"] {
            assert_eq!(of(text).as_deref(), Some("2016-12-15"), "{text}");
        }
        assert_eq!(of("2016-12").as_deref(), Some("2016-12-31"));
        for text in ["", "15", "2016-13", "2016-02-30", "2016", "201612150"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn empty_rows_and_repeated_headers_are_skipped() {
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
