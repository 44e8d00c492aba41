//! Geography.
/// A position in degrees, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    pub longitude: f64,
    pub latitude: f64,
}
