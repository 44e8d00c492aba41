//! `explain`: what a number counts, found by reading the files a second time.

use std::path::Path;

use super::counting::Data;
use super::inputs::Passes;
use super::resources;
use super::standard_output::print_report;
use crate::cli::Explain;
use crate::failure::{Failure, Outcome};
use crate::make;
use crate::report::{explanations_json, explanations_table};
use crate::tally::Figure;
use crate::wording;

pub(super) fn run(explain: &Explain) -> Outcome<()> {
    let selection = &explain.selection;
    let area = selection.area.only_area()?;
    let data = Data::of(
        &selection.data,
        &explain.limits,
        &explain.tell,
        Passes::Several,
    )?;
    let mut labels = Vec::new();
    for (language, ..) in wording::BUILT_IN {
        let wording = resources::wording(Some(Path::new(language)))?;
        labels.extend(wording.labels(&data.vocabulary));
    }
    let named = Figure::named(&explain.figure, &data.vocabulary, &labels);
    let figures = named.or_else(|failure| {
        let of_county = Figure::of_county(&explain.figure, area);
        of_county.map(|figure| vec![figure]).ok_or(failure)
    })?;
    let counting = data.counting_of(selection);
    let tally = data.count_alone(&counting, &selection.rejects)?.tally;
    let tally = tally.ok_or_else(|| {
        Failure::data("these data are totals, not signals")
            .remedy("give the signals with --data: totals don't show what a number is made of")
    })?;
    let explanations = make::explain(&data.inputs, &counting, &tally, figures)?;
    print_report(
        explain.report,
        || explanations_json(&explanations),
        || explanations_table(&explanations),
    )
}
