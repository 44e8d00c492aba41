//! A state's outline in bands between parallels, to tell which coordinates are in the state without looking at all of
//! its thousands of edges.

use std::sync::OnceLock;

use super::boundaries::{crosses_east_of, edges, square_to_edge};
use super::{EARTH_RADIUS_KM, LonLat, land};
use crate::jurisdiction::{COUNT, Jurisdiction};

/// The edges of an outline, by the bands of latitude that they cross.
pub(super) struct Outline {
    /// The latitude where the first band begins.
    south: f64,
    /// For each band, where its edges begin; one more for the end.
    starts: Vec<usize>,
    /// Band after band; an edge is in each band that it crosses.
    edges: Vec<[LonLat; 2]>,
}

/// Height of a band in degrees, about 5.6 km: an edge nearer than [`MARGIN_KM`] is in the band of a point or in one
/// next to it.
const BAND: f64 = 0.05;
/// How far outside its outline, or from one of its places, a coordinate still counts as in the state.
pub(super) const MARGIN_KM: f64 = 5.0;

const _: () = assert!(BAND * EARTH_RADIUS_KM * std::f64::consts::PI / 180.0 > MARGIN_KM);

impl Outline {
    /// The state's outline, read only once.
    pub(super) fn shared(state: Jurisdiction) -> &'static Outline {
        static READ: [OnceLock<Outline>; COUNT] = [const { OnceLock::new() }; COUNT];
        READ[state.index()].get_or_init(|| Outline::of(&land::outline_of(state)))
    }

    /// From closed rings.
    fn of(rings: &[Vec<LonLat>]) -> Outline {
        let latitudes = rings.iter().flatten().map(|corner| corner.latitude);
        let south = latitudes.fold(f64::INFINITY, f64::min);
        let mut of_bands: Vec<Vec<[LonLat; 2]>> = Vec::new();
        for [a, b] in edges(rings) {
            let (low, high) = match a.latitude < b.latitude {
                true => (a.latitude, b.latitude),
                false => (b.latitude, a.latitude),
            };
            for band in band_of(low, south)..=band_of(high, south) {
                let band = band as usize;
                if of_bands.len() <= band {
                    of_bands.resize_with(band + 1, Vec::new);
                }
                of_bands[band].push([a, b]);
            }
        }
        let mut starts = vec![0];
        starts.extend(of_bands.iter().scan(0, |end, band| {
            *end += band.len();
            Some(*end)
        }));
        Outline {
            south,
            starts,
            edges: of_bands.concat(),
        }
    }

    /// Whether the point is inside, by the even-odd rule, or at most [`MARGIN_KM`] from the nearest edge.
    pub(super) fn holds(&self, point: LonLat) -> bool {
        self.contains(point) || self.is_near(point)
    }

    fn contains(&self, point: LonLat) -> bool {
        let edges = self.of_band(band_of(point.latitude, self.south)).iter();
        let crossed = edges.filter(|edge| crosses_east_of(**edge, point));
        crossed.count() % 2 == 1
    }

    fn is_near(&self, point: LonLat) -> bool {
        let per_degree = EARTH_RADIUS_KM.to_radians();
        let cosine = libm::cos(point.latitude.to_radians());
        let band = band_of(point.latitude, self.south);
        let edges = [-1, 0, 1]
            .into_iter()
            .flat_map(|step| self.of_band(band.saturating_add(step)));
        let mut km = edges.map(|edge| per_degree * square_to_edge(*edge, point, cosine).sqrt());
        km.any(|km| km <= MARGIN_KM)
    }

    /// The edges that cross a band; none if the outline has no such band.
    fn of_band(&self, band: i64) -> &[[LonLat; 2]] {
        let starts = usize::try_from(band)
            .ok()
            .and_then(|band| self.starts.get(band..band + 2));
        match starts {
            Some(starts) => &self.edges[starts[0]..starts[1]],
            None => &[],
        }
    }
}

/// The number of the band that a latitude is in. A higher latitude never has a lower number.
fn band_of(latitude: f64, south: f64) -> i64 {
    ((latitude - south) / BAND).floor() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Boundaries;
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn bands_give_the_same_answer_as_all_edges(
            state in 0..COUNT,
            corner in any::<proptest::sample::Index>(),
            (east, north) in (-0.2_f64..0.2, -0.2_f64..0.2),
        ) {
            let state = Jurisdiction::from_index(state);
            let boundaries = Boundaries::shared(state);
            let corners: Vec<&LonLat> = boundaries.outline.iter().flatten().collect();
            let corner = corner.get(&corners);
            // At a corner itself, in line with one, and anywhere near.
            for (east, north) in [(0.0, 0.0), (east, 0.0), (0.0, north), (east, north), (20.0 * east, 20.0 * north)] {
                let point = LonLat {
                    longitude: corner.longitude + east,
                    latitude: corner.latitude + north,
                };
                let outline = Outline::shared(state);
                prop_assert_eq!(outline.contains(point), boundaries.contains(point));
                prop_assert_eq!(outline.is_near(point), boundaries.km_to_outline(point) <= MARGIN_KM);
            }
        }
    }

    #[test]
    fn coordinates_far_from_all_bands_are_outside() {
        let state = Jurisdiction::from_code("NM").unwrap();
        for (longitude, latitude) in [(-106.0, 90.0), (-106.0, -90.0), (-106.0, 20.0), (0.0, 34.0)]
        {
            let point = LonLat {
                longitude,
                latitude,
            };
            assert!(!Outline::shared(state).holds(point));
        }
    }
}
