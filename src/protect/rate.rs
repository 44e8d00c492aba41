//! Cases per 100,000 residents: this follows from a published number and a public one, so it reveals no more about
//! small numbers than the published number.

use std::fmt;

use super::Count;
use crate::area::Area;
use crate::residents::Residents;

/// The number of residents that a rate refers to.
const PER: u64 = 100_000;

/// A rate as it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedRate {
    /// Whose rate it is.
    pub residents: Residents,
    /// Cases of the year per 100,000 of them.
    pub rate: Rate,
}

/// A number per 100,000 residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// For a number that is shown.
    Shown(Hundredths),
    /// For a number below the limit: less than this, which is the rate for the limit.
    Below(Hundredths),
    /// For a range, from one rate to the other.
    Range {
        /// The least that it can be.
        from: Hundredths,
        /// The most that it can be.
        to: Hundredths,
    },
}

/// A number in hundredths; from 1 up, in whole tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(pub u64);

impl PublishedRate {
    /// For a published number of cases in a year; `None` if the area's residents in that year aren't known.
    pub fn of(cases: Count, area: Area, year: i32) -> Option<Self> {
        let residents = Residents::of(area, year)?;
        Some(PublishedRate {
            residents,
            rate: Rate::of(cases, residents.number),
        })
    }
}

impl Rate {
    fn of(count: Count, residents: u64) -> Self {
        let per = |number: u64| Hundredths::of(number, residents);
        match count {
            Count::Shown(number) => Rate::Shown(per(number)),
            Count::Below(limit) => Rate::Below(Hundredths::above(limit, residents)),
            Count::Range { from, to } => match (per(from), per(to)) {
                (from, to) if from == to => Rate::Shown(from),
                (from, to) => Rate::Range { from, to },
            },
        }
    }
}

impl Hundredths {
    fn of(number: u64, residents: u64) -> Self {
        let (number, residents) = wide(number, residents);
        Hundredths::rounded(|parts| (2 * number * parts + residents) / (2 * residents))
    }

    /// Rounded up, as the bound that a rate is below.
    fn above(number: u64, residents: u64) -> Self {
        let (number, residents) = wide(number, residents);
        Hundredths::rounded(|parts| (number * parts).div_ceil(residents))
    }

    /// From 1 up in tenths, each rounded once from the number itself.
    fn rounded(in_parts: impl Fn(u128) -> u128) -> Self {
        let rounded = match in_parts(100) {
            small @ ..100 => small,
            _ => 10 * in_parts(10),
        };
        Hundredths(u64::try_from(rounded).unwrap_or(u64::MAX))
    }
}

/// A number times the residents that a rate refers to, and the number of residents: a table from elsewhere may
/// contain any number.
fn wide(number: u64, residents: u64) -> (u128, u128) {
    (
        u128::from(number) * u128::from(PER),
        u128::from(residents.max(1)),
    )
}

/// With two decimals below 1, otherwise with one: `0.31`, `2.3`.
impl fmt::Display for Hundredths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            all @ ..100 => write!(out, "0.{all:02}"),
            all => write!(out, "{}.{}", all / 100, all % 100 / 10),
        }
    }
}

/// As tables and CSV write it: `2.3`, `<0.24`, `1.6-1.7`.
impl fmt::Display for Rate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rate::Shown(rate) => rate.fmt(out),
            Rate::Below(limit) => write!(out, "<{limit}"),
            Rate::Range { from, to } => write!(out, "{from}-{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_rate_reveals_only_what_its_number_reveals() {
        let rate = |count| Rate::of(count, 2_091_630).to_string();
        assert_eq!(rate(Count::Shown(49)), "2.3");
        assert_eq!(rate(Count::Shown(6)), "0.29");
        assert_eq!(rate(Count::Shown(0)), "0.00");
        assert_eq!(rate(Count::Below(5)), "<0.24");
        assert_eq!(rate(Count::Range { from: 33, to: 36 }), "1.6-1.7");
        assert_eq!(Hundredths(99).to_string(), "0.99");
        assert_eq!(Hundredths(100).to_string(), "1.0");
        assert_eq!(Hundredths(990).to_string(), "9.9");
        // 1.147 is 1.1, although 1.15 is closer to 1.2.
        assert_eq!(rate(Count::Shown(24)), "1.1");
    }

    proptest! {
        /// Whatever number a printed one stands for, its rate is within the printed rate.
        #[test]
        fn a_range_of_cases_gives_a_range_of_rates(
            from in 0..500_u64, more in 1..20_u64, residents in 40_000..40_000_000_u64, at in 0..20_u64
        ) {
            let to = from + more;
            let number = from + at.min(more);
            let of = |count| Rate::of(count, residents);
            let exact = Hundredths::of(number, residents);
            match of(Count::Range { from, to }) {
                Rate::Range { from, to } => prop_assert!((from..=to).contains(&exact)),
                Rate::Shown(rate) => prop_assert_eq!(rate, exact),
                Rate::Below(_) => prop_assert!(false),
            }
        }
    }
}
