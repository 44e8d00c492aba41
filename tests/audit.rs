//! `audit`: what published sheets give away. The files in tests/audit are of versions that gave numbers away.

use assert_cmd::Command;
use serde_json::Value;

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn program(arguments: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("hotline-profile").unwrap();
    let output = command.args(arguments).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What is found in sheets of tests/audit: each finding's kind, figure and values or change.
fn found(names: &[&str]) -> Vec<(String, String, Value)> {
    let files: Vec<String> = names
        .iter()
        .map(|name| format!("tests/audit/{name}.json"))
        .collect();
    let files = files.iter().map(String::as_str);
    let arguments: Vec<&str> = ["audit", "--format", "json"]
        .into_iter()
        .chain(files)
        .collect();
    let ran = program(&arguments);
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    assert_eq!(json["schema"], "hotline-profile/audit/1");
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(ran.code, Some(i32::from(!findings.is_empty())));
    assert_eq!(json["safe"], findings.is_empty());
    let finding = |it: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match it["kind"].as_str().unwrap() {
            kind @ "difference" => (
                kind.to_owned(),
                text(&it["after"]["figure"]),
                it["change"].clone(),
            ),
            kind => (
                kind.to_owned(),
                text(&it["at"]["figure"]),
                it["values"].clone(),
            ),
        }
    };
    findings.iter().map(finding).collect()
}

fn told(figure: &str, values: &[i64]) -> (String, String, Value) {
    (
        "small_number".to_owned(),
        figure.to_owned(),
        Value::from(values),
    )
}

/// One of <5, one hidden, 6 and 20 are 36: who knows that the smallest that would do was hidden knows all.
#[test]
fn a_second_cell_that_was_hidden_by_its_value_tells_the_first() {
    assert_eq!(
        found(&["mini1-2016"]),
        [told("calls.crisis_assistance", &[4])]
    );
    assert_eq!(
        found(&["mini2-2016"]),
        [
            told("calls.crisis_assistance", &[1, 2, 3]),
            told("calls.other", &[1, 2, 3]),
        ]
    );
}

/// One row of the file was outside the period that ended a year before.
#[test]
fn the_ledgers_of_two_years_tell_the_cases_between_them() {
    let found = found(&["led-2015", "led-2016"]);
    for figure in ["cases.year", "gender.gender_minority", "age.minor"] {
        assert!(found.contains(&told(figure, &[1])), "{found:?}");
    }
}

#[test]
fn a_small_difference_of_two_printed_numbers_is_told() {
    let difference = (
        "difference".to_owned(),
        "age.minor".to_owned(),
        Value::from(1),
    );
    assert_eq!(found(&["cmp-2015", "cmp-2016"]), [difference]);
}

/// 54 cases, then 64 with 20 in the year: 10 in the months that were dropped, so 4 of 14 women were after them.
#[test]
fn periods_that_move_tell_a_category_that_the_dropped_months_had() {
    assert_eq!(found(&["moved-2015"]), []);
    assert_eq!(found(&["moved-2016"]), []);
    assert_eq!(
        found(&["moved-2015", "moved-2016"]),
        [told("gender.female", &[4])]
    );
    let ran = program(&[
        "audit",
        "tests/audit/moved-2016.json",
        "tests/audit/moved-2015.json",
    ]);
    for line in [
        "FOUND tests/audit/moved-2016.json: gender.female, printed “<5”, can only be 4\n",
        "      because of cases.period (54) in tests/audit/moved-2015.json\n",
        "      because of gender.female (14) in tests/audit/moved-2015.json\n",
        "      because of cases.period (64) in tests/audit/moved-2016.json\n",
        "      because of cases.year (20) in tests/audit/moved-2016.json\n",
        "2 sheets: 1 way to a small number found\n",
    ] {
        assert!(ran.out.contains(line), "{line} is not in\n{}", ran.out);
    }
    assert_eq!(ran.out.matches("because of").count(), 4);
}
