//! Draws the heat map of a state: land and water around it, shading, county lines, outline, main cities, insets and a
//! legend.

mod cities;
mod ground;
mod legend;
mod palette;
mod panels;
#[cfg(test)]
mod tests;
mod view;

use crate::drawing::{Colour, Drawing, Mark, Point, Stroke, Subpath};
use crate::geo::{City, Plane};
use crate::heat::{Shading, ring_area};
use crate::simplify::{simplified_line, simplified_ring};
use crate::text::Faces;

use cities::Cities;
use legend::Legend;
pub use palette::Palette;
use panels::Placed;
pub use panels::aspect;
use view::{Area, View};

/// The words of the map, in the sheet's language.
#[derive(Clone, Copy, Debug)]
pub struct MapWords<'a> {
    /// At the pale end of the ramp: "Fewer cases".
    pub fewer: &'a str,
    /// At the dark end of the ramp: "More cases".
    pub more: &'a str,
    /// What unshaded land means: "None, or too few to show".
    pub unshaded: &'a str,
    /// Instead of the ramp if nothing is shaded: "Too few cases to shade any area".
    pub none_shaded: &'a str,
    /// The scale bar's unit: "miles".
    pub miles: &'a str,
    /// The names of the insets, in the order of the state's panels.
    pub insets: &'a [String],
}

/// The style of a map.
#[derive(Clone, Copy, Debug)]
pub struct MapStyle<'a> {
    /// Its colors.
    pub palette: &'a Palette,
    /// How much larger text and marks are than usual.
    pub scale: f32,
}

/// Lines may deviate by this much, in points: less than half of the outline's width, or the size of a dot from a
/// 300-dpi printer.
const TOLERANCE: f64 = 0.28;
/// Islands smaller than this are left out, in square points: their outline would be a blot.
const SPECK: f64 = 0.5;
/// Widths of lines, in points.
const OUTLINE: f32 = 0.7;
const COUNTY_LINE: f32 = 0.35;
const FRAME: f32 = 0.5;
/// Between the map and its legend, in points.
const LEGEND_GAP: f32 = 5.0;

/// What the map shows.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The state's lines.
    pub plane: &'a Plane,
    /// By population, largest first; the map names those that there is room for.
    pub cities: &'a [City],
    /// Always named, with a star.
    pub capital: Option<&'a City>,
    /// Always named: those in the caption.
    pub named: &'a [City],
}

/// The map of a state with its shading, `size` points wide and high: the state as large as possible above the legend.
pub fn draw(
    subject: Subject<'_>,
    shading: &Shading,
    size: (f32, f32),
    words: &MapWords<'_>,
    style: MapStyle<'_>,
    faces: &Faces,
) -> Drawing {
    let (width, height) = size;
    let legend = Legend::of(words, !shading.bands.is_empty(), width, style, faces);
    let legend_top = height - legend.height();
    let area = Area {
        left: FRAME / 2.0,
        top: FRAME / 2.0,
        right: width - FRAME / 2.0,
        bottom: legend_top - LEGEND_GAP,
    };
    let names: Vec<f32> = words
        .insets
        .iter()
        .map(|name| legend.width_of(name))
        .collect();
    let panels = panels::arrange(subject.plane, &area, style.scale, &names);
    let outlines: Vec<Vec<Vec<Point>>> = panels
        .iter()
        .map(|placed| drawn_rings(subject.plane, placed))
        .collect();
    let cities = cities::place_all(&subject, &panels, &outlines, style, faces);
    let map = Map {
        plane: subject.plane,
        shading,
        cities: &cities,
        palette: style.palette,
    };
    let mut marks = Vec::new();
    for (index, (placed, outline)) in panels.iter().zip(&outlines).enumerate() {
        marks.push(Mark::Clip {
            subpaths: vec![closed(corners(&placed.area))],
            marks: map.panel(placed, outline),
        });
        marks.push(Mark::Path {
            subpaths: vec![closed(corners(&placed.area))],
            fill: None,
            stroke: Some(Stroke {
                colour: style.palette.county_line,
                width: FRAME,
            }),
        });
        if let Some(name) = index
            .checked_sub(1)
            .and_then(|inset| words.insets.get(inset))
        {
            marks.push(legend.inset_name(name, &placed.area));
        }
        if placed.has_own_scale {
            legend.inset_scale(words.miles, &placed.area, placed.view.scale, &mut marks);
        }
    }
    marks.extend(cities.marks);
    let scale = panels.first().map_or(0.0, |main| main.view.scale);
    marks.extend(legend.marks(legend_top, scale));
    Drawing {
        width,
        height,
        marks,
    }
}

/// What all panels share.
struct Map<'a> {
    plane: &'a Plane,
    shading: &'a Shading,
    cities: &'a Cities,
    palette: &'a Palette,
}

impl Map<'_> {
    /// What is visible in a panel, to be clipped to it.
    fn panel(&self, placed: &Placed<'_>, outline: &[Vec<Point>]) -> Vec<Mark> {
        let Placed { area, view, .. } = placed;
        let palette = self.palette;
        let mut land = vec![filled(vec![closed(corners(area))], palette.land)];
        land.extend(self.shading.bands.iter().map(|band| {
            let rings = band.rings.iter().map(|ring| {
                // Simplified already.
                closed(ring.iter().map(|&point| view.at(point)).collect())
            });
            filled(rings.collect(), palette.of_level(band.level))
        }));
        land.extend(ground::lakes(&self.plane.surroundings, view, area, palette));
        let outline_paths = || -> Vec<Subpath> { outline.iter().cloned().map(closed).collect() };
        let line = |subpaths, colour, width| Mark::Path {
            subpaths,
            fill: None,
            stroke: Some(Stroke { colour, width }),
        };
        let mut marks = ground::water(area, palette);
        // Where an inset of other states is on the plane, there is actually other land.
        if placed.panel.states.is_none() {
            marks.extend(ground::land(&self.plane.surroundings, view, area, palette));
        }
        marks.push(Mark::Clip {
            subpaths: outline_paths(),
            marks: land,
        });
        marks.push(line(outline_paths(), palette.outline, OUTLINE));
        // Over the outline, which is dark and would run through the letters; under the pale lines of counties, which
        // don't obscure names.
        marks.extend(self.cities.halos.iter().cloned());
        let counties = county_lines(self.plane, view, area);
        marks.push(line(counties, palette.county_line, COUNTY_LINE));
        marks
    }
}

/// A panel's rings converted from kilometers to points, and simplified. Specks are left out, but never the largest
/// ring, which is first.
fn drawn_rings(plane: &Plane, placed: &Placed<'_>) -> Vec<Vec<Point>> {
    let rings = placed.panel.rings.iter();
    rings
        .map(|&index| -> Vec<(f64, f64)> {
            let ring = plane.outline[index].iter();
            ring.map(|&point| placed.view.exactly_at(point)).collect()
        })
        .enumerate()
        .filter(|(index, ring)| *index == 0 || ring_area(ring) >= SPECK)
        .map(|(_, ring)| simplified_ring(&ring, TOLERANCE))
        .filter(|ring| ring.len() >= 3)
        .map(|ring| ring.into_iter().map(to_point).collect())
        .collect()
}

fn county_lines(plane: &Plane, view: &View, area: &Area) -> Vec<Subpath> {
    let area = area.shrunk(-1.0);
    let drawn = |line: &Vec<(f64, f64)>| {
        let line: Vec<(f64, f64)> = line.iter().map(|&point| view.exactly_at(point)).collect();
        let line = simplified_line(&line, TOLERANCE).into_iter().map(to_point);
        let points: Vec<Point> = line.collect();
        let mut steps = points.windows(2);
        let is_seen = steps.any(|step| area.is_crossed_by(step[0], step[1]));
        is_seen.then_some(Subpath {
            points,
            closed: false,
        })
    };
    plane.county_lines.iter().filter_map(drawn).collect()
}

fn to_point((x, y): (f64, f64)) -> Point {
    (x as f32, y as f32)
}

fn corners(area: &Area) -> Vec<Point> {
    vec![
        (area.left, area.top),
        (area.right, area.top),
        (area.right, area.bottom),
        (area.left, area.bottom),
    ]
}

fn closed(points: Vec<Point>) -> Subpath {
    Subpath {
        points,
        closed: true,
    }
}

fn filled(subpaths: Vec<Subpath>, colour: Colour) -> Mark {
    Mark::Path {
        subpaths,
        fill: Some(colour),
        stroke: None,
    }
}
