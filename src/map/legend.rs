//! The map's legend: the ramp, what is not shaded, and a scale bar.

use crate::drawing::{Anchor, Colour, Label, Mark, Point, Stroke, Subpath};
use crate::text::{Face, Faces};

use super::MapWords;
use super::palette::{HALO, INK, LAND, OUTLINE, RAMP};
use super::view::Area;

const KM_PER_MILE: f64 = 1.609_344;

const FACE: Face = Face::Sans;
/// Type size, in points.
const SIZE: f32 = 7.0;
/// From one row to the next, in points.
const ROW: f32 = 14.0;
/// Between the parts of a row, in points.
const GAP: f32 = 14.0;
/// Between a swatch and its words, in points.
const WORD_GAP: f32 = 4.0;
/// Width and height of a swatch, in points.
const SWATCH: (f32, f32) = (15.0, 7.5);
const HAIRLINE: Stroke = Stroke {
    colour: OUTLINE,
    width: 0.4,
};
/// Part of the drawing's width that the scale bar takes at most.
const BAR_PART: f32 = 0.24;
const BAR_HEIGHT: f32 = 2.4;

/// What stands in the legend, each part in one piece.
enum Part<'a> {
    /// "Fewer ▢▢▢▢▢ More".
    Ramp(&'a str, &'a str),
    /// The swatch of unshaded land, and what it means.
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
}

impl<'a> Legend<'a> {
    /// For a drawing of a width, with or without shading on it.
    pub(super) fn of(words: &MapWords<'a>, is_shaded: bool, width: f32, faces: &Faces) -> Self {
        let mut parts = Vec::new();
        if is_shaded {
            parts.push(Part::Ramp(words.fewer, words.more));
            parts.push(Part::Unshaded(words.unshaded));
        } else {
            let lines = lines_of(words.none_shaded, width, faces);
            parts.extend(lines.into_iter().map(Part::Words));
        }
        parts.push(Part::Scale(words.miles));
        let mut legend = Legend {
            rows: Vec::new(),
            width,
        };
        for part in parts {
            match legend.rows.last_mut() {
                Some(row)
                    if row_width(row, width, faces) + GAP + part.width(width, faces) <= width =>
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
        ROW * self.rows.len() as f32
    }

    /// The legend with its top edge at a height of the drawing; `scale` in points per kilometre.
    pub(super) fn marks(&self, top: f32, scale: f64, faces: &Faces) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let middle = top + ROW * (index as f32 + 0.5);
            let mut left = (self.width - row_width(row, self.width, faces)) / 2.0;
            for part in row {
                let width = part.width(self.width, faces);
                match part {
                    Part::Ramp(fewer, more) => {
                        ramp(fewer, more, (left, middle), faces, &mut marks);
                    }
                    Part::Unshaded(meaning) => {
                        marks.push(swatch(left, middle, LAND));
                        let left = left + SWATCH.0 + WORD_GAP;
                        marks.push(text(meaning, Anchor::Start, (left, middle), faces));
                    }
                    Part::Words(line) => {
                        marks.push(text(line, Anchor::Start, (left, middle), faces));
                    }
                    Part::Scale(miles) => {
                        let slot = (left, left + width);
                        scale_bar(miles, slot, middle, scale, self.width, faces, &mut marks);
                    }
                }
                left += width + GAP;
            }
        }
        marks
    }
}

impl Part<'_> {
    /// Room that the part needs in a legend of a width.
    fn width(&self, legend: f32, faces: &Faces) -> f32 {
        let words = |words: &str| faces.width(FACE, SIZE, words);
        match self {
            Part::Ramp(fewer, more) => {
                words(fewer) + words(more) + 2.0 * WORD_GAP + SWATCH.0 * RAMP.len() as f32
            }
            Part::Unshaded(meaning) => SWATCH.0 + WORD_GAP + words(meaning),
            Part::Words(line) => words(line),
            // The numbers at the ends stand half outside the bar, and the unit beside the last one.
            Part::Scale(miles) => BAR_PART * legend + words("00") + words(miles) + WORD_GAP,
        }
    }
}

fn row_width(row: &[Part], legend: f32, faces: &Faces) -> f32 {
    let parts: f32 = row.iter().map(|part| part.width(legend, faces)).sum();
    parts + GAP * row.len().saturating_sub(1) as f32
}

/// A text in as many lines as a width demands.
fn lines_of(text: &str, width: f32, faces: &Faces) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if faces.width(FACE, SIZE, &format!("{line} {word}")) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn ramp(fewer: &str, more: &str, (mut left, middle): Point, faces: &Faces, marks: &mut Vec<Mark>) {
    marks.push(text(fewer, Anchor::Start, (left, middle), faces));
    left += faces.width(FACE, SIZE, fewer) + WORD_GAP;
    for colour in RAMP {
        marks.push(swatch(left, middle, colour));
        left += SWATCH.0;
    }
    marks.push(text(more, Anchor::Start, (left + WORD_GAP, middle), faces));
}

fn swatch(left: f32, middle: f32, colour: Colour) -> Mark {
    let area = Area {
        left,
        top: middle - SWATCH.1 / 2.0,
        right: left + SWATCH.0,
        bottom: middle + SWATCH.1 / 2.0,
    };
    rectangle(&area, colour, Some(HAIRLINE))
}

/// A text whose capitals are in the middle of a row.
fn text(words: &str, anchor: Anchor, (x, middle): Point, faces: &Faces) -> Mark {
    Mark::Label(Label {
        text: words.to_owned(),
        at: (x, middle + faces.cap_height(FACE, SIZE) / 2.0),
        anchor,
        face: FACE,
        size: SIZE,
        colour: INK,
        halo: None,
    })
}

/// A bar of two halves, the first dark, with the miles above its start, middle and end; in the middle
/// of a slot.
fn scale_bar(
    miles: &str,
    slot: (f32, f32),
    middle: f32,
    scale: f64,
    legend: f32,
    faces: &Faces,
    marks: &mut Vec<Mark>,
) {
    let per_mile = scale * KM_PER_MILE;
    let Some(length) = round_length(f64::from(BAR_PART * legend) / per_mile) else {
        return;
    };
    let bar = (length * per_mile) as f32;
    let unit = faces.width(FACE, SIZE, miles) + WORD_GAP / 2.0;
    let start = slot.0 + (slot.1 - slot.0 - bar - unit) / 2.0;
    let (upper, lower) = (middle - BAR_HEIGHT, middle + BAR_HEIGHT + 1.0);
    for (half, colour) in [(0.0, INK), (0.5, HALO)] {
        let area = Area {
            left: start + half * bar,
            top: lower - BAR_HEIGHT / 2.0,
            right: start + (half + 0.5) * bar,
            bottom: lower + BAR_HEIGHT / 2.0,
        };
        let edge = Stroke {
            colour: INK,
            width: 0.5,
        };
        marks.push(rectangle(&area, colour, Some(edge)));
    }
    let number = |part: f64| format!("{}", length * part);
    for part in [0.0, 0.5, 1.0] {
        let x = start + part as f32 * bar;
        marks.push(text(&number(part), Anchor::Middle, (x, upper), faces));
    }
    let after = start + bar + faces.width(FACE, SIZE, &number(1.0)) / 2.0 + WORD_GAP / 2.0;
    marks.push(text(miles, Anchor::Start, (after, upper), faces));
}

/// The largest of 1, 2 and 4 times a power of ten that is not above `most`; its half has no more than
/// one digit either. None when `most` is no positive number.
fn round_length(most: f64) -> Option<f64> {
    if !(most.is_finite() && most > 0.0) {
        return None;
    }
    let exponent = most.log10().floor() as i32;
    // Division by ten is exact to the last digit printed, multiplication by a tenth is not.
    let times_power = |digit: f64| {
        if exponent < 0 {
            digit / 10f64.powi(-exponent)
        } else {
            digit * 10f64.powi(exponent)
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
        let words = MapWords {
            fewer: "Fewer cases",
            more: "More cases",
            unshaded: "Too few to show",
            none_shaded: "Too few cases with a known place to shade any area",
            miles: "miles",
        };
        for is_shaded in [true, false] {
            let wide = Legend::of(&words, is_shaded, 500.0, &faces);
            let narrow = Legend::of(&words, is_shaded, 190.0, &faces);
            assert!(wide.height() < narrow.height());
            for legend in [wide, narrow] {
                for row in &legend.rows {
                    assert!(row_width(row, legend.width, &faces) <= legend.width);
                }
            }
        }
    }
}
