//! The cities at the peaks of the density, for the caption.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::kernel::quartic;
use super::places::Place;
use crate::geo::PublicPoint;

/// At most this many cities are named.
const MOST_CITIES: usize = 3;

/// The cities where shading is strongest, strongest first, at most three: at each peak with at least the density
/// `from`, the city whose cases contribute most to it. A peak within the kernel's reach of a higher one is a part of
/// that.
pub(super) fn cities_at_peaks(
    grid: &Grid,
    density: &[f64],
    is_shown: impl Fn(usize) -> bool,
    from: f64,
    places: &[Place],
    reach_km: f64,
) -> Vec<PublicPoint> {
    let at = |node: usize| (grid.x(node % grid.columns), grid.y(node / grid.columns));
    let mut nodes: Vec<usize> = (0..density.len())
        .filter(|&node| {
            density[node] >= from && is_shown(node) && is_highest(grid, density, &is_shown, node)
        })
        .collect();
    // Among equal ones, the first in the grid's order.
    nodes.sort_by(|&a, &b| density[b].total_cmp(&density[a]).then(a.cmp(&b)));
    let mut peaks: Vec<(f64, f64)> = Vec::new();
    let mut cities: Vec<PublicPoint> = Vec::new();
    for node in nodes {
        let (x, y) = at(node);
        let is_apart = |peak: &(f64, f64)| {
            let (east, north) = (peak.0 - x, peak.1 - y);
            east * east + north * north > reach_km * reach_km
        };
        if !peaks.iter().all(is_apart) {
            continue;
        }
        peaks.push((x, y));
        if let Some(city) = city_at(places, (x, y), reach_km)
            && !cities.contains(&city)
        {
            cities.push(city);
        }
        if cities.len() == MOST_CITIES {
            break;
        }
    }
    cities
}

/// Whether no node next to one is higher, among those that are shown.
fn is_highest(
    grid: &Grid,
    density: &[f64],
    is_shown: &impl Fn(usize) -> bool,
    node: usize,
) -> bool {
    let (column, row) = (node % grid.columns, node / grid.columns);
    let rows = row.saturating_sub(1)..(row + 2).min(grid.rows);
    rows.flat_map(|row| {
        let columns = column.saturating_sub(1)..(column + 2).min(grid.columns);
        columns.map(move |column| row * grid.columns + column)
    })
    .all(|other| density[other] <= density[node] || !is_shown(other))
}

/// The city whose cases contribute most to the density at a point; among equal ones, the first in the order of
/// points.
fn city_at(places: &[Place], (x, y): (f64, f64), reach_km: f64) -> Option<PublicPoint> {
    let mut cities: BTreeMap<PublicPoint, f64> = BTreeMap::new();
    for place in places {
        let (east, north) = (place.x - x, place.y - y);
        let share = place.cases * quartic((east * east + north * north) / (reach_km * reach_km));
        if share > 0.0 {
            *cities.entry(place.point.city()).or_default() += share;
        }
    }
    let cities = cities.into_iter();
    cities
        .reduce(|best, other| if other.1 > best.1 { other } else { best })
        .map(|(city, _)| city)
}
