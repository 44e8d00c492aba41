//! Which of several rings on the flat map a point belongs to.

/// The ring around a point or, if there is none, the ring with the edge nearest to it.
pub(super) fn nearest_ring(outline: &[Vec<(f64, f64)>], (x, y): (f64, f64)) -> Option<usize> {
    let distance = |ring: &Vec<(f64, f64)>| {
        let (mut is_inside, mut least) = (false, f64::MAX);
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0) {
                is_inside = !is_inside;
            }
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let square = dx * dx + dy * dy;
            let part = ((x - a.0) * dx + (y - a.1) * dy) / square;
            let part = if square > 0.0 {
                part.clamp(0.0, 1.0)
            } else {
                0.0
            };
            let (ex, ey) = (a.0 + part * dx - x, a.1 + part * dy - y);
            least = least.min(ex * ex + ey * ey);
        }
        if is_inside { 0.0 } else { least }
    };
    let rings = outline.iter().map(distance).enumerate();
    rings
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(index, _)| index)
}
