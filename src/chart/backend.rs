//! A plotters backend that records vector marks: what plotters draws becomes a [`Drawing`].
//!
//! plotters counts in whole pixels, so one of its pixels is a hundredth of a point here; use [`pixels`] for positions
//! and type sizes. Text is measured and placed with the sheet's own faces. Built without a font feature, as here,
//! plotters only guesses the size of text from its number of bytes. Only `MultiLineText` uses this guess; `Text`,
//! `DrawingArea::titled`, mesh labels and `DrawingArea::estimate_text_size` ask the backend. So break lines
//! beforehand, and draw each as a `Text`.

use std::error::Error;
use std::fmt;

use plotters::style::{FontFamily, FontStyle, FontTransform};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::drawing::{Anchor, Colour, Drawing, Label, Mark, Point, Stroke, Subpath};
use crate::text::{Face, Faces};

/// The number of plotters' pixels in a point.
pub const PIXELS_PER_POINT: f32 = 100.0;

/// plotters has no semi-bold style, so that face has its own family name.
const SEMI_BOLD_FAMILY: &str = "sans-semibold";

/// A length in points in plotters' pixels.
pub fn pixels(points: f32) -> i32 {
    (points * PIXELS_PER_POINT).round() as i32
}

fn points(pixels: f64) -> f32 {
    (pixels / f64::from(PIXELS_PER_POINT)) as f32
}

fn point((x, y): BackendCoord) -> Point {
    (points(f64::from(x)), points(f64::from(y)))
}

/// plotters' name for a face: the backend uses it to find the face again.
pub fn font(face: Face) -> (FontFamily<'static>, FontStyle) {
    match face {
        Face::Sans => (FontFamily::SansSerif, FontStyle::Normal),
        Face::SansItalic => (FontFamily::SansSerif, FontStyle::Italic),
        Face::SansSemiBold => (FontFamily::Name(SEMI_BOLD_FAMILY), FontStyle::Normal),
        Face::SansBold => (FontFamily::SansSerif, FontStyle::Bold),
        Face::Serif => (FontFamily::Serif, FontStyle::Normal),
        Face::SerifItalic => (FontFamily::Serif, FontStyle::Italic),
        Face::SerifBold => (FontFamily::Serif, FontStyle::Bold),
    }
}

fn face(family: FontFamily, style: FontStyle) -> Result<Face, DrawingErrorKind<BackendError>> {
    match (family, style) {
        (FontFamily::SansSerif, FontStyle::Normal) => Ok(Face::Sans),
        (FontFamily::SansSerif, FontStyle::Italic | FontStyle::Oblique) => Ok(Face::SansItalic),
        (FontFamily::SansSerif, FontStyle::Bold) => Ok(Face::SansBold),
        (FontFamily::Name(SEMI_BOLD_FAMILY), FontStyle::Normal) => Ok(Face::SansSemiBold),
        (FontFamily::Serif, FontStyle::Normal) => Ok(Face::Serif),
        (FontFamily::Serif, FontStyle::Italic | FontStyle::Oblique) => Ok(Face::SerifItalic),
        (FontFamily::Serif, FontStyle::Bold) => Ok(Face::SerifBold),
        (family, style) => refuse(BackendError::NoSuchFace(format!(
            "{} {}",
            family.as_str(),
            style.as_str()
        ))),
    }
}

/// The color as it looks on white paper: PDF/A drawings have no transparency. `None` if it would be invisible.
fn on_paper(colour: BackendColor) -> Option<Colour> {
    let alpha = colour.alpha.clamp(0.0, 1.0);
    if alpha.is_nan() || alpha == 0.0 {
        return None;
    }
    let mix = |channel: u8| (f64::from(channel) * alpha + 255.0 * (1.0 - alpha)).round() as u8;
    let (red, green, blue) = colour.rgb;
    Some(Colour {
        red: mix(red),
        green: mix(green),
        blue: mix(blue),
    })
}

fn stroke<S: BackendStyle>(style: &S) -> Option<Stroke> {
    let width = points(f64::from(style.stroke_width()));
    on_paper(style.color())
        .filter(|_| width > 0.0)
        .map(|colour| Stroke { colour, width })
}

/// What a vector drawing can't contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackendError {
    /// A pixel or a bitmap.
    Pixels,
    /// Text that doesn't run from left to right.
    RotatedText(String),
    /// A text with a line break or another control character.
    SeveralLines(String),
    /// A font family and style that no face of the sheet has.
    NoSuchFace(String),
}

impl fmt::Display for BackendError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackendError::Pixels => out.write_str("a vector drawing has no pixels"),
            BackendError::RotatedText(text) => write!(out, "text can't be rotated: {text:?}"),
            BackendError::SeveralLines(text) => write!(out, "text must be one line: {text:?}"),
            BackendError::NoSuchFace(font) => write!(out, "the sheet has no font {font:?}"),
        }
    }
}

impl Error for BackendError {}

fn refuse<T>(error: BackendError) -> Result<T, DrawingErrorKind<BackendError>> {
    Err(DrawingErrorKind::DrawingError(error))
}

/// Adds what plotters draws to a drawing.
pub struct Recorder<'a> {
    faces: &'a Faces,
    drawing: &'a mut Drawing,
}

impl<'a> Recorder<'a> {
    /// A backend as large as the drawing; new marks cover the existing ones.
    pub fn new(faces: &'a Faces, drawing: &'a mut Drawing) -> Self {
        Recorder { faces, drawing }
    }

    fn path(
        &mut self,
        points: Vec<Point>,
        closed: bool,
        fill: Option<Colour>,
        stroke: Option<Stroke>,
    ) {
        let least_points = if fill.is_some() { 3 } else { 2 };
        if points.len() >= least_points && (fill.is_some() || stroke.is_some()) {
            self.drawing.marks.push(Mark::Path {
                subpaths: vec![Subpath { points, closed }],
                fill,
                stroke,
            });
        }
    }
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = BackendError;

    fn get_size(&self) -> (u32, u32) {
        let size = |points: f32| u32::try_from(pixels(points)).unwrap_or(0);
        (size(self.drawing.width), size(self.drawing.height))
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<BackendError>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<BackendError>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        _: BackendCoord,
        _: BackendColor,
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        refuse(BackendError::Pixels)
    }

    fn blit_bitmap(
        &mut self,
        _: BackendCoord,
        _: (u32, u32),
        _: &[u8],
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        refuse(BackendError::Pixels)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        let ((left, top), (right, bottom)) = (point(upper_left), point(bottom_right));
        if fill && (left == right || top == bottom) {
            return Ok(());
        }
        let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
        if fill {
            self.path(corners, true, on_paper(style.color()), None);
        } else {
            self.path(corners, true, None, stroke(style));
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        let mut points: Vec<Point> = path.into_iter().map(point).collect();
        let closed = points.len() > 3 && points.first() == points.last();
        if closed {
            points.pop();
        }
        self.path(points, closed, None, stroke(style));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        let (fill, stroke) = if fill {
            (on_paper(style.color()), None)
        } else {
            (None, stroke(style))
        };
        if radius > 0 && (fill.is_some() || stroke.is_some()) {
            self.drawing.marks.push(Mark::Circle {
                centre: point(centre),
                radius: points(f64::from(radius)),
                fill,
                stroke,
            });
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        let corners = corners.into_iter().map(point).collect();
        self.path(corners, true, on_paper(style.color()), None);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        position: BackendCoord,
    ) -> Result<(), DrawingErrorKind<BackendError>> {
        let face = text_face(text, style)?;
        let Some(colour) = on_paper(style.color()).filter(|_| !text.is_empty()) else {
            return Ok(());
        };
        let size = points(style.size());
        let (x, y) = point(position);
        let ascent = self.faces.ascent(face, size);
        let descent = self.faces.descent(face, size);
        let baseline = match style.anchor().v_pos {
            VPos::Top => y + ascent,
            VPos::Center => y + (ascent - descent) / 2.0,
            VPos::Bottom => y - descent,
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        self.drawing.marks.push(Mark::Label(Label {
            run: self.faces.shape(face, text),
            at: (x, baseline),
            anchor,
            size,
            colour,
            halo: None,
        }));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<BackendError>> {
        let face = text_face(text, style)?;
        // Pixels are fine enough to measure plotters' type size in them directly.
        let size = style.size() as f32;
        let width = self.faces.width(face, size, text);
        let height = self.faces.ascent(face, size) + self.faces.descent(face, size);
        Ok((width.ceil() as u32, height.ceil() as u32))
    }
}

/// The face that a text is set in, if it can be set at all.
fn text_face<T: BackendTextStyle>(
    text: &str,
    style: &T,
) -> Result<Face, DrawingErrorKind<BackendError>> {
    if !matches!(style.transform(), FontTransform::None) {
        return refuse(BackendError::RotatedText(text.to_owned()));
    }
    if text.contains(char::is_control) {
        return refuse(BackendError::SeveralLines(text.to_owned()));
    }
    face(style.family(), style.style())
}

#[cfg(test)]
mod tests {
    use plotters::prelude::*;
    use plotters::style::text_anchor::Pos;
    use plotters::style::{FontDesc, TextStyle};

    use super::*;

    fn blank() -> Drawing {
        Drawing {
            width: 100.0,
            height: 50.0,
            marks: Vec::new(),
        }
    }

    fn text_style(face: Face, size: f32, position: Pos) -> TextStyle<'static> {
        let (family, style) = font(face);
        TextStyle::from(FontDesc::new(family, f64::from(pixels(size)), style)).pos(position)
    }

    #[test]
    fn each_face_has_its_own_name_in_plotters() {
        for wanted in Face::ALL {
            let (family, style) = font(wanted);
            assert_eq!(face(family, style).unwrap(), wanted);
        }
        assert!(face(FontFamily::Monospace, FontStyle::Normal).is_err());
    }

    #[test]
    fn shapes_become_vector_marks_in_points() {
        let faces = Faces::embedded().unwrap();
        let mut drawing = blank();
        {
            let area = Recorder::new(&faces, &mut drawing).into_drawing_area();
            assert_eq!(area.dim_in_pixel(), (10_000, 5_000));
            area.draw(&Rectangle::new([(100, 50), (250, 75)], RED.filled()))
                .unwrap();
            area.draw(&Circle::new(
                (1000, 1000),
                125,
                ShapeStyle::from(BLUE).stroke_width(50),
            ))
            .unwrap();
            area.draw(&Polygon::new([(0, 0), (100, 0), (0, 100)], BLACK))
                .unwrap();
            area.draw(&PathElement::new(
                [(0, 0), (100, 0), (0, 100), (0, 0)],
                ShapeStyle::from(BLACK).stroke_width(25),
            ))
            .unwrap();
        }
        let black = Colour::hex(0);
        let triangle = vec![(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)];
        let closed = |points| {
            vec![Subpath {
                points,
                closed: true,
            }]
        };
        assert_eq!(
            drawing.marks,
            [
                Mark::Path {
                    subpaths: closed(vec![(1.0, 0.5), (2.5, 0.5), (2.5, 0.75), (1.0, 0.75)]),
                    fill: Some(Colour::hex(0xff0000)),
                    stroke: None,
                },
                Mark::Circle {
                    centre: (10.0, 10.0),
                    radius: 1.25,
                    fill: None,
                    stroke: Some(Stroke {
                        colour: Colour::hex(0x0000ff),
                        width: 0.5,
                    }),
                },
                Mark::Path {
                    subpaths: closed(triangle.clone()),
                    fill: Some(black),
                    stroke: None,
                },
                Mark::Path {
                    subpaths: closed(triangle),
                    fill: None,
                    stroke: Some(Stroke {
                        colour: black,
                        width: 0.25,
                    }),
                },
            ]
        );
    }

    #[test]
    fn transparent_colors_become_opaque_and_invisible_ones_draw_nothing() {
        let faces = Faces::embedded().unwrap();
        let mut drawing = blank();
        {
            let area = Recorder::new(&faces, &mut drawing).into_drawing_area();
            for alpha in [0.5, 0.0] {
                area.draw(&Rectangle::new(
                    [(0, 0), (100, 100)],
                    BLACK.mix(alpha).filled(),
                ))
                .unwrap();
            }
        }
        assert!(matches!(
            drawing.marks[..],
            [Mark::Path { fill: Some(fill), .. }] if fill == Colour::hex(0x808080)
        ));
    }

    #[test]
    fn text_is_placed_by_the_metrics_of_its_face() {
        let faces = Faces::embedded().unwrap();
        let mut drawing = blank();
        {
            let area = Recorder::new(&faces, &mut drawing).into_drawing_area();
            let anchors = [
                Pos::new(HPos::Left, VPos::Top),
                Pos::new(HPos::Center, VPos::Center),
                Pos::new(HPos::Right, VPos::Bottom),
            ];
            for anchor in anchors {
                let style = text_style(Face::SansSemiBold, 10.0, anchor);
                area.draw(&Text::new("104", (3000, 2000), style)).unwrap();
            }
            let (width, height) = area
                .estimate_text_size("AVAV", &text_style(Face::Serif, 10.0, Pos::default()))
                .unwrap();
            let measured = faces.width(Face::Serif, 10.0, "AVAV");
            assert!((width as f32 - measured * PIXELS_PER_POINT).abs() <= 1.5);
            let line = faces.ascent(Face::Serif, 10.0) + faces.descent(Face::Serif, 10.0);
            assert!((height as f32 - line * PIXELS_PER_POINT).abs() <= 1.5);
        }
        let ascent = faces.ascent(Face::SansSemiBold, 10.0);
        let descent = faces.descent(Face::SansSemiBold, 10.0);
        let placed: Vec<_> = drawing
            .marks
            .iter()
            .map(|mark| match mark {
                Mark::Label(label) => (label.run.face, label.size, label.anchor, label.at),
                other => panic!("{other:?} isn't a label"),
            })
            .collect();
        let face = Face::SansSemiBold;
        assert_eq!(
            placed,
            [
                (face, 10.0, Anchor::Start, (30.0, 20.0 + ascent)),
                (
                    face,
                    10.0,
                    Anchor::Middle,
                    (30.0, 20.0 + (ascent - descent) / 2.0)
                ),
                (face, 10.0, Anchor::End, (30.0, 20.0 - descent)),
            ]
        );
    }

    #[test]
    fn unsupported_drawing_operations_are_errors() {
        let faces = Faces::embedded().unwrap();
        let mut drawing = blank();
        {
            let area = Recorder::new(&faces, &mut drawing).into_drawing_area();
            let style = text_style(Face::Sans, 8.0, Pos::default());
            let rotated = style.transform(FontTransform::Rotate90);
            assert!(area.draw_text("up", &rotated, (0, 0)).is_err());
            assert!(area.estimate_text_size("up", &rotated).is_err());
            assert!(area.draw_text("two\nlines", &style, (0, 0)).is_err());
            assert!(area.draw_pixel((1, 1), &BLACK).is_err());
        }
        assert!(drawing.marks.is_empty());
    }
}
