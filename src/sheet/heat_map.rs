//! The heat map's section: heading, figure, and a caption derived from the shading.

use super::{Block, Figure, FigureContent, HeatMap, Material, Span, heading};
use crate::geo::{self, Panel, Plane, Whereabouts, Zone};
use crate::jurisdiction::Jurisdiction;
use crate::protect::Count;
use crate::wording::{Template, Wording, capitalized};

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
    let in_heading = in_heading(material);
    let strongest = strongest(material);
    let is_shaded = !material.published.map.shading.bands.is_empty();
    let what = match (is_shaded, material.arrangement.gray) {
        (false, _) => None,
        (true, true) => Some(words.caption_gray.fill(&values)),
        (true, false) => Some(words.caption.fill(&values)),
    };
    let caption: Vec<String> = what
        .into_iter()
        .chain([strongest.clone()])
        .chain(limits(material).filter(|_| material.arrangement.shape.is_single()))
        .collect();
    let alt = match is_shaded {
        true => &words.alt,
        false => &words.alt_unshaded,
    };
    let alt = alt.fill(&[
        ("state", &material.in_text),
        ("lines", &lines(material)),
        ("year", &material.year),
        ("strongest", &strongest),
    ]);
    vec![
        heading(3, in_its_capitals(&words.heading, &in_heading)),
        Block::Figure(Figure {
            content: FigureContent::HeatMap(Box::new(heat_map(
                material,
                words.none_shaded.fill(&[]),
            ))),
            alt: format!("{alt} {}", located(material, on_map)),
            caption: vec![Span::plain(caption.join(" "))],
        }),
    ]
}

/// What the map can't show; `None` if it shows no cases.
pub(super) fn limits(material: &Material<'_>) -> Option<String> {
    material.published.cases.located_year?;
    let values = [
        ("state", material.in_text.as_str()),
        ("year", material.year.as_str()),
    ];
    Some(material.wording.map.limits.fill(&values))
}

/// A heading in which inserted words are also capitalized, if all of its own letters are.
fn in_its_capitals(heading: &Template, values: &[(&str, &str)]) -> String {
    let without: Vec<(&str, &str)> = values.iter().map(|&(name, _)| (name, "")).collect();
    let filled = heading.fill(values);
    match heading.fill(&without).chars().any(char::is_lowercase) {
        true => filled,
        false => filled.to_uppercase(),
    }
}

/// What the section's heading may say.
fn in_heading<'a>(material: &'a Material<'_>) -> [(&'static str, &'a str); 2] {
    [
        ("state", material.in_text.as_str()),
        ("year", material.year_in_heading.as_str()),
    ]
}

/// The map if the data are totals: outline, counties, cities, and why it shows no cases.
fn outline(material: &Material<'_>) -> Vec<Block> {
    let words = &material.wording.outline;
    let values = [
        ("state", material.in_text.as_str()),
        ("year", material.year.as_str()),
    ];
    let in_heading = in_heading(material);
    vec![
        heading(3, in_its_capitals(&words.heading, &in_heading)),
        Block::Figure(Figure {
            content: FigureContent::HeatMap(Box::new(heat_map(material, words.legend.fill(&[])))),
            alt: words.alt.fill(&[
                ("state", &material.in_text),
                ("lines", &lines(material)),
                ("year", &material.year),
            ]),
            caption: vec![Span::plain(words.caption.fill(&values))],
        }),
    ]
}

/// The drawing, and the words of its legend; `none_shaded` if nothing is shaded.
fn heat_map(material: &Material<'_>, none_shaded: String) -> HeatMap {
    let words = &material.wording.map;
    HeatMap {
        area: material.published.area,
        shading: material.published.map.shading.clone(),
        fewer: words.fewer.fill(&[]),
        more: words.more.fill(&[]),
        none: words.none.fill(&[]),
        none_shaded,
        miles: words.miles.fill(&[]),
        insets: insets(material),
    }
}

/// Which lines the map has, in words.
fn lines(material: &Material<'_>) -> String {
    let words = &material.wording.map;
    let area = material.published.area;
    let lines = match area.state() {
        None => &words.state_lines,
        Some(_) if Plane::of_area(area).county_lines.is_empty() => &words.no_lines,
        Some(_) => &words.county_lines,
    };
    lines.fill(&[])
}

/// The names of the map's insets; those for several states are their postal codes.
fn insets(material: &Material<'_>) -> Vec<String> {
    let panels = Plane::of_area(material.published.area).panels.iter();
    let islands = &material.wording.map.islands;
    let name = |panel: &Panel| match (panel.key, panel.states) {
        (Some(key), _) => Some(material.wording.name_in(islands, key)),
        (None, Some((states, _))) => {
            let codes: Vec<&str> = states.iter().map(Jurisdiction::code).collect();
            Some(codes.join(", "))
        }
        (None, None) => None,
    };
    panels.filter_map(name).collect()
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
    let (wording, words) = (material.wording, &material.wording.map);
    let cities = &material.published.map.shading.strongest;
    if material.published.area.state().is_none() && !cities.is_empty() {
        let named = cities.iter().map(|city| {
            let state = wording.state(city.state());
            words
                .city_in_state
                .fill(&[("city", city.plain_name()), ("state", &state)])
        });
        let named = wording.enumerate(&named.collect::<Vec<_>>());
        let place = words.around.fill(&[("cities", &named)]);
        return words.strongest.fill(&[("place", &place)]);
    }
    let located: Vec<_> = cities
        .iter()
        .map(|&city| (city.plain_name().to_owned(), geo::whereabouts(city)))
        .collect();
    let island = |key: &str| wording.name_in(&words.islands, key);
    let named = |with_islands: bool| {
        let names = located.iter().map(|(city, place)| match place {
            Whereabouts::Island(key) if with_islands && island(key) != *city => words
                .city_on_island
                .fill(&[("city", city), ("island", &island(key))]),
            _ => city.clone(),
        });
        wording.enumerate(&names.collect::<Vec<_>>())
    };
    let Some((first, place)) = located.first() else {
        return words.unshaded.fill(&[("state", &material.in_text)]);
    };
    let is_alike = located.iter().all(|(_, other)| other == place);
    let mut parts: Vec<String> = Vec::new();
    for (_, place) in &located {
        if let Whereabouts::Part(zone) = place {
            let part = zone_name(wording, *zone);
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    let place = match place {
        Whereabouts::Island(key) if is_alike => {
            let island = island(key);
            match located.len() == 1 && *first == island {
                true => words.on_island.fill(&[("island", &island)]),
                false => words
                    .around_on_island
                    .fill(&[("island", &island), ("cities", &named(false))]),
            }
        }
        _ if parts.is_empty() => words.around.fill(&[("cities", &named(true))]),
        _ => words.around_in_parts.fill(&[
            ("cities", &named(true)),
            ("parts", &wording.enumerate(&parts)),
            ("state", &material.in_text),
        ]),
    };
    words.strongest.fill(&[("place", &place)])
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
