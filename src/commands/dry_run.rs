//! `build --dry-run`: what would be made, and from what.

use std::fmt::Write;
use std::path::Path;

use super::batch::Printed;
use super::counting::Data;
use super::resources;
use crate::area::{Area, StateSet};
use crate::cli::Build;
use crate::failure::Outcome;
use crate::make::Counted;

/// The files that would be written, and the files that they would be made from.
///
/// # Errors
/// If none of the sheets could be made.
pub(super) fn text(
    build: &Build,
    data: &Data,
    counted: &Counted<'_>,
    rejects: &Path,
    printed: &[(Area, Outcome<Printed>)],
) -> Outcome<String> {
    if let [(_, Err(failure))] = printed {
        return Err(failure.clone());
    }
    let mut text = String::new();
    let mut line = |line: String| {
        writeln!(text, "{line}").expect("memory takes what is written");
    };
    line("Would make:".to_owned());
    for (area, sheet) in printed {
        match sheet {
            Ok(sheet) => {
                for path in &sheet.paths {
                    line(format!("  {}", path.display()));
                }
            }
            Err(failure) => line(format!("  nothing for {area}: {failure}")),
        }
    }
    let rejected = counted
        .statistics
        .first()
        .map(|it| it.ledger.total.rejected);
    if rejected > Some(0) {
        line(format!("  {} (internal)", rejects.display()));
    }
    text += &sources(build, data, counted, printed);
    text += "Nothing was written.\n";
    Ok(text)
}

/// The files that sheets would be made from, and what was found in the data.
fn sources(
    build: &Build,
    data: &Data,
    counted: &Counted<'_>,
    printed: &[(Area, Outcome<Printed>)],
) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        writeln!(text, "{line}").expect("memory takes what is written");
    };
    line("From:".to_owned());
    let options = &build.selection.data;
    let ledger = counted.statistics.first().map(|first| &first.ledger);
    for input in &data.inputs {
        line(format!("  data        {}", input.name()));
    }
    if let Some(ledger) = ledger {
        let rows = ledger.total;
        line(format!(
            "  rows        {} read, {} rejected, {} repeated",
            rows.rows_read, rows.rejected, rows.duplicate
        ));
    }
    if let Some(first) = counted.statistics.first() {
        let period = first.period;
        line(format!(
            "  period      {} to {}, {}",
            period.from,
            period.to,
            period.year_in_words()
        ));
    }
    let mapping = options.mapping.as_ref();
    line(format!(
        "  mapping     {}",
        mapping.map_or("none".to_owned(), |path| path.display().to_string())
    ));
    line(format!(
        "  vocabulary  {}",
        resources::vocabulary_place(options.vocabulary.as_deref())
    ));
    line(format!(
        "  wording     {}",
        resources::wording_place(build.wording.wording.as_deref())
    ));
    let theme = build.theme.as_ref();
    line(format!(
        "  theme       {}",
        theme.map_or("built in".to_owned(), |path| path.display().to_string())
    ));
    let states = printed.iter().flat_map(|(area, _)| area.states().iter());
    let states: StateSet = states.collect();
    for state in states.iter() {
        let folder = build.profiles.profiles.as_deref();
        line(format!(
            "  profile     {state}: {}",
            resources::profile_place(folder, state)
        ));
    }
    text
}
