//! The grid at whose nodes the density is computed.

use std::ops::Range;

use super::frame::Frame;

/// Minimum number of cells along the longer side of the map.
const CELLS_ALONG_MAP: f64 = 160.0;
/// Minimum number of cells along the kernel's reach.
const CELLS_ALONG_REACH: f64 = 12.0;

/// Nodes in rows from south to north, each row from west to east. The outermost nodes are more than the reach outside
/// the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    west: f64,
    south: f64,
    /// Side of a square cell, in kilometers.
    pub(super) cell: f64,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Grid {
    /// Covers a frame and the kernel's reach around it; none if the reach isn't a positive number.
    pub(super) fn over(frame: &Frame, reach_km: f64) -> Option<Grid> {
        let cell = (frame.long_side() / CELLS_ALONG_MAP).min(reach_km / CELLS_ALONG_REACH);
        let margin = reach_km + 2.0 * cell;
        let nodes = |extent: f64| ((extent + 2.0 * margin) / cell).ceil() as usize + 1;
        (cell.is_finite() && cell > 0.0).then(|| Grid {
            west: frame.west - margin,
            south: frame.south - margin,
            cell,
            columns: nodes(frame.width()),
            rows: nodes(frame.height()),
        })
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// Longitudinal position of a column, in kilometers.
    pub(super) fn x(&self, column: usize) -> f64 {
        self.west + self.cell * column as f64
    }

    /// Latitudinal position of a row, in kilometers.
    pub(super) fn y(&self, row: usize) -> f64 {
        self.south + self.cell * row as f64
    }

    /// The columns from one longitudinal position to another, and perhaps one more on either side.
    pub(super) fn columns_between(&self, west: f64, east: f64) -> Range<usize> {
        between(
            (west - self.west) / self.cell,
            (east - self.west) / self.cell,
            self.columns,
        )
    }

    /// The rows from one latitudinal position to another, and perhaps one more on either side.
    pub(super) fn rows_between(&self, south: f64, north: f64) -> Range<usize> {
        between(
            (south - self.south) / self.cell,
            (north - self.south) / self.cell,
            self.rows,
        )
    }

    /// Whether a point is on the grid.
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.x(0)..=self.x(self.columns - 1)).contains(&x)
            && (self.y(0)..=self.y(self.rows - 1)).contains(&y)
    }

    /// The nodes inside rings, by the even-odd rule along each row of nodes.
    pub(super) fn nodes_inside(&self, rings: &[Vec<(f64, f64)>]) -> Vec<bool> {
        let mut crossings = vec![Vec::new(); self.rows];
        let row_after = |y: f64| {
            let row = ((y - self.south) / self.cell).floor() + 1.0;
            (row.max(0.0) as usize).min(self.rows)
        };
        for ring in rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let (low, high) = if a.1 <= b.1 { (a, b) } else { (b, a) };
                // Rows y with low < y ≤ high, so that two edges that meet on a row count once.
                let rows = row_after(low.1)..row_after(high.1);
                for (row, crossings) in rows.clone().zip(&mut crossings[rows]) {
                    let along = (self.y(row) - low.1) / (high.1 - low.1);
                    crossings.push(low.0 + along * (high.0 - low.0));
                }
            }
        }
        let mut inside = vec![false; self.len()];
        for (row, crossings) in crossings.iter_mut().enumerate() {
            crossings.sort_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                let column = |x: f64| ((x - self.west) / self.cell).ceil().max(0.0) as usize;
                let columns = column(pair[0])..column(pair[1]).min(self.columns);
                for column in columns {
                    inside[row * self.columns + column] = true;
                }
            }
        }
        inside
    }
}

/// The whole numbers from one to another below a limit, and perhaps one more on either side.
fn between(first: f64, last: f64, limit: usize) -> Range<usize> {
    // Rounded down and up, so that rounding errors don't leave any out.
    let end = (last.max(-1.0) as usize).saturating_add(2).min(limit);
    (first.max(0.0) as usize).min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Boundaries, Plane};
    use crate::jurisdiction::Jurisdiction;

    #[test]
    fn nodes_inside_agree_with_the_boundaries() {
        for code in ["NM", "HI", "MD", "AK"] {
            let boundaries = Boundaries::of(Jurisdiction::from_code(code).unwrap());
            let Plane {
                projection,
                outline,
                ..
            } = Plane::of(&boundaries);
            let frame = Frame::around(&outline);
            let grid = Grid::over(&frame, frame.long_side() / 10.0).unwrap();
            let inside = grid.nodes_inside(&outline);
            let mut differing = 0;
            for index in (0..grid.len()).step_by(7) {
                let node = (grid.x(index % grid.columns), grid.y(index / grid.columns));
                differing +=
                    usize::from(inside[index] != boundaries.contains(projection.unproject(node)));
            }
            // An edge is straight on the map here, and straight in degrees there.
            assert!(differing * 1000 <= grid.len() / 7, "{code}: {differing}");
        }
    }

    #[test]
    fn without_extent_or_reach_there_is_no_grid() {
        let frame = Frame::around(&[]);
        assert!(Grid::over(&frame, 0.0).is_none());
        assert!(Grid::over(&frame, f64::NAN).is_none());
    }
}
