//! Attacks on what is published, as a reader would make them: from the JSON alone, of one year or of two
//! years that follow each other, by trying every combination of numbers that it allows. A small number is
//! safe when at least two values of it remain.

use std::collections::BTreeSet;

use hotline_profile::heat::Shading;
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::period::Period;
use hotline_profile::protect;
use hotline_profile::read::{RejectsWriter, SignalReader};
use hotline_profile::report;
use hotline_profile::tally::{Tally, Unit};
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;
use serde_json::Value;

const MIN_CELL: u64 = 4;
/// A number that no attacker needs to go beyond: the data have fewer cases.
const MOST: u64 = 44;
const TYPES: [&str; 6] = [
    "Crisis Assistance",
    "Tip Report",
    "Referral",
    "Training and Technical Assistance",
    "General Information",
    "Other",
];

/// Cases of a time: how many have a place, how many have none, and the types of their calls.
#[derive(Clone, Debug)]
struct Group {
    located: usize,
    unlocated: usize,
    types: Vec<usize>,
}

fn group(most: usize) -> impl Strategy<Value = Group> {
    let types = proptest::collection::vec(0..TYPES.len(), 1..4);
    (0..=most, 0..=most, types).prop_map(|(located, unlocated, types)| Group {
        located,
        unlocated,
        types,
    })
}

/// The days of the groups: before both periods' common months, in them, and in the two focal years.
const DAYS: [&str; 4] = ["2012-03-03", "2013-03-03", "2015-03-03", "2016-03-03"];

fn csv(groups: &[Group; 4]) -> String {
    let mut text = "signal_id,case_id,received,call_type,state,zip,gender\n".to_owned();
    let mut number = 0;
    for (group, day) in groups.iter().zip(DAYS) {
        for place in 0..group.located + group.unlocated {
            let zip = if place < group.located { "87501" } else { "" };
            let call_type = TYPES[group.types[place % group.types.len()]];
            let gender = ["Female", "Male", ""][number % 3];
            number += 1;
            text += &format!("{number},C{number},{day},{call_type},NM,{zip},{gender}\n");
        }
    }
    text
}

/// What is published of a year: the JSON, as anyone may read it.
fn published(csv: &str, year: i32) -> Value {
    let vocabulary = Vocabulary::embedded();
    let period = Period {
        from: format!("{}-12", year - 4).parse().unwrap(),
        to: format!("{year}-12").parse().unwrap(),
        year,
    };
    let mut tally = Tally::new(&vocabulary, period, Unit::Cases);
    let mut reader = SignalReader::open("data.csv", csv.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let state = Jurisdiction::from_code("NM").unwrap();
    let statistics = &tally.statistics(&[state])[0];
    let published = protect::publish(statistics, MIN_CELL, false, Shading::default());
    report::json(&published)
}

/// The values that a number of the JSON may have, as it stands there.
fn candidates(value: &Value) -> Vec<u64> {
    match value {
        Value::Number(number) => vec![number.as_u64().unwrap()],
        Value::String(text) if text == "hidden" => (1..=MOST).collect(),
        Value::String(text) => {
            let limit: u64 = text.strip_prefix('<').unwrap().parse().unwrap();
            (1..limit).collect()
        }
        other => panic!("{other}"),
    }
}

fn is_small(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with('<'))
}

/// Whether a value may be that number.
fn fits(value: &Value, number: u64) -> bool {
    candidates(value).contains(&number)
}

/// The numbers of cases and of the map in the JSON.
const CASES: [(&str, &str); 5] = [
    ("cases", "period"),
    ("cases", "year"),
    ("cases", "located_year"),
    ("map", "unlocated_cases"),
    ("map", "points"),
];

/// Every combination of period, year, located, unlocated and points that one year's JSON allows.
fn imagined(json: &Value) -> Vec<[u64; 5]> {
    let [period, year, located, unlocated, points] = CASES.map(|(group, key)| &json[group][key]);
    let mut all = Vec::new();
    for l in candidates(located) {
        for u in candidates(unlocated) {
            if !fits(year, l + u) {
                continue;
            }
            // A located case has a point; here there is no case with two.
            for p in candidates(points).into_iter().filter(|p| *p >= l) {
                let periods = candidates(period).into_iter();
                all.extend(
                    periods
                        .filter(|all| *all >= l + u)
                        .map(|c| [c, l + u, l, u, p]),
                );
            }
        }
    }
    all
}

/// The values that remain for a number of a table with a total, given that the parts add up to it: by
/// trying every sum that the other parts can have.
fn remaining(parts: &[Value], total: &Value, part: usize) -> BTreeSet<u64> {
    let mut sums = BTreeSet::from([0_u64]);
    for (index, other) in parts.iter().enumerate() {
        if index != part {
            let values = candidates(other);
            sums = sums
                .iter()
                .flat_map(|sum| values.iter().map(move |value| sum + value))
                .filter(|sum| *sum <= 4 * MOST)
                .collect();
        }
    }
    let has_total = |sum: u64| match total {
        Value::String(text) if text == "hidden" => sum > 0,
        total => fits(total, sum),
    };
    candidates(&parts[part])
        .into_iter()
        .filter(|value| sums.iter().any(|sum| has_total(sum + value)))
        .collect()
}

fn assert_open(values: &BTreeSet<u64>, what: &str, json: &Value) {
    assert!(
        values.len() > 1,
        "{what} can only be {values:?}, from {json}"
    );
}

/// The relation between two sheets that follow each other: what their periods have in common, and that
/// the later period has the whole earlier year.
fn agree(earlier: &[u64; 5], later: &[u64; 5]) -> bool {
    // Cases of the later period before its year; of those, the earlier year's are a part.
    let before = later[0] - later[1];
    // Of the earlier period, all but the months dropped is in the later one.
    before >= earlier[1] && earlier[0] >= before
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn one_year_pins_no_small_number(groups in [group(2), group(4), group(4), group(9)]) {
        let json = published(&csv(&groups), 2016);
        let all = imagined(&json);
        prop_assert!(!all.is_empty(), "{}", json);
        for (index, (group, key)) in CASES.iter().enumerate() {
            if is_small(&json[group][key]) {
                let values = all.iter().map(|numbers| numbers[index]).collect();
                assert_open(&values, key, &json);
            }
        }
        let types = json["calls"]["types"].as_object().unwrap();
        let parts: Vec<Value> = types.values().cloned().collect();
        for (part, name) in types.keys().enumerate() {
            if is_small(&parts[part]) {
                assert_open(&remaining(&parts, &json["calls"]["total"], part), name, &json);
            }
        }
    }

    /// The numbers of cases that are not printed, but by which two printed ones differ, are not small.
    #[test]
    fn one_year_leaves_no_small_number_of_earlier_cases(groups in [group(2), group(2), group(1), group(9)]) {
        let json = published(&csv(&groups), 2016);
        let earlier: BTreeSet<u64> = imagined(&json).iter().map(|it| it[0] - it[1]).collect();
        if earlier.len() == 1 {
            let number = earlier.first().unwrap();
            prop_assert!(*number == 0 || *number >= MIN_CELL, "{} from {}", number, json);
        }
    }

    #[test]
    fn two_years_together_pin_no_small_number(groups in [group(2), group(3), group(4), group(6)]) {
        let csv = csv(&groups);
        let jsons = [published(&csv, 2015), published(&csv, 2016)];
        let [earlier, later] = [imagined(&jsons[0]), imagined(&jsons[1])];
        // Points do not tie the years together, and leave fewer combinations to try.
        let without_points = |all: &[[u64; 5]]| -> BTreeSet<[u64; 5]> {
            all.iter().map(|&[c, y, l, u, _]| [c, y, l, u, 0]).collect()
        };
        let (earlier, later) = (without_points(&earlier), without_points(&later));
        let has_match = |one: &[u64; 5], is_earlier: bool| {
            if is_earlier {
                later.iter().any(|other| agree(one, other))
            } else {
                earlier.iter().any(|other| agree(other, one))
            }
        };
        for (json, all, is_earlier) in [(&jsons[0], &earlier, true), (&jsons[1], &later, false)] {
            for (index, (group, key)) in CASES.iter().enumerate().take(4) {
                if is_small(&json[group][key]) {
                    let values = all.iter().filter(|one| has_match(one, is_earlier));
                    let values: BTreeSet<u64> = values.map(|numbers| numbers[index]).collect();
                    assert_open(&values, key, &Value::from(jsons.to_vec()));
                }
            }
        }
    }
}

#[test]
fn the_attack_finds_what_is_not_protected() {
    // 17 of the year, of which 14 have no place.
    let json = serde_json::json!({
        "cases": {"period": 18, "year": 17, "located_year": "<4"},
        "map": {"unlocated_cases": 14, "points": "<4"},
    });
    let values: BTreeSet<u64> = imagined(&json).iter().map(|numbers| numbers[2]).collect();
    assert_eq!(values, BTreeSet::from([3]));
    let parts = [Value::from(9), Value::from("<4")];
    assert_eq!(remaining(&parts, &Value::from(11), 1), BTreeSet::from([2]));
}
