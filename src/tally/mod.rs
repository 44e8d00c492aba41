//! Counting: signals become statistics, by the rules of docs/counting.md.

mod attributes;
mod busiest;
mod case_places;
mod cases;
mod entry;
mod evidence;
mod figure;
mod fold;
mod group_bits;
mod ledger;
mod paged_id;
mod pages;
mod results;
mod said;
mod scope;
mod signal_ids;
mod signals;
mod statistics;
mod stored_pages;
mod totals;

pub use busiest::is_implausible;
pub use evidence::{CaseShare, Evidence, Share};
pub use figure::{Counted, Figure, GroupShape, LedgerRow, Number, Ranking, Rule, Shape};
pub use fold::{FileNumber, Tally};
pub use scope::Scope;
pub use statistics::{
    CaseCounts, CasesByPlaces, CategoryCount, Group, GroupKind, GroupUnit, Ledger, LedgerLine,
    MapCases, PeriodPart, PlacedCases, Statistics, Unit, VenueCount, YearCounts, YearPlaces,
};
pub use totals::Totals;

#[cfg(test)]
mod properties;

#[cfg(test)]
mod joined_tests;
