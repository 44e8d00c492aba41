//! The heat map's section: heading, figure, and a caption computed from the shading.

use super::{Block, Figure, FigureContent, HeatMap, Material, Span, heading};
use crate::heat::Zone;
use crate::protect::Count;
use crate::wording::{Wording, capitalized};

pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    match material.published.cases.located_year {
        Some(on_map) => shaded(material, on_map),
        None => outline(material),
    }
}

fn shaded(material: &Material<'_>, on_map: Count) -> Vec<Block> {
    let words = &material.wording.map;
    let values = [
        ("state", material.in_text.as_str()),
        ("source", material.source.as_str()),
        ("year", material.year.as_str()),
    ];
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
    vec![
        heading(2, words.heading.fill(&values)),
        Block::Figure(Figure {
            content: FigureContent::HeatMap(heat_map(material, words.none_shaded.fill(&[]))),
            alt: format!("{alt} {}", located(material, on_map)),
            caption: vec![Span::plain(caption.join(" "))],
        }),
    ]
}

/// The map where the data are totals: outline, counties, cities, and why there is no more.
fn outline(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.outline;
    let values = [
        ("state", material.in_text.as_str()),
        ("year", material.year.as_str()),
    ];
    vec![
        heading(2, words.heading.fill(&values)),
        Block::Figure(Figure {
            content: FigureContent::HeatMap(heat_map(material, words.legend.fill(&[]))),
            alt: words.alt.fill(&values),
            caption: vec![Span::plain(words.caption.fill(&values))],
        }),
    ]
}

/// The drawing, and the words of its legend; `none_shaded` where nothing is shaded.
fn heat_map(material: &Material<'_>, none_shaded: String) -> HeatMap {
    let words = &material.wording.map;
    HeatMap {
        state: material.published.state,
        shading: material.published.map.shading.clone(),
        fewer: words.fewer.fill(&[]),
        more: words.more.fill(&[]),
        none: words.none.fill(&[]),
        none_shaded,
        miles: words.miles.fill(&[]),
    }
}

/// The sentence that says how many of the year's cases are on the map.
fn located(material: &Material<'_>, on_map: Count) -> String {
    let Material {
        wording, published, ..
    } = material;
    let sentence = wording.map.alt_cases.fill(&[
        ("located", &wording.count(on_map)),
        ("cases", &wording.count(published.cases.year)),
        ("year", &material.year),
    ]);
    capitalized(&sentence)
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
