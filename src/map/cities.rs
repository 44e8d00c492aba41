//! The main cities: which have room on the map, and where their names go.

use std::cmp::Reverse;

use crate::drawing::{Anchor, Label, Mark, Point, Stroke};
use crate::geo::{City, Projection};
use crate::text::{Face, Faces};

use super::view::{Area, View};
use super::{MapStyle, Palette};

/// No map has more city names than this.
const MOST_CITIES: usize = 10;
/// Dots are at least this far from each other, in points, so that suburbs give way to other regions.
const SPACING: f32 = 26.0;
/// Radius of a dot, in points.
const DOT_RADIUS: f32 = 1.5;
/// Width of the white round a dot, in points.
const DOT_EDGE: f32 = 0.7;
const FACE: Face = Face::SansSemiBold;
/// Type size of names, in points.
const SIZE: f32 = 7.5;
/// Width of the white round a name, in points.
const NAME_HALO: f32 = 1.8;
/// Between dot and name, in points.
const GAP: f32 = 2.0;
/// Left and right of a name, in points, so that two in a row don't read as one.
const CLEARANCE: f32 = 1.5;
/// A name that the outline runs through must be this many positions better than one it does not.
const OUTLINE_PENALTY: usize = 6;

/// Where a name may stand round its dot, best first (after E. Imhof, "Positioning Names on Maps",
/// 1975): anchor, side (−1 left, 1 right), height (1 above, −1 below the dot).
const POSITIONS: [(Anchor, f32, f32); 8] = [
    (Anchor::Start, 1.0, 0.0),
    (Anchor::End, -1.0, 0.0),
    (Anchor::Start, 0.7, 0.8),
    (Anchor::Start, 0.7, -0.8),
    (Anchor::Middle, 0.0, 1.0),
    (Anchor::Middle, 0.0, -1.0),
    (Anchor::End, -0.7, 0.8),
    (Anchor::End, -0.7, -0.8),
];

/// A city on the map.
struct Placed {
    dot: Point,
    dot_area: Area,
    label: Label,
    label_area: Area,
}

/// Dots and names of the largest cities that have room, at most ten: one by one by population, a city
/// is left out when it is too near to one on the map or its name has no place that is free of names,
/// dots and the edge of the area. `outline` is in points.
pub(super) fn marks(
    cities: &[City],
    projection: &Projection,
    view: &View,
    outline: &[Vec<Point>],
    area: &Area,
    style: MapStyle<'_>,
    faces: &Faces,
) -> Vec<Mark> {
    let palette = style.palette;
    let room = Room {
        area,
        scale: style.scale,
        faces,
    };
    let mut by_population: Vec<&City> = cities.iter().collect();
    by_population.sort_by_key(|city| (Reverse(city.population), &city.name));
    let mut placed: Vec<Placed> = Vec::new();
    for city in by_population {
        if placed.len() == MOST_CITIES {
            break;
        }
        let dot = view.at(projection.project(city.position));
        if let Some(city) = place(&city.name, dot, &placed, outline, palette, &room) {
            placed.push(city);
        }
    }
    let dots = placed.iter().map(|city| Mark::Circle {
        centre: city.dot,
        radius: DOT_RADIUS * style.scale,
        fill: Some(palette.ink),
        stroke: Some(Stroke {
            colour: palette.halo,
            width: DOT_EDGE,
        }),
    });
    let names = placed.iter().map(|city| Mark::Label(city.label.clone()));
    dots.chain(names).collect()
}

/// What names may take up, and how large they are.
struct Room<'a> {
    area: &'a Area,
    /// How much larger text and marks are than usual.
    scale: f32,
    faces: &'a Faces,
}

/// The city with its name in the best free position, if there is one.
fn place(
    name: &str,
    dot: Point,
    placed: &[Placed],
    outline: &[Vec<Point>],
    palette: &Palette,
    room: &Room<'_>,
) -> Option<Placed> {
    let half = DOT_RADIUS * room.scale + DOT_EDGE / 2.0;
    let dot_area = Area {
        left: dot.0 - half,
        top: dot.1 - half,
        right: dot.0 + half,
        bottom: dot.1 + half,
    };
    let too_near = |other: &Placed| {
        libm::hypotf(other.dot.0 - dot.0, other.dot.1 - dot.1) < SPACING * room.scale
    };
    if !dot_area.is_within(room.area)
        || placed
            .iter()
            .any(|other| too_near(other) || other.label_area.overlaps(&dot_area))
    {
        return None;
    }
    let run = room.faces.shape(FACE, name);
    let width = run.width(room.size());
    let is_free = |label: &Area| {
        label.is_within(room.area)
            && placed
                .iter()
                .all(|other| !label.overlaps(&other.label_area) && !label.overlaps(&other.dot_area))
    };
    let crosses_outline = |label: &Area| {
        outline.iter().any(|ring| {
            ring.iter()
                .zip(ring.iter().cycle().skip(1))
                .any(|(&from, &to)| label.is_crossed_by(from, to))
        })
    };
    let (_, at, anchor, label_area) = POSITIONS
        .iter()
        .enumerate()
        .filter_map(|(rank, &(anchor, side, height))| {
            let at = room.baseline(dot, side, height);
            let label_area = room.area_of(at, anchor, width);
            is_free(&label_area).then(|| {
                let penalty = OUTLINE_PENALTY * usize::from(crosses_outline(&label_area));
                (rank + penalty, at, anchor, label_area)
            })
        })
        .min_by_key(|&(rank, ..)| rank)?;
    Some(Placed {
        dot,
        dot_area,
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

    /// Where the name's baseline is anchored, for a side and a height as in [`POSITIONS`].
    fn baseline(&self, dot: Point, side: f32, height: f32) -> Point {
        let reach = (DOT_RADIUS + GAP) * self.scale;
        let cap = self.faces.cap_height(FACE, self.size());
        // Beside the dot the capitals' middle is level with it; above, their feet stand clear of it;
        // below, their heads.
        let middle = dot.1 + cap / 2.0;
        (dot.0 + side * reach, middle - height * (reach + cap / 2.0))
    }

    /// What a name takes up, with its halo and clearance.
    fn area_of(&self, at: Point, anchor: Anchor, width: f32) -> Area {
        let left = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 - width,
        };
        let halo = NAME_HALO * self.scale / 2.0;
        Area {
            left: left - halo - CLEARANCE * self.scale,
            // Letters with ascenders and accents stand a little above the capitals.
            top: at.1 - 1.15 * self.faces.cap_height(FACE, self.size()) - halo,
            right: left + width + halo + CLEARANCE * self.scale,
            bottom: at.1 + self.faces.descent(FACE, self.size()) + halo,
        }
    }
}
