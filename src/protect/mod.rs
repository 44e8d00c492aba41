//! Disclosure control: exact statistics become numbers that may be released (docs/protection.md).

mod cases;
mod complementary;
mod difference;
mod ledger;
mod places;
mod primary;
mod published;
mod totals;
mod trend;
mod venues;
mod year_before;

pub use difference::{Change, Overlap, Pair};
pub use published::{
    Count, Published, PublishedCases, PublishedCategory, PublishedGroup, PublishedLedger,
    PublishedLine, PublishedMap, PublishedVenue, PublishedYear, VenueRanking,
};
pub use trend::add_trend;

use year_before::YearBefore;

use crate::geo::Plane;
use crate::heat::{self, Shading};
use crate::tally::{CategoryCount, Group, GroupUnit, Statistics, VenueCount};
use crate::vocabulary::Over;

/// The statistics as they may be released, the map without its shading.
///
/// `min_cell` is the smallest number of cases or signals that is printed; 0 prints all. 2 can't
/// protect, because "<2" can only mean 1. With `internal` nothing is hidden and everything made of
/// the result must be marked.
pub fn publish(statistics: &Statistics, min_cell: u64, internal: bool) -> Published {
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
        is_synthetic: statistics.is_synthetic,
        knows_cases: statistics.knows_cases,
        cases,
        groups: statistics
            .groups
            .iter()
            .map(|group| protect_group(&year_before, group, min_cell))
            .collect(),
        call_types: statistics.call_types,
        non_substantive: statistics.non_substantive,
        sex_venues: venues("venues.sex", &statistics.sex_venues),
        labor_venues: venues("venues.labor", &statistics.labor_venues),
        map: PublishedMap {
            points,
            unlocated_cases,
            shading: Shading::default(),
        },
        trend: None,
        ledger: PublishedLedger::default(),
    };
    published.ledger = ledger::protect(statistics, &published);
    published
}

/// Adds the shading of the map to published numbers.
pub fn add_shading(published: &mut Published, statistics: &Statistics) {
    let Some(cases) = statistics.map.of_year(published.period.year) else {
        return;
    };
    let on_map = places::on_map(cases, published.min_cell);
    published.map.shading = heat::shade(&on_map.points, Plane::shared(published.state));
}

/// Groups without a total need no complementary suppression within one sheet: a case may count under
/// several categories or none of a group, and no difference of printed numbers is a count.
fn protect_group(year_before: &YearBefore<'_>, group: &Group, min_cell: u64) -> PublishedGroup {
    if group.total().is_some() {
        return totals::protect(group, min_cell);
    }
    // Mentions and signals are no cases, and their number has no bound.
    let can_follow = group.kind.unit == GroupUnit::Cases && group.kind.over == Over::Period;
    let protect = |category: &CategoryCount| {
        let name = format!("{}.{}", group.kind.key, category.key);
        let count = if can_follow && year_before.hides(&name, category.count) {
            Count::Hidden
        } else {
            primary::protect(category.count, min_cell)
        };
        PublishedCategory::of(category, count)
    };
    PublishedGroup {
        kind: group.kind.clone(),
        categories: group.categories.iter().map(protect).collect(),
        total: None,
    }
}

#[cfg(test)]
mod tests;
