//! An area on its flat map: the lines that are drawn, projected.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Boundaries, LonLat, Projection};
use crate::area::Area;
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

    /// The area's: of several states all their outlines, in the projection that suits them together.
    pub fn of_area(area: Area) -> &'static Plane {
        static PROJECTED: Mutex<BTreeMap<Area, &'static Plane>> = Mutex::new(BTreeMap::new());
        if let Area::State(state) = area {
            return Plane::shared(state);
        }
        // Kept as long as the program runs, like those of states.
        let mut known = PROJECTED.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(area)
            .or_insert_with(|| Box::leak(Box::new(Plane::of(&Boundaries::of_area(area)))))
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
