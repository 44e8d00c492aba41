//! Files as people have them: the mapping that `check` proposes for each, used unchanged, gives the counts that a
//! person finds in the file; workbooks lose nothing silently; files that aren't tables are named.

use std::path::Path;
use std::process::Output;

use assert_cmd::cargo::cargo_bin_cmd;

#[path = "intake/faults.rs"]
mod faults;
#[path = "intake/own_layouts.rs"]
mod own_layouts;

fn run(arguments: &[&str]) -> Output {
    let mut command = cargo_bin_cmd!("hotline-profile");
    command.args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn file(name: &str) -> String {
    format!("tests/intake/{name}")
}

/// The mapping that is proposed for a file, written to `path`.
fn proposed(name: &str, state: &str, path: &Path) -> String {
    let mapping = path.to_str().unwrap();
    let checked = run(&[
        "check",
        &file(name),
        "--state",
        state,
        "--write-mapping",
        mapping,
    ]);
    assert!(
        checked.status.success(),
        "{name}: {}",
        text(&checked.stderr)
    );
    std::fs::read_to_string(path).unwrap()
}

/// The content of a file with a certain layout.
struct Layout {
    file: &'static str,
    state: &'static str,
    /// Lines that the proposal must contain.
    lines: &'static [&'static str],
    /// Texts that it must not contain.
    never: &'static [&'static str],
    /// Figures for the state, counted by hand.
    counts: &'static [(&'static str, u64)],
}

const LAYOUTS: &[Layout] = &[
    // First columns that begin like words for sums and footers.
    Layout {
        file: "summit.csv",
        state: "NM",
        lines: &["city = \"City\"", "signal_id = \"Signal #\""],
        never: &["totals", "footer"],
        counts: &[
            ("ledger,used", 5),
            ("ledger,rejected", 0),
            ("cases,period", 5),
            ("gender,female", 3),
            ("gender,male", 2),
        ],
    },
    Layout {
        file: "confidential.csv",
        state: "NM",
        lines: &[],
        never: &["footer", "totals"],
        counts: &[
            ("ledger,used", 5),
            ("cases,period", 5),
            ("gender,female", 3),
            ("gender,male", 2),
        ],
    },
    Layout {
        file: "total-life-care.csv",
        state: "NM",
        lines: &[],
        never: &["footer", "totals"],
        counts: &[("ledger,used", 3), ("gender,female", 2), ("gender,male", 1)],
    },
    Layout {
        file: "qualtrics.csv",
        state: "NM",
        lines: &[
            "header_rows = 3",
            "signal_id = \"ResponseId\"",
            "received = \"RecordedDate\"",
            "state = \"Q1\"",
            "call_type = \"Q2\"",
            "gender = \"Q3_1\"",
            "age = \"Q4\"",
            "separators = { gender = [\",\"] }",
        ],
        never: &[],
        counts: &[
            ("ledger,rows_read", 6),
            ("ledger,used", 6),
            ("calls,tip_report", 6),
        ],
    },
    // A column for each answer.
    Layout {
        file: "qualtrics-answers.csv",
        state: "NM",
        lines: &[
            "header_rows = 3",
            "case_id = \"Q2\"",
            "gender = [\"Q3_1\", \"Q3_2\", \"Q3_3\"]",
        ],
        never: &[],
        counts: &[
            ("ledger,used", 3),
            ("ledger,other_state", 1),
            ("cases,period", 2),
            ("gender,female", 2),
            ("gender,male", 2),
            ("calls,tip_report", 1),
            ("calls,referral", 2),
        ],
    },
    // Flags with codes in their names: a person has to say what they mean.
    Layout {
        file: "redcap.csv",
        state: "NM",
        lines: &[
            "signal_id = \"record_id\"",
            "received = \"date_of_call\"",
            "state = \"call_state\"",
            "age = \"age_years\"",
            "# gender = { flags = { \"gender___1\" = \"…\", \"gender___2\" = \"…\", \"gender___3\" = \"…\" } } \
             # write what each yes means",
            "# \"2\" = \"…\" # 6 rows",
        ],
        never: &["\ngender =", "gender = \"gender___1\""],
        counts: &[("ledger,used", 6), ("calls,total", 6)],
    },
    // Flags with labels in their names.
    Layout {
        file: "redcap-labels.csv",
        state: "NM",
        lines: &[
            "gender = { flags = { \"Gender (choice=Female)\" = \"Female\", \"Gender (choice=Male)\" = \
             \"Male\", \"Gender (choice=Gender minority)\" = \"Gender Minority\" } }",
        ],
        never: &["Missed Call"],
        counts: &[
            ("ledger,used", 4),
            ("ledger,other_state", 1),
            ("cases,period", 2),
            ("gender,female", 1),
            ("gender,male", 1),
            ("gender,gender_minority", 1),
            ("age,adult", 2),
            ("age,minor", 1),
            ("calls,tip_report", 2),
            ("calls,crisis_assistance", 1),
            ("calls,non_substantive", 1),
        ],
    },
    // Flags named like the values, and dates of two kinds.
    Layout {
        file: "flag-names.csv",
        state: "NM",
        lines: &[
            "received = \"EntryDate\"",
            "gender = { flags = { \"Female\" = \"Female\", \"Male\" = \"Male\", \"Transgender\" = \"Gender \
             Minority\" } }",
        ],
        never: &[],
        counts: &[
            ("ledger,used", 4),
            ("cases,period", 3),
            ("gender,female", 1),
            ("gender,male", 2),
            ("gender,gender_minority", 1),
        ],
    },
    Layout {
        file: "kobo.csv",
        state: "NM",
        lines: &[
            "signal_id = \"_id\"",
            "received = \"intake/date_received\"",
            "state = \"intake/state\"",
            "latitude = \"_intake/location_latitude\"",
            "longitude = \"_intake/location_longitude\"",
            "separators = { gender = [\" \"] }",
            "gender = \"victim/gender\"",
            "age = \"victim/age_group\"",
            "# gender = { flags = { \"victim/gender/female\" = \"Female\", \"victim/gender/male\" = \"Male\" } } \
             # says the same with yes and no",
        ],
        never: &[],
        counts: &[("ledger,used", 6), ("ledger,rejected", 0)],
    },
    Layout {
        file: "google-forms.csv",
        state: "NM",
        lines: &[
            "signal_id = \"Signal ID\"",
            "received = \"Timestamp\"",
            "state = \"State where it happened\"",
            "gender = \"Gender of victim(s)\"",
            "sex_venue = \"Sex trafficking venue(s)\"",
            "separators = { age = [\", \"], gender = [\", \"], sex_venue = [\", \"] }",
            "cases = \"none\"",
        ],
        never: &[],
        counts: &[("ledger,used", 6), ("ledger,rejected", 0)],
    },
    // The lines below the table are reported, and rejected as they are.
    Layout {
        file: "salesforce.csv",
        state: "NM",
        lines: &[
            "signal_id = \"Signal: ID\"",
            "case_id = \"Case Number\"",
            "# footer = [\"Hotline signals 2016\"] # 5 rows would be skipped",
        ],
        never: &["\nfooter", "fill_down"],
        counts: &[
            ("ledger,used", 6),
            ("cases,period", 6),
            ("gender,female", 6),
            ("calls,tip_report", 6),
        ],
    },
    // Empty case numbers aren't cases.
    Layout {
        file: "salesforce-blank-cases.csv",
        state: "NM",
        lines: &["# - “Case Number” is empty in 3 rows: these signals don't belong to a case"],
        never: &["\nfooter", "fill_down"],
        counts: &[
            ("ledger,used", 5),
            ("cases,period", 2),
            ("gender,female", 2),
            ("gender,male", 0),
            ("calls,tip_report", 2),
            ("calls,general_information", 1),
            ("calls,referral", 1),
            ("calls,crisis_assistance", 1),
        ],
    },
    // No state: that of the ZIP codes, whatever state is requested.
    Layout {
        file: "socrata.csv",
        state: "NY",
        lines: &[
            "signal_id = \"Unique Key\"",
            "received = \"Created Date\"",
            "state = { constant = \"NY\" }",
            "zip = \"Incident Zip\"",
            "city = \"City\"",
            "latitude = \"Latitude\"",
        ],
        never: &["\ncounty ="],
        counts: &[("ledger,used", 6), ("ledger,rejected", 0)],
    },
    // A number that could be an Excel day next to dates.
    Layout {
        file: "log-numbers.csv",
        state: "NM",
        lines: &["received = \"When\"", "signal_id = \"Signal ID\""],
        never: &["\nzip =", "dates ="],
        counts: &[
            ("ledger,used", 8),
            ("cases,period", 8),
            ("gender,female", 8),
        ],
    },
    Layout {
        file: "times.csv",
        state: "NM",
        lines: &["received = \"Date Received\""],
        never: &["dates ="],
        counts: &[("ledger,used", 4), ("ledger,rejected", 0)],
    },
    Layout {
        file: "ages.csv",
        state: "NM",
        lines: &["age = \"Age\""],
        never: &[],
        counts: &[("cases,period", 10), ("age,minor", 4), ("age,adult", 6)],
    },
    Layout {
        file: "age-ranges.csv",
        state: "NM",
        lines: &["age = \"Age\""],
        never: &["separators"],
        counts: &[("cases,period", 10), ("age,minor", 6), ("age,adult", 4)],
    },
    Layout {
        file: "both-ways.csv",
        state: "NM",
        lines: &["received = \"Date Received\""],
        never: &[],
        counts: &[("ledger,used", 4), ("cases,period", 4)],
    },
    // A log as an office keeps it.
    Layout {
        file: "call-log.csv",
        state: "NM",
        lines: &[
            "signal_id = \"Call #\"",
            "case_id = \"Case no.\"",
            "received = \"When\"",
            "citizenship = \"US citizen?\"",
            "sex_venue = \"Where (sex)\"",
            "labor_venue = \"Where (labor)\"",
            "gender = \"Sex\"",
            "\"Y\" = \"U.S. Citizen/Legal Permanent Resident\" # 2 rows",
            "# \"N\" = \"Foreign National\" # 2 rows",
            "# totals = [\"Total\"] # 1 row would be skipped",
        ],
        never: &["fill_down"],
        counts: &[
            ("ledger,used", 5),
            ("cases,period", 3),
            ("citizenship,us_citizen_lpr", 2),
            ("citizenship,foreign_national", 0),
            ("gender,female", 2),
            ("gender,male", 1),
            ("venues.sex,hotel_motel_based", 1),
            ("venues.sex,street_based", 1),
            ("venues.labor,domestic_work", 1),
        ],
    },
];

#[test]
fn a_proposal_for_each_layout_gives_the_counts_that_are_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for layout in LAYOUTS.iter().chain(own_layouts::OWN) {
        let name = layout.file;
        let path = folder.path().join(format!("{name}.toml"));
        let toml = proposed(name, layout.state, &path);
        for line in layout.lines {
            assert!(
                toml.lines().any(|found| found == *line),
                "{name}: {line} in\n{toml}"
            );
        }
        for text in layout.never {
            assert!(!toml.contains(text), "{name}: {text} in\n{toml}");
        }
        let counted = run(&[
            "stats",
            "--data",
            &file(name),
            "--mapping",
            path.to_str().unwrap(),
            "--state",
            layout.state,
            "--year",
            "2016",
            "--internal",
            "--format",
            "csv",
        ]);
        assert!(
            counted.status.success(),
            "{name}: {}",
            text(&counted.stderr)
        );
        let table = text(&counted.stdout);
        for (figure, count) in layout.counts {
            let row = format!(",{figure},{count}");
            let is_row = |line: &str| line.strip_suffix(',').unwrap_or(line).contains(&row);
            let found = table
                .lines()
                .find(|line| line.contains(&format!(",{figure},")));
            assert!(
                found.is_some_and(is_row) || (*count == 0 && found.is_none()),
                "{name}: {figure} is not {count} but {found:?} with\n{toml}"
            );
        }
    }
}

#[test]
fn a_workbook_is_read_completely_or_the_rest_is_reported() {
    let check = |name: &str, more: &[&str]| {
        let path = file(name);
        let checked = run(&[&["check", &path], more].concat());
        assert!(
            checked.status.success(),
            "{name}: {}",
            text(&checked.stderr)
        );
        text(&checked.stdout)
    };
    let hidden = check("hidden-first.xlsx", &[]);
    for expected in [
        "sheet “Signals”: 6 rows below a header in line 1\n",
        "not read: sheet “lists” (2 rows, hidden)",
    ] {
        assert!(hidden.contains(expected), "{expected} in {hidden}");
    }
    assert!(!hidden.contains("separated by"), "{hidden}");

    let months = check("sheet-per-month.xlsx", &[]);
    for month in ["Jan 2016", "Feb 2016", "Mar 2016"] {
        let expected = format!("sheet “{month}”: 3 rows below a header in line 1\n");
        assert!(months.contains(&expected), "{expected} in {months}");
    }
    let together =
        "3 sheets with the same columns are read together: “Jan 2016”, “Feb 2016”, “Mar 2016”";
    assert!(months.contains(together), "{months}");
    assert!(months.contains("9 rows read = 9 used"), "{months}");

    let remarks = check("sheets-with-remarks.xlsx", &[]);
    assert!(
        remarks.contains("together: “Jan”, “Feb”, “Mar”"),
        "{remarks}"
    );
    assert!(remarks.contains("9 rows read = 9 used"), "{remarks}");

    let formulas = check("formulas.xlsx", &[]);
    assert!(
        formulas.contains("6 cells are formulas without stored values and are read as empty, the first in A2: open the file in Excel"),
        "{formulas}"
    );
    let errors = check("errors.xlsx", &[]);
    assert!(
        errors.contains("are errors such as #REF! and are read as empty, the first in A2"),
        "{errors}"
    );
}

#[test]
fn a_proposal_follows_the_sheet_that_a_mapping_names() {
    let folder = tempfile::tempdir().unwrap();
    let (given, written) = (
        folder.path().join("given.toml"),
        folder.path().join("written.toml"),
    );
    std::fs::write(&given, "sheet = [\"Feb 2016\", \"Mar 2016\"]\n").unwrap();
    let path = file("sheet-per-month.xlsx");
    let arguments = [
        "check",
        &path,
        "--mapping",
        given.to_str().unwrap(),
        "--write-mapping",
        written.to_str().unwrap(),
    ];
    let checked = run(&arguments);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    let told = text(&checked.stdout);
    assert!(told.contains("6 rows read = 6 used"), "{told}");
    assert!(
        told.contains("not read: sheet “Jan 2016” (4 rows)"),
        "{told}"
    );
    let toml = std::fs::read_to_string(&written).unwrap();
    assert!(
        toml.contains("sheet = [\"Feb 2016\", \"Mar 2016\"]\n"),
        "{toml}"
    );
}

#[test]
fn files_that_are_not_tables_are_named_with_a_remedy() {
    for (name, told) in [
        (
            "report.xls",
            "the file is an HTML page, not a workbook\n  help: open it in Excel and save it as .xlsx",
        ),
        (
            "signals.ods",
            "the file is an OpenDocument spreadsheet (.ods)\n  help: open it in LibreOffice or Excel and save it as .xlsx or as CSV",
        ),
    ] {
        let path = file(name);
        for command in [&["check", &path][..], &["stats", "--data", &path]] {
            let refused = run(command);
            assert_eq!(refused.status.code(), Some(1), "{command:?}");
            let message = text(&refused.stderr);
            assert!(message.contains(&format!("{path}: {told}")), "{message}");
        }
    }
}

/// “Foreign National 0” would be wrong if nobody noted citizenship, and “0 substantive signals” if nobody noted what
/// the signals were about.
#[test]
fn topics_that_nobody_recorded_are_left_out_and_not_zero() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.toml");
    proposed("two-dates.csv", "NM", &path);
    let data = file("two-dates.csv");
    let mapping = path.to_str().unwrap();
    let of = ["--data", &data, "--mapping", mapping];
    let counted = run(&[&["stats", "--format", "json"], &of[..]].concat());
    let json: serde_json::Value = serde_json::from_slice(&counted.stdout).unwrap();
    // But there are signals, and how many is known.
    let groups = json["groups"].as_object().unwrap();
    assert!(groups.keys().eq(["calls"]), "{groups:?}");
    assert_eq!(json["groups"]["calls"]["categories"], serde_json::json!({}));
    assert_eq!(json["groups"]["calls"]["counts"], "signals");
    assert_eq!(json["demographics"], serde_json::json!({}));
    assert_eq!(
        json["calls"],
        serde_json::json!({"types": {}, "total": "<5"})
    );
    assert!(json["cases"]["located_year"].is_null());
    let told = "left out, because the data say nothing about it: “Citizenship”, “Gender”, “Age”";
    let stderr = text(&counted.stderr);
    assert!(stderr.contains(told), "{stderr}");

    // The table that an engine would make says the same, and so does a sheet from it.
    let table = run(&[&["stats", "--format", "csv", "--min-cell", "0"], &of[..]].concat());
    let table = text(&table.stdout);
    assert!(
        !table.contains("gender") && !table.contains("contact_method"),
        "{table}"
    );
    let calls: Vec<&str> = table
        .lines()
        .filter(|line| line.contains("calls,"))
        .collect();
    assert_eq!(calls.len(), 1, "{table}");
    assert!(calls[0].contains("calls,total,3"), "{table}");
    let sheets = ["a", "b"].map(|name| folder.path().join(name).to_str().unwrap().to_owned());
    let [of_signals, of_totals] = &sheets;
    let totals = folder.path().join("totals.csv");
    std::fs::write(&totals, &table).unwrap();
    let totals = totals.to_str().unwrap();
    let built = [
        run(&[
            &["build", "--format", "html", "--output", of_signals],
            &of[..],
        ]
        .concat()),
        run(&[
            "build", "--format", "html", "--output", of_totals, "--data", totals,
        ]),
    ];
    for (built, folder) in built.iter().zip(&sheets) {
        assert!(built.status.success(), "{}", text(&built.stderr));
        let made = format!("{folder}/NM-Human-Trafficking-Profile-2016.html");
        let page = std::fs::read_to_string(&made).unwrap();
        for unknown in [
            "Foreign National",
            "Substantive signals",
            "substantive signals in",
        ] {
            assert!(!page.contains(unknown), "{unknown} in {made}");
        }
        assert!(page.contains("do not say what types of calls these were"));
        assert!(page.contains("signals received in 2016"), "{made}");
        assert!(page.contains("do not describe the people involved"));
    }
}

/// A file that no test reads protects nothing.
#[test]
fn every_file_of_these_layouts_is_read_by_a_test() {
    let tests = [
        include_str!("intake.rs"),
        include_str!("intake/faults.rs"),
        include_str!("intake/own_layouts.rs"),
    ];
    let names = std::fs::read_dir("tests/intake").unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let unread: Vec<String> = names
        .filter(|name| !name.ends_with(".rs") && name != "README.md")
        .filter(|name| !tests.iter().any(|test| test.contains(&format!("{name}\""))))
        .collect();
    assert!(unread.is_empty(), "{unread:?}");
}

#[test]
fn a_statistics_table_is_read_with_any_separator() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(file("statistics.csv")).unwrap();
    let counts = |between: &str| {
        let path = folder.path().join("totals.csv");
        std::fs::write(&path, text.replace(',', between)).unwrap();
        let path = path.to_str().unwrap();
        let ran = run(&["stats", "--data", path, "--state", "NM", "--format", "csv"]);
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        String::from_utf8(ran.stdout).unwrap()
    };
    let expected = counts(",");
    for line in [
        "cases,period,1158",
        "cases,year,340",
        "citizenship,us_citizen_lpr,48",
    ] {
        assert!(expected.contains(line), "{line}\n{expected}");
    }
    for between in [";", "\t", "|"] {
        assert_eq!(counts(between), expected, "{between:?}");
    }
}

#[test]
fn a_first_row_of_data_is_not_read_as_a_header() {
    let checked = run(&["check", &file("no-header.csv"), "--state", "NM"]);
    assert_eq!(checked.status.code(), Some(1));
    let told = text(&checked.stderr);
    assert!(
        told.contains("the file doesn't have a header: “2016-01-13” in its first row is a date"),
        "{told}"
    );
}
