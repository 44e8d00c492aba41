//! The heat map's shading as it may be released: contour bands that don't show any single case.

use crate::geo::PublicPoint;

/// A closed ring of points in kilometers: x east, y north, in the state's own projection; the first point is not
/// repeated at the end.
pub type Ring = Vec<(f64, f64)>;

/// The heat map's bands, from weakest to strongest. A stronger band is inside the weaker ones, except for a hair
/// where their lines coincide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shading {
    /// Rings to fill together (even-odd) for each band; fewer bands, or none, if there are few cases.
    pub bands: Vec<Band>,
    /// The cities where shading is strongest, strongest first, at most three; empty without shading.
    pub strongest: Vec<PublicPoint>,
    /// How far the kernel reaches, in kilometers.
    pub reach_km: f64,
}

/// The area of the map where the density of cases reaches a level and enough cases are near.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// 1 (weakest) to [`BANDS`] (strongest).
    pub level: u8,
    pub rings: Vec<Ring>,
}

/// The maximum number of bands on a map.
pub const BANDS: u8 = 5;
