//! The chart of one demographic group: a bar per category, its name above, its number at its end.

use super::bars::{self, LEAST_LENGTH, Layout, PlacedBar, end_label_reach, number_room};
use super::lines::{LEADING, wrap};
use super::style::Numbers;
use super::{Bar, Chart, ChartStyle, Scale, Space};
use crate::failure::Outcome;
use crate::text::Faces;

/// Thickness of a bar.
const THICKNESS: f32 = 11.0;
/// Space between a name and its bar, and how much longer the baseline is than the bar.
const NAME_GAP: f32 = 1.5;
/// Minimum and maximum space between categories.
const CATEGORY_GAP: (f32, f32) = (5.0, 12.0);

/// Draws a group, in the given order. Groups side by side share a scale and a width.
///
/// The categories start at the top and spread over the height, as far as looks good. The drawing is larger than
/// `space` if its texts need it.
///
/// # Errors
/// If plotters refuses to draw, which no known input causes.
pub fn draw(
    faces: &Faces,
    style: &ChartStyle,
    bars: &[Bar],
    scale: Scale,
    space: Space,
) -> Outcome<Chart> {
    let space = space.sane();
    let (thickness, name_gap) = (THICKNESS * style.scale, NAME_GAP * style.scale);
    let scale = scale.and(Scale::of(faces, style, bars));
    let left = style.baseline.width / 2.0;
    let width = space.width.max(left + LEAST_LENGTH + number_room(scale));
    let line_height = style.name.size * LEADING;
    let (above, below) = end_label_reach(faces, style);
    let half_baseline = thickness / 2.0 + name_gap;
    let (above, below) = (above.max(half_baseline), below.max(half_baseline));
    let bar_room = above + below;

    let names: Vec<Vec<String>> = bars
        .iter()
        .map(|bar| wrap(faces, style.name, &bar.name, width))
        .collect();
    let lines: usize = names.iter().map(Vec::len).sum();
    let least_height = lines as f32 * line_height + bars.len() as f32 * bar_room;
    let gaps = bars.len().saturating_sub(1) as f32;
    let gap = ((space.height - least_height) / gaps.max(1.0))
        .min(CATEGORY_GAP.1 * style.scale)
        .max(CATEGORY_GAP.0 * style.scale);

    let mut y = 0.0;
    let mut layout = Layout {
        width,
        height: space.height.max(least_height + gaps * gap),
        left,
        numbers: Numbers::AtBars,
        thickness,
        bars: Vec::with_capacity(bars.len()),
        baselines: Vec::with_capacity(bars.len()),
    };
    for (bar, lines) in bars.iter().zip(names) {
        let ascent = faces.ascent(style.name.face, style.name.size);
        let name: Vec<_> = lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| (line, (0.0, y + index as f32 * line_height + ascent)))
            .collect();
        y += name.len() as f32 * line_height;
        let top = y + above - thickness / 2.0;
        layout.bars.push(PlacedBar { bar, top, name });
        layout
            .baselines
            .push((top - name_gap, top + thickness + name_gap));
        y += bar_room + gap;
    }
    bars::draw(faces, style, &layout, scale)
}
