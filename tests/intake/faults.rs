//! Files with one fault each, read as they are or with a mapping next to them: what counts, and what is reported. The
//! right numbers are counted by hand in the files.

use super::{file, run, text};

/// A file, or several, and what a careful person expects from them.
struct Fault {
    files: &'static [&'static str],
    mapping: Option<&'static str>,
    state: &'static str,
    /// Whether `stats` counts them, or refuses.
    counts: Option<&'static [(&'static str, u64)]>,
    /// What `stats` prints on standard error.
    told: &'static [&'static str],
    /// What `check` says about them.
    checked: &'static [&'static str],
    never: &'static [&'static str],
}

const NONE: Fault = Fault {
    files: &[],
    mapping: None,
    state: "NM",
    counts: Some(&[]),
    told: &[],
    checked: &[],
    never: &[],
};

const FAULTS: &[Fault] = &[
    Fault {
        files: &["odd-spaces.csv"],
        counts: Some(&[
            ("cases,period", 1),
            ("ledger,used", 4),
            ("ledger,duplicate", 1),
            ("ledger,rejected", 0),
        ]),
        told: &["1 row with a signal_id that an earlier row has"],
        ..NONE
    },
    Fault {
        files: &["guards.csv"],
        counts: Some(&[("ledger,used", 3), ("cases,located_year", 3)]),
        told: &["1 of places outside their row's state (zip 1; first in line 2)"],
        ..NONE
    },
    Fault {
        files: &["lost-digits.csv"],
        counts: None,
        told: &[
            "6 of 6 rows rejected",
            "scientific notation has lost digits",
            "format the column as text in the spreadsheet, not as a number, and export it again",
        ],
        checked: &["6 rows rejected, signal_id"],
        never: &["duplicate row", "an earlier row"],
        ..NONE
    },
    Fault {
        files: &["case-zero.csv"],
        counts: Some(&[("ledger,used", 8), ("cases,period", 0)]),
        told: &["no signal has a case id", "case_id 8"],
        checked: &["8 cells in case_id that can't be the id of a case"],
        never: &["  none\n"],
        ..NONE
    },
    Fault {
        files: &["victim-rows.csv"],
        counts: Some(&[("cases,period", 1), ("ledger,duplicate", 2)]),
        told: &[
            "2 rows with a signal_id that an earlier row has",
            "unit = \"victims\"",
        ],
        checked: &[
            "2 of them differ from the first in age",
            "1 of them differs from the first in gender",
        ],
        ..NONE
    },
    Fault {
        files: &["agency-a.csv", "agency-b.csv"],
        counts: Some(&[("cases,period", 6), ("ledger,used", 6)]),
        told: &["none of the 6 rows counts, because every signal_id is already in an earlier file"],
        checked: &["all 6 ids of tests/intake/agency-b.csv are also in an earlier file"],
        never: &["  none\n"],
        ..NONE
    },
    // Not February 30, the year 216, or a number that may be an Excel day.
    Fault {
        files: &["dates.csv"],
        counts: Some(&[
            ("ledger,rows_read", 14),
            ("ledger,rejected", 3),
            ("cases,year", 10),
        ]),
        told: &["3 of 14 rows rejected"],
        checked: &["1 signal from 2061-03-01 on, more than a year after all others"],
        ..NONE
    },
    Fault {
        files: &["state-names.csv"],
        mapping: Some("cases = \"none\"\n"),
        counts: Some(&[("ledger,rows_read", 53), ("ledger,used", 14)]),
        told: &["13 unknown (state 13; first in line 34)"],
        checked: &["values that aren't known: state 13"],
        never: &["  none\n"],
        ..NONE
    },
    Fault {
        files: &["connecticut.csv"],
        state: "CT",
        counts: Some(&[("cases,period", 40), ("cases,located_year", 40)]),
        ..NONE
    },
    Fault {
        files: &["garbled.csv"],
        counts: Some(&[("cases,period", 40), ("cases,located_year", 40)]),
        told: &["names with garbled letters are read as they were originally written: 20 cells"],
        ..NONE
    },
    Fault {
        files: &["waterfront.csv"],
        state: "NJ",
        counts: Some(&[("cases,period", 10), ("cases,located_year", 10)]),
        ..NONE
    },
    // Words for yes and no: each of the nine rows says yes to the first.
    Fault {
        files: &["flags.csv"],
        mapping: Some(include_str!("flags.toml")),
        counts: Some(&[
            ("cases,period", 9),
            ("gender,female", 9),
            ("gender,male", 0),
        ]),
        ..NONE
    },
    // "Case ID" only resembles the column that the mapping leaves out.
    Fault {
        files: &["ages.csv"],
        mapping: Some(include_str!("ages-without-case.toml")),
        counts: None,
        told: &[
            "no column says which case a signal belongs to",
            "case_id = \"Case ID\"",
            "cases = \"one per row\"",
            "cases = \"none\"",
        ],
        checked: &["no column says which case a signal belongs to"],
        never: &["  none\n"],
        ..NONE
    },
];

#[test]
fn correct_parts_count_and_each_fault_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("mapping.toml");
    for fault in FAULTS {
        let names: Vec<String> = fault.files.iter().map(|name| file(name)).collect();
        let mut asked = vec!["--state", fault.state];
        if let Some(toml) = fault.mapping {
            std::fs::write(&mapping, toml).unwrap();
            asked.extend(["--mapping", mapping.to_str().unwrap()]);
        }
        let mut stats = vec!["stats", "--internal", "--format", "csv"];
        let mut check = vec!["check"];
        stats.extend(&asked);
        check.extend(&asked);
        for name in &names {
            stats.extend(["--data", name]);
            check.push(name);
        }
        let counted = run(&stats);
        let (table, told) = (text(&counted.stdout), text(&counted.stderr));
        assert_eq!(
            counted.status.success(),
            fault.counts.is_some(),
            "{names:?}: {told}"
        );
        for (figure, count) in fault.counts.unwrap_or_default() {
            let row = format!(",{figure},{count},");
            assert!(table.contains(&row), "{names:?}: {row} in\n{table}");
        }
        for expected in fault.told {
            assert!(told.contains(expected), "{names:?}: {expected} in\n{told}");
        }
        let checked = run(&check);
        let shown = text(&checked.stdout);
        assert!(
            checked.status.success(),
            "{names:?}: {}",
            text(&checked.stderr)
        );
        for expected in fault.checked {
            assert!(
                shown.contains(expected),
                "{names:?}: {expected} in\n{shown}"
            );
        }
        for never in fault.never {
            assert!(
                !told.contains(never) && !shown.contains(never),
                "{names:?}: {never}\n{told}{shown}"
            );
        }
    }
}

/// Only years: the data extend to the end of the last one.
#[test]
fn dates_of_only_years_mean_whole_years() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, mapping) = (path("years.csv"), path("years.toml"));
    let rows = "id,yearOfRegistration,state\n1,2014,NM\n2,2015,NM\n3,2016,NM\n4,2016,NM\n";
    std::fs::write(&data, rows).unwrap();
    let toml = "dates = [\"year\"]\ncases = \"one per row\"\n[columns]\nsignal_id = \"id\"\nreceived = \
                \"yearOfRegistration\"\n";
    std::fs::write(&mapping, toml).unwrap();
    let counted = run(&[
        "stats",
        "--data",
        &data,
        "--mapping",
        &mapping,
        "--state",
        "NM",
        "--internal",
        "--format",
        "csv",
    ]);
    let (table, told) = (text(&counted.stdout), text(&counted.stderr));
    assert!(
        table.contains("NM,2014-01,2016-12,2016,cases,year,2,"),
        "{table}{told}"
    );
    assert!(!told.contains("the data have no signals for"), "{told}");
}

/// One case with most signals may be no case.
#[test]
fn a_case_with_most_signals_is_reported_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("statuses.csv");
    let mut rows = "signal_id,case_id,received,state\n".to_owned();
    for id in 0..20 {
        let case = if id % 2 == 0 { "Open" } else { "" };
        rows.push_str(&format!("{id},{case},2016-03-01,NM\n"));
    }
    std::fs::write(&data, rows).unwrap();
    let data = data.to_str().unwrap();
    let counted = run(&["stats", "--data", data, "--state", "NM"]);
    let told = text(&counted.stderr);
    assert!(
        told.contains("10 of 20 signals have the same case_id"),
        "{told}"
    );
    let checked = text(&run(&["check", data]).stdout);
    assert!(
        checked.contains("10 signals about the case “Open”"),
        "{checked}"
    );
}
