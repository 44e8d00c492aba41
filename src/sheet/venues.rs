//! The venues with the most cases, sex and labor trafficking apart.

use super::{Block, Column, Item, List, Material, Role, Span, column, heading, paragraph};
use crate::protect::{PublishedVenue, VenueRanking};
use crate::wording::{Plural, Template};

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
    let published = material.published;
    let rankings = [
        (&published.sex_venues, &words.sex, &words.sex_unlisted),
        (&published.labor_venues, &words.labor, &words.labor_unlisted),
    ];
    let blocks = rankings
        .into_iter()
        .filter_map(|(ranking, title, unlisted)| {
            match (ranking.listed.is_empty(), ranking.has_small) {
                (false, _) => Some(ranking_blocks(material, ranking, title)),
                (true, true) => Some(unlisted_blocks(material, unlisted)),
                (true, false) => None,
            }
        });
    blocks.map(Block::Section).collect()
}

/// In place of a list: there are venues, but none may be listed.
fn unlisted_blocks(material: &Material<'_>, title: &Template) -> Vec<Block> {
    let limit = material.wording.number(material.published.min_cell);
    let unlisted = material.wording.venues.unlisted.fill(&[("limit", &limit)]);
    vec![heading(2, title.fill(&[])), paragraph(Role::Body, unlisted)]
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
                    .form(venue.cases.least())
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
