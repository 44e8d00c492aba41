//! Takes signals in, one after another, and keeps only what the statistics of every state need.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};

use ahash::{AHashMap, AHashSet};
use chrono::{Datelike, NaiveDate};

use super::cases::{Case, Cases};
use super::fingerprint::Fingerprinter;
use super::ledger::Rows;
use super::places::{Found, Locator, Point};
use super::signal_ids::{SignalId, SignalIds};
use super::state_set::StateSet;
use super::statistics::Unit;
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::{COUNT, Jurisdiction};
use crate::period::Period;
use crate::read::{RejectsWriter, Row, Signal, SignalReader};
use crate::vocabulary::Vocabulary;

/// Counts signals for all states in one pass (SPEC section 2).
///
/// The order of signals does not matter, except that of two with the same id the first counts.
/// Memory grows with the number of cases, not of rows; of a row only stays that its id was seen.
pub struct Tally<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) period: Period,
    pub(super) unit: Unit,
    pub(super) fingerprinter: Fingerprinter,
    signal_ids: SignalIds,
    pub(super) cases: Cases,
    locator: Locator,
    /// Places of the cases; true where the place's name vouches for its being in the state.
    pub(super) places: AHashMap<CasePlace, bool>,
    /// Mentions of each category, case after case; empty unless the unit is victims.
    pub(super) mentions: Vec<u32>,
    /// Cases whose victims a joined file gives, and which are in `mentions`.
    mentioned: AHashSet<u32>,
    /// Signals of the year, and of those in the period, by state.
    pub(super) calls: BTreeMap<i32, Vec<StateCalls>>,
    pub(super) rows: Rows,
    /// States that have signals, by year.
    years: BTreeMap<i32, StateSet>,
    /// Last day of a signal in the period or the year.
    last_day: Option<NaiveDate>,
}

/// A file that rows are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileNumber(u32);

/// A distinct place of a case.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct CasePlace {
    pub case: u32,
    pub state: Jurisdiction,
    pub point: Point,
}

/// Signals of a year in one state.
#[derive(Clone, Default)]
pub(super) struct StateCalls {
    /// By index of the call type; those of non-substantive types stay 0.
    pub by_type: Vec<u64>,
    pub non_substantive: u64,
}

impl<'v> Tally<'v> {
    /// Counts for a period and year; no signal yet.
    pub fn new(vocabulary: &'v Vocabulary, period: Period, unit: Unit) -> Self {
        Tally {
            vocabulary,
            period,
            unit,
            fingerprinter: Fingerprinter::new(),
            signal_ids: SignalIds::default(),
            cases: Cases::default(),
            locator: Locator::new(),
            places: AHashMap::new(),
            mentions: Vec::new(),
            mentioned: AHashSet::new(),
            calls: BTreeMap::new(),
            rows: Rows::default(),
            years: BTreeMap::new(),
            last_day: None,
        }
    }

    /// Counts all rows of a file and writes the rejected ones.
    ///
    /// # Errors
    /// When the file can't be read or the rejects can't be written.
    pub fn read<R: Read, W: Write, Open: FnOnce() -> io::Result<W>>(
        &mut self,
        reader: &mut SignalReader<'_, R>,
        rejects: &mut RejectsWriter<Open, W>,
    ) -> Outcome<()> {
        let name = reader.file().to_owned();
        let file = self.begin_file(&name);
        while let Some(row) = reader.advance()? {
            match row {
                Row::Signal(signal) => self.add(file, &signal),
                Row::Reject(reject) => {
                    self.reject(file);
                    rejects.write(&name, &reject).map_err(|error| {
                        Failure::data(format!("can't write the rejected rows: {error}"))
                            .remedy("make room, or write them to another folder")
                    })?;
                }
            }
        }
        Ok(())
    }

    /// A file to count rows for; the ledger has a line for each.
    pub fn begin_file(&mut self, name: &str) -> FileNumber {
        FileNumber(self.rows.begin_file(name))
    }

    /// Counts a rejected row.
    pub fn reject(&mut self, file: FileNumber) {
        self.rows.reject(file.0);
    }

    /// Counts a signal.
    pub fn add(&mut self, file: FileNumber, signal: &Signal<'_>) {
        let id = SignalId::of(signal.id, &self.fingerprinter);
        if !self.signal_ids.insert(id) {
            self.rows.duplicate(file.0);
            return;
        }
        let states = states_of_signal(signal);
        let year = signal.received.year();
        let states_of_year = self.years.entry(year).or_default();
        *states_of_year = states_of_year.union(states);
        if self.period.touches(year) {
            let calls = self
                .calls
                .entry(year)
                .or_insert_with(|| vec![StateCalls::none(self.vocabulary); COUNT]);
            for state in states.iter() {
                calls[state.index()].count(self.vocabulary, signal);
            }
        }
        let in_scope = in_scope(&self.period, signal.received);
        if in_scope {
            self.last_day = self.last_day.max(Some(signal.received));
        }
        let Some(case_id) = signal.case_id else {
            self.rows.caseless(file.0, states, in_scope);
            return;
        };
        let number = self.cases.number(self.fingerprinter.of(case_id));
        if is_substantive(self.vocabulary, signal) {
            self.extend_case(number, signal);
        }
        let case = self.cases.get_mut(number);
        let strays = states.without(case.states);
        self.rows
            .of_case(file.0, number, &mut case.rows, strays, in_scope);
    }

    /// The last day in the period or the year on which a signal came in, from anywhere; without one,
    /// the last day of the year. This is the date of the data, whatever the day of the run.
    pub fn data_through(&self) -> NaiveDate {
        self.last_day
            .or_else(|| NaiveDate::from_ymd_opt(self.period.year, 12, 31))
            .unwrap_or_default()
    }

    /// The years in which a state has signals or cases, in order.
    pub fn years(&self, state: Jurisdiction) -> Vec<i32> {
        let of_signals = self
            .years
            .iter()
            .filter(|(_, states)| states.contains(state))
            .map(|(year, _)| *year);
        let of_cases = self
            .cases
            .made()
            .filter(|(_, _, case)| case.states.contains(state))
            .map(|(_, date, _)| date.year());
        let years: BTreeSet<i32> = of_signals.chain(of_cases).collect();
        years.into_iter().collect()
    }

    /// Adds what a substantive signal says to its case.
    fn extend_case(&mut self, number: u32, signal: &Signal<'_>) {
        let case = self.cases.get_mut(number);
        case.date = Some(match case.date {
            Some(date) => date.min(signal.received),
            None => signal.received,
        });
        case.states = case
            .states
            .union(StateSet::from_bits(signal.places.state_bits()));
        case.mention(self.vocabulary, signal);
        if self.unit == Unit::Victims {
            let categories = self.vocabulary.categories();
            let start = number as usize * categories;
            if self.mentions.len() < start + categories {
                self.mentions.resize(start + categories, 0);
            }
            let is_given = signal.demographics_are_of_case.contains(&true);
            let is_first = is_given && self.mentioned.insert(number);
            let sums = &mut self.mentions[start..];
            count_mentions(self.vocabulary, signal, is_first, sums);
        }
        self.add_places(number, signal);
    }

    fn add_places(&mut self, number: u32, signal: &Signal<'_>) {
        for (state, found) in places_on_map(&mut self.locator, &self.period, signal) {
            let place = CasePlace {
                case: number,
                state,
                point: found.point(),
            };
            *self.places.entry(place).or_default() |= found.is_vouched();
        }
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
    pub(super) fn count(&mut self, vocabulary: &Vocabulary, signal: &Signal<'_>) {
        match signal.call_type {
            Some(call_type) if is_substantive(vocabulary, signal) => {
                self.by_type[call_type as usize] += 1;
            }
            Some(_) => self.non_substantive += 1,
            None => {}
        }
    }
}

impl Case {
    /// Adds the venues and categories that a signal mentions.
    pub(super) fn mention(&mut self, vocabulary: &Vocabulary, signal: &Signal<'_>) {
        self.sex_venues |= signal.sex_venues.bits();
        self.labor_venues |= signal.labor_venues.bits();
        let mut group_start = 0;
        for ((_, list), codes) in vocabulary.demographics().iter().zip(signal.demographics) {
            self.categories |= codes.bits() << group_start;
            group_start += list.entries().len();
        }
    }
}

/// A signal without a known call type is substantive: only what is known to be none is left out.
pub(super) fn is_substantive(vocabulary: &Vocabulary, signal: &Signal<'_>) -> bool {
    let entries = vocabulary.call_type.entries();
    signal
        .call_type
        .is_none_or(|call_type| entries[call_type as usize].substantive)
}

/// Adds the signal's mentions of each category, the groups one after the other. What every signal of
/// a case repeats of the case as a whole is added for the first only.
pub(super) fn count_mentions(
    vocabulary: &Vocabulary,
    signal: &Signal<'_>,
    is_first: bool,
    sums: &mut [u32],
) {
    let mut group_start = 0;
    let groups = vocabulary.demographics().into_iter();
    let groups = groups
        .zip(signal.demographics)
        .zip(signal.demographics_are_of_case);
    for (((_, list), codes), is_of_case) in groups {
        if is_first || !is_of_case {
            for code in codes.mentions() {
                sums[group_start + code as usize] += 1;
            }
        }
        group_start += list.entries().len();
    }
}

/// The signal's places that the map may show, each with its state.
pub(super) fn places_on_map<'a>(
    locator: &'a mut Locator,
    period: &Period,
    signal: &Signal<'a>,
) -> impl Iterator<Item = (Jurisdiction, Found)> + use<'a> {
    // A case with a signal before the year is not dated in it, and the map shows no other.
    let is_early = signal.received.year() < period.year;
    let places = (!is_early).then(|| signal.places.iter());
    places.into_iter().flatten().filter_map(|place| {
        let state = place.state?;
        Some((state, locator.find(state, &place)?))
    })
}

/// A signal is in a state when one of its locations is or, if it has none, when the caller is.
pub(super) fn states_of_signal(signal: &Signal<'_>) -> StateSet {
    let located = StateSet::from_bits(signal.places.state_bits());
    if located.is_empty() {
        signal.caller_state.into_iter().collect()
    } else {
        located
    }
}

/// Whether a day counts for the period or the year.
pub(super) fn in_scope(period: &Period, day: NaiveDate) -> bool {
    period.covers(day) || period.in_year(day)
}

#[cfg(test)]
mod tests;
