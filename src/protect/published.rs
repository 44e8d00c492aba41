//! The statistics of one state as they may be released: what `protect` hands on, and the only
//! numbers that any later stage sees.

use std::fmt;

use crate::heat::Shading;
use crate::jurisdiction::Jurisdiction;
use crate::period::Period;
use crate::tally::{PlaceSource, Unit};

/// A number as it may be printed (SPEC section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The number itself.
    Shown(u64),
    /// From 1 to one less than this limit; printed `<5`.
    Below(u64),
    /// From one number to another, both included; printed `33–36`. `from` is less than `to`.
    Range { from: u64, to: u64 },
    /// Hidden so that another number can't be worked out by subtraction; printed `hidden`.
    Hidden,
}

impl Count {
    /// The least number that it may be, as a reader knows.
    pub fn least(self) -> u64 {
        match self {
            Count::Shown(number) => number,
            Count::Below(_) => 1,
            Count::Range { from, .. } => from,
            Count::Hidden => 0,
        }
    }

    /// The number, when it is shown.
    pub fn shown(self) -> Option<u64> {
        match self {
            Count::Shown(number) => Some(number),
            _ => None,
        }
    }
}

/// As tables and CSV write it, in plain letters: `48`, `<5`, `33-36`.
impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Count::Shown(number) => write!(out, "{number}"),
            Count::Below(limit) => write!(out, "<{limit}"),
            Count::Range { from, to } => write!(out, "{from}-{to}"),
            Count::Hidden => out.write_str("hidden"),
        }
    }
}

/// Everything that may be released about one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub state: Jurisdiction,
    pub period: Period,
    pub unit: Unit,
    /// The limit that was applied; 0: none.
    pub min_cell: u64,
    /// Unprotected by request: every file so made must be marked as internal.
    pub internal: bool,
    pub cases: PublishedCases,
    pub demographics: Vec<PublishedGroup>,
    pub sex_venues: VenueRanking,
    pub labor_venues: VenueRanking,
    pub calls: PublishedCalls,
    pub map: PublishedMap,
    /// Where it is asked for and can be published: the whole years of the period, in order.
    pub trend: Option<Vec<PublishedYear>>,
    pub ledger: PublishedLedger,
}

/// What became of the rows, in all and per file, in the order in which the files were given. Their names
/// are not for release: that of a folder can tell who a victim is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedLedger {
    pub files: Vec<PublishedLine>,
    pub total: PublishedLine,
}

/// What became of some rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedLine {
    pub rows_read: Count,
    pub used: Count,
    pub outside_period: Count,
    pub other_state: Count,
    pub duplicate: Count,
    pub rejected: Count,
}

impl Default for PublishedLine {
    fn default() -> Self {
        let none = Count::Shown(0);
        PublishedLine {
            rows_read: none,
            used: none,
            outside_period: none,
            other_state: none,
            duplicate: none,
            rejected: none,
        }
    }
}

/// Numbers of cases in the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCases {
    pub period: Count,
    pub year: Count,
    pub located_year: Count,
}

/// Numbers of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedYear {
    pub year: i32,
    pub cases: Count,
    /// Signals, as the chart of that year's sheet counts them.
    pub signals: Count,
}

/// A group of categories, such as Gender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedGroup {
    pub key: String,
    pub categories: Vec<PublishedCategory>,
}

/// One category and its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCategory {
    pub key: String,
    pub count: Count,
}

/// The venues that are listed, at most five, most cases first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VenueRanking {
    pub listed: Vec<PublishedVenue>,
    /// Keys of venues not listed that have as many cases as the last one listed.
    pub tied_at_cut: Vec<PublishedVenue>,
}

/// One listed venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedVenue {
    pub key: String,
    pub venue: String,
    pub cases: Count,
}

/// Signals of the year in the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCalls {
    pub types: Vec<PublishedCategory>,
    pub total: Count,
    /// Says nothing of victims, and stays as it is.
    pub non_substantive: u64,
}

/// The heat map's numbers and shading.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedMap {
    pub points: Count,
    pub unlocated_cases: Count,
    /// Without places there is no shading.
    pub source: PlaceSource,
    pub shading: Shading,
}
