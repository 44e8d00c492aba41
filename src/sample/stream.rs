//! An endless stream of signals: each row is made from its number and the seed, and then forgotten.
//!
//! What is known about a case follows only from the seed and the case's number, so that another signal about it can
//! be written at any time without storing the case.

use std::io::Write;

use super::further::Further;
use super::random::{Random, Weights};
use super::row::{Day, Fault, HEADER, Row};
use super::shares::{Shares, involves_labor, involves_sex};
use super::towns::Towns;
use super::{Shape, Summary, write_failure};
use crate::failure::Outcome;

/// More signals arrive within this many days, usually sooner.
const LONGEST_CASE_DAYS: u64 = 120;

/// Bytes written at a time.
const BLOCK: usize = 1 << 16;

/// Draws signals in some states.
pub(super) struct Source<'a> {
    shares: &'a Shares,
    states: &'a [Towns],
    by_population: Weights,
    precision: Weights,
    seed: u64,
    random: Random,
    from: Day,
    days: Day,
    signals: u64,
    made: u64,
    cases: u64,
}

impl<'a> Source<'a> {
    /// This many signals from one day to another, both included.
    pub(super) fn new(
        shares: &'a Shares,
        states: &'a [Towns],
        seed: u64,
        (from, to): (Day, Day),
        signals: u64,
    ) -> Self {
        Source {
            shares,
            states,
            by_population: Weights::new(states.iter().map(Towns::population)),
            precision: shares.precision.weights(),
            seed,
            random: Random::new(seed),
            from,
            days: (to - from + 1).max(1),
            signals,
            made: 0,
            cases: 0,
        }
    }

    /// The next signal, in order of days; within a day, in no order.
    pub(super) fn fill(&mut self, row: &mut Row<'a>) {
        row.clear();
        row.day = self.from + self.day_of(self.made);
        self.made += 1;
        row.signal = self.made;
        row.minute = draw_minute(&mut self.random);
        let shares = self.shares;
        let call_type = shares.call_types.weights.draw(&mut self.random);
        row.call_type = &shares.call_types.names[call_type];
        row.contact_method = shares.draw_contact_method(call_type, &mut self.random);
        if self.random.percent(shares.about_case[call_type]) {
            row.case = self.draw_case_number(shares.substantive[call_type]);
        }
        match row.case {
            Some(number) => {
                self.recall_case(number, row);
                self.forget_some(row);
            }
            None => row.caller_state = self.draw_state().map(|towns| towns.state),
        }
        self.draw_caller(row);
        row.case = row.case.map(|number| number + 1);
    }

    /// Days since the first, by the number of the signal: twice as many a day at the end as at the beginning. The
    /// square root inverts the parabola; it is exact to the last bit everywhere.
    fn day_of(&self, signal: u64) -> Day {
        let part = (signal as f64 + 0.5) / self.signals.max(1) as f64;
        let day = ((1.0 + 3.0 * part).sqrt() - 1.0) * self.days as f64;
        (day as Day).clamp(0, self.days - 1)
    }

    /// A new case, or a recent one. A non-substantive signal makes none.
    fn draw_case_number(&mut self, substantive: bool) -> Option<u64> {
        let further = self.random.percent(self.shares.percent.follow_up);
        if self.cases > 0 && (further || !substantive) {
            let lately = self.cases * LONGEST_CASE_DAYS / self.days.unsigned_abs();
            let reach = self.random.below(lately.clamp(1, self.cases));
            return Some(self.cases - 1 - self.random.below(reach + 1));
        }
        substantive.then(|| {
            self.cases += 1;
            self.cases - 1
        })
    }

    fn draw_state(&mut self) -> Option<&'a Towns> {
        self.states.get(self.by_population.draw(&mut self.random))
    }

    /// Writes everything that is known about a case into a signal's row.
    fn recall_case(&self, number: u64, row: &mut Row<'a>) {
        let (shares, percent) = (self.shares, self.shares.percent);
        let mut random = Random::stream(self.seed, number);
        let random = &mut random;
        let draw_towns = |random: &mut Random| self.states.get(self.by_population.draw(random));
        if let Some(towns) = draw_towns(random) {
            row.places.push(towns.draw(&self.precision, random));
            if random.percent(percent.second_place) {
                let elsewhere = random.percent(percent.place_elsewhere);
                let other = if elsewhere { draw_towns(random) } else { None };
                let second = other.unwrap_or(towns).draw(&self.precision, random);
                if second != row.places[0] {
                    row.places.push(second);
                }
            }
        }
        let types = &shares.trafficking_types;
        let drawn = types.weights.draw(random);
        if !random.percent(shares.unknown.trafficking_type) {
            row.trafficking_type = Some(&types.names[drawn]);
        }
        let second = percent.second_value;
        if involves_sex(&types.keys[drawn]) {
            let list = &shares.sex_venues;
            list.draw_some(
                random,
                shares.unknown.sex_venue,
                second,
                &mut row.sex_venues,
            );
        }
        if involves_labor(&types.keys[drawn]) {
            let list = &shares.labor_venues;
            list.draw_some(
                random,
                shares.unknown.labor_venue,
                second,
                &mut row.labor_venues,
            );
        }
        let unknown = shares.unknown.demographics();
        for ((list, unknown), values) in (shares.demographics.iter())
            .zip(unknown)
            .zip(&mut row.demographics)
        {
            list.draw_some(random, unknown, second, values);
        }
    }

    /// One caller doesn't know everything that is known about the case.
    fn forget_some(&mut self, row: &mut Row<'a>) {
        let kept = self.shares.percent.repeated;
        let lists = [&mut row.sex_venues, &mut row.labor_venues];
        for values in lists.into_iter().chain(&mut row.demographics) {
            if !values.is_empty() && !self.random.percent(kept) {
                values.clear();
            }
        }
        // Callers more often know where it is.
        if !self.random.percent(kept) && !self.random.percent(kept) {
            row.caller_state = row.places.first().map(|place| place.state);
            row.places.clear();
        }
    }

    fn draw_caller(&mut self, row: &mut Row<'a>) {
        let percent = self.shares.percent;
        if let Some(place) = row.places.first() {
            row.caller_state = Some(place.state);
        }
        if self.random.percent(percent.caller_unknown) {
            row.caller_state = None;
        } else if !row.places.is_empty() && self.random.percent(percent.caller_elsewhere) {
            row.caller_state = self.draw_state().map(|towns| towns.state);
        }
    }
}

/// A minute of the day, usually during waking hours.
pub(super) fn draw_minute(random: &mut Random) -> u16 {
    let (first, minutes) = if random.percent(80) {
        (8 * 60, 14 * 60)
    } else {
        (0, 24 * 60)
    };
    (first + random.below(minutes)) as u16
}

/// Writes signals for a general plan.
pub(super) fn write(
    shape: &Shape,
    seed: u64,
    shares: &Shares,
    further: &Further,
    mut out: impl Write,
) -> Outcome<Summary> {
    let towns: Vec<Towns> = shape.states.iter().copied().map(Towns::of).collect();
    let days = (super::first_day(shape.from), super::last_day(shape.to));
    let mut source = Source::new(shares, &towns, seed, days, shape.signals);
    let mut faults = Random::stream(seed, u64::MAX);
    let mut row = Row::new(0, 0, "", "");
    let mut summary = Summary::default();
    let mut block = Vec::with_capacity(BLOCK + 4096);
    block.extend_from_slice(&further.header(HEADER));
    for number in 0..shape.signals {
        let faulty = faults.below(1000) < u64::from(shape.faults_per_mille);
        if faulty && number > 0 && row.fault.is_none() && faults.percent(50) {
            // The row still contains the previous signal: it is exported twice.
            summary.duplicates += 1;
        } else {
            source.fill(&mut row);
            if faulty {
                row.fault = faults.pick(&Fault::ALL).copied();
                summary.rejected += 1;
            }
        }
        row.write(|row, block| further.write(row, block), &mut block);
        if block.len() >= BLOCK {
            out.write_all(&block).map_err(write_failure)?;
            block.clear();
        }
    }
    out.write_all(&block).map_err(write_failure)?;
    out.flush().map_err(write_failure)?;
    summary.rows = shape.signals;
    summary.cases = source.cases;
    Ok(summary)
}
