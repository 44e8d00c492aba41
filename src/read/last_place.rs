//! Remembers the cells of the last row that told of a place: rows of one case, which mostly stand together, tell of
//! the same.

/// Cells that a row tells of its places by.
pub(super) type CellsOfPlaces<'a> = [&'a [u8]; 6];

/// The cells of the last row that told of a place.
#[derive(Default)]
pub(super) struct LastPlace {
    /// One behind the other.
    text: Vec<u8>,
    /// Where each ends.
    ends: [usize; 6],
    is_known: bool,
}

impl LastPlace {
    /// Whether a row has the same cells.
    #[inline]
    pub(super) fn is(&self, cells: CellsOfPlaces<'_>) -> bool {
        let mut begin = 0;
        for (cell, end) in cells.into_iter().zip(self.ends) {
            if self.text.get(begin..end) != Some(cell) {
                return false;
            }
            begin = end;
        }
        self.is_known
    }

    /// Remembers the cells of a row.
    pub(super) fn remember(&mut self, cells: CellsOfPlaces<'_>) {
        self.text.clear();
        for (cell, end) in cells.into_iter().zip(&mut self.ends) {
            self.text.extend_from_slice(cell);
            *end = self.text.len();
        }
        self.is_known = true;
    }

    pub(super) fn forget(&mut self) {
        self.is_known = false;
    }
}
