//! Editions that follow one another: each made beside those that are out, and two side by side as `compare` prints
//! them. What a reader has of them is audited: not even a small difference may follow.

use chrono::NaiveDate;
use hotline_profile::audit::{self, Finding, Printed, Sheet, What};
use hotline_profile::period::Period;
use hotline_profile::protect::{self, Count, Protection, Released};
use hotline_profile::tally::Statistics;
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;

use super::random::{Sheets, counted_in, csv, data, sheets};
use super::worlds::vocabulary;

fn sheet(statistics: &Statistics, of: &Sheets, out: &[Sheet], vocabulary: &Vocabulary) -> Sheet {
    let protection = Protection::of(of.limit).unwrap();
    let released = match out {
        [] => Released::default(),
        out => audit::numbers_out(out, statistics),
    };
    let mut published = protect::publish_beside(statistics, protection, &released);
    published.counties = protect::counties(statistics, protection);
    if of.trend {
        protect::add_trend(&mut published, statistics);
    }
    let name = statistics.period.year.to_string();
    audit::sheet_of(&name, &published, vocabulary).unwrap()
}

/// All that follows from sheets; of those whose periods move on without what only one has: there a difference of two
/// numbers isn't a number of cases.
fn told(sheets: Vec<Sheet>, moves_on: bool) -> Vec<String> {
    let audit = audit::audit(sheets);
    assert!(audit.undecided.is_empty(), "{:?}", audit.undecided);
    let is_known = |finding: &&Finding| match finding {
        Finding::Told { what, .. } => moves_on && *what == What::Added,
        _ => false,
    };
    let findings = audit.findings.iter();
    let told = findings.filter(|finding| !is_known(finding));
    told.map(|finding| format!("{}\n{finding:?}", audit.sentence(finding)))
        .collect()
}

/// Three years whose periods begin in one month.
fn three_years(of: &Sheets) -> Vec<Period> {
    let starts = of.periods[0].starts;
    let from = of.periods[0].from.min(starts.first(2014));
    let years = 2014..=2016;
    years
        .map(|year| Period {
            from,
            to: starts.last(year),
            year,
            starts,
        })
        .collect()
}

fn printed(count: Count) -> Printed {
    let (lo, hi) = match count {
        Count::Shown(number) => (number, number),
        Count::Below(limit) => (1, limit - 1),
        Count::Range { from, to } => (from, to),
    };
    Printed {
        lo: lo as i64,
        hi: hi as i64,
    }
}

/// The two sheets as `compare` prints them.
fn side_by_side(before: &Sheet, after: &Sheet, vocabulary: &Vocabulary) -> Vec<Sheet> {
    let as_of = NaiveDate::from_ymd_opt(2017, 1, 1).unwrap();
    let compared = audit::compare(before, after, vocabulary, as_of).unwrap();
    let mut sheets = vec![before.clone(), after.clone()];
    for row in &compared.rows {
        let name = format!("{}.{}", row.figure, row.category);
        let Ok(pair) = &row.pair else { continue };
        for (sheet, count) in sheets.iter_mut().zip([pair.before, pair.after]) {
            let mut statements = sheet.statements.iter_mut();
            if let Some(statement) = statements.find(|it| it.name == name) {
                statement.printed = printed(count);
            }
        }
    }
    sheets
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn an_audit_of_three_editions_each_made_beside_the_earlier_ones_finds_nothing(
        data in data(),
        of in sheets(true),
    ) {
        let csv = csv(&data);
        let vocabulary = vocabulary();
        let mut out: Vec<Sheet> = Vec::new();
        for statistics in counted_in(&csv, &of, &three_years(&of), &vocabulary) {
            let next = sheet(&statistics, &of, &out, &vocabulary);
            out.push(next);
        }
        let told = told(out, false);
        prop_assert!(told.is_empty(), "{:#?}\n{csv}", told);
    }

    #[test]
    fn an_audit_of_what_compare_prints_finds_nothing(
        data in data(),
        of in prop_oneof![sheets(true), sheets(false)],
    ) {
        let csv = csv(&data);
        let vocabulary = vocabulary();
        let of_years: Vec<Sheet> = counted_in(&csv, &of, &of.periods, &vocabulary)
            .iter()
            .map(|statistics| sheet(statistics, &of, &[], &vocabulary))
            .collect();
        let moves_on = of.periods[0].from != of.periods[1].from;
        let told = told(side_by_side(&of_years[0], &of_years[1], &vocabulary), moves_on);
        prop_assert!(told.is_empty(), "{:#?}\n{csv}", told);
    }
}
