//! From the bytes of files to statistics.

use std::collections::VecDeque;
use std::io::Write;

use super::notices;
use crate::area::{Area, StateSet};
use crate::failure::{Failure, Outcome, Position};
use crate::notice::{self, Notice};
use crate::period::{Month, Timeframe};
use crate::read::{
    self, Findings, Input, JoinedCases, Limits, Mapping, Reject, RejectsWriter, Roles, Row,
    SignalReader, Source, StatisticsTable, is_statistics_table,
};
use crate::tally::{Scope, Statistics, Tally, Totals, Unit};
use crate::vocabulary::Vocabulary;

/// What to count, and how to read the files.
#[derive(Clone, Debug)]
pub struct Counting<'v, 'm> {
    /// The groups and venues to count.
    pub vocabulary: &'v Vocabulary,
    /// How the files are read.
    pub mapping: &'m Mapping,
    /// How much memory a file may use.
    pub limits: Limits,
    /// The areas to count, each with its own statistics.
    pub areas: Vec<Area>,
    /// What isn't given follows from the data of each area.
    pub time: Timeframe,
    /// Whether groups of victims count cases or victims.
    pub unit: Unit,
    /// Whether any rejected row and any unknown value is an error.
    pub strict: bool,
}

/// The result of counting files.
pub struct Counted<'v> {
    /// The tally behind the statistics; `None` if an agency counted itself.
    pub tally: Option<Tally<'v>>,
    /// For the requested areas, in that order.
    pub statistics: Vec<Statistics>,
    /// What people should know about the data, in order.
    pub notices: Vec<Notice>,
    /// Areas that have signals or cases in the year.
    with_data: Vec<Area>,
    /// The years in which any of the areas has signals or cases, in order.
    years: Vec<i32>,
}

impl Counted<'_> {
    /// Whether an area has any signal or case in the year.
    pub fn has_data(&self, statistics: &Statistics) -> bool {
        self.with_data.contains(&statistics.area)
    }

    /// Whether a sheet for an area would be empty: no signal in the year, and no case in the period.
    pub fn is_empty(&self, statistics: &Statistics) -> bool {
        !self.has_data(statistics) && statistics.cases.period == 0
    }

    /// The years in which any of the requested areas has signals or cases, in order.
    pub fn years(&self) -> &[i32] {
        &self.years
    }
}

/// Reads and counts all files: signals, or statistics tables that an agency counted itself. Rejected rows go to
/// `rejects` as CSV; nothing is written there if there are none.
///
/// # Errors
/// A file that can't be read as the mapping says; files that don't belong together; a statistics table without a
/// figure that a sheet needs. With `strict`, the first rejected row or unknown value.
pub fn statistics<'v>(
    inputs: &[Input],
    counting: &Counting<'v, '_>,
    rejects: impl Write,
) -> Outcome<Counted<'v>> {
    let roles = read::roles(inputs, counting.mapping)?;
    let mut tables = Tables::of(&roles.signals, counting);
    let are_totals = match tables.peek()? {
        Some(source) => is_statistics_table(source.start()?),
        None => false,
    };
    let mut counted = match are_totals {
        true => take_totals(counting, tables)?,
        false => count(counting, &roles, tables, rejects)?,
    };
    // The known groups are the same for all areas.
    let first = counted.statistics.first();
    let unknown = first.and_then(notices::of_groups);
    counted.notices.extend(unknown);
    for statistics in &counted.statistics {
        if !counted.has_data(statistics) {
            counted.notices.push(notices::no_signals(statistics.area));
        }
    }
    notice::sort(&mut counted.notices);
    Ok(counted)
}

/// Reads all rows of all signal files in order, and passes on each with its file's name.
///
/// # Errors
/// A file that can't be read as the mapping says.
pub fn rows(
    inputs: &[Input],
    counting: &Counting<'_, '_>,
    mut see: impl FnMut(&str, Row<'_>),
) -> Outcome<()> {
    let roles = read::roles(inputs, counting.mapping)?;
    let mut joined = JoinedCases::new();
    join(&mut joined, &roles, counting.mapping, counting, |_, _| {
        Ok(())
    })?;
    for input in &roles.signals {
        for mut source in open(input, counting)? {
            let name = source.name().to_owned();
            let mut reader = signals(&mut source, counting, &joined)?;
            while let Some(row) = reader.advance()? {
                see(&name, row);
            }
        }
    }
    Ok(())
}

/// The tables of a file.
fn open(input: &Input, counting: &Counting<'_, '_>) -> Outcome<Vec<Source>> {
    Source::open(input, counting.mapping, counting.limits)
}

/// The tables of files, opened one after another and only once, because one may be standard input. Blank ones, which
/// engines write for parts without rows, are skipped if others aren't blank.
struct Tables<'a, 'v, 'm> {
    inputs: std::slice::Iter<'a, &'a Input>,
    counting: &'a Counting<'v, 'm>,
    waiting: VecDeque<Source>,
    blank: Vec<Source>,
    has_filled: bool,
    /// Whether all files were looked at.
    is_decided: bool,
}

impl<'a, 'v, 'm> Tables<'a, 'v, 'm> {
    fn of(inputs: &'a [&'a Input], counting: &'a Counting<'v, 'm>) -> Self {
        Tables {
            inputs: inputs.iter(),
            counting,
            waiting: VecDeque::new(),
            blank: Vec::new(),
            has_filled: false,
            is_decided: false,
        }
    }

    /// The next table, without removing it.
    fn peek(&mut self) -> Outcome<Option<&mut Source>> {
        loop {
            while let Some(mut source) = self.waiting.pop_front() {
                if !self.is_decided && source.is_blank()? {
                    self.blank.push(source);
                } else {
                    self.has_filled = true;
                    self.waiting.push_front(source);
                    return Ok(self.waiting.front_mut());
                }
            }
            match self.inputs.next() {
                Some(input) => self.waiting.extend(open(input, self.counting)?),
                None => break,
            }
        }
        // There is nothing else: a blank file reports its own error.
        if !self.has_filled && !self.is_decided {
            self.waiting.extend(self.blank.pop());
        }
        self.is_decided = true;
        Ok(self.waiting.front_mut())
    }

    fn next(&mut self) -> Outcome<Option<Source>> {
        self.peek()?;
        Ok(self.waiting.pop_front())
    }

    /// Notices about the blank ones.
    fn finish(self) -> Option<Notice> {
        let names: Vec<String> = self.blank.iter().map(|it| it.name().to_owned()).collect();
        notices::blank_files(&names)
    }
}

/// The signals of a table to count; their cases must be known, or explicitly absent.
fn signals<'a>(
    source: &'a mut Source,
    counting: &Counting<'a, 'a>,
    joined: &'a JoinedCases,
) -> Outcome<SignalReader<'a, &'a mut Source>> {
    let reader = signals_of(source, counting.mapping, counting, joined)?;
    reader.require_cases()?;
    Ok(reader)
}

/// The signals of a table, with what joined files (if there are any) say about its cases.
pub(super) fn signals_of<'a>(
    source: &'a mut Source,
    mapping: &'a Mapping,
    counting: &Counting<'a, '_>,
    joined: &'a JoinedCases,
) -> Outcome<SignalReader<'a, &'a mut Source>> {
    let name = source.name().to_owned();
    let reader =
        SignalReader::open_mapped(&name, source, counting.vocabulary, mapping, counting.limits)?;
    Ok(reader.joined(joined))
}

/// Reads the files that say which case signals belong to.
pub(super) fn join(
    joined: &mut JoinedCases,
    roles: &Roles<'_>,
    mapping: &Mapping,
    counting: &Counting<'_, '_>,
    mut on_reject: impl FnMut(&str, &Reject<'_>) -> Outcome<()>,
) -> Outcome<()> {
    let known = (mapping, counting.vocabulary);
    for (join, input) in &roles.joined {
        joined.read(input, *join, known, counting.limits, &mut on_reject)?;
    }
    Ok(())
}

/// Counts signals.
fn count<'v>(
    counting: &Counting<'v, '_>,
    roles: &Roles<'_>,
    mut tables: Tables<'_, '_, '_>,
    rejects: impl Write,
) -> Outcome<Counted<'v>> {
    let mut rejects = RejectsWriter::new(|| Ok(rejects));
    let mut joined = JoinedCases::new();
    let tally = Tally::new(counting.vocabulary, counting.unit).with_limits(counting.limits);
    let mut tally = tally.with_places_from(counting.time.earliest());
    if counting.mapping.dates_are_years() {
        tally.take_dates_for_years();
    }
    let mut findings: Vec<Findings> = Vec::new();
    let on_reject = |name: &str, reject: &Reject<'_>| match counting.strict {
        true => Err(reject.failure(name)),
        false => rejects.write(name, reject).map_err(not_written),
    };
    join(&mut joined, roles, counting.mapping, counting, on_reject)?;
    while let Some(mut source) = tables.next()? {
        let sheet = source.sheet().cloned();
        let mut reader = signals(&mut source, counting, &joined)?;
        tally.read(&mut reader, &mut rejects)?;
        let found = Findings {
            sheet,
            ..reader.findings()
        };
        drop(reader);
        if counting.strict {
            found.strict()?;
        }
        findings.push(found);
    }
    let blank = tables.finish();
    rejects.finish().map_err(not_written)?;
    let mut notices = notices::of_joined(&joined);
    notices.extend(findings.iter().flat_map(notices::of_file));
    let (scopes, missing) = scopes(&tally, &counting.areas, &counting.time)?;
    notices.extend(missing);
    let statistics = tally.statistics(&scopes);
    if let Some(first) = statistics.first() {
        notices.extend(notices::of_ledger(&first.ledger));
    }
    notices.extend(notices::of_cases(&tally));
    notices.extend(blank);
    Ok(Counted {
        with_data: with_data(&tally, &scopes),
        years: years(&tally, &counting.areas, &counting.time),
        statistics,
        tally: Some(tally),
        notices,
    })
}

/// Each area with its period, and the months of the requested time that the data don't have.
///
/// # Errors
/// An impossible period.
pub fn scopes(
    tally: &Tally<'_>,
    areas: &[Area],
    time: &Timeframe,
) -> Outcome<(Vec<Scope>, Vec<Notice>)> {
    let reach = tally.reach();
    let mut scopes = Vec::new();
    let mut missing: Vec<(Area, Vec<(Month, Month)>)> = Vec::new();
    for area in areas {
        let chosen = time.choose(&tally.months_of(*area), reach)?;
        scopes.push(Scope::of(*area, chosen.period));
        if !chosen.missing.is_empty() {
            missing.push((*area, chosen.missing));
        }
    }
    // What is the same for all areas is reported once.
    let is_alike = areas.len() > 1
        && missing.len() == areas.len()
        && missing.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let notices = match missing.first() {
        Some((_, months)) if is_alike => vec![notices::missing_months(months)],
        _ => {
            let each = missing.iter();
            each.map(|(area, months)| notices::missing_months(months).about(*area))
                .collect()
        }
    };
    Ok((scopes, notices))
}

fn with_data(tally: &Tally<'_>, scopes: &[Scope]) -> Vec<Area> {
    let scopes = scopes.iter().zip(tally.have_data(scopes));
    let with_data = scopes.filter(|(_, has_data)| *has_data);
    with_data.map(|(scope, _)| scope.area).collect()
}

fn years(tally: &Tally<'_>, areas: &[Area], time: &Timeframe) -> Vec<i32> {
    let states = areas.iter().map(|area| area.states());
    let states = states.fold(StateSet::default(), StateSet::union);
    tally.years_of(states, time.starts)
}

fn not_written(error: std::io::Error) -> Failure {
    Failure::data(format!("can't write the rejected rows: {error}"))
}

/// Takes statistics from tables that an agency counted itself.
fn take_totals<'v>(
    counting: &Counting<'v, '_>,
    mut tables: Tables<'_, '_, '_>,
) -> Outcome<Counted<'v>> {
    let mut totals = Totals::new(counting.vocabulary);
    while let Some(mut source) = tables.next()? {
        let name = source.name().to_owned();
        if !is_statistics_table(source.start()?) {
            return Err(Failure::data(
                "this is a file of signals, but others are statistics tables",
            )
            .at(Position::file(name))
            .remedy(
                "give signals or statistics tables, not both: count the signals separately first",
            ));
        }
        let mut table = StatisticsTable::open(&name, &mut source, counting.limits)?;
        totals.read(&mut table)?;
    }
    let blank = tables.finish();
    let statistics = totals.statistics(&counting.areas, &counting.time, counting.unit)?;
    let with_data = statistics.iter().filter(|statistics| {
        let calls = statistics.calls().total();
        statistics.cases.year > 0 || calls > Some(0) || statistics.non_substantive > Some(0)
    });
    let with_data: Vec<&Statistics> = with_data.collect();
    let mut years: Vec<i32> = with_data.iter().map(|it| it.period.year).collect();
    years.sort_unstable();
    years.dedup();
    Ok(Counted {
        tally: None,
        with_data: with_data.iter().map(|statistics| statistics.area).collect(),
        years,
        statistics,
        notices: blank.into_iter().collect(),
    })
}
