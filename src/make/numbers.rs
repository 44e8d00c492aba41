//! Statistics as they may be released.

use super::notices;
use crate::notice::Notice;
use crate::protect::{self, Protection, Published, PublishedRate, Released};
use crate::tally::Statistics;

/// What a sheet has only on request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Additions {
    /// The years of the period side by side.
    pub trend: bool,
    /// The cases of the year by county.
    pub counties: bool,
    /// The cases of the year per 100,000 residents.
    pub rate: bool,
}

/// Statistics as they may be released, with the shading of their map; with the requested extras, if they can be
/// published; and compared with earlier editions.
pub fn numbers(
    statistics: &Statistics,
    protection: Protection,
    released: &Released,
    additions: Additions,
) -> (Published, Vec<Notice>) {
    let (mut published, notices) = without_map(statistics, protection, released, additions);
    protect::add_shading(&mut published, statistics);
    (published, notices)
}

/// The same without a map and earlier editions.
pub fn numbers_alone(
    statistics: &Statistics,
    protection: Protection,
    additions: Additions,
) -> (Published, Vec<Notice>) {
    without_map(statistics, protection, &Released::default(), additions)
}

fn without_map(
    statistics: &Statistics,
    protection: Protection,
    released: &Released,
    additions: Additions,
) -> (Published, Vec<Notice>) {
    let mut published = protect::publish_beside(statistics, protection, released);
    let mut notices = Vec::new();
    if additions.trend {
        protect::add_trend(&mut published, statistics);
        if published.trend.is_none() {
            notices.push(notices::no_trend(statistics));
        }
    }
    if additions.rate && published.knows_cases {
        let year = published.period.year;
        published.rate = PublishedRate::of(published.cases.year, published.area, year);
        if published.rate.is_none() {
            notices.push(notices::no_rate(statistics));
        }
    }
    if additions.counties && published.knows_cases {
        published.counties = protect::counties(statistics, protection);
        if published.counties.is_none() {
            notices.push(notices::no_counties(statistics));
        }
    }
    (published, notices)
}
