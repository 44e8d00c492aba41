//! What people should know about reading a file: unknown values, rejected rows, unused columns.

use ahash::AHashMap;

use super::column::Column;
use super::date::Ways;
use super::ledger::ColumnCells;
use super::sheets::SheetRead;
use super::told::ToldPlace;
use crate::failure::{Failure, Outcome, Position, counted, escaped, shortened};

/// Distinct unknown values that are kept per column.
const MOST_VALUES: usize = 1000;
/// Rejected rows that are kept to show; the rejects CSV has all of them.
pub(super) const MOST_REJECTS_SHOWN: usize = 20;

/// What was found in one file so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// The file as the user named it.
    pub file: String,
    /// If the table is a workbook's sheet: which one, and what isn't read in the workbook.
    pub sheet: Option<SheetRead>,
    /// Rows read, without the header and blank lines.
    pub rows: u64,
    /// How many of them are rejected.
    pub rejected: u64,
    /// The first rejected rows, with line and field.
    pub first_rejects: Vec<Failure>,
    /// What is around the rows.
    pub around: Around,
    /// Columns of the file that aren't used.
    pub extra_columns: Vec<String>,
    /// Values that aren't in the vocabulary, by column; only columns with such values.
    pub unknown: Vec<UnknownInColumn>,
    /// What there is to report about cells with places: those not found, in conflict, or understood although they are
    /// written differently.
    pub places: Vec<ToldPlace>,
    /// How the dates are written.
    pub ways: Ways,
    /// Whether anything says which signals belong to the same case.
    pub knows_cases: bool,
    /// What happened to the cells of each column that is read, in the order of the columns' meanings.
    pub cells: Vec<ColumnCells>,
}

/// The unknown values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownInColumn {
    /// The canonical column.
    pub column: Column,
    /// The column's field in the file, from 1; `None` if it is made from several.
    pub field: Option<u64>,
    /// The values, with their lines.
    pub values: UnknownValues,
    /// What they count as anyway.
    pub counted_as: Option<String>,
}

/// What is around the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// What separates the fields.
    pub delimiter: char,
    /// Line of the header.
    pub header_line: u64,
    /// Lines above the header that are not blank.
    pub titles: u64,
    /// Rows of labels below the header.
    pub labels: u64,
    /// Headers of files that were concatenated.
    pub repeated_headers: u64,
    /// Rows with totals of other rows.
    pub totals: u64,
    /// Rows below the last signal: notes and the like.
    pub footer: u64,
}

impl Findings {
    /// What to report if nothing in the file shows whether its dates have the day or the month first.
    pub fn open_dates(&self) -> Option<String> {
        let line = self.ways.first_both.filter(|_| self.ways.are_open())?;
        Some(format!(
            "every date in numbers could have the month or the day first; the month is taken to come first: \
            {}, the first \
             in line {line}; if the day comes first, write dates = [\"day/month/year\"] in a mapping file",
            counted(self.ways.both_ways, "row")
        ))
    }

    /// With `--strict`, any rejected row and any unknown value is an error (docs/counting.md).
    ///
    /// # Errors
    /// The first rejected row; otherwise, the first unknown value.
    pub fn strict(&self) -> Outcome<()> {
        if let Some(reject) = self.first_rejects.first() {
            return Err(reject.clone());
        }
        let first = self
            .unknown
            .iter()
            .filter_map(|column| Some((column, column.values.values().first()?)))
            .min_by_key(|(_, value)| value.first_line);
        match first {
            None => Ok(()),
            Some((column, value)) => Err(Failure::data(format!(
                "unknown {} “{}”",
                column.column.name(),
                escaped(&shortened(&value.value))
            ))
            .at(Position::line(
                self.file.as_str(),
                value.first_line,
                column.field,
            ))
            .remedy("correct it, or add an alias for it to the vocabulary or a mapping file")),
        }
    }
}

impl Around {
    /// Adds what is between and below the rows of another part of the file.
    pub(super) fn add(&mut self, part: &Around) {
        self.repeated_headers += part.repeated_headers;
        self.totals += part.totals;
        self.footer += part.footer;
    }
}

/// Values in a column that aren't in the vocabulary, in order of appearance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownValues {
    values: Vec<UnknownValue>,
    index: AHashMap<Box<str>, usize>,
    total: u64,
    /// Whether more than [`MOST_VALUES`] are kept.
    keeps_all: bool,
}

/// One unknown value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    /// The value in the file.
    pub value: String,
    /// How often it occurs in the column.
    pub count: u64,
    /// Line of the first row that has it.
    pub first_line: u64,
}

impl UnknownValues {
    /// Those of a part of a file, all of them, because it isn't known yet which are the first in the file.
    pub(super) fn of_part() -> Self {
        UnknownValues {
            keeps_all: true,
            ..UnknownValues::default()
        }
    }

    pub(super) fn note(&mut self, value: &str, line: u64) {
        self.total += 1;
        self.note_some(value, 1, line);
    }

    fn note_some(&mut self, value: &str, count: u64, first_line: u64) {
        if let Some(&index) = self.index.get(value) {
            self.values[index].count += count;
        } else if self.keeps_all || self.values.len() < MOST_VALUES {
            self.index.insert(value.into(), self.values.len());
            self.values.push(UnknownValue {
                value: value.into(),
                count,
                first_line,
            });
        }
    }

    /// Adds those of the next part of the file, with their lines shifted by `shift`.
    pub(super) fn add(&mut self, part: &UnknownValues, shift: u64) {
        self.total += part.total;
        for found in &part.values {
            self.note_some(&found.value, found.count, found.first_line + shift);
        }
    }

    /// The first thousand distinct values.
    pub fn values(&self) -> &[UnknownValue] {
        &self.values
    }

    /// The total number, including those after the first thousand distinct values.
    pub fn total(&self) -> u64 {
        self.total
    }
}
