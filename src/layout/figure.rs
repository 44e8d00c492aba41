//! Figures: what a figure shows becomes a drawing of the width that the page has for it.

use super::format::Format;
use super::grid::Grid;
use super::spacing::Spacing;
use super::style::Look;
use super::tried::Tried;
use crate::chart::{self, Chart, Scale, Space};
use crate::drawing::Drawing;
use crate::failure::Outcome;
use crate::geo::{Gazetteer, Plane};
use crate::heat::Frame;
use crate::map::{self, MapWords, Subject};
use crate::sheet::{Bar, Bars, FigureContent, HeatMap};
use crate::text::Faces;

/// Height of a line chart, in points.
const LINE_HEIGHT: f32 = 48.0;

/// Room for the map's legend, in points.
const LEGEND: f32 = 32.0;
/// A map's greatest height, in points.
const MAP_HIGHEST: f32 = 292.0;
/// A map's least height, in points.
pub(super) const MAP_LOW: f32 = 110.0;
/// The same where else the page would run over.
pub(super) const MAP_LOWEST: f32 = 90.0;

/// The greatest height of a map on a page, in points: on letter paper and larger type the same part of
/// the page, and on a longer page more, by what it is longer.
pub(super) fn highest_map(format: &Format) -> f32 {
    let longer = format.grid.height - Grid::LETTER.height;
    (MAP_HIGHEST + longer.max(0.0)) * format.look.scale.factor().min(LARGER_MAP)
}

/// By how much a map may be higher in larger type.
const LARGER_MAP: f32 = 1.5;

/// A figure as it is drawn.
pub(super) enum Drawn {
    Map(Drawing),
    Chart(Chart),
}

/// Draws a figure in a width; `map_height` is the greatest height of a map. Both in points.
///
/// # Errors
/// When a chart can't be drawn, which only an error of the program can bring about.
pub(super) fn draw(
    faces: &Faces,
    content: &FigureContent,
    width: f32,
    spacing: &Spacing,
    map_height: f32,
    look: &Look,
    tried: &Tried,
) -> Outcome<Drawn> {
    match content {
        FigureContent::HeatMap(map) => {
            let size = map_size(map, width, map_height, look);
            let draw = || heat_map(faces, map, size, look);
            Ok(Drawn::Map(tried.map(map, size, draw)))
        }
        FigureContent::Categories(bars) => {
            categories(faces, bars, width, spacing.category_row, look).map(Drawn::Chart)
        }
        FigureContent::Ranking(bars) => {
            ranking(faces, bars, width, spacing.ranking_row, look).map(Drawn::Chart)
        }
        FigureContent::Line(bars) => line(faces, bars, width, look).map(Drawn::Chart),
    }
}

fn categories(faces: &Faces, bars: &Bars, width: f32, row: f32, look: &Look) -> Outcome<Chart> {
    let style = look.category_chart();
    let all = chart_bars(&bars.scale);
    let scale = Scale::of(faces, &style, &all);
    let height = row * bars.bars.len() as f32;
    let space = Space { width, height };
    chart::demographics::draw(faces, &style, &chart_bars(&bars.bars), scale, space)
}

fn ranking(faces: &Faces, bars: &Bars, width: f32, row: f32, look: &Look) -> Outcome<Chart> {
    let height = row * bars.bars.len() as f32;
    let space = Space { width, height };
    chart::calls::draw(faces, &look.ranking_chart(), &chart_bars(&bars.bars), space)
}

fn line(faces: &Faces, bars: &Bars, width: f32, look: &Look) -> Outcome<Chart> {
    let height = LINE_HEIGHT * look.scale.factor();
    let space = Space { width, height };
    chart::years::draw(faces, &look.ranking_chart(), &chart_bars(&bars.bars), space)
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

/// The page's width, and the height that the state's shape asks for.
fn map_size(heat_map: &HeatMap, width: f32, highest: f32, look: &Look) -> (f32, f32) {
    let frame = Frame::around(&Plane::shared(heat_map.state).outline);
    let height = (width / frame.aspect() as f32 + LEGEND * look.scale.factor())
        .max(MAP_LOW)
        .min(highest);
    (width, height)
}

fn heat_map(faces: &Faces, heat_map: &HeatMap, size: (f32, f32), look: &Look) -> Drawing {
    let words = MapWords {
        fewer: &heat_map.fewer,
        more: &heat_map.more,
        unshaded: &heat_map.none,
        none_shaded: &heat_map.none_shaded,
        miles: &heat_map.miles,
    };
    let gazetteer = Gazetteer::shared(heat_map.state);
    let subject = Subject {
        plane: Plane::shared(heat_map.state),
        cities: gazetteer.main_cities(),
    };
    map::draw(subject, &heat_map.shading, size, &words, look.map(), faces)
}
