//! The time that a sheet covers: a cumulative period of whole months, and a focal year.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use crate::failure::{Failure, Outcome};

/// A month in a year; ordered by time; written `2012-12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// In the calendar.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month that a day is in.
    pub fn of(date: NaiveDate) -> Self {
        Month {
            year: date.year(),
            month: date.month(),
        }
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let next = self.plus(1);
        let next = NaiveDate::from_ymd_opt(next.year, next.month, 1);
        next.and_then(|next| next.pred_opt()).unwrap_or_default()
    }

    /// Months since January of the year 0.
    pub fn number(self) -> i32 {
        self.year * 12 + self.month as i32 - 1
    }

    /// The month that is this many months later or, below 0, earlier.
    pub fn plus(self, months: i32) -> Self {
        Month::from_number(self.number() + months)
    }

    /// The month with a [`number`](Self::number).
    pub fn from_number(number: i32) -> Self {
        Month {
            year: number.div_euclid(12),
            month: number.rem_euclid(12) as u32 + 1,
        }
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
        let wrong = || format!("“{text}” isn't a month; write year and month as in 2012-12");
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

/// The month in which years begin: January, or that of a fiscal year. A year is named for the calendar year in which
/// it ends: with October, the year 2016 runs from October 2015 to September 2016.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearStart(u32);

impl YearStart {
    /// The calendar's year.
    pub const JANUARY: YearStart = YearStart(1);

    /// From the number of the month, 1 to 12.
    pub fn of(month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(YearStart(month))
    }

    /// The number of the month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0
    }

    /// Whether years are calendar years.
    pub fn is_of_calendar(self) -> bool {
        self == YearStart::JANUARY
    }

    /// The year that a month is in.
    pub fn year_of(self, month: Month) -> i32 {
        match !self.is_of_calendar() && month.month >= self.0 {
            true => month.year + 1,
            false => month.year,
        }
    }

    /// The first month of a year.
    pub fn first(self, year: i32) -> Month {
        Month {
            year: if self.is_of_calendar() {
                year
            } else {
                year - 1
            },
            month: self.0,
        }
    }

    /// The last month of a year.
    pub fn last(self, year: i32) -> Month {
        self.first(year).plus(11)
    }
}

impl Default for YearStart {
    fn default() -> Self {
        YearStart::JANUARY
    }
}

/// The time that a sheet covers (docs/counting.md): the period, with both ends included, and the focal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// First month, included.
    pub from: Month,
    /// Last month, included.
    pub to: Month,
    /// The focal year.
    pub year: i32,
    /// When years begin.
    pub starts: YearStart,
}

/// Some months of a period, with both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First month, included.
    pub from: Month,
    /// Last month, included.
    pub to: Month,
}

/// How the periods of a sheet and those of the years before and after it differ: what `protect` must know about time
/// (docs/protection.md).
impl Period {
    /// The month in which the next year's sheet begins under the same rule: a year later. If the data begin later
    /// than the usual period and have cut this one, it is the usual month for next year or, if the data begin even
    /// later, the same month as now.
    pub fn next_from(&self) -> Month {
        match self.from <= Self::usual_from(self.year, self.starts) {
            true => self.from.plus(12),
            false => self.from.max(Self::usual_from(self.year + 1, self.starts)),
        }
    }

    /// The years for which `protect` must know the cases on the map: the focal year, every whole year of the period,
    /// and the year that it begins in. They are in no order, and one may appear twice.
    pub fn years_of_maps(&self) -> impl Iterator<Item = i32> {
        self.whole_years().chain([self.year, *self.years().start()])
    }

    /// The period in pieces, each within one year and on one side of the month in which the next year's sheet begins.
    pub fn stretches(&self) -> Vec<Stretch> {
        let next = self.next_from();
        let mut stretches = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let mut to = self.to.min(self.starts.last(self.starts.year_of(from)));
            if from < next {
                to = to.min(next.plus(-1));
            }
            stretches.push(Stretch { from, to });
            from = to.plus(1);
        }
        stretches
    }
}

impl Period {
    /// With the years of the calendar.
    pub fn of_calendar(from: Month, to: Month, year: i32) -> Self {
        Period {
            from,
            to,
            year,
            starts: YearStart::JANUARY,
        }
    }

    /// Whether a day is in the cumulative period.
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.covers_month(Month::of(date))
    }

    /// Whether a month is in the cumulative period.
    pub fn covers_month(&self, month: Month) -> bool {
        (self.from..=self.to).contains(&month)
    }

    /// Whether a month is in the period or in the focal year.
    pub fn counts(&self, month: Month) -> bool {
        self.covers_month(month) || self.starts.year_of(month) == self.year
    }

    /// The year that a day is in.
    pub fn year_of(&self, date: NaiveDate) -> i32 {
        self.starts.year_of(Month::of(date))
    }

    /// Whether a day is in the focal year.
    pub fn in_year(&self, date: NaiveDate) -> bool {
        self.year_of(date) == self.year
    }

    /// The years that the period overlaps, in order.
    pub fn years(&self) -> std::ops::RangeInclusive<i32> {
        self.starts.year_of(self.from)..=self.starts.year_of(self.to)
    }

    /// Whether the period has every month of a year.
    pub fn has_whole(&self, year: i32) -> bool {
        self.from <= self.starts.first(year) && self.starts.last(year) <= self.to
    }

    /// The years that are completely in the period, in order.
    pub fn whole_years(&self) -> impl Iterator<Item = i32> {
        let period = *self;
        period.years().filter(move |year| period.has_whole(*year))
    }

    /// The months before the first year that is completely in the period, from the first to the last; `None` if the
    /// period begins with a year or has no whole one.
    pub fn head(&self) -> Option<(Month, Month)> {
        let first = self.starts.first(self.whole_years().next()?);
        (self.from < first).then(|| (self.from, first.plus(-1)))
    }

    /// The focal year in words: `year 2016`, `fiscal year 2016 (2015-10 to 2016-09)`.
    pub fn year_in_words(&self) -> String {
        let (first, last) = self.months_of_year();
        match self.starts.is_of_calendar() {
            true => format!("year {}", self.year),
            false => format!("fiscal year {} ({first} to {last})", self.year),
        }
    }

    /// The first and the last month of the focal year.
    pub fn months_of_year(&self) -> (Month, Month) {
        (self.starts.first(self.year), self.starts.last(self.year))
    }

    /// Whether it ends with its year, and begins in the usual month.
    pub fn is_usual(&self) -> bool {
        self.to == self.starts.last(self.year)
            && self.from == Period::usual_from(self.year, self.starts)
    }

    /// The first month of the usual period for a year: the month before the year four years earlier, as in the
    /// published profiles, where December 2012 comes before the years 2013 to 2016.
    pub fn usual_from(year: i32, starts: YearStart) -> Month {
        starts.first(year - YEARS_BACK + 1).plus(-1)
    }
}

/// The period has this many years before its last one ends, plus a month before them.
const YEARS_BACK: i32 = 4;

/// Without data, any year is as good as another: that of the published profiles.
const YEAR_WITHOUT_DATA: i32 = 2016;

/// The time that the user asks for. What isn't given follows from the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timeframe {
    /// The focal year.
    pub year: Option<i32>,
    /// The period's first month.
    pub from: Option<Month>,
    /// The period's last month.
    pub to: Option<Month>,
    /// When years begin.
    pub starts: YearStart,
}

/// A period as the data allow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The period, with its focal year.
    pub period: Period,
    /// What was requested but isn't in the data: the months before, and those after.
    pub missing: Vec<(Month, Month)>,
}

impl From<Period> for Timeframe {
    fn from(period: Period) -> Self {
        Timeframe {
            year: Some(period.year),
            from: Some(period.from),
            to: Some(period.to),
            starts: period.starts,
        }
    }
}

impl Timeframe {
    /// Whether the request is possible.
    ///
    /// # Errors
    /// A period that ends before it begins, and a year outside it.
    pub fn check(&self) -> Outcome<()> {
        let outside = |year: i32, period: String| {
            Failure::usage(format!(
                "the year {year} isn't in the period, which {period}"
            ))
            .remedy("give a year in the period, or a period that includes the year")
        };
        let year_of = |month: Month| self.starts.year_of(month);
        match (self.from, self.to, self.year) {
            (Some(from), Some(to), _) if from > to => Err(Failure::usage(format!(
                "the period ends in {to}, before it begins in {from}"
            ))
            .remedy("set `from` to the earlier month and `to` to the later one")),
            (Some(from), Some(to), Some(year))
                if !(year_of(from)..=year_of(to)).contains(&year) =>
            {
                Err(outside(year, format!("runs from {from} to {to}")))
            }
            (Some(from), _, Some(year)) if year < year_of(from) => {
                Err(outside(year, format!("begins in {from}")))
            }
            (_, Some(to), Some(year)) if year > year_of(to) => {
                Err(outside(year, format!("ends in {to}")))
            }
            _ => Ok(()),
        }
    }

    /// Whether a period is as requested.
    pub fn fits(&self, period: &Period) -> bool {
        self.starts == period.starts
            && self.year.is_none_or(|year| year == period.year)
            && self.from.is_none_or(|from| from == period.from)
            && self.to.is_none_or(|to| to == period.to)
    }

    /// A month before which no place of a case can be needed; `None` if that depends on the data.
    pub fn earliest(&self) -> Option<Month> {
        let year = match (self.from, self.year) {
            (Some(from), _) => self.starts.year_of(from),
            (None, Some(year)) => self.starts.year_of(Period::usual_from(year, self.starts)),
            (None, None) => return None,
        };
        Some(self.starts.first(year))
    }

    /// The period and year of an area: as requested and, if nothing is, as its data allow (docs/counting.md).
    /// `active` are the months in which the area has signals, in order; `reach` are the first and the last month of
    /// all data.
    ///
    /// # Errors
    /// As [`Self::check`], also for what follows from the data.
    pub fn choose(&self, active: &[Month], reach: Option<(Month, Month)>) -> Outcome<Chosen> {
        self.check()?;
        let starts = self.starts;
        let own = reach.and_then(|reach| covered(active, reach));
        let year = self
            .year
            .or(self.to.map(|to| starts.year_of(to)))
            .or_else(|| self.year_of_data(active, own?))
            .or(self.from.map(|from| starts.year_of(from)))
            .or_else(|| self.year_of_data(&all_months(reach?), reach?))
            .unwrap_or(YEAR_WITHOUT_DATA);
        // What isn't requested begins and ends with the area's own data, unless these are at another time.
        let (first, last) = own
            .filter(|(first, last)| *first <= starts.last(year) && starts.first(year) <= *last)
            .or(reach)
            .unzip();
        let usual_to = starts.last(year);
        let to = self.to.unwrap_or(match last {
            Some(last) if last >= starts.first(year) => usual_to.min(last),
            _ => usual_to,
        });
        let usual_from = Period::usual_from(starts.year_of(to), starts);
        let from = self.from.unwrap_or(match first {
            Some(first) if first <= to => usual_from.max(first),
            _ => usual_from,
        });
        let asked = Timeframe {
            year: Some(year),
            from: Some(from),
            to: Some(to),
            starts,
        };
        asked.check()?;
        let mut chosen = within(
            Period {
                from,
                to,
                year,
                starts,
            },
            reach,
        );
        chosen.missing.extend(self.missing_of_year(year, reach));
        chosen.missing.sort_unstable();
        chosen.missing.dedup();
        Ok(chosen)
    }

    /// The months of the focal year that the data don't have, if they have others in it, unless the requested period
    /// leaves them out.
    fn missing_of_year(
        &self,
        year: i32,
        reach: Option<(Month, Month)>,
    ) -> impl Iterator<Item = (Month, Month)> {
        let (from, to) = (self.starts.first(year), self.starts.last(year));
        let reach = reach.filter(|(first, last)| *first <= to && from <= *last);
        let before = reach.filter(|(first, _)| from < *first && self.from.is_none());
        let before = before.map(|(first, _)| (from, first.plus(-1)));
        let after = reach.filter(|(_, last)| *last < to && self.to.is_none());
        let after = after.map(|(_, last)| (last.plus(1), to));
        before.into_iter().chain(after)
    }

    /// The last year that the area's data cover completely and in which it has signals; otherwise, the last year with
    /// signals.
    fn year_of_data(&self, active: &[Month], own: (Month, Month)) -> Option<i32> {
        let period = Period {
            from: own.0,
            to: own.1,
            year: 0,
            starts: self.starts,
        };
        let is_possible = |year: &i32| {
            let begins_in_time = self
                .from
                .is_none_or(|from| *year >= self.starts.year_of(from));
            begins_in_time && self.to.is_none_or(|to| *year <= self.starts.year_of(to))
        };
        let years = active.iter().map(|month| self.starts.year_of(*month));
        let years: Vec<i32> = years.filter(is_possible).collect();
        let mut latest = years.iter().rev();
        latest
            .find(|year| period.has_whole(**year))
            .or(years.last())
            .copied()
    }
}

fn all_months((first, last): (Month, Month)) -> Vec<Month> {
    let numbers = first.number()..=last.number();
    numbers.map(Month::from_number).collect()
}

/// The first and the last month that the data of an area cover. These are those with its first and last signal. But
/// an area may have no signals in the first and last months of the data. Only if this gap is much longer than any gap
/// between two of its signals are its own data assumed to begin later or to end earlier (docs/counting.md).
fn covered(active: &[Month], reach: (Month, Month)) -> Option<(Month, Month)> {
    let (first, last) = (*active.first()?, *active.last()?);
    let months = |from: Month, to: Month| to.number() - from.number();
    let silences = active.windows(2).map(|pair| months(pair[0], pair[1]) - 1);
    let usual = TIMES_AS_SILENT * silences.max().unwrap_or(0) + SILENT_MONTHS;
    let own = |is_usual: bool, all: Month, own: Month| if is_usual { all } else { own };
    Some((
        own(months(reach.0, first) <= usual, reach.0, first),
        own(months(last, reach.1) <= usual, reach.1, last),
    ))
}

/// How many times longer than between two signals an area's gap at either end of the data may be, plus this many
/// months.
const TIMES_AS_SILENT: i32 = 2;
const SILENT_MONTHS: i32 = 2;

/// The part of a period between the first and the last month of the data. If the period is outside them, it stays as
/// it is: there is nothing that it could claim.
fn within(period: Period, reach: Option<(Month, Month)>) -> Chosen {
    let mut chosen = Chosen {
        period,
        missing: Vec::new(),
    };
    let Some((first, last)) = reach else {
        return chosen;
    };
    if period.to < first || last < period.from {
        return chosen;
    }
    if period.from < first {
        chosen.period.from = first;
        chosen.missing.push((period.from, first.plus(-1)));
    }
    if last < period.to {
        chosen.period.to = last;
        chosen.missing.push((last.plus(1), period.to));
    }
    // The focal year must stay in the period, even if the data have nothing in it.
    if !chosen.period.years().contains(&period.year) {
        return Chosen {
            period,
            missing: Vec::new(),
        };
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn months(first: &str, last: &str) -> Vec<Month> {
        let (first, last) = (month(first), month(last));
        let numbers = first.number()..=last.number();
        numbers.map(Month::from_number).collect()
    }

    /// What is chosen for data whose first and last months are those of the area or, if given, others.
    fn choose(
        time: (Option<i32>, Option<&str>, Option<&str>, u32),
        active: &[Month],
        reach: Option<(&str, &str)>,
    ) -> Outcome<Chosen> {
        let (year, from, to, starts) = time;
        let time = Timeframe {
            year,
            from: from.map(month),
            to: to.map(month),
            starts: YearStart::of(starts).unwrap(),
        };
        let own = active.first().copied().zip(active.last().copied());
        let reach = reach.map(|(first, last)| (month(first), month(last)));
        time.choose(active, reach.or(own))
    }

    fn said(chosen: &Chosen) -> String {
        let Period { from, to, year, .. } = chosen.period;
        format!("{from} {to} {year}")
    }

    const NOTHING_ASKED: (Option<i32>, Option<&str>, Option<&str>, u32) = (None, None, None, 1);

    #[test]
    fn defaults_follow_from_the_data() {
        for (first, last, expected) in [
            // The published profile.
            ("2012-12", "2016-12", "2012-12 2016-12 2016"),
            ("2005-03", "2016-12", "2012-12 2016-12 2016"),
            // The last complete year, not the last one.
            ("2023-01", "2024-06", "2023-01 2023-12 2023"),
            ("2021-05", "2024-12", "2021-05 2024-12 2024"),
            // No complete year: the last one with data.
            ("2023-03", "2024-06", "2023-03 2024-06 2024"),
            ("2015-01", "2015-06", "2015-01 2015-06 2015"),
        ] {
            let chosen = choose(NOTHING_ASKED, &months(first, last), None).unwrap();
            assert_eq!(said(&chosen), expected, "{first} to {last}");
        }
    }

    #[test]
    fn a_year_moves_the_period_and_a_period_the_year() {
        let data = months("2008-01", "2019-12");
        let of = |time| said(&choose(time, &data, None).unwrap());
        assert_eq!(of((Some(2015), None, None, 1)), "2011-12 2015-12 2015");
        assert_eq!(of((None, None, Some("2018-06"), 1)), "2014-12 2018-06 2018");
        assert_eq!(of((None, Some("2018-02"), None, 1)), "2018-02 2019-12 2019");
    }

    #[test]
    fn a_state_that_stops_reporting_has_no_data_and_one_with_gaps_has() {
        let reach = Some(("2012-12", "2016-12"));
        let monthly = choose(NOTHING_ASKED, &months("2012-12", "2016-05"), reach).unwrap();
        assert_eq!(said(&monthly), "2012-12 2015-12 2015");
        let rare: Vec<Month> = ["2013-02", "2014-01", "2015-05", "2016-03"]
            .map(month)
            .into();
        let rare = choose(NOTHING_ASKED, &rare, reach).unwrap();
        assert_eq!(said(&rare), "2012-12 2016-12 2016");
        let late = choose(NOTHING_ASKED, &months("2013-02", "2016-12"), reach).unwrap();
        assert_eq!(said(&late), "2012-12 2016-12 2016");
        // A single signal says nothing about any other month.
        let single = choose(NOTHING_ASKED, &[month("2014-03")], reach).unwrap();
        assert_eq!(said(&single), "2014-03 2014-03 2014");
    }

    #[test]
    fn no_month_without_data_is_claimed() {
        let data = months("2023-01", "2024-06");
        let asked = (Some(2024), Some("2020-12"), Some("2024-12"), 1);
        let chosen = choose(asked, &data, None).unwrap();
        assert_eq!(said(&chosen), "2023-01 2024-06 2024");
        let missing = [("2020-12", "2022-12"), ("2024-07", "2024-12")];
        assert_eq!(
            chosen.missing,
            missing.map(|(first, last)| (month(first), month(last)))
        );
        // Also for a year that was named.
        let chosen = choose((Some(2024), None, None, 1), &data, None).unwrap();
        assert_eq!(said(&chosen), "2023-01 2024-06 2024");
        assert_eq!(chosen.missing, [(month("2024-07"), month("2024-12"))]);
        // A year that is entirely at another time has another message.
        let elsewhere = choose((Some(2016), None, None, 1), &data, None).unwrap();
        assert_eq!((elsewhere.period.year, elsewhere.missing.len()), (2016, 0));
    }

    #[test]
    fn impossible_periods_are_usage_errors() {
        for time in [
            (Some(2018), Some("2012-12"), Some("2016-12"), 1),
            (Some(2018), None, Some("2016-12"), 1),
            (Some(2011), Some("2012-12"), None, 1),
            (None, Some("2016-02"), Some("2016-01"), 1),
            (Some(2016), Some("2016-10"), Some("2016-12"), 10),
        ] {
            let failure = choose(time, &months("2012-12", "2016-12"), None).unwrap_err();
            assert_eq!(failure.exit_code(), 2, "{time:?}");
        }
        let fits = (Some(2016), Some("2016-03"), Some("2016-06"), 1);
        assert!(choose(fits, &months("2012-12", "2016-12"), None).is_ok());
    }

    #[test]
    fn a_fiscal_year_has_the_name_of_the_year_in_which_it_ends() {
        let october = YearStart::of(10).unwrap();
        assert_eq!(october.first(2016), month("2015-10"));
        assert_eq!(october.last(2016), month("2016-09"));
        assert_eq!(Period::usual_from(2016, october), month("2012-09"));
        assert_eq!(
            Period::usual_from(2016, YearStart::JANUARY),
            month("2012-12")
        );
        for starts in 1..=12 {
            let starts = YearStart::of(starts).unwrap();
            for at in months("2014-01", "2018-12") {
                let year = starts.year_of(at);
                assert!((starts.first(year)..=starts.last(year)).contains(&at));
                assert_eq!(starts.last(year).year, year);
            }
        }
        let data = months("2012-12", "2016-12");
        let chosen = choose((None, None, None, 10), &data, None).unwrap();
        assert_eq!(said(&chosen), "2012-12 2016-09 2016");
        let years: Vec<i32> = chosen.period.whole_years().collect();
        assert_eq!(years, [2014, 2015, 2016]);
        assert_eq!(
            chosen.period.head(),
            Some((month("2012-12"), month("2013-09")))
        );
        assert_eq!(YearStart::of(0), None);
        assert_eq!(YearStart::of(13), None);
    }

    fn period(from: &str, to: &str, year: i32) -> Period {
        Period::of_calendar(month(from), month(to), year)
    }

    #[test]
    fn a_period_is_divided_into_years_and_where_the_next_begins() {
        for (from, to, expected) in [
            (
                "2012-12",
                "2016-12",
                "2012-12/2012-12 2013-01/2013-11 2013-12/2013-12 2014-01/2014-12 2015-01/2015-12 2016-01/2016-12",
            ),
            // Data that begin later have cut the usual period; the next one begins in December 2013, or as late.
            (
                "2013-06",
                "2014-12",
                "2013-06/2013-11 2013-12/2013-12 2014-01/2014-12",
            ),
            (
                "2014-01",
                "2016-12",
                "2014-01/2014-12 2015-01/2015-12 2016-01/2016-12",
            ),
            ("2016-03", "2016-05", "2016-03/2016-05"),
        ] {
            let stretches = period(from, to, 2016).stretches();
            let words: Vec<String> = stretches
                .iter()
                .map(|Stretch { from, to }| format!("{from}/{to}"))
                .collect();
            assert_eq!(words.join(" "), expected);
        }
    }
}
