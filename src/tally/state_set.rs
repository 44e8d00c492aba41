//! A set of states, as small as a number.

use crate::jurisdiction::{COUNT, Jurisdiction};

const _: () = assert!(COUNT <= u64::BITS as usize);

/// A set of jurisdictions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct StateSet(u64);

impl StateSet {
    /// One bit per state, by [`Jurisdiction::index`].
    pub fn from_bits(bits: u64) -> Self {
        StateSet(bits)
    }

    pub fn contains(self, state: Jurisdiction) -> bool {
        self.0 & (1 << state.index()) != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn union(self, other: StateSet) -> StateSet {
        StateSet(self.0 | other.0)
    }

    pub fn intersection(self, other: StateSet) -> StateSet {
        StateSet(self.0 & other.0)
    }

    /// Those of this set that are not in the other.
    pub fn without(self, other: StateSet) -> StateSet {
        StateSet(self.0 & !other.0)
    }

    /// In order of state code.
    pub fn iter(self) -> impl Iterator<Item = Jurisdiction> {
        bits(self.0).map(Jurisdiction::from_index)
    }
}

impl FromIterator<Jurisdiction> for StateSet {
    fn from_iter<I: IntoIterator<Item = Jurisdiction>>(states: I) -> Self {
        StateSet(
            states
                .into_iter()
                .fold(0, |bits, state| bits | 1 << state.index()),
        )
    }
}

/// The positions of the bits that are set, lowest first.
pub(super) fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(lowest)
    })
}
