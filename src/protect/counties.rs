//! The table of cases by county: it depends only on what the map shows.

use super::Protection;
use super::places;
use crate::geo::PublicPoint;
use crate::heat::Weight;
use crate::tally::Statistics;

/// A county, and the cases of the year at its points that the map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountyCases {
    /// A public point of the kind [`County`](crate::geo::PointKind::County).
    pub county: PublicPoint,
    /// Distinct cases; never below the limit, so the number is printed as it is.
    pub cases: u64,
}

/// The cases of the year by county, as they may be printed: in the order of states and their counties, without those
/// that have no cases on the map. `None` if the data say nothing about places.
///
/// A county that isn't listed has no cases, or fewer than the limit; which of these must stay hidden. The number of
/// cases that aren't on the map is printed if it isn't small. Together with it, a list of the counties that have any
/// of them would reveal that each has at most what the others leave (docs/protection.md, rule 9). A county that is
/// listed may have a few more cases, at places that are too small to show.
///
/// There is no such table for the whole period: last year's number for a county may be small, and this year's cases,
/// which the map shows, would reveal it.
pub fn counties(statistics: &Statistics, protection: Protection) -> Option<Vec<CountyCases>> {
    let cases = statistics.map.of_year(statistics.period.year)?;
    let counties = places::counties_on_map(cases, protection.min_cell());
    Some(
        counties
            .into_iter()
            .map(|Weight { point, cases }| CountyCases {
                county: point,
                cases,
            })
            .collect(),
    )
}
