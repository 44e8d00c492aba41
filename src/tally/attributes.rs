//! What signals say of a case: the categories of the groups and the venues.

use crate::read::Signal;
use crate::vocabulary::Vocabulary;

/// What is said of a case, one bit for each value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The groups of demographics one after the other.
    pub categories: u64,
    pub sex_venues: u64,
    pub labor_venues: u64,
}

impl Attributes {
    /// The venues and categories that a signal mentions.
    pub(super) fn of(vocabulary: &Vocabulary, signal: &Signal<'_>) -> Self {
        let mut attributes = Attributes {
            categories: 0,
            sex_venues: signal.sex_venues.bits(),
            labor_venues: signal.labor_venues.bits(),
        };
        let mut group_start = 0;
        for ((_, list), codes) in vocabulary.demographics().iter().zip(signal.demographics) {
            attributes.categories |= codes.bits() << group_start;
            group_start += list.entries().len();
        }
        attributes
    }

    /// Adds what another signal says of the same case.
    pub(super) fn add(&mut self, other: Attributes) {
        self.categories |= other.categories;
        self.sex_venues |= other.sex_venues;
        self.labor_venues |= other.labor_venues;
    }
}
