//! For any signals: the numbers follow docs/counting.md word for word; the order of rows, their division into files,
//! and their repetition don't matter; and the ledger balances.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{Evidence, Figure, LedgerLine, Share, Statistics, Tally, Unit};
use crate::area::Area;
use crate::jurisdiction::Jurisdiction;
use crate::period::Period;
use crate::read::{RejectsWriter, Row, SignalReader};
use crate::tally::Scope;
use crate::vocabulary::Vocabulary;

const HEADER: &str =
    "signal_id,case_id,received,call_type,caller_state,state,latitude,longitude,gender,sex_venue\n";
const STATES: [&str; 3] = ["NM", "TX", "NV"];
const GENDERS: [&str; 3] = ["Female", "Male", "Gender Minority"];
const VENUES: [&str; 3] = ["Truck Stop-Based", "Street-Based", "Pornography"];
const CALL_TYPES: [&str; 4] = ["Tip Report", "Referral", "Hang-Up", ""];
const DAYS: [&str; 9] = [
    "2011-05-05",
    "2012-11-30",
    "2012-12-01",
    "2015-12-31",
    "2016-01-01",
    "2016-06-15",
    "2016-06-16",
    "2016-12-31",
    "2017-01-01",
];
/// Inside New Mexico, and outside all three states.
const LATITUDES: [&str; 3] = ["35", "34.5", "10"];

/// State and latitude.
type GivenPlace = (usize, Option<usize>);

/// A signal by indexes into the lists above.
#[derive(Clone, Debug)]
struct Given {
    case: Option<usize>,
    day: usize,
    call_type: usize,
    caller: Option<usize>,
    places: Vec<GivenPlace>,
    genders: Vec<usize>,
    venues: Vec<usize>,
    unreadable: bool,
}

fn given() -> impl Strategy<Value = Given> {
    (
        proptest::option::weighted(0.8, 0_usize..8),
        0..DAYS.len(),
        0..CALL_TYPES.len(),
        proptest::option::of(0..STATES.len()),
        proptest::collection::vec(
            (0..STATES.len(), proptest::option::of(0..LATITUDES.len())),
            0..3,
        ),
        proptest::collection::vec(0..GENDERS.len(), 0..4),
        proptest::collection::vec(0..VENUES.len(), 0..3),
        proptest::bool::weighted(0.1),
    )
        .prop_map(
            |(case, day, call_type, caller, places, genders, venues, unreadable)| Given {
                case,
                day,
                call_type,
                caller,
                places,
                genders,
                venues,
                unreadable,
            },
        )
}

impl Given {
    fn csv(&self, id: usize) -> String {
        let join = |values: Vec<&str>| values.join(";");
        let places = |value: &dyn Fn(&GivenPlace) -> &'static str| {
            join(self.places.iter().map(value).collect())
        };
        let case = self.case.map_or(String::new(), |case| format!("C{case}"));
        format!(
            "{id},{case},{},{},{},{},{},{},{},{}\n",
            if self.unreadable {
                "soon"
            } else {
                DAYS[self.day]
            },
            CALL_TYPES[self.call_type],
            self.caller.map_or("", |caller| STATES[caller]),
            places(&|(state, _)| STATES[*state]),
            places(&|(_, latitude)| latitude.map_or("", |latitude| LATITUDES[latitude])),
            places(&|(_, latitude)| latitude.map_or("", |_| "-106")),
            join(self.genders.iter().map(|gender| GENDERS[*gender]).collect()),
            join(self.venues.iter().map(|venue| VENUES[*venue]).collect()),
        )
    }

    fn date(&self) -> NaiveDate {
        DAYS[self.day].parse().unwrap()
    }

    fn is_substantive(&self) -> bool {
        CALL_TYPES[self.call_type] != "Hang-Up"
    }

    fn location_states(&self) -> BTreeSet<usize> {
        self.places.iter().map(|(state, _)| *state).collect()
    }

    /// "A signal is in a state if one of its locations is or, if it has none, if `caller_state` is."
    fn is_in(&self, state: usize) -> bool {
        if self.places.is_empty() {
            self.caller == Some(state)
        } else {
            self.location_states().contains(&state)
        }
    }
}

fn scope(code: &str) -> Scope {
    Scope::of(Jurisdiction::from_code(code).unwrap(), period())
}

fn period() -> Period {
    Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    }
}

fn in_period(day: NaiveDate) -> bool {
    ("2012-12-01".parse().unwrap().."2017-01-01".parse().unwrap()).contains(&day)
}

/// What the specification says about some rows, for one state and unit, in the form of the statistics.
#[derive(Debug, Default, PartialEq)]
struct Numbers {
    cases_period: u64,
    cases_year: u64,
    /// `None` if no case says where it is.
    located_year: Option<u64>,
    outside_cases: u64,
    /// Empty if no case says a gender.
    genders: Vec<u64>,
    venues: BTreeMap<String, u64>,
    calls: BTreeMap<String, u64>,
    /// `None` if no signal says its call type.
    calls_total: Option<u64>,
    non_substantive: Option<u64>,
    ledger: Vec<[u64; 6]>,
}

/// Files of rows, each an id with its signal.
type Files = Vec<Vec<(usize, Given)>>;

fn specified(files: &Files, state: usize, unit: Unit) -> Numbers {
    let mut ids = BTreeSet::new();
    let mut accepted: Vec<(usize, &Given)> = Vec::new();
    let mut ledger = vec![[0; 6]; files.len()];
    for (file, rows) in files.iter().enumerate() {
        for (id, row) in rows {
            ledger[file][0] += 1;
            if row.unreadable {
                ledger[file][5] += 1;
            } else if !ids.insert(id) {
                ledger[file][4] += 1;
            } else {
                accepted.push((file, row));
            }
        }
    }
    let mut cases: BTreeMap<usize, Vec<&Given>> = BTreeMap::new();
    for (_, row) in &accepted {
        if let Some(case) = row.case
            && row.is_substantive()
        {
            cases.entry(case).or_default().push(row);
        }
    }
    let date_of = |case: &[&Given]| case.iter().map(|row| row.date()).min().unwrap();
    let is_in = |case: &[&Given]| {
        case.iter()
            .any(|row| row.location_states().contains(&state))
    };
    let counts = |day: NaiveDate| in_period(day) || day.year() == 2016;

    for (file, row) in &accepted {
        let case = row.case.and_then(|case| cases.get(&case));
        let case_in_state = case.is_some_and(|case| is_in(case));
        let line = if !row.is_in(state) && !case_in_state {
            3
        } else if counts(row.date()) || case_in_state && counts(date_of(case.unwrap())) {
            1
        } else {
            2
        };
        ledger[*file][line] += 1;
    }

    let says_calls = |(_, row): &(usize, &Given)| !CALL_TYPES[row.call_type].is_empty();
    let knows_calls = accepted.is_empty() || accepted.iter().any(says_calls);
    let of_cases: Vec<&&Given> = cases.values().flatten().collect();
    let says_places = |row: &&&Given| row.places.iter().any(is_placed);
    let knows_places = of_cases.is_empty() || of_cases.iter().any(says_places);
    let says_genders = |row: &&&Given| !row.genders.is_empty();
    let knows_genders = of_cases.is_empty() || of_cases.iter().any(says_genders);
    let mut numbers = Numbers {
        genders: vec![0; GENDERS.len()],
        located_year: Some(0),
        calls_total: Some(0),
        non_substantive: Some(0),
        ledger,
        ..Numbers::default()
    };
    for (_, row) in &accepted {
        if row.is_in(state) && row.date().year() == 2016 {
            if !row.is_substantive() {
                *numbers.non_substantive.get_or_insert_default() += 1;
            } else if !CALL_TYPES[row.call_type].is_empty() {
                let name = CALL_TYPES[row.call_type].to_lowercase().replace(' ', "_");
                *numbers.calls.entry(name).or_default() += 1;
                *numbers.calls_total.get_or_insert_default() += 1;
            }
        }
    }
    for case in cases.values().filter(|case| is_in(case)) {
        if in_period(date_of(case)) {
            numbers.cases_period += 1;
            for gender in 0..GENDERS.len() {
                let mentions = case.iter().flat_map(|row| &row.genders);
                let mentions = mentions.filter(|mention| **mention == gender).count() as u64;
                numbers.genders[gender] += match unit {
                    Unit::Cases => mentions.min(1),
                    Unit::Victims => mentions,
                };
            }
            let venues: BTreeSet<&usize> = case.iter().flat_map(|row| &row.venues).collect();
            for venue in venues {
                *numbers.venues.entry(VENUES[*venue].to_owned()).or_default() += 1;
            }
        }
        if date_of(case).year() == 2016 {
            numbers.cases_year += 1;
            let latitudes: BTreeSet<&str> = case
                .iter()
                .flat_map(|row| &row.places)
                .filter(|place| place.0 == state)
                .filter_map(|place| place.1.map(|latitude| LATITUDES[latitude]))
                .collect();
            // Only New Mexico has 106° west at 35° and 34.5° north.
            let is_inside = |latitude: &&&str| STATES[state] == "NM" && **latitude != "10";
            let inside = latitudes.iter().filter(is_inside).count() as u64;
            numbers.outside_cases += u64::from(latitudes.len() as u64 > inside);
            *numbers.located_year.get_or_insert_default() += inside.min(1);
        }
    }
    if !knows_calls {
        // The data name no other category of signals either, so that all can be told.
        let of_year = accepted.iter().filter(|(_, row)| row.date().year() == 2016);
        let of_year = of_year.filter(|(_, row)| row.is_in(state));
        (numbers.calls_total, numbers.non_substantive) = (Some(of_year.count() as u64), None);
    }
    if !knows_places {
        numbers.located_year = None;
    }
    if !knows_genders {
        numbers.genders.clear();
    }
    numbers
}

/// Whether a place has coordinates in its state: only New Mexico has 106° west at 35° and 34.5° north.
fn is_placed((state, latitude): &(usize, Option<usize>)) -> bool {
    STATES[*state] == "NM" && latitude.is_some_and(|latitude| LATITUDES[latitude] != "10")
}

fn counted(files: &[String], unit: Unit) -> Vec<Statistics> {
    counted_of(files, unit, &STATES.map(scope))
}

fn counted_of(files: &[String], unit: Unit, scopes: &[Scope]) -> Vec<Statistics> {
    let vocabulary = Vocabulary::embedded();
    let mut tally = Tally::new(&vocabulary, unit);
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    for (number, text) in files.iter().enumerate() {
        let mut reader =
            SignalReader::open(&number.to_string(), text.as_bytes(), &vocabulary).unwrap();
        tally.read(&mut reader, &mut rejects).unwrap();
    }
    tally.statistics(scopes)
}

fn csv_of(files: &Files) -> Vec<String> {
    let csv = |rows: &Vec<(usize, Given)>| {
        let rows: String = rows.iter().map(|(id, row)| row.csv(*id)).collect();
        format!("{HEADER}{rows}")
    };
    files.iter().map(csv).collect()
}

fn line(ledger: &LedgerLine) -> [u64; 6] {
    [
        ledger.rows_read,
        ledger.used,
        ledger.outside_period,
        ledger.other_state,
        ledger.duplicate,
        ledger.rejected,
    ]
}

fn numbers(statistics: &Statistics) -> Numbers {
    let gender = &statistics.groups[1];
    let types = statistics.calls().categories.iter();
    let venues = statistics.sex_venues.iter();
    Numbers {
        cases_period: statistics.cases.period,
        cases_year: statistics.cases.year,
        located_year: statistics.located_cases(),
        outside_cases: statistics.map.outside_cases,
        genders: gender
            .categories
            .iter()
            .map(|category| category.count)
            .collect(),
        venues: venues
            .map(|venue| (venue.venue.clone(), venue.cases))
            .collect(),
        calls: types
            .filter(|call_type| call_type.count > 0)
            .map(|call_type| (call_type.key.clone(), call_type.count))
            .collect(),
        calls_total: statistics.calls().total(),
        non_substantive: statistics.non_substantive,
        ledger: statistics
            .ledger
            .files
            .iter()
            .map(|(_, file)| line(file))
            .collect(),
    }
}

/// The sum of the cases and rows that a number counts; each case by its signals, at least one of which must be found.
fn evidence(tally: &Tally<'_>, scope: Scope, figure: Figure, texts: &[String]) -> u64 {
    let vocabulary = Vocabulary::embedded();
    let mut evidence = Evidence::of(tally, scope, figure);
    let mut cases: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    let mut rows = 0;
    for text in texts {
        let mut reader = SignalReader::open("x", text.as_bytes(), &vocabulary).unwrap();
        while let Some(row) = reader.advance().unwrap() {
            match row {
                Row::Reject(_) => rows += u64::from(evidence.reject().is_some()),
                Row::Signal(signal) => match evidence.signal(&signal) {
                    None => {}
                    Some(Share::Itself) => rows += 1,
                    Some(Share::OfCase { .. }) => {
                        let count = evidence.case(&signal).unwrap().count;
                        cases.insert(signal.case_id.unwrap().to_vec(), count);
                    }
                },
            }
        }
    }
    rows + cases.values().sum::<u64>()
}

/// The statistics without the ledger, which is about the rows as they are.
fn without_ledger(mut statistics: Vec<Statistics>) -> Vec<Statistics> {
    for statistics in &mut statistics {
        statistics.ledger = Default::default();
    }
    statistics
}

proptest! {
    #[test]
    fn numbers_are_as_specified(
        rows in proptest::collection::vec((0_usize..20, given()), 0..30),
        cut in any::<Index>(),
        victims in any::<bool>(),
    ) {
        let unit = if victims { Unit::Victims } else { Unit::Cases };
        let cut = cut.index(rows.len() + 1);
        let files = vec![rows[..cut].to_vec(), rows[cut..].to_vec()];
        for (state, statistics) in counted(&csv_of(&files), unit).iter().enumerate() {
            prop_assert_eq!(numbers(statistics), specified(&files, state, unit));
        }
    }

    #[test]
    fn order_division_and_repetition_of_rows_change_no_number(
        rows in proptest::collection::vec(given(), 1..20),
        repeated in proptest::collection::vec(any::<Index>(), 0..5),
        order in any::<u64>(),
        cut in any::<Index>(),
        victims in any::<bool>(),
    ) {
        let unit = if victims { Unit::Victims } else { Unit::Cases };
        let rows: Vec<(usize, Given)> = rows.into_iter().enumerate().collect();
        let plain = counted(&csv_of(&vec![rows.clone()]), unit);
        let mut shuffled = rows.clone();
        shuffled.extend(repeated.iter().map(|index| rows[index.index(rows.len())].clone()));
        // A small generator of its own, so that a failure can be repeated.
        let mut random = order;
        for index in (1..shuffled.len()).rev() {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            shuffled.swap(index, (random >> 33) as usize % (index + 1));
        }
        let tail = shuffled.split_off(cut.index(shuffled.len() + 1));
        let other = counted(&csv_of(&vec![shuffled, tail]), unit);
        prop_assert_eq!(without_ledger(plain), without_ledger(other));
    }

    #[test]
    fn the_parts_of_a_number_add_up_to_it(
        rows in proptest::collection::vec((0_usize..20, given()), 0..25),
        cut in any::<Index>(),
        victims in any::<bool>(),
    ) {
        let unit = if victims { Unit::Victims } else { Unit::Cases };
        let cut = cut.index(rows.len() + 1);
        let texts = csv_of(&vec![rows[..cut].to_vec(), rows[cut..].to_vec()]);
        let vocabulary = Vocabulary::embedded();
        let mut tally = Tally::new(&vocabulary, unit);
        let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
        for text in &texts {
            let mut reader = SignalReader::open("x", text.as_bytes(), &vocabulary).unwrap();
            tally.read(&mut reader, &mut rejects).unwrap();
        }
        for code in STATES {
            let scope = scope(code);
            let statistics = &tally.statistics(&[scope])[0];
            for figure in Figure::all(&vocabulary) {
                // What the data say nothing about isn't in any row.
                let value = figure.exact(statistics).unwrap_or(0);
                let name = figure.name();
                prop_assert_eq!(evidence(&tally, scope, figure, &texts), value, "{} {}", code, name);
            }
        }
    }

    #[test]
    fn several_states_are_counted_like_one_state(
        rows in proptest::collection::vec((0_usize..20, given()), 0..30),
        cut in any::<Index>(),
        victims in any::<bool>(),
    ) {
        let unit = if victims { Unit::Victims } else { Unit::Cases };
        let cut = cut.index(rows.len() + 1);
        let mut files = vec![rows[..cut].to_vec(), rows[cut..].to_vec()];
        let together = Area::of_states(STATES[..2].iter().filter_map(|code| Jurisdiction::from_code(code)).collect());
        let scopes = [Scope::of(together.unwrap(), period()), scope(STATES[0]), scope(STATES[1])];
        let of_area = counted_of(&csv_of(&files), unit, &scopes);
        // The same data, if the two states were one.
        for (_, row) in files.iter_mut().flatten() {
            for (state, _) in &mut row.places {
                *state = (*state).max(1);
            }
            row.caller = row.caller.map(|state| state.max(1));
        }
        let of_one = counted_of(&csv_of(&files), unit, &[scope(STATES[1])]);
        let (area, one) = (&of_area[0], &of_one[0]);
        prop_assert_eq!(&area.cases, &one.cases);
        prop_assert_eq!(&area.groups, &one.groups);
        prop_assert_eq!(&area.sex_venues, &one.sex_venues);
        prop_assert_eq!(&area.years, &one.years);
        prop_assert_eq!(&area.parts, &one.parts);
        prop_assert_eq!(&area.ledger, &one.ledger);
        // And at most as many as in its states together.
        let (sum, most) = (of_area[1].cases.period + of_area[2].cases.period, of_area[1].cases.period.max(of_area[2].cases.period));
        prop_assert!((most..=sum).contains(&area.cases.period));
    }

    #[test]
    fn the_ledger_balances_for_any_bytes(
        body in proptest::collection::vec(
            proptest::sample::select(b"NMTX16;,,,,\n\n\r\"-2016-05-01 A\xff\x00".to_vec()), 0..400,
        ),
    ) {
        let vocabulary = Vocabulary::embedded();
        let mut tally = Tally::new(&vocabulary, Unit::Victims);
        let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
        let text = [b"signal_id,received,state\n", body.as_slice()].concat();
        let mut reader = SignalReader::open("x", text.as_slice(), &vocabulary).unwrap();
        tally.read(&mut reader, &mut rejects).unwrap();
        let rows = reader.findings().rows;
        let all: Vec<Scope> = Jurisdiction::all().map(|state| Scope::of(state, period())).collect();
        for statistics in tally.statistics(&all) {
            prop_assert!(statistics.ledger.total.balances());
            prop_assert_eq!(statistics.ledger.total.rows_read, rows);
        }
    }
}
