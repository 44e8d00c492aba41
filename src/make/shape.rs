//! Which arrangement of a sheet suits a state's shape.

use crate::geo::Plane;
use crate::heat::Frame;
use crate::protect::Published;
use crate::sheet::Shape;

/// From this ratio of width to height on, a state is low, and wide.
const LOW: f64 = 1.25;
const WIDE: f64 = 2.4;

/// The shape of a state's sheet.
pub(super) fn of(published: &Published) -> Shape {
    match Frame::around(&Plane::shared(published.state).outline).aspect() {
        aspect if aspect >= WIDE => Shape::Wide,
        aspect if aspect >= LOW && lists_leave_room(published, aspect) => Shape::Low,
        _ => Shape::Compact,
    }
}

/// Whether the venues can stand under the map of a state so much wider than high without making the
/// map much lower than its column is wide.
fn lists_leave_room(published: &Published, aspect: f64) -> bool {
    /// Height that a map and the lists have on letter paper, and the map's width, in points.
    const BOTH: f64 = 380.0;
    const MAP_WIDTH: f64 = 307.0;
    /// What a list takes in itself, and each of its lines.
    const LIST: f64 = 36.0;
    const LINE: f64 = 17.0;
    /// The part of its height that the map must keep.
    const KEPT: f64 = 0.85;
    let lists: f64 = [&published.sex_venues, &published.labor_venues]
        .into_iter()
        .filter(|ranking| !ranking.listed.is_empty())
        .map(|ranking| {
            let lines = ranking.listed.len() + ranking.tied_at_cut.len().div_ceil(2);
            LIST + LINE * lines as f64
        })
        .sum();
    BOTH - lists >= KEPT * MAP_WIDTH / aspect
}
