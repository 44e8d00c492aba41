//! The map's legend: the color ramp, unshaded land, and a scale bar.

use crate::drawing::{Anchor, Colour, Label, Mark, Point, Stroke, Subpath};
use crate::text::{Face, Faces, Fit, Run, break_lines};

use super::view::Area;
use super::{MapStyle, MapWords};

const KM_PER_MILE: f64 = 1.609_344;

const FACE: Face = Face::Sans;
/// Type size, in points.
const SIZE: f32 = 8.5;
/// From one row to the next, in points.
const ROW: f32 = 15.5;
/// Between the parts of a row, in points.
const GAP: f32 = 12.0;
/// Between a swatch and its words, in points.
const WORD_GAP: f32 = 4.0;
/// Width and height of a swatch, in points.
const SWATCH: (f32, f32) = (15.0, 8.5);
/// Width of a swatch's edge, in points.
const HAIRLINE: f32 = 0.4;
/// The maximum fraction of the drawing's width for the scale bar.
const BAR_PART: f32 = 0.24;
const BAR_HEIGHT: f32 = 2.4;
/// Between an inset's frame and its text, in points.
const INSET_PAD: f32 = 4.0;
/// The maximum fraction of an inset's width for its scale bar.
const INSET_BAR: f32 = 0.45;

/// The parts of the legend, each kept together.
enum Part<'a> {
    /// "Fewer ▢▢▢▢▢ More".
    Ramp(&'a str, &'a str),
    /// The swatch for unshaded land, and what it means.
    Unshaded(&'a str),
    /// A line of text.
    Words(String),
    /// The scale bar, with the word for miles.
    Scale(&'a str),
}

/// The legend's parts in rows that fit the drawing's width.
pub(super) struct Legend<'a> {
    rows: Vec<Vec<Part<'a>>>,
    width: f32,
    pen: Pen<'a>,
}

/// Draws the parts in the map's style.
#[derive(Clone, Copy)]
struct Pen<'a> {
    style: MapStyle<'a>,
    faces: &'a Faces,
}

impl<'a> Legend<'a> {
    /// For a drawing of a given width, with or without shading.
    pub(super) fn of(
        words: &MapWords<'a>,
        is_shaded: bool,
        width: f32,
        style: MapStyle<'a>,
        faces: &'a Faces,
    ) -> Self {
        let pen = Pen { style, faces };
        let mut parts = Vec::new();
        if is_shaded {
            parts.push(Part::Ramp(words.fewer, words.more));
            parts.push(Part::Unshaded(words.unshaded));
        } else {
            let lines = pen.lines_of(words.none_shaded, width);
            parts.extend(lines.into_iter().map(Part::Words));
        }
        parts.push(Part::Scale(words.miles));
        let mut legend = Legend {
            rows: Vec::new(),
            width,
            pen,
        };
        for part in parts {
            match legend.rows.last_mut() {
                Some(row)
                    if pen.row_width(row, width)
                        + pen.scaled(GAP)
                        + pen.part_width(&part, width)
                        <= width =>
                {
                    row.push(part);
                }
                _ => legend.rows.push(vec![part]),
            }
        }
        legend
    }

    /// Height in points.
    pub(super) fn height(&self) -> f32 {
        self.pen.scaled(ROW) * self.rows.len() as f32
    }

    /// The legend with its top edge at a height of the drawing; `scale` in points per kilometer.
    pub(super) fn marks(&self, top: f32, scale: f64) -> Vec<Mark> {
        let pen = self.pen;
        let mut marks = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let middle = top + pen.scaled(ROW) * (index as f32 + 0.5);
            let mut left = 0.0;
            for part in row {
                let width = pen.part_width(part, self.width);
                match part {
                    Part::Ramp(fewer, more) => pen.ramp(fewer, more, (left, middle), &mut marks),
                    Part::Unshaded(meaning) => {
                        marks.push(pen.swatch(left, middle, pen.style.palette.land));
                        let left = left + pen.scaled(SWATCH.0) + pen.scaled(WORD_GAP);
                        marks.push(pen.text(meaning, Anchor::Start, (left, middle)));
                    }
                    Part::Words(line) => {
                        marks.push(pen.text(line, Anchor::Start, (left, middle)));
                    }
                    Part::Scale(miles) => {
                        pen.scale_bar(miles, middle, scale, self.width, &mut marks);
                    }
                }
                left += width + pen.scaled(GAP);
            }
        }
        marks
    }
}

impl Legend<'_> {
    /// The width of a text in the legend, in points.
    pub(super) fn width_of(&self, words: &str) -> f32 {
        self.pen.word_width(words)
    }

    /// The name of an inset, in its upper left corner.
    pub(super) fn inset_name(&self, name: &str, area: &Area) -> Mark {
        let pen = self.pen;
        let at = (
            area.left + pen.scaled(INSET_PAD),
            area.top + pen.scaled(INSET_PAD + SIZE / 2.0),
        );
        pen.text(name, Anchor::Start, at)
    }

    /// A scale bar in the lower left corner of an inset.
    pub(super) fn inset_scale(&self, miles: &str, area: &Area, scale: f64, marks: &mut Vec<Mark>) {
        let pen = self.pen;
        let per_mile = scale * KM_PER_MILE;
        let Some(length) = round_length(f64::from(INSET_BAR * area.width()) / per_mile) else {
            return;
        };
        let bar = (length * per_mile) as f32;
        let (left, bottom) = (
            area.left + pen.scaled(INSET_PAD),
            area.bottom - pen.scaled(INSET_PAD),
        );
        let tick = pen.scaled(BAR_HEIGHT);
        marks.push(Mark::Path {
            subpaths: vec![Subpath {
                points: vec![
                    (left, bottom - tick),
                    (left, bottom),
                    (left + bar, bottom),
                    (left + bar, bottom - tick),
                ],
                closed: false,
            }],
            fill: None,
            stroke: Some(Stroke {
                colour: pen.style.palette.ink,
                width: 0.6,
            }),
        });
        let middle = bottom - pen.scaled(SIZE / 2.0 - 0.5);
        let words = format!("{length} {miles}");
        let at = (left + bar + pen.scaled(WORD_GAP), middle);
        marks.push(pen.text(&words, Anchor::Start, at));
    }
}

impl Pen<'_> {
    /// A length in points, from its usual value.
    fn scaled(&self, usual: f32) -> f32 {
        usual * self.style.scale
    }

    fn word_width(&self, words: &str) -> f32 {
        self.faces.width(FACE, self.scaled(SIZE), words)
    }

    /// The space that a part needs in a legend of a given width.
    fn part_width(&self, part: &Part<'_>, legend: f32) -> f32 {
        let words = |words: &str| self.word_width(words);
        let word_gap = self.scaled(WORD_GAP);
        match part {
            Part::Ramp(fewer, more) => {
                let steps = self.style.palette.ramp.len() as f32;
                words(fewer) + words(more) + 2.0 * word_gap + self.scaled(SWATCH.0) * steps
            }
            Part::Unshaded(meaning) => self.scaled(SWATCH.0) + word_gap + words(meaning),
            Part::Words(line) => words(line),
            // The numbers at the ends are half outside the bar, and the unit is next to the last one.
            Part::Scale(miles) => BAR_PART * legend + words("00") + words(miles) + word_gap,
        }
    }

    fn row_width(&self, row: &[Part<'_>], legend: f32) -> f32 {
        let parts: f32 = row.iter().map(|part| self.part_width(part, legend)).sum();
        parts + self.scaled(GAP) * row.len().saturating_sub(1) as f32
    }

    /// A text on as many lines as a width requires.
    fn lines_of(&self, text: &str, width: f32) -> Vec<String> {
        let run = Run {
            text: text.to_owned(),
            face: FACE,
        };
        let lines = break_lines(self.faces, &[run], self.scaled(SIZE), width, Fit::First);
        let words = lines.iter().map(|line| line.text().trim_end().to_owned());
        words.collect()
    }

    fn ramp(&self, fewer: &str, more: &str, (mut left, middle): Point, marks: &mut Vec<Mark>) {
        marks.push(self.text(fewer, Anchor::Start, (left, middle)));
        left += self.word_width(fewer) + self.scaled(WORD_GAP);
        for colour in self.style.palette.ramp {
            marks.push(self.swatch(left, middle, colour));
            left += self.scaled(SWATCH.0);
        }
        let place = (left + self.scaled(WORD_GAP), middle);
        marks.push(self.text(more, Anchor::Start, place));
    }

    fn swatch(&self, left: f32, middle: f32, colour: Colour) -> Mark {
        let (width, height) = (self.scaled(SWATCH.0), self.scaled(SWATCH.1));
        let area = Area {
            left,
            top: middle - height / 2.0,
            right: left + width,
            bottom: middle + height / 2.0,
        };
        let edge = Stroke {
            colour: self.style.palette.outline,
            width: HAIRLINE,
        };
        rectangle(&area, colour, Some(edge))
    }

    /// A text with its capitals in the middle of a row.
    fn text(&self, words: &str, anchor: Anchor, (x, middle): Point) -> Mark {
        let size = self.scaled(SIZE);
        Mark::Label(Label {
            run: self.faces.shape(FACE, words),
            at: (x, middle + self.faces.cap_height(FACE, size) / 2.0),
            anchor,
            size,
            colour: self.style.palette.ink,
            halo: None,
        })
    }

    /// A bar of two halves, the first dark, with the miles above its start, middle and end, at the right edge.
    fn scale_bar(&self, miles: &str, middle: f32, scale: f64, legend: f32, marks: &mut Vec<Mark>) {
        let per_mile = scale * KM_PER_MILE;
        let Some(length) = round_length(f64::from(BAR_PART * legend) / per_mile) else {
            return;
        };
        let bar = (length * per_mile) as f32;
        let height = self.scaled(BAR_HEIGHT);
        let half_gap = self.scaled(WORD_GAP) / 2.0;
        let last = self.word_width(&format!("{length}"));
        let start = legend - self.word_width(miles) - half_gap - last / 2.0 - bar;
        let (upper, lower) = (middle - height, middle + height + self.scaled(1.0));
        let palette = self.style.palette;
        for (half, colour) in [(0.0, palette.ink), (0.5, palette.halo)] {
            let area = Area {
                left: start + half * bar,
                top: lower - height / 2.0,
                right: start + (half + 0.5) * bar,
                bottom: lower + height / 2.0,
            };
            let edge = Stroke {
                colour: palette.ink,
                width: 0.5,
            };
            marks.push(rectangle(&area, colour, Some(edge)));
        }
        let number = |part: f64| format!("{}", length * part);
        // Print the middle one only if it doesn't run into the others.
        let half_widths = (self.word_width(&number(0.5)) + self.word_width(&number(1.0))) / 2.0;
        let has_middle = bar / 2.0 >= half_widths + self.scaled(WORD_GAP);
        for part in [0.0, 0.5, 1.0] {
            if part == 0.5 && !has_middle {
                continue;
            }
            let x = start + part as f32 * bar;
            marks.push(self.text(&number(part), Anchor::Middle, (x, upper)));
        }
        let after = start + bar + self.word_width(&number(1.0)) / 2.0 + half_gap;
        marks.push(self.text(miles, Anchor::Start, (after, upper)));
    }
}

/// The largest of 1, 2 and 4 times a power of ten that is at most `most`; its half also has only one digit. None if
/// `most` isn't a positive number.
fn round_length(most: f64) -> Option<f64> {
    if !(most.is_finite() && most > 0.0) {
        return None;
    }
    let exponent = libm::log10(most).floor() as i32;
    // Division by ten is exact to the last printed digit; multiplication by a tenth isn't.
    let power = (0..exponent.abs()).fold(1.0, |power, _| power * 10.0);
    let times_power = |digit: f64| {
        if exponent < 0 {
            digit / power
        } else {
            digit * power
        }
    };
    [4.0, 2.0, 1.0]
        .map(times_power)
        .into_iter()
        .find(|&length| length <= most)
}

fn rectangle(area: &Area, fill: Colour, stroke: Option<Stroke>) -> Mark {
    Mark::Path {
        subpaths: vec![Subpath {
            points: vec![
                (area.left, area.top),
                (area.right, area.top),
                (area.right, area.bottom),
                (area.left, area.bottom),
            ],
            closed: true,
        }],
        fill: Some(fill),
        stroke,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Palette;

    #[test]
    fn scale_bars_have_round_lengths() {
        for (most, length) in [
            (130.0, 100.0),
            (399.0, 200.0),
            (4.2, 4.0),
            (0.35, 0.2),
            (1.0, 1.0),
        ] {
            assert_eq!(round_length(most), Some(length), "{most}");
        }
        assert_eq!(round_length(0.0), None);
        assert_eq!(round_length(f64::INFINITY), None);
        assert_eq!(round_length(f64::NAN), None);
    }

    #[test]
    fn a_narrow_legend_has_more_rows_and_nothing_is_wider_than_it() {
        let faces = Faces::embedded().unwrap();
        let style = MapStyle {
            palette: &Palette::REDS,
            scale: 1.0,
        };
        let words = MapWords {
            fewer: "Fewer cases",
            more: "More cases",
            unshaded: "Too few to show",
            none_shaded: "Too few cases with a known place to shade any area",
            miles: "miles",
            insets: &[],
        };
        for is_shaded in [true, false] {
            let wide = Legend::of(&words, is_shaded, 500.0, style, &faces);
            let narrow = Legend::of(&words, is_shaded, 190.0, style, &faces);
            assert!(wide.height() < narrow.height());
            for legend in [wide, narrow] {
                for row in &legend.rows {
                    assert!(legend.pen.row_width(row, legend.width) <= legend.width);
                }
            }
        }
    }
}
