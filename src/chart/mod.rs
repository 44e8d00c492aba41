//! The sheet's charts: horizontal bars with their names and numbers beside them.
//!
//! Each chart measures its texts, gives every bar a place, and draws through plotters into a
//! [`Drawing`](crate::drawing::Drawing). A drawing is larger than asked when its texts need it, so
//! that nothing overlaps or is cut.

pub mod backend;
mod bars;
pub mod calls;
pub mod demographics;
mod lines;
mod style;

pub use style::{ChartStyle, TypeStyle};

use crate::text::Faces;
use lines::one_line;

/// One bar: a category and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The category, as printed.
    pub name: String,
    /// The value, as printed at the bar's end: "104", "1,204", "<5", "hidden".
    pub label: String,
    /// The value. `None` when it is hidden: the bar is then a hatched stub whose length is the
    /// same for every value.
    pub length: Option<f64>,
}

impl Bar {
    /// The value that the bar's length shows; a number that no bar can show counts as 0.
    fn value(&self) -> Option<f64> {
        self.length.map(|value| {
            if value.is_finite() {
                value.max(0.0)
            } else {
                0.0
            }
        })
    }
}

/// The space that a chart may take, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    pub width: f32,
    pub height: f32,
}

impl Space {
    /// The largest page that PDF knows, 200 inches; keeps lengths within plotters' integers.
    const LARGEST: f32 = 14_400.0;

    fn sane(self) -> Self {
        let length = |points: f32| match points.is_nan() {
            true => 0.0,
            false => points.clamp(0.0, Self::LARGEST),
        };
        Space {
            width: length(self.width),
            height: length(self.height),
        }
    }
}

/// What charts side by side must share for their bars to be compared: equally wide charts with the
/// same scale draw equal values as equal lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value of the longest bar.
    max: f64,
    /// Width of the widest number, in points.
    number_width: f32,
}

impl Scale {
    /// The scale for all these bars together.
    pub fn of<'a>(
        faces: &Faces,
        style: &ChartStyle,
        bars: impl IntoIterator<Item = &'a Bar>,
    ) -> Self {
        let none = Scale {
            max: 0.0,
            number_width: 0.0,
        };
        let number = style.number;
        bars.into_iter().fold(none, |scale, bar| {
            scale.and(Scale {
                max: bar.value().unwrap_or(0.0),
                number_width: faces.width(number.face, number.size, &one_line(&bar.label)),
            })
        })
    }

    fn and(self, other: Scale) -> Self {
        Scale {
            max: self.max.max(other.max),
            number_width: self.number_width.max(other.number_width),
        }
    }
}
