//! The SQL that makes a statistics table counts as the program does. It runs in a real DuckDB, the Python
//! package; `.ci/install-duckdb` gets it, and DUCKDB_PYTHON says which Python has it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;

type Figures = BTreeMap<(String, String, String), String>;

fn figures(table: &str) -> Figures {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cell = |field: usize| row[field].to_owned();
        ((cell(0), cell(4), cell(5)), cell(6))
    });
    rows.collect()
}

fn ours(arguments: &[&str]) -> Figures {
    let output = cargo_bin_cmd!("hotline-profile")
        .args(["stats", "--internal", "--format", "csv"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    figures(&String::from_utf8(output.stdout).unwrap())
}

/// Counts with DuckDB; `None` where there is none, which only CI must have.
fn duckdb(python: &str, signals: &Path, totals: &Path) {
    let output = Command::new(python)
        .arg("input/examples/statistics/count.py")
        .args([signals, totals])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn duckdb_counts_as_we_do_and_its_table_makes_the_same_statistics() {
    let Ok(python) = std::env::var("DUCKDB_PYTHON") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must say in DUCKDB_PYTHON which Python has DuckDB: see .ci/install-duckdb"
        );
        eprintln!("skipped: DUCKDB_PYTHON is not set");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let nation = folder.path().join("nation.csv");
    let sample = [
        "sample",
        "--signals",
        "20000",
        "--faults",
        "40",
        "--seed",
        "5",
        "--output",
    ];
    cargo_bin_cmd!("hotline-profile")
        .args(sample)
        .arg(&nation)
        .assert()
        .success();
    for signals in [Path::new("input/signals.csv"), &nation] {
        let totals = folder.path().join("totals.csv");
        duckdb(&python, signals, &totals);
        let theirs = figures(&std::fs::read_to_string(&totals).unwrap());
        let signals = signals.to_str().unwrap();
        for state in ["NM", "TX", "CA"] {
            let ours_counted = ours(&["--data", signals, "--state", state]);
            let mut compared = 0;
            for (figure, count) in &ours_counted {
                // These need boundaries or the file's lines, which SQL does not have.
                let is_ours_alone = ["map", "ledger"].contains(&figure.1.as_str())
                    || ["located_year", "total"].contains(&figure.2.as_str());
                if !is_ours_alone {
                    assert_eq!(theirs.get(figure), Some(count), "{signals} {figure:?}");
                    compared += 1;
                }
            }
            assert!(compared > 20, "{state}: {compared}");
            let read_back = ours(&["--data", totals.to_str().unwrap(), "--state", state]);
            for (figure, count) in &ours_counted {
                if !["map", "ledger"].contains(&figure.1.as_str()) && figure.2 != "located_year" {
                    assert_eq!(read_back.get(figure), Some(count), "read back: {figure:?}");
                }
            }
        }
    }
}

/// The tables that the SQL joins are made from the vocabulary; they must not fall behind it.
#[test]
fn the_tables_of_the_sql_have_every_value_of_the_vocabulary_and_every_state() {
    let vocabulary = hotline_profile::vocabulary::Vocabulary::embedded();
    let table = include_str!("../input/examples/statistics/vocabulary.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let lists = [
        ("call_type", &vocabulary.call_type),
        ("sex_venue", &vocabulary.sex_venue),
        ("labor_venue", &vocabulary.labor_venue),
        ("citizenship", &vocabulary.citizenship),
        ("gender", &vocabulary.gender),
        ("age", &vocabulary.age),
    ];
    for (name, list) in lists {
        let rows: Vec<_> = rows.iter().filter(|row| &row[0] == name).collect();
        for entry in list.entries() {
            let of_entry: Vec<_> = rows.iter().filter(|row| row[2] == entry.key).collect();
            assert!(
                !of_entry.is_empty(),
                "{name}.{}: run make_tables.py",
                entry.key
            );
            for row in of_entry {
                let code = list.find(&row[1]).map(usize::from);
                assert_eq!(
                    code.map(|code| &list.entries()[code]),
                    Some(entry),
                    "{row:?}"
                );
                assert_eq!(&row[3] == "1", entry.substantive, "{row:?}");
            }
        }
        assert_eq!(rows.len(), list.spellings(), "{name}: run make_tables.py");
    }
    let states = include_str!("../input/examples/statistics/states.csv");
    for state in hotline_profile::jurisdiction::Jurisdiction::all() {
        assert!(states.contains(&format!(
            "{},{}\n",
            state.name().to_lowercase(),
            state.code()
        )));
    }
}
