//! Statistics from tables: the same as counted ones, or an error that says why not.

use super::*;
use crate::geo::Gazetteer;
use crate::protect::Protection;
use crate::read::{Limits, RejectsWriter, SignalReader, StatisticsTable, is_statistics_table};
use crate::tally::CaseCounts;
use crate::tally::MapCases;
use crate::tally::{Scope, Tally};
use crate::{protect, report};

fn period() -> Period {
    Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    }
}

fn nm() -> Jurisdiction {
    Jurisdiction::from_code("NM").unwrap()
}

fn totals(text: &str) -> Result<Statistics, String> {
    let vocabulary = Vocabulary::embedded();
    let mut totals = Totals::new(&vocabulary);
    StatisticsTable::open("t.csv", text.as_bytes(), Limits::default())
        .and_then(|mut table| totals.read(&mut table))
        .and_then(|()| totals.statistics(&[nm().into()], &period().into(), Unit::Cases))
        .map(|mut all| all.remove(0))
        .map_err(|failure| failure.to_string())
}

/// The statistics of the bundled sample, and the table that is written for them.
fn of_sample() -> (Statistics, String) {
    let vocabulary = Vocabulary::embedded();
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let text = include_str!("../../../input/signals.csv");
    let mut reader = SignalReader::open("s.csv", text.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let statistics = tally.statistics(&[Scope::of(nm(), period())]).remove(0);
    let published = protect::publish(&statistics, Protection::INTERNAL);
    let table = report::csv(&[published]);
    (statistics, table)
}

#[test]
fn the_table_that_stats_writes_is_read_back_to_the_same_figures() {
    let (counted, table) = of_sample();
    assert!(is_statistics_table(table.as_bytes()), "{table}");
    let read = totals(&table).unwrap();
    // The year in which the period begins isn't a figure on a sheet.
    let cases = CaseCounts {
        first_year: 0,
        ..counted.cases
    };
    assert_eq!(read.cases, cases);
    assert_eq!(read.groups, counted.groups);
    assert_eq!(read.non_substantive, counted.non_substantive);
    assert!(read.data_through.is_some());
    assert_eq!(read.data_through, counted.data_through);
    assert_eq!(read.sex_venues[..], counted.sex_venues[..5]);
    assert_eq!(read.labor_venues[..], counted.labor_venues[..5]);
    assert_eq!(read.ledger.total, counted.ledger.total);
    // The number of cases with a place doesn't show where they are.
    assert_eq!(read.map, MapCases::default());
    // The result is protected as always.
    let published = protect::publish(&read, Protection::of(5).unwrap());
    let again = report::csv(&[published]);
    assert!(totals(&again).is_ok() || again.contains('<') || again.contains("hidden"));
}

#[test]
fn figures_missing_from_a_table_stay_unknown() {
    let (_, table) = of_sample();
    let silent = [
        "calls,non_substantive",
        "data,through",
        "located_year",
        "unlocated",
    ];
    let lines = table
        .lines()
        .filter(|line| !silent.iter().any(|it| line.contains(it)));
    let read = totals(&lines.collect::<Vec<_>>().join("\n")).unwrap();
    assert_eq!((read.non_substantive, read.data_through), (None, None));
    let published = protect::publish(&read, Protection::INTERNAL);
    let again = report::csv(&[published]);
    for figure in silent {
        assert!(!again.contains(figure), "{figure} in\n{again}");
    }
}

#[test]
fn small_counts_of_a_table_are_hidden() {
    let (_, table) = of_sample();
    let table = table.replace("gender,gender_minority,0", "gender,gender_minority,3");
    let published = protect::publish(&totals(&table).unwrap(), Protection::of(5).unwrap());
    let minority = &published.groups[1].categories[2];
    assert_eq!(minority.count.to_string(), "<5");
}

#[test]
fn missing_figures_are_named() {
    let (_, table) = of_sample();
    let less: String = table
        .lines()
        .filter(|line| !line.contains("gender,male") && !line.contains("calls,other"))
        .map(|line| format!("{line}\n"))
        .collect();
    let failure = totals(&less).unwrap_err();
    assert!(
        failure
            .starts_with("t.csv: 2 of the figures of NM are missing: gender.male, calls.other\n"),
        "{failure}"
    );
    // Venues, the ledger and sums may be left out.
    let least: String = table
        .lines()
        .filter(|line| {
            !["venues", "ledger", "map", "calls,total", "located"]
                .iter()
                .any(|word| line.contains(word))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let read = totals(&least).unwrap();
    assert_eq!(read.located_cases(), None);
    let published = protect::publish(&read, Protection::of(5).unwrap());
    assert_eq!(published.cases.located_year, None);
}

/// A table of places as an engine would write it for the counted cases.
fn places_of(statistics: &Statistics) -> String {
    let mut table = "state,year,place,cases\n".to_owned();
    for of_year in &statistics.map.years {
        for placed in of_year.cases.iter() {
            let places: Vec<String> = placed.places.iter().map(|it| it.name()).collect();
            let (year, cases) = (of_year.year, placed.cases);
            table += &format!("NM,{year},{},{cases}\n", places.join(";"));
        }
    }
    table
}

fn totals_with(tables: &[&str]) -> Result<Statistics, String> {
    let vocabulary = Vocabulary::embedded();
    let mut totals = Totals::new(&vocabulary);
    for table in tables {
        let table = StatisticsTable::open("t.csv", table.as_bytes(), Limits::default());
        let read = table.and_then(|mut table| totals.read(&mut table));
        read.map_err(|failure| failure.to_string())?;
    }
    let statistics = totals.statistics(&[nm().into()], &period().into(), Unit::Cases);
    let mut all = statistics.map_err(|failure| failure.to_string())?;
    Ok(all.remove(0))
}

#[test]
fn a_table_of_places_gives_the_same_map() {
    let (counted, table) = of_sample();
    let places = places_of(&counted);
    assert!(is_statistics_table(places.as_bytes()));
    assert!(!is_statistics_table(b"signal_id,state,year,place,cases\n"));
    for tables in [[table.as_str(), &places], [&places, &table]] {
        let read = totals_with(&tables).unwrap();
        assert_eq!(read.map.years, counted.map.years);
        let shaded = |statistics: &Statistics| {
            let mut published = protect::publish(statistics, Protection::of(5).unwrap());
            protect::add_shading(&mut published, statistics);
            published.map
        };
        assert!(!shaded(&read).shading.bands.is_empty());
        assert_eq!(shaded(&read), shaded(&counted));
    }
}

#[test]
fn mistakes_in_a_table_of_places_are_reported_with_their_position() {
    let (counted, table) = of_sample();
    let rows = |rows: &str| {
        let places = format!("state,year,place,cases\n{rows}");
        totals_with(&[&table, &places]).unwrap_err()
    };
    let most = counted.cases.year + 1;
    for (text, message) in [
        (
            "NM,2016,Springfeld,5\n",
            "t.csv:2:3: “Springfeld” isn't a place in New Mexico",
        ),
        (
            "NM,2016,87102;,5\n",
            "t.csv:2:3: “” isn't a place in New Mexico",
        ),
        ("NM,2016,87102,<5\n", "t.csv:2:4: “<5” is already hidden"),
        ("NM,MMXVI,87102,5\n", "t.csv:2:2: “MMXVI” isn't a year"),
        (
            "NM,2016,87102;Gallup,5\nNM,2016,gallup;87102,6\n",
            "t.csv:3:4: the cases at gallup;87102 in 2016 appear twice; the first time at t.csv:2:4",
        ),
        (
            &format!("NM,2016,87102,{most}\n"),
            "cases of NM are at places in 2016, but the year has",
        ),
        ("NM,2016,87102,1\n", "cases.located_year of NM is"),
    ] {
        let found = rows(text);
        assert!(found.contains(message), "{found}");
    }
}

#[test]
fn a_county_is_a_county_and_a_city_a_city() {
    let vocabulary = Vocabulary::embedded();
    let gazetteer = Gazetteer::shared(nm());
    for (name, point) in [
        ("87102", gazetteer.zip("87102")),
        ("35001", gazetteer.county("Bernalillo")),
        ("Bernalillo County", gazetteer.county("Bernalillo")),
        ("Bernalillo", gazetteer.city("Bernalillo")),
        ("Catron", gazetteer.county("Catron")),
    ] {
        let mut totals = Totals::new(&vocabulary);
        let text = format!("state,year,place,cases\nNM,2016,{name},5\n");
        let table = StatisticsTable::open("t.csv", text.as_bytes(), Limits::default());
        totals.read(&mut table.unwrap()).unwrap();
        let map = totals.map(nm().into(), &period());
        let placed = map.years[0].cases.iter().next().unwrap();
        assert_eq!(placed.places, point.as_slice(), "{name}");
    }
}

#[test]
fn years_come_from_the_rows_of_their_own_sheets() {
    let (_, table) = of_sample();
    let with_years = |numbers: [u64; 4]| {
        let mut whole = table.clone();
        for (year, cases) in (2013..).zip(numbers).take(3) {
            let lines = table.lines().skip(1).map(|line| {
                let line = line.replace(
                    ",2012-12,2016-12,2016,",
                    &format!(",2010-01,{year}-12,{year},"),
                );
                match line.contains("cases,year") {
                    true => format!("NM,2010-01,{year}-12,{year},cases,year,{cases},\n"),
                    false => format!("{line}\n"),
                }
            });
            whole.extend(lines);
        }
        whole
    };
    let read = totals(&with_years([30, 31, 32, 0])).unwrap();
    let years: Vec<_> = read
        .years
        .iter()
        .map(|year| (year.year, year.cases))
        .collect();
    assert_eq!(
        years,
        [(2013, 30), (2014, 31), (2015, 32), (2016, read.cases.year)]
    );
    assert_eq!(read.years[1].calls.total(), read.calls().total());
    assert!(totals(&table).unwrap().years.is_empty());
    // More cases in the years than in the period, and two numbers for one year.
    let failure = totals(&with_years([300, 31, 32, 0])).unwrap_err();
    assert!(failure.contains("the sum of its whole years"), "{failure}");
    let twice = format!(
        "{}NM,2000-01,2014-12,2014,cases,year,7,\n",
        with_years([30, 31, 32, 0])
    );
    let failure = totals(&twice).unwrap_err();
    assert!(
        failure.contains("cases.year of NM in 2014 is 7, but 31 in another row (t.csv:"),
        "{failure}"
    );
    // A trend that was published before isn't a source for another.
    let published = format!("{table}NM,2012-12,2016-12,2016,trend.cases,2013,30,\n");
    assert!(totals(&published).unwrap().years.is_empty());
}

#[test]
fn mistakes_are_reported_with_their_position() {
    let header = "state,period_from,period_to,year,figure,category,count\n";
    let row = |row: &str| totals(&format!("{header}NM,2012-12,2016-12,2016,{row}\n")).unwrap_err();
    for (text, message) in [
        (
            "gender,femal,3",
            "t.csv:2:6: unknown category “femal”\n  help: did you mean `female`?",
        ),
        (
            "genders,female,3",
            "t.csv:2:6: unknown figure “genders”\n  help: did you mean `gender`?",
        ),
        ("gender,female,<5", "t.csv:2:7: “<5” is already hidden"),
        ("gender,female,-3", "t.csv:2:7: “-3” isn't a count"),
        (
            "gender,female,\"1,000\"",
            "t.csv:2:7: “1,000” isn't a count",
        ),
        (
            "gender,female",
            "t.csv:2: the row has 6 fields, but the header has 7",
        ),
    ] {
        let found = row(text);
        assert!(found.starts_with(message), "{found}");
    }
    let (_, table) = of_sample();
    let twice = format!("{table}{}\n", table.lines().nth(1).unwrap());
    assert!(totals(&twice).unwrap_err().contains("appears twice"));
    let other_year = table.replace(",2016,", ",2015,");
    let failure = totals(&other_year).unwrap_err();
    assert!(
        failure.contains("the table has: 2012-12 to 2016-12 with the year 2015"),
        "{failure}"
    );
    let wrong_sum = table.replace("calls,total,1", "calls,total,2");
    assert!(
        totals(&wrong_sum)
            .unwrap_err()
            .contains("the sum of the types of calls is")
    );
}

#[test]
fn a_part_that_is_more_than_its_whole_and_a_misspelt_place_are_told() {
    let (counted, table) = of_sample();
    let failure = |figure: &str, from: u64, to: u64| {
        let row = |count: u64| format!("{figure},{count},");
        assert!(table.contains(&row(from)), "{figure} {from} in\n{table}");
        totals(&table.replace(&row(from), &row(to))).unwrap_err()
    };
    let period = counted.cases.period;
    for (figure, count) in [
        ("cases,year", counted.cases.year),
        ("gender,female", counted.groups[1].categories[0].count),
        ("venues.sex,truck_stop_based", counted.sex_venues[1].cases),
    ] {
        let failure = failure(figure, count, period + 1);
        let name = figure.replace(',', ".");
        let expected = format!(
            "{name} of NM is {}, but cases.period, which it is part of, is {period}",
            period + 1
        );
        assert!(failure.contains(&expected), "{failure}");
    }
    let places = "state,year,place,cases\nNM,2016,Santa Fee,5\n";
    let failure = totals_with(&[&table, places]).unwrap_err();
    assert!(
        failure.contains("“Santa Fee” isn't a place in New Mexico\n  help: did you mean Santa Fe?"),
        "{failure}"
    );
    let header = table.lines().next().unwrap();
    let failure = totals(&format!("{header}\n")).unwrap_err();
    assert!(
        failure.contains("the table has no rows of numbers"),
        "{failure}"
    );
}

#[test]
fn signals_of_which_no_type_is_known_are_a_number_by_themselves() {
    let (_, table) = of_sample();
    let rest: Vec<&str> = table
        .lines()
        .filter(|line| !line.contains(",calls,") && !line.contains(",contact_method,"))
        .collect();
    let without = rest.join("\n") + "\n";
    assert_eq!(totals(&without).unwrap().calls().total(), None);
    let with = format!("{without}NM,2012-12,2016-12,2016,calls,total,3,\n");
    let read = totals(&with).unwrap();
    assert_eq!(read.calls().total(), Some(3));
    assert!(read.calls().categories.is_empty());
    let published = protect::publish(&read, Protection::of(5).unwrap());
    assert_eq!(published.signals_total().unwrap().to_string(), "<5");
}
