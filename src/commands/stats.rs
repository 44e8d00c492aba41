//! `stats`: the statistics of a sheet on standard output.

use std::io::{self, Write};

use super::{counting, resources};
use crate::cli::{Format, Stats};
use crate::failure::{Failure, Outcome};
use crate::protect::Published;
use crate::report;
use crate::settings::Settings;

pub(super) fn run(stats: Stats) -> Outcome<()> {
    let settings = Settings::complete_choice(stats.choice)?;
    let vocabulary = resources::vocabulary(settings.vocabulary.as_deref())?;
    let mapping = resources::mapping(settings.mapping.as_deref(), &vocabulary)?;
    counting::warn_if_unprotected(&settings);
    let counted = counting::count(
        &settings,
        &vocabulary,
        &mapping,
        settings.rejects.as_deref(),
    )?;
    let all = counted.tally.statistics(&settings.states);
    if let [only] = all.as_slice() {
        counting::require_data(only, &counted.tally)?;
    }
    let published: Vec<Published> = all
        .iter()
        .map(|statistics| counting::publish(statistics, &settings))
        .collect();
    print(&text(&published, stats.format))
}

fn text(published: &[Published], format: Format) -> String {
    match (format, published) {
        (Format::Json, [only]) => format!("{:#}\n", report::json(only)),
        (Format::Json, all) => {
            let all: Vec<_> = all.iter().map(report::json).collect();
            format!("{:#}\n", serde_json::Value::from(all))
        }
        (Format::Csv, all) => report::csv(all),
        (Format::Table, all) => report::table(all),
    }
}

/// Writes to standard output; that its reader has gone is no error.
fn print(text: &str) -> Outcome<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::data(format!(
            "can't write to standard output: {error}"
        ))),
        _ => Ok(()),
    }
}
