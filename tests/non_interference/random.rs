//! Random data: rows of all kinds that a sheet counts, and the sheets for two years made from them.

use hotline_profile::area::Area;
use hotline_profile::period::{Month, Period, YearStart};
use hotline_profile::read::{RejectsWriter, SignalReader};
use hotline_profile::tally::{Scope, Statistics, Tally, Unit};
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;

/// Rows that are the same except for their ids.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Months before the end of 2016.
    pub months_before: i32,
    pub values: [&'static str; 11],
    pub is_of_case: bool,
    pub count: usize,
}

const HEADER: &str = "signal_id,case_id,received,contact_method,call_type,state,city,zip,trafficking_type,\
                      sex_venue,labor_venue,citizenship,gender,signaler";

/// For each column, the possible cells; a value that occurs twice is twice as likely.
const VALUES: [&[&str]; 11] = [
    &["Phone Call", "Phone Call", "Text", "Webchat", ""],
    &[
        "Tip Report",
        "Tip Report",
        "Referral",
        "Crisis Assistance",
        "Hang-Up",
        "",
    ],
    &["WY", "WY", "WY", "MT", "WY;MT", "CO"],
    &["", "", "Cheyenne", "Casper"],
    &["", "", "82001", "82601", "82609"],
    &["Sex", "Labor", "Sex and Labor", ""],
    &["Street-Based", "Pornography", "Truck Stop-Based", "", ""],
    &["Hospitality", "Domestic Work", "", "", ""],
    &["Foreign National", "", ""],
    &["Female", "Female", "Male", "Female;Male", ""],
    &["Victim", "Provider", ""],
];

fn rows() -> impl Strategy<Value = Rows> {
    let cells = prop::array::uniform11(any::<prop::sample::Index>());
    // Most months are in the last two years; some are before any period.
    let months = prop_oneof![0..26_i32, 0..64_i32];
    (months, cells, prop::bool::weighted(0.8), 1..10_usize).prop_map(
        |(months_before, cells, is_of_case, count)| {
            let mut values = [""; 11];
            for ((value, cell), all) in values.iter_mut().zip(cells).zip(VALUES) {
                *value = all[cell.index(all.len())];
            }
            // A place belongs to only one state.
            if values[2] != "WY" {
                (values[3], values[4]) = ("", "");
            }
            Rows {
                months_before,
                values,
                is_of_case,
                count,
            }
        },
    )
}

/// Random data, small and a little larger.
pub fn data() -> impl Strategy<Value = Vec<Rows>> {
    prop_oneof![
        prop::collection::vec(rows(), 1..5),
        prop::collection::vec(rows(), 4..16)
    ]
}

pub fn csv(data: &[Rows]) -> String {
    let mut text = format!("{HEADER}\n");
    let mut number = 0;
    let end = Month {
        year: 2016,
        month: 12,
    };
    for rows in data {
        for _ in 0..rows.count {
            number += 1;
            let case = match rows.is_of_case {
                true => format!("C{number}"),
                false => String::new(),
            };
            let month = end.plus(-rows.months_before);
            text += &format!("S{number},{case},{month}-15,{}\n", rows.values.join(","));
        }
    }
    text
}

/// The areas and times of two related sheets.
#[derive(Clone, Debug)]
pub struct Sheets {
    pub area: Area,
    pub unit: Unit,
    pub trend: bool,
    pub limit: u64,
    /// The period of last year's sheet and that of this year's.
    pub periods: [Period; 2],
}

/// Sheets for two years: for a state or several, with years that begin in any month, with the same first month or the
/// usual ones.
pub fn sheets(same_first_month: bool) -> impl Strategy<Value = Sheets> {
    let area = prop::sample::select(vec!["WY", "WY", "WY", "MT-WY", "Region-VIII"]);
    let starts = prop::sample::select(vec![1, 1, 10, 7]);
    let limit = prop::sample::select(vec![3_u64, 5, 5]);
    let from = 0..40_i32;
    (
        area,
        starts,
        prop::bool::weighted(0.2),
        any::<bool>(),
        limit,
        from,
    )
        .prop_map(move |(area, starts, victims, trend, limit, from)| {
            let starts = YearStart::of(starts).unwrap();
            let period = |year: i32| {
                let usual = Period::usual_from(year, starts);
                Period {
                    from: match same_first_month {
                        true => Period::usual_from(2015, starts).plus(from),
                        false => usual,
                    }
                    .min(starts.first(2015)),
                    to: starts.last(year),
                    year,
                    starts,
                }
            };
            Sheets {
                area: Area::from_code(area).unwrap(),
                unit: if victims { Unit::Victims } else { Unit::Cases },
                trend,
                limit,
                periods: [period(2015), period(2016)],
            }
        })
}

/// The statistics of last year's sheet and of this year's.
pub fn counted(csv: &str, sheets: &Sheets, vocabulary: &Vocabulary) -> Vec<Statistics> {
    counted_in(csv, sheets, &sheets.periods, vocabulary)
}

/// The statistics of sheets that differ in their periods.
pub fn counted_in(
    csv: &str,
    sheets: &Sheets,
    periods: &[Period],
    vocabulary: &Vocabulary,
) -> Vec<Statistics> {
    let mut tally = Tally::new(vocabulary, sheets.unit);
    let mut reader = SignalReader::open("data.csv", csv.as_bytes(), vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let scopes = periods.iter().map(|period| Scope::of(sheets.area, *period));
    tally.statistics(&scopes.collect::<Vec<_>>())
}
