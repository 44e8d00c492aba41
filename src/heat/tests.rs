//! Properties of the whole shading: above all that it shows nothing where few cases lie.

use proptest::prelude::*;

use super::*;
use crate::geo::{Boundaries, Gazetteer, LonLat};
use crate::jurisdiction::Jurisdiction;
use crate::simplify::distance_to;

#[derive(Debug)]
struct Map {
    plane: Plane,
    gazetteer: Gazetteer,
}

impl Map {
    fn of(code: &str) -> Map {
        let state = Jurisdiction::from_code(code).unwrap();
        Map {
            plane: Plane::of(&Boundaries::of(state)),
            gazetteer: Gazetteer::of(state),
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
        shade(points, &self.plane, min_cell)
    }

    /// Distinct cases within a distance of a point, one by one.
    fn cases_within(&self, points: &[CasePoint], at: (f64, f64), reach_km: f64) -> u64 {
        let mut cases: Vec<u32> = points
            .iter()
            .filter(|point| {
                let (x, y) = self.plane.projection.project(point.position);
                libm::hypot(x - at.0, y - at.1) <= reach_km
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
    let roswell = map.plane.projection.project(points[20].position);
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
    let shading = shade(&map.cases("Gallup", 0, 9), &Plane::of(&nowhere), 0);
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
        let place = map.plane.projection.project(city);
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

/// A few cases, in and round some of a state's cities and alone in the land, some in two places.
fn sparse() -> impl Strategy<Value = (Map, Vec<CasePoint>)> {
    let states = prop::sample::select(vec!["NM", "TX", "RI", "HI", "AK", "VI"]);
    // Which city, how far off as parts of a degree, and how many cases.
    let cluster = (0..6_usize, -40..40_i32, -40..40_i32, 1..7_u32);
    // A case that is already there, somewhere else too.
    let second = (
        any::<prop::sample::Index>(),
        0..6_usize,
        -90..90_i32,
        -90..90_i32,
    );
    let clusters = prop::collection::vec(cluster, 1..5);
    (states, clusters, prop::collection::vec(second, 0..3)).prop_map(|(code, clusters, seconds)| {
        let map = Map::of(code);
        let cities = map.gazetteer.main_cities();
        let near = |city: usize, east: i32, north: i32| {
            let LonLat {
                longitude,
                latitude,
            } = cities[city % cities.len()].position;
            LonLat {
                longitude: longitude + 0.02 * f64::from(east),
                latitude: latitude + 0.02 * f64::from(north),
            }
        };
        let mut points = Vec::new();
        for (city, east, north, count) in clusters {
            for step in 0..count {
                let position = near(city, east + step as i32, north);
                points.push(CasePoint {
                    case: points.len() as u32,
                    position,
                });
            }
        }
        for (of, city, east, north) in seconds {
            let case = of.get(&points).case;
            points.push(CasePoint {
                case,
                position: near(city, east, north),
            });
        }
        (map, points)
    })
}

fn cases_of(points: &[CasePoint]) -> std::collections::BTreeSet<u32> {
    points.iter().map(|point| point.case).collect()
}

/// The shading class of a point: how many bands are drawn there.
fn class(shading: &Shading, at: (f64, f64)) -> usize {
    shading
        .bands
        .iter()
        .filter(|band| is_inside(&band.rings, at))
        .count()
}

impl Map {
    /// Points to look at: all over the map, every place, and round where shading ends.
    fn watched(&self, points: &[CasePoint], shading: &Shading) -> Vec<(f64, f64)> {
        let frame = Frame::around(&self.plane.outline);
        let steps = || (0..=24).map(|step| f64::from(step) / 24.0);
        let all_over = steps().flat_map(|east| {
            steps().map(move |north| {
                (
                    frame.west + east * frame.width(),
                    frame.south + north * frame.height(),
                )
            })
        });
        let places = points
            .iter()
            .map(|point| self.plane.projection.project(point.position));
        let ends = shading
            .bands
            .iter()
            .flat_map(|band| band.rings.iter().flatten())
            .step_by(7);
        all_over.chain(places).chain(ends.copied()).collect()
    }

    /// Whether no point within reach of a case can have enough cases within its own reach.
    fn is_lone(&self, points: &[CasePoint], case: u32, reach_km: f64, min_cell: u64) -> bool {
        let mut places = points.iter().filter(|point| point.case == case);
        places.all(|point| {
            let at = self.plane.projection.project(point.position);
            self.cases_within(points, at, 2.0 * reach_km) < min_cell
        })
    }
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
    fn removing_any_case_changes_no_class_where_few_cases_lie(
        sparse in sparse(),
        min_cell in 2..=6_u64,
    ) {
        let (map, points) = sparse;
        let with = map.shade(&points, min_cell);
        for removed in cases_of(&points) {
            let others: Vec<CasePoint> =
                points.iter().copied().filter(|point| point.case != removed).collect();
            let without = map.shade(&others, min_cell);
            for at in map.watched(&points, &with) {
                if map.cases_within(&points, at, with.reach_km) < min_cell {
                    prop_assert_eq!(class(&with, at), 0, "{:?}", at);
                    prop_assert_eq!(class(&without, at), 0, "{:?}", at);
                } else if map.cases_within(&others, at, with.reach_km) < min_cell {
                    prop_assert_eq!(class(&without, at), 0, "{:?}", at);
                }
            }
            // A case of which no point within reach has enough leaves no trace anywhere: not in a line,
            // not in the words of the caption.
            if map.is_lone(&points, removed, with.reach_km, min_cell) {
                prop_assert_eq!(&with, &without, "case {}", removed);
            }
        }
    }

    /// The caption and the alternative text are made of these zones only.
    #[test]
    fn a_zone_is_named_only_where_enough_cases_lie(sparse in sparse(), min_cell in 2..=6_u64) {
        let (map, points) = sparse;
        let shading = map.shade(&points, min_cell);
        let frame = Frame::around(&map.plane.outline);
        for zone in &shading.strongest {
            let strong = shading.bands.iter().find(|band| band.level == STRONG);
            let corners = strong.iter().flat_map(|band| band.rings.iter().flatten());
            let mut corners = corners.filter(|&&corner| zones::zone_at(&frame, corner) == *zone);
            let is_shaded_there = corners.any(|&corner| {
                map.cases_within(&points, corner, shading.reach_km) >= min_cell
            });
            prop_assert!(is_shaded_there, "{zone:?}");
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
