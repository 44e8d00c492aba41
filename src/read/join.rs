//! Split exports: files of cases, victims and locations, with rows that are joined to signals by the case id
//! (input/examples/README.md).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::atomic::{AtomicBool, Ordering};

use ahash::AHashMap;

use super::column::Column;
use super::input::Input;
use super::ledger::{ColumnCells, Fate};
use super::mapping::{Join, Mapping};
use super::told::ToldPlace;
use crate::failure::{Choice, Failure, Outcome, Position};

/// What joined files say about each case.
#[derive(Default)]
pub struct JoinedCases {
    pub(super) cases: AHashMap<Box<[u8]>, JoinedCase>,
    pub(super) files: Vec<JoinedFile>,
}

/// The cells of one case: one value per row of a joined file.
#[derive(Default)]
pub(super) struct JoinedCase {
    cells: BTreeMap<Column, Vec<u8>>,
    /// Its rows, for the ledger of cells.
    pub(super) rows: Vec<JoinedRow>,
    /// Whether a signal has mentioned the case.
    named: AtomicBool,
    /// Whether one of its signals counts.
    counted: AtomicBool,
}

/// What happens to the cells of a row if its case counts.
pub(super) struct JoinedRow {
    /// Index of the file.
    pub file: usize,
    pub fates: Box<[Option<Fate>]>,
}

/// What was found in one joined file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinedFile {
    /// The file as the user named it.
    pub file: String,
    /// Rows read, without the header and blank lines.
    pub rows: u64,
    /// How many of them are rejected.
    pub rejected: u64,
    /// Rows without a case.
    pub without_case: u64,
    /// Columns that the mapping doesn't use.
    pub extra_columns: Vec<String>,
    /// What happened to the cells of each column that is read.
    pub cells: Vec<ColumnCells>,
    /// Line of the first unknown value.
    pub first_unknown: Option<u64>,
    /// What there is to report about places.
    pub places: Vec<ToldPlace>,
}

/// Files by their purpose.
#[derive(Debug, Default)]
pub struct Roles<'i> {
    /// The signal files.
    pub signals: Vec<&'i Input>,
    /// The joined files, each with the index of the join in the mapping.
    pub joined: Vec<(usize, &'i Input)>,
}

/// Separates signal files from files that the mapping joins to them, by their names.
///
/// # Errors
/// A join without a file, and the lack of a signal file.
pub fn roles<'i>(
    files: impl IntoIterator<Item = &'i Input>,
    mapping: &Mapping,
) -> Outcome<Roles<'i>> {
    let mut roles = Roles::default();
    for file in files {
        let fits = |join: &Join| join.files.fits(file.file_name());
        match mapping.joins.iter().position(fits) {
            Some(index) => roles.joined.push((index, file)),
            None => roles.signals.push(file),
        }
    }
    for (index, join) in mapping.joins.iter().enumerate() {
        if !roles.joined.iter().any(|(joined, _)| *joined == index) {
            return Err(Failure::data(format!(
                "no data file matches “{}”, which the mapping joins",
                join.files.written()
            ))
            .at(Position::file(&*mapping.file))
            .remedy("give all files of the export together")
            .choose(Choice::Files));
        }
    }
    if roles.signals.is_empty() {
        return Err(
            Failure::data("all data files are joined files; none has signals")
                .at(Position::file(&*mapping.file))
                .remedy("give the file of signals too"),
        );
    }
    Ok(roles)
}

impl JoinedCases {
    /// No case.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is said about any case.
    pub(super) fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// What was found in the files, once all signals have been read: cells of cases that no signal mentions are not
    /// needed.
    pub fn files(&self) -> Vec<JoinedFile> {
        self.files_without(|case| !case.named.load(Ordering::Relaxed))
    }

    /// The same, and cells of cases without a signal that [counts](Self::note_counted) aren't needed either.
    pub fn files_of_counted(&self) -> Vec<JoinedFile> {
        self.files_without(|case| !case.counted.load(Ordering::Relaxed))
    }

    fn files_without(&self, is_left_out: impl Fn(&JoinedCase) -> bool) -> Vec<JoinedFile> {
        let mut files = self.files.clone();
        let left_out = self.cases.values().filter(|case| is_left_out(case));
        for row in left_out.flat_map(|case| &case.rows) {
            let cells = files[row.file].cells.iter_mut();
            for (column, fate) in cells.zip(&row.fates) {
                if let Some(fate) = fate {
                    column.counts.leave_out(*fate);
                }
            }
        }
        files
    }

    /// Records that a signal of the case counts.
    pub fn note_counted(&self, case_id: &[u8]) {
        if let Some(case) = self.cases.get(case_id) {
            case.counted.store(true, Ordering::Relaxed);
        }
    }

    /// What is known about a case; from now on, a signal has mentioned it.
    pub(super) fn named(&self, case_id: &[u8]) -> Option<&JoinedCase> {
        let case = self.cases.get(case_id)?;
        case.named.store(true, Ordering::Relaxed);
        Some(case)
    }

    /// Ids of cases that no signal has mentioned, sorted.
    pub fn unnamed(&self) -> Vec<String> {
        let mut ids: Vec<String> = self
            .cases
            .iter()
            .filter(|(_, case)| !case.named.load(Ordering::Relaxed))
            .map(|(id, _)| String::from_utf8_lossy(id).into_owned())
            .collect();
        ids.sort();
        ids
    }
}

impl JoinedCase {
    pub(super) fn get(&self, column: Column) -> Option<&[u8]> {
        self.cells.get(&column).map(Vec::as_slice)
    }

    /// Adds the cells of a row. A place without a state is on no map, and would shift the ones after it.
    pub(super) fn add_row<'c>(
        &mut self,
        columns: impl Iterator<Item = Column>,
        cell: impl Fn(Column) -> &'c [u8],
        state: &[u8],
        mapping: &Mapping,
    ) {
        for column in columns {
            match column {
                Column::CaseId => {}
                Column::State if state.is_empty() => {}
                Column::State => self.add(column, state, mapping),
                _ if column.is_part_of_place() && state.is_empty() => {}
                _ => self.add(column, cell(column), mapping),
            }
        }
    }

    fn add(&mut self, column: Column, value: &[u8], mapping: &Mapping) {
        match self.cells.entry(column) {
            Entry::Vacant(empty) => {
                empty.insert(value.to_vec());
            }
            Entry::Occupied(mut cell) => {
                let cell = cell.get_mut();
                let separator = if column.is_part_of_place() {
                    ";"
                } else {
                    mapping.separators.first(column)
                };
                cell.extend_from_slice(separator.as_bytes());
                cell.extend_from_slice(value);
            }
        }
    }
}
