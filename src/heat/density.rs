//! Density of cases at the nodes of the grid.

use super::grid::Grid;
use super::kernel::quartic;
use super::places::Place;

/// The sum of the kernels of all places at every node of the grid, in the grid's order. It goes place by place,
/// because nothing has to be looked up along a row of nodes.
pub(super) fn density(places: &[Place], grid: &Grid, reach_km: f64) -> Vec<f64> {
    let mut density = vec![0.0; grid.len()];
    let square = reach_km * reach_km;
    let per_square = 1.0 / square;
    let columns: Vec<f64> = (0..grid.columns).map(|column| grid.x(column)).collect();
    for place in places {
        for row in grid.rows_between(place.y - reach_km, place.y + reach_km) {
            let north = place.y - grid.y(row);
            let north_square = north * north;
            let along = (square - north_square).max(0.0).sqrt();
            let within = grid.columns_between(place.x - along, place.x + along);
            let nodes = &mut density[row * grid.columns..][within.clone()];
            for (density, x) in nodes.iter_mut().zip(&columns[within]) {
                let east = place.x - x;
                *density += place.cases * quartic((east * east + north_square) * per_square);
            }
        }
    }
    density
}
