//! The heat map's numbers: where cases are dense, as contour bands.

mod contour;
mod density;
mod frame;
mod grid;
mod kernel;
mod peaks;
mod places;
mod shading;
#[cfg(test)]
mod tests;

use crate::geo::{Plane, PublicPoint};
use crate::simplify::simplified_ring;

use grid::Grid;
use places::places_on;

pub use frame::Frame;
pub(crate) use frame::ring_area;
pub use shading::{BANDS, Band, Shading};

/// A public point and the number of cases that a map shows there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    pub point: PublicPoint,
    pub cases: u64,
}

/// Where the bands begin, as fractions of the peak density: ((level − ½) / 5)^1.5, rounded. The steps get wider
/// upward, so that smaller places are visible beside a large city.
const LEVELS: [f64; BANDS as usize] = [0.03, 0.16, 0.35, 0.59, 0.85];

/// From this level on, shading is strong, for the words of the caption.
const STRONG: u8 = 3;

/// Rings may deviate from the contours by this fraction of a cell, so that they need fewer corners.
const SIMPLIFICATION: f64 = 0.08;

/// The first band begins at most at this fraction of the density that the smallest number of cases has at its own
/// point, so that every point on the map has color.
const PART_OF_LEAST: f64 = 0.5;

/// Shades the map of a state from the numbers of cases at public points: density by a kernel with finite reach, cut
/// into bands at fixed fractions of the highest density. Without cases, there is no band. Points off the map are left
/// out.
pub fn shade(weights: &[Weight], plane: &Plane) -> Shading {
    let frame = Frame::around(&plane.outline);
    let reach_km = kernel::reach_km(&plane.outline, &frame);
    let unshaded = Shading {
        reach_km,
        ..Shading::default()
    };
    let Some(grid) = Grid::over(&frame, reach_km) else {
        return unshaded;
    };
    let places = places_on(&grid, weights, &plane.projection);
    let density = density::density(&places, &grid, reach_km);
    let in_state = grid.nodes_inside(&plane.outline);
    let Some(peak) = peak_density(&density, &in_state) else {
        return unshaded;
    };
    let of_peak: Vec<f64> = density.iter().map(|density| density / peak).collect();
    let least = places
        .iter()
        .map(|place| place.cases)
        .fold(f64::INFINITY, f64::min);
    let mut levels = LEVELS;
    levels[0] = levels[0].min(PART_OF_LEAST * least / peak);
    let excess = |level: f64| of_peak.iter().map(move |density| density - level);
    let bands = (1..=BANDS)
        .zip(levels)
        .map(|(level, from)| {
            let rings = contour::rings_round_positive(&grid, excess(from).collect())
                .iter()
                .map(|ring| simplified_ring(ring, SIMPLIFICATION * grid.cell))
                .filter(|ring| ring.len() >= 3)
                .collect();
            Band { level, rings }
        })
        .filter(|band: &Band| !band.rings.is_empty())
        .collect();
    let strong = LEVELS[usize::from(STRONG - 1)] * peak;
    // If the state is smaller than the grid's cells, no node is in it.
    let is_anywhere = in_state.contains(&true);
    let is_shown = |node: usize| in_state[node] || !is_anywhere;
    Shading {
        bands,
        strongest: peaks::cities_at_peaks(&grid, &density, is_shown, strong, &places, reach_km),
        reach_km,
    }
}

/// The highest density in the state or, if the state is smaller than the grid's cells, anywhere; none if there are no
/// cases.
fn peak_density(density: &[f64], in_state: &[bool]) -> Option<f64> {
    let highest = |everywhere: bool| {
        density
            .iter()
            .zip(in_state)
            .filter(|&(_, &in_state)| everywhere || in_state)
            .map(|(&density, _)| density)
            .max_by(f64::total_cmp)
            .filter(|&density| density > 0.0)
    };
    highest(false).or_else(|| highest(true))
}
