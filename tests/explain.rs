//! `explain`: what a number counts, on a few rows counted by hand.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

/// Case A is female in New Mexico only because of its second signal; B is in Texas; C is before the period; D has two
/// places. Row 6 repeats the id of row 2, and row 7 has no day.
const DATA: &str = "\
signal_id,case_id,received,call_type,caller_state,state,zip,gender
s1,A,2016-01-05,Tip Report,,NM,87501,
s2,A,2016-02-05,Referral,,NM,,Female
s3,B,2016-01-05,Tip Report,,TX,,Female
s4,C,2012-11-30,Tip Report,,NM,,Female
s2,A,2016-02-05,Referral,,NM,,Female
s5,,soon,Hang-Up,NM,,,
s6,,2016-03-01,Hang-Up,NM,,,
s7,D,2016-12-31,Tip Report,,NM;NM,87501;87102,Male
";

fn run(folder: &Path, arguments: &[&str]) -> std::process::Output {
    fs::write(folder.join("data.csv"), DATA).unwrap();
    let mut command = Command::cargo_bin("hotline-profile").unwrap();
    command.current_dir(folder).arg("explain").args(arguments);
    command.args(["--data", "data.csv"]).output().unwrap()
}

fn explained(figure: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[figure, "--format", "json"]);
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn lines(rows: &Value) -> Vec<u64> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["line"].as_u64().unwrap()).collect()
}

#[test]
fn a_category_has_its_cases_with_all_their_signals_and_marks_those_that_mention_it() {
    let figure = &explained("gender.female")["figures"][0];
    assert_eq!(figure["value"], 1);
    assert_eq!(figure["sum"], 1);
    assert_eq!(
        figure["cases"],
        json!([{"case_id": "A", "date": "2016-01-05", "adds": 1, "signals": [
            {"file": "data.csv", "line": 2, "signal_id": "s1", "received": "2016-01-05", "alone": false},
            {"file": "data.csv", "line": 3, "signal_id": "s2", "received": "2016-02-05", "alone": true},
        ]}])
    );
}

#[test]
fn located_cases_are_listed_with_their_places() {
    let figure = &explained("cases.located_year")["figures"][0];
    assert_eq!(figure["value"], 2);
    let cases = figure["cases"].as_array().unwrap().iter();
    let places: Vec<_> = cases
        .map(|case| (&case["case_id"], &case["places"]))
        .collect();
    let expected = [("A", json!(["87501"])), ("D", json!(["87102", "87501"]))];
    assert_eq!(places.len(), expected.len());
    for (found, (id, places)) in places.iter().zip(&expected) {
        assert_eq!((found.0.as_str().unwrap(), found.1), (*id, places));
    }
}

#[test]
fn calls_and_ledger_lines_have_their_rows() {
    let all = explained("calls");
    let rows = |name: &str| {
        let figures = all["figures"].as_array().unwrap();
        let figure = figures.iter().find(|it| it["figure"] == name).unwrap();
        lines(&figure["rows"])
    };
    assert_eq!(rows("calls.tip_report"), [2, 9]);
    assert_eq!(rows("calls.total"), [2, 3, 9]);
    assert_eq!(rows("calls.non_substantive"), [8]);

    let ledger = explained("ledger");
    let rows: Vec<Vec<u64>> = ledger["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|figure| lines(&figure["rows"]))
        .collect();
    assert_eq!(
        rows,
        [
            vec![2, 3, 4, 5, 6, 7, 8, 9],
            vec![2, 3, 8, 9],
            vec![5],
            vec![4],
            vec![6],
            vec![7]
        ]
    );
}

#[test]
fn figures_can_be_named_as_on_the_sheet() {
    let names = |asked: &str| -> Vec<String> {
        let found = explained(asked);
        let figures = found["figures"].as_array().unwrap().iter();
        figures
            .map(|figure| figure["figure"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names("female"), ["gender.female"]);
    assert_eq!(names("Gender Minorities"), ["gender.gender_minority"]);
    assert_eq!(names("truck stop-based"), ["venues.sex.truck_stop_based"]);
    assert_eq!(
        names("U.S. Citizen/Legal Permanent Resident"),
        ["citizenship.us_citizen_lpr"]
    );
    assert_eq!(names("Types of Calls"), names("calls"));
    let folder = tempfile::tempdir().unwrap();
    for (asked, message) in [
        (
            "Other",
            "say which one you mean: calls.other, contact_method.other, venues.labor.other_industries, venues.sex.other_venues",
        ),
        ("17", "“17” isn't a figure"),
        ("femal", "did you mean female?"),
    ] {
        let output = run(folder.path(), &[asked]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(told.contains(message), "{told}");
    }
}

#[test]
fn the_table_is_marked_as_internal_and_has_the_rule_and_the_sum() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["gender.female"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("INTERNAL – NOT FOR RELEASE\n"), "{text}");
    for line in [
        "\ngender.female = 1  New Mexico (NM), 2012-12 to 2016-12, year 2016\n",
        "\nRule (docs/counting.md): Cases in the state, dated in the period, ",
        "\n  case A, dated 2016-01-05, adds 1\n",
        "\n    data.csv:2  signal s1  2016-01-05\n",
        "\n    data.csv:3  signal s2  2016-02-05  *\n",
        "\n  sum over 1 cases: 1 = gender.female\n",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn an_unknown_figure_is_a_usage_error_with_a_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["gendr.female"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("did you mean gender.female?"), "{message}");
    assert!(message.contains("map.unlocated_cases"), "{message}");
}

#[test]
fn standard_input_is_explained_too() {
    let mut command = Command::cargo_bin("hotline-profile").unwrap();
    command.args([
        "explain",
        "gender.female",
        "--format",
        "json",
        "--data",
        "-",
    ]);
    let output = command.write_stdin(DATA).output().unwrap();
    let mut found: Value = serde_json::from_slice(&output.stdout).unwrap();
    for signal in found["figures"][0]["cases"][0]["signals"]
        .as_array_mut()
        .unwrap()
    {
        assert_eq!(signal["file"], "<standard input>");
        signal["file"] = "data.csv".into();
    }
    assert_eq!(found, explained("gender.female"));
}
