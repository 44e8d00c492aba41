//! What a reader learns about a number: that it is between two others.

use super::Count;

/// The whole numbers that a printed number can be, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub lo: u64,
    pub hi: u64,
}

impl Interval {
    pub(super) const ZERO: Interval = Interval::exact(0);

    /// A number that is printed exactly.
    pub(super) const fn exact(number: u64) -> Self {
        Interval {
            lo: number,
            hi: number,
        }
    }

    /// A number by itself: a small one is printed as `<limit`, any other exactly.
    pub(super) fn of(number: u64, limit: u64) -> Self {
        match is_small(number, limit) {
            true => Interval {
                lo: 1,
                hi: limit - 1,
            },
            false => Interval::exact(number),
        }
    }

    /// What a printed number may be.
    pub(super) fn of_count(count: Count) -> Self {
        let (lo, hi) = match count {
            Count::Shown(number) => (number, number),
            Count::Below(limit) => (1, limit - 1),
            Count::Range { from, to } => (from, to),
        };
        Interval { lo, hi }
    }

    pub(super) fn is_exact(self) -> bool {
        self.lo == self.hi
    }

    /// The sum of two numbers that are known only as printed.
    pub(super) fn plus(self, other: Interval) -> Self {
        Interval {
            lo: self.lo + other.lo,
            hi: self.hi + other.hi,
        }
    }

    /// Whether it may be a small number, or a sum of few.
    pub(super) fn is_open_below(self, limit: u64) -> bool {
        !self.is_exact() && is_small(self.lo, limit)
    }

    /// What is left of a number without one of its parts.
    pub(super) fn less(self, part: Interval) -> Self {
        Interval {
            lo: self.lo.saturating_sub(part.hi),
            hi: self.hi.saturating_sub(part.lo),
        }
    }

    /// From the lower of the two lower ends to the higher of the two upper ones.
    pub(super) fn or(self, other: Interval) -> Self {
        Interval {
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
        }
    }

    /// Without what is above a number, if that is not all of it.
    pub(super) fn at_most(self, most: u64) -> Self {
        Interval {
            lo: self.lo,
            hi: self.hi.min(most.max(self.lo)),
        }
    }

    /// Whether a number is in both.
    pub(super) fn meets(self, other: Interval) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    /// Together with the ranges that it overlaps, and those that these overlap.
    pub(super) fn with_all_that_meet(mut self, mut ranges: Vec<Interval>) -> Self {
        while let Some(met) = ranges.iter().position(|range| range.meets(self)) {
            self = self.or(ranges.swap_remove(met));
        }
        self
    }

    /// As it is printed.
    pub(super) fn count(self, limit: u64) -> Count {
        let Interval { lo, hi } = self;
        match () {
            () if lo == hi => Count::Shown(lo),
            () if lo == 1 && hi + 1 == limit => Count::Below(limit),
            () => Count::Range { from: lo, to: hi },
        }
    }
}

/// Whether a number must not be distinguishable from others below the limit.
pub(super) fn is_small(number: u64, limit: u64) -> bool {
    (1..limit).contains(&number)
}

/// A number that isn't more than any of `bounds`. If one of these is a range, and the number reaches its lower end,
/// it would reveal how far the bound is below its upper end: then the number is what they leave open.
pub(super) fn within(number: u64, bounds: &[Interval], limit: u64) -> Interval {
    if number < limit {
        return Interval::of(number, limit);
    }
    let open = bounds.iter().filter(|bound| !bound.is_exact());
    let lowest = open.map(|bound| bound.lo).min();
    let highest = bounds.iter().map(|bound| bound.hi).min();
    match (lowest, highest) {
        (Some(lo), Some(hi)) if number >= lo => Interval {
            lo: lo.max(limit),
            hi,
        },
        _ => Interval::exact(number),
    }
}
