//! Outlines of letters, for drawings that need the letters' shape and not the text.

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathElement};

use super::faces::{Face, Faces};

/// A contour's pieces in thousandths of an em from the pen, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Contour {
    Move((f32, f32)),
    Line((f32, f32)),
    /// Cubic: two control points and the end.
    Curve((f32, f32), (f32, f32), (f32, f32)),
}

impl Faces {
    /// The outline of a glyph; empty for a space and for a glyph that the face does not have.
    pub fn outline(&self, face: Face, glyph: u16) -> Vec<Contour> {
        let font = &self.get(face).font;
        let mut elements: Vec<PathElement> = Vec::new();
        let Some(outline) = font.outline_glyphs().get(u32::from(glyph).into()) else {
            return Vec::new();
        };
        if outline
            .draw(&DrawOptions::new(), DrawMemory::Scratch, &mut elements)
            .is_err()
        {
            return Vec::new();
        }
        let scale = 1000.0 / f32::from(font.units_per_em().max(1));
        let point = |x: f32, y: f32| (x * scale, y * scale);
        let mut contours = Vec::with_capacity(elements.len());
        let mut pen = (0.0, 0.0);
        let mut start = pen;
        for element in elements {
            let piece = match element {
                PathElement::MoveTo { x, y } => {
                    pen = point(x, y);
                    start = pen;
                    Contour::Move(pen)
                }
                PathElement::LineTo { x, y } => {
                    pen = point(x, y);
                    Contour::Line(pen)
                }
                PathElement::QuadTo { cx0, cy0, x, y } => {
                    let (control, end) = (point(cx0, cy0), point(x, y));
                    // A quadratic curve as a cubic one: its control points lie two thirds of the way.
                    let towards = |from: (f32, f32)| {
                        (
                            from.0 + (control.0 - from.0) * 2.0 / 3.0,
                            from.1 + (control.1 - from.1) * 2.0 / 3.0,
                        )
                    };
                    let curve = Contour::Curve(towards(pen), towards(end), end);
                    pen = end;
                    curve
                }
                PathElement::CurveTo {
                    cx0,
                    cy0,
                    cx1,
                    cy1,
                    x,
                    y,
                } => {
                    pen = point(x, y);
                    Contour::Curve(point(cx0, cy0), point(cx1, cy1), pen)
                }
                // A stroke needs the last side too.
                PathElement::Close if pen != start => {
                    pen = start;
                    Contour::Line(start)
                }
                PathElement::Close => continue,
            };
            contours.push(piece);
        }
        contours
    }
}
