//! The hotlines: a strip at the bottom of page 1, and a panel with large numbers on page 2.

use super::{
    BETWEEN_LINKS, Block, Figure, FigureContent, Material, Panel, Paragraph, Role, Shape, Span,
    column, heading, paragraph, printed_address,
};
use crate::profile::{Hotline, Profile};

/// How many local hotlines fit next to the national one.
const BESIDE: usize = 2;

/// The national number, for people who have only page 1.
pub(super) fn strip(material: &Material<'_>) -> Block {
    let words = &material.wording.hotlines;
    let mut national = vec![heading(2, words.national.fill(&[]))];
    // In large print, it is on the first page with what belongs there, and space is limited.
    if material.arrangement.shape != Shape::Single {
        national.push(paragraph(Role::Aside, words.strip.fill(&[])));
    }
    Block::Panel(
        Panel::Strip,
        vec![Block::Columns(vec![
            column(7, national),
            column(
                5,
                // As large as the column is wide, so that it ends where everything above it does.
                vec![number(
                    match material.arrangement.shape {
                        Shape::Single => Role::SmallNumber,
                        _ => Role::Number,
                    },
                    &words.number.fill(&[]),
                    &words.national.fill(&[]),
                )],
            ),
        ])],
    )
}

/// The national number in a line of text, for a page without room for the strip.
pub(super) fn line(material: &Material<'_>) -> Block {
    let words = &material.wording.hotlines;
    let (name, phone) = (words.national.fill(&[]), words.number.fill(&[]));
    let link = Profile::phone_link(&phone);
    let number = Span::linked(&phone, Some(&link), &format!("{name}: {phone}"));
    Block::Paragraph(Paragraph {
        role: Role::Body,
        spans: vec![
            Span::plain(format!("{name}: ")),
            Span {
                strong: true,
                ..number
            },
        ],
    })
}

/// The national number and the state's own without their descriptions, for a one-page sheet.
pub(super) fn summary(material: &Material<'_>) -> Block {
    let words = &material.wording.hotlines;
    let national = words.national.fill(&[]);
    let national_blocks = vec![
        heading(2, national.clone()),
        number(Role::SmallNumber, &words.number.fill(&[]), &national),
        paragraph(Role::Aside, words.strip.fill(&[])),
    ];
    // The one page has no room for those of many states.
    let is_of_state = material.published.area.state().is_some();
    let hotlines = &material.profile.hotlines;
    let hotlines = match is_of_state || hotlines.len() <= BESIDE {
        true => hotlines.as_slice(),
        false => &[],
    };
    let local: Vec<Block> = hotlines
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
    ];
    let hotlines = &material.profile.hotlines;
    let mut blocks = vec![heading(2, words.heading.fill(&[]))];
    let text = Block::Paragraph(Paragraph {
        role: Role::Body,
        spans: vec![
            Span::plain(format!("{} ", words.text.fill(&[]))),
            Span {
                strong: true,
                ..Span::plain(words.danger.fill(&[]))
            },
        ],
    });
    let is_single = material.arrangement.shape.is_single();
    let is_narrow = is_single || hotlines.is_empty();
    national_blocks.extend(ways(material, is_narrow));
    let is_beside = !is_single && !hotlines.is_empty() && hotlines.len() <= BESIDE;
    if is_beside {
        let mut local = vec![heading(3, words.local.fill(&[]))];
        for hotline in hotlines {
            local.extend(local_blocks(material, hotline));
        }
        blocks.append(&mut national_blocks);
        blocks = vec![
            Block::Columns(vec![column(7, blocks), column(5, local)]),
            Block::Columns(vec![
                column(10, vec![text]),
                column(2, vec![code(material)]),
            ]),
        ];
    } else if is_single || !hotlines.is_empty() {
        blocks.push(Block::Columns(vec![
            column(10, national_blocks),
            column(2, vec![code(material)]),
        ]));
        blocks.push(text);
    } else {
        blocks.append(&mut national_blocks);
        blocks = vec![Block::Columns(vec![
            column(6, blocks),
            column(4, vec![text]),
            column(2, vec![code(material)]),
        ])];
    }
    let mut local = Vec::new();
    if !is_beside && !hotlines.is_empty() {
        local.push(heading(3, words.local.fill(&[])));
        local.extend(local_rows(material, hotlines));
    }
    let panel = |blocks| Block::Panel(Panel::Field, vec![Block::Section(blocks)]);
    if is_single && !local.is_empty() {
        // Each complete on its page.
        return Block::Section(vec![panel(blocks), panel(local)]);
    }
    blocks.extend(local);
    panel(blocks)
}

/// The other ways to reach the national hotline: text, chat, and TTY for people who can't hear. In one line or, in a
/// narrow column, in two, with the chat's address on its own line.
fn ways(material: &Material<'_>, is_narrow: bool) -> Vec<Block> {
    let words = &material.wording.hotlines;
    let chat = words.chat_address.as_str();
    let (text, relay) = (&words.text_number, &words.relay_number);
    let text = (
        words.by_text.fill(&[]),
        text.as_str(),
        format!("sms:{text}"),
    );
    let chat = (
        words.by_chat.fill(&[]),
        printed_address(chat).unwrap_or(chat),
        chat.to_owned(),
    );
    let relay = (
        words.by_relay.fill(&[]),
        relay.as_str(),
        format!("tel:{relay}"),
    );
    match is_narrow {
        true => vec![links(&[text, relay]), links(&[chat])],
        false => vec![links(&[text, chat, relay])],
    }
}

/// Contact options side by side: what each is called, what is printed of its address, and the address.
fn links(ways: &[(String, &str, String)]) -> Block {
    let mut spans = Vec::new();
    for (way, printed, address) in ways {
        let before = if spans.is_empty() { "" } else { BETWEEN_LINKS };
        spans.push(Span::plain(before));
        spans.push(Span::plain(format!("{way} {printed}")).to(Some(address), None));
    }
    Block::Paragraph(Paragraph {
        role: Role::Links,
        spans,
    })
}

/// A code that leads to the hotline's site.
fn code(material: &Material<'_>) -> Block {
    let words = &material.wording.hotlines;
    let address = words.site.as_str();
    let printed = printed_address(address).unwrap_or(address);
    Block::Figure(Figure {
        content: FigureContent::Code(address.to_owned()),
        alt: words.code_alt.fill(&[("address", printed)]),
        caption: Vec::new(),
    })
}

/// Local hotlines in rows below the national one: in threes, unless four look better two by two.
fn local_rows<'a>(
    material: &'a Material<'_>,
    hotlines: &'a [Hotline],
) -> impl Iterator<Item = Block> + 'a {
    let abreast: u8 = match (material.arrangement.shape, hotlines.len()) {
        (shape, _) if shape.is_single() => 1,
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
    // There is no room on a page for large digits of several states' hotlines, or for what they offer.
    let is_of_many =
        material.published.area.state().is_none() && material.profile.hotlines.len() > 1;
    let name = material
        .span(&hotline.name)
        .to(hotline.url.as_deref(), None);
    let spoken = material.words(&hotline.name);
    if is_of_many {
        return vec![Block::Paragraph(Paragraph {
            role: Role::Body,
            spans: vec![
                name,
                Span::plain(": "),
                Span {
                    strong: true,
                    ..phone(&hotline.phone, spoken)
                },
            ],
        })];
    }
    let mut blocks = vec![
        Block::Paragraph(Paragraph {
            role: Role::NumberLabel,
            spans: vec![name],
        }),
        number(Role::SmallNumber, &hotline.phone, spoken),
    ];
    blocks.extend(hotline.text.iter().map(|text| {
        Block::Paragraph(Paragraph {
            role: Role::Body,
            spans: vec![material.span(text)],
        })
    }));
    blocks
}

fn number(role: Role, printed: &str, name: &str) -> Block {
    Block::Paragraph(Paragraph {
        role,
        spans: vec![phone(printed, name)],
    })
}

/// A number that dials itself.
fn phone(printed: &str, name: &str) -> Span {
    Span::linked(
        printed,
        Some(&Profile::phone_link(printed)),
        &format!("{name}: {printed}"),
    )
}
