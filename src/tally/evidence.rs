//! Which cases, signals and rows a number counts, found by reading the files a second time.
//!
//! This contains no counting rules. What one case or row adds to a number is the number that the tally's own rules
//! give if there is nothing else to count.

use ahash::{AHashMap, AHashSet};
use chrono::NaiveDate;

use super::cases::Case;
use super::entry::{places_on_map, states_of_signal};
use super::figure::{Counted, Figure, Number};
use super::fold::{Tally, count_mentions};
use super::ledger::{LatestRows, Rows};
use super::results::YearPlace;
use super::scope::{Scope, ScopesOf};
use super::signal_ids::SignalIds;
use super::signals::Bucket;
use super::statistics::Ledger;
use crate::area::StateSet;
use crate::failure::Outcome;
use crate::geo::PublicPoint;
use crate::period::Month;
use crate::read::{Found, Signal};
use crate::vocabulary::Counts;

/// Looks for what a number counts, row by row, in the order in which the tally read the rows.
pub struct Evidence<'t, 'v> {
    tally: &'t Tally<'v>,
    scope: Scope,
    scopes: ScopesOf,
    figure: Figure,
    /// Cases that the number counts.
    cases: AHashMap<u32, CaseShare>,
    signal_ids: SignalIds,
}

/// What a case adds to a number.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseShare {
    /// How much larger the number is because of it.
    pub count: u64,
    /// Day of its earliest substantive signal.
    pub date: NaiveDate,
    /// Its places, if it is dated in the year.
    pub places: Vec<PublicPoint>,
}

/// Why a row belongs to a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    /// It is a substantive signal of a case that the number counts.
    OfCase {
        /// Whether the case would count if this were all that is known about it, except for its date and state.
        alone: bool,
    },
    /// The number counts the row itself.
    Itself,
}

impl<'t, 'v> Evidence<'t, 'v> {
    /// Looks for a number of an area and time in the files that `tally` has read.
    pub fn of(tally: &'t Tally<'v>, scope: Scope, figure: Figure) -> Self {
        let cases = match figure.counted {
            Counted::Cases => case_shares(tally, &scope, &figure),
            Counted::Signals | Counted::Rows => AHashMap::new(),
        };
        Evidence {
            tally,
            scope,
            scopes: ScopesOf::new(&[scope]),
            figure,
            cases,
            signal_ids: SignalIds::with(tally.limits),
        }
    }

    /// What the case of a signal adds to the number.
    pub fn case(&self, signal: &Signal<'_>) -> Option<&CaseShare> {
        self.cases.get(&self.number(signal)?)
    }

    /// Why a signal belongs to the number, if it does.
    pub fn signal(&mut self, signal: &Signal<'_>) -> Option<Share> {
        let id = self.tally.pager.id(signal.id);
        let is_first = self.signal_ids.insert(id);
        match self.figure.counted {
            Counted::Rows => {
                let mut row = Rows::default();
                let file = row.begin_file("");
                let of_case = match is_first || signal.is_victim {
                    true => self.enter(&mut row, file, signal),
                    false => {
                        row.duplicate(file);
                        None
                    }
                };
                self.row(&row, signal_bucket(signal), of_case)
            }
            Counted::Signals => (is_first && self.is_counted(signal)).then_some(Share::Itself),
            Counted::Cases => {
                let said = self.tally.bits.signal(signal);
                ((is_first || signal.is_victim) && self.tally.bits.is_substantive(said))
                    .then(|| self.of_case(signal))
                    .flatten()
            }
        }
    }

    /// Why a rejected row belongs to the number, if it does.
    pub fn reject(&self) -> Option<Share> {
        let mut row = Rows::default();
        let file = row.begin_file("");
        row.reject(file);
        let nowhere = Bucket {
            month: self.scope.period.from,
            states: StateSet::default(),
        };
        self.row(&row, nowhere, None)
    }

    /// Whether ids that are kept outside memory could be stored and found.
    ///
    /// # Errors
    /// If they couldn't: what was said about signals may be wrong.
    pub fn check_ids(&self) -> Outcome<()> {
        self.signal_ids.check()?;
        self.tally.check_ids()
    }

    fn number(&self, signal: &Signal<'_>) -> Option<u32> {
        let id = self.tally.pager.id(signal.case_id?);
        self.tally.cases.find(id)
    }

    /// Enters a signal in a ledger as if its case were known from the beginning; returns what the case, if there is
    /// one, keeps of it.
    fn enter(&self, row: &mut Rows, file: u32, signal: &Signal<'_>) -> Option<(u32, LatestRows)> {
        let states = states_of_signal(signal);
        let month = Month::of(signal.received);
        let Some(number) = self.number(signal) else {
            // The only bucket that exists.
            row.caseless(file, 0);
            return None;
        };
        let strays = states.without(self.tally.cases.get(number).states);
        let mut latest = LatestRows::default();
        row.of_case(file, number, &mut latest, strays, month);
        Some((number, latest))
    }

    /// Whether a ledger with one row has the row in the line of the number.
    fn row(&self, row: &Rows, bucket: Bucket, of_case: Option<(u32, LatestRows)>) -> Option<Share> {
        let case = |number| self.tally.scope_of_case(number);
        let of_case = of_case.into_iter();
        let ledgers = row.ledgers(&[self.scope], &self.scopes, &[bucket], of_case, case);
        let mut ledgers = ledgers.iter();
        ledgers
            .any(|ledger| self.counts_row(ledger))
            .then_some(Share::Itself)
    }

    /// Whether the number is in the ledger, and a ledger with one row has the row in it.
    fn counts_row(&self, ledger: &Ledger) -> bool {
        matches!(self.figure.number, Number::Ledger(row) if row.of(&ledger.total) > 0)
    }

    /// Whether statistics with only this signal count it in the number.
    fn is_counted(&mut self, signal: &Signal<'_>) -> bool {
        let (tally, month) = (self.tally, Month::of(signal.received));
        let is_in_area = states_of_signal(signal).meets(self.scope.area.states());
        if !is_in_area || !self.scope.period.counts(month) {
            return false;
        }
        let said = tally.bits.signal(signal);
        let is_substantive = tally.bits.is_substantive(said);
        let signals = tally
            .signals
            .alone(&self.scope, month, said, is_substantive);
        let alone = tally.statistics_of_signals(&self.scope, &signals);
        self.figure.exact(&alone).is_some_and(|number| number > 0)
    }

    fn of_case(&mut self, signal: &Signal<'_>) -> Option<Share> {
        let number = self.number(signal)?;
        let share = self.cases.get(&number)?;
        let tally = self.tally;
        let case = Case {
            states: tally.cases.get(number).states,
            attributes: tally.bits.attributes(signal),
            ..Case::default()
        };
        let mut sums = vec![0; tally.vocabulary.categories(Counts::Cases)];
        count_mentions(tally.bits.mentions(signal), true, &mut sums);
        // A signal may be in the year and its case in an earlier one, which has no place on the map.
        let period = self.scope.period;
        let is_of_year = period.in_year(share.date);
        let area = self.scope.area.states();
        let places = places_on_map(None, signal)
            .filter_map(|(state, found)| match found {
                Found::At(point) if is_of_year && area.contains(state) => Some(YearPlace {
                    year: period.year,
                    case: number,
                    point,
                }),
                _ => None,
            })
            .collect();
        let alone = tally.statistics_of_case(&self.scope, share.date, &case, &sums, places);
        Some(Share::OfCase {
            alone: self.figure.exact(&alone).is_some_and(|number| number > 0),
        })
    }
}

/// The bucket of a single signal.
fn signal_bucket(signal: &Signal<'_>) -> Bucket {
    Bucket {
        month: Month::of(signal.received),
        states: states_of_signal(signal),
    }
}

/// What each case in an area adds to a number, if it adds anything.
fn case_shares(tally: &Tally<'_>, scope: &Scope, figure: &Figure) -> AHashMap<u32, CaseShare> {
    let scopes = std::slice::from_ref(scope);
    let all = tally.places_of_years(scopes, &ScopesOf::new(scopes));
    let mut places: AHashMap<u32, Vec<YearPlace>> = AHashMap::new();
    for place in all.into_iter().flatten() {
        places.entry(place.case).or_default().push(place);
    }
    let area = scope.area.states();
    let mut shares = AHashMap::new();
    let mut seen = AHashSet::new();
    for (number, date, case) in tally.cases.made() {
        // Most of the nation's cases are in other states, and add nothing.
        if !case.states.meets(area) {
            continue;
        }
        let places = places.remove(&number).unwrap_or_default();
        let statistics =
            tally.statistics_of_case(scope, date, case, tally.mentions_of(number), places);
        let mut count = figure.exact(&statistics).unwrap_or(0);
        let of_year = statistics.map.of_year(scope.period.year);
        let placed = of_year.and_then(|cases| cases.iter().next());
        let places = placed.map_or(Vec::new(), |placed| placed.places.clone());
        if figure.is_of_places() {
            // A place counts once, so it counts for the first case that has it.
            let new = places.iter().filter(|place| seen.insert(**place));
            count = new.count() as u64;
        }
        if count > 0 {
            let share = CaseShare {
                count,
                date,
                places,
            };
            shares.insert(number, share);
        }
    }
    shares
}
