//! Two published editions of a sheet as a comparison, based on what each prints.

use chrono::NaiveDate;

use super::sheet::{ANY, Counted, Printed, Sheet, Span, Statement, Subject};
use super::side_by_side;
use crate::area::Area;
use crate::failure::{Failure, Outcome};
use crate::period::{Month, Period, YearStart};
use crate::protect::{Count, Pair};
use crate::report::{Compared, Comparison, Mark, Moves, settle_totals};
use crate::tally::{Ranking, Unit};
use crate::vocabulary::Vocabulary;

/// What has changed from one published sheet to another for the same area. The one whose period ends first comes
/// first; otherwise, the first one given. Numbers for the same time, or for times that have months in common, are
/// protected side by side. The limit is the larger of the two.
///
/// # Errors
/// Sheets that can't be compared: for different areas, with years that begin in different months, or one that counts
/// cases and one that counts victims.
pub fn compare(
    one: &Sheet,
    other: &Sheet,
    vocabulary: &Vocabulary,
    as_of: NaiveDate,
) -> Outcome<Comparison> {
    let time = |sheet: &Sheet| (sheet.period.to, sheet.year_span, sheet.period.from);
    let (before, after) = match time(other) < time(one) {
        true => (other, one),
        false => (one, other),
    };
    let area = common_area(before, after)?;
    let starts = |sheet: &Sheet| sheet.year_span.from.rem_euclid(12) as u32 + 1;
    if starts(before) != starts(after) {
        let years = |sheet: &Sheet| format!("{} ({})", sheet.year, sheet.year_span);
        return Err(cannot(
            before,
            after,
            &format!(
                "their years begin in different months: {} and {}",
                years(before),
                years(after)
            ),
        )
        .remedy("make both with years that begin in the same month"));
    }
    let unit = common_unit(before, after)?;
    let limit = before.limit.max(after.limit).unwrap_or(0);
    let limit = u64::try_from(limit).unwrap_or(0);
    let is_synthetic = before.is_synthetic || after.is_synthetic;
    Ok(Comparison {
        area,
        unit,
        min_cell: limit,
        marks: is_synthetic
            .then_some(Mark::Synthetic)
            .into_iter()
            .collect(),
        periods: [period(before)?, period(after)?],
        rows: rows(before, after, limit),
        moves: vec![
            moves("sex", Ranking::Sex, [before, after], vocabulary),
            moves("labor", Ranking::Labor, [before, after], vocabulary),
        ],
        stale: Vec::new(),
        as_of,
    })
}

fn cannot(before: &Sheet, after: &Sheet, why: &str) -> Failure {
    Failure::data(format!(
        "{} and {} can't be compared: {why}",
        before.name, after.name
    ))
}

fn common_area(before: &Sheet, after: &Sheet) -> Outcome<Area> {
    let area = |sheet: &Sheet| {
        Area::from_code(&sheet.area).ok_or_else(|| {
            Failure::data(format!(
                "{} is about “{}”, which isn't an area",
                sheet.name, sheet.area
            ))
        })
    };
    let (of_before, of_after) = (area(before)?, area(after)?);
    match of_before == of_after {
        true => Ok(of_after),
        false => Err(cannot(
            before,
            after,
            &format!(
                "one is about {}, the other about {}",
                of_before.name(),
                of_after.name()
            ),
        )
        .remedy("compare two sheets of the same state, region, or list of states")),
    }
}

fn common_unit(before: &Sheet, after: &Sheet) -> Outcome<Unit> {
    let counts_victims = |sheet: &Sheet| {
        let counts = |it: &Statement| {
            matches!(
                it.subject,
                Subject::Part {
                    of: Counted::Victims,
                    ..
                }
            )
        };
        sheet.statements.iter().any(counts)
    };
    match (counts_victims(before), counts_victims(after)) {
        (true, true) => Ok(Unit::Victims),
        (false, false) => Ok(Unit::Cases),
        _ => Err(cannot(
            before,
            after,
            "one counts cases, the other potential victims",
        )
        .remedy("make both so that they count the same")),
    }
}

/// The time of a sheet.
fn period(sheet: &Sheet) -> Outcome<Period> {
    let month = |number: i64| i32::try_from(number).map(Month::from_number);
    let Span { from, to } = sheet.period;
    let starts = YearStart::of(sheet.year_span.from.rem_euclid(12) as u32 + 1);
    Ok(Period {
        from: month(from).map_err(Failure::bug)?,
        to: month(to - 1).map_err(Failure::bug)?,
        year: sheet.year,
        starts: starts.unwrap_or(YearStart::JANUARY),
    })
}

fn rows(before: &Sheet, after: &Sheet, limit: u64) -> Vec<Compared> {
    let pairs = side_by_side(before, after).into_iter();
    let rows = pairs.map(|pair| {
        let numbers = (pair.before.and_then(count), pair.after.and_then(count));
        let over = |sheet: &Sheet| {
            let mut statements = sheet.statements.iter();
            statements.find(|it| it.name == pair.name).map(|it| it.over)
        };
        let have_time_in_common = match (over(before), over(after)) {
            (Some(one), Some(other)) => one.meets(other),
            _ => false,
        };
        let (figure, category) = pair.name.rsplit_once('.').unwrap_or((&pair.name, ""));
        Compared {
            figure: figure.to_owned(),
            category: category.to_owned(),
            pair: match numbers {
                // Times without a month in common have no case in common either, so a difference isn't a number of
                // cases.
                (Some(before), Some(after)) => Ok(Pair::of(
                    before,
                    after,
                    if have_time_in_common { limit } else { 0 },
                )),
                one => Err(one),
            },
        }
    });
    let mut rows: Vec<Compared> = rows.collect();
    let is_total = |row: &Compared| {
        let mut statements = after.statements.iter();
        statements.any(|it| matches!(it.subject, Subject::Total { .. }) && it.name == row.name())
    };
    settle_totals(&mut rows, is_total, limit);
    rows
}

/// The number as printed; `None` for a number that an old version hid.
fn count(printed: Printed) -> Option<Count> {
    let number = |number: i64| u64::try_from(number).ok();
    match (printed.lo, printed.hi) {
        (_, ANY) => None,
        (lo, hi) if lo == hi => number(lo).map(Count::Shown),
        (1, hi) => number(hi + 1).map(Count::Below),
        (lo, hi) => Some(Count::Range {
            from: number(lo)?,
            to: number(hi)?,
        }),
    }
}

fn moves(
    name: &'static str,
    ranking: Ranking,
    sheets: [&Sheet; 2],
    vocabulary: &Vocabulary,
) -> Moves {
    let names = ranking.list(vocabulary).entries();
    let [before, after] = sheets.map(|sheet| {
        let venues = sheet.statements.iter().filter_map(|it| match &it.subject {
            Subject::Part { group, key, .. } if group == ranking.figure() => {
                let known = names.iter().find(|entry| entry.key == *key);
                Some(known.map_or_else(|| key.clone(), |entry| entry.name.clone()))
            }
            _ => None,
        });
        venues.collect::<Vec<String>>()
    });
    Moves::of(name, &before, &after)
}
