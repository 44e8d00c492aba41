//! The audit reports what protection doesn't cover: sheets of overlapping areas, two limits over the same data, and
//! sheets of single years together with the one for all. What it reports is true, and it reports everything that a
//! subtraction shows.

use hotline_profile::area::Area;
use hotline_profile::audit::{self, Audit, Finding, Printed, Sheet, Subject, What};
use hotline_profile::period::Period;
use hotline_profile::protect::{self, Protection};
use hotline_profile::read::{RejectsWriter, SignalReader};
use hotline_profile::tally::{Scope, Statistics, Tally, Unit};
use proptest::prelude::*;

use super::random::{csv, data};
use super::worlds::vocabulary;

/// A sheet, and the numbers behind it.
type Made = (Sheet, Statistics);

/// Sheets from random data: each with an area, a period and its last year, and a limit.
fn made(csv: &str, wanted: &[(&str, [&str; 2], u64)]) -> Vec<Made> {
    let vocabulary = vocabulary();
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let mut reader = SignalReader::open("data.csv", csv.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let scopes = wanted.iter().map(|(area, [from, to], _)| {
        let year = to[..4].parse().unwrap();
        let period = Period::of_calendar(from.parse().unwrap(), to.parse().unwrap(), year);
        Scope::of(Area::from_code(area).unwrap(), period)
    });
    let all = tally.statistics(&scopes.collect::<Vec<_>>());
    let made = all.into_iter().zip(wanted);
    made.map(|(statistics, (area, [from, to], limit))| {
        let protection = Protection::of(*limit).unwrap();
        let mut published = protect::publish(&statistics, protection);
        published.counties = protect::counties(&statistics, protection);
        let name = format!("{area} {from} {to} {limit}");
        let sheet = audit::sheet_of(&name, &published, &vocabulary).unwrap();
        (sheet, statistics)
    })
    .collect()
}

/// The number behind a printed one; `None` for those on the map or not, and for totals.
fn exact(statistics: &Statistics, name: &str) -> Option<u64> {
    let (figure, category) = name.rsplit_once('.')?;
    let venues = match figure {
        "venues.sex" => Some(&statistics.sex_venues),
        "venues.labor" => Some(&statistics.labor_venues),
        _ => None,
    };
    if let Some(venues) = venues {
        let found = venues.iter().find(|venue| venue.key == category);
        return Some(found.map_or(0, |venue| venue.cases));
    }
    match name {
        "cases.period" => Some(statistics.cases.period),
        "cases.year" => Some(statistics.cases.year),
        _ => {
            let group = statistics.groups.iter().find(|it| it.kind.key == figure)?;
            let mut categories = group.categories.iter();
            Some(categories.find(|it| it.key == category)?.count)
        }
    }
}

fn audited(made: &[Made]) -> Audit {
    audit::audit(made.iter().map(|(sheet, _)| sheet.clone()).collect())
}

/// What is reported is true: for each number, the true one is among those that it can be, and nothing contradicts.
fn is_true(audit: &Audit, made: &[Made]) -> Result<(), TestCaseError> {
    for finding in &audit.findings {
        match finding {
            Finding::Contradiction { .. } => {
                prop_assert!(false, "{}", audit.sentence(finding));
            }
            Finding::Told {
                what: What::Printed | What::Unlisted,
                at,
                values,
                ..
            } => {
                let name = &audit.sheets[at.sheet].name;
                let (_, statistics) = made.iter().find(|(sheet, _)| sheet.name == *name).unwrap();
                if let Some(number) = exact(statistics, &at.name) {
                    let is_among = values.contains(&(number as i64));
                    prop_assert!(is_among, "{number}: {}", audit.sentence(finding));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a sheet prints for a number.
fn printed(sheet: &Sheet, subject: &Subject) -> Option<Printed> {
    let mut statements = sheet.statements.iter();
    let found = statements.find(|it| it.subject == *subject && it.over == sheet.period);
    found.map(|it| it.printed)
}

/// Numbers printed as small that can't all be small, as a subtraction shows: those on one sheet, if the others
/// together with it are its parts. `[least, most]` is what their sum can be, as the whole prints it.
fn shown(parts: &[&Made], whole: &Made, is_sum: bool) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (at, (part, _)) in parts.iter().enumerate() {
        let limit = part.limit.unwrap();
        for statement in part.statements.iter().filter(|it| it.over == part.period) {
            let is_small = statement.printed.lo == 1 && statement.printed.hi == limit - 1;
            let is_part = matches!(statement.subject, Subject::Part { .. });
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Option<Vec<Printed>> = others
                .map(|(_, (sheet, _))| printed(sheet, &statement.subject))
                .collect();
            let (Some(others), Some(sum)) = (others, printed(&whole.0, &statement.subject)) else {
                continue;
            };
            let least = sum.lo - others.iter().map(|it| it.hi).sum::<i64>();
            let most = sum.hi - others.iter().map(|it| it.lo).sum::<i64>();
            if is_small && is_part && (least > 1 || (is_sum && most < limit - 1)) {
                all.push((part.name.clone(), statement.name.clone()));
            }
        }
    }
    all
}

fn tells(audit: &Audit, shown: &[(String, String)]) -> Result<(), TestCaseError> {
    for (sheet, name) in shown {
        let is_it = |finding: &Finding| match finding {
            Finding::Told { at, .. } => audit.sheets[at.sheet].name == *sheet && at.name == *name,
            _ => false,
        };
        prop_assert!(
            audit.findings.iter().any(is_it),
            "{sheet}: {name} isn't told"
        );
    }
    Ok(())
}

const ALL_YEARS: [&str; 2] = ["2013-01", "2016-12"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn an_audit_reports_what_an_area_reveals_about_its_states(data in data()) {
        let csv = csv(&data);
        let made = made(&csv, &["MT", "WY", "MT-WY"].map(|area| (area, ALL_YEARS, 5)));
        let audit = audited(&made);
        is_true(&audit, &made)?;
        let at_a_glance = audit::audit_at_a_glance(made.iter().map(|it| it.0.clone()).collect());
        for audit in [audit, at_a_glance] {
            is_true(&audit, &made)?;
            tells(&audit, &shown(&[&made[0], &made[1]], &made[2], false))?;
        }
    }

    #[test]
    fn an_audit_reports_what_two_limits_reveal(data in data()) {
        let csv = csv(&data);
        let made = made(&csv, &[("WY", ALL_YEARS, 5), ("WY", ALL_YEARS, 3)]);
        let audit = audited(&made);
        is_true(&audit, &made)?;
        tells(&audit, &shown(&[&made[0]], &made[1], true))?;
    }

    #[test]
    fn an_audit_reports_what_four_years_and_their_sum_reveal(data in data()) {
        let csv = csv(&data);
        let years = ["2013", "2014", "2015", "2016"];
        let months = years.map(|year| [format!("{year}-01"), format!("{year}-12")]);
        let mut wanted: Vec<(&str, [&str; 2], u64)> = months
            .iter()
            .map(|[from, to]| ("WY", [from.as_str(), to.as_str()], 5))
            .collect();
        wanted.push(("WY", ALL_YEARS, 5));
        let made = made(&csv, &wanted);
        let audit = audited(&made);
        is_true(&audit, &made)?;
        let parts: Vec<&Made> = made[..4].iter().collect();
        tells(&audit, &shown(&parts, &made[4], true))?;
    }
}
