//! Finds places on the map: by coordinates, else ZIP code, else city, else county (SPEC section 2).

use ahash::AHashMap;

use crate::geo::{Boundaries, Gazetteer, LonLat};
use crate::jurisdiction::{COUNT, Jurisdiction};
use crate::read::Place;

/// Points that are nearer than this, about 11 m, are one place.
const STEPS_PER_DEGREE: f64 = 1e4;

/// A position rounded to 1e-4 degree, so that equal places are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Point {
    longitude: i32,
    latitude: i32,
}

impl Point {
    pub(super) fn nearest(position: LonLat) -> Point {
        let steps = |degrees: f64| (degrees * STEPS_PER_DEGREE).round() as i32;
        Point {
            longitude: steps(position.longitude),
            latitude: steps(position.latitude),
        }
    }

    pub(super) fn position(self) -> LonLat {
        let degrees = |steps: i32| f64::from(steps) / STEPS_PER_DEGREE;
        LonLat {
            longitude: degrees(self.longitude),
            latitude: degrees(self.latitude),
        }
    }
}

/// How a place was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// By coordinates, which may lie anywhere.
    Given(Point),
    /// By its name in the state's gazetteer: it is in the state.
    Named(Point),
}

impl Found {
    pub(super) fn point(self) -> Point {
        match self {
            Found::Given(point) | Found::Named(point) => point,
        }
    }

    /// Whether the place's name vouches for its being in the state.
    pub(super) fn is_vouched(self) -> bool {
        matches!(self, Found::Named(_))
    }
}

/// Finds places; reads a state's gazetteer when its first name is looked up.
pub(super) struct Locator {
    states: [Option<Box<NamedPlaces>>; COUNT],
}

impl Locator {
    pub(super) fn new() -> Self {
        Locator {
            states: [const { None }; COUNT],
        }
    }

    /// Where a place of a state is. A ZIP code that the gazetteer does not have is passed over for
    /// the city, and so on.
    pub(super) fn find(&mut self, state: Jurisdiction, place: &Place<'_>) -> Option<Found> {
        if let Some(position) = place.coordinates {
            return Some(Found::Given(Point::nearest(position)));
        }
        if place.zip.is_empty() && place.city.is_empty() && place.county.is_empty() {
            return None;
        }
        self.states[state.index()]
            .get_or_insert_with(|| Box::new(NamedPlaces::of(state)))
            .find(place)
            .map(Found::Named)
    }
}

/// The gazetteer of a state, and the names that were looked up in it.
struct NamedPlaces {
    gazetteer: &'static Gazetteer,
    zips: Lookups,
    cities: Lookups,
    counties: Lookups,
}

impl NamedPlaces {
    fn of(state: Jurisdiction) -> Self {
        NamedPlaces {
            gazetteer: Gazetteer::shared(state),
            zips: Lookups::default(),
            cities: Lookups::default(),
            counties: Lookups::default(),
        }
    }

    fn find(&mut self, place: &Place<'_>) -> Option<Point> {
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
struct Lookups(AHashMap<Box<[u8]>, Option<Point>>);

/// Names that are remembered of each kind; free text must not fill the memory.
const MOST_REMEMBERED: usize = 1 << 16;

impl Lookups {
    fn find(&mut self, name: &[u8], look_up: impl Fn(&str) -> Option<LonLat>) -> Option<Point> {
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
        let found = found.map(Point::nearest);
        self.0.insert(name.into(), found);
        found
    }
}

/// Whether points are inside a state; reads its boundaries when the first is asked for.
pub(super) struct Inside {
    state: Jurisdiction,
    known: AHashMap<Point, bool>,
}

impl Inside {
    pub(super) fn of(state: Jurisdiction) -> Self {
        Inside {
            state,
            known: AHashMap::new(),
        }
    }

    pub(super) fn state(&self) -> Jurisdiction {
        self.state
    }

    pub(super) fn contains(&mut self, point: Point) -> bool {
        *self
            .known
            .entry(point)
            .or_insert_with(|| Boundaries::shared(self.state).contains(point.position()))
    }
}
