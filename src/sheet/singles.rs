//! One topic of the sheet as a separate document, for slides and posts: with everything that its numbers need when
//! they appear alone.

use super::{
    Block, Figure, Material, Paragraph, Part, Role, Sheet, column, demographics, groups, heat_map,
    outline, paragraph, signals, venues,
};
use crate::protect::Count;
use crate::vocabulary::Section;

/// The content of a picture of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Where cases were reported.
    Map,
    /// The groups of cases.
    Demographics,
    /// The venues with the most cases.
    Venues,
    /// The groups of signals.
    Calls,
}

impl Topic {
    /// All topics, in the order of the sheet.
    pub const ALL: [Topic; 4] = [Topic::Map, Topic::Demographics, Topic::Venues, Topic::Calls];

    /// The name in a file name: `map`.
    pub fn key(self) -> &'static str {
        match self {
            Topic::Map => "map",
            Topic::Demographics => "demographics",
            Topic::Venues => "venues",
            Topic::Calls => "calls",
        }
    }
}

/// A single topic.
#[derive(Clone, Debug)]
pub struct Single {
    /// One part, without a break.
    pub sheet: Sheet,
    /// What it says to people who can't see it.
    pub words: String,
}

/// A topic's document, from the sheet that it is part of; `None` if the sheet has nothing about it.
pub(super) fn single(material: &Material<'_>, topic: Topic, whole: Sheet) -> Option<Single> {
    let knows_cases = material.published.knows_cases;
    if topic != Topic::Calls && !knows_cases {
        return None;
    }
    let mut blocks = match topic {
        Topic::Map => heat_map::blocks(material),
        Topic::Demographics => of_cases(material),
        Topic::Venues => venues::abreast(material).into_iter().collect(),
        Topic::Calls => signals::abreast(material).into_iter().collect(),
    };
    let first_heading = Block::first_heading(&blocks)?.to_owned();
    let mut notes = Vec::new();
    if topic == Topic::Map {
        notes.extend(heat_map::limits(material));
    }
    notes.extend(signals::note_on(material, printed(material, topic)));
    notes.push(signals::what_numbers_are_not(material));
    let notes = paragraph(Role::Note, notes.join(" "));
    match topic {
        Topic::Map => blocks = beside_its_words(blocks, &notes),
        _ => blocks.push(notes),
    }
    let mut parts = vec![Part { blocks }];
    outline::number(&mut parts);
    let leaves = Block::leaves(&parts[0].blocks);
    let alternatives = leaves.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure.alt.as_str()),
        _ => None,
    });
    let words: Vec<&str> = (whole.mark.as_deref().into_iter())
        .chain(alternatives)
        .chain([whole.source.as_str()])
        .collect();
    let words = words.join(" ");
    Some(Single {
        words,
        sheet: Sheet {
            title: format!("{} – {first_heading}", whole.running_head),
            parts,
            ..whole
        },
    })
}

/// Demographics, and below them the other groups of cases side by side.
fn of_cases(material: &Material<'_>) -> Vec<Block> {
    let mut blocks = demographics::abreast(material);
    let others = demographics::others(material);
    let share = 12 / others.len().clamp(1, 4) as u8;
    blocks.extend(others.chunks(4).map(|row| {
        let columns = row.iter().cloned();
        Block::Columns(columns.map(|other| column(share, vec![other])).collect())
    }));
    blocks
}

/// The map on the left, and its text on the right: a picture is wider than high.
fn beside_its_words(blocks: Vec<Block>, notes: &Block) -> Vec<Block> {
    blocks
        .into_iter()
        .map(|block| match block {
            Block::Figure(figure) => {
                let caption = Block::Paragraph(Paragraph {
                    role: Role::Caption,
                    spans: figure.caption,
                });
                let map = Block::Figure(Figure {
                    caption: Vec::new(),
                    ..figure
                });
                let words = vec![caption, notes.clone()];
                Block::Columns(vec![column(7, vec![map]), column(5, words)])
            }
            other => other,
        })
        .collect()
}

/// The numbers that a topic prints.
fn printed(material: &Material<'_>, topic: Topic) -> Vec<Count> {
    let published = material.published;
    let of_groups = |section| -> Vec<Count> {
        let groups = groups::in_section(material, section).into_iter();
        groups.flat_map(groups::counts).collect()
    };
    match topic {
        Topic::Map => Vec::new(),
        Topic::Demographics => {
            let people = of_groups(Section::Demographics);
            [people, of_groups(Section::Cases)].concat()
        }
        Topic::Calls => of_groups(Section::Signals),
        Topic::Venues => {
            let listed = [&published.sex_venues, &published.labor_venues];
            let listed = listed.into_iter().flat_map(|ranking| &ranking.listed);
            listed.map(|venue| venue.cases).collect()
        }
    }
}
