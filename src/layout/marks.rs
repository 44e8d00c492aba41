//! The few marks that the layout draws itself: backgrounds and rules.

use crate::drawing::{Colour, Drawing, Mark, Subpath};

/// A filled rectangle at the origin.
pub(super) fn rectangle(width: f32, height: f32, fill: Colour) -> Drawing {
    let mark = Mark::Path {
        subpaths: vec![Subpath {
            points: vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)],
            closed: true,
        }],
        fill: Some(fill),
        stroke: None,
    };
    Drawing {
        width,
        height,
        marks: vec![mark],
    }
}
