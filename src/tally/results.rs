//! Works out the statistics of states from what a tally holds.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::cases::Case;
use super::fold::{Tally, in_scope};
use super::ledger::CaseScope;
use super::places::{Inside, Point};
use super::signal_years::StateCalls;
use super::state_set::{StateSet, bits};
use super::statistics::{
    Calls, CaseCounts, CasePoint, CategoryCount, Group, Ledger, LocatedCases, PlaceSource,
    Statistics, Unit, VenueCount, YearCounts,
};
use crate::jurisdiction::{COUNT, Jurisdiction};
use crate::period::Period;
use crate::vocabulary::{List, Vocabulary};

/// Numbers of cases in one state.
#[derive(Clone)]
struct CaseSums {
    counts: CaseCounts,
    /// By category of the demographics, the groups one after the other.
    categories: Vec<u64>,
    sex_venues: Vec<u64>,
    labor_venues: Vec<u64>,
    /// What every case dated in the year mentions: categories, sex venues, labor venues, a bit for each.
    in_all_of_year: [u64; 3],
    /// Cases dated in the period, by year from the period's first.
    years: Vec<u64>,
}

/// A place of a case dated in the year, and whether its name vouches for its being in the state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct YearPlace {
    pub case: u32,
    pub point: Point,
    pub vouched: bool,
}

impl CaseSums {
    /// No case yet.
    fn none(vocabulary: &Vocabulary, period: &Period) -> Self {
        let years = period.to.year.saturating_sub(period.from.year).max(0);
        CaseSums {
            counts: CaseCounts::default(),
            categories: vec![0; vocabulary.categories()],
            sex_venues: vec![0; vocabulary.sex_venue.entries().len()],
            labor_venues: vec![0; vocabulary.labor_venue.entries().len()],
            in_all_of_year: [u64::MAX; 3],
            years: vec![0; years as usize + 1],
        }
    }
}

impl Tally<'_> {
    /// The statistics of each of the states, in the order given. One pass over the cases serves all,
    /// so ask for all at once.
    pub fn statistics(&self, states: &[Jurisdiction]) -> Vec<Statistics> {
        let wanted: StateSet = states.iter().copied().collect();
        let sums = self.sum_cases(wanted);
        let mut places = self.places_of_year(wanted);
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
            .map(|(state, places)| Statistics {
                calls: self.calls_of_year(state, self.period.year),
                ledger: ledgers[state.index()].clone().unwrap_or_default(),
                ..self.case_statistics(state, &sums[state.index()], places, &mut Inside::of(state))
            })
            .collect()
    }

    /// What one case adds to the statistics of a state, calls and ledger apart: the statistics of data
    /// that has no other case.
    pub(super) fn statistics_of_case(
        &self,
        date: NaiveDate,
        case: &Case,
        mentions: &[u32],
        places: Vec<YearPlace>,
        inside: &mut Inside,
    ) -> Statistics {
        let mut sums = CaseSums::none(self.vocabulary, &self.period);
        self.add_case(&mut sums, inside.state(), date, case, mentions);
        self.case_statistics(inside.state(), &sums, places, inside)
    }

    /// The statistics that are of cases.
    fn case_statistics(
        &self,
        state: Jurisdiction,
        sums: &CaseSums,
        places: Vec<YearPlace>,
        inside: &mut Inside,
    ) -> Statistics {
        let map = locate_cases(inside, places, sums.counts.year);
        Statistics {
            state,
            period: self.period,
            unit: self.unit,
            data_through: self.data_through(),
            cases: CaseCounts {
                located_year: sums.counts.year - map.unlocated_cases,
                ..sums.counts.clone()
            },
            demographics: self.groups(&sums.categories),
            sex_venues: rank_venues(&self.vocabulary.sex_venue, &sums.sex_venues),
            labor_venues: rank_venues(&self.vocabulary.labor_venue, &sums.labor_venues),
            calls: self.calls_of(&StateCalls::none(self.vocabulary)),
            map,
            of_all_in_year: Some(self.names_in_all_of_year(sums)),
            years: self
                .period
                .whole_years()
                .map(|year| YearCounts {
                    year,
                    cases: sums.years[(year - self.period.from.year) as usize],
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
                let categories = self.vocabulary.categories();
                let start = number as usize * categories;
                &self.mentions[start..start + categories]
            }
        }
    }

    /// Demographics and venues take cases dated in the period, the map those dated in the year.
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
            let said = case.attributes;
            let mentioned = [said.categories, said.sex_venues, said.labor_venues];
            for (all, mentioned) in sums.in_all_of_year.iter_mut().zip(mentioned) {
                *all &= mentioned;
            }
        }
        if self.period.covers(date) {
            sums.counts.period += 1;
            sums.years[(date.year() - self.period.from.year) as usize] += 1;
            add_bits(&mut sums.sex_venues, case.attributes.sex_venues);
            add_bits(&mut sums.labor_venues, case.attributes.labor_venues);
            match self.unit {
                Unit::Cases => add_bits(&mut sums.categories, case.attributes.categories),
                Unit::Victims => {
                    for (sum, mentions) in sums.categories.iter_mut().zip(mentions) {
                        *sum += u64::from(*mentions);
                    }
                }
            }
        }
    }

    fn groups(&self, categories: &[u64]) -> Vec<Group> {
        let mut counts = categories.iter();
        self.vocabulary
            .demographics()
            .iter()
            .map(|(key, list)| Group {
                key: (*key).to_owned(),
                categories: list
                    .entries()
                    .iter()
                    .zip(&mut counts)
                    .map(|(entry, count)| CategoryCount {
                        key: entry.key.clone(),
                        count: *count,
                    })
                    .collect(),
            })
            .collect()
    }

    /// Names of the categories and venues that every case of the year mentions; mentions themselves are
    /// no cases, and none of them.
    fn names_in_all_of_year(&self, sums: &CaseSums) -> BTreeSet<String> {
        let [categories, sex, labor] = sums.in_all_of_year;
        let mut names = BTreeSet::new();
        if sums.counts.year == 0 {
            return names;
        }
        let mut add = |group: &str, list: &List, first: usize, mask: u64| {
            let entries = list.entries().iter().enumerate();
            let mentioned = entries.filter(|(index, _)| mask >> (first + index) & 1 == 1);
            names.extend(mentioned.map(|(_, entry)| format!("{group}.{}", entry.key)));
        };
        if self.unit == Unit::Cases {
            let mut first = 0;
            for (group, list) in self.vocabulary.demographics() {
                add(group, list, first, categories);
                first += list.entries().len();
            }
        }
        add("venues.sex", &self.vocabulary.sex_venue, 0, sex);
        add("venues.labor", &self.vocabulary.labor_venue, 0, labor);
        names
    }

    fn calls_of_year(&self, state: Jurisdiction, year: i32) -> Calls {
        match self.years.calls(year) {
            Some(calls) => self.calls_of(&calls[state.index()]),
            None => self.calls_of(&StateCalls::none(self.vocabulary)),
        }
    }

    pub(super) fn calls_of(&self, calls: &StateCalls) -> Calls {
        let entries = self.vocabulary.call_type.entries().iter();
        let types: Vec<CategoryCount> = entries
            .zip(&calls.by_type)
            .filter(|(entry, _)| entry.substantive)
            .map(|(entry, count)| CategoryCount {
                key: entry.key.clone(),
                count: *count,
            })
            .collect();
        Calls {
            total: types.iter().map(|call_type| call_type.count).sum(),
            types,
            non_substantive: calls.non_substantive,
        }
    }

    /// The places of the cases dated in the year, by state.
    pub(super) fn places_of_year(&self, wanted: StateSet) -> Vec<Vec<YearPlace>> {
        let in_year = |date: Option<NaiveDate>| date.is_some_and(|date| self.period.in_year(date));
        let mut places = vec![Vec::new(); COUNT];
        for place in self.places.iter() {
            if wanted.contains(place.state) && in_year(self.cases.get(place.case).date) {
                places[place.state.index()].push(YearPlace {
                    case: place.case,
                    point: place.point,
                    vouched: place.is_vouched,
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
        .filter(|(_, cases)| **cases > 0)
        .map(|(entry, cases)| VenueCount {
            key: entry.key.clone(),
            venue: entry.name.clone(),
            cases: *cases,
        })
        .collect();
    ranked.sort_by_key(|venue| std::cmp::Reverse(venue.cases));
    ranked
}

/// The heat map's points: one per case and distinct place that is inside the state. Cases are
/// numbered by where they are, so that the order of the rows does not show.
fn locate_cases(
    inside: &mut Inside,
    mut places: Vec<YearPlace>,
    cases_of_year: u64,
) -> LocatedCases {
    let all = places.len();
    places.retain(|place| place.vouched || inside.contains(place.point));
    places.sort_unstable();
    let mut cases: Vec<&[YearPlace]> = places.chunk_by(|a, b| a.case == b.case).collect();
    cases.sort_by(|a, b| {
        let (a, b) = (a.iter(), b.iter());
        a.map(|place| place.point).cmp(b.map(|place| place.point))
    });
    LocatedCases {
        points: (0..)
            .zip(&cases)
            .flat_map(|(case, places)| {
                places.iter().map(move |place| CasePoint {
                    case,
                    position: place.point.position(),
                })
            })
            .collect(),
        unlocated_cases: cases_of_year - cases.len() as u64,
        outside_points: (all - places.len()) as u64,
        source: PlaceSource::Cases,
    }
}
