//! Where a projected point is in the drawing.

use crate::drawing::Point;
use crate::heat::Frame;

/// A box in the drawing, in points; y runs down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// The box with its sides moved inward, or outward by a negative length.
    pub(super) fn shrunk(&self, by: f32) -> Area {
        Area {
            left: self.left + by,
            top: self.top + by,
            right: self.right - by,
            bottom: self.bottom - by,
        }
    }

    pub(super) fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(super) fn is_within(&self, other: &Area) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    /// Whether the straight line between two points touches the box: what is left of it after clipping at the box's
    /// four sides, one after the other (Liang and Barsky, 1984).
    pub(super) fn is_crossed_by(&self, from: Point, to: Point) -> bool {
        // Most lines are far away, beyond one of the sides.
        if from.0.max(to.0) < self.left
            || from.0.min(to.0) > self.right
            || from.1.max(to.1) < self.top
            || from.1.min(to.1) > self.bottom
        {
            return false;
        }
        let (mut enters, mut leaves) = (0.0f32, 1.0f32);
        let along = (to.0 - from.0, to.1 - from.1);
        for (step, room) in [
            (-along.0, from.0 - self.left),
            (along.0, self.right - from.0),
            (-along.1, from.1 - self.top),
            (along.1, self.bottom - from.1),
        ] {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                enters = enters.max(room / step);
            } else {
                leaves = leaves.min(room / step);
            }
        }
        enters <= leaves
    }
}

/// Scale and position of the state in the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    /// Points per kilometer.
    pub(super) scale: f64,
    /// The center of the frame in kilometers, and where it is drawn.
    middle: (f64, f64),
    centre: (f64, f64),
}

impl View {
    /// The frame as large as possible in an area, centered.
    pub(super) fn of(frame: &Frame, area: &Area) -> View {
        let fill = |room: f32, extent: f64| f64::from(room.max(0.0)) / extent;
        let scale = fill(area.width(), frame.width()).min(fill(area.height(), frame.height()));
        View {
            // A frame without extent is drawn nowhere instead of infinitely large.
            scale: if scale.is_finite() { scale } else { 0.0 },
            middle: (
                (frame.west + frame.east) / 2.0,
                (frame.south + frame.north) / 2.0,
            ),
            centre: (
                f64::from(area.left + area.right) / 2.0,
                f64::from(area.top + area.bottom) / 2.0,
            ),
        }
    }

    /// The frame centered in an area, at its own scale.
    pub(super) fn with_scale(frame: &Frame, area: &Area, scale: f64) -> View {
        View {
            scale,
            ..View::of(frame, area)
        }
    }

    /// The frame reduced by a factor, at a position in an area that it fits: fractions of the remaining space, across
    /// and down.
    pub(super) fn smaller(&self, factor: f32, frame: &Frame, area: &Area, at: (f32, f32)) -> View {
        let scale = self.scale * f64::from(factor);
        let left_over = (
            area.width() - (frame.width() * scale) as f32,
            area.height() - (frame.height() * scale) as f32,
        );
        View {
            scale,
            centre: (
                self.centre.0 + f64::from(left_over.0 * (at.0 - 0.5)),
                self.centre.1 + f64::from(left_over.1 * (at.1 - 0.5)),
            ),
            ..*self
        }
    }

    /// Converts kilometers to points.
    pub(super) fn at(&self, (x, y): (f64, f64)) -> Point {
        let (x, y) = self.exactly_at((x, y));
        (x as f32, y as f32)
    }

    /// As [`Self::at`], for further calculations.
    pub(super) fn exactly_at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (
            self.centre.0 + self.scale * (x - self.middle.0),
            self.centre.1 - self.scale * (y - self.middle.1),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area {
        left: 10.0,
        top: 20.0,
        right: 110.0,
        bottom: 70.0,
    };

    #[test]
    fn a_frame_fills_its_area_and_is_centered() {
        let frame = Frame {
            west: -1.0,
            east: 1.0,
            south: 0.0,
            north: 2.0,
        };
        let view = View::of(&frame, &AREA);
        assert_eq!(view.scale, 25.0);
        assert_eq!(view.at((-1.0, 2.0)), (35.0, 20.0));
        assert_eq!(view.at((1.0, 0.0)), (85.0, 70.0));
        let nothing = View::of(&Frame::around(&[]), &AREA);
        assert_eq!(nothing.at((5.0, 5.0)), (60.0, 45.0));
    }

    #[test]
    fn a_line_crosses_a_box_or_misses_it() {
        assert!(AREA.is_crossed_by((0.0, 0.0), (120.0, 80.0)));
        assert!(AREA.is_crossed_by((50.0, 30.0), (51.0, 31.0)));
        assert!(!AREA.is_crossed_by((0.0, 30.0), (9.0, 30.0)));
        assert!(!AREA.is_crossed_by((0.0, 62.0), (20.0, 82.0)));
        assert!(!AREA.is_crossed_by((120.0, 0.0), (120.0, 90.0)));
    }
}
