//! The signals of one file, row by row or on all cores.

use std::io::Read;

use super::cells::Became;
use super::column::{Column, spelling};
use super::findings::{self, Findings};
use super::header::Wanted;
use super::join::JoinedCases;
use super::ledger::{self, CellCounts, ColumnCells};
use super::limits::Limits;
use super::mapping::{CaseRule, Mapping};
use super::parallel::{self, Division, Gather, Gathered, Part, PartReader};
use super::records::Fields;
use super::reject::Reject;
use super::row::RowReader;
use super::signal::Signal;
use super::table::Table;
use crate::failure::{Choice, Failure, Outcome, Position};
use crate::vocabulary::Vocabulary;

/// Reads the signals of one file as a stream; a row takes no memory of its own.
///
/// ```
/// use hotline_profile::read::{Row, SignalReader};
/// use hotline_profile::vocabulary::Vocabulary;
///
/// let vocabulary = Vocabulary::embedded();
/// let text = "signal_id,received,state\n1,2016-03-01,NM\n2,soon,NM\n";
/// let mut reader = SignalReader::open("signals.csv", text.as_bytes(), &vocabulary)?;
/// let mut ids = Vec::new();
/// while let Some(row) = reader.advance()? {
///     match row {
///         Row::Signal(signal) => ids.push(signal.id.to_vec()),
///         Row::Reject(reject) => assert_eq!(reject.line(), 3),
///     }
/// }
/// assert_eq!(ids, [b"1"]);
/// assert_eq!(reader.findings().rejected, 1);
/// # Ok::<(), hotline_profile::failure::Failure>(())
/// ```
pub struct SignalReader<'v, R> {
    file: String,
    table: Table<'v, R>,
    rows: RowReader<'v>,
    row_count: u64,
    rejected: u64,
    first_rejects: Vec<Failure>,
    /// For rows that were read one by one and rejected, by slot of the header.
    rejected_cells: Vec<CellCounts>,
}

/// The distinct values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnValues {
    /// The canonical column.
    pub column: Column,
    /// Value, its meaning, and how often it occurs in the column.
    pub values: Vec<(String, Became, u64)>,
    /// Whether these are all values: for columns with very many values, only the last few thousand are kept.
    pub is_complete: bool,
}

/// One row of a file.
pub enum Row<'a> {
    /// A row that is a signal.
    Signal(Signal<'a>),
    /// A row that isn't, and why.
    Reject(Reject<'a>),
}

impl<'v, R: Read> SignalReader<'v, R> {
    /// Reads the header of a canonical file. `file` is its name in messages.
    ///
    /// # Errors
    /// A source that can't be read, is empty, or doesn't have the required columns (docs/counting.md).
    pub fn open(file: &str, source: R, vocabulary: &'v Vocabulary) -> Outcome<Self> {
        Self::open_mapped(
            file,
            source,
            vocabulary,
            Mapping::canonical(),
            Limits::default(),
        )
    }

    /// Reads the header of a file with a mapping.
    ///
    /// # Errors
    /// A source that can't be read, is empty, or doesn't have the columns that the mapping names.
    pub fn open_mapped(
        file: &str,
        source: R,
        vocabulary: &'v Vocabulary,
        mapping: &'v Mapping,
        limits: Limits,
    ) -> Outcome<Self> {
        let wanted = Wanted {
            by_own_names: Some(Column::all(vocabulary).into()),
            ..Wanted::of_signals(mapping)
        };
        let table = Table::open(file, source, wanted, limits)?;
        Ok(SignalReader {
            file: file.to_owned(),
            rows: RowReader::new(
                table.header.clone(),
                table.is_transcoded,
                vocabulary,
                mapping,
            ),
            rejected_cells: vec![CellCounts::default(); table.header.slots.len()],
            table,
            row_count: 0,
            rejected: 0,
            first_rejects: Vec::new(),
        })
    }

    /// Adds what joined files say about the cases.
    pub fn joined(mut self, joined: &'v JoinedCases) -> Self {
        self.rows.joined = Some(joined).filter(|joined| !joined.is_empty());
        self
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// If the source can't be read. A bad row isn't an error but a [`Row::Reject`].
    pub fn advance(&mut self) -> Outcome<Option<Row<'_>>> {
        if !self.table.advance()? {
            return Ok(None);
        }
        self.row_count += 1;
        let record = self.table.current();
        match self.rows.read(record) {
            Ok(signal) => Ok(Some(Row::Signal(signal))),
            Err((column, reason)) => {
                let reject = Reject {
                    header: &self.table.sieve.header,
                    record,
                    column,
                    reason,
                };
                self.rejected += 1;
                ledger::add_rejected(&mut self.rejected_cells, &self.table.header, record);
                if self.first_rejects.len() < findings::MOST_REJECTS_SHOWN {
                    self.first_rejects.push(reject.failure(&self.file));
                }
                Ok(Some(Row::Reject(reject)))
            }
        }
    }

    /// Reads all remaining rows, on as many threads as `division` says: `gather` processes each signal, and `take`
    /// gets the results and the rejected rows in the order of the file.
    ///
    /// The findings are the same as after calling [`Self::advance`] to the end, except that [`Self::values`] isn't
    /// kept.
    ///
    /// # Errors
    /// If the source can't be read, and errors from `take`.
    pub fn gather<G: Gather>(
        &mut self,
        gather: &G,
        division: Division,
        mut take: impl FnMut(Gathered<'_, G::Batch>) -> Outcome<()>,
    ) -> Outcome<()>
    where
        R: Send,
    {
        let SignalReader {
            file,
            table,
            rows,
            row_count,
            rejected,
            first_rejects,
            ..
        } = self;
        let delimiter = table.records.delimiter();
        let limits = table.records.limits();
        let (sieve, around) = (&table.sieve, &mut table.around);
        let template = rows.for_parts();
        let part_reader = || PartReader {
            rows: template.for_parts(),
            sieve: sieve.clone(),
            gather,
            scratch: gather.scratch(),
            fields: Fields::default(),
            delimiter,
            limits,
        };
        let mut take = |part: &mut Part<G::Batch>, text: &[u8], fields: &mut Fields| {
            *row_count += part.rows;
            *rejected += part.rejects.len() as u64;
            around.add(&part.around);
            let shift = part.first_line - part.counted_from;
            rows.add_unknown(&part.unknown, shift);
            rows.add_ways(part.ways, shift);
            rows.add_told(&part.told, shift);
            rows.add_counts(&part.cells);
            take(Gathered::Signals(&mut part.batch))?;
            for row in &part.rejects {
                let reject = row.of(text, shift, delimiter, fields, &sieve.header);
                if first_rejects.len() < findings::MOST_REJECTS_SHOWN {
                    first_rejects.push(reject.failure(file));
                }
                take(Gathered::Reject(reject))?;
            }
            match part.excess {
                Some(excess) => Err(excess.failure(file, part.first_line + part.lines, &limits)),
                None => Ok(()),
            }
        };
        let in_order = template.depends_on_rows_above();
        parallel::read_all(
            &mut table.records,
            division,
            in_order,
            part_reader,
            &mut take,
        )
    }

    /// The names of the file's columns and what they are read as, in order; `None`: ignored.
    pub fn columns(&self) -> Vec<(String, Option<Column>)> {
        let names = self.table.header.names.iter().enumerate();
        names
            .map(|(field, name)| (name.clone(), self.table.header.column(field)))
            .collect()
    }

    /// How the values in each column were read, for columns with values of the vocabulary or states.
    pub fn values(&self) -> Vec<ColumnValues> {
        let coded = self.rows.cells.coded.iter();
        coded
            .map(|coded| {
                let (values, is_complete) = coded.values();
                ColumnValues {
                    column: coded.column,
                    values,
                    is_complete,
                }
            })
            .filter(|column| !column.values.is_empty())
            .collect()
    }

    /// Whether anything says which signals belong to the same case.
    pub fn knows_cases(&self) -> bool {
        self.rows.cells.case_rule() != CaseRule::Column || self.table.header.has(Column::CaseId)
    }

    /// Without a rule about cases, nothing about them can be counted.
    ///
    /// # Errors
    /// If the file has no column of case ids and its mapping doesn't say what a case is.
    pub fn require_cases(&self) -> Outcome<()> {
        if self.knows_cases() {
            return Ok(());
        }
        Err(Failure::data("no column says which case a signal belongs to, so cases can't be counted")
            .at(Position::line(&*self.file, self.table.around.header_line, None))
            .remedy(format!(
                "{}; if each row is a case of its own, write cases = \"one per row\" there; for a sheet of signals \
                 alone, without demographics and venues, write cases = \"none\"",
                self.where_cases_may_be()
            ))
            .choose(Choice::Mapping))
    }

    fn where_cases_may_be(&self) -> String {
        let mut extra = self.table.header.extra.iter();
        match extra.find(|name| spelling(name) == Column::CaseId.name()) {
            Some(like) => {
                let like = like.escape_debug();
                format!("if “{like}” has the ids of cases, write case_id = \"{like}\" in the mapping file")
            }
            None => "if the file has such a column, name it in a mapping file, as in case_id = \"Case Number\""
                .to_owned(),
        }
    }

    fn cells(&self) -> Vec<ColumnCells> {
        let mut counts = self.rows.cells.counts.clone();
        for (taken, rejected) in counts.iter_mut().zip(&self.rejected_cells) {
            taken.add_all(rejected);
        }
        ledger::of_columns(&self.table.header, &counts)
    }

    /// The name of the source in messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What was found so far.
    pub fn findings(&self) -> Findings {
        Findings {
            file: self.file.clone(),
            sheet: None,
            rows: self.row_count,
            rejected: self.rejected,
            first_rejects: self.first_rejects.clone(),
            around: self.table.around.clone(),
            extra_columns: self.rows.header.extra.clone(),
            unknown: self.rows.unknown(),
            ways: self.rows.ways(),
            places: self.rows.told().to_vec(),
            knows_cases: self.knows_cases(),
            cells: self.cells(),
        }
    }
}
