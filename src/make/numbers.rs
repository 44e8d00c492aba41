//! Statistics as they may be released.

use super::notices;
use crate::notice::Notice;
use crate::protect::{self, Protection, Published};
use crate::tally::Statistics;

/// Statistics as they may be released, with the shading of their map; with the trend, where it is wanted and
/// can be published.
pub fn numbers(
    statistics: &Statistics,
    protection: Protection,
    trend: bool,
) -> (Published, Vec<Notice>) {
    let (mut published, notices) = numbers_alone(statistics, protection, trend);
    protect::add_shading(&mut published, statistics);
    (published, notices)
}

/// The same without a map.
pub fn numbers_alone(
    statistics: &Statistics,
    protection: Protection,
    trend: bool,
) -> (Published, Vec<Notice>) {
    let mut published = protect::publish(statistics, protection);
    let mut notices = Vec::new();
    if trend {
        protect::add_trend(&mut published, statistics);
        if published.trend.is_none() {
            notices.push(notices::no_trend(statistics));
        }
    }
    (published, notices)
}
