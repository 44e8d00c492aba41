//! The SQL that makes a statistics table counts as the program does. It runs in a real DuckDB, the Python
//! package; `.ci/install-duckdb` gets it, and DUCKDB_PYTHON says which Python has it.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use hotline_profile::tally::Unit;

use assert_cmd::cargo::cargo_bin_cmd;
use support::engines::{self, Question};
use support::nasty;

/// Counts with the DuckDB of a Python, and writes the tables into a folder.
fn count(python: &Path, signals: &Path, folder: &Path, question: Question) -> [PathBuf; 2] {
    let tables = ["totals.csv", "places.csv"].map(|name| folder.join(name));
    let mut command = Command::new(python);
    command.arg(engines::COUNT).arg(signals).args(&tables);
    engines::run(command.args(question.arguments()));
    tables
}

/// The bundled sample, signals of the whole nation with faults, and random ones that try everything.
fn samples(folder: &Path) -> Vec<PathBuf> {
    let nation = folder.join("nation.csv");
    cargo_bin_cmd!("hotline-profile")
        .args([
            "sample",
            "--signals",
            "20000",
            "--faults",
            "40",
            "--seed",
            "5",
            "--output",
        ])
        .arg(&nation)
        .assert()
        .success();
    let nasty = folder.join("nasty.csv");
    let signals = nasty::signals(0..4000, 20_161_201);
    std::fs::write(&nasty, &signals).unwrap();
    vec![PathBuf::from("input/signals.csv"), nation, nasty]
}

/// What the data say nothing about is absent, not 0: columns that they don't have, and columns without a known value.
#[test]
fn topics_missing_from_the_data_are_absent() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let signals = nasty::readable(0..1500, 7_121_995);
    let places = ["county", "city", "zip", "latitude", "longitude"];
    for (left_out, emptied) in [
        (&["age", "call_type", "synthetic"][..], &["gender"][..]),
        (&places[..], &["contact_method", "sex_venue"]),
        (&["caller_state", "note"], &places[..]),
        (&["labor_venue", "citizenship"], &["case_id"]),
    ] {
        let file = folder.path().join("silent.csv");
        std::fs::write(&file, nasty::silent(&signals, left_out, emptied)).unwrap();
        let tables = count(&python, &file, folder.path(), Question::USUAL);
        let expected = engines::statistics(&[&file], Question::USUAL);
        let compared = engines::assert_same(&expected, &tables, Question::USUAL);
        assert!(compared > 5, "{left_out:?}, {emptied:?}: {compared} states");
    }
}

/// A name that only the program reads, a column that occurs twice, or one that is missing is an error, and not a
/// number that is silently different.
#[test]
fn columns_that_the_sql_would_miss_are_reported() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signals.csv");
    for (header, told) in [
        (
            "signal_id,case_id,received,state, Age",
            "“ Age”: the SQL needs the name age",
        ),
        (
            "Signal ID,case_id,received,state,age",
            "“Signal ID”: the SQL needs the name signal_id",
        ),
        (
            "signal_id,case_id,received,state,state",
            "two columns “state”",
        ),
        ("signal_id,received,state,age,gender", "no column case_id"),
    ] {
        std::fs::write(&file, format!("{header}\n1,2,2016-03-01,NM,12\n")).unwrap();
        let output = Command::new(&python)
            .args([engines::COUNT])
            .args([
                &file,
                &folder.path().join("t.csv"),
                &folder.path().join("p.csv"),
            ])
            .args(engines::PROGRAM)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && said.contains(told),
            "{header}: {said}"
        );
    }
    std::fs::write(
        &file,
        "SIGNAL_ID,CASE_ID,RECEIVED,STATE,AGE\n1,2,2016-12-01,NM,12-17\n3,4,2012-12-01,NM,25+\n",
    )
    .unwrap();
    let tables = count(&python, &file, folder.path(), Question::USUAL);
    let expected = engines::statistics(&[&file], Question::USUAL);
    assert_eq!(engines::assert_same(&expected, &tables, Question::USUAL), 1);
}

#[test]
fn duckdb_counts_like_the_program_and_its_table_makes_the_same_statistics() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let questions = [
        Question::USUAL,
        Question {
            unit: Unit::Victims,
            ..Question::USUAL
        },
        Question {
            from: "2014-03",
            to: "2015-12",
            year: 2014,
            ..Question::USUAL
        },
    ];
    for signals in samples(folder.path()) {
        for question in questions {
            let tables = count(&python, &signals, folder.path(), question);
            let expected = engines::statistics(&[&signals], question);
            let compared = engines::assert_same(&expected, &tables, question);
            assert!(compared > 5, "{}: {compared} states", signals.display());
        }
    }
}

/// The map too: if a place has few cases, they move to the next larger one in SQL as in the program.
#[test]
fn sheets_from_tables_have_the_same_bytes_as_sheets_from_signals() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let nation = &samples(folder.path())[1];
    let question = Question {
        min_cell: 5,
        ..Question::USUAL
    };
    let tables = count(&python, nation, folder.path(), question);
    let build = |output: &Path, data: &[&Path]| {
        let built = cargo_bin_cmd!("hotline-profile")
            .args([
                "build",
                "--all",
                "--from",
                question.from,
                "--to",
                question.to,
            ])
            .args(["--year", &question.year.to_string(), "--output"])
            .arg(output)
            .arg("--data")
            .args(data)
            .output()
            .unwrap();
        assert!(
            built.status.success(),
            "{}",
            String::from_utf8_lossy(&built.stderr)
        );
    };
    let [ours, theirs] = ["ours", "theirs"].map(|name| folder.path().join(name));
    build(&ours, &[nation]);
    build(&theirs, &[&tables[0], &tables[1]]);
    let mut sheets = 0;
    for file in std::fs::read_dir(&ours).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|ext| ext == "pdf") {
            let other = theirs.join(file.file_name().unwrap());
            let same = std::fs::read(&file).unwrap() == std::fs::read(&other).unwrap();
            assert!(same, "{}", file.display());
            sheets += 1;
        }
    }
    assert_eq!(sheets, 56);
}

/// A region, the nation, and years that begin in October; for several states, a table has no map.
#[test]
fn regions_the_nation_and_fiscal_years_are_counted_like_the_program() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let nation = &samples(folder.path())[1];
    let areas = folder.path().join("areas.csv");
    let mut rows = "area,code\n".to_owned();
    for state in hotline_profile::jurisdiction::Jurisdiction::all() {
        rows.push_str(&format!("US,{state}\n"));
        if state.region() == 6 {
            rows.push_str(&format!("Region-VI,{state}\n"));
        }
    }
    std::fs::write(&areas, rows).unwrap();
    let time = [
        "--from",
        "2012-12",
        "--to",
        "2016-09",
        "--year",
        "2016",
        "--year-starts",
        "10",
    ];
    let tables = ["totals.csv", "places.csv"].map(|name| folder.path().join(name));
    engines::run(
        Command::new(&python)
            .args([engines::COUNT, "--areas"])
            .args([&areas, nation])
            .args(&tables)
            .args(time)
            .args(engines::PROGRAM),
    );
    let figures = |area: &[&str], data: &Path| -> Vec<String> {
        let output = cargo_bin_cmd!("hotline-profile")
            .args(["stats", "--internal", "--format", "csv"])
            .args(area)
            .args(time)
            .arg("--data")
            .arg(data)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let of_map = |row: &&str| row.contains(",map,") || row.contains(",located_year,");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .filter(|row| !of_map(row))
            .map(str::to_owned)
            .collect()
    };
    for area in [&["--region", "VI"][..], &["--nation"]] {
        let expected = figures(area, nation);
        assert!(expected.len() > 40, "{expected:?}");
        assert_eq!(figures(area, &tables[0]), expected);
    }
}
