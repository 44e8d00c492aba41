//! Density of cases and support on the nodes of the grid.

use super::grid::Grid;
use super::kernel::quartic;
use super::places::{Place, Places};
use super::support::{NearestCases, Support};

/// What is known of every node of the grid, in its order.
pub(super) struct Field {
    /// Sum of the kernels of all cases' places.
    pub(super) density: Vec<f64>,
    /// As [`Support::at`] says.
    pub(super) support: Vec<f64>,
}

impl Field {
    /// Computes both from the places within reach of each node.
    pub(super) fn of(places: &Places, grid: &Grid, support: &Support) -> Field {
        let near = Near::new(&places.places, (grid.x(0), grid.y(0)), support.reach_km);
        Field {
            density: density(&near.places, grid, support.reach_km),
            support: if support.min_cell == 0 {
                vec![support.at(None); grid.len()]
            } else {
                supported(&near, places, grid, support)
            },
        }
    }
}

/// Adds place by place to the nodes within reach: along a row of them there is nothing to look up.
fn density(places: &[Place], grid: &Grid, reach_km: f64) -> Vec<f64> {
    let mut density = vec![0.0; grid.len()];
    let square = reach_km * reach_km;
    let per_square = 1.0 / square;
    let columns: Vec<f64> = (0..grid.columns).map(|column| grid.x(column)).collect();
    for place in places {
        let cases = place.cases.len() as f64;
        for row in grid.rows_between(place.y - reach_km, place.y + reach_km) {
            let north = place.y - grid.y(row);
            let north_square = north * north;
            let along = (square - north_square).max(0.0).sqrt();
            let within = grid.columns_between(place.x - along, place.x + along);
            let nodes = &mut density[row * grid.columns..][within.clone()];
            for (density, x) in nodes.iter_mut().zip(&columns[within]) {
                let east = place.x - x;
                *density += cases * quartic((east * east + north_square) * per_square);
            }
        }
    }
    density
}

/// The support of every node.
fn supported(near: &Near, places: &Places, grid: &Grid, support: &Support) -> Vec<f64> {
    let mut nearest = NearestCases::of(places.distinct_cases);
    let mut supported = Vec::with_capacity(grid.len());
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            near.each(grid.x(column), grid.y(row), |place, squared| {
                let cases = &places.cases[place.cases.clone()];
                // The distance sought is the same without a place's cases beyond the limit: the
                // place alone has enough.
                for &case in &cases[..cases.len().min(support.min_cell)] {
                    nearest.offer(case, squared);
                }
            });
            supported.push(support.at(nearest.take(support.min_cell)));
        }
    }
    supported
}

/// Places in square buckets, so that those near a node are found without looking at all.
struct Near {
    west: f64,
    south: f64,
    /// Side of a bucket, in kilometres.
    side: f64,
    columns: usize,
    rows: usize,
    /// Per bucket, row by row, where its places begin; one more for the end.
    starts: Vec<usize>,
    places: Vec<Place>,
    reach_km: f64,
}

/// Buckets per reach: small ones hold fewer places beyond the reach, large ones are fewer to visit.
const BUCKETS_PER_REACH: f64 = 4.0;

impl Near {
    /// Buckets begin at the grid's corner, not at the outermost place: else a place far away would change
    /// the order in which those near a node are added up, and with it the last digit of the sum.
    fn new(places: &[Place], (west, south): (f64, f64), reach_km: f64) -> Near {
        let most =
            |values: fn(&Place) -> f64| places.iter().map(values).fold(f64::NEG_INFINITY, f64::max);
        let side = reach_km / BUCKETS_PER_REACH;
        let buckets = |extent: f64| (extent / side).max(0.0) as usize + 1;
        let columns = buckets(most(|place| place.x) - west);
        let rows = buckets(most(|place| place.y) - south);
        let bucket = |place: &Place| {
            let row = ((place.y - south) / side) as usize;
            row * columns + (((place.x - west) / side) as usize).min(columns - 1)
        };
        let mut places = places.to_vec();
        // Stable, so that sums are always in the same order.
        places.sort_by_key(bucket);
        let mut starts = vec![0; columns * rows + 1];
        for place in &places {
            starts[bucket(place) + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        Near {
            west,
            south,
            side,
            columns,
            rows,
            starts,
            places,
            reach_km,
        }
    }

    /// Hands over each place within reach of a point with its squared distance.
    fn each(&self, x: f64, y: f64, mut found: impl FnMut(&Place, f64)) {
        let columns = self.buckets(x - self.west, self.columns);
        let rows = self.buckets(y - self.south, self.rows);
        if columns.is_empty() {
            return;
        }
        for row in rows {
            // The buckets of a row are next to each other.
            let first = self.starts[row * self.columns + columns.start];
            let last = self.starts[row * self.columns + columns.end];
            for place in &self.places[first..last] {
                let (east, north) = (place.x - x, place.y - y);
                let squared = east * east + north * north;
                if squared <= self.reach_km * self.reach_km {
                    found(place, squared);
                }
            }
        }
    }

    /// The buckets, along one side, within reach of an offset from the first.
    fn buckets(&self, offset: f64, count: usize) -> std::ops::Range<usize> {
        let end = (offset + self.reach_km) / self.side;
        if end < 0.0 {
            return 0..0;
        }
        let start = ((offset - self.reach_km) / self.side).max(0.0) as usize;
        start.min(count)..(end as usize + 1).min(count)
    }
}
