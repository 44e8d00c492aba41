//! Protects what two sheets together say about one number: how it has changed from one to the other.
//!
//! A small change of a number that both sheets print is a small number. Then the later sheet prints the range from
//! the earlier number plus 1 to the earlier number plus the limit less 1 (or the same distance below it), and the
//! change is printed as small.

use std::collections::BTreeMap;
use std::fmt;

use super::Count;
use super::interval::{Interval, is_small};

/// How a number has changed, as it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// By this, upward or, below 0, downward.
    Shown(i64),
    /// By 1 to one less than the limit, up or down.
    Below(u64),
    /// Unknown, because the number isn't printed exactly on one of the sheets.
    Unknown,
}

/// A number on two sheets, the earlier first, as they may be printed side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The number of the earlier sheet.
    pub before: Count,
    /// The number of the later sheet.
    pub after: Count,
    /// The change from one to the other.
    pub change: Change,
    /// Whether the two sheets, each safe by itself, together give away a small number.
    pub gives_away: bool,
}

impl Pair {
    /// Two published numbers side by side, where counts from 1 to one less than `min_cell` are small.
    pub fn of(before: Count, after: Count, min_cell: u64) -> Self {
        let pair = |after, change, gives_away| Pair {
            before,
            after,
            change,
            gives_away,
        };
        let (Some(first), Some(second)) = (before.shown(), after.shown()) else {
            return pair(after, Change::Unknown, false);
        };
        if !is_small(first.abs_diff(second), min_cell) {
            return pair(after, Change::Shown(second as i64 - first as i64), false);
        }
        let most = min_cell - 1;
        let (from, to) = match second > first {
            true => (first + 1, first + most),
            false => (first.saturating_sub(most), first - 1),
        };
        let after = match from == to {
            true => Count::Shown(from),
            false => Count::Range { from, to },
        };
        pair(after, Change::Below(min_cell), true)
    }
}

impl Pair {
    /// The total of numbers of which any has changed by little: on the later sheet it is the sum of these as they are
    /// printed side by side, or it would reveal by how much.
    pub fn of_total(
        before: Count,
        parts_after: impl Iterator<Item = Count>,
        min_cell: u64,
    ) -> Self {
        let parts = parts_after.map(Interval::of_count);
        let sum = parts.fold(Interval::ZERO, Interval::plus);
        Pair {
            before,
            after: sum.count(min_cell),
            change: Change::Unknown,
            gives_away: false,
        }
    }
}

/// What earlier editions of a sheet print, by the name of the figure: the sheet may not differ by little from their
/// exact numbers, nor narrow last year's ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Released {
    numbers: BTreeMap<String, Vec<u64>>,
    ranges: BTreeMap<String, Interval>,
}

impl Released {
    /// Adds a number from an edition; those from the latest edition come first.
    pub fn add(&mut self, name: &str, number: u64) {
        let numbers = self.numbers.entry(name.to_owned()).or_default();
        numbers.push(number);
    }

    /// Adds the range of a number in last year's edition, whose period has the same first month.
    pub fn add_range(&mut self, name: &str, from: u64, to: u64) {
        let range = Interval { lo: from, hi: to };
        self.ranges.insert(name.to_owned(), range);
    }

    /// A number as it may be printed in addition to the published ones: if it has changed by little from one of them,
    /// it is the range that the change may have, as in [`Pair`].
    ///
    /// `added` is the most that the last year can have added, as it is printed, if anything printed limits it.
    pub(super) fn beside(
        &self,
        name: &str,
        printed: Interval,
        added: Option<Interval>,
        limit: u64,
    ) -> Interval {
        let earlier = self.numbers.get(name).map_or(&[][..], Vec::as_slice);
        if printed.is_exact() && earlier.contains(&printed.lo) {
            // It is already published as it is.
            return printed;
        }
        let earlier = earlier.iter();
        let mut pairs =
            earlier.map(|&before| Pair::of(Count::Shown(before), printed.count(limit), limit));
        let beside = match pairs.find(|pair| pair.gives_away).map(|pair| pair.after) {
            Some(Count::Range { from, to }) => Interval { lo: from, hi: to },
            Some(Count::Shown(number)) => Interval::exact(number),
            Some(Count::Below(_)) | None => printed,
        };
        self.beside_range(name, beside, added, limit)
    }

    /// A number that is at least last year's, and at most by `added` larger. If it is in last year's range, or in this
    /// range and what was added, some of last year's numbers would be ruled out: then it is printed as all of these.
    /// Between them, each number is possible after each of last year's.
    fn beside_range(
        &self,
        name: &str,
        printed: Interval,
        added: Option<Interval>,
        limit: u64,
    ) -> Interval {
        // The rules of a category over the period already treat small numbers.
        let range = self.ranges.get(name).filter(|range| range.lo >= limit);
        let Some(&range) = range.filter(|_| printed.lo >= limit) else {
            return printed;
        };
        let after_most = added.map(|added| range.plus(added));
        printed.with_all_that_meet([Some(range), after_most].into_iter().flatten().collect())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Shown(0) => out.write_str("0"),
            Change::Shown(number) => write!(out, "{number:+}"),
            Change::Below(limit) => write!(out, "<{limit}"),
            Change::Unknown => out.write_str("–"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_change_makes_the_later_number_a_range() {
        let of = |before, after| Pair::of(Count::Shown(before), Count::Shown(after), 5);
        let up = of(20, 23);
        assert_eq!(up.before, Count::Shown(20));
        assert_eq!(up.after, Count::Range { from: 21, to: 24 });
        assert_eq!(up.change.to_string(), "<5");
        assert!(up.gives_away);
        assert_eq!(of(23, 20).after, Count::Range { from: 19, to: 22 });
        for (after, change) in [(20, "0"), (25, "+5"), (15, "-5")] {
            let pair = of(20, after);
            assert_eq!(pair.after, Count::Shown(after));
            assert_eq!(pair.change.to_string(), change);
            assert!(!pair.gives_away);
        }
    }

    #[test]
    fn a_number_is_a_range_next_to_a_similar_published_one() {
        let mut released = Released::default();
        for number in [50, 46] {
            released.add("cases.period", number);
        }
        let beside = |name: &str, number| {
            let printed = released.beside(name, Interval::exact(number), None, 5);
            printed.count(5).to_string()
        };
        // The later edition is nearer than the earlier one.
        assert_eq!(beside("cases.period", 49), "46-49");
        assert_eq!(beside("cases.period", 45), "42-45");
        for far in [40, 50, 46, 55] {
            assert_eq!(beside("cases.period", far), far.to_string());
        }
        assert_eq!(beside("gender.female", 49), "49");
        let range = Interval { lo: 47, hi: 52 };
        assert_eq!(released.beside("cases.period", range, None, 5), range);
    }

    #[test]
    fn a_number_does_not_narrow_last_years_range() {
        let mut released = Released::default();
        released.add_range("gender.female", 10, 13);
        let beside = |number, added| {
            let printed = released.beside("gender.female", Interval::exact(number), added, 5);
            printed.count(5).to_string()
        };
        // After a year of four cases, 15 would mean at least 11 last year, and 12 at most 12.
        for number in 10..=17 {
            let printed = if number < 14 { "10-13" } else { "14-17" };
            assert_eq!(beside(number, Some(Interval::exact(4))), printed);
        }
        for number in 10..=16 {
            assert_eq!(beside(number, Some(Interval::exact(3))), "10-16");
        }
        let many = Some(Interval::exact(20));
        for (number, printed) in [(12, "10-13"), (14, "14"), (29, "29"), (31, "30-33")] {
            assert_eq!(beside(number, many), printed);
        }
        assert_eq!(beside(13, None), "10-13");
        assert_eq!(beside(14, None), "14");
    }

    #[test]
    fn a_number_that_is_not_printed_has_no_change() {
        for (before, after) in [
            (Count::Below(5), Count::Shown(9)),
            (Count::Shown(9), Count::Range { from: 9, to: 12 }),
            (Count::Below(5), Count::Below(5)),
        ] {
            let pair = Pair::of(before, after, 5);
            assert_eq!((pair.before, pair.after), (before, after));
            assert_eq!(pair.change, Change::Unknown);
        }
    }
}
