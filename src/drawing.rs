//! A vector drawing: what charts and maps pass on to the layout. It doesn't know PDF.
//!
//! Units are points (1/72 inch). The origin is the drawing's top left corner; x goes to the right, y down.

use std::sync::Arc;

use crate::text::ShapedText;

/// A color in sRGB, 0 to 255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// From a number as the web writes it: `0x162e51`.
    pub const fn hex(rgb: u32) -> Self {
        Colour {
            red: (rgb >> 16) as u8,
            green: (rgb >> 8) as u8,
            blue: rgb as u8,
        }
    }

    /// The gray with the same lightness.
    pub fn gray(self) -> Self {
        let linear = self.luminance();
        let value = if linear <= 0.003_130_8 {
            linear * 12.92
        } else {
            1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055
        };
        let value = (value * 255.0).round() as u8;
        Colour {
            red: value,
            green: value,
            blue: value,
        }
    }

    /// Relative luminance, 0 (black) to 1 (white), by the formula of WCAG 2.1.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.03928 {
                value / 12.92
            } else {
                libm::pow((value + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio of two colors, 1 to 21, by the formula of WCAG 2.1.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// The style of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Color of the line.
    pub colour: Colour,
    /// Width in points.
    pub width: f32,
}

/// A point of the drawing, in points from its top left corner.
pub type Point = (f32, f32);

/// A straight-edged outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Subpath {
    /// Its corners, in order.
    pub points: Vec<Point>,
    /// Whether the last point is connected to the first.
    pub closed: bool,
}

/// Where a label's anchor point is along its baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text starts at the point.
    Start,
    /// The text has its middle at the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// One line of text in a drawing, shaped: an exporter needs no font to know where its letters are.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text, with the positions of its letters.
    pub run: Arc<ShapedText>,
    /// The anchor point, on the baseline.
    pub at: Point,
    /// Which part of the text is at the point.
    pub anchor: Anchor,
    /// Type size in points.
    pub size: f32,
    /// Color of the letters.
    pub colour: Colour,
    /// An outline behind the letters that makes them stand out.
    pub halo: Option<Stroke>,
}

impl Label {
    /// Where the baseline starts.
    pub fn start(&self) -> Point {
        let width = self.run.width(self.size);
        let (x, y) = self.at;
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        (x - before, y)
    }
}

/// Opaque pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Their colors, row by row from the top, each from the left.
    pub pixels: Arc<[Colour]>,
}

/// One mark of a drawing; later marks cover earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Subpaths that are filled together (even-odd, so that holes stay open) and stroked.
    Path {
        /// Outlines.
        subpaths: Vec<Subpath>,
        /// Fill color, if they are filled.
        fill: Option<Colour>,
        /// Style of the lines, if they are drawn.
        stroke: Option<Stroke>,
    },
    /// Subpaths that are filled together, with holes only where one runs in the opposite direction (nonzero winding,
    /// as SVG fills by default).
    Winding {
        /// Outlines.
        subpaths: Vec<Subpath>,
        /// Fill color.
        fill: Colour,
    },
    /// A disc, as vectors.
    Circle {
        /// Its center.
        centre: Point,
        /// Its radius in points.
        radius: f32,
        /// Fill color, if it is filled.
        fill: Option<Colour>,
        /// Style of its edge, if it is drawn.
        stroke: Option<Stroke>,
    },
    /// Text, selectable.
    Label(Label),
    /// The halo of a label whose letters are drawn later, so that lines can run between the two.
    Halo(Label),
    /// Pixels, in an upright rectangle.
    Pixels {
        /// What they show.
        raster: Raster,
        /// The rectangle's top left corner.
        at: Point,
        /// Its width and height.
        size: (f32, f32),
    },
    /// Marks that are visible only inside a shape (even-odd).
    Clip {
        /// Outlines of the shape.
        subpaths: Vec<Subpath>,
        /// What is visible inside it.
        marks: Vec<Mark>,
    },
}

/// A drawing of a known size.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The marks in order; later ones cover earlier ones.
    pub marks: Vec<Mark>,
}

impl Mark {
    /// The first letter of its texts that can't be set.
    pub fn missing_letter(&self) -> Option<char> {
        match self {
            Mark::Label(label) | Mark::Halo(label) => label.run.missing_letter(),
            Mark::Clip { marks, .. } => marks.iter().find_map(Mark::missing_letter),
            Mark::Path { .. }
            | Mark::Winding { .. }
            | Mark::Circle { .. }
            | Mark::Pixels { .. } => None,
        }
    }
}

impl Drawing {
    /// The drawing, scaled by a factor.
    pub fn scaled(&self, factor: f32) -> Drawing {
        Drawing {
            width: self.width * factor,
            height: self.height * factor,
            marks: self.marks.iter().map(|mark| mark.scaled(factor)).collect(),
        }
    }
}

impl Mark {
    fn scaled(&self, factor: f32) -> Mark {
        let point = |(x, y): Point| (x * factor, y * factor);
        let line = |stroke: Option<Stroke>| {
            stroke.map(|stroke| Stroke {
                width: stroke.width * factor,
                ..stroke
            })
        };
        let scale = |subpaths: &[Subpath]| -> Vec<Subpath> {
            let scaled = |subpath: &Subpath| Subpath {
                points: subpath.points.iter().copied().map(point).collect(),
                closed: subpath.closed,
            };
            subpaths.iter().map(scaled).collect()
        };
        let scaled = |label: &Label| Label {
            at: point(label.at),
            size: label.size * factor,
            halo: line(label.halo),
            ..label.clone()
        };
        match self {
            Mark::Path {
                subpaths,
                fill,
                stroke,
            } => Mark::Path {
                subpaths: scale(subpaths),
                fill: *fill,
                stroke: line(*stroke),
            },
            Mark::Winding { subpaths, fill } => Mark::Winding {
                subpaths: scale(subpaths),
                fill: *fill,
            },
            Mark::Circle {
                centre,
                radius,
                fill,
                stroke,
            } => Mark::Circle {
                centre: point(*centre),
                radius: radius * factor,
                fill: *fill,
                stroke: line(*stroke),
            },
            Mark::Label(label) => Mark::Label(scaled(label)),
            Mark::Halo(label) => Mark::Halo(scaled(label)),
            Mark::Pixels { raster, at, size } => Mark::Pixels {
                raster: raster.clone(),
                at: point(*at),
                size: point(*size),
            },
            Mark::Clip { subpaths, marks } => Mark::Clip {
                subpaths: scale(subpaths),
                marks: marks.iter().map(|mark| mark.scaled(factor)).collect(),
            },
        }
    }
}
