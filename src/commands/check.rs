//! `check`: what is in files of signals, and how they would be read.

use std::path::{Path, PathBuf};

use super::standard_output::print;
use super::{resources, whole_file};
use crate::check::{self, CheckedFile, Report, Surveyor};
use crate::cli::{Check, CheckFormat};
use crate::failure::{Failure, Outcome, Position};
use crate::read::{self, Column, JoinedCases, Mapping, Row, SignalReader, Source};
use crate::settings::Settings;
use crate::tally::{Tally, Totals, is_statistics_table};
use crate::vocabulary::Vocabulary;

pub(super) fn run(check: Check) -> Outcome<()> {
    let mut choice = check.choice;
    choice.data.extend(check.files);
    let settings = Settings::complete_choice(choice)?;
    let vocabulary = resources::vocabulary(settings.vocabulary.as_deref())?;
    let files = read::expand(&settings.data)?;
    if let Some(told) = statistics_table(&files, &settings, &vocabulary)? {
        return print(&told);
    }
    let mapping = match (&settings.mapping, &check.write_mapping) {
        (Some(path), None) => resources::mapping(Some(path), &vocabulary)?,
        (_, Some(path)) => propose(&files, &settings, &vocabulary, Some(path))?,
        (None, None) if is_canonical(&files, &settings, &vocabulary) => {
            Mapping::canonical().clone()
        }
        (None, None) => propose(&files, &settings, &vocabulary, None)?,
    };
    let report = survey(&files, &settings, &vocabulary, &mapping)?;
    match check.format {
        CheckFormat::Text => print(&check::text(&report))?,
        CheckFormat::Json => print(&format!("{:#}\n", check::json(&report)))?,
    }
    match settings.strict {
        true => report
            .files
            .iter()
            .try_for_each(|file| file.findings.strict()),
        false => Ok(()),
    }
}

/// What there is to tell of statistics tables; `None` where the first file is none. Standard input can't
/// be read twice and passes for signals.
fn statistics_table(
    files: &[PathBuf],
    settings: &Settings,
    vocabulary: &Vocabulary,
) -> Outcome<Option<String>> {
    let mut totals = Totals::new(vocabulary, settings.period);
    for path in files {
        if path == Path::new(read::STANDARD_INPUT) {
            return Ok(None);
        }
        let mut source = Source::open(path, Mapping::canonical(), settings.limits)?;
        if !is_statistics_table(source.start()?) {
            return Ok(None);
        }
        let name = source.name().to_owned();
        totals.read(&name, &mut source)?;
    }
    let all = totals.statistics(&settings.states, settings.unit)?;
    let lines = all.iter().map(|statistics| {
        format!(
            "{}: a statistics table with every figure that a sheet needs, {} cases in the period\n",
            statistics.state, statistics.cases.period
        )
    });
    Ok(Some(lines.collect()))
}

/// Whether the first file can be read without a mapping; standard input, which can't be read twice,
/// has to be.
fn is_canonical(files: &[PathBuf], settings: &Settings, vocabulary: &Vocabulary) -> bool {
    let Some(first) = files.first() else {
        return true;
    };
    if first == Path::new(read::STANDARD_INPUT) {
        return true;
    }
    Source::open(first, Mapping::canonical(), settings.limits)
        .and_then(|source| SignalReader::open(&first.to_string_lossy(), source, vocabulary))
        .is_ok()
}

/// A mapping for the first file. It is written where the person wants it, and else shown.
fn propose(
    files: &[PathBuf],
    settings: &Settings,
    vocabulary: &Vocabulary,
    path: Option<&Path>,
) -> Outcome<Mapping> {
    let Some(first) = files.first() else {
        return Err(Failure::usage("no file to propose a mapping for"));
    };
    let source = Source::open(first, Mapping::canonical(), settings.limits)?;
    let name = source.name().to_owned();
    let proposal = read::propose(&name, source, vocabulary, settings.limits)?;
    let shown = match path {
        Some(path) if path.exists() => {
            return Err(Failure::data("the mapping file is there already")
                .at(Position::file(path.display().to_string()))
                .remedy("edit it, or move it away first"));
        }
        Some(path) => {
            whole_file::write(path, proposal.toml.as_bytes())?;
            eprintln!("note: wrote {}; look it over and edit it", path.display());
            path.display().to_string()
        }
        None => {
            eprintln!(
                "note: {name} has a layout of its own; this mapping is proposed (--write-mapping FILE writes it):\n\n{}",
                proposal.toml
            );
            "the proposed mapping".to_owned()
        }
    };
    if !proposal.missing.is_empty() {
        let missing: Vec<&str> = proposal.missing.iter().copied().map(Column::name).collect();
        return Err(Failure::data(format!(
            "no column was recognised as {}",
            missing.join(", ")
        ))
        .at(Position::file(name))
        .remedy(format!(
            "say in [columns] of a mapping file which it is, or give it the same value in every row, as in \
             {} = {{ constant = \"…\" }}",
            missing[0]
        )));
    }
    Mapping::from_toml(&shown, &proposal.toml, vocabulary)
}

fn survey(
    files: &[PathBuf],
    settings: &Settings,
    vocabulary: &Vocabulary,
    mapping: &Mapping,
) -> Outcome<Report> {
    let roles = read::roles(files, mapping)?;
    let mut surveyor = Surveyor::default();
    let mut tally = Tally::new(vocabulary, settings.period, settings.unit);
    let mut joined = JoinedCases::new();
    let mut joined_files = Vec::new();
    for (join, path) in &roles.joined {
        let mut on_reject = |name: &str, reject: &read::Reject<'_>| {
            surveyor.reject(name, reject);
            Ok(())
        };
        joined_files.push(joined.read(path, *join, mapping, settings.limits, &mut on_reject)?);
    }
    let mut checked = Vec::new();
    for path in &roles.signals {
        let source = Source::open(path, mapping, settings.limits)?;
        let name = source.name().to_owned();
        let mut reader =
            SignalReader::open_mapped(&name, source, vocabulary, mapping, settings.limits)?;
        if !roles.joined.is_empty() {
            reader = reader.joined(&joined);
        }
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
            findings: reader.findings(),
        });
    }
    let statistics = tally.statistics(&settings.states[..1]);
    let ledger = statistics
        .into_iter()
        .next()
        .map(|statistics| statistics.ledger);
    Ok(Report {
        files: checked,
        joined: joined_files,
        unnamed_cases: joined.unnamed(),
        survey: surveyor.finish(),
        state: settings.states[0].code().to_owned(),
        ledger: ledger.unwrap_or_default(),
    })
}
