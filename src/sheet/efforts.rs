//! Statewide efforts: victim service agencies, collaborations, resources, funding.

use super::{
    Block, Column, Item, List, Material, Paragraph, Role, Span, column, heading, paragraph,
    printed_address,
};
use crate::jurisdiction::{Jurisdiction, Standing};
use crate::profile::{Agencies, Entry};
use crate::wording::{Template, capitalized};

/// The section, unless the profile has nothing for it.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let words = &material.wording.efforts;
    let profile = material.profile;
    let standing = material.published.area.state().map(Jurisdiction::standing);
    let (title, resources_gloss) = match standing {
        None | Some(Standing::State) => (&words.heading, &words.resources_gloss),
        Some(Standing::District) => (&words.heading_district, &words.resources_gloss_district),
        Some(Standing::Territory) => (&words.heading_territory, &words.resources_gloss_territory),
    };
    let agencies = profile
        .agencies
        .as_ref()
        .map(|agencies| agencies_paragraph(material, agencies));
    let lists: Vec<_> = [
        (
            &profile.collaborations,
            &words.collaborations,
            Some(&words.collaborations_gloss),
        ),
        (&profile.resources, &words.resources, Some(resources_gloss)),
        (&profile.funding, &words.funding, None),
    ]
    .into_iter()
    .filter(|(entries, _, _)| !entries.is_empty())
    .collect();
    if agencies.is_none() && lists.is_empty() {
        return None;
    }
    let mut blocks = vec![heading(2, title.fill(&[("state", &material.state)]))];
    blocks.extend(agencies);
    if !lists.is_empty() {
        let share = 12 / lists.len() as u8;
        let columns: Vec<Column> = lists
            .into_iter()
            .map(|(entries, title, gloss)| column(share, list(material, entries, title, gloss)))
            .collect();
        blocks.push(Block::Columns(columns));
    }
    Some(blocks)
}

/// How many lists the section has beside each other.
pub(super) fn lists(material: &Material<'_>) -> usize {
    let profile = material.profile;
    let lists = [
        &profile.collaborations,
        &profile.resources,
        &profile.funding,
    ];
    lists.iter().filter(|entries| !entries.is_empty()).count()
}

fn agencies_paragraph(material: &Material<'_>, agencies: &Agencies) -> Block {
    let words = material.wording.number_in_words(agencies.count);
    let sentence = material
        .wording
        .efforts
        .agencies
        .form(agencies.count)
        .fill(&[
            ("Count", &capitalized(&words)),
            ("count", &words),
            ("state", &material.in_text),
        ]);
    let mut spans = vec![Span::plain(sentence)];
    if let Some(url) = &agencies.url {
        let find_them = material.wording.efforts.find_them.fill(&[]);
        spans.push(Span::plain(format!(" {find_them} ")));
        let address = printed_address(url).unwrap_or(url);
        spans.push(Span::plain(address).to(Some(url), None));
    }
    Block::Paragraph(Paragraph {
        role: Role::Body,
        spans,
    })
}

fn list(
    material: &Material<'_>,
    entries: &[Entry],
    title: &Template,
    gloss: Option<&Template>,
) -> Vec<Block> {
    let mut blocks = vec![heading(3, title.fill(&[]))];
    blocks.extend(gloss.map(|gloss| paragraph(Role::Gloss, gloss.fill(&[]))));
    let items = entries
        .iter()
        .map(|entry| Item {
            spans: vec![material.span(&entry.title).to(entry.url.as_deref(), None)],
            value: None,
        })
        .collect();
    blocks.push(Block::List(List {
        ordered: false,
        items,
    }));
    blocks
}
