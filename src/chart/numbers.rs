//! Numbers next to their names in columns, without bars, for a full page.

use super::bars::{end_label_reach, reach, record, text};
use super::lines::one_line;
use super::style::TypeStyle;
use super::{Bar, BarLabels, Chart, ChartStyle, Scale, Space};
use crate::failure::Outcome;
use crate::text::Faces;

/// White space between a name and its number.
const GAP: f32 = 6.0;
/// Minimum and maximum white space between two columns.
const GUTTER: (f32, f32) = (16.0, 30.0);
/// White space between two rows.
const ROW_GAP: f32 = 1.0;

/// Columns side by side.
struct Columns {
    rows: usize,
    /// For each column, where its names start and where its numbers end.
    ends: Vec<(f32, f32)>,
}

impl Columns {
    /// As few rows as the width allows; `None` if a name and its number don't fit on one line.
    fn of(faces: &Faces, style: &ChartStyle, bars: &[Bar], width: f32) -> Option<Self> {
        (1..=bars.len()).find_map(|rows| Columns::of_rows(faces, style, bars, width, rows))
    }

    fn of_rows(
        faces: &Faces,
        style: &ChartStyle,
        bars: &[Bar],
        width: f32,
        rows: usize,
    ) -> Option<Self> {
        let name = |bar: &Bar| faces.width(style.name.face, style.name.size, &one_line(&bar.name));
        let widths = bars.chunks(rows).map(|bars| {
            let names = bars.iter().map(name).fold(0.0, f32::max);
            names + GAP * style.scale + Scale::of(faces, style, bars).number_width
        });
        let widths: Vec<f32> = widths.collect();
        let gutters = widths.len().saturating_sub(1) as f32;
        let (least, most) = (GUTTER.0 * style.scale, GUTTER.1 * style.scale);
        let gutter = ((width - widths.iter().sum::<f32>()) / gutters.max(1.0)).min(most);
        if gutter < if gutters > 0.0 { least } else { 0.0 } {
            return None;
        }
        let mut left = 0.0;
        let ends = widths.iter().map(|width| {
            let start = left;
            left = start + width + gutter;
            (start, start + width)
        });
        Some(Columns {
            rows,
            ends: ends.collect(),
        })
    }
}

/// Whether each name and its number fit on one line.
pub fn fit(faces: &Faces, style: &ChartStyle, bars: &[Bar], width: f32) -> bool {
    Columns::of(faces, style, bars, width).is_some()
}

/// Draws the numbers in the given order, down one column and then down the next; nothing if they don't [`fit`]. The
/// drawing is as high as they are.
///
/// # Errors
/// If plotters refuses to draw, which no known input causes.
pub fn draw(faces: &Faces, style: &ChartStyle, bars: &[Bar], space: Space) -> Outcome<Chart> {
    let width = space.sane().width;
    let columns = Columns::of(faces, style, bars, width).unwrap_or(Columns {
        rows: 0,
        ends: Vec::new(),
    });
    let (name, number) = (reach(faces, style.name), end_label_reach(faces, style));
    let above = name.0.max(number.0);
    let row_height = above + name.1.max(number.1) + ROW_GAP * style.scale;
    let size = Space {
        width,
        height: row_height * columns.rows as f32,
    };
    let of_columns = bars.chunks(columns.rows.max(1)).zip(&columns.ends);
    let rows = of_columns.flat_map(|(bars, &(left, right))| {
        bars.iter().enumerate().map(move |(row, bar)| {
            let middle = row as f32 * row_height + above;
            let baseline =
                |style: TypeStyle| middle + faces.cap_height(style.face, style.size) / 2.0;
            let (words, value) = (one_line(&bar.name), one_line(&bar.label));
            let end = style.end_label(bar.length.is_none());
            let value_left = right - faces.width(end.face, end.size, &value);
            let (name_at, value_at) = ((left, baseline(style.name)), (value_left, baseline(end)));
            Ok(BarLabels {
                name: record(faces, size, |area| {
                    text(faces, area, style.name, &words, name_at)
                })?,
                number: record(faces, size, |area| text(faces, area, end, &value, value_at))?,
            })
        })
    });
    Ok(Chart {
        rows: rows.collect::<Outcome<_>>()?,
        width: size.width,
        height: size.height,
        shapes: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::Mark;

    fn bars(names: &[(&str, &str)]) -> Vec<Bar> {
        names
            .iter()
            .map(|(name, label)| Bar {
                name: (*name).to_owned(),
                label: (*label).to_owned(),
                length: Some(1.0),
                to: None,
            })
            .collect()
    }

    /// Left end, right end, and baseline of a row's name and number.
    fn ends(row: &BarLabels) -> [(f32, f32, f32); 2] {
        [&row.name, &row.number].map(|marks| match &marks[..] {
            [Mark::Label(label)] => {
                let (x, y) = label.start();
                (x, x + label.run.width(label.size), y)
            }
            other => panic!("one text: {other:?}"),
        })
    }

    #[test]
    fn numbers_are_in_columns_that_do_not_touch_and_stay_inside() {
        let faces = Faces::embedded().unwrap();
        let style = ChartStyle::plain();
        let bars = bars(&[
            ("Phone Call", "1,234,567"),
            ("Text", "19"),
            ("Webchat", "<5"),
            ("Email", "33–36"),
            ("Online Tip Report", "22"),
        ]);
        for (width, columns) in [(540.0, 5), (300.0, 3), (150.0, 1)] {
            let space = Space { width, height: 0.0 };
            let chart = draw(&faces, &style, &bars, space).unwrap();
            let places: Vec<_> = chart.rows.iter().map(ends).collect();
            let mut lefts: Vec<f32> = places.iter().map(|[name, _]| name.0).collect();
            lefts.dedup();
            assert_eq!(lefts.len(), columns, "{width}");
            for [name, number] in &places {
                assert!(
                    name.1 < number.0 && number.1 <= width,
                    "{name:?} {number:?}"
                );
                assert!(name.2 > 0.0 && number.2 <= chart.height);
            }
            for (one, other) in places.iter().zip(&places[1..]) {
                let is_below = other[0].2 > one[0].2;
                assert!(is_below || other[0].0 > one[1].1, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_name_that_is_wider_than_the_column_does_not_fit() {
        let faces = Faces::embedded().unwrap();
        let bars = bars(&[("Victim or survivor of sex or labor trafficking", "104")]);
        let fits = |width| fit(&faces, &ChartStyle::plain(), &bars, width);
        assert!(fits(261.0));
        assert!(!fits(120.0));
    }
}
