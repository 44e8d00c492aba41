//! Protects the trend: cases and signals of each whole year of the period.
//!
//! The years add up to the cases of the period, together with months of years that are not whole. A small
//! year is printed as "<5", and then the period's number is hidden, not another year: so every sheet that
//! has a year prints the same of it, and two sheets can't be held side by side to find what one hides.
//! A year's signals have no sum; they are what the sheet of that year prints.

use super::complementary::Table;
use super::{Count, Published, PublishedGroup, PublishedYear, ledger, primary, totals};
use crate::tally::{GroupUnit, Statistics, YearCounts};
use crate::vocabulary::Over;

/// Adds the trend to published numbers, where there are whole years and they give nothing away; the
/// period's number of cases may be hidden for it.
pub fn add_trend(published: &mut Published, statistics: &Statistics) {
    let limit = published.min_cell;
    if statistics.years.is_empty() {
        return;
    }
    let years: Vec<PublishedYear> = statistics
        .years
        .iter()
        .map(|counts| {
            let is_focal = counts.year == published.period.year;
            PublishedYear {
                year: counts.year,
                cases: if is_focal {
                    published.cases.year
                } else {
                    cases_of_other_year(counts.cases, limit)
                },
                signals: if is_focal {
                    published.calls_total()
                } else {
                    totals::total(&counts.calls, limit)
                },
            }
        })
        .collect();
    if !years_are_open(statistics, published.cases.year, limit) {
        if matches!(published.cases.period, Count::Below(_)) || tells_a_sum(published, &years) {
            return;
        }
        published.cases.period = Count::Hidden;
    }
    published.trend = Some(years);
    published.ledger = ledger::protect(statistics, published);
}

/// Whether no whole year of the period has a number of cases that is not printed, and what is left of the
/// period no small one. `of_year` is the number of the focal year, as it is printed.
pub(super) fn years_are_open(statistics: &Statistics, of_year: Count, limit: u64) -> bool {
    let years = &statistics.years;
    if years.is_empty() {
        return true;
    }
    let is_shown = |counts: &YearCounts| {
        let cases = if counts.year == statistics.period.year {
            of_year
        } else {
            cases_of_other_year(counts.cases, limit)
        };
        cases.shown().is_some()
    };
    let in_years: u64 = years.iter().map(|counts| counts.cases).sum();
    // Months of years that are not whole are not printed, but are what is left of the period.
    let left = statistics.cases.period.saturating_sub(in_years);
    years.iter().all(is_shown) && !(1..limit).contains(&left)
}

/// The cases of a year that has a sheet of its own, where they are printed with those that have a place
/// and those that have none. How many these are is not known here: the number is hidden when any division
/// makes that sheet hide it.
fn cases_of_other_year(cases: u64, limit: u64) -> Count {
    // Numbers that a division of two small parts, or of a small and a least one, can make unsafe.
    if (limit..2 * limit).contains(&cases) {
        let hides = |located: u64| {
            let mut table = Table::new(vec![located, cases - located], limit);
            table.protect();
            table.total == Count::Hidden
        };
        if (0..=cases).any(hides) {
            return Count::Hidden;
        }
    }
    primary::protect(cases, limit)
}

/// Whether a reader knows more of the years' sum than the years tell: that a period of whole years has at
/// least as many cases as mention a category or a venue.
fn tells_a_sum(published: &Published, years: &[PublishedYear]) -> bool {
    let period = published.period;
    if (period.from.month, period.to.month) != (1, 12) {
        return false;
    }
    let is_of_period = |group: &&PublishedGroup| {
        group.kind.unit == GroupUnit::Cases && group.kind.over == Over::Period
    };
    let categories = published
        .groups
        .iter()
        .filter(is_of_period)
        .flat_map(|group| &group.categories)
        .map(|category| category.count);
    let venues = [&published.sex_venues, &published.labor_venues];
    let venues = venues.into_iter().flat_map(|ranking| &ranking.listed);
    let known = categories
        .chain(venues.map(|venue| venue.cases))
        .filter_map(Count::shown)
        .max();
    let least: u64 = years
        .iter()
        .map(|year| match year.cases {
            Count::Shown(number) => number,
            Count::Below(_) | Count::Range { .. } | Count::Hidden => 1,
        })
        .sum();
    known.is_some_and(|known| known > least)
}
