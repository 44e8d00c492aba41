//! Finds the public point nearest to a coordinate.

use super::{LonLat, normalized_degrees};

/// Points in buckets between parallels and meridians, so that the search for the nearest one doesn't have
/// to look at all of them.
#[derive(Clone, Debug)]
pub(super) struct Nearest<P> {
    /// Longitudes are relative to this one, because Alaska is on both sides of the 180th meridian.
    reference: f64,
    west: f64,
    south: f64,
    /// Width and height of a bucket, in degrees.
    bucket: (f64, f64),
    columns: usize,
    /// For each row of buckets, the cosine of its middle latitude: how much shorter a degree of longitude is
    /// than one of latitude.
    cosines: Vec<f64>,
    /// For each bucket, row by row, the index of its first point, and then the end.
    starts: Vec<usize>,
    points: Vec<Candidate<P>>,
}

/// A point that may be the nearest, with everything about it in one place in memory.
#[derive(Clone, Copy, Debug)]
struct Candidate<P> {
    /// Its longitude relative to the reference.
    east: f64,
    at: LonLat,
    point: P,
}

/// Points in a bucket, on average.
const POINTS_IN_BUCKET: f64 = 2.0;

impl<P: Copy + Ord> Nearest<P> {
    pub(super) fn of(points: Vec<(P, LonLat)>) -> Nearest<P> {
        let reference = points.first().map_or(0.0, |(_, at)| at.longitude);
        let points: Vec<Candidate<P>> = points
            .into_iter()
            .map(|(point, at)| Candidate {
                east: normalized_degrees(at.longitude - reference),
                at,
                point,
            })
            .collect();
        let least =
            |of: fn(&Candidate<P>) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
        let most =
            |of: fn(&Candidate<P>) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let east: fn(&Candidate<P>) -> f64 = |point| point.east;
        let north: fn(&Candidate<P>) -> f64 = |point| point.at.latitude;
        let (west, south) = (least(east), least(north));
        let (width, height) = (most(east) - west, most(north) - south);
        let per_side = (points.len() as f64 / POINTS_IN_BUCKET)
            .sqrt()
            .ceil()
            .max(1.0);
        // At least a tenth of a meter, in case all points are the same.
        let bucket = (width.max(1e-6) / per_side, height.max(1e-6) / per_side);
        let (columns, rows) = (per_side as usize + 1, per_side as usize + 1);
        let bucket_of = |point: &Candidate<P>| {
            let column = ((point.east - west) / bucket.0) as usize;
            let row = ((point.at.latitude - south) / bucket.1) as usize;
            row * columns + column
        };
        // Each bucket keeps the order given.
        let buckets: Vec<usize> = points.iter().map(bucket_of).collect();
        let mut starts = vec![0; columns * rows + 1];
        for bucket in &buckets {
            starts[bucket + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut order = vec![0; points.len()];
        let mut next = starts.clone();
        for (index, bucket) in buckets.into_iter().enumerate() {
            order[next[bucket]] = index;
            next[bucket] += 1;
        }
        let middle = |row: usize| south + (row as f64 + 0.5) * bucket.1;
        Nearest {
            reference,
            west,
            south,
            bucket,
            columns,
            cosines: (0..rows)
                .map(|row| libm::cos(middle(row).to_radians()))
                .collect(),
            starts,
            points: order.into_iter().map(|index| points[index]).collect(),
        }
    }

    /// The nearest point, in a plane around the coordinate, and where it is. If several are equally near, the
    /// first one. None if there are no points.
    pub(super) fn to(&self, at: LonLat) -> Option<(P, LonLat)> {
        let rows = self.cosines.len();
        let (x, y) = (
            normalized_degrees(at.longitude - self.reference),
            at.latitude,
        );
        let bucket_at = |offset: f64, size: f64, count: usize| {
            ((offset / size).max(0.0) as usize).min(count - 1)
        };
        let column = bucket_at(x - self.west, self.bucket.0, self.columns);
        let row = bucket_at(y - self.south, self.bucket.1, rows);
        let cosine = self.cosines[row];
        let step = (self.bucket.0 * cosine).min(self.bucket.1);
        let mut best: Option<(f64, P, LonLat)> = None;
        for ring in 0..self.columns.max(rows) {
            // Everything in a bucket of this ring is at least this far away.
            let beyond = step * (ring as f64 - 1.0).max(0.0);
            if best.is_some_and(|(square, ..)| square < beyond * beyond) {
                break;
            }
            let first_row = row.saturating_sub(ring);
            for other_row in first_row..=(row + ring).min(rows - 1) {
                let is_end = other_row.abs_diff(row) == ring;
                let first_column = column.saturating_sub(ring);
                for other_column in first_column..=(column + ring).min(self.columns - 1) {
                    if !is_end && other_column.abs_diff(column) != ring {
                        continue;
                    }
                    let bucket = other_row * self.columns + other_column;
                    let candidates = &self.points[self.starts[bucket]..self.starts[bucket + 1]];
                    for &Candidate { east, at, point } in candidates {
                        let (dx, dy) = ((east - x) * cosine, at.latitude - y);
                        let found = (dx * dx + dy * dy, point);
                        if best.is_none_or(|(square, best, _)| found < (square, best)) {
                            best = Some((found.0, point, at));
                        }
                    }
                }
            }
        }
        best.map(|(_, point, at)| (point, at))
    }
}
