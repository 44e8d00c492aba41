//! `check`: what files of signals contain, and how they would be read.

use std::path::Path;

use super::inputs::{self, Passes};
use super::standard_output::print;
use super::{resources, whole_file};
use crate::check;
use crate::cli::{Check, CheckFormat, DataOptions};
use crate::failure::{Failure, Outcome, Position};
use crate::make::{self, Counting, Reading};
use crate::read::{Column, Input, Mapping, Proposal, Source, StatisticsTable, is_statistics_table};
use crate::tally::Totals;
use crate::vocabulary::Vocabulary;

pub(super) fn run(check: &Check) -> Outcome<()> {
    let selection = &check.selection;
    let options = DataOptions {
        data: match check.files.is_empty() {
            true => selection.data.data.clone(),
            false => check.files.clone(),
        },
        ..selection.data.clone()
    };
    let vocabulary = resources::vocabulary(options.vocabulary.as_deref())?;
    let counting = Counting {
        vocabulary: &vocabulary,
        mapping: Mapping::canonical(),
        limits: check.limits.limits(),
        areas: selection.area.areas(),
        time: selection.time.timeframe(),
        unit: selection.count.unit,
        strict: options.strict,
    };
    let files = inputs::open(&options.files(), Passes::Several)?;
    let files: Vec<&Input> = files.iter().collect();
    if let Some(told) = statistics_table(&files, &counting)? {
        return print(&told);
    }
    let readings = match (&options.mapping, &check.write_mapping) {
        (Some(path), None) => vec![Reading {
            mapping: resources::mapping(Some(path), &vocabulary)?,
            files,
        }],
        (_, Some(path)) => vec![Reading {
            mapping: {
                // Only the sheets that it names are looked at.
                let given = resources::mapping(options.mapping.as_deref(), &vocabulary)?;
                write_proposal(&files, &given, &counting, path)?
            },
            files,
        }],
        (None, None) => readings(&files, &counting)?,
    };
    let report = make::check(&readings, &counting)?;
    match check.format {
        CheckFormat::Text => print(&check::text(&report))?,
        CheckFormat::Json => print(&format!("{:#}\n", check::json(&report)))?,
    }
    match options.strict {
        true => report
            .files
            .iter()
            .try_for_each(|file| file.findings.strict()),
        false => Ok(()),
    }
}

/// What to report about statistics tables; `None` if the first file isn't one.
fn statistics_table(files: &[&Input], counting: &Counting<'_, '_>) -> Outcome<Option<String>> {
    let mut totals = Totals::new(counting.vocabulary);
    let mut has_table = false;
    for input in files {
        for mut source in Source::open(input, Mapping::canonical(), counting.limits)? {
            if source.is_blank()? {
                continue;
            }
            if !is_statistics_table(source.start()?) {
                return Ok(None);
            }
            let name = source.name().to_owned();
            let mut table = StatisticsTable::open(&name, source, counting.limits)?;
            totals.read(&mut table)?;
            has_table = true;
        }
    }
    if !has_table {
        return Ok(None);
    }
    let all = totals.statistics(&counting.areas, &counting.time, counting.unit)?;
    let lines = all.iter().map(|statistics| {
        format!(
            "{}: a statistics table with every figure that a sheet needs, {} cases in the period\n",
            statistics.area, statistics.cases.period
        )
    });
    Ok(Some(lines.collect()))
}

/// How files without a mapping are read: each with its own layout. If a file needs a mapping, one is proposed and
/// shown. A file without required columns is reported and left out, unless it is the only one.
fn readings<'i>(files: &[&'i Input], counting: &Counting<'_, '_>) -> Outcome<Vec<Reading<'i>>> {
    // Each layout as its mapping file says it; empty for the canonical one.
    let mut readings: Vec<(String, Reading)> = Vec::new();
    // The layouts that were shown, each with the first file that has it.
    let mut shown: Vec<(&str, String)> = Vec::new();
    let mut first_failure = None;
    for &file in files {
        let (layout, mapping) = if make::is_canonical(file, counting) {
            (String::new(), Mapping::canonical().clone())
        } else {
            let name = file.name();
            let proposal = make::propose(file, Mapping::canonical(), counting)?;
            match shown.iter().find(|(_, layout)| *layout == proposal.layout) {
                Some((like, _)) => eprintln!("note: {name} has the layout of {like}"),
                None => {
                    eprintln!(
                        "note: {name} has a layout of its own; here is a proposed mapping (--write-mapping FILE writes it):\n\n{}",
                        proposal.toml
                    );
                    shown.push((name, proposal.layout.clone()));
                }
            }
            match mapping_of("the proposed mapping", name, &proposal, counting.vocabulary) {
                Ok(mapping) => (proposal.layout, mapping),
                Err(failure) if files.len() > 1 => {
                    eprintln!(
                        "note: {name} is left out of what follows: {}; if its rows belong to cases, join it \
                         to the signals with [[join]]",
                        failure.message
                    );
                    first_failure.get_or_insert(failure);
                    continue;
                }
                Err(failure) => return Err(failure),
            }
        };
        match readings.iter_mut().find(|(known, _)| *known == layout) {
            Some((_, known)) => known.files.push(file),
            None => {
                let files = vec![file];
                readings.push((layout, Reading { mapping, files }));
            }
        }
    }
    if readings.len() > 1 {
        eprintln!(
            "note: these files have {} layouts, but a run takes only one mapping; convert them to \
             one layout, or count them separately",
            readings.len()
        );
    }
    match first_failure {
        Some(failure) if readings.is_empty() => Err(failure),
        _ => Ok(readings.into_iter().map(|(_, reading)| reading).collect()),
    }
}

/// Writes the mapping that is proposed for the one file.
fn write_proposal(
    files: &[&Input],
    given: &Mapping,
    counting: &Counting<'_, '_>,
    path: &Path,
) -> Outcome<Mapping> {
    let [file] = files else {
        return Err(Failure::usage(format!(
            "--write-mapping proposes a mapping for one file, and you gave {}",
            files.len()
        ))
        .remedy(
            "name one of them; the mapping that it writes also reads others of the same layout",
        ));
    };
    if path.exists() {
        return Err(Failure::data("the mapping file already exists")
            .at(Position::file(path.display().to_string()))
            .remedy("edit it, or move it first"));
    }
    let proposal = make::propose(file, given, counting)?;
    whole_file::write(path, proposal.toml.as_bytes())?;
    let shown = path.display().to_string();
    eprintln!("note: wrote {shown}; review and edit it");
    mapping_of(&shown, file.name(), &proposal, counting.vocabulary)
}

/// The mapping that was proposed for a file.
///
/// # Errors
/// Columns that weren't recognized, but are needed to read any row.
fn mapping_of(
    shown: &str,
    file: &str,
    proposal: &Proposal,
    vocabulary: &Vocabulary,
) -> Outcome<Mapping> {
    let missing: Vec<&str> = proposal.missing.iter().copied().map(Column::name).collect();
    match missing.first() {
        None => Mapping::from_toml(shown, &proposal.toml, vocabulary),
        Some(first) => Err(Failure::data(format!(
            "no column was recognized as {}",
            missing.join(", ")
        ))
        .at(Position::file(file))
        .remedy(format!(
            "name it in [columns] of a mapping file, as in {first} = \"Date of call\""
        ))),
    }
}
