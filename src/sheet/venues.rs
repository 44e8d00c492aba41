//! The venues with the most cases, sex and labor trafficking apart.

use super::{Block, Column, Item, List, Material, Role, Span, column, heading, paragraph};
use crate::protect::{PublishedVenue, VenueRanking};
use crate::wording::Plural;

/// The rankings side by side; nothing where no venue may be listed.
pub(super) fn abreast(material: &Material<'_>) -> Option<Block> {
    let columns: Vec<Column> = stacked(material)
        .into_iter()
        .map(|ranking| column(6, vec![ranking]))
        .collect();
    (!columns.is_empty()).then_some(Block::Columns(columns))
}

/// The rankings one above the other.
pub(super) fn stacked(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.venues;
    [
        (&material.published.sex_venues, &words.sex),
        (&material.published.labor_venues, &words.labor),
    ]
    .into_iter()
    .filter(|(ranking, _)| !ranking.listed.is_empty())
    .map(|(ranking, heading)| Block::Section(ranking_blocks(material, ranking, heading)))
    .collect()
}

fn ranking_blocks(material: &Material<'_>, ranking: &VenueRanking, title: &Plural) -> Vec<Block> {
    let words = &material.wording.venues;
    let listed = ranking.listed.len() as u64;
    let title = title
        .form(listed)
        .fill(&[("count", &material.wording.number(listed))]);
    let items = ranking
        .listed
        .iter()
        .map(|venue| Item {
            spans: vec![Span::plain(name(material, venue))],
            value: Some(
                words
                    .cases
                    .form(venue.cases.shown().unwrap_or(0))
                    .fill(&[("count", &material.wording.count(venue.cases))]),
            ),
        })
        .collect();
    let mut blocks = vec![
        heading(2, title),
        Block::List(List {
            ordered: true,
            items,
        }),
    ];
    if !ranking.tied_at_cut.is_empty() {
        let tie = words.tie.form(ranking.tied_at_cut.len() as u64);
        let venues: Vec<String> = ranking
            .tied_at_cut
            .iter()
            .map(|venue| name(material, venue).to_owned())
            .collect();
        let venues = material.wording.enumerate(&venues);
        blocks.push(paragraph(Role::Note, tie.fill(&[("venues", &venues)])));
    }
    blocks
}

/// A venue's name in the sheet's language; without one, that of the vocabulary.
pub(super) fn name<'a>(material: &'a Material<'_>, venue: &'a PublishedVenue) -> &'a str {
    material
        .wording
        .venues
        .names
        .get(&venue.key)
        .unwrap_or(&venue.venue)
}
