//! Protects the numbers of cases and of points on the map, which depend on each other: the cases of
//! the year are the located and the unlocated ones, and a located case has at least one point.

use super::complementary::Table;
use super::{Count, PublishedCases, primary};
use crate::tally::{CaseCounts, LocatedCases};

const LOCATED: usize = 0;
const UNLOCATED: usize = 1;

/// The numbers of cases, of points, and of unlocated cases.
pub(super) fn protect(
    cases: &CaseCounts,
    map: &LocatedCases,
    min_cell: u64,
) -> (PublishedCases, Count, Count) {
    let mut table = Table::new(vec![cases.located_year, map.unlocated_cases], min_cell);
    table.protect();
    let mut points = primary::protect(map.points.len() as u64, min_cell);
    // 40 cases, 36 points, "<5" unlocated: at most 36 are located, so 4 are not. The points give way.
    if let Count::Shown(number) = points
        && !table.clone().bounded(LOCATED, number).is_safe()
    {
        points = Count::Hidden;
    }
    let cases = PublishedCases {
        period: primary::protect(cases.period, min_cell),
        year: table.total,
        located_year: table.parts[LOCATED],
    };
    (cases, points, table.parts[UNLOCATED])
}
