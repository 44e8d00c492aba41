//! The promise of docs/protection.md, taken word for word: for every small number and each value that it may have,
//! there are other data in which it has that value, and everything that is published is the same. This generates
//! *all* possible data with few cases, publishes each completely, and compares those with the same published numbers:
//! among them, every small number must take every small value.

mod attacked;
mod audited;
mod counts;
mod files;
mod random;
mod released;
#[path = "../support/mod.rs"]
mod support;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use hotline_profile::geo::{Gazetteer, PublicPoint};
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::protect::{self, Protection};
use hotline_profile::report;
use hotline_profile::tally::Statistics;
use worlds::{Kind, LIMIT, SPARE, csv, statistics, vocabulary, worlds};

/// Everything that one sheet publishes in numbers.
fn published(statistics: &Statistics, trend: bool) -> String {
    let protection = Protection::of(LIMIT).unwrap();
    let mut published = protect::publish(statistics, protection);
    if trend {
        protect::add_trend(&mut published, statistics);
    }
    // In addition to everything that a sheet may have.
    published.counties = protect::counties(statistics, protection);
    let (cases, year) = (published.cases.year, published.period.year);
    published.rate = protect::PublishedRate::of(cases, published.area, year);
    // Whether a list is empty because its venues are small is stated in words.
    let unlisted = [&published.sex_venues, &published.labor_venues]
        .map(|ranking| ranking.listed.is_empty() && ranking.has_small);
    format!("{}{unlisted:?}", report::json(&published))
}

/// The numbers on a sheet that have no other printed number as a part, by name.
fn leaves(statistics: &Statistics) -> BTreeMap<String, u64> {
    let year = statistics.period.year;
    let mut leaves = BTreeMap::new();
    for group in &statistics.groups {
        for category in &group.categories {
            let name = format!("{year} {}.{}", group.kind.key, category.key);
            leaves.insert(name, category.count);
        }
    }
    for venue in &statistics.sex_venues {
        leaves.insert(format!("{year} venue {}", venue.key), venue.cases);
    }
    let on = on_map(statistics);
    leaves.insert(format!("{year} on the map"), on);
    leaves.insert(format!("{year} not on the map"), statistics.cases.year - on);
    leaves
}

/// Cases of the period before its year.
fn before(statistics: &Statistics) -> u64 {
    let parts = statistics.parts.iter();
    let before = parts.filter(|part| part.months.from.year < statistics.period.year);
    before.map(|part| part.cases).sum()
}

/// The cases of the year on its map, under the map's rule in this setting: all are in one city or have no place.
fn on_map(statistics: &Statistics) -> u64 {
    let located = statistics.located_cases().unwrap_or(0);
    if located >= LIMIT { located } else { 0 }
}

/// What is checked for each world: what is published, and the leaves behind it.
struct Seen {
    size: usize,
    published: String,
    leaves: BTreeMap<String, u64>,
}

/// Every small leaf of every world takes every small value among the worlds that read the same.
fn check(seen: &[Seen], most: usize) {
    let mut alike: BTreeMap<&str, BTreeMap<&str, BTreeSet<u64>>> = BTreeMap::new();
    for world in seen {
        let values = alike.entry(&world.published).or_default();
        for (name, value) in &world.leaves {
            values.entry(name).or_default().insert(*value);
        }
    }
    let mut checked = 0;
    for world in seen.iter().filter(|world| world.size + SPARE <= most) {
        for (name, value) in &world.leaves {
            if !(1..LIMIT).contains(value) {
                continue;
            }
            checked += 1;
            let values = &alike[world.published.as_str()][name.as_str()];
            for other in 1..LIMIT {
                assert!(
                    values.contains(&other),
                    "{name} is {value} and can't be {other} (only {values:?}) where this is published:\n{}",
                    world.published
                );
            }
        }
    }
    assert!(checked > 100, "only {checked} small numbers were there");
}

/// Publishes every world: the sheet for 2016, with or without the one for 2015, and with or without the trend.
fn see(kinds: &[Kind], most: usize, is_of_cases: bool, with_last_year: bool, trend: bool) {
    let from = if trend { "2014-01" } else { "2014-12" };
    let periods = [[from, "2015-12"], [from, "2016-12"]];
    see_periods(kinds, most, is_of_cases, with_last_year, trend, periods);
}

/// The same if the sheets for 2015 and 2016 begin and end in these months.
fn see_periods(
    kinds: &[Kind],
    most: usize,
    is_of_cases: bool,
    with_last_year: bool,
    trend: bool,
    periods: [[&'static str; 2]; 2],
) {
    let vocabulary = vocabulary();
    let sheets = [(periods[1], 2016), (periods[0], 2015)];
    let sheets = &sheets[..1 + usize::from(with_last_year)];
    let worlds = worlds(kinds.len(), most);
    let seen: Vec<Seen> = worlds
        .iter()
        .map(|world| {
            let csv = csv(kinds, world, is_of_cases);
            let all = statistics(&vocabulary, &csv, sheets);
            let this = &all[0];
            let mut leaves = leaves(this);
            let mut text = published(this, trend);
            let others = before(this);
            if let Some(last) = all.get(1) {
                text += &published(last, trend);
                leaves.extend(self::leaves(last));
                // If the first months are dropped, a reader may conclude that there are cases in them and others.
                if !trend && periods[0][0] == periods[1][0] {
                    leaves.insert("before 2015".to_owned(), before(last));
                }
            } else if trend && text.contains("\"trend\"") {
                for year in &this.years {
                    leaves.insert(format!("cases of {}", year.year), year.cases);
                }
            } else {
                leaves.insert("before 2016".to_owned(), others);
            }
            Seen {
                size: world.iter().sum(),
                published: text,
                leaves,
            }
        })
        .collect();
    check(&seen, most);
}

/// Cases from three years, in a city or without a place, about women or not. Their signals have no call type: how
/// many signals a case has is open in all data, but not in these.
const PLACES: [Kind; 8] = [
    "2015-03-01,,WY,Cheyenne,,",
    "2016-03-01,,WY,Cheyenne,,",
    "2015-03-01,,WY,Cheyenne,Female,",
    "2015-03-01,,WY,,Female,",
    "2015-03-01,,WY,,,",
    "2016-03-01,,WY,Cheyenne,Female,",
    "2016-03-01,,WY,,Female,",
    "2016-03-01,,WY,,,",
];

const YEARS: [Kind; 6] = [
    "2014-12-01,,WY,,Female,Street-Based",
    "2014-12-01,,WY,,,",
    "2015-03-01,,WY,,Female,Street-Based",
    "2015-03-01,,WY,,,",
    "2016-03-01,,WY,,Female,Street-Based",
    "2016-03-01,,WY,,,",
];

const CALLS: [Kind; 4] = [
    "2016-03-01,Tip Report,WY,,,",
    "2016-03-01,Referral,WY,,,",
    "2016-03-01,Crisis Assistance,WY,,,",
    "2016-03-01,,WY,,,",
];

#[test]
fn one_sheet_reveals_no_small_number() {
    see(&PLACES, 8, true, false, false);
    see(&YEARS, 9, true, false, false);
}

#[test]
fn this_years_and_last_years_sheets_reveal_no_small_number() {
    see(&PLACES, 8, true, true, false);
    see(&YEARS, 9, true, true, false);
}

#[test]
fn a_sheet_with_its_trend_reveals_no_small_number() {
    see(&YEARS, 8, true, false, true);
}

/// Signals by type and by contact method: each has a total, and a signal may be in both, in one or in none.
const METHODS: [Kind; 7] = [
    "2016-03-01,Tip Report,WY,,,,,Phone Call",
    "2016-03-01,Tip Report,WY,,,,,Text",
    "2016-03-01,Tip Report,WY,,,,,",
    "2016-03-01,Referral,WY,,,,,Phone Call",
    "2016-03-01,Referral,WY,,,,,",
    "2016-03-01,,WY,,,,,Text",
    "2016-03-01,,WY,,,,,Phone Call",
];

/// Cases from two years in one county, another, both, a city in the first, or without a place.
const COUNTIES: [Kind; 7] = [
    "2015-03-01,,WY,Cheyenne,,",
    "2015-03-01,,WY,,,",
    "2016-03-01,,WY,Cheyenne,,",
    "2016-03-01,,WY,Pine Bluffs,,",
    "2016-03-01,,WY,Casper,,",
    "2016-03-01,,WY;WY,Cheyenne;Casper,,",
    "2016-03-01,,WY,,,",
];

/// The numbers in [`COUNTIES`] that have no other printed number as a part: for each county, the cases at places with
/// too few to show.
fn unshown(statistics: &Statistics) -> BTreeMap<String, u64> {
    let shown = protect::counties(statistics, Protection::of(LIMIT).unwrap()).unwrap_or_default();
    let gazetteer = Gazetteer::shared(Jurisdiction::from_code("WY").unwrap());
    let counties = ["Laramie", "Natrona"].map(|name| gazetteer.county(name).unwrap());
    let of_county = |county: &PublicPoint| {
        let all = statistics.cases_in(*county).unwrap_or(0);
        let listed = shown.iter().find(|it| it.county == *county);
        assert!(
            listed.is_none_or(|it| (LIMIT..=all).contains(&it.cases)),
            "{shown:?}"
        );
        all - listed.map_or(0, |it| it.cases)
    };
    let counties = counties.iter();
    counties
        .map(|county| {
            let name = format!("{} {}", statistics.period.year, county.name());
            (name, of_county(county))
        })
        .collect()
}

#[test]
fn a_table_of_counties_reveals_no_small_number() {
    let vocabulary = vocabulary();
    for with_last_year in [false, true] {
        let most = 8 - usize::from(with_last_year);
        let sheets = [
            (["2014-12", "2016-12"], 2016),
            (["2014-12", "2015-12"], 2015),
        ];
        let sheets = &sheets[..1 + usize::from(with_last_year)];
        let worlds = worlds(COUNTIES.len(), most);
        let seen: Vec<Seen> = worlds
            .iter()
            .map(|world| {
                let csv = csv(&COUNTIES, world, true);
                let mut leaves = BTreeMap::new();
                let mut text = String::new();
                for statistics in statistics(&vocabulary, &csv, sheets) {
                    leaves.extend(unshown(&statistics));
                    text += &published(&statistics, false);
                }
                Seen {
                    size: world.iter().sum(),
                    published: text,
                    leaves,
                }
            })
            .collect();
        check(&seen, most);
    }
}

#[test]
fn calls_reveal_no_small_number() {
    see(&CALLS, 10, false, false, false);
    see(&METHODS, 8, false, false, false);
}

/// Signals by who called, which an agency counts over the period, with a total.
const SIGNALERS: [Kind; 6] = [
    "2015-03-01,,WY,,,,,,Victim",
    "2015-03-01,,WY,,,,,,Provider",
    "2016-03-01,,WY,,,,,,Victim",
    "2016-03-01,,WY,,,,,,Provider",
    "2016-03-01,Referral,WY,,,,,,",
    "2016-03-01,Tip Report,WY,,,,,,",
];

#[test]
fn signals_over_the_period_reveal_no_small_number() {
    see(&SIGNALERS, 9, false, true, false);
}

/// Cases of a year before and after the end of a period within it.
const PART_OF_YEAR: [Kind; 7] = [
    "2015-03-01,,WY,,,",
    "2016-03-01,,WY,Cheyenne,,",
    "2016-03-01,,WY,,,",
    "2016-03-01,,WY,Cheyenne,Female,",
    "2016-03-01,,WY,,Female,",
    "2016-09-01,,WY,Cheyenne,,",
    "2016-09-01,,WY,,Female,",
];

/// Cases by type of trafficking, of which a case may have two.
const TYPES: [Kind; 8] = [
    "2015-03-01,,WY,,,,Sex",
    "2015-03-01,,WY,,,,Labor",
    "2015-03-01,,WY,,,,Sex;Labor",
    "2015-03-01,,WY,,,,",
    "2016-03-01,,WY,,,,Sex",
    "2016-03-01,,WY,,,,Labor",
    "2016-03-01,,WY,,,,Sex;Labor",
    "2016-03-01,,WY,,,,",
];

#[test]
fn types_of_trafficking_reveal_no_small_number() {
    see(&TYPES, 8, true, true, false);
}

/// Cases in the months that this year's sheet drops, in those that both have, and in the last year.
const MOVING: [Kind; 11] = [
    "2011-12-01,,WY,,Female,Street-Based",
    "2012-03-01,,WY,,Female,Street-Based",
    "2012-03-01,,WY,,,",
    "2012-12-01,,WY,,Female,Street-Based",
    "2013-03-01,,WY,,,",
    "2014-03-01,,WY,,Female,Street-Based",
    "2014-03-01,,WY,,,",
    "2015-03-01,,WY,,Female,Street-Based",
    "2015-03-01,,WY,,,",
    "2016-03-01,,WY,,Female,Street-Based",
    "2016-03-01,,WY,,,",
];

#[test]
fn sheets_with_moving_periods_reveal_no_small_number() {
    // Like the usual periods of these years.
    let periods = [["2011-12", "2015-12"], ["2012-12", "2016-12"]];
    see_periods(&MOVING, 7, true, true, false, periods);
}

/// A year with only some months in the period, as when the data end in it or somebody requests it: the sheet prints
/// its map anyway.
#[test]
fn sheets_with_incomplete_years_reveal_no_small_number() {
    let to_june = ["2014-12", "2016-06"];
    see_periods(&PLACES, 8, true, false, false, [to_june; 2]);
    see_periods(&PART_OF_YEAR, 8, true, false, false, [to_june; 2]);
}
