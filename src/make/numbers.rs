//! Statistics as they may be released.

use super::notices;
use crate::notice::Notice;
use crate::protect::{self, Protection, Published, Released};
use crate::tally::Statistics;

/// Statistics as they may be released, with the shading of their map; with the trend, where it is wanted and
/// can be published; beside earlier editions.
pub fn numbers(
    statistics: &Statistics,
    protection: Protection,
    released: &Released,
    trend: bool,
) -> (Published, Vec<Notice>) {
    let (mut published, notices) = without_map(statistics, protection, released, trend);
    protect::add_shading(&mut published, statistics);
    (published, notices)
}

/// The same without a map and earlier editions.
pub fn numbers_alone(
    statistics: &Statistics,
    protection: Protection,
    trend: bool,
) -> (Published, Vec<Notice>) {
    without_map(statistics, protection, &Released::default(), trend)
}

fn without_map(
    statistics: &Statistics,
    protection: Protection,
    released: &Released,
    trend: bool,
) -> (Published, Vec<Notice>) {
    let mut published = protect::publish_beside(statistics, protection, released);
    let mut notices = Vec::new();
    if trend {
        protect::add_trend(&mut published, statistics);
        if published.trend.is_none() {
            notices.push(notices::no_trend(statistics));
        }
    }
    (published, notices)
}
