//! What a stranger reads on a published sheet: numbers, each with what it counts and the time that it covers.

use std::fmt;

use crate::area::Area;
use crate::period::Month;

/// No count reaches this, and sums of a few don't overflow.
pub(super) const ANY: i64 = 1 << 40;

/// A published sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The file, as the user named it.
    pub name: String,
    /// The area: the postal code of a state, or the code of a larger area.
    pub area: String,
    /// The postal codes of the area's states.
    pub states: Vec<String>,
    /// Its months.
    pub period: Span,
    /// The focal year.
    pub year: i32,
    /// The months of the focal year.
    pub year_span: Span,
    /// The smallest count that is printed; `None` if the file doesn't say and nothing shows it.
    pub limit: Option<i64>,
    /// Whether it is marked as made from synthetic data.
    pub is_synthetic: bool,
    /// Its numbers.
    pub statements: Vec<Statement>,
    /// Whether it was made by a version that hid other numbers to protect small ones, and printed a ledger.
    pub ledger: Option<Ledger>,
}

/// What old sheets say about the rows of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// Rows in all files, without headers.
    pub rows_read: Printed,
    /// Rows that count for the period or the year.
    pub used: Printed,
    /// Rows for the area that count for neither the period nor the year.
    pub outside_period: Printed,
}

/// Months from one (included) to another (excluded), each as months since January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first month.
    pub from: i64,
    /// The month after the last.
    pub to: i64,
}

/// One printed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The name in the statistics: `gender.female`.
    pub name: String,
    /// What is counted.
    pub subject: Subject,
    /// The months that it covers.
    pub over: Span,
    /// The values that it can have.
    pub printed: Printed,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// All cases.
    Cases,
    /// Cases on the map, and those not on it.
    OnMap,
    /// Cases of the year that are not on the map.
    OffMap,
    /// Cases in a county.
    County {
        /// Its FIPS code.
        fips: String,
    },
    /// A category of a group, or a venue.
    Part {
        /// What the group counts.
        of: Counted,
        /// Key of the group, or name of the ranking: `gender`, `venues.sex`.
        group: String,
        /// Key of the category or venue: `female`.
        key: String,
    },
    /// The sum of a group's categories.
    Total {
        /// What the group counts.
        of: Counted,
        /// Key of the group.
        group: String,
    },
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Cases, each once.
    Cases,
    /// Mentions by victims; a case can have several.
    Victims,
    /// Signals, each once.
    Signals,
}

/// A number as printed: the least and the most that it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The least that it can be.
    pub lo: i64,
    /// The most that it can be.
    pub hi: i64,
}

impl Span {
    /// Months, with both ends included.
    pub fn of(from: Month, to: Month) -> Self {
        Span {
            from: i64::from(from.number()),
            to: i64::from(to.number()) + 1,
        }
    }

    /// The twelve months of a year. A year that begins in another month than January is named for the calendar year
    /// in which it ends.
    pub fn of_year(year: i32, starts: u32) -> Self {
        let calendar = i64::from(year) - i64::from(starts > 1);
        let from = calendar * 12 + i64::from(starts) - 1;
        Span {
            from,
            to: from + 12,
        }
    }

    /// Whether it has all months of another span.
    pub fn has(self, other: Span) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Whether it has a month in common with another span.
    pub fn meets(self, other: Span) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// The months before and after another span that it overlaps.
    pub(super) fn without(self, other: Span) -> Vec<Span> {
        let before = Span {
            from: self.from,
            to: self.to.min(other.from),
        };
        let after = Span {
            from: self.from.max(other.to),
            to: self.to,
        };
        let parts = [before, after].into_iter();
        parts.filter(|part| part.from < part.to).collect()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = |number: i64| {
            let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
            format!("{year:04}-{month:02}")
        };
        write!(out, "{} to {}", month(self.from), month(self.to - 1))
    }
}

impl Printed {
    /// A number that isn't printed at all, or is printed as “hidden”.
    pub(super) const HIDDEN: Printed = Printed { lo: 0, hi: ANY };

    /// The exact number.
    pub fn exact(number: i64) -> Self {
        Printed {
            lo: number,
            hi: number,
        }
    }

    /// `48`, `<5`, `33-36` with any dash; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| {
            let digits: String = text.trim().chars().filter(|c| *c != ',').collect();
            let number: i64 = digits.parse().ok()?;
            (0..ANY).contains(&number).then_some(number)
        };
        let text = text.trim().trim_start_matches('\'');
        if let Some(limit) = text.strip_prefix('<') {
            let hi = number(limit)? - 1;
            return (hi >= 1).then_some(Printed { lo: 1, hi });
        }
        if let Some((from, to)) = text.split_once(['-', '–', '‑']) {
            let (lo, hi) = (number(from)?, number(to)?);
            return (lo < hi).then_some(Printed { lo, hi });
        }
        number(text).map(Printed::exact)
    }

    /// Whether it is printed exactly.
    pub fn is_exact(self) -> bool {
        self.lo == self.hi
    }

    /// Whether every value that it can have is small.
    pub(super) fn is_small(self, limit: i64) -> bool {
        self.lo >= 1 && self.hi < limit
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.lo, self.hi) {
            (_, ANY) => out.write_str("hidden"),
            (lo, hi) if lo == hi => write!(out, "{lo}"),
            (1, hi) => write!(out, "<{}", hi + 1),
            (lo, hi) => write!(out, "{lo}-{hi}"),
        }
    }
}

impl Subject {
    /// Whether it counts cases, or what cases mention, so that it is never more than all cases.
    pub(super) fn is_bounded_by_cases(&self) -> bool {
        matches!(
            self,
            Subject::Part {
                of: Counted::Cases,
                ..
            } | Subject::County { .. }
        )
    }
}

/// The postal codes of an area's states, by the area's code; an unknown code is taken for a state's.
pub(super) fn states_of(area: &str) -> Vec<String> {
    match Area::from_code(area) {
        Some(area) => area
            .states()
            .iter()
            .map(|it| it.code().to_owned())
            .collect(),
        None => vec![area.to_owned()],
    }
}
