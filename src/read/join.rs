//! Split exports: files of cases, victims and locations, whose rows are joined to signals by the case id
//! (input/examples/README.md).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::atomic::{AtomicBool, Ordering};

use ahash::AHashMap;

use super::column::Column;
use super::coordinates;
use super::header::{Header, Wanted};
use super::ids::{has_lost_digits, names_no_case};
use super::input::Input;
use super::ledger::{self, CellCounts, ColumnCells, Fate};
use super::limits::Limits;
use super::mapping::{Join, Mapping};
use super::recipe::Made;
use super::records::Record;
use super::reject::{Fault, Reason, Reject};
use super::row::CellReader;
use super::source::Source;
use super::table::Table;
use super::told::ToldPlace;
use crate::failure::{Choice, Failure, Outcome, Position};
use crate::vocabulary::Vocabulary;

/// What joined files say of each case.
#[derive(Default)]
pub struct JoinedCases {
    cases: AHashMap<Box<[u8]>, JoinedCase>,
    files: Vec<JoinedFile>,
}

/// The cells of one case: one value per row of a joined file.
#[derive(Default)]
pub(super) struct JoinedCase {
    cells: BTreeMap<Column, Vec<u8>>,
    /// Its rows, for the ledger of cells.
    rows: Vec<JoinedRow>,
    /// Whether a signal has named the case.
    named: AtomicBool,
    /// Whether one of its signals counts.
    counted: AtomicBool,
}

/// Where the cells of a row end, should its case count.
struct JoinedRow {
    /// Index of the file.
    file: usize,
    fates: Box<[Option<Fate>]>,
}

/// What was found in one joined file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinedFile {
    /// The file as the person named it.
    pub file: String,
    /// Rows read, without the header and blank lines.
    pub rows: u64,
    /// How many of them are rejected.
    pub rejected: u64,
    /// Rows that name no case.
    pub without_case: u64,
    /// Columns that the mapping does not take.
    pub extra_columns: Vec<String>,
    /// What became of the cells of each column that is read.
    pub cells: Vec<ColumnCells>,
    /// Line of the first value that isn't known.
    pub first_unknown: Option<u64>,
    /// What there is to tell of places.
    pub places: Vec<ToldPlace>,
}

/// Files by what they are for.
#[derive(Debug, Default)]
pub struct Roles<'i> {
    /// Those of signals.
    pub signals: Vec<&'i Input>,
    /// With the index of the join in the mapping.
    pub joined: Vec<(usize, &'i Input)>,
}

/// Tells files of signals from files that the mapping joins to them, by their names.
///
/// # Errors
/// A join without a file, and no file of signals.
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
                "no file of the data fits “{}”, which is to be joined",
                join.files.written()
            ))
            .at(Position::file(&*mapping.file))
            .remedy("give all files of the export together")
            .choose(Choice::Files));
        }
    }
    if roles.signals.is_empty() {
        return Err(
            Failure::data("no file of signals: all files of the data are joined ones")
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

    /// Whether nothing is said of any case.
    pub(super) fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// Takes in a file, each table of it; rows that can't be read go to `on_reject`.
    ///
    /// # Errors
    /// A file that can't be read or lacks the columns of the join, and what `on_reject` says.
    pub fn read(
        &mut self,
        input: &Input,
        join: usize,
        known: (&Mapping, &Vocabulary),
        limits: Limits,
        on_reject: &mut dyn FnMut(&str, &Reject<'_>) -> Outcome<()>,
    ) -> Outcome<()> {
        for source in Source::open(input, known.0, limits)? {
            self.read_table(source, join, known, limits, on_reject)?;
        }
        Ok(())
    }

    fn read_table(
        &mut self,
        mut source: Source,
        join: usize,
        (mapping, vocabulary): (&Mapping, &Vocabulary),
        limits: Limits,
        on_reject: &mut dyn FnMut(&str, &Reject<'_>) -> Outcome<()>,
    ) -> Outcome<()> {
        let columns = &mapping.joins[join].columns;
        let name = source.name().to_owned();
        let wanted = Wanted {
            mapping,
            columns,
            required: &[Column::CaseId],
            by_own_names: None,
        };
        let mut table = Table::open(&name, &mut source, wanted, limits)?;
        let mut made = Made::default();
        let mut cells = CellReader::new(vocabulary, mapping, &table.header.slots);
        let mut counts = vec![CellCounts::default(); table.header.slots.len()];
        let mut found = JoinedFile {
            file: name.clone(),
            extra_columns: table.header.extra.clone(),
            ..JoinedFile::default()
        };
        while table.advance()? {
            found.rows += 1;
            let record = table.current();
            made.make(record, &table.header.recipes, mapping);
            if let Err((column, reason)) = check_row(&table, record, &made, mapping) {
                found.rejected += 1;
                ledger::add_rejected(&mut counts, &table.header, record);
                let reject = Reject {
                    header: &table.sieve.header,
                    record,
                    column,
                    reason,
                };
                on_reject(&name, &reject)?;
                continue;
            }
            let cell = |column| cell_of(column, record, &table.header, &made, mapping);
            let case_id = cell(Column::CaseId);
            if names_no_case(case_id) {
                found.without_case += 1;
                ledger::add_rejected(&mut counts, &table.header, record);
                continue;
            }
            let (fates, state) = cells.read_joined(record, &table.header, &made, case_id);
            ledger::add_row(&mut counts, fates);
            if !self.cases.contains_key(case_id) {
                self.cases.insert(case_id.into(), JoinedCase::default());
            }
            let Some(case) = self.cases.get_mut(case_id) else {
                continue;
            };
            case.rows.push(JoinedRow {
                file: self.files.len(),
                fates: fates.into(),
            });
            // A place in no state is on no map, and would shift those after it.
            let state = match cell(Column::State) {
                b"" => state.map_or(&b""[..], |state| state.code().as_bytes()),
                given => given,
            };
            for &column in columns.keys() {
                match column {
                    Column::CaseId => {}
                    Column::State if state.is_empty() => {}
                    Column::State => case.add(column, state, mapping),
                    _ if column.is_part_of_place() && state.is_empty() => {}
                    _ => case.add(column, cell(column), mapping),
                }
            }
        }
        found.cells = ledger::of_columns(&table.header, &counts);
        found.first_unknown = cells.first_unknown();
        found.places = cells.told_places().to_vec();
        self.files.push(found);
        Ok(())
    }

    /// What was found in the files, now that all signals were read: cells of cases that no signal names are not
    /// needed.
    pub fn files(&self) -> Vec<JoinedFile> {
        self.files_without(|case| !case.named.load(Ordering::Relaxed))
    }

    /// The same, and cells of cases of which no signal [counts](Self::note_counted) are not needed either.
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

    /// Notes that a signal of the case counts.
    pub fn note_counted(&self, case_id: &[u8]) {
        if let Some(case) = self.cases.get(case_id) {
            case.counted.store(true, Ordering::Relaxed);
        }
    }

    /// What is known of a case; from now on a signal has named it.
    pub(super) fn named(&self, case_id: &[u8]) -> Option<&JoinedCase> {
        let case = self.cases.get(case_id)?;
        case.named.store(true, Ordering::Relaxed);
        Some(case)
    }

    /// Ids of cases that no signal has named, sorted.
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

/// The cell of a column, without spaces and words for nothing.
fn cell_of<'a>(
    column: Column,
    record: Record<'a>,
    header: &Header,
    made: &'a Made,
    mapping: &Mapping,
) -> &'a [u8] {
    let in_file = || record.get(header.field(column)?);
    let cell = made.get(column).or_else(in_file).unwrap_or_default();
    mapping.empties.trim(cell)
}

/// Whether a row can be read, its coordinates are sound, and its case's id is whole.
fn check_row(
    table: &Table<'_, &mut Source>,
    record: Record<'_>,
    made: &Made,
    mapping: &Mapping,
) -> Result<(), Fault> {
    let header = &table.header;
    let cell = |column| cell_of(column, record, header, made, mapping);
    let fault = |column, reason| (header.field(column).map(|field| (column, field)), reason);
    table.check(record, mapping)?;
    coordinates::read(
        cell(Column::Latitude),
        cell(Column::Longitude),
        &mapping.empties,
        &mut Vec::new(),
    )
    .map_err(|(column, reason)| fault(column, reason))?;
    if has_lost_digits(cell(Column::CaseId)) {
        return Err(fault(Column::CaseId, Reason::LostDigits));
    }
    Ok(())
}

impl JoinedCase {
    pub(super) fn get(&self, column: Column) -> Option<&[u8]> {
        self.cells.get(&column).map(Vec::as_slice)
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
