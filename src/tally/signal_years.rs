//! Signals by year: the states that have any, and what categories they are in.

use std::collections::BTreeMap;

use super::state_set::{StateSet, bits};
use crate::jurisdiction::COUNT;
use crate::vocabulary::{Counts, Vocabulary};

/// The signals of all years.
#[derive(Default)]
pub(super) struct SignalYears {
    all: Vec<SignalYear>,
    /// Where each year is among all.
    places: BTreeMap<i32, usize>,
    /// Where the last one that was asked for is: most signals are of the year of the one before.
    last: usize,
}

/// The signals of a year.
pub(super) struct SignalYear {
    pub year: i32,
    /// States that have any.
    pub states: StateSet,
    /// By state; empty until a signal is to be counted.
    signals: Vec<StateSignals>,
}

/// Signals of some time in one state.
#[derive(Clone, Default)]
pub(super) struct StateSignals {
    /// Substantive ones by category, the groups that count signals one after the other.
    pub by_category: Vec<u64>,
    pub non_substantive: u64,
}

impl SignalYears {
    /// A year, which may be new.
    pub(super) fn of(&mut self, year: i32) -> &mut SignalYear {
        let is_last = self
            .all
            .get(self.last)
            .is_some_and(|last| last.year == year);
        if !is_last {
            let all = &mut self.all;
            self.last = *self.places.entry(year).or_insert_with(|| {
                all.push(SignalYear {
                    year,
                    states: StateSet::default(),
                    signals: Vec::new(),
                });
                all.len() - 1
            });
        }
        &mut self.all[self.last]
    }

    /// States that have signals, by year.
    pub(super) fn states(&self) -> BTreeMap<i32, StateSet> {
        let years = self.all.iter();
        years.map(|year| (year.year, year.states)).collect()
    }

    /// The signals of a year by state; `None` where none is counted.
    pub(super) fn signals(&self, year: i32) -> Option<&[StateSignals]> {
        let year = &self.all[*self.places.get(&year)?];
        Some(&year.signals)
            .filter(|signals| !signals.is_empty())
            .map(Vec::as_slice)
    }
}

impl SignalYear {
    /// The signals by state, to be added to.
    pub(super) fn signals(&mut self, vocabulary: &Vocabulary) -> &mut [StateSignals] {
        if self.signals.is_empty() {
            self.signals = vec![StateSignals::none(vocabulary); COUNT];
        }
        &mut self.signals
    }
}

impl StateSignals {
    /// No signal yet.
    pub(super) fn none(vocabulary: &Vocabulary) -> Self {
        StateSignals {
            by_category: vec![0; vocabulary.categories(Counts::Signals)],
            non_substantive: 0,
        }
    }

    /// Counts a signal under each of its categories; one that is not substantive under none.
    #[inline]
    pub(super) fn count(&mut self, said: u64, is_substantive: bool) {
        if is_substantive {
            for category in bits(said) {
                self.by_category[category] += 1;
            }
        } else {
            self.non_substantive += 1;
        }
    }
}
