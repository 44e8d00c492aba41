//! The trend: cases and signals of each whole year in the period, each as the sheet for that year prints it.

use super::{Published, PublishedYear, period, places, table};
use crate::tally::Statistics;

/// Adds the trend to published numbers, if the data have the numbers for every whole year, and no year before the
/// last has few cases: otherwise, the numbers for the period, on this sheet and the next, would have to leave the
/// number for that year open.
pub fn add_trend(published: &mut Published, statistics: &Statistics) {
    let limit = published.min_cell;
    let on_map = places::by_year(statistics, limit);
    let years = statistics.years.iter();
    let cases: Vec<_> = years
        .map(|counts| period::of_year(counts.year, counts.cases, &on_map, limit))
        .collect();
    let Some((_, earlier)) = cases.split_last() else {
        return;
    };
    if earlier.iter().any(|cases| cases.is_open_below(limit)) {
        return;
    }
    let years = statistics.years.iter().zip(cases);
    let years = years.map(|(counts, cases)| PublishedYear {
        year: counts.year,
        cases: cases.count(limit),
        signals: table::total_of_signals(&counts.calls, limit),
    });
    published.trend = Some(years.collect());
}
