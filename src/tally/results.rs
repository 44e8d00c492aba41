//! Works out the statistics of states from what a tally holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::cases::Case;
use super::fold::{Tally, in_scope};
use super::ledger::CaseScope;
use super::signal_years::StateSignals;
use super::state_set::{StateSet, bits};
use super::statistics::{
    CaseCounts, CasesByPlaces, Group, GroupKind, GroupUnit, Ledger, MapCases, PeriodPart,
    Statistics, Unit, VenueCount, YearCounts, YearPlaces,
};
use crate::geo::PublicPoint;
use crate::jurisdiction::{COUNT, Jurisdiction};
use crate::period::Period;
use crate::vocabulary::{Counts, List, Over, Vocabulary};

/// Numbers of cases in one state.
#[derive(Clone)]
struct CaseSums {
    counts: CaseCounts,
    /// By category of the groups that count cases, one after the other.
    categories: Vec<u64>,
    sex_venues: Vec<u64>,
    labor_venues: Vec<u64>,
    /// Cases dated in the period, by year from the period's first.
    years: Vec<PartSums>,
}

/// Numbers of the cases of the period that are dated in one calendar year.
#[derive(Clone)]
struct PartSums {
    cases: u64,
    /// By category of the groups that count cases over the period, at the places of those that count cases.
    categories: Vec<u64>,
    sex_venues: Vec<u64>,
    labor_venues: Vec<u64>,
}

/// Signals of a state.
#[derive(Clone, Copy)]
pub(super) struct Signals<'t> {
    pub of_year: &'t StateSignals,
    /// What groups over the period count.
    pub of_period: &'t StateSignals,
}

/// A place of a case, and the year that the case is dated in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct YearPlace {
    pub year: i32,
    pub case: u32,
    pub point: PublicPoint,
}

impl CaseSums {
    /// No case yet.
    fn none(vocabulary: &Vocabulary, period: &Period) -> Self {
        let years = period.to.year.saturating_sub(period.from.year).max(0);
        CaseSums {
            counts: CaseCounts::default(),
            categories: vec![0; vocabulary.categories(Counts::Cases)],
            sex_venues: vec![0; vocabulary.sex_venue.entries().len()],
            labor_venues: vec![0; vocabulary.labor_venue.entries().len()],
            years: vec![
                PartSums {
                    cases: 0,
                    categories: vec![0; vocabulary.categories(Counts::Cases)],
                    sex_venues: vec![0; vocabulary.sex_venue.entries().len()],
                    labor_venues: vec![0; vocabulary.labor_venue.entries().len()],
                };
                years as usize + 1
            ],
        }
    }
}

impl Tally<'_> {
    /// The statistics of each of the states, in the order given. One pass over the cases serves all,
    /// so ask for all at once.
    pub fn statistics(&self, states: &[Jurisdiction]) -> Vec<Statistics> {
        let wanted: StateSet = states.iter().copied().collect();
        let sums = self.sum_cases(wanted);
        let mut places = self.places_of_years(wanted);
        let mut outside = vec![0; COUNT];
        for (case, state) in &self.outside {
            let date = self.cases.get(*case).date;
            if date.is_some_and(|date| self.period.in_year(date)) {
                outside[state.index()] += 1;
            }
        }
        let mut ledgers: Vec<_> = (0..COUNT).map(|_| None).collect();
        let latest = self.cases.iter().map(|(number, case)| (number, case.rows));
        let scope = |number| self.scope(number);
        for (state, ledger) in self.rows.ledgers(wanted, latest, scope) {
            ledgers[state.index()] = Some(ledger);
        }
        let of_states = states.iter().map(|&state| {
            let places = std::mem::take(&mut places[state.index()]);
            (state, places)
        });
        let of_states: Vec<_> = of_states.collect();
        of_states
            .into_par_iter()
            .with_max_len(1)
            .map(|(state, places)| {
                let signals = Signals {
                    of_year: &self.signals_of_year(state, self.period.year),
                    of_period: &self.period_signals[state.index()],
                };
                let of_state = self.statistics_of(state, &sums[state.index()], signals, places);
                Statistics {
                    ledger: ledgers[state.index()].clone().unwrap_or_default(),
                    map: MapCases {
                        outside_cases: outside[state.index()],
                        ..of_state.map
                    },
                    ..of_state
                }
            })
            .collect()
    }

    /// What one case adds to the statistics of a state, signals and ledger apart: the statistics of data
    /// that has no other case.
    pub(super) fn statistics_of_case(
        &self,
        state: Jurisdiction,
        date: NaiveDate,
        case: &Case,
        mentions: &[u32],
        places: Vec<YearPlace>,
    ) -> Statistics {
        let mut sums = CaseSums::none(self.vocabulary, &self.period);
        self.add_case(&mut sums, state, date, case, mentions);
        let none = StateSignals::none(self.vocabulary);
        let signals = Signals {
            of_year: &none,
            of_period: &none,
        };
        self.statistics_of(state, &sums, signals, places)
    }

    /// What signals add to the statistics of a state, cases and ledger apart: the statistics of data that
    /// has no case.
    pub(super) fn statistics_of_signals(
        &self,
        state: Jurisdiction,
        signals: Signals<'_>,
    ) -> Statistics {
        let sums = CaseSums::none(self.vocabulary, &self.period);
        self.statistics_of(state, &sums, signals, Vec::new())
    }

    /// The statistics without the ledger.
    fn statistics_of(
        &self,
        state: Jurisdiction,
        sums: &CaseSums,
        signals: Signals<'_>,
        places: Vec<YearPlace>,
    ) -> Statistics {
        Statistics {
            state,
            period: self.period,
            unit: self.unit,
            data_through: self.data_through(),
            is_synthetic: self.is_synthetic,
            knows_cases: self.knows_cases,
            cases: sums.counts.clone(),
            groups: self.groups(&sums.categories, signals),
            call_types: self.vocabulary.calls(),
            non_substantive: Some(signals.of_year.non_substantive),
            sex_venues: rank_venues(&self.vocabulary.sex_venue, &sums.sex_venues),
            labor_venues: rank_venues(&self.vocabulary.labor_venue, &sums.labor_venues),
            map: MapCases {
                years: places_by_year(places, self.map_years()),
                outside_cases: 0,
            },
            parts: self.parts(sums),
            years: self
                .period
                .whole_years()
                .map(|year| YearCounts {
                    year,
                    cases: sums.years[(year - self.period.from.year) as usize].cases,
                    calls: self.calls_of_year(state, year),
                })
                .collect(),
            ledger: Ledger::default(),
        }
    }

    /// The states and the time of a case, for the ledger of its rows.
    pub(super) fn scope(&self, number: u32) -> CaseScope {
        let case = self.cases.get(number);
        CaseScope {
            states: case.states,
            in_scope: case.date.is_some_and(|date| in_scope(&self.period, date)),
        }
    }

    fn sum_cases(&self, wanted: StateSet) -> Vec<CaseSums> {
        let mut sums = vec![CaseSums::none(self.vocabulary, &self.period); COUNT];
        for (number, date, case) in self.cases.made() {
            let mentions = self.mentions_of(number);
            for state in case.states.intersection(wanted).iter() {
                self.add_case(&mut sums[state.index()], state, date, case, mentions);
            }
        }
        sums
    }

    /// The mentions of each category in a case; empty unless the unit is victims.
    pub(super) fn mentions_of(&self, number: u32) -> &[u32] {
        match self.unit {
            Unit::Cases => &[],
            Unit::Victims => {
                let categories = self.vocabulary.categories(Counts::Cases);
                let start = number as usize * categories;
                &self.mentions[start..start + categories]
            }
        }
    }

    /// Venues take cases dated in the period, the map those dated in the year, and groups as they say.
    fn add_case(
        &self,
        sums: &mut CaseSums,
        state: Jurisdiction,
        date: NaiveDate,
        case: &Case,
        mentions: &[u32],
    ) {
        if !case.states.contains(state) {
            return;
        }
        if self.period.in_year(date) {
            sums.counts.year += 1;
            self.add_categories(sums, self.bits.cases_of_year, case, mentions);
        }
        if self.period.covers(date) {
            sums.counts.period += 1;
            let part = &mut sums.years[(date.year() - self.period.from.year) as usize];
            part.cases += 1;
            let said = case.attributes;
            add_bits(&mut part.sex_venues, said.sex_venues);
            add_bits(&mut part.labor_venues, said.labor_venues);
            add_bits(
                &mut part.categories,
                said.categories & self.bits.cases_of_period,
            );
            add_bits(&mut sums.sex_venues, case.attributes.sex_venues);
            add_bits(&mut sums.labor_venues, case.attributes.labor_venues);
            self.add_categories(sums, self.bits.cases_of_period, case, mentions);
        }
    }

    /// Adds what a case says of the categories of some bits: itself, or its mentions of victims where
    /// these are asked for.
    fn add_categories(&self, sums: &mut CaseSums, wanted: u64, case: &Case, mentions: &[u32]) {
        let mentioned = match self.unit {
            Unit::Cases => 0,
            Unit::Victims => self.bits.victims(),
        };
        let cases = case.attributes.categories & wanted & !mentioned;
        add_bits(&mut sums.categories, cases);
        for category in bits(wanted & mentioned) {
            sums.categories[category] += u64::from(mentions[category]);
        }
    }

    /// The groups of the vocabulary, by what is counted of cases and of signals.
    fn groups(&self, categories: &[u64], signals: Signals<'_>) -> Vec<Group> {
        let mut firsts = vec![0; self.vocabulary.groups().len()];
        for counts in [Counts::Cases, Counts::Signals] {
            for (index, _, first) in self.vocabulary.groups_that_count(counts) {
                firsts[index] = first;
            }
        }
        let groups = self.vocabulary.groups().iter().zip(firsts);
        groups
            .map(|(group, first)| {
                let counts = match (group.counts, group.over) {
                    (Counts::Cases, _) => categories,
                    (Counts::Signals, Over::Year) => &signals.of_year.by_category,
                    (Counts::Signals, Over::Period) => &signals.of_period.by_category,
                };
                Group::of(group, self.unit, |category| counts[first + category])
            })
            .collect()
    }

    /// The cases of the period by calendar year, with what they mention.
    fn parts(&self, sums: &CaseSums) -> Vec<PeriodPart> {
        let parts = (self.period.from.year..).zip(&sums.years);
        parts
            .map(|(year, part)| PeriodPart {
                year,
                cases: part.cases,
                mentions: self.mentions_by_name(part),
            })
            .collect()
    }

    /// By the names of figures, without zeros. Mentions of victims are no cases, and none of them.
    fn mentions_by_name(&self, part: &PartSums) -> BTreeMap<String, u64> {
        let mut mentions = BTreeMap::new();
        let mut add = |figure: &str, list: &List, counts: &[u64]| {
            for (entry, count) in list.entries().iter().zip(counts) {
                if *count > 0 {
                    mentions.insert(format!("{figure}.{}", entry.key), *count);
                }
            }
        };
        for (_, group, first) in self.vocabulary.groups_that_count(Counts::Cases) {
            if GroupKind::of(group, self.unit).unit == GroupUnit::Cases {
                add(&group.key, &group.list, &part.categories[first..]);
            }
        }
        let vocabulary = self.vocabulary;
        add("venues.sex", &vocabulary.sex_venue, &part.sex_venues);
        add("venues.labor", &vocabulary.labor_venue, &part.labor_venues);
        mentions
    }

    /// The signals of a year in a state.
    fn signals_of_year(&self, state: Jurisdiction, year: i32) -> Cow<'_, StateSignals> {
        match self.years.signals(year) {
            Some(signals) => Cow::Borrowed(&signals[state.index()]),
            None => Cow::Owned(StateSignals::none(self.vocabulary)),
        }
    }

    /// The call types of a year in a state.
    fn calls_of_year(&self, state: Jurisdiction, year: i32) -> Group {
        let signals = self.signals_of_year(state, year);
        let calls = self.vocabulary.calls();
        let mut groups = self.vocabulary.groups_that_count(Counts::Signals);
        let first = groups.find_map(|(index, _, first)| (index == calls).then_some(first));
        let first = first.unwrap_or_default();
        Group::of(&self.vocabulary.groups()[calls], self.unit, |category| {
            signals.by_category[first + category]
        })
    }

    /// The years of which is handed on where their cases are: the focal year and every whole year of the
    /// period.
    fn map_years(&self) -> BTreeSet<i32> {
        self.period
            .whole_years()
            .chain([self.period.year])
            .collect()
    }

    /// The places of the cases dated in these years, by state.
    pub(super) fn places_of_years(&self, wanted: StateSet) -> Vec<Vec<YearPlace>> {
        let years = self.map_years();
        let mut places = vec![Vec::new(); COUNT];
        for place in self.places.iter() {
            let state = place.point.state();
            let date = self.cases.get(place.case).date;
            let year = date.map(|date| date.year());
            if let Some(year) = year.filter(|year| years.contains(year))
                && wanted.contains(state)
            {
                places[state.index()].push(YearPlace {
                    year,
                    case: place.case,
                    point: place.point,
                });
            }
        }
        places
    }
}

fn add_bits(sums: &mut [u64], mask: u64) {
    for bit in bits(mask) {
        sums[bit] += 1;
    }
}

/// Venues that a case mentions, most cases first; equal ones stay in the order of the vocabulary.
pub(super) fn rank_venues(list: &List, counts: &[u64]) -> Vec<VenueCount> {
    let mut ranked: Vec<VenueCount> = list
        .entries()
        .iter()
        .zip(counts)
        .enumerate()
        .filter(|(_, (_, cases))| **cases > 0)
        .map(|(place, (entry, cases))| VenueCount {
            key: entry.key.clone(),
            venue: entry.name.clone(),
            place,
            cases: *cases,
        })
        .collect();
    ranked.sort_by_key(|venue| std::cmp::Reverse(venue.cases));
    ranked
}

/// How many cases of each of the years lie at each set of places.
fn places_by_year(mut places: Vec<YearPlace>, years: BTreeSet<i32>) -> Vec<YearPlaces> {
    places.sort_unstable();
    let of_year = |year: i32| {
        let first = places.partition_point(|place| place.year < year);
        let end = places.partition_point(|place| place.year <= year);
        let points = |places: &&[YearPlace]| -> Vec<PublicPoint> {
            places.iter().map(|place| place.point).collect()
        };
        let by_case = places[first..end].chunk_by(|a, b| a.case == b.case);
        let cases = CasesByPlaces::of(by_case.map(|places| (points(&places), 1)));
        YearPlaces { year, cases }
    };
    years.into_iter().map(of_year).collect()
}
