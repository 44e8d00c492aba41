//! The heat map's section: heading, figure, and a caption computed from the shading.

use super::{Block, Figure, FigureContent, HeatMap, Material, Span, heading};
use crate::heat::Zone;
use crate::wording::{Wording, capitalized};

pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.map;
    let values = [
        ("state", material.in_text.as_str()),
        ("year", material.year.as_str()),
    ];
    let map = &material.published.map;
    let strongest = strongest(material);
    let caption = [
        if material.arrangement.gray {
            words.caption_gray.fill(&values)
        } else {
            words.caption.fill(&values)
        },
        strongest.clone(),
        words.limits.fill(&values),
    ];
    let alt = words.alt.fill(&[
        ("state", &material.in_text),
        ("year", &material.year),
        ("strongest", &strongest),
    ]);
    let alt_cases = words.alt_cases.fill(&[
        (
            "located",
            &material
                .wording
                .count(material.published.cases.located_year),
        ),
        (
            "cases",
            &material.wording.count(material.published.cases.year),
        ),
        ("year", &material.year),
    ]);
    vec![
        heading(2, words.heading.fill(&values)),
        Block::Figure(Figure {
            content: FigureContent::HeatMap(HeatMap {
                state: material.published.state,
                shading: map.shading.clone(),
                fewer: words.fewer.fill(&[]),
                more: words.more.fill(&[]),
                none: words.none.fill(&[]),
                none_shaded: words.none_shaded.fill(&[]),
                miles: words.miles.fill(&[]),
            }),
            alt: format!("{alt} {}", capitalized(&alt_cases)),
            caption: vec![Span::plain(caption.join(" "))],
        }),
    ]
}

/// The sentence that says where shading is strongest.
fn strongest(material: &Material<'_>) -> String {
    let words = &material.wording.map;
    let zones: Vec<_> = material
        .published
        .map
        .shading
        .strongest
        .iter()
        .map(|&zone| zone_name(material.wording, zone))
        .collect();
    if zones.is_empty() {
        return words.unshaded.fill(&[("state", &material.in_text)]);
    }
    words.strongest.fill(&[
        ("state", &material.in_text),
        ("zones", &material.wording.enumerate(&zones)),
    ])
}

fn zone_name(wording: &Wording, zone: Zone) -> String {
    let key = match zone {
        Zone::North => "north",
        Zone::Northeast => "northeast",
        Zone::East => "east",
        Zone::Southeast => "southeast",
        Zone::South => "south",
        Zone::Southwest => "southwest",
        Zone::West => "west",
        Zone::Northwest => "northwest",
        Zone::Center => "center",
    };
    wording.name_in(&wording.map.zones, key)
}
