//! Reads sheets from the CSV of statistics.

use std::collections::BTreeMap;

use super::names::Names;
use super::sheet::{Printed, Sheet, Span, Statement, states_of};
use crate::failure::{Failure, Outcome, Position};
use crate::period::Month;
use crate::protect::USUAL_MIN_CELL;
use crate::read::{COLUMNS, MARKING, SYNTHETIC_MARK, YEAR_STARTS};
use crate::report::INTERNAL_MARK;
use crate::tally::Unit;
use crate::vocabulary::Vocabulary;

/// The sheets in a CSV file: one for each area, period and year. CSV doesn't say what a figure counts and over which
/// time, so this comes from the vocabulary; a figure that it doesn't know is assumed to count cases in the period.
///
/// # Errors
/// A text that isn't a table of statistics, or is marked as internal.
pub fn read_csv(file: &str, text: &str, vocabulary: &Vocabulary) -> Outcome<Vec<Sheet>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let at_file = |failure: Failure| failure.at(Position::file(file.to_owned()));
    let headers = reader.headers().map_err(|error| at_file(broken(&error)))?;
    let headers = headers.clone();
    let place = |name: &str| headers.iter().position(|header| header.trim() == name);
    let places: Option<Vec<usize>> = COLUMNS.iter().map(|column| place(column)).collect();
    let places = places.ok_or_else(|| {
        at_file(Failure::data("the CSV isn't a sheet's statistics")).remedy(format!(
            "give the CSV that `hotline-profile stats` writes, with the columns {}",
            COLUMNS.join(", ")
        ))
    })?;
    let (marking, starts) = (place(MARKING), place(YEAR_STARTS));
    let mut sheets: BTreeMap<[String; 5], Sheet> = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| at_file(broken(&error)))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |place: usize| record.get(place).unwrap_or_default().trim();
        let [state, from, to, year, figure, category, count] =
            [0, 1, 2, 3, 4, 5, 6].map(|at| cell(places[at]));
        let at_cell = |column: usize, what: String| {
            let column = places[column] as u64 + 1;
            Failure::data(what).at(Position::line(file, line, Some(column)))
        };
        let is_marked = |mark| marking.is_some_and(|marking| cell(marking).contains(mark));
        if is_marked(INTERNAL_MARK) {
            return Err(at_cell(0, format!("the sheet is marked “{INTERNAL_MARK}”"))
                .remedy("give the published sheets: internal ones hide nothing"));
        }
        let month = |column: usize, text: &str| -> Outcome<Month> {
            text.parse().map_err(|error: String| at_cell(column, error))
        };
        let starts = starts
            .and_then(|starts| cell(starts).parse().ok())
            .unwrap_or(1);
        let known = [state, from, to, year, &starts.to_string()].map(str::to_owned);
        let period = Span::of(month(1, from)?, month(2, to)?);
        let year: i32 = year
            .parse()
            .map_err(|_| at_cell(3, format!("“{year}” isn't a year")))?;
        let sheet = sheets.entry(known).or_insert_with(|| Sheet {
            name: file.to_owned(),
            area: state.to_owned(),
            states: states_of(state),
            period,
            year,
            year_span: Span::of_year(year, starts),
            limit: None,
            is_synthetic: is_marked(SYNTHETIC_MARK),
            statements: Vec::new(),
            ledger: None,
        });
        let names = Names {
            period,
            year: sheet.year_span,
            starts,
            unit: Unit::Cases,
            vocabulary,
        };
        if let Some((subject, over)) = names.subject(figure, category) {
            let printed = Printed::parse(count)
                .ok_or_else(|| at_cell(6, format!("“{count}” isn't a printed number")))?;
            if printed.lo == 1 && printed.hi > 1 && count.contains('<') {
                sheet.limit = Some(printed.hi + 1);
            }
            sheet.statements.push(Statement {
                name: format!("{figure}.{category}"),
                subject,
                over,
                printed,
            });
        }
    }
    Ok(told_apart(file, sheets.into_values().collect()))
}

/// The sheets in a file with a name for each, and the usual limit unless a small number shows another.
fn told_apart(file: &str, mut sheets: Vec<Sheet>) -> Vec<Sheet> {
    let is_one = sheets.len() == 1;
    for sheet in &mut sheets {
        if !is_one {
            sheet.name = format!("{file} ({}, {})", sheet.area, sheet.year);
        }
        sheet.limit.get_or_insert(USUAL_MIN_CELL as i64);
    }
    sheets
}

fn broken(error: &csv::Error) -> Failure {
    Failure::data(format!("the file can't be read as CSV: {error}"))
}
