//! An area on its flat map: the lines that are drawn, projected.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::far::{FAR_PARTS, FarPart};
use super::projection::Moved;
use super::{Boundaries, LonLat, Projection};
use crate::area::{Area, StateSet};
use crate::jurisdiction::{COUNT, Jurisdiction};

/// Lines in kilometres east and north of the area's middle.
#[derive(Clone, Debug)]
pub struct Plane {
    /// How degrees become kilometres.
    pub projection: Projection,
    /// The rings of the outline that the map shows; the first point is not repeated at the end.
    pub outline: Vec<Vec<(f64, f64)>>,
    /// Borders between counties.
    pub county_lines: Vec<Vec<(f64, f64)>>,
}

impl Plane {
    /// The state's, read and projected once however often it is asked for: a sheet is laid out several
    /// times, each time with its map.
    pub fn shared(state: Jurisdiction) -> &'static Plane {
        static PROJECTED: [OnceLock<Plane>; COUNT] = [const { OnceLock::new() }; COUNT];
        PROJECTED[state.index()].get_or_init(|| Plane::of(Boundaries::shared(state)))
    }

    /// The area's: of several states all their outlines, in the projection that suits them together. Alaska, Hawaii
    /// and the islands stand below the others, each at a scale of its own, behind a line.
    pub fn of_area(area: Area) -> &'static Plane {
        static PROJECTED: Mutex<BTreeMap<Area, &'static Plane>> = Mutex::new(BTreeMap::new());
        if let Area::State(state) = area {
            return Plane::shared(state);
        }
        // Kept as long as the program runs, like those of states.
        let mut known = PROJECTED.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(area)
            .or_insert_with(|| Box::leak(Box::new(Plane::of_states(area.states()))))
    }

    /// In the projection that suits the boundaries.
    pub fn of(boundaries: &Boundaries) -> Plane {
        let projection = Projection::for_boundaries(boundaries);
        let projected = |line: &Vec<LonLat>| {
            let line = line.iter().map(|&place| projection.project(place));
            line.collect()
        };
        Plane {
            projection,
            outline: projected_outline(boundaries, &projection),
            county_lines: boundaries.county_lines.iter().map(projected).collect(),
        }
    }
}

/// Height of a part that stands below a map, as a part of the map's height or half its width.
const PART_HEIGHT: f64 = 0.24;
/// Its width at most, as a part of the map's width.
const PART_WIDTH: f64 = 0.3;
/// How many times as large it may be as the map above it.
const MOST_ENLARGED: f64 = 2.0;
/// Space around it, as a part of its height.
const PART_GAP: f64 = 0.2;

impl Plane {
    fn of_states(states: StateSet) -> Plane {
        let near = FAR_PARTS
            .iter()
            .fold(states, |near, part| near.without(part.states()));
        let mut far: Vec<(&FarPart, StateSet)> = FAR_PARTS
            .iter()
            .map(|part| (part, part.states().intersection(states)))
            .filter(|(_, states)| !states.is_empty())
            .collect();
        let main = match near.is_empty() && !far.is_empty() {
            true => far.remove(0).1,
            false => near,
        };
        let plane = Plane::of(&Boundaries::of_states(main));
        plane.with_parts_below(&far)
    }

    /// The same with other parts side by side below it.
    fn with_parts_below(mut self, parts: &[(&FarPart, StateSet)]) -> Plane {
        let whole = Extent::of(&self.outline);
        let height = PART_HEIGHT * whole.height().max(whole.width() / 2.0);
        let gap = PART_GAP * height;
        let top = whole.south - gap;
        let mut left = whole.west;
        let mut moved = Vec::new();
        let mut rights = Vec::new();
        for (part, states) in parts {
            let boundaries = Boundaries::of_states(*states);
            let own = Plane::of(&boundaries);
            let extent = Extent::of(&own.outline);
            let scale = (height / extent.height())
                .min(PART_WIDTH * whole.width() / extent.width())
                .min(MOST_ENLARGED);
            let origin = (left - scale * extent.west, top - scale * extent.north);
            let place = |&(x, y): &(f64, f64)| (origin.0 + scale * x, origin.1 + scale * y);
            let rings = own
                .outline
                .iter()
                .map(|ring| ring.iter().map(place).collect());
            self.outline.extend(rings);
            left += scale * extent.width() + gap;
            rights.push(left - gap / 2.0);
            moved.push(Moved {
                part: **part,
                projection: own.projection,
                scale,
                origin,
            });
        }
        // What stands below is elsewhere: a line says so.
        let south = Extent::of(&self.outline).south;
        let above = top + gap / 2.0;
        for right in &rights {
            self.county_lines
                .push(vec![(*right, above), (*right, south)]);
        }
        if let Some(right) = rights.last() {
            self.county_lines
                .push(vec![(whole.west, above), (*right, above)]);
        }
        self.projection = self
            .projection
            .with_moved(Box::leak(moved.into_boxed_slice()));
        self
    }
}

/// How far rings reach, in kilometres.
struct Extent {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Extent {
    fn of(rings: &[Vec<(f64, f64)>]) -> Extent {
        let none = Extent {
            west: f64::INFINITY,
            east: f64::NEG_INFINITY,
            south: f64::INFINITY,
            north: f64::NEG_INFINITY,
        };
        let points = rings.iter().flatten();
        points.fold(none, |extent, &(x, y)| Extent {
            west: extent.west.min(x),
            east: extent.east.max(x),
            south: extent.south.min(y),
            north: extent.north.max(y),
        })
    }

    fn width(&self) -> f64 {
        self.east - self.west
    }

    fn height(&self) -> f64 {
        self.north - self.south
    }
}

/// The rings of the outline that the state's map shows, in projected kilometres; the first point is
/// not repeated at the end.
fn projected_outline(boundaries: &Boundaries, projection: &Projection) -> Vec<Vec<(f64, f64)>> {
    let open = |ring: &[LonLat]| {
        let closing = usize::from(ring.len() > 1 && ring.first() == ring.last());
        ring[..ring.len() - closing]
            .iter()
            .map(|&corner| projection.project(corner))
            .collect()
    };
    boundaries.frame_rings().into_iter().map(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Gazetteer;

    #[test]
    fn alaska_hawaii_and_the_islands_stand_below_the_other_states_on_land_of_their_own() {
        let nation = Plane::of_area(Area::Nation);
        let whole = Extent::of(&nation.outline);
        let main = FAR_PARTS.iter().fold(Area::Nation.states(), |near, part| {
            near.without(part.states())
        });
        let main = Extent::of(&Plane::of(&Boundaries::of_states(main)).outline);
        let mut rights = main.west;
        for part in &FAR_PARTS {
            let mut extent: Option<Extent> = None;
            for state in part.states().iter() {
                for zip in Gazetteer::shared(state).zip_codes() {
                    let point = Gazetteer::shared(state).zip(&zip.code).unwrap();
                    let at = nation.projection.project(point.position());
                    let ring = vec![vec![at]];
                    let of_point = Extent::of(&ring);
                    extent = Some(match extent {
                        None => of_point,
                        Some(of) => Extent {
                            west: of.west.min(of_point.west),
                            east: of.east.max(of_point.east),
                            south: of.south.min(of_point.south),
                            north: of.north.max(of_point.north),
                        },
                    });
                }
            }
            let extent = extent.unwrap();
            assert!(
                extent.north < main.south && extent.south > whole.south - 200.0,
                "{part:?}"
            );
            assert!(
                rights <= extent.west && extent.east <= whole.east,
                "{part:?}"
            );
            rights = extent.east;
        }
    }
}
