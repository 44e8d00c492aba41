//! Figures: the content of a figure becomes a drawing, at the width that an exporter has for it.

mod code;
mod style;

use crate::chart::{self, Chart, ChartStyle, Numbers, Scale, Space};
use crate::drawing::Drawing;
use crate::failure::Outcome;
use crate::geo::{self, City, Plane};
use crate::look::Look;
use crate::map::{self, MapWords, Subject};
use crate::sheet::{Bar, Bars, FigureContent, HeatMap};
use crate::text::Faces;

/// Height of a line chart, in points.
const LINE_HEIGHT: f32 = 48.0;
/// Side of a QR code, in points.
const CODE: f32 = 52.0;
/// Space for the map's legend, in points.
const LEGEND: f32 = 36.0;

/// The space that a page has for figures, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width of a figure.
    pub width: f32,
    /// Distance between bars with their names above.
    pub category_row: f32,
    /// The same if the name is beside the bar, as it is unless there is little width.
    pub ranking_row: f32,
    /// The minimum and the maximum height of a map; the maximum wins.
    pub map_heights: (f32, f32),
}

/// A figure as drawn.
#[derive(Clone, Debug)]
pub enum Drawn {
    /// A map, or a code.
    Picture(Drawing),
    /// A chart; to listeners, its rows are a table.
    Chart(Chart),
}

/// The space that a figure takes out of what there is.
pub fn space(content: &FigureContent, room: &Room, look: &Look) -> Space {
    let rows = |bars: &Bars, row: f32| row * bars.bars.len() as f32;
    let height = match content {
        FigureContent::HeatMap(map) => {
            let (least, greatest) = room.map_heights;
            map_height(map, room.width, look).max(least).min(greatest)
        }
        FigureContent::Categories(bars) if is_narrow(room.width, look) => {
            rows(bars, room.category_row)
        }
        FigureContent::Categories(bars) | FigureContent::Ranking(bars) => {
            rows(bars, room.ranking_row)
        }
        // As high as its lines.
        FigureContent::Numbers(_) => 0.0,
        FigureContent::Line(_) => LINE_HEIGHT * look.scale.factor(),
        FigureContent::Code(_) => (CODE * look.scale.factor()).min(room.width),
    };
    Space {
        width: room.width,
        height,
    }
}

/// The height that the state's shape needs at a width.
fn map_height(heat_map: &HeatMap, width: f32, look: &Look) -> f32 {
    width / map::aspect(Plane::of_area(heat_map.area)) as f32 + LEGEND * look.scale.factor()
}

/// Draws a figure in a space.
///
/// # Errors
/// If a chart can't be drawn, which only a bug in the program can cause.
pub fn draw(faces: &Faces, content: &FigureContent, space: Space, look: &Look) -> Outcome<Drawn> {
    let style = look.chart();
    let drawn = match content {
        FigureContent::HeatMap(map) => {
            let size = (space.width, space.height);
            return Ok(Drawn::Picture(heat_map(faces, map, size, look)));
        }
        FigureContent::Code(address) => {
            return code::draw(address, space.height).map(Drawn::Picture);
        }
        FigureContent::Categories(bars) => categories(faces, &style, bars, space, look),
        FigureContent::Numbers(bars) => {
            let in_columns = chart_bars(&bars.bars);
            match chart::numbers::fit(faces, &style, &in_columns, space.width) {
                true => chart::numbers::draw(faces, &style, &in_columns, space),
                false => categories(faces, &style, bars, space, look),
            }
        }
        FigureContent::Ranking(bars) => {
            let (bars, among) = (chart_bars(&bars.bars), chart_bars(&bars.scale));
            chart::calls::draw(faces, &style, &bars, &among, Numbers::AtRight, space)
        }
        FigureContent::Line(bars) => {
            let (bars, among) = (chart_bars(&bars.bars), chart_bars(&bars.scale));
            if chart::years::fits(faces, &style, &bars, &among, space.width) {
                chart::years::draw(faces, &style, &bars, space)
            } else {
                // Many years, or large numbers: one below the other.
                chart::calls::draw(faces, &style, &bars, &[], Numbers::AtBars, space)
            }
        }
    };
    drawn.map(Drawn::Chart)
}

fn categories(
    faces: &Faces,
    style: &ChartStyle,
    bars: &Bars,
    space: Space,
    look: &Look,
) -> Outcome<Chart> {
    let (bars, among) = (chart_bars(&bars.bars), chart_bars(&bars.scale));
    if is_narrow(space.width, look) {
        let scale = Scale::of(faces, style, &among);
        chart::demographics::draw(faces, style, &bars, scale, space)
    } else {
        chart::calls::draw(faces, style, &bars, &among, Numbers::AtBars, space)
    }
}

/// Whether a chart is too narrow for names beside its bars, so that they are above.
fn is_narrow(width: f32, look: &Look) -> bool {
    const NARROW: f32 = 175.0;
    width < NARROW * look.scale.factor()
}

fn chart_bars(bars: &[Bar]) -> Vec<chart::Bar> {
    bars.iter()
        .map(|bar| chart::Bar {
            name: bar.name.clone(),
            label: bar.value.clone(),
            length: bar.length.map(|length| length as f64),
            to: bar.to.map(|to| to as f64),
        })
        .collect()
}

fn heat_map(faces: &Faces, heat_map: &HeatMap, size: (f32, f32), look: &Look) -> Drawing {
    let words = MapWords {
        fewer: &heat_map.fewer,
        more: &heat_map.more,
        unshaded: &heat_map.none,
        none_shaded: &heat_map.none_shaded,
        miles: &heat_map.miles,
        insets: &heat_map.insets,
    };
    let cities = geo::main_cities(heat_map.area);
    let strongest = heat_map.shading.strongest.iter();
    let named: Vec<City> = strongest.map(|&city| geo::as_city(city)).collect();
    let capital = geo::capital(heat_map.area);
    let subject = Subject {
        plane: Plane::of_area(heat_map.area),
        cities: &cities,
        capital: capital.as_ref(),
        named: &named,
    };
    map::draw(subject, &heat_map.shading, size, &words, look.map(), faces)
}
