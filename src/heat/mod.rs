//! The heat map's numbers: where cases are dense, as contour bands.

mod shading;

pub use shading::{BANDS, Band, Ring, Shading, Zone};
