//! From files to published statistics: the part that every counting command shares.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::reading::Reading;
use super::whole_file::WholeFile;
use crate::failure::{Failure, Outcome, Position};
use crate::geo::Plane;
use crate::heat::{self, Shading};
use crate::jurisdiction::Jurisdiction;
use crate::protect::{self, Published};
use crate::read::{
    self, Findings, JoinedCases, JoinedFile, Mapping, Reject, RejectsWriter, Row, SheetRead,
    SignalReader, Source, StatisticsTable, is_statistics_table,
};
use crate::settings::Settings;
use crate::tally::{StateSet, Statistics, Tally, Totals};
use crate::vocabulary::Vocabulary;

/// What the files hold.
pub(super) struct Counted<'v> {
    /// What the statistics were worked out from; `None` where an agency counted itself.
    pub(super) tally: Option<Tally<'v>>,
    /// Of the states that were asked for.
    pub(super) statistics: Vec<Statistics>,
    /// States that have signals or cases, by year.
    years: BTreeMap<i32, StateSet>,
    /// The last day that the data speak of.
    pub(super) data_through: NaiveDate,
    /// SHA-256 of each file, in hexadecimal, in the order given, where they were wanted.
    pub(super) digests: Vec<String>,
}

impl<'v> Counted<'v> {
    /// What a tally gives for some states.
    pub(super) fn of(tally: Tally<'v>, states: &[Jurisdiction], digests: Vec<String>) -> Self {
        Counted {
            statistics: tally.statistics(states),
            years: tally.years(),
            data_through: tally.data_through(),
            tally: Some(tally),
            digests,
        }
    }
}

/// What is wanted of the files beside their numbers.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside<'p> {
    /// Where rejected rows go; with `None` they are only counted.
    pub(super) rejects: Option<&'p Path>,
    /// Whether the files' digests are wanted.
    pub(super) digests: bool,
}

/// Reads and counts all files.
pub(super) fn count<'v>(
    settings: &Settings,
    vocabulary: &'v Vocabulary,
    mapping: &Mapping,
    beside: Beside<'_>,
) -> Outcome<Counted<'v>> {
    let rejects = beside.rejects;
    let open = |path: &PathBuf| {
        let tables = Source::open(path, mapping, settings.limits)?;
        Ok(match beside.digests {
            true => tables,
            false => tables.into_iter().map(Source::without_digest).collect(),
        })
    };
    let files = read::expand(&settings.data)?;
    if let Some(rejects) = rejects {
        keep_data(&files, rejects)?;
    }
    let roles = read::roles(&files, mapping)?;
    // Opened once: it may be standard input.
    let mut first = roles.signals.first().map(open).transpose()?;
    if let Some(source) = first.iter_mut().flatten().next()
        && is_statistics_table(source.start()?)
    {
        return take_totals(settings, vocabulary, &roles.signals, first, open);
    }
    let mut joined = JoinedCases::new();
    let mut joined_files = Vec::new();
    let mut tally = Tally::new(vocabulary, settings.period, settings.unit);
    let mut rejects_file = rejects.map(WholeFile::begin).transpose()?;
    let mut digests = Vec::new();
    let mut all_findings = Vec::new();
    let mut has_rejects = false;
    {
        let out: Box<dyn Write> = match &mut rejects_file {
            Some(file) => Box::new(BufWriter::new(file.writer())),
            None => Box::new(io::sink()),
        };
        let mut rejects = RejectsWriter::new(|| Ok(out));
        for (join, path) in &roles.joined {
            let mut on_reject = |name: &str, reject: &Reject<'_>| {
                has_rejects = true;
                if settings.strict {
                    return Err(reject.failure(name));
                }
                rejects.write(name, reject).map_err(|error| {
                    Failure::data(format!("can't write the rejected rows: {error}"))
                })
            };
            let found = joined.read(path, *join, mapping, settings.limits, &mut on_reject)?;
            digests.extend(found.iter().filter_map(|file| file.digest.clone()));
            joined_files.extend(found);
        }
        for path in &roles.signals {
            let tables = match first.take() {
                Some(tables) => tables,
                None => open(path)?,
            };
            for mut source in tables {
                let sheet = source.sheet().cloned();
                let mut reader = open_signals(&mut source, settings, vocabulary, mapping, &joined)?;
                tally.read(&mut reader, &mut rejects)?;
                let findings = Findings {
                    sheet,
                    ..reader.findings()
                };
                drop(reader);
                if settings.strict {
                    findings.strict()?;
                }
                has_rejects |= findings.rejected > 0;
                all_findings.push(findings);
                digests.extend(source.finish()?);
            }
        }
        rejects
            .finish()
            .map_err(|error| Failure::data(format!("can't write the rejected rows: {error}")))?;
    }
    if let (Some(file), Some(path)) = (rejects_file, rejects) {
        if has_rejects {
            file.finish()?;
        } else if path.is_file() {
            // Those of an earlier run would pass for this one's.
            fs::remove_file(path).map_err(|error| Failure::io("remove", path, &error))?;
        }
    }
    tell_joined(&joined_files, &joined);
    for findings in &all_findings {
        tell(findings, rejects);
    }
    Ok(Counted::of(tally, &settings.states, digests))
}

/// Takes statistics from tables that an agency counted itself.
fn take_totals<'v>(
    settings: &Settings,
    vocabulary: &'v Vocabulary,
    files: &[PathBuf],
    mut first: Option<Vec<Source>>,
    open: impl Fn(&PathBuf) -> Outcome<Vec<Source>>,
) -> Outcome<Counted<'v>> {
    let mut totals = Totals::new(vocabulary, settings.period);
    let mut digests = Vec::new();
    for path in files {
        let tables = match first.take() {
            Some(tables) => tables,
            None => open(path)?,
        };
        for mut source in tables {
            let name = source.name().to_owned();
            if !is_statistics_table(source.start()?) {
                return Err(Failure::data("signals among statistics tables")
                    .at(Position::file(name))
                    .remedy("count signals with `stats`, or give tables only"));
            }
            let mut table = StatisticsTable::open(&name, &mut source, settings.limits)?;
            totals.read(&mut table)?;
            digests.extend(source.finish()?);
        }
    }
    let statistics = totals.statistics(&settings.states, settings.unit)?;
    let with_data = statistics.iter().filter(|statistics| {
        let calls = &statistics.calls;
        statistics.cases.year > 0 || calls.total > 0 || calls.non_substantive > 0
    });
    let with_data = with_data.map(|statistics| statistics.state).collect();
    Ok(Counted {
        tally: None,
        years: BTreeMap::from([(settings.period.year, with_data)]),
        statistics,
        data_through: settings.period.to.last_day(),
        digests,
    })
}

/// Reads all rows of all files once more, in the same order, and hands each on with its file's name.
pub(super) fn read_again(
    settings: &Settings,
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    mut see: impl FnMut(&str, Row<'_>),
) -> Outcome<()> {
    open_again(settings, vocabulary, mapping, |reader| {
        let name = reader.file().to_owned();
        while let Some(row) = reader.advance()? {
            see(&name, row);
        }
        Ok(())
    })
}

/// Counts all files once more, for another period.
pub(super) fn count_again(
    settings: &Settings,
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    tally: &mut Tally<'_>,
) -> Outcome<()> {
    let mut rejects = RejectsWriter::new(|| Ok(io::sink()));
    open_again(settings, vocabulary, mapping, |reader| {
        tally.read(reader, &mut rejects)
    })
}

/// Opens all files of signals once more, one after another.
fn open_again(
    settings: &Settings,
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    mut read: impl FnMut(&mut SignalReader<'_, Reading<'_>>) -> Outcome<()>,
) -> Outcome<()> {
    let roles = read::roles(&read::expand(&settings.data)?, mapping)?;
    let mut joined = JoinedCases::new();
    for (join, path) in &roles.joined {
        let mut on_reject = |_: &str, _: &Reject<'_>| Ok(());
        joined.read(path, *join, mapping, settings.limits, &mut on_reject)?;
    }
    for path in &roles.signals {
        for source in Source::open(path, mapping, settings.limits)? {
            let mut source = source.without_digest();
            let mut reader = open_signals(&mut source, settings, vocabulary, mapping, &joined)?;
            read(&mut reader)?;
        }
    }
    Ok(())
}

/// Opens a file of signals, with what joined files, if there are any, say of its cases.
pub(super) fn open_signals<'a>(
    source: &'a mut Source,
    settings: &Settings,
    vocabulary: &'a Vocabulary,
    mapping: &'a Mapping,
    joined: &'a JoinedCases,
) -> Outcome<SignalReader<'a, Reading<'a>>> {
    let name = source.name().to_owned();
    let source = Reading::of(source);
    let reader = SignalReader::open_mapped(&name, source, vocabulary, mapping, settings.limits)?;
    Ok(reader.joined(joined))
}

/// Rejected rows replace the file of an earlier run; data must not be lost that way.
fn keep_data(data: &[PathBuf], rejects: &Path) -> Outcome<()> {
    let Ok(rejects) = rejects.canonicalize() else {
        return Ok(());
    };
    let overwritten = data
        .iter()
        .find(|path| path.canonicalize().is_ok_and(|path| path == rejects));
    match overwritten {
        None => Ok(()),
        Some(path) => Err(
            Failure::data("the rejected rows would be written over this data")
                .at(Position::file(path.display().to_string()))
                .remedy("give the rejected rows another place with --rejects FILE"),
        ),
    }
}

/// Statistics and shading as they may be released.
pub(super) fn publish(statistics: &Statistics, settings: &Settings) -> Published {
    let min_cell = if settings.internal {
        0
    } else {
        settings.min_cell
    };
    let shading = heat::shade(
        &statistics.map.points,
        Plane::shared(statistics.state),
        min_cell,
    );
    publish_with(statistics, settings, shading)
}

/// Statistics as they may be released, for what has no map.
pub(super) fn publish_numbers(statistics: &Statistics, settings: &Settings) -> Published {
    publish_with(statistics, settings, Shading::default())
}

fn publish_with(statistics: &Statistics, settings: &Settings, shading: Shading) -> Published {
    let mut published = protect::publish(statistics, settings.min_cell, settings.internal, shading);
    if settings.trend {
        protect::add_trend(&mut published, statistics);
        if published.trend.is_none() {
            let state = statistics.state;
            let reason = match statistics.years.is_empty() {
                true => "the data do not have the numbers of every whole year of the period",
                false => "there are too few cases to hide small numbers among",
            };
            eprintln!("warning: {state}: no trend: {reason}");
        }
    }
    published
}

impl Counted<'_> {
    /// Whether a state has any signal or case in the year.
    pub(super) fn has_data(&self, statistics: &Statistics) -> bool {
        let states = self.years.get(&statistics.period.year);
        states.is_some_and(|states| states.contains(statistics.state))
    }
}

/// A sheet about a year without a single signal would mislead. Of many states, some may have none.
pub(super) fn require_data(counted: &Counted<'_>) -> Outcome<()> {
    let all = counted.statistics.as_slice();
    let Some(first) = all.first() else {
        return Ok(());
    };
    if all.iter().any(|statistics| counted.has_data(statistics)) {
        return Ok(());
    }
    let place = match all {
        [only] => only.state.name(),
        _ => "any state",
    };
    let wanted = all.iter().map(|statistics| statistics.state);
    let wanted: StateSet = wanted.collect();
    let years = counted.years.iter();
    let years = years.filter(|(_, states)| !states.intersection(wanted).is_empty());
    let years: Vec<String> = years.map(|(year, _)| year.to_string()).collect();
    let file = first
        .ledger
        .files
        .first()
        .map_or_else(String::new, |(name, _)| name.clone());
    let failure = Failure::data(format!(
        "no signal about {place} was received in {}",
        first.period.year
    ))
    .at(Position::file(file));
    let ledger = &first.ledger.total;
    Err(
        if ledger.rejected > 0 && ledger.rejected == ledger.rows_read {
            failure.remedy("every row was rejected: mend what is said of the first of them above")
        } else if years.is_empty() {
            failure.remedy(format!(
                "the data has no signal about {place} at all: choose another --state, or other data"
            ))
        } else {
            failure.remedy(format!(
                "choose a --year of which there is data: {}",
                years.join(", ")
            ))
        },
    )
}

/// Warns where protection is off.
pub(super) fn warn_if_unprotected(settings: &Settings) {
    if settings.internal {
        eprintln!(
            "warning: --internal: nothing is hidden; what is made is marked as not for release"
        );
    } else if settings.min_cell == 0 {
        eprintln!(
            "warning: --min-cell 0: small counts are printed as they are and may identify a victim"
        );
    }
}

/// Tells on standard error what did not fit together.
fn tell_joined(files: &[JoinedFile], joined: &JoinedCases) {
    for file in files {
        if file.rejected > 0 {
            eprintln!(
                "note: {}: {} of {} rows rejected",
                file.file, file.rejected, file.rows
            );
        }
        if file.without_case > 0 {
            eprintln!(
                "note: {}: {} rows name no case",
                file.file, file.without_case
            );
        }
    }
    let unnamed = joined.unnamed();
    if let Some(first) = unnamed.first() {
        eprintln!(
            "note: {} joined cases have no signal and do not count; the first: “{}”",
            unnamed.len(),
            first.escape_debug()
        );
    }
}

/// Tells on standard error what was found in a file that a person should know.
fn tell(findings: &Findings, rejects: Option<&Path>) {
    let file = &findings.file;
    for told in findings.sheet.iter().flat_map(SheetRead::told) {
        eprintln!("note: {file}: {told}");
    }
    if findings.rejected > 0 {
        let place = match rejects {
            Some(path) => format!("they are in {} (internal data)", path.display()),
            None => "write them out with --rejects FILE".to_owned(),
        };
        eprintln!(
            "note: {file}: {} of {} rows rejected; {place}",
            findings.rejected, findings.rows
        );
        if let Some(first) = findings.first_rejects.first() {
            eprintln!("  the first: {first}");
        }
    }
    if !findings.extra_columns.is_empty() {
        let columns: Vec<String> = findings
            .extra_columns
            .iter()
            .map(|column| format!("“{}”", column.escape_debug()))
            .collect();
        eprintln!("note: {file}: columns not used: {}", columns.join(", "));
    }
    for unknown in &findings.unknown {
        let shown: Vec<String> = unknown
            .values
            .values()
            .iter()
            .take(5)
            .map(|value| {
                format!(
                    "“{}” ({} times, first in line {})",
                    value.value.escape_debug(),
                    value.count,
                    value.first_line
                )
            })
            .collect();
        let more = unknown.values.values().len().saturating_sub(shown.len());
        let more = if more > 0 {
            format!(", and {more} more")
        } else {
            String::new()
        };
        eprintln!(
            "warning: {file}: column {}: values not in the vocabulary, {}: {}{more}",
            unknown.column.name(),
            unknown
                .counted_as
                .as_ref()
                .map_or("not counted".to_owned(), |name| format!(
                    "counted as {name}"
                )),
            shown.join(", ")
        );
    }
}
