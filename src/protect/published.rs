//! The statistics of one state as they may be released: what `protect` passes on, and the only numbers that any later
//! stage sees.

use super::count::Count;
use super::counties::CountyCases;
use super::rate::PublishedRate;
use crate::area::Area;
use crate::heat::Shading;
use crate::period::{Month, Period};
use crate::tally::{
    CategoryCount, Counted, Figure, GroupKind, GroupShape, GroupUnit, Ledger, Number, Ranking,
    Shape, Unit,
};
use crate::vocabulary::Over;

/// Everything that may be released about one area.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// What they are of.
    pub area: Area,
    /// The months of the cumulative numbers, and the focal year.
    pub period: Period,
    /// Whether groups of victims count cases or victims.
    pub unit: Unit,
    /// The limit that was applied; 0: none.
    pub min_cell: u64,
    /// Unprotected by request: every file must be marked as internal.
    pub internal: bool,
    /// Made from synthetic data: every file must say so.
    pub is_synthetic: bool,
    /// The month of the last day of the data, if it is known.
    pub data_through: Option<Month>,
    /// Whether the data say which signals belong to the same case; if not, nothing about cases may be printed.
    pub knows_cases: bool,
    /// Numbers of cases.
    pub cases: PublishedCases,
    /// The groups of the vocabulary, in its order.
    pub groups: Vec<PublishedGroup>,
    /// Index of the group of call types.
    pub call_types: usize,
    /// The sex trafficking venues that are listed.
    pub sex_venues: VenueRanking,
    /// The labor trafficking venues that are listed.
    pub labor_venues: VenueRanking,
    /// The heat map of the year.
    pub map: PublishedMap,
    /// If it is requested and can be published: the whole years of the period, in order.
    pub trend: Option<Vec<PublishedYear>>,
    /// If it is requested and the data say where cases are: the cases of the year by county.
    pub counties: Option<Vec<CountyCases>>,
    /// If it is requested and the number of residents is known: the cases of the year per 100,000 residents.
    pub rate: Option<PublishedRate>,
    /// What only the user may see: with `internal` only.
    pub operator: Option<OperatorFigures>,
}

/// Numbers that are never released: together with those of two years, or with what somebody knows about the files,
/// they reveal small ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorFigures {
    /// Signals of the year that aren't substantive; `None` if a statistics table doesn't say.
    pub non_substantive: Option<u64>,
    /// What happened to the rows.
    pub ledger: Ledger,
}

/// Numbers of cases in the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCases {
    /// Cases dated in the period.
    pub period: Count,
    /// Cases dated in the focal year.
    pub year: Count,
    /// Cases of the year on the map; `None` if the data say nothing about places.
    pub located_year: Option<Count>,
}

/// Numbers of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedYear {
    /// The year, named by its last month.
    pub year: i32,
    /// Cases dated in it.
    pub cases: Count,
    /// Signals, as the chart on that year's sheet counts them; `None` if the data say nothing about call types.
    pub signals: Option<Count>,
}

/// A group of the vocabulary, such as Gender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedGroup {
    /// What the group is, and how it is counted.
    pub kind: GroupKind,
    /// None if the data say nothing about the group.
    pub categories: Vec<PublishedCategory>,
    /// The sum of the categories, if they add up.
    pub total: Option<Count>,
}

/// One category and its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCategory {
    /// The key in files: `female`.
    pub key: String,
    /// The name in the vocabulary.
    pub name: String,
    /// The number that may be printed.
    pub count: Count,
}

impl Published {
    /// The signals of the year by call type.
    pub fn calls(&self) -> &PublishedGroup {
        &self.groups[self.call_types]
    }

    /// The signals of the year of known call types or, where the data name no category of any signal, all;
    /// `None` if the data say nothing about call types but something else about signals.
    pub fn calls_total(&self) -> Option<Count> {
        self.calls().total
    }

    /// The signals of the year: of known call types or, where nobody noted these, of whatever else is known of
    /// signals of the year.
    pub fn signals_total(&self) -> Option<Count> {
        let mut groups = self.groups.iter();
        self.calls_total().or_else(|| {
            groups.find_map(|group| {
                let is_of_signals = group.kind.unit == GroupUnit::Signals;
                group
                    .total
                    .filter(|_| is_of_signals && group.kind.over == Over::Year)
            })
        })
    }

    /// Every published number with its name, in the order of the catalog: what all outputs read, so that they
    /// say the same.
    pub fn numbers(&self) -> Vec<(Figure, Count)> {
        let figures = self.figures().into_iter();
        figures
            .filter_map(|figure| {
                let count = self.count(&figure)?;
                Some((figure, count))
            })
            .collect()
    }

    /// The part of the catalog that can exist: of the venues, only those that are listed.
    fn figures(&self) -> Vec<Figure> {
        fn keys(ranking: &VenueRanking) -> Vec<&str> {
            let listed = ranking.listed.iter();
            listed.map(|venue| venue.key.as_str()).collect()
        }
        let groups = self.groups.iter().map(|group| GroupShape {
            key: &group.kind.key,
            counts: match group.kind.unit {
                GroupUnit::Cases | GroupUnit::Mentions => Counted::Cases,
                GroupUnit::Signals => Counted::Signals,
            },
            over: group.kind.over,
            has_total: group.total.is_some(),
            categories: group
                .categories
                .iter()
                .map(|category| category.key.as_str())
                .collect(),
        });
        let shape = Shape {
            groups: groups.collect(),
            calls: self.call_types,
            sex_venues: keys(&self.sex_venues),
            labor_venues: keys(&self.labor_venues),
            years: self.trend.iter().flatten().map(|year| year.year).collect(),
            counties: self.counties.iter().flatten().map(|it| it.county).collect(),
        };
        shape.figures()
    }

    /// A number in the catalog; `None` if it isn't published, such as a venue that isn't listed.
    pub fn count(&self, figure: &Figure) -> Option<Count> {
        if !self.knows_cases && figure.counted == Counted::Cases {
            return None;
        }
        let operator = self.operator.as_ref();
        match figure.number {
            Number::CasesOfPeriod => Some(self.cases.period),
            Number::CasesOfYear => Some(self.cases.year),
            Number::LocatedCases => self.cases.located_year,
            Number::Category { group, category } => {
                let category = self.groups[group].categories.get(category)?;
                Some(category.count)
            }
            Number::Total { group } => self.groups[group].total,
            Number::NonSubstantive => operator?.non_substantive.map(Count::Shown),
            Number::Venue(ranking) => {
                let mut venues = self.ranking(ranking).listed.iter();
                let venue = venues.find(|venue| venue.key == figure.category)?;
                Some(venue.cases)
            }
            Number::Points => self.map.points,
            Number::UnlocatedCases => self.map.unlocated_cases,
            Number::Ledger(row) => {
                operator.map(|figures| Count::Shown(row.of(&figures.ledger.total)))
            }
            Number::CasesIn(year) => Some(self.year(year)?.cases),
            Number::SignalsIn(year) => self.year(year)?.signals,
            Number::CasesInCounty(county) => {
                let mut counties = self.counties.iter().flatten();
                let found = counties.find(|it| it.county == county)?;
                Some(Count::Shown(found.cases))
            }
        }
    }

    fn year(&self, year: i32) -> Option<&PublishedYear> {
        let mut years = self.trend.iter().flatten();
        years.find(|published| published.year == year)
    }

    /// The venues of a ranking.
    pub fn ranking(&self, ranking: Ranking) -> &VenueRanking {
        match ranking {
            Ranking::Sex => &self.sex_venues,
            Ranking::Labor => &self.labor_venues,
        }
    }
}

impl PublishedCategory {
    /// A category with the number that may be printed.
    pub(super) fn of(category: &CategoryCount, count: Count) -> Self {
        PublishedCategory {
            key: category.key.clone(),
            name: category.name.clone(),
            count,
        }
    }
}

/// The venues that are listed, at most five, starting with the most cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VenueRanking {
    /// Those that are listed, in order.
    pub listed: Vec<PublishedVenue>,
    /// Keys of venues not listed that have as many cases as the last one listed.
    pub tied_at_cut: Vec<PublishedVenue>,
    /// Whether there are venues below the limit, which are not listed.
    pub has_small: bool,
}

/// One listed venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedVenue {
    /// The key in files: `truck_stop`.
    pub key: String,
    /// The name in the vocabulary: `Truck Stop-Based`.
    pub venue: String,
    /// Cases of the period that mention it.
    pub cases: Count,
}

/// The heat map's numbers and shading; numbers are `None` if the data say nothing about places.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedMap {
    /// Public points on the map.
    pub points: Option<Count>,
    /// Cases of the year that are not on the map.
    pub unlocated_cases: Option<Count>,
    /// Empty until [`add_shading`](super::add_shading).
    pub shading: Shading,
}
