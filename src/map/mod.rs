//! Draws the heat map of a state: land, shading, county lines, outline, main cities and a legend.

mod cities;
mod legend;
mod palette;
#[cfg(test)]
mod tests;
mod view;

use crate::drawing::{Colour, Drawing, Mark, Point, Stroke, Subpath};
use crate::geo::{City, Plane};
use crate::heat::{Frame, Shading, ring_area};
use crate::simplify::{simplified_line, simplified_ring};
use crate::text::Faces;

use legend::Legend;
pub use palette::Palette;
use view::{Area, View};

/// The words of the map, in the sheet's language.
#[derive(Clone, Copy, Debug)]
pub struct MapWords<'a> {
    /// At the pale end of the ramp: "Fewer cases".
    pub fewer: &'a str,
    /// At the dark end of the ramp: "More cases".
    pub more: &'a str,
    /// What land without shading means: "None, or too few to show".
    pub unshaded: &'a str,
    /// Instead of the ramp where nothing is shaded: "Too few cases to shade any area".
    pub none_shaded: &'a str,
    /// The scale bar's unit: "miles".
    pub miles: &'a str,
}

/// The look of a map.
#[derive(Clone, Copy, Debug)]
pub struct MapStyle<'a> {
    pub palette: &'a Palette,
    /// How much larger text and marks are than usual.
    pub scale: f32,
}

/// Lines may stray by this much, in points: less than half of the outline's width, and a dot of a
/// 300-dpi printer.
const TOLERANCE: f64 = 0.24;
/// Islands smaller than this are left out, in square points: their outline would be a blot.
const SPECK: f64 = 0.5;
/// Widths of lines, in points.
const OUTLINE: f32 = 0.7;
const COUNTY_LINE: f32 = 0.35;
/// Between the map and its legend, in points.
const LEGEND_GAP: f32 = 5.0;

/// What is mapped.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub plane: &'a Plane,
    /// By population, largest first; those that have room are named.
    pub cities: &'a [City],
}

/// The map of a state with its shading, `size` points wide and high: the state as large as it can be
/// above the legend.
pub fn draw(
    subject: Subject<'_>,
    shading: &Shading,
    size: (f32, f32),
    words: &MapWords,
    style: MapStyle<'_>,
    faces: &Faces,
) -> Drawing {
    let Subject { plane, cities } = subject;
    let (width, height) = size;
    let palette = style.palette;
    let legend = Legend::of(words, !shading.bands.is_empty(), width, style, faces);
    let legend_top = height - legend.height();
    let area = Area {
        left: 0.0,
        top: 0.0,
        right: width,
        bottom: legend_top - LEGEND_GAP,
    };
    let inside = Area {
        left: OUTLINE / 2.0,
        top: OUTLINE / 2.0,
        right: area.right - OUTLINE / 2.0,
        bottom: area.bottom - OUTLINE / 2.0,
    };
    let view = View::of(&Frame::around(&plane.outline), &inside);
    let outline = drawn_rings(&plane.outline, &view);

    let mut under_outline = vec![filled(vec![closed(corners(&area))], palette.land)];
    under_outline.extend(shading.bands.iter().map(|band| {
        let rings = band.rings.iter().map(|ring| {
            // Simplified already, within what disclosure control allows for.
            closed(ring.iter().map(|&point| view.at(point)).collect())
        });
        filled(rings.collect(), palette.of_level(band.level))
    }));
    under_outline.push(Mark::Path {
        subpaths: county_lines(plane, &view),
        fill: None,
        stroke: Some(Stroke {
            colour: palette.county_line,
            width: COUNTY_LINE,
        }),
    });
    let outline_paths = || outline.iter().cloned().map(closed).collect();
    let mut marks = vec![
        Mark::Clip {
            subpaths: outline_paths(),
            marks: under_outline,
        },
        Mark::Path {
            subpaths: outline_paths(),
            fill: None,
            stroke: Some(Stroke {
                colour: palette.outline,
                width: OUTLINE,
            }),
        },
    ];
    marks.extend(cities::marks(
        cities,
        &plane.projection,
        &view,
        &outline,
        &area,
        style,
        faces,
    ));
    marks.extend(legend.marks(legend_top, view.scale));
    Drawing {
        width,
        height,
        marks,
    }
}

/// Rings from kilometres to points, simplified; specks are left out, but never the largest ring, which
/// is the first.
fn drawn_rings(rings: &[Vec<(f64, f64)>], view: &View) -> Vec<Vec<Point>> {
    rings
        .iter()
        .map(|ring| {
            ring.iter()
                .map(|&point| view.exactly_at(point))
                .collect::<Vec<_>>()
        })
        .enumerate()
        .filter(|(index, ring)| *index == 0 || ring_area(ring) >= SPECK)
        .map(|(_, ring)| simplified_ring(&ring, TOLERANCE))
        .filter(|ring| ring.len() >= 3)
        .map(|ring| ring.into_iter().map(to_point).collect())
        .collect()
}

fn county_lines(plane: &Plane, view: &View) -> Vec<Subpath> {
    let drawn = |line: &Vec<(f64, f64)>| {
        let line: Vec<(f64, f64)> = line.iter().map(|&point| view.exactly_at(point)).collect();
        Subpath {
            points: simplified_line(&line, TOLERANCE)
                .into_iter()
                .map(to_point)
                .collect(),
            closed: false,
        }
    };
    plane.county_lines.iter().map(drawn).collect()
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
