//! Protects what two sheets say together: how a number has changed from one to the other.
//!
//! A difference is printed only between two numbers that are printed. Where the months of one period
//! are all in the other, as with a fixed first month, the difference is itself a count: that of the
//! months added. A small one becomes "<5", and the number of the shorter period is hidden beside it, so
//! that neither can be worked out. Periods that only overlap have a difference that is no count, since
//! months were both added and dropped: it is printed as it is, unless the number of the months added is
//! printed too, and that of the months dropped is small.

use std::fmt;

use super::Count;
use crate::period::Period;

/// How a number has changed, as it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Shown(i64),
    /// By 1 to one less than the limit, up or down.
    Below(u64),
    Hidden,
}

/// A number of two sheets, the earlier first, as they may be printed side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub before: Count,
    pub after: Count,
    pub change: Change,
    /// Whether the two sheets, each by itself safe, give away a small number together.
    pub gives_away: bool,
}

/// How two periods lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The earlier one's months are all in the later one.
    Extended,
    /// The later one's months are all in the earlier one.
    Shortened,
    /// Each has months that the other has not.
    Apart,
}

impl Overlap {
    /// Of the earlier and the later period.
    pub fn of(before: &Period, after: &Period) -> Self {
        let has_all_of =
            |whole: &Period, part: &Period| whole.from <= part.from && part.to <= whole.to;
        if has_all_of(after, before) {
            Overlap::Extended
        } else if has_all_of(before, after) {
            Overlap::Shortened
        } else {
            Overlap::Apart
        }
    }
}

impl Pair {
    /// Two published numbers side by side. `overlap` is that of the months that they count. The
    /// difference is hidden also when it `gives_away` a number that is no part of the pair.
    pub fn of(
        before: Count,
        after: Count,
        overlap: Overlap,
        gives_away: bool,
        min_cell: u64,
    ) -> Self {
        let pair = |change| Pair {
            before,
            after,
            change,
            gives_away: false,
        };
        let (Some(first), Some(second)) = (before.shown(), after.shown()) else {
            return pair(Change::Hidden);
        };
        let is_count = overlap != Overlap::Apart;
        let is_small = is_count && (1..min_cell).contains(&first.abs_diff(second));
        if !is_small && !gives_away {
            return pair(Change::Shown(second as i64 - first as i64));
        }
        let mut hidden = pair(if is_small {
            Change::Below(min_cell)
        } else {
            Change::Hidden
        });
        hidden.gives_away = true;
        match overlap {
            Overlap::Shortened => hidden.after = Count::Hidden,
            Overlap::Extended | Overlap::Apart => hidden.before = Count::Hidden,
        }
        hidden
    }
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Shown(0) => out.write_str("0"),
            Change::Shown(number) => write!(out, "{number:+}"),
            Change::Below(limit) => write!(out, "<{limit}"),
            Change::Hidden => out.write_str("hidden"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        let to: crate::period::Month = to.parse().unwrap();
        Period {
            from: from.parse().unwrap(),
            to,
            year: to.year,
        }
    }

    #[test]
    fn periods_are_nested_or_apart() {
        let four_years = period("2012-12", "2016-12");
        for (before, overlap) in [
            (period("2012-12", "2015-12"), Overlap::Extended),
            (four_years, Overlap::Extended),
            (period("2011-12", "2015-12"), Overlap::Apart),
            (period("2011-12", "2016-12"), Overlap::Shortened),
        ] {
            assert_eq!(Overlap::of(&before, &four_years), overlap);
        }
    }

    #[test]
    fn a_small_difference_of_nested_periods_hides_the_number_of_the_shorter_one() {
        let of = |before, after, overlap| {
            Pair::of(Count::Shown(before), Count::Shown(after), overlap, false, 5)
        };
        let extended = of(20, 23, Overlap::Extended);
        assert_eq!(extended.before, Count::Hidden);
        assert_eq!(extended.after, Count::Shown(23));
        assert_eq!(extended.change.to_string(), "<5");
        assert!(extended.gives_away);
        let shortened = of(23, 20, Overlap::Shortened);
        assert_eq!(shortened.after, Count::Hidden);
        // Not a count: four years less and seven more.
        assert_eq!(of(20, 23, Overlap::Apart).change.to_string(), "+3");
        // A count, but none that is protected.
        for (after, change) in [(20, "0"), (25, "+5")] {
            let pair = of(20, after, Overlap::Extended);
            assert_eq!(pair.change.to_string(), change);
            assert!(!pair.gives_away);
        }
    }

    #[test]
    fn a_hidden_number_has_no_difference() {
        for (before, after) in [
            (Count::Below(5), Count::Shown(9)),
            (Count::Shown(9), Count::Hidden),
            (Count::Below(5), Count::Below(5)),
        ] {
            let pair = Pair::of(before, after, Overlap::Apart, false, 5);
            assert_eq!((pair.before, pair.after), (before, after));
            assert_eq!(pair.change, Change::Hidden);
        }
    }

    #[test]
    fn a_difference_that_gives_away_another_number_is_hidden_too() {
        for overlap in [Overlap::Extended, Overlap::Apart] {
            let pair = Pair::of(Count::Shown(20), Count::Shown(29), overlap, true, 5);
            assert_eq!(pair.before, Count::Hidden);
            assert_eq!(pair.change, Change::Hidden);
        }
    }
}
