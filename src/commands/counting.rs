//! From files to published statistics: the part that every counting command shares.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::whole_file::WholeFile;
use crate::failure::{Failure, Outcome, Position};
use crate::geo::{Boundaries, Projection};
use crate::heat;
use crate::protect::{self, Published};
use crate::read::{
    self, Findings, JoinedCases, JoinedFile, Mapping, Reject, RejectsWriter, SignalReader, Source,
};
use crate::settings::Settings;
use crate::tally::{Statistics, Tally};
use crate::vocabulary::Vocabulary;

/// What the files hold.
pub(super) struct Counted<'v> {
    pub(super) tally: Tally<'v>,
    /// SHA-256 of each file, in hexadecimal, in the order given.
    pub(super) digests: Vec<String>,
}

/// Reads and counts all files. Rejected rows go to `rejects`; with `None` they are only counted.
pub(super) fn count<'v>(
    settings: &Settings,
    vocabulary: &'v Vocabulary,
    mapping: &'v Mapping,
    rejects: Option<&Path>,
) -> Outcome<Counted<'v>> {
    let roles = read::roles(&read::expand(&settings.data)?, mapping)?;
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
            digests.push(found.digest.clone());
            joined_files.push(found);
        }
        for path in &roles.signals {
            let mut source = Source::open(path, mapping, settings.limits)?;
            let name = source.name().to_owned();
            let mut reader = SignalReader::open_mapped(
                &name,
                &mut source,
                vocabulary,
                mapping,
                settings.limits,
            )?;
            if !roles.joined.is_empty() {
                reader = reader.joined(&joined);
            }
            tally.read(&mut reader, &mut rejects)?;
            let findings = reader.findings();
            drop(reader);
            if settings.strict {
                findings.strict()?;
            }
            has_rejects |= findings.rejected > 0;
            all_findings.push(findings);
            digests.push(source.finish()?);
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
    Ok(Counted { tally, digests })
}

/// Statistics and shading as they may be released.
pub(super) fn publish(statistics: &Statistics, settings: &Settings) -> Published {
    let boundaries = Boundaries::of(statistics.state);
    let projection = Projection::for_boundaries(&boundaries);
    let min_cell = if settings.internal {
        0
    } else {
        settings.min_cell
    };
    let shading = heat::shade(&statistics.map.points, &boundaries, &projection, min_cell);
    protect::publish(statistics, settings.min_cell, settings.internal, shading)
}

/// A sheet about a year without a single signal would mislead.
pub(super) fn require_data(statistics: &Statistics, tally: &Tally<'_>) -> Outcome<()> {
    let calls = &statistics.calls;
    if statistics.cases.year > 0 || calls.total > 0 || calls.non_substantive > 0 {
        return Ok(());
    }
    let state = statistics.state;
    let years: Vec<String> = tally.years(state).iter().map(i32::to_string).collect();
    let file = statistics
        .ledger
        .files
        .first()
        .map_or_else(String::new, |(name, _)| name.clone());
    let failure = Failure::data(format!(
        "no signal about {} was received in {}",
        state.name(),
        statistics.period.year
    ))
    .at(Position::file(file));
    Err(if years.is_empty() {
        failure.remedy(format!(
            "the data has no signal about {} at all: choose another --state, or other data",
            state.name()
        ))
    } else {
        failure.remedy(format!(
            "choose a --year of which there is data: {}",
            years.join(", ")
        ))
    })
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
