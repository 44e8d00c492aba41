//! What people read when something is wrong: one clear message with position and remedy, the right exit code, and no
//! partial file.

mod support;

use std::process::{Command, Stdio};

use support::{Ran, Workplace};

const HEADER: &str = "signal_id,received,state,case_id";

/// An error that ends the run: where, words in the message, words in the remedy.
struct Expected<'a> {
    place: &'a str,
    message: &'a [&'a str],
    remedy: &'a str,
}

/// Asserts that bad data or a bad file are refused as expected.
fn assert_refused(ran: &Ran, expected: &Expected<'_>) {
    let Expected {
        place,
        message,
        remedy,
    } = expected;
    let err = &ran.err;
    assert_eq!(ran.code, 1, "{err}");
    assert_eq!(ran.out, "", "an error prints no result");
    let errors: Vec<&str> = err
        .lines()
        .filter(|line| line.starts_with("error: "))
        .collect();
    let [error] = errors[..] else {
        panic!("one error, not {}: {err}", errors.len());
    };
    let start = format!("error: {place}: ");
    assert!(error.starts_with(&start), "{start:?} does not begin: {err}");
    for word in *message {
        assert!(error.contains(word), "{word:?} is not in: {error}");
    }
    let help: Vec<&str> = err
        .lines()
        .skip_while(|line| !line.starts_with("error: "))
        .skip(1)
        .collect();
    let [help] = help[..] else {
        panic!("one line of help, behind the error, and no more: {err}");
    };
    assert!(help.starts_with("  help: "), "{help}");
    assert!(help.contains(remedy), "{remedy:?} is not in: {help}");
    assert_plain(err);
}

/// Nothing that only a programmer understands.
fn assert_plain(err: &str) {
    for word in [
        "os error",
        "panicked",
        "Err(",
        "Some(",
        "i32",
        "u64",
        "enum",
        "struct ",
        "serde",
        "UTF-8 sequence",
    ] {
        assert!(!err.contains(word), "{word:?} is in: {err}");
    }
}

/// No sheet, and nothing that was going to become one.
fn assert_no_sheet(workplace: &Workplace) {
    for file in workplace.files_in("") {
        assert!(!file.ends_with(".pdf"), "{file}");
        assert!(!file.contains(".hotline-profile-"), "left behind: {file}");
    }
}

/// Builds from a CSV text that must be refused.
fn refuse_data(text: impl AsRef<[u8]>, expected: &Expected<'_>) {
    let workplace = Workplace::empty();
    workplace.write("export.csv", text);
    assert_refused(
        &workplace.run("build --data export.csv --output out"),
        expected,
    );
    assert_no_sheet(&workplace);
    assert_refused(&workplace.run("stats --data export.csv"), expected);
}

/// Builds with a settings file that must be refused.
fn refuse_settings(text: impl AsRef<[u8]>, expected: &Expected<'_>) {
    let workplace = Workplace::with_input();
    workplace.write("settings.toml", text);
    assert_refused(
        &workplace.run("build --settings settings.toml --output out"),
        expected,
    );
    assert_no_sheet(&workplace);
}

/// Builds from a changed copy of an input file that must be refused.
fn refuse_changed_input(path: &str, old: &str, new: &str, expected: &Expected<'_>) {
    let workplace = Workplace::with_input();
    workplace.replace(path, old, new);
    assert_refused(&workplace.run("build --output out"), expected);
    assert_no_sheet(&workplace);
}

#[test]
fn missing_data() {
    let workplace = Workplace::empty();
    let missing = Expected {
        place: "export.csv",
        message: &["No such file"],
        remedy: "check the path and its spelling",
    };
    assert_refused(
        &workplace.run("build --data export.csv --output out"),
        &missing,
    );
    assert_no_sheet(&workplace);
    let no_input = Expected {
        place: "input/signals.csv",
        remedy: "--data FILE",
        ..missing
    };
    assert_refused(&workplace.run(""), &no_input);
}

#[test]
fn empty_data_or_only_a_header() {
    let empty = Expected {
        place: "export.csv",
        message: &["the file is empty"],
        remedy: "signal_id, received and state",
    };
    for text in ["", "\n\r\n\n", "\u{feff}"] {
        refuse_data(text, &empty);
    }
    refuse_data(
        HEADER,
        &Expected {
            place: "export.csv",
            message: &["no signal about New Mexico", "2016"],
            remedy: "no signals about New Mexico",
        },
    );
}

#[test]
fn data_that_is_not_csv() {
    let workplace = Workplace::empty();
    workplace.write("exports/a.csv", "");
    assert_refused(
        &workplace.run("build --data exports --output out"),
        &Expected {
            place: "exports",
            message: &["folder"],
            remedy: "name its files, as in \"exports/*.csv\"",
        },
    );
    assert_no_sheet(&workplace);
    for (bytes, message) in [
        (
            b"PK\x03\x04\x14\0\x06\0xl/workbook.xml".as_slice(),
            "can't read this zip file",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Excel file"),
    ] {
        refuse_data(
            bytes,
            &Expected {
                place: "export.csv",
                message: &[message],
                remedy: "CSV UTF-8",
            },
        );
    }
}

#[test]
fn a_missing_or_repeated_column() {
    refuse_data(
        "signal_id,Recieved,state\n1,2016-03-01,NM\n",
        &Expected {
            place: "export.csv:1",
            message: &["`received` is missing"],
            remedy: "if `Recieved` is that column, rename it to `received`",
        },
    );
    refuse_data(
        "signal_id,received,where\n1,2016-03-01,NM\n",
        &Expected {
            place: "export.csv:1",
            message: &["`state` is missing"],
            remedy: "signal_id, received, where",
        },
    );
    refuse_data(
        "signal_id,received,state,State\n1,2016-03-01,NM,NM\n",
        &Expected {
            place: "export.csv:1:4",
            message: &["`state` appears twice", "3", "4"],
            remedy: "rename or remove",
        },
    );
}

#[test]
fn an_unknown_state() {
    let workplace = Workplace::with_input();
    for (line, words) in [
        ("build --state Narnia", ["Narnia", "as in NM"]),
        ("stats --state NX", ["NX", "as in NM"]),
        ("init Narnia", ["Narnia", "as in NM"]),
        ("sample --state Narnia", ["Narnia", "as in NM"]),
    ] {
        let ran = workplace.run(line);
        assert_eq!(ran.code, 2, "{}", ran.err);
        for word in words {
            assert!(ran.err.contains(word), "{word:?} is not in: {}", ran.err);
        }
    }
    let ran = workplace.run_words(&["build", "--state", "New Mexco"]);
    assert!(ran.err.contains("did you mean New Mexico?"), "{}", ran.err);
    assert_no_sheet(&workplace);
    // In the data, it is an unknown value: reported, and with --strict an error.
    let rows = format!("{HEADER}\n1,2016-03-01,NM,\n2,2016-03-01,Chihuahua,\n");
    workplace.write("export.csv", rows);
    let ran = workplace.run("build --data export.csv --output out");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("“Chihuahua” (1 time, first in line 3)"),
        "{}",
        ran.err
    );
    assert_refused(
        &workplace.run("build --strict --data export.csv --output strict"),
        &Expected {
            place: "export.csv:3:3",
            message: &["unknown state “Chihuahua”"],
            remedy: "alias",
        },
    );
    assert!(workplace.files_in("strict").is_empty());
}

#[test]
fn an_unreadable_date() {
    let workplace = Workplace::empty();
    workplace.write(
        "export.csv",
        format!("{HEADER}\n1,2016-03-01,NM,\n2,soon,NM,\n3,2016-02-30,NM,\n4,,NM,\n"),
    );
    assert_refused(
        &workplace.run("build --strict --data export.csv --output out"),
        &Expected {
            place: "export.csv:3:2",
            message: &["received “soon”"],
            remedy: "write it like 2016-03-01, 3/1/2016 or Mar 1, 2016",
        },
    );
    assert_no_sheet(&workplace);
    // Without --strict, the complete rows are set aside, and the ledger says how many there are.
    let ran = workplace.run("build --data export.csv --output out");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("4 rows read = 1 used + 0 outside the period + 0 not in the state + 0 duplicates + 3 rejected"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("export.csv:3:2: received “soon”"),
        "{}",
        ran.err
    );
    assert_eq!(
        workplace.read("out/internal/rejects.csv"),
        "INTERNAL – NOT FOR RELEASE\n\
         file,line,column,reason,signal_id,received,state,case_id\n\
         export.csv,3,received,not a date,2,soon,NM,\n\
         export.csv,4,received,there is no such day,3,2016-02-30,NM,\n\
         export.csv,5,received,no date,4,,NM,\n"
    );
}

#[test]
fn data_with_only_bad_rows() {
    refuse_data(
        format!("{HEADER}\n1,soon,NM,\n2,later,NM,\n"),
        &Expected {
            place: "export.csv",
            message: &["no signal about New Mexico"],
            remedy: "every row was rejected",
        },
    );
}

#[test]
fn each_kind_of_bad_row_says_where_and_how_to_fix_it() {
    let header = "signal_id,received,state,zip,latitude,longitude,case_id";
    for (row, place, message, remedy) in [
        (
            "1,2016-03-01,NM",
            ":2",
            "the number of fields is 3, but the header has 7",
            "quotation marks",
        ),
        (",2016-03-01,NM,,,,", ":2:1", "signal_id", "id"),
        ("1,,NM,,,,", ":2:2", "no date", "2016-03-01"),
        (
            "1,2016-13-01,NM,,,,",
            ":2:2",
            "“2016-13-01”",
            "correct the day or the month",
        ),
        (
            "1,2016-03-01,NM,,135,-106,",
            ":2:5",
            "latitude: not a coordinate in degrees",
            "decimal degrees",
        ),
        (
            "1,2016-03-01,NM,,35,-206,",
            ":2:6",
            "longitude: not a coordinate in degrees",
            "decimal degrees",
        ),
        (
            "1,2016-03-01,NM,,35,,",
            ":2:5",
            "1 latitudes for 0 longitudes",
            "or neither",
        ),
        (
            "1,2016-03-01,NM;AZ,1;2;3,,,",
            ":2:3",
            "2 states for 3 places",
            "one state for all",
        ),
        (
            "1,2016-03-01,\"NM,,,",
            ":2",
            "isn't closed",
            "quotation mark",
        ),
    ] {
        let workplace = Workplace::empty();
        workplace.write("export.csv", format!("{header}\n{row}\n"));
        assert_refused(
            &workplace.run("stats --strict --data export.csv"),
            &Expected {
                place: &format!("export.csv{place}"),
                message: &[message],
                remedy,
            },
        );
    }
}

#[test]
fn an_unknown_value_is_reported_and_is_an_error_with_strict() {
    let workplace = Workplace::empty();
    workplace.write(
        "export.csv",
        format!("{HEADER},gender\n1,2016-03-01,NM,,Female\n2,2016-03-01,NM,,Femal\n"),
    );
    assert_refused(
        &workplace.run("build --strict --data export.csv --output out"),
        &Expected {
            place: "export.csv:3:5",
            message: &["unknown gender “Femal”"],
            remedy: "alias",
        },
    );
    assert_no_sheet(&workplace);
}

#[test]
fn a_year_without_data_lists_the_years_with_data() {
    let workplace = Workplace::with_input();
    assert_refused(
        &workplace.run("build --year 2009 --output out"),
        &Expected {
            place: "input/signals.csv",
            message: &["New Mexico", "2009"],
            remedy: "2012, 2013, 2014, 2015, 2016, 2017",
        },
    );
    assert_no_sheet(&workplace);
    assert_refused(
        &workplace.run("stats --state WY"),
        &Expected {
            place: "input/signals.csv",
            message: &["Wyoming", "2016"],
            remedy: "--state",
        },
    );
    // A signal with an unknown type is still data.
    workplace.write("untyped.csv", format!("{HEADER}\n1,2016-03-01,NM,\n"));
    workplace.build("build --data untyped.csv --output untyped");
}

#[test]
fn settings_with_mistakes() {
    refuse_settings(
        "output = \"out\"\nstat = \"NM\"\n",
        &Expected {
            place: "settings.toml:2:1",
            message: &["unknown key `stat`"],
            remedy: "did you mean `state`?",
        },
    );
    for (text, place, message, remedy) in [
        ("state = \"Narnia\"", "1:9", "“Narnia”", "as in NM"),
        ("year = \"20x6\"", "1:8", "“20x6”", "a whole number"),
        ("year = 16", "1:8", "`year` “16”: not a year", "four digits"),
        ("from = \"2016\"", "1:8", "“2016”: not a month", "2012-12"),
        (
            "to = \"2016-13\"",
            "1:6",
            "“2016-13”: not a month",
            "2012-12",
        ),
        ("unit = \"people\"", "1:8", "`people`", "cases, victims"),
        ("min-cell = -1", "1:12", "-1", "0 or more"),
        ("strict = \"yes\"", "1:10", "yes", "true or false"),
        ("data = 3", "1:8", "name of a file", "quotation marks"),
        ("state = NM", "1:9", "state = NM", "quotation marks"),
        ("state = \"NM", "1:", "state = \"NM", "quotation marks"),
        ("min_cell = 5\nmin-cell = 6", "2:1", "`min-cell`", "remove"),
        (
            "all = true\nstate = \"NM\"",
            "2:1",
            "`state` can't be combined with `all`",
            "remove",
        ),
        (
            "[build]\nyear = 2016",
            "1:2",
            "`build`",
            "one of these is expected",
        ),
        (
            "\nfrom = \"2017-01\"\nto = \"2016-12\"",
            "2:8",
            "before it begins in 2017-01",
            "`from` to the earlier month",
        ),
    ] {
        let workplace = Workplace::with_input();
        workplace.write("settings.toml", text);
        let ran = workplace.run("stats --settings settings.toml");
        let start = format!("error: settings.toml:{place}");
        assert!(ran.err.starts_with(&start), "{text}: {}", ran.err);
        let found = &ran.err[..start.len() + ran.err[start.len()..].find(": ").unwrap()];
        assert_refused(
            &ran,
            &Expected {
                place: found.trim_start_matches("error: "),
                message: &[message],
                remedy,
            },
        );
    }
    refuse_settings(
        b"state = \"NM\" # \xff",
        &Expected {
            place: "settings.toml",
            message: &["settings"],
            remedy: "UTF-8",
        },
    );
    let workplace = Workplace::with_input();
    assert_refused(
        &workplace.run("build --settings nowhere.toml"),
        &Expected {
            place: "nowhere.toml",
            message: &["No such file"],
            remedy: "spelling",
        },
    );
    // The default settings file is read as well.
    workplace.write("hotline-profile.toml", "yaer = 2016");
    assert_refused(
        &workplace.run(""),
        &Expected {
            place: "hotline-profile.toml:1:1",
            message: &["`yaer`"],
            remedy: "`year`",
        },
    );
    assert_no_sheet(&workplace);
}

#[test]
fn a_profile_with_mistakes() {
    let profile = "input/profiles/nm.toml";
    refuse_changed_input(
        profile,
        "citation = \"§ 30-52-1\"",
        "citatoin = \"§ 30-52-1\"",
        &Expected {
            place: "input/profiles/nm.toml:15:1",
            message: &["unknown key `citatoin`"],
            remedy: "did you mean `citation`?",
        },
    );
    refuse_changed_input(
        profile,
        "citation = \"§ 30-52-1\"\n",
        "",
        &Expected {
            place: "input/profiles/nm.toml:13:1",
            message: &["`citation` is missing"],
            remedy: "add a line `citation = …`",
        },
    );
    refuse_changed_input(
        profile,
        "count = 4",
        "count = four",
        &Expected {
            place: "input/profiles/nm.toml:10:9",
            message: &["count = four"],
            remedy: "numbers",
        },
    );
    refuse_changed_input(
        profile,
        "\"https://law.justia.com/codes/new-mexico/chapter-30/article-52/section-30-52-1/\"",
        "\"law.justia.com\"",
        &Expected {
            place: "input/profiles/nm.toml:16:7",
            message: &["“law.justia.com” isn't an address"],
            remedy: "https://",
        },
    );
    refuse_changed_input(
        profile,
        "phone = \"505-438-3733\"",
        "phone = \"call us\"",
        &Expected {
            place: &place_of(profile, "\"505-438-3733\""),
            message: &["“call us” isn't a phone number"],
            remedy: "505-438-3733",
        },
    );
    refuse_changed_input(
        profile,
        "state = \"NM\"",
        "state = \"AZ\"",
        &Expected {
            place: "input/profiles/nm.toml:5:9",
            message: &["“AZ”", "NM"],
            remedy: "state = \"NM\"",
        },
    );
    refuse_changed_input(
        profile,
        "citation = \"§ 30-52-1\"",
        "citation = \"§ 30-52-1 \u{6c49}\"",
        &Expected {
            place: &place_of(profile, "\"§ 30-52-1\""),
            message: &["the fonts have no “\u{6c49}”"],
            remedy: "[fonts]",
        },
    );
    let workplace = Workplace::with_input();
    assert_refused(
        &workplace.run("build --profiles nowhere --output out"),
        &Expected {
            place: "nowhere",
            message: &["doesn't exist"],
            remedy: "init",
        },
    );
    assert_no_sheet(&workplace);
}

#[test]
fn a_wording_with_mistakes() {
    let wording = "input/wording/en.toml";
    refuse_changed_input(
        wording,
        "caption = ",
        "captoin = ",
        &Expected {
            place: &place_of(wording, "caption = "),
            message: &["`captoin`"],
            remedy: "`caption`",
        },
    );
    refuse_changed_input(
        wording,
        "heading = \"{state} Statewide Efforts\"",
        "heading = \"{sate} Statewide Efforts\"",
        &Expected {
            place: &place_of(wording, "\"{state} Statewide Efforts\""),
            message: &["{sate}", "{state}"],
            remedy: "placeholder",
        },
    );
    refuse_changed_input(
        wording,
        "\"November\", \"December\"]",
        "\"November\"]",
        &Expected {
            place: wording,
            message: &["months has 11 names"],
            remedy: "twelve",
        },
    );
    refuse_changed_input(
        wording,
        "heading = \"{state} Statewide Efforts\"",
        "heading = \"{state} \u{5d0}\"",
        &Expected {
            place: &place_of(wording, "\"{state} Statewide Efforts\""),
            message: &["“\u{5d0}”", "is written from right to left"],
            remedy: "Latin letters",
        },
    );
    let workplace = Workplace::with_input();
    assert_refused(
        &workplace.run("build --wording nowhere.toml"),
        &Expected {
            place: "nowhere.toml",
            message: &["No such file"],
            remedy: "spelling",
        },
    );
    assert_no_sheet(&workplace);
}

/// File, line and column of a text in a file of the repository.
fn place_of(path: &str, wanted: &str) -> String {
    let text = support::text_of(path);
    let (line, column) = text
        .lines()
        .enumerate()
        .find_map(|(index, line)| Some((index + 1, line.find(wanted)? + 1)))
        .unwrap_or_else(|| panic!("{path} has no {wanted}"));
    format!("{path}:{line}:{column}")
}

#[test]
fn a_vocabulary_with_mistakes() {
    let workplace = Workplace::with_input();
    workplace.replace(
        "input/vocabulary.toml",
        "key = \"gender\"",
        "kee = \"gender\"",
    );
    let ran = workplace.run("stats");
    assert!(
        ran.err.contains("`kee`") && ran.err.contains("did you mean `key`?"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.starts_with("error: input/vocabulary.toml:"),
        "{}",
        ran.err
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn an_output_folder_that_is_not_writable() {
    let workplace = Workplace::with_input();
    workplace.write("a-file", "mine");
    for (folder, place, remedy) in [
        ("a-file", "a-file/internal", "choose another folder"),
        ("a-file/out", "a-file/out/internal", "choose another folder"),
        // The kernel doesn't let anyone create a folder there, not even root.
        ("/proc/out", "/proc/out/internal", "path"),
    ] {
        let before = workplace.files_in("");
        assert_refused(
            &workplace.run(&format!("build --output {folder}")),
            &Expected {
                place,
                message: &["can't make the folder"],
                remedy,
            },
        );
        assert_eq!(workplace.files_in(""), before);
    }
    assert_eq!(workplace.read("a-file"), "mine");
    // A folder where the sheet must go.
    workplace.write("out/NM-Human-Trafficking-Profile-2016.pdf/keep", "mine");
    let ran = workplace.run("build --output out");
    assert_refused(
        &ran,
        &Expected {
            place: "out/NM-Human-Trafficking-Profile-2016.pdf",
            message: &["can't write"],
            remedy: "folder",
        },
    );
    // Rejected rows belong to a run that was completed.
    assert_eq!(
        workplace.files_in("out"),
        ["NM-Human-Trafficking-Profile-2016.pdf/keep"]
    );
}

#[test]
fn an_existing_sheet_survives_a_failed_run() {
    let workplace = Workplace::with_input();
    workplace.write("out/NM-Human-Trafficking-Profile-2016.pdf", "the old one");
    workplace.replace("input/profiles/nm.toml", "[[laws]]", "[[lawz]]");
    assert_eq!(workplace.run("build --output out").code, 1);
    assert_eq!(
        workplace.read("out/NM-Human-Trafficking-Profile-2016.pdf"),
        "the old one"
    );
}

#[test]
fn rejected_rows_never_overwrite_the_data() {
    let workplace = Workplace::with_input();
    let data = workplace.read("input/signals.csv");
    let expected = Expected {
        place: "input/signals.csv",
        message: &["overwrite this data"],
        remedy: "--rejects FILE",
    };
    assert_refused(
        &workplace.run("build --rejects input/../input/signals.csv --output out"),
        &expected,
    );
    assert_refused(
        &workplace.run("stats --rejects input/signals.csv"),
        &expected,
    );
    assert_eq!(workplace.read("input/signals.csv"), data);
    // Nor over rejected rows that somebody has corrected and counts.
    workplace.write("out/internal/rejects.csv", &data);
    let ran = workplace.run("build --data out/internal/rejects.csv --output out");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(workplace.read("out/internal/rejects.csv"), data);
    assert_no_sheet(&workplace);
    for place in ["/proc/x/y.csv", "input"] {
        let ran = workplace.run(&format!("stats --rejects {place}"));
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
        assert!(ran.err.contains("\n  help: "), "{}", ran.err);
        assert_plain(&ran.err);
    }
}

#[test]
fn an_existing_profile_is_not_replaced() {
    let workplace = Workplace::with_input();
    let before = workplace.read("input/profiles/nm.toml");
    assert_refused(
        &workplace.run("init NM"),
        &Expected {
            place: "input/profiles/nm.toml",
            message: &["already exists"],
            remedy: "edit it, move it, or write to another file",
        },
    );
    assert_eq!(workplace.read("input/profiles/nm.toml"), before);
    assert_refused(
        &workplace.run("init TX --profiles input/signals.csv"),
        &Expected {
            place: "input/signals.csv",
            message: &["can't make the folder"],
            remedy: "choose another folder",
        },
    );
    assert_eq!(
        workplace.succeed("init TX --profiles mine"),
        "mine/tx.toml\n"
    );
    assert!(workplace.read("mine/tx.toml").contains("state = \"TX\""));
}

#[test]
fn an_impossible_command_line() {
    let workplace = Workplace::with_input();
    for (line, words) in [
        ("--colour", ["--colour", "--help"]),
        ("biuld", ["biuld", "'build'"]),
        ("build --data", ["--data", "value"]),
        ("build --yaer 2016", ["--yaer", "--year"]),
        ("build --year 20x6", ["20x6", "as in 2016"]),
        ("build --year 16", ["16", "four digits"]),
        ("build --from 2016-13", ["2016-13", "as in 2012-12"]),
        ("build --from 2017-01 --to 2016-01", ["2016-01", "earlier"]),
        ("build --all --state NM", ["--all", "--state"]),
        ("build --min-cell five", ["five", "--min-cell"]),
        ("stats --format xml", ["xml", "json"]),
        ("init", ["STATE", "Usage"]),
        // What follows --data is one of its files, so the usage must not say that it may be the sheet.
        (
            "verify --data a.csv a.pdf",
            ["SHEET.pdf", "verify <SHEET.pdf> [OPTIONS]"],
        ),
        (
            "explain --data a.csv gender",
            ["FIGURE", "explain <FIGURE> [OPTIONS]"],
        ),
    ] {
        let ran = workplace.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}: {}", ran.err);
        for word in words {
            assert!(
                ran.err.contains(word),
                "{line}: {word:?} is not in: {}",
                ran.err
            );
        }
    }
    assert_no_sheet(&workplace);
}

/// Runs the program into a pipe whose reader takes one line and leaves.
fn run_for_one_line(workplace: &Workplace, line: &str) -> (Option<i32>, String) {
    use std::io::{BufRead, BufReader};
    let mut program = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
        .args(line.split_whitespace())
        .current_dir(workplace.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    let output = program.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let workplace = Workplace::with_input();
    for line in [
        "sample --signals 300000",
        "stats --all",
        "stats --all --format json",
    ] {
        let (code, err) = run_for_one_line(&workplace, line);
        assert_eq!(code, Some(0), "{line}: {err}");
        assert!(!err.contains("error") && !err.contains("panicked"), "{err}");
    }
    // A pipe that nobody ever reads: the sheet is made anyway.
    let mut program = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
        .current_dir(workplace.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(program.stdout.take());
    let output = program.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(
        workplace
            .path("output/NM-Human-Trafficking-Profile-2016.pdf")
            .is_file()
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let workplace = Workplace::with_input();
    for line in ["stats", "sample", "build --output out"] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
            .args(line.split_whitespace())
            .current_dir(workplace.folder())
            .stdout(full)
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}: {err}");
        assert!(
            err.contains("No space left") && err.contains("\n  help: "),
            "{line}: {err}"
        );
        assert_plain(&err);
    }
}
