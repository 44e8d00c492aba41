//! Which cases, signals and rows a number is made of, found in a second reading of the files.
//!
//! No rule of counting is written here. What one case or row adds to a number is the number that the
//! tally's own rules give when there is nothing else to count.

use ahash::{AHashMap, AHashSet};
use chrono::{Datelike, NaiveDate};

use super::cases::Case;
use super::entry::{places_on_map, states_of_signal};
use super::figure::{Counted, Figure, Number};
use super::fold::{Tally, count_mentions, in_scope};
use super::ledger::{LatestRows, Rows};
use super::results::{Signals, YearPlace};
use super::signal_ids::SignalIds;
use super::signal_years::StateSignals;
use super::state_set::StateSet;
use super::statistics::Ledger;
use crate::geo::PublicPoint;
use crate::jurisdiction::Jurisdiction;
use crate::read::{Found, Signal};
use crate::vocabulary::Counts;

/// Looks for what a number is made of, row after row, in the order in which the tally read them.
pub struct Evidence<'t, 'v> {
    tally: &'t Tally<'v>,
    state: Jurisdiction,
    figure: Figure,
    /// Cases that add to the number.
    cases: AHashMap<u32, CaseShare>,
    signal_ids: SignalIds,
}

/// What a case adds to a number.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseShare {
    pub count: u64,
    pub date: NaiveDate,
    /// Its places, when it is dated in the year.
    pub places: Vec<PublicPoint>,
}

/// Why a row belongs to a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    /// It is a substantive signal of a case that adds to the number.
    OfCase {
        /// Whether the case would add to the number if this were all that is known of it, its date and
        /// state apart.
        alone: bool,
    },
    /// It adds to the number itself.
    Itself,
}

impl<'t, 'v> Evidence<'t, 'v> {
    /// Looks for a number of a state in the files that `tally` has read.
    pub fn of(tally: &'t Tally<'v>, state: Jurisdiction, figure: Figure) -> Self {
        let cases = match figure.counted {
            Counted::Cases => case_shares(tally, state, &figure),
            Counted::Signals | Counted::Rows => AHashMap::new(),
        };
        Evidence {
            tally,
            state,
            figure,
            cases,
            signal_ids: SignalIds::default(),
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
                self.row(&row, of_case)
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
        self.row(&row, None)
    }

    fn number(&self, signal: &Signal<'_>) -> Option<u32> {
        let id = self.tally.pager.id(signal.case_id?);
        self.tally.cases.find(id)
    }

    /// Enters a signal in a ledger as if its case were known from the beginning; what the case, if it has
    /// one, keeps of it.
    fn enter(&self, row: &mut Rows, file: u32, signal: &Signal<'_>) -> Option<(u32, LatestRows)> {
        let states = states_of_signal(signal);
        let in_scope = in_scope(&self.tally.period, signal.received);
        let Some(number) = self.number(signal) else {
            row.caseless(file, states, in_scope);
            return None;
        };
        let strays = states.without(self.tally.cases.get(number).states);
        let mut latest = LatestRows::default();
        row.of_case(file, number, &mut latest, strays, in_scope);
        Some((number, latest))
    }

    /// Whether a ledger of one row has it in the line that the number stands in.
    fn row(&self, row: &Rows, of_case: Option<(u32, LatestRows)>) -> Option<Share> {
        let wanted = StateSet::from_iter([self.state]);
        let scope = |number| self.tally.scope(number);
        let ledgers = row.ledgers(wanted, of_case.into_iter(), scope);
        ledgers
            .iter()
            .any(|(_, ledger)| self.counts_row(ledger))
            .then_some(Share::Itself)
    }

    /// Whether the number is one of the ledger, and a ledger of one row has the row in it.
    fn counts_row(&self, ledger: &Ledger) -> bool {
        matches!(self.figure.number, Number::Ledger(row) if row.of(&ledger.total) > 0)
    }

    /// Whether statistics of this signal alone have it in the number.
    fn is_counted(&mut self, signal: &Signal<'_>) -> bool {
        let (tally, day) = (self.tally, signal.received);
        if !in_scope(&tally.period, day) || !states_of_signal(signal).contains(self.state) {
            return false;
        }
        let said = tally.bits.signal(signal);
        let is_substantive = tally.bits.is_substantive(said);
        let of_time = |is_in_it, groups| {
            let mut signals = StateSignals::none(tally.vocabulary);
            if is_in_it {
                signals.count(said & groups, is_substantive);
            }
            signals
        };
        let (in_year, in_period) = (tally.period.in_year(day), tally.period.covers(day));
        let of_year = of_time(in_year, tally.bits.signals_of_year);
        let of_period = of_time(in_period, tally.bits.signals_of_period);
        let signals = Signals {
            of_year: &of_year,
            of_period: &of_period,
        };
        let alone = tally.statistics_of_signals(self.state, signals);
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
        // A signal may be of the year and its case of an earlier one, which has no place on the map.
        let is_of_year = tally.period.in_year(share.date);
        let places = places_on_map(&tally.period, signal)
            .filter_map(|(state, found)| match found {
                Found::At(point) if is_of_year && state == self.state => Some(YearPlace {
                    year: share.date.year(),
                    case: number,
                    point,
                }),
                _ => None,
            })
            .collect();
        let alone = tally.statistics_of_case(self.state, share.date, &case, &sums, places);
        Some(Share::OfCase {
            alone: self.figure.exact(&alone).is_some_and(|number| number > 0),
        })
    }
}

/// What each case of the state adds to a number, where it adds anything.
fn case_shares(
    tally: &Tally<'_>,
    state: Jurisdiction,
    figure: &Figure,
) -> AHashMap<u32, CaseShare> {
    let wanted = StateSet::from_iter([state]);
    let mut places: AHashMap<u32, Vec<YearPlace>> = AHashMap::new();
    for place in std::mem::take(&mut tally.places_of_years(wanted)[state.index()]) {
        places.entry(place.case).or_default().push(place);
    }
    let mut shares = AHashMap::new();
    let mut seen = AHashSet::new();
    for (number, date, case) in tally.cases.made() {
        // Most cases of a nation are in other states, and add nothing.
        if !case.states.contains(state) {
            continue;
        }
        let places = places.remove(&number).unwrap_or_default();
        let statistics =
            tally.statistics_of_case(state, date, case, tally.mentions_of(number), places);
        let mut count = figure.exact(&statistics).unwrap_or(0);
        let of_year = statistics.map.of_year(tally.period.year);
        let placed = of_year.and_then(|cases| cases.iter().next());
        let places = placed.map_or(Vec::new(), |placed| placed.places.clone());
        if figure.is_of_places() {
            // A place counts once, and so for the first case that has it.
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
