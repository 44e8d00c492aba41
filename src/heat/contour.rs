//! Contours of a field on a grid: marching squares.
//!
//! C. Maple, "Geometric design and space planning using the marching squares and marching cube algorithms" (2003). If
//! a cell's corners alternate, the mean of the four decides.

use super::grid::Grid;
use super::shading::Ring;

const NONE: u32 = u32::MAX;

/// The closed rings around the nodes with a positive value; the first point is not repeated. On the edge of a cell,
/// the value is assumed to be linear between nodes. Nodes on the grid's border count as not positive, so that every
/// ring closes. Each point of a ring, and each point inside the rings, is in a cell that has a positive corner.
pub(super) fn rings_round_positive(grid: &Grid, mut values: Vec<f64>) -> Vec<Ring> {
    cut_at_border(grid, &mut values);
    let positive: Vec<bool> = values.iter().map(|&value| value > 0.0).collect();
    // For each crossed edge, the next one along the ring, with positive nodes on the left.
    let mut next = vec![NONE; 2 * grid.len()];
    let mut crossed = Vec::new();
    let rows = || positive.chunks_exact(grid.columns);
    // Few cells in a row are crossed; finding them first is faster than looking at each more closely.
    let mut is_crossed = vec![false; grid.columns - 1];
    for (row, (lower, upper)) in rows().zip(rows().skip(1)).enumerate() {
        if !lower.contains(&true) && !upper.contains(&true) {
            continue;
        }
        for (crossed, (lower, upper)) in is_crossed.iter_mut().zip(cells(lower, upper)) {
            *crossed = (lower[0] ^ lower[1]) | (lower[0] ^ upper[0]) | (lower[0] ^ upper[1]);
        }
        for column in (0..is_crossed.len()).filter(|&column| is_crossed[column]) {
            let corners = [
                lower[column],
                lower[column + 1],
                upper[column + 1],
                upper[column],
            ];
            let node = row * grid.columns + column;
            let bottom = horizontal_edge(node);
            let top = horizontal_edge(node + grid.columns);
            let left = vertical_edge(node);
            let right = vertical_edge(node + 1);
            let middle_is_positive = || {
                let around = [node, node + 1, node + grid.columns + 1, node + grid.columns];
                around.iter().map(|&corner| values[corner]).sum::<f64>() > 0.0
            };
            let (first, second) = joints(corners, [bottom, right, top, left], middle_is_positive);
            for (from, to) in first.into_iter().chain(second) {
                next[from] = to as u32;
                crossed.push(from);
            }
        }
    }
    follow(crossed, next, |edge| crossing(grid, &values, edge))
}

/// The edge that a line comes from, and the one that it goes to.
type Joint = (usize, usize);

/// From which edge of a cell to which its lines run, with positive corners on the left. Corners start at the lower
/// left and go counterclockwise; edges start at the bottom.
fn joints(
    corners: [bool; 4],
    [bottom, right, top, left]: [usize; 4],
    middle_is_positive: impl Fn() -> bool,
) -> (Option<Joint>, Option<Joint>) {
    let (first, second) = match corners {
        [false, false, false, false] | [true, true, true, true] => return (None, None),
        [true, false, false, false] => ((bottom, left), None),
        [false, true, false, false] => ((right, bottom), None),
        [false, false, true, false] => ((top, right), None),
        [false, false, false, true] => ((left, top), None),
        [true, true, false, false] => ((right, left), None),
        [false, true, true, false] => ((top, bottom), None),
        [false, false, true, true] => ((left, right), None),
        [true, false, false, true] => ((bottom, top), None),
        [false, true, true, true] => ((left, bottom), None),
        [true, false, true, true] => ((bottom, right), None),
        [true, true, false, true] => ((right, top), None),
        [true, true, true, false] => ((top, left), None),
        [true, false, true, false] => match middle_is_positive() {
            true => ((bottom, right), Some((top, left))),
            false => ((bottom, left), Some((top, right))),
        },
        [false, true, false, true] => match middle_is_positive() {
            true => ((left, bottom), Some((right, top))),
            false => ((right, bottom), Some((left, top))),
        },
    };
    (Some(first), second)
}

/// The position on an edge where the value is 0.
fn crossing(grid: &Grid, values: &[f64], edge: usize) -> (f64, f64) {
    let (column, row) = (edge / 2 % grid.columns, edge / 2 / grid.columns);
    let (other_column, other_row) = if edge == horizontal_edge(edge / 2) {
        (column + 1, row)
    } else {
        (column, row + 1)
    };
    let (a, b) = (
        values[edge / 2],
        values[other_row * grid.columns + other_column],
    );
    let along = grid.cell * a / (a - b);
    if other_row == row {
        (grid.x(column) + along, grid.y(row))
    } else {
        (grid.x(column), grid.y(row) + along)
    }
}

/// The rings from crossed edge to crossed edge, in the order of their first edges.
fn follow(
    crossed: Vec<usize>,
    mut next: Vec<u32>,
    crossing: impl Fn(usize) -> (f64, f64),
) -> Vec<Ring> {
    let mut rings = Vec::new();
    for start in crossed {
        let mut ring = Vec::new();
        let mut edge = start;
        while next[edge] != NONE {
            ring.push(crossing(edge));
            edge = std::mem::replace(&mut next[edge], NONE) as usize;
        }
        if ring.len() >= 3 {
            rings.push(ring);
        }
    }
    rings
}

/// The cells between two rows of nodes, each with its two lower and its two upper nodes.
fn cells<'a>(
    lower: &'a [bool],
    upper: &'a [bool],
) -> impl Iterator<Item = (&'a [bool], &'a [bool])> {
    lower.windows(2).zip(upper.windows(2))
}

/// Makes the values on the border at most 0.
fn cut_at_border(grid: &Grid, values: &mut [f64]) {
    let cut = |value: &mut f64| *value = value.min(0.0);
    for row in values.chunks_exact_mut(grid.columns) {
        cut(&mut row[0]);
        cut(&mut row[grid.columns - 1]);
    }
    let last_row = values.len() - grid.columns;
    values[..grid.columns].iter_mut().for_each(cut);
    values[last_row..].iter_mut().for_each(cut);
}

/// Number of the edge from a node to the next one to the east.
fn horizontal_edge(node: usize) -> usize {
    2 * node
}

/// Number of the edge from a node to the next one to the north.
fn vertical_edge(node: usize) -> usize {
    2 * node + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::heat::Frame;
    use crate::heat::frame::area;

    fn grid() -> Grid {
        let frame = Frame {
            west: 0.0,
            east: 2.0,
            south: 0.0,
            north: 1.0,
        };
        Grid::over(&frame, 0.5).unwrap()
    }

    /// Values of a function at the nodes.
    fn sampled(grid: &Grid, function: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        (0..grid.len())
            .map(|node| function(grid.x(node % grid.columns), grid.y(node / grid.columns)))
            .collect()
    }

    #[test]
    fn a_cone_gives_a_circle() {
        let grid = grid();
        let cone = sampled(&grid, |x, y| 0.4 - libm::hypot(x - 1.0, y - 0.5));
        let rings = rings_round_positive(&grid, cone);
        assert_eq!(rings.len(), 1);
        for &(x, y) in &rings[0] {
            assert!((libm::hypot(x - 1.0, y - 0.5) - 0.4).abs() < 1e-3);
        }
        assert!((area(&rings) / (0.16 * std::f64::consts::PI) - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_hole_is_a_separate_ring() {
        let grid = grid();
        let ring = sampled(&grid, |x, y| {
            0.1 - (libm::hypot(x - 1.0, y - 0.5) - 0.4).abs()
        });
        assert_eq!(rings_round_positive(&grid, ring).len(), 2);
    }

    #[test]
    fn a_grid_that_is_positive_everywhere_ends_at_the_border() {
        let grid = grid();
        let rings = rings_round_positive(&grid, vec![1.0; grid.len()]);
        assert_eq!(rings.len(), 1);
        // The whole grid except for half of each of the four corner cells.
        let expected = (grid.columns - 1) as f64 * (grid.rows - 1) as f64 - 2.0;
        let cells = area(&rings) / (grid.cell * grid.cell);
        assert!((cells / expected - 1.0).abs() < 1e-9, "{cells}");
        assert!(rings_round_positive(&grid, vec![0.0; grid.len()]).is_empty());
    }

    /// With each node randomly positive or negative, which makes alternating corners and everything else, the rings
    /// separate the positive nodes from the negative ones. A node of exactly 0 is on a ring if it has a positive
    /// neighbor, and may count as either.
    fn assert_rings_part_positive_from_negative(seed: u64) -> Vec<f64> {
        let grid = grid();
        let mut state = seed;
        let mut values = sampled(&grid, |_, _| 0.0);
        for value in &mut values {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            *value = (state >> 40) as f64 / (1 << 24) as f64 - 0.5;
        }
        let rings = rings_round_positive(&grid, values.clone());
        let inside = grid.nodes_inside(&rings);
        for row in 1..grid.rows - 1 {
            for column in 1..grid.columns - 1 {
                let node = row * grid.columns + column;
                if values[node] != 0.0 {
                    assert_eq!(inside[node], values[node] > 0.0, "row {row}, {column}");
                }
            }
        }
        values
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn exactly_the_positive_nodes_are_inside(seed: u64) {
            assert_rings_part_positive_from_negative(seed);
        }
    }

    #[test]
    fn a_node_of_exactly_0_does_not_break_rings_around_others() {
        let values = assert_rings_part_positive_from_negative(219_724_046_152_658_495);
        assert!(values.contains(&0.0));
    }
}
