//! The hotlines: a strip at the foot of page 1, and a field with large numbers on page 2.

use super::{Block, Material, Panel, Paragraph, Role, Shape, Span, column, heading, paragraph};
use crate::profile::{Hotline, Profile};

/// How many local hotlines have room beside the national one.
const BESIDE: usize = 2;

/// The national number, for whoever holds page 1 alone.
pub(super) fn strip(material: &Material<'_>) -> Block {
    let words = &material.wording.hotlines;
    Block::Panel(
        Panel::Strip,
        vec![Block::Columns(vec![
            column(
                7,
                vec![
                    heading(2, words.national.fill(&[])),
                    paragraph(Role::Aside, words.strip.fill(&[])),
                ],
            ),
            column(
                5,
                vec![number(
                    Role::SmallNumber,
                    &words.number.fill(&[]),
                    &words.national.fill(&[]),
                )],
            ),
        ])],
    )
}

/// The national number and the state's own without their descriptions, for a sheet of one page.
pub(super) fn summary(material: &Material<'_>) -> Block {
    let words = &material.wording.hotlines;
    let national = words.national.fill(&[]);
    let national_blocks = vec![
        paragraph(Role::NumberLabel, national.clone()),
        number(Role::SmallNumber, &words.number.fill(&[]), &national),
        paragraph(Role::Aside, words.strip.fill(&[])),
    ];
    let local: Vec<Block> = material
        .profile
        .hotlines
        .iter()
        .flat_map(|hotline| local_blocks(material, hotline).into_iter().take(2))
        .collect();
    let mut columns = vec![column(7, national_blocks)];
    if !local.is_empty() {
        columns.push(column(5, local));
    }
    Block::Panel(Panel::Strip, vec![Block::Columns(columns)])
}

/// The national hotline and the state's own.
pub(super) fn field(material: &Material<'_>) -> Block {
    let words = &material.wording.hotlines;
    let national = words.national.fill(&[]);
    let mut national_blocks = vec![
        paragraph(Role::NumberLabel, national.clone()),
        number(Role::Number, &words.number.fill(&[]), &national),
        paragraph(Role::Body, words.text.fill(&[])),
    ];
    let hotlines = &material.profile.hotlines;
    let mut blocks = vec![heading(2, words.heading.fill(&[]))];
    if hotlines.is_empty() {
        blocks.append(&mut national_blocks);
    } else if hotlines.len() <= BESIDE {
        let mut local = vec![heading(3, words.local.fill(&[]))];
        for hotline in hotlines {
            local.extend(local_blocks(material, hotline));
        }
        blocks.push(Block::Columns(vec![
            column(7, national_blocks),
            column(5, local),
        ]));
    } else {
        blocks.append(&mut national_blocks);
        blocks.push(heading(3, words.local.fill(&[])));
        blocks.extend(local_rows(material, hotlines));
    }
    Block::Panel(Panel::Field, vec![Block::Section(blocks)])
}

/// Local hotlines in rows below the national one: in threes, unless four stand better two by two.
fn local_rows<'a>(
    material: &'a Material<'_>,
    hotlines: &'a [Hotline],
) -> impl Iterator<Item = Block> + 'a {
    let abreast: u8 = match (material.arrangement.shape, hotlines.len()) {
        (Shape::Single, _) => 1,
        (_, 4) => 2,
        _ => 3,
    };
    hotlines.chunks(abreast.into()).map(move |row| {
        let columns = row.iter().map(|hotline| {
            let blocks = local_blocks(material, hotline);
            column(12 / abreast, vec![Block::Section(blocks)])
        });
        Block::Columns(columns.collect())
    })
}

fn local_blocks(material: &Material<'_>, hotline: &Hotline) -> Vec<Block> {
    let mut blocks = vec![
        Block::Paragraph(Paragraph {
            role: Role::NumberLabel,
            spans: vec![
                material
                    .span(&hotline.name)
                    .to(hotline.url.as_deref(), None),
            ],
        }),
        number(
            Role::SmallNumber,
            &hotline.phone,
            material.words(&hotline.name),
        ),
    ];
    blocks.extend(hotline.text.iter().map(|text| {
        Block::Paragraph(Paragraph {
            role: Role::Body,
            spans: vec![material.span(text)],
        })
    }));
    blocks
}

fn number(role: Role, phone: &str, name: &str) -> Block {
    Block::Paragraph(Paragraph {
        role,
        spans: vec![Span::linked(
            phone,
            Some(&Profile::phone_link(phone)),
            &format!("{name}: {phone}"),
        )],
    })
}
