//! Each rule of docs/counting.md on a few rows, counted by hand.

use super::*;
use crate::jurisdiction::Jurisdiction;
use crate::tally::{LedgerLine, Statistics};

fn period() -> Period {
    Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    }
}

fn state(code: &str) -> Jurisdiction {
    Jurisdiction::from_code(code).unwrap()
}

/// Counts CSV texts, files named "0", "1" and so on, for New Mexico, Texas and Nevada.
fn count_files(unit: Unit, files: &[&str]) -> [Statistics; 3] {
    let vocabulary = Vocabulary::embedded();
    let mut tally = Tally::new(&vocabulary, unit);
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    for (number, text) in files.iter().enumerate() {
        let mut reader =
            SignalReader::open(&number.to_string(), text.as_bytes(), &vocabulary).unwrap();
        tally.read(&mut reader, &mut rejects).unwrap();
    }
    let statistics =
        tally.statistics(&["NM", "TX", "NV"].map(|code| Scope::of(state(code), period())));
    statistics.try_into().unwrap()
}

fn count(text: &str) -> [Statistics; 3] {
    count_files(Unit::Cases, &[text])
}

fn category(statistics: &Statistics, key: &str) -> u64 {
    let mut categories = statistics.groups.iter().flat_map(|g| &g.categories);
    categories
        .find(|category| category.key == key)
        .unwrap()
        .count
}

fn calls(statistics: &Statistics, key: &str) -> u64 {
    let mut types = statistics.calls().categories.iter();
    types.find(|call_type| call_type.key == key).unwrap().count
}

fn ranking(venues: &[crate::tally::VenueCount]) -> Vec<(&str, u64)> {
    venues
        .iter()
        .map(|venue| (venue.key.as_str(), venue.cases))
        .collect()
}

fn line(ledger: &LedgerLine) -> [u64; 6] {
    [
        ledger.rows_read,
        ledger.used,
        ledger.outside_period,
        ledger.other_state,
        ledger.duplicate,
        ledger.rejected,
    ]
}

#[test]
fn a_case_counts_once_and_under_each_category_that_any_signal_mentions() {
    let [nm, ..] = count(
        "signal_id,case_id,received,state,gender,age,citizenship,sex_venue,labor_venue\n\
         1,A,2016-01-05,NM,Female,Adult,Foreign National,Street-Based,\n\
         2,A,2016-02-05,NM,Female;Male,Minor,,Street-Based;Pornography,Retail\n\
         3,B,2016-03-05,NM,Male,,,,Retail\n\
         4,,2016-03-05,NM,Male,Adult,,Pornography,Retail\n",
    );
    assert_eq!(nm.cases.period, 2);
    assert_eq!(category(&nm, "female"), 1);
    assert_eq!(category(&nm, "male"), 2);
    assert_eq!(category(&nm, "gender_minority"), 0);
    assert_eq!(category(&nm, "adult"), 1);
    assert_eq!(category(&nm, "minor"), 1);
    assert_eq!(category(&nm, "foreign_national"), 1);
    assert_eq!(category(&nm, "us_citizen_lpr"), 0);
    assert_eq!(
        ranking(&nm.sex_venues),
        [("street_based", 1), ("pornography", 1)]
    );
    assert_eq!(ranking(&nm.labor_venues), [("retail", 2)]);
    let groups: Vec<_> = nm.groups.iter().map(|g| g.kind.key.as_str()).collect();
    assert_eq!(
        groups,
        [
            "citizenship",
            "gender",
            "age",
            "trafficking_type",
            "contact_method",
            "calls"
        ]
    );
}

#[test]
fn victims_are_counted_by_mention() {
    let text = "signal_id,case_id,received,state,gender\n\
                1,A,2016-01-05,NM,Female;Female;Male\n\
                2,A,2016-01-06,NM,Female\n\
                3,B,2016-01-06,TX,Male\n\
                3,A,2016-01-06,NM,Female\n\
                4,C,2011-01-06,NM,Female\n";
    let [nm, tx, _] = count_files(Unit::Victims, &[text]);
    assert_eq!(category(&nm, "female"), 3);
    assert_eq!(category(&nm, "male"), 1);
    assert_eq!(category(&tx, "male"), 1);
    assert_eq!(nm.unit, Unit::Victims);
    let [nm, ..] = count(text);
    assert_eq!(category(&nm, "female"), 1);
}

#[test]
fn a_case_is_dated_by_its_earliest_signal_and_keeps_later_attributes() {
    let [nm, ..] = count(
        "signal_id,case_id,received,state,gender\n\
         1,A,2016-03-01,NM,Female\n\
         2,A,2015-12-31,NM,\n\
         3,A,2017-05-01,NM,Male\n\
         4,B,2012-11-30,NM,Female\n\
         5,B,2016-01-01,NM,Female\n\
         6,C,2012-12-01,NM,Female\n\
         7,D,2016-12-31,NM,\n\
         8,E,2017-01-01,NM,Female\n",
    );
    // A is in 2015, B before the period, C on its first day, D on its last, E after it.
    assert_eq!((nm.cases.period, nm.cases.year), (3, 1));
    assert_eq!(category(&nm, "female"), 2);
    assert_eq!(category(&nm, "male"), 1);
}

#[test]
fn a_year_outside_the_period_is_counted_by_itself() {
    let vocabulary = Vocabulary::embedded();
    let period = Period {
        from: "2012-12".parse().unwrap(),
        to: "2015-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    };
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let text = "signal_id,case_id,received,state,gender,zip\n1,A,2016-03-01,NM,Male,87501\n";
    let mut reader = SignalReader::open("x", text.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let nm = &tally.statistics(&[Scope::of(state("NM"), period)])[0];
    assert_eq!((nm.cases.period, nm.cases.year), (0, 1));
    assert_eq!(nm.located_cases(), Some(1));
    assert_eq!(category(nm, "male"), 0);
    assert_eq!(nm.ledger.total.used, 1);
}

#[test]
fn a_case_is_in_each_state_of_its_locations() {
    let [nm, tx, nv] = count(
        "signal_id,case_id,received,state,caller_state,gender\n\
         1,A,2016-01-05,NM;TX,NV,Female\n\
         2,B,2016-01-05,,NM,Female\n\
         3,B,2016-02-05,TX,NM,\n",
    );
    assert_eq!((nm.cases.year, tx.cases.year, nv.cases.year), (1, 2, 0));
    assert_eq!(category(&tx, "female"), 2);
    assert_eq!(category(&nm, "female"), 1);
}

#[test]
fn a_signal_is_at_its_location_or_else_at_the_callers() {
    let [nm, tx, nv] = count(
        "signal_id,received,call_type,state,caller_state\n\
         1,2016-01-05,Tip Report,NM,TX\n\
         2,2016-01-05,Tip Report,,TX\n\
         3,2016-01-05,Referral,NM;TX,NV\n\
         4,2016-01-05,Referral,Chihuahua,NV\n\
         5,2016-01-05,Referral,,\n\
         6,2015-12-31,Referral,NV,\n",
    );
    assert_eq!((calls(&nm, "tip_report"), calls(&nm, "referral")), (1, 1));
    assert_eq!((calls(&tx, "tip_report"), calls(&tx, "referral")), (1, 1));
    assert_eq!((calls(&nv, "tip_report"), calls(&nv, "referral")), (0, 1));
    assert_eq!(nm.calls().total(), Some(2));
}

#[test]
fn non_substantive_signals_neither_make_nor_change_a_case() {
    let [nm, tx, _] = count(
        "signal_id,case_id,received,call_type,state,gender,sex_venue,zip\n\
         1,A,2016-03-01,Tip Report,NM,Female,,\n\
         2,A,2012-01-01,Hang-Up,TX,Male,Pornography,87501\n\
         3,A,2016-05-01,Wrong Number,NM,Male,Pornography,87501\n\
         4,B,2016-05-01,Unrelated,NM,Male,Pornography,87501\n",
    );
    assert_eq!((nm.cases.period, nm.cases.year), (1, 1));
    assert_eq!(tx.cases.period, 0);
    assert_eq!((category(&nm, "female"), category(&nm, "male")), (1, 0));
    assert!(nm.sex_venues.is_empty());
    // Only rows that aren't substantive have a place: nothing says where the case is.
    assert_eq!(nm.located_cases(), None);
    assert_eq!((nm.calls().total(), nm.non_substantive), (Some(1), Some(2)));
    assert_eq!(calls(&nm, "tip_report"), 1);
    assert!(nm.calls().categories.iter().all(|t| t.key != "hang_up"));
    // Row 2 goes with its case, which is in New Mexico and in the period; row 4 counts by itself.
    assert_eq!(line(&nm.ledger.total), [4, 4, 0, 0, 0, 0]);
    // In Texas only row 2 is, and its date is before the period.
    assert_eq!(line(&tx.ledger.total), [4, 0, 1, 3, 0, 0]);
}

#[test]
fn a_signal_of_unknown_type_makes_a_case_but_is_counted_under_no_type() {
    let [nm, ..] = count(
        "signal_id,case_id,received,call_type,state\n\
         1,A,2016-03-01,,NM\n\
         2,B,2016-03-01,Prank,NM\n\
         3,C,2016-03-01,Other,NM\n",
    );
    assert_eq!(nm.cases.year, 3);
    assert_eq!((nm.calls().total(), nm.non_substantive), (Some(1), Some(0)));
}

#[test]
fn if_two_rows_have_the_same_id_the_first_counts() {
    let [nm, tx, _] = count_files(
        Unit::Cases,
        &[
            "signal_id,case_id,received,state,gender\n\
             1,A,2016-03-01,NM,Female\n\
             1,A,2016-03-01,NM,Male\n\
             2,B,soon,NM,Male\n",
            "gender,state,received,case_id,signal_id\n\
             Male,TX,2016-03-01,B,1\n\
             Female,TX,2016-03-01,B,2\n",
        ],
    );
    assert_eq!((category(&nm, "female"), category(&nm, "male")), (1, 0));
    // The rejected row did not use up the id 2.
    assert_eq!((category(&tx, "female"), category(&tx, "male")), (1, 0));
    assert_eq!(nm.ledger.files[0].0, "0");
    assert_eq!(line(&nm.ledger.files[0].1), [3, 1, 0, 0, 1, 1]);
    assert_eq!(line(&nm.ledger.files[1].1), [2, 0, 0, 1, 1, 0]);
    assert_eq!(line(&nm.ledger.total), [5, 1, 0, 1, 2, 1]);
    assert_eq!(line(&tx.ledger.total), [5, 1, 0, 1, 2, 1]);
}

#[test]
fn each_row_is_in_the_first_matching_line_of_the_ledger() {
    let [nm, tx, nv] = count(
        "signal_id,case_id,received,state,caller_state\n\
         1,A,2016-03-01,NM,\n\
         2,A,2018-03-01,,\n\
         3,A,2018-03-02,,NV\n\
         4,B,2010-03-01,NM,\n\
         5,B,2016-03-01,,TX\n\
         6,B,2018-03-01,NM,\n\
         7,,2018-03-01,NM,\n\
         8,,2016-03-01,NM,\n\
         9,,2016-03-01,,\n\
         9,,2016-03-01,NM,\n\
         ,,2016-03-01,NM,\n",
    );
    // NM: 1, 2, 3 with case A; 5 by its own date, as B is before the period; 8 alone. 4, 6, 7 outside.
    assert_eq!(line(&nm.ledger.total), [11, 5, 3, 1, 1, 1]);
    // TX: only row 5 by its caller, and its own date is in the period.
    assert_eq!(line(&tx.ledger.total), [11, 1, 0, 8, 1, 1]);
    // NV: only row 3; its case is not in NV, and its own date is after the period.
    assert_eq!(line(&nv.ledger.total), [11, 0, 1, 8, 1, 1]);
}

#[test]
fn equal_venues_are_in_the_order_of_the_vocabulary() {
    let [nm, ..] = count(
        "signal_id,case_id,received,state,sex_venue\n\
         1,A,2016-03-01,NM,Other;Pornography;Truck Stop\n\
         2,B,2016-03-01,NM,Pornography;Hotel/Motel;nowhere\n",
    );
    assert_eq!(
        ranking(&nm.sex_venues),
        [
            ("pornography", 2),
            ("truck_stop_based", 1),
            ("hotel_motel_based", 1),
            ("other_venues", 1)
        ]
    );
}

/// How many cases of the year are at each set of places, with their names.
fn places(statistics: &Statistics, year: i32) -> Vec<(String, u64)> {
    let cases = statistics.map.of_year(year);
    let named = cases
        .into_iter()
        .flat_map(|cases| cases.iter())
        .map(|placed| {
            let names: Vec<String> = placed.places.iter().map(|place| place.name()).collect();
            (names.join(" "), placed.cases)
        });
    named.collect()
}

#[test]
fn a_case_has_each_public_point_in_the_state_once() {
    let [nm, tx, _] = count(
        "signal_id,case_id,received,state,latitude,longitude\n\
         1,A,2016-03-01,NM,35.085;35.0851;35.68,-106.651;-106.6508;-105.95\n\
         2,A,2017-03-01,NM,32.31,-106.78\n\
         3,B,2016-03-01,NM,35.085,-106.652\n\
         4,C,2016-03-01,NM,10.0,-106.0\n\
         5,D,2016-03-01,NM,,\n\
         6,E,2015-03-01,NM,35.085,-106.651\n\
         7,F,2016-03-01,NM;TX,35.085;31.0,-106.651;-100.0\n\
         8,G,2016-03-01,NM;TX,;31.0,;-100.0\n",
    );
    // A has Albuquerque, Santa Fe and Las Cruces, the last from 2017; C is in the sea; E is of 2015.
    assert_eq!(nm.cases.year, 6);
    assert_eq!(nm.located_cases(), Some(3));
    assert_eq!(nm.map.outside_cases, 1);
    let albuquerque = "Albuquerque";
    assert_eq!(
        places(&nm, 2016),
        [
            (albuquerque.to_owned(), 2),
            ("Albuquerque Las Cruces Santa Fe".to_owned(), 1)
        ]
    );
    assert_eq!(places(&nm, 2015), [(albuquerque.to_owned(), 1)]);
    assert_eq!(tx.located_cases(), Some(2));
    assert_eq!(places(&tx, 2016).len(), 1);
}

#[test]
fn the_order_of_cases_does_not_show_on_the_map() {
    let header = "signal_id,case_id,received,state,latitude,longitude\n";
    let south = "1,A,2016-03-01,NM,33.0,-106.0\n";
    let north = "2,B,2016-03-01,NM,36.0,-106.0\n";
    let [one, ..] = count(&format!("{header}{south}{north}"));
    let [other, ..] = count(&format!("{header}{north}{south}"));
    assert_eq!(one.map, other.map);
}

#[test]
fn a_place_is_found_by_coordinates_then_zip_then_city_then_county() {
    for (cells, expected) in [
        // The coordinates of Española, and others in the ocean.
        ("35.9911,-106.0806,87501,Roswell,Taos", Some("Española")),
        ("30.0,-160.0,87501,Roswell,Taos", Some("87501")),
        ("30.0,-160.0,,,", None),
        (",,87501,Roswell,Taos", Some("87501")),
        (",,00000,Roswell,Taos", Some("Roswell")),
        (",,,Nowhere,Taos", Some("Taos (county)")),
        (",,,,Nowhere", None),
        (",,,,", None),
    ] {
        let [nm, ..] = count(&format!(
            "signal_id,case_id,received,state,latitude,longitude,zip,city,county\n\
             1,A,2016-03-01,NM,{cells}\n"
        ));
        let expected = expected.map(|place| (place.to_owned(), 1));
        assert_eq!(places(&nm, 2016), expected.as_slice(), "{cells}");
    }
}

#[test]
fn years_are_those_with_signals_or_cases_in_the_state() {
    let vocabulary = Vocabulary::embedded();
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let text = "signal_id,case_id,received,state,caller_state,call_type\n\
                1,A,2014-03-01,NM,,\n\
                2,,2015-03-01,,NM,Hang-Up\n\
                3,,2016-03-01,TX,NM,\n\
                4,B,2011-03-01,,TX,\n\
                5,B,2014-03-01,NM,,\n";
    let mut reader = SignalReader::open("x", text.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let years = |codes: &[&str]| {
        let states = codes.iter().map(|code| state(code)).collect();
        tally.years_of(states, YearStart::JANUARY)
    };
    assert_eq!(years(&["NM"]), [2011, 2014, 2015]);
    assert_eq!(years(&["TX"]), [2011, 2016]);
    assert_eq!(years(&["NM", "TX"]), [2011, 2014, 2015, 2016]);
    let scopes = ["NM", "TX", "NV"].map(|code| Scope::of(state(code), period()));
    assert_eq!(tally.have_data(&scopes), [false, true, false]);
}

#[test]
fn a_fiscal_year_is_counted_by_its_own_months() {
    let vocabulary = Vocabulary::embedded();
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let text = "signal_id,case_id,received,state,call_type,zip\n\
                1,A,2015-09-30,NM,Referral,87501\n\
                2,B,2015-10-01,NM,Referral,87501\n\
                3,C,2016-09-30,NM,Tip Report,87501\n\
                4,D,2016-10-01,NM,Tip Report,87501\n";
    let mut reader = SignalReader::open("x", text.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let fiscal = Period {
        from: "2012-09".parse().unwrap(),
        to: "2016-09".parse().unwrap(),
        year: 2016,
        starts: YearStart::of(10).unwrap(),
    };
    let nm = &tally.statistics(&[Scope::of(state("NM"), fiscal)])[0];
    assert_eq!((nm.cases.period, nm.cases.year), (3, 2));
    assert_eq!((calls(nm, "referral"), calls(nm, "tip_report")), (1, 1));
    assert_eq!(nm.located_cases(), Some(2));
    let years: Vec<(i32, u64)> = nm.years.iter().map(|it| (it.year, it.cases)).collect();
    assert_eq!(years, [(2013, 0), (2014, 0), (2015, 1), (2016, 2)]);
    assert_eq!(
        (nm.ledger.total.used, nm.ledger.total.outside_period),
        (3, 1)
    );
}
