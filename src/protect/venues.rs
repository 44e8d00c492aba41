//! Decides which venues are listed.

use super::bounded;
use super::interval::Interval;
use super::period::Cases;
use super::{PublishedVenue, Released, VenueRanking};
use crate::tally::VenueCount;

/// The maximum number of venues on a sheet (docs/counting.md).
const MOST_LISTED: usize = 5;

/// The first five venues, without those below the limit, and those that aren't listed only because the list is full.
/// What is printed decides, never the number behind it: if two venues have the same range, the one that comes first
/// in the vocabulary is first.
pub(super) fn list(
    cases: &Cases<'_>,
    figure: &str,
    venues: &[VenueCount],
    released: &Released,
    limit: u64,
) -> VenueRanking {
    let printed = |venue: &VenueCount| {
        let name = format!("{figure}.{}", venue.key);
        let alone = bounded::of_period(cases, &name, venue.cases, limit);
        bounded::beside(cases, &name, alone, released, limit)
    };
    let is_printed = |venue: &&VenueCount| venue.cases > 0 && venue.cases >= limit;
    let mut ranked: Vec<(&VenueCount, Interval)> = venues
        .iter()
        .filter(is_printed)
        .map(|venue| (venue, printed(venue)))
        .collect();
    ranked.sort_by_key(|(venue, printed)| {
        (
            std::cmp::Reverse(printed.lo),
            std::cmp::Reverse(printed.hi),
            venue.place,
        )
    });
    let rest = ranked.split_off(MOST_LISTED.min(ranked.len()));
    let last = ranked.last().map(|(_, printed)| *printed);
    let published = |(venue, printed): &(&VenueCount, Interval)| PublishedVenue {
        key: venue.key.clone(),
        venue: venue.venue.clone(),
        cases: printed.count(limit),
    };
    VenueRanking {
        listed: ranked.iter().map(published).collect(),
        tied_at_cut: rest
            .iter()
            .take_while(|(_, printed)| Some(*printed) == last)
            .map(published)
            .collect(),
        has_small: venues
            .iter()
            .any(|venue| venue.cases > 0 && venue.cases < limit),
    }
}
