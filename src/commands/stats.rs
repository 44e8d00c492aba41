//! `stats`: the statistics of a sheet on standard output.

use super::counting::{self, Beside};
use super::resources;
use super::standard_output::print;
use crate::cli::{Format, Stats};
use crate::failure::Outcome;
use crate::protect::Published;
use crate::report;
use crate::settings::Settings;

pub(super) fn run(stats: Stats) -> Outcome<()> {
    let settings = Settings::complete_choice(stats.choice)?;
    let vocabulary = resources::vocabulary(settings.vocabulary.as_deref())?;
    let mapping = resources::mapping(settings.mapping.as_deref(), &vocabulary)?;
    counting::warn_if_unprotected(&settings);
    let beside = Beside {
        rejects: settings.rejects.as_deref(),
        digests: false,
    };
    let counted = counting::count(&settings, &vocabulary, &mapping, beside)?;
    counting::require_data(&counted)?;
    let published: Vec<Published> = counted
        .statistics
        .iter()
        .map(|statistics| counting::publish_numbers(statistics, &settings))
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
