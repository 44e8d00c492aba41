//! The SQL that makes a statistics table counts as the program does. It runs in a real DuckDB, the Python
//! package; `.ci/install-duckdb` gets it, and DUCKDB_PYTHON says which Python has it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use hotline_profile::vocabulary::{Counts, Over};

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

/// Counts with the DuckDB of a Python, and writes the statistics table to `totals`.
fn duckdb(python: &str, signals: &Path, totals: &Path, unit: &str) {
    let output = Command::new(python)
        .arg("input/examples/statistics/count.py")
        .args([signals, totals])
        .arg(unit)
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
    // What spreadsheets do to rows, and rows that come late or from elsewhere.
    let odd = folder.path().join("odd.csv");
    std::fs::write(&odd, ODD_SIGNALS).unwrap();
    for signals in [Path::new("input/signals.csv"), &nation, &odd] {
        for unit in ["cases", "victims"] {
            let totals = folder.path().join("totals.csv");
            duckdb(&python, signals, &totals, unit);
            let theirs = figures(&std::fs::read_to_string(&totals).unwrap());
            let signals = signals.to_str().unwrap();
            for state in ["NM", "TX", "CA"] {
                let of_state = ["--state", state, "--unit", unit];
                let ours_counted = ours(&[&of_state[..], &["--data", signals]].concat());
                let mut compared = 0;
                for (figure, count) in &ours_counted {
                    // These need boundaries, which SQL does not have.
                    let is_ours_alone = figure.1 == "map" || figure.2 == "located_year";
                    if !is_ours_alone {
                        let found = theirs.get(figure);
                        assert_eq!(found, Some(count), "{signals} {unit} {figure:?}");
                        compared += 1;
                    }
                }
                assert!(compared > 20, "{state}: {compared}");
                let table = ["--data", totals.to_str().unwrap()];
                let read_back = ours(&[&of_state[..], &table].concat());
                for (figure, count) in &ours_counted {
                    if figure.1 != "map" && figure.2 != "located_year" {
                        assert_eq!(read_back.get(figure), Some(count), "read back: {figure:?}");
                    }
                }
            }
        }
    }
}

/// Synthetic, as all data here.
const ODD_SIGNALS: &str = "\
signal_id,case_id,received,contact_method,call_type,caller_state,state,county,city,zip,latitude,longitude,trafficking_type,sex_venue,labor_venue,citizenship,gender,age
1,A,2015-03-01 10:00,Phone Call,Tip Report,,NM,,,,35.1,-106.6,Sex,Truck Stop-Based;Truck Stop-Based,,,Female;Female;Male,Minor
2,A,2017-02-01,Phone Call,Hang-Up,,TX,,,,,,,,,,Female,
3,B,2012-11-30,Phone Call,Tip Report,NM,,,,,,,,,,,Female,
4,B,2016-02-01,Phone Call,Referral,,NM;TX,,,,N/A;31.8,-;-106.4,,,Construction; Other,F,Female,Adult;Adult
5,Unknown,2016-03-01,Text,Crisis Assistance,CA,,,,,,,,,,,,
5,C,2016-03-02,Text,Crisis Assistance,CA,,,,,,,,,,,,
6,C,2016-03-02,Text,no such type,,CA,,,,,,,,Domestic Work,,Female; male ;,
7,C,2016-03-02,Text,Tip Report,,CA
8,D,2016-13-02,Text,Tip Report,,CA,,,,,,,,,,,
9,D,2016-04-02,Text,Tip Report,,CA;NM,a;b;c,,,,,,,,,,
10,D,2016-04-02,Text,Tip Report,,NM,,,,95,10,,,,,,
n/a,D,2016-04-02,Text,Tip Report,,NM,,,,,,,,,,,
11,E,2017-05-05,Email,Tip Report,,NM,,,,,,,,,,Male,Adult
12,E,2016-12-31,Email,Wrong Number,,NM,,,,,,,,,,Male,Adult
13,,2016-12-31,Email,Tip Report,Ontario,Ontario,,,,,,,,,,,
14,F,2013-01-01,Online Tip Report,Tip Report,,New Mexico,,,,,,,\"Other Venues\",,US citizen,,
";

/// The tables that the SQL joins are made from the vocabulary; they must not fall behind it.
#[test]
fn the_tables_of_the_sql_have_every_value_of_the_vocabulary_and_every_state() {
    let vocabulary = hotline_profile::vocabulary::Vocabulary::embedded();
    let table = include_str!("../input/examples/statistics/vocabulary.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let venues = [
        ("venues.sex", &vocabulary.sex_venue),
        ("venues.labor", &vocabulary.labor_venue),
    ];
    let groups = vocabulary.groups().iter();
    let groups = groups.map(|group| (group.key.as_str(), &group.list));
    for (name, list) in venues.into_iter().chain(groups) {
        let rows = rows.iter().filter(|row| &row[0] == name);
        let found: BTreeMap<String, (String, bool)> = rows
            .map(|row| (row[1].to_owned(), (row[2].to_owned(), &row[3] == "1")))
            .collect();
        let of_entry = |index: u8| {
            let entry = &list.entries()[usize::from(index)];
            (entry.key.clone(), entry.substantive)
        };
        let forms = list.spellings();
        let forms = forms.map(|(form, index)| (form.to_owned(), of_entry(index)));
        let numbers = list.numbers();
        let numbers = numbers.map(|(number, index)| (format!("#{number}"), of_entry(index)));
        let expected: BTreeMap<_, _> = forms.chain(numbers).collect();
        assert_eq!(found, expected, "{name}: run make_tables.py");
    }
    let table = include_str!("../input/examples/statistics/groups.csv");
    let expected = vocabulary
        .groups()
        .iter()
        .enumerate()
        .map(|(index, group)| {
            let counts = match group.counts {
                Counts::Cases => "cases",
                Counts::Signals => "signals",
            };
            let over = match group.over {
                Over::Period => "period",
                Over::Year => "year",
            };
            format!(
                "{},{},{counts},{over},{},{},{},{}",
                group.key,
                group.column,
                u8::from(group.of_victims),
                u8::from(!group.has_total),
                u8::from(group.has_total),
                u8::from(index == vocabulary.calls()),
            )
        });
    let expected: Vec<String> = expected.collect();
    let found: Vec<&str> = table.lines().skip(1).take(expected.len()).collect();
    assert_eq!(found, expected, "run make_tables.py");
    let states = include_str!("../input/examples/statistics/states.csv");
    for state in hotline_profile::jurisdiction::Jurisdiction::all() {
        assert!(states.contains(&format!(
            "{},{}\n",
            state.name().to_lowercase(),
            state.code()
        )));
    }
}
