//! Lines with fewer corners that look the same.
//!
//! D. H. Douglas and T. K. Peucker, "Algorithms for the reduction of the number of points required to
//! represent a digitized line or its caricature", *Cartographica* 10 (1973), pages 112 to 122.

/// An open line without the corners that are within `tolerance` of the result; both ends stay.
pub fn simplified_line(line: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    let Some(last) = line.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut kept = vec![false; line.len()];
    kept[0] = true;
    kept[last] = true;
    let mut stretches = vec![(0, last)];
    while let Some((from, to)) = stretches.pop() {
        let farthest = (from + 1..to)
            .map(|index| (index, square_distance_to(line[index], line[from], line[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((index, square)) = farthest
            && square > tolerance * tolerance
        {
            kept[index] = true;
            stretches.push((from, index));
            stretches.push((index, to));
        }
    }
    line.iter()
        .zip(kept)
        .filter_map(|(&point, keep)| keep.then_some(point))
        .collect()
}

/// A ring, first point not repeated at the end, without the corners that are within `tolerance` of the result. A ring
/// smaller than the tolerance is returned with fewer than three points.
pub fn simplified_ring(ring: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    let Some(&first) = ring.first() else {
        return Vec::new();
    };
    // Two lines, from the first point to the one farthest from it and back.
    let farthest = ring
        .iter()
        .map(|&point| square_of((point.0 - first.0, point.1 - first.1)))
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(0, |(index, _)| index);
    let mut back = ring[farthest..].to_vec();
    back.push(first);
    let mut simplified = simplified_line(&ring[..=farthest], tolerance);
    simplified.pop();
    simplified.extend(simplified_line(&back, tolerance));
    simplified.pop();
    simplified
}

/// Distance of a point from the segment between two others.
#[cfg(test)]
pub(crate) fn distance_to(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    square_distance_to(point, from, to).sqrt()
}

/// The square of that distance, because comparing distances doesn't need the root.
fn square_distance_to(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let along = (to.0 - from.0, to.1 - from.1);
    let offset = (point.0 - from.0, point.1 - from.1);
    let square = square_of(along);
    let part = if square > 0.0 {
        ((offset.0 * along.0 + offset.1 * along.1) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    square_of((offset.0 - part * along.0, offset.1 - part * along.1))
}

fn square_of((x, y): (f64, f64)) -> f64 {
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn corners_on_a_straight_line_are_removed_and_real_corners_stay() {
        let line = [(0.0, 0.0), (1.0, 0.05), (2.0, 0.0), (2.0, 3.0)];
        assert_eq!(
            simplified_line(&line, 0.1),
            [(0.0, 0.0), (2.0, 0.0), (2.0, 3.0)]
        );
        let square = [
            (0.0, 0.0),
            (1.0, 0.0),
            (2.0, 0.0),
            (2.0, 2.0),
            (1.0, 2.0),
            (0.0, 2.0),
        ];
        assert_eq!(
            simplified_ring(&square, 0.1),
            [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
        );
    }

    #[test]
    fn empty_rings_and_specks_work() {
        assert!(simplified_line(&[], 1.0).is_empty());
        assert!(simplified_ring(&[], 1.0).is_empty());
        assert_eq!(simplified_line(&[(1.0, 1.0)], 1.0), [(1.0, 1.0)]);
        let speck = [(0.0, 0.0), (0.1, 0.0), (0.1, 0.1)];
        assert!(simplified_ring(&speck, 1.0).len() < 3);
        let invalid = [(f64::NAN, 0.0); 4];
        assert!(simplified_ring(&invalid, 1.0).len() <= 4);
    }

    proptest! {
        #[test]
        fn every_corner_is_within_the_tolerance_of_the_result(
            line in prop::collection::vec((-10.0..10.0f64, -10.0..10.0f64), 2..40),
            tolerance in 0.0..5.0f64,
        ) {
            let result = simplified_line(&line, tolerance);
            for &point in &line {
                let nearest = result
                    .windows(2)
                    .map(|pair| distance_to(point, pair[0], pair[1]))
                    .fold(f64::INFINITY, f64::min);
                prop_assert!(nearest <= tolerance + 1e-9);
            }
        }
    }
}
