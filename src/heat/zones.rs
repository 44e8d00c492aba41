//! The zones of the state that the caption names: where shading is strongest.

use super::frame::Frame;
use super::grid::Grid;
use super::shading::Zone;

/// Parts of the frame's width and height that the outer zones take on either side. The center is the
/// largest, as people use the word: Albuquerque, 38 % down the map, is in the center of New Mexico.
const OUTER_PART: f64 = 0.3;
/// A zone is named when it has at least this part of all strong shading.
const LEAST_SHARE: f64 = 0.2;
/// No more than these are named.
const MOST_ZONES: usize = 3;

/// Zones by their share of strong shading, strongest first: those with 20 % or more of the sum of
/// `strength` over the nodes, at most three; the first ones in the order of [`Zone`] when equal.
pub(super) fn strongest(grid: &Grid, frame: &Frame, strength: &[f64]) -> Vec<Zone> {
    let mut sums: Vec<(Zone, f64)> = ZONES
        .into_iter()
        .flatten()
        .map(|zone| (zone, 0.0))
        .collect();
    let strong = strength.iter().enumerate();
    for (node, &strength) in strong.filter(|&(_, &strength)| strength > 0.0) {
        let (x, y) = (grid.x(node % grid.columns), grid.y(node / grid.columns));
        let (row, column) = row_and_column(frame, (x, y));
        sums[3 * row + column].1 += strength;
    }
    let total: f64 = sums.iter().map(|(_, sum)| sum).sum();
    sums.retain(|(_, sum)| *sum > 0.0 && *sum >= LEAST_SHARE * total);
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    sums.into_iter()
        .take(MOST_ZONES)
        .map(|(zone, _)| zone)
        .collect()
}

/// Rows from south to north, columns from west to east.
const ZONES: [[Zone; 3]; 3] = [
    [Zone::Southwest, Zone::South, Zone::Southeast],
    [Zone::West, Zone::Center, Zone::East],
    [Zone::Northwest, Zone::North, Zone::Northeast],
];

fn row_and_column(frame: &Frame, (x, y): (f64, f64)) -> (usize, usize) {
    let row = third((y - frame.south) / frame.height());
    let column = third((x - frame.west) / frame.width());
    (row, column)
}

/// 0 for the first part, 1 for the middle, 2 for the last.
fn third(along: f64) -> usize {
    if along < OUTER_PART {
        0
    } else if along <= 1.0 - OUTER_PART {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strength at points (east, north) of a frame that is 10 km square.
    fn strongest_of(points: &[(f64, f64, f64)]) -> Vec<Zone> {
        let frame = Frame {
            west: 0.0,
            east: 10.0,
            south: 0.0,
            north: 10.0,
        };
        let grid = Grid::over(&frame, 1.0).unwrap();
        let mut strength = vec![0.0; grid.len()];
        for &(x, y, value) in points {
            let column = ((x - grid.x(0)) / grid.cell).round() as usize;
            let row = ((y - grid.y(0)) / grid.cell).round() as usize;
            strength[row * grid.columns + column] += value;
        }
        strongest(&grid, &frame, &strength)
    }

    #[test]
    fn the_strongest_zone_is_first_and_weak_ones_are_left_out() {
        let named = strongest_of(&[(5.0, 1.0, 3.0), (5.0, 5.0, 6.0), (9.0, 9.0, 1.0)]);
        assert_eq!(named, [Zone::Center, Zone::South]);
    }

    #[test]
    fn at_most_three_are_named_and_equals_keep_their_order() {
        let corners = [
            (1.0, 1.0, 1.0),
            (9.0, 1.0, 1.0),
            (1.0, 9.0, 1.0),
            (9.0, 9.0, 1.0),
        ];
        assert_eq!(
            strongest_of(&corners),
            [Zone::Northeast, Zone::Southeast, Zone::Southwest]
        );
    }

    #[test]
    fn no_shading_names_no_zone() {
        assert!(strongest_of(&[]).is_empty());
    }
}
