//! Computes the statistics of areas from a tally.

use std::collections::{BTreeMap, BTreeSet};

use ahash::AHashSet;
use chrono::NaiveDate;
use rayon::prelude::*;

use super::cases::Case;
use super::fold::Tally;
use super::group_bits::bits;
use super::ledger::CaseScope;
use super::scope::{MOST_SCOPES, Scope, ScopesOf};
use super::signals::{ScopeSignals, SignalSums};
use super::statistics::{
    CaseCounts, CasesByPlaces, Group, GroupKind, GroupUnit, Ledger, MapCases, PeriodPart,
    Statistics, Unit, VenueCount, YearCounts, YearPlaces,
};
use crate::geo::PublicPoint;
use crate::period::{Month, Period, Stretch};
use crate::vocabulary::{Counts, List, Over, Vocabulary};

/// Numbers of cases in one area.
#[derive(Clone)]
struct CaseSums {
    counts: CaseCounts,
    /// By category of the groups that count cases, one after the other.
    categories: Vec<u64>,
    sex_venues: Vec<u64>,
    labor_venues: Vec<u64>,
    /// For each stretch of the period.
    parts: Vec<PartSums>,
}

/// Numbers of the cases that are dated in one stretch of the period.
#[derive(Clone)]
struct PartSums {
    cases: u64,
    /// By category of the groups that count cases over the period, at the positions of those that count cases.
    categories: Vec<u64>,
    sex_venues: Vec<u64>,
    labor_venues: Vec<u64>,
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
        CaseSums {
            counts: CaseCounts::default(),
            categories: vec![0; vocabulary.categories(Counts::Cases)],
            sex_venues: vec![0; vocabulary.sex_venue.entries().len()],
            labor_venues: vec![0; vocabulary.labor_venue.entries().len()],
            parts: vec![
                PartSums {
                    cases: 0,
                    categories: vec![0; vocabulary.categories(Counts::Cases)],
                    sex_venues: vec![0; vocabulary.sex_venue.entries().len()],
                    labor_venues: vec![0; vocabulary.labor_venue.entries().len()],
                };
                period.stretches().len()
            ],
        }
    }

    /// Cases of the period that are dated in a year.
    fn cases_of(&self, year: i32, period: &Period) -> u64 {
        let parts = period.stretches().into_iter().zip(&self.parts);
        let of_year = parts.filter(|(months, _)| period.starts.year_of(months.from) == year);
        of_year.map(|(_, part)| part.cases).sum()
    }
}

impl Tally<'_> {
    /// The statistics for each of the scopes, in the given order. One pass over the cases is enough for all, so
    /// request all at once.
    pub fn statistics(&self, scopes: &[Scope]) -> Vec<Statistics> {
        let chunks = scopes.chunks(MOST_SCOPES);
        chunks.flat_map(|chunk| self.of_scopes(chunk)).collect()
    }

    fn of_scopes(&self, scopes: &[Scope]) -> Vec<Statistics> {
        let of = ScopesOf::new(scopes);
        let sums = self.sum_cases(scopes, &of);
        let places = self.places_of_years(scopes, &of);
        let outside = self.outside_cases(scopes, &of);
        let latest = self.cases.iter().map(|(number, case)| (number, case.rows));
        let case = |number| self.scope_of_case(number);
        let buckets = self.signals.buckets();
        let ledgers = self.rows.ledgers(scopes, &of, buckets, latest, case);
        let of_scopes = scopes.iter().zip(sums).zip(places);
        let of_scopes: Vec<_> = of_scopes.zip(outside.into_iter().zip(ledgers)).collect();
        of_scopes
            .into_par_iter()
            .with_max_len(1)
            .map(|(((scope, sums), places), (outside_cases, ledger))| {
                let of_scope = self.statistics_of(scope, &sums, &self.signals.of(scope), places);
                Statistics {
                    ledger,
                    map: MapCases {
                        outside_cases,
                        ..of_scope.map
                    },
                    ..of_scope
                }
            })
            .collect()
    }

    /// For each scope, cases in the year with coordinates outside the state that the data put them in.
    fn outside_cases(&self, scopes: &[Scope], of: &ScopesOf) -> Vec<u64> {
        let mut cases = vec![AHashSet::new(); scopes.len()];
        for (case, state) in &self.outside {
            let Some(date) = self.cases.get(*case).date else {
                continue;
            };
            for index in of.of_state(*state) {
                if scopes[index].period.in_year(date) {
                    cases[index].insert(*case);
                }
            }
        }
        cases.iter().map(|cases| cases.len() as u64).collect()
    }

    /// What one case adds to the statistics of a scope, except signals and ledger: the statistics of data without any
    /// other case.
    pub(super) fn statistics_of_case(
        &self,
        scope: &Scope,
        date: NaiveDate,
        case: &Case,
        mentions: &[u32],
        places: Vec<YearPlace>,
    ) -> Statistics {
        let mut sums = CaseSums::none(self.vocabulary, &scope.period);
        if case.states.meets(scope.area.states()) {
            let stretches = scope.period.stretches();
            self.add_case(&mut sums, (&scope.period, &stretches), date, case, mentions);
        }
        let none = ScopeSignals::none(scope, self.vocabulary.categories(Counts::Signals));
        self.statistics_of(scope, &sums, &none, places)
    }

    /// What signals add to the statistics of a scope, except cases and ledger: the statistics of data without any
    /// case.
    pub(super) fn statistics_of_signals(
        &self,
        scope: &Scope,
        signals: &ScopeSignals,
    ) -> Statistics {
        let sums = CaseSums::none(self.vocabulary, &scope.period);
        self.statistics_of(scope, &sums, signals, Vec::new())
    }

    /// The statistics without the ledger.
    fn statistics_of(
        &self,
        scope: &Scope,
        sums: &CaseSums,
        signals: &ScopeSignals,
        places: Vec<YearPlace>,
    ) -> Statistics {
        let period = scope.period;
        let knows_calls = self.said.knows(&self.bits, self.vocabulary.calls());
        Statistics {
            area: scope.area,
            period,
            unit: self.unit,
            data_through: self.data_through(&period),
            is_synthetic: self.is_synthetic,
            knows_cases: self.knows_cases,
            cases: sums.counts.clone(),
            groups: self.groups(&sums.categories, signals),
            call_types: self.vocabulary.calls(),
            non_substantive: knows_calls.then_some(signals.of_year.non_substantive),
            sex_venues: rank_venues(&self.vocabulary.sex_venue, &sums.sex_venues),
            labor_venues: rank_venues(&self.vocabulary.labor_venue, &sums.labor_venues),
            map: MapCases {
                years: match self.said.knows_places() {
                    true => places_by_year(places, map_years(&period)),
                    false => Vec::new(),
                },
                outside_cases: 0,
            },
            parts: self.parts(&period, sums),
            years: signals
                .of_years
                .iter()
                .map(|(year, signals)| YearCounts {
                    year: *year,
                    cases: sums.cases_of(*year, &period),
                    calls: self.calls_of(signals),
                })
                .collect(),
            ledger: Ledger::default(),
        }
    }

    /// The states and the time of a case, for the ledger of its rows.
    pub(super) fn scope_of_case(&self, number: u32) -> CaseScope {
        let case = self.cases.get(number);
        CaseScope {
            states: case.states,
            month: case.date.map(Month::of),
        }
    }

    fn sum_cases(&self, scopes: &[Scope], of: &ScopesOf) -> Vec<CaseSums> {
        let none = |scope: &Scope| CaseSums::none(self.vocabulary, &scope.period);
        let mut sums: Vec<CaseSums> = scopes.iter().map(none).collect();
        let stretches = scopes.iter().map(|scope| scope.period.stretches());
        let stretches: Vec<Vec<Stretch>> = stretches.collect();
        for (number, date, case) in self.cases.made() {
            let mentions = self.mentions_of(number);
            for index in of.of(case.states) {
                let time = (&scopes[index].period, stretches[index].as_slice());
                self.add_case(&mut sums[index], time, date, case, mentions);
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

    /// Venues count cases dated in the period, the map those dated in the year, and groups as they say.
    fn add_case(
        &self,
        sums: &mut CaseSums,
        (period, stretches): (&Period, &[Stretch]),
        date: NaiveDate,
        case: &Case,
        mentions: &[u32],
    ) {
        let year = period.year_of(date);
        sums.counts.first_year += u64::from(year == *period.years().start());
        if year == period.year {
            sums.counts.year += 1;
            self.add_categories(sums, self.bits.cases_of_year, case, mentions);
        }
        if period.covers(date) {
            sums.counts.period += 1;
            let month = Month::of(date);
            let part = stretches.partition_point(|stretch| stretch.to < month);
            let part = &mut sums.parts[part];
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

    /// Adds what a case says about the categories of some bits: the case itself, or its mentions of victims if these
    /// are requested.
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

    /// The groups of the vocabulary, with what is counted for cases and for signals.
    fn groups(&self, categories: &[u64], signals: &ScopeSignals) -> Vec<Group> {
        let mut firsts = vec![0; self.vocabulary.groups().len()];
        for counts in [Counts::Cases, Counts::Signals] {
            for (index, _, first) in self.vocabulary.groups_that_count(counts) {
                firsts[index] = first;
            }
        }
        let groups = self.vocabulary.groups().iter().zip(firsts);
        groups
            .enumerate()
            .map(|(index, (group, first))| {
                if !self.said.knows(&self.bits, index) {
                    let is_of_calls = index == self.vocabulary.calls();
                    let all = is_of_calls.then(|| self.uncategorized(&signals.of_year));
                    return Group::unknown(group, self.unit, all.flatten());
                }
                let counts = match (group.counts, group.over) {
                    (Counts::Cases, _) => categories,
                    (Counts::Signals, Over::Year) => &signals.of_year.by_category,
                    (Counts::Signals, Over::Period) => &signals.of_period.by_category,
                };
                Group::of(group, self.unit, |category| counts[first + category])
            })
            .collect()
    }

    /// The cases of the period by stretch, with what they mention.
    fn parts(&self, period: &Period, sums: &CaseSums) -> Vec<PeriodPart> {
        let parts = period.stretches().into_iter().zip(&sums.parts);
        parts
            .map(|(months, part)| PeriodPart {
                months,
                cases: part.cases,
                mentions: self.mentions_by_name(part),
            })
            .collect()
    }

    /// By the names of figures, without zeros. Mentions of victims aren't cases, so they aren't included.
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

    /// Signals by call type.
    fn calls_of(&self, signals: &SignalSums) -> Group {
        let calls = self.vocabulary.calls();
        if !self.said.knows(&self.bits, calls) {
            let all = self.uncategorized(signals);
            return Group::unknown(&self.vocabulary.groups()[calls], self.unit, all);
        }
        let mut groups = self.vocabulary.groups_that_count(Counts::Signals);
        let first = groups.find_map(|(index, _, first)| (index == calls).then_some(first));
        let first = first.unwrap_or_default();
        Group::of(&self.vocabulary.groups()[calls], self.unit, |category| {
            signals.by_category[first + category]
        })
    }

    /// How many signals there are, where the data name no category of any: the number of those with one would
    /// otherwise tell how many have none.
    fn uncategorized(&self, signals: &SignalSums) -> Option<u64> {
        let mut groups = self.vocabulary.groups_that_count(Counts::Signals);
        let knows_any = groups.any(|(index, ..)| self.said.knows(&self.bits, index));
        (!knows_any).then_some(signals.all - signals.non_substantive)
    }

    /// The places of the cases of each scope that are dated in the years of its maps.
    pub(super) fn places_of_years(&self, scopes: &[Scope], of: &ScopesOf) -> Vec<Vec<YearPlace>> {
        let years = scopes.iter().map(|scope| map_years(&scope.period));
        let years: Vec<BTreeSet<i32>> = years.collect();
        let mut places = vec![Vec::new(); scopes.len()];
        for place in self.places.iter() {
            let Some(date) = self.cases.get(place.case).date else {
                continue;
            };
            for index in of.of_state(place.point.state()) {
                let year = scopes[index].period.year_of(date);
                if years[index].contains(&year) {
                    places[index].push(YearPlace {
                        year,
                        case: place.case,
                        point: place.point,
                    });
                }
            }
        }
        places
    }
}

/// The years for which the places of cases are passed on.
fn map_years(period: &Period) -> BTreeSet<i32> {
    period.years_of_maps().collect()
}

fn add_bits(sums: &mut [u64], mask: u64) {
    for bit in bits(mask) {
        sums[bit] += 1;
    }
}

/// Venues that a case mentions, starting with the most cases; equal ones stay in the order of the vocabulary.
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

/// How many cases in each of the years are at each set of places.
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
