//! The values in a place cell, which align by position with those in other cells.

use std::slice::Split;

/// Number of values in a cell, without empty ones at the end.
#[inline]
pub(super) fn count_values(cell: &[u8]) -> usize {
    let before_last = match cell {
        // Most cells are one of these.
        [] => return 0,
        [before @ .., last] if *last > b' ' && *last != b';' => before,
        _ => {
            let is_used = |byte: &u8| *byte != b';' && !byte.is_ascii_whitespace();
            match cell.iter().rposition(is_used) {
                Some(last) => &cell[..last],
                None => return 0,
            }
        }
    };
    memchr::memchr_iter(b';', before_last).count() + 1
}

/// The values in a cell with several.
pub(super) fn values(cell: &[u8]) -> Split<'_, u8, fn(&u8) -> bool> {
    cell.split(|byte| *byte == b';')
}
