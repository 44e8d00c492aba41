//! Makes synthetic signals: a CSV as a hotline could export it, without anyone's data.
//!
//! There are two kinds of plans. A *general* plan asks for a number of signals in some states; rows are made one by
//! one, so there can be any number of them. A plan *with targets* asks for signals that aggregate to given numbers
//! under the counting rules (docs/counting.md), with so much noise that only these rules find them; its numbers are
//! in a plan file.
//!
//! The same plan and seed give the same bytes on any machine.

mod compose;
mod further;
mod random;
mod row;
mod shares;
mod stream;
mod targets;
mod towns;

use std::io::{self, Write};

use chrono::{Months, NaiveDate};

use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::period::Month;
use crate::vocabulary::Vocabulary;
use further::Further;
use row::Day;
use shares::Shares;
pub use targets::Targets;

/// The plan file of the bundled sample.
pub const BUNDLED_PLAN: &str = include_str!("../../input/sample-plans/nm.toml");

/// What to make. The same plan gives the same bytes.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The seed of the random choices.
    pub seed: u64,
    form: Form,
}

#[derive(Clone, Debug)]
enum Form {
    General(Shape),
    Targets(Box<Targets>),
}

/// The properties of a general sample.
#[derive(Clone, Debug)]
pub struct Shape {
    /// At least one.
    pub states: Vec<Jurisdiction>,
    /// Rows below the header, including faulty ones.
    pub signals: u64,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Out of a thousand rows, those that are duplicates or must be rejected; 0 for a clean file.
    pub faults_per_mille: u16,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows below the header.
    pub rows: u64,
    /// Case ids that were assigned.
    pub cases: u64,
    /// Rows that repeat the id of an earlier one.
    pub duplicates: u64,
    /// Rows that a reader must reject.
    pub rejected: u64,
}

impl Plan {
    /// Signals in plausible shares, without targets.
    ///
    /// # Errors
    /// If there is no state, or the last month is before the first.
    pub fn general(shape: Shape, seed: u64) -> Outcome<Plan> {
        if shape.states.is_empty() {
            return Err(Failure::usage("a sample needs at least one state"));
        }
        check_months(shape.from, shape.to)?;
        Ok(Plan {
            seed,
            form: Form::General(shape),
        })
    }

    /// Signals that meet the targets of a plan file; `file_name` is for messages.
    ///
    /// # Errors
    /// What is wrong with the file, and where; this includes targets that contradict each other.
    pub fn from_toml(file_name: &str, text: &str) -> Outcome<Plan> {
        let targets = Targets::from_toml(file_name, text)?;
        Ok(Plan {
            seed: targets.seed,
            form: Form::Targets(Box::new(targets)),
        })
    }
}

/// Writes the CSV of a plan, header first. Groups in the vocabulary that the bundled shares don't know have their own
/// columns, after the others. Memory doesn't grow with the number of signals in a general plan; a plan with targets
/// is made in memory.
///
/// # Errors
/// If the writer fails.
pub fn write(plan: &Plan, vocabulary: &Vocabulary, out: impl Write) -> Outcome<Summary> {
    let shares = Shares::bundled()?;
    let further = Further::of(vocabulary, plan.seed);
    match &plan.form {
        Form::General(shape) => stream::write(shape, plan.seed, &shares, &further, out),
        Form::Targets(targets) => compose::write(targets, plan.seed, &shares, &further, out),
    }
}

fn write_failure(error: io::Error) -> Failure {
    Failure::data(format!(
        "can't write the sample: {}",
        Failure::reason(&error)
    ))
    .remedy("check whether the disk is full, or write somewhere else")
}

/// Years of four digits, as [`Month`] is written, and in order.
fn check_months(from: Month, to: Month) -> Outcome<()> {
    for month in [from, to] {
        if !(1..=9998).contains(&month.year) || !(1..=12).contains(&month.month) {
            return Err(Failure::usage(format!("{month} isn't a month")));
        }
    }
    if from > to {
        return Err(
            Failure::usage(format!("the last month, {to}, is before the first, {from}"))
                .remedy("swap them"),
        );
    }
    Ok(())
}

/// The first day of a month that has passed [`check_months`].
fn first_day(month: Month) -> Day {
    NaiveDate::from_ymd_opt(month.year, month.month, 1).map_or(0, day_number)
}

/// The last day of a month that has passed [`check_months`].
fn last_day(month: Month) -> Day {
    NaiveDate::from_ymd_opt(month.year, month.month, 1)
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .map_or(0, |next| day_number(next) - 1)
}

fn day_number(date: NaiveDate) -> Day {
    (date - NaiveDate::default()).num_days()
}

#[cfg(test)]
mod tests;
