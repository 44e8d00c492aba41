//! The chart of a number year by year: a point for each year, with the years below, the numbers above, and a line
//! from each point to the next. A range has a point at each end. A hidden number has none, and interrupts the line.

use plotters::element::{Circle, PathElement};
use plotters::style::Color;

use super::backend::pixels;
use super::bars::{Area, Painted, line, record, rgb, text};
use super::lines::one_line;
use super::{Bar, BarLabels, Chart, ChartStyle, Space};
use crate::drawing::Colour;
use crate::failure::Outcome;
use crate::text::Faces;

/// The following lengths are in points, and grow with the style's scale.
///
/// Radius of a point, and width of the line between two.
const POINT: f32 = 2.5;
const LINE: f32 = 1.5;
/// Space between a point and its number, and between the baseline and the years.
const GAP: f32 = 4.0;
/// Space between the numbers of two years.
const YEAR_GAP: f32 = 8.0;
/// Minimum height of the plot, and minimum width of a year.
const LEAST_PLOT: f32 = 16.0;
const LEAST_YEAR: f32 = 12.0;

/// The width that a year needs, in points: its number or its name, whichever is wider, plus white space.
fn step(faces: &Faces, style: &ChartStyle, bars: &[Bar]) -> f32 {
    let widths = bars.iter().map(|bar| {
        let label = style.end_label(bar.length.is_none());
        let number = faces.width(label.face, label.size, &one_line(&bar.label));
        number.max(faces.width(style.name.face, style.name.size, &one_line(&bar.name)))
    });
    widths.fold(LEAST_YEAR * style.scale, f32::max) + YEAR_GAP * style.scale
}

/// Whether the years of each chart in `among` (including this one) fit side by side in a width in points.
pub fn fits(faces: &Faces, style: &ChartStyle, bars: &[Bar], among: &[Bar], width: f32) -> bool {
    step(faces, style, among) * bars.len() as f32 <= width
}

/// Draws the years, in the given order; the name of each bar is a year.
///
/// The drawing is larger than `space` if its texts need it.
///
/// # Errors
/// If plotters refuses to draw, which no known input causes.
pub fn draw(faces: &Faces, style: &ChartStyle, bars: &[Bar], space: Space) -> Outcome<Chart> {
    let space = space.sane();
    let [point, gap, least_plot] = [POINT, GAP, LEAST_PLOT].map(|length| length * style.scale);
    let step = step(faces, style, bars);
    let count = bars.len() as f32;
    let width = space.width.max(step * count);
    let line_of = |style: super::TypeStyle| {
        (
            faces.ascent(style.face, style.size),
            faces.descent(style.face, style.size),
        )
    };
    let (number, hidden, name) = (
        line_of(style.number),
        line_of(style.hidden_label),
        line_of(style.name),
    );
    let above = number.0.max(hidden.0) + number.1.max(hidden.1) + gap + point;
    let below = gap + name.0 + name.1;
    let height = space.height.max(above + least_plot + below);
    let most = bars.iter().filter_map(Bar::ends).map(|(_, to)| to);
    let most = most.fold(0.0, f64::max);
    let base = height - below;
    let places: Vec<PlacedYear<'_>> = (0_u16..)
        .zip(bars)
        .map(|(index, bar)| {
            let y = |value: f64| {
                let part = if most > 0.0 { value / most } else { 0.0 };
                base - part as f32 * (base - above)
            };
            PlacedYear {
                bar,
                x: width / count * (f32::from(index) + 0.5),
                ends: bar.ends().map(|(from, to)| (y(from), y(to))),
            }
        })
        .collect();
    let size = Space { width, height };
    let rows = places
        .iter()
        .map(|place| {
            let label = style.end_label(place.ends.is_none());
            let top = place.ends.map_or(base, |(_, top)| top);
            let baseline = top - point - gap;
            let year = height - name.1;
            let centred = |style: super::TypeStyle, words: &str, y: f32| {
                let words = one_line(words);
                let left = place.x - faces.width(style.face, style.size, &words) / 2.0;
                record(faces, size, |area| {
                    text(faces, area, style, &words, (left, y))
                })
            };
            Ok(BarLabels {
                name: centred(style.name, &place.bar.name, year)?,
                number: centred(label, &place.bar.label, baseline)?,
            })
        })
        .collect::<Outcome<Vec<BarLabels>>>()?;
    Ok(Chart {
        width,
        height,
        shapes: record(faces, size, |area| shapes(style, &places, size, base, area))?,
        rows,
    })
}

/// A year and its position, in points.
struct PlacedYear<'a> {
    bar: &'a Bar,
    x: f32,
    /// The ends of what the number may be, the lowest first; `None` if it is hidden.
    ends: Option<(f32, f32)>,
}

/// Baseline, lines and points.
fn shapes(
    style: &ChartStyle,
    places: &[PlacedYear<'_>],
    size: Space,
    base: f32,
    area: &Area<'_>,
) -> Painted {
    line(area, style.baseline, (0.0, base), (size.width, base))?;
    let colour = style.fills.first().copied();
    let colour = rgb(colour.unwrap_or(Colour::hex(0x000000)));
    let at = |place: &PlacedYear<'_>| {
        let (low, high) = place.ends?;
        Some((pixels(place.x), pixels((low + high) / 2.0)))
    };
    let width = u32::try_from(pixels(LINE * style.scale)).unwrap_or(1);
    for pair in places.windows(2) {
        if let [Some(from), Some(to)] = [at(&pair[0]), at(&pair[1])] {
            area.draw(&PathElement::new([from, to], colour.stroke_width(width)))?;
        }
    }
    let radius = pixels(POINT * style.scale);
    for place in places {
        let Some((low, high)) = place.ends else {
            continue;
        };
        let ends = [low, high].map(|y| (pixels(place.x), pixels(y)));
        area.draw(&Circle::new(ends[1], radius, colour.filled()))?;
        if low > high {
            area.draw(&Circle::new(ends[0], radius, colour.filled()))?;
            let width = u32::try_from(radius).unwrap_or(1);
            area.draw(&PathElement::new(ends, colour.stroke_width(width)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::Mark;

    /// Radii of the points, widths of all lines, and the drawing's height.
    fn points_and_lines(scale: f32) -> (Vec<f32>, Vec<f32>, f32) {
        let faces = Faces::embedded().unwrap();
        let style = ChartStyle {
            scale,
            ..ChartStyle::plain()
        };
        let bars = [9.0, 33.0].map(|value| Bar {
            name: "2016".to_owned(),
            label: value.to_string(),
            length: Some(value),
            to: None,
        });
        // The texts need more than this.
        let space = Space {
            width: 10.0,
            height: 10.0,
        };
        let chart = draw(&faces, &style, &bars, space).unwrap();
        let (mut points, mut lines) = (Vec::new(), Vec::new());
        for mark in &chart.shapes {
            match mark {
                Mark::Circle { radius, .. } => points.push(*radius),
                Mark::Path { stroke, .. } => lines.extend(stroke.map(|stroke| stroke.width)),
                _ => {}
            }
        }
        (points, lines, chart.height)
    }

    #[test]
    fn points_and_lines_grow_with_the_scale() {
        let (points, lines, height) = points_and_lines(1.0);
        let (larger_points, larger_lines, larger_height) = points_and_lines(2.0);
        assert_eq!((points.len(), larger_points.len()), (2, 2));
        for (point, larger) in points.iter().zip(&larger_points) {
            assert!((larger / point - 2.0).abs() < 0.1, "{point} {larger}");
        }
        let between = |lines: &[f32]| lines.iter().copied().fold(0.0, f32::max);
        assert!(
            between(&larger_lines) > 1.5 * between(&lines),
            "{lines:?} {larger_lines:?}"
        );
        let more = 2.0 * GAP + POINT + LEAST_PLOT;
        assert!(
            (larger_height - height - more).abs() < 0.1,
            "{height} {larger_height}"
        );
    }
}
