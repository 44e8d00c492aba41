//! `compare`: what changed from one year's sheet to the next.

use std::io;

use super::counting::{self, Data};
use super::inputs::Passes;
use super::profiles;
use super::rejects::Rejects;
use super::standard_output::print_report;
use super::teller::Teller;
use crate::cli::Compare;
use crate::failure::{Failure, Outcome};
use crate::make::{self, Counted};
use crate::period::Timeframe;
use crate::protect::Published;
use crate::report::{self, StaleEntry, comparison_json, comparison_table};

pub(super) fn run(compare: &Compare) -> Outcome<()> {
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
    let comparison = report::Comparison {
        stale,
        before: &before,
        after: &after,
        as_of,
    };
    let given_away = comparison.given_away();
    if !given_away.is_empty() {
        teller.warn(format_args!(
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

/// The two years, the earlier first.
fn years(given: &[i32]) -> Outcome<[i32; 2]> {
    match *given {
        [a, b] if a != b => Ok([a.min(b), a.max(b)]),
        _ => Err(Failure::usage("this command compares two different years")
            .remedy("give both, as in --year 2015 --year 2016")),
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
