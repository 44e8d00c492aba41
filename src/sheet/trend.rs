//! The trend: cases and signals of each whole year of the period, each as a small line chart.

use super::{Bars, Block, Column, Figure, FigureContent, Material, bar, column, heading, in_words};
use crate::protect::{Count, PublishedYear};

/// The section; nothing where the trend is not asked for, or has no two years.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let years = years(material)?;
    let words = &material.wording.trend;
    let cases = series(material, &words.cases.fill(&[]), years, |year| year.cases);
    let signals = series(material, &words.signals.fill(&[]), years, |year| {
        year.signals
    });
    Some(vec![
        heading(2, words.heading.fill(&[])),
        Block::Columns(vec![cases, signals]),
    ])
}

/// The years, where the sheet shows them.
pub(super) fn years<'a>(material: &Material<'a>) -> Option<&'a [PublishedYear]> {
    let years = material.published.trend.as_deref()?;
    (years.len() >= 2).then_some(years)
}

fn series(
    material: &Material<'_>,
    name: &str,
    years: &[PublishedYear],
    count: impl Fn(&PublishedYear) -> Count,
) -> Column {
    let bars: Vec<_> = years
        .iter()
        .map(|year| {
            let name = material
                .wording
                .short_year(&material.published.period, year.year);
            bar(material, &name, count(year))
        })
        .collect();
    let alt = material
        .wording
        .trend
        .alt
        .fill(&[("name", name), ("values", &in_words(&bars))]);
    let figure = Figure {
        content: FigureContent::Line(Bars {
            scale: bars.clone(),
            bars,
        }),
        alt,
        caption: Vec::new(),
    };
    column(6, vec![heading(3, name.to_owned()), Block::Figure(figure)])
}
