//! `stats`: the statistics of a sheet on standard output.

use super::counting::{self, Data};
use super::inputs::Passes;
use super::standard_output::print;
use crate::cli::{Format, Stats};
use crate::failure::Outcome;
use crate::make;
use crate::protect::Published;
use crate::report;

pub(super) fn run(stats: &Stats) -> Outcome<()> {
    let selection = &stats.selection;
    let data = Data::of(&selection.data, &selection.limits, Passes::Once)?;
    counting::warn_if_unprotected(&selection.protection);
    let counted = data.count_alone(&data.counting_of(selection)?, &selection.rejects)?;
    counting::require_data(&counted)?;
    let protection = selection.protection.protection();
    let published: Vec<Published> = counted
        .statistics
        .iter()
        .map(|statistics| {
            let (published, notices) =
                make::numbers_alone(statistics, protection, selection.count.trend);
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
