//! Files with other layouts and formats give the statistics of the canonical file with the same signals.

mod support;

use std::io::Write;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

const CANONICAL: &str = "input/examples/canonical.csv";

/// Standard output of a command that must succeed.
fn run(arguments: &[&str]) -> String {
    let output = cargo_bin_cmd!("hotline-profile")
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn stats(arguments: &[&str]) -> String {
    run(&[&["stats", "--internal", "--format", "csv"], arguments].concat())
}

/// The figures of a table that the report has, too: it says nothing about types of trafficking.
fn told_by_both(table: &str) -> Vec<&str> {
    let lines = table.lines();
    lines
        .filter(|line| !line.contains(",trafficking_type,"))
        .collect()
}

/// The count of a figure in a table of statistics.
fn count(table: &str, figure: &str) -> u64 {
    let marked = format!(",{figure},");
    let line = table
        .lines()
        .find(|line| line.contains(&marked))
        .unwrap_or_else(|| panic!("{figure} in {table}"));
    line.split(',').nth(6).unwrap().parse().unwrap()
}

#[test]
fn a_report_gives_the_same_statistics_in_either_encoding() {
    let canonical = stats(&["--data", CANONICAL]);
    for encoding in ["windows-1252", "utf-8"] {
        let file = format!("input/examples/report/report-{encoding}.csv");
        let report = stats(&[
            "--data",
            &file,
            "--mapping",
            "input/examples/report/mapping.toml",
            "--strict",
        ]);
        assert_eq!(
            told_by_both(&report),
            told_by_both(&canonical),
            "{encoding}"
        );
    }
}

#[test]
fn a_split_export_gives_the_same_statistics() {
    let split = stats(&[
        "--data",
        "input/examples/split/*.csv",
        "--mapping",
        "input/examples/split/mapping.toml",
        "--strict",
    ]);
    assert_eq!(split, stats(&["--data", CANONICAL]));
}

/// Victims one by one: as many as the file of victims has for cases in the state and period.
#[test]
fn victims_of_a_split_export_count_individually() {
    let arguments = [
        "--data",
        "input/examples/split/*.csv",
        "--mapping",
        "input/examples/split/mapping.toml",
    ];
    let cases = stats(&arguments);
    let victims = stats(&[&arguments[..], &["--unit", "victims"]].concat());
    assert_eq!(
        count(&cases, "cases,period"),
        count(&victims, "cases,period")
    );
    let all = include_str!("../input/examples/split/victims.csv");
    let women = all
        .lines()
        .filter(|line| line.split(',').nth(2) == Some("Female"))
        .count() as u64;
    let counted = count(&victims, "gender,female");
    assert!(counted >= count(&cases, "gender,female") && counted <= women);
}

/// The layout of another organization, compared with a count of its rows that doesn't use mappings.
#[test]
fn the_public_layout_of_the_ctdc_is_counted_row_by_row() {
    let table = stats(&[
        "--data",
        "input/examples/ctdc/records.csv",
        "--mapping",
        "input/examples/ctdc/mapping.toml",
        "--year",
        "2016",
    ]);
    let mut reader = csv::Reader::from_path("input/examples/ctdc/records.csv").unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let where_is = |name: &str, test: &dyn Fn(&str) -> bool| {
        let field = header.iter().position(|found| found == name).unwrap();
        rows.iter().filter(|row| test(&row[field])).count() as u64
    };
    assert_eq!(count(&table, "cases,period"), rows.len() as u64);
    assert_eq!(
        count(&table, "cases,year"),
        where_is("yearOfRegistration", &|year| year == "2016")
    );
    assert_eq!(
        count(&table, "gender,female"),
        where_is("gender", &|gender| gender == "Female")
    );
    assert_eq!(
        count(&table, "gender,gender_minority"),
        where_is("gender", &|gender| gender.starts_with("Trans"))
    );
    assert_eq!(
        count(&table, "age,minor"),
        where_is("majorityStatus", &|age| age == "Minor")
    );
    assert_eq!(
        count(&table, "citizenship,us_citizen_lpr"),
        where_is("citizenship", &|country| country == "US")
    );
    assert_eq!(
        count(&table, "citizenship,foreign_national"),
        where_is("citizenship", &|country| !["US", "00", "-99"]
            .contains(&country))
    );
    assert_eq!(
        count(&table, "venues.sex,pornography"),
        where_is("typeOfSexPornography", &|flag| flag == "1")
    );
    // Several columns that mean the same venue count a case once.
    let others = ["Aquafarming", "MiningOrDrilling", "Transportation", "Other"];
    let fields: Vec<usize> = others
        .iter()
        .map(|kind| {
            let name = format!("typeOfLabour{kind}");
            header.iter().position(|found| found == name).unwrap()
        })
        .collect();
    let is_other = |row: &&csv::StringRecord| fields.iter().any(|field| &row[*field] == "1");
    assert_eq!(
        count(&table, "venues.labor,other_industries"),
        rows.iter().filter(is_other).count() as u64
    );
    // The layout has no places: none is counted, not even as 0.
    for unknown in ["map,", "cases,located_year", "contact_method"] {
        assert!(!table.contains(&format!(",{unknown}")), "{table}");
    }
}

#[test]
fn packed_files_parts_and_standard_input_give_the_same_statistics() {
    let canonical = stats(&["--data", CANONICAL]);
    let text = std::fs::read(CANONICAL).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let packed = folder.path().join("signals.csv.gz");
    let mut out = flate2::write::GzEncoder::new(
        std::fs::File::create(&packed).unwrap(),
        flate2::Compression::fast(),
    );
    out.write_all(&text).unwrap();
    out.finish().unwrap();
    assert_eq!(stats(&["--data", packed.to_str().unwrap()]), canonical);

    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let (first, second) = lines.split_at(150);
    std::fs::write(folder.path().join("part-1.csv"), first.concat()).unwrap();
    std::fs::write(
        folder.path().join("part-2.csv"),
        [&lines[..1], second].concat().concat(),
    )
    .unwrap();
    let pattern = folder.path().join("part-?.csv");
    assert_eq!(stats(&["--data", pattern.to_str().unwrap()]), canonical);

    let output = cargo_bin_cmd!("hotline-profile")
        .args(["stats", "--internal", "--format", "csv", "--data", "-"])
        .write_stdin(text)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), canonical);
}

#[test]
fn check_proposes_a_mapping_that_lacks_only_values() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("mapping.toml");
    let mapping = mapping.to_str().unwrap();
    let report = "input/examples/report/report-windows-1252.csv";
    let checked = run(&[
        "check",
        report,
        "--write-mapping",
        mapping,
        "--format",
        "json",
    ]);
    let checked: serde_json::Value = serde_json::from_str(&checked).unwrap();
    // Sums and the footer are rows until somebody says that they aren't.
    assert_eq!(checked["files"][0]["rows"], 475);
    // What a person adds after reading the report.
    let edited = std::fs::read_to_string(mapping)
        .unwrap()
        .replace("encoding =", "empty = [\"(no case)\"]\nencoding =")
        .replace("# totals =", "totals =")
        .replace("# footer =", "footer =")
        .replace(
            "\n[report]\n",
            "\n[report]\nfill_down = [\"Case Number\"]\n",
        )
        .replace(
            "# \"Caller hung up\" = \"…\"",
            "\"Caller hung up\" = \"Hang-Up\"",
        )
        .replace(
            "# \"Under 18 years\" = \"…\"",
            "\"Under 18 years\" = \"Minor\"",
        )
        .replace(
            "# \"18 years or older\" = \"…\"",
            "\"18 years or older\" = \"Adult\"",
        );
    std::fs::write(mapping, edited).unwrap();
    assert_eq!(
        told_by_both(&stats(&["--data", report, "--mapping", mapping])),
        told_by_both(&stats(&["--data", CANONICAL]))
    );
}

#[test]
fn check_reports_what_is_wrong_and_odd_and_shows_nothing_raw() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.csv");
    let mut text =
        String::from("signal_id,case_id,received,state,latitude,longitude,gender,note\u{202e}s\n");
    for number in 0..12 {
        text.push_str(&format!(
            "{number},C{},2016-05-05,{},0,0,F\u{202e}x,\n",
            number % 3,
            ["NM", "TX"][number % 2]
        ));
    }
    text.push_str(&format!("99,C9,2016-05-05,NM,,,{},\n", ["F"; 45].join(";")));
    text.push_str("1,C1,2016-05-05,NM,,,,\n100,C1,soon,NM,,,,\n101,C1,later,NM,,,,\n");
    std::fs::write(&path, text).unwrap();
    let report = run(&["check", path.to_str().unwrap()]);
    for told in [
        "note\\u{202e}s  (ignored)",
        "12  “F\\u{202e}x” → UNKNOWN, not counted",
        "45  “F” → Female",
        "2 rows rejected, received:",
        "1 row with a signal_id that an earlier row has:",
        "3 cases have places in several states: “C0” in NM, TX",
        "a signal with 40 victims or more:",
        "all signals are dated 2016-05-05",
        "places at 0 degrees north and 0 east",
        "16 rows read = ",
    ] {
        assert!(report.contains(told), "{told} in:\n{report}");
    }
    assert!(!report.contains('\u{202e}'));
    let strict = cargo_bin_cmd!("hotline-profile")
        .args(["check", "--strict"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn a_limit_in_the_settings_file_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("s.toml");
    std::fs::write(&settings, "[limits]\nmost-columns = 5\n").unwrap();
    let output = cargo_bin_cmd!("hotline-profile")
        .args(["stats", "--data", CANONICAL, "--settings"])
        .arg(&settings)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("canonical.csv:1: a row has 18 fields; at most 5 are allowed"),
        "{message}"
    );
}

#[test]
fn a_key_that_is_a_formula_is_inert_in_the_statistics_table() {
    let folder = tempfile::tempdir().unwrap();
    let vocabulary = folder.path().join("v.toml");
    let text = std::fs::read_to_string("input/vocabulary.toml").unwrap();
    std::fs::write(
        &vocabulary,
        text.replacen("key = \"female\"", "key = \"=1+female\"", 1),
    )
    .unwrap();
    let table = stats(&[
        "--data",
        CANONICAL,
        "--vocabulary",
        vocabulary.to_str().unwrap(),
    ]);
    assert!(table.contains(",gender,'=1+female,"), "{table}");
}

/// An Excel file made by another program: the canonical file's cells, all as text.
#[test]
fn an_excel_file_gives_the_same_statistics() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signals.xlsx");
    write_workbook(&path);
    assert_eq!(
        stats(&["--data", path.to_str().unwrap()]),
        stats(&["--data", CANONICAL])
    );
}

fn write_workbook(path: &Path) {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut rows = String::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(CANONICAL)
        .unwrap();
    for (number, row) in reader.records().map(Result::unwrap).enumerate() {
        rows.push_str(&format!("<row r=\"{}\">", number + 1));
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let letter = char::from(b'A' + column as u8);
            rows.push_str(&format!(
                "<c r=\"{letter}{}\" t=\"inlineStr\"><is><t>{}</t></is></c>",
                number + 1,
                escape(cell)
            ));
        }
        rows.push_str("</row>");
    }
    std::fs::write(path, support::workbook::workbook(&rows)).unwrap();
}

#[test]
fn check_recognizes_a_statistics_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("totals.csv");
    std::fs::write(&path, stats(&["--data", CANONICAL])).unwrap();
    let told = run(&["check", path.to_str().unwrap()]);
    assert!(
        told.starts_with("NM: a statistics table with every figure"),
        "{told}"
    );
}

/// Runs `check` on standard input, too.
fn check(arguments: &[&str], input: &[u8]) -> std::process::Output {
    let mut command = cargo_bin_cmd!("hotline-profile");
    command.arg("check").args(arguments);
    command.write_stdin(input).output().unwrap()
}

#[test]
fn check_proposes_the_same_for_standard_input_as_for_the_file() {
    let report = "input/examples/report/report-windows-1252.csv";
    let bytes = std::fs::read(report).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mappings = ["file.toml", "input.toml"].map(|name| folder.path().join(name));
    let write = |path: &Path| ["--write-mapping".to_owned(), path.display().to_string()];
    for (data, mapping) in [report, "-"].iter().zip(&mappings) {
        let [option, path] = write(mapping);
        let checked = check(&[data, &option, &path], &bytes);
        assert!(checked.status.success(), "{checked:?}");
        let told = String::from_utf8(checked.stdout).unwrap();
        assert!(told.contains("475 rows below a header in line 4"), "{told}");
    }
    let [file, input] = mappings.map(|path| std::fs::read_to_string(path).unwrap());
    assert_eq!(file, input);
    // Totals are recognized on standard input, too.
    let table = stats(&["--data", CANONICAL]);
    let told = check(&["-"], table.as_bytes()).stdout;
    assert!(
        String::from_utf8(told)
            .unwrap()
            .starts_with("NM: a statistics table")
    );
}

#[test]
fn check_proposes_for_each_of_several_files_and_writes_for_one() {
    let report = "input/examples/report/report-utf-8.csv";
    let victims = "input/examples/split/victims.csv";
    let checked = check(&[report, CANONICAL, victims], b"");
    assert!(checked.status.success(), "{checked:?}");
    let told = String::from_utf8(checked.stdout).unwrap();
    for (name, rows) in [(report, 475), (CANONICAL, 400)] {
        assert!(told.contains(&format!("{name}\n  {rows} rows")), "{told}");
    }
    assert!(!told.contains(victims), "{told}");
    let notes = String::from_utf8(checked.stderr).unwrap();
    for expected in [
        format!("note: {report} has a layout of its own"),
        "received = \"Date/Time Received\"".to_owned(),
        format!(
            "note: {victims} is left out of what follows: no column was recognized as received"
        ),
        "note: these files have 2 layouts".to_owned(),
    ] {
        assert!(notes.contains(&expected), "{expected} in {notes}");
    }
    // Files with the same layout need only one proposal.
    let same = check(&[report, report], b"");
    let notes = String::from_utf8(same.stderr).unwrap();
    assert!(
        notes.contains(&format!("note: {report} has the layout of {report}")),
        "{notes}"
    );
    assert_eq!(notes.matches("[columns]").count(), 1, "{notes}");

    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("m.toml");
    let refused = check(
        &[
            report,
            CANONICAL,
            "--write-mapping",
            mapping.to_str().unwrap(),
        ],
        b"",
    );
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(
        message
            .starts_with("error: --write-mapping proposes a mapping for one file, and you gave 2"),
        "{message}"
    );
    assert!(!mapping.exists());
}

#[test]
fn the_table_of_several_files_numbers_them_and_shows_no_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("second.csv");
    std::fs::copy(CANONICAL, &path).unwrap();
    let files = ["stats", "--data", CANONICAL, path.to_str().unwrap()];
    let table = run(&[&files[..], &["--internal"]].concat());
    let published = run(&files);
    for name in ["  file 1\n", "  file 2\n"] {
        assert!(table.contains(name), "{table}");
        // No published table says how many rows were read and used.
        assert!(!published.contains(name), "{published}");
    }
    assert!(!published.contains("ledger"), "{published}");
    for table in [table, published] {
        assert!(!table.contains('/') && !table.contains(".csv"), "{table}");
    }
}

#[test]
fn a_trend_is_in_every_form_of_the_statistics() {
    let signals = [
        "stats",
        "--trend",
        "--data",
        "input/signals.csv",
        "--format",
    ];
    let of = |format: &str| run(&[&signals[..], &[format]].concat());
    let json: serde_json::Value = serde_json::from_str(&of("json")).unwrap();
    let years = json["trend"].as_array().unwrap();
    assert_eq!(years.len(), 4, "{json}");
    // A number in the JSON as the other formats write it.
    let written = |number: &serde_json::Value| match number {
        serde_json::Value::Object(range) => format!("{}-{}", range["from"], range["to"]),
        number => number.to_string(),
    };
    let are_ranges = |year: &&serde_json::Value| year["signals"].is_object();
    assert_eq!(years.iter().filter(are_ranges).count(), 3, "{json}");
    let csv = of("csv");
    let table = of("table");
    for year in years {
        for (figure, key) in [("trend.cases", "cases"), ("trend.signals", "signals")] {
            let row = format!(",{figure},{},{},", year["year"], written(&year[key]));
            assert!(csv.contains(&row), "{row} in {csv}");
            let of_year = [year["year"].to_string(), written(&year[key])];
            let is_of_year = |line: &str| {
                let words: Vec<&str> = line.split_whitespace().collect();
                words.ends_with(&[&of_year[0], &of_year[1]])
            };
            let after = table.split(figure).nth(1).unwrap_or_default();
            assert!(after.lines().any(is_of_year), "{of_year:?} in {table}");
        }
    }
    // The focal year's numbers are those of the sheet.
    let last = &years[3];
    assert_eq!(last["cases"], json["cases"]["year"]);
    assert_eq!(last["signals"], json["calls"]["total"]);
    // The table of exact numbers can be read back, except for its trend, which rows for other years provide, and the
    // map, which a table of places provides.
    let exact = |options: &[&str]| run(&[options, &["--internal"]].concat());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("totals.csv");
    std::fs::write(&path, exact(&[&signals[..], &["csv"]].concat())).unwrap();
    let parse = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    let once = parse(&exact(&[&signals[..], &["json"]].concat()));
    let path = path.to_str().unwrap();
    let again = parse(&exact(&["stats", "--format", "json", "--data", path]));
    for key in ["groups", "demographics", "venues", "calls", "ledger"] {
        assert!(once[key].is_object() && again[key] == once[key], "{key}");
    }
    for key in ["period", "year"] {
        assert_eq!(again["cases"][key], once["cases"][key]);
        assert_eq!(again["cases"][key], json["cases"][key]);
    }
    assert!(again["cases"]["located_year"].is_null(), "{again}");
    assert!(once.get("trend").is_some() && again.get("trend").is_none());
}
