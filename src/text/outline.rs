//! Outlines of letters, for drawings that need the shapes of the letters and not the text.

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathElement};
use kurbo::{BezPath, PathEl};

use super::face::Font;
use super::faces::Faces;

/// How far a side of an outline may deviate from its curve, in thousandths of an em: less than a tenth of a point at
/// the type size of a map's names. Curves take three times as much space as sides.
const TOLERANCE: f64 = 12.0;

impl Faces {
    /// The outline of a glyph as curves, in thousandths of an em from the pen, y up. Empty for a space and for a
    /// glyph that isn't in the font.
    pub fn curves(&self, font: Font, glyph: u16) -> BezPath {
        let Some(loaded) = self.font(font) else {
            return BezPath::new();
        };
        let font = &loaded.font;
        let mut elements: Vec<PathElement> = Vec::new();
        let drawn = font
            .outline_glyphs()
            .get(u32::from(glyph).into())
            .map(|outline| outline.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut elements));
        if !matches!(drawn, Some(Ok(_))) {
            return BezPath::new();
        }
        let scale = 1000.0 / f64::from(font.units_per_em().max(1));
        let point = |x: f32, y: f32| (f64::from(x) * scale, f64::from(y) * scale);
        let curves = elements.iter().map(|&element| match element {
            PathElement::MoveTo { x, y } => PathEl::MoveTo(point(x, y).into()),
            PathElement::LineTo { x, y } => PathEl::LineTo(point(x, y).into()),
            PathElement::QuadTo { cx0, cy0, x, y } => {
                PathEl::QuadTo(point(cx0, cy0).into(), point(x, y).into())
            }
            PathElement::CurveTo {
                cx0,
                cy0,
                cx1,
                cy1,
                x,
                y,
            } => PathEl::CurveTo(
                point(cx0, cy0).into(),
                point(cx1, cy1).into(),
                point(x, y).into(),
            ),
            PathElement::Close => PathEl::ClosePath,
        });
        curves.collect()
    }

    /// The same as polygons.
    pub fn outline(&self, font: Font, glyph: u16) -> Vec<Vec<(f32, f32)>> {
        let curves = self.curves(font, glyph);
        let mut polygons: Vec<Vec<(f32, f32)>> = Vec::new();
        kurbo::flatten(curves, TOLERANCE, |side| match side {
            PathEl::MoveTo(to) => polygons.push(vec![(to.x as f32, to.y as f32)]),
            PathEl::LineTo(to) => {
                if let Some(polygon) = polygons.last_mut() {
                    polygon.push((to.x as f32, to.y as f32));
                }
            }
            PathEl::ClosePath => {
                if let Some(polygon) = polygons.last_mut() {
                    let start = polygon[0];
                    // A stroke also needs the last side.
                    if polygon.last() != Some(&start) {
                        polygon.push(start);
                    }
                }
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        });
        polygons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Face;

    #[test]
    fn an_outline_has_a_polygon_for_each_contour_and_ends_where_it_began() {
        let faces = Faces::embedded().unwrap();
        for (letter, contours) in [("o", 2), ("l", 1), ("B", 3), (" ", 0)] {
            let glyph = faces.shape(Face::Sans, letter).glyphs[0].id;
            let outline = faces.outline(Font::Of(Face::Sans), glyph);
            assert_eq!(outline.len(), contours, "{letter}");
            for polygon in outline {
                assert!(polygon.len() > 4 && polygon.first() == polygon.last());
            }
        }
    }

    #[test]
    fn a_round_letter_keeps_its_extent() {
        let faces = Faces::embedded().unwrap();
        let glyph = faces.shape(Face::Sans, "o").glyphs[0].id;
        let outline = faces.outline(Font::Of(Face::Sans), glyph);
        let heights = outline[0].iter().map(|&(_, y)| y);
        let (low, high) = heights.fold((f32::MAX, f32::MIN), |(low, high), y| {
            (low.min(y), high.max(y))
        });
        // Round letters extend slightly below the baseline and above the height of lowercase letters.
        assert!((-20.0..0.0).contains(&low), "{low}");
        assert!((480.0..560.0).contains(&high), "{high}");
    }
}
