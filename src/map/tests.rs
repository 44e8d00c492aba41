//! Properties of the drawn map, for all states.

use std::sync::LazyLock;

use super::*;
use crate::area::{self, Region};
use crate::drawing::{Anchor, Label};
use crate::geo::{Boundaries, Gazetteer};
use crate::heat::{Weight, shade};
use crate::jurisdiction::Jurisdiction;

const WORDS: MapWords = MapWords {
    fewer: "Fewer cases",
    more: "More cases",
    unshaded: "None, or too few to show",
    none_shaded: "Too few cases with a known place to shade any area",
    miles: "miles",
    insets: &[],
};
const STYLE: MapStyle<'static> = MapStyle {
    palette: &Palette::REDS,
    scale: 1.0,
};
const SIZE: (f32, f32) = (340.0, 330.0);

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces::embedded().unwrap());

/// The map of a state with cases in its largest city.
fn map_of(state: Jurisdiction, cases: u64, size: (f32, f32)) -> Drawing {
    let plane = Plane::shared(state);
    let gazetteer = Gazetteer::of(state);
    let cities = gazetteer.main_cities();
    let largest = gazetteer.city(&cities[0].name).unwrap();
    let weights = (cases > 0).then_some(Weight {
        point: largest,
        cases,
    });
    let shading = shade(weights.as_slice(), plane);
    let capital = gazetteer.capital();
    let subject = Subject {
        plane,
        cities,
        capital: capital.as_ref(),
        named: &[],
    };
    draw(subject, &shading, size, &WORDS, STYLE, &FACES)
}

fn labels(drawing: &Drawing) -> Vec<&Label> {
    drawing
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Label(label) => Some(label),
            _ => None,
        })
        .collect()
}

/// The letters of a label, from the left edge to the right and from the ascenders to the descenders.
fn box_of(label: &Label) -> Area {
    let width = label.run.width(label.size);
    let left = match label.anchor {
        Anchor::Start => label.at.0,
        Anchor::Middle => label.at.0 - width / 2.0,
        Anchor::End => label.at.0 - width,
    };
    Area {
        left,
        top: label.at.1 - FACES.cap_height(label.run.face, label.size),
        right: left + width,
        bottom: label.at.1 + FACES.descent(label.run.face, label.size),
    }
}

/// Every point outside clips, including the clips' shapes, and the box of every dot.
fn extremes(drawing: &Drawing) -> Vec<Area> {
    let mut areas = Vec::new();
    let mut add = |(x, y): Point, reach: f32| {
        areas.push(Area {
            left: x - reach,
            top: y - reach,
            right: x + reach,
            bottom: y + reach,
        });
    };
    for mark in &drawing.marks {
        match mark {
            Mark::Path {
                subpaths, stroke, ..
            } => {
                let half = stroke.map_or(0.0, |stroke| stroke.width / 2.0);
                for point in subpaths.iter().flat_map(|subpath| &subpath.points) {
                    add(*point, half - 1e-3);
                }
            }
            Mark::Pixels { .. } => panic!("a map has no pixels"),
            Mark::Winding { subpaths, .. } | Mark::Clip { subpaths, .. } => {
                for point in subpaths.iter().flat_map(|subpath| &subpath.points) {
                    add(*point, 0.0);
                }
            }
            Mark::Circle { centre, radius, .. } => add(*centre, *radius),
            Mark::Label(_) | Mark::Halo(_) => {}
        }
    }
    areas.extend(labels(drawing).into_iter().map(box_of));
    areas
}

fn dots(drawing: &Drawing) -> Vec<Area> {
    let dot = |mark: &Mark| match mark {
        Mark::Circle { centre, radius, .. } => Some(Area {
            left: centre.0 - radius,
            top: centre.1 - radius,
            right: centre.0 + radius,
            bottom: centre.1 + radius,
        }),
        _ => None,
    };
    drawing.marks.iter().filter_map(dot).collect()
}

#[test]
fn everything_stays_inside_the_drawing_and_nothing_covers_words() {
    for state in Jurisdiction::all() {
        for cases in [0, 9] {
            let drawing = map_of(state, cases, SIZE);
            let whole = Area {
                left: 0.0,
                top: 0.0,
                right: drawing.width,
                bottom: drawing.height,
            };
            for area in extremes(&drawing) {
                assert!(area.is_within(&whole), "{state}: {area:?}");
            }
            let words: Vec<Area> = labels(&drawing).into_iter().map(box_of).collect();
            let dots = dots(&drawing);
            for (index, word) in words.iter().enumerate() {
                for other in words[..index].iter().chain(&dots) {
                    assert!(!word.overlaps(other), "{state}: {word:?} {other:?}");
                }
            }
        }
    }
}

#[test]
fn words_are_legible_and_the_largest_city_is_named() {
    for state in Jurisdiction::all() {
        let drawing = map_of(state, 9, SIZE);
        let labels = labels(&drawing);
        assert!(labels.iter().all(|label| label.size >= 8.5));
        let gazetteer = Gazetteer::of(state);
        let largest = &gazetteer.main_cities()[0].name;
        assert!(
            labels.iter().any(|label| label.run.text == *largest),
            "{state}"
        );
        assert!(dots(&drawing).len() <= 10);
    }
}

/// What is visible in each panel.
fn panels(drawing: &Drawing) -> Vec<(&[Subpath], &[Mark])> {
    let clip = |mark: &'_ Mark| matches!(mark, Mark::Clip { .. });
    let panels = drawing.marks.iter().filter(|mark| clip(mark));
    panels
        .map(|mark| match mark {
            Mark::Clip { subpaths, marks } => (&subpaths[..], &marks[..]),
            _ => panic!("only clips are left"),
        })
        .collect()
}

/// The land of a panel, and what is visible on it.
fn land(marks: &[Mark]) -> (&[Subpath], &[Mark]) {
    let clip = marks.iter().find_map(|mark| match mark {
        Mark::Clip { subpaths, marks } => Some((&subpaths[..], &marks[..])),
        _ => None,
    });
    clip.expect("each panel has land")
}

fn span(subpaths: &[Subpath], pick: fn(&Point) -> f32) -> (f32, f32) {
    let points = subpaths.iter().flat_map(|subpath| &subpath.points);
    let values = points.map(pick);
    let low = values.clone().fold(f32::INFINITY, f32::min);
    (low, values.fold(f32::NEG_INFINITY, f32::max))
}

#[test]
fn the_state_fills_its_area() {
    for state in Jurisdiction::all() {
        let drawing = map_of(state, 0, SIZE);
        let panels = panels(&drawing);
        let insets = Plane::shared(state).panels.len() - 1;
        assert_eq!(panels.len(), 1 + insets, "{state}");
        let (land, _) = land(panels[0].1);
        let (left, right) = span(land, |point| point.0);
        let (top, bottom) = span(land, |point| point.1);
        // Insets may take a large part of it.
        let part = if insets > 0 { 0.5 } else { 0.93 };
        let legend = 3.0 * 15.5 + 5.0;
        let fills_width = right - left > part * SIZE.0;
        let fills_height = bottom - top > part * (SIZE.1 - legend);
        assert!(fills_width || fills_height, "{state}");
        if insets == 0 {
            assert!((left + right - SIZE.0).abs() < 0.03 * SIZE.0, "{state}");
        }
    }
}

/// Insets cover neither each other nor land, at the widths of all forms.
#[test]
fn insets_cover_nothing() {
    let states = ["AK", "AS", "HI", "MP", "VI"];
    let states = states.map(|code| area::Area::State(Jurisdiction::from_code(code).unwrap()));
    let regions =
        ["II", "IX", "X"].map(|region| area::Area::Region(Region::from_number(region).unwrap()));
    for area in states
        .into_iter()
        .chain(regions)
        .chain([area::Area::Nation])
    {
        let code = area.code();
        let plane = Plane::of_area(area);
        for size in [SIZE, (252.0, 150.0), (300.0, 180.0), (540.0, 360.0)] {
            let subject = Subject {
                plane,
                cities: &crate::geo::main_cities(area),
                capital: None,
                named: &[],
            };
            let drawing = draw(subject, &Shading::default(), size, &WORDS, STYLE, &FACES);
            let panels = panels(&drawing);
            assert_eq!(panels.len(), plane.panels.len(), "{code} {size:?}");
            let boxes: Vec<Area> = panels
                .iter()
                .map(|(subpaths, _)| {
                    let (left, right) = span(subpaths, |point| point.0);
                    let (top, bottom) = span(subpaths, |point| point.1);
                    Area {
                        left,
                        top,
                        right,
                        bottom,
                    }
                })
                .collect();
            for (index, inset) in boxes.iter().enumerate().skip(1) {
                assert!(inset.is_within(&boxes[0]), "{code}");
                assert!(
                    boxes[1..index].iter().all(|other| !inset.overlaps(other)),
                    "{code}"
                );
                let corners = land(panels[0].1).0.iter().flat_map(|ring| &ring.points);
                for &(x, y) in corners {
                    let is_covered =
                        x > inset.left && x < inset.right && y > inset.top && y < inset.bottom;
                    assert!(!is_covered, "{code} {size:?}: {x} {y} {inset:?}");
                }
            }
        }
    }
}

#[test]
fn shading_ends_at_the_border_and_gets_darker_inward() {
    let drawing = map_of(Jurisdiction::from_code("WY").unwrap(), 9, SIZE);
    let (_, marks) = land(panels(&drawing)[0].1);
    let fills: Vec<Colour> = marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Path { fill, .. } => *fill,
            _ => None,
        })
        .collect();
    let Palette {
        land, ramp, water, ..
    } = Palette::REDS;
    // Yellowstone Lake is water.
    let expected: Vec<Colour> = [land].into_iter().chain(ramp).chain([water]).collect();
    assert_eq!(fills, expected);
}

#[test]
fn the_capital_has_a_star_and_cities_of_the_caption_are_named() {
    let names = |drawing: &Drawing| -> Vec<String> {
        let labels = labels(drawing).into_iter();
        labels.map(|label| label.run.text.clone()).collect()
    };
    for state in Jurisdiction::all() {
        let capital = Gazetteer::shared(state).capital().unwrap();
        for size in [SIZE, (250.0, 250.0)] {
            let drawing = map_of(state, 9, size);
            assert!(
                names(&drawing).contains(&capital.name),
                "{state} {}",
                capital.name
            );
        }
    }
    for (code, cities) in [
        ("TX", &["Austin", "Dallas", "Fort Worth"][..]),
        ("CA", &["Sacramento", "San Francisco", "San Jose"]),
        ("MN", &["Saint Paul", "Minneapolis"]),
    ] {
        let drawing = map_of(Jurisdiction::from_code(code).unwrap(), 9, SIZE);
        let names = names(&drawing);
        for city in cities {
            assert!(
                names.iter().any(|name| name == city),
                "{code} {city} {names:?}"
            );
        }
    }
}

/// A halo keeps a name readable on the darkest band, and takes nothing from the lines of counties.
#[test]
fn halos_are_under_county_lines_and_stand_out_from_names() {
    for palette in [Palette::REDS, Palette::GRAYS, Palette::EMBERS] {
        let contrast = palette.ink.contrast(palette.halo);
        assert!(contrast >= 4.5, "{contrast}");
    }
    for state in Jurisdiction::all() {
        let drawing = map_of(state, 9, SIZE);
        let names = labels(&drawing);
        let names = names.iter().filter(|label| label.run.text.len() > 2);
        let mut halos = 0;
        for (_, marks) in panels(&drawing) {
            let is_halo = |mark: &Mark| matches!(mark, Mark::Halo(_));
            let is_county_line = |mark: &Mark| {
                matches!(mark, Mark::Path { fill: None, stroke: Some(stroke), .. }
                    if stroke.colour == Palette::REDS.county_line)
            };
            let last_halo = marks.iter().rposition(is_halo).unwrap_or(0);
            let lines = marks.iter().position(is_county_line).unwrap();
            assert!(last_halo < lines, "{state}");
            halos = halos.max(marks.iter().filter(|mark| is_halo(mark)).count());
        }
        assert!(halos > 0 && names.count() >= halos, "{state}");
    }
}

/// The three largest cities that are as far apart as peaks of a density are.
#[test]
fn all_cities_of_a_caption_are_named() {
    let mut missing = Vec::new();
    for state in Jurisdiction::all() {
        let gazetteer = Gazetteer::shared(state);
        let mut largest: Vec<_> = gazetteer.main_cities().iter().collect();
        largest.sort_by_key(|city| std::cmp::Reverse(city.population));
        let at = |city: &crate::geo::City| Plane::shared(state).projection.project(city.position);
        let mut named: Vec<crate::geo::City> = Vec::new();
        for city in largest {
            let is_apart = |other: &crate::geo::City| {
                let ((x, y), (other_x, other_y)) = (at(city), at(other));
                libm::hypot(x - other_x, y - other_y) > 25.0
            };
            if named.len() < 3 && named.iter().all(is_apart) {
                named.push(city.clone());
            }
        }
        let capital = gazetteer.capital();
        let subject = Subject {
            plane: Plane::shared(state),
            cities: gazetteer.main_cities(),
            capital: capital.as_ref(),
            named: &named,
        };
        let small = (261.0, 190.0);
        let drawing = draw(subject, &Shading::default(), small, &WORDS, STYLE, &FACES);
        let labels = labels(&drawing);
        for city in &named {
            if !labels.iter().any(|label| label.run.text == city.name) {
                missing.push(format!("{state} {}", city.name));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// No matter how close they are to the capital, to larger cities and to the border.
#[test]
fn cities_of_the_caption_are_named() {
    for (code, city) in [
        ("NM", "Rio Rancho"),
        ("KS", "Overland Park"),
        ("KY", "Lexington"),
        ("MD", "Dundalk"),
        ("MN", "Minneapolis"),
        ("VA", "Chesapeake"),
    ] {
        let state = Jurisdiction::from_code(code).unwrap();
        let gazetteer = Gazetteer::shared(state);
        let named = [crate::geo::as_city(gazetteer.city(city).unwrap())];
        let capital = gazetteer.capital();
        for named in [&named[..], &[]] {
            let subject = Subject {
                plane: Plane::shared(state),
                cities: gazetteer.main_cities(),
                capital: capital.as_ref(),
                named,
            };
            let small = (252.0, 170.0);
            let drawing = draw(subject, &Shading::default(), small, &WORDS, STYLE, &FACES);
            let labels = labels(&drawing);
            let mut names = labels.iter().map(|label| label.run.text.as_str());
            let is_named = names.any(|name| name == city);
            // Those about as large as Minneapolis are always named; suburbs aren't.
            let is_suburb = ["Rio Rancho", "Dundalk"].contains(&city);
            assert!(is_named || named.is_empty(), "{city}");
            assert!(!(is_named && named.is_empty() && is_suburb), "{city}");
        }
    }
}

#[test]
fn a_map_without_shading_says_so_and_has_no_ramp() {
    let state = Jurisdiction::from_code("WY").unwrap();
    let texts = |cases| -> Vec<String> {
        let drawing = map_of(state, cases, SIZE);
        let labels = labels(&drawing).into_iter();
        labels.map(|label| label.run.text.clone()).collect()
    };
    let (without, with) = (texts(0), texts(5));
    assert!(without.iter().any(|text| text == WORDS.none_shaded));
    assert!(!without.iter().any(|text| text == WORDS.more));
    assert!(!with.iter().any(|text| text == WORDS.none_shaded));
    for word in [WORDS.fewer, WORDS.more, WORDS.unshaded, WORDS.miles] {
        assert!(with.iter().any(|text| text == word), "{word}");
    }
}

#[test]
fn every_map_makes_a_small_file() {
    fn corners(marks: &[Mark]) -> usize {
        let of_paths = |subpaths: &[Subpath]| -> usize {
            subpaths.iter().map(|subpath| subpath.points.len()).sum()
        };
        marks
            .iter()
            .map(|mark| match mark {
                Mark::Path { subpaths, .. } => of_paths(subpaths),
                Mark::Clip { subpaths, marks } => of_paths(subpaths) + corners(marks),
                _ => 4,
            })
            .sum()
    }
    for state in Jurisdiction::all() {
        // In a PDF, a corner takes about 15 bytes, 6 after compression.
        let corners = corners(&map_of(state, 9, SIZE).marks);
        assert!(corners < 8500, "{state}: {corners}");
    }
}

#[test]
fn any_size_and_any_state_work() {
    let state = Jurisdiction::from_code("HI").unwrap();
    for size in [
        (0.0, 0.0),
        (-5.0, 20.0),
        (f32::NAN, f32::NAN),
        (1e9, 1.0),
        (30.0, 300.0),
    ] {
        map_of(state, 5, size);
    }
    let nowhere = Boundaries::default();
    let shading = Shading::default();
    let subject = Subject {
        plane: &Plane::of(&nowhere),
        cities: &[],
        capital: None,
        named: &[],
    };
    let drawing = draw(subject, &shading, SIZE, &WORDS, STYLE, &FACES);
    assert!(
        labels(&drawing)
            .iter()
            .any(|label| label.run.text == WORDS.none_shaded)
    );
}
