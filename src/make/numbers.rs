//! Statistics as they may be released.

use super::notices;
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
    let Protection { min_cell, internal } = protection;
    let mut published = protect::publish(statistics, min_cell, internal);
    let mut notices = Vec::new();
    if trend {
        protect::add_trend(&mut published, statistics);
        if published.trend.is_none() {
            notices.push(notices::no_trend(statistics));
        }
    }
    (published, notices)
}
