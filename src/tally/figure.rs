//! The numbers of the statistics by name, as `explain` takes them: `gender.female`.

use super::statistics::{Calls, LedgerLine, Statistics, Unit};
use crate::failure::{Failure, Outcome, nearest};
use crate::vocabulary::{List, Vocabulary};

/// One number of the statistics.
#[derive(Clone, Debug)]
pub struct Figure {
    /// As CSV and table name it, figure and category with a full stop between them.
    pub name: String,
    number: Number,
}

/// Where in the statistics the number stands.
#[derive(Clone, Copy, Debug)]
enum Number {
    CasesOfPeriod,
    CasesOfYear,
    LocatedCases,
    /// Group and category by index.
    Category(usize, usize),
    SexVenue(usize),
    LaborVenue(usize),
    /// By index among the substantive types.
    CallType(usize),
    AllCalls,
    NonSubstantiveCalls,
    Points,
    UnlocatedCases,
    Ledger(fn(&LedgerLine) -> u64),
}

/// What a number counts one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Cases, or what they mention, or their places.
    Cases,
    /// Signals of the year.
    Signals,
    /// Rows of the files, for the ledger.
    Rows,
}

/// A rule of counting in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub text: &'static str,
    /// Where it is laid down.
    pub source: &'static str,
}

impl Figure {
    /// Every number, in the order of reports, and all venues, not only those that are listed.
    pub fn all(vocabulary: &Vocabulary) -> Vec<Figure> {
        let mut all = Vec::new();
        let mut add = |figure: &str, category: &str, number| {
            all.push(Figure {
                name: format!("{figure}.{category}"),
                number,
            });
        };
        add("cases", "period", Number::CasesOfPeriod);
        add("cases", "year", Number::CasesOfYear);
        add("cases", "located_year", Number::LocatedCases);
        for (group, (key, list)) in vocabulary.demographics().into_iter().enumerate() {
            for (category, entry) in list.entries().iter().enumerate() {
                add(key, &entry.key, Number::Category(group, category));
            }
        }
        let keys = |list: &List| -> Vec<(usize, String)> {
            let keys = list.entries().iter().map(|entry| entry.key.clone());
            keys.enumerate().collect()
        };
        for (index, key) in keys(&vocabulary.sex_venue) {
            add("venues.sex", &key, Number::SexVenue(index));
        }
        for (index, key) in keys(&vocabulary.labor_venue) {
            add("venues.labor", &key, Number::LaborVenue(index));
        }
        let types = vocabulary.call_type.entries().iter();
        for (index, entry) in types.filter(|entry| entry.substantive).enumerate() {
            add("calls", &entry.key, Number::CallType(index));
        }
        add("calls", "total", Number::AllCalls);
        add("calls", "non_substantive", Number::NonSubstantiveCalls);
        add("map", "points", Number::Points);
        add("map", "unlocated_cases", Number::UnlocatedCases);
        for (line, of) in LEDGER_LINES {
            add("ledger", line, Number::Ledger(of));
        }
        all
    }

    /// The numbers that a name means: one (`gender.female`), or all of a figure (`gender`).
    ///
    /// # Errors
    /// A name that means none, with the nearest one, or all.
    pub fn named(name: &str, vocabulary: &Vocabulary) -> Outcome<Vec<Figure>> {
        let all = Figure::all(vocabulary);
        let prefix = format!("{name}.");
        let meant: Vec<Figure> = all
            .iter()
            .filter(|figure| figure.name == name || figure.name.starts_with(&prefix))
            .cloned()
            .collect();
        if !meant.is_empty() {
            return Ok(meant);
        }
        let names: Vec<&str> = all.iter().map(|figure| figure.name.as_str()).collect();
        let list = format!("the figures are {}", names.join(", "));
        Err(
            Failure::usage(format!("there is no figure “{name}”")).remedy(
                match nearest(name, names) {
                    Some(near) => format!("did you mean {near}? {list}"),
                    None => list,
                },
            ),
        )
    }

    /// The number in the statistics of a state.
    pub fn value(&self, statistics: &Statistics, vocabulary: &Vocabulary) -> u64 {
        let venue = |list: &List, index: usize, venues: &[super::VenueCount]| {
            let key = &list.entries()[index].key;
            let found = venues.iter().find(|venue| venue.key == *key);
            found.map_or(0, |venue| venue.cases)
        };
        match self.number {
            Number::CasesOfPeriod => statistics.cases.period,
            Number::CasesOfYear => statistics.cases.year,
            Number::LocatedCases => statistics.cases.located_year,
            Number::Category(group, category) => {
                statistics.demographics[group].categories[category].count
            }
            Number::SexVenue(index) => venue(&vocabulary.sex_venue, index, &statistics.sex_venues),
            Number::LaborVenue(index) => {
                venue(&vocabulary.labor_venue, index, &statistics.labor_venues)
            }
            Number::Points => statistics.map.point_count(),
            Number::UnlocatedCases => statistics.map.unlocated_cases,
            Number::CallType(_) | Number::AllCalls | Number::NonSubstantiveCalls => {
                self.in_calls(&statistics.calls)
            }
            Number::Ledger(_) => self.in_ledger(&statistics.ledger.total),
        }
    }

    /// The number in the signals of the year; 0 when it is not one of them.
    pub(super) fn in_calls(&self, calls: &Calls) -> u64 {
        match self.number {
            Number::CallType(index) => calls.types[index].count,
            Number::AllCalls => calls.total,
            Number::NonSubstantiveCalls => calls.non_substantive,
            _ => 0,
        }
    }

    /// The number in a ledger line; 0 when it is not one of them.
    pub(super) fn in_ledger(&self, line: &LedgerLine) -> u64 {
        match self.number {
            Number::Ledger(of) => of(line),
            _ => 0,
        }
    }

    /// What the number counts.
    pub fn counted(&self) -> Counted {
        match self.number {
            Number::CallType(_) | Number::AllCalls | Number::NonSubstantiveCalls => {
                Counted::Signals
            }
            Number::Ledger(_) => Counted::Rows,
            _ => Counted::Cases,
        }
    }

    /// Whether the number is one of points on the map, or of cases that have one.
    pub fn is_of_map(&self) -> bool {
        matches!(self.number, Number::Points | Number::LocatedCases)
    }

    /// How the number is counted.
    pub fn rule(&self, unit: Unit) -> Rule {
        let counting = |text| Rule {
            text,
            source: "SPEC.md section 2",
        };
        counting(match self.number {
            Number::CasesOfPeriod => {
                "Cases in the state that are dated in the period. A case is dated by its earliest substantive signal, and is in the state when a location of one of its substantive signals is."
            }
            Number::CasesOfYear => {
                "Cases in the state that are dated in the year. A case is dated by its earliest substantive signal, and is in the state when a location of one of its substantive signals is."
            }
            Number::LocatedCases => {
                "Cases in the state, dated in the year, with a place that is found on the map: by coordinates, else ZIP code, else city, else county."
            }
            Number::Category(..) if unit == Unit::Victims => {
                "Mentions of the category by the substantive signals of the cases in the state that are dated in the period."
            }
            Number::Category(..) => {
                "Cases in the state, dated in the period, that mention the category at least once. Categories are not cumulative: one case may count under several."
            }
            Number::SexVenue(_) | Number::LaborVenue(_) => {
                "Cases in the state, dated in the period, that mention the venue. Sex and labor trafficking venues are counted apart; the sheet lists at most five of each, none below the smallest printed count."
            }
            Number::CallType(_) => {
                "Substantive signals of this call type received in the year. A signal is in the state when one of its locations is or, if it has none, when the caller is."
            }
            Number::AllCalls => {
                "Substantive signals with a known call type received in the year. A signal is in the state when one of its locations is or, if it has none, when the caller is."
            }
            Number::NonSubstantiveCalls => {
                "Signals of a non-substantive call type (unrelated, hang-up, missed call, wrong number) received in the year. A signal is in the state when one of its locations is or, if it has none, when the caller is."
            }
            Number::Points => {
                "One point per case and distinct place in the state, of the cases dated in the year. A place is found by coordinates, else ZIP code, else city, else county; coordinates outside the state are not drawn."
            }
            Number::UnlocatedCases => {
                "Cases in the state, dated in the year, with no place that is found on the map."
            }
            Number::Ledger(_) => {
                "Each row stands in the first line that fits: rejected; duplicate; other state, when neither the signal nor its case is in the state; outside the period, when it counts for neither the period nor the year; used. Rows read are all of them."
            }
        })
    }
}

/// A line of the ledger by name.
type NamedLine = (&'static str, fn(&LedgerLine) -> u64);

/// The lines of the ledger, in the order of reports.
const LEDGER_LINES: [NamedLine; 6] = [
    ("rows_read", |line| line.rows_read),
    ("used", |line| line.used),
    ("outside_period", |line| line.outside_period),
    ("other_state", |line| line.other_state),
    ("duplicate", |line| line.duplicate),
    ("rejected", |line| line.rejected),
];
