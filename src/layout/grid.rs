//! The page and its grid of twelve columns.

/// A page, portrait. Units are points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    pub width: f32,
    pub height: f32,
    /// White space on every side.
    pub margin: f32,
    /// White space between two columns.
    pub gutter: f32,
}

/// Columns of the grid.
pub const COLUMNS: u8 = 12;

impl Grid {
    /// U.S. letter, 8.5 × 11 inches, with margins of half an inch and gutters of a quarter.
    pub const LETTER: Grid = Grid {
        width: 612.0,
        height: 792.0,
        margin: 36.0,
        gutter: 18.0,
    };

    /// ISO A4, 210 × 297 millimeters.
    pub const A4: Grid = Grid {
        width: 595.276,
        height: 841.89,
        ..Grid::LETTER
    };

    /// U.S. legal, 8.5 × 14 inches.
    pub const LEGAL: Grid = Grid {
        height: 1008.0,
        ..Grid::LETTER
    };

    /// Half of a sheet of paper of a width and height, left or right, with margins of three eighths of an inch.
    pub(super) fn half_of(paper: (f32, f32)) -> Grid {
        Grid {
            width: paper.0 / 2.0,
            height: paper.1,
            margin: 27.0,
            gutter: 12.0,
        }
    }

    /// Width between the margins.
    pub fn measure(&self) -> f32 {
        self.width - 2.0 * self.margin
    }

    /// Left edge and width of columns side by side in a text width, given as twelfths. If they don't fill the twelve
    /// columns, the rest of the width is empty.
    pub fn split(&self, width: f32, shares: &[u8]) -> Vec<(f32, f32)> {
        self.split_of(COLUMNS, width, shares)
    }

    /// The same where the width is of so many of the grid's columns, whose edges it keeps.
    pub(super) fn split_of(&self, columns: u8, width: f32, shares: &[u8]) -> Vec<(f32, f32)> {
        let column =
            (width - f32::from(columns.max(1) - 1) * self.gutter) / f32::from(columns.max(1));
        let step = column + self.gutter;
        let mut first = 0;
        shares
            .iter()
            .map(|&share| {
                let left = f32::from(first) * step;
                first += share;
                (left, f32::from(share.max(1)) * step - self.gutter)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_and_keep_the_gutter() {
        let grid = Grid::LETTER;
        let columns = grid.split(grid.measure(), &[7, 5]);
        assert_eq!(columns[0].0, 0.0);
        assert!((columns[1].0 - columns[0].1 - grid.gutter).abs() < 0.01);
        assert!((columns[1].0 + columns[1].1 - grid.measure()).abs() < 0.01);
    }
}
