//! The heat map's shading as it may be released: contour bands, with no case behind them visible.

use crate::geo::PublicPoint;

/// A closed ring of points in kilometres: x east, y north, in the state's own projection; the first
/// point is not repeated at the end.
pub type Ring = Vec<(f64, f64)>;

/// The heat map's bands, from weakest to strongest; a stronger band is inside the weaker ones, but
/// for a hair where their lines coincide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shading {
    /// Rings to fill together (even-odd) per band; fewer bands, or none, if few cases are there.
    pub bands: Vec<Band>,
    /// The cities where shading is strongest, strongest first, at most three; empty without shading.
    pub strongest: Vec<PublicPoint>,
    /// How far the kernel reaches, in kilometres.
    pub reach_km: f64,
}

/// The area of the map where the density of cases reaches a level and enough cases are near.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// 1 (weakest) to [`BANDS`] (strongest).
    pub level: u8,
    pub rings: Vec<Ring>,
}

/// How many bands a map has at most.
pub const BANDS: u8 = 5;
