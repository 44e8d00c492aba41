//! What is around a state: water, other states, other countries, in plain tints.

use super::view::{Area, View};
use super::{closed, corners, filled};
use crate::drawing::{Mark, Point, Stroke, Subpath};
use crate::geo::Surroundings;
use crate::simplify::simplified_ring;

use super::Palette;

/// Lines may deviate by this much, in points.
const TOLERANCE: f64 = 0.3;
/// Anything smaller is left out, in square points.
const SPECK: f64 = 0.8;
/// Lines between states, in points.
const BORDER: f32 = 0.6;
/// Other countries are drawn wider by half of this, in points, so that no water shows between them and states.
const OVERLAP: f32 = 2.4;
/// How far beyond the panel lines are cut off, in points, so that the cut is invisible.
const BEYOND: f32 = 4.0;

/// The background of a panel.
pub(super) fn water(area: &Area, palette: &Palette) -> Vec<Mark> {
    vec![filled(vec![closed(corners(area))], palette.water)]
}

/// What is around the state in a panel.
pub(super) fn land(
    surroundings: &Surroundings<(f64, f64)>,
    view: &View,
    area: &Area,
    palette: &Palette,
) -> Vec<Mark> {
    let seen = |rings: &[Vec<(f64, f64)>]| seen(rings, view, area);
    let mut marks = Vec::new();
    let mut add = |rings: Vec<Subpath>, colour, edge, width| {
        if !rings.is_empty() {
            marks.push(Mark::Path {
                subpaths: rings,
                fill: Some(colour),
                stroke: Some(Stroke {
                    colour: edge,
                    width,
                }),
            });
        }
    };
    let neighbor = palette.neighbor;
    add(seen(&surroundings.abroad), neighbor, neighbor, OVERLAP);
    add(
        seen(&surroundings.waters),
        palette.water,
        palette.water,
        BORDER,
    );
    // One by one: neighbors share their lines, and what two of them contain must not count as a hole.
    for ring in seen(&surroundings.neighbors) {
        add(vec![ring], neighbor, palette.halo, BORDER);
    }
    marks
}

/// Large lakes of the state itself.
pub(super) fn lakes(
    surroundings: &Surroundings<(f64, f64)>,
    view: &View,
    area: &Area,
    palette: &Palette,
) -> Option<Mark> {
    let rings = seen(&surroundings.lakes, view, area);
    (!rings.is_empty()).then(|| filled(rings, palette.water))
}

fn seen(rings: &[Vec<(f64, f64)>], view: &View, area: &Area) -> Vec<Subpath> {
    let area = area.shrunk(-BEYOND);
    let rings = rings.iter().filter_map(|ring| {
        let ring: Vec<(f64, f64)> = ring.iter().map(|&point| view.exactly_at(point)).collect();
        let ring = cut(ring, &area);
        if ring.len() < 3 || crate::heat::ring_area(&ring) < SPECK {
            return None;
        }
        let ring = simplified_ring(&ring, TOLERANCE);
        let points: Vec<Point> = ring.iter().map(|&(x, y)| (x as f32, y as f32)).collect();
        (points.len() >= 3).then(|| closed(points))
    });
    rings.collect()
}

/// A ring clipped to a box (I. E. Sutherland and G. W. Hodgman, 1974).
fn cut(mut ring: Vec<(f64, f64)>, area: &Area) -> Vec<(f64, f64)> {
    let limits = [
        (false, f64::from(area.left), 1.0),
        (false, f64::from(area.right), -1.0),
        (true, f64::from(area.top), 1.0),
        (true, f64::from(area.bottom), -1.0),
    ];
    for (is_vertical, limit, sign) in limits {
        let inside = |(x, y): (f64, f64)| sign * (if is_vertical { y } else { x } - limit);
        let mut kept = Vec::with_capacity(ring.len() + 4);
        for (index, &a) in ring.iter().enumerate() {
            let b = ring[(index + 1) % ring.len()];
            let (from, to) = (inside(a), inside(b));
            if from >= 0.0 {
                kept.push(a);
            }
            if (from >= 0.0) != (to >= 0.0) {
                let part = from / (from - to);
                kept.push((a.0 + part * (b.0 - a.0), a.1 + part * (b.1 - a.1)));
            }
        }
        ring = kept;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_cut_to_its_box() {
        let area = Area {
            left: 0.0,
            top: 0.0,
            right: 2.0,
            bottom: 1.0,
        };
        let wide = vec![(-1.0, 0.25), (3.0, 0.25), (3.0, 0.75), (-1.0, 0.75)];
        assert!((crate::heat::ring_area(&cut(wide, &area)) - 1.0).abs() < 1e-12);
        let inside = vec![(0.5, 0.5), (1.0, 0.5), (1.0, 0.9)];
        assert_eq!(cut(inside.clone(), &area), inside);
        assert!(cut(vec![(5.0, 5.0), (6.0, 5.0), (6.0, 6.0)], &area).is_empty());
        assert!(cut(Vec::new(), &area).is_empty());
    }
}
