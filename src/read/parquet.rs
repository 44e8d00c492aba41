//! Turns a Parquet file into CSV text, which is read like any other: a row becomes a line, and a cell is written as
//! text according to its type.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, NaiveDate, TimeDelta};
use parquet::basic::{LogicalType, TimeUnit};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use crate::failure::{Failure, Outcome, Position};

/// Rows that are converted to text at a time.
const ROWS: usize = 1024;

/// The rows of a file as CSV with a header.
pub(super) struct ParquetText {
    rows: RowIter<'static>,
    columns: Vec<Moments>,
    text: Vec<u8>,
    /// How much of the text has been read.
    taken: usize,
}

/// What whole numbers and timestamps in a column mean.
#[derive(Clone, Copy, Default)]
struct Moments {
    /// Whole numbers are nanoseconds.
    are_nanoseconds: bool,
    /// They are timestamps in UTC, not local time.
    are_in_utc: bool,
}

impl ParquetText {
    /// Reads the file's metadata.
    ///
    /// # Errors
    /// A damaged file, and a column that is itself a table.
    pub(super) fn open(name: &str, bytes: Vec<u8>) -> Outcome<Self> {
        let damaged = |error: &dyn std::fmt::Display| {
            Failure::data(format!("can't read this Parquet file: {error}"))
                .at(Position::file(name))
                .remedy("is it complete? Write it again, or export the table as CSV")
        };
        let opened = guarded(|| SerializedFileReader::new(bytes::Bytes::from(bytes)));
        let reader = opened.map_err(|error| damaged(&error))?;
        let schema = reader.metadata().file_metadata().schema();
        let fields = schema.get_fields();
        let nested = fields.iter().find(|field| is_nested(field));
        if let Some(nested) = nested {
            return Err(Failure::data(format!(
                "the column `{}` holds structures, not values",
                nested.name().escape_debug()
            ))
            .at(Position::file(name))
            .remedy("select their fields as separate columns"));
        }
        let mut text = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            separate(&mut text, index);
            quote(&mut text, field.name().as_bytes());
        }
        text.push(b'\n');
        let columns = fields.iter().map(|field| moments(field)).collect();
        Ok(ParquetText {
            rows: RowIter::from_file_into(Box::new(reader)),
            columns,
            text,
            taken: 0,
        })
    }

    /// Converts the next rows to text; none at the end.
    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.taken = 0;
        for _ in 0..ROWS {
            let rows = &mut self.rows;
            let row = guarded(|| rows.next().transpose()).map_err(io::Error::other)?;
            let Some(row) = row else { break };
            self.write(&row);
        }
        Ok(())
    }

    fn write(&mut self, row: &Row) {
        for (index, ((_, field), moments)) in row.get_column_iter().zip(&self.columns).enumerate() {
            separate(&mut self.text, index);
            if let Some(cell) = cell(field, *moments) {
                quote(&mut self.text, &cell);
            }
        }
        self.text.push(b'\n');
    }
}

impl Read for ParquetText {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.text.len() {
            self.fill()?;
        }
        let left = &self.text[self.taken..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.taken += count;
        Ok(count)
    }
}

/// The library's result, or an error if it gives up on damaged pages.
fn guarded<T>(run: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("a page of it is damaged".to_owned()),
    }
}

/// Whether a column contains more than values and lists of them.
fn is_nested(field: &Type) -> bool {
    if field.is_primitive() {
        return false;
    }
    let is_list = matches!(
        field.get_basic_info().logical_type_ref(),
        Some(LogicalType::List)
    );
    let inner = |field: &Type| -> Option<bool> {
        let [only] = field.get_fields() else {
            return None;
        };
        match only.is_primitive() {
            true => Some(true),
            false => {
                let [only] = only.get_fields() else {
                    return None;
                };
                Some(only.is_primitive())
            }
        }
    };
    !(is_list && inner(field) == Some(true))
}

fn moments(field: &Type) -> Moments {
    match field.get_basic_info().logical_type_ref() {
        Some(LogicalType::Timestamp(kind)) => Moments {
            are_nanoseconds: matches!(kind.unit, TimeUnit::NANOS),
            are_in_utc: kind.is_adjusted_to_u_t_c,
        },
        _ => Moments::default(),
    }
}

/// The text for a value; `None` for no value. Values in a list have semicolons between them.
fn cell(field: &Field, moments: Moments) -> Option<Vec<u8>> {
    let text = match field {
        Field::Null => return None,
        Field::Str(text) => return Some(text.clone().into_bytes()),
        Field::Bytes(bytes) => return Some(bytes.data().to_vec()),
        Field::ListInternal(list) => {
            let values = list.elements().iter();
            let values = values.map(|value| cell(value, moments).unwrap_or_default());
            return Some(values.collect::<Vec<_>>().join(&b';'));
        }
        Field::Float(number) => number_text(number.to_string(), number.is_nan())?,
        Field::Double(number) => number_text(number.to_string(), number.is_nan())?,
        Field::Date(days) => NaiveDate::default()
            .checked_add_signed(TimeDelta::days((*days).into()))?
            .to_string(),
        Field::TimestampMillis(count) => moment(DateTime::from_timestamp_millis(*count)?, moments),
        Field::TimestampMicros(count) => moment(DateTime::from_timestamp_micros(*count)?, moments),
        Field::Long(count) if moments.are_nanoseconds => {
            moment(DateTime::from_timestamp_nanos(*count), moments)
        }
        other => other.to_string(),
    };
    Some(text.into_bytes())
}

fn number_text(text: String, is_nan: bool) -> Option<String> {
    (!is_nan).then_some(text)
}

/// A timestamp in UTC says so, so that a mapping's time zone can convert it.
fn moment(at: DateTime<chrono::Utc>, moments: Moments) -> String {
    let zone = if moments.are_in_utc { "Z" } else { "" };
    format!("{}{zone}", at.format("%Y-%m-%dT%H:%M:%S"))
}

fn separate(text: &mut Vec<u8>, index: usize) {
    if index > 0 {
        text.push(b',');
    }
}

/// Writes a cell. A line break would shift the line numbers in messages.
fn quote(text: &mut Vec<u8>, cell: &[u8]) {
    if cell.is_empty() {
        return;
    }
    text.push(b'"');
    for byte in cell {
        match byte {
            b'"' => text.extend_from_slice(b"\"\""),
            b'\r' | b'\n' => text.push(b' '),
            _ => text.push(*byte),
        }
    }
    text.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_parquet_is_a_failure_not_a_panic() {
        for bytes in [
            &b""[..],
            b"PAR1\x15",
            b"PAR1\x15\x00\x00\x00\x00PAR1",
            &[0x15; 400],
        ] {
            assert!(ParquetText::open("x.parquet", bytes.to_vec()).is_err());
        }
    }

    #[test]
    fn cells_are_text_as_in_csv() {
        let plain = Moments::default();
        let text = |field: Field| String::from_utf8(cell(&field, plain).unwrap()).unwrap();
        assert_eq!(text(Field::Date(16_861)), "2016-03-01");
        assert_eq!(
            text(Field::TimestampMicros(1_456_840_800_000_000)),
            "2016-03-01T14:00:00"
        );
        assert_eq!(text(Field::Double(35.1)), "35.1");
        assert_eq!(text(Field::Int(17)), "17");
        assert_eq!(text(Field::Bool(true)), "true");
        assert_eq!(cell(&Field::Double(f64::NAN), plain), None);
        let utc = Moments {
            are_nanoseconds: true,
            are_in_utc: true,
        };
        let nanoseconds = cell(&Field::Long(1_456_840_800_000_000_000), utc).unwrap();
        assert_eq!(nanoseconds, b"2016-03-01T14:00:00Z");
    }
}
