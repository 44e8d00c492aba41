//! Protects the numbers of cases: for each year, those on the map and those not; the years; and the period.
//!
//! A total is printed as the sum of its parts as printed, so that it depends on what is next to it and nothing else.
//! The parts of the period are its years, as the sheets for these years print them: so two sheets together say no
//! more than each one says.

use std::collections::BTreeMap;

use super::interval::{Interval, within};
use super::places::{self, YearOnMap};
use crate::period::Stretch;
use crate::tally::{PeriodPart, Statistics};

/// The numbers of cases as printed.
pub(super) struct Cases<'a> {
    /// The parts of the period, in order.
    pub parts: Vec<Part<'a>>,
    pub year: Interval,
    /// The months that the next year's sheet may not cover; `None` if they would be all months, or aren't known.
    pub first: Option<FirstMonths<'a>>,
    /// Cases of the year on the map and not on it; `None` if the data say nothing about places.
    pub on_map: Option<(Interval, Interval)>,
    /// Public points on the map of the year; `None` in the same case.
    pub points: Option<u64>,
}

/// How many cases mention a category or venue, by the name of the figure.
type Mentions = BTreeMap<String, u64>;

/// A part of the period: what it has of a calendar year.
pub(super) struct Part<'a> {
    /// Its cases.
    pub cases: Interval,
    /// Those from the beginning of the period to the end of the part.
    pub so_far: Interval,
    /// What its cases mention; `None` if that isn't known.
    mentions: Option<Vec<&'a Mentions>>,
}

/// The months with which a period begins, and which the next year's period may not have.
pub(super) struct FirstMonths<'a> {
    /// Their cases, as two sheets together reveal them.
    pub cases: Interval,
    pub mentions: Vec<&'a Mentions>,
}

impl Part<'_> {
    /// How many of its cases mention a category or venue; `None` if that isn't known.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        let mentions = self.mentions.as_ref()?;
        Some(mentions_of(mentions, name))
    }
}

/// How many cases mention a category or venue.
pub(super) fn mentions_of(mentions: &[&Mentions], name: &str) -> u64 {
    let numbers = mentions.iter().filter_map(|mentions| mentions.get(name));
    numbers.sum()
}

impl<'a> Cases<'a> {
    pub(super) fn of(statistics: &'a Statistics, limit: u64) -> Self {
        let on_map = places::by_year(statistics, limit);
        let years = Years {
            statistics,
            on_map: &on_map,
            limit,
        };
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
        let parts: Vec<Part<'_>> = match statistics.parts.as_slice() {
            [] => {
                // The earlier years aren't known separately: together, they are one part.
                let of_cases = &statistics.cases;
                match of_cases.period.checked_sub(of_cases.year) {
                    Some(others) => {
                        let others = add(Interval::of(others, limit), None);
                        vec![others, add(year, None)]
                    }
                    None => vec![add(within(of_cases.period, &[year], limit), None)],
                }
            }
            stretches => stretches
                .chunk_by(|one, next| years.are_of_one(one, next))
                .map(|of_year| {
                    let cases = years.cases(of_year);
                    add(
                        cases,
                        Some(of_year.iter().map(|part| &part.mentions).collect()),
                    )
                })
                .collect(),
        };
        let first = years.first_months(&parts);
        Cases {
            parts,
            year,
            first,
            on_map: of_focal.map(|of| (Interval::exact(of.on), Interval::of(of.off, limit))),
            points: of_focal.map(|of| of.points),
        }
    }

    /// The cases of the period.
    pub(super) fn period(&self) -> Interval {
        self.parts.last().map_or(Interval::ZERO, |part| part.so_far)
    }
}

/// What the sheets for years print about their cases.
struct Years<'s, 'm> {
    statistics: &'s Statistics,
    on_map: &'m [YearOnMap],
    limit: u64,
}

impl<'s> Years<'s, '_> {
    /// The year that a stretch is in.
    fn year_of(&self, part: &PeriodPart) -> i32 {
        self.statistics.period.starts.year_of(part.months.from)
    }

    fn are_of_one(&self, one: &PeriodPart, other: &PeriodPart) -> bool {
        self.year_of(one) == self.year_of(other)
    }

    /// The cases of consecutive stretches in one year, starting with one: of the whole year, or of the months that a
    /// period has of it, which have no more than the year. For the focal year, the sheet itself prints all.
    fn cases(&self, stretches: &[PeriodPart]) -> Interval {
        let cases = stretches.iter().map(|part| part.cases).sum();
        let Some(Stretch { from, .. }) = stretches.first().map(|part| part.months) else {
            return Interval::ZERO;
        };
        let period = &self.statistics.period;
        let year = period.starts.year_of(from);
        let of_whole = match () {
            () if period.has_whole(year) => {
                let parts = self.statistics.parts.iter();
                let of_year = parts.filter(|part| self.year_of(part) == year);
                of_year.map(|part| part.cases).sum()
            }
            () if year == period.year => self.statistics.cases.year,
            () if year == *period.years().start() => self.statistics.cases.first_year,
            // Months in a year that has no sheet of its own.
            () => return Interval::of(cases, self.limit),
        };
        let of_whole = of_year(year, of_whole, self.on_map, self.limit);
        match from == period.starts.first(year) && period.has_whole(year) {
            true => of_whole,
            false => within(cases, &[of_whole], self.limit),
        }
    }

    /// The months that the next year's sheet may not cover. About their cases, the period reveals those of the years
    /// that they overlap, which are its first parts; the next period reveals those of the last of these years, with
    /// which it begins.
    fn first_months(&self, of_years: &[Part<'_>]) -> Option<FirstMonths<'s>> {
        let next = self.statistics.period.next_from();
        let parts = &self.statistics.parts;
        let end = parts.partition_point(|part| part.months.to < next);
        let last = self.year_of(parts[..end].last()?);
        let until = parts.partition_point(|part| self.year_of(part) <= last);
        let touched = parts[..until].chunk_by(|one, next| self.are_of_one(one, next));
        let touched = touched.count();
        let mut from_then = of_years.iter().skip(touched - 1);
        let cases = match from_then.any(|part| part.so_far.is_open_below(self.limit)) {
            // It isn't known which of the years have any cases.
            true => Interval {
                lo: 0,
                hi: touched as u64 * (self.limit - 1),
            },
            false => {
                let touched = of_years[..touched].iter().map(|part| part.cases);
                let kept = self.cases(&parts[end..until]);
                touched.fold(Interval::ZERO, Interval::plus).less(kept)
            }
        };
        (end < parts.len()).then(|| FirstMonths {
            cases,
            mentions: parts[..end].iter().map(|part| &part.mentions).collect(),
        })
    }
}

/// The cases of a year as the sheet for that year prints them: those on its map, which are none or enough to show,
/// and the others.
pub(super) fn of_year(year: i32, cases: u64, on_map: &[YearOnMap], limit: u64) -> Interval {
    match on_map.iter().find(|places| places.year == year) {
        Some(of) => Interval::exact(of.on).plus(Interval::of(of.off, limit)),
        None => Interval::of(cases, limit),
    }
}

/// A sum that is a part of another. If it may be small, a reader of the other sum alone must not learn how many parts
/// it has: two small parts make at least 2. So it can be anything that this many parts can be.
fn widened(sum: Interval, parts: u64, limit: u64) -> Interval {
    match sum.is_open_below(limit) {
        true => Interval {
            lo: 1,
            hi: parts * (limit - 1),
        },
        false => sum,
    }
}
