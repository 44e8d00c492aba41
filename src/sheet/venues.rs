//! The venues with the most cases, with sex and labor trafficking separate.

use super::{
    Bar, Bars, Block, Column, Figure, FigureContent, Material, Role, bar, column, heading,
    in_words, paragraph,
};
use crate::protect::{PublishedVenue, VenueRanking};
use crate::wording::{Plural, Template};

/// The rankings side by side; nothing if no venue may be listed.
pub(super) fn abreast(material: &Material<'_>) -> Option<Block> {
    let columns: Vec<Column> = stacked(material)
        .into_iter()
        .map(|ranking| column(6, vec![ranking]))
        .collect();
    (!columns.is_empty()).then_some(Block::Columns(columns))
}

/// The rankings, one above the other.
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

/// Instead of a list: there are venues, but none may be listed.
fn unlisted_blocks(material: &Material<'_>, title: &Template) -> Vec<Block> {
    let limit = material.wording.number(material.published.min_cell);
    let unlisted = material.wording.venues.unlisted.fill(&[("limit", &limit)]);
    vec![heading(3, title.fill(&[])), paragraph(Role::Body, unlisted)]
}

fn ranking_blocks(material: &Material<'_>, ranking: &VenueRanking, title: &Plural) -> Vec<Block> {
    let words = &material.wording.venues;
    let listed = ranking.listed.len() as u64;
    let title = title
        .form(listed)
        .fill(&[("count", &material.wording.number(listed))]);
    let period = [
        ("from", material.from.as_str()),
        ("to", material.to.as_str()),
    ];
    let bars: Vec<Bar> = (1..)
        .zip(&ranking.listed)
        .map(|(rank, venue): (u64, _)| {
            let name = words.ranked.fill(&[
                ("rank", &material.wording.number(rank)),
                ("venue", name(material, venue)),
            ]);
            bar(material, &name, venue.cases)
        })
        .collect();
    let alt = words
        .alt
        .fill(&[("heading", &title), ("values", &in_words(&bars))]);
    let mut blocks = vec![
        heading(3, title),
        paragraph(Role::Gloss, words.gloss.fill(&period)),
        Block::Figure(Figure {
            content: FigureContent::Ranking(Bars {
                scale: bars.clone(),
                may_give_way: false,
                bars,
            }),
            alt,
            caption: Vec::new(),
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
        let last = words.places.get(ranking.listed.len() - 1).cloned();
        let last = last.unwrap_or_else(|| material.wording.number(listed));
        blocks.push(paragraph(
            Role::Note,
            tie.fill(&[("place", &last), ("venues", &venues)]),
        ));
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
