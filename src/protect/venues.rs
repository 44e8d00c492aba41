//! Decides which venues are listed.

use super::{Count, PublishedVenue, VenueRanking};
use crate::tally::VenueCount;

/// Venues that a sheet lists at most (docs/counting.md).
const MOST_LISTED: usize = 5;

/// The first five of the ranking, without those below `min_cell` (docs/protection.md) and without those that
/// are hidden, and the venues that only the cut keeps from being listed.
pub(super) fn list(
    ranked: &[VenueCount],
    min_cell: u64,
    is_hidden: impl Fn(&VenueCount) -> bool,
) -> VenueRanking {
    let mut publishable = ranked
        .iter()
        .filter(|venue| venue.cases >= min_cell && !is_hidden(venue));
    let listed: Vec<&VenueCount> = publishable.by_ref().take(MOST_LISTED).collect();
    let last = listed.last().map(|venue| venue.cases);
    VenueRanking {
        tied_at_cut: publishable
            .take_while(|venue| Some(venue.cases) == last)
            .map(published)
            .collect(),
        listed: listed.into_iter().map(published).collect(),
    }
}

fn published(venue: &VenueCount) -> PublishedVenue {
    PublishedVenue {
        key: venue.key.clone(),
        venue: venue.venue.clone(),
        cases: Count::Shown(venue.cases),
    }
}
