//! The main cities: which ones there is room for on the map, and where their names go.

use std::cmp::Reverse;

use crate::drawing::{Anchor, Label, Mark, Point, Stroke, Subpath};
use crate::geo::{City, Plane};
use crate::text::{Face, Faces};

use super::panels::Placed as Panel;
use super::view::Area;
use super::{MapStyle, Palette, Subject};

/// The maximum number of city names on a map.
const MOST_CITIES: usize = 10;
/// Named cities have at least this many residents, unless the state has fewer such cities than this number: then
/// these.
const KNOWN: (u32, usize) = (15_000, 25);
/// Minimum distance between dots, in points, so that suburbs give way to other regions ...
const SPACING: f32 = 26.0;
/// ... except for cities of about the same size, such as Dallas and Fort Worth,
const PEER: f64 = 0.6;
/// which need only this distance.
const LEAST_SPACING: f32 = 3.6;
/// The capital and the cities in the caption are named even if their dots touch, as those of Saint Paul and
/// Minneapolis may.
const TOUCHING: f32 = 1.5;
/// Minimum distance of other names from the dot of a city that must be named, in points.
const WANTED_ROOM: f32 = 2.2;
/// Radius of a dot, in points.
const DOT_RADIUS: f32 = 1.5;
/// Radius of the capital's star, in points.
const STAR_RADIUS: f32 = 3.4;
/// Width of the white edge around a dot, in points.
const DOT_EDGE: f32 = 0.7;
const FACE: Face = Face::SansSemiBold;
/// Type size of names, in points.
pub(super) const SIZE: f32 = 8.5;
/// Width of the white edge around a name, in points.
const NAME_HALO: f32 = 1.8;
/// Between dot and name, in points.
const GAP: f32 = 2.0;
/// Left and right of a name, in points, so that two in a row don't read as one.
const CLEARANCE: f32 = 1.5;
/// The cost of covering the dot of a city that must be named.
const COVERING_PENALTY: usize = 30;
/// The cost of covering the dot of another of the largest cities,
const COVERING_LARGE_PENALTY: usize = 8;
/// of which there are this many.
const LARGE: usize = 8;
/// A name that crosses the outline must be this many positions better than one that doesn't.
const OUTLINE_PENALTY: usize = 6;

/// The possible positions of a name around its dot, best first (after E. Imhof, "Positioning Names on Maps", 1975):
/// anchor, side (−1 left, 1 right), height (1 above, −1 below the dot), and the fraction of its width by which it is
/// shifted.
type Position = (Anchor, f32, f32, f32);

const POSITIONS: [Position; 20] = [
    (Anchor::Start, 1.0, 0.0, 0.0),
    (Anchor::End, -1.0, 0.0, 0.0),
    (Anchor::Start, 0.7, 0.8, 0.0),
    (Anchor::Start, 0.7, -0.8, 0.0),
    (Anchor::Middle, 0.0, 1.0, 0.0),
    (Anchor::Middle, 0.0, -1.0, 0.0),
    (Anchor::End, -0.7, 0.8, 0.0),
    (Anchor::End, -0.7, -0.8, 0.0),
    (Anchor::Start, 0.2, 1.0, 0.0),
    (Anchor::Start, 0.2, -1.0, 0.0),
    (Anchor::End, -0.2, 1.0, 0.0),
    (Anchor::End, -0.2, -1.0, 0.0),
    (Anchor::Middle, 0.0, 1.0, 0.25),
    (Anchor::Middle, 0.0, -1.0, 0.25),
    (Anchor::Middle, 0.0, 1.0, -0.25),
    (Anchor::Middle, 0.0, -1.0, -0.25),
    (Anchor::Middle, 0.0, 1.5, 0.25),
    (Anchor::Middle, 0.0, -1.5, 0.25),
    (Anchor::Middle, 0.0, 1.5, -0.25),
    (Anchor::Middle, 0.0, -1.5, -0.25),
];

/// Further from the dot: only for cities that are named in any case.
const FARTHER: [Position; 6] = [
    (Anchor::End, -0.2, 1.8, 0.0),
    (Anchor::End, -0.2, -1.8, 0.0),
    (Anchor::Start, 0.2, 1.8, 0.0),
    (Anchor::Start, 0.2, -1.8, 0.0),
    (Anchor::End, -0.2, 2.6, 0.0),
    (Anchor::End, -0.2, -2.6, 0.0),
];

/// A city on the map.
struct Placed {
    dot: Point,
    dot_area: Area,
    population: u32,
    is_capital: bool,
    label: Label,
    label_area: Area,
}

/// The names of cities: their halos, which are under county lines, and the rest, which is over them.
pub(super) struct Cities {
    pub(super) halos: Vec<Mark>,
    pub(super) marks: Vec<Mark>,
}

/// A candidate for the map.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    city: &'a City,
    is_capital: bool,
    /// Whether it is labeled even next to a larger city.
    is_wanted: bool,
}

/// In the order in which they get their positions: the capital, the largest city, those in the caption, and the
/// others by population.
fn candidates<'a>(subject: &Subject<'a>) -> Vec<Candidate<'a>> {
    let mut by_population: Vec<&City> = subject.cities.iter().collect();
    by_population.sort_by_key(|city| (Reverse(city.population), &city.name));
    // A place that only its neighbors know doesn't help anybody find their way.
    let rank = KNOWN.1.min(by_population.len().saturating_sub(1));
    let least = by_population
        .get(rank)
        .map_or(0, |city| city.population)
        .min(KNOWN.0);
    let largest = by_population.first().copied().into_iter();
    let wanted = subject
        .capital
        .into_iter()
        .chain(largest)
        .chain(subject.named)
        .map(|city| (city, true));
    let known = by_population.iter().filter(|city| city.population >= least);
    let others = known.map(|&city| (city, false));
    let mut all: Vec<Candidate<'_>> = Vec::new();
    for (city, is_wanted) in wanted.chain(others) {
        let is_known = |other: &Candidate<'_>| {
            other.city.name == city.name && other.city.position == city.position
        };
        if all.len() < 400 && !all.iter().any(is_known) {
            all.push(Candidate {
                city,
                is_capital: subject.capital == Some(city),
                is_wanted,
            });
        }
    }
    all
}

/// Dots and names of the cities that there is room for, at most ten. One by one, a city is left out if it is too
/// close to one on the map, or if no position for its name is free of names, dots and the edge of its panel.
/// `outlines` are those of the panels, in points.
pub(super) fn place_all(
    subject: &Subject<'_>,
    panels: &[Panel<'_>],
    outlines: &[Vec<Vec<Point>>],
    style: MapStyle<'_>,
    faces: &Faces,
) -> Cities {
    let candidates = candidates(subject);
    let spot = |candidate: &Candidate<'_>| {
        let at = subject.plane.projection.project(candidate.city.position);
        let index = panel_of(subject.plane, panels, at)?;
        // The insets on a map of several states only have room for their own name.
        if panels[index].panel.states.is_some() {
            return None;
        }
        Some((index, panels[index].view.at(at)))
    };
    let main = main_dots(&candidates, spot, style.scale);
    let beside = |candidate: Candidate<'_>, placed: &[Placed]| {
        let (index, dot) = spot(&candidate)?;
        let room = Room {
            area: &panels[index].area,
            insets: &panels[1..],
            is_main: index == 0,
            outline: &outlines[index],
            main: &main,
            scale: style.scale,
            faces,
        };
        place(candidate, dot, placed, style.palette, &room)
    };
    let wanted = candidates
        .iter()
        .take_while(|candidate| candidate.is_wanted);
    let (wanted, others) = candidates.split_at(wanted.count());
    let mut placed = place_wanted(wanted, beside);
    for &candidate in others {
        if placed.len() >= MOST_CITIES {
            break;
        }
        placed.extend(beside(candidate, &placed));
    }
    drawn(&placed, style)
}

/// The cities that are named in any case. If one has no place beside those before it, it is tried as the first.
fn place_wanted<'a>(
    wanted: &[Candidate<'a>],
    beside: impl Fn(Candidate<'a>, &[Placed]) -> Option<Placed>,
) -> Vec<Placed> {
    let mut order = wanted.to_vec();
    let mut best: Vec<Placed> = Vec::new();
    for _ in 0..=wanted.len() {
        let mut placed = Vec::new();
        let mut missing = None;
        for (index, &candidate) in order.iter().enumerate() {
            match beside(candidate, &placed) {
                Some(city) => placed.push(city),
                None => missing = missing.or(Some(index)),
            }
        }
        if placed.len() > best.len() {
            best = placed;
        }
        match missing {
            Some(index) => order[..=index].rotate_right(1),
            None => break,
        }
    }
    best
}

/// The marks of the cities with positions: light edges of stars, dots and stars, names.
fn drawn(placed: &[Placed], style: MapStyle<'_>) -> Cities {
    let palette = style.palette;
    let edge = Some(Stroke {
        colour: palette.halo,
        width: DOT_EDGE,
    });
    let dots = placed.iter().map(|city| match city.is_capital {
        true => Mark::Path {
            subpaths: vec![star(city.dot, STAR_RADIUS * style.scale)],
            fill: Some(palette.ink),
            stroke: None,
        },
        false => Mark::Circle {
            centre: city.dot,
            radius: DOT_RADIUS * style.scale,
            fill: Some(palette.ink),
            stroke: edge,
        },
    });
    // A star's light edge is below it: on top, it would cut off the points.
    let grounds = placed
        .iter()
        .filter(|city| city.is_capital)
        .map(|city| Mark::Path {
            subpaths: vec![star(city.dot, STAR_RADIUS * style.scale)],
            fill: Some(palette.halo),
            stroke: edge.map(|edge| Stroke {
                width: 2.0 * edge.width,
                ..edge
            }),
        });
    let names = placed.iter().map(|city| {
        Mark::Label(Label {
            halo: None,
            ..city.label.clone()
        })
    });
    Cities {
        halos: placed
            .iter()
            .map(|city| Mark::Halo(city.label.clone()))
            .collect(),
        marks: grounds.chain(dots).chain(names).collect(),
    }
}

/// The dots of cities that must be named, and of large ones that aren't suburbs. `candidates` are in their order.
fn main_dots(
    candidates: &[Candidate<'_>],
    spot: impl Fn(&Candidate<'_>) -> Option<(usize, Point)>,
    scale: f32,
) -> Vec<MainDot> {
    let wanted = candidates.iter().filter(|candidate| candidate.is_wanted);
    let first = &candidates[..candidates.len().min(wanted.count() + LARGE)];
    let mut all: Vec<(MainDot, u32)> = Vec::new();
    for candidate in first {
        let Some((_, dot)) = spot(candidate) else {
            continue;
        };
        let population = candidate.city.population;
        let is_suburb = !candidate.is_wanted
            && all.iter().any(|(other, larger)| {
                f64::from(population) < PEER * f64::from(*larger)
                    && libm::hypotf(other.dot.0 - dot.0, other.dot.1 - dot.1) < SPACING * scale
            });
        if !is_suburb {
            let penalty = match candidate.is_wanted {
                true => COVERING_PENALTY,
                false => COVERING_LARGE_PENALTY,
            };
            let area = around(dot, WANTED_ROOM * scale);
            all.push((MainDot { dot, area, penalty }, population));
        }
    }
    all.into_iter().map(|(dot, _)| dot).collect()
}

/// The panel that shows a place: the inset that its island is in, otherwise the main one.
fn panel_of(plane: &Plane, panels: &[Panel<'_>], at: (f64, f64)) -> Option<usize> {
    let (_, insets) = panels.split_first()?;
    // Finding the ring that a place is on takes long, so do it only if the ring may be in an inset.
    if !insets.iter().any(|inset| inset.may_hold(at)) {
        return Some(0);
    }
    let ring = plane.ring_at(at)?;
    let shows = |panel: &Panel<'_>| panel.panel.rings.contains(&ring);
    panels.iter().rposition(shows)
}

/// The square around a center, with half its width given.
fn around((x, y): Point, reach: f32) -> Area {
    Area {
        left: x - reach,
        top: y - reach,
        right: x + reach,
        bottom: y + reach,
    }
}

/// A five-pointed star around a center.
fn star((x, y): Point, radius: f32) -> Subpath {
    // The inner corners of a pentagram.
    const INNER: f32 = 0.382;
    let corner = |index: u8| {
        let turn = std::f32::consts::PI * f32::from(index) / 5.0;
        let reach = radius * if index.is_multiple_of(2) { 1.0 } else { INNER };
        (x + reach * libm::sinf(turn), y - reach * libm::cosf(turn))
    };
    Subpath {
        points: (0..10).map(corner).collect(),
        closed: true,
    }
}

/// The dot of a city that must be named, or of a large one.
struct MainDot {
    dot: Point,
    area: Area,
    /// The cost of covering it.
    penalty: usize,
}

/// The space for names, and their size.
struct Room<'a> {
    area: &'a Area,
    insets: &'a [Panel<'a>],
    /// Whether the area is the main panel's, which insets partly cover.
    is_main: bool,
    outline: &'a [Vec<Point>],
    /// The dots that other names should avoid covering.
    main: &'a [MainDot],
    /// How much larger text and marks are than usual.
    scale: f32,
    faces: &'a Faces,
}

/// Whether a city at `dot` is closer to one on the map than their sizes allow.
fn is_too_near(candidate: &Candidate<'_>, dot: Point, other: &Placed, scale: f32) -> bool {
    let population = f64::from(candidate.city.population);
    let spacing = match population >= PEER * f64::from(other.population) {
        _ if candidate.is_wanted => TOUCHING,
        true => LEAST_SPACING,
        false => SPACING,
    };
    libm::hypotf(other.dot.0 - dot.0, other.dot.1 - dot.1) < spacing * scale
}

/// The city with its name in the best free position, if there is one.
fn place(
    candidate: Candidate<'_>,
    dot: Point,
    placed: &[Placed],
    palette: &Palette,
    room: &Room<'_>,
) -> Option<Placed> {
    let Candidate {
        city, is_capital, ..
    } = candidate;
    let radius = if is_capital { STAR_RADIUS } else { DOT_RADIUS };
    let half = radius * room.scale + DOT_EDGE / 2.0;
    let dot_area = around(dot, half);
    let has_no_room = |other: &Placed| {
        is_too_near(&candidate, dot, other, room.scale) || other.label_area.overlaps(&dot_area)
    };
    if !room.holds(&dot_area) || placed.iter().any(has_no_room) {
        return None;
    }
    let run = room.faces.shape(FACE, &city.name);
    let width = run.width(room.size());
    let is_free = |label: &Area| {
        let letters = Area {
            left: label.left + CLEARANCE * room.scale,
            right: label.right - CLEARANCE * room.scale,
            ..*label
        };
        room.holds(label)
            && placed.iter().all(|other| {
                !label.overlaps(&other.label_area) && !letters.overlaps(&other.dot_area)
            })
    };
    let crosses_outline = |label: &Area| {
        room.outline.iter().any(|ring| {
            ring.iter()
                .zip(ring.iter().cycle().skip(1))
                .any(|(&from, &to)| label.is_crossed_by(from, to))
        })
    };
    let farther: &[Position] = if candidate.is_wanted { &FARTHER } else { &[] };
    let (_, at, anchor, label_area) = POSITIONS
        .iter()
        .chain(farther)
        .enumerate()
        .filter_map(|(rank, &(anchor, side, height, moved))| {
            let at = room.baseline(dot, radius, side, height);
            let at = (at.0 + moved * width, at.1);
            let label_area = room.area_of(at, anchor, width);
            is_free(&label_area).then(|| {
                let covered = room
                    .main
                    .iter()
                    .filter(|main| main.dot != dot && label_area.overlaps(&main.area))
                    .map(|main| main.penalty)
                    .max();
                let penalty = OUTLINE_PENALTY * usize::from(crosses_outline(&label_area))
                    + covered.unwrap_or(0);
                (rank + penalty, at, anchor, label_area)
            })
        })
        .min_by_key(|&(rank, ..)| rank)?;
    Some(Placed {
        dot,
        dot_area,
        population: city.population,
        is_capital,
        label: Label {
            run,
            at,
            anchor,
            size: room.size(),
            colour: palette.ink,
            halo: Some(Stroke {
                colour: palette.halo,
                width: NAME_HALO * room.scale,
            }),
        },
        label_area,
    })
}

impl Room<'_> {
    /// Type size of names, in points.
    fn size(&self) -> f32 {
        SIZE * self.scale
    }

    /// Whether a box is in the panel and not covered by an inset.
    fn holds(&self, place: &Area) -> bool {
        let mut insets = self.insets.iter();
        place.is_within(self.area)
            && !(self.is_main && insets.any(|inset| inset.area.overlaps(place)))
    }

    /// Where the name's baseline is anchored, for a side and a height as in [`POSITIONS`].
    fn baseline(&self, dot: Point, radius: f32, side: f32, height: f32) -> Point {
        let reach = (radius + GAP) * self.scale;
        let cap = self.faces.cap_height(FACE, self.size());
        // Beside the dot, the middle of the capitals is level with it; above, their bottoms are clear of it; below,
        // their tops.
        let middle = dot.1 + cap / 2.0;
        (dot.0 + side * reach, middle - height * (reach + cap / 2.0))
    }

    /// The space that a name takes, with its halo and clearance.
    fn area_of(&self, at: Point, anchor: Anchor, width: f32) -> Area {
        let left = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 - width,
        };
        let halo = NAME_HALO * self.scale / 2.0;
        Area {
            left: left - halo - CLEARANCE * self.scale,
            // Letters with ascenders and accents are slightly higher than the capitals.
            top: at.1 - 1.15 * self.faces.cap_height(FACE, self.size()) - halo,
            right: left + width + halo + CLEARANCE * self.scale,
            bottom: at.1 + self.faces.descent(FACE, self.size()) + halo,
        }
    }
}
