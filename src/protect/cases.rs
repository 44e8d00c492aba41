//! Protects the numbers of cases, which depend on each other: the cases of the year are those on the map and
//! those that are not, and the cases of the period are those of the year and of the months before.

use super::complementary::Table;
use super::year_before::YearBefore;
use super::{Count, PublishedCases, places, primary, trend};
use crate::tally::Statistics;

const LOCATED: usize = 0;
const UNLOCATED: usize = 1;

/// The numbers of cases, of points, and of cases not on the map, and what they mean for those of categories.
pub(super) fn protect(
    statistics: &Statistics,
    min_cell: u64,
) -> (PublishedCases, Option<Count>, Option<Count>, YearBefore<'_>) {
    let Statistics {
        cases, map, period, ..
    } = statistics;
    let of_year = map.of_year(period.year);
    let points = of_year.map(|cases| places::on_map(cases, min_cell).points.len() as u64);
    let years = places::by_year(statistics, min_cell).into_iter();
    let parts = years.filter(|of| of.year == period.year);
    let (on, off) = parts
        .map(|of| (of.on, of.off))
        .next()
        .unwrap_or((0, cases.year));
    let mut table = Table::new(vec![on, off], min_cell);
    table.protect();
    let mut period = primary::protect(cases.period, min_cell);
    if statistics.period.has_whole(statistics.period.year) {
        let is_safe = match (period, table.total) {
            // 18 cases in the period and 17 in its last year: one in all the years before.
            (Count::Shown(all), Count::Shown(of_year)) => {
                !(1..min_cell).contains(&all.saturating_sub(of_year))
            }
            // 7 cases in this period, 4 in the one that began a year before: at least 3 in the year.
            (_, Count::Shown(_)) => true,
            _ => false,
        };
        if !is_safe {
            period = Count::Hidden;
        }
    }
    // Where each sheet's period begins in the same month, the periods of two sheets differ by the later
    // year: what a small year makes one sheet hide, the next one would tell.
    let is_shown = period.shown().is_some();
    if is_shown && !trend::years_are_open(statistics, table.total, min_cell) {
        period = Count::Hidden;
    }
    let cases = PublishedCases {
        period,
        year: table.total,
        located_year: points.map(|_| table.parts[LOCATED]),
    };
    let year_before = YearBefore::of(statistics, &cases, &table, min_cell);
    let unlocated = points.map(|_| table.parts[UNLOCATED]);
    (cases, points.map(Count::Shown), unlocated, year_before)
}
