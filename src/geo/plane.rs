//! An area on its flat map: the lines that are drawn, projected.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::far::{FAR_PARTS, FarPart};
use super::insets::{self, Inset};
use super::land::Surroundings;
use super::projection::Moved;
use super::rings::nearest_ring;
use super::{Boundaries, LonLat, Projection};
use crate::area::{Area, StateSet};
use crate::jurisdiction::{COUNT, Jurisdiction};

/// Lines in kilometres east and north of the area's middle; the first point of a ring is not repeated at the
/// end.
#[derive(Clone, Debug)]
pub struct Plane {
    /// How degrees become kilometres.
    pub projection: Projection,
    /// The rings of the outline that the map shows, largest first.
    pub outline: Vec<Vec<(f64, f64)>>,
    /// Borders between counties.
    pub county_lines: Vec<Vec<(f64, f64)>>,
    /// What lies round the state, and its large lakes.
    pub surroundings: Surroundings<(f64, f64)>,
    /// The panels that the map is made of: the main one first, then insets.
    pub panels: Vec<Panel>,
}

/// A part of the state that is drawn in one piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The inset's key in the wording; none of the main panel.
    pub key: Option<&'static str>,
    /// Which rings of the outline it shows, by index.
    pub rings: Vec<usize>,
    /// How large it is drawn, for 1 of the main panel.
    pub scale: f64,
    /// Whether the main panel shows it too.
    pub again: bool,
}

impl Plane {
    /// The state's, read and projected once however often it is asked for: a sheet is laid out several
    /// times, each time with its map.
    pub fn shared(state: Jurisdiction) -> &'static Plane {
        static PROJECTED: [OnceLock<Plane>; COUNT] = [const { OnceLock::new() }; COUNT];
        PROJECTED[state.index()]
            .get_or_init(|| Plane::with_insets(Boundaries::shared(state), &insets::of(state)))
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

    /// In the projection that suits the boundaries, in one panel.
    pub fn of(boundaries: &Boundaries) -> Plane {
        Plane::with_insets(boundaries, &[])
    }

    /// The ring of the outline that is round a point or, where none is, has an edge nearest to it.
    pub fn ring_at(&self, point: (f64, f64)) -> Option<usize> {
        nearest_ring(&self.outline, point)
    }

    fn with_insets(boundaries: &Boundaries, insets: &[Inset]) -> Plane {
        let projection = Projection::for_boundaries(boundaries);
        let project = |line: &[LonLat]| -> Vec<(f64, f64)> {
            line.iter()
                .map(|&place| projection.project(place))
                .collect()
        };
        let open = |ring: &[LonLat]| {
            let closing = usize::from(ring.len() > 1 && ring.first() == ring.last());
            project(&ring[..ring.len() - closing])
        };
        let rings = boundaries.frame_rings();
        let county_lines = boundaries.county_lines.iter();
        Plane {
            projection,
            outline: rings.iter().map(|ring| open(ring)).collect(),
            county_lines: county_lines.map(|line| project(line)).collect(),
            surroundings: boundaries.surroundings.map(open),
            panels: panels(&rings, insets),
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
        self.panels[0].rings = (0..self.outline.len()).collect();
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

fn panels(rings: &[&[LonLat]], insets: &[Inset]) -> Vec<Panel> {
    let held = |inset: &Inset| -> Vec<usize> {
        let all = 0..rings.len();
        all.filter(|&index| inset.holds(rings[index])).collect()
    };
    let is_apart = |index: &usize| {
        let mut apart = insets.iter().filter(|inset| !inset.again);
        apart.any(|inset| inset.holds(rings[*index]))
    };
    let main = Panel {
        key: None,
        rings: (0..rings.len()).filter(|index| !is_apart(index)).collect(),
        scale: 1.0,
        again: false,
    };
    let insets = insets.iter().map(|inset| Panel {
        key: Some(inset.key),
        rings: held(inset),
        scale: inset.scale,
        again: inset.again,
    });
    let all = std::iter::once(main).chain(insets);
    all.filter(|panel| !panel.rings.is_empty()).collect()
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
