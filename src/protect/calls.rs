//! Protects the types of calls, whose total is printed beside them.

use super::complementary::Table;
use super::{PublishedCalls, PublishedCategory};
use crate::tally::Calls;

/// The signals per call type and their total; the non-substantive ones are in neither.
pub(super) fn protect(calls: &Calls, min_cell: u64) -> PublishedCalls {
    let counts = calls.types.iter().map(|call_type| call_type.count);
    let mut table = Table::new(counts.collect(), min_cell);
    table.protect();
    PublishedCalls {
        types: calls
            .types
            .iter()
            .zip(&table.parts)
            .map(|(call_type, count)| PublishedCategory {
                key: call_type.key.clone(),
                count: *count,
            })
            .collect(),
        total: table.total,
        non_substantive: calls.non_substantive,
    }
}
