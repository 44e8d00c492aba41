//! Reads the time after a day, with its time zone.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::scan::Scan;
use crate::read::trim::MINUS;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// 24 for the end of the day.
    hour: u32,
    minute: u32,
    zone: Zone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    /// None is given, or a name without an offset.
    Unsaid,
    /// Minutes ahead of UTC.
    Offset(i64),
    Named(Tz),
}

/// Names of time zones in the states and territories, and their offsets from UTC in hours.
const ABBREVIATIONS: [(&str, i64); 16] = [
    ("AST", -4),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("AKST", -9),
    ("AKDT", -8),
    ("HST", -10),
    ("HDT", -9),
    ("SST", -11),
    ("CHST", 10),
    ("UTC", 0),
];

/// The time in what follows a day; `Some(None)` if nothing does, `None` if it isn't a time.
pub(super) fn read(text: &str) -> Option<Option<Clock>> {
    let mut scan = Scan(text);
    let is_apart = scan.skip(|c| matches!(c, ' ' | ',')) > 0;
    if scan.is_empty() {
        return Some(None);
    }
    let is_basic = scan.eat("T");
    let is_joined = is_basic
        || scan.eat("at ")
        || scan.eat("a las ")
        || scan.eat("@")
        || scan.eat(":")
        || (is_apart && scan.eat("- "));
    if !is_joined && !is_apart {
        return None;
    }
    scan.skip_spaces();
    let (mut hour, minute, is_whole) = hours_and_minutes(&mut scan, is_basic)?;
    scan.skip_spaces();
    match half(&mut scan) {
        Some(is_afternoon) if (1..=12).contains(&hour) => {
            hour = hour % 12 + if is_afternoon { 12 } else { 0 };
        }
        Some(_) => return None,
        None if !is_whole => return None,
        None => {}
    }
    scan.skip_spaces();
    let zone = zone(scan)?;
    Some(Some(Clock { hour, minute, zone }))
}

/// Hours and minutes, and whether there are minutes; seconds are skipped.
fn hours_and_minutes(scan: &mut Scan<'_>, is_basic: bool) -> Option<(u32, u32, bool)> {
    let first = scan.number()?;
    let (hour, minute, second, is_whole) = match first.digits {
        1 | 2 => {
            let two = |scan: &mut Scan<'_>| scan.number().filter(|number| number.digits == 2);
            let mut parts = [0, 0];
            let mut written = 0;
            for part in &mut parts {
                if !scan.eat(":") {
                    break;
                }
                *part = two(scan)?.value;
                written += 1;
            }
            let [minute, second] = parts;
            (first.value, minute, second, written > 0)
        }
        4 if is_basic => (first.value / 100, first.value % 100, 0, true),
        6 if is_basic => (
            first.value / 10_000,
            first.value / 100 % 100,
            first.value % 100,
            true,
        ),
        _ => return None,
    };
    // A fraction of a second.
    let ahead = &mut scan.clone();
    if (ahead.eat(".") || ahead.eat(",")) && ahead.skip(|c| c.is_ascii_digit()) > 0 {
        *scan = *ahead;
    }
    let is_end_of_day = hour == 24 && minute == 0 && second == 0;
    ((hour < 24 || is_end_of_day) && minute < 60 && second <= 60)
        .then_some((hour, minute, is_whole))
}

/// Whether it is after noon, if the time says so: `PM`, `p.m.`, `P. M.`.
fn half(scan: &mut Scan<'_>) -> Option<bool> {
    let mut ahead = *scan;
    let is_afternoon = match ahead.peek()? {
        'a' | 'A' => false,
        'p' | 'P' => true,
        _ => return None,
    };
    ahead.0 = &ahead.0[1..];
    let is_dotted = ahead.eat(".");
    if is_dotted {
        ahead.skip_spaces();
    }
    if !ahead.eat("m") && !(ahead.eat(" m")) {
        return None;
    }
    ahead.eat(".");
    if ahead.peek().is_some_and(char::is_alphanumeric) {
        return None;
    }
    *scan = ahead;
    Some(is_afternoon)
}

/// The rest of a time: `Z`, `-07:00`, `GMT-0700 (Mountain Standard Time)`, `MST`, `America/Denver`.
fn zone(mut scan: Scan<'_>) -> Option<Zone> {
    if scan.is_empty() {
        return Some(Zone::Unsaid);
    }
    if let Some(name) = scan
        .0
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return Some(name.parse().map_or(Zone::Unsaid, Zone::Named));
    }
    if let Ok(zone) = scan.0.parse::<Tz>()
        && scan.0.contains('/')
    {
        return Some(Zone::Named(zone));
    }
    if is_name_of_zone(scan.0) {
        return Some(Zone::Unsaid);
    }
    let letters = scan.letters();
    let named = match letters {
        "" => None,
        "z" | "Z" | "GMT" | "UT" => Some(0),
        _ => ABBREVIATIONS
            .iter()
            .find(|(name, _)| *name == letters)
            .map(|(_, hours)| 60 * hours),
    };
    let is_utc = named == Some(0);
    if !letters.is_empty() && named.is_none() {
        // Another time zone, as other countries name it.
        let is_word = letters.len() <= 5 && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        return (is_word && scan.is_empty()).then_some(Zone::Unsaid);
    }
    let mut zone = named.map_or(Zone::Unsaid, Zone::Offset);
    if let Some(minutes) = offset(&mut scan, is_utc)? {
        if named.is_some() && !is_utc {
            return None;
        }
        zone = Zone::Offset(minutes);
    }
    scan.skip_spaces();
    let is_commented = (scan.0.starts_with('(') && scan.0.ends_with(')'))
        || (scan.0.starts_with('[') && scan.0.ends_with(']'));
    (scan.is_empty() || is_commented).then_some(zone)
}

/// `-0700`, `+05:30`, `+00`; after `GMT`, one digit is enough. `Some(None)` if there is none.
fn offset(scan: &mut Scan<'_>, is_utc: bool) -> Option<Option<i64>> {
    let sign = if scan.eat("+") {
        1
    } else if scan.eat("-") || scan.eat(MINUS) {
        -1
    } else {
        return Some(None);
    };
    let number = scan.number()?;
    let (hours, minutes) = match number.digits {
        1 if is_utc => (number.value, 0),
        2 if scan.eat(":") => (
            number.value,
            scan.number().filter(|minutes| minutes.digits == 2)?.value,
        ),
        2 => (number.value, 0),
        4 => (number.value / 100, number.value % 100),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(Some(sign * i64::from(60 * hours + minutes)))
}

/// `Mountain Standard Time`, with or without parentheses.
fn is_name_of_zone(text: &str) -> bool {
    let text = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    text.ends_with(" Time") && text.chars().all(|c| c.is_alphabetic() || c == ' ')
}

impl Clock {
    /// The day in `zone` for this time on a day, if the time names its own zone; otherwise, the day as written.
    pub(super) fn day_in(self, day: NaiveDate, zone: Tz) -> Option<NaiveDate> {
        let is_end_of_day = self.hour == 24;
        let time = NaiveTime::from_hms_opt(self.hour % 24, self.minute, 0)?;
        let local = day.and_time(time);
        let local = match is_end_of_day {
            true => local.checked_add_signed(TimeDelta::days(1))?,
            false => local,
        };
        let utc = match self.zone {
            Zone::Unsaid => return Some(day),
            Zone::Offset(minutes) => local.checked_sub_signed(TimeDelta::minutes(minutes))?,
            // For an hour that occurs twice, the first.
            Zone::Named(of) => local.and_local_timezone(of).earliest()?.naive_utc(),
        };
        Some(utc.and_utc().with_timezone(&zone).date_naive())
    }
}
