//! Reads the day at the beginning of a text, as people and programs write it.

use chrono::NaiveDate;

use super::scan::{Number, Scan};

/// Two-digit years below this are in this century.
const FIRST_YEAR_OF_LAST_CENTURY: u32 = 69;
/// Other years are mistakes.
pub(super) const YEARS: std::ops::Range<u32> = 1900..2200;

/// The order of numbers with the year last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    MonthFirst,
    DayFirst,
}

/// A day at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Read<'a> {
    pub day: NaiveDate,
    /// What follows it.
    pub rest: &'a str,
    pub way: Way,
}

/// Whether numbers show which of them is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The year comes first, or the month has a name.
    Plain,
    /// One of them can't be a month, or they are the same.
    Settled,
    /// Either may be the month: `1/3/2016`.
    BothWays,
}

/// Why a text doesn't begin with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoDay {
    /// It isn't written as a date.
    Form,
    /// It isn't in the calendar: `2016-02-30`.
    Calendar,
    /// The year is not among [`YEARS`].
    Year,
    /// There is no such month, but the day may come first: `15/3/2016`.
    DayFirst,
}

/// The day at the beginning of a text, if the year comes first or the month has a name.
pub(super) fn plain(text: &str) -> Result<Read<'_>, NoDay> {
    let mut scan = Scan(text);
    skip_weekday(&mut scan);
    match scan.peek() {
        Some('0'..='9') => {
            let first = scan.number().ok_or(NoDay::Form)?;
            match first.digits {
                8 => {
                    let digits = |shift: u32, most: u32| first.value / shift % most;
                    finish(
                        digits(10_000, 10_000),
                        digits(100, 100),
                        digits(1, 100),
                        scan,
                    )
                }
                4 => year_first(first.value, scan),
                1 | 2 => day_and_name(first, scan),
                _ => Err(NoDay::Form),
            }
        }
        _ => name_and_day(scan),
    }
}

/// The day at the beginning of a text, if it is three numbers with the year last.
pub(super) fn numbers(text: &str, order: Order) -> Result<Read<'_>, NoDay> {
    let mut scan = Scan(text);
    skip_weekday(&mut scan);
    let first = scan.number().ok_or(NoDay::Form)?;
    let mark = separator(&mut scan).ok_or(NoDay::Form)?;
    let second = scan.number().ok_or(NoDay::Form)?;
    if separator(&mut scan) != Some(mark) {
        return Err(NoDay::Form);
    }
    let year = scan.number().and_then(year_of).ok_or(NoDay::Form)?;
    if first.digits > 2 || second.digits > 2 {
        return Err(NoDay::Form);
    }
    let (month, day) = match order {
        Order::MonthFirst => (first.value, second.value),
        Order::DayFirst => (second.value, first.value),
    };
    if order == Order::MonthFirst && month > 12 && day <= 12 {
        return Err(NoDay::DayFirst);
    }
    let both = month != day && month.max(day) <= 12;
    let way = if both { Way::BothWays } else { Way::Settled };
    Ok(Read {
        way,
        ..finish(year, month, day, scan)?
    })
}

/// `2016-3-1`, `2016/03/01`, `2016-Mar-01`, after the year.
fn year_first(year: u32, mut scan: Scan<'_>) -> Result<Read<'_>, NoDay> {
    let mark = separator(&mut scan).ok_or(NoDay::Form)?;
    let month = month_of(&mut scan).ok_or(NoDay::Form)?;
    if separator(&mut scan) != Some(mark) {
        return Err(NoDay::Form);
    }
    let day = scan.number().filter(|day| day.digits <= 2);
    finish(year, month, day.ok_or(NoDay::Form)?.value, scan)
}

/// `1-Mar-16`, `1 March 2016`, `01MAR2016`, `1 de marzo de 2016`, after the day.
fn day_and_name(day: Number, mut scan: Scan<'_>) -> Result<Read<'_>, NoDay> {
    skip_ordinal(&mut scan);
    skip_joint(&mut scan);
    let month = month_number(&mut scan).ok_or(NoDay::Form)?;
    skip_joint(&mut scan);
    let year = scan.number().and_then(year_of).ok_or(NoDay::Form)?;
    finish(year, month.value, day.value, scan)
}

/// `Mar 1, 2016`, `March 1st 2016`, `marzo 1 de 2016`, `Mar-01-2016`.
fn name_and_day(mut scan: Scan<'_>) -> Result<Read<'_>, NoDay> {
    let month = month_number(&mut scan).ok_or(NoDay::Form)?;
    skip_joint(&mut scan);
    let day = scan.number().filter(|day| day.digits <= 2);
    let day = day.ok_or(NoDay::Form)?;
    skip_ordinal(&mut scan);
    if let Some((clock, year)) = year_behind_clock(scan.0) {
        return finish(year, month.value, day.value, Scan(clock));
    }
    if skip_joint(&mut scan) == 0 {
        return Err(NoDay::Form);
    }
    let year = scan.number().and_then(year_of).ok_or(NoDay::Form)?;
    finish(year, month.value, day.value, scan)
}

/// The time of ` 13:45:00 MST 2016`, as Java and Unix write it behind month and day, and the year.
fn year_behind_clock(text: &str) -> Option<(&str, u32)> {
    let (clock, year) = text.rsplit_once(' ')?;
    let is_year = clock.contains(':') && year.len() == 4;
    let year = year.parse().ok().filter(|_| is_year)?;
    Some((clock, year))
}

/// The first day of a month that stands alone: `2016-03`, `3/2016`, `March 2016`, `Mar-16`, `marzo de 2016`,
/// `201603`.
pub(super) fn month_alone(text: &str) -> Result<NaiveDate, NoDay> {
    let mut scan = Scan(text);
    let (month, year) = match scan.peek() {
        Some('0'..='9') => {
            let first = scan.number().ok_or(NoDay::Form)?;
            match first.digits {
                6 => (Some(first.value % 100), Some(first.value / 100)),
                4 => {
                    skip_joint(&mut scan);
                    (month_of(&mut scan), Some(first.value))
                }
                1 | 2 => {
                    separator(&mut scan).ok_or(NoDay::Form)?;
                    let year = scan.number().filter(|year| year.digits == 4);
                    (Some(first.value), year.map(|year| year.value))
                }
                _ => return Err(NoDay::Form),
            }
        }
        _ => {
            let month = month_number(&mut scan).map(|month| month.value);
            skip_joint(&mut scan);
            scan.skip(|c| matches!(c, '\'' | '\u{2019}'));
            (month, scan.number().and_then(year_of))
        }
    };
    let (month, year) = month.zip(year).ok_or(NoDay::Form)?;
    match scan.is_empty() {
        true => finish(year, month, 1, scan).map(|read| read.day),
        false => Err(NoDay::Form),
    }
}

/// The month that a number of one or two digits, or a name, means.
fn month_of(scan: &mut Scan<'_>) -> Option<u32> {
    let month = match scan.peek() {
        Some('0'..='9') => scan.number().filter(|month| month.digits <= 2),
        _ => month_number(scan),
    };
    month.map(|month| month.value)
}

fn finish(year: u32, month: u32, day: u32, scan: Scan<'_>) -> Result<Read<'_>, NoDay> {
    if !YEARS.contains(&year) {
        return Err(NoDay::Year);
    }
    let day = NaiveDate::from_ymd_opt(year as i32, month, day).ok_or(NoDay::Calendar)?;
    Ok(Read {
        day,
        rest: scan.0,
        way: Way::Plain,
    })
}

/// A year with four digits, or with two.
fn year_of(year: Number) -> Option<u32> {
    match year.digits {
        4 => Some(year.value),
        2 if year.value < FIRST_YEAR_OF_LAST_CENTURY => Some(2000 + year.value),
        2 => Some(1900 + year.value),
        _ => None,
    }
}

fn separator(scan: &mut Scan<'_>) -> Option<char> {
    let mark = scan.peek().filter(|c| matches!(c, '/' | '-' | '.'))?;
    scan.0 = &scan.0[1..];
    Some(mark)
}

/// The length of what is between day, name and year.
fn skip_joint(scan: &mut Scan<'_>) -> usize {
    let before = scan.0.len();
    scan.skip(|c| matches!(c, ' ' | '-' | '/' | '.' | ','));
    for word in ["de ", "del ", "of "] {
        if scan.eat(word) {
            scan.skip_spaces();
        }
    }
    before - scan.0.len()
}

fn skip_ordinal(scan: &mut Scan<'_>) {
    let ahead = &mut scan.clone();
    let letters = ahead.letters();
    if ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| letters.eq_ignore_ascii_case(end))
    {
        *scan = *ahead;
    } else if scan.0.starts_with(['º', '°']) {
        scan.skip(|c| matches!(c, 'º' | '°'));
    }
}

/// `Tuesday, `, `Tue `, `martes, `.
fn skip_weekday(scan: &mut Scan<'_>) {
    const DAYS: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
    ];
    let ahead = &mut scan.clone();
    let word = ahead.letters().to_lowercase();
    // "mar" is also March; "martes" then has all of its letters.
    let is_day = word != "mar"
        && DAYS.into_iter().map(plain_letters).any(|day| {
            let word = plain_letters(&word);
            word == day || word == day[..3]
        });
    if is_day && ahead.skip(|c| matches!(c, '.' | ',' | ' ')) > 0 {
        *scan = *ahead;
    }
}

fn plain_letters(word: &str) -> String {
    word.replace('á', "a").replace('é', "e")
}

/// The month for a name in English or Spanish, in full or shortened to three letters or more.
fn month_number(scan: &mut Scan<'_>) -> Option<Number> {
    const MONTHS: [[&str; 2]; 12] = [
        ["january", "enero"],
        ["february", "febrero"],
        ["march", "marzo"],
        ["april", "abril"],
        ["may", "mayo"],
        ["june", "junio"],
        ["july", "julio"],
        ["august", "agosto"],
        ["september", "septiembre"],
        ["october", "octubre"],
        ["november", "noviembre"],
        ["december", "diciembre"],
    ];
    let name = scan.letters();
    if name.len() < 3 {
        return None;
    }
    let name = name.to_lowercase();
    let begins = |names: &[&str; 2]| names.iter().any(|month| month.starts_with(&name));
    let month = match name.as_str() {
        "set" | "setiembre" => 9,
        _ => MONTHS.iter().position(begins)? as u32 + 1,
    };
    Some(Number {
        value: month,
        digits: 0,
    })
}
