//! Finds the public point that a place of a case becomes: by coordinates, else ZIP code, else city, else
//! county. Coordinates are forgotten here.

use ahash::AHashMap;

use crate::geo::{Gazetteer, LonLat, PublicPoint};
use crate::jurisdiction::{COUNT, Jurisdiction};
use crate::read::Place;

/// Coordinates that are nearer than this, about 11 m, need not be looked up twice.
const STEPS_PER_DEGREE: f64 = 1e4;

/// What was found of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    At(PublicPoint),
    /// Coordinates outside the state that the data put them in, and no name that it knows.
    Outside,
}

/// Finds places; reads a state's gazetteer when its first name is looked up.
pub(super) struct Locator {
    states: [Option<Box<StatePlaces>>; COUNT],
}

impl Locator {
    pub(super) fn new() -> Self {
        Locator {
            states: [const { None }; COUNT],
        }
    }

    /// What a place of a state becomes; none where nothing is known of it but the state. Coordinates
    /// inside the state become the nearest public point. Those outside are passed over for the ZIP code,
    /// a ZIP code that the gazetteer does not have for the city, and so on.
    pub(super) fn find(&mut self, state: Jurisdiction, place: &Place<'_>) -> Option<Found> {
        let has_name = !(place.zip.is_empty() && place.city.is_empty() && place.county.is_empty());
        if place.coordinates.is_none() && !has_name {
            return None;
        }
        let places =
            self.states[state.index()].get_or_insert_with(|| Box::new(StatePlaces::of(state)));
        if let Some(position) = place.coordinates
            && let Some(point) = places.nearest(position)
        {
            return Some(Found::At(point));
        }
        match places.named(place) {
            Some(point) => Some(Found::At(point)),
            None if place.coordinates.is_some() => Some(Found::Outside),
            None => None,
        }
    }
}

/// The gazetteer of a state, and what was looked up in it.
struct StatePlaces {
    gazetteer: &'static Gazetteer,
    /// By coordinates in steps.
    coordinates: AHashMap<(i32, i32), Option<PublicPoint>>,
    zips: Lookups,
    cities: Lookups,
    counties: Lookups,
}

impl StatePlaces {
    fn of(state: Jurisdiction) -> Self {
        StatePlaces {
            gazetteer: Gazetteer::shared(state),
            coordinates: AHashMap::new(),
            zips: Lookups::default(),
            cities: Lookups::default(),
            counties: Lookups::default(),
        }
    }

    /// The public point nearest to coordinates inside the state.
    fn nearest(&mut self, position: LonLat) -> Option<PublicPoint> {
        let steps = |degrees: f64| (degrees * STEPS_PER_DEGREE).round() as i32;
        let key = (steps(position.longitude), steps(position.latitude));
        if let Some(found) = self.coordinates.get(&key) {
            return *found;
        }
        if self.coordinates.len() == MOST_REMEMBERED {
            self.coordinates.clear();
        }
        // Of the rounded coordinates, so that what came first makes no difference.
        let degrees = |steps: i32| f64::from(steps) / STEPS_PER_DEGREE;
        let at = LonLat {
            longitude: degrees(key.0),
            latitude: degrees(key.1),
        };
        let is_inside = self.gazetteer.holds(at);
        let found = if is_inside {
            self.gazetteer.nearest(at)
        } else {
            None
        };
        self.coordinates.insert(key, found);
        found
    }

    fn named(&mut self, place: &Place<'_>) -> Option<PublicPoint> {
        let gazetteer = self.gazetteer;
        self.zips
            .find(place.zip, |zip| gazetteer.zip(zip))
            .or_else(|| self.cities.find(place.city, |city| gazetteer.city(city)))
            .or_else(|| {
                self.counties
                    .find(place.county, |county| gazetteer.county(county))
            })
    }
}

/// Remembers names, because looking one up in the gazetteer costs far more than finding it here.
#[derive(Default)]
struct Lookups(AHashMap<Box<[u8]>, Option<PublicPoint>>);

/// What is remembered of each kind; free text must not fill the memory.
const MOST_REMEMBERED: usize = 1 << 16;

impl Lookups {
    fn find(
        &mut self,
        name: &[u8],
        look_up: impl Fn(&str) -> Option<PublicPoint>,
    ) -> Option<PublicPoint> {
        if name.is_empty() {
            return None;
        }
        if let Some(found) = self.0.get(name) {
            return *found;
        }
        if self.0.len() == MOST_REMEMBERED {
            self.0.clear();
        }
        let found = std::str::from_utf8(name).ok().and_then(look_up);
        self.0.insert(name.into(), found);
        found
    }
}
