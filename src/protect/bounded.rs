//! Protects the numbers of cases that mention a category or a venue.
//!
//! Such a number is at most the number of cases, and at most what it was a year ago and the cases of this
//! year together. Where these are printed as less than they are, a number that is near them would tell how
//! much less: then it is printed as the range that they leave.

use super::interval::{Interval, is_small};
use super::period::{Cases, Part};

/// A number of cases over the period. `name` is that of the figure, as in `gender.female`.
pub(super) fn of_period(cases: &Cases<'_>, name: &str, count: u64, limit: u64) -> Interval {
    let mut number = 0;
    let mut printed = Interval::ZERO;
    for (index, part) in cases.parts.iter().enumerate() {
        printed = match part.mentions {
            Some(mentions) => {
                number += mentions.get(name).copied().unwrap_or(0);
                step(number, printed, part, limit)
            }
            None => {
                let is_last = index + 1 == cases.parts.len();
                if is_last {
                    unknown_before(count, part, index > 0, limit)
                } else {
                    printed
                }
            }
        };
    }
    printed
}

/// A number of the cases of the year.
pub(super) fn of_year(cases: &Cases<'_>, count: u64, limit: u64) -> Interval {
    within(count, Interval::ZERO, &[cases.year], limit)
}

/// The number at the end of a part, where `before` was printed at the end of the one before.
fn step(number: u64, before: Interval, part: &Part<'_>, limit: u64) -> Interval {
    within(
        number,
        before,
        &[part.so_far, before.plus(part.cases)],
        limit,
    )
}

/// A number that is no less than what was printed `before`, and no more than any of `bounds`.
fn within(number: u64, before: Interval, bounds: &[Interval], limit: u64) -> Interval {
    if number == 0 || is_small(number, limit) {
        return Interval::of(number, limit);
    }
    let open = bounds.iter().filter(|bound| !bound.is_exact());
    let lowest = open.map(|bound| bound.lo).min();
    let highest = bounds.iter().map(|bound| bound.hi).min();
    if let (Some(lo), Some(hi)) = (lowest, highest)
        && number >= lo
    {
        return Interval {
            lo: lo.max(limit),
            hi,
        };
    }
    if before.lo >= limit && number < before.hi {
        let below = lowest.unwrap_or(before.hi).min(before.hi);
        return Interval {
            lo: before.lo,
            hi: below - 1,
        };
    }
    Interval::exact(number)
}

/// A number of which it is not known what it was before the year: it may have been small.
fn unknown_before(number: u64, part: &Part<'_>, has_before: bool, limit: u64) -> Interval {
    let small = Interval {
        lo: 1,
        hi: limit.saturating_sub(1),
    };
    let grown = small.plus(part.cases);
    let may_have_been_small = has_before && limit > 0 && number <= grown.hi;
    let bound = if may_have_been_small {
        grown
    } else {
        part.so_far
    };
    within(number, Interval::ZERO, &[part.so_far, bound], limit)
}
