//! The exact statistics of one area: what `tally` passes on to `protect`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::area::Area;
use crate::failure::counted;
use crate::geo::PublicPoint;
use crate::period::{Month, Period, Stretch};
use crate::vocabulary::{self, Counts, Over, Section};

/// What demographics count (docs/counting.md).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Cases that mention the category at least once.
    #[default]
    Cases,
    /// Mentions, if the input has victims one by one.
    Victims,
}

/// Everything that a sheet states about one area. Exact, so not for release: see `protect`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// What they are of.
    pub area: Area,
    /// The months of the cumulative numbers, and the focal year.
    pub period: Period,
    /// Whether groups of victims count cases or victims.
    pub unit: Unit,
    /// The month of the last signal, whatever the day of the run; `None` if it isn't known.
    pub data_through: Option<Month>,
    /// Whether any of the data say that they are synthetic.
    pub is_synthetic: bool,
    /// Whether the data say which signals belong to the same case; if not, no number of cases means anything.
    pub knows_cases: bool,
    /// Numbers of cases.
    pub cases: CaseCounts,
    /// The groups of the vocabulary, in its order.
    pub groups: Vec<Group>,
    /// Index of the group of call types.
    pub call_types: usize,
    /// Signals of the year that aren't substantive, and so are in none of the groups; `None` if the data don't say.
    pub non_substantive: Option<u64>,
    /// Sex trafficking venues that a case mentions, ranked (docs/counting.md), the complete list.
    pub sex_venues: Vec<VenueCount>,
    /// Labor trafficking venues that a case mentions, ranked, the complete list.
    pub labor_venues: Vec<VenueCount>,
    /// Where the cases of the year are.
    pub map: MapCases,
    /// The period's stretches, in order, with their cases; empty if they aren't known.
    pub parts: Vec<PeriodPart>,
    /// The years that are completely in the period, in order.
    pub years: Vec<YearCounts>,
    /// What happened to the rows.
    pub ledger: Ledger,
}

impl Statistics {
    /// Cases of the year with a known place, whether or not a map that may be released shows it; `None`
    /// if the data say nothing about places.
    pub fn located_cases(&self) -> Option<u64> {
        let cases = self.map.of_year(self.period.year)?;
        Some(cases.cases())
    }

    /// Cases of the year with a place in a county, each once; `None` if the data say nothing about places.
    pub fn cases_in(&self, county: PublicPoint) -> Option<u64> {
        let cases = self.map.of_year(self.period.year)?;
        let is_in = |placed: &&PlacedCases| {
            let mut places = placed.places.iter();
            places.any(|place| place.county() == county)
        };
        Some(cases.iter().filter(is_in).map(|placed| placed.cases).sum())
    }

    /// Public points with cases of the year; `None` if the data say nothing about places.
    pub fn places(&self) -> Option<u64> {
        let cases = self.map.of_year(self.period.year)?;
        let points: BTreeSet<PublicPoint> = cases
            .iter()
            .flat_map(|placed| placed.places.iter().copied())
            .collect();
        Some(points.len() as u64)
    }
}

/// The cases of the period that are dated in one of its [stretches](Period::stretches).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodPart {
    /// The stretch.
    pub months: Stretch,
    /// Cases dated in it.
    pub cases: u64,
    /// How many of them mention a category or a venue, by the name of the figure, as in `gender.female`; for groups
    /// that count cases over the period.
    pub mentions: BTreeMap<String, u64>,
}

/// Numbers of one year in the area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCounts {
    /// The year, named by its last month.
    pub year: i32,
    /// Cases dated in it.
    pub cases: u64,
    /// Signals received in it, by call type.
    pub calls: Group,
}

/// Numbers of cases in the area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseCounts {
    /// Cases dated in the period.
    pub period: u64,
    /// Cases dated in the year.
    pub year: u64,
    /// Cases dated in the year in which the period begins, including those before the period; 0 if the cases of the
    /// period's stretches aren't known.
    pub first_year: u64,
}

/// A group of the vocabulary and its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the group is, and how it is counted.
    pub kind: GroupKind,
    /// The counted categories, in the order of the vocabulary: call types that aren't substantive are not included.
    /// None if the data say nothing about the group.
    pub categories: Vec<CategoryCount>,
    /// Without any category, how many signals there are: of the group of call types, where the data name no
    /// category of any signal.
    pub uncategorized: Option<u64>,
}

/// What a group is, and how it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupKind {
    /// The key in JSON: `gender`.
    pub key: String,
    /// The name in the vocabulary: `Gender`.
    pub heading: String,
    /// What it counts.
    pub unit: GroupUnit,
    /// The period or the year.
    pub over: Over,
    /// Whether whatever is counted has at most one category, so that the categories add up to a total.
    pub has_total: bool,
    /// The section of a sheet; `None`: it isn't on a sheet.
    pub section: Option<Section>,
    /// Whether a sheet leaves it out if its page is full.
    pub if_room: bool,
}

/// What the numbers of a group count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupUnit {
    /// Cases that mention the category at least once.
    Cases,
    /// Mentions: victims, if the input has them one by one.
    Mentions,
    /// Substantive signals.
    Signals,
}

/// The exact number for one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryCount {
    /// The key in JSON: `gender_minority`.
    pub key: String,
    /// The name in the vocabulary: `Gender Minority`.
    pub name: String,
    /// How many.
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
    /// A group of the vocabulary with a number for each counted category; `count` gets the category's index in the
    /// list.
    pub fn of(group: &vocabulary::Group, unit: Unit, mut count: impl FnMut(usize) -> u64) -> Group {
        let categories = group.counted().map(|(index, entry)| CategoryCount {
            key: entry.key.clone(),
            name: entry.name.clone(),
            count: count(index),
        });
        Group {
            kind: GroupKind::of(group, unit),
            categories: categories.collect(),
            uncategorized: None,
        }
    }

    /// A group of the vocabulary of which the data say nothing, perhaps but for how many signals there are.
    pub(super) fn unknown(
        group: &vocabulary::Group,
        unit: Unit,
        uncategorized: Option<u64>,
    ) -> Group {
        Group {
            kind: GroupKind::of(group, unit),
            categories: Vec::new(),
            uncategorized,
        }
    }

    /// The sum of the categories: a signal whose category is missing or unknown is in none, and not in
    /// the sum; without any category, all signals. `None` where one thing may be in several categories, or the
    /// group is missing.
    pub fn total(&self) -> Option<u64> {
        let counts = self.categories.iter().map(|category| category.count);
        match self.categories.is_empty() {
            true => self.uncategorized,
            false => self.kind.has_total.then(|| counts.sum()),
        }
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
            if_room: group.if_room,
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
    /// Its position in the vocabulary, which decides between equal numbers.
    pub place: usize,
    /// Cases of the period that mention it.
    pub cases: u64,
}

/// Where the cases of each year are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapCases {
    /// The focal year, every whole year of the period and the one that it begins in, in order; empty if the data say
    /// nothing about places.
    pub years: Vec<YearPlaces>,
    /// Cases of the focal year with coordinates outside the state that the data put them in: these coordinates aren't
    /// used.
    pub outside_cases: u64,
}

/// Where the cases of a year are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPlaces {
    /// The year, named by its last month.
    pub year: i32,
    /// Its cases, by where they are.
    pub cases: CasesByPlaces,
}

/// Cases by all their places: each distinct set of public points with the number of cases that are at exactly these.
/// So it is known how many distinct cases are at any of several points, but not which cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CasesByPlaces(Vec<PlacedCases>);

/// Cases that are at the same places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlacedCases {
    /// In order, each once; at least one.
    pub places: Vec<PublicPoint>,
    /// How many.
    pub cases: u64,
}

impl MapCases {
    /// Where the cases of a year are, if that is known.
    pub fn of_year(&self, year: i32) -> Option<&CasesByPlaces> {
        let of_year = self.years.iter().find(|places| places.year == year);
        of_year.map(|places| &places.cases)
    }
}

impl CasesByPlaces {
    /// From numbers of cases, each with their places; in any order, and a place may occur twice.
    pub fn of(cases: impl IntoIterator<Item = (Vec<PublicPoint>, u64)>) -> Self {
        let mut all: Vec<PlacedCases> = cases
            .into_iter()
            .filter(|(places, cases)| !places.is_empty() && *cases > 0)
            .map(|(mut places, cases)| {
                places.sort_unstable();
                places.dedup();
                PlacedCases { places, cases }
            })
            .collect();
        all.sort_unstable();
        all.dedup_by(|other, first| {
            let is_same = other.places == first.places;
            if is_same {
                first.cases += other.cases;
            }
            is_same
        });
        CasesByPlaces(all)
    }

    /// The sets, in order.
    pub fn iter(&self) -> impl Iterator<Item = &PlacedCases> {
        self.0.iter()
    }

    /// How many cases there are, each once.
    pub fn cases(&self) -> u64 {
        self.0.iter().map(|placed| placed.cases).sum()
    }
}

/// What happened to the rows, by file and in total (docs/counting.md).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// What happened to the rows of each file, by its name.
    pub files: Vec<(String, LedgerLine)>,
    /// What happened to all rows.
    pub total: LedgerLine,
}

/// What happened to some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    /// All rows, without headers: the sum of the others.
    pub rows_read: u64,
    /// Rows that count for the period or the year.
    pub used: u64,
    /// Rows for the area that count for neither.
    pub outside_period: u64,
    /// Rows that aren't for the area.
    pub other_state: u64,
    /// Rows with an id that an earlier row has.
    pub duplicate: u64,
    /// Rows that can't be read as signals.
    pub rejected: u64,
}

impl LedgerLine {
    /// The sum in words; `area` is what the rows are for: `state` or `area`.
    pub fn sentence(&self, area: &str) -> String {
        format!(
            "{} read = {} used + {} outside the period + {} not in the {area} + {} + {} rejected",
            counted(self.rows_read, "row"),
            self.used,
            self.outside_period,
            self.other_state,
            counted(self.duplicate, "duplicate"),
            self.rejected
        )
    }

    /// Whether every row read is in exactly one of the other lines.
    pub fn balances(&self) -> bool {
        self.rows_read
            == self.used + self.outside_period + self.other_state + self.duplicate + self.rejected
    }
}
