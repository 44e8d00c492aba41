//! `compare`: what changed from one sheet to the next, for two years of data or two published files.

use std::io;

use chrono::NaiveDate;

use super::audit;
use super::counting::{self, Data};
use super::inputs::Passes;
use super::profiles;
use super::rejects::Rejects;
use super::resources;
use super::standard_output::print_report;
use super::teller::Teller;
use crate::area::Area;
use crate::cli::Compare;
use crate::failure::{Failure, Outcome, Position};
use crate::make::{self, Counted};
use crate::period::Timeframe;
use crate::protect::Published;
use crate::report::{Comparison, StaleEntry, comparison_json, comparison_table};

pub(super) fn run(compare: &Compare) -> Outcome<()> {
    let comparison = match compare.sheets.is_empty() {
        true => of_data(compare)?,
        false => of_sheets(compare)?,
    };
    let given_away = comparison.given_away();
    if !given_away.is_empty() {
        Teller::of(&compare.tell).warn(format_args!(
            "anyone who has both sheets can work out a number that is too small to print, from {}\n  \
             help: release only one of the two sheets, or make their periods overlap by fewer months",
            given_away.join(", ")
        ));
    }
    print_report(
        compare.report,
        || comparison_json(&comparison),
        || comparison_table(&comparison),
    )
}

/// For two years that are counted from the same data.
fn of_data(compare: &Compare) -> Outcome<Comparison> {
    let [earlier, later] = years(&compare.years)?;
    let area = compare.area.only_area()?;
    let data = Data::of(
        &compare.data,
        &compare.limits,
        &compare.tell,
        Passes::Several,
    )?;
    let teller = data.teller;
    counting::warn_if_unprotected(&compare.protection, teller);
    let count = |year| {
        let time = Timeframe {
            year: Some(year),
            from: compare.from,
            to: None,
            starts: compare.year.year_starts,
        };
        data.counting(vec![area], time, compare.count.unit)
    };
    let counted = data.count(&count(earlier), &mut Rejects::to(None, &data.inputs)?)?;
    data.tell_of_areas(&counted);
    let before = publish(&counted, compare, teller)?;
    drop(counted);
    // Notices about the data were already printed.
    let counted = make::statistics(&data.inputs, &count(later), io::sink())?;
    data.tell_of_areas(&counted);
    let after = publish(&counted, compare, teller)?;
    let as_of = profiles::day(&compare.review)?;
    let stale = stale(compare, area, as_of)?;
    Ok(Comparison::of(&before, &after, stale, as_of))
}

/// For two published sheets.
fn of_sheets(compare: &Compare) -> Outcome<Comparison> {
    let vocabulary = resources::vocabulary(compare.data.vocabulary.as_deref())?;
    let wording = compare.wording.wording.as_deref();
    let mut sheets = Vec::new();
    for path in &compare.sheets {
        let of_file = audit::sheets(std::slice::from_ref(path), &vocabulary, wording)?;
        let [sheet] = of_file.as_slice() else {
            let file = path.display().to_string();
            return Err(Failure::data(format!(
                "the file has {} sheets, but a comparison needs one sheet from each file",
                of_file.len()
            ))
            .at(Position::file(file))
            .remedy(
                "give files with one sheet each, as `stats --state NM --year 2016` writes them",
            ));
        };
        sheets.push(sheet.clone());
    }
    let [one, other] = sheets.as_slice() else {
        return Err(Failure::usage("this command compares two sheets")
            .remedy("give both files, as in compare 2015.pdf 2016.pdf"));
    };
    let as_of = profiles::day(&compare.review)?;
    let comparison = crate::audit::compare(one, other, &vocabulary, as_of)?;
    let stale = stale(compare, comparison.area, as_of)?;
    Ok(Comparison {
        stale,
        ..comparison
    })
}

/// The entries in an area's profiles that are due for another check.
fn stale(compare: &Compare, area: Area, as_of: NaiveDate) -> Outcome<Vec<StaleEntry>> {
    let mut stale = Vec::new();
    for state in area.states().iter() {
        let folder = compare.profiles.profiles.as_deref();
        let of_state = profiles::stale(folder, state, as_of)?.into_iter();
        stale.extend(of_state.map(|entry| StaleEntry {
            title: match area.state() {
                Some(_) => entry.title,
                None => format!("{state}: {}", entry.title),
            },
            ..entry
        }));
    }
    Ok(stale)
}

/// The two years, the earlier first.
fn years(given: &[i32]) -> Outcome<[i32; 2]> {
    match *given {
        [a, b] if a != b => Ok([a.min(b), a.max(b)]),
        _ => Err(Failure::usage("this command compares two different years")
            .remedy("give both, as in --year 2015 --year 2016, or two published sheets")),
    }
}

fn publish(counted: &Counted<'_>, compare: &Compare, teller: Teller) -> Outcome<Published> {
    counting::require_data(counted)?;
    let (published, notices) = make::numbers_alone(
        &counted.statistics[0],
        compare.protection.protection(),
        compare.count.additions(),
    );
    teller.tell_all(&notices);
    Ok(published)
}
