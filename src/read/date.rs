//! Reads the day that a signal arrived.

use chrono::NaiveDate;

/// The local day of an ISO 8601 date or date-time: `2016-03-01`, `2016-03-01T13:45`, with seconds, with
/// a space for the T, with `Z` or an offset. The day is the one that is written: an offset does not
/// move it. `None` when it is anything else or no day of the calendar.
pub(super) fn iso_day(text: &[u8]) -> Option<NaiveDate> {
    let text = text.trim_ascii();
    let (date, time) = text.split_at_checked(10)?;
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
}
