//! Remembers the place cells of the last row with a place: rows about one case are usually together, and have the
//! same places.

/// The cells of a row that describe its places.
pub(super) type CellsOfPlaces<'a> = [&'a [u8]; 6];

/// The cells of the last row with a place.
#[derive(Default)]
pub(super) struct LastPlace {
    /// One after the other.
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
