//! Areas larger than a state, years that don't begin in January, and periods that follow from the data.

mod support;

use serde_json::Value;
use support::{Workplace, in_one_line, poppler};

/// A case in two states, one in each, and one elsewhere, five times each.
fn two_states() -> String {
    let mut rows = "signal_id,case_id,received,call_type,state,gender\n".to_owned();
    for number in 0..5 {
        for (kind, states) in [("both", "NM;TX"), ("n", "NM"), ("t", "TX"), ("o", "OH")] {
            let month = number * 2 + 1;
            rows += &format!(
                "{kind}{number},{kind}{number},2016-{month:02}-05,Tip Report,{states},Female\n"
            );
        }
    }
    // So that the data cover the whole year.
    rows + "last,,2016-12-31,Tip Report,OH,\n"
}

fn cases(statistics: &Value) -> Value {
    statistics["cases"]["year"].clone()
}

#[test]
fn a_case_counts_once_in_an_area_for_any_number_of_its_states() {
    let workplace = Workplace::empty();
    workplace.write("data.csv", two_states());
    for (area, expected) in [
        ("--state NM", 10),
        ("--state TX", 10),
        ("--state NM,TX", 15),
        ("--region VI", 15),
        ("--region 5", 5),
        ("--nation", 20),
    ] {
        let statistics = workplace.statistics(&format!("--data data.csv {area}"));
        assert_eq!(cases(&statistics), expected, "{area}");
        assert_eq!(statistics["demographics"]["gender"]["female"], expected);
    }
    let all = workplace.statistics("--data data.csv --all --with regions,nation");
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), 67);
    assert_eq!(cases(all.last().unwrap()), 20);
    let explained = workplace.succeed("explain cases.year --data data.csv --state TX,NM");
    assert!(
        explained.contains("cases.year = 15  New Mexico and Texas (NM-TX)"),
        "{explained}"
    );
    let other = workplace.run("stats --data data.csv --state NM --region VI");
    assert_eq!(other.code, 2, "{}", other.err);
    assert_eq!(workplace.run("stats --with nation --data data.csv").code, 2);
}

#[test]
fn the_sheet_of_an_area_names_it_and_its_states() {
    let workplace = Workplace::with_input();
    workplace.write("data.csv", two_states());
    for (area, language, file, texts) in [
        (
            "--region VI",
            "en",
            "Region-VI-Trafficking-Profile-2016.pdf",
            &[
                "HHS Region VI: Efforts to Combat Human Trafficking",
                "Department of Health and Human Services Region VI",
                "States of HHS Region VI",
                "Oklahoma 21 O.S. § 748",
            ],
        ),
        (
            "--nation",
            "es",
            "US-Human-Trafficking-Profile-2016-es.pdf",
            &[
                "Estados Unidos: Acciones contra la trata de personas",
                "sobre los Estados Unidos",
                "Estados, distrito y territorios de los Estados Unidos",
                "Nuevo México",
            ],
        ),
        (
            "--state TX,NM",
            "en",
            "NM-TX-Human-Trafficking-Profile-2016.pdf",
            &[
                "New Mexico and Texas: Efforts to Combat",
                "regionally specific data on New Mexico and Texas",
                "States in This Profile",
                "§ 30-52-3 (ended)",
            ],
        ),
    ] {
        let sheet = workplace.build(&format!(
            "build --data data.csv {area} --wording {language}"
        ));
        assert!(sheet.ends_with(file), "{}", sheet.display());
        let text = in_one_line(&poppler::text(&sheet));
        for wanted in texts {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        // The hotlines of all.
        assert!(text.contains("505-438-3733"), "{text}");
        let links = poppler::links(&sheet);
        let is_of_state = |link: &(u32, String)| link.1.ends_with("/state/new-mexico");
        assert!(links.iter().any(is_of_state), "{links:?}");
        let calls = |link: &(u32, String)| link.1 == "tel:+15054383733";
        assert!(links.iter().any(calls), "{links:?}");
        let verified =
            workplace.run_words(&["verify", sheet.to_str().unwrap(), "--data", "data.csv"]);
        assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    }
}

/// Every area has room for its states, their laws and hotlines on two pages, in both languages.
#[test]
fn the_sheet_of_every_area_has_two_pages() {
    let workplace = Workplace::with_input();
    workplace.succeed("sample --quiet --signals 9000 --output data.csv");
    let regions = hotline_profile::area::Region::all();
    let regions = regions.map(|region| format!("--region {}", region.roman()));
    let others = ["--nation", "--state NM,TX"].map(str::to_owned);
    for area in regions.chain(others) {
        for language in ["english", "spanish"] {
            let sheet = workplace.build(&format!(
                "build --data data.csv {area} --wording {language}"
            ));
            let pages = poppler::words(&sheet).len();
            assert_eq!(pages, 2, "{area} {language}");
        }
    }
    let sheet = workplace.build("build --data data.csv --nation --layout one-page");
    assert_eq!(poppler::words(&sheet).len(), 1);
}

#[test]
fn a_sample_of_a_region_or_of_several_states_has_cases_in_these_alone() {
    let workplace = Workplace::empty();
    for (area, all) in [
        ("--region VI", &["AR", "LA", "NM", "OK", "TX"][..]),
        ("--state TX,NM", &["NM", "TX"]),
    ] {
        let sample = workplace.succeed(&format!("sample --signals 900 --faults 0 {area}"));
        let mut reader = csv::Reader::from_reader(sample.as_bytes());
        let headers = reader.headers().unwrap().clone();
        let place = headers.iter().position(|header| header == "state").unwrap();
        let rows = reader.records().map(Result::unwrap);
        let states = rows.flat_map(|row| {
            let states = row[place].split(';').map(str::to_owned);
            states.filter(|state| !state.is_empty()).collect::<Vec<_>>()
        });
        let states: std::collections::BTreeSet<String> = states.collect();
        assert!(states.iter().eq(all), "{area}: {states:?}");
    }
    assert_eq!(workplace.run("sample --region VI --state NM").code, 2);
}

#[test]
fn a_page_on_the_hotlines_site_that_a_profile_names_is_linked_in_an_areas_table() {
    let workplace = Workplace::with_input();
    workplace.write("data.csv", two_states());
    workplace.write(
        "profiles/nm.toml",
        "state = \"NM\"\nhotline_page = \"https://example.org/nm\"\n\
        [[laws]]\ntitle = \"Of Old\"\ncitation = \"§ 1\"\nstatus = \"ended 1999\"\n",
    );
    workplace.write("profiles/tx.toml", "state = \"TX\"\n");
    let sheet =
        workplace.build("build --data data.csv --state NM,TX --profiles profiles --format html");
    let page = std::fs::read_to_string(sheet).unwrap();
    for wanted in ["https://example.org/nm", "§ 1 (ended 1999)", "None listed"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn a_year_that_begins_in_january_is_that_of_the_calendar() {
    let workplace = Workplace::with_input();
    let usual = std::fs::read(workplace.build("build --output usual")).unwrap();
    let same = std::fs::read(workplace.build("build --year-starts 1 --output same")).unwrap();
    assert_eq!(usual, same);
    let given = "build --year 2016 --from 2012-12 --to 2016-12 --output given";
    assert_eq!(usual, std::fs::read(workplace.build(given)).unwrap());
}

#[test]
fn a_fiscal_year_names_itself_on_the_sheet_and_in_tables_that_are_read_back() {
    let workplace = Workplace::with_input();
    let sheet = workplace.build("build --year-starts 10 --trend");
    assert!(
        sheet.ends_with("NM-Human-Trafficking-Profile-2016m10-trend.pdf"),
        "{}",
        sheet.display()
    );
    let text = in_one_line(&poppler::text(&sheet));
    for wanted in [
        "in Fiscal Year 2016",
        "Fiscal year 2016: October 2015 – September 2016.",
        "FY 2016",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let verified = workplace.run_words(&["verify", sheet.to_str().unwrap()]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let spanish = workplace.build("build --year-starts 10 --wording es");
    let text = in_one_line(&poppler::text(&spanish));
    assert!(
        text.contains("en el año fiscal 2016") && !text.contains("de el año"),
        "{text}"
    );
    let counted = workplace.statistics("--year-starts 10");
    assert_eq!(counted["year_starts"], 10);
    assert_ne!(cases(&counted), cases(&workplace.statistics("")));
    // Without protection, so that every figure is a number.
    let table = workplace.succeed("stats --year-starts 10 --format csv --min-cell 0");
    assert!(
        table.starts_with("state,period_from,period_to,year,figure,category,count,year_starts"),
        "{table}"
    );
    workplace.write("table.csv", &table);
    let read =
        workplace.succeed("stats --data table.csv --year-starts 10 --format csv --min-cell 0");
    // The places of cases are in another table.
    let without_places = |table: &str| {
        let is_of_places = |line: &&str| line.contains("located") || line.contains(",map,");
        let lines = table.lines().filter(|line| !is_of_places(line));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(without_places(&read), without_places(&table));
    let calendar = workplace.run("stats --data table.csv");
    assert_eq!(calendar.code, 1, "{}", calendar.out);
}

#[test]
fn the_period_follows_from_the_data_of_each_state() {
    let workplace = Workplace::empty();
    let mut rows = "signal_id,case_id,received,state\n".to_owned();
    for month in 0..24 {
        let (year, month) = (2023 + month / 12, month % 12 + 1);
        rows += &format!("t{year}{month},t{year}{month},{year}-{month:02}-15,TX\n");
        if (year, month) < (2024, 7) {
            rows += &format!("o{year}{month},o{year}{month},{year}-{month:02}-20,OH\n");
        }
    }
    workplace.write("data.csv", &rows);
    let of = |options: &str| {
        let statistics = workplace.statistics(&format!("--data data.csv {options}"));
        let period = &statistics["period"];
        format!("{} {} {}", period["from"], period["to"], statistics["year"]).replace('"', "")
    };
    assert_eq!(of("--state TX"), "2023-01 2024-12 2024");
    assert_eq!(of("--state OH"), "2023-01 2023-12 2023");
    assert_eq!(of("--state OH --year 2024"), "2023-01 2024-06 2024");
    let all = workplace.statistics("--data data.csv --all");
    let year_of = |code: &str| {
        let mut all = all.as_array().unwrap().iter();
        all.find(|it| it["state"] == code).unwrap()["year"].clone()
    };
    assert_eq!((year_of("TX"), year_of("OH")), (2024.into(), 2023.into()));
    // The sheet doesn't claim more than the data have, and a warning says so.
    let ran = workplace.run("stats --data data.csv --state TX --from 2020-12 --format json");
    assert!(
        ran.err
            .contains("warning: TX: the data have no signals for 2020-12 to 2022-12"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("\"2023-01\""), "{}", ran.out);
    let outside = workplace.run("stats --data data.csv --state TX --year 2022 --from 2023-01");
    assert_eq!(outside.code, 2, "{}", outside.err);
}

/// Counties of New Mexico with these numbers of cases, all in 2016, and one case in two counties.
fn counties() -> String {
    let mut rows = "signal_id,case_id,received,call_type,state,county\n".to_owned();
    let mut number = 0;
    let mut add = |states: &str, counties: &str, cases: usize| {
        for _ in 0..cases {
            number += 1;
            rows += &format!("s{number},c{number},2016-03-05,Tip Report,{states},{counties}\n");
        }
    };
    add("NM", "Bernalillo", 7);
    add("NM;NM", "Bernalillo;Taos", 5);
    add("NM", "Doña Ana", 6);
    add("NM", "Lea", 4);
    add("NM", "", 8);
    add("TX", "Travis", 9);
    rows + "last,,2016-12-31,Tip Report,OH,\nfirst,,2016-01-01,Tip Report,OH,\n"
}

#[test]
fn a_table_of_counties_has_those_with_enough_cases_in_every_output() {
    let workplace = Workplace::with_input();
    workplace.write("data.csv", counties());
    let statistics = workplace.statistics("--data data.csv --counties");
    let listed = |statistics: &Value| -> Vec<(String, u64)> {
        let counties = statistics["counties"].as_array().unwrap().iter();
        counties
            .map(|it| {
                let name = it["county"].as_str().unwrap().to_owned();
                (name, it["cases"].as_u64().unwrap())
            })
            .collect()
    };
    let of = |all: &[(&str, u64)]| -> Vec<(String, u64)> {
        all.iter()
            .map(|(name, cases)| ((*name).to_owned(), *cases))
            .collect()
    };
    // A case in two counties counts in both; Lea has too few.
    let expected = of(&[("Bernalillo", 12), ("Doña Ana", 6), ("Taos", 5)]);
    assert_eq!(listed(&statistics), expected);
    assert_eq!(statistics["map"]["unlocated_cases"], 12);
    let internal = workplace.statistics("--data data.csv --counties --internal");
    assert!(listed(&internal).contains(&("Lea".to_owned(), 4)));
    assert!(workplace.statistics("--data data.csv")["counties"].is_null());
    let table = workplace.succeed("stats --data data.csv --counties --format csv");
    assert!(table.contains(",counties,35001,12"), "{table}");
    assert!(!table.contains("35025"), "{table}");
    // The files that were written are read again.
    workplace.write("table.csv", &table);
    workplace.succeed("stats --data table.csv --format csv");

    for language in ["en", "es"] {
        let sheet = workplace.build(&format!(
            "build --data data.csv --counties --wording {language}"
        ));
        let text = in_one_line(&poppler::text(&sheet));
        for wanted in ["Bernalillo 12", "Doña Ana 6", "Taos 5"] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(!text.contains("Lea "), "{text}");
        let sheet = sheet.to_str().unwrap();
        let verified = workplace.run_words(&["verify", sheet, "--data", "data.csv"]);
        assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
        assert!(verified.out.contains("Doña Ana"), "{}", verified.out);
        // The check finds one case less in a county.
        workplace.write(
            "less.csv",
            counties().replacen(",NM,Doña Ana", ",NM,Lea", 1),
        );
        let verified = workplace.run_words(&["verify", sheet, "--data", "less.csv"]);
        assert_eq!(verified.code, 1, "{}", verified.out);
        let audited = workplace.run_words(&["audit", sheet]);
        assert_eq!(audited.code, 0, "{}{}", audited.out, audited.err);
    }
    let page = workplace.build("build --data data.csv --counties --format html");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(
        page.contains("Cases by County, 2016") && page.contains("Taos"),
        "{page}"
    );
    assert!(!page.contains(">Lea<"));

    let explained = workplace.succeed("explain counties.Bernalillo --data data.csv");
    assert!(
        explained.contains("counties.35001 = 12  New Mexico"),
        "{explained}"
    );
    assert!(explained.contains("adds 1"), "{explained}");
}

#[test]
fn a_table_of_counties_of_an_area_names_their_states() {
    let workplace = Workplace::with_input();
    workplace.write("data.csv", counties());
    let sheet = workplace.build("build --data data.csv --counties --region VI");
    let text = in_one_line(&poppler::text(&sheet));
    for wanted in ["Bernalillo, NM 12", "Travis, TX 9"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    // A county that had cases last year but not this year isn't in this year's table.
    let last_year = counties()
        .replace("2016-", "2015-")
        .replace(",c", ",d")
        .replace("\ns", "\nt");
    let rows = last_year
        .split_once('\n')
        .unwrap()
        .1
        .replace("Taos", "Luna");
    let rows = rows
        .replace("last,", "last15,")
        .replace("first,", "first15,");
    workplace.write("data.csv", counties() + &rows);
    // No places, no table; the sheet is made anyway.
    workplace.write("nowhere.csv", two_states());
    let made = workplace.run("build --data nowhere.csv --state NM --counties");
    assert_eq!(made.code, 0, "{}", made.err);
    let compared =
        workplace.run("compare --data data.csv --state NM --counties --year 2015 --year 2016");
    let told = in_one_line(&compared.out);
    for wanted in ["counties 35001 12 12 0", "35055 – 5 –", "35029 5 – –"] {
        assert!(
            told.contains(wanted),
            "{wanted}: {}{}",
            compared.out,
            compared.err
        );
    }
}

#[test]
fn every_county_of_a_state_is_in_its_table_exactly_once() {
    let workplace = Workplace::with_input();
    let places = support::text_of("input/geo/places/TX.csv");
    let names = places.lines().filter_map(|row| row.strip_prefix("county,"));
    let names: Vec<&str> = names.map(|row| row.split(',').nth(1).unwrap()).collect();
    let mut rows = "signal_id,case_id,received,call_type,state,county\n".to_owned();
    for (index, name) in names.iter().enumerate() {
        for case in 0..5 {
            rows += &format!(
                "{index}-{case},{index}-{case},2016-{:02}-03,Tip Report,TX,{name}\n",
                case + 1
            );
        }
    }
    workplace.write("data.csv", rows + "last,,2016-12-31,Tip Report,OH,\n");
    for form in ["", "--large-print", "--paper legal", "--n-up 2"] {
        let sheet = workplace.build(&format!(
            "build --data data.csv --state TX --counties {form}"
        ));
        let sheet = sheet.to_str().unwrap();
        let verified = workplace.run_words(&["verify", sheet, "--data", "data.csv"]);
        assert_eq!(verified.code, 0, "{form}: {}{}", verified.out, verified.err);
        let told = in_one_line(&verified.out);
        for name in &names {
            let row = format!("ok {name} printed 5 recomputed 5");
            assert!(told.contains(&row), "{form}: {row}");
        }
    }
}

/// Cases in a state and year, some at a place, the others without one.
fn cases_of(state: &str, year: i32, city: &str, [placed, unplaced]: [usize; 2]) -> String {
    let mut rows = "signal_id,case_id,received,call_type,state,city\n".to_owned();
    for number in 0..placed + unplaced {
        let city = if number < placed { city } else { "" };
        rows += &format!("s{number},c{number},{year}-03-05,Tip Report,{state},{city}\n");
    }
    rows + &format!("last,,{year}-12-31,Tip Report,OH,\nfirst,,{year}-01-01,Tip Report,OH,\n")
}

#[test]
fn a_rate_reveals_as_much_about_small_numbers_as_its_cases() {
    let workplace = Workplace::with_input();
    let rate = |name: &str, options: &str| -> Value {
        workplace.statistics(&format!("--data {name} --rate {options}"))["rate"].clone()
    };
    workplace.write("exact.csv", cases_of("NM", 2016, "Gallup", [20, 10]));
    let exact = rate("exact.csv", "--state NM");
    assert_eq!(exact["residents"], 2_091_630);
    assert_eq!(exact["cases_per_100000"], "1.4");
    assert!(workplace.statistics("--data exact.csv --state NM")["rate"].is_null());
    // Few cases that aren't on the map make the number of cases, and the rate, a range.
    workplace.write("range.csv", cases_of("NM", 2016, "Gallup", [20, 3]));
    assert_eq!(
        rate("range.csv", "--state NM")["cases_per_100000"],
        "1.0-1.1"
    );
    for few in 1..5 {
        workplace.write("few.csv", cases_of("NM", 2016, "Gallup", [0, few]));
        assert_eq!(rate("few.csv", "--state NM")["cases_per_100000"], "<0.24");
    }
    // The islands have no yearly estimates.
    workplace.write("guam.csv", cases_of("GU", 2016, "", [0, 12]));
    assert_eq!(rate("guam.csv", "--state GU")["census"], 2010);
    assert_eq!(rate("guam.csv", "--state GU")["cases_per_100000"], "7.5");
    workplace.write("old.csv", cases_of("NM", 2009, "Gallup", [20, 10]));
    let old = workplace.run("build --data old.csv --state NM --rate --output old");
    assert!(
        old.code == 0
            && old
                .err
                .contains("no rate: populations are known for 2010 to 2024"),
        "{}",
        old.err
    );

    let table = workplace.succeed("stats --data exact.csv --state NM --rate --format csv");
    assert!(table.contains(",rate,cases_per_100000,1.4"), "{table}");
    workplace.write("table.csv", &table);
    workplace.succeed("stats --data table.csv --state NM --format csv");
    for (data, form, wanted) in [
        (
            "exact.csv",
            "",
            "1.4 cases in 2016 per 100,000 of 2,091,630 residents",
        ),
        (
            "exact.csv",
            "--layout one-page",
            "1.4 cases in 2016 per 100,000 of 2,091,630 residents",
        ),
        (
            "exact.csv",
            "--large-print",
            "1.4 cases in 2016 per 100,000 of 2,091,630 residents",
        ),
        ("range.csv", "", "1.0–1.1 cases in 2016 per 100,000"),
        (
            "range.csv",
            "--wording es",
            "1.0–1.1 casos en 2016 por 100,000",
        ),
        ("few.csv", "", "<0.24 cases in 2016 per 100,000"),
    ] {
        let sheet = workplace.build(&format!("build --data {data} --state NM --rate {form}"));
        let text = in_one_line(&poppler::text(&sheet));
        assert!(text.contains(wanted), "{form} {wanted}: {text}");
        let sheet = sheet.to_str().unwrap();
        let verified = workplace.run_words(&["verify", sheet, "--data", data]);
        assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
        let audited = workplace.run_words(&["audit", sheet]);
        assert_eq!(audited.code, 0, "{}{}", audited.out, audited.err);
    }
    let page = workplace.build("build --data exact.csv --state NM --rate --format html");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("per 100,000 residents"), "{page}");
}
