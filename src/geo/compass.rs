//! Where in a state a place is, in the words of somebody who looks at the map: in the north, on Oʻahu.

use std::sync::OnceLock;

use super::rings::nearest_ring;
use super::{Boundaries, LonLat, Plane, PublicPoint, normalized_degrees};
use crate::jurisdiction::{COUNT, Jurisdiction};

/// One of nine parts of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The top in the middle.
    North,
    /// The top at the right.
    Northeast,
    /// The right in the middle.
    East,
    /// The bottom at the right.
    Southeast,
    /// The bottom in the middle.
    South,
    /// The bottom at the left.
    Southwest,
    /// The left in the middle.
    West,
    /// The top at the left.
    Northwest,
    /// The middle.
    Center,
}

/// Where a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// On a named island: its key in the wording.
    Island(&'static str),
    /// On the mainland, or in a state that is a single island.
    Part(Zone),
}

/// Where a public point is in its state.
pub fn whereabouts(point: PublicPoint) -> Whereabouts {
    let state = point.state();
    let plane = Plane::shared(state);
    let at = plane.projection.project(point.position());
    match island_at(state, plane, at) {
        Some(key) => Whereabouts::Island(key),
        None => Whereabouts::Part(zone_at(Land::shared(state), point.position())),
    }
}

// --- Parts of a state -------------------------------------------------------------------------

/// A side is named in its outer third: 0 is the middle of the land, 1 its edge.
const OUTER: f64 = 1.0 / 3.0;
/// East or west is named in addition to north or south if the place is at least this part as far in that
/// direction: Las Vegas is in the south of Nevada, not in the southeast, although the land ends on both sides.
const AS_FAR: f64 = 0.4;
/// How much land on both sides of the place matters, as parts of its extent: a narrow strip, because people see
/// Tampa in the west of Florida, where the land next to it ends; and a wide one, because Brooklyn is in the east of
/// New York, although Long Island extends farther.
const BREADTHS: [f64; 2] = [0.2, 0.6];

/// The smallest number of samples along the length of a state's land.
const SAMPLES: f64 = 160.0;

/// A state's land as points, each for the same area. As in everyday language, east is along the parallels and
/// north along the meridians. Both are in degrees of latitude.
struct Land {
    points: Vec<(f64, f64, f64)>,
    /// Its western and southern edge.
    corner: (f64, f64),
    extent: (f64, f64),
    /// Longitudes are relative to this one, because Alaska is on both sides of the 180th meridian.
    reference: f64,
    /// The length of a degree of longitude, in degrees of latitude, in the middle of the state.
    degree: f64,
}

impl Land {
    fn shared(state: Jurisdiction) -> &'static Land {
        static SAMPLED: [OnceLock<Land>; COUNT] = [const { OnceLock::new() }; COUNT];
        // From the counties: shared borders cancel out, and sounds and bays count as land, as people see it.
        SAMPLED[state.index()].get_or_init(|| {
            let counties = Boundaries::shared(state).counties.iter();
            let rings = counties.flat_map(|county| county.rings.iter().cloned());
            Land::of(&rings.collect::<Vec<_>>())
        })
    }

    /// Rows of points between the shores.
    fn of(outline: &[Vec<LonLat>]) -> Land {
        let first = outline.first().and_then(|ring| ring.first());
        let mut land = Land {
            points: Vec::new(),
            corner: (0.0, 0.0),
            extent: (0.0, 0.0),
            reference: first.map_or(0.0, |place| place.longitude),
            degree: 1.0,
        };
        let corners = outline.iter().flatten().map(|place| place.latitude);
        let (south, north) = (
            corners.clone().fold(f64::MAX, f64::min),
            corners.fold(f64::MIN, f64::max),
        );
        land.degree = libm::cos(((south + north) / 2.0).to_radians());
        let rings: Vec<Vec<(f64, f64)>> = outline
            .iter()
            .map(|ring| ring.iter().map(|&place| land.position_of(place)).collect())
            .collect();
        let across = rings.iter().flatten().map(|place| place.0);
        let (west, east) = (
            across.clone().fold(f64::MAX, f64::min),
            across.fold(f64::MIN, f64::max),
        );
        land.corner = (west, south);
        land.extent = (east - west, north - south);
        let step = land.extent.0.max(land.extent.1) / SAMPLES;
        let rows = if step > 0.0 {
            (land.extent.1 / step).ceil() as usize
        } else {
            0
        };
        for row in 0..rows {
            let y = south + (row as f64 + 0.5) * step;
            let edges = rings.iter().flat_map(|ring| ring.windows(2));
            let mut shores: Vec<f64> = edges
                .map(|edge| (edge[0], edge[1]))
                .filter(|(a, b)| (a.1 > y) != (b.1 > y))
                .map(|(a, b)| a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
                .collect();
            shores.sort_by(f64::total_cmp);
            // Meridians converge toward the pole.
            let true_width = libm::cos(y.to_radians()) / land.degree;
            for shores in shores.chunks_exact(2) {
                let width = shores[1] - shores[0];
                let count = (width * true_width / step).round().max(1.0);
                let each = width / count;
                let first = shores[0] + each / 2.0;
                let points =
                    (0..count as usize).map(|i| (first + i as f64 * each, y, each * true_width));
                land.points.extend(points);
            }
        }
        land
    }

    fn position_of(&self, place: LonLat) -> (f64, f64) {
        let east = normalized_degrees(place.longitude - self.reference);
        (east * self.degree, place.latitude)
    }

    /// How far a place is to one side, from −1 at one edge of the land through 0 in its middle to 1 at the other
    /// edge. There are three ways to measure this: by the share of land on each side of the place, in a narrow strip
    /// or in almost all of the land, and by the land's extent alone. Each fails for some odd shapes (a panhandle, a
    /// slanted island, a state with most of its land in the south), but two of them rarely fail together. So the
    /// result is the middle one of the three.
    fn position(
        &self,
        along: impl Fn((f64, f64)) -> f64,
        across: impl Fn((f64, f64)) -> f64,
        at: (f64, f64),
    ) -> f64 {
        let here = along(at);
        let amounts = BREADTHS.map(|breadth| {
            let breadth = breadth * across(self.extent);
            let (mut before, mut behind) = (0.0, 0.0);
            // The points of a row are equally far away.
            let (mut far, mut weight) = (f64::NAN, 0.0);
            for &(x, y, amount) in &self.points {
                if far != across((x, y)) {
                    far = across((x, y));
                    let off = (far - across(at)) / breadth;
                    weight = libm::exp(-0.5 * off * off);
                }
                match along((x, y)) < here {
                    true => before += amount * weight,
                    false => behind += amount * weight,
                }
            }
            (before - behind) / (before + behind)
        });
        let of_extent = 2.0 * (here - along(self.corner)) / along(self.extent) - 1.0;
        let mut views = [amounts[0], amounts[1], of_extent];
        views.sort_by(f64::total_cmp);
        views[1]
    }
}

fn zone_at(land: &Land, place: LonLat) -> Zone {
    let at = land.position_of(place);
    let east = land.position(|at| at.0, |at| at.1, at);
    let north = land.position(|at| at.1, |at| at.0, at);
    let side = |position: f64| match position {
        position if position <= -OUTER => -1,
        position if position >= OUTER => 1,
        _ => 0,
    };
    let (width, height) = land.extent;
    let is_far = (east * width).abs() >= AS_FAR * (north * height).abs();
    match (side(east), side(north)) {
        (_, 1) if !is_far => Zone::North,
        (_, -1) if !is_far => Zone::South,
        (0, 1) => Zone::North,
        (1, 1) => Zone::Northeast,
        (1, 0) => Zone::East,
        (1, -1) => Zone::Southeast,
        (0, -1) => Zone::South,
        (-1, -1) => Zone::Southwest,
        (-1, 0) => Zone::West,
        (-1, 1) => Zone::Northwest,
        _ => Zone::Center,
    }
}

// --- Islands ----------------------------------------------------------------------------------

/// The islands that captions name, each with its key and a place on it.
const ISLANDS: &str = include_str!("../../input/geo/islands.csv");

/// The named island that a place is on: the one whose outline is nearest.
fn island_at(state: Jurisdiction, plane: &Plane, at: (f64, f64)) -> Option<&'static str> {
    let mut islands = islands_of(state).peekable();
    islands.peek()?;
    let ring = nearest_ring(&plane.outline, at)?;
    let is_there =
        |place: LonLat| nearest_ring(&plane.outline, plane.projection.project(place)) == Some(ring);
    islands
        .find(|(_, place)| is_there(*place))
        .map(|(key, _)| key)
}

fn islands_of(state: Jurisdiction) -> impl Iterator<Item = (&'static str, LonLat)> {
    ISLANDS.lines().skip(1).filter_map(move |line| {
        let mut cells = line.split(',');
        let is_of_state = cells.next()? == state.code();
        let key = cells.next()?;
        let latitude = cells.next()?.parse().ok()?;
        let longitude = cells.next()?.parse().ok()?;
        let place = LonLat {
            longitude,
            latitude,
        };
        is_of_state.then_some((key, place))
    })
}

#[cfg(test)]
mod tests;
