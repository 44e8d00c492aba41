//! The chart of categories: names in a column on the left, bars on a common baseline. It also draws ranked venues,
//! with their numbers in a column at the right.

use super::bars::{self, LEAST_LENGTH, Layout, PlacedBar, end_label_reach, number_room, reach};
use super::lines::{LEADING, one_line, wrap};
use super::style::Numbers;
use super::{Bar, Chart, ChartStyle, Scale, Space};
use crate::failure::Outcome;
use crate::text::Faces;

/// Thickness of a bar.
const THICKNESS: f32 = 12.0;
/// Space between the names and the baseline.
const NAME_GAP: f32 = 7.0;
/// The part of the width that names may take, and the minimum that they get, in points. Names of ranked venues are
/// longer, and matter more than the difference in bar lengths.
const NAME_PART: f32 = 0.42;
const RANKED_NAME_PART: f32 = 0.58;
const LEAST_NAME_WIDTH: f32 = 60.0;

fn name_part(numbers: Numbers) -> f32 {
    match numbers {
        Numbers::AtBars => NAME_PART,
        Numbers::AtRight => RANKED_NAME_PART,
    }
}

/// Minimum and maximum space between rows.
const ROW_GAP: (f32, f32) = (2.0, 14.0);

/// Draws the bars, in the given order. `among` are the bars of all charts that share the width and the scale,
/// including these: they begin at the same position, and equal values have equal lengths.
///
/// The rows spread over the height, as far as looks good. The drawing is larger than `space` if its texts need it.
///
/// # Errors
/// If plotters refuses to draw, which no known input causes.
pub fn draw(
    faces: &Faces,
    style: &ChartStyle,
    bars: &[Bar],
    among: &[Bar],
    numbers: Numbers,
    space: Space,
) -> Outcome<Chart> {
    let space = space.sane();
    let (thickness, name_gap) = (THICKNESS * style.scale, NAME_GAP * style.scale);
    let scale = Scale::of(faces, style, bars.iter().chain(among));
    let beside_names = name_gap + LEAST_LENGTH + number_room(scale);
    let whole = |bar: &Bar| faces.width(style.name.face, style.name.size, &one_line(&bar.name));
    let longest_name = bars.iter().chain(among).map(whole).fold(0.0, f32::max);
    // Years and other short labels need less.
    let least_names = longest_name.ceil().min(LEAST_NAME_WIDTH);
    let width = space.width.max(least_names + beside_names);
    let name_limit = (width * name_part(numbers))
        .max(least_names)
        .min(width - beside_names);
    let line_height = style.name.size * LEADING;
    // A row is as high as its number and its name need around their common middle.
    let half = |(above, below): (f32, f32)| above.max(below);
    let number_half = half(end_label_reach(faces, style)).max(thickness / 2.0);
    let name_half = half(reach(faces, style.name));
    let block = |lines: &[String]| lines.len().saturating_sub(1) as f32 * line_height;

    let lines_of = |bar: &Bar| wrap(faces, style.name, &bar.name, name_limit);
    let names: Vec<Vec<String>> = bars.iter().map(lines_of).collect();
    let of_others: Vec<Vec<String>> = among.iter().map(lines_of).collect();
    let name_width = names
        .iter()
        .chain(&of_others)
        .flatten()
        .map(|line| faces.width(style.name.face, style.name.size, line.trim_end()))
        .fold(0.0, f32::max);
    let halves: Vec<f32> = names
        .iter()
        .map(|lines| number_half.max(name_half + block(lines) / 2.0))
        .collect();
    let least_height = halves.iter().sum::<f32>() * 2.0;
    let rows = bars.len() as f32;
    let gap = ((space.height - least_height) / rows.max(1.0))
        .min(ROW_GAP.1 * style.scale)
        .max(ROW_GAP.0 * style.scale);

    let mut layout = Layout {
        width,
        height: space.height.max(least_height + rows * gap),
        left: name_width + name_gap,
        numbers,
        thickness,
        bars: Vec::with_capacity(bars.len()),
        baselines: Vec::new(),
    };
    let half_capital = faces.cap_height(style.name.face, style.name.size) / 2.0;
    let mut y = 0.0;
    for ((bar, lines), half) in bars.iter().zip(names).zip(halves) {
        let middle = y + gap / 2.0 + half;
        // The capitals of the first line and the baseline of the last are at the same distance from the middle.
        let first = middle - block(&lines) / 2.0 + half_capital;
        let name = lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| (line, (0.0, first + index as f32 * line_height)))
            .collect();
        layout.bars.push(PlacedBar {
            bar,
            top: middle - thickness / 2.0,
            name,
        });
        y = middle + half + gap / 2.0;
    }
    if !bars.is_empty() {
        layout.baselines.push((0.0, y));
    }
    bars::draw(faces, style, &layout, scale)
}
