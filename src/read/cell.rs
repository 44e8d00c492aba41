//! One cell of a row, as it is.

use super::word::Word;

/// The text of a cell.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub bytes: &'a [u8],
    /// The same as a word.
    pub word: Word,
}

impl Cell<'_> {
    pub(super) const EMPTY: Cell<'static> = Cell {
        bytes: &[],
        word: Word::EMPTY,
    };
}

impl<'a> From<&'a [u8]> for Cell<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Cell {
            bytes,
            word: Word::of(bytes),
        }
    }
}
