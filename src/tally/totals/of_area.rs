//! The figures of an area as its statistics: required figures are there, and figures that follow from others match
//! them.

use super::{Given, MOST_NAMED, Totals};
use crate::area::Area;
use crate::failure::{Failure, Outcome, Position};
use crate::period::{Month, Period};
use crate::tally::results::rank_venues;
use crate::tally::statistics::{
    CaseCounts, CasesByPlaces, Group, GroupUnit, Ledger, LedgerLine, MapCases, Statistics, Unit,
    VenueCount, YearCounts,
};
use crate::vocabulary::{List, Over};

/// The figures of one area and period. Missing figures are collected and reported together.
struct Figures<'t, 'v> {
    totals: &'t Totals<'v>,
    given: &'t super::Figures,
    area: Area,
    period: Period,
    missing: Vec<String>,
}

impl Totals<'_> {
    pub(super) fn of_area(&self, area: Area, of: Period, unit: Unit) -> Outcome<Statistics> {
        let none = super::Figures::default();
        let given = self.figures.get(&(area, of)).unwrap_or(&none);
        if let Some(failure) = &given.failure {
            return Err(failure.clone());
        }
        let mut figures = Figures {
            totals: self,
            given,
            area,
            period: of,
            missing: Vec::new(),
        };
        let (period, year) = (
            figures.needed("cases", "period"),
            figures.needed("cases", "year"),
        );
        let groups = figures.groups(unit);
        let call_types = self.vocabulary.calls();
        let calls = groups[call_types].kind.key.as_str();
        let non_substantive = figures.get(calls, "non_substantive");
        figures.is_complete()?;
        for group in &groups {
            if let Some(total) = group.total() {
                let what = format!("the sum of the {}", group.kind.heading.to_lowercase());
                figures.agrees(&group.kind.key, "total", total, &what)?;
            }
        }
        figures.fit_cases(&groups, of)?;
        let years = figures.years(unit);
        let in_years = sum(years.iter().map(|counts| counts.cases));
        if in_years > period {
            figures.agrees("cases", "period", in_years, "the sum of its whole years")?;
        }
        self.check_places(area, |of_year| match of_year == of.year {
            true => Some(year),
            false => {
                let mut years = years.iter();
                years
                    .find(|counts| counts.year == of_year)
                    .map(|counts| counts.cases)
            }
        })?;
        let parts = self.parts(area, &of, unit);
        let first_year = match parts.is_empty() {
            true => 0,
            false => self.cases_of_first_year(area, of),
        };
        let map = self.map(area, &of);
        figures.fit_map(&map, year)?;
        Ok(Statistics {
            years,
            parts,
            area,
            period: of,
            unit,
            data_through: given.through.as_ref().map(|(day, _)| Month::of(*day)),
            is_synthetic: self.is_synthetic,
            knows_cases: true,
            cases: CaseCounts {
                period,
                year,
                first_year,
            },
            groups,
            call_types,
            non_substantive,
            sex_venues: figures.venues("venues.sex", &self.vocabulary.sex_venue),
            labor_venues: figures.venues("venues.labor", &self.vocabulary.labor_venue),
            map,
            ledger: Ledger {
                files: Vec::new(),
                total: figures.ledger()?,
            },
        })
    }

    fn cases_of_first_year(&self, area: Area, of: Period) -> u64 {
        let figure = "cases.year".to_owned();
        let in_first_year = (area, of.starts, *of.years().start(), figure);
        self.of_years
            .get(&in_first_year)
            .map_or(0, |given| given.count)
    }
}

impl Figures<'_, '_> {
    fn given(&self, figure: &str, category: &str) -> Option<&Given> {
        let key = (figure.to_owned(), category.to_owned());
        self.given.counts.get(&key)
    }

    fn get(&self, figure: &str, category: &str) -> Option<u64> {
        self.given(figure, category).map(|given| given.count)
    }

    /// A figure that the statistics need: see [`Self::is_complete`].
    fn needed(&mut self, figure: &str, category: &str) -> u64 {
        let count = self.get(figure, category);
        if count.is_none() {
            self.missing.push(format!("{figure}.{category}"));
        }
        count.unwrap_or(0)
    }

    /// Whether all figures that were needed so far are there.
    fn is_complete(&self) -> Outcome<()> {
        if self.missing.is_empty() {
            return Ok(());
        }
        let named: Vec<_> = self.missing.iter().take(MOST_NAMED).cloned().collect();
        let more = match self.missing.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Err(Failure::data(format!(
            "{} of the figures of {} are missing: {}{more}",
            self.missing.len(),
            self.area,
            named.join(", ")
        ))
        .at(Position::file(
            self.totals.first_file.clone().unwrap_or_default(),
        ))
        .remedy("every category needs a row; write 0 where there is none"))
    }

    /// The groups. One may be left out, but only as a whole: then nothing is known about it.
    fn groups(&mut self, unit: Unit) -> Vec<Group> {
        let vocabulary = self.totals.vocabulary;
        let groups = vocabulary.groups().iter();
        groups
            .map(|group| {
                let mut entries = group.counted();
                let is_given = entries.any(|(_, entry)| self.get(&group.key, &entry.key).is_some());
                if is_given {
                    let entries = group.list.entries();
                    Group::of(group, unit, |category| {
                        self.needed(&group.key, &entries[category].key)
                    })
                } else {
                    let is_of_calls = group.key == vocabulary.groups()[vocabulary.calls()].key;
                    let all = is_of_calls.then(|| self.get(&group.key, "total"));
                    Group::unknown(group, unit, all.flatten())
                }
            })
            .collect()
    }

    /// A venue that isn't in the table has no cases.
    fn venues(&self, figure: &str, list: &List) -> Vec<VenueCount> {
        let entries = list.entries().iter();
        let counts: Vec<u64> = entries
            .map(|entry| self.get(figure, &entry.key).unwrap_or(0))
            .collect();
        rank_venues(list, &counts)
    }

    /// Cases and calls of each whole year of the period; none unless the tables have all of them. Calls that the
    /// sheet's own figures leave out are unknown of its years too.
    fn years(&self, unit: Unit) -> Vec<YearCounts> {
        let years = self.period.whole_years();
        let years: Option<Vec<_>> = years.map(|year| self.of_year(year, unit)).collect();
        years.unwrap_or_default()
    }

    fn of_year(&self, year: i32, unit: Unit) -> Option<YearCounts> {
        let get = |name: String| {
            let key = (self.area, self.period.starts, year, name);
            self.totals.of_years.get(&key).map(|given| given.count)
        };
        let vocabulary = self.totals.vocabulary;
        let group = &vocabulary.groups()[vocabulary.calls()];
        let entries = group.list.entries();
        let mut is_complete = true;
        let mut counted = group.counted();
        let calls = match counted.any(|(_, entry)| self.get(&group.key, &entry.key).is_some()) {
            true => Group::of(group, unit, |category| {
                let count = get(format!("{}.{}", group.key, entries[category].key));
                is_complete &= count.is_some();
                count.unwrap_or(0)
            }),
            false => Group::unknown(group, unit, get(format!("{}.total", group.key))),
        };
        is_complete.then_some(YearCounts {
            year,
            cases: get("cases.year".to_owned())?,
            calls,
        })
    }

    /// That no part is more than its whole: cases that mention something are cases of the period or the year, and
    /// a year that the period holds whole has no more than the period.
    fn fit_cases(&self, groups: &[Group], of: Period) -> Outcome<()> {
        let (period, year) = (self.get("cases", "period"), self.get("cases", "year"));
        let is_within = |year: i32| of.whole_years().any(|whole| whole == year);
        if is_within(of.year) {
            self.is_at_most(("cases", "year"), period, "cases.period")?;
        }
        for group in groups
            .iter()
            .filter(|group| group.kind.unit == GroupUnit::Cases)
        {
            let (whole, name) = match group.kind.over {
                Over::Period => (period, "cases.period"),
                Over::Year => (year, "cases.year"),
            };
            for category in &group.categories {
                self.is_at_most((&group.kind.key, &category.key), whole, name)?;
            }
        }
        for (figure, list) in [
            ("venues.sex", &self.totals.vocabulary.sex_venue),
            ("venues.labor", &self.totals.vocabulary.labor_venue),
        ] {
            for entry in list.entries() {
                self.is_at_most((figure, &entry.key), period, "cases.period")?;
            }
        }
        Ok(())
    }

    /// A figure that is part of another.
    fn is_at_most(
        &self,
        (figure, category): (&str, &str),
        whole: Option<u64>,
        name: &str,
    ) -> Outcome<()> {
        match (self.given(figure, category), whole) {
            (Some(part), Some(whole)) if part.count > whole => Err(Failure::data(format!(
                "{figure}.{category} of {} is {}, but {name}, which it is part of, is {whole}",
                self.area, part.count
            ))
            .at(part.position.clone())
            .remedy("correct one of them; if the table counts victims, set `unit` to “victims”")),
            _ => Ok(()),
        }
    }

    /// That the figures of the map, which say how many of the year's cases have a place but not where, fit
    /// each other and the places.
    fn fit_map(&self, map: &MapCases, year: u64) -> Outcome<()> {
        let at_places = map.of_year(self.period.year).map(CasesByPlaces::cases);
        if let Some(located) = at_places {
            self.agrees("cases", "located_year", located, "the sum of the places")?;
        }
        let located = at_places.or(self.get("cases", "located_year"));
        let Some(located) = located else {
            return Ok(());
        };
        if located > year {
            return self.agrees("cases", "located_year", year, "at most cases.year");
        }
        self.agrees(
            "map",
            "unlocated_cases",
            year - located,
            "cases.year less cases.located_year",
        )
    }

    fn ledger(&self) -> Outcome<LedgerLine> {
        let count = |category| self.get("ledger", category).unwrap_or(0);
        let line = LedgerLine {
            rows_read: count("rows_read"),
            used: count("used"),
            outside_period: count("outside_period"),
            other_state: count("other_state"),
            duplicate: count("duplicate"),
            rejected: count("rejected"),
        };
        let parts = [
            line.used,
            line.outside_period,
            line.other_state,
            line.duplicate,
            line.rejected,
        ];
        self.agrees(
            "ledger",
            "rows_read",
            sum(parts),
            "the sum of the other lines",
        )?;
        Ok(line)
    }

    /// A figure that follows from others may be left out, but must not contradict them.
    fn agrees(&self, figure: &str, category: &str, expected: u64, what: &str) -> Outcome<()> {
        match self.given(figure, category) {
            Some(found) if found.count != expected => Err(Failure::data(format!(
                "{figure}.{category} of {} is {}, but {what} is {expected}",
                self.area, found.count
            ))
            .at(found.position.clone())
            .remedy(
                "correct one of them, or leave this row out: it can be computed from the others",
            )),
            _ => Ok(()),
        }
    }
}

/// Counts are small enough for their sums to be counts: a row of a table has at most 2^53, and a list of a
/// vocabulary has at most 64 categories.
fn sum(counts: impl IntoIterator<Item = u64>) -> u64 {
    counts.into_iter().sum()
}
