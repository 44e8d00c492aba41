//! From the bytes of files to what people should know before they trust them.

use super::Counting;
use super::count::{join, signals_of};
use crate::check::{CheckedFile, Report, Surveyor};
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::read::{
    self, Asked, Column, Fate, Findings, Input, JoinedCases, Mapping, Proposal, Reject, Row,
    SeenColumn, SignalReader, Source,
};
use crate::tally::{Evidence, Figure, Scope, Tally};

/// Files, and the mapping to read them with.
pub struct Reading<'i> {
    /// How to read them.
    pub mapping: Mapping,
    /// The files, in reading order.
    pub files: Vec<&'i Input>,
}

/// Whether a file can be read without a mapping.
pub fn is_canonical(file: &Input, counting: &Counting<'_, '_>) -> bool {
    let tables = Source::open(file, Mapping::canonical(), counting.limits);
    let is_canonical = |source: Source| {
        let name = source.name().to_owned();
        SignalReader::open(&name, source, counting.vocabulary).is_ok()
    };
    tables.is_ok_and(|tables| tables.into_iter().all(is_canonical))
}

/// A proposed mapping for a file, or for the sheets in it that `given` names.
///
/// # Errors
/// As [`read::propose`].
pub fn propose(file: &Input, given: &Mapping, counting: &Counting<'_, '_>) -> Outcome<Proposal> {
    // Sheets that are read together have the same columns.
    let source = Source::open(file, given, counting.limits)?.remove(0);
    let name = source.name().to_owned();
    let asked = Asked {
        sheets: &given.sheets,
        state: first_state(counting),
    };
    read::propose(&name, source, asked, counting.vocabulary, counting.limits)
}

/// The state that rows may be about if nothing says theirs.
fn first_state(counting: &Counting<'_, '_>) -> Jurisdiction {
    let mut states = counting.areas.iter().flat_map(|area| area.states().iter());
    states.next().unwrap_or(Jurisdiction::from_index(0))
}

/// The columns of a file by its first rows, so that a person can say what they mean; or of the sheets that `given`
/// names.
///
/// # Errors
/// As [`read::seen_columns`].
pub fn columns(
    file: &Input,
    given: &Mapping,
    counting: &Counting<'_, '_>,
) -> Outcome<Vec<SeenColumn>> {
    let source = Source::open(file, given, counting.limits)?.remove(0);
    let name = source.name().to_owned();
    read::seen_columns(&name, source, counting.vocabulary, counting.limits)
}

/// What files contain, how it is read, and what is lost.
///
/// # Errors
/// A file that can't be read as its mapping says.
pub fn check(readings: &[Reading<'_>], counting: &Counting<'_, '_>) -> Outcome<Report> {
    let mut surveyor = Surveyor::default();
    let mut tally = Tally::new(counting.vocabulary, counting.unit).with_limits(counting.limits);
    let mut joined = JoinedCases::new();
    let mut checked = Vec::new();
    for Reading { mapping, files } in readings {
        let roles = read::roles(files.iter().copied(), mapping)?;
        let on_reject = |name: &str, reject: &Reject<'_>| {
            surveyor.reject(name, reject);
            Ok(())
        };
        join(&mut joined, &roles, mapping, counting, on_reject)?;
        for input in &roles.signals {
            for mut source in Source::open(input, mapping, counting.limits)? {
                let sheet = source.sheet().cloned();
                let name = source.name().to_owned();
                let mut reader = signals_of(&mut source, mapping, counting, &joined)?;
                let file = tally.begin_file(&name);
                while let Some(row) = reader.advance()? {
                    match row {
                        Row::Signal(signal) => {
                            surveyor.add(&name, &signal);
                            tally.add(file, &signal);
                        }
                        Row::Reject(reject) => {
                            surveyor.reject(&name, &reject);
                            tally.reject(file);
                        }
                    }
                }
                let columns = reader.columns().into_iter();
                checked.push(CheckedFile {
                    columns: columns
                        .map(|(name, column)| (name, column.map(Column::name)))
                        .collect(),
                    values: reader.values(),
                    findings: Findings {
                        sheet,
                        ..reader.findings()
                    },
                });
            }
        }
    }
    tally.check_ids()?;
    if readings
        .iter()
        .all(|reading| reading.mapping.dates_are_years())
    {
        tally.take_dates_for_years();
    }
    let (scopes, missing) = super::scopes(&tally, &counting.areas[..1], &counting.time)?;
    look_again(
        readings,
        counting,
        &Look {
            joined: &joined,
            tally: &tally,
            scope: scopes[0],
        },
        &mut checked,
        &mut surveyor,
    )?;
    let statistics = tally.statistics(&scopes);
    let ledger = statistics
        .into_iter()
        .next()
        .map(|statistics| statistics.ledger);
    Ok(Report {
        files: checked,
        joined: joined.files_of_counted(),
        unnamed_cases: joined.unnamed(),
        missing_months: missing.into_iter().map(|notice| notice.message).collect(),
        survey: surveyor.finish(),
        state: counting.areas[0].code(),
        ledger: ledger.unwrap_or_default(),
    })
}

/// What is needed to look at rows again, once all are known.
struct Look<'t, 'v> {
    joined: &'t JoinedCases,
    tally: &'t Tally<'v>,
    scope: Scope,
}

/// Reads all rows again: sets cells aside if the ledger doesn't count their row as used, and compares rows with the
/// same id.
fn look_again(
    readings: &[Reading<'_>],
    counting: &Counting<'_, '_>,
    look: &Look<'_, '_>,
    checked: &mut [CheckedFile],
    surveyor: &mut Surveyor,
) -> Outcome<()> {
    let used = Figure::named("ledger.used", counting.vocabulary, &[])?;
    let Some(used) = used.into_iter().next() else {
        return Err(Failure::data("no number is called ledger.used"));
    };
    let mut evidence = Evidence::of(look.tally, look.scope, used);
    let mut checked = checked.iter_mut();
    for Reading { mapping, files } in readings {
        for input in read::roles(files.iter().copied(), mapping)?.signals {
            for mut source in Source::open(input, mapping, counting.limits)? {
                let name = source.name().to_owned();
                let mut reader = signals_of(&mut source, mapping, counting, look.joined)?;
                let Some(file) = checked.next() else { break };
                while let Some(row) = reader.advance()? {
                    let Row::Signal(signal) = row else { continue };
                    surveyor.compare(&name, &signal, counting.vocabulary);
                    if evidence.signal(&signal).is_some() {
                        look.joined.note_counted(signal.case_id.unwrap_or_default());
                        continue;
                    }
                    for (column, fate) in file.findings.cells.iter_mut().zip(signal.fates) {
                        if *fate == Some(Fate::Used) {
                            column.counts.set_aside(1);
                        }
                    }
                }
            }
        }
    }
    evidence.check_ids()
}
