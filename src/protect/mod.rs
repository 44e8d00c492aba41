//! Disclosure control: exact statistics become numbers that may be released (SPEC section 3).

mod calls;
mod cases;
mod complementary;
mod difference;
mod ledger;
mod primary;
mod published;
mod trend;
mod venues;
mod year_before;

pub use difference::{Change, Overlap, Pair};
pub use published::{
    Count, Published, PublishedCalls, PublishedCases, PublishedCategory, PublishedGroup,
    PublishedLedger, PublishedLine, PublishedMap, PublishedVenue, PublishedYear, VenueRanking,
};
pub use trend::add_trend;

use year_before::YearBefore;

use crate::heat::Shading;
use crate::tally::{CategoryCount, Group, Statistics, Unit, VenueCount};

/// The statistics as they may be released, with the shading that goes with them.
///
/// `min_cell` is the smallest number of cases or signals that is printed; 0 prints all. 2 can't
/// protect, because "<2" can only mean 1. With `internal` nothing is hidden and everything made of
/// the result must be marked.
pub fn publish(
    statistics: &Statistics,
    min_cell: u64,
    internal: bool,
    shading: Shading,
) -> Published {
    let min_cell = if internal { 0 } else { min_cell };
    let (cases, points, unlocated_cases, year_before) = cases::protect(statistics, min_cell);
    let venues = |figure: &str, ranked: &[VenueCount]| {
        let is_hidden =
            |venue: &VenueCount| year_before.hides(&format!("{figure}.{}", venue.key), venue.cases);
        venues::list(ranked, min_cell, is_hidden)
    };
    let mut published = Published {
        state: statistics.state,
        period: statistics.period,
        unit: statistics.unit,
        min_cell,
        internal,
        cases,
        demographics: statistics
            .demographics
            .iter()
            .map(|group| PublishedGroup {
                key: group.key.clone(),
                categories: group
                    .categories
                    .iter()
                    .map(|category| {
                        protect_category(statistics, &year_before, group, category, min_cell)
                    })
                    .collect(),
            })
            .collect(),
        sex_venues: venues("venues.sex", &statistics.sex_venues),
        labor_venues: venues("venues.labor", &statistics.labor_venues),
        calls: calls::protect(&statistics.calls, min_cell),
        map: PublishedMap {
            points,
            unlocated_cases,
            source: statistics.map.source,
            shading,
        },
        trend: None,
        ledger: PublishedLedger::default(),
    };
    published.ledger = ledger::protect(statistics, &published);
    published
}

/// Demographics need no complementary suppression within one sheet: a case may count under several
/// categories or none of a group, so no total is printed and no difference of printed numbers is a count.
fn protect_category(
    statistics: &Statistics,
    year_before: &YearBefore<'_>,
    group: &Group,
    category: &CategoryCount,
    min_cell: u64,
) -> PublishedCategory {
    let name = format!("{}.{}", group.key, category.key);
    // Mentions are no cases, and their number has no bound.
    let is_hidden = statistics.unit == Unit::Cases && year_before.hides(&name, category.count);
    PublishedCategory {
        key: category.key.clone(),
        count: if is_hidden {
            Count::Hidden
        } else {
            primary::protect(category.count, min_cell)
        },
    }
}

#[cfg(test)]
mod tests;
