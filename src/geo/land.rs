//! The land and water on a state's map, from `input/geo/maps/{ST}.json`: finer lines than those of its counties, and
//! what is around it.

use serde::Deserialize;

use super::{LonLat, embedded, normalized_degrees};
use crate::jurisdiction::Jurisdiction;

/// The lines of a state's map, in degrees; rings are closed, with the first point repeated at the end.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The state's edge, largest ring first.
    pub outline: Vec<Vec<LonLat>>,
    /// Between its counties, open.
    pub county_lines: Vec<Vec<LonLat>>,
    /// What is around it.
    pub surroundings: Surroundings<LonLat>,
}

/// Water and land around a state, for orientation; each is drawn over the previous one, and the state over all of
/// them.
#[derive(Clone, Debug)]
pub struct Surroundings<P> {
    /// Land of other countries. Where it meets the state, it may be off by a kilometer.
    pub abroad: Vec<Vec<P>>,
    /// Lakes in other countries, and between them and the state.
    pub waters: Vec<Vec<P>>,
    /// Other states. They share the state's lines.
    pub neighbors: Vec<Vec<P>>,
    /// Large lakes of the state itself.
    pub lakes: Vec<Vec<P>>,
}

impl<P> Default for Surroundings<P> {
    fn default() -> Self {
        Surroundings {
            abroad: Vec::new(),
            waters: Vec::new(),
            neighbors: Vec::new(),
            lakes: Vec::new(),
        }
    }
}

impl Surroundings<LonLat> {
    /// Other countries and the lakes between, for maps of several states.
    pub(super) fn round_the_states() -> Surroundings<LonLat> {
        Lines::read(embedded::ROUND).surroundings
    }
}

impl<P> Surroundings<P> {
    /// All lines, with each ring replaced.
    pub(super) fn map<Q>(&self, ring: impl Fn(&[P]) -> Vec<Q>) -> Surroundings<Q> {
        let all = |rings: &[Vec<P>]| rings.iter().map(|it| ring(it)).collect();
        Surroundings {
            abroad: all(&self.abroad),
            waters: all(&self.waters),
            neighbors: all(&self.neighbors),
            lakes: all(&self.lakes),
        }
    }
}

/// The file. A line is its first point on a grid, then the steps from point to point. The first point of a ring is
/// not repeated.
#[derive(Deserialize)]
struct Written {
    /// Degrees of longitude and latitude in a step of the grid.
    scale: [f64; 2],
    /// The longitude of the grid's origin; its latitude is the equator.
    west: f64,
    outline: Vec<Vec<i32>>,
    county_lines: Vec<Vec<i32>>,
    lakes: Vec<Vec<i32>>,
    neighbors: Vec<Vec<i32>>,
    abroad: Vec<Vec<i32>>,
    waters: Vec<Vec<i32>>,
}

/// The grid that lines are written on.
struct Grid {
    scale: [f64; 2],
    west: f64,
}

impl Lines {
    /// From the data inside the binary.
    pub(super) fn of(state: Jurisdiction) -> Lines {
        Lines::read(embedded::files_of(state).map)
    }

    fn read(json: &str) -> Lines {
        let written: Written =
            serde_json::from_str(json).expect("the tests read all files of lines");
        let grid = Grid {
            scale: written.scale,
            west: written.west,
        };
        let rings = |rings: &[Vec<i32>]| grid.rings(rings);
        let county_lines = written.county_lines.iter();
        Lines {
            outline: rings(&written.outline),
            county_lines: county_lines.map(|line| grid.line(line)).collect(),
            surroundings: Surroundings {
                abroad: rings(&written.abroad),
                waters: rings(&written.waters),
                neighbors: rings(&written.neighbors),
                lakes: rings(&written.lakes),
            },
        }
    }
}

/// Only the outline in the file.
#[derive(Deserialize)]
struct WrittenOutline {
    scale: [f64; 2],
    west: f64,
    outline: Vec<Vec<i32>>,
}

/// Only the state's edge, largest ring first.
pub(super) fn outline_of(state: Jurisdiction) -> Vec<Vec<LonLat>> {
    let written: WrittenOutline = serde_json::from_str(embedded::files_of(state).map)
        .expect("the tests read all files of lines");
    let WrittenOutline {
        scale,
        west,
        outline,
    } = written;
    Grid { scale, west }.rings(&outline)
}

impl Grid {
    fn rings(&self, rings: &[Vec<i32>]) -> Vec<Vec<LonLat>> {
        let rings = rings.iter().map(|ring| {
            let mut ring = self.line(ring);
            ring.extend(ring.first().copied());
            ring
        });
        rings.collect()
    }

    fn line(&self, steps: &[i32]) -> Vec<LonLat> {
        let mut at = (0, 0);
        let points = steps.chunks_exact(2).map(|step| {
            at = (at.0 + step[0], at.1 + step[1]);
            LonLat {
                longitude: normalized_degrees(self.west + f64::from(at.0) * self.scale[0]),
                latitude: f64::from(at.1) * self.scale[1],
            }
        });
        points.collect()
    }
}
