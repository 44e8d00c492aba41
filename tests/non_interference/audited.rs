//! In today's sheets, the audit finds nothing: random data, with areas and years of all kinds and groups that have
//! totals, as the sheets of this year and last year. The audit is exact (docs/protection.md), and doesn't know the
//! protection rules.

use hotline_profile::audit::{self, Finding, What};
use hotline_profile::protect::{self, Protection};
use proptest::prelude::*;

use super::random::{Sheets, counted, csv, data, sheets};
use super::worlds::vocabulary;

/// The ways to a small number that two years' sheets reveal. Differences between exact numbers are known to be
/// printed (docs/protection.md); if periods move forward, such a difference is what one has and the other doesn't.
fn told(csv: &str, of: &Sheets) -> Vec<String> {
    let vocabulary = vocabulary();
    let protection = Protection::of(of.limit).unwrap();
    let sheets = counted(csv, of, &vocabulary)
        .iter()
        .map(|statistics| {
            let mut published = protect::publish(statistics, protection);
            published.counties = protect::counties(statistics, protection);
            if of.trend {
                protect::add_trend(&mut published, statistics);
            }
            let name = statistics.period.year.to_string();
            audit::sheet_of(&name, &published, &vocabulary).unwrap()
        })
        .collect();
    let audit = audit::audit(sheets);
    assert!(audit.undecided.is_empty(), "{:?}", audit.undecided);
    let moves_on = of.periods[0].from != of.periods[1].from;
    let is_difference = |finding: &Finding| match finding {
        Finding::Difference { .. } => true,
        Finding::Told { what, .. } => moves_on && *what == What::Added,
        Finding::Contradiction { .. } => false,
    };
    let findings = audit.findings.iter();
    let told = findings.filter(|finding| !is_difference(finding));
    told.map(|finding| format!("{}\n{finding:?}", audit.sentence(finding)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn an_audit_of_this_year_s_and_last_year_s_sheet_finds_nothing(
        data in data(),
        sheets in sheets(true),
    ) {
        let csv = csv(&data);
        let told = told(&csv, &sheets);
        prop_assert!(told.is_empty(), "{:#?}\n{csv}", told);
    }

    #[test]
    fn an_audit_of_sheets_whose_periods_move_on_finds_nothing(
        data in data(),
        sheets in sheets(false),
    ) {
        let csv = csv(&data);
        let told = told(&csv, &sheets);
        prop_assert!(told.is_empty(), "{:#?}\n{csv}", told);
    }
}
