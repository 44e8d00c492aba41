//! The ledger of cells: what happened to every cell of the columns that are read.

use super::column::Column;
use super::empties::Empties;
use super::header::Header;
use super::records::Record;
use super::trim::trim;

/// What happened to a cell that isn't blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It says something that a number can use.
    Used,
    /// It says that nothing is known: `N/A`.
    EmptyWord,
    /// A value in it is unknown.
    Unknown,
    /// A place in it isn't in the gazetteer.
    Unplaced,
    /// It contradicts another cell of the row.
    Conflict,
    /// Its row was rejected, a duplicate or out of scope.
    NotNeeded,
}

impl Fate {
    /// All of them, in order.
    pub const ALL: [Fate; 6] = [
        Fate::Used,
        Fate::EmptyWord,
        Fate::Unknown,
        Fate::Unplaced,
        Fate::Conflict,
        Fate::NotNeeded,
    ];
}

/// What happened to the cells of one column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnCells {
    /// The column's name in the file.
    pub name: String,
    /// What it is read as.
    pub column: Column,
    /// Its field, from 1.
    pub field: u64,
    /// The number of cells for each fate.
    pub counts: CellCounts,
}

/// Cells that aren't blank, by fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellCounts([u64; Fate::ALL.len()]);

impl CellCounts {
    /// The number of cells with a fate.
    pub fn of(&self, fate: Fate) -> u64 {
        self.0[fate as usize]
    }

    /// All cells that aren't blank.
    pub fn read(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Cells that were understood, but that no number uses after all.
    pub fn set_aside(&mut self, count: u64) {
        let count = count.min(self.of(Fate::Used));
        self.0[Fate::Used as usize] -= count;
        self.0[Fate::NotNeeded as usize] += count;
    }

    /// Marks one cell with a fate as not needed after all.
    pub(super) fn leave_out(&mut self, fate: Fate) {
        self.0[fate as usize] -= 1;
        self.0[Fate::NotNeeded as usize] += 1;
    }

    #[inline]
    pub(super) fn add(&mut self, fate: Fate) {
        self.0[fate as usize] += 1;
    }

    pub(super) fn add_all(&mut self, other: &CellCounts) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }
}

/// The fates of the cells of a row, in the order of the slots; `None` for blank ones.
pub(super) type RowFates = Vec<Option<Fate>>;

/// Adds the fates of one row.
#[inline]
pub(super) fn add_row(counts: &mut [CellCounts], fates: &[Option<Fate>]) {
    for (counts, fate) in counts.iter_mut().zip(fates) {
        if let Some(fate) = fate {
            counts.add(*fate);
        }
    }
}

/// Adds a rejected row: none of its cells is needed.
#[cold]
pub(super) fn add_rejected(counts: &mut [CellCounts], header: &Header, record: Record<'_>) {
    for (counts, slot) in counts.iter_mut().zip(&header.slots) {
        if !trim(record.get(slot.field).unwrap_or_default()).is_empty() {
            counts.add(Fate::NotNeeded);
        }
    }
}

/// What happened to the cells of each column; `counts` has an entry for each slot of the header.
pub(super) fn of_columns(header: &Header, counts: &[CellCounts]) -> Vec<ColumnCells> {
    let slots = header.slots.iter().zip(counts);
    slots
        .map(|(slot, counts)| ColumnCells {
            name: header.names[slot.field].clone(),
            column: slot.column,
            field: slot.field as u64 + 1,
            counts: *counts,
        })
        .collect()
}

/// The fate of a free-text cell, with `text` as the part that counts: nothing if it is a word for nothing.
#[inline]
pub(super) fn of_text(text: &[u8], cell: &[u8]) -> Option<Fate> {
    if !text.is_empty() {
        return Some(Fate::Used);
    }
    // Most cells that say nothing are empty.
    if cell.is_empty() || trim(cell).is_empty() {
        return None;
    }
    Some(Fate::EmptyWord)
}

/// The same for a cell by itself.
pub(super) fn of_cell(cell: &[u8], empties: &Empties) -> Option<Fate> {
    of_text(empties.trim(cell), cell)
}
