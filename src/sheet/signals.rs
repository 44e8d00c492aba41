//! Signals of the year by type of call, and what the numbers of the sheet are not.

use super::{
    Bars, Block, Figure, FigureContent, Material, Role, bar, column, heading, in_words, name_in,
    paragraph, trend,
};
use crate::protect::{Count, Published};

/// The chart; beside it the disclaimer, and the trend where it is asked for.
pub(super) fn blocks(material: &Material<'_>) -> Block {
    let mut beside = vec![Block::Section(disclaimer(material))];
    let trend = trend::blocks(material).map(Block::Section);
    // With the trend the right column is the higher one: wider, it is lower.
    let (left, right) = if trend.is_some() { (6, 6) } else { (7, 5) };
    beside.extend(trend);
    Block::Columns(vec![
        column(left, vec![Block::Section(types_of_calls(material))]),
        column(right, beside),
    ])
}

fn types_of_calls(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.calls;
    let calls = material.published.calls();
    let total = material.published.calls_total();
    let mut blocks = vec![heading(
        2,
        words
            .heading
            .fill(&[("source", &material.source), ("year", &material.year)]),
    )];
    let place = [
        ("state", material.in_text.as_str()),
        ("year", material.year.as_str()),
    ];
    if total == Count::Shown(0) {
        blocks.push(paragraph(Role::Body, words.none.fill(&place)));
        return blocks;
    }
    let printed = material.wording.count(total);
    blocks.push(paragraph(
        Role::Gloss,
        words.total.form(total.shown().unwrap_or(0)).fill(&[
            ("count", printed.as_str()),
            place[0],
            place[1],
        ]),
    ));
    let bars: Vec<_> = calls
        .categories
        .iter()
        .map(|call| {
            let name = name_in(&words.types, &call.key, &call.name);
            bar(material, &name, call.count)
        })
        .collect();
    let alt = words
        .alt
        .fill(&[("year", &material.year), ("values", &in_words(&bars))]);
    blocks.push(Block::Figure(Figure {
        content: FigureContent::Ranking(Bars {
            scale: bars.clone(),
            bars,
        }),
        alt,
        caption: Vec::new(),
    }));
    blocks
}

fn disclaimer(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.disclaimer;
    let mut blocks = vec![
        heading(2, words.heading.fill(&[])),
        paragraph(Role::Body, words.text.fill(&[("source", &material.source)])),
    ];
    if hides_a_number(material.published) {
        blocks.push(hidden_note(material));
    }
    blocks
}

/// The disclaimer in small type, where there is no room for a section.
pub(super) fn notes(material: &Material<'_>) -> Vec<Block> {
    let text = material
        .wording
        .disclaimer
        .text
        .fill(&[("source", &material.source)]);
    let mut blocks = vec![paragraph(Role::Note, text)];
    if hides_a_number(material.published) {
        blocks.push(hidden_note(material));
    }
    blocks
}

/// Says what stands in place of a number that is not shown.
pub(super) fn hidden_note(material: &Material<'_>) -> Block {
    let limit = material.published.min_cell;
    let note = material.wording.disclaimer.hidden.fill(&[
        ("highest", &material.wording.number(limit.saturating_sub(1))),
        ("below", &material.wording.count(Count::Below(limit))),
        ("hidden", &material.wording.count(Count::Hidden)),
    ]);
    paragraph(Role::Note, note)
}

/// Whether a number that the sheet prints is not shown.
fn hides_a_number(published: &Published) -> bool {
    let groups = published.groups.iter();
    let groups = groups.filter(|group| group.kind.section.is_some());
    let categories = groups
        .flat_map(|group| &group.categories)
        .map(|category| category.count);
    let venues = published
        .sex_venues
        .listed
        .iter()
        .chain(&published.labor_venues.listed)
        .map(|venue| venue.cases);
    let years = published.trend.iter().flatten();
    categories
        .chain(venues)
        .chain(years.flat_map(|year| [year.cases, year.signals]))
        .chain([published.calls_total()])
        .any(|count| count.shown().is_none())
}
