//! Demographics of potential trafficking victims: the groups of cases, each with its chart.

use super::{
    Bar, Bars, Block, Figure, FigureContent, Material, Paragraph, Role, Shape, Span, column,
    groups, heading, hotline_page, in_words, paragraph, printed_address,
};
use crate::tally::{GroupUnit, Unit};
use crate::vocabulary::Section;

/// The groups one above the other.
pub(super) fn stacked(material: &Material<'_>) -> Vec<Block> {
    if !has_any(material) {
        return unknown(material);
    }
    let mut blocks = opening(material);
    for group in groups(material) {
        blocks.extend(group);
    }
    if material.arrangement.shape != Shape::Dense {
        blocks.push(paragraph(Role::Note, footnote(material)));
    }
    blocks
}

/// Whether the data say anything of the people.
pub(super) fn has_any(material: &Material<'_>) -> bool {
    groups::in_section(material, Section::Demographics)
        .next()
        .is_some()
}

/// In place of the groups: the data say nothing of the people.
fn unknown(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.demographics;
    vec![
        heading(3, words.heading.fill(&[])),
        paragraph(Role::Body, words.unknown.fill(&[])),
    ]
}

/// What has to be known of the numbers.
pub(super) fn footnote(material: &Material<'_>) -> String {
    material.wording.demographics.footnote.fill(&[])
}

/// The groups side by side.
pub(super) fn abreast(material: &Material<'_>) -> Vec<Block> {
    if !has_any(material) {
        return unknown(material);
    }
    let mut blocks = opening(material);
    /// Columns that are wide enough beside each other.
    const MOST_ABREAST: usize = 4;
    let columns = groups(material);
    // Rows of columns, as even as may be.
    let rows = columns.len().div_ceil(MOST_ABREAST).max(1);
    let in_row = columns.len().div_ceil(rows).max(1);
    let share = 12 / in_row as u8;
    let mut columns = columns.into_iter().peekable();
    while columns.peek().is_some() {
        let row = columns.by_ref().take(in_row);
        blocks.push(Block::Columns(
            row.map(|blocks| column(share, blocks)).collect(),
        ));
    }
    blocks.push(paragraph(Role::Note, footnote(material)));
    blocks
}

fn opening(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.demographics;
    let period = [
        ("from", material.from.as_str()),
        ("to", material.to.as_str()),
    ];
    let gloss = match material.published.unit {
        Unit::Cases => words.period_cases.fill(&period),
        Unit::Victims => words.period_victims.fill(&period),
    };
    vec![
        heading(3, words.heading.fill(&[])),
        paragraph(Role::Gloss, gloss),
    ]
}

fn groups(material: &Material<'_>) -> Vec<Vec<Block>> {
    let groups: Vec<_> = groups::in_section(material, Section::Demographics)
        .map(|group| (group, groups::bars(material, group)))
        .collect();
    let scale: Vec<Bar> = groups.iter().flat_map(|(_, bars)| bars.clone()).collect();
    groups
        .into_iter()
        .map(|(group, bars)| {
            let words = &material.wording.demographics;
            let name = groups::of_cases(material, group);
            let alt = match group.kind.unit {
                GroupUnit::Mentions => &words.alt_victims,
                GroupUnit::Cases | GroupUnit::Signals => &words.alt,
            };
            let alt = alt.fill(&[("group", &name), ("values", &in_words(&bars))]);
            let scale = scale.clone();
            let title = match groups::finding(material, group) {
                Some(finding) => words
                    .with_finding
                    .fill(&[("group", &name), ("finding", &finding)]),
                None => name,
            };
            vec![
                heading(4, title),
                Block::Figure(Figure {
                    content: FigureContent::Categories(Bars { bars, scale }),
                    alt,
                    caption: Vec::new(),
                }),
            ]
        })
        .collect()
}

/// Where there is more.
pub(super) fn more(material: &Material<'_>) -> Block {
    let words = &material.wording.demographics;
    let page = hotline_page(material.published.area, material.profile);
    let more = words.more.fill(&[("state", &material.in_text)]);
    let address = printed_address(&page).unwrap_or(&page).to_owned();
    Block::Paragraph(Paragraph {
        role: Role::Aside,
        spans: vec![
            Span::plain(format!("{more} ")),
            Span::plain(address).to(Some(&page), None),
        ],
    })
}
