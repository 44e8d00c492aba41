//! Disclosure control: exact statistics become numbers that may be released (SPEC section 3).

mod calls;
mod cases;
mod complementary;
mod difference;
mod primary;
mod published;
mod trend;
mod venues;

pub use difference::{Change, Overlap, Pair};
pub use published::{
    Count, Published, PublishedCalls, PublishedCases, PublishedCategory, PublishedGroup,
    PublishedMap, PublishedVenue, PublishedYear, VenueRanking,
};
pub use trend::add_trend;

use crate::heat::Shading;
use crate::tally::{CategoryCount, Statistics};

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
    let (cases, points, unlocated_cases) = cases::protect(statistics, min_cell);
    Published {
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
                categories: protect_categories(&group.categories, min_cell),
            })
            .collect(),
        sex_venues: venues::list(&statistics.sex_venues, min_cell),
        labor_venues: venues::list(&statistics.labor_venues, min_cell),
        calls: calls::protect(&statistics.calls, min_cell),
        map: PublishedMap {
            points,
            unlocated_cases,
            source: statistics.map.source,
            shading,
        },
        trend: None,
        ledger: statistics.ledger.clone(),
    }
}

/// Demographics need no complementary suppression: a case may count under several categories or none
/// of a group, so no total is printed and no difference of printed numbers is a count.
fn protect_categories(categories: &[CategoryCount], min_cell: u64) -> Vec<PublishedCategory> {
    categories
        .iter()
        .map(|category| PublishedCategory {
            key: category.key.clone(),
            count: primary::protect(category.count, min_cell),
        })
        .collect()
}

#[cfg(test)]
mod tests;
