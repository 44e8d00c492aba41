//! The sheet's charts: horizontal bars with their names and numbers, or names and numbers alone.
//!
//! Each chart measures its texts, gives every bar a position, and draws through plotters into a [`Chart`]. It is
//! larger than requested if its texts need it, so that nothing overlaps or is cut off.

pub mod backend;
mod bars;
pub mod calls;
pub mod demographics;
mod lines;
pub mod numbers;
mod style;
pub mod years;

pub use style::{ChartStyle, Numbers, TypeStyle};

use crate::drawing::Mark;
use crate::text::Faces;
use lines::one_line;

/// A finished chart: a picture to look at, and a table of names and numbers to hear, row by row. Lengths are in
/// points, and the origin is the top left corner. Texts are on top of shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Bars and baselines.
    pub shapes: Vec<Mark>,
    /// A row for each bar, in the given order.
    pub rows: Vec<BarLabels>,
}

/// The texts of one bar, as labels.
#[derive(Clone, Debug, PartialEq)]
pub struct BarLabels {
    /// The category's name, with a label for each of its lines.
    pub name: Vec<Mark>,
    /// The value as printed.
    pub number: Vec<Mark>,
}

/// One bar: a category and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The category as printed.
    pub name: String,
    /// The value as printed at the bar's end: "104", "1,204", "33–36", "<5".
    pub label: String,
    /// The value, or the lower end of a range. `None` if it is hidden: the bar is then a hatched stub with a length
    /// that is the same for every value.
    pub length: Option<f64>,
    /// The upper end of a range: the bar is hatched from its lower end to there.
    pub to: Option<f64>,
}

impl Bar {
    /// The ends of what the bar shows, which are the same if it shows one value; a number that no bar can show counts
    /// as 0.
    fn ends(&self) -> Option<(f64, f64)> {
        let sane = |value: f64| match value.is_finite() {
            true => value.max(0.0),
            false => 0.0,
        };
        let from = sane(self.length?);
        Some((from, self.to.map_or(from, sane).max(from)))
    }
}

/// The space that a chart may take, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

impl Space {
    /// The largest page that PDF knows, 200 inches; keeps lengths within plotters' integers.
    const LARGEST: f32 = 14_400.0;

    fn sane(self) -> Self {
        let length = |points: f32| match points.is_nan() {
            true => 0.0,
            false => points.clamp(0.0, Self::LARGEST),
        };
        Space {
            width: length(self.width),
            height: length(self.height),
        }
    }
}

/// What charts side by side must share so that readers can compare their bars: equally wide charts with the same
/// scale draw equal values with equal lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value of the longest bar.
    max: f64,
    /// Width of the widest number, in points.
    number_width: f32,
}

impl Scale {
    /// The common scale for all these bars.
    pub fn of<'a>(
        faces: &Faces,
        style: &ChartStyle,
        bars: impl IntoIterator<Item = &'a Bar>,
    ) -> Self {
        let none = Scale {
            max: 0.0,
            number_width: 0.0,
        };
        bars.into_iter().fold(none, |scale, bar| {
            let number = style.end_label(bar.length.is_none());
            scale.and(Scale {
                max: bar.ends().map_or(0.0, |(_, to)| to),
                number_width: faces.width(number.face, number.size, &one_line(&bar.label)),
            })
        })
    }

    fn and(self, other: Scale) -> Self {
        Scale {
            max: self.max.max(other.max),
            number_width: self.number_width.max(other.number_width),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::{Drawing, Subpath};

    type Box = (f32, f32, f32, f32);
    type Draw = fn(&Faces, &ChartStyle, &[Bar], Space) -> Drawing;

    const CHARTS: [Draw; 3] = [
        |faces, style, bars, space| {
            let scale = Scale::of(faces, style, bars);
            whole(demographics::draw(faces, style, bars, scale, space).unwrap())
        },
        |faces, style, bars, space| {
            whole(calls::draw(faces, style, bars, &[], Numbers::AtBars, space).unwrap())
        },
        |faces, style, bars, space| {
            whole(calls::draw(faces, style, bars, &[], Numbers::AtRight, space).unwrap())
        },
    ];

    /// The chart as seen.
    fn whole(chart: Chart) -> Drawing {
        let texts = chart
            .rows
            .into_iter()
            .flat_map(|row| [row.name, row.number]);
        Drawing {
            width: chart.width,
            height: chart.height,
            marks: chart.shapes.into_iter().chain(texts.flatten()).collect(),
        }
    }

    fn bar(name: &str, label: &str, length: Option<f64>) -> Bar {
        Bar {
            name: name.to_owned(),
            label: label.to_owned(),
            length,
            to: None,
        }
    }

    fn labels(drawing: &Drawing) -> Vec<(&str, (f32, f32), TypeStyle)> {
        let marks = drawing.marks.iter();
        marks
            .filter_map(|mark| match mark {
                Mark::Label(label) => {
                    let (face, size, colour) = (label.run.face, label.size, label.colour);
                    let style = TypeStyle { face, size, colour };
                    Some((label.run.text.as_str(), label.at, style))
                }
                _ => None,
            })
            .collect()
    }

    fn label_boxes(faces: &Faces, drawing: &Drawing) -> Vec<Box> {
        labels(drawing)
            .into_iter()
            .map(|(text, (x, y), style)| {
                let TypeStyle { face, size, .. } = style;
                let right = x + faces.width(face, size, text.trim_end());
                let bottom = y + faces.descent(face, size);
                (x, y - faces.ascent(face, size), right, bottom)
            })
            .collect()
    }

    fn bounds(subpaths: &[Subpath]) -> Box {
        let none = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        let points = subpaths.iter().flat_map(|subpath| &subpath.points);
        points.fold(none, |(left, top, right, bottom), &(x, y)| {
            (left.min(x), top.min(y), right.max(x), bottom.max(y))
        })
    }

    /// The filled bars and the outlines of the stubs.
    fn bar_boxes(drawing: &Drawing) -> Vec<Box> {
        let marks = drawing.marks.iter();
        marks
            .filter_map(|mark| match mark {
                Mark::Path { subpaths, .. } if subpaths[0].closed => Some(bounds(subpaths)),
                _ => None,
            })
            .collect()
    }

    fn bar_widths(drawing: &Drawing) -> Vec<f32> {
        let boxes = bar_boxes(drawing).into_iter();
        boxes.map(|(left, _, right, _)| right - left).collect()
    }

    /// Longer at most because of rounding to plotters' pixels.
    const ROUNDING: f32 = 0.05;

    fn overlap(one: Box, other: Box) -> bool {
        one.0 + ROUNDING < other.2
            && other.0 + ROUNDING < one.2
            && one.1 + ROUNDING < other.3
            && other.1 + ROUNDING < one.3
    }

    fn hostile() -> Vec<Vec<Bar>> {
        let long = "A Category Whose Name Nobody Thought Would Ever Be Printed in So Small a Place";
        let unbroken = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(3);
        let gender = [
            bar("Female", "104", Some(104.0)),
            bar("Male", "29", Some(29.0)),
            bar("Gender Minorities", "0", Some(0.0)),
        ];
        vec![
            Vec::new(),
            gender.to_vec(),
            vec![bar("Female", "7", Some(7.0))],
            vec![
                bar(long, "1", Some(1.0)),
                bar(long, "123,456", Some(123_456.0)),
            ],
            vec![bar(&unbroken, "0", Some(0.0)), bar(&unbroken, "<5", None)],
            vec![bar("", "", Some(0.0)), bar("", "", None)],
            vec![bar("Adult", "<5", None), bar("Minor", "<5", None)],
            vec![bar("Two\r\nlines\u{2028}\0", "\n<5\t", None); 3],
            vec![
                bar("Not a number", "?", Some(f64::NAN)),
                bar("Endless", "?", Some(f64::INFINITY)),
                bar("Less than none", "-3", Some(-3.0)),
                bar("Huge", "many", Some(f64::MAX)),
                bar("Tiny", "few", Some(f64::MIN_POSITIVE)),
            ],
            vec![bar(
                "Other",
                "not shown, to protect the persons concerned",
                None,
            )],
            vec![bar(long, "123,456", Some(1.0)); 60],
        ]
    }

    #[test]
    fn texts_and_bars_stay_inside_and_never_overlap() {
        let faces = Faces::embedded().unwrap();
        let style = ChartStyle::plain();
        let lengths = [f32::NAN, -5.0, 0.0, 60.0, 170.0, 540.0, f32::INFINITY];
        for (width, height) in lengths
            .into_iter()
            .flat_map(|width| [f32::NAN, 0.0, 90.0, f32::INFINITY].map(|height| (width, height)))
        {
            for (bars, draw) in hostile()
                .iter()
                .flat_map(|bars| CHARTS.map(|draw| (bars, draw)))
            {
                let drawing = draw(&faces, &style, bars, Space { width, height });
                let texts = label_boxes(&faces, &drawing);
                let shapes = bar_boxes(&drawing);
                for &one in texts.iter().chain(&shapes) {
                    let inside = one.0 >= -ROUNDING
                        && one.1 >= -ROUNDING
                        && one.2 <= drawing.width + ROUNDING
                        && one.3 <= drawing.height + ROUNDING;
                    assert!(inside, "{one:?} at {width} x {height} for {bars:?}");
                }
                for (index, &one) in texts.iter().enumerate() {
                    for &other in texts[index + 1..].iter().chain(&shapes) {
                        let apart = !overlap(one, other);
                        assert!(apart, "{one:?} {other:?} at {width} for {bars:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_drawing_has_the_requested_size_if_its_texts_fit() {
        let faces = Faces::embedded().unwrap();
        let style = ChartStyle::plain();
        let (width, height) = (170.0, 90.0);
        for draw in CHARTS {
            let drawing = draw(&faces, &style, &hostile()[1], Space { width, height });
            assert_eq!((drawing.width, drawing.height), (width, height));
        }
    }

    #[test]
    fn names_and_numbers_are_printed_in_full_and_in_order() {
        let faces = Faces::embedded().unwrap();
        let bars = [
            bar("Training and Technical Assistance", "1,204", Some(1204.0)),
            bar("Tip Report", "<5", None),
        ];
        for draw in CHARTS {
            let space = Space {
                width: 90.0,
                height: 0.0,
            };
            let drawing = draw(&faces, &ChartStyle::plain(), &bars, space);
            let words: Vec<&str> = labels(&drawing)
                .into_iter()
                .map(|label| label.0.trim_end())
                .collect();
            assert_eq!(
                words.join(" "),
                "Training and Technical Assistance 1,204 Tip Report <5"
            );
        }
    }

    #[test]
    fn lengths_are_proportional_to_values() {
        let faces = Faces::embedded().unwrap();
        let bars = [80.0, 40.0, 10.0].map(|value| bar("Adult", &value.to_string(), Some(value)));
        for draw in CHARTS {
            let space = Space {
                width: 300.0,
                height: 90.0,
            };
            let widths = bar_widths(&draw(&faces, &ChartStyle::plain(), &bars, space));
            assert!((widths[0] / widths[1] - 2.0).abs() < 0.01, "{widths:?}");
            assert!((widths[0] / widths[2] - 8.0).abs() < 0.02, "{widths:?}");
        }
    }

    #[test]
    fn groups_that_share_a_scale_draw_equal_values_equally_long() {
        let faces = Faces::embedded().unwrap();
        let style = ChartStyle::plain();
        let gender = [
            bar("Female", "1,040", Some(1040.0)),
            bar("Male", "25", Some(25.0)),
        ];
        let citizenship = [bar("Foreign National", "25", Some(25.0))];
        let scale = Scale::of(&faces, &style, gender.iter().chain(&citizenship));
        let space = Space {
            width: 170.0,
            height: 90.0,
        };
        let widths = |bars| {
            bar_widths(&whole(
                demographics::draw(&faces, &style, bars, scale, space).unwrap(),
            ))
        };
        assert_eq!(widths(&gender)[1], widths(&citizenship)[0]);
    }

    #[test]
    fn the_stub_of_a_hidden_value_reveals_nothing() {
        let faces = Faces::embedded().unwrap();
        for draw in CHARTS {
            let stub = |shown: f64| {
                let bars = [bar("Adult", "9", Some(shown)), bar("Minor", "<5", None)];
                let space = Space {
                    width: 170.0,
                    height: 90.0,
                };
                bar_widths(&draw(&faces, &ChartStyle::plain(), &bars, space))[1]
            };
            assert_eq!(stub(5.0), stub(5000.0));
        }
    }
}
