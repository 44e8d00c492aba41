//! Draws bars that have their positions, with names, numbers and baselines.

use plotters::chart::ChartBuilder;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle, Text};
use plotters::style::{Color, FontDesc, RGBColor, TextStyle, text_anchor::Pos};

use super::backend::{BackendError, Recorder, font, pixels};
use super::lines::one_line;
use super::style::{ChartStyle, Numbers, TypeStyle};
use super::{Bar, BarLabels, Chart, Scale, Space};
use crate::drawing::{Colour, Drawing, Mark, Stroke};
use crate::failure::{Failure, Outcome};
use crate::text::Faces;

/// Length in points of the stub that represents a hidden value, whatever the value and the scale.
const STUB: f32 = 14.0;
/// Minimum length in points of the longest bar.
pub(super) const LEAST_LENGTH: f32 = 24.0;
/// Space in points between a bar's end and its number.
const NUMBER_GAP: f32 = 4.0;
/// Distance in points between the lines of the hatching, along the edge.
const HATCH: f32 = 3.0;

/// A bar with its position and those of its texts, in points.
pub(super) struct PlacedBar<'a> {
    pub bar: &'a Bar,
    /// Upper edge of the bar.
    pub top: f32,
    /// The lines of the name, and the left end of each line's baseline.
    pub name: Vec<(String, (f32, f32))>,
}

/// A chart with all positions, in points.
pub(super) struct Layout<'a> {
    pub width: f32,
    pub height: f32,
    /// Where bars start.
    pub left: f32,
    /// Where numbers are.
    pub numbers: Numbers,
    /// Thickness of a bar.
    pub thickness: f32,
    pub bars: Vec<PlacedBar<'a>>,
    /// Upper and lower ends of the lines that bars start from.
    pub baselines: Vec<(f32, f32)>,
}

/// The room in points to the right of the longest bar for its number.
pub(super) fn number_room(scale: Scale) -> f32 {
    NUMBER_GAP + scale.number_width
}

/// How far a line of text extends above and below the middle of its capitals, in points.
pub(super) fn reach(faces: &Faces, style: TypeStyle) -> (f32, f32) {
    let TypeStyle { face, size, .. } = style;
    let half_capital = faces.cap_height(face, size) / 2.0;
    (
        faces.ascent(face, size) - half_capital,
        faces.descent(face, size) + half_capital,
    )
}

/// How far the text at a bar's end, number or not, extends above and below the bar's middle.
pub(super) fn end_label_reach(faces: &Faces, style: &ChartStyle) -> (f32, f32) {
    let (number, hidden) = (reach(faces, style.number), reach(faces, style.hidden_label));
    (number.0.max(hidden.0), number.1.max(hidden.1))
}

/// Draws a chart that has all positions.
///
/// # Errors
/// If plotters refuses to draw, which no known input causes.
pub(super) fn draw(
    faces: &Faces,
    style: &ChartStyle,
    layout: &Layout,
    scale: Scale,
) -> Outcome<Chart> {
    let size = Space {
        width: layout.width,
        height: layout.height,
    };
    let record = |paint: &dyn Fn(&Area<'_>) -> Painted| record(faces, size, paint);
    let rows = layout
        .bars
        .iter()
        .map(|placed| {
            Ok(BarLabels {
                name: record(&|area| name(faces, style, placed, area))?,
                number: record(&|area| number(faces, style, layout, scale, placed, area))?,
            })
        })
        .collect::<Outcome<Vec<BarLabels>>>()?;
    Ok(Chart {
        width: layout.width,
        height: layout.height,
        shapes: record(&|area| shapes(style, layout, scale, area))?,
        rows,
    })
}

/// What is drawn on an area of a given size, as marks.
pub(super) fn record(
    faces: &Faces,
    size: Space,
    paint: impl Fn(&Area<'_>) -> Painted,
) -> Outcome<Vec<Mark>> {
    let mut drawing = Drawing {
        width: size.width,
        height: size.height,
        marks: Vec::new(),
    };
    let area = Recorder::new(faces, &mut drawing).into_drawing_area();
    paint(&area).map_err(|error| Failure::bug(format!("a chart can't be drawn: {error}")))?;
    drop(area);
    Ok(drawing.marks)
}

pub(super) type Painted = Result<(), DrawingAreaErrorKind<BackendError>>;
pub(super) type Area<'a> = DrawingArea<Recorder<'a>, Shift>;

/// The value and the length, in points, of the longest bar.
fn longest(layout: &Layout, scale: Scale) -> (f64, f32) {
    // plotters places every value of an empty range halfway.
    let value = if scale.max > 0.0 { scale.max } else { 1.0 };
    (value, layout.width - layout.left - number_room(scale))
}

/// Bars, stubs and baselines.
fn shapes(style: &ChartStyle, layout: &Layout, scale: Scale, area: &Area<'_>) -> Painted {
    let (max, longest) = longest(layout, scale);
    let plot = area.clone().shrink(
        (pixels(layout.left), 0),
        (pixels(longest), pixels(layout.height)),
    );
    // x is in the bars' unit; y is in points from the top, because names take the height that they need.
    let mut chart =
        ChartBuilder::on(&plot).build_cartesian_2d(0.0..max, f64::from(layout.height)..0.0)?;
    // A theme without fills still shows its bars.
    let fills = style.fills.iter().copied().cycle();
    let fills = fills.chain(std::iter::repeat(style.number.colour));
    let coloured = layout.bars.iter().zip(fills);
    chart.draw_series(coloured.filter_map(|(placed, fill)| {
        let (value, _) = placed.bar.ends()?;
        let top = f64::from(placed.top);
        let bottom = f64::from(placed.top + layout.thickness);
        Some(Rectangle::new(
            [(0.0, top), (value, bottom)],
            rgb(fill).filled(),
        ))
    }))?;
    for placed in &layout.bars {
        let (from, to) = match placed.bar.ends() {
            None => (0.0, STUB),
            Some((from, to)) => (part(from, max) * longest, part(to, max) * longest),
        };
        if from < to {
            hatched(style, layout, placed.top, (from, to), area)?;
        }
    }
    for &(top, bottom) in &layout.baselines {
        line(
            area,
            style.baseline,
            (layout.left, top),
            (layout.left, bottom),
        )?;
    }
    Ok(())
}

fn name(faces: &Faces, style: &ChartStyle, placed: &PlacedBar, area: &Area<'_>) -> Painted {
    for (words, at) in &placed.name {
        text(faces, area, style.name, words, *at)?;
    }
    Ok(())
}

fn number(
    faces: &Faces,
    style: &ChartStyle,
    layout: &Layout,
    scale: Scale,
    placed: &PlacedBar,
    area: &Area<'_>,
) -> Painted {
    let (max, longest) = longest(layout, scale);
    let length = match placed.bar.ends() {
        Some((_, to)) => part(to, max) * longest,
        None => STUB,
    };
    let label = style.end_label(placed.bar.length.is_none());
    let half_capital = faces.cap_height(label.face, label.size) / 2.0;
    let baseline = placed.top + layout.thickness / 2.0 + half_capital;
    let words = one_line(&placed.bar.label);
    let left = match layout.numbers {
        Numbers::AtBars => layout.left + length + NUMBER_GAP,
        Numbers::AtRight => layout.width - faces.width(label.face, label.size, &words),
    };
    text(faces, area, label, &words, (left, baseline))
}

/// The fraction of the longest bar that a value takes.
fn part(value: f64, max: f64) -> f32 {
    (value / max) as f32
}

/// The hatched and outlined part that a bar may reach: the stub of a hidden value, or the end of a range. Its ends
/// are measured from where bars start.
fn hatched(
    style: &ChartStyle,
    layout: &Layout,
    top: f32,
    (from, to): (f32, f32),
    area: &Area<'_>,
) -> Painted {
    let (left, width, height) = (layout.left + from, to - from, layout.thickness);
    let outline = Stroke {
        colour: style.hidden,
        width: 0.5,
    };
    // Each line rises to the right at 45°, from where it enters to where it leaves.
    let mut along = HATCH;
    while along < width + height {
        let (low, high) = ((along - height).max(0.0), along.min(width));
        line(
            area,
            outline,
            (left + low, top + along - low),
            (left + high, top + along - high),
        )?;
        along += HATCH;
    }
    area.draw(&Rectangle::new(
        [
            (pixels(left), pixels(top)),
            (pixels(left + width), pixels(top + height)),
        ],
        rgb(outline.colour).stroke_width(stroke_pixels(outline)),
    ))
}

pub(super) fn line(area: &Area<'_>, stroke: Stroke, from: (f32, f32), to: (f32, f32)) -> Painted {
    let ends = [from, to].map(|(x, y)| (pixels(x), pixels(y)));
    area.draw(&PathElement::new(
        ends,
        rgb(stroke.colour).stroke_width(stroke_pixels(stroke)),
    ))
}

/// Draws one line of text; `at` is the left end of its baseline.
pub(super) fn text(
    faces: &Faces,
    area: &Area<'_>,
    style: TypeStyle,
    words: &str,
    at: (f32, f32),
) -> Painted {
    let (family, font_style) = font(style.face);
    let text_style = TextStyle {
        font: FontDesc::new(family, f64::from(pixels(style.size)), font_style),
        color: rgb(style.colour).to_backend_color(),
        pos: Pos::default(),
    };
    // plotters takes the top of a text, not its baseline.
    let top = at.1 - faces.ascent(style.face, style.size);
    area.draw(&Text::new(words, (pixels(at.0), pixels(top)), text_style))
}

pub(super) fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.red, colour.green, colour.blue)
}

fn stroke_pixels(stroke: Stroke) -> u32 {
    u32::try_from(pixels(stroke.width)).unwrap_or(0)
}
