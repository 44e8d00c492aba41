//! The signs of trafficking, and what to do: in full, in short, beside the efforts, or not at all, as the state's own
//! content leaves room.

use super::{
    Block, Item, List, Material, Paragraph, Role, Span, column, efforts, heading, printed_address,
};

/// The statewide efforts with the signs, in versions; the efforts alone where the theme leaves the signs out.
pub(super) fn with_efforts(material: &Material<'_>) -> Vec<Block> {
    let efforts: Vec<Block> = (efforts::blocks(material).map(Block::Section))
        .into_iter()
        .collect();
    if !material.has_panels {
        return efforts;
    }
    let signs = &material.wording.signs.signs;
    let most_telling = first_half(signs).0;
    let below = |listed| [efforts.clone(), vec![abreast(material, listed)]].concat();
    let mut versions = vec![below(signs), below(most_telling)];
    versions.extend(beside(material, &efforts, most_telling));
    versions.push(efforts);
    vec![Block::Versions(versions)]
}

/// The signs in a column beside the efforts, where these need no more than the others.
fn beside(material: &Material<'_>, efforts: &[Block], listed: &[String]) -> Option<Vec<Block>> {
    if efforts.is_empty() || material.arrangement.shape.is_single() {
        return None;
    }
    let signs = column(4, vec![Block::Section(signs(material, vec![list(listed)]))]);
    let columns = match efforts::lists(material) {
        0 | 1 => vec![
            column(4, efforts.to_vec()),
            signs,
            column(4, vec![Block::Section(to_do(material))]),
        ],
        2 => vec![column(8, efforts.to_vec()), signs],
        _ => return None,
    };
    Some(vec![Block::Columns(columns)])
}

/// The first half of the signs, which the wording has as the most telling ones, and the second.
fn first_half(signs: &[String]) -> (&[String], &[String]) {
    signs.split_at(signs.len().div_ceil(2))
}

/// The signs, and what to do beside them.
fn abreast(material: &Material<'_>, listed: &[String]) -> Block {
    let (first, second) = first_half(listed);
    let lists = Block::Columns(vec![
        column(6, vec![list(first)]),
        column(6, vec![list(second)]),
    ]);
    Block::Columns(vec![
        column(8, vec![Block::Section(signs(material, vec![lists]))]),
        column(4, vec![Block::Section(to_do(material))]),
    ])
}

fn signs(material: &Material<'_>, listed: Vec<Block>) -> Vec<Block> {
    let words = &material.wording.signs;
    let address = words.source.as_str();
    let printed = printed_address(address).unwrap_or(address);
    let source = Block::Paragraph(Paragraph {
        role: Role::Note,
        spans: vec![
            Span::plain(format!("{} ", words.more.fill(&[]))),
            Span::plain(printed).to(Some(address), None),
        ],
    });
    let heading = heading(2, words.heading.fill(&[]));
    [vec![heading], listed, vec![source]].concat()
}

fn to_do(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.signs;
    vec![
        heading(2, words.to_do_heading.fill(&[])),
        list(&words.to_do),
    ]
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
