//! The time that a sheet speaks of: a cumulative period of whole months, and a focal year.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// A month of a year; ordered in time; written `2012-12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Of the calendar.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month of a day.
    pub fn of(date: NaiveDate) -> Self {
        Month {
            year: date.year(),
            month: date.month(),
        }
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let (year, month) = match self.month {
            12 => (self.year + 1, 1),
            month => (self.year, month + 1),
        };
        let next = NaiveDate::from_ymd_opt(year, month, 1);
        next.and_then(|next| next.pred_opt()).unwrap_or_default()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is no month; write year and month as in 2012-12");
        let (year, month) = text.trim().split_once('-').ok_or_else(wrong)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        let month = month.parse().map_err(|_| wrong())?;
        if !(1..=12).contains(&month) {
            return Err(wrong());
        }
        Ok(Month { year, month })
    }
}

/// What time a sheet speaks of (docs/counting.md): the period, both ends included, and the focal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First month, included.
    pub from: Month,
    /// Last month, included.
    pub to: Month,
    /// The focal year.
    pub year: i32,
}

impl Period {
    /// Whether a day lies in the cumulative period.
    pub fn covers(&self, date: NaiveDate) -> bool {
        (self.from..=self.to).contains(&Month::of(date))
    }

    /// Whether a day of the year lies in the period or in the focal year.
    pub fn touches(&self, year: i32) -> bool {
        year == self.year || (self.from.year..=self.to.year).contains(&year)
    }

    /// Whether the period has every month of a year.
    pub fn has_whole(&self, year: i32) -> bool {
        let month = |month| Month { year, month };
        self.from <= month(1) && month(12) <= self.to
    }

    /// The years of which the period has every month.
    pub fn whole_years(&self) -> impl Iterator<Item = i32> {
        let period = *self;
        (period.from.year..=period.to.year).filter(move |year| period.has_whole(*year))
    }

    /// Whether a day lies in the focal year.
    pub fn in_year(&self, date: NaiveDate) -> bool {
        date.year() == self.year
    }
}
