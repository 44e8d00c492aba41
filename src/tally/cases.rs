//! Cases: what several signals say of one, as far as statistics need it.

use ahash::AHashMap;
use chrono::NaiveDate;

use super::entry::Attributes;
use super::fingerprint::Fingerprint;
use super::ledger::LatestRows;
use super::state_set::StateSet;

/// One case: its date and the union of its signals' attributes (SPEC section 2).
#[derive(Clone, Copy, Default)]
pub(super) struct Case {
    /// Day of its earliest substantive signal; `None` while it has no such signal, and so is no case.
    pub date: Option<NaiveDate>,
    pub states: StateSet,
    pub attributes: Attributes,
    pub rows: LatestRows,
}

/// All cases, numbered from 0 in order of appearance.
#[derive(Default)]
pub(super) struct Cases {
    numbers: AHashMap<Fingerprint, u32>,
    all: Vec<Case>,
}

impl Cases {
    /// The number of the case with an id, which may be new.
    pub(super) fn number(&mut self, id: Fingerprint) -> u32 {
        let next = self.all.len() as u32;
        let number = *self.numbers.entry(id).or_insert(next);
        if number == next {
            self.all.push(Case::default());
        }
        number
    }

    /// The number of a case that a signal has named.
    pub(super) fn find(&self, id: Fingerprint) -> Option<u32> {
        self.numbers.get(&id).copied()
    }

    pub(super) fn get(&self, number: u32) -> &Case {
        &self.all[number as usize]
    }

    pub(super) fn get_mut(&mut self, number: u32) -> &mut Case {
        &mut self.all[number as usize]
    }

    /// Those that a substantive signal has made, with number and date.
    pub(super) fn made(&self) -> impl Iterator<Item = (u32, NaiveDate, &Case)> {
        (0..)
            .zip(&self.all)
            .filter_map(|(number, case)| Some((number, case.date?, case)))
    }
}
