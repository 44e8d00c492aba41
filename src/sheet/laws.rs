//! The state's human trafficking laws, each with its citation.

use super::{Block, Material, Role, Span, Table, TableColumn, heading, paragraph};

/// The section, unless the profile has no law.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let laws = &material.profile.laws;
    if laws.is_empty() {
        return None;
    }
    let words = &material.wording.laws;
    let rows = laws
        .iter()
        .map(|law| {
            vec![
                vec![Span::plain(&law.title).in_language(material.foreign())],
                vec![Span::linked(
                    &law.citation,
                    law.url.as_deref(),
                    &format!("{}: {}", law.citation, law.title),
                )],
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
                    share: 9,
                },
                TableColumn {
                    header: words.citation.fill(&[]),
                    share: 3,
                },
            ],
            rows,
        }),
    ])
}
