//! Areas that are more than a state, years that don't begin in January, and periods that follow from the data.

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
    // So that the data have all of the year.
    rows + "last,,2016-12-31,Tip Report,OH,\n"
}

fn cases(statistics: &Value) -> Value {
    statistics["cases"]["year"].clone()
}

#[test]
fn a_case_counts_once_in_an_area_however_many_of_its_states_it_touches() {
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
            [
                "HHS Region VI: Efforts to Combat Human Trafficking",
                "Department of Health and Human Services Region VI",
                "Oklahoma",
            ],
        ),
        (
            "--nation",
            "es",
            "US-Human-Trafficking-Profile-2016-es.pdf",
            [
                "Estados Unidos: Acciones contra la trata de personas",
                "sobre los Estados Unidos",
                "Nuevo México",
            ],
        ),
        (
            "--state TX,NM",
            "en",
            "NM-TX-Human-Trafficking-Profile-2016.pdf",
            [
                "New Mexico and Texas: Efforts to Combat",
                "regionally specific data on New Mexico and Texas",
                "505-438-3733",
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
        let links = poppler::links(&sheet);
        let is_of_state = |link: &(u32, String)| link.1.ends_with("/state/new-mexico");
        assert!(links.iter().any(is_of_state), "{links:?}");
        let verified =
            workplace.run_words(&["verify", sheet.to_str().unwrap(), "--data", "data.csv"]);
        assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
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
    // Where cases are stands in another table.
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
    // More than the data have is not claimed, and told.
    let ran = workplace.run("stats --data data.csv --state TX --from 2020-12 --format json");
    assert!(
        ran.err
            .contains("warning: TX: the data have nothing of 2020-12 to 2022-12"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("\"2023-01\""), "{}", ran.out);
    let outside = workplace.run("stats --data data.csv --state TX --year 2022 --from 2023-01");
    assert_eq!(outside.code, 2, "{}", outside.err);
}
