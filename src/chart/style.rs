//! The look of charts: colors, type and lines, as the sheet sets them.

use crate::drawing::{Colour, Stroke};
use crate::text::Face;

/// How a kind of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypeStyle {
    /// Typeface.
    pub face: Face,
    /// Type size in points.
    pub size: f32,
    /// Color of the letters.
    pub colour: Colour,
}

/// Where numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Each at the end of its bar.
    AtBars,
    /// One below the other at the right edge.
    AtRight,
}

/// The look of a bar chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartStyle {
    /// The bars take these in turn. Each has a contrast of 3:1 with white. The names next to the bars say what they
    /// are, so no meaning depends on color.
    pub fills: Vec<Colour>,
    /// Outline and hatching of the stub that represents a hidden value.
    pub hidden: Colour,
    /// The line that bars start from.
    pub baseline: Stroke,
    /// Names of the bars.
    pub name: TypeStyle,
    /// Numbers at the bars' ends.
    pub number: TypeStyle,
    /// The text at the ends of stubs for hidden values: lighter than a number, because it isn't one.
    pub hidden_label: TypeStyle,
    /// How much larger bars and the white space between them are than usual.
    pub scale: f32,
}

impl ChartStyle {
    /// How the text at the end of a bar is set.
    pub(super) fn end_label(&self, hidden: bool) -> TypeStyle {
        if hidden {
            self.hidden_label
        } else {
            self.number
        }
    }
}

#[cfg(test)]
impl ChartStyle {
    /// A style for tests.
    pub(super) fn plain() -> Self {
        let text = |face, size| TypeStyle {
            face,
            size,
            colour: Colour::hex(0x1b1b1b),
        };
        ChartStyle {
            fills: vec![Colour::hex(0x1a4480), Colour::hex(0x005ea2)],
            hidden: Colour::hex(0x565c65),
            baseline: Stroke {
                colour: Colour::hex(0x565c65),
                width: 0.75,
            },
            name: text(Face::Sans, 8.5),
            number: text(Face::SansBold, 11.0),
            hidden_label: text(Face::SansSemiBold, 9.5),
            scale: 1.0,
        }
    }
}
