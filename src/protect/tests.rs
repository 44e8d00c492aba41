//! What is printed for numbers that appear together. tests/non_interference.rs proves that nothing can be worked out
//! from it; here are the cases that a person would think of.

use std::collections::BTreeMap;

use super::period::Cases;
use super::*;
use crate::geo::{Gazetteer, PublicPoint};
use crate::jurisdiction::Jurisdiction;
use crate::period::{Month, Period, Stretch};
use crate::tally::{
    CaseCounts, CasesByPlaces, GroupKind, Ledger, MapCases, PeriodPart, Unit, VenueCount,
    YearCounts, YearPlaces,
};
use crate::vocabulary::Section;

fn cheyenne() -> PublicPoint {
    let gazetteer = Gazetteer::shared(Jurisdiction::from_code("WY").unwrap());
    gazetteer.city("Cheyenne").unwrap()
}

/// A year: cases on the map and not, and how many of them are about women.
type Year = (u64, u64, u64);

/// The statistics of whole years up to 2016, with these signals by call type in the last one.
fn statistics(years: &[Year], calls: &[u64]) -> Statistics {
    let first = 2017 - years.len() as i32;
    let sum = |of: fn(&Year) -> u64| years.iter().map(of).sum::<u64>();
    let category = |(index, count): (usize, &u64)| CategoryCount {
        key: format!("type_{index}"),
        name: format!("Type {index}"),
        count: *count,
    };
    let kind = |key: &str, unit, over, has_total, section| GroupKind {
        key: key.to_owned(),
        heading: key.to_owned(),
        unit,
        over,
        has_total,
        section: Some(section),
        if_room: false,
    };
    let women = sum(|year| year.2);
    let signals = Group {
        kind: kind(
            "calls",
            GroupUnit::Signals,
            Over::Year,
            true,
            Section::Signals,
        ),
        categories: calls.iter().enumerate().map(category).collect(),
        uncategorized: None,
    };
    Statistics {
        area: Jurisdiction::from_code("WY").unwrap().into(),
        period: Period {
            from: format!("{first}-01").parse().unwrap(),
            to: "2016-12".parse().unwrap(),
            year: 2016,
            starts: Default::default(),
        },
        unit: Unit::Cases,
        data_through: None,
        is_synthetic: false,
        knows_cases: true,
        cases: CaseCounts {
            period: sum(|year| year.0 + year.1),
            year: years.last().map_or(0, |year| year.0 + year.1),
            first_year: years.first().map_or(0, |year| year.0 + year.1),
        },
        groups: vec![
            Group {
                kind: kind(
                    "gender",
                    GroupUnit::Cases,
                    Over::Period,
                    false,
                    Section::Demographics,
                ),
                categories: vec![CategoryCount {
                    key: "female".to_owned(),
                    name: "Female".to_owned(),
                    count: women,
                }],
                uncategorized: None,
            },
            signals.clone(),
        ],
        call_types: 1,
        non_substantive: Some(3),
        sex_venues: Vec::new(),
        labor_venues: Vec::new(),
        map: MapCases {
            years: (first..)
                .zip(years)
                .map(|(year, (on, ..))| YearPlaces {
                    year,
                    cases: CasesByPlaces::of([(vec![cheyenne()], *on)]),
                })
                .collect(),
            outside_cases: 0,
        },
        parts: (first..)
            .zip(years)
            .map(|(year, (on, off, women))| PeriodPart {
                months: Stretch {
                    from: Month { year, month: 1 },
                    to: Month { year, month: 12 },
                },
                cases: on + off,
                mentions: BTreeMap::from([("gender.female".to_owned(), *women)]),
            })
            .collect(),
        years: (first..)
            .zip(years)
            .map(|(year, (on, off, _))| YearCounts {
                year,
                cases: on + off,
                calls: signals.clone(),
            })
            .collect(),
        ledger: Ledger::default(),
    }
}

fn publish_5(statistics: &Statistics) -> Published {
    publish(statistics, Protection::of(5).unwrap())
}

fn calls(counts: &[u64]) -> Vec<String> {
    let published = publish_5(&statistics(&[(0, 0, 0)], counts));
    let types = published.calls().categories.iter();
    let types = types.map(|category| category.count.to_string());
    let total = published.calls_total().unwrap();
    types.chain([total.to_string()]).collect()
}

#[test]
fn a_total_is_the_sum_of_its_parts_as_printed() {
    assert_eq!(calls(&[4, 6, 20]), ["<5", "6", "20", "27-30"]);
    assert_eq!(calls(&[1, 1, 0]), ["<5", "<5", "0", "2-8"]);
    assert_eq!(calls(&[3, 0]), ["<5", "0", "<5"]);
    assert_eq!(calls(&[9, 0, 20]), ["9", "0", "20", "29"]);
    // It makes no difference which is the second smallest: a rule that hid it would reveal the smallest.
    assert_eq!(calls(&[4, 7, 6, 20]), ["<5", "7", "6", "20", "34-37"]);
}

#[test]
fn the_cases_of_a_year_are_a_range_if_few_are_not_on_the_map() {
    let cases = |years: &[Year]| {
        let published = publish_5(&statistics(years, &[]));
        let unlocated = published.map.unlocated_cases.unwrap();
        [
            published.cases.period,
            published.cases.year,
            published.cases.located_year.unwrap(),
            unlocated,
        ]
        .map(|count| count.to_string())
    };
    assert_eq!(cases(&[(0, 40, 0), (20, 7, 0)]), ["67", "27", "20", "7"]);
    assert_eq!(
        cases(&[(0, 40, 0), (20, 2, 0)]),
        ["61-64", "21-24", "20", "<5"]
    );
    // Too few at any place: none is on the map, and all are off it.
    assert_eq!(cases(&[(0, 40, 0), (3, 9, 0)]), ["52", "12", "0", "12"]);
    // An earlier year was small, or may have been.
    assert_eq!(cases(&[(0, 2, 0), (20, 7, 0)]), ["28-31", "27", "20", "7"]);
    assert_eq!(
        cases(&[(0, 2, 0), (0, 1, 0), (20, 7, 0)]),
        ["28-35", "27", "20", "7"]
    );
}

#[test]
fn a_number_near_one_that_is_a_range_is_a_range_too() {
    let women = |years: &[Year]| {
        let published = publish_5(&statistics(years, &[]));
        published.groups[0].categories[0].count.to_string()
    };
    // 61 to 64 cases in total: 60 women reveal nothing about them, 61 or 62 would.
    assert_eq!(women(&[(0, 40, 40), (20, 2, 20)]), "60");
    assert_eq!(women(&[(0, 40, 40), (20, 2, 21)]), "61-64");
    assert_eq!(women(&[(0, 40, 40), (20, 2, 22)]), "61-64");
    // Small last year, and few cases this year.
    assert_eq!(women(&[(0, 40, 3), (0, 4, 3)]), "5-8");
    assert_eq!(women(&[(0, 40, 3), (0, 4, 1)]), "<5");
    // Small last year, and more than this year's cases by at least two.
    assert_eq!(women(&[(0, 40, 3), (0, 9, 9)]), "10-13");
    assert_eq!(women(&[(0, 40, 3), (0, 9, 6)]), "9");
    // Not small, and increased by few: so that it doesn't reveal how many the year has.
    assert_eq!(women(&[(0, 40, 30), (0, 2, 1)]), "31-34");
    assert_eq!(women(&[(0, 40, 30), (0, 2, 0)]), "30");
}

#[test]
fn a_venue_is_listed_by_its_printed_number() {
    let venue = |place: usize, cases| VenueCount {
        key: format!("v{place}"),
        venue: format!("Venue {place}"),
        place,
        cases,
    };
    let list = |years: &[Year], counts: &[u64]| {
        let mut statistics = statistics(years, &[]);
        let venues: Vec<VenueCount> = counts
            .iter()
            .enumerate()
            .map(|(place, cases)| venue(place, *cases))
            .collect();
        for venue in &venues {
            let mentions = &mut statistics.parts[0].mentions;
            mentions.insert(format!("venues.sex.{}", venue.key), venue.cases);
        }
        statistics.sex_venues = venues;
        let cases = Cases::of(&statistics, 5);
        let ranking = venues::list(
            &cases,
            "venues.sex",
            &statistics.sex_venues,
            &Released::default(),
            5,
        );
        let words = |venues: &[PublishedVenue]| -> Vec<String> {
            let venues = venues.iter();
            venues
                .map(|venue| format!("{} {}", venue.key, venue.cases))
                .collect()
        };
        (
            words(&ranking.listed),
            words(&ranking.tied_at_cut),
            ranking.has_small,
        )
    };
    assert_eq!(
        list(&[(0, 90, 0)], &[9, 8, 7, 6, 5, 5, 5, 4]).0,
        ["v0 9", "v1 8", "v2 7", "v3 6", "v4 5"]
    );
    assert_eq!(
        list(&[(0, 90, 0)], &[9, 8, 7, 6, 5, 5, 5, 4]).1,
        ["v5 5", "v6 5"]
    );
    // All that may equal the number of cases have one range, and are in the vocabulary's order.
    assert_eq!(
        list(&[(20, 3, 0)], &[22, 23, 20, 21]).0,
        ["v0 21-24", "v1 21-24", "v3 21-24", "v2 20"]
    );
    assert_eq!(list(&[(0, 90, 0)], &[4, 1]), (Vec::new(), Vec::new(), true));
    assert_eq!(list(&[(0, 90, 0)], &[]), (Vec::new(), Vec::new(), false));
}

#[test]
fn numbers_for_the_operator_are_never_published() {
    let statistics = statistics(&[(0, 3, 1)], &[1]);
    assert_eq!(publish_5(&statistics).operator, None);
    let internal = publish(&statistics, Protection::INTERNAL);
    assert_eq!(internal.operator.unwrap().non_substantive, Some(3));
    assert_eq!(internal.cases.year, Count::Shown(3));
}

#[test]
fn a_limit_that_hides_nothing_is_rejected() {
    for limit in [1, 2] {
        let failure = Protection::of(limit).unwrap_err().to_string();
        assert!(failure.contains("hides nothing"), "{failure}");
    }
    assert_eq!(Protection::of(0).unwrap().min_cell(), 0);
}
