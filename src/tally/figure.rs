//! The catalog of figures: every number in the statistics, by its name in `explain`, statistics tables, JSON, CSV and
//! comparisons (`gender.female`), with what it counts and its rule in words. `protect` knows its published value, and
//! `sheet` its label.

use super::statistics::{GroupKind, GroupUnit, LedgerLine, Statistics, Unit};
use crate::area::Area;
use crate::failure::{Failure, Outcome, nearest};
use crate::geo::{self, Gazetteer, PublicPoint};
use crate::vocabulary::{Counts, List, Over, Vocabulary, is_same};

/// One number of the statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The first part of its name: `gender`, `venues.sex`.
    pub figure: String,
    /// The last part: a key of the vocabulary (`female`), or what the number is (`period`).
    pub category: String,
    /// Its position in the statistics.
    pub number: Number,
    /// What it counts.
    pub counted: Counted,
    /// The time that it covers; the ledger covers both.
    pub over: Over,
}

/// The position of a number in the statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Cases dated in the period.
    CasesOfPeriod,
    /// Cases dated in the focal year.
    CasesOfYear,
    /// Cases in the year with a known place.
    LocatedCases,
    /// A category of a group, both by index; the category's index is among those that are counted.
    Category {
        /// Index of the group.
        group: usize,
        /// Index of the category.
        category: usize,
    },
    /// The sum of a group's categories.
    Total {
        /// Index of the group.
        group: usize,
    },
    /// Signals of the year that are not substantive.
    NonSubstantive,
    /// A venue of a ranking, by the figure's category.
    Venue(Ranking),
    /// Public points with cases of the year.
    Points,
    /// Cases in the year without a known place.
    UnlocatedCases,
    /// Rows, by what happened to them.
    Ledger(LedgerRow),
    /// Cases of a year of the trend.
    CasesIn(i32),
    /// Signals of a year of the trend.
    SignalsIn(i32),
    /// Cases of the year in a county.
    CasesInCounty(PublicPoint),
}

/// A number of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerRow {
    /// All rows, without headers.
    RowsRead,
    /// Rows that count for the period or the year.
    Used,
    /// Rows for the area that count for neither.
    OutsidePeriod,
    /// Rows that aren't for the area.
    OtherState,
    /// Rows with an id that an earlier row has.
    Duplicate,
    /// Rows that can't be read as signals.
    Rejected,
}

/// A ranking of venues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// Sex trafficking venues.
    Sex,
    /// Labor trafficking venues.
    Labor,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Cases, or what they mention, or their places.
    Cases,
    /// Signals.
    Signals,
    /// Rows of the files, for the ledger.
    Rows,
}

/// A rule of counting in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The rule, in sentences.
    pub text: String,
    /// The document with the rule.
    pub source: &'static str,
}

/// What determines the numbers in some statistics: the catalog follows from it.
#[derive(Clone, Debug, Default)]
pub struct Shape<'a> {
    /// The groups, in the order of the vocabulary.
    pub groups: Vec<GroupShape<'a>>,
    /// Index of the group of call types.
    pub calls: usize,
    /// Keys of venues, in the order of reports.
    pub sex_venues: Vec<&'a str>,
    /// Keys of labor trafficking venues, in the order of reports.
    pub labor_venues: Vec<&'a str>,
    /// Years of a trend.
    pub years: Vec<i32>,
    /// Counties of a table of them.
    pub counties: Vec<PublicPoint>,
}

/// What determines the numbers of a group.
#[derive(Clone, Debug)]
pub struct GroupShape<'a> {
    /// The key in files: `gender`.
    pub key: &'a str,
    /// What it counts.
    pub counts: Counted,
    /// The period or the year.
    pub over: Over,
    /// Whether the sum of its categories is also a number.
    pub has_total: bool,
    /// Keys of the categories that are counted.
    pub categories: Vec<&'a str>,
}

impl Shape<'_> {
    /// Every number, in the order of reports.
    pub fn figures(&self) -> Vec<Figure> {
        use Counted::{Cases, Rows, Signals};
        let of_year = |figure: &str, category: &str, number, counted| Figure {
            figure: figure.to_owned(),
            category: category.to_owned(),
            number,
            counted,
            over: Over::Year,
        };
        let of_period = |figure: &str, category: &str, number| Figure {
            over: Over::Period,
            ..of_year(figure, category, number, Cases)
        };
        let mut all = vec![
            of_period("cases", "period", Number::CasesOfPeriod),
            of_year("cases", "year", Number::CasesOfYear, Cases),
            of_year("cases", "located_year", Number::LocatedCases, Cases),
        ];
        self.add_groups(Cases, &mut all);
        for (ranking, venues) in [
            (Ranking::Sex, &self.sex_venues),
            (Ranking::Labor, &self.labor_venues),
        ] {
            let number = Number::Venue(ranking);
            let venues = venues.iter();
            all.extend(venues.map(|venue| of_period(ranking.figure(), venue, number)));
        }
        self.add_groups(Signals, &mut all);
        all.push(of_year("map", "points", Number::Points, Cases));
        all.push(of_year(
            "map",
            "unlocated_cases",
            Number::UnlocatedCases,
            Cases,
        ));
        for row in LedgerRow::ALL {
            all.push(of_year("ledger", row.name(), Number::Ledger(row), Rows));
        }
        for year in &self.years {
            let number = Number::CasesIn(*year);
            all.push(of_year("trend.cases", &year.to_string(), number, Cases));
        }
        for year in &self.years {
            let number = Number::SignalsIn(*year);
            all.push(of_year("trend.signals", &year.to_string(), number, Signals));
        }
        all.extend(self.counties.iter().map(|county| of_county(*county)));
        all
    }

    /// Adds the numbers of the groups that count cases, or signals.
    fn add_groups(&self, counted: Counted, all: &mut Vec<Figure>) {
        for (group, of) in self.groups.iter().enumerate() {
            if of.counts != counted {
                continue;
            }
            let figure = |category: &str, number| Figure {
                figure: of.key.to_owned(),
                category: category.to_owned(),
                number,
                counted,
                over: of.over,
            };
            for (category, key) in of.categories.iter().enumerate() {
                all.push(figure(key, Number::Category { group, category }));
            }
            if of.has_total {
                all.push(figure("total", Number::Total { group }));
            }
            if group == self.calls {
                all.push(figure("non_substantive", Number::NonSubstantive));
            }
        }
    }
}

impl Figure {
    /// Every number, in the order of reports, including all venues, not only those that are listed; without those of
    /// a trend.
    pub fn all(vocabulary: &Vocabulary) -> Vec<Figure> {
        fn keys(list: &List) -> Vec<&str> {
            let entries = list.entries().iter();
            entries.map(|entry| entry.key.as_str()).collect()
        }
        let groups = vocabulary.groups().iter().map(|group| GroupShape {
            key: &group.key,
            counts: match group.counts {
                Counts::Cases => Counted::Cases,
                Counts::Signals => Counted::Signals,
            },
            over: group.over,
            has_total: group.has_total,
            categories: group
                .counted()
                .map(|(_, entry)| entry.key.as_str())
                .collect(),
        });
        let shape = Shape {
            groups: groups.collect(),
            calls: vocabulary.calls(),
            sex_venues: keys(&vocabulary.sex_venue),
            labor_venues: keys(&vocabulary.labor_venue),
            years: Vec::new(),
            counties: Vec::new(),
        };
        shape.figures()
    }

    /// Figure and category with a period between them: `gender.female`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.figure, self.category)
    }

    /// The numbers for a name: one (`gender.female`), or all of a figure (`gender`). Groups, categories and venues
    /// can also have any spelling in the vocabulary (“Truck Stop-Based”), or a label on the sheet; each of `labels`
    /// is one, with its name.
    ///
    /// # Errors
    /// A name that doesn't exist, with the most similar one, or all of them; and one that could be several numbers.
    pub fn named(
        name: &str,
        vocabulary: &Vocabulary,
        labels: &[(String, String)],
    ) -> Outcome<Vec<Figure>> {
        if let Some(("counties", county)) = name.split_once('.')
            && let Some(county) = geo::county(county)
        {
            return Ok(vec![of_county(county)]);
        }
        let all = Figure::all(vocabulary);
        let meant = beginning_with(name, &all);
        if !meant.is_empty() {
            return Ok(meant);
        }
        let mut spoken = names_spoken_of(name, vocabulary, labels);
        // The wording may name things that the vocabulary doesn't have.
        spoken.retain(|name| !beginning_with(name, &all).is_empty());
        if let [only] = spoken.as_slice() {
            return Ok(beginning_with(only, &all));
        }
        if !spoken.is_empty() {
            return Err(
                Failure::usage(format!("“{name}” could be any of several figures"))
                    .remedy(format!("say which one you mean: {}", spoken.join(", "))),
            );
        }
        let names: Vec<String> = all.iter().map(Figure::name).collect();
        let list = format!("the figures are {}", names.join(", "));
        Err(Failure::usage(format!("“{name}” isn't a figure")).remedy(
            match nearest(name, names.iter().flat_map(|name| names_for(name))) {
                Some(near) => format!("did you mean {near}? {list}"),
                None => list,
            },
        ))
    }

    /// The cases in a county of an area, by the county's name, with or without `counties.` in front.
    pub fn of_county(name: &str, area: Area) -> Option<Figure> {
        let name = name.strip_prefix("counties.").unwrap_or(name);
        let mut states = area.states().iter();
        let county = states.find_map(|state| Gazetteer::shared(state).county(name))?;
        Some(of_county(county))
    }

    /// The number in the statistics of a state; `None` if it isn't there, as in totals that don't have a group.
    pub fn exact(&self, statistics: &Statistics) -> Option<u64> {
        if !statistics.knows_cases && self.counted == Counted::Cases {
            return None;
        }
        match self.number {
            Number::CasesOfPeriod => Some(statistics.cases.period),
            Number::CasesOfYear => Some(statistics.cases.year),
            Number::LocatedCases => statistics.located_cases(),
            Number::Category { group, category } => {
                let category = statistics.groups[group].categories.get(category)?;
                Some(category.count)
            }
            Number::Total { group } => statistics.groups[group].total(),
            Number::NonSubstantive => statistics.non_substantive,
            Number::Venue(ranking) => {
                let mut venues = match ranking {
                    Ranking::Sex => statistics.sex_venues.iter(),
                    Ranking::Labor => statistics.labor_venues.iter(),
                };
                let found = venues.find(|venue| venue.key == self.category);
                Some(found.map_or(0, |venue| venue.cases))
            }
            Number::Points => statistics.places(),
            Number::UnlocatedCases => {
                let located = statistics.located_cases()?;
                Some(statistics.cases.year - located)
            }
            Number::Ledger(row) => Some(row.of(&statistics.ledger.total)),
            Number::CasesIn(year) => Some(statistics.year(year)?.cases),
            Number::SignalsIn(year) => statistics.year(year)?.calls.total(),
            Number::CasesInCounty(county) => statistics.cases_in(county),
        }
    }

    /// Whether the number is about the cases' places, or cases that have one.
    pub fn is_of_map(&self) -> bool {
        matches!(
            self.number,
            Number::Points | Number::LocatedCases | Number::CasesInCounty(_)
        )
    }

    /// Whether the number is about places, each of which counts once.
    pub(super) fn is_of_places(&self) -> bool {
        matches!(self.number, Number::Points)
    }

    /// How the number is counted with a `unit`.
    pub fn rule(&self, vocabulary: &Vocabulary, unit: Unit) -> Rule {
        Rule {
            text: self.rule_in_words(vocabulary, unit),
            source: "docs/counting.md",
        }
    }

    fn rule_in_words(&self, vocabulary: &Vocabulary, unit: Unit) -> String {
        let time = |over| match over {
            Over::Period => "period",
            Over::Year => "year",
        };
        match self.number {
            Number::CasesOfPeriod => case_rule("period"),
            Number::CasesOfYear | Number::CasesIn(_) => case_rule("year"),
            Number::LocatedCases => {
                "Cases in the state, dated in the year, with a known place: by coordinates, else ZIP code, else city, else county. The map of a sheet for release shows those at places with enough cases.".to_owned()
            }
            Number::Category { group, .. } => {
                let kind = GroupKind::of(&vocabulary.groups()[group], unit);
                let time = time(kind.over);
                match kind.unit {
                    GroupUnit::Cases => format!("Cases in the state, dated in the {time}, that mention the category at least once. Categories are not cumulative: one case may count under several."),
                    GroupUnit::Mentions => format!("Mentions of the category by the substantive signals of the cases in the state that are dated in the {time}."),
                    GroupUnit::Signals => format!("Substantive signals of this category received in the {time}. {IN_STATE}"),
                }
            }
            Number::Total { group } => total_rule(time(vocabulary.groups()[group].over)),
            Number::SignalsIn(_) => total_rule("year"),
            Number::NonSubstantive => {
                let types = vocabulary.groups()[vocabulary.calls()].list.entries().iter();
                let types = types.filter(|entry| !entry.substantive);
                let names: Vec<String> = types.map(|entry| entry.name.to_lowercase()).collect();
                format!(
                    "Signals of a non-substantive call type ({}) received in the year. {IN_STATE}",
                    names.join(", ")
                )
            }
            Number::Venue(_) => {
                "Cases in the state, dated in the period, that mention the venue. Sex and labor trafficking venues are counted separately; the sheet lists at most five of each, none below the smallest printed count.".to_owned()
            }
            Number::Points => {
                "Public points (ZIP codes, cities, counties) where cases in the state, dated in the year, are; a point counts for the first case that has it. A place is found by coordinates, which become the nearest ZIP code or city, else by ZIP code, else city, else county. The map of a sheet for release shows those with enough cases.".to_owned()
            }
            Number::UnlocatedCases => {
                "Cases in the state, dated in the year, with no known place.".to_owned()
            }
            Number::CasesInCounty(_) => {
                "Cases in the state, dated in the year, with a place in the county; a case counts once in each of its counties. A place is found by coordinates, which become the nearest ZIP code or city, else by ZIP code, else city, else county. The table of a sheet for release has those at places with enough cases.".to_owned()
            }
            Number::Ledger(_) => {
                "Each row is in the first line that fits: rejected; duplicate; other state, when neither the signal nor its case is in the state; outside the period, when it counts for neither the period nor the year; used. Rows read are all of them.".to_owned()
            }
        }
    }
}

const IN_STATE: &str =
    "A signal is in the state when one of its locations is or, if it has none, when the caller is.";

fn total_rule(time: &str) -> String {
    format!(
        "Substantive signals of a known category received in the {time}; all signals where the data name no \
        category of any. {IN_STATE}"
    )
}

/// The cases of the year in a county, by its FIPS code.
fn of_county(county: PublicPoint) -> Figure {
    Figure {
        figure: "counties".to_owned(),
        category: county.fips(),
        number: Number::CasesInCounty(county),
        counted: Counted::Cases,
        over: Over::Year,
    }
}

/// What a person may have meant: a figure's whole name, or only its category.
fn names_for(name: &str) -> impl Iterator<Item = &str> {
    std::iter::once(name).chain(name.rsplit('.').next())
}

/// The figure with a name, or those of which it is the first part.
fn beginning_with(name: &str, all: &[Figure]) -> Vec<Figure> {
    let prefix = format!("{name}.");
    let is_meant = |figure: &&Figure| {
        let full = figure.name();
        full == name || full.starts_with(&prefix)
    };
    all.iter().filter(is_meant).cloned().collect()
}

/// Names of figures with a spelling in the vocabulary or a label.
fn names_spoken_of(
    spelling: &str,
    vocabulary: &Vocabulary,
    labels: &[(String, String)],
) -> Vec<String> {
    let mut names = Vec::new();
    let known = |list: &List| {
        // A number is an age in years, not a name.
        let is_name = spelling.contains(char::is_alphabetic);
        let found = list.find(spelling).filter(|_| is_name)?;
        Some(list.entries()[usize::from(found)].clone())
    };
    for group in vocabulary.groups() {
        if is_same(&group.heading, spelling) {
            names.push(group.key.clone());
        }
        if let Some(entry) = known(&group.list).filter(|entry| entry.substantive) {
            names.push(format!("{}.{}", group.key, entry.key));
        }
    }
    for ranking in [Ranking::Sex, Ranking::Labor] {
        if let Some(venue) = known(ranking.list(vocabulary)) {
            names.push(format!("{}.{}", ranking.figure(), venue.key));
        }
    }
    let labels = labels.iter();
    let labels = labels.filter(|(label, _)| is_same(label, spelling));
    names.extend(labels.map(|(_, name)| name.clone()));
    names.sort();
    names.dedup();
    names
}

fn case_rule(time: &str) -> String {
    format!(
        "Cases in the state that are dated in the {time}. A case is dated by its earliest substantive signal, and is in the state when a location of one of its substantive signals is."
    )
}

impl Ranking {
    /// As names of figures begin.
    pub fn figure(self) -> &'static str {
        match self {
            Ranking::Sex => "venues.sex",
            Ranking::Labor => "venues.labor",
        }
    }

    /// The venues that it may have.
    pub fn list(self, vocabulary: &Vocabulary) -> &List {
        match self {
            Ranking::Sex => &vocabulary.sex_venue,
            Ranking::Labor => &vocabulary.labor_venue,
        }
    }
}

impl LedgerRow {
    /// All of them, in the order of reports.
    pub const ALL: [LedgerRow; 6] = [
        LedgerRow::RowsRead,
        LedgerRow::Used,
        LedgerRow::OutsidePeriod,
        LedgerRow::OtherState,
        LedgerRow::Duplicate,
        LedgerRow::Rejected,
    ];

    /// As names of figures end.
    pub fn name(self) -> &'static str {
        match self {
            LedgerRow::RowsRead => "rows_read",
            LedgerRow::Used => "used",
            LedgerRow::OutsidePeriod => "outside_period",
            LedgerRow::OtherState => "other_state",
            LedgerRow::Duplicate => "duplicate",
            LedgerRow::Rejected => "rejected",
        }
    }

    /// The number of a line.
    pub fn of(self, line: &LedgerLine) -> u64 {
        match self {
            LedgerRow::RowsRead => line.rows_read,
            LedgerRow::Used => line.used,
            LedgerRow::OutsidePeriod => line.outside_period,
            LedgerRow::OtherState => line.other_state,
            LedgerRow::Duplicate => line.duplicate,
            LedgerRow::Rejected => line.rejected,
        }
    }
}
