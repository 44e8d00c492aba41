//! What is counted: an area and a time.

use crate::area::{Area, StateSet};
use crate::jurisdiction::{COUNT, Jurisdiction};
use crate::period::Period;

/// What statistics are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The area.
    pub area: Area,
    /// The period, with its focal year.
    pub period: Period,
}

impl Scope {
    /// An area in a period.
    pub fn of(area: impl Into<Area>, period: Period) -> Self {
        Scope {
            area: area.into(),
            period,
        }
    }
}

/// Which scopes include a state, for all states: so a case in several states of an area counts once in it, and a
/// lookup takes as long as the case has states.
pub(super) struct ScopesOf([u128; COUNT]);

/// The maximum number of scopes at once.
pub(super) const MOST_SCOPES: usize = u128::BITS as usize;

impl ScopesOf {
    /// Of at most [`MOST_SCOPES`].
    pub(super) fn new(scopes: &[Scope]) -> Self {
        debug_assert!(scopes.len() <= MOST_SCOPES);
        let mut of_states = [0; COUNT];
        for (index, scope) in scopes.iter().enumerate() {
            for state in scope.area.states().iter() {
                of_states[state.index()] |= 1 << index;
            }
        }
        ScopesOf(of_states)
    }

    /// The scopes that include a state, by index.
    pub(super) fn of_state(&self, state: Jurisdiction) -> impl Iterator<Item = usize> {
        places(self.0[state.index()])
    }

    /// The scopes that include any of some states, by index, each once.
    pub(super) fn of(&self, states: StateSet) -> impl Iterator<Item = usize> {
        places(self.mask(states))
    }

    /// The scopes that include any of some states and none of some others.
    pub(super) fn of_without(
        &self,
        states: StateSet,
        others: StateSet,
    ) -> impl Iterator<Item = usize> {
        places(self.mask(states) & !self.mask(others))
    }

    fn mask(&self, states: StateSet) -> u128 {
        let states = states.iter();
        states.fold(0, |mask, state| mask | self.0[state.index()])
    }
}

/// The positions of the bits that are set, lowest first.
fn places(mut mask: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(lowest)
    })
}
