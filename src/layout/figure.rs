//! Figures: what a figure shows becomes a drawing of the width that the page has for it.

use crate::chart::{self, Chart, ChartStyle, Scale, Space};
use crate::drawing::Drawing;
use crate::failure::Outcome;
use crate::geo::{Boundaries, Gazetteer, Projection};
use crate::heat::{Frame, projected_outline};
use crate::map::{self, MapWords};

use crate::sheet::{Bar, Bars, FigureContent, HeatMap};
use crate::text::Faces;

/// Room for a bar with its name beside it, in points.
const RANKING_ROW: f32 = 23.0;

/// Height of a line chart, in points.
const LINE_HEIGHT: f32 = 48.0;

/// Room for the map's legend, in points.
const LEGEND: f32 = 32.0;
/// A map's least and greatest height, in points.
pub(super) const MAP_LOWEST: f32 = 110.0;
pub(super) const MAP_HIGHEST: f32 = 292.0;

/// A figure as it is drawn.
pub(super) enum Drawn {
    Map(Drawing),
    Chart(Chart),
}

/// Draws a figure in a width; `category_row` is the room for a bar with its name above it, and
/// `map_height` the greatest height of a map. All in points.
///
/// # Errors
/// When a chart can't be drawn, which only an error of the program can bring about.
pub(super) fn draw(
    faces: &Faces,
    content: &FigureContent,
    width: f32,
    category_row: f32,
    map_height: f32,
) -> Outcome<Drawn> {
    match content {
        FigureContent::HeatMap(map) => Ok(Drawn::Map(heat_map(faces, map, width, map_height))),
        FigureContent::Categories(bars) => {
            categories(faces, bars, width, category_row).map(Drawn::Chart)
        }
        FigureContent::Ranking(bars) => ranking(faces, bars, width).map(Drawn::Chart),
        FigureContent::Line(bars) => line(faces, bars, width).map(Drawn::Chart),
    }
}

fn categories(faces: &Faces, bars: &Bars, width: f32, row: f32) -> Outcome<Chart> {
    let style = ChartStyle::categories();
    let all = chart_bars(&bars.scale);
    let scale = Scale::of(faces, &style, &all);
    let height = row * bars.bars.len() as f32;
    let space = Space { width, height };
    chart::demographics::draw(faces, &style, &chart_bars(&bars.bars), scale, space)
}

fn ranking(faces: &Faces, bars: &Bars, width: f32) -> Outcome<Chart> {
    let height = RANKING_ROW * bars.bars.len() as f32;
    let space = Space { width, height };
    chart::calls::draw(faces, &ChartStyle::accent(), &chart_bars(&bars.bars), space)
}

fn line(faces: &Faces, bars: &Bars, width: f32) -> Outcome<Chart> {
    let height = LINE_HEIGHT;
    let space = Space { width, height };
    chart::years::draw(faces, &ChartStyle::accent(), &chart_bars(&bars.bars), space)
}

fn chart_bars(bars: &[Bar]) -> Vec<chart::Bar> {
    bars.iter()
        .map(|bar| chart::Bar {
            name: bar.name.clone(),
            label: bar.value.clone(),
            length: bar.length.map(|length| length as f64),
        })
        .collect()
}

/// The map in the page's width, as high as the state's shape asks for.
fn heat_map(faces: &Faces, heat_map: &HeatMap, width: f32, highest: f32) -> Drawing {
    let boundaries = Boundaries::of(heat_map.state);
    let projection = Projection::for_boundaries(&boundaries);
    let frame = Frame::around(&projected_outline(&boundaries, &projection));
    let height =
        (width / frame.aspect() as f32 + LEGEND).clamp(MAP_LOWEST, highest.max(MAP_LOWEST));
    let words = MapWords {
        fewer: &heat_map.fewer,
        more: &heat_map.more,
        unshaded: &heat_map.none,
        none_shaded: &heat_map.none_shaded,
        miles: &heat_map.miles,
    };
    map::draw(
        &boundaries,
        &projection,
        Gazetteer::of(heat_map.state).main_cities(),
        &heat_map.shading,
        (width, height),
        &words,
        faces,
    )
}
