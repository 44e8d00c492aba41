//! Protects the numbers of cases and of points on the map, which depend on each other: the cases of
//! the year are the located and the unlocated ones, a located case has at least one point, and the cases
//! of the period are those of the year and of the months before.

use super::complementary::Table;
use super::year_before::YearBefore;
use super::{Count, PublishedCases, primary, trend};
use crate::tally::Statistics;

const LOCATED: usize = 0;
const UNLOCATED: usize = 1;

/// The numbers of cases, of points, and of unlocated cases, and what they mean for those of categories.
pub(super) fn protect(
    statistics: &Statistics,
    min_cell: u64,
) -> (PublishedCases, Count, Count, YearBefore<'_>) {
    let Statistics { cases, map, .. } = statistics;
    let mut table = Table::new(vec![cases.located_year, map.unlocated_cases], min_cell);
    table.protect();
    let mut points = primary::protect(map.point_count(), min_cell);
    // 40 cases, 36 points, "<5" unlocated: at most 36 are located, so 4 are not. The points give way.
    if let Count::Shown(number) = points
        && !table.clone().bounded(LOCATED, number).is_safe()
    {
        points = Count::Hidden;
    }
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
        located_year: table.parts[LOCATED],
    };
    let year_before = YearBefore::of(statistics, &cases, &table, min_cell);
    (cases, points, table.parts[UNLOCATED], year_before)
}
