//! `compare`: what changed from one year's sheet to the next, on cases counted by hand.

use std::fs;

use assert_cmd::Command;
use serde_json::{Value, json};

/// As many cases with a day, gender and venue as given.
fn cases(groups: &[(usize, &str, &str, &str)]) -> String {
    let mut text = "signal_id,case_id,received,call_type,state,gender,sex_venue\n".to_owned();
    let mut number = 0;
    for &(count, day, gender, venue) in groups {
        for _ in 0..count {
            number += 1;
            text += &format!("{number},C{number},{day},Tip Report,NM,{gender},{venue}\n");
        }
    }
    text
}

/// Two years of New Mexico: street venues leave the list, brothels enter it, and three men are added.
fn two_years() -> String {
    cases(&[
        (6, "2011-12-05", "Female", "Street-Based"),
        (7, "2015-05-05", "Male", "Pornography"),
        (8, "2016-05-05", "Female", "Residential Brothels"),
        (3, "2016-06-06", "Male", ""),
    ])
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn compare(data: &str, arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("profiles")).unwrap();
    let profile = "state = \"NM\"\n\
        [[laws]]\ntitle = \"Old\"\ncitation = \"1\"\nreviewed = 2015-03-01\n\
        [[laws]]\ntitle = \"New\"\ncitation = \"2\"\nreviewed = 2016-03-02\n\
        [[resources]]\ntitle = \"Unseen\"\n";
    fs::write(folder.path().join("profiles/nm.toml"), profile).unwrap();
    fs::write(folder.path().join("data.csv"), data).unwrap();
    let mut command = Command::cargo_bin("hotline-profile").unwrap();
    command.current_dir(folder.path()).arg("compare");
    command.args([
        "--data",
        "data.csv",
        "--profiles",
        "profiles",
        "--as-of",
        "2017-03-02",
    ]);
    let output = command.args(arguments).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const YEARS: [&str; 6] = ["--year", "2016", "--year", "2015", "--format", "json"];

fn figure(json: &Value, name: &str) -> [Value; 3] {
    let figures = json["figures"].as_array().unwrap();
    let row = figures.iter().find(|row| row["figure"] == name).unwrap();
    ["before", "after", "change"].map(|key| row[key].clone())
}

#[test]
fn numbers_venues_and_reviews_are_compared() {
    let ran = compare(&two_years(), &YEARS);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["sheets"][0]["period"]["from"], "2011-12");
    assert_eq!(json["sheets"][1]["year"], 2016);
    // 6 + 7 cases; then 7 + 8 + 3.
    assert_eq!(
        figure(&json, "cases.period"),
        [json!(13), json!(18), json!(5)]
    );
    assert_eq!(figure(&json, "cases.year"), [json!(7), json!(11), json!(4)]);
    assert_eq!(
        figure(&json, "gender.female"),
        [json!(6), json!({"from": 7, "to": 10}), json!("<5")]
    );
    assert_eq!(
        figure(&json, "gender.male"),
        [json!(7), json!({"from": 8, "to": 11}), json!("<5")]
    );
    assert_eq!(
        figure(&json, "calls.referral"),
        [json!(0), json!(0), json!(0)]
    );
    assert_eq!(
        figure(&json, "venues.sex.street_based"),
        [json!(6), Value::Null, Value::Null]
    );
    assert_eq!(
        json["venues"]["sex"],
        json!({"entered": ["Residential Brothels"], "left": ["Street-Based"]})
    );
    // A review exactly a year ago is recent enough.
    assert_eq!(
        json["to_review"],
        json!({"as_of": "2017-03-02", "entries": [
            {"list": "laws", "title": "1: Old", "reviewed": "2015-03-01"},
            {"list": "resources", "title": "Unseen", "reviewed": null},
        ]})
    );
}

#[test]
fn with_a_fixed_first_month_a_small_addition_makes_the_later_number_a_range() {
    let arguments = [&YEARS[..], &["--from", "2011-12"]].concat();
    let ran = compare(&two_years(), &arguments);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        figure(&json, "gender.male"),
        [json!(7), json!({"from": 8, "to": 11}), json!("<5")]
    );
    assert_eq!(
        figure(&json, "gender.female"),
        [json!(6), json!(14), json!(8)]
    );
    assert_eq!(
        figure(&json, "cases.period"),
        [json!(13), json!(24), json!(11)]
    );
    assert!(
        ran.err.contains("too small to print, from gender.male\n"),
        "{}",
        ran.err
    );
}

#[test]
fn the_table_says_the_same() {
    let ran = compare(&two_years(), &YEARS[..4]);
    for line in [
        "  before  2011-12 to 2015-12, year 2015\n",
        "sex trafficking venues that entered the list: Residential Brothels\n",
        "sex trafficking venues that left the list: Street-Based\n",
        "  2015-03-01  laws: 1: Old\n",
        "  never       resources: Unseen\n",
    ] {
        assert!(ran.out.contains(line), "{line} is not in\n{}", ran.out);
    }
    let male = ran
        .out
        .lines()
        .find(|line| line.contains(" male "))
        .unwrap();
    assert_eq!(
        male.split_whitespace().collect::<Vec<_>>(),
        ["male", "7", "8-11", "<5"]
    );
    assert!(!ran.out.contains("INTERNAL"));
    let internal = compare(
        &two_years(),
        &["--year", "2015", "--year", "2016", "--internal"],
    );
    assert!(internal.out.starts_with("INTERNAL – NOT FOR RELEASE\n"));
}

#[test]
fn one_year_or_a_year_without_data_is_an_error() {
    assert_eq!(compare(&two_years(), &["--year", "2016"]).code, Some(2));
    let ran = compare(&two_years(), &["--year", "2016", "--year", "2014"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("2014"), "{}", ran.err);
}

fn program(folder: &std::path::Path, arguments: &[&str], input: &str) -> Ran {
    let mut command = Command::cargo_bin("hotline-profile").unwrap();
    command.current_dir(folder).args(arguments);
    let output = command.write_stdin(input).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A comparison without the numbers on the map, and without the one that a table prints as a range: 50 minors after a
/// year with 49 cases may have been few before, and a table doesn't say how many there were.
fn without_map(table: &str) -> String {
    let of_map = ["located_year", "points", "unlocated_cases", "minor "];
    let lines = table.lines();
    let lines = lines.filter(|line| !of_map.iter().any(|name| line.contains(name)));
    lines
        .map(|line| line.trim_start().to_owned() + "\n")
        .collect()
}

/// Statistics tables for both years, in separate files or concatenated, say what the signals say; and both can come
/// through standard input.
#[test]
fn tables_and_standard_input_are_compared_as_files_of_signals_are() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let signals = fs::read_to_string("input/signals.csv").unwrap();
    fs::write(folder.join("signals.csv"), &signals).unwrap();
    let compare = [
        "compare",
        "--year",
        "2015",
        "--year",
        "2016",
        // From here on, all years have numbers that a table can contain.
        "--from",
        "2013-01",
        "--as-of",
        "2017-01-01",
    ];
    let compared = |data: &[&str], input: &str| {
        let arguments = [&compare[..], &["--data"], data].concat();
        program(folder, &arguments, input)
    };
    let expected = compared(&["signals.csv"], "").out;
    assert!(expected.contains("Truck Stop-Based") || expected.contains("truck_stop_based"));
    assert_eq!(compared(&["-"], &signals).out, expected);

    let table = |year: &str, from: &str, to: &str| {
        let choice = [
            "stats",
            "--internal",
            "--format",
            "csv",
            "--data",
            "signals.csv",
        ];
        let period = ["--year", year, "--from", from, "--to", to];
        program(folder, &[&choice[..], &period].concat(), "").out
    };
    let earlier = table("2015", "2013-01", "2015-12");
    let later = table("2016", "2013-01", "2016-12");
    fs::write(folder.join("2015.csv"), &earlier).unwrap();
    fs::write(folder.join("2016.csv"), &later).unwrap();
    // A table of figures doesn't say where cases are.
    let expected = without_map(&expected);
    assert_eq!(
        without_map(&compared(&["2015.csv", "2016.csv"], "").out),
        expected
    );
    let rows = later.split_once('\n').unwrap().1;
    let both = format!("{earlier}{rows}");
    let of_both = compared(&["-"], &both).out;
    assert!(of_both.contains("50-53"), "{of_both}");
    assert_eq!(without_map(&of_both), expected);

    // One table for one year isn't enough, and the message says what it contains.
    let failed = compared(&["2016.csv"], "");
    assert_eq!((failed.code, &*failed.out), (Some(1), ""));
    assert_eq!(
        failed.err,
        "error: 2016.csv: no numbers for New Mexico for a period from 2013-01 and the year 2015\n  \
         help: the table has: 2013-01 to 2016-12 with the year 2016; choose with --from, --to and --year\n"
    );
}

/// Published sheets for two years, in all readable formats, say what the data themselves say.
#[test]
fn published_sheets_are_compared_in_any_form_and_of_any_area() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let made = program(
        folder,
        &["sample", "--signals", "6000", "--output", "signals.csv"],
        "",
    );
    assert_eq!(made.code, Some(0), "{}", made.err);
    for (area, code) in [
        (&["--state", "NM,TX"][..], "NM-TX"),
        (&["--region", "VI"], "Region-VI"),
        (&["--nation"], "US"),
        (&["--state", "CA", "--year-starts", "10"], "CA"),
    ] {
        let of = |arguments: &[&str]| {
            let ran = program(
                folder,
                &[arguments, area, &["--data", "signals.csv"]].concat(),
                "",
            );
            assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
            ran.out
        };
        let of_data = of(&[
            "compare",
            "--year",
            "2015",
            "--year",
            "2016",
            "--format",
            "json",
            "--as-of",
            "2017-01-01",
        ]);
        let of_data: Value = serde_json::from_str(&of_data).unwrap();
        assert_eq!(of_data["state"], code);
        for year in ["2015", "2016"] {
            for format in ["json", "csv"] {
                let text = of(&["stats", "--year", year, "--format", format]);
                fs::write(folder.join(format!("{year}.{format}")), text).unwrap();
            }
            let pdf = of(&["build", "--data-page", "--year", year]);
            fs::rename(
                folder.join(pdf.trim_end()),
                folder.join(format!("{year}.pdf")),
            )
            .unwrap();
        }
        // The later sheet may come first.
        for files in [
            ["2015.json", "2016.json"],
            ["2016.csv", "2015.json"],
            ["2015.pdf", "2016.pdf"],
        ] {
            let arguments = ["compare", files[0], files[1], "--format", "json"];
            let ran = program(
                folder,
                &[&arguments[..], &["--as-of", "2017-01-01"]].concat(),
                "",
            );
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            let of_files: Value = serde_json::from_str(&ran.out).unwrap();
            assert_eq!(of_files["sheets"], of_data["sheets"], "{files:?}");
            for key in ["state", "unit", "venues", "to_review", "synthetic"] {
                assert_eq!(of_files[key], of_data[key], "{code} {files:?} {key}");
            }
            let mut compared = 0;
            for row in of_data["figures"].as_array().unwrap() {
                let name = row["figure"].as_str().unwrap();
                let all = of_files["figures"].as_array().unwrap();
                match all.iter().find(|it| it["figure"] == name) {
                    Some(found) => assert_eq!(found, row, "{code} {files:?}"),
                    // No sheet prints the points on a map or non-substantive signals.
                    None => {
                        let off_the_pdf = ["trafficking_type.", "contact_method."];
                        let is_off_the_pdf = files[0].ends_with("pdf")
                            && off_the_pdf.iter().any(|group| name.starts_with(group));
                        assert!(
                            is_off_the_pdf
                                || name == "map.points"
                                || name.ends_with("non_substantive"),
                            "{files:?} {name}"
                        );
                        continue;
                    }
                }
                compared += 1;
            }
            assert!(compared > 15, "{files:?} {compared}");
        }
    }
}

#[test]
fn sheets_that_cannot_be_compared_are_an_error_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("data.csv"), two_years()).unwrap();
    let write = |name: &str, options: &[&str]| {
        let ran = program(
            folder,
            &[
                &["stats", "--format", "json", "--data", "data.csv"],
                options,
            ]
            .concat(),
            "",
        );
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        fs::write(folder.join(name), ran.out).unwrap();
    };
    write("2015.json", &["--year", "2015"]);
    write("2016.json", &["--year", "2016"]);
    write("fiscal.json", &["--year", "2016", "--year-starts", "10"]);
    write("victims.json", &["--year", "2016", "--unit", "victims"]);
    write("region.json", &["--year", "2016", "--region", "VI"]);
    write("internal.json", &["--year", "2016", "--internal"]);
    for (other, why) in [
        (
            "fiscal.json",
            "their years begin in different months: 2015 (2015-01 to 2015-12) and 2016 (2015-10 to 2016-09)",
        ),
        (
            "victims.json",
            "one counts cases, the other potential victims",
        ),
        (
            "region.json",
            "one is about New Mexico, the other about Region VI",
        ),
        ("internal.json", "marked “INTERNAL"),
    ] {
        let ran = program(folder, &["compare", "2015.json", other], "");
        assert_eq!((ran.code, &*ran.out), (Some(1), ""), "{other}");
        assert!(
            ran.err.contains(why) && ran.err.contains("help: "),
            "{}",
            ran.err
        );
    }
    // Numbers from data and from sheets can't be mixed, and one sheet isn't two.
    for wrong in [
        &["2015.json"][..],
        &["2015.json", "2016.json", "--data", "data.csv"],
    ] {
        let ran = program(folder, &[&["compare"], wrong].concat(), "");
        assert_eq!(ran.code, Some(2), "{}", ran.err);
    }
    // A small difference between two editions is protected like one between two years of data.
    write("fixed-2015.json", &["--year", "2015", "--from", "2011-12"]);
    write("fixed-2016.json", &["--year", "2016", "--from", "2011-12"]);
    let ran = program(
        folder,
        &["compare", "fixed-2015.json", "fixed-2016.json"],
        "",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.err.contains("too small to print, from gender.male"),
        "{}",
        ran.err
    );
    let male = ran
        .out
        .lines()
        .find(|line| line.contains(" male "))
        .unwrap();
    let male: Vec<&str> = male.split_whitespace().collect();
    assert_eq!(male, ["male", "7", "8-11", "<5"]);
}
