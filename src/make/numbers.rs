//! Statistics as they may be released.

use super::notices;
use crate::geo::Plane;
use crate::heat::{self, Shading};
use crate::notice::Notice;
use crate::protect::{self, Published};
use crate::tally::Statistics;

/// How small numbers are kept from giving anybody away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// The smallest number of cases or signals that is printed; 0 prints all.
    pub min_cell: u64,
    /// Nothing is hidden, and everything made is marked as not for release.
    pub internal: bool,
}

/// Statistics as they may be released, with the shading of their map; with the trend, where it is wanted and
/// can be published.
pub fn numbers(
    statistics: &Statistics,
    protection: Protection,
    trend: bool,
) -> (Published, Vec<Notice>) {
    let min_cell = match protection.internal {
        true => 0,
        false => protection.min_cell,
    };
    let plane = Plane::shared(statistics.state);
    let shading = heat::shade(&statistics.map.points, plane, min_cell);
    publish(statistics, protection, trend, shading)
}

/// The same without a map.
pub fn numbers_alone(
    statistics: &Statistics,
    protection: Protection,
    trend: bool,
) -> (Published, Vec<Notice>) {
    publish(statistics, protection, trend, Shading::default())
}

fn publish(
    statistics: &Statistics,
    protection: Protection,
    trend: bool,
    shading: Shading,
) -> (Published, Vec<Notice>) {
    let Protection { min_cell, internal } = protection;
    let mut published = protect::publish(statistics, min_cell, internal, shading);
    let mut notices = Vec::new();
    if trend {
        protect::add_trend(&mut published, statistics);
        if published.trend.is_none() {
            notices.push(notices::no_trend(statistics));
        }
    }
    (published, notices)
}
