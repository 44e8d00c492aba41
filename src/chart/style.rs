//! The look of charts: colours, type and lines, so that a theme can change them in one place.

use crate::drawing::{Colour, Stroke};
use crate::text::Face;

/// How a kind of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypeStyle {
    pub face: Face,
    /// Type size in points.
    pub size: f32,
    pub colour: Colour,
}

/// The look of a bar chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartStyle {
    /// The bars take these in turn. Each is 3:1 against white, and the names next to the bars say
    /// what they are, so that no meaning rests on colour.
    pub fills: Vec<Colour>,
    /// Outline and hatching of the stub that stands for a hidden value.
    pub hidden: Colour,
    /// The line that bars start from.
    pub baseline: Stroke,
    /// Names of the bars.
    pub name: TypeStyle,
    /// Numbers at the bars' ends.
    pub number: TypeStyle,
    /// What stands at the ends of hidden values' stubs: quieter than a number, since it is none.
    pub hidden_label: TypeStyle,
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

    /// One accent colour for all bars.
    pub fn accent() -> Self {
        ChartStyle {
            fills: vec![Colour::hex(0x1a4480)],
            hidden: Colour::hex(0x565c65),
            baseline: Stroke {
                colour: Colour::hex(0x565c65),
                width: 0.75,
            },
            name: TypeStyle {
                face: Face::Sans,
                size: 8.5,
                colour: Colour::hex(0x1b1b1b),
            },
            number: TypeStyle {
                face: Face::SansBold,
                size: 11.0,
                colour: Colour::hex(0x162e51),
            },
            hidden_label: TypeStyle {
                face: Face::SansSemiBold,
                size: 9.5,
                colour: Colour::hex(0x3d4551),
            },
        }
    }

    /// A colour for each category of a group. They differ in lightness by even steps, so that they
    /// stay apart for colour-blind readers and on a black and white copy.
    pub fn categories() -> Self {
        ChartStyle {
            fills: vec![
                Colour::hex(0x162e51),
                Colour::hex(0x005ea2),
                Colour::hex(0x8d9297),
            ],
            ..ChartStyle::accent()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Colour = Colour::hex(0xffffff);

    #[test]
    fn text_and_bars_stand_out_from_the_paper() {
        for style in [ChartStyle::accent(), ChartStyle::categories()] {
            for text in [style.name, style.number, style.hidden_label] {
                assert!(text.colour.contrast(WHITE) >= 4.5, "{text:?}");
                assert!(text.size >= 7.5, "{text:?}");
            }
            for colour in style.fills.iter().chain([&style.hidden]) {
                assert!(colour.contrast(WHITE) >= 3.0, "{colour:?}");
            }
        }
    }

    #[test]
    fn categories_stay_apart_on_a_black_and_white_copy() {
        let fills = ChartStyle::categories().fills;
        for (index, one) in fills.iter().enumerate() {
            for other in &fills[index + 1..] {
                assert!(one.contrast(*other) >= 1.9, "{one:?} and {other:?}");
            }
        }
    }
}
