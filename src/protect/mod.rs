//! Disclosure control: exact statistics become numbers that may be released (docs/protection.md).

mod bounded;
mod count;
mod counties;
mod difference;
mod interval;
mod period;
mod places;
mod protection;
mod published;
mod rate;
mod table;
mod trend;
mod venues;

pub use count::Count;
pub use counties::{CountyCases, counties};
pub use difference::{Change, Pair, Released};
pub use protection::{Protection, USUAL_MIN_CELL};
pub use published::{
    OperatorFigures, Published, PublishedCases, PublishedCategory, PublishedGroup, PublishedMap,
    PublishedVenue, PublishedYear, VenueRanking,
};
pub use rate::{Hundredths, PublishedRate, Rate};
pub use table::{Table, table};
pub use trend::add_trend;

use interval::Interval;
use period::Cases;

use crate::geo::Plane;
use crate::heat::{self, Shading};
use crate::tally::{CategoryCount, Group, GroupUnit, Statistics};
use crate::vocabulary::Over;

/// The statistics as they may be released, with the map but without its shading.
pub fn publish(statistics: &Statistics, protection: Protection) -> Published {
    publish_beside(statistics, protection, &Released::default())
}

/// The same, compared with earlier editions: a number for the period that has changed by little is a range.
pub fn publish_beside(
    statistics: &Statistics,
    protection: Protection,
    released: &Released,
) -> Published {
    let limit = protection.min_cell();
    let internal = protection.is_internal();
    let cases = Cases::of(statistics, limit);
    let (on, off) = cases.on_map.unzip();
    Published {
        area: statistics.area,
        period: statistics.period,
        unit: statistics.unit,
        min_cell: limit,
        internal,
        is_synthetic: statistics.is_synthetic,
        data_through: statistics.data_through,
        knows_cases: statistics.knows_cases,
        cases: PublishedCases {
            period: released
                .beside("cases.period", cases.period(), None, limit)
                .count(limit),
            year: cases.year.count(limit),
            located_year: on.map(|on| on.count(limit)),
        },
        groups: statistics
            .groups
            .iter()
            .map(|group| publish_group(&cases, group, released, limit))
            .collect(),
        call_types: statistics.call_types,
        sex_venues: venues::list(
            &cases,
            "venues.sex",
            &statistics.sex_venues,
            released,
            limit,
        ),
        labor_venues: venues::list(
            &cases,
            "venues.labor",
            &statistics.labor_venues,
            released,
            limit,
        ),
        map: PublishedMap {
            points: cases.points.map(Count::Shown),
            unlocated_cases: off.map(|off| off.count(limit)),
            shading: Shading::default(),
        },
        trend: None,
        counties: None,
        rate: None,
        operator: internal.then(|| OperatorFigures {
            non_substantive: statistics.non_substantive,
            ledger: statistics.ledger.clone(),
        }),
    }
}

/// Adds the shading of the map to published numbers.
pub fn add_shading(published: &mut Published, statistics: &Statistics) {
    let Some(cases) = statistics.map.of_year(published.period.year) else {
        return;
    };
    let on_map = places::on_map(cases, published.min_cell);
    published.map.shading = heat::shade(&on_map.points, Plane::of_area(published.area));
}

fn publish_group(
    cases: &Cases<'_>,
    group: &Group,
    released: &Released,
    limit: u64,
) -> PublishedGroup {
    let printed = |category: &CategoryCount| {
        let name = format!("{}.{}", group.kind.key, category.key);
        let alone = match (group.kind.unit, group.kind.over) {
            (GroupUnit::Cases, Over::Period) => {
                bounded::of_period(cases, &name, category.count, limit)
            }
            (GroupUnit::Cases, Over::Year) => bounded::of_year(cases, category.count, limit),
            // Mentions and signals aren't cases, and no printed number limits them.
            (GroupUnit::Mentions | GroupUnit::Signals, _) => Interval::of(category.count, limit),
        };
        match group.kind.over {
            Over::Period if group.kind.unit == GroupUnit::Cases => {
                bounded::beside(cases, &name, alone, released, limit)
            }
            Over::Period => released.beside(&name, alone, None, limit),
            // Two years have nothing in common.
            Over::Year => alone,
        }
    };
    let printed: Vec<Interval> = group.categories.iter().map(printed).collect();
    table::group(group, &printed, limit)
}

#[cfg(test)]
mod tests;
