//! `audit`: what published sheets give away. The files in tests/audit are from versions that gave numbers away.

use std::collections::BTreeMap;
use std::fs;

use assert_cmd::Command;
use hotline_profile::audit::{Printed, Sheet, Span, read_csv, read_json, read_pdf};
use hotline_profile::vocabulary::Vocabulary;
use hotline_profile::wording::{BUILT_IN, Wording};
use serde_json::Value;

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn program(arguments: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("hotline-profile").unwrap();
    let output = command.args(arguments).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What is found in sheets from tests/audit: each finding's kind, figure and values or change.
fn found(names: &[&str]) -> Vec<(String, String, Value)> {
    let files: Vec<String> = names
        .iter()
        .map(|name| format!("tests/audit/{name}.json"))
        .collect();
    let files = files.iter().map(String::as_str);
    let arguments: Vec<&str> = ["audit", "--format", "json"]
        .into_iter()
        .chain(files)
        .collect();
    let ran = program(&arguments);
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    assert_eq!(json["schema"], "hotline-profile/audit/1");
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(ran.code, Some(i32::from(!findings.is_empty())));
    assert_eq!(json["safe"], findings.is_empty());
    let finding = |it: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match it["kind"].as_str().unwrap() {
            kind @ "difference" => (
                kind.to_owned(),
                text(&it["after"]["figure"]),
                it["change"].clone(),
            ),
            kind => (
                kind.to_owned(),
                text(&it["at"]["figure"]),
                it["values"].clone(),
            ),
        }
    };
    findings.iter().map(finding).collect()
}

fn told(figure: &str, values: &[i64]) -> (String, String, Value) {
    (
        "small_number".to_owned(),
        figure.to_owned(),
        Value::from(values),
    )
}

/// The data behind the sheets that gave numbers away, and two more: today's sheets for them reveal nothing except a
/// difference between exact numbers, which naming the earlier sheet fixes.
#[test]
fn todays_sheets_of_formerly_revealing_data_reveal_nothing() {
    for (name, years, is_told) in [
        ("led", &[2015, 2016][..], false),
        ("cmp", &[2015, 2016], true),
        ("lu51", &[2016], false),
        ("map5", &[2016], false),
        ("mini1", &[2016], false),
        ("mini2", &[2016], false),
    ] {
        let data = fs::read_to_string(format!("tests/audit/{name}.csv")).unwrap();
        let desk = Desk::with(&data);
        fs::write(desk.folder.path().join("map.toml"), "cases = \"none\"\n").unwrap();
        let mapping = match data.contains("case_id") {
            true => "",
            false => "--mapping map.toml",
        };
        let build = |year: i32, options: &str| {
            let ran = desk.run(&format!(
                "build --data data.csv {mapping} --state WY --year {year} --from 2015-01 --to {year}-12 \
                 --statistics {options}"
            ));
            assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        };
        let mut sheets = Vec::new();
        for year in years {
            build(*year, "");
            sheets.push(format!("output/WY-Human-Trafficking-Profile-{year}.pdf"));
        }
        let audit = format!("audit {}", sheets.join(" "));
        let audited = desk.run(&audit);
        assert_eq!(
            audited.code,
            Some(i32::from(is_told)),
            "{name}: {}",
            audited.out
        );
        assert!(
            !audited.out.contains("can only be"),
            "{name}: {}",
            audited.out
        );
        if is_told {
            build(2016, &format!("--released {}", sheets[0]));
            assert_eq!(desk.run(&audit).code, Some(0), "{name}");
        }
        let json = |year: i32| -> Value {
            let path = format!("output/WY-Human-Trafficking-Profile-{year}.json");
            serde_json::from_str(&desk.text(&path)).unwrap()
        };
        let range = |from: u64, to: u64| serde_json::json!({"from": from, "to": to});
        match name {
            // Five on the map and one that isn't.
            "lu51" => {
                let cases = &json(2016)["cases"];
                assert_eq!(cases["located_year"], 5);
                assert_eq!(
                    (&cases["year"], &cases["period"]),
                    (&range(6, 9), &range(6, 9))
                );
            }
            // Four, 6, 6 and 20: no part is hidden, and the total is what they leave open.
            "mini1" => {
                let calls = &json(2016)["calls"];
                assert_eq!(calls["types"]["crisis_assistance"], "<5");
                let total = calls["total"]["from"].as_u64().unwrap();
                assert_eq!(calls["total"], range(total, total + 3));
            }
            _ => {}
        }
    }
}

/// One of <5, one hidden, 6 and 20 add up to 36: a reader who knows that the smallest sufficient part was hidden
/// knows everything.
#[test]
fn a_second_cell_hidden_because_of_its_value_reveals_the_first() {
    assert_eq!(
        found(&["mini1-2016"]),
        [told("calls.crisis_assistance", &[4])]
    );
    assert_eq!(
        found(&["mini2-2016"]),
        [
            told("calls.crisis_assistance", &[1, 2, 3]),
            told("calls.other", &[1, 2, 3]),
        ]
    );
}

/// One row of the file was outside the period that ended a year before.
#[test]
fn the_ledgers_of_two_years_reveal_the_cases_between_them() {
    let found = found(&["led-2015", "led-2016"]);
    for figure in ["cases.year", "gender.gender_minority", "age.minor"] {
        assert!(found.contains(&told(figure, &[1])), "{found:?}");
    }
}

#[test]
fn a_small_difference_between_printed_numbers_is_reported() {
    let difference = (
        "difference".to_owned(),
        "age.minor".to_owned(),
        Value::from(1),
    );
    assert_eq!(found(&["cmp-2015", "cmp-2016"]), [difference]);
}

/// 54 cases, then 64 with 20 in the year: 10 in the months that were dropped, so 4 of 14 women were after them.
#[test]
fn moving_periods_reveal_a_category_of_the_dropped_months() {
    assert_eq!(found(&["moved-2015"]), []);
    assert_eq!(found(&["moved-2016"]), []);
    assert_eq!(
        found(&["moved-2015", "moved-2016"]),
        [told("gender.female", &[4])]
    );
    let ran = program(&[
        "audit",
        "tests/audit/moved-2016.json",
        "tests/audit/moved-2015.json",
    ]);
    for line in [
        "FOUND tests/audit/moved-2016.json: gender.female, printed “<5”, can only be 4\n",
        "      because of cases.period (54) in tests/audit/moved-2015.json\n",
        "      because of gender.female (14) in tests/audit/moved-2015.json\n",
        "      because of cases.period (64) in tests/audit/moved-2016.json\n",
        "      because of cases.year (20) in tests/audit/moved-2016.json\n",
        "2 sheets: 1 way to a small number found\n",
    ] {
        assert!(ran.out.contains(line), "{line} is not in\n{}", ran.out);
    }
    assert_eq!(ran.out.matches("because of").count(), 4);
}

/// Few cases, with some small numbers, in the years 2015 and 2016.
fn few_cases() -> String {
    let mut text =
        "signal_id,case_id,received,call_type,state,city,gender,age,sex_venue,labor_venue\n"
            .to_owned();
    let mut number = 0;
    for (count, rest) in [
        (
            12,
            "2013-01-02,Tip Report,WY,Cheyenne,Female,Adult,Street-Based,",
        ),
        (
            3,
            "2015-04-01,Crisis Assistance,WY,Cheyenne,Male,Minor,Pornography,Hospitality",
        ),
        (
            9,
            "2015-05-01,Referral,WY,,Female,Minor,Street-Based,Domestic Work",
        ),
        (
            8,
            "2016-05-01,Referral,WY,Cheyenne,Female,,Residential Brothels,",
        ),
        (2, "2016-12-06,Tip Report,WY,,Male,Adult,,Hospitality"),
    ] {
        for _ in 0..count {
            number += 1;
            text += &format!("{number},C{number},{rest}\n");
        }
    }
    text
}

/// What a sheet prints, whatever format it was read from.
fn statements(sheet: &Sheet) -> Vec<(String, Span, Printed)> {
    let statements = sheet.statements.iter();
    let mut all: Vec<_> = statements
        .map(|it| (it.name.clone(), it.over, it.printed))
        .collect();
    all.sort_by_key(|(name, over, _)| (name.clone(), *over));
    all.dedup();
    all
}

/// A PDF says the same as its JSON and CSV: with the data page, everything; otherwise, what it shows.
#[test]
fn sheets_are_read_alike_from_pdf_json_and_csv() {
    let vocabulary = Vocabulary::embedded();
    let wordings = BUILT_IN.map(|(_, file, text)| Wording::parse(file, text).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.csv");
    fs::write(&data, few_cases()).unwrap();
    let least = 10;
    for (name, options, has_all) in [
        ("plain", "", false),
        ("spanish", "--wording es --layout one-page", false),
        ("data", "--data-page --trend", true),
        (
            "limit",
            "--data-page --wording es --min-cell 3 --unit victims",
            true,
        ),
    ] {
        let output = folder.path().join(name);
        let paths = [data.to_str().unwrap(), output.to_str().unwrap()];
        let arguments = [
            "build", "--state", "WY", "--year", "2016", "--from", "2013-01",
        ];
        let files = ["--data", paths[0], "--output", paths[1], "--statistics"];
        let options: Vec<&str> = options.split_whitespace().collect();
        let ran = program(&[&arguments[..], &files, &options].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let file = |extension: &str| {
            let mut entries = fs::read_dir(&output)
                .unwrap()
                .map(|entry| entry.unwrap().path());
            entries
                .find(|path| path.extension().is_some_and(|it| it == extension))
                .unwrap()
        };
        let text = |extension: &str| fs::read_to_string(file(extension)).unwrap();
        let json = read_json("a.json", &text("json"), &vocabulary)
            .unwrap()
            .remove(0);
        let csv = read_csv("a.csv", &text("csv"), &vocabulary)
            .unwrap()
            .remove(0);
        let bytes = fs::read(file("pdf")).unwrap();
        let pdf = read_pdf("a.pdf", &bytes, &wordings, &vocabulary).unwrap();
        assert_eq!(statements(&csv), statements(&json), "{name}");
        assert_eq!((csv.period, csv.year_span), (json.period, json.year_span));
        assert_eq!(
            (pdf.period, pdf.year_span, pdf.limit),
            (json.period, json.year_span, json.limit)
        );
        let (printed, all) = (statements(&pdf), statements(&json));
        let wrong: Vec<_> = printed.iter().filter(|it| !all.contains(it)).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        // A group that the data say nothing about is on no page.
        let is_of_no_page = |name: &str| {
            let group = name.split('.').next();
            let of_group = all.iter().filter(|it| it.0.split('.').next() == group);
            of_group.clone().count() > 1 && of_group.clone().all(|it| it.2 == Printed::exact(0))
        };
        let left_out: Vec<_> = all
            .iter()
            .filter(|it| !printed.contains(it) && !is_of_no_page(&it.0))
            .collect();
        assert!(
            printed.len() > least && (!has_all || left_out.is_empty()),
            "{name}: {left_out:#?}"
        );
    }
}

/// Cases in a state by year: how many women, and how many others.
fn yearly(years: &[(i32, usize, usize)]) -> String {
    let mut text = "signal_id,case_id,received,call_type,state,gender\n".to_owned();
    let mut number = 0;
    for &(year, women, others) in years {
        for (count, gender) in [(women, "Female"), (others, "")] {
            for _ in 0..count {
                number += 1;
                let month = 1 + number % 12;
                text +=
                    &format!("{number},C{number},{year}-{month:02}-03,Tip Report,WY,{gender}\n");
            }
        }
    }
    text
}

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn with(data: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("data.csv"), data).unwrap();
        Desk { folder }
    }

    fn run(&self, words: &str) -> Ran {
        let mut command = Command::cargo_bin("hotline-profile").unwrap();
        command.current_dir(self.folder.path());
        let output = command.args(words.split_whitespace()).output().unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Builds the sheet of a year from January 2013 on.
    fn build(&self, year: i32, options: &str) -> Ran {
        self.run(&format!(
            "build --data data.csv --state WY --year {year} --from 2013-01 --to {year}-12 --statistics {options}"
        ))
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }
}

const SHEET_2015: &str = "output/WY-Human-Trafficking-Profile-2015";
const SHEET_2016: &str = "output/WY-Human-Trafficking-Profile-2016";

/// 46 women, then 48: two of this year. Taking the published edition into account, the later number is a range in all
/// files.
#[test]
fn a_number_with_a_small_change_is_a_range_next_to_the_published_edition() {
    let desk = Desk::with(&yearly(&[
        (2013, 20, 10),
        (2014, 16, 9),
        (2015, 10, 9),
        (2016, 2, 30),
    ]));
    assert_eq!(desk.build(2015, "").code, Some(0));
    let alone = desk.build(2016, "");
    assert!(!alone.err.contains("worked out"), "{}", alone.err);
    let both = format!("audit {SHEET_2015}.pdf {SHEET_2016}.json");
    let found = desk.run(&both);
    assert_eq!(found.code, Some(1));
    assert!(
        found.out.contains("gender.female is 48, after 46 in") && found.out.contains("1 way"),
        "{}",
        found.out
    );
    for released in ["pdf", "json", "csv"] {
        let beside = desk.build(
            2016,
            &format!("--strict --released {SHEET_2015}.{released}"),
        );
        assert_eq!(beside.code, Some(0), "{}", beside.err);
        assert!(!beside.err.contains("worked out"), "{}", beside.err);
        let json: Value = serde_json::from_str(&desk.text(&format!("{SHEET_2016}.json"))).unwrap();
        assert_eq!(
            json["demographics"]["gender"]["female"],
            serde_json::json!({"from": 47, "to": 50})
        );
        assert!(
            desk.text(&format!("{SHEET_2016}.csv"))
                .contains("gender,female,47-50\n")
        );
    }
    assert_eq!(desk.run(&both).code, Some(0));
    assert_eq!(desk.run(&both.replace(".json", ".pdf")).code, Some(0));
    let verified = format!("verify {SHEET_2016}.pdf --data data.csv");
    assert_eq!(
        desk.run(&format!("{verified} --released {SHEET_2015}.json"))
            .code,
        Some(0)
    );
    assert_eq!(desk.run(&verified).code, Some(1));
}

/// What a range can't fix is reported, and is an error in a strict build; the files exist in any case.
#[test]
fn a_build_reports_what_its_sheet_reveals_together_with_published_ones() {
    let desk = Desk::with(&yearly(&[
        (2013, 20, 10),
        (2014, 16, 9),
        (2015, 10, 9),
        (2016, 2, 30),
    ]));
    // With a lower limit, a number that is “<5” on one sheet is exact on the other.
    let lower = desk.run(
        "stats --data data.csv --state WY --year 2016 --from 2016-01 --to 2016-12 --min-cell 3 --format json",
    );
    fs::write(desk.folder.path().join("lower.json"), &lower.out).unwrap();
    let again = "build --data data.csv --state WY --year 2016 --from 2016-01 --to 2016-12";
    let told = desk.run(&format!("{again} --released lower.json"));
    assert_eq!(told.code, Some(0), "{}", told.err);
    assert!(
        told.err.contains("it can be worked out: ") && told.err.contains("can only be 1 or 2"),
        "{}",
        told.err
    );
    fs::remove_file(desk.folder.path().join(format!("{SHEET_2016}.pdf"))).unwrap();
    let strict = desk.run(&format!("{again} --strict --released lower.json"));
    assert_eq!(strict.code, Some(1));
    assert!(
        desk.folder
            .path()
            .join(format!("{SHEET_2016}.pdf"))
            .is_file()
    );
    // What is reported on standard error isn't in any file.
    for entry in fs::read_dir(desk.folder.path().join("output")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("can only be"));
    }
}

/// Four years' sheets and the one for all four; monthly sheets; two limits over the same data.
#[test]
fn sheets_of_one_state_are_attacked_together() {
    let desk = Desk::with(&yearly(&[
        (2013, 7, 10),
        (2014, 3, 9),
        (2015, 8, 9),
        (2016, 6, 30),
    ]));
    let stats = |name: &str, from: &str, to: &str, limit: u64| {
        let ran = desk.run(&format!(
            "stats --data data.csv --state WY --year {} --from {from} --to {to} --min-cell {limit} --format json",
            &to[..4]
        ));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        fs::write(desk.folder.path().join(name), ran.out).unwrap();
    };
    for year in 2013..=2016 {
        stats(
            &format!("{year}.json"),
            &format!("{year}-01"),
            &format!("{year}-12"),
            5,
        );
    }
    stats("all.json", "2013-01", "2016-12", 5);
    // 7, fewer than 5, 8 and 6 women, and 24 in total, or a range that leaves everything open.
    let years = desk.run("audit 2013.json 2014.json 2015.json 2016.json all.json");
    let of_women = years
        .out
        .lines()
        .filter(|line| line.starts_with("FOUND") && line.contains("gender.female"));
    let told: Vec<&str> = of_women
        .filter(|line| line.contains("2014.json: gender.female, printed"))
        .collect();
    assert!(
        told.len() == 1 && told[0].ends_with("can only be 3"),
        "{}",
        years.out
    );

    stats("low.json", "2014-01", "2014-12", 3);
    let limits = desk.run("audit 2014.json low.json");
    assert!(
        limits
            .out
            .contains("2014.json: gender.female, printed “<5”, can only be 3\n"),
        "{}",
        limits.out
    );

    let mut months = Vec::new();
    for month in 1..=12 {
        let name = format!("m{month}.json");
        stats(&name, "2013-01", &format!("2016-{month:02}"), 5);
        months.push(name);
    }
    let monthly = desk.run(&format!("audit {}", months.join(" ")));
    assert_eq!(monthly.code, Some(1));
    assert_eq!(
        monthly.err.matches("aren't whole years apart").count(),
        11,
        "{}",
        monthly.err
    );
    assert!(monthly.out.contains("is small\n"), "{}", monthly.out);
}

/// Cases in every month of 2016: women, minors, and venues, a few more each month.
fn monthly() -> String {
    let mut text =
        "signal_id,case_id,received,call_type,state,gender,age,sex_venue,citizenship\n".to_owned();
    let mut number = 0;
    for month in 1..=12 {
        for of_month in 0..4 + month % 5 {
            number += 1;
            let pick = |every: usize, value: &'static str| {
                if (of_month + month) % every == 0 {
                    value
                } else {
                    ""
                }
            };
            text += &format!(
                "{number},C{number},2016-{month:02}-03,Tip Report,WY,{},{},{},{}\n",
                pick(2, "Female"),
                ["Minor", "Adult", "Adult"][(of_month + month) % 3],
                pick(3, "Street-Based"),
                pick(2, "Foreign National"),
            );
        }
    }
    text
}

/// The exact numbers of a sheet over its period, by name.
fn exact_of_period(json: &Value) -> BTreeMap<String, i64> {
    let mut all = BTreeMap::new();
    let mut add = |name: String, value: &Value| {
        all.extend(value.as_i64().map(|number| (name, number)));
    };
    add("cases.period".to_owned(), &json["cases"]["period"]);
    for (key, group) in json["groups"].as_object().unwrap() {
        let categories = group["categories"].as_object().unwrap();
        for (category, value) in categories.iter().filter(|_| group["over"] == "period") {
            add(format!("{key}.{category}"), value);
        }
    }
    for venue in json["venues"]["sex"].as_array().unwrap() {
        add(format!("venues.sex.{}", venue["venue"]), &venue["cases"]);
    }
    all
}

/// Each month's sheet prints the numbers of the months so far: every small number that it adds is reported.
#[test]
fn every_small_difference_between_monthly_sheets_is_reported() {
    let desk = Desk::with(&monthly());
    let mut files = Vec::new();
    let mut expected = 0;
    let mut before: BTreeMap<String, i64> = BTreeMap::new();
    for month in 1..=12 {
        let ran = desk.run(&format!(
            "stats --data data.csv --state WY --year 2016 --from 2016-01 --to 2016-{month:02} --format json"
        ));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        for (name, number) in exact_of_period(&serde_json::from_str(&ran.out).unwrap()) {
            let last = before.insert(name, number);
            expected += usize::from(last.is_some_and(|last| (1..5).contains(&(number - last))));
        }
        let file = format!("m{month:02}.json");
        fs::write(desk.folder.path().join(&file), ran.out).unwrap();
        files.push(file);
    }
    let told = desk.run(&format!("audit {}", files.join(" ")));
    assert_eq!(told.code, Some(1));
    assert_eq!(expected, 47);
    assert_eq!(
        told.out.matches("is small\n").count(),
        expected,
        "{}",
        told.out
    );
}

/// 20 men in one state, fewer than 5 in the other, and 23 in the region that contains both.
#[test]
fn a_region_reveals_a_small_number_of_its_states() {
    let mut data = "signal_id,case_id,received,call_type,state,city,gender\n".to_owned();
    let rows = [
        (20, "MT", "Billings", "Male"),
        (10, "WY", "Cheyenne", "Female"),
        (3, "WY", "Cheyenne", "Male"),
    ];
    let mut number = 0;
    for (count, state, city, gender) in rows {
        for _ in 0..count {
            number += 1;
            data += &format!("{number},C{number},2016-03-01,Tip Report,{state},{city},{gender}\n");
        }
    }
    let desk = Desk::with(&data);
    let batch = "build --all --with regions,nation --data data.csv --statistics";
    let made = desk.run(batch);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let told = "gender.male, printed “<5”, can only be 3 or 4";
    assert!(
        made.err.contains("from these sheets together") && made.err.contains(told),
        "{}",
        made.err
    );
    assert_eq!(desk.run(&format!("{batch} --strict")).code, Some(1));
    let sheets = ["MT", "WY", "Region-VIII"].map(|area| {
        let human = if area.len() == 2 { "Human-" } else { "" };
        let folder = if area.len() == 2 {
            ""
        } else {
            "regions-and-nation/"
        };
        format!("output/{folder}{area}-{human}Trafficking-Profile-2016.pdf")
    });
    // Each folder can be published by itself, with its index.
    let index = |folder: &str| desk.text(&format!("output/{folder}index.csv"));
    assert!(index("").contains("\nWY,") && !index("").contains("Region-VIII"));
    let of_wider = index("regions-and-nation/");
    assert!(
        of_wider.contains("\nUS,") && !of_wider.contains("\nWY,"),
        "{of_wider}"
    );
    let numbers = desk.run("stats --all --with regions --data data.csv --format csv");
    for told in [
        told,
        "publish either the numbers of the states or those of regions",
    ] {
        assert!(
            made.err.contains(told) && numbers.err.contains(told),
            "{}",
            numbers.err
        );
    }
    let audited = desk.run(&format!("audit {}", sheets.join(" ")));
    assert_eq!(audited.code, Some(1), "{}", audited.out);
    assert!(audited.out.contains(told), "{}", audited.out);
    // Without the other state, there may be men in it.
    let alone = desk.run(&format!("audit {} {}", sheets[1], sheets[2]));
    assert_eq!(alone.code, Some(0), "{}", alone.out);
}

/// A county has 4 cases: with the usual limit, it isn't listed; with 3, it is.
#[test]
fn tables_of_counties_with_two_limits_reveal_a_small_county() {
    let mut data = "signal_id,case_id,received,call_type,state,city\n".to_owned();
    for number in 0..14 {
        let city = if number < 4 { "Casper" } else { "Cheyenne" };
        data += &format!("{number},C{number},2016-03-01,Tip Report,WY,{city}\n");
    }
    let desk = Desk::with(&data);
    for limit in [5, 3] {
        let ran = desk.run(&format!(
            "stats --data data.csv --state WY --counties --min-cell {limit} --format json --output s{limit}.json"
        ));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    assert_eq!(desk.run("audit s5.json").code, Some(0));
    let audited = desk.run("audit s5.json s3.json");
    assert_eq!(audited.code, Some(1), "{}", audited.out);
    let told = "s5.json: counties.56025, which isn't listed, can only be 4";
    assert!(audited.out.contains(told), "{}", audited.out);
}
