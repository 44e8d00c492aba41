//! The trend: cases and signals of each whole year of the period, each as the sheet of that year prints it.
//! The period's number is the sum of these in any case, so the trend tells nothing that other sheets don't.

use super::{Published, PublishedYear, period, places, totals};
use crate::tally::Statistics;

/// Adds the trend to published numbers, where the data have the numbers of every whole year.
pub fn add_trend(published: &mut Published, statistics: &Statistics) {
    let limit = published.min_cell;
    if statistics.years.is_empty() {
        return;
    }
    let on_map = places::by_year(statistics, limit);
    let years = statistics.years.iter().map(|counts| PublishedYear {
        year: counts.year,
        cases: period::of_year(counts.year, counts.cases, &on_map, limit).count(limit),
        signals: totals::of_signals(&counts.calls, limit),
    });
    published.trend = Some(years.collect());
}
