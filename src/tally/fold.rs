//! Adds signals, one after another, and keeps only what the statistics of all states need.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::sync::Arc;

use ahash::AHashSet;
use chrono::NaiveDate;

use super::case_places::CasePlaces;
use super::cases::Cases;
use super::entry::{CaseEntry, Entries, Entry, Recorder};
use super::group_bits::{GroupBits, Mention};
use super::ledger::Rows;
use super::paged_id::Pager;
use super::said::Said;
use super::scope::Scope;
use super::signal_ids::SignalIds;
use super::signals::Signals;
use super::statistics::Unit;
use crate::area::{Area, StateSet};
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::period::{Month, Period, YearStart};
use crate::read::{Division, Found, Gather, Gathered, Limits, RejectsWriter, Signal, SignalReader};
use crate::vocabulary::{Counts, Vocabulary};

/// Counts signals for all areas and times in one pass (docs/counting.md): what a sheet is about is decided once all
/// signals are known.
///
/// The order of signals doesn't matter, except that the first of two with the same id counts. Memory grows with the
/// number of cases, not of rows; for each row, only its id is kept.
pub struct Tally<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) bits: Arc<GroupBits>,
    pub(super) unit: Unit,
    pub(super) pager: Pager,
    /// Empty between signals; kept for its memory.
    entries: Entries,
    pub(super) limits: Limits,
    signal_ids: SignalIds,
    pub(super) cases: Cases,
    pub(super) places: CasePlaces,
    /// Cases with coordinates outside the state that the data put them in.
    pub(super) outside: AHashSet<(u32, Jurisdiction)>,
    /// Mentions of each category, case after case; empty unless the unit is victims.
    pub(super) mentions: Vec<u32>,
    /// Cases with victims from a joined file, which are already in `mentions`.
    mentioned: AHashSet<u32>,
    pub(super) rows: Rows,
    pub(super) signals: Signals,
    pub(super) said: Said,
    /// Whether any row says that it is synthetic: then no number may pass for real.
    pub(super) is_synthetic: bool,
    /// Whether all files say which signals belong to the same case.
    pub(super) knows_cases: bool,
    /// Places of signals before this month are never requested.
    places_from: Option<Month>,
    /// Whether the data have only the years of dates, which are read as their first days.
    has_years_alone: bool,
}

/// A file to count rows for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileNumber(u32);

impl<'v> Tally<'v> {
    /// No signals yet.
    pub fn new(vocabulary: &'v Vocabulary, unit: Unit) -> Self {
        Tally {
            vocabulary,
            bits: Arc::new(GroupBits::of(vocabulary)),
            unit,
            pager: Pager::new(),
            entries: Entries::default(),
            limits: Limits::default(),
            signal_ids: SignalIds::default(),
            cases: Cases::default(),
            places: CasePlaces::default(),
            outside: AHashSet::new(),
            mentions: Vec::new(),
            mentioned: AHashSet::new(),
            rows: Rows::default(),
            signals: Signals::none(vocabulary),
            said: Said::default(),
            is_synthetic: false,
            knows_cases: true,
            places_from: None,
            has_years_alone: false,
        }
    }

    /// Skips the places of signals before a month, to save the time for looking them up: statistics whose period or
    /// year begins earlier may then not be requested.
    pub fn with_places_from(mut self, month: Option<Month>) -> Self {
        self.places_from = month;
        self
    }

    /// Keeps at most as many ids of signals, and of cases, in memory as the limits say, if they provide room for
    /// more. Call this before the first signal.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self.signal_ids = SignalIds::with(limits);
        self.cases = Cases::with(limits);
        self
    }

    /// Whether ids that are kept outside memory could be stored and found.
    ///
    /// # Errors
    /// If they couldn't: numbers may be wrong.
    pub fn check_ids(&self) -> Outcome<()> {
        self.signal_ids.check()?;
        self.cases.check()
    }

    /// Counts all rows of a file, read on all cores, and writes the rejected ones.
    ///
    /// # Errors
    /// If the file can't be read, the rejects can't be written, or ids can't be kept outside memory.
    pub fn read<R: Read + Send, W: Write, Open: FnOnce() -> io::Result<W>>(
        &mut self,
        reader: &mut SignalReader<'_, R>,
        rejects: &mut RejectsWriter<Open, W>,
    ) -> Outcome<()> {
        let name = reader.file().to_owned();
        let file = self.begin_file(&name);
        let recorder = self.recorder();
        reader.gather(&recorder, Division::default(), |rows| {
            match rows {
                Gathered::Signals(entries) => {
                    self.enter(file, entries);
                    self.check_ids()?;
                }
                Gathered::Reject(reject) => {
                    self.reject(file);
                    rejects.write(&name, &reject).map_err(|error| {
                        Failure::data(format!("can't write the rejected rows: {error}"))
                            .remedy("free up space on the disk, or write them to another folder")
                    })?;
                }
            }
            Ok(())
        })
    }

    /// Adds a file to count rows for; the ledger has a line for each.
    pub fn begin_file(&mut self, name: &str) -> FileNumber {
        FileNumber(self.rows.begin_file(name))
    }

    /// Counts a rejected row.
    pub fn reject(&mut self, file: FileNumber) {
        self.rows.reject(file.0);
    }

    /// Counts a signal.
    pub fn add(&mut self, file: FileNumber, signal: &Signal<'_>) {
        let recorder = self.recorder();
        let mut entries = std::mem::take(&mut self.entries);
        recorder.add(&mut (), &mut entries, signal);
        self.enter(file, &mut entries);
        self.entries = entries;
    }

    fn recorder(&self) -> Recorder {
        Recorder {
            bits: Arc::clone(&self.bits),
            places_from: self.places_from,
            unit: self.unit,
            pager: self.pager.clone(),
        }
    }

    /// Counts the signals of a file, in its order, and empties `entries`.
    fn enter(&mut self, file: FileNumber, entries: &mut Entries) {
        self.is_synthetic |= entries.are_synthetic;
        self.knows_cases &= !entries.are_of_no_cases;
        let mut cases = entries.cases.iter();
        for entry in &entries.entries {
            let case = if entry.has_case { cases.next() } else { None };
            self.enter_one(file, entry, case, entries);
        }
        entries.clear();
    }

    fn enter_one(
        &mut self,
        file: FileNumber,
        entry: &Entry,
        case: Option<&CaseEntry>,
        of: &Entries,
    ) {
        let is_new = self.signal_ids.insert(entry.id);
        if !is_new && !entry.is_victim {
            self.rows.duplicate(file.0);
            return;
        }
        let bucket = self.signals.bucket(entry.month, entry.states);
        // Otherwise the signal is counted already, and this row describes one more victim of its case.
        if is_new {
            self.signals.count(bucket, entry.said, entry.is_substantive);
            self.said.signal(entry.said);
        }
        match case {
            Some(said) => self.enter_row(file, entry, said, of),
            None => self.rows.caseless(file.0, bucket),
        }
    }

    /// Counts a row for its case and for the ledger.
    fn enter_row(&mut self, file: FileNumber, entry: &Entry, said: &CaseEntry, of: &Entries) {
        let number = self.cases.number(said.id);
        if entry.is_substantive {
            self.extend_case(number, entry.received, said, of);
        }
        let case = self.cases.get_mut(number);
        let strays = entry.states.without(case.states);
        self.rows
            .of_case(file.0, number, &mut case.rows, strays, entry.month);
    }

    /// The month of the last signal in a period or its year, from any area. This is the date of the data, whatever
    /// the day of the run.
    pub fn data_through(&self, period: &Period) -> Option<Month> {
        let months = self.signals.months();
        months.filter(|month| period.counts(*month)).max()
    }

    /// Says that dates have only years, which are read as their first days: then the data extend to the end of the
    /// last one.
    pub fn take_dates_for_years(&mut self) {
        self.has_years_alone = true;
    }

    /// Whether all files say which signals belong to the same case.
    pub fn knows_cases(&self) -> bool {
        self.knows_cases
    }

    /// The first and the last month with a signal, in any area.
    pub fn reach(&self) -> Option<(Month, Month)> {
        let months = || self.signals.months();
        let (first, last) = (months().min()?, months().max()?);
        let last = match self.has_years_alone {
            true => Month { month: 12, ..last },
            false => last,
        };
        Some((first, last))
    }

    /// The months in which an area has signals, in order.
    pub fn months_of(&self, area: Area) -> Vec<Month> {
        self.signals.months_of(area.states())
    }

    /// The years in which any of some states has signals or cases, in order.
    pub fn years_of(&self, states: StateSet, starts: YearStart) -> Vec<i32> {
        let months = self.signals.months_of(states).into_iter();
        let mut years: BTreeSet<i32> = months.map(|month| starts.year_of(month)).collect();
        for (_, date, case) in self.cases.made() {
            if case.states.meets(states) {
                years.insert(starts.year_of(Month::of(date)));
            }
        }
        years.into_iter().collect()
    }

    /// For each scope, whether it has a signal or a case in its year.
    pub fn have_data(&self, scopes: &[Scope]) -> Vec<bool> {
        let mut years: BTreeMap<(YearStart, i32), StateSet> = BTreeMap::new();
        for Scope { period, .. } in scopes {
            years.insert((period.starts, period.year), StateSet::default());
        }
        for (month, found) in self.months_and_states() {
            for ((starts, year), states) in &mut years {
                if starts.year_of(month) == *year {
                    *states = states.union(found);
                }
            }
        }
        let has = |scope: &Scope| {
            let states = years.get(&(scope.period.starts, scope.period.year));
            states.is_some_and(|states| states.meets(scope.area.states()))
        };
        scopes.iter().map(has).collect()
    }

    /// The months of signals and of cases, each with states.
    fn months_and_states(&self) -> impl Iterator<Item = (Month, StateSet)> {
        let cases = self.cases.made();
        let cases = cases.map(|(_, date, case)| (Month::of(date), case.states));
        self.signals.filled_states().chain(cases)
    }

    /// Adds what a substantive signal says to its case.
    fn extend_case(&mut self, number: u32, received: NaiveDate, said: &CaseEntry, of: &Entries) {
        let case = self.cases.get_mut(number);
        case.date = Some(case.date.map_or(received, |date| date.min(received)));
        case.states = case.states.union(said.states);
        case.attributes.add(said.attributes);
        self.said.case(said.attributes, said.is_placed);
        if self.unit == Unit::Victims {
            let categories = self.vocabulary.categories(Counts::Cases);
            let start = number as usize * categories;
            if self.mentions.len() < start + categories {
                self.mentions.resize(start + categories, 0);
            }
            let is_first = said.is_of_joined_victims && self.mentioned.insert(number);
            let mentions = of.mentions[said.mentions()].iter().copied();
            count_mentions(mentions, is_first, &mut self.mentions[start..]);
        }
        for &(state, found) in &of.places[said.places()] {
            match found {
                Found::At(point) => self.places.add(number, &mut case.first_place, point),
                Found::Outside => {
                    self.outside.insert((number, state));
                }
            }
        }
    }
}

/// Adds mentions to the sums of each category. What every signal of a case repeats about the case as a whole is added
/// only for the first signal.
pub(super) fn count_mentions(
    mentions: impl Iterator<Item = Mention>,
    is_first: bool,
    sums: &mut [u32],
) {
    for mention in mentions {
        if is_first || !mention.is_of_case {
            sums[mention.category] += 1;
        }
    }
}

#[cfg(test)]
mod tests;
