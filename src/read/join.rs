//! Split exports: files of cases, victims and locations, whose rows are joined to signals by the case id
//! (input/examples/README.md).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::atomic::{AtomicBool, Ordering};

use ahash::AHashMap;

use super::column::Column;
use super::coordinates;
use super::header::Wanted;
use super::ids::{has_lost_digits, names_no_case};
use super::input::Input;
use super::limits::Limits;
use super::mapping::{Join, Mapping};
use super::recipe::Made;
use super::reject::{Fault, Reason, Reject};
use super::source::Source;
use super::table::Table;
use crate::failure::{Choice, Failure, Outcome, Position};

/// What joined files say of each case.
pub struct JoinedCases {
    cases: AHashMap<Box<[u8]>, JoinedCase>,
}

/// The cells of one case: one value per row of a joined file.
#[derive(Default)]
pub(super) struct JoinedCase {
    cells: BTreeMap<Column, Vec<u8>>,
    /// Whether a signal has named the case.
    named: AtomicBool,
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
        JoinedCases {
            cases: AHashMap::new(),
        }
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
        mapping: &Mapping,
        limits: Limits,
        on_reject: &mut dyn FnMut(&str, &Reject<'_>) -> Outcome<()>,
    ) -> Outcome<Vec<JoinedFile>> {
        let tables = Source::open(input, mapping, limits)?.into_iter();
        let tables = tables.map(|source| self.read_table(source, join, mapping, limits, on_reject));
        tables.collect()
    }

    fn read_table(
        &mut self,
        mut source: Source,
        join: usize,
        mapping: &Mapping,
        limits: Limits,
        on_reject: &mut dyn FnMut(&str, &Reject<'_>) -> Outcome<()>,
    ) -> Outcome<JoinedFile> {
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
        let mut found = JoinedFile {
            file: name.clone(),
            extra_columns: table.header.extra.clone(),
            ..JoinedFile::default()
        };
        while table.advance()? {
            found.rows += 1;
            let record = table.current();
            made.make(record, &table.header.recipes, mapping);
            let cell = |column| {
                let in_file = || record.get(table.header.field(column)?);
                let cell = made.get(column).or_else(in_file).unwrap_or_default();
                mapping.empties.trim(cell)
            };
            let sound = table.check(record, mapping).and_then(|()| {
                coordinates::read(
                    cell(Column::Latitude),
                    cell(Column::Longitude),
                    &mapping.empties,
                    &mut Vec::new(),
                )
                .map_err(|(column, reason)| -> Fault {
                    (
                        table.header.field(column).map(|field| (column, field)),
                        reason,
                    )
                })
            });
            let sound = sound.and_then(|()| match has_lost_digits(cell(Column::CaseId)) {
                true => {
                    let field = table.header.field(Column::CaseId);
                    let column = field.map(|field| (Column::CaseId, field));
                    Err((column, Reason::LostDigits))
                }
                false => Ok(()),
            });
            if let Err((column, reason)) = sound {
                found.rejected += 1;
                let reject = Reject {
                    header: &table.sieve.header,
                    record,
                    column,
                    reason,
                };
                on_reject(&name, &reject)?;
                continue;
            }
            let case_id = cell(Column::CaseId);
            if names_no_case(case_id) {
                found.without_case += 1;
                continue;
            }
            if !self.cases.contains_key(case_id) {
                self.cases.insert(case_id.into(), JoinedCase::default());
            }
            let Some(case) = self.cases.get_mut(case_id) else {
                continue;
            };
            // A place in no state is on no map, and would shift those after it.
            let is_placed = !cell(Column::State).is_empty();
            for &column in columns.keys() {
                let tells_place = column == Column::State || column.is_part_of_place();
                if column != Column::CaseId && (is_placed || !tells_place) {
                    case.add(column, cell(column), mapping);
                }
            }
        }
        Ok(found)
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

impl Default for JoinedCases {
    fn default() -> Self {
        JoinedCases::new()
    }
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
