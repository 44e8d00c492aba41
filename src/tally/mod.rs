//! Counting: signals become statistics, by the rules of SPEC section 2.

mod statistics;

pub use statistics::{
    Calls, CaseCounts, CasePoint, CategoryCount, Group, Ledger, LedgerLine, LocatedCases,
    Statistics, Unit, VenueCount,
};
