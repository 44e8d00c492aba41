//! The sample's promises, checked with a slow count that shares nothing with the program's.

use std::collections::{BTreeMap, BTreeSet};

use super::row::HEADER;
use super::*;
use crate::period::Period;
use crate::read::{RejectsWriter, SignalReader};
use crate::tally::{LedgerLine, Scope, Tally, Unit};
use crate::vocabulary::Vocabulary;

/// How often each thing is said: `gender/Female`, `calls/Tip Report`, `cases/period`.
type Figures = BTreeMap<String, usize>;

fn csv_of(plan: &Plan) -> String {
    let mut bytes = Vec::new();
    write(plan, &Vocabulary::embedded(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn bundled(seed: u64) -> Plan {
    let mut plan = Plan::from_toml("nm.toml", BUNDLED_PLAN).unwrap();
    plan.seed = seed;
    plan
}

fn general(states: Vec<Jurisdiction>, signals: u64, faults_per_mille: u16) -> Plan {
    let shape = Shape {
        states,
        signals,
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        faults_per_mille,
    };
    Plan::general(shape, 5).unwrap()
}

/// A row by column name; short and long rows as they are.
type Record = BTreeMap<String, String>;

fn records(text: &str) -> Vec<(usize, Record)> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let records = reader.records().map(|record| {
        let record = record.unwrap();
        let cells = header.iter().zip(&record);
        let by_name = cells.map(|(name, cell)| (name.to_owned(), cell.to_owned()));
        (record.len(), by_name.collect())
    });
    records.collect()
}

fn values<'a>(record: &'a Record, column: &str) -> Vec<&'a str> {
    match record.get(column).map_or("", String::as_str) {
        "" => Vec::new(),
        cell => cell.split(';').collect(),
    }
}

/// State and the rest of each place.
fn places(record: &Record) -> Vec<(String, String)> {
    let columns = ["county", "city", "zip", "latitude", "longitude"];
    let (states, rest) = (
        values(record, "state"),
        columns.map(|column| values(record, column)),
    );
    let count = rest.iter().map(Vec::len).max().unwrap().max(states.len());
    let place = |number| {
        let state = states.get(if states.len() == 1 { 0 } else { number });
        let known = rest
            .each_ref()
            .map(|cells| cells.get(number).copied().unwrap_or(""));
        (state.copied().unwrap_or("").to_owned(), known.join("|"))
    };
    (0..count).map(place).collect()
}

fn is_in(record: &Record, home: &str) -> bool {
    let places = places(record);
    if places.is_empty() {
        record["caller_state"] == home
    } else {
        places.iter().any(|(state, _)| state == home)
    }
}

fn is_substantive(record: &Record) -> bool {
    !["Unrelated", "Hang-Up", "Missed Call", "Wrong Number"].contains(&&*record["call_type"])
}

fn is_sound((fields, record): &(usize, Record)) -> bool {
    let degrees_within = |column, limit| {
        let degrees = values(record, column);
        degrees
            .iter()
            .all(|text| text.is_empty() || text.parse::<f64>().unwrap().abs() <= limit)
    };
    *fields == 19
        && !record["signal_id"].is_empty()
        && chrono::NaiveDateTime::parse_from_str(&record["received"], "%Y-%m-%d %H:%M").is_ok()
        && degrees_within("latitude", 90.0)
        && degrees_within("longitude", 180.0)
}

const MENTIONS: [&str; 6] = [
    "citizenship",
    "gender",
    "age",
    "sex_venue",
    "labor_venue",
    "trafficking_type",
];

/// By the rules of docs/counting.md.
fn count(text: &str, home: &str, from: &str, to: &str, year: &str) -> Figures {
    let mut figures = Figures::new();
    let mut add = |figure: String| *figures.entry(figure).or_default() += 1;
    let mut seen = BTreeSet::new();
    let mut cases: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for row in records(text) {
        if !is_sound(&row) || !seen.insert(row.1["signal_id"].clone()) {
            continue;
        }
        let record = row.1;
        if is_in(&record, home) && record["received"].starts_with(year) {
            add(match is_substantive(&record) {
                true => format!("calls/{}", record["call_type"]),
                false => "calls/non-substantive".to_owned(),
            });
        }
        if is_substantive(&record) && !record["case_id"].is_empty() {
            cases
                .entry(record["case_id"].clone())
                .or_default()
                .push(record);
        }
    }
    for signals in cases.values() {
        let places: BTreeSet<_> = signals.iter().flat_map(places).collect();
        let at_home: Vec<_> = places.iter().filter(|(state, _)| state == home).collect();
        if at_home.is_empty() {
            continue;
        }
        let began = signals
            .iter()
            .map(|record| &record["received"])
            .min()
            .unwrap();
        if began.starts_with(year) {
            add("cases/year".to_owned());
            let mut known = at_home.iter().map(|(_, known)| known.trim_matches('|'));
            if known.any(|known| !known.is_empty()) {
                add("cases/located_year".to_owned());
            }
        }
        if (from..=to).contains(&&began[..7]) {
            add("cases/period".to_owned());
            for column in MENTIONS {
                let said = signals.iter().flat_map(|record| values(record, column));
                for value in said.collect::<BTreeSet<_>>() {
                    add(format!("{column}/{value}"));
                }
            }
        }
    }
    figures
}

/// What counting rows finds: those that name the state and, for calls, the year.
fn count_rows(text: &str, home: &str, year: &str) -> Figures {
    let mut figures = Figures::new();
    let mut add = |figure: String| *figures.entry(figure).or_default() += 1;
    for (_, record) in records(text) {
        let by_place = values(&record, "state").contains(&home);
        if by_place {
            for column in MENTIONS {
                for value in values(&record, column) {
                    add(format!("{column}/{value}"));
                }
            }
        }
        if (by_place || record["caller_state"] == home) && record["received"].starts_with(year) {
            add(match is_substantive(&record) {
                true => format!("calls/{}", record["call_type"]),
                false => "calls/non-substantive".to_owned(),
            });
        }
    }
    figures
}

/// What a plan asks for.
fn asked(plan: &Plan) -> Figures {
    let Form::Targets(targets) = &plan.form else {
        panic!("not a plan with targets");
    };
    let shares = Shares::bundled().unwrap();
    let [citizenships, genders, ages] = &shares.demographics;
    let [citizenship, gender, age] = &targets.demographics;
    let mut figures = Figures::new();
    for (figure, list, counts) in [
        ("citizenship", citizenships, &citizenship.counts),
        ("gender", genders, &gender.counts),
        ("age", ages, &age.counts),
        ("sex_venue", &shares.sex_venues, &targets.sex_venues.counts),
        (
            "labor_venue",
            &shares.labor_venues,
            &targets.labor_venues.counts,
        ),
        (
            "trafficking_type",
            &shares.trafficking_types,
            &targets.trafficking_types,
        ),
        ("calls", &shares.call_types, &targets.calls),
    ] {
        for (name, count) in list.names.iter().zip(counts) {
            figures.insert(format!("{figure}/{name}"), *count);
        }
    }
    figures.insert("calls/non-substantive".to_owned(), targets.non_substantive);
    figures.insert("cases/period".to_owned(), targets.cases.period);
    figures.insert("cases/year".to_owned(), targets.cases.year);
    figures.insert("cases/located_year".to_owned(), targets.map.cases);
    figures
}

fn without_zeros(mut figures: Figures) -> Figures {
    figures.retain(|_, count| *count > 0);
    figures
}

/// The same figures from the program's own counting, with its ledger.
fn count_with_tally(
    text: &str,
    state: &str,
    from: &str,
    to: &str,
    year: i32,
) -> (Figures, LedgerLine) {
    let vocabulary = Vocabulary::embedded();
    let period = Period {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        year,
        starts: Default::default(),
    };
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let mut reader = SignalReader::open("sample", text.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let findings = reader.findings();
    assert!(findings.unknown.is_empty(), "{:?}", findings.unknown);
    let state = Jurisdiction::from_code(state).unwrap();
    let statistics = tally.statistics(&[Scope::of(state, period)]).remove(0);
    let mut figures = Figures::new();
    let mut add = |figure: String, count: u64| figures.insert(figure, count as usize);
    for group in &statistics.groups {
        let key = &group.kind.key;
        // A plan's types of trafficking belong to cases, each of which has one.
        if !["contact_method", "trafficking_type"].contains(&key.as_str()) {
            for category in &group.categories {
                add(format!("{key}/{}", category.name), category.count);
            }
        }
    }
    for venue in &statistics.sex_venues {
        add(format!("sex_venue/{}", venue.venue), venue.cases);
    }
    for venue in &statistics.labor_venues {
        add(format!("labor_venue/{}", venue.venue), venue.cases);
    }
    add(
        "calls/non-substantive".to_owned(),
        statistics.non_substantive.unwrap(),
    );
    add("cases/period".to_owned(), statistics.cases.period);
    add("cases/year".to_owned(), statistics.cases.year);
    add(
        "cases/located_year".to_owned(),
        statistics.located_cases().unwrap(),
    );
    assert_eq!(statistics.map.outside_cases, 0, "{state}");
    assert!(statistics.ledger.total.balances());
    (without_zeros(figures), statistics.ledger.total)
}

/// Trafficking types aren't in any figure on the sheet.
fn of_the_sheet(mut figures: Figures) -> Figures {
    figures.retain(|figure, count| *count > 0 && !figure.starts_with("trafficking_type/"));
    figures
}

#[test]
fn the_programs_own_counting_meets_the_targets() {
    for seed in [2016, 1, 2, 3] {
        let plan = bundled(seed);
        let (counted, ledger) = count_with_tally(&csv_of(&plan), "NM", "2012-12", "2016-12", 2016);
        assert_eq!(counted, of_the_sheet(asked(&plan)), "seed {seed}");
        assert_eq!(
            (ledger.rows_read, ledger.duplicate, ledger.rejected),
            (1000, 24, 16)
        );
        assert!(ledger.other_state > 300 && ledger.outside_period > 20);
    }
}

#[test]
fn the_programs_own_counting_agrees_with_the_slow_one() {
    let plan = general(vec![Jurisdiction::from_code("TX").unwrap()], 20_000, 20);
    let text = csv_of(&plan);
    let (counted, ledger) = count_with_tally(&text, "TX", "2013-02", "2016-12", 2016);
    let slowly = count(&text, "TX", "2013-02", "2016-12", "2016");
    assert_eq!(counted, of_the_sheet(slowly));
    let summary = write(&plan, &Vocabulary::embedded(), std::io::sink()).unwrap();
    assert_eq!(
        (ledger.duplicate, ledger.rejected),
        (summary.duplicates, summary.rejected)
    );
}

#[test]
fn the_bundled_plan_asks_for_the_published_numbers() {
    let asked = asked(&bundled(1));
    for (figure, published) in [
        ("citizenship/U.S. Citizen/Legal Permanent Resident", 48),
        ("citizenship/Foreign National", 25),
        ("gender/Female", 104),
        ("gender/Male", 29),
        ("gender/Gender Minority", 0),
        ("age/Adult", 80),
        ("age/Minor", 50),
    ] {
        assert_eq!(asked[figure], published, "{figure}");
    }
    for (column, published) in [
        (
            "sex_venue/",
            [
                "Online Ad, Venue Unknown",
                "Truck Stop-Based",
                "Other Venues",
                "Commercial-Front Brothels",
                "Hotel-/Motel-Based",
            ],
        ),
        (
            "labor_venue/",
            [
                "Traveling Sales Crews",
                "Hospitality",
                "Domestic Work",
                "Construction",
                "Illicit Activities",
            ],
        ),
    ] {
        let venues = asked
            .iter()
            .filter_map(|(figure, count)| Some((figure.strip_prefix(column)?, count)));
        let mut venues: Vec<_> = venues.collect();
        venues.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let top: Vec<&str> = venues.iter().map(|(venue, _)| *venue).take(5).collect();
        assert_eq!(top, published);
        assert!(
            venues[..6].windows(2).all(|two| two[0].1 > two[1].1),
            "{venues:?}"
        );
        assert!(*venues[4].1 >= 5);
    }
}

#[test]
fn the_bundled_sample_is_what_its_plan_makes() {
    let plan = Plan::from_toml("nm.toml", BUNDLED_PLAN).unwrap();
    assert!(
        csv_of(&plan) == include_str!("../../input/signals.csv"),
        "input/signals.csv is out of date: see input/README.md"
    );
}

#[test]
fn other_seeds_give_other_rows_and_the_same_numbers() {
    let plan = bundled(2016);
    let first = csv_of(&plan);
    assert_eq!(first, csv_of(&plan));
    let asked = without_zeros(asked(&plan));
    for seed in 0..20 {
        let text = csv_of(&bundled(seed));
        assert_ne!(text, first);
        assert_eq!(text.lines().count(), 1001);
        assert_eq!(
            count(&text, "NM", "2012-12", "2016-12", "2016"),
            asked,
            "seed {seed}"
        );
    }
}

#[test]
fn counting_rows_gets_every_figure_wrong() {
    for seed in [2016, 1, 2, 3, 4] {
        let plan = bundled(seed);
        let text = csv_of(&plan);
        let by_row = count_rows(&text, "NM", "2016");
        for (figure, asked) in asked(&plan) {
            if figure.starts_with("cases/") || figure.starts_with("points") {
                continue;
            }
            let counted = by_row.get(&figure).copied().unwrap_or(0);
            // Call types that the plan doesn't name are represented by one number.
            if asked > 0 || !figure.starts_with("calls/") {
                assert_ne!(counted, asked, "{figure}, seed {seed}");
            }
        }
    }
}

#[test]
fn the_summary_counts_all_faults() {
    for (plan, rows) in [
        (bundled(3), 1000),
        (
            general(vec![Jurisdiction::from_code("TX").unwrap()], 20_000, 20),
            20_000,
        ),
    ] {
        let mut bytes = Vec::new();
        let summary = write(&plan, &Vocabulary::embedded(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let records = records(&text);
        assert_eq!((summary.rows, records.len()), (rows, rows as usize));
        let sound: Vec<_> = records.iter().filter(|row| is_sound(row)).collect();
        let ids: BTreeSet<_> = sound
            .iter()
            .map(|(_, record)| &record["signal_id"])
            .collect();
        assert_eq!(summary.rejected as usize, records.len() - sound.len());
        assert_eq!(summary.duplicates as usize, sound.len() - ids.len());
        assert!(summary.rejected > 10 && summary.duplicates > 10);
    }
}

#[test]
fn a_general_sample_has_the_requested_number_of_rows() {
    for state in Jurisdiction::all() {
        let text = csv_of(&general(vec![state], 500, 0));
        let records = records(&text);
        assert_eq!(records.len(), 500, "{state}");
        assert!(records.iter().all(is_sound));
        let figures = count(&text, state.code(), "2012-12", "2016-12", "2016");
        assert!(figures["cases/period"] > 50, "{state}");
        assert!(figures["cases/located_year"] > 5, "{state}");
    }
    for signals in [0, 1, 2] {
        let text = csv_of(&general(Jurisdiction::all().collect(), signals, 500));
        assert_eq!(text.lines().count() as u64, 1 + signals);
        assert!(text.as_bytes().starts_with(HEADER));
    }
}

#[test]
fn a_large_general_sample_has_all_states_and_all_values() {
    let plan = general(Jurisdiction::all().collect(), 300_000, 0);
    let text = csv_of(&plan);
    assert_eq!(text, csv_of(&plan));
    let mut said: BTreeSet<(String, String)> = BTreeSet::new();
    let (mut cases, mut about_cases) = (BTreeSet::new(), 0);
    for (_, record) in records(&text) {
        for column in MENTIONS
            .into_iter()
            .chain(["state", "contact_method", "call_type"])
        {
            for value in values(&record, column) {
                said.insert((column.to_owned(), value.to_owned()));
            }
        }
        if let Some(case) = record.get("case_id").filter(|case| !case.is_empty()) {
            about_cases += 1;
            cases.insert(case.clone());
        }
    }
    let distinct = |column: &str| said.iter().filter(|(of, _)| of == column).count();
    assert_eq!(distinct("state"), 56);
    assert_eq!(distinct("sex_venue"), 10);
    assert_eq!(distinct("labor_venue"), 14);
    assert_eq!(distinct("call_type"), 10);
    assert_eq!(distinct("contact_method"), 6);
    let per_case = f64::from(about_cases) / cases.len() as f64;
    assert!((1.5..2.5).contains(&per_case), "{per_case}");
}

/// A small plan for any state, with its towns.
fn small_plan(state: Jurisdiction) -> String {
    let towns = towns::Towns::of(state).towns;
    let others = if state.code() == "TX" { "OK" } else { "TX" };
    let map: String = towns
        .iter()
        .take(3)
        .map(|town| format!("counts.\"{}\" = 6\n", town.name))
        .collect();
    format!(
        r#"
state = "{state}"
seed = 4
from = "2014-06"
to = "2019-12"
year = 2019
other_states = ["{others}"]
[cases]
period = 60
year = 30
without_demographics = 5
reaching_other_states = 2
[trafficking_types]
sex = 30
labor = 30
[citizenship]
cases = 20
counts.foreign_national = 20
[gender]
cases = 50
counts.female = 40
counts.gender_minority = 11
[age]
cases = 0
[sex_venues]
cases = 30
counts.street_based = 30
[labor_venues]
cases = 10
counts.retail = 10
[map]
cases = 6
{map}
[calls]
about_cases = 40
non_substantive = 9
counts.tip_report = 50
[rows]
total = 300
follow_ups = 20
calls = 20
non_substantive = 10
outside_period = 9
duplicates = 9
rejected = 9
"#
    )
}

#[test]
fn any_state_can_have_a_plan() {
    for state in Jurisdiction::all() {
        let plan = Plan::from_toml("small.toml", &small_plan(state)).unwrap();
        let text = csv_of(&plan);
        let counted = count(&text, state.code(), "2014-06", "2019-12", "2019");
        assert_eq!(counted, without_zeros(asked(&plan)), "{state}");
        let (counted, _) = count_with_tally(&text, state.code(), "2014-06", "2019-12", 2019);
        assert_eq!(counted, of_the_sheet(asked(&plan)), "{state}");
    }
}

#[test]
fn an_empty_plan_and_a_plan_for_one_year_work() {
    let empty: String = BUNDLED_PLAN
        .lines()
        .filter(|line| !line.starts_with("counts."))
        .map(|line| match line.split_once(" = ") {
            Some((key, rest))
                if key != "seed" && key != "year" && rest.as_bytes()[0].is_ascii_digit() =>
            {
                format!("{key} = 0\n")
            }
            _ => format!("{line}\n"),
        })
        .collect::<String>()
        .replace("[calls]", "[calls]\ncounts = {}");
    // The year's count for the trafficking types is a key like any other; that of the cases must be 0 as well.
    let empty = empty.replacen(
        "[cases]\nperiod = 0\nyear = 2016",
        "[cases]\nperiod = 0\nyear = 0",
        1,
    );
    let empty = empty.replace("\nyear = 49", "\nyear = 0");
    let text = csv_of(&Plan::from_toml("empty.toml", &empty).unwrap());
    assert_eq!(text.as_bytes(), HEADER);

    let one_year = BUNDLED_PLAN
        .replace("from = \"2012-12\"", "from = \"2016-01\"")
        .replace("year = 49", "year = 158")
        .replace("about_cases = 104", "about_cases = 170");
    let plan = Plan::from_toml("one.toml", &one_year).unwrap();
    let counted = count(&csv_of(&plan), "NM", "2016-01", "2016-12", "2016");
    assert_eq!(counted, without_zeros(asked(&plan)));
}

#[test]
fn impossible_plans_are_reported_with_the_reason() {
    for (from, to, told) in [
        (
            "state = \"NM\"",
            "state = \"XX\"",
            "nm.toml:9:9: “XX” isn't a state",
        ),
        (
            "year = 2016\n",
            "year = 2017\n",
            "must contain the whole year 2017",
        ),
        (
            "year = 2016\n",
            "year = 2147483647\n",
            "must contain the whole year",
        ),
        (
            "to = \"2016-12\"",
            "to = \"2010-12\"",
            "is before the first",
        ),
        ("to = \"2016-12\"", "to = \"soon\"", "isn't a month"),
        (
            "\"AZ\", \"CA\"",
            "\"AZ\", \"NM\"",
            "NM is the plan's own state",
        ),
        ("\"AZ\", \"CA\"", "\"AZ\", \"AZ\"", "AZ is named twice"),
        (
            "year = 49",
            "year = 159",
            "more cases in the year than in the period",
        ),
        ("period = 158", "period = 159", "add up to the 159 cases"),
        ("sex = 98", "sexx = 98", "write “sex”"),
        ("sex = 98", "sex = 18446744073709551615", ""),
        (
            "without_demographics = 12",
            "without_demographics = 159",
            "more cases of a kind",
        ),
        (
            "without_demographics = 12",
            "without_demographics = 100",
            "there are 58 cases with demographics",
        ),
        (
            "counts.female = 104",
            "counts.female = 122",
            "only 121 mention any",
        ),
        (
            "counts.female = 104",
            "counts.femal = 104",
            "write “female”",
        ),
        (
            "counts.female = 104",
            "counts.female = 10",
            "121 cases can't share 39 mentions",
        ),
        ("counts.female = 104", "counts.female = -1", "nm.toml:"),
        (
            "cases = 95",
            "cases = 106",
            "106 cases are too many: there are 105 cases of sex trafficking",
        ),
        (
            "counts.Albuquerque = 13",
            "counts.Albuquerqe = 13",
            "write “Albuquerque”",
        ),
        (
            "counts.Alamogordo = 2",
            "counts.albuquerque = 2",
            "is named twice",
        ),
        ("cases = 43", "cases = 50", "can't share 47 mentions"),
        (
            "about_cases = 104",
            "about_cases = 182",
            "must be between the 49 cases of the year",
        ),
        (
            "about_cases = 104",
            "about_cases = 48",
            "must be between the 49 cases of the year",
        ),
        (
            "counts.referral = 31",
            "counts.hang_up = 31",
            "“hang_up” is not substantive",
        ),
        (
            "total = 1000",
            "total = 600",
            "600 rows aren't enough: the plan asks for 667",
        ),
        (
            "total = 1000",
            "total = 100000000000",
            "at most 5000000 rows",
        ),
        (
            "duplicates = 24",
            "duplicates = 9223372036854775807",
            "rows aren't enough",
        ),
        ("rejected = 16", "rejcted = 16", "did you mean `rejected`?"),
        ("[gender]", "[gender", "nm.toml:"),
    ] {
        assert!(BUNDLED_PLAN.contains(from), "{from}");
        let failure = Plan::from_toml("nm.toml", &BUNDLED_PLAN.replacen(from, to, 1))
            .expect_err(&format!("{to} passes"));
        let message = failure.to_string();
        assert!(message.starts_with("nm.toml:"), "{to}: {message}");
        assert!(message.contains(told), "{to}: {message}");
    }
}

#[test]
fn a_general_plan_needs_a_state_and_months_in_order() {
    let month = |text: &str| text.parse::<Month>().unwrap();
    let shape = Shape {
        states: Vec::new(),
        signals: 1,
        from: month("2016-01"),
        to: month("2015-12"),
        faults_per_mille: 0,
    };
    assert!(Plan::general(shape.clone(), 1).is_err());
    let states = vec![Jurisdiction::from_code("NM").unwrap()];
    assert!(Plan::general(Shape { states, ..shape }, 1).is_err());
}
