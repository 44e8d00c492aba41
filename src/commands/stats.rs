//! `stats`: the statistics of a sheet on standard output.

use super::counting::{self, Data};
use super::inputs::Passes;
use super::standard_output::print;
use crate::cli::{Format, Stats};
use crate::failure::Outcome;
use crate::make;
use crate::protect::Published;
use crate::report;
use crate::settings::Settings;

pub(super) fn run(stats: Stats) -> Outcome<()> {
    let settings = Settings::complete_choice(stats.choice)?;
    let data = Data::of(&settings, Passes::Once)?;
    counting::warn_if_unprotected(&settings);
    let counted = data.count_alone(&settings)?;
    counting::require_data(&counted)?;
    let protection = counting::protection(&settings);
    let published: Vec<Published> = counted
        .statistics
        .iter()
        .map(|statistics| {
            let (published, notices) = make::numbers_alone(statistics, protection, settings.trend);
            counting::tell_all(&notices);
            published
        })
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
