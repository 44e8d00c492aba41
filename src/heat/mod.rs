//! The heat map's numbers: where cases are dense, as contour bands.

mod contour;
mod density;
mod frame;
mod grid;
mod kernel;
mod places;
mod shading;
mod support;
#[cfg(test)]
mod tests;
mod zones;

use crate::geo::Plane;
use crate::simplify::simplified_ring;
use crate::tally::CasePoint;

use density::Field;
use grid::Grid;
use places::Places;
use support::Support;

pub use frame::Frame;
pub(crate) use frame::ring_area;
pub use shading::{BANDS, Band, Ring, Shading, Zone};

/// Where the bands begin, as parts of the peak density: ((level − ½) / 5)^1.5, rounded. The steps widen
/// upwards, so that smaller places are seen beside a large city.
const LEVELS: [f64; BANDS as usize] = [0.03, 0.16, 0.35, 0.59, 0.85];

/// Shading from this level on is strong, for the caption's words.
const STRONG: u8 = 3;

/// Rings may stray from the contours by this part of a cell, so that they need fewer corners.
const SIMPLIFICATION: f64 = 0.08;

/// Shades the map of a state from its cases' places: density by a kernel of finite reach, cut into
/// bands at fixed parts of the highest density, nowhere with fewer than `min_cell` distinct cases
/// within the reach (SPEC section 3; 0: no limit). Without cases there is no band. Points that are no
/// numbers or lie off the map are left out.
pub fn shade(points: &[CasePoint], plane: &Plane, min_cell: u64) -> Shading {
    let frame = Frame::around(&plane.outline);
    let reach_km = kernel::reach_km(&plane.outline, &frame);
    let unshaded = Shading {
        reach_km,
        ..Shading::default()
    };
    let Some(grid) = Grid::over(&frame, reach_km) else {
        return unshaded;
    };
    let places = Places::on(&grid, points, &plane.projection);
    let min_cell = usize::try_from(min_cell).unwrap_or(usize::MAX);
    if places.places.is_empty() || places.distinct_cases < min_cell {
        return unshaded;
    }
    let support = Support {
        min_cell,
        reach_km,
        // A point inside a ring is in a cell with a supported corner, or as near to one as rings may
        // stray.
        margin_km: grid.cell * (std::f64::consts::SQRT_2 + SIMPLIFICATION),
    };
    let field = Field::of(&places, &grid, &support);
    let in_state = grid.nodes_inside(&plane.outline);
    let Some(peak) = peak_density(&field, &in_state) else {
        return unshaded;
    };
    let of_peak: Vec<f64> = field.density.iter().map(|density| density / peak).collect();
    // Density relative to a level, and support: a node is in the band where both are positive.
    let excess = |level: f64| {
        let nodes = of_peak.iter().zip(&field.support);
        nodes.map(move |(density, &support)| (density - level).min(support))
    };
    let bands = (1..=BANDS)
        .zip(LEVELS)
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
    let strength: Vec<f64> = excess(LEVELS[usize::from(STRONG - 1)])
        .zip(&in_state)
        .zip(&field.density)
        .map(|((excess, in_state), &density)| {
            let strong = *in_state && excess > 0.0;
            if strong { density } else { 0.0 }
        })
        .collect();
    Shading {
        bands,
        strongest: zones::strongest(&grid, &frame, &strength),
        reach_km,
    }
}

/// The highest density that may be shown: among the supported nodes in the state, or among all
/// supported nodes where the state is smaller than the grid's cells.
fn peak_density(field: &Field, in_state: &[bool]) -> Option<f64> {
    let highest = |everywhere: bool| {
        (0..in_state.len())
            .filter(|&node| (everywhere || in_state[node]) && field.support[node] > 0.0)
            .map(|node| field.density[node])
            .max_by(f64::total_cmp)
            .filter(|&density| density > 0.0)
    };
    highest(false).or_else(|| highest(true))
}
