//! Disclosure control: exact statistics become numbers that may be released (SPEC section 3).

mod published;

pub use published::{
    Count, Published, PublishedCalls, PublishedCases, PublishedCategory, PublishedGroup,
    PublishedMap, PublishedVenue, VenueRanking,
};
