//! The promise of docs/protection.md, taken word for word: for every small number and each value that it may
//! have there are other data in which it has that value, and everything that is published is the same. Here
//! *all* data are made that few cases can be, each is published as a whole, and those that read alike are held
//! beside each other: among them every small number must take every small value.

use std::collections::{BTreeMap, BTreeSet};

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::period::Period;
use hotline_profile::protect::{self, Protection};
use hotline_profile::read::{RejectsWriter, SignalReader};
use hotline_profile::report;
use hotline_profile::tally::{Scope, Statistics, Tally, Unit};
use hotline_profile::vocabulary::Vocabulary;

/// The smallest limit that protects, so that few cases already show what it does.
const LIMIT: u64 = 3;
/// Cases that a world must have to spare, so that those beside it are among all that were made.
const SPARE: usize = 3;

/// What a case, or a signal without one, can be: the columns of its row but the ids.
type Kind = &'static str;

const HEADER: &str = "signal_id,case_id,received,call_type,state,city,gender,sex_venue";

/// How many there are of each kind.
type World = Vec<usize>;

/// All worlds of at most so many rows.
fn worlds(kinds: usize, most: usize) -> Vec<World> {
    if kinds == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for here in 0..=most {
        for mut rest in worlds(kinds - 1, most - here) {
            rest.insert(0, here);
            all.push(rest);
        }
    }
    all
}

fn csv(kinds: &[Kind], world: &World, is_of_cases: bool) -> String {
    let mut text = format!("{HEADER}\n");
    let mut number = 0;
    for (kind, count) in kinds.iter().zip(world) {
        for _ in 0..*count {
            number += 1;
            let case = if is_of_cases {
                format!("C{number}")
            } else {
                String::new()
            };
            text += &format!("{number},{case},{kind}\n");
        }
    }
    text
}

fn statistics(vocabulary: &Vocabulary, csv: &str, from: &str, year: i32) -> Statistics {
    let period = Period {
        from: from.parse().unwrap(),
        to: format!("{year}-12").parse().unwrap(),
        year,
        starts: Default::default(),
    };
    let mut tally = Tally::new(vocabulary, Unit::Cases);
    let mut reader = SignalReader::open("data.csv", csv.as_bytes(), vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let state = Jurisdiction::from_code("WY").unwrap();
    tally.statistics(&[Scope::of(state, period)]).remove(0)
}

/// Everything that one sheet publishes in numbers.
fn published(statistics: &Statistics, trend: bool) -> String {
    let protection = Protection::of(LIMIT).unwrap();
    let mut published = protect::publish(statistics, protection);
    if trend {
        protect::add_trend(&mut published, statistics);
    }
    // Whether a list is empty because its venues are small is said in words.
    let unlisted = [&published.sex_venues, &published.labor_venues]
        .map(|ranking| ranking.listed.is_empty() && ranking.has_small);
    format!("{}{unlisted:?}", report::json(&published))
}

/// The numbers of a sheet that nothing printed is a part of, by name.
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

/// The cases of the year on its map, as the rule of the map has them here: all are in one city or nowhere.
fn on_map(statistics: &Statistics) -> u64 {
    let located = statistics.located_cases().unwrap_or(0);
    if located >= LIMIT { located } else { 0 }
}

/// What is checked of each world: what is published, and the leaves behind it.
struct Seen {
    size: usize,
    published: String,
    leaves: BTreeMap<String, u64>,
}

/// Every small leaf of every world takes every small value among the worlds that read alike.
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

/// Publishes every world: the sheet of 2016, that of 2015 beside it or not, with the trend or not.
fn see(kinds: &[Kind], most: usize, is_of_cases: bool, with_last_year: bool, trend: bool) {
    let from = if trend { "2014-01" } else { "2014-12" };
    see_periods(kinds, most, is_of_cases, with_last_year, trend, [from; 2]);
}

/// The same where the sheets of 2015 and 2016 begin in these months.
fn see_periods(
    kinds: &[Kind],
    most: usize,
    is_of_cases: bool,
    with_last_year: bool,
    trend: bool,
    from: [&str; 2],
) {
    let vocabulary = Vocabulary::embedded();
    let worlds = worlds(kinds.len(), most);
    let seen: Vec<Seen> = worlds
        .iter()
        .map(|world| {
            let csv = csv(kinds, world, is_of_cases);
            let this = statistics(&vocabulary, &csv, from[1], 2016);
            let mut leaves = leaves(&this);
            let mut text = published(&this, trend);
            let others = this.cases.period - this.cases.year;
            if with_last_year {
                let last = statistics(&vocabulary, &csv, from[0], 2015);
                text += &published(&last, trend);
                leaves.extend(self::leaves(&last));
                // Where the first months are dropped, it may follow that there are cases in them and others.
                if !trend && from[0] == from[1] {
                    let others = last.cases.period - last.cases.year;
                    leaves.insert("before 2015".to_owned(), others);
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

/// Cases of three years, in a city or nowhere, of women or not. Their signals have no call type: how many
/// signals a case has is open in all data, but not in these.
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
fn no_small_number_of_one_sheet_can_be_told() {
    see(&PLACES, 8, true, false, false);
    see(&YEARS, 9, true, false, false);
}

#[test]
fn no_small_number_of_this_year_s_and_last_year_s_sheet_can_be_told() {
    see(&PLACES, 8, true, true, false);
    see(&YEARS, 9, true, true, false);
}

#[test]
fn no_small_number_of_a_sheet_with_its_trend_can_be_told() {
    see(&YEARS, 8, true, false, true);
}

#[test]
fn no_small_number_of_calls_can_be_told() {
    see(&CALLS, 10, false, false, false);
}

/// Cases of the months that this year's sheet drops, of those that both have, and of the last year.
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
fn no_small_number_of_two_sheets_can_be_told_where_the_period_moves_on() {
    // As the usual periods of these years.
    see_periods(&MOVING, 8, true, true, false, ["2011-12", "2012-12"]);
}
