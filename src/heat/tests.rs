//! Properties of the whole shading.

use proptest::prelude::*;

use super::*;
use crate::geo::{Boundaries, Gazetteer};
use crate::jurisdiction::Jurisdiction;
use crate::simplify::distance_to;

#[derive(Debug)]
struct Map {
    plane: &'static Plane,
    gazetteer: &'static Gazetteer,
}

impl Map {
    fn of(code: &str) -> Map {
        let state = Jurisdiction::from_code(code).unwrap();
        Map {
            plane: Plane::shared(state),
            gazetteer: Gazetteer::shared(state),
        }
    }

    /// A number of cases in a city.
    fn cases(&self, city: &str, cases: u64) -> Weight {
        let point = self.gazetteer.city(city).unwrap();
        Weight { point, cases }
    }

    fn shade(&self, weights: &[Weight]) -> Shading {
        shade(weights, self.plane)
    }

    fn at(&self, weight: &Weight) -> (f64, f64) {
        self.plane.projection.project(weight.point.position())
    }
}

/// Even-odd rule.
fn is_inside(rings: &[super::shading::Ring], (x, y): (f64, f64)) -> bool {
    let crossed = rings
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
        .count();
    crossed % 2 == 1
}

#[test]
fn a_single_place_has_all_bands() {
    let map = Map::of("NM");
    let shading = map.shade(&[map.cases("Gallup", 5)]);
    assert_eq!(shading.bands.len(), 5);
    assert_eq!(shading.strongest, [map.cases("Gallup", 5).point]);
}

#[test]
fn any_input_works() {
    let map = Map::of("NM");
    assert!(map.shade(&[]).bands.is_empty());
    // Somewhere else, and more cases than there are people.
    let texas = Map::of("TX").cases("Houston", 9);
    assert!(map.shade(&[texas]).bands.is_empty());
    assert_eq!(map.shade(&[map.cases("Gallup", u64::MAX)]).bands.len(), 5);
    let nowhere = Boundaries::default();
    let shading = shade(&[map.cases("Gallup", 9)], &Plane::of(&nowhere));
    assert_eq!(shading, Shading::default());
}

#[test]
fn each_state_can_be_shaded() {
    for state in Jurisdiction::all() {
        let map = Map::of(state.code());
        let city = map.cases(&map.gazetteer.main_cities()[0].name, 6);
        let shading = map.shade(&[city]);
        assert_eq!(shading.bands.len(), 5, "{state}");
        for band in &shading.bands {
            assert!(
                is_inside(&band.rings, map.at(&city)),
                "{state} {}",
                band.level
            );
        }
        assert_eq!(shading.strongest, [city.point], "{state}");
    }
}

#[test]
fn the_cities_at_the_peaks_are_named_in_order_and_not_their_suburbs() {
    let map = Map::of("NM");
    let strongest = |weights: &[Weight]| -> Vec<&str> {
        let cities = map.shade(weights).strongest;
        cities.iter().map(|city| city.plain_name()).collect()
    };
    let zip = |code: &str, cases| Weight {
        point: map.gazetteer.zip(code).unwrap(),
        cases,
    };
    let county = |name: &str, cases| Weight {
        point: map.gazetteer.county(name).unwrap(),
        cases,
    };
    let city = |name: &str, cases| map.cases(name, cases);
    let far = [
        city("Albuquerque", 14),
        city("Las Cruces", 7),
        city("Gallup", 5),
    ];
    assert_eq!(strongest(&far), ["Albuquerque", "Las Cruces", "Gallup"]);
    // Rio Rancho is part of the same peak; ZIP codes add up to their city, and a county is its largest city.
    let near = [
        zip("87102", 8),
        zip("87105", 8),
        city("Rio Rancho", 10),
        county("San Juan", 12),
    ];
    assert_eq!(strongest(&near), ["Albuquerque", "Farmington"]);
    // Shading weaker than the third band isn't strong.
    assert_eq!(
        strongest(&[city("Albuquerque", 50), city("Gallup", 9)]),
        ["Albuquerque"]
    );
    let four = ["Albuquerque", "Las Cruces", "Farmington", "Clovis"];
    let most: Vec<Weight> = (0..)
        .zip(four)
        .map(|(less, name)| city(name, 20 - less))
        .collect();
    assert_eq!(strongest(&most), four[..3]);
    assert_eq!(strongest(&[]), [""; 0]);
}

/// Numbers of cases at some of a state's ZIP codes and cities, each once.
fn anywhere() -> impl Strategy<Value = (Map, Vec<Weight>)> {
    let states = prop::sample::select(vec!["NM", "TX", "RI", "HI", "AK", "VI"]);
    let cases = prop_oneof![5..10_u64, 5..200_u64, 5..5000_u64];
    let weights = prop::collection::vec((any::<prop::sample::Index>(), cases), 0..12);
    (states, weights).prop_map(|(code, weights)| {
        let map = Map::of(code);
        let gazetteer = map.gazetteer;
        let zips = gazetteer.zip_codes().iter();
        let mut points: Vec<_> = zips.filter_map(|zip| gazetteer.zip(zip.code)).collect();
        let cities = gazetteer.main_cities().iter();
        points.extend(cities.filter_map(|city| gazetteer.city(&city.name)));
        let mut weights: Vec<Weight> = weights
            .into_iter()
            .map(|(index, cases)| Weight {
                point: points[index.index(points.len())],
                cases,
            })
            .collect();
        weights.sort_by_key(|weight| weight.point);
        weights.dedup_by_key(|weight| weight.point);
        (map, weights)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A point with the smallest number of cases that may be shown is visible beside one with thousands.
    #[test]
    fn every_point_has_color((map, weights) in anywhere()) {
        let shading = map.shade(&weights);
        for weight in &weights {
            prop_assert!(is_inside(&shading.bands[0].rings, map.at(weight)), "{weight:?}");
        }
    }

    #[test]
    fn only_proportions_matter_not_the_order((map, weights) in anywhere()) {
        let shading = map.shade(&weights);
        let mut other = weights.clone();
        other.reverse();
        other.iter_mut().for_each(|weight| weight.cases *= 4);
        prop_assert_eq!(map.shade(&other), shading);
    }

    #[test]
    fn no_shading_extends_beyond_the_reach_and_bands_are_nested((map, weights) in anywhere()) {
        let shading = map.shade(&weights);
        let at: Vec<_> = weights.iter().map(|weight| map.at(weight)).collect();
        for band in &shading.bands {
            for &(x, y) in band.rings.iter().flatten() {
                let is_near = |&(east, north): &(f64, f64)| {
                    libm::hypot(east - x, north - y) <= 1.13 * shading.reach_km
                };
                prop_assert!(at.iter().any(is_near));
            }
        }
        for pair in shading.bands.windows(2) {
            for &corner in pair[1].rings.iter().flatten() {
                // Because they are simplified separately, lines that nearly coincide may deviate by a hair.
                let hair = || pair[0].rings.iter().any(|ring| {
                    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
                    let mut distances = edges.map(|(&a, &b)| distance_to(corner, a, b));
                    distances.any(|km| km < 0.02 * shading.reach_km)
                });
                prop_assert!(is_inside(&pair[0].rings, corner) || hair());
            }
        }
    }
}
