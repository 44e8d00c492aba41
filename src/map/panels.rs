//! Where the parts of a state are in the drawing: the main panel and its insets.

use super::view::{Area, View};
use crate::drawing::Point;
use crate::geo::{Panel, Plane};
use crate::heat::Frame;

/// Between the land and the edge of its panel, in points.
const PAD: f32 = 9.0;
/// Between an inset and what it must not cover, in points.
const CLEAR: f32 = 5.0;
/// Between the land and the edge of an inset, if there are many insets, in points.
const SMALL_PAD: f32 = 4.0;
/// Minimum width of an inset with a scale bar, in points, so that there is room for the bar; any inset is at least
/// this high.
const LEAST: (f32, f32) = (88.0, 40.0);
/// Space above the land of an inset for its name, and below it for its scale, in points.
const NAME_ROOM: f32 = 13.0;
const SCALE_ROOM: f32 = 16.0;
/// Side of the squares in which the positions of land are recorded, in points.
const SQUARE: f32 = 5.0;
/// How much the main panel's land makes room for insets, step by step.
const STEPS: [f32; 9] = [1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.62, 0.54, 0.46];

/// How much larger the insets on a map of several states may be if there is room.
const GROWTHS: [f64; 3] = [1.8, 1.35, 1.0];

/// An inset that belongs to a side is within this fraction of the space from that side.
const OWN_SIDE: f32 = 0.6;

/// Where an inset belongs.
#[derive(Clone, Copy)]
enum Side {
    Either,
    West,
    East,
}

fn side_of(inset: &Panel) -> Side {
    match inset.states {
        None => Side::Either,
        Some((_, false)) => Side::West,
        Some((_, true)) => Side::East,
    }
}

/// A panel in its position.
pub(super) struct Placed<'a> {
    pub(super) panel: &'a Panel,
    pub(super) area: Area,
    pub(super) view: View,
    /// Whether it has a scale bar, because its scale differs from the main panel's.
    pub(super) has_own_scale: bool,
    /// The part of the plane that it shows.
    frame: Frame,
}

/// A place may be this far outside the lines of the island that it is on, in kilometers.
const OFFSHORE: f64 = 15.0;

impl Placed<'_> {
    /// Whether a point on the plane may be on what it shows.
    pub(super) fn may_hold(&self, (x, y): (f64, f64)) -> bool {
        let Frame {
            west,
            east,
            south,
            north,
        } = self.frame;
        (west - OFFSHORE..=east + OFFSHORE).contains(&x)
            && (south - OFFSHORE..=north + OFFSHORE).contains(&y)
    }
}

/// The ratio of width to height that a state's map needs: that of its main panel, within what neighbors and insets
/// can fill.
pub fn aspect(plane: &Plane) -> f64 {
    let Some(main) = plane.panels.first() else {
        return 1.0;
    };
    let aspect = Frame::around(&rings_of(plane, main)).aspect();
    match plane.panels.len() {
        1 => aspect,
        _ => aspect.clamp(0.75, 1.7),
    }
}

fn rings_of(plane: &Plane, panel: &Panel) -> Vec<Vec<(f64, f64)>> {
    let rings = panel.rings.iter();
    rings.map(|&index| plane.outline[index].clone()).collect()
}

/// The panels of a state in an area: the main one over all of it, and the insets where it has no land, in the nearest
/// free corner. `scale` is how much larger marks and text are than usual, and `names` how wide the insets' names are.
pub(super) fn arrange<'a>(
    plane: &'a Plane,
    area: &Area,
    scale: f32,
    names: &[f32],
) -> Vec<Placed<'a>> {
    let Some((main, insets)) = plane.panels.split_first() else {
        return Vec::new();
    };
    let rings = rings_of(plane, main);
    let frame = Frame::around(&rings);
    let inner = area.shrunk(
        (PAD * scale)
            .min(area.width() / 8.0)
            .min(area.height() / 8.0),
    );
    let most = View::of(&frame, &inner);
    let placed = |view| Placed {
        panel: main,
        area: *area,
        view,
        has_own_scale: false,
        frame,
    };
    if insets.is_empty() || area.width() <= 0.0 || area.height() <= 0.0 {
        return vec![placed(most)];
    }
    let is_small = insets.iter().any(|inset| inset.states.is_some());
    let growths = if is_small { &GROWTHS[..] } else { &[1.0] };
    let insets: Vec<(&Panel, Frame)> = insets
        .iter()
        .map(|inset| (inset, Frame::around(&rings_of(plane, inset))))
        .collect();
    for step in STEPS {
        // The positions of land don't depend on the size of the insets.
        let mut lands: [Option<Taken>; ANCHORS.len()] = Default::default();
        for (growth, at) in growths
            .iter()
            .flat_map(|growth| (0..ANCHORS.len()).map(move |at| (growth, at)))
        {
            let view = most.smaller(step, &frame, &inner, ANCHORS[at]);
            let land = lands[at].get_or_insert_with(|| Taken::of(&rings, &view, area));
            let mut taken = land.clone();
            let mut all = vec![placed(view)];
            for (index, &(inset, frame)) in insets.iter().enumerate() {
                let box_of = InsetBox::of(
                    inset,
                    &frame,
                    growth * view.scale,
                    names.get(index).copied().unwrap_or(0.0),
                    scale,
                );
                let Some((left, top)) = taken.free(box_of.size, area, scale, side_of(inset)) else {
                    break;
                };
                let place = Area {
                    left,
                    top,
                    right: left + box_of.size.0,
                    bottom: top + box_of.size.1,
                };
                taken.take(&place, area);
                all.push(box_of.placed(inset, frame, place));
            }
            if all.len() == plane.panels.len() {
                return all;
            }
        }
    }
    // Too little room for any inset: only the main panel.
    vec![placed(most)]
}

/// The space that an inset needs, in points.
struct InsetBox {
    size: (f32, f32),
    /// Points per kilometer on the plane.
    ratio: f64,
    /// Above its land for its name, and below it for its scale bar.
    above: f32,
    below: f32,
    has_own_scale: bool,
}

impl InsetBox {
    fn of(inset: &Panel, frame: &Frame, main: f64, name: f32, scale: f32) -> InsetBox {
        let ratio = main * inset.scale;
        let is_small = inset.states.is_some();
        let has_own_scale = inset.scale != 1.0;
        let pad = if is_small { SMALL_PAD } else { PAD } * scale;
        let below = if has_own_scale {
            SCALE_ROOM * scale
        } else {
            pad
        };
        let above = NAME_ROOM * scale;
        let room_for_name = name + 2.0 * SMALL_PAD * scale;
        let (least_width, least_height) = match (is_small, has_own_scale) {
            (true, _) => (room_for_name, 0.0),
            (false, true) => (room_for_name.max(LEAST.0 * scale), LEAST.1 * scale),
            (false, false) => (room_for_name, LEAST.1 * scale),
        };
        let width = (frame.width() * ratio) as f32 + 2.0 * pad;
        let height = (frame.height() * ratio) as f32 + above + below;
        InsetBox {
            size: (width.max(least_width), height.max(least_height)),
            ratio,
            above,
            below,
            has_own_scale,
        }
    }

    fn placed<'a>(&self, panel: &'a Panel, frame: Frame, area: Area) -> Placed<'a> {
        let room = Area {
            top: area.top + self.above,
            bottom: area.bottom - self.below,
            ..area
        };
        Placed {
            panel,
            area,
            view: View::with_scale(&frame, &room, self.ratio),
            has_own_scale: self.has_own_scale,
            frame,
        }
    }
}

/// The position of smaller land in its panel, as fractions of the remaining space: across and down.
const ANCHORS: [(f32, f32); 7] = [
    (0.5, 0.5),
    (1.0, 0.0),
    (1.0, 0.5),
    (0.5, 0.0),
    (0.0, 0.0),
    (0.5, 1.0),
    (1.0, 1.0),
];

/// Which squares of the drawing have land or an inset.
#[derive(Clone)]
struct Taken {
    columns: usize,
    rows: usize,
    is_taken: Vec<bool>,
}

impl Taken {
    fn of(rings: &[Vec<(f64, f64)>], view: &View, area: &Area) -> Taken {
        let count = |length: f32| ((length / SQUARE).ceil().clamp(1.0, 400.0)) as usize;
        let (columns, rows) = (count(area.width()), count(area.height()));
        let mut taken = Taken {
            columns,
            rows,
            is_taken: vec![false; columns * rows],
        };
        let drawn: Vec<Vec<Point>> = rings
            .iter()
            .map(|ring| ring.iter().map(|&point| view.at(point)).collect())
            .collect();
        for row in 0..rows {
            let y = area.top + (row as f32 + 0.5) * SQUARE;
            let edges = drawn
                .iter()
                .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
            let mut shores: Vec<f32> = edges
                .filter(|(a, b)| (a.1 > y) != (b.1 > y))
                .map(|(a, b)| a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
                .collect();
            shores.sort_by(f32::total_cmp);
            for pair in shores.chunks_exact(2) {
                let column = |x: f32| ((x - area.left) / SQUARE).floor().max(0.0) as usize;
                for column in column(pair[0])..=column(pair[1]).min(columns - 1) {
                    taken.is_taken[row * columns + column] = true;
                }
            }
        }
        for &(x, y) in drawn.iter().flatten() {
            let (x, y) = ((x - area.left) / SQUARE, (y - area.top) / SQUARE);
            if x >= 0.0 && y >= 0.0 && (x as usize) < columns && (y as usize) < rows {
                taken.is_taken[y as usize * columns + x as usize] = true;
            }
        }
        taken
    }

    fn squares(&self, place: &Area, area: &Area) -> Option<(usize, usize, usize, usize)> {
        let first = |length: f32| (length / SQUARE).floor().max(0.0) as usize;
        let last =
            |length: f32, count: usize| ((length / SQUARE).ceil().max(0.0) as usize).min(count);
        let squares = (
            first(place.left - area.left),
            last(place.right - area.left, self.columns),
            first(place.top - area.top),
            last(place.bottom - area.top, self.rows),
        );
        (squares.0 < squares.1 && squares.2 < squares.3).then_some(squares)
    }

    fn take(&mut self, place: &Area, area: &Area) {
        if let Some((left, right, top, bottom)) = self.squares(place, area) {
            for row in top..bottom {
                self.is_taken[row * self.columns + left..row * self.columns + right].fill(true);
            }
        }
    }

    /// The top left corner of a free place of a given size, as near to a corner of the area as possible.
    fn free(&self, size: (f32, f32), area: &Area, scale: f32, side: Side) -> Option<Point> {
        let room = (area.width() - size.0, area.height() - size.1);
        if room.0 < 0.0 || room.1 < 0.0 {
            return None;
        }
        let steps = |room: f32| (room / SQUARE).floor() as usize;
        let mut best: Option<(f32, Point)> = None;
        for row in 0..=steps(room.1) {
            for column in 0..=steps(room.0) {
                let at = |step: usize, steps: usize, room: f32| match step == steps {
                    true => room,
                    false => step as f32 * SQUARE,
                };
                let (x, y) = (
                    at(column, steps(room.0), room.0),
                    at(row, steps(room.1), room.1),
                );
                // Lower corners first, where readers expect insets.
                let across = match side {
                    Side::Either => x.min(room.0 - x),
                    Side::West => x,
                    Side::East => room.0 - x,
                };
                // Hawaii must not seem to be next to Florida.
                if !matches!(side, Side::Either) && across > OWN_SIDE * room.0 {
                    continue;
                }
                let off = across + (room.1 - y).min(y + 0.4 * area.height());
                if best.is_some_and(|(least, _)| least <= off) {
                    continue;
                }
                let place = Area {
                    left: area.left + x - CLEAR * scale,
                    top: area.top + y - CLEAR * scale,
                    right: area.left + x + size.0 + CLEAR * scale,
                    bottom: area.top + y + size.1 + CLEAR * scale,
                };
                let is_free =
                    self.squares(&place, area)
                        .is_some_and(|(left, right, top, bottom)| {
                            (top..bottom).all(|row| {
                                !self.is_taken
                                    [row * self.columns + left..row * self.columns + right]
                                    .contains(&true)
                            })
                        });
                if is_free {
                    best = Some((off, (area.left + x, area.top + y)));
                }
            }
        }
        best.map(|(_, corner)| corner)
    }
}
