//! Public points on the grid, each place once with its cases.

use crate::geo::{Projection, PublicPoint};

use super::Weight;
use super::grid::Grid;

/// A place in projected kilometers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) cases: f64,
    pub(super) point: PublicPoint,
}

/// The places on the grid, in the order of their public points, so that sums are always the same.
pub(super) fn places_on(grid: &Grid, weights: &[Weight], projection: &Projection) -> Vec<Place> {
    let mut weights = weights.to_vec();
    weights.sort_by_key(|weight| weight.point);
    weights
        .iter()
        .map(|weight| {
            let (x, y) = projection.project(weight.point.position());
            let cases = weight.cases as f64;
            let point = weight.point;
            Place { x, y, cases, point }
        })
        .filter(|place| grid.holds((place.x, place.y)))
        .collect()
}
