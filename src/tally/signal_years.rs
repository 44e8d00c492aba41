//! Signals by year: the states that have any, and what calls they were.

use std::collections::BTreeMap;

use super::state_set::StateSet;
use crate::jurisdiction::COUNT;
use crate::vocabulary::Vocabulary;

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
    /// By state; empty until a call is to be counted.
    calls: Vec<StateCalls>,
}

/// Signals of a year in one state.
#[derive(Clone, Default)]
pub(super) struct StateCalls {
    /// By index of the call type; those of non-substantive types stay 0.
    pub by_type: Vec<u64>,
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
                    calls: Vec::new(),
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

    /// The calls of a year by state; `None` where none is counted.
    pub(super) fn calls(&self, year: i32) -> Option<&[StateCalls]> {
        let year = &self.all[*self.places.get(&year)?];
        Some(&year.calls)
            .filter(|calls| !calls.is_empty())
            .map(Vec::as_slice)
    }
}

impl SignalYear {
    /// The calls by state, to be added to.
    pub(super) fn calls(&mut self, vocabulary: &Vocabulary) -> &mut [StateCalls] {
        if self.calls.is_empty() {
            self.calls = vec![StateCalls::none(vocabulary); COUNT];
        }
        &mut self.calls
    }
}

impl StateCalls {
    /// No call yet.
    pub(super) fn none(vocabulary: &Vocabulary) -> Self {
        StateCalls {
            by_type: vec![0; vocabulary.call_type.entries().len()],
            non_substantive: 0,
        }
    }

    /// Types of calls: substantive signals per call type. One without a known type stands under none
    /// and so not in the total.
    pub(super) fn count(&mut self, call_type: Option<u8>, is_substantive: bool) {
        match call_type {
            Some(call_type) if is_substantive => self.by_type[call_type as usize] += 1,
            Some(_) => self.non_substantive += 1,
            None => {}
        }
    }
}
