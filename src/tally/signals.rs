//! Signals by month and states, so that those for any area and time can be added up once all are known.

use std::collections::BTreeMap;

use ahash::AHashMap;

use super::group_bits::bits;
use super::scope::Scope;
use crate::area::StateSet;
use crate::jurisdiction::COUNT;
use crate::period::Month;
use crate::vocabulary::{Counts, Vocabulary};

/// All signals, in buckets: those in one month that are in the same states.
pub(super) struct Signals {
    buckets: Vec<Bucket>,
    months: Vec<MonthBuckets>,
    /// The position of each month.
    places: AHashMap<Month, usize>,
    /// The position of the last one requested: most signals are in the month of the previous one.
    last: usize,
    /// Buckets with several states.
    of_several: AHashMap<(Month, StateSet), u32>,
    /// Numbers of categories in the groups that count signals.
    categories: usize,
    /// For each bucket, the substantive signals by category, those that aren't substantive, and all.
    counts: Vec<u64>,
}

/// What the signals of a bucket have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    pub month: Month,
    pub states: StateSet,
}

/// The buckets of a month.
struct MonthBuckets {
    month: Month,
    /// For signals in one state, by state, the bucket's number plus one; 0 if there is none yet.
    of_state: [u32; COUNT],
    /// For signals that are in no state.
    of_none: u32,
}

/// The signals of a time and area.
#[derive(Clone, Default)]
pub(super) struct SignalSums {
    /// Substantive ones by category, for the groups that count signals one after the other.
    pub by_category: Vec<u64>,
    pub non_substantive: u64,
    /// Both, and those that no group has a category for.
    pub all: u64,
}

/// The signals of a scope.
pub(super) struct ScopeSignals {
    /// Those of the focal year and of each whole year of the period.
    pub of_years: BTreeMap<i32, SignalSums>,
    /// Those of the focal year.
    pub of_year: SignalSums,
    pub of_period: SignalSums,
}

impl Signals {
    /// No signals yet.
    pub(super) fn none(vocabulary: &Vocabulary) -> Self {
        Signals {
            buckets: Vec::new(),
            months: Vec::new(),
            places: AHashMap::new(),
            last: 0,
            of_several: AHashMap::new(),
            categories: vocabulary.categories(Counts::Signals),
            counts: Vec::new(),
        }
    }

    /// The number of the bucket for a month and states, which may be new.
    #[inline]
    pub(super) fn bucket(&mut self, month: Month, states: StateSet) -> u32 {
        let is_last = self.months.get(self.last);
        if is_last.is_none_or(|last| last.month != month) {
            let months = &mut self.months;
            self.last = *self.places.entry(month).or_insert_with(|| {
                months.push(MonthBuckets {
                    month,
                    of_state: [0; COUNT],
                    of_none: 0,
                });
                months.len() - 1
            });
        }
        let new = self.buckets.len() as u32 + 1;
        let of_month = &mut self.months[self.last];
        let number = match states.only() {
            Some(state) => &mut of_month.of_state[state.index()],
            None if states.is_empty() => &mut of_month.of_none,
            None => self.of_several.entry((month, states)).or_default(),
        };
        if *number == 0 {
            *number = new;
            self.buckets.push(Bucket { month, states });
            self.counts
                .resize(self.counts.len() + self.categories + 2, 0);
        }
        *number - 1
    }

    /// Counts a signal in a bucket under each of its categories; one that isn't substantive, under none.
    #[inline]
    pub(super) fn count(&mut self, bucket: u32, said: u64, is_substantive: bool) {
        let first = bucket as usize * (self.categories + 2);
        let counts = &mut self.counts[first..first + self.categories + 2];
        if is_substantive {
            for category in bits(said) {
                counts[category] += 1;
            }
        } else {
            counts[self.categories] += 1;
        }
        counts[self.categories + 1] += 1;
    }

    /// All buckets, by number.
    pub(super) fn buckets(&self) -> &[Bucket] {
        &self.buckets
    }

    /// Each bucket that has signals, with what they have in common.
    fn filled(&self) -> impl Iterator<Item = (Bucket, &[u64])> {
        let counts = self.counts.chunks_exact(self.categories + 2);
        let buckets = self.buckets.iter().copied().zip(counts);
        buckets.filter(|(_, counts)| counts[self.categories + 1] > 0)
    }

    /// The months that have signals in any of some states, in order, each once.
    pub(super) fn months_of(&self, states: StateSet) -> Vec<Month> {
        let filled = self.filled();
        let in_area = filled.filter(|(bucket, _)| bucket.states.meets(states));
        let mut months: Vec<Month> = in_area.map(|(bucket, _)| bucket.month).collect();
        months.sort_unstable();
        months.dedup();
        months
    }

    /// The months that have signals, in any area, in no particular order.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> {
        self.filled().map(|(bucket, _)| bucket.month)
    }

    /// The month and states of each bucket that has signals.
    pub(super) fn filled_states(&self) -> impl Iterator<Item = (Month, StateSet)> {
        self.filled()
            .map(|(bucket, _)| (bucket.month, bucket.states))
    }

    /// The signals of a scope.
    pub(super) fn of(&self, scope: &Scope) -> ScopeSignals {
        let (states, period) = (scope.area.states(), &scope.period);
        let mut sums = ScopeSignals::none(scope, self.categories);
        for (bucket, counts) in self.filled() {
            if !bucket.states.meets(states) {
                continue;
            }
            let year = period.starts.year_of(bucket.month);
            if let Some(of_year) = sums.of_years.get_mut(&year) {
                of_year.add(counts);
            }
            if year == period.year {
                sums.of_year.add(counts);
            }
            if period.covers_month(bucket.month) {
                sums.of_period.add(counts);
            }
        }
        sums
    }

    /// One signal in a month, by itself.
    pub(super) fn alone(
        &self,
        scope: &Scope,
        month: Month,
        said: u64,
        is_substantive: bool,
    ) -> ScopeSignals {
        let states = scope.area.states();
        let mut alone = Signals {
            buckets: Vec::new(),
            months: Vec::new(),
            places: AHashMap::new(),
            last: 0,
            of_several: AHashMap::new(),
            categories: self.categories,
            counts: Vec::new(),
        };
        let bucket = alone.bucket(month, states);
        alone.count(bucket, said, is_substantive);
        alone.of(scope)
    }
}

impl ScopeSignals {
    /// No signal.
    pub(super) fn none(scope: &Scope, categories: usize) -> Self {
        let none = SignalSums {
            by_category: vec![0; categories],
            non_substantive: 0,
            all: 0,
        };
        let years = scope.period.whole_years();
        ScopeSignals {
            of_years: years.map(|year| (year, none.clone())).collect(),
            of_year: none.clone(),
            of_period: none,
        }
    }
}

impl SignalSums {
    fn add(&mut self, counts: &[u64]) {
        for (sum, count) in self.by_category.iter_mut().zip(counts) {
            *sum += count;
        }
        let behind = |place: usize| counts.get(self.by_category.len() + place).copied();
        self.non_substantive += behind(0).unwrap_or(0);
        self.all += behind(1).unwrap_or(0);
    }
}
