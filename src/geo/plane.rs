//! An area on its flat map: the lines to draw, projected.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::far::{FAR_PARTS, FarPart};
use super::insets::{self, Inset};
use super::land::Surroundings;
use super::projection::Moved;
use super::rings::nearest_ring;
use super::{Boundaries, LonLat, Projection, normalized_degrees};
use crate::area::{Area, StateSet};
use crate::jurisdiction::{COUNT, Jurisdiction};

/// Lines in kilometers east and north of the area's center; the first point of a ring is not repeated at the end.
#[derive(Clone, Debug)]
pub struct Plane {
    /// Converts degrees to kilometers.
    pub projection: Projection,
    /// The rings of the outline that are on the map, largest first.
    pub outline: Vec<Vec<(f64, f64)>>,
    /// Borders between counties.
    pub county_lines: Vec<Vec<(f64, f64)>>,
    /// What is around the state, and its large lakes.
    pub surroundings: Surroundings<(f64, f64)>,
    /// The panels of the map: the main one first, then insets.
    pub panels: Vec<Panel>,
}

/// A part of the state that is drawn as one piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The inset's key in the wording; none for the main panel and for states.
    pub key: Option<&'static str>,
    /// For an inset on a map of several states: the states that it shows, and whether they are in the east.
    pub states: Option<(StateSet, bool)>,
    /// The indexes of the outline's rings that it shows.
    pub rings: Vec<usize>,
    /// Its scale relative to the main panel.
    pub scale: f64,
    /// Whether the main panel shows it too.
    pub again: bool,
}

impl Plane {
    /// The state's plane, read and projected only once: a sheet is laid out several times, each time with its map.
    pub fn shared(state: Jurisdiction) -> &'static Plane {
        static PROJECTED: [OnceLock<Plane>; COUNT] = [const { OnceLock::new() }; COUNT];
        PROJECTED[state.index()]
            .get_or_init(|| Plane::with_insets(Boundaries::shared(state), &insets::of(state)))
    }

    /// The area's plane: for several states, all their outlines, in the projection that suits them together. Alaska,
    /// Hawaii and the islands are elsewhere, each at its own scale, and are shown in insets.
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

    /// The ring of the outline around a point or, if there is none, the ring with the edge nearest to it.
    pub fn ring_at(&self, point: (f64, f64)) -> Option<usize> {
        nearest_ring(&self.outline, point)
    }

    /// Everything that is drawn for states that may be far apart.
    fn of_all(boundaries: &Boundaries) -> Plane {
        let rings: Vec<&[LonLat]> = boundaries.outline.iter().map(Vec::as_slice).collect();
        Plane::with_rings(boundaries, &rings, &[])
    }

    fn with_insets(boundaries: &Boundaries, insets: &[Inset]) -> Plane {
        Plane::with_rings(boundaries, &boundaries.frame_rings(), insets)
    }

    fn with_rings(boundaries: &Boundaries, rings: &[&[LonLat]], insets: &[Inset]) -> Plane {
        let projection = Projection::for_boundaries(boundaries);
        let project = |line: &[LonLat]| -> Vec<(f64, f64)> {
            let places = along(line);
            places.map(|place| projection.project(place)).collect()
        };
        let open = |ring: &[LonLat]| {
            let mut points = project(ring);
            if ring.len() > 1 && ring.first() == ring.last() {
                points.pop();
            }
            points
        };
        let county_lines = boundaries.county_lines.iter();
        Plane {
            projection,
            outline: rings.iter().map(|ring| open(ring)).collect(),
            county_lines: county_lines.map(|line| project(line)).collect(),
            surroundings: boundaries.surroundings.map(open),
            panels: panels(rings, insets),
        }
    }
}

/// The maximum distance between points in degrees of longitude: a parallel is straight in degrees, and curved on the
/// map.
const STEP: f64 = 0.75;

/// The points of a line, with more points between those that are far apart.
fn along(line: &[LonLat]) -> impl Iterator<Item = LonLat> + '_ {
    let steps = line.windows(2).flat_map(|step| {
        let (from, to) = (step[0], step[1]);
        let east = normalized_degrees(to.longitude - from.longitude);
        let north = to.latitude - from.latitude;
        let count = (east.abs() / STEP).ceil().clamp(1.0, 1000.0) as u32;
        (0..count).map(move |index| {
            let part = f64::from(index) / f64::from(count);
            LonLat {
                longitude: match index {
                    0 => from.longitude,
                    _ => normalized_degrees(from.longitude + part * east),
                },
                latitude: from.latitude + part * north,
            }
        })
    });
    steps.chain(line.last().copied())
}

/// Height of a distant part, as a fraction of the map's height or half its width.
const PART_HEIGHT: f64 = 0.24;
/// Its maximum width, as a fraction of the map's width.
const PART_WIDTH: f64 = 0.24;
/// How much larger than on the map it may be.
const MOST_ENLARGED: f64 = 2.0;
/// Space around it on the plane, as a fraction of the map's width: more than a case's reach.
const PART_GAP: f64 = 0.15;

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
        let plane = Plane::of_all(&Boundaries::of_states(main));
        plane.with_parts(&far)
    }

    /// The same with other parts, each in an inset: on the plane, they are side by side below it.
    fn with_parts(mut self, parts: &[(&FarPart, StateSet)]) -> Plane {
        let whole = Extent::of(&self.outline);
        let height = PART_HEIGHT * whole.height().max(whole.width() / 2.0);
        let gap = PART_GAP * whole.width().max(whole.height());
        let top = whole.south - gap;
        let mut left = whole.west;
        let mut moved = Vec::new();
        for (part, states) in parts {
            let boundaries = Boundaries::of_states(*states);
            let own = Plane::of_all(&boundaries);
            let extent = Extent::of(&own.outline);
            let scale = (height / extent.height())
                .min(PART_WIDTH * whole.width() / extent.width())
                .min(MOST_ENLARGED);
            let origin = (left - scale * extent.west, top - scale * extent.north);
            let place = |&(x, y): &(f64, f64)| (origin.0 + scale * x, origin.1 + scale * y);
            let first = self.outline.len();
            let rings = own.outline.iter();
            self.outline
                .extend(rings.map(|ring| ring.iter().map(place).collect::<Vec<_>>()));
            self.panels.push(Panel {
                key: None,
                states: Some((*states, part.is_in_the_east)),
                rings: (first..self.outline.len()).collect(),
                scale: 1.0,
                again: false,
            });
            left += scale * extent.width() + gap;
            moved.push(Moved {
                part: **part,
                projection: own.projection,
                scale,
                origin,
            });
        }
        self.projection = self
            .projection
            .with_moved(Box::leak(moved.into_boxed_slice()));
        self
    }
}

/// How far rings extend, in kilometers.
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
        states: None,
        rings: (0..rings.len()).filter(|index| !is_apart(index)).collect(),
        scale: 1.0,
        again: false,
    };
    let insets = insets.iter().map(|inset| Panel {
        key: Some(inset.key),
        states: None,
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
    fn a_border_along_a_parallel_is_curved_as_the_parallel_is() {
        let plane = Plane::shared(Jurisdiction::from_code("MT").unwrap());
        let on_the_border = plane.outline[0].iter().filter(|&&at| {
            let place = plane.projection.unproject(at);
            (place.latitude - 49.0).abs() < 0.02 && (-115.5..-104.5).contains(&place.longitude)
        });
        // A straight line would have only its ends, and be 15 km off the parallel.
        assert!(on_the_border.count() > 10);
    }

    #[test]
    fn states_that_are_far_apart_are_all_on_the_map() {
        for codes in [
            &["NM", "TX", "DC"][..],
            &["WA", "FL"],
            &["RI", "CA"],
            &["ME", "HI", "GU"],
        ] {
            let states = codes
                .iter()
                .map(|code| Jurisdiction::from_code(code).unwrap());
            let bits = states
                .clone()
                .fold(0, |bits, state| bits | 1 << state.index());
            let plane = Plane::of_states(StateSet::from_bits(bits));
            let rings = states.map(|state| Boundaries::shared(state).frame_rings().len());
            assert_eq!(plane.outline.len(), rings.sum::<usize>(), "{codes:?}");
            let shown: usize = plane.panels.iter().map(|panel| panel.rings.len()).sum();
            assert_eq!(shown, plane.outline.len(), "{codes:?}");
        }
    }

    #[test]
    fn alaska_hawaii_and_the_islands_are_below_the_other_states_in_their_own_insets() {
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
                    let point = Gazetteer::shared(state).zip(zip.code).unwrap();
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
