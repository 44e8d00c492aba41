//! Properties of the whole shading: above all that it shows nothing where few cases lie.

use proptest::prelude::*;

use super::*;
use crate::geo::{Gazetteer, LonLat};
use crate::jurisdiction::Jurisdiction;
use crate::simplify::distance_to;

struct Map {
    boundaries: Boundaries,
    projection: Projection,
    gazetteer: Gazetteer,
}

impl Map {
    fn of(code: &str) -> Map {
        let state = Jurisdiction::from_code(code).unwrap();
        let boundaries = Boundaries::of(state);
        Map {
            projection: Projection::for_boundaries(&boundaries),
            gazetteer: Gazetteer::of(state),
            boundaries,
        }
    }

    /// A number of cases, numbered from `first`, in a city.
    fn cases(&self, city: &str, first: u32, count: u32) -> Vec<CasePoint> {
        let position = self.gazetteer.city(city).unwrap();
        (first..first + count)
            .map(|case| CasePoint { case, position })
            .collect()
    }

    fn shade(&self, points: &[CasePoint], min_cell: u64) -> Shading {
        shade(points, &self.boundaries, &self.projection, min_cell)
    }

    /// Distinct cases within a distance of a point, one by one.
    fn cases_within(&self, points: &[CasePoint], at: (f64, f64), reach_km: f64) -> u64 {
        let mut cases: Vec<u32> = points
            .iter()
            .filter(|point| {
                let (x, y) = self.projection.project(point.position);
                (x - at.0).hypot(y - at.1) <= reach_km
            })
            .map(|point| point.case)
            .collect();
        cases.sort_unstable();
        cases.dedup();
        cases.len() as u64
    }
}

/// Even-odd rule.
fn is_inside(rings: &[Ring], (x, y): (f64, f64)) -> bool {
    let crossed = rings
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
        .count();
    crossed % 2 == 1
}

#[test]
fn four_cases_in_one_spot_are_not_shaded_and_five_are() {
    let map = Map::of("NM");
    let shading = map.shade(&map.cases("Gallup", 0, 4), 5);
    assert!(shading.bands.is_empty() && shading.strongest.is_empty());
    let shading = map.shade(&map.cases("Gallup", 0, 5), 5);
    assert_eq!(shading.bands.len(), 5);
    assert_eq!(shading.strongest, [Zone::Northwest]);
}

#[test]
fn one_case_in_many_places_is_one_case() {
    let map = Map::of("NM");
    let mut points = map.cases("Gallup", 0, 4);
    let Some(&CasePoint { case, position }) = points.last() else {
        unreachable!()
    };
    points.extend((1..10).map(|step| CasePoint {
        case,
        position: LonLat {
            longitude: position.longitude + 0.01 * f64::from(step),
            ..position
        },
    }));
    assert!(map.shade(&points, 5).bands.is_empty());
    assert_eq!(map.shade(&points, 4).bands.len(), 5);
}

#[test]
fn a_place_with_few_cases_is_not_shaded_beside_one_with_many() {
    let map = Map::of("NM");
    let mut points = map.cases("Albuquerque", 0, 20);
    points.extend(map.cases("Roswell", 20, 4));
    let roswell = map.projection.project(points[20].position);
    assert!(!is_inside(&map.shade(&points, 5).bands[0].rings, roswell));
    assert!(is_inside(&map.shade(&points, 4).bands[0].rings, roswell));
    assert!(is_inside(&map.shade(&points, 0).bands[0].rings, roswell));
}

#[test]
fn the_limit_can_be_turned_off() {
    let map = Map::of("NM");
    assert_eq!(map.shade(&map.cases("Gallup", 0, 1), 0).bands.len(), 5);
    assert_eq!(map.shade(&map.cases("Gallup", 0, 1), 1).bands.len(), 5);
}

#[test]
fn no_input_is_trouble() {
    let map = Map::of("NM");
    assert!(map.shade(&[], 5).bands.is_empty());
    assert!(map.shade(&[], 0).bands.is_empty());
    let strange = [
        (f64::NAN, 35.0),
        (f64::INFINITY, 35.0),
        (-106.0, f64::NAN),
        (0.0, 0.0),
        (-106.0, 1e300),
    ]
    .map(|(longitude, latitude)| CasePoint {
        case: u32::MAX,
        position: LonLat {
            longitude,
            latitude,
        },
    });
    assert!(map.shade(&strange, 0).bands.is_empty());
    assert!(
        map.shade(&map.cases("Gallup", 0, 9), u64::MAX)
            .bands
            .is_empty()
    );
    let nowhere = Boundaries {
        outline: Vec::new(),
        county_lines: Vec::new(),
        counties: Vec::new(),
    };
    let projection = Projection::for_boundaries(&nowhere);
    let shading = shade(&map.cases("Gallup", 0, 9), &nowhere, &projection, 0);
    assert_eq!(shading, Shading::default());
}

#[test]
fn each_state_can_be_shaded() {
    for state in Jurisdiction::all() {
        let map = Map::of(state.code());
        let city = map.gazetteer.main_cities()[0].position;
        let points: Vec<CasePoint> = (0..6)
            .map(|case| CasePoint {
                case,
                position: city,
            })
            .collect();
        let shading = map.shade(&points, 5);
        assert_eq!(shading.bands.len(), 5, "{state}");
        let place = map.projection.project(city);
        for band in &shading.bands {
            assert!(is_inside(&band.rings, place), "{state} {}", band.level);
        }
        assert!((1..=3).contains(&shading.strongest.len()), "{state}");
    }
}

#[test]
fn the_caption_names_center_and_south_for_albuquerque_and_las_cruces() {
    let map = Map::of("NM");
    let mut points = Vec::new();
    for (city, count) in [
        ("Albuquerque", 14),
        ("Las Cruces", 7),
        ("Santa Fe", 4),
        ("Gallup", 3),
        ("Farmington", 2),
        ("Roswell", 2),
        ("Clovis", 2),
        ("Sunland Park", 2),
    ] {
        points.extend(map.cases(city, points.len() as u32, count));
    }
    assert_eq!(map.shade(&points, 5).strongest, [Zone::Center, Zone::South]);
}

/// Cases scattered round Albuquerque and over the state: (case, part of the way east, north).
fn scattered() -> impl Strategy<Value = Vec<CasePoint>> {
    let close = (0..30u32, -107.2..-106.0f64, 34.6..35.6f64);
    let far = (0..30u32, -109.0..-103.1f64, 31.4..36.9f64);
    prop::collection::vec(prop_oneof![close, far], 0..50).prop_map(|points| {
        points
            .into_iter()
            .map(|(case, longitude, latitude)| CasePoint {
                case,
                position: LonLat {
                    longitude,
                    latitude,
                },
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_is_shaded_has_enough_cases_within_reach(
        points in scattered(),
        min_cell in 1..8u64,
    ) {
        let map = Map::of("NM");
        let shading = map.shade(&points, min_cell);
        for band in &shading.bands {
            // The corners themselves, which lie farthest out, and points all over the band.
            let corners = band.rings.iter().flatten().copied();
            let all_over = (-60..60)
                .flat_map(|i| (-60..60).map(move |j| (f64::from(i) * 6.1, f64::from(j) * 6.1)))
                .filter(|&point| is_inside(&band.rings, point));
            for point in corners.chain(all_over) {
                let cases = map.cases_within(&points, point, shading.reach_km);
                prop_assert!(cases >= min_cell, "{} cases at {:?}", cases, point);
            }
        }
    }

    /// A rare case leaves no trace: where fewer than the limit lie within reach, the map is the same
    /// without any one of them.
    #[test]
    fn where_few_cases_lie_the_map_does_not_tell_of_any(points in scattered()) {
        let map = Map::of("NM");
        let with = map.shade(&points, 5);
        let Some(&CasePoint { case: removed, .. }) = points.first() else { return Ok(()) };
        let fewer: Vec<CasePoint> =
            points.iter().copied().filter(|point| point.case != removed).collect();
        let without = map.shade(&fewer, 5);
        let shaded = |shading: &Shading, at| {
            shading.bands.iter().filter(|band| is_inside(&band.rings, at)).count()
        };
        for (i, j) in (-40..40).flat_map(|i| (-40..40).map(move |j| (i, j))) {
            let at = (f64::from(i) * 9.1, f64::from(j) * 9.1);
            if map.cases_within(&points, at, with.reach_km) < 5 {
                prop_assert_eq!(shaded(&with, at), 0);
                prop_assert_eq!(shaded(&without, at), 0);
            }
        }
    }

    #[test]
    fn bands_are_nested_and_the_order_of_cases_does_not_matter(points in scattered()) {
        let map = Map::of("NM");
        let shading = map.shade(&points, 3);
        for pair in shading.bands.windows(2) {
            for (i, j) in (-40..40).flat_map(|i| (-40..40).map(move |j| (i, j))) {
                let at = (f64::from(i) * 9.1, f64::from(j) * 9.1);
                // Simplified apart from each other, lines that coincide may stray by a hair: twice
                // 8 % of a cell of 4 km.
                let hair = || {
                    pair[0].rings.iter().any(|ring| {
                        ring.iter()
                            .zip(ring.iter().cycle().skip(1))
                            .any(|(&a, &b)| distance_to(at, a, b) < 0.6)
                    })
                };
                let nested = !is_inside(&pair[1].rings, at) || is_inside(&pair[0].rings, at);
                prop_assert!(nested || hair());
            }
        }
        let mut backwards = points;
        backwards.reverse();
        prop_assert_eq!(map.shade(&backwards, 3), shading);
    }
}
