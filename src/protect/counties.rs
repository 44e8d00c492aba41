//! The table of cases by county: a function of what the map shows.

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
    /// Distinct cases; never fewer than the limit, so it is printed as it is.
    pub cases: u64,
}

/// The cases of the year by county, as they may be printed: in the order of states and their counties, those
/// without a case on the map left out. `None` if the data say nothing about places.
///
/// A county that isn't listed has none, or fewer cases than the limit; which of these must stay hidden. The cases
/// that aren't on the map are printed as a number where they are not few; beside it, a list of the counties that
/// have any of them would reveal that each is at most what the others leave (docs/protection.md, rule 9). A county
/// that is listed may have a few more cases, which are at places that are too small to show.
///
/// There is no such table of the whole period: a county's number of last year may be small, and this year's
/// cases, which the map shows, would reveal it.
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
