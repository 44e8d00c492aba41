//! A flat map of one state: Lambert's conformal conic projection, fitted to the state.
//!
//! It is conformal, so that a state keeps its shape and a circle (a kernel's reach) stays a circle. The formulas are
//! those for the sphere in J. P. Snyder, *Map Projections: A Working Manual* (U.S. Geological Survey Professional
//! Paper 1395, 1987), pages 104 to 107.

use super::far::FarPart;
use super::{Boundaries, EARTH_RADIUS_KM, LonLat, normalized_degrees};

/// Converts degrees to kilometers on the map and back: x to the east, y to the north, from an origin in the middle of
/// the state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    central_meridian: f64,
    /// Snyder's n: the fraction of a full turn that the unrolled cone takes. Negative in the south.
    cone: f64,
    /// Snyder's RF, in kilometers.
    scaled_radius: f64,
    /// Radius of the origin's parallel on the map, in kilometers.
    origin_radius: f64,
    /// Parts that are drawn elsewhere.
    moved: &'static [Moved],
}

/// A part as a map draws it: in its own projection, at another scale, somewhere else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moved {
    pub part: FarPart,
    pub projection: Projection,
    pub scale: f64,
    /// Where the origin of its own projection is placed, in kilometers of the map.
    pub origin: (f64, f64),
}

impl Moved {
    /// Where a place in the part is on the map; `None` for places elsewhere.
    pub(super) fn project(&self, place: LonLat) -> Option<(f64, f64)> {
        let (x, y) = self
            .part
            .holds(place)
            .then(|| self.projection.project(place))?;
        Some((
            self.origin.0 + self.scale * x,
            self.origin.1 + self.scale * y,
        ))
    }
}

/// At the equator, the cone would become a cylinder, for which these formulas don't work; this is the nearest
/// latitude that keeps all digits of a kilometer.
const SMALLEST_CONE: f64 = 1e-3;

/// The poles are at infinity or stretched along a line; no state is near them.
const HIGHEST_LATITUDE: f64 = 89.9;

impl Projection {
    /// The projection that suits a state: fitted to the rings that frame its map.
    pub fn for_boundaries(boundaries: &Boundaries) -> Projection {
        let points = || boundaries.frame_rings().into_iter().flatten();
        let (south, north) = points().fold((f64::INFINITY, f64::NEG_INFINITY), |span, point| {
            (span.0.min(point.latitude), span.1.max(point.latitude))
        });
        let middle = middle_longitude(points().map(|point| point.longitude).collect());
        if south <= north {
            Self::fitted(middle, south, north)
        } else {
            Self::fitted(0.0, 0.0, 0.0)
        }
    }

    /// Standard parallels a sixth of the span inside either edge, which distributes the error of scale evenly between
    /// the middle and the edges (the one-sixth rule of Deetz and Adams, quoted by Snyder).
    fn fitted(central_meridian: f64, south: f64, north: f64) -> Projection {
        let clamped = |latitude: f64| latitude.clamp(-HIGHEST_LATITUDE, HIGHEST_LATITUDE);
        let sixth = (north - south) / 6.0;
        let first = clamped(south + sixth).to_radians();
        let second = clamped(north - sixth).to_radians();
        // Equations 15-3 and, for one standard parallel, n = sin φ.
        let cone = if second - first < 1e-9 {
            libm::sin(first)
        } else {
            libm::log(libm::cos(first) / libm::cos(second))
                / libm::log(half_colatitude_cotangent(second) / half_colatitude_cotangent(first))
        };
        let cone = if cone.abs() < SMALLEST_CONE {
            SMALLEST_CONE
        } else {
            cone
        };
        // Equation 15-2.
        let scaled_radius =
            EARTH_RADIUS_KM * libm::cos(first) * libm::pow(half_colatitude_cotangent(first), cone)
                / cone;
        let mut projection = Projection {
            central_meridian,
            cone,
            scaled_radius,
            origin_radius: 0.0,
            moved: &[],
        };
        projection.origin_radius = projection.radius((south + north) / 2.0);
        projection
    }

    /// The same except for parts that are drawn elsewhere.
    pub(super) fn with_moved(self, moved: &'static [Moved]) -> Projection {
        Projection { moved, ..self }
    }

    /// Radius of a parallel on the map (equation 15-1), negative in the south like the cone.
    fn radius(&self, latitude: f64) -> f64 {
        let latitude = latitude.clamp(-HIGHEST_LATITUDE, HIGHEST_LATITUDE);
        self.scaled_radius / libm::pow(half_colatitude_cotangent(latitude.to_radians()), self.cone)
    }

    /// Where a place is on the map, in kilometers: (east, north) of the state's center.
    pub fn project(&self, place: LonLat) -> (f64, f64) {
        if let Some(at) = self.moved.iter().find_map(|moved| moved.project(place)) {
            return at;
        }
        let radius = self.radius(place.latitude);
        let turn =
            self.cone * normalized_degrees(place.longitude - self.central_meridian).to_radians();
        (
            radius * libm::sin(turn),
            self.origin_radius - radius * libm::cos(turn),
        )
    }

    /// The place at a point of the map (equations 14-9 to 14-11 and 15-5, page 107); the inverse of [`Self::project`]
    /// if nothing is drawn elsewhere.
    pub fn unproject(&self, (east, north): (f64, f64)) -> LonLat {
        let sign = self.cone.signum();
        let up = self.origin_radius - north;
        let radius = sign * libm::hypot(east, up);
        let turn = libm::atan2(sign * east, sign * up);
        let cotangent = libm::pow(self.scaled_radius / radius, 1.0 / self.cone);
        LonLat {
            longitude: normalized_degrees(self.central_meridian + (turn / self.cone).to_degrees()),
            latitude: (2.0 * libm::atan(cotangent)).to_degrees() - 90.0,
        }
    }
}

/// tan(π/4 + φ/2).
fn half_colatitude_cotangent(latitude: f64) -> f64 {
    libm::tan(std::f64::consts::FRAC_PI_4 + latitude / 2.0)
}

/// The middle of the shortest arc that contains all longitudes: opposite the middle of the widest gap between
/// neighbors, so that it works across the 180th meridian.
fn middle_longitude(mut longitudes: Vec<f64>) -> f64 {
    longitudes.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (longitudes.first(), longitudes.last()) else {
        return 0.0;
    };
    let mut widest = (first + 360.0 - last, first, last);
    for pair in longitudes.windows(2) {
        if pair[1] - pair[0] > widest.0 {
            // The arc runs from after the gap around to before it.
            widest = (pair[1] - pair[0], pair[1], pair[0] + 360.0);
        }
    }
    normalized_degrees((widest.1 + widest.2) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::Jurisdiction;

    fn of(code: &str) -> (Boundaries, Projection) {
        let boundaries = Boundaries::of(Jurisdiction::from_code(code).unwrap());
        let projection = Projection::for_boundaries(&boundaries);
        (boundaries, projection)
    }

    fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
        libm::hypot(a.0 - b.0, a.1 - b.1)
    }

    #[test]
    fn going_there_and_back_returns_each_corner_of_each_state() {
        for state in Jurisdiction::all() {
            let (boundaries, projection) = of(state.code());
            for &corner in boundaries.outline.iter().flatten() {
                let back = projection.unproject(projection.project(corner));
                assert!((back.latitude - corner.latitude).abs() < 1e-8, "{state}");
                let off = normalized_degrees(back.longitude - corner.longitude);
                assert!(off.abs() < 1e-8, "{state}: {corner:?} {back:?}");
            }
        }
    }

    /// Small steps from each framing corner, north and east: the map's scale is correct everywhere.
    #[test]
    fn the_scale_is_right_everywhere_in_each_state() {
        for state in Jurisdiction::all() {
            let (boundaries, projection) = of(state.code());
            let tolerance = if state.code() == "AK" { 0.02 } else { 0.01 };
            for &corner in boundaries.frame_rings().into_iter().flatten() {
                for (east, north) in [(0.01, 0.0), (0.0, 0.01), (-0.01, 0.01)] {
                    let other = LonLat {
                        longitude: corner.longitude + east,
                        latitude: corner.latitude + north,
                    };
                    let on_map = distance(projection.project(corner), projection.project(other));
                    let error = on_map / corner.distance_km(other) - 1.0;
                    assert!(error.abs() < tolerance, "{state}: {error} at {corner:?}");
                }
            }
        }
    }

    #[test]
    fn east_is_right_north_is_up_and_the_origin_is_in_the_middle() {
        for state in Jurisdiction::all() {
            let (boundaries, projection) = of(state.code());
            let middle = projection.unproject((0.0, 0.0));
            let step = |east: f64, north: f64| {
                projection.project(LonLat {
                    longitude: middle.longitude + east,
                    latitude: middle.latitude + north,
                })
            };
            assert!(
                step(0.1, 0.0).0 > 5.0 && step(0.1, 0.0).1.abs() < 0.1,
                "{state}"
            );
            assert!(
                step(0.0, 0.1).1 > 10.0 && step(0.0, 0.1).0.abs() < 1e-6,
                "{state}"
            );
            let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
            for &corner in boundaries.frame_rings().into_iter().flatten() {
                let (x, _) = projection.project(corner);
                (west, east) = (west.min(x), east.max(x));
            }
            assert!(west < 0.0 && east > 0.0, "{state}");
            assert!((west + east).abs() < 0.2 * (east - west), "{state}");
        }
    }

    #[test]
    fn alaska_is_in_one_piece() {
        let (boundaries, projection) = of("AK");
        let corners: Vec<(f64, f64)> = boundaries
            .outline
            .iter()
            .flatten()
            .map(|&corner| projection.project(corner))
            .collect();
        let span = |pick: fn(&(f64, f64)) -> f64| {
            let values = corners.iter().map(pick);
            values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
        };
        let (width, height) = (span(|p| p.0), span(|p| p.1));
        assert!((3000.0..4000.0).contains(&width), "{width}");
        assert!((1800.0..2800.0).contains(&height), "{height}");
        // Attu, east longitude, is west of Adak, west longitude.
        let x = |longitude| {
            projection
                .project(LonLat {
                    longitude,
                    latitude: 52.5,
                })
                .0
        };
        assert!(x(173.0) < x(-176.6));
    }

    #[test]
    fn the_equator_and_a_single_point_work() {
        for (south, north) in [(-5.0, 5.0), (0.0, 0.0), (13.4, 13.4), (-14.0, -14.0)] {
            let projection = Projection::fitted(170.0, south, north);
            let place = LonLat {
                longitude: -179.0,
                latitude: south - 1.0,
            };
            let (x, y) = projection.project(place);
            assert!(
                (x - 1223.0).abs() < 60.0 && (-1200.0..-80.0).contains(&y),
                "{x} {y}"
            );
            let back = projection.unproject((x, y));
            assert!((back.longitude - place.longitude).abs() < 1e-6, "{back:?}");
            assert!((back.latitude - place.latitude).abs() < 1e-6, "{back:?}");
        }
        let none = Boundaries::default();
        let origin = LonLat {
            longitude: 0.0,
            latitude: 0.0,
        };
        let (x, y) = Projection::for_boundaries(&none).project(origin);
        assert!(x.abs() < 1e-6 && y.abs() < 1e-6);
    }

    #[test]
    fn the_middle_longitude_is_found_across_the_date_line() {
        assert_eq!(middle_longitude(vec![-109.0, -103.0, -106.5]), -106.0);
        assert_eq!(middle_longitude(vec![170.0, -170.0, -150.0]), -170.0);
        assert_eq!(middle_longitude(vec![]), 0.0);
        assert_eq!(middle_longitude(vec![145.0]), 145.0);
    }
}
