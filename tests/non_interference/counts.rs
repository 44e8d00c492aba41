//! The promise for counts instead of rows, so that far more data can be generated: *all* counts of cases that some
//! stretches of time can have, and for each of these *all* counts of a category.
//!
//! What cases mention is independent of what else they mention. So data are counts of cases, by time and by whether
//! they are on the map, and counts for every category or venue that are at most these. Counts of cases determine what
//! is published about cases; together with them, a category's counts determine what is published about it. What a
//! reader of any number of categories can conclude then follows from one category at a time, provided that counts of
//! cases with the same readings also leave room for the same numbers of categories. This is what is checked here for
//! the counts of cases.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hotline_profile::geo::{Gazetteer, PublicPoint};
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::period::{Month, Period, Stretch};
use hotline_profile::protect::{self, Count, Protection, Published};
use hotline_profile::tally::{
    CaseCounts, CasesByPlaces, CategoryCount, Group, GroupKind, GroupUnit, Ledger, MapCases,
    PeriodPart, Statistics, Unit, YearCounts, YearPlaces,
};
use hotline_profile::vocabulary::{Over, Section};

/// Cases with the same time, on the map or not.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// One month of their stretch, as in `2016-03`.
    pub month: &'static str,
    pub is_on_map: bool,
    /// The maximum number of them.
    pub most: u64,
}

/// Cells off the map.
pub fn cells(months: &[&'static str], most: u64) -> Vec<Cell> {
    let cell = |month: &&'static str| Cell {
        month,
        is_on_map: false,
        most,
    };
    months.iter().map(cell).collect()
}

/// The data to generate.
#[derive(Clone, Debug)]
pub struct Scene {
    pub limit: u64,
    pub cells: Vec<Cell>,
    /// Only cells up to this much below their maximum are checked: for others, data with the same readings may not be
    /// generated.
    pub spare: u64,
    /// First and last month, and year, of each sheet; the earliest first.
    pub sheets: Vec<([&'static str; 2], i32)>,
    pub has_trend: bool,
    /// Whether a reader has the numbers for all categories together, or for only one.
    pub is_of_all: bool,
    /// Whether it is known when in the period the cases were: not with a statistics table that doesn't say so.
    pub knows_parts: bool,
}

/// Counts, one for each cell or each month.
type Counts = Vec<u64>;

/// All counts up to these.
fn all_up_to(most: &[u64]) -> Vec<Counts> {
    let mut all = vec![Vec::new()];
    for most in most {
        let longer = |counts: &Counts| {
            let counts = counts.clone();
            (0..=*most).map(move |last| [counts.as_slice(), &[last]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// The least and the most that a printed number can be.
type Ends = [u8; 2];

fn ends(count: Count) -> Ends {
    let (least, most) = match count {
        Count::Shown(number) => (number, number),
        Count::Below(limit) => (1, limit - 1),
        Count::Range { from, to } => (from, to),
    };
    [least, most].map(|end| u8::try_from(end).unwrap())
}

/// How a category reads on every sheet; for a group over the period or the year, by its position in [`OVER`].
type Reading = (usize, Vec<Ends>);

const OVER: [Over; 2] = [Over::Period, Over::Year];

/// What counts of cases publish, and what they leave to categories.
struct Seen {
    counts: Counts,
    /// What is published about cases.
    published: String,
    /// Whether a reader may conclude that there are cases in the first months and others (docs/protection.md).
    is_known_to_tell: bool,
    /// The numbers of cases that have no other printed number as a part, by name.
    leaves: Vec<(String, u64)>,
    /// The readings that a category can have, by their number in [`Readings`].
    readings: usize,
    /// Readings with a small number that doesn't take all small values: by sheet, the values that it takes.
    open: Vec<(Reading, usize, BTreeSet<u64>)>,
}

/// Sets of readings, each once.
#[derive(Default)]
struct Readings {
    numbers: HashMap<BTreeSet<Reading>, usize>,
    all: Vec<BTreeSet<Reading>>,
}

impl Readings {
    fn number_of(&mut self, set: BTreeSet<Reading>) -> usize {
        let next = self.all.len();
        let number = *self.numbers.entry(set.clone()).or_insert(next);
        if number == next {
            self.all.push(set);
        }
        number
    }
}

fn add_readings(read: &mut [Vec<Reading>; 2], sheet: &Published) {
    for (read, group) in read.iter_mut().zip(&sheet.groups) {
        for ((_, ends_of), category) in read.iter_mut().zip(&group.categories) {
            ends_of.push(ends(category.count));
        }
    }
}

struct Maker<'s> {
    scene: &'s Scene,
    periods: Vec<Period>,
    /// The month of every cell, and every month once.
    months: Vec<Month>,
    times: Vec<Month>,
    place: PublicPoint,
}

impl<'s> Maker<'s> {
    fn of(scene: &'s Scene) -> Self {
        let months: Vec<Month> = scene
            .cells
            .iter()
            .map(|cell| cell.month.parse().unwrap())
            .collect();
        let mut times = months.clone();
        times.sort_unstable();
        times.dedup();
        let sheets = scene.sheets.iter();
        let gazetteer = Gazetteer::shared(Jurisdiction::from_code("WY").unwrap());
        Maker {
            scene,
            periods: sheets
                .map(|([from, to], year)| {
                    Period::of_calendar(from.parse().unwrap(), to.parse().unwrap(), *year)
                })
                .collect(),
            months,
            times,
            place: gazetteer.city("Cheyenne").unwrap(),
        }
    }

    fn sum(&self, counts: &[u64], is_in: impl Fn(Month, bool) -> bool) -> u64 {
        let cells = self.months.iter().zip(&self.scene.cells).zip(counts);
        let cells = cells.filter(|((month, cell), _)| is_in(**month, cell.is_on_map));
        cells.map(|(_, count)| count).sum()
    }

    fn by_time(&self, counts: &[u64]) -> Counts {
        let times = self.times.iter();
        times
            .map(|time| self.sum(counts, |month, _| month == *time))
            .collect()
    }

    /// A category's number in some months.
    fn number(&self, category: &[u64], is_in: impl Fn(Month) -> bool) -> u64 {
        let times = self.times.iter().zip(category);
        times
            .filter(|(time, _)| is_in(**time))
            .map(|(_, n)| n)
            .sum()
    }

    /// The statistics of a sheet with this many cases, and these categories among them.
    fn statistics(&self, sheet: usize, counts: &[u64], categories: &[Counts]) -> Statistics {
        let period = self.periods[sheet];
        let of_year = |year: i32| self.sum(counts, |month, _| month.year == year);
        let is_within = |months: &Stretch, month: Month| months.from <= month && month <= months.to;
        let whole = Stretch {
            from: period.from,
            to: period.to,
        };
        let name = |index: usize| format!("gender.{index:05}");
        let group = |over, count: &dyn Fn(&Counts) -> u64| Group {
            kind: GroupKind {
                key: "gender".to_owned(),
                heading: "Gender".to_owned(),
                unit: GroupUnit::Cases,
                over,
                has_total: false,
                section: Some(Section::Demographics),
                if_room: false,
            },
            categories: categories
                .iter()
                .enumerate()
                .map(|(index, category)| CategoryCount {
                    key: name(index)["gender.".len()..].to_owned(),
                    name: String::new(),
                    count: count(category),
                })
                .collect(),
            uncategorized: None,
        };
        let part = |months: Stretch| PeriodPart {
            months,
            cases: self.sum(counts, |month, _| is_within(&months, month)),
            mentions: categories
                .iter()
                .enumerate()
                .map(|(index, it)| {
                    (
                        name(index),
                        self.number(it, |month| is_within(&months, month)),
                    )
                })
                .collect(),
        };
        let mut years_of_maps: Vec<i32> = match self.scene.knows_parts {
            true => period.years_of_maps().collect(),
            false => vec![period.year],
        };
        years_of_maps.sort_unstable();
        years_of_maps.dedup();
        let knows_parts = self.scene.knows_parts;
        let only_if = |knows: bool| usize::from(knows);
        Statistics {
            area: Jurisdiction::from_code("WY").unwrap().into(),
            period,
            unit: Unit::Cases,
            data_through: None,
            is_synthetic: false,
            knows_cases: true,
            cases: CaseCounts {
                period: self.sum(counts, |month, _| is_within(&whole, month)),
                year: of_year(period.year),
                first_year: of_year(*period.years().start()) * only_if(knows_parts) as u64,
            },
            groups: vec![
                group(Over::Period, &|it| {
                    self.number(it, |month| is_within(&whole, month))
                }),
                group(Over::Year, &|it| {
                    self.number(it, |month| month.year == period.year)
                }),
            ],
            call_types: 0,
            non_substantive: None,
            sex_venues: Vec::new(),
            labor_venues: Vec::new(),
            map: MapCases {
                years: years_of_maps
                    .into_iter()
                    .map(|year| {
                        let on = self.sum(counts, |month, is_on| is_on && month.year == year);
                        YearPlaces {
                            year,
                            cases: CasesByPlaces::of([(vec![self.place], on)]),
                        }
                    })
                    .collect(),
                outside_cases: 0,
            },
            parts: match knows_parts {
                true => period.stretches().into_iter().map(part).collect(),
                false => Vec::new(),
            },
            years: period
                .whole_years()
                .filter(|_| knows_parts)
                .map(|year| YearCounts {
                    year,
                    cases: of_year(year),
                    calls: group(Over::Year, &|_| 0),
                })
                .collect(),
            ledger: Ledger::default(),
        }
    }

    fn leaves(&self, counts: &[u64], trend: &BTreeSet<i32>) -> Vec<(String, u64)> {
        let mut leaves = Vec::new();
        for period in &self.periods {
            let year = period.year;
            let off = self.sum(counts, |month, is_on| !is_on && month.year == year);
            leaves.push((format!("not on the map of {year}"), off));
        }
        let has_sheet = |year: &i32| self.periods.iter().any(|period| period.year == *year);
        for year in trend.iter().filter(|year| !has_sheet(year)) {
            let cases = self.sum(counts, |month, _| month.year == *year);
            leaves.push((format!("cases of {year}"), cases));
        }
        // If the first months are dropped, a reader may conclude that there are cases in them and others.
        let first = self.periods[0];
        if self.periods.iter().all(|period| period.from == first.from) {
            let before = self.sum(counts, |month, _| {
                first.from <= month && month.year < first.year && !trend.contains(&month.year)
            });
            leaves.push((format!("before {}", first.year), before));
        }
        leaves
    }

    /// Whether there are few cases in the months that a later sheet no longer covers, in the years that these are in,
    /// or in all of a period: a reader may conclude that the earlier ones were two or more.
    fn have_few_dropped(&self, counts: &[u64], least_of_periods: u64) -> bool {
        let is_small = |number: u64| (1..self.scene.limit).contains(&number);
        let mut moves = self
            .periods
            .windows(2)
            .filter(|pair| pair[0].from != pair[1].from);
        moves.any(|pair| {
            let (from, next) = (pair[0].from, pair[1].from);
            let dropped = self.sum(counts, |month, _| from <= month && month < next);
            let mut years = from.year..=next.plus(-1).year;
            is_small(least_of_periods)
                || is_small(dropped)
                || years.any(|year| is_small(self.sum(counts, |month, _| month.year == year)))
        })
    }

    fn see(&self, counts: Counts, readings: &mut Readings) -> Seen {
        let categories = all_up_to(&self.by_time(&counts));
        let mut published = String::new();
        let mut least = u64::MAX;
        let mut read = self.unread(&categories);
        let mut trend = BTreeSet::new();
        for sheet in 0..self.periods.len() {
            let statistics = self.statistics(sheet, &counts, &categories);
            let mut of_sheet = protect::publish(&statistics, self.protection());
            if self.scene.has_trend {
                protect::add_trend(&mut of_sheet, &statistics);
            }
            add_readings(&mut read, &of_sheet);
            least = least.min(of_sheet.cases.period.least());
            let (cases, map) = (&of_sheet.cases, &of_sheet.map);
            published += &format!("{cases:?}, {map:?}, {:?}\n", of_sheet.trend);
            trend.extend(of_sheet.trend.iter().flatten().map(|it| it.year));
        }
        Seen {
            published,
            is_known_to_tell: self.have_few_dropped(&counts, least),
            leaves: self.leaves(&counts, &trend),
            open: self.open(&categories, &read),
            readings: readings.number_of(read.into_iter().flatten().collect()),
            counts,
        }
    }

    /// What is known about categories of both groups before any sheet is read.
    fn unread(&self, categories: &[Counts]) -> [Vec<Reading>; 2] {
        [0, 1].map(|over| vec![(over, Vec::new()); categories.len()])
    }

    /// A category's number on a sheet.
    fn number_on(&self, sheet: usize, over: usize, category: &[u64]) -> u64 {
        let Period { from, to, year, .. } = self.periods[sheet];
        self.number(category, |month| match OVER[over] {
            Over::Period => from <= month && month <= to,
            Over::Year => month.year == year,
        })
    }

    fn is_small(&self, [least, most]: Ends) -> bool {
        least >= 1 && u64::from(most) < self.scene.limit
    }

    fn open(
        &self,
        categories: &[Counts],
        read: &[Vec<Reading>; 2],
    ) -> Vec<(Reading, usize, BTreeSet<u64>)> {
        let mut values: HashMap<(&Reading, usize), BTreeSet<u64>> = HashMap::new();
        for read in read {
            for (category, reading) in categories.iter().zip(read) {
                let (over, ends) = reading;
                for (sheet, ends) in ends.iter().enumerate() {
                    if self.is_small(*ends) {
                        let number = self.number_on(sheet, *over, category);
                        values.entry((reading, sheet)).or_default().insert(number);
                    }
                }
            }
        }
        let open = values
            .into_iter()
            .filter(|(_, values)| !self.are_all(values));
        open.map(|((reading, sheet), values)| (reading.clone(), sheet, values))
            .collect()
    }

    fn are_all(&self, values: &BTreeSet<u64>) -> bool {
        (1..self.scene.limit).all(|value| values.contains(&value))
    }

    /// The values that a category with a reading takes on a sheet, if the cases have these counts.
    fn values(&self, counts: &[u64], reading: &Reading, sheet: usize) -> BTreeSet<u64> {
        let categories = all_up_to(&self.by_time(counts));
        let mut read = self.unread(&categories);
        for sheet in 0..self.periods.len() {
            let statistics = self.statistics(sheet, counts, &categories);
            add_readings(&mut read, &protect::publish(&statistics, self.protection()));
        }
        let all = read.iter().flat_map(|read| categories.iter().zip(read));
        all.filter(|(_, read)| *read == reading)
            .map(|(category, (over, _))| self.number_on(sheet, *over, category))
            .collect()
    }

    fn protection(&self) -> Protection {
        Protection::of(self.scene.limit).unwrap()
    }

    fn is_inner(&self, counts: &[u64]) -> bool {
        let mut cells = self.scene.cells.iter().zip(counts);
        cells.all(|(cell, count)| count + self.scene.spare <= cell.most)
    }
}

/// What a reader can conclude about small numbers in a scene, each in a sentence; and how many small numbers there
/// were.
pub fn told(scene: &Scene) -> (Vec<String>, usize) {
    let maker = Maker::of(scene);
    let most: Counts = scene.cells.iter().map(|cell| cell.most).collect();
    let is_shown = |(cell, count): (&Cell, &u64)| {
        // Fewer are not on the map.
        !cell.is_on_map || *count == 0 || *count >= scene.limit
    };
    let worlds = all_up_to(&most).into_iter();
    let worlds = worlds.filter(|counts| scene.cells.iter().zip(counts).all(is_shown));
    let mut readings = Readings::default();
    let seen: Vec<Seen> = worlds
        .map(|counts| maker.see(counts, &mut readings))
        .collect();
    let mut classes: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
    for world in &seen {
        classes.entry(&world.published).or_default().push(world);
    }
    let mut told = Vec::new();
    let mut checked = 0;
    for class in classes.values() {
        let has_room = |other: &Seen, world: &Seen| {
            let of = |world: &Seen| &readings.all[world.readings];
            other.readings == world.readings || of(other).is_superset(of(world))
        };
        for world in class
            .iter()
            .filter(|it| maker.is_inner(&it.counts) && !it.is_known_to_tell)
        {
            for (place, (name, leaf)) in world.leaves.iter().enumerate() {
                if !(1..scene.limit).contains(leaf) {
                    continue;
                }
                checked += 1;
                for value in 1..scene.limit {
                    let mut others = class.iter().filter(|it| it.leaves[place].1 == value);
                    let is_possible = match scene.is_of_all {
                        true => others.any(|other| has_room(other, world)),
                        false => {
                            let others: Vec<_> = others.collect();
                            readings.all[world.readings].iter().all(|reading| {
                                let mut others = others.iter();
                                others.any(|other| readings.all[other.readings].contains(reading))
                            })
                        }
                    };
                    if !is_possible {
                        told.push(format!(
                            "{name} is {leaf} and can't be {value}: cases {:?} publish {}",
                            world.counts, world.published
                        ));
                    }
                }
            }
            for (reading, sheet, values) in &world.open {
                let mut values = values.clone();
                let others = class.iter().filter(|other| match scene.is_of_all {
                    true => has_room(other, world),
                    false => readings.all[other.readings].contains(reading),
                });
                for other in others {
                    values.extend(maker.values(&other.counts, reading, *sheet));
                    if maker.are_all(&values) {
                        break;
                    }
                }
                if !maker.are_all(&values) {
                    told.push(format!(
                        "a category that reads {reading:?} can on sheet {sheet} only be {values:?}: cases {:?} publish {}",
                        world.counts, world.published
                    ));
                }
            }
        }
    }
    (told, checked)
}

/// Fails with some of the conclusions.
fn check(scene: &Scene, least: usize) {
    let (told, checked) = self::told(scene);
    let some: Vec<&String> = told.iter().take(5).collect();
    assert!(told.is_empty(), "{} of {checked}: {some:#?}", told.len());
    assert!(checked >= least, "only {checked} small numbers were there");
}

fn on_map(month: &'static str, most: u64) -> Cell {
    Cell {
        month,
        is_on_map: true,
        most,
    }
}

const LIMIT: u64 = 3;

fn scene(cells: Vec<Cell>, sheets: &[([&'static str; 2], i32)]) -> Scene {
    Scene {
        limit: LIMIT,
        cells,
        spare: 2,
        sheets: sheets.to_vec(),
        has_trend: false,
        is_of_all: true,
        knows_parts: true,
    }
}

/// Last year's sheet and this year's, from the same month on.
fn both(from: &'static str) -> [([&'static str; 2], i32); 2] {
    [([from, "2015-12"], 2015), ([from, "2016-12"], 2016)]
}

fn years_with_maps() -> Vec<Cell> {
    let mut cells = cells(&["2014-12", "2015-03", "2016-03"], 5);
    cells.extend([on_map("2015-03", 5), on_map("2016-03", 5)]);
    cells
}

#[test]
fn one_sheet_with_a_map_reveals_nothing() {
    check(&scene(years_with_maps(), &both("2014-12")[1..]), 1);
}

#[test]
fn two_sheets_with_maps_reveal_nothing() {
    check(&scene(years_with_maps(), &both("2014-12")), 1);
}

const FOUR_YEARS: [&str; 4] = ["2013-03", "2014-03", "2015-03", "2016-03"];

#[test]
fn four_years_reveal_nothing() {
    let cells = cells(&FOUR_YEARS, 6);
    check(&scene(cells.clone(), &both("2013-01")[1..]), 1);
    check(&scene(cells, &both("2013-01")), 1);
}

#[test]
fn four_years_with_their_trend_reveal_nothing() {
    let cells = cells(&FOUR_YEARS, 6);
    for sheets in [&both("2013-01")[1..], &both("2013-01")] {
        let scene = Scene {
            has_trend: true,
            ..scene(cells.clone(), sheets)
        };
        check(&scene, 1);
    }
}

/// Like the usual periods of these years.
const MOVING: [([&str; 2], i32); 2] = [
    (["2011-12", "2015-12"], 2015),
    (["2012-12", "2016-12"], 2016),
];

#[test]
fn moving_periods_reveal_nothing() {
    for months in [
        ["2011-12", "2012-03", "2015-03", "2016-03"],
        ["2011-12", "2012-03", "2014-03", "2016-03"],
        ["2011-12", "2012-03", "2012-12", "2015-03"],
        ["2012-03", "2014-03", "2015-03", "2016-03"],
    ] {
        // From all categories together, a reader may conclude that there are cases in the first months and others.
        let scene = Scene {
            is_of_all: false,
            ..scene(cells(&months, 6), &MOVING)
        };
        check(&scene, 1);
    }
}

#[test]
fn incomplete_years_reveal_nothing() {
    let mut cells = cells(&["2015-03", "2016-03", "2016-09"], 5);
    cells.push(on_map("2016-03", 5));
    check(&scene(cells, &[(["2014-12", "2016-06"], 2016)]), 1);
}

#[test]
fn a_statistics_table_without_years_reveals_nothing() {
    let scene = Scene {
        knows_parts: false,
        ..scene(years_with_maps(), &both("2014-12")[1..])
    };
    check(&scene, 1);
}

#[test]
fn data_that_begin_within_a_year_reveal_nothing() {
    let mut cells = cells(&["2014-08", "2015-03"], 6);
    cells.push(on_map("2014-08", 6));
    let sheets = [
        (["2014-06", "2014-12"], 2014),
        (["2014-06", "2015-12"], 2015),
    ];
    check(&scene(cells, &sheets), 1);
}
