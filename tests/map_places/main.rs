//! The map reveals no home: what is published about it depends only on numbers of cases at public points.

mod drawn;

use hotline_profile::geo::{Gazetteer, LonLat, Plane};
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::period::Period;
use hotline_profile::protect::{self, Protection, Published};
use hotline_profile::read::{RejectsWriter, SignalReader};
use hotline_profile::tally::{Scope, Statistics, Tally, Unit};
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;

const MIN_CELL: u64 = 5;

fn state(code: &str) -> Jurisdiction {
    Jurisdiction::from_code(code).unwrap()
}

fn counted(csv: &str, code: &str) -> Statistics {
    let vocabulary = Vocabulary::embedded();
    let period = Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    };
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let mut reader = SignalReader::open("data.csv", csv.as_bytes(), &vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    tally
        .statistics(&[Scope::of(state(code), period)])
        .remove(0)
}

fn published(statistics: &Statistics) -> Published {
    let mut published = protect::publish(statistics, Protection::of(MIN_CELL).unwrap());
    protect::add_shading(&mut published, statistics);
    published
}

/// A row for each home, each with its own case.
fn csv(code: &str, homes: &[LonLat]) -> String {
    let mut text = "signal_id,case_id,received,call_type,state,latitude,longitude\n".to_owned();
    for (number, home) in homes.iter().enumerate() {
        let (latitude, longitude) = (home.latitude, home.longitude);
        text += &format!(
            "S{number},C{number},2016-03-01,Tip Report,{code},{latitude:.5},{longitude:.5}\n"
        );
    }
    text
}

fn at(latitude: f64, longitude: f64) -> LonLat {
    LonLat {
        longitude,
        latitude,
    }
}

/// Kilometers from a home to the center of the circle through the corners of the smallest ring: what an attacker
/// computes from the drawing.
fn center_of_strongest(published: &Published) -> (f64, f64) {
    let rings = published
        .map
        .shading
        .bands
        .iter()
        .flat_map(|band| &band.rings);
    let ring = rings.min_by_key(|ring| ring.len()).unwrap();
    let xs = ring.iter().map(|corner| corner.0);
    let ys = ring.iter().map(|corner| corner.1);
    let middle = |values: Vec<f64>| {
        let most = values.iter().copied().fold(f64::MIN, f64::max);
        (values.iter().copied().fold(f64::MAX, f64::min) + most) / 2.0
    };
    (middle(xs.collect()), middle(ys.collect()))
}

/// Five cases at one lone address far from every place: the drawing's center is a public point, and not the
/// address.
#[test]
fn a_lone_address_is_not_the_center_of_its_ring() {
    let home = at(43.1, -107.5);
    let statistics = counted(&csv("WY", &[home; 5]), "WY");
    let published = published(&statistics);
    assert!(!published.map.shading.bands.is_empty());
    let projection = &Plane::shared(state("WY")).projection;
    let (x, y) = center_of_strongest(&published);
    let km = |place: LonLat| {
        let (east, north) = projection.project(place);
        libm::hypot(east - x, north - y)
    };
    let cases = statistics.map.of_year(2016).unwrap();
    let point = cases.iter().next().unwrap().places[0];
    assert!(km(point.position()) < 1.0, "{}", km(point.position()));
    assert!(km(home) > 5.0, "{}", km(home));
}

/// Homes around the places of a state, and others at the same places.
fn moved() -> impl Strategy<Value = (&'static str, Vec<LonLat>, Vec<LonLat>)> {
    let states = prop::sample::select(vec!["NM", "WY", "HI", "RI"]);
    let home = (any::<prop::sample::Index>(), [-0.2..0.2_f64, -0.2..0.2_f64]);
    let homes = prop::collection::vec((home, 1..9_usize, any::<u64>()), 1..8);
    (states, homes).prop_map(|(code, homes)| {
        let gazetteer = Gazetteer::shared(state(code));
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for ((index, [east, north]), count, seed) in homes {
            let zips = gazetteer.zip_codes();
            let near = zips[index.index(zips.len())].position;
            let home = at(near.latitude + north, near.longitude + east);
            if !gazetteer.holds(home) {
                continue;
            }
            let point = gazetteer.nearest(home);
            // Another spot with the same nearest point, if a few tries find one.
            let mut random = seed;
            let mut part = || {
                random = random
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                (random >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
            };
            let spots =
                (0..50).map(|_| at(home.latitude + 0.1 * part(), home.longitude + 0.1 * part()));
            let rounded = |place: LonLat| {
                let step = |degrees: f64| (degrees * 1e4).round() / 1e4;
                at(step(place.latitude), step(place.longitude))
            };
            let is_alike = |spot: &LonLat| {
                let spot = rounded(*spot);
                gazetteer.holds(spot) && gazetteer.nearest(spot) == point
            };
            let home = rounded(home);
            if gazetteer.nearest(home) != point || !gazetteer.holds(home) {
                continue;
            }
            let other = spots.into_iter().find(is_alike).unwrap_or(home);
            first.extend([home].repeat(count));
            second.extend([rounded(other)].repeat(count));
        }
        (code, first, second)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Everything after counting is made from statistics, and these are the same.
    #[test]
    fn moving_a_case_within_its_place_changes_nothing((code, homes, others) in moved()) {
        let (one, other) = (counted(&csv(code, &homes), code), counted(&csv(code, &others), code));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(published(&one), published(&other));
    }

    /// Whatever is at a place with too few cases, up to its county, leaves no trace on the map.
    #[test]
    fn only_surroundings_of_places_with_enough_cases_are_shaded((code, homes, _) in moved()) {
        let statistics = counted(&csv(code, &homes), code);
        let published = published(&statistics);
        let shading = &published.map.shading;
        let on_map = published.cases.located_year.unwrap().shown();
        prop_assert!(on_map.is_none_or(|cases| cases == 0 || cases >= MIN_CELL));
        prop_assert_eq!(shading.bands.is_empty(), on_map == Some(0));
        // Every place that a ring may surround has enough cases in it or in what it belongs to.
        let cases = statistics.map.of_year(2016).unwrap();
        let projection = &Plane::shared(state(code)).projection;
        for corner in shading.bands.iter().flat_map(|band| band.rings.iter().flatten()) {
            let is_reached = cases.iter().flat_map(|placed| &placed.places).any(|place| {
                let city = place.wider();
                let county = city.and_then(|city| city.wider());
                [Some(*place), city, county].into_iter().flatten().any(|point| {
                    let (x, y) = projection.project(point.position());
                    libm::hypot(x - corner.0, y - corner.1) <= 1.13 * shading.reach_km
                })
            });
            prop_assert!(is_reached);
        }
    }
}
