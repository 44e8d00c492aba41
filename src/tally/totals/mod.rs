//! Statistics that somebody else counted: the figures in statistics tables, checked and collected.

mod names;
mod of_area;
mod parts;
mod places;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use chrono::NaiveDate;

use super::statistics::{Statistics, Unit};
use crate::area::Area;
use crate::failure::{Choice, Failure, Outcome, Position};
use crate::geo::PublicPoint;
use crate::jurisdiction::Jurisdiction;
use crate::period::{Period, Timeframe, YearStart};
use crate::read::{DATA_THROUGH, FigureRow, RATE, StatisticsRow, StatisticsTable};
use crate::vocabulary::Vocabulary;

/// The maximum number of figures and periods that a message names.
const MOST_NAMED: usize = 12;

/// The figures in statistics tables.
pub struct Totals<'v> {
    vocabulary: &'v Vocabulary,
    figures: BTreeMap<(Area, Period), Figures>,
    /// Figures for any year, whatever the period of their rows: those of the trend.
    of_years: BTreeMap<(Area, YearStart, i32, String), Given>,
    /// Cases by state, year and all their places.
    places: BTreeMap<(Jurisdiction, i32), BTreeMap<Vec<PublicPoint>, Given>>,
    first_file: Option<String>,
    /// Whether any row is marked as synthetic.
    is_synthetic: bool,
}

/// The figures for an area and period.
#[derive(Default)]
struct Figures {
    counts: BTreeMap<(String, String), Given>,
    /// The last day of the data.
    through: Option<(NaiveDate, Position)>,
    /// The first thing that is wrong with them.
    failure: Option<Failure>,
}

/// A count as in a table.
struct Given {
    count: u64,
    position: Position,
}

impl<'v> Totals<'v> {
    /// No figure yet.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        Totals {
            vocabulary,
            figures: BTreeMap::new(),
            of_years: BTreeMap::new(),
            places: BTreeMap::new(),
            first_file: None,
            is_synthetic: false,
        }
    }

    /// Adds all figures or places in a table.
    ///
    /// # Errors
    /// What [`StatisticsTable::advance`] finds, an unknown place, and one that occurs twice.
    pub fn read(&mut self, table: &mut StatisticsTable<impl Read>) -> Outcome<()> {
        self.first_file
            .get_or_insert_with(|| table.file().to_owned());
        while let Some(row) = table.advance()? {
            match row {
                StatisticsRow::Figure(row) => self.add(&row)?,
                StatisticsRow::Places(row) => self.add_places(&row)?,
            }
        }
        Ok(())
    }

    /// The statistics for those of the areas that the tables have, each for the requested period: if several periods
    /// fit, the one with the last year, and among these the usual one or otherwise the longest. Without a table of
    /// places, the map isn't shaded.
    ///
    /// # Errors
    /// An unknown figure, and one that occurs twice; missing figures, by name, and sums that don't match their parts.
    pub fn statistics(
        &self,
        areas: &[Area],
        time: &Timeframe,
        unit: Unit,
    ) -> Outcome<Vec<Statistics>> {
        let fitting = |area: &Area| {
            let periods = self.periods_of(*area).filter(|period| time.fits(period));
            let best = periods.max_by_key(|period| {
                (
                    period.year,
                    period.is_usual(),
                    period.to,
                    Reverse(period.from),
                )
            });
            Some((*area, best?))
        };
        let present: Vec<(Area, Period)> = areas.iter().filter_map(fitting).collect();
        if present.is_empty() {
            return Err(self.nothing_wanted(areas, time));
        }
        present
            .iter()
            .map(|(area, period)| self.of_area(*area, *period, unit))
            .collect()
    }

    fn periods_of(&self, area: Area) -> impl Iterator<Item = Period> {
        let keys = self.figures.keys();
        keys.filter(move |(of, _)| *of == area)
            .map(|(_, period)| *period)
    }

    fn add(&mut self, row: &FigureRow<'_>) -> Outcome<()> {
        self.is_synthetic |= row.is_synthetic;
        let calls = &self.vocabulary.groups()[self.vocabulary.calls()];
        if row.figure == calls.key || (row.figure, row.category) == ("cases", "year") {
            self.add_of_year(row)?;
        }
        // Reported when the figures are requested: others may have any value.
        let figures = self.figures.entry((row.area, row.period)).or_default();
        if let Err(failure) = figures.add(row, self.vocabulary) {
            figures.failure.get_or_insert(failure);
        }
        Ok(())
    }

    /// Stores a figure that doesn't depend on the period: it must be the same in every period.
    fn add_of_year(&mut self, row: &FigureRow<'_>) -> Outcome<()> {
        let Period { year, starts, .. } = row.period;
        let area = row.area;
        let name = format!("{}.{}", row.figure, row.category);
        let count = row.count()?;
        let message = format!("{name} of {area} in {year} is {count}");
        let known = self
            .of_years
            .entry((area, starts, year, name))
            .or_insert_with(|| Given {
                count,
                position: row.count_position(),
            });
        if known.count == count {
            return Ok(());
        }
        Err(Failure::data(format!(
            "{message}, but {} in another row ({})",
            known.count, known.position
        ))
        .at(row.count_position())
        .remedy("a year's cases and calls are the same in every period; keep the numbers that are right"))
    }

    fn nothing_wanted(&self, areas: &[Area], time: &Timeframe) -> Failure {
        let whom = match areas {
            [only] => only.name(),
            _ => "any state".to_owned(),
        };
        let mut wanted = Vec::new();
        match (time.from, time.to) {
            (Some(from), Some(to)) => wanted.push(format!("{from} to {to}")),
            (Some(from), None) => wanted.push(format!("a period from {from}")),
            (None, Some(to)) => wanted.push(format!("a period to {to}")),
            (None, None) => {}
        }
        wanted.extend(time.year.map(|year| format!("the year {year}")));
        let wanted = match wanted.is_empty() {
            true => String::new(),
            false => format!(" for {}", wanted.join(" and ")),
        };
        let failure = Failure::data(format!("no numbers for {whom}{wanted}"))
            .at(Position::file(self.first_file.clone().unwrap_or_default()));
        let others = areas.iter().flat_map(|area| self.periods_of(*area));
        let others: BTreeSet<Period> = others.collect();
        let others: Vec<String> = others
            .iter()
            .take(MOST_NAMED)
            .map(|Period { from, to, year, .. }| format!("{from} to {to} with the year {year}"))
            .collect();
        if self.figures.is_empty() {
            return failure.remedy(
                "the table has no rows of numbers: was it exported completely? It needs a row for each number",
            );
        }
        match (others.is_empty(), areas) {
            (false, _) => failure
                .remedy(format!("the table has: {}", others.join("; ")))
                .choose(Choice::Period),
            (true, [Area::States(_) | Area::Region(_) | Area::Nation]) => failure
                .remedy(
                    "a case may be in several states, so an area's numbers aren't the sums of its states' \
                    numbers: count them from signals",
                )
                .choose(Choice::State),
            (true, _) => failure
                .remedy("the table has other states only: choose one of them, or another table")
                .choose(Choice::State),
        }
    }
}

impl Figures {
    fn add(&mut self, row: &FigureRow<'_>, vocabulary: &Vocabulary) -> Outcome<()> {
        let key = names::known(vocabulary, row.figure, row.category)
            .map_err(|failure| failure.at(row.category_position()))?;
        if row.figure == RATE {
            return Ok(());
        }
        if (row.figure, row.category) == DATA_THROUGH {
            let given = (row.day()?, row.count_position());
            return match self.through.replace(given) {
                None => Ok(()),
                Some((_, first)) => Err(twice(row, &first)),
            };
        }
        let given = Given {
            count: row.count()?,
            position: row.count_position(),
        };
        match self.counts.insert(key, given) {
            None => Ok(()),
            Some(first) => Err(twice(row, &first.position)),
        }
    }
}

/// A figure that occurs twice.
fn twice(row: &FigureRow<'_>, first: &Position) -> Failure {
    Failure::data(format!(
        "{}.{} of {} appears twice; the first time at {first}",
        row.figure, row.category, row.area
    ))
    .at(row.count_position())
    .remedy("keep the one that is right")
}

#[cfg(test)]
mod tests;
