//! The look of charts: colors, type and lines, which the sheet gives.

use crate::drawing::{Colour, Stroke};
use crate::text::Face;

/// How a kind of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypeStyle {
    /// Typeface.
    pub face: Face,
    /// Type size in points.
    pub size: f32,
    /// Of the letters.
    pub colour: Colour,
}

/// Where numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Each at its bar's end.
    AtBars,
    /// Below each other at the right edge.
    AtRight,
}

/// The look of a bar chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartStyle {
    /// The bars take these in turn. Each is 3:1 against white, and the names next to the bars say
    /// what they are, so that no meaning rests on color.
    pub fills: Vec<Colour>,
    /// Outline and hatching of the stub that stands for a hidden value.
    pub hidden: Colour,
    /// The line that bars start from.
    pub baseline: Stroke,
    /// Names of the bars.
    pub name: TypeStyle,
    /// Numbers at the bars' ends.
    pub number: TypeStyle,
    /// The text at the ends of hidden values' stubs: quieter than a number, since it isn't one.
    pub hidden_label: TypeStyle,
    /// How much larger bars and the white between them are than usual.
    pub scale: f32,
}

impl ChartStyle {
    /// How the text at a bar's end is set.
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
    /// A look to test with.
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
