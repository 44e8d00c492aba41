//! Editions that follow one another: each made beside those that are out, and two side by side as `compare` prints
//! them. What a reader has of them is audited: not even a small difference may follow from two.

use chrono::NaiveDate;
use hotline_profile::area::Area;
use hotline_profile::audit::{self, Finding, Printed, Sheet, What};
use hotline_profile::period::Period;
use hotline_profile::protect::{self, Count, Protection, Released};
use hotline_profile::tally::{Statistics, Unit};
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

/// All that follows from sheets; if so asked, without what only one has. Where periods move on, a difference of two
/// numbers isn't a number of cases.
fn told(sheets: Vec<Sheet>, without_added: bool) -> Vec<String> {
    let audit = audit::audit(sheets);
    assert!(audit.undecided.is_empty(), "{:?}", audit.undecided);
    let is_known = |finding: &&Finding| match finding {
        Finding::Told { what, .. } => without_added && *what == What::Added,
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

/// Six providers called by 2015 and one in 2016, when eight victims did: 15 in all would tell the one.
#[test]
fn a_total_beside_a_small_change_of_a_part_is_the_sum_of_what_is_printed() {
    let mut csv = "signal_id,case_id,received,state,signaler\n".to_owned();
    let mut number = 0;
    for (count, rest) in [
        (6, "2015-03-01,WY,Provider"),
        (1, "2016-03-01,WY,Provider"),
        (8, "2016-03-01,WY,Victim"),
    ] {
        for _ in 0..count {
            number += 1;
            csv += &format!("S{number},C{number},{rest}\n");
        }
    }
    let period = |year: i32| {
        Period::of_calendar(
            "2015-01".parse().unwrap(),
            format!("{year}-12").parse().unwrap(),
            year,
        )
    };
    let of = Sheets {
        area: Area::from_code("WY").unwrap(),
        unit: Unit::Cases,
        trend: false,
        limit: 5,
        periods: [2015, 2016].map(period),
    };
    let vocabulary = vocabulary();
    let of_years: Vec<Sheet> = counted_in(&csv, &of, &of.periods, &vocabulary)
        .iter()
        .map(|statistics| sheet(statistics, &of, &[], &vocabulary))
        .collect();
    let printed = |sheets: &[Sheet], name: &str| {
        let mut statements = sheets[1].statements.iter();
        let found = statements.find(|it| it.name == name).unwrap();
        found.printed.to_string()
    };
    let numbers = ["signaler.provider", "signaler.victim", "signaler.total"];
    assert_eq!(
        numbers.map(|name| printed(&of_years, name)),
        ["7", "8", "15"]
    );
    let compared = side_by_side(&of_years[0], &of_years[1], &vocabulary);
    assert_eq!(
        numbers.map(|name| printed(&compared, name)),
        ["7-10", "8", "15-18"]
    );
}
