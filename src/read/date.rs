//! Reads the day that a signal arrived.

use chrono::format::{Item, Parsed, StrftimeItems};
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::reject::Reason;
use crate::failure::{Failure, Outcome};

/// A way to write dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// `2016-03-01`, perhaps with a time.
    Iso,
    /// `3/1/2016` or `03-01-16`, perhaps with a time.
    MonthDayYear,
    /// `1.3.2016` or `01/03/16`, perhaps with a time.
    DayMonthYear,
    /// Excel's number of days since the end of 1899.
    Excel,
    /// The same counted from 1904, as Excel for the Macintosh once did.
    Excel1904,
    /// A year alone, which is taken for its first day.
    Year,
    /// A pattern of `chrono::format::strftime`.
    Pattern(String),
}

/// Two-digit years below this are of this century.
const FIRST_YEAR_OF_LAST_CENTURY: u32 = 69;
/// Excel's numbers of days that are no other number by mistake: 1954 to 2119.
const EXCEL_DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

impl DateForm {
    /// As a mapping file names it.
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
            "year" => DateForm::Year,
            _ => {
                let sound =
                    name.contains('%') && StrftimeItems::new(name).all(|item| item != Item::Error);
                if !sound {
                    return Err(Failure::data(format!("unknown form of dates “{name}”")).remedy(
                        "give iso, month/day/year, day/month/year, excel, excel-1904, year, or a pattern \
                         such as %d %B %Y",
                    ));
                }
                DateForm::Pattern(name.to_owned())
            }
        })
    }

    /// The day that a text says in this form. A time that says its offset from UTC is first moved to
    /// the zone, where there is one.
    pub fn day(&self, text: &[u8], zone: Option<Tz>) -> Option<NaiveDate> {
        let text = text.trim_ascii();
        match self {
            DateForm::Iso => {
                let day = iso_day(text)?;
                match zone {
                    Some(zone) => in_zone(day, &text[DATE..], zone),
                    None => Some(day),
                }
            }
            DateForm::MonthDayYear => {
                let ([month, day, year], time) = three_numbers(text)?;
                let date = NaiveDate::from_ymd_opt(year_of(year)?, month.0, day.0)?;
                with_time(date, time, zone)
            }
            DateForm::DayMonthYear => {
                let ([day, month, year], time) = three_numbers(text)?;
                let date = NaiveDate::from_ymd_opt(year_of(year)?, month.0, day.0)?;
                with_time(date, time, zone)
            }
            DateForm::Excel => excel_day(text, NaiveDate::from_ymd_opt(1899, 12, 30)?),
            DateForm::Excel1904 => excel_day(text, NaiveDate::from_ymd_opt(1904, 1, 1)?),
            DateForm::Year => {
                let text = text.strip_suffix(b".0").unwrap_or(text);
                let &[_, _, _, _] = text else { return None };
                let year = number(text).filter(|year| (1900..2200).contains(year))?;
                NaiveDate::from_ymd_opt(year as i32, 1, 1)
            }
            DateForm::Pattern(pattern) => {
                pattern_day(std::str::from_utf8(text).ok()?, pattern, zone)
            }
        }
    }
}

/// Reads the days of rows one after the other.
pub(super) struct Days<'v> {
    /// Tried in this order.
    forms: &'v [DateForm],
    /// Zone that times with an offset are moved to.
    zone: Option<Tz>,
    /// The date that was read last, as written, where all dates are ISO ones as written: rows mostly come
    /// in the order of time, so that the next has the same.
    last: Option<([u8; DATE], NaiveDate)>,
}

/// Length of an ISO date.
const DATE: usize = 10;

impl<'v> Days<'v> {
    pub(super) fn of(forms: &'v [DateForm], zone: Option<Tz>) -> Self {
        Days {
            forms,
            zone,
            last: None,
        }
    }

    /// The day that a text says in one of the forms, or in ISO's, which can't be mistaken for another
    /// and is what dates of an Excel file become.
    pub(super) fn day(&mut self, text: &[u8]) -> Option<NaiveDate> {
        if let Some((date, time)) = text.split_first_chunk()
            && let Some((last, day)) = &self.last
            && last == date
            && (time.is_empty() || is_time(time))
        {
            return Some(*day);
        }
        let mut forms = self.forms.iter().chain([&DateForm::Iso]);
        let day = forms.find_map(|form| form.day(text, self.zone))?;
        if self.are_iso() && self.zone.is_none() {
            self.last = text.first_chunk().map(|date| (*date, day));
        }
        Some(day)
    }

    /// Why a text that is no day is rejected.
    pub(super) fn reason(&self) -> Reason {
        match self.are_iso() {
            true => Reason::UnreadableReceived,
            false => Reason::NoMappedDate,
        }
    }

    fn are_iso(&self) -> bool {
        *self.forms == [DateForm::Iso]
    }
}

fn pattern_day(text: &str, pattern: &str, zone: Option<Tz>) -> Option<NaiveDate> {
    let mut parsed = Parsed::new();
    chrono::format::parse(&mut parsed, text, StrftimeItems::new(pattern)).ok()?;
    if let (Some(zone), Ok(moment)) = (zone, parsed.to_datetime()) {
        return Some(moment.with_timezone(&zone).date_naive());
    }
    parsed.to_naive_date().ok()
}

/// Days since an epoch, perhaps with a fraction, which is the time.
fn excel_day(text: &[u8], epoch: NaiveDate) -> Option<NaiveDate> {
    let text = std::str::from_utf8(text).ok()?;
    let days = text.split_once('.').map_or(text, |(days, _)| days);
    text.parse::<f64>().ok()?;
    let days: i64 = days.parse().ok()?;
    EXCEL_DAYS
        .contains(&days)
        .then(|| epoch.checked_add_signed(TimeDelta::days(days)))?
}

/// A number and how many digits it is written with.
type Written = (u32, usize);

/// Three numbers with the same mark between them, and what follows.
fn three_numbers(text: &[u8]) -> Option<([Written; 3], &[u8])> {
    let mut rest = text;
    let mut numbers = [(0, 0); 3];
    let mut mark = None;
    for (index, place) in numbers.iter_mut().enumerate() {
        if index > 0 {
            let (&found, behind) = rest.split_first()?;
            if !b"/-.".contains(&found) || *mark.get_or_insert(found) != found {
                return None;
            }
            rest = behind;
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=4).contains(&digits) {
            return None;
        }
        *place = (number(&rest[..digits])?, digits);
        rest = &rest[digits..];
    }
    Some((numbers, rest))
}

/// A year of four digits, or of two.
fn year_of((year, digits): Written) -> Option<i32> {
    match digits {
        4 => Some(year as i32),
        2 if year < FIRST_YEAR_OF_LAST_CENTURY => Some(2000 + year as i32),
        2 => Some(1900 + year as i32),
        _ => None,
    }
}

/// A day with a time behind it: `1:45 PM`, `13:45:00`, `13:45 MST`, `13:45:00Z`, `13:45 -07:00`. The
/// name of a zone is passed over: the day is the one that is written.
fn with_time(date: NaiveDate, time: &[u8], zone: Option<Tz>) -> Option<NaiveDate> {
    let text = std::str::from_utf8(time).ok()?.trim();
    if text.is_empty() {
        return Some(date);
    }
    let text = text.strip_prefix(',').unwrap_or(text).trim_start();
    let text = text.strip_prefix('T').unwrap_or(text);
    let clock_ends = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))
        .unwrap_or(text.len());
    let (clock, mut behind) = text.split_at(clock_ends);
    let mut parts = clock.split(':');
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second: f64 = parts.next().map_or(Ok(0.0), str::parse).ok()?;
    if parts.next().is_some() || hour > 23 || minute > 59 || second >= 61.0 {
        return None;
    }
    behind = behind.trim_start();
    let half = behind.get(..2).map(str::to_ascii_uppercase);
    if let Some(half @ ("AM" | "PM")) = half.as_deref() {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if half == "PM" { 12 } else { 0 };
        behind = behind[2..].trim_start();
    }
    let is_zone_name = |text: &str| {
        (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    match behind {
        "" => Some(date),
        name if is_zone_name(name) && name != "Z" && name != "UTC" && name != "GMT" => Some(date),
        offset => {
            let offset = match offset {
                "UTC" | "GMT" => "Z",
                offset => offset,
            };
            let time = format!("T{hour:02}:{minute:02}{offset}");
            is_time(time.as_bytes()).then_some(())?;
            match zone {
                Some(zone) => in_zone(date, time.as_bytes(), zone),
                None => Some(date),
            }
        }
    }
}

/// The day in a zone of a time that [`is_time`] accepts; the day as written where it has no offset.
fn in_zone(day: NaiveDate, time: &[u8], zone: Tz) -> Option<NaiveDate> {
    let Some((&[_, h1, h2, _, m1, m2], rest)) = time.split_first_chunk::<6>() else {
        return Some(day);
    };
    let Some(sign) = rest.iter().position(|byte| b"Zz+-".contains(byte)) else {
        return Some(day);
    };
    let digits: Vec<u8> = rest[sign + 1..]
        .iter()
        .copied()
        .filter(u8::is_ascii_digit)
        .collect();
    let (hours, minutes) = (
        number(digits.get(..2).unwrap_or_default())?,
        number(digits.get(2..4).unwrap_or_default())?,
    );
    let ahead = i64::from(hours * 60 + minutes);
    let ahead = if rest[sign] == b'-' { -ahead } else { ahead };
    let local = day.and_hms_opt(number(&[h1, h2])?, number(&[m1, m2])?, 0)?;
    let utc = local.checked_sub_signed(TimeDelta::minutes(ahead))?;
    Some(utc.and_utc().with_timezone(&zone).date_naive())
}

/// The local day of an ISO 8601 date or date-time: `2016-03-01`, `2016-03-01T13:45`, with seconds, with
/// a space for the T, with `Z` or an offset. The day is the one that is written: an offset does not
/// move it. `None` when it is anything else or no day of the calendar.
pub(super) fn iso_day(text: &[u8]) -> Option<NaiveDate> {
    let text = text.trim_ascii();
    let (date, time) = text.split_at_checked(DATE)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    if !time.is_empty() && !is_time(time) {
        return None;
    }
    let year = number(&[y1, y2, y3, y4])?;
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
            // Hours alone are an offset too.
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

/// What stands behind `13:45`.
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
mod tests {
    use super::*;

    #[test]
    fn a_date_or_date_time_is_the_day_as_written() {
        let day = NaiveDate::from_ymd_opt(2016, 3, 1);
        for text in [
            "2016-03-01",
            " 2016-03-01 ",
            "2016-03-01T13:45",
            "2016-03-01 13:45",
            "2016-03-01T23:59:60",
            "2016-03-01T13:45:30.125Z",
            "2016-03-01T23:45-07:00",
            "2016-03-01T23:45:00 +0530",
            "2016-03-01T00:05+13",
        ] {
            assert_eq!(iso_day(text.as_bytes()), day, "{text}");
        }
        assert!(iso_day(b"2016-02-29").is_some());
    }

    #[test]
    fn anything_else_is_no_day() {
        for text in [
            "",
            "2016-02-30",
            "2015-02-29",
            "2016-13-01",
            "2016-00-10",
            "2016-3-1",
            "03/01/2016",
            "2016-03-01T24:00",
            "2016-03-01T13:60",
            "2016-03-01T13",
            "2016-03-01x",
            "2016-03-01T13:45:",
            "2016-03-01T13:45+7",
            "2016-03-01T13:45+99:00",
            "２０１６-03-01",
            "+016-03-01",
        ] {
            assert_eq!(iso_day(text.as_bytes()), None, "{text}");
        }
    }

    fn day(form: &str, text: &str, zone: Option<&str>) -> Option<String> {
        let form = DateForm::named(form).unwrap();
        let zone = zone.map(|zone| zone.parse().unwrap());
        form.day(text.as_bytes(), zone).map(|day| day.to_string())
    }

    #[test]
    fn american_dates_are_read_with_two_digit_years_and_times() {
        for text in [
            "3/1/2016",
            "03/01/2016",
            "3-1-16",
            "03.01.2016",
            "3/1/2016 1:45 PM",
            "3/1/2016, 11:45:30 PM",
            "03/01/2016 23:45:00.5",
            "3/1/2016 11:45 PM MST",
            "3/1/2016 12:05 am",
            "3/1/16 13:45 -07:00",
        ] {
            assert_eq!(
                day("month/day/year", text, None).as_deref(),
                Some("2016-03-01"),
                "{text}"
            );
        }
        for text in [
            "13/1/2016",
            "2/30/2016",
            "3/1/216",
            "3/1-2016",
            "3/1/2016 25:00",
            "3/1/2016 13:00 PM",
            "3/1",
            "",
            "3/1/2016 noon",
        ] {
            assert_eq!(day("month/day/year", text, None), None, "{text}");
        }
        assert_eq!(
            day("day/month/year", "1.3.16", None).as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(
            day("month/day/year", "3/1/68", None).as_deref(),
            Some("2068-03-01")
        );
        assert_eq!(
            day("month/day/year", "3/1/69", None).as_deref(),
            Some("1969-03-01")
        );
    }

    #[test]
    fn numbers_of_days_years_and_patterns_are_dates_where_the_mapping_says_so() {
        assert_eq!(day("excel", "42430", None).as_deref(), Some("2016-03-01"));
        assert_eq!(
            day("excel", "42430.9999", None).as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(
            day("excel-1904", "40968", None).as_deref(),
            Some("2016-03-01")
        );
        for text in ["2016", "4243000", "42430x", "-42430", "1e4", "42430.x"] {
            assert_eq!(day("excel", text, None), None, "{text}");
        }
        assert_eq!(day("year", "2016", None).as_deref(), Some("2016-01-01"));
        assert_eq!(day("year", "2016.0", None).as_deref(), Some("2016-01-01"));
        assert_eq!(day("year", "20160", None), None);
        assert_eq!(
            day("%d %B %Y", "1 March 2016", None).as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(
            day(
                "%Y-%m-%dT%H:%M:%S%z",
                "2016-03-01T02:00:00+0000",
                Some("America/Denver")
            )
            .as_deref(),
            Some("2016-02-29")
        );
        assert!(DateForm::named("%Q").is_err());
        assert!(DateForm::named("us").is_err());
    }

    #[test]
    fn a_time_with_an_offset_is_moved_to_the_zone_of_the_mapping() {
        let zone = Some("America/Denver");
        // Denver is seven hours behind UTC in winter and six in summer.
        assert_eq!(
            day("iso", "2016-03-01T06:59:00Z", zone).as_deref(),
            Some("2016-02-29")
        );
        assert_eq!(
            day("iso", "2016-03-01T07:00Z", zone).as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(
            day("iso", "2016-07-01T06:00:00.5+00:00", zone).as_deref(),
            Some("2016-07-01")
        );
        assert_eq!(
            day("iso", "2016-07-01 05:59 +0000", zone).as_deref(),
            Some("2016-06-30")
        );
        assert_eq!(
            day("iso", "2016-02-29T23:30-10:00", zone).as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(
            day("iso", "2016-03-01T02:00", zone).as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(
            day("iso", "2016-03-01", zone).as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(
            day("month/day/year", "3/1/2016 2:00 AM UTC", zone).as_deref(),
            Some("2016-02-29")
        );
        assert_eq!(
            day("month/day/year", "3/1/2016 2:00 AM", zone).as_deref(),
            Some("2016-03-01")
        );
    }
}
