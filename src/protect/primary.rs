//! Primary suppression: a small count is not printed.

use super::Count;

/// A count from 1 to one less than `min_cell` becomes "<`min_cell`"; 0 stays 0 (docs/protection.md).
pub(super) fn protect(count: u64, min_cell: u64) -> Count {
    if (1..min_cell).contains(&count) {
        Count::Below(min_cell)
    } else {
        Count::Shown(count)
    }
}
