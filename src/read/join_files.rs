//! Reads joined files, and determines what happens to their cells.

use super::column::Column;
use super::header::{Header, Wanted};
use super::ids::names_no_case;
use super::input::Input;
use super::join::{JoinedCase, JoinedCases, JoinedFile, JoinedRow};
use super::ledger::{self, CellCounts};
use super::limits::Limits;
use super::mapping::Mapping;
use super::recipe::Made;
use super::records::Record;
use super::reject::Reject;
use super::row::CellReader;
use super::source::Source;
use super::table::Table;
use crate::failure::Outcome;
use crate::vocabulary::Vocabulary;

impl JoinedCases {
    /// Adds a file, with each of its tables; rows that can't be read go to `on_reject`.
    ///
    /// # Errors
    /// A file that can't be read or doesn't have the columns of the join, and errors from `on_reject`.
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
            let checked = table.check(record, mapping);
            let checked = checked.and_then(|()| cells.check_joined(record, &table.header, &made));
            if let Err((column, reason)) = checked {
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
            let state = match cell(Column::State) {
                b"" => state.map_or(&b""[..], |state| state.code().as_bytes()),
                given => given,
            };
            case.add_row(columns.keys().copied(), cell, state, mapping);
        }
        found.cells = ledger::of_columns(&table.header, &counts);
        found.first_unknown = cells.first_unknown();
        found.places = cells.told_places().to_vec();
        self.files.push(found);
        Ok(())
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
