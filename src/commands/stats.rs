//! `stats`: the statistics of a sheet, on standard output or in a file.

use super::audit;
use super::counting::{self, Data};
use super::inputs::Passes;
use super::standard_output::print;
use super::whole_file;
use crate::cli::{Format, Stats};
use crate::failure::{Failure, Outcome};
use crate::make;
use crate::protect::Published;
use crate::report;

pub(super) fn run(stats: &Stats) -> Outcome<()> {
    let selection = &stats.selection;
    let format = stats.format()?;
    if format == Format::Xlsx && stats.output.is_none() {
        return Err(Failure::usage("a workbook can't be shown on the screen")
            .remedy("name a file, as in --output numbers.xlsx"));
    }
    let data = Data::of(&selection.data, &stats.limits, &stats.tell, Passes::Once)?;
    counting::warn_if_unprotected(&selection.protection, data.teller);
    let counted = data.count_alone(&data.counting_of(selection), &selection.rejects)?;
    counting::require_data(&counted)?;
    let protection = selection.protection.protection();
    let published: Vec<Published> = counted
        .statistics
        .iter()
        .map(|statistics| {
            let (published, notices) =
                make::numbers_alone(statistics, protection, selection.count.additions());
            data.teller.tell_all(&notices);
            published
        })
        .collect();
    let together = audit::published_together(published.iter(), &data.vocabulary)?;
    for sentence in &together.told {
        data.teller.warn(sentence);
    }
    let bytes = bytes(&published, format)?;
    let Some(path) = &stats.output else {
        return print(&String::from_utf8_lossy(&bytes));
    };
    whole_file::write_numbers(path, &bytes, protection.is_internal())?;
    print(&format!("{}\n", path.display()))
}

fn bytes(published: &[Published], format: Format) -> Outcome<Vec<u8>> {
    let text = match (format, published) {
        (Format::Json, [only]) => format!("{:#}\n", report::json(only)),
        (Format::Json, all) => {
            let all: Vec<_> = all.iter().map(report::json).collect();
            format!("{:#}\n", serde_json::Value::from(all))
        }
        (Format::Csv, all) => report::csv(all),
        (Format::Table, all) => report::table(all),
        (Format::Xlsx, all) => return report::workbook(all),
    };
    Ok(text.into_bytes())
}
