//! Which texts are days, and which days they are.

use proptest::prelude::*;

use super::*;

#[test]
fn a_date_with_the_year_first_or_the_name_of_the_month_is_the_day_as_written() {
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
        "2016-03-01 24:00",
        "2016-03-01T24:00:00",
        "2016-03-01T13:45:00.000-0700",
        "2016-03-01T13:45:00+00",
        "2016-03-01 13:45:00 UTC",
        "2016-03-01T13:45:00[America/Denver]",
        "2016-03-01T13:45:00-07:00[America/Denver]",
        "2016-03-01 13:45 America/Denver",
        "2016-03-01 1:45 PM",
        "2016/03/01",
        "2016-3-1",
        "2016.03.01",
        "2016-Mar-01",
        "20160301",
        "20160301T134500Z",
        "Mar 1, 2016",
        "Mar. 1, 2016",
        "March 1st, 2016 at 1:45 PM",
        "march 1 2016",
        "1-Mar-16",
        "1 March 2016",
        "01MAR2016",
        "01MAR2016:13:45:00",
        "1st of March 2016",
        "1 de marzo de 2016",
        "1\u{ba} de marzo del 2016 a las 1:45 p. m.",
        "marzo 1, 2016",
        "Tuesday, March 1, 2016",
        "Tue, 01 Mar 2016 13:45:10 GMT",
        "martes, 1 de marzo de 2016",
        "Tue Mar 01 2016 13:45:10 GMT-0700 (Mountain Standard Time)",
        "2016-03-01 13:45:10 Mountain Standard Time",
        "2016-03-01\u{202f}1:45\u{a0}p.m.",
        "2016-03-01T13:45:00\u{2212}07:00",
        "Tue Mar 01 13:45:10 MST 2016",
        "Mar 1 13:45 2016",
    ] {
        assert_eq!(
            day("iso", text, None).as_deref(),
            Some("2016-03-01"),
            "{text}"
        );
    }
    assert!(iso_day(b"2016-02-29").is_some());
}

#[test]
fn anything_else_is_not_a_date() {
    for text in [
        "",
        "2016-02-30",
        "2015-02-29",
        "2016-13-01",
        "2016-00-10",
        "0216-03-01",
        "2200-01-01",
        "03/01/2016",
        "2016-03-01T24:01",
        "2016-03-01T13:60",
        "2016-03-01T13",
        "2016-03-01x",
        "2016-03-02garbage",
        "2016-03-02 garbage",
        "2016-03-01T13:45:",
        "2016-03-01T13:45+7",
        "2016-03-01T13:45+99:00",
        "2016-03-01 13:45 PM",
        "2016-03-01 1:45 PMx",
        "2016-03-01 1:45 MST-0700",
        "2016-03-01 13:45 someday",
        "２０１６-03-01",
        "+016-03-01",
        "2016-03/01",
        "42430",
        "1456840800",
        "1456840800000",
        "2016",
        "March 2016",
        "Marching 1, 2016",
        "1-Ma-16",
        "Mar 1",
        "Mar 1 216",
    ] {
        assert_eq!(day("iso", text, None), None, "{text}");
        assert_eq!(iso_day(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn text_that_is_not_a_date_has_a_reason() {
    let forms = [DateForm::Iso, DateForm::MonthDayYear];
    let mut days = Days::of(&forms, None);
    for (text, reason) in [
        ("soon", Reason::NotADate),
        ("2016-03-02garbage", Reason::NotADate),
        ("2016-02-30", Reason::NoSuchDay),
        ("2/30/2016", Reason::NoSuchDay),
        ("0216-03-01", Reason::ImpossibleYear),
        ("15/3/2016", Reason::DayFirst),
        ("42430", Reason::NumberForDate),
        ("42430.5", Reason::NumberForDate),
    ] {
        assert_eq!(days.day(text.as_bytes(), 2), Err(reason), "{text}");
    }
}

#[test]
fn ambiguous_months_and_days_are_noted() {
    let forms = [DateForm::Iso, DateForm::MonthDayYear];
    let mut days = Days::of(&forms, None);
    for (line, text) in [(2, "2016-03-01"), (3, "3/3/2016"), (4, "1/3/2016")] {
        assert!(days.day(text.as_bytes(), line).is_ok());
    }
    assert!(!days.ways.are_open(), "one date reads in one way");
    let mut days = Days::of(&forms, None);
    for (line, text) in [
        (2, "2016-03-01"),
        (3, "Mar 3, 2016"),
        (4, "1/3/2016"),
        (5, "2/3/16"),
    ] {
        assert!(days.day(text.as_bytes(), line).is_ok());
    }
    assert!(days.ways.are_open());
    assert_eq!((days.ways.both_ways, days.ways.first_both), (2, Some(4)));
}

proptest! {
    #[test]
    fn every_way_to_write_a_date_is_read_back(
        number in 0_i32..109_573,
        pattern in prop::sample::select(&[
            "%Y-%m-%d", "%Y/%-m/%-d", "%Y%m%d", "%B %-d, %Y", "%b %d, %Y", "%d-%b-%Y", "%d%b%Y",
            "%A, %B %-d, %Y", "%a %b %d %Y", "%-d %B %Y", "%-m/%-d/%Y", "%m-%d-%Y",
        ][..]),
        time in prop::sample::select(&["", " 00:00", " 11:59 PM", " 23:59:59 MST", ", 1:05 a.m.", " 24:00"][..]),
    ) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + TimeDelta::days(number.into());
        let text = format!("{}{time}", day.format(pattern));
        let forms = [DateForm::Iso, DateForm::MonthDayYear];
        prop_assert_eq!(Days::of(&forms, None).day(text.as_bytes(), 2), Ok(day), "{}", text);
    }

    #[test]
    fn the_fast_path_and_the_slow_path_read_the_same_date(
        date in "2016-(02|03)-(01|29|30|31)",
        pieces in proptest::collection::vec(
            prop::sample::select(&["T", " ", "13:45", "24:00", ":30", ".5", "Z", "+", "-", "07", ":00", "x"][..]),
            0..6,
        ),
    ) {
        let text = format!("{date}{}", pieces.concat());
        let short = iso_day(text.as_bytes());
        let long = DateForm::Iso.day(text.as_bytes(), None);
        prop_assert!(short.is_none() || short == long, "{} {:?} {:?}", text, short, long);
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
        "3/1/2016, 1:45:10\u{202f}PM",
        "3/1/2016, 1:45\u{202f}p.m.",
        "3/1/2016 13:45:10 GMT-0700",
        "3/1/2016 1 PM",
        "Tue 3/1/2016",
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
fn serial_numbers_years_and_patterns_are_dates_if_the_mapping_says_so() {
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

#[test]
fn a_month_alone_is_its_first_day_where_that_is_asked_for() {
    for text in [
        "2016-03",
        "2016/3",
        "3/2016",
        "03-2016",
        "201603",
        "March 2016",
        "Mar 2016",
        "Mar-16",
        "Mar '16",
        "MARCH, 2016",
        "marzo de 2016",
        "2016 March",
        "2016-Mar",
    ] {
        let expected = Some("2016-03-01".to_owned());
        assert_eq!(day("month", text, None), expected, "{text}");
        for form in ["iso", "month/day/year", "day/month/year"] {
            assert_eq!(day(form, text, None), None, "{text} as {form}");
        }
    }
    for text in [
        "2016-13",
        "13/2016",
        "2016",
        "March",
        "3/16",
        "FY2016",
        "2016-03-01",
        "Mar 1 2016",
        "201613",
        "16-03",
        "2016-03 x",
        "",
    ] {
        assert_eq!(day("month", text, None), None, "{text}");
    }
}
