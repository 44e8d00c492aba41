//! Where things are: outlines of the 56 jurisdictions, coordinates of their places, and a flat map
//! of each.
//!
//! The data are in `input/geo`, with sources and licenses. They are built into the binary with one file per state, so
//! that a sheet only needs to read one state.

mod compass;
mod embedded;
mod far;
mod insets;
mod land;
mod nearest;
mod outline;
mod place_names;
mod place_table;
mod rings;
mod spelling;
mod table;
mod words;

pub mod boundaries;
pub mod places;
pub mod plane;
pub mod projection;

pub use boundaries::{Boundaries, County};
pub use compass::{Whereabouts, Zone, whereabouts};
pub use land::Surroundings;
pub use places::{City, Gazetteer, PointKind, PublicPoint, as_city, capital, county, main_cities};
pub use plane::{Panel, Plane};
pub use projection::Projection;
pub use spelling::{repaired, state_of_zip};
pub use table::public_points;

/// Mean radius of the Earth in kilometers (IUGG: a third of twice the equatorial and once the polar axis of WGS 84).
/// Distances and projections treat the Earth as a sphere of this radius. The error, under 0.6 %, is invisible on a
/// map that fits a page.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A place on the Earth, in degrees (WGS 84); east and north are positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    /// East of Greenwich.
    pub longitude: f64,
    /// North of the equator.
    pub latitude: f64,
}

impl LonLat {
    /// Kilometers along the great circle, by the haversine formula, which is accurate for close places.
    pub fn distance_km(self, other: LonLat) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_north = libm::sin((to - from) / 2.0);
        let half_east = libm::sin((other.longitude - self.longitude).to_radians() / 2.0);
        let haversine =
            half_north * half_north + libm::cos(from) * libm::cos(to) * half_east * half_east;
        2.0 * EARTH_RADIUS_KM * libm::asin(haversine.sqrt().min(1.0))
    }

    /// Whether [`Self::distance_km`] is at most this much; for most close places, it isn't computed.
    pub fn is_within_km(self, other: LonLat, km: f64) -> bool {
        let east = (other.longitude - self.longitude) * libm::cos(self.latitude.to_radians());
        let north = other.latitude - self.latitude;
        // On a plane, with a margin of a tenth: that is more than the error of a plane over a few kilometers.
        let sure = 0.9 * km / EARTH_RADIUS_KM.to_radians();
        let is_polar = self.latitude.abs() > 85.0;
        (!is_polar && east * east + north * north <= sure * sure) || self.distance_km(other) <= km
    }
}

/// The same angle between −180 and 180 degrees.
fn normalized_degrees(degrees: f64) -> f64 {
    if (-180.0..=180.0).contains(&degrees) {
        degrees
    } else {
        (degrees + 180.0).rem_euclid(360.0) - 180.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_great_circles_and_cross_the_date_line() {
        let at = |longitude, latitude| LonLat {
            longitude,
            latitude,
        };
        // One degree of a great circle is 2πR/360.
        assert!((at(0.0, 0.0).distance_km(at(1.0, 0.0)) - 111.195).abs() < 0.001);
        assert!((at(179.5, 0.0).distance_km(at(-179.5, 0.0)) - 111.195).abs() < 0.001);
        assert!((at(0.0, 0.0).distance_km(at(180.0, 0.0)) - 20015.1).abs() < 0.1);
    }

    #[test]
    fn angles_are_normalized() {
        assert_eq!(normalized_degrees(190.0), -170.0);
        assert_eq!(normalized_degrees(-190.0), 170.0);
        assert_eq!(normalized_degrees(-180.0), -180.0);
        assert_eq!(normalized_degrees(540.0), -180.0);
    }
}
