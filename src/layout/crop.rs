//! Crop marks: where to cut a page that was printed on larger paper.

use super::grid::Grid;
use super::placed::{Artifact, Content, Owner, Placed};
use crate::drawing::{Colour, Drawing, Mark, Stroke, Subpath};

/// What is printed beyond the edge of a page that is cut: an eighth of an inch, in points.
pub(super) const BLEED: f32 = 9.0;

/// Length of a mark, in points.
const LENGTH: f32 = 15.0;

/// Space for the marks around a page, in points: they begin where the bleed ends.
pub(super) const SLUG: f32 = BLEED + LENGTH + 3.0;

/// Two lines at each corner, outside the bleed, in line with the page's edges.
pub(super) fn marks(grid: Grid) -> Placed {
    const STROKE: Stroke = Stroke {
        colour: Colour::hex(0),
        width: 0.25,
    };
    let (width, height) = (grid.width, grid.height);
    let outwards = |edge: f32| if edge > 0.0 { 1.0 } else { -1.0 };
    let line = |from, to| Subpath {
        points: vec![from, to],
        closed: false,
    };
    let subpaths = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)]
        .into_iter()
        .flat_map(|(x, y)| {
            let (right, down) = (outwards(x), outwards(y));
            [
                line((x + right * BLEED, y), (x + right * (BLEED + LENGTH), y)),
                line((x, y + down * BLEED), (x, y + down * (BLEED + LENGTH))),
            ]
        })
        .collect();
    Placed {
        owner: Owner::Artifact(Artifact::PrintersMark),
        x: 0.0,
        y: 0.0,
        content: Content::Drawing(Drawing {
            width,
            height,
            marks: vec![Mark::Path {
                subpaths,
                fill: None,
                stroke: Some(STROKE),
            }],
        }),
    }
}
