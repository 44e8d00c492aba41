//! What signals say about a case: the categories of the groups and the venues.

/// What is said about a case, one bit for each value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Attributes {
    /// The groups that count cases, one after the other.
    pub categories: u64,
    pub sex_venues: u64,
    pub labor_venues: u64,
}

impl Attributes {
    /// Adds what another signal says about the same case.
    pub(super) fn add(&mut self, other: Attributes) {
        self.categories |= other.categories;
        self.sex_venues |= other.sex_venues;
        self.labor_venues |= other.labor_venues;
    }
}
