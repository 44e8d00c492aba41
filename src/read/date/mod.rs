//! Reads the day that a signal arrived.

mod calendar;
mod clock;
mod scan;

use std::borrow::Cow;

use chrono::format::{Item, Parsed, StrftimeItems};
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use self::calendar::{NoDay, Order, Way};
use super::reject::Reason;
use super::trim::trim;
use crate::failure::{Failure, Outcome, is_unprintable};

/// A way of writing dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// `2016-03-01`, `Mar 1, 2016` and any other form that can't be another day, optionally with a time.
    Iso,
    /// `3/1/2016` or `03-01-16`, optionally with a time.
    MonthDayYear,
    /// `1.3.2016` or `01/03/16`, optionally with a time.
    DayMonthYear,
    /// Excel's number of days since the end of 1899.
    Excel,
    /// The same counted from 1904, as Excel for the Macintosh once did.
    Excel1904,
    /// A month alone, which is taken for its first day: `2016-03`, `Mar 2016`.
    Month,
    /// A year alone, which is taken for its first day.
    Year,
    /// A pattern for `chrono::format::strftime`.
    Pattern(String),
}

/// Excel's numbers of days that can hardly be other numbers: 1954 to 2119.
const EXCEL_DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

impl DateForm {
    /// The form with a name in a mapping file.
    ///
    /// # Errors
    /// A text that is neither a name nor a pattern.
    pub fn named(name: &str) -> Outcome<DateForm> {
        Ok(match name {
            "iso" => DateForm::Iso,
            "month/day/year" => DateForm::MonthDayYear,
            "day/month/year" => DateForm::DayMonthYear,
            "excel" => DateForm::Excel,
            "excel-1904" => DateForm::Excel1904,
            "month" => DateForm::Month,
            "year" => DateForm::Year,
            _ => {
                let sound =
                    name.contains('%') && StrftimeItems::new(name).all(|item| item != Item::Error);
                if !sound {
                    return Err(Failure::data(format!("unknown form of dates “{name}”")).remedy(
                        "give iso, month/day/year, day/month/year, month, year, excel, excel-1904, or a \
                         pattern such as %d %B %Y",
                    ));
                }
                DateForm::Pattern(name.to_owned())
            }
        })
    }

    /// The day that a text says in this form. A time with an offset from UTC is first converted to the zone, if there
    /// is one.
    pub fn day(&self, text: &[u8], zone: Option<Tz>) -> Option<NaiveDate> {
        let text = tidied(std::str::from_utf8(trim(text)).ok()?);
        self.read(&text, zone).ok().map(|(day, _)| day)
    }

    fn read(&self, text: &str, zone: Option<Tz>) -> Result<(NaiveDate, Way), NoDay> {
        let counted = |day: Option<NaiveDate>| day.map(|day| (day, Way::Plain)).ok_or(NoDay::Form);
        match self {
            DateForm::Iso => with_time(calendar::plain(text)?, zone),
            DateForm::MonthDayYear => with_time(calendar::numbers(text, Order::MonthFirst)?, zone),
            DateForm::DayMonthYear => with_time(calendar::numbers(text, Order::DayFirst)?, zone),
            DateForm::Excel => counted(excel_day(text, 1899, 12, 30)),
            DateForm::Excel1904 => counted(excel_day(text, 1904, 1, 1)),
            DateForm::Month => calendar::month_alone(text).map(|day| (day, Way::Plain)),
            DateForm::Year => counted(year_alone(text)),
            DateForm::Pattern(pattern) => counted(pattern_day(text, pattern, zone)),
        }
    }
}

/// Reads the days of rows, one after the other.
pub(super) struct Days<'v> {
    /// Tried in this order.
    forms: &'v [DateForm],
    /// Zone that times with an offset are converted to.
    zone: Option<Tz>,
    /// The ISO date that was read last, as written: rows are usually in order of time, so the next one often has the
    /// same date.
    last: Option<([u8; DATE], NaiveDate)>,
    pub ways: Ways,
}

/// How many dates in a column are numbers with the year last, by whether they show which number is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// Cells that are a date in only one way.
    pub one_way: u64,
    /// Cells that are a date in both ways.
    pub both_ways: u64,
    /// Line of the first date that can be read both ways.
    pub first_both: Option<u64>,
}

impl Ways {
    /// Whether month and day could be in either order in every row that has them as numbers.
    pub fn are_open(self) -> bool {
        self.both_ways > 0 && self.one_way == 0
    }

    /// Adds those of the next part of the file, with their lines shifted by `shift`.
    pub(super) fn add(&mut self, part: Ways, shift: u64) {
        self.one_way += part.one_way;
        self.both_ways += part.both_ways;
        let first = part.first_both.map(|line| line + shift);
        self.first_both = self.first_both.or(first);
    }

    fn note(&mut self, way: Way, line: u64) {
        match way {
            Way::Plain => {}
            Way::Settled => self.one_way += 1,
            Way::BothWays => {
                self.both_ways += 1;
                self.first_both.get_or_insert(line);
            }
        }
    }
}

/// Length of an ISO date.
const DATE: usize = 10;

impl<'v> Days<'v> {
    pub(super) fn of(forms: &'v [DateForm], zone: Option<Tz>) -> Self {
        Days {
            forms,
            zone,
            last: None,
            ways: Ways::default(),
        }
    }

    /// The day that a text says in one of the forms, or in a form that can't be another day: with the year first, as
    /// in Excel files, or with the month's name.
    ///
    /// # Errors
    /// Why it isn't a day.
    pub(super) fn day(&mut self, text: &[u8], line: u64) -> Result<NaiveDate, Reason> {
        if self.zone.is_none() {
            if let Some((date, time)) = text.split_first_chunk()
                && let Some((last, day)) = &self.last
                && last == date
                && (time.is_empty() || is_time(time))
            {
                return Ok(*day);
            }
            if let Some(day) = iso_day(text) {
                self.last = text.first_chunk().map(|date| (*date, day));
                return Ok(day);
            }
        }
        self.read(text, line)
    }

    fn read(&mut self, text: &[u8], line: u64) -> Result<NaiveDate, Reason> {
        let text = std::str::from_utf8(text).map_err(|_| Reason::NotADate)?;
        let text = tidied(text);
        // After the requested forms, which may be patterns that read it differently.
        let plain = match self.forms.contains(&DateForm::Iso) {
            true => &[][..],
            false => &[DateForm::Iso],
        };
        let mut reason = None;
        for form in self.forms.iter().chain(plain) {
            match form.read(&text, self.zone) {
                Ok((day, way)) => {
                    self.ways.note(way, line);
                    return Ok(day);
                }
                Err(NoDay::Form) => {}
                Err(no_day) => {
                    reason.get_or_insert(no_day);
                }
            }
        }
        Err(match reason {
            Some(NoDay::Calendar) => Reason::NoSuchDay,
            Some(NoDay::Year) => Reason::ImpossibleYear,
            Some(NoDay::DayFirst) => Reason::DayFirst,
            _ if text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.') =>
            {
                Reason::NumberForDate
            }
            _ => Reason::NotADate,
        })
    }
}

/// A day with the time after it.
fn with_time(read: calendar::Read<'_>, zone: Option<Tz>) -> Result<(NaiveDate, Way), NoDay> {
    let clock = clock::read(read.rest).ok_or(NoDay::Form)?;
    let day = match (clock, zone) {
        (Some(clock), Some(zone)) => clock.day_in(read.day, zone).ok_or(NoDay::Calendar)?,
        _ => read.day,
    };
    Ok((day, read.way))
}

/// The text with one plain space for each run of spaces of any kind.
fn tidied(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| c != ' ' && (c.is_whitespace() || is_unprintable(c));
    if !text.contains(is_odd) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let shown: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_unprintable(*c))
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    Cow::Owned(words.join(" "))
}

fn pattern_day(text: &str, pattern: &str, zone: Option<Tz>) -> Option<NaiveDate> {
    let mut parsed = Parsed::new();
    chrono::format::parse(&mut parsed, text, StrftimeItems::new(pattern)).ok()?;
    if let (Some(zone), Ok(moment)) = (zone, parsed.to_datetime()) {
        return Some(moment.with_timezone(&zone).date_naive());
    }
    parsed.to_naive_date().ok()
}

/// Days since an epoch, optionally with a fraction for the time.
fn excel_day(text: &str, year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let epoch = NaiveDate::from_ymd_opt(year, month, day)?;
    let days = text.split_once('.').map_or(text, |(days, _)| days);
    text.parse::<f64>().ok()?;
    let days: i64 = days.parse().ok()?;
    EXCEL_DAYS
        .contains(&days)
        .then(|| epoch.checked_add_signed(TimeDelta::days(days)))?
}

fn year_alone(text: &str) -> Option<NaiveDate> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let year = (text.len() == 4).then(|| number(text.as_bytes()))??;
    calendar::YEARS
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year as i32, 1, 1))?
}

/// The local day of an ISO 8601 date or date-time: `2016-03-01`, `2016-03-01T13:45`, with seconds, with a space for
/// the T, with `Z` or an offset. The day is the one that is written: an offset doesn't change it. `None` for anything
/// else, or if the calendar doesn't have the day: the other readers know more forms.
fn iso_day(text: &[u8]) -> Option<NaiveDate> {
    let (date, time) = text.split_at_checked(DATE)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    if !time.is_empty() && !is_time(time) {
        return None;
    }
    let year = number(&[y1, y2, y3, y4]).filter(|year| calendar::YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year as i32, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// `T13:45`, ` 13:45:30`, `T13:45:30.123Z`, `T13:45-07:00`.
fn is_time(text: &[u8]) -> bool {
    let [b'T' | b't' | b' ', text @ ..] = text else {
        return false;
    };
    let Some(text) = hours_and_minutes(text, 23) else {
        return false;
    };
    let text = match text {
        [b':', s1, s2, rest @ ..] if number(&[*s1, *s2]).is_some_and(|second| second <= 60) => {
            without_fraction(rest)
        }
        _ => text,
    };
    match text.trim_ascii_start() {
        b"" | b"Z" | b"z" => true,
        [b'+' | b'-', offset @ ..] => {
            // Hours without minutes are an offset, too.
            let offset = match offset {
                [h1, h2] => return number(&[*h1, *h2]).is_some_and(|hour| hour <= 23),
                [h1, h2, m1, m2] => &[*h1, *h2, b':', *m1, *m2],
                _ => offset,
            };
            hours_and_minutes(offset, 23).is_some_and(<[u8]>::is_empty)
        }
        _ => false,
    }
}

/// What follows `13:45`.
fn hours_and_minutes(text: &[u8], last_hour: u32) -> Option<&[u8]> {
    let [h1, h2, b':', m1, m2, rest @ ..] = text else {
        return None;
    };
    let sound = number(&[*h1, *h2])? <= last_hour && number(&[*m1, *m2])? <= 59;
    sound.then_some(rest)
}

fn without_fraction(text: &[u8]) -> &[u8] {
    match text {
        [b'.' | b',', first, rest @ ..] if first.is_ascii_digit() => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            &rest[digits..]
        }
        _ => text,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests;
