//! The groups of cases, each with its chart: demographics of potential trafficking victims, and others.

use super::{
    Bar, Bars, Block, Extent, Figure, FigureContent, Material, Paragraph, Role, Shape, Span,
    column, groups, heading, hotline_page, in_words, paragraph, printed_address,
};
use crate::protect::PublishedGroup;
use crate::tally::{GroupUnit, Unit};
use crate::vocabulary::{Over, Section};

/// How many groups of people keep their bars on a full page: as many as in the agency's profiles.
const ALWAYS_DRAWN: usize = 3;

/// The groups, one above the other.
pub(super) fn stacked(material: &Material<'_>) -> Vec<Block> {
    if !has_any(material) {
        return unknown(material);
    }
    let mut blocks = opening(material);
    let most = match material.arrangement.further_page {
        true => ALWAYS_DRAWN,
        false => usize::MAX,
    };
    blocks.extend(groups(material, true).into_iter().take(most).flatten());
    if material.arrangement.shape != Shape::Dense {
        blocks.push(paragraph(Role::Note, footnote(material)));
    }
    blocks
}

/// The groups describing people that page 1 has no room for, with what readers need to know about them.
pub(super) fn further(material: &Material<'_>) -> Option<Vec<Block>> {
    let mut groups = groups(material, true);
    let further = groups.split_off(groups.len().min(ALWAYS_DRAWN));
    let blocks = opening(material).into_iter();
    let blocks = blocks.chain(further.iter().flatten().cloned()).collect();
    (!further.is_empty()).then_some(blocks)
}

/// The groups of cases that don't describe people, each under a heading of its own.
pub(super) fn others(material: &Material<'_>) -> Vec<Block> {
    if !material.published.knows_cases {
        return Vec::new();
    }
    let groups = groups::in_section(material, Section::Cases).into_iter();
    let groups = groups.filter(|group| groups::has_any(group)).map(|group| {
        let title = heading(2, groups::of_cases(material, group));
        groups::standing(group, [vec![title], of_other(material, group)].concat())
    });
    groups.collect()
}

/// The time of a group, if its title doesn't say it, and its chart.
fn of_other(material: &Material<'_>, group: &PublishedGroup) -> Vec<Block> {
    let bars = groups::bars(material, group);
    let bars = Bars {
        scale: bars.clone(),
        bars,
        may_give_way: true,
    };
    let time = (group.kind.over == Over::Period)
        .then(|| paragraph(Role::Gloss, of_period(material, Unit::Cases)));
    let chart = chart(material, group, bars);
    time.into_iter().chain([chart]).collect()
}

/// Whether the data say anything about the people.
pub(super) fn has_any(material: &Material<'_>) -> bool {
    !groups::in_section(material, Section::Demographics).is_empty()
}

/// Instead of the groups: the data say nothing about the people.
fn unknown(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.demographics;
    vec![
        heading(3, words.heading.fill(&[])),
        paragraph(Role::Body, words.unknown.fill(&[])),
    ]
}

/// What readers need to know about the numbers.
pub(super) fn footnote(material: &Material<'_>) -> String {
    material.wording.demographics.footnote.fill(&[])
}

/// The groups side by side.
pub(super) fn abreast(material: &Material<'_>) -> Vec<Block> {
    if !has_any(material) {
        return unknown(material);
    }
    let mut blocks = opening(material);
    /// Columns that are wide enough side by side.
    const MOST_ABREAST: usize = 4;
    // On a page, charts side by side begin at the same height: below headings of one line.
    let has_findings = material.arrangement.extent != Extent::OnePage;
    let columns = groups(material, has_findings);
    // Rows of columns, as evenly filled as possible.
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
    vec![
        heading(3, words.heading.fill(&[])),
        paragraph(Role::Gloss, of_period(material, material.published.unit)),
    ]
}

/// `Cases, December 2012 – December 2016`.
fn of_period(material: &Material<'_>, unit: Unit) -> String {
    let words = &material.wording.demographics;
    let words = match unit {
        Unit::Cases => &words.period_cases,
        Unit::Victims => &words.period_victims,
    };
    words.fill(&[
        ("from", material.from.as_str()),
        ("to", material.to.as_str()),
    ])
}

fn groups(material: &Material<'_>, has_findings: bool) -> Vec<Vec<Block>> {
    let groups: Vec<_> = groups::in_section(material, Section::Demographics)
        .into_iter()
        .map(|group| (group, groups::bars(material, group)))
        .collect();
    let scale: Vec<Bar> = groups.iter().flat_map(|(_, bars)| bars.clone()).collect();
    groups
        .into_iter()
        .enumerate()
        .map(|(index, (group, bars))| {
            let words = &material.wording.demographics;
            let name = groups::of_cases(material, group);
            let finding = groups::finding(material, group).filter(|_| has_findings);
            let title = match finding {
                Some(finding) => words
                    .with_finding
                    .fill(&[("group", &name), ("finding", &finding)]),
                None => name,
            };
            let bars = Bars {
                bars,
                scale: scale.clone(),
                may_give_way: index >= ALWAYS_DRAWN,
            };
            vec![heading(4, title), chart(material, group, bars)]
        })
        .collect()
}

/// The chart of a group of cases.
fn chart(material: &Material<'_>, group: &PublishedGroup, bars: Bars) -> Block {
    let words = &material.wording.demographics;
    let alt = match group.kind.unit {
        GroupUnit::Mentions => &words.alt_victims,
        GroupUnit::Cases | GroupUnit::Signals => &words.alt,
    };
    let name = groups::of_cases(material, group);
    let alt = alt.fill(&[("group", &name), ("values", &in_words(&bars.bars))]);
    Block::Figure(Figure {
        content: FigureContent::Categories(bars),
        alt,
        caption: Vec::new(),
    })
}

/// Where there is more information.
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
