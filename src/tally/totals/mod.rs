//! Statistics that somebody else counted: the figures of statistics tables, checked and gathered.

mod names;
mod of_state;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use chrono::NaiveDate;

use super::statistics::{Statistics, Unit};
use crate::failure::{Choice, Failure, Outcome, Position};
use crate::geo::PublicPoint;
use crate::jurisdiction::Jurisdiction;
use crate::period::Period;
use crate::read::{DATA_THROUGH, FigureRow, StatisticsRow, StatisticsTable};
use crate::vocabulary::Vocabulary;

/// Figures and periods that a message names.
const MOST_NAMED: usize = 12;

/// The figures of statistics tables.
pub struct Totals<'v> {
    vocabulary: &'v Vocabulary,
    period: Period,
    figures: BTreeMap<(Jurisdiction, String, String), Given>,
    /// Figures of any year, whatever the period that they stand with: the trend's.
    of_years: BTreeMap<(Jurisdiction, i32, String), Given>,
    /// Cases by state, year and all their places.
    places: BTreeMap<(Jurisdiction, i32), BTreeMap<Vec<PublicPoint>, Given>>,
    /// The last day of the data, by state.
    through: BTreeMap<Jurisdiction, (NaiveDate, Position)>,
    /// What periods and years the tables speak of.
    others: BTreeSet<(String, String, String)>,
    first_file: Option<String>,
    /// Whether any row is marked as made up.
    is_synthetic: bool,
}

/// A count as a table gives it.
struct Given {
    count: u64,
    position: Position,
}

impl<'v> Totals<'v> {
    /// No figure yet; those of another period or year than this one are passed over.
    pub fn new(vocabulary: &'v Vocabulary, period: Period) -> Self {
        Totals {
            vocabulary,
            period,
            figures: BTreeMap::new(),
            of_years: BTreeMap::new(),
            places: BTreeMap::new(),
            through: BTreeMap::new(),
            others: BTreeSet::new(),
            first_file: None,
            is_synthetic: false,
        }
    }

    /// Takes in all figures or places of a table.
    ///
    /// # Errors
    /// What [`StatisticsTable::advance`] finds, an unknown figure or place, and one that stands twice.
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

    /// The statistics of those of some states that the tables have. Without a table of
    /// places the map is not shaded.
    ///
    /// # Errors
    /// Figures that are missing, by name, and sums that don't fit their parts.
    pub fn statistics(&self, states: &[Jurisdiction], unit: Unit) -> Outcome<Vec<Statistics>> {
        let has = |state: &&Jurisdiction| self.figures.keys().any(|(of, ..)| of == *state);
        let present: Vec<Jurisdiction> = states.iter().filter(has).copied().collect();
        if present.is_empty() {
            return Err(self.nothing_wanted(states));
        }
        present
            .iter()
            .map(|state| self.of_state(*state, unit))
            .collect()
    }

    fn add(&mut self, row: &FigureRow<'_>) -> Outcome<()> {
        let (state, figure, category) = (row.state, row.figure, row.category);
        self.is_synthetic |= row.is_synthetic;
        let calls = &self.vocabulary.groups()[self.vocabulary.calls()];
        if figure == calls.key || (figure, category) == ("cases", "year") {
            self.add_of_year(row)?;
        }
        if row.period != self.period {
            let Period { from, to, year } = row.period;
            self.others
                .insert((from.to_string(), to.to_string(), year.to_string()));
            return Ok(());
        }
        names::check(self.vocabulary, figure, category)
            .map_err(|failure| failure.at(row.category_position()))?;
        if (figure, category) == DATA_THROUGH {
            let given = (row.day()?, row.count_position());
            return match self.through.insert(state, given) {
                None => Ok(()),
                Some((_, first)) => Err(twice(row, &first)),
            };
        }
        let given = Given {
            count: row.count()?,
            position: row.count_position(),
        };
        let key = (state, figure.to_owned(), category.to_owned());
        match self.figures.insert(key, given) {
            None => Ok(()),
            Some(first) => Err(twice(row, &first.position)),
        }
    }

    /// Keeps a figure that does not depend on the period: it must be the same with every period.
    fn add_of_year(&mut self, row: &FigureRow<'_>) -> Outcome<()> {
        let (state, year) = (row.state, row.period.year);
        let name = format!("{}.{}", row.figure, row.category);
        let count = row.count()?;
        let message = format!("{name} of {state} in {year} is {count}");
        let known = self
            .of_years
            .entry((state, year, name))
            .or_insert_with(|| Given {
                count,
                position: row.count_position(),
            });
        if known.count == count {
            return Ok(());
        }
        Err(Failure::data(format!(
            "{message}, but {} where it stands with another period ({})",
            known.count, known.position
        ))
        .at(row.count_position())
        .remedy("a year's cases and calls are the same in every period; keep the numbers that are right"))
    }

    fn nothing_wanted(&self, states: &[Jurisdiction]) -> Failure {
        let Period { from, to, year } = self.period;
        let whom = match states {
            [only] => only.name(),
            _ => "any state",
        };
        let failure = Failure::data(format!(
            "no figure of {whom} for {from} to {to} and the year {year}"
        ))
        .at(Position::file(self.first_file.clone().unwrap_or_default()));
        let others: Vec<String> = self
            .others
            .iter()
            .take(MOST_NAMED)
            .map(|(from, to, year)| format!("{from} to {to} with the year {year}"))
            .collect();
        match others.is_empty() {
            true => failure
                .remedy("the table has other states only: choose one of them, or another table")
                .choose(Choice::State),
            false => failure
                .remedy(format!("the table has: {}", others.join("; ")))
                .choose(Choice::Period),
        }
    }
}

/// A figure that stands twice.
fn twice(row: &FigureRow<'_>, first: &Position) -> Failure {
    Failure::data(format!(
        "{}.{} of {} stands twice; the first time at {first}",
        row.figure, row.category, row.state
    ))
    .at(row.count_position())
    .remedy("keep the one that is right")
}

#[cfg(test)]
mod tests;
