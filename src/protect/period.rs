//! Protects the numbers of cases: of each year those on the map and those not, the years, and the period.
//!
//! A total is printed as the sum of its parts as printed, so that it is a function of what stands beside it
//! and of nothing else. The parts of the period are its years, as the sheets of these years print them: what
//! two sheets say together is then no more than what each says.

use std::collections::BTreeMap;

use super::interval::{Interval, is_small};
use super::places::{self, YearOnMap};
use crate::tally::{PeriodPart, Statistics};

/// The numbers of cases as they are printed.
pub(super) struct Cases<'a> {
    /// The parts of the period, in order.
    pub parts: Vec<Part<'a>>,
    pub year: Interval,
    /// Cases of the year on the map and not on it; `None` where the data tell nothing of places.
    pub on_map: Option<(Interval, Interval)>,
}

/// A part of the period.
pub(super) struct Part<'a> {
    /// Its cases.
    pub cases: Interval,
    /// Those of the period up to its end.
    pub so_far: Interval,
    /// How many of its cases mention a category or venue, by the name of the figure; `None` where that is not
    /// known.
    pub mentions: Option<&'a BTreeMap<String, u64>>,
}

impl<'a> Cases<'a> {
    pub(super) fn of(statistics: &'a Statistics, limit: u64) -> Self {
        let on_map = places::by_year(statistics, limit);
        let focal = statistics.period.year;
        let of_focal = on_map.iter().find(|places| places.year == focal);
        let mut so_far = Interval::ZERO;
        let mut before = 0;
        let mut add = |cases: Interval, mentions| {
            so_far = widened(so_far, before, limit).plus(cases);
            before += 1;
            Part {
                cases,
                so_far,
                mentions,
            }
        };
        let year = of_year(focal, statistics.cases.year, &on_map, limit);
        let parts = match statistics.parts.as_slice() {
            [] => {
                // What the years before were is not known: together they are one part.
                let has_year = statistics.period.has_whole(focal);
                let of_others = match has_year {
                    true => statistics
                        .cases
                        .period
                        .saturating_sub(statistics.cases.year),
                    false => statistics.cases.period,
                };
                let others = add(Interval::of(of_others, limit), None);
                let year = has_year.then(|| add(year, None));
                std::iter::once(others).chain(year).collect()
            }
            parts => parts
                .iter()
                .map(|part: &PeriodPart| {
                    let cases = match statistics.period.has_whole(part.year) {
                        true => of_year(part.year, part.cases, &on_map, limit),
                        // Months of a year that has no sheet of its own.
                        false => Interval::of(part.cases, limit),
                    };
                    add(cases, Some(&part.mentions))
                })
                .collect(),
        };
        Cases {
            parts,
            year,
            on_map: of_focal.map(|of| (Interval::exact(of.on), Interval::of(of.off, limit))),
        }
    }

    /// The cases of the period.
    pub(super) fn period(&self) -> Interval {
        self.parts.last().map_or(Interval::ZERO, |part| part.so_far)
    }
}

/// The cases of a year as the sheet of that year prints them: those on its map, which are none or enough to
/// be shown, and those that are not.
pub(super) fn of_year(year: i32, cases: u64, on_map: &[YearOnMap], limit: u64) -> Interval {
    match on_map.iter().find(|places| places.year == year) {
        Some(of) => Interval::exact(of.on).plus(Interval::of(of.off, limit)),
        None => Interval::of(cases, limit),
    }
}

/// A sum that is a part of another. Where it may be small, a reader of the other sum alone may not learn of
/// how many parts it is: two small parts make at least 2. So it is whatever as many parts can be.
fn widened(sum: Interval, parts: u64, limit: u64) -> Interval {
    match !sum.is_exact() && is_small(sum.lo, limit) {
        true => Interval {
            lo: 1,
            hi: parts * (limit - 1),
        },
        false => sum,
    }
}
