//! Which public point is nearest to a coordinate.

use super::{LonLat, normalized_degrees};

/// Points in buckets between parallels and meridians, so that the nearest one is found without looking
/// at all.
#[derive(Clone, Debug)]
pub(super) struct Nearest<P> {
    /// Longitudes are taken relative to this one: Alaska is on both sides of the 180th meridian.
    reference: f64,
    west: f64,
    south: f64,
    /// Width and height of a bucket, in degrees.
    bucket: (f64, f64),
    columns: usize,
    /// Per row of buckets the cosine of its middle latitude: how much shorter a degree of longitude is
    /// than one of latitude.
    cosines: Vec<f64>,
    /// Per bucket, row by row, where its points begin; one more for the end.
    starts: Vec<usize>,
    /// Longitude from the reference and latitude.
    points: Vec<(f64, f64, P)>,
}

/// Points in a bucket, on average.
const POINTS_IN_BUCKET: f64 = 2.0;

impl<P: Copy + Ord> Nearest<P> {
    pub(super) fn of(points: Vec<(P, LonLat)>) -> Nearest<P> {
        let reference = points.first().map_or(0.0, |(_, at)| at.longitude);
        let mut points: Vec<(f64, f64, P)> = points
            .into_iter()
            .map(|(point, at)| {
                let east = normalized_degrees(at.longitude - reference);
                (east, at.latitude, point)
            })
            .collect();
        let least =
            |of: fn(&(f64, f64, P)) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
        let most =
            |of: fn(&(f64, f64, P)) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (west, south) = (least(|point| point.0), least(|point| point.1));
        let (width, height) = (most(|point| point.0) - west, most(|point| point.1) - south);
        let per_side = (points.len() as f64 / POINTS_IN_BUCKET)
            .sqrt()
            .ceil()
            .max(1.0);
        // A tenth of a meter at least, where all points are one.
        let bucket = (width.max(1e-6) / per_side, height.max(1e-6) / per_side);
        let (columns, rows) = (per_side as usize + 1, per_side as usize + 1);
        let bucket_of = |point: &(f64, f64, P)| {
            let column = ((point.0 - west) / bucket.0) as usize;
            let row = ((point.1 - south) / bucket.1) as usize;
            row * columns + column
        };
        points.sort_by_key(|point| (bucket_of(point), point.2));
        let mut starts = vec![0; columns * rows + 1];
        for point in &points {
            starts[bucket_of(point) + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
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
            points,
        }
    }

    /// The nearest point, on a plane about the coordinate; the first in order where several are. None
    /// where there is none at all.
    pub(super) fn to(&self, at: LonLat) -> Option<P> {
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
        let mut best: Option<(f64, P)> = None;
        for ring in 0..self.columns.max(rows) {
            // Whatever is in a bucket of this ring is at least so far away.
            let beyond = step * (ring as f64 - 1.0).max(0.0);
            if best.is_some_and(|(square, _)| square < beyond * beyond) {
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
                    for &(east, north, point) in
                        &self.points[self.starts[bucket]..self.starts[bucket + 1]]
                    {
                        let (dx, dy) = ((east - x) * cosine, north - y);
                        let found = (dx * dx + dy * dy, point);
                        if best.is_none_or(|best| found < best) {
                            best = Some(found);
                        }
                    }
                }
            }
        }
        best.map(|(_, point)| point)
    }
}
