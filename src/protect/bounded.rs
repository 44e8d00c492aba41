//! Protects the numbers of cases that mention a category or a venue.
//!
//! Such a number is at most the number of cases, in every stretch of time. So it may give away a small one: the
//! number of a year's cases that aren't on its map, or the same category's number on the sheet for the year before or
//! after, which doesn't have the last year or the first months. The rules look at which numbers are small and at what
//! is printed about cases (docs/protection.md).

use super::Released;
use super::interval::{Interval, within};
use super::period::{Cases, Part, mentions_of};

/// A number of cases over the period. `name` is that of the figure, as in `gender.female`.
pub(super) fn of_period(cases: &Cases<'_>, name: &str, count: u64, limit: u64) -> Interval {
    if count < limit || limit == 0 {
        return Interval::of(count, limit);
    }
    let numbers: Option<Vec<u64>> = cases.parts.iter().map(|part| part.number(name)).collect();
    match (numbers, cases.parts.last()) {
        (Some(numbers), _) => OverTime::of(cases, name, &numbers, limit).printed(),
        (None, Some(last)) => unknown_before(count, last, cases.parts.len() > 1, limit),
        (None, None) => Interval::exact(count),
    }
}

/// A number of cases over the period as it may be printed in addition to earlier editions: the last year adds at most
/// its own cases to it.
pub(super) fn beside(
    cases: &Cases<'_>,
    name: &str,
    alone: Interval,
    released: &Released,
    limit: u64,
) -> Interval {
    let beside = released.beside(name, alone, Some(cases.year), limit);
    beside.at_most(cases.period().hi)
}

/// A number of the cases of the year.
pub(super) fn of_year(cases: &Cases<'_>, count: u64, limit: u64) -> Interval {
    within(count, &[cases.year], limit)
}

/// A number of at least the limit, and its parts in time.
struct OverTime<'a> {
    limit: u64,
    cases: &'a Cases<'a>,
    number: u64,
    /// In the last two parts.
    last_two: [InPart; 2],
    /// In all earlier parts.
    earlier: u64,
    /// In the first months.
    first: u64,
}

/// A number in a part of the period.
#[derive(Clone, Copy)]
struct InPart {
    /// The cases of the part.
    cases: Interval,
    exact: u64,
    /// The number. If it reaches the least number of cases, and these are printed as a range, it would reveal
    /// something about them: then it can be anything that they can be.
    number: Interval,
}

impl InPart {
    fn of(number: u64, cases: Interval) -> Self {
        let tells = !cases.is_exact() && number >= cases.lo;
        InPart {
            cases,
            exact: number,
            number: match tells {
                true => cases,
                false => Interval::exact(number),
            },
        }
    }

    /// Without cases.
    const NONE: InPart = InPart {
        cases: Interval::ZERO,
        exact: 0,
        number: Interval::ZERO,
    };

    /// 1 if the number of its cases is small, otherwise 0.
    fn tiny(self, limit: u64) -> u64 {
        u64::from(self.cases.is_open_below(limit))
    }

    /// The part of the number that isn't small.
    fn large(self, limit: u64) -> u64 {
        match self.tiny(limit) {
            0 => self.number.lo,
            _ => 0,
        }
    }
}

impl<'a> OverTime<'a> {
    /// From the numbers in the parts of the period.
    fn of(cases: &'a Cases<'a>, name: &str, numbers: &[u64], limit: u64) -> Self {
        let mut parts = numbers.iter().zip(&cases.parts).rev();
        let mut last_two = [InPart::NONE; 2];
        for last in last_two.iter_mut().rev() {
            if let Some((number, part)) = parts.next() {
                *last = InPart::of(*number, part.cases);
            }
        }
        let first = cases.first.as_ref();
        OverTime {
            limit,
            cases,
            number: numbers.iter().sum(),
            last_two,
            earlier: parts.map(|(number, _)| number).sum(),
            first: first.map_or(0, |first| mentions_of(&first.mentions, name)),
        }
    }

    /// The number as printed: what its last two parts leave open, together with the ranges below that overlap this.
    fn printed(&self) -> Interval {
        let rests = std::iter::once(self.without_last()).chain(self.without_first());
        let rests: Vec<Rest> = rests.collect();
        let is_divided_freely = rests.iter().any(|rest| rest.may_be_small);
        // Two small parts add up to as much: then either may be the rest.
        let is_low = |rest: &Rest| rest.range.lo <= 2 * (self.limit - 1);
        let may_be_two = is_divided_freely && rests.iter().any(is_low);
        let ranges = rests
            .iter()
            .filter(|rest| rest.may_be_small || may_be_two)
            .map(|rest| rest.range)
            .chain(self.without_last_two())
            .map(|range| self.clamped(range))
            .collect();
        let [_, last] = self.last_two;
        let left_open = self.clamped(self.before().plus(last.number));
        left_open.with_all_that_meet(ranges)
    }

    /// The number without the last year, as far as last year's sheet reveals it.
    fn before(&self) -> Interval {
        let [before_last, last] = self.last_two;
        let exact = self.number - last.exact;
        // The ranges below hide it if it is small, or if what it has in earlier years may be.
        let is_of_few = |last| self.few_before(last).is_some();
        if exact < self.limit || is_of_few(1) || (self.earlier > 0 && is_of_few(2)) {
            return Interval::exact(exact);
        }
        let open = Interval::exact(self.earlier).plus(before_last.number);
        // What isn't small may be two small numbers, however they are divided.
        match open.lo < self.limit {
            true => Interval {
                lo: self.limit,
                hi: open.hi.max(2 * (self.limit - 1)),
            },
            false => open,
        }
    }

    fn clamped(&self, range: Interval) -> Interval {
        Interval {
            lo: range.lo.max(self.limit),
            hi: range.hi.min(self.cases.period().hi),
        }
    }

    /// The number of parts before the last ones, if their cases may be few in total.
    fn few_before(&self, last: usize) -> Option<u64> {
        let parts = &self.cases.parts;
        let count = parts.len().checked_sub(last)?;
        let before = parts[..count].last()?;
        let is_few = before.so_far.is_open_below(self.limit);
        is_few.then_some(count as u64)
    }

    /// For the number before the last year, without what is `left_out` of the earlier parts: what isn't small, and
    /// the number of other parts, each of which may be small.
    fn before_last(&self, left_out: u64) -> (u64, u64) {
        let [before_last, _] = self.last_two;
        match self.few_before(1) {
            Some(parts) => (0, parts),
            None => (
                self.earlier.saturating_sub(left_out) + before_last.large(self.limit),
                before_last.tiny(self.limit),
            ),
        }
    }

    /// Compared with the last year: last year's sheet prints the rest. A number that reaches the year's least is a
    /// range, so what reveals the rest begins above that.
    fn without_last(&self) -> Rest {
        let [_, last] = self.last_two;
        let (large, tiny) = self.before_last(0);
        Rest {
            may_be_small: self.number > last.exact && large < self.limit,
            range: self.above(last.cases, tiny),
        }
    }

    /// The same for the last two years, if the cases before them are few.
    fn without_last_two(&self) -> Option<Interval> {
        let parts = self
            .few_before(2)
            .filter(|_| self.few_before(1).is_none())?;
        let [before_last, last] = self.last_two;
        let cases = before_last.cases.plus(last.cases);
        (self.earlier > 0).then(|| self.above(cases, parts - 1))
    }

    /// Compared with the first months: the next year's sheet prints the rest. No number for these is a range.
    fn without_first(&self) -> Option<Rest> {
        let first = self.cases.first.as_ref()?;
        let [before_last, last] = self.last_two;
        let (large, tiny) = self.before_last(self.first);
        // If the cases before the last year or two are few, the division of the number among them is hidden,
        // including whether the first months have all of it.
        let (is_more, large) = match (self.few_before(1), self.few_before(2)) {
            (Some(_), _) => (true, large),
            (None, Some(parts)) if self.earlier > 0 => {
                let before = self.number - last.exact;
                let revealed = before.min(before_last.cases.lo + 1);
                (true, revealed.saturating_sub(parts * (self.limit - 1)))
            }
            _ => (self.number > self.first, large),
        };
        let most = Interval::exact(first.cases.hi);
        Some(Rest {
            may_be_small: is_more && large + last.large(self.limit) < self.limit,
            range: self.above(most, tiny + last.tiny(self.limit)),
        })
    }

    /// The sum of all cases in some months and a small number, or several small ones.
    fn above(&self, cases: Interval, more: u64) -> Interval {
        Interval {
            lo: cases.lo + 1,
            hi: cases.hi + (self.limit - 1) * (1 + more),
        }
    }
}

/// The rest of a number, as printed by a sheet that doesn't have the cases of some months.
#[derive(Clone, Copy)]
struct Rest {
    /// Whether it may be small.
    may_be_small: bool,
    /// The numbers that would reveal how small it is.
    range: Interval,
}

/// A number with an unknown value before the year: it may have been small or zero.
fn unknown_before(number: u64, part: &Part<'_>, has_before: bool, limit: u64) -> Interval {
    let small = Interval {
        lo: 1,
        hi: limit - 1,
    };
    let open = [part.cases, part.so_far].into_iter();
    let open = open.filter(|cases| !cases.is_exact() && cases.hi >= limit);
    let grown = has_before.then(|| small.plus(part.cases));
    let printed = Interval::exact(number).with_all_that_meet(open.chain(grown).collect());
    Interval {
        lo: printed.lo.max(limit),
        hi: printed.hi.min(part.so_far.hi),
    }
}
