//! Cells of one column by themselves, without the rows that they stand in.

use super::cell::Cell;
use super::cells::{CodedColumn, Codes};
use super::column::Column;
use super::mapping::Mapping;
use super::meaning::Meaning;
use crate::vocabulary::Vocabulary;

/// Reads cells of a column that holds values of the vocabulary or states, as they are read in rows.
pub struct OneColumn<'v>(CodedColumn<'v>);

impl<'v> OneColumn<'v> {
    /// Of a column; `None` for one of free text.
    pub fn of(column: Column, vocabulary: &'v Vocabulary, mapping: &'v Mapping) -> Option<Self> {
        let meaning = Meaning::of(column, vocabulary)?;
        let several = column.has_several(vocabulary);
        let column = CodedColumn::new(column, meaning, several, mapping);
        Some(OneColumn(column))
    }

    /// What a cell says, as it stands in a file.
    pub fn read(&mut self, cell: &[u8]) -> &Codes {
        self.0.read(Cell::from(cell))
    }
}
