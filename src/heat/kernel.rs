//! The kernel: how far a case reaches on the map, and how its weight decreases.

use super::frame::{Frame, area};

/// Reach as a fraction of the side of a square as large as the state's land.
const PART_OF_LAND: f64 = 0.15;
/// Minimum reach, as a fraction of the map's longer side: on scattered islands, less would be invisible on paper.
const LEAST_PART_OF_MAP: f64 = 0.035;

/// How far the kernel reaches, in kilometers: 15 % of the square root of the state's land area, and at least 3.5 % of
/// the longer side of its map. New Mexico: 84 km.
pub(super) fn reach_km(outline: &[Vec<(f64, f64)>], frame: &Frame) -> f64 {
    let from_land = PART_OF_LAND * area(outline).sqrt();
    from_land.max(LEAST_PART_OF_MAP * frame.long_side())
}

/// The quartic (biweight) kernel, 1 at the case and 0 from the reach on, as a function of the squared distance in
/// units of the reach: (1 − u²)². B. W. Silverman, *Density Estimation for Statistics and Data Analysis* (1986),
/// equation 4.5, without the factor that makes its volume 1, because the bands are relative to the peak.
pub(super) fn quartic(squared: f64) -> f64 {
    let rest = (1.0 - squared).max(0.0);
    rest * rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Plane;
    use crate::jurisdiction::Jurisdiction;

    #[test]
    fn the_kernel_falls_from_one_to_zero_at_the_reach() {
        assert_eq!(quartic(0.0), 1.0);
        assert_eq!(quartic(0.25), 0.5625);
        assert_eq!(quartic(1.0), 0.0);
        assert_eq!(quartic(4.0), 0.0);
    }

    /// The grid has a fixed number of cells per reach, so this limits its size too.
    #[test]
    fn the_reach_is_a_reasonable_part_of_every_map() {
        for state in Jurisdiction::all() {
            let outline = &Plane::shared(state).outline;
            let frame = Frame::around(outline);
            let part = reach_km(outline, &frame) / frame.long_side();
            assert!((0.035..=0.15).contains(&part), "{state}: {part}");
        }
    }
}
