//! The statistics of one state, exact: what `tally` hands on to `protect`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::geo::LonLat;
use crate::jurisdiction::Jurisdiction;
use crate::period::Period;
use crate::vocabulary::{self, Counts, Over, Section};

/// What demographics count (SPEC section 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Cases that mention the category at least once.
    #[default]
    Cases,
    /// Mentions, where the input gives victims one by one.
    Victims,
}

/// Everything that a sheet states about one state. Exact, so not for release: see `protect`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    pub state: Jurisdiction,
    pub period: Period,
    pub unit: Unit,
    /// The last day that the data speak of, whatever the day of the run.
    pub data_through: NaiveDate,
    pub cases: CaseCounts,
    /// The groups of the vocabulary, in its order.
    pub groups: Vec<Group>,
    /// Index of the group of call types.
    pub call_types: usize,
    /// Signals of the year that are not substantive, and so in none of the groups.
    pub non_substantive: u64,
    /// Sex trafficking venues that a case mentions, ranked (SPEC section 2), uncut.
    pub sex_venues: Vec<VenueCount>,
    /// Labor trafficking venues that a case mentions, ranked, uncut.
    pub labor_venues: Vec<VenueCount>,
    pub map: LocatedCases,
    /// Names of the numbers of categories and venues, as in `gender.female`, that every case dated in the
    /// year is in; `None` where that is not known.
    pub of_all_in_year: Option<BTreeSet<String>>,
    /// The years of which the period has every month, in order.
    pub years: Vec<YearCounts>,
    pub ledger: Ledger,
}

/// Numbers of one year in the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCounts {
    pub year: i32,
    /// Cases dated in it.
    pub cases: u64,
    /// Signals received in it, by call type.
    pub calls: Group,
}

/// Numbers of cases in the state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseCounts {
    /// Cases dated in the period.
    pub period: u64,
    /// Cases dated in the year.
    pub year: u64,
    /// Cases dated in the year with a place on the map.
    pub located_year: u64,
}

/// A group of the vocabulary and its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub kind: GroupKind,
    /// Those that are counted, in the order of the vocabulary: call types that are not substantive are not
    /// among them. None where a statistics table does not have the group.
    pub categories: Vec<CategoryCount>,
}

/// What a group is, and how it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupKind {
    /// As the JSON names it: `gender`.
    pub key: String,
    /// As the vocabulary calls it: `Gender`.
    pub heading: String,
    pub unit: GroupUnit,
    pub over: Over,
    /// Whether what is counted is in one category at most, so that the categories add up to a total.
    pub has_total: bool,
    /// Where a sheet has it; `None`: nowhere.
    pub section: Option<Section>,
}

/// What the numbers of a group count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupUnit {
    /// Cases that mention the category at least once.
    Cases,
    /// Mentions: victims, where the input gives them one by one.
    Mentions,
    /// Substantive signals.
    Signals,
}

/// The number behind one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryCount {
    /// As the JSON names it: `gender_minority`.
    pub key: String,
    /// As the vocabulary calls it: `Gender Minority`.
    pub name: String,
    pub count: u64,
}

impl Statistics {
    /// The signals of the year by call type.
    pub fn calls(&self) -> &Group {
        &self.groups[self.call_types]
    }

    /// The numbers of a whole year of the period.
    pub fn year(&self, year: i32) -> Option<&YearCounts> {
        self.years.iter().find(|counts| counts.year == year)
    }
}

impl Group {
    /// A group of the vocabulary with a number for each category that is counted, which is asked for by
    /// the category's index in the list.
    pub fn of(group: &vocabulary::Group, unit: Unit, mut count: impl FnMut(usize) -> u64) -> Group {
        let categories = group.counted().map(|(index, entry)| CategoryCount {
            key: entry.key.clone(),
            name: entry.name.clone(),
            count: count(index),
        });
        Group {
            kind: GroupKind::of(group, unit),
            categories: categories.collect(),
        }
    }

    /// The sum of the categories: a signal whose category is missing or unknown is in none, and not in
    /// the sum. `None` where one thing may be in several categories, or the group is missing.
    pub fn total(&self) -> Option<u64> {
        let counts = self.categories.iter().map(|category| category.count);
        let has_total = self.kind.has_total && !self.categories.is_empty();
        has_total.then(|| counts.sum())
    }
}

impl GroupKind {
    /// Of a group of the vocabulary, where `unit` is asked for.
    pub fn of(group: &vocabulary::Group, unit: Unit) -> Self {
        GroupKind {
            key: group.key.clone(),
            heading: group.heading.clone(),
            unit: match group.counts {
                Counts::Signals => GroupUnit::Signals,
                Counts::Cases if group.of_victims && unit == Unit::Victims => GroupUnit::Mentions,
                Counts::Cases => GroupUnit::Cases,
            },
            over: group.over,
            has_total: group.has_total,
            section: group.section,
        }
    }
}

/// The number of cases that mention a venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueCount {
    /// Key of the venue in the vocabulary and in the wording: `truck_stop_based`.
    pub key: String,
    /// Name in the vocabulary: `Truck Stop-Based`.
    pub venue: String,
    pub cases: u64,
}

/// Cases of the year in the state, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct LocatedCases {
    /// One point per case and distinct place in the state, rounded to 1e-4 degree. Given coordinates
    /// are inside the boundaries; a place found by name may be a little outside their simple outline.
    pub points: Vec<CasePoint>,
    /// Cases with no point.
    pub unlocated_cases: u64,
    /// Distinct given coordinates that lie outside the state which the data puts them in: not drawn.
    pub outside_points: u64,
    pub source: PlaceSource,
}

/// What the data tell of the places of cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlaceSource {
    /// The places themselves, where cases have any.
    #[default]
    Cases,
    /// How many there are: a statistics table has no positions, and nothing can be drawn.
    Numbers { points: Option<u64> },
    /// Nothing: a statistics table without the map's figures.
    Nothing,
}

impl LocatedCases {
    /// How many points there are, whether or not their positions are known.
    pub fn point_count(&self) -> u64 {
        match self.source {
            PlaceSource::Cases => self.points.len() as u64,
            PlaceSource::Numbers { points } => points.unwrap_or(0),
            PlaceSource::Nothing => 0,
        }
    }
}

/// A place of a case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CasePoint {
    /// Tells the cases of one map apart; means nothing outside it.
    pub case: u32,
    pub position: LonLat,
}

/// What became of the rows, per file and in all (SPEC section 2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub files: Vec<(String, LedgerLine)>,
    pub total: LedgerLine,
}

/// What became of some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    pub rows_read: u64,
    pub used: u64,
    pub outside_period: u64,
    pub other_state: u64,
    pub duplicate: u64,
    pub rejected: u64,
}

impl LedgerLine {
    /// Whether every row read stands in exactly one of the other lines.
    pub fn balances(&self) -> bool {
        self.rows_read
            == self.used + self.outside_period + self.other_state + self.duplicate + self.rejected
    }
}
