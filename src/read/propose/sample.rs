//! The rows of a file that a proposal is based on: those below the header, without rows of labels and without what is
//! between and below the rows.

use std::collections::BTreeMap;
use std::io::Read;

use super::content::is_day;
use crate::failure::{Failure, Outcome, Position, escaped};
use crate::read::column::Column;
use crate::read::decode::{Decoded, utf_16};
use crate::read::header::{Wanted, name_continued, number_repeated};
use crate::read::known_names::KnownNames;
use crate::read::limits::Limits;
use crate::read::mapping::Mapping;
use crate::read::records::Records;
use crate::read::table::{declared_in_first_line, likely_delimiter};
use crate::read::trim::trim;
use crate::vocabulary::Vocabulary;

/// Bytes and rows that are looked at.
const LOOKED_AT: u64 = 4 << 20;
const MOST_ROWS: usize = 5000;
/// Rows in which the header must be.
const HEADER_WITHIN: usize = 50;
/// Rows of labels that a header may have below it.
const MOST_LABELS: usize = 2;
/// What Qualtrics writes below each label.
const IMPORT_ID: &str = "\"ImportId\"";
/// The most cells that are filled in a row that isn't part of the table.
const MOST_OF_SPARSE: usize = 2;
/// Words at the beginning of rows with sums.
const TOTALS: [&str; 6] = [
    "subtotal",
    "grand total",
    "total",
    "totals",
    "sum",
    "grand summaries",
];

/// The part of a file that is looked at.
pub(super) struct Sample {
    /// What has to be declared about its encoding.
    pub encoding: Option<&'static str>,
    pub names: Vec<String>,
    /// For each column, the field of the column whose question it answers: itself, or an earlier one.
    pub answers: Vec<usize>,
    /// What rows below the header say about each column.
    pub labels: Vec<String>,
    /// The number of header rows, including those with labels.
    pub header_rows: usize,
    pub has_titles: bool,
    pub rows: Vec<Vec<String>>,
    pub around: Around,
    /// Whether these are all rows of the file.
    pub is_whole: bool,
}

/// What isn't a row because few of its cells are filled.
#[derive(Default)]
pub(super) struct Around {
    /// How rows with sums begin, and how many there are.
    pub totals: Vec<String>,
    pub total_rows: usize,
    /// How the first row below the last full one begins, and how many there are.
    pub footer: Option<String>,
    pub footer_rows: usize,
    /// Rows with a different number of fields than the header.
    pub uneven_rows: usize,
}

impl Sample {
    /// # Errors
    /// A source that can't be read or is empty.
    pub(super) fn read(
        file: &str,
        source: impl Read,
        vocabulary: &Vocabulary,
        limits: Limits,
    ) -> Outcome<Sample> {
        let mut bytes = Vec::new();
        let unreadable = |error: std::io::Error| {
            Failure::data(format!("can't read the data: {error}")).at(Position::file(file))
        };
        source
            .take(LOOKED_AT)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        let encoding = match utf_16(&bytes) {
            None if !is_utf_8(&bytes) => Some("windows-1252"),
            _ => None,
        };
        let label = encoding.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
        let decoded = Decoded::new(bytes.as_slice(), label).map_err(unreadable)?;
        let mut records = Records::new(file, decoded, limits)?;
        let declared = declared_in_first_line(records.peek());
        if declared.is_some() {
            records.skip_line();
        }
        let wanted = Wanted {
            by_own_names: Some(Column::all(vocabulary).into()),
            ..Wanted::of_signals(Mapping::canonical())
        };
        let delimiter = declared.unwrap_or_else(|| likely_delimiter(records.peek(), &wanted));
        records.set_delimiter(delimiter);
        let mut rows: Vec<Vec<String>> = Vec::new();
        while rows.len() < MOST_ROWS && records.advance()? {
            let cells = records.current().iter().map(trim);
            let cells = cells.map(|cell| String::from_utf8_lossy(cell).into_owned());
            rows.push(cells.collect());
        }
        let is_whole = (bytes.len() as u64) < LOOKED_AT && rows.len() < MOST_ROWS;
        if !is_whole {
            // The last one may be cut off.
            rows.pop();
        }
        let is_blank = rows.iter().all(|row| filled(row) == 0);
        let Some(header) = header_row(&rows).filter(|_| !is_blank) else {
            return Err(Failure::data("the file is empty")
                .at(Position::file(file))
                .remedy("it needs a header and then a row per signal"));
        };
        if let Some(day) = rows[header].iter().find(|cell| is_day(cell)) {
            return Err(Failure::data(format!(
                "the file doesn't have a header: “{}” in its first row is a date, not the name of a column",
                escaped(day)
            ))
            .at(Position::file(file))
            .remedy("add a row with the names of the columns above the data"));
        }
        Ok(Sample {
            encoding,
            is_whole,
            ..Sample::below(header, rows)
        })
    }

    fn below(header: usize, mut rows: Vec<Vec<String>>) -> Sample {
        let mut rest = rows.split_off(header);
        let mut names = rest.remove(0);
        let width = names.len();
        let label_rows = label_rows(&names, &rest);
        let answers = match label_rows {
            0 => (0..width).collect(),
            _ => name_continued(&mut names),
        };
        let mut labels = vec![String::new(); width];
        for row in rest.drain(..label_rows) {
            for (label, cell) in labels.iter_mut().zip(row) {
                // Long texts that aren't labels are recognized by their braces.
                if label.is_empty() && !cell.contains('{') {
                    *label = cell;
                }
            }
        }
        let has_titles = rows.iter().any(|row| filled(row) > 0);
        rest.retain(|row| filled(row) > 0);
        number_repeated(&mut names);
        let mut around = Around::default();
        cut_footer(&mut rest, width, &mut around);
        rest.retain(|row| !is_total(row, width, &mut around));
        let all = rest.len();
        rest.retain(|row| row.len() == width);
        around.uneven_rows = all - rest.len();
        Sample {
            encoding: None,
            names,
            answers,
            labels,
            header_rows: 1 + label_rows,
            has_titles,
            rows: rest,
            around,
            is_whole: true,
        }
    }
}

/// The header: the row with the most names of columns; if no row has any, the first one with the most common width.
fn header_row(rows: &[Vec<String>]) -> Option<usize> {
    let known = KnownNames::embedded();
    let named = |row: &Vec<String>| row.iter().filter(|cell| known.has(cell)).count();
    let first = &rows[..rows.len().min(HEADER_WITHIN)];
    // The labels below may be better known than the names.
    if let Some(ids) = first.iter().position(|row| has_import_ids(row)) {
        return Some(ids.saturating_sub(MOST_LABELS));
    }
    let most = first.iter().map(named).max()?;
    if most > 0 {
        return first.iter().position(|row| named(row) == most);
    }
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *widths.entry(row.len()).or_default() += 1;
    }
    let (width, _) = widths.into_iter().max_by_key(|(_, count)| *count)?;
    rows.iter().position(|row| row.len() == width)
}

/// How many rows below the header contain labels: those down to Qualtrics' import ids, or to a row that names the
/// answers of columns without a name, as in SurveyMonkey.
fn label_rows(names: &[String], rows: &[Vec<String>]) -> usize {
    let below = &rows[..rows.len().min(MOST_LABELS)];
    let ids = below.iter().rposition(|row| has_import_ids(row));
    let names_answers = below.first().is_some_and(|row| names_answers(names, row));
    ids.map_or(usize::from(names_answers), |last| last + 1)
}

/// Whether a row has something in all columns without a name, and nothing in the first, which has one.
fn names_answers(names: &[String], row: &[String]) -> bool {
    let columns = || names.iter().zip(row);
    let mut nameless = columns().filter(|(name, _)| name.is_empty()).peekable();
    let begins_blank = columns()
        .next()
        .is_some_and(|(name, cell)| !name.is_empty() && cell.is_empty());
    row.len() == names.len()
        && begins_blank
        && nameless.peek().is_some()
        && nameless.all(|(_, cell)| !cell.is_empty())
}

/// Whether most cells in a row contain Qualtrics' ids for columns.
fn has_import_ids(row: &[String]) -> bool {
    let ids = row.iter().filter(|cell| cell.contains(IMPORT_ID)).count();
    2 * ids > filled(row)
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// Whether so few cells of a row are filled, compared with a full row, that it can't be one.
fn is_sparse(row: &[String], full: usize) -> bool {
    filled(row) <= MOST_OF_SPARSE && 2 * filled(row) <= full
}

/// How many cells are filled in a full row: the median of all rows that might be one. A footer may be longer than a
/// small table above it.
fn full(rows: &[Vec<String>]) -> usize {
    let mut counts: Vec<usize> = rows.iter().map(|row| filled(row)).collect();
    if counts.iter().any(|count| *count > MOST_OF_SPARSE) {
        counts.retain(|count| *count > MOST_OF_SPARSE);
    }
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// Removes what is below the last full row.
fn cut_footer(rows: &mut Vec<Vec<String>>, width: usize, around: &mut Around) {
    let full = full(rows).min(width);
    let last = rows.iter().rposition(|row| !is_sparse(row, full));
    let Some(last) = last.filter(|last| last + 1 < rows.len()) else {
        return;
    };
    let mut footer: Vec<Vec<String>> = rows.split_off(last + 1);
    // Sums of the last group belong to the rows above.
    let totals = footer.iter().take_while(|row| total_word(row).is_some());
    let totals = totals.count();
    rows.extend(footer.drain(..totals));
    around.footer = footer.first().and_then(|row| first_text(row)).cloned();
    around.footer_rows = footer.len();
}

fn first_text(row: &[String]) -> Option<&String> {
    row.iter().find(|cell| !cell.is_empty())
}

/// The word that marks a row as a sum: "Total (3)", but not "Totally".
fn total_word(row: &[String]) -> Option<&'static str> {
    let first = first_text(row)?.to_lowercase();
    let begins = |word: &&&str| {
        first
            .strip_prefix(**word)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    TOTALS
        .iter()
        .filter(begins)
        .max_by_key(|word| word.len())
        .copied()
}

/// Whether a row is a sum: few cells filled, one with a word that says so. Records how it begins.
fn is_total(row: &[String], width: usize, around: &mut Around) -> bool {
    let Some(word) = total_word(row).filter(|_| 2 * filled(row) <= width) else {
        return false;
    };
    let written = first_text(row).map(|text| text.chars().take(word.chars().count()));
    let written: String = written.into_iter().flatten().collect();
    if !around.totals.contains(&written) {
        around.totals.push(written);
    }
    around.total_rows += 1;
    true
}

/// Whether bytes that may be cut off anywhere are UTF-8.
fn is_utf_8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}
