//! An agency adds groups that the program doesn't know, using only vocabulary and wording: race and ethnicity of
//! victims, and the signaler of each signal. They are found everywhere.

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{Workplace, in_one_line, poppler};

const GROUPS: &str = r#"
[[group]]
key = "race"
column = "race_ethnicity"
heading = "Race or Ethnicity"
counts = "cases"
over = "period"
victims = true
section = "demographics"

[[group.category]]
key = "native"
name = "American Indian or Alaska Native"
aliases = ["AI/AN"]

[[group.category]]
key = "latino"
name = "Hispanic or Latino"

[[group.category]]
key = "other"
name = "Another Race"

[[group]]
key = "signaler"
heading = "Who Called"
counts = "signals"
over = "year"
total = true
section = "signals"

[[group.category]]
key = "victim"
name = "Victim or Survivor"

[[group.category]]
key = "provider"
name = "Service Provider"

[[group.category]]
key = "other"
name = "Someone Else"
"#;

const WORDING: &str = r#"
[groups.race]
heading = "Race and Ethnicity"
categories.latino = "Latina or Latino"
"#;

/// Twelve cases: for seven, a signal says American Indian, for five Latino; a case with both signals twice.
fn signals() -> String {
    let mut text =
        "signal_id,case_id,received,call_type,state,race_ethnicity,signaler,gender\n".to_owned();
    for number in 0..12 {
        let race = if number < 7 {
            "ai/an"
        } else {
            "Hispanic or Latino"
        };
        let signaler = if number < 6 {
            "Service Provider"
        } else {
            "victim or survivor"
        };
        text += &format!(
            "{number},C{number},2016-05-05,Tip Report,NM,{race};{race},{signaler},Female\n"
        );
    }
    // A non-substantive signal counts for neither group; one value is unknown.
    text += "90,C0,2016-05-06,Hang-Up,NM,Another Race,Someone Else,\n";
    text += "91,C1,2016-05-06,Tip Report,NM,Martian,Nobody,\n";
    text
}

fn workplace() -> Workplace {
    let workplace = Workplace::with_input();
    let vocabulary = workplace.read("input/vocabulary.toml");
    let (groups, venues) = vocabulary.split_once("\n# Venues.").unwrap();
    workplace.write(
        "input/vocabulary.toml",
        format!("{groups}{GROUPS}\n# Venues.{venues}"),
    );
    let wording = workplace.read("input/wording/en.toml");
    let (before, after) = wording.split_once("\n[groups.age]").unwrap();
    workplace.write(
        "input/wording/en.toml",
        format!("{before}{WORDING}\n[groups.age]{after}"),
    );
    workplace.write("signals.csv", signals());
    workplace
}

fn stdout(workplace: &Workplace, arguments: &[&str]) -> String {
    let output = workplace.program().args(arguments).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {message}");
    String::from_utf8(output.stdout).unwrap()
}

fn json_of(workplace: &Workplace, arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(workplace, arguments)).unwrap()
}

const DATA: [&str; 2] = ["--data", "signals.csv"];

#[test]
fn a_new_group_is_in_json_csv_and_table() {
    let workplace = workplace();
    let found = json_of(&workplace, &["stats", DATA[0], DATA[1], "--format", "json"]);
    let race = json!({
        "heading": "Race or Ethnicity", "counts": "cases", "over": "period",
        "categories": {"native": 7, "latino": 5, "other": 0},
    });
    let signaler = json!({
        "heading": "Who Called", "counts": "signals", "over": "year",
        "categories": {"victim": 6, "provider": 6, "other": 0}, "total": 12,
    });
    assert_eq!(found["groups"]["race"], race);
    assert_eq!(found["groups"]["signaler"], signaler);
    assert_eq!(found["demographics"]["race"], race["categories"]);
    let keys: Vec<&String> = found["groups"].as_object().unwrap().keys().collect();
    assert_eq!(keys[keys.len() - 2..], ["race", "signaler"]);
    let csv = stdout(&workplace, &["stats", DATA[0], DATA[1], "--format", "csv"]);
    for line in ["race,native,7", "race,latino,5", "signaler,total,12"] {
        assert!(csv.contains(&format!(",{line}")), "{line} in\n{csv}");
    }
    let table = stdout(&workplace, &["stats", DATA[0], DATA[1]]);
    assert!(
        table.contains("race") && table.contains("signaler"),
        "{table}"
    );
    // Victims one by one: each cell has the value twice.
    let victims = [
        "stats", DATA[0], DATA[1], "--format", "json", "--unit", "victims",
    ];
    let victims = json_of(&workplace, &victims);
    assert_eq!(victims["groups"]["race"]["counts"], "victims");
    assert_eq!(victims["groups"]["race"]["categories"]["native"], 14);
    assert_eq!(victims["groups"]["signaler"], signaler);
}

#[test]
fn a_new_group_is_on_the_sheet_and_verified() {
    let workplace = workplace();
    let built = stdout(&workplace, &["build", DATA[0], DATA[1], "--data-page"]);
    let pdf = workplace.folder().join(built.trim());
    let text = in_one_line(&poppler::raw_text(&pdf));
    for wanted in [
        "Race and Ethnicity",
        "American Indian or Alaska Native 7",
        "Latina or Latino 5",
        "Who Called, 2016",
        "Service Provider 6",
        "Victim or Survivor 6",
    ] {
        assert!(text.contains(wanted), "{wanted} in\n{text}");
    }
    let verified = ["verify", built.trim(), DATA[0], DATA[1], "--format", "json"];
    let verified = json_of(&workplace, &verified);
    let numbers = verified["numbers"].as_array().unwrap();
    let latino = numbers
        .iter()
        .filter(|number| number["label"] == "Latina or Latino");
    let latino: Vec<_> = latino.map(|number| &number["recomputed"]).collect();
    assert_eq!(latino, ["5", "5"]);
    // One missing case is found.
    let fewer: String = signals()
        .lines()
        .filter(|line| !line.starts_with("8,"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(workplace.folder().join("fewer.csv"), fewer).unwrap();
    let arguments = [
        "verify",
        built.trim(),
        "--data",
        "fewer.csv",
        "--format",
        "json",
    ];
    let output = workplace.program().args(arguments).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let wrong = found["numbers"].as_array().unwrap().iter();
    let wrong: Vec<&Value> = wrong
        .filter(|number| number["ok"] == false)
        .map(|number| &number["label"])
        .collect();
    assert!(wrong.contains(&&json!("Latina or Latino")), "{wrong:?}");
}

#[test]
fn a_new_group_is_explained_checked_and_compared() {
    let workplace = workplace();
    let explained = json_of(
        &workplace,
        &[
            "explain",
            "race.native",
            DATA[0],
            DATA[1],
            "--format",
            "json",
        ],
    );
    assert_eq!(explained["figures"][0]["sum"], 7);
    assert_eq!(
        explained["figures"][0]["cases"].as_array().unwrap().len(),
        7
    );
    let explained = json_of(
        &workplace,
        &["explain", "signaler", DATA[0], DATA[1], "--format", "json"],
    );
    let sums: Vec<&Value> = explained["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["sum"])
        .collect();
    assert_eq!(sums, [6, 6, 0, 12]);

    let checked = stdout(&workplace, &["check", DATA[1]]);
    for wanted in ["race_ethnicity", "signaler", "Martian"] {
        assert!(checked.contains(wanted), "{wanted} in\n{checked}");
    }
    assert!(!checked.contains("not used"), "{checked}");
    let proposed = ["check", DATA[1], "--write-mapping", "m.toml"];
    stdout(&workplace, &proposed);
    let mapping = workplace.read("m.toml");
    assert!(
        mapping.contains("\nrace_ethnicity = \"race_ethnicity\""),
        "{mapping}"
    );

    let earlier = signals()
        .replace("2016-05", "2015-05")
        .replace(",C", ",B")
        .replace("\n", "\nE");
    let later: String = signals()
        .lines()
        .skip(1)
        .map(|line| format!("{line}\n"))
        .collect();
    workplace.write(
        "both.csv",
        format!("{}\n{later}", earlier.trim_end_matches('E').trim_end()),
    );
    let compared = [
        "compare", "--data", "both.csv", "--year", "2015", "--year", "2016", "--format", "json",
    ];
    let compared = json_of(&workplace, &compared);
    let figures = compared["figures"].as_array().unwrap();
    let latino = figures
        .iter()
        .find(|row| row["figure"] == "race.latino")
        .unwrap();
    assert_eq!(
        (&latino["before"], &latino["after"]),
        (&json!(5), &json!(10))
    );
    let total = figures
        .iter()
        .find(|row| row["figure"] == "signaler.total")
        .unwrap();
    assert_eq!(
        (&total["before"], &total["after"]),
        (&json!(12), &json!(12))
    );
}

#[test]
fn totals_of_a_new_group_are_read_back() {
    let workplace = workplace();
    let choice = ["stats", DATA[0], DATA[1], "--internal", "--format", "csv"];
    let table = stdout(&workplace, &choice);
    workplace.write("totals.csv", table.clone());
    let again = [
        "stats",
        "--data",
        "totals.csv",
        "--internal",
        "--format",
        "csv",
    ];
    let again = stdout(&workplace, &again);
    for line in ["race,native,7", "signaler,victim,6", "signaler,total,12"] {
        assert!(again.contains(&format!(",{line}")), "{line} in\n{again}");
    }
    let less: String = table
        .lines()
        .filter(|line| !line.contains("race,latino"))
        .map(|line| format!("{line}\n"))
        .collect();
    workplace.write("totals.csv", less);
    let output = workplace
        .program()
        .args(["stats", "--data", "totals.csv"])
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("race.latino"), "{message}");
}

#[test]
fn a_sample_has_the_columns_of_new_groups_and_is_otherwise_the_same() {
    let workplace = workplace();
    let plan = ["sample", "--plan", "input/sample-plans/nm.toml"];
    let text = stdout(&workplace, &plan);
    assert_eq!(text, stdout(&workplace, &plan), "the same again");
    let bundled = workplace.read("input/signals.csv");
    let cut: String = text
        .lines()
        .map(|line| {
            // The two cells at the end, neither of which needs quotation marks.
            let (before, _) = line.rsplit_once(',').unwrap();
            let (before, _) = before.rsplit_once(',').unwrap();
            format!("{before}\n")
        })
        .collect();
    // Rows with an extra field have it at the end.
    let is_sound = |line: &&str| !line.contains("see notes");
    let (cut, bundled): (Vec<&str>, Vec<&str>) = (
        text.lines()
            .zip(cut.lines())
            .filter(|(line, _)| is_sound(line))
            .map(|(_, cut)| cut)
            .collect(),
        bundled.lines().filter(is_sound).collect(),
    );
    assert_eq!(cut, bundled);
    workplace.write("sample.csv", &text);
    let found = json_of(
        &workplace,
        &[
            "stats",
            "--data",
            "sample.csv",
            "--internal",
            "--format",
            "json",
        ],
    );
    for (group, category) in [
        ("race", "native"),
        ("signaler", "victim"),
        ("signaler", "other"),
    ] {
        let count = found["groups"][group]["categories"][category].as_u64();
        assert!(count > Some(0), "{group}.{category} in {found:#}");
    }
    assert_eq!(
        found["demographics"]["gender"],
        json!({"female": 104, "male": 29, "gender_minority": 0})
    );
}

/// The SQL counts what its tables say, and these can be made from any vocabulary.
#[test]
fn the_sql_counts_new_groups_like_the_program() {
    let Ok(python) = std::env::var("DUCKDB_PYTHON") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must say in DUCKDB_PYTHON which Python has DuckDB: see .ci/install-duckdb"
        );
        eprintln!("skipped: DUCKDB_PYTHON is not set");
        return;
    };
    let workplace = workplace();
    let sample = ["sample", "--plan", "input/sample-plans/nm.toml"];
    workplace.write("sample.csv", stdout(&workplace, &sample));
    stdout(&workplace, &["export", "sql", "--output", "counting"]);
    let folder = workplace.path("counting");
    let run = |script: &str, arguments: &[&std::path::Path]| {
        let mut command = std::process::Command::new(&python);
        command.current_dir(&folder).arg(script).args(arguments);
        let output = command.output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}: {message}");
    };
    let vocabulary = workplace.path("input/vocabulary.toml");
    let (signals, totals) = (workplace.path("sample.csv"), workplace.path("totals.csv"));
    let places = workplace.path("places.csv");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_hotline-profile"));
    let option = std::path::Path::new("--program");
    let of_vocabulary = std::path::Path::new("--vocabulary");
    let asked = [option, program, of_vocabulary, &vocabulary];
    run(
        "count.py",
        &[&asked[..], &[&signals, &totals, &places]].concat(),
    );
    let stats = |data: &str| {
        let choice = ["stats", "--internal", "--format", "csv", "--data", data];
        let table = stdout(&workplace, &choice);
        let rows = table
            .lines()
            .filter(|line| line.contains(",race,") || line.contains(",signaler,"));
        // Without the mark, which a table of totals can't know.
        rows.map(|line| line.rsplit_once(',').unwrap().0.to_owned())
            .collect::<Vec<_>>()
    };
    let ours = stats("sample.csv");
    assert_eq!(ours.len(), 7);
    assert!(
        ours.iter()
            .any(|row| row.contains(",signaler,total,") && !row.ends_with(",0"))
    );
    assert_eq!(stats("totals.csv"), ours);
}

/// The files in input/examples/groups added at the end of the built-in ones, as their README says.
fn example() -> Workplace {
    let workplace = Workplace::with_input();
    for (built_in, example, whole) in [
        ("vocabulary.toml", "groups.toml", "vocabulary.toml"),
        ("wording/en.toml", "en.toml", "english.toml"),
        ("wording/es.toml", "es.toml", "spanish.toml"),
    ] {
        let built_in = workplace.read(&format!("input/{built_in}"));
        let example = support::text_of(&format!("input/examples/groups/{example}"));
        workplace.write(whole, built_in + &example);
    }
    workplace
}

#[test]
fn the_example_of_more_groups_is_printed_verified_and_audited_in_both_languages() {
    let workplace = example();
    workplace.write(
        "signals.csv",
        support::text_of("input/examples/groups/signals.csv"),
    );
    // The sample is the output of `sample` with this vocabulary.
    let made = workplace.succeed(
        "sample --state NM --signals 800 --seed 7 --faults 0 --vocabulary vocabulary.toml",
    );
    assert!(
        made == workplace.read("signals.csv"),
        "make the sample anew"
    );
    let checked = workplace.succeed("check signals.csv --vocabulary vocabulary.toml");
    assert!(!checked.contains("columns not used"), "{checked}");
    for (wording, texts) in [
        (
            "english.toml",
            [
                "Race and Ethnicity",
                "Native, Not Enrolled",
                "Who Contacted the Hotline in 2016",
            ],
        ),
        (
            "spanish.toml",
            [
                "Raza y origen étnico",
                "Indígena, no inscrita",
                "Quién contactó a la Línea Nacional en 2016",
            ],
        ),
    ] {
        let options =
            format!("--data signals.csv --vocabulary vocabulary.toml --wording {wording}");
        let sheet = workplace.build(&format!("build {options}"));
        let text = in_one_line(&poppler::text(&sheet));
        for wanted in texts {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        let name = sheet.to_str().unwrap();
        let verified = workplace.succeed(&format!("verify {name} {options}"));
        for label in ["printed", "statements agree"] {
            assert!(verified.contains(label), "{verified}");
        }
        workplace.succeed(&format!(
            "audit {name} --vocabulary vocabulary.toml --wording {wording}"
        ));
        let page = workplace.build(&format!("build {options} --format html"));
        let page = fs::read_to_string(page).unwrap();
        for wanted in texts {
            assert!(page.contains(wanted), "{wanted}");
        }
    }
    // Names of categories in either language lead to their numbers.
    let explained = workplace.succeed(
        "explain native_status.not_native --data signals.csv --vocabulary vocabulary.toml",
    );
    assert!(
        explained.contains("native_status.not_native = "),
        "{explained}"
    );
}
