//! Panels that are used only if the state's own content leaves room: the signs of trafficking, and what to do.

use super::{Block, Item, List, Material, Paragraph, Role, Span, column, heading, printed_address};

/// The panels, most useful first; none if the theme leaves them out.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    if !material.has_panels {
        return Vec::new();
    }
    vec![Block::Spare(vec![signs(material)])]
}

fn signs(material: &Material<'_>) -> Block {
    let words = &material.wording.signs;
    let half = words.signs.len().div_ceil(2);
    let (first, second) = words.signs.split_at(half);
    let address = words.source.as_str();
    let printed = printed_address(address).unwrap_or(address);
    let source = Block::Paragraph(Paragraph {
        role: Role::Note,
        spans: vec![
            Span::plain(format!("{} ", words.more.fill(&[]))),
            Span::plain(printed).to(Some(address), None),
        ],
    });
    let signs = vec![
        heading(2, words.heading.fill(&[])),
        Block::Columns(vec![
            column(6, vec![list(first)]),
            column(6, vec![list(second)]),
        ]),
        source,
    ];
    let to_do = vec![
        heading(2, words.to_do_heading.fill(&[])),
        list(&words.to_do),
    ];
    Block::Columns(vec![
        column(8, vec![Block::Section(signs)]),
        column(4, vec![Block::Section(to_do)]),
    ])
}

fn list(texts: &[String]) -> Block {
    Block::List(List {
        ordered: false,
        items: texts
            .iter()
            .map(|text| Item {
                spans: vec![Span::plain(text)],
                value: None,
            })
            .collect(),
    })
}
