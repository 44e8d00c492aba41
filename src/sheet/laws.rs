//! The state's human trafficking laws, each with its citation.

use super::{Block, Material, Role, Shape, Span, Table, TableColumn, heading, paragraph};
use crate::profile::Law;

/// Letters of a citation that stand on one line of a narrow column.
const USUAL_CITATION: usize = 23;

/// The section, unless the profile has no law.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let laws = &material.profile.laws;
    if laws.is_empty() {
        return None;
    }
    let words = &material.wording.laws;
    // In large print a citation needs more of the width; else where it would break.
    let is_long = |law: &Law| law.citation.chars().count() > USUAL_CITATION;
    let share = match material.arrangement.shape {
        Shape::Single => 4,
        _ if laws.iter().any(is_long) => 4,
        _ => 3,
    };
    let rows = laws
        .iter()
        .map(|law| {
            vec![
                vec![Span::plain(&law.title).in_language(material.foreign(&law.language))],
                vec![
                    Span::linked(
                        &law.citation,
                        law.url.as_deref(),
                        &format!("{}: {}", law.citation, law.title),
                    )
                    .in_language(material.foreign(&law.language)),
                ],
            ]
        })
        .collect();
    Some(vec![
        heading(2, words.heading.fill(&[("state", &material.state)])),
        paragraph(Role::Gloss, words.kinds.fill(&[])),
        Block::Table(Table {
            columns: vec![
                TableColumn {
                    header: words.title.fill(&[]),
                    share: 12 - share,
                },
                TableColumn {
                    header: words.citation.fill(&[]),
                    share,
                },
            ],
            rows,
        }),
    ])
}
