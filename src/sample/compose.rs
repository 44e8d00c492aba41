//! Composes signals that meet targets: random cases that fit, their signals, and noise that the counting rules must
//! ignore.

use std::collections::HashMap;
use std::io::Write;

use super::further::Further;
use super::random::{Random, Weights};
use super::row::{Day, Fault, HEADER, Place, Row};
use super::shares::{Shares, involves_labor, involves_sex};
use super::stream::{Source, draw_minute};
use super::targets::{Spread, Targets};
use super::towns::Towns;
use super::{Summary, write_failure};
use crate::failure::Outcome;

/// A case's signals arrive within this many days of its first.
const LONGEST_CASE: Day = 120;

/// Signals from before and after the period are at most this many days away.
const MARGIN: Day = 150;

/// Out of a hundred rows, this many are a little later than their time: entered late.
const LATE_ROWS: u8 = 5;

/// What is known about a case once all its signals are read.
#[derive(Default)]
struct Case<'a> {
    day: Day,
    in_year: bool,
    trafficking_type: Option<&'a str>,
    sex_venues: Vec<&'a str>,
    labor_venues: Vec<&'a str>,
    demographics: [Vec<&'a str>; 3],
    /// In the plan's state. Never empty.
    places: Vec<Place<'a>>,
    elsewhere: Option<Place<'a>>,
    /// Positions of its substantive signals.
    rows: Vec<usize>,
}

struct Composer<'a> {
    targets: &'a Targets,
    shares: &'a Shares,
    random: Random,
    located: Weights,
    rows: Vec<Row<'a>>,
    /// Numbers assigned to cases.
    cases: u64,
    decoys: usize,
}

/// Writes the CSV.
pub(super) fn write(
    targets: &Targets,
    seed: u64,
    shares: &Shares,
    further: &Further,
    mut out: impl Write,
) -> Outcome<Summary> {
    let others: Vec<Towns> = targets
        .other_states
        .iter()
        .copied()
        .map(Towns::of)
        .collect();
    let mut composer = Composer {
        targets,
        shares,
        random: Random::new(seed),
        located: shares.precision.weights_of_located(),
        rows: Vec::with_capacity(targets.rows.total),
        cases: targets.cases.period as u64,
        decoys: 0,
    };
    let mut cases = composer.draw_cases(&others);
    let (about_cases, about_none) = composer.split_calls();
    composer.add_signals(&mut cases, about_cases);
    composer.tell_cases(&cases);
    composer.add_calls_about_no_case(about_none);
    composer.add_non_substantive(&cases);
    composer.add_signals_from_elsewhere(&cases);
    composer.add_cases_outside_period();
    composer.add_rejected(&cases);
    composer.add_other_states(&others, seed);
    let rows = composer.into_rows();

    let mut text = further.header(HEADER);
    for row in &rows {
        row.write(|row, text| further.write(row, text), &mut text);
    }
    out.write_all(&text).map_err(write_failure)?;
    out.flush().map_err(write_failure)?;
    let case_numbers = rows.iter().filter_map(|row| row.case);
    Ok(Summary {
        rows: rows.len() as u64,
        cases: case_numbers.max().unwrap_or(0),
        duplicates: targets.rows.duplicates as u64,
        rejected: targets.rows.rejected as u64,
    })
}

/// Chooses cases for the categories of a spread: (case, category), each pair once. The mentions are placed around a
/// circle of the chosen cases, one category after the other. No category is longer than the circle, so none gets the
/// same case twice; all together are at least as long, so no case is left out.
fn deal(spread: &Spread, mut eligible: Vec<usize>, random: &mut Random) -> Vec<(usize, usize)> {
    random.shuffle(&mut eligible);
    eligible.truncate(spread.cases);
    let categories = spread.counts.iter().enumerate();
    categories
        .flat_map(|(category, &count)| std::iter::repeat_n(category, count))
        .zip(eligible.iter().copied().cycle())
        .map(|(category, case)| (case, category))
        .collect()
}

impl<'a> Composer<'a> {
    /// The cases of the period; those of the year first.
    fn draw_cases(&mut self, others: &'a [Towns]) -> Vec<Case<'a>> {
        let (targets, shares) = (self.targets, self.shares);
        let count = targets.cases.period;
        let mut types: Vec<usize> = (targets.trafficking_types.iter().enumerate())
            .flat_map(|(position, &count)| std::iter::repeat_n(position, count))
            .collect();
        self.random.shuffle(&mut types);
        let mut cases: Vec<Case> = Vec::with_capacity(count);
        for (number, &position) in types.iter().enumerate() {
            let in_year = number < targets.cases.year;
            cases.push(Case {
                day: if in_year {
                    self.day_in(targets.year)
                } else {
                    self.day_outside_year()
                },
                in_year,
                trafficking_type: Some(&shares.trafficking_types.names[position]),
                ..Case::default()
            });
        }
        let of_type = |involves: fn(&str) -> bool| -> Vec<usize> {
            let fits = |case: &usize| involves(&shares.trafficking_types.keys[types[*case]]);
            (0..count).filter(fits).collect()
        };
        for (case, venue) in deal(&targets.sex_venues, of_type(involves_sex), &mut self.random) {
            cases[case].sex_venues.push(&shares.sex_venues.names[venue]);
        }
        for (case, venue) in deal(
            &targets.labor_venues,
            of_type(involves_labor),
            &mut self.random,
        ) {
            cases[case]
                .labor_venues
                .push(&shares.labor_venues.names[venue]);
        }
        let mut told: Vec<usize> = (0..count).collect();
        self.random.shuffle(&mut told);
        told.truncate(count - targets.cases.without_demographics);
        for (group, spread) in targets.demographics.iter().enumerate() {
            for (case, category) in deal(spread, told.clone(), &mut self.random) {
                cases[case].demographics[group].push(&shares.demographics[group].names[category]);
            }
        }
        self.place_cases(&mut cases);
        self.place_elsewhere(&mut cases, others);
        cases
    }

    /// Those of the year as in the plan, and the others near them.
    fn place_cases(&mut self, cases: &mut [Case<'a>]) {
        let targets = self.targets;
        let of_year = (0..targets.cases.year).collect();
        for (case, town) in deal(&targets.map, of_year, &mut self.random) {
            let town = &targets.home.towns[town];
            let place = town.draw(&self.located, &mut self.random);
            let places = &mut cases[case].places;
            // Two towns in the same county must remain two places.
            places.push(if places.contains(&place) {
                town.by_name()
            } else {
                place
            });
        }
        let towns = Weights::new(targets.map.counts.iter().map(|&count| count as u32));
        let any_precision = self.shares.precision.weights();
        for case in cases.iter_mut().filter(|case| !case.in_year) {
            let place = if towns.are_all_zero() || self.random.percent(15) {
                targets.home.draw(&any_precision, &mut self.random)
            } else {
                let town = &targets.home.towns[towns.draw(&mut self.random)];
                town.draw(&any_precision, &mut self.random)
            };
            case.places.push(place);
        }
        for case in cases.iter_mut().filter(|case| case.places.is_empty()) {
            case.places.push(Place::somewhere_in(targets.home.state));
        }
    }

    fn place_elsewhere(&mut self, cases: &mut [Case<'a>], others: &'a [Towns]) {
        let mut chosen: Vec<usize> = (0..cases.len()).collect();
        self.random.shuffle(&mut chosen);
        for case in chosen
            .into_iter()
            .take(self.targets.cases.reaching_other_states)
        {
            let towns = self.random.pick(others);
            cases[case].elsewhere = towns.map(|towns| towns.draw(&self.located, &mut self.random));
        }
    }

    /// The substantive signals about cases.
    /// `calls` contains the call types of those in the year.
    fn add_signals(&mut self, cases: &mut [Case<'a>], mut calls: Vec<usize>) {
        let targets = self.targets;
        let of_year = targets.cases.year;
        for (number, case) in cases.iter_mut().enumerate() {
            let call_type = match calls.pop_if(|_| case.in_year) {
                Some(call_type) => call_type,
                None => self.draw_call_type_of_case(),
            };
            self.add_signal(number, case, case.day, call_type);
        }
        // More signals about cases from late last year arrive in the year.
        let (first, last) = targets.year;
        let heard_of: Vec<usize> = (0..cases.len())
            .filter(|&number| {
                number < of_year || (first - LONGEST_CASE..first).contains(&cases[number].day)
            })
            .collect();
        for call_type in calls {
            if let Some(&number) = self.random.pick(&heard_of) {
                let case = &mut cases[number];
                let latest = last.min(case.day.max(first) + LONGEST_CASE);
                let day = self.random.between(case.day.max(first), latest);
                self.add_signal(number, case, day, call_type);
            }
        }
        for _ in 0..targets.rows.follow_ups {
            // More signals about cases from the year arrive in the next year, but mostly they are about others.
            let limit = if of_year < cases.len() && !self.random.percent(6) {
                (of_year, cases.len())
            } else {
                (0, of_year.max(1).min(cases.len()))
            };
            let number = self.random.between(limit.0 as i64, limit.1 as i64 - 1) as usize;
            let case = &mut cases[number];
            let day = if case.day > last {
                self.random.between(case.day, case.day + LONGEST_CASE)
            } else if case.day < first {
                self.random
                    .between(case.day, (case.day + LONGEST_CASE).min(first - 1))
            } else {
                self.random.between(last + 1, last + LONGEST_CASE)
            };
            let call_type = self.draw_call_type_of_case();
            self.add_signal(number, case, day, call_type);
        }
    }

    /// The call types of the year's calls that are about cases, and of those that aren't: types are assigned to the
    /// group that they usually belong to.
    fn split_calls(&mut self) -> (Vec<usize>, Vec<usize>) {
        let mut calls: Vec<(bool, u64, usize)> = Vec::new();
        for (call_type, &count) in self.targets.calls.iter().enumerate() {
            for _ in 0..count {
                let about_no_case = !self.random.percent(self.shares.about_case[call_type]);
                calls.push((about_no_case, self.random.next(), call_type));
            }
        }
        calls.sort_unstable();
        let mut about_cases: Vec<usize> = calls.into_iter().map(|call| call.2).collect();
        let about_none = about_cases.split_off(self.targets.calls_about_cases);
        self.random.shuffle(&mut about_cases);
        (about_cases, about_none)
    }

    fn draw_call_type_of_case(&mut self) -> usize {
        loop {
            let call_type = self.shares.call_types.weights.draw(&mut self.random);
            let fits = self.shares.substantive[call_type];
            if fits && self.random.percent(self.shares.about_case[call_type]) {
                return call_type;
            }
        }
    }

    fn draw_call_type(&mut self, substantive: bool) -> usize {
        loop {
            let call_type = self.shares.call_types.weights.draw(&mut self.random);
            if self.shares.substantive[call_type] == substantive {
                return call_type;
            }
        }
    }

    fn add_signal(&mut self, number: usize, case: &mut Case<'a>, day: Day, call_type: usize) {
        case.rows.push(self.rows.len());
        let mut row = self.new_row(day, call_type);
        row.case = Some(number as u64);
        self.rows.push(row);
    }

    fn new_row(&mut self, day: Day, call_type: usize) -> Row<'a> {
        let minute = draw_minute(&mut self.random);
        let method = self.shares.draw_contact_method(call_type, &mut self.random);
        Row::new(
            day,
            minute,
            method,
            &self.shares.call_types.names[call_type],
        )
    }

    /// Distributes what is known about each case among its signals: each fact to at least one, so that only together
    /// do they say everything.
    fn tell_cases(&mut self, cases: &[Case<'a>]) {
        for case in cases {
            for &value in &case.sex_venues {
                self.tell(&case.rows, |row| row.sex_venues.push(value));
            }
            for &value in &case.labor_venues {
                self.tell(&case.rows, |row| row.labor_venues.push(value));
            }
            for (group, values) in case.demographics.iter().enumerate() {
                for &value in values {
                    self.tell(&case.rows, |row| row.demographics[group].push(value));
                }
            }
            for &place in &case.places {
                self.tell(&case.rows, |row| row.places.push(place));
            }
            self.tell(&case.rows, |row| {
                row.trafficking_type = case.trafficking_type
            });
            for &row in &case.rows {
                self.settle(row, case.elsewhere);
            }
        }
    }

    fn tell(&mut self, rows: &[usize], add: impl Fn(&mut Row<'a>)) {
        let witness = self.random.pick(rows).copied();
        for &row in rows {
            if Some(row) == witness || self.random.percent(self.shares.percent.repeated) {
                add(&mut self.rows[row]);
            }
        }
    }

    /// Puts a signal about a case into the plan's state, by its place or by its caller.
    fn settle(&mut self, row: usize, elsewhere: Option<Place<'a>>) {
        let home = self.targets.home.state;
        let percent = self.shares.percent;
        let row = &mut self.rows[row];
        if row.places.is_empty() && self.random.percent(30) {
            row.places.push(Place::somewhere_in(home));
        }
        row.caller_state = Some(home);
        if row.places.is_empty() {
            return;
        }
        if let Some(place) = elsewhere {
            row.places.push(place);
        }
        if self.random.percent(percent.caller_unknown) {
            row.caller_state = None;
        } else if self.random.percent(percent.caller_elsewhere) {
            row.caller_state = self.random.pick(&self.targets.other_states).copied();
        }
    }

    /// The remaining signals of the year, and others in the period. Some mention people or places, but that doesn't
    /// make them cases.
    fn add_calls_about_no_case(&mut self, calls_of_year: Vec<usize>) {
        let targets = self.targets;
        for call_type in calls_of_year {
            let day = self.day_in(targets.year);
            self.add_call_about_no_case(day, call_type);
        }
        for _ in 0..targets.rows.calls {
            let (day, call_type) = (self.day_outside_year(), self.draw_call_type(true));
            self.add_call_about_no_case(day, call_type);
        }
    }

    fn add_call_about_no_case(&mut self, day: Day, call_type: usize) {
        let mut row = self.new_row(day, call_type);
        self.place_at_home(&mut row, 12);
        if self.random.percent(20) {
            self.add_decoys(&mut row);
        }
        self.rows.push(row);
    }

    /// In the state: by a place in this many of a hundred, otherwise by the caller.
    fn place_at_home(&mut self, row: &mut Row<'a>, located: u8) {
        let home = &self.targets.home;
        row.caller_state = Some(home.state);
        if self.random.percent(located) {
            row.places.push(home.draw(&self.located, &mut self.random));
        }
    }

    /// Some have a case's number and describe it, often from before the case began: none of this may change anything.
    fn add_non_substantive(&mut self, cases: &[Case<'a>]) {
        let targets = self.targets;
        for number in 0..targets.non_substantive + targets.rows.non_substantive {
            let in_year = number < targets.non_substantive;
            let call_type = self.draw_call_type(false);
            let mut day = if in_year {
                self.day_in(targets.year)
            } else {
                self.day_outside_year()
            };
            let about = if self.random.percent(30) {
                self.random.below(cases.len() as u64) as usize
            } else {
                cases.len()
            };
            if let Some(case) = cases.get(about)
                && case.in_year == in_year
                && self.random.percent(60)
            {
                let first = if in_year {
                    targets.year.0
                } else {
                    case.day - 40
                };
                let earlier = self.random.between(first.max(case.day - 40), case.day);
                day = if in_year == self.is_in_year(earlier) {
                    earlier
                } else {
                    day
                };
            }
            let mut row = self.new_row(day, call_type);
            if about < cases.len() {
                row.case = Some(about as u64);
                self.place_at_home(&mut row, 50);
                self.add_decoys(&mut row);
            } else {
                self.place_at_home(&mut row, 0);
            }
            self.rows.push(row);
        }
    }

    /// Signals about cases in the state that aren't in the state themselves.
    fn add_signals_from_elsewhere(&mut self, cases: &[Case<'a>]) {
        for (number, case) in cases.iter().enumerate() {
            let Some(place) = case.elsewhere else {
                continue;
            };
            let call_type = self.draw_call_type_of_case();
            let day = self.random.between(case.day, case.day + LONGEST_CASE);
            let mut row = self.new_row(day, call_type);
            row.case = Some(number as u64);
            row.places.push(place);
            row.caller_state = Some(self.targets.home.state);
            self.rows.push(row);
        }
    }

    /// Cases that began before the period and have more signals in it, and cases from after it.
    fn add_cases_outside_period(&mut self) {
        let targets = self.targets;
        let (first, last) = targets.period;
        let mut early = None;
        for number in 0..targets.rows.outside_period {
            let (case, day) = match (number % 3, early) {
                (1, Some(case)) => {
                    let reach = (first + LONGEST_CASE / 2).min(targets.year.0 - 1);
                    (case, self.random.between(first.min(reach), reach))
                }
                (2, _) => (self.new_case(), last + self.random.between(1, MARGIN)),
                _ => {
                    let case = self.new_case();
                    early = Some(case);
                    (case, first - self.random.between(1, LONGEST_CASE / 2))
                }
            };
            let call_type = self.draw_call_type_of_case();
            let mut row = self.new_row(day, call_type);
            row.case = Some(case);
            self.place_at_home(&mut row, 100);
            self.add_decoys(&mut row);
            self.rows.push(row);
        }
    }

    fn new_case(&mut self) -> u64 {
        self.cases += 1;
        self.cases - 1
    }

    /// Rows that look as if they were in the year and the state.
    fn add_rejected(&mut self, cases: &[Case<'a>]) {
        for number in 0..self.targets.rows.rejected {
            let day = self.day_in(self.targets.year);
            let call_type = number % self.shares.call_types.names.len();
            let mut row = self.new_row(day, call_type);
            let about = self.random.below(2 * cases.len() as u64 + 1);
            row.case = Some(if about < cases.len() as u64 {
                about
            } else {
                self.new_case()
            });
            self.place_at_home(&mut row, 100);
            self.add_decoys(&mut row);
            row.fault = Some(Fault::ALL[number % Fault::ALL.len()]);
            self.rows.push(row);
        }
    }

    fn add_other_states(&mut self, others: &'a [Towns], seed: u64) {
        let (first, last) = self.targets.period;
        let count = self.targets.rows_of_other_states as u64;
        let days = (first - MARGIN, last + MARGIN);
        let mut source = Source::new(self.shares, others, seed, days, count);
        let before = self.cases;
        for _ in 0..count {
            let mut row = Row::new(0, 0, "", "");
            source.fill(&mut row);
            row.case = row.case.map(|case| case + before);
            // The caller's state doesn't count if the place is known.
            if !row.places.is_empty() && self.random.percent(12) {
                row.caller_state = Some(self.targets.home.state);
            }
            self.rows.push(row);
        }
    }

    /// Values that would show in a number if the row counted; each value has its turn.
    fn add_decoys(&mut self, row: &mut Row<'a>) {
        let turn = self.decoys;
        self.decoys += 1;
        let add = |names: &'a [String], turn: usize, values: &mut Vec<&'a str>| {
            if let Some(name) = names.get(turn % names.len().max(1))
                && !values.contains(&name.as_str())
            {
                values.push(name);
            }
        };
        let shares = self.shares;
        for (list, values) in shares.demographics.iter().zip(&mut row.demographics) {
            add(&list.names, turn, values);
        }
        if turn.is_multiple_of(2) {
            add(&shares.sex_venues.names, turn / 2, &mut row.sex_venues);
        } else {
            add(&shares.labor_venues.names, turn / 2, &mut row.labor_venues);
        }
    }

    fn day_in(&mut self, (first, last): (Day, Day)) -> Day {
        self.random.between(first, last)
    }

    /// In the period but not in the year; before both when the period has no other day.
    fn day_outside_year(&mut self) -> Day {
        let ((first, last), (year_first, year_last)) = (self.targets.period, self.targets.year);
        let (before, after) = (year_first - first, last - year_last);
        if before + after == 0 {
            return first - self.random.between(1, MARGIN);
        }
        // Two draws: more signals arrived as the hotline became known.
        let day = |random: &mut Random| random.between(0, before + after - 1);
        let day = day(&mut self.random).max(day(&mut self.random));
        if day < before {
            first + day
        } else {
            year_last + 1 + day - before
        }
    }

    fn is_in_year(&self, day: Day) -> bool {
        (self.targets.year.0..=self.targets.year.1).contains(&day)
    }

    /// In the order of an export, numbered, with duplicates.
    fn into_rows(mut self) -> Vec<Row<'a>> {
        self.rows.sort_by_key(|row| (row.day, row.minute));
        let mut numbers: HashMap<u64, u64> = HashMap::new();
        for (position, row) in self.rows.iter_mut().enumerate() {
            row.signal = position as u64 + 1;
            if let Some(case) = row.case {
                let next = numbers.len() as u64 + 1;
                row.case = Some(*numbers.entry(case).or_insert(next));
            }
        }
        let mut order: Vec<(usize, Row)> = std::mem::take(&mut self.rows)
            .into_iter()
            .enumerate()
            .collect();
        for (position, _) in &mut order {
            if self.random.percent(LATE_ROWS) {
                *position += self.random.below(12) as usize;
            }
        }
        order.sort_by_key(|(position, _)| *position);
        let mut repeated = self.draw_repeated(&order);
        repeated.append(&mut order);
        // A stable sort, so the original must have the lower position, although it comes later in the list.
        repeated.sort_by_key(|(position, _)| *position);
        repeated.into_iter().map(|(_, row)| row).collect()
    }

    /// Repeated rows of some signals, with their positions. Half of them are slightly different, as if a signal was
    /// corrected between two exports; the first one counts anyway.
    fn draw_repeated(&mut self, order: &[(usize, Row<'a>)]) -> Vec<(usize, Row<'a>)> {
        let sound = |row: &Row| row.fault.is_none();
        let mut repeated = Vec::new();
        if !order.iter().any(|(_, row)| sound(row)) {
            return repeated;
        }
        while repeated.len() < self.targets.rows.duplicates {
            let Some((position, row)) = self.random.pick(order) else {
                break;
            };
            if !sound(row) {
                continue;
            }
            let mut row = row.clone();
            if self.random.percent(50) {
                self.add_decoys(&mut row);
            }
            repeated.push((position + 1 + self.random.below(30) as usize, row));
        }
        repeated
    }
}
