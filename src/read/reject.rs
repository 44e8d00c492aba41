//! Rows that can't be read: the reasons, and the CSV file with these rows.

use std::fmt;
use std::io::{self, Write};

use super::column::Column;
use super::records::Record;
use crate::csv_cell::inert;
use crate::failure::{Failure, Position, shortened};

/// Why a row is rejected (docs/counting.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// More fields than the header has, or fewer.
    FieldCount {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// A quotation mark that isn't closed.
    UnclosedQuote,
    /// Bytes that aren't text in the file's encoding.
    Undecodable,
    /// No id.
    NoSignalId,
    /// No date.
    NoReceived,
    /// Not written as a date.
    NotADate,
    /// The day isn't in the calendar.
    NoSuchDay,
    /// A year that no signal can have.
    ImpossibleYear,
    /// No month has that number; the day may come first.
    DayFirst,
    /// Only a number.
    NumberForDate,
    /// An id that a spreadsheet has rounded.
    LostDigits,
    /// A coordinate that isn't on the Earth, or isn't a number.
    ImpossibleCoordinate,
    /// Not as many latitudes as longitudes.
    UnpairedCoordinates {
        /// The number of latitudes.
        latitudes: usize,
        /// The number of longitudes.
        longitudes: usize,
    },
    /// Several states, but not one for each place.
    FewerStatesThanPlaces {
        /// The number of states.
        states: usize,
        /// The number of places.
        places: usize,
    },
}

/// The column that causes it with its field, if it is one, and what is wrong.
pub(super) type Fault = (Option<(Column, usize)>, Reason);

impl Reason {
    /// How to fix the row.
    fn remedy(&self) -> &'static str {
        match self {
            Reason::FieldCount { .. } => {
                "put quotation marks around cells that contain a separator; if it only has empty fields too many, or \
                too few at the end, write uneven_rows = \"pad\" in a mapping file"
            }
            Reason::UnclosedQuote => {
                "close the cell with a quotation mark; if a cell contains one, write it twice"
            }
            Reason::Undecodable => {
                "save the file as “CSV UTF-8”, or give a mapping file with encoding = \"windows-1252\""
            }
            Reason::NoSignalId => "give the row an id that no other row has",
            Reason::NoReceived => "write the day on which the signal arrived, as in 2016-03-01",
            Reason::NotADate => {
                "write it like 2016-03-01, 3/1/2016 or Mar 1, 2016; for another form, give `dates` in a mapping file, \
                as in dates = [\"month\"] for Mar 2016 or dates = [\"year\"] for 2016"
            }
            Reason::NoSuchDay => "correct the day or the month",
            Reason::ImpossibleYear => "write the year with four digits, from 1900 to 2199",
            Reason::DayFirst => {
                "if the day comes before the month in this file, write dates = [\"day/month/year\"] in a mapping file"
            }
            Reason::NumberForDate => {
                "format the column as a date in the spreadsheet and export it again; if it counts days from \
                1900, write dates = [\"excel\"] in a mapping file; seconds since 1970 can't be read"
            }
            Reason::LostDigits => {
                "format the column as text in the spreadsheet, not as a number, and export it again"
            }
            Reason::ImpossibleCoordinate => {
                "write decimal degrees, latitude from -90 to 90 and longitude from -180 to 180, or leave both empty"
            }
            Reason::UnpairedCoordinates { .. } => {
                "give each place both a latitude and a longitude, or neither; separate them with ;"
            }
            Reason::FewerStatesThanPlaces { .. } => {
                "give one state for all places, or one for each; separate them with ;"
            }
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::FieldCount { found, expected } => {
                write!(
                    out,
                    "the number of fields is {found}, but the header has {expected}"
                )
            }
            Reason::UnclosedQuote => out.write_str("a quotation mark isn't closed"),
            Reason::Undecodable => out.write_str("bytes that aren't UTF-8 text"),
            Reason::NoSignalId => out.write_str("no signal_id"),
            Reason::NoReceived => out.write_str("no date"),
            Reason::NotADate => out.write_str("not a date"),
            Reason::NoSuchDay => out.write_str("there is no such day"),
            Reason::ImpossibleYear => out.write_str("the year isn't between 1900 and 2199"),
            Reason::DayFirst => out.write_str("the first number isn't a month"),
            Reason::NumberForDate => out.write_str("a number, not a date"),
            Reason::LostDigits => out.write_str("scientific notation has lost digits"),
            Reason::ImpossibleCoordinate => out.write_str("not a coordinate in degrees"),
            Reason::UnpairedCoordinates {
                latitudes,
                longitudes,
            } => write!(out, "{latitudes} latitudes for {longitudes} longitudes"),
            Reason::FewerStatesThanPlaces { states, places } => {
                write!(out, "{states} states for {places} places")
            }
        }
    }
}

/// A row that can't be read.
#[derive(Clone, Copy)]
pub struct Reject<'a> {
    /// The file's header, as it is.
    pub header: &'a csv::ByteRecord,
    /// The row, as it is.
    pub record: Record<'a>,
    /// The column that causes it and its field from 0; `None` if it is the whole row.
    pub column: Option<(Column, usize)>,
    /// What is wrong with it.
    pub reason: Reason,
}

impl Reject<'_> {
    /// The row's line in the file.
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// As a message with file, line and field.
    pub fn failure(&self, file: &str) -> Failure {
        let field = self.column.map(|(_, field)| field);
        let position = Position::line(file, self.line(), field.map(|field| field as u64 + 1));
        let message = match self.column {
            None => self.reason.to_string(),
            Some((column, field)) => {
                let cell = self.record.get(field).filter(|_| is_quoted(column));
                let value = String::from_utf8_lossy(cell.unwrap_or_default());
                match shortened(value.trim()).as_str() {
                    "" => format!("{}: {}", column.name(), self.reason),
                    value => {
                        format!(
                            "{} “{}”: {}",
                            column.name(),
                            value.escape_debug(),
                            self.reason
                        )
                    }
                }
            }
        };
        Failure::data(message)
            .at(position)
            .remedy(self.reason.remedy())
    }
}

/// Whether a message may quote a cell of a column: a date, to show how it is written, or something that isn't a
/// state. Ids and places may lead to a person; they are in the file of rejected rows.
fn is_quoted(column: Column) -> bool {
    matches!(column, Column::Received | Column::State)
}

/// Writes rejected rows as CSV: `file,line,column,reason` and then the whole row. The file begins with the header; if
/// rows from a file with another header follow, that header comes before them with the reason "header".
///
/// A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return,
/// and isn't a number) gets an apostrophe in front.
pub struct RejectsWriter<Open, W: Write> {
    /// Called for the first row, so that no file is created if there is none.
    open: Option<Open>,
    out: Option<csv::Writer<W>>,
    header: csv::ByteRecord,
}

impl<W: Write, Open: FnOnce() -> io::Result<W>> RejectsWriter<Open, W> {
    /// A file that is opened when the first row is written to it.
    pub fn new(open: Open) -> Self {
        RejectsWriter {
            open: Some(open),
            out: None,
            header: csv::ByteRecord::new(),
        }
    }

    /// Writes one row of a file.
    ///
    /// # Errors
    /// If the output can't be opened or written.
    pub fn write(&mut self, file: &str, reject: &Reject<'_>) -> io::Result<()> {
        if let Some(open) = self.open.take() {
            let mut out = csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(open()?);
            for name in ["file", "line", "column", "reason"] {
                out.write_field(name)?;
            }
            write_row(&mut out, reject.header.iter())?;
            self.header = reject.header.clone();
            self.out = Some(out);
        }
        let Some(out) = &mut self.out else {
            return Err(io::Error::other(
                "the rejects file could not be opened before",
            ));
        };
        if self.header != *reject.header {
            self.header = reject.header.clone();
            for cell in [file, "", "", "header"] {
                out.write_field(inert(cell.as_bytes()))?;
            }
            write_row(out, self.header.iter())?;
        }
        out.write_field(inert(file.as_bytes()))?;
        out.write_field(reject.line().to_string())?;
        out.write_field(reject.column.map_or("", |(column, _)| column.name()))?;
        out.write_field(reject.reason.to_string())?;
        write_row(out, reject.record.iter())
    }

    /// Writes what is still buffered; returns whether there is any row.
    ///
    /// # Errors
    /// If the output can't be written.
    pub fn finish(self) -> io::Result<bool> {
        match self.out {
            None => Ok(false),
            Some(mut out) => out.flush().map(|()| true),
        }
    }
}

fn write_row<'a, W: Write>(
    out: &mut csv::Writer<W>,
    cells: impl Iterator<Item = &'a [u8]>,
) -> io::Result<()> {
    for cell in cells {
        out.write_field(inert(cell))?;
    }
    out.write_record(None::<&[u8]>)?;
    Ok(())
}
