//! Reads sheets from the CSV of statistics.

use std::collections::BTreeMap;

use super::sheet::{Counted, Printed, Sheet, Span, Statement, Subject};
use crate::failure::{Failure, Outcome, Position};
use crate::period::Month;
use crate::protect::USUAL_MIN_CELL;
use crate::read::{COLUMNS, MARKING};
use crate::report::INTERNAL_MARK;
use crate::vocabulary::{Counts, Over, Vocabulary};

/// One more column of sheets of fiscal years.
const YEAR_STARTS: &str = "year_starts";

/// The sheets in a CSV file: one for each area, period and year. The vocabulary has what each figure counts, over
/// which time, which CSV doesn't say; a figure that it doesn't know is taken for one of cases of the period.
///
/// # Errors
/// A text that isn't a table of statistics, and one that is marked as internal.
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
        if marking.is_some_and(|marking| cell(marking).contains(INTERNAL_MARK)) {
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
        let printed = Printed::parse(count)
            .ok_or_else(|| at_cell(6, format!("“{count}” isn't a printed number")))?;
        let sheet = sheets.entry(known).or_insert_with(|| Sheet {
            name: file.to_owned(),
            area: state.to_owned(),
            states: state.split('+').map(str::to_owned).collect(),
            period,
            year,
            year_span: Span::of_year(year, starts),
            limit: None,
            statements: Vec::new(),
            ledger: None,
        });
        if let Some((subject, over)) = subject(figure, category, sheet, starts, vocabulary) {
            sheet.statements.push(Statement {
                name: format!("{figure}.{category}"),
                subject,
                over,
                printed,
            });
        }
        if count.trim_start_matches('\'').starts_with('<') {
            sheet.limit = Some(printed.hi + 1);
        }
    }
    let is_one = sheets.len() == 1;
    let mut sheets: Vec<Sheet> = sheets.into_values().collect();
    for sheet in &mut sheets {
        if !is_one {
            sheet.name = format!("{file} ({}, {})", sheet.area, sheet.year);
        }
        // Nothing small is there to tell the limit by.
        sheet.limit.get_or_insert(USUAL_MIN_CELL as i64);
    }
    Ok(sheets)
}

fn broken(error: &csv::Error) -> Failure {
    Failure::data(format!("the file can't be read as CSV: {error}"))
}

/// What a figure counts, over which time; `None` for one that tells nothing of other numbers.
fn subject(
    figure: &str,
    category: &str,
    sheet: &Sheet,
    starts: u32,
    vocabulary: &Vocabulary,
) -> Option<(Subject, Span)> {
    let (period, year) = (sheet.period, sheet.year_span);
    let of_year = |category: &str| Some(Span::of_year(category.parse().ok()?, starts));
    let calls = &vocabulary.groups()[vocabulary.calls()].key;
    let (of, over) = match (figure, category) {
        ("cases", "period") => return Some((Subject::Cases, period)),
        ("cases", "year") => return Some((Subject::Cases, year)),
        ("cases", "located_year") => return Some((Subject::OnMap, year)),
        ("map", "unlocated_cases") => return Some((Subject::OffMap, year)),
        ("trend.cases", _) => return Some((Subject::Cases, of_year(category)?)),
        ("trend.signals", _) => {
            let total = Subject::Total {
                of: Counted::Signals,
                group: calls.clone(),
            };
            return Some((total, of_year(category)?));
        }
        ("map" | "ledger", _) | (_, "non_substantive") => return None,
        _ => match vocabulary.group(figure) {
            Some((_, group)) => {
                let of = match group.counts {
                    Counts::Cases => Counted::Cases,
                    Counts::Signals => Counted::Signals,
                };
                let over = match group.over {
                    Over::Period => period,
                    Over::Year => year,
                };
                (of, over)
            }
            None => (Counted::Cases, period),
        },
    };
    let group = figure.to_owned();
    let subject = match category {
        "total" => Subject::Total { of, group },
        key => Subject::Part {
            of,
            group,
            key: key.to_owned(),
        },
    };
    Some((subject, over))
}
