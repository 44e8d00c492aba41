//! Where in a state a place is, in the words of a person who looks at the map: in the north, on Oʻahu.

use std::sync::OnceLock;

use super::rings::nearest_ring;
use super::{Boundaries, LonLat, Plane, PublicPoint, normalized_degrees};
use crate::jurisdiction::{COUNT, Jurisdiction};

/// One of nine parts of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The top in the middle.
    North,
    /// The top at the right.
    Northeast,
    /// The right in the middle.
    East,
    /// The bottom at the right.
    Southeast,
    /// The bottom in the middle.
    South,
    /// The bottom at the left.
    Southwest,
    /// The left in the middle.
    West,
    /// The top at the left.
    Northwest,
    /// The middle.
    Center,
}

/// Where a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// On an island that has a name of its own: its key in the wording.
    Island(&'static str),
    /// On the mainland, or in a state that is one island.
    Part(Zone),
}

/// Where a public point is in its state.
pub fn whereabouts(point: PublicPoint) -> Whereabouts {
    let state = point.state();
    let plane = Plane::shared(state);
    let at = plane.projection.project(point.position());
    match island_at(state, plane, at) {
        Some(key) => Whereabouts::Island(key),
        None => Whereabouts::Part(zone_at(Land::shared(state), point.position())),
    }
}

// --- Parts of a state -------------------------------------------------------------------------

/// A side has a name from this position on: 0 in the middle of the land, 1 at its edge.
const OUTER: f64 = 0.41;
/// Of two sides the weaker is named from this part of the stronger on: Las Vegas is in the south of
/// Nevada, not in the southeast, though the land ends there on both sides.
const SECOND_SIDE: f64 = 0.5;
/// How far across the land is looked, as a part of its extent: a person sees Tampa in the west of Florida,
/// because the land beside it ends there, not because the Panhandle reaches further.
const BREADTH: f64 = 0.3;
/// How much more the land beside the place counts than all of it.
const BESIDE: f64 = 3.0;

/// Samples of a state's land along its length, at least.
const SAMPLES: f64 = 160.0;

/// A state's land as points, each for as much of it. East is along the parallels and north along the
/// meridians, as people speak of them, both in degrees of latitude.
struct Land {
    points: Vec<(f64, f64, f64)>,
    extent: (f64, f64),
    /// Longitudes are taken relative to this one: Alaska is on both sides of the 180th meridian.
    reference: f64,
    /// How long a degree of longitude is in degrees of latitude, in the middle of the state.
    degree: f64,
}

impl Land {
    fn shared(state: Jurisdiction) -> &'static Land {
        static SAMPLED: [OnceLock<Land>; COUNT] = [const { OnceLock::new() }; COUNT];
        // The counties': what they share cancels out, and sounds and bays count as land, as people see it.
        SAMPLED[state.index()].get_or_init(|| {
            let counties = Boundaries::shared(state).counties.iter();
            let rings = counties.flat_map(|county| county.rings.iter().cloned());
            Land::of(&rings.collect::<Vec<_>>())
        })
    }

    /// Rows of points between the shores.
    fn of(outline: &[Vec<LonLat>]) -> Land {
        let first = outline.first().and_then(|ring| ring.first());
        let mut land = Land {
            points: Vec::new(),
            extent: (0.0, 0.0),
            reference: first.map_or(0.0, |place| place.longitude),
            degree: 1.0,
        };
        let corners = outline.iter().flatten().map(|place| place.latitude);
        let (south, north) = (
            corners.clone().fold(f64::MAX, f64::min),
            corners.fold(f64::MIN, f64::max),
        );
        land.degree = libm::cos(((south + north) / 2.0).to_radians());
        let rings: Vec<Vec<(f64, f64)>> = outline
            .iter()
            .map(|ring| ring.iter().map(|&place| land.position_of(place)).collect())
            .collect();
        let across = rings.iter().flatten().map(|place| place.0);
        let (west, east) = (
            across.clone().fold(f64::MAX, f64::min),
            across.fold(f64::MIN, f64::max),
        );
        land.extent = (east - west, north - south);
        let step = land.extent.0.max(land.extent.1) / SAMPLES;
        let rows = if step > 0.0 {
            (land.extent.1 / step).ceil() as usize
        } else {
            0
        };
        for row in 0..rows {
            let y = south + (row as f64 + 0.5) * step;
            let edges = rings.iter().flat_map(|ring| ring.windows(2));
            let mut shores: Vec<f64> = edges
                .map(|edge| (edge[0], edge[1]))
                .filter(|(a, b)| (a.1 > y) != (b.1 > y))
                .map(|(a, b)| a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
                .collect();
            shores.sort_by(f64::total_cmp);
            // Meridians come nearer to each other towards the pole.
            let true_width = libm::cos(y.to_radians()) / land.degree;
            for shores in shores.chunks_exact(2) {
                let width = shores[1] - shores[0];
                let count = (width * true_width / step).round().max(1.0);
                let each = width / count;
                let first = shores[0] + each / 2.0;
                let points =
                    (0..count as usize).map(|i| (first + i as f64 * each, y, each * true_width));
                land.points.extend(points);
            }
        }
        land
    }

    fn position_of(&self, place: LonLat) -> (f64, f64) {
        let east = normalized_degrees(place.longitude - self.reference);
        (east * self.degree, place.latitude)
    }

    /// How far a place is to the one side, from −1 at the one edge of the land over 0 in its middle to 1 at
    /// the other: by how much land is before it and how much behind. Land beside it, across the direction,
    /// counts more than all of it.
    fn position(
        &self,
        along: impl Fn((f64, f64)) -> f64,
        across: impl Fn((f64, f64)) -> f64,
        at: (f64, f64),
    ) -> f64 {
        let (here, beside) = (along(at), across(at));
        let breadth = BREADTH * across(self.extent);
        let (mut near, mut far) = ([0.0; 2], [0.0; 2]);
        for &(x, y, amount) in &self.points {
            let behind = usize::from(along((x, y)) >= here);
            let off = (across((x, y)) - beside) / breadth;
            near[behind] += amount * libm::exp(-0.5 * off * off);
            far[behind] += amount;
        }
        let part = |[before, behind]: [f64; 2]| (before - behind) / (before + behind);
        (BESIDE * part(near) + part(far)) / (BESIDE + 1.0)
    }
}

fn zone_at(land: &Land, place: LonLat) -> Zone {
    let at = land.position_of(place);
    let east = land.position(|at| at.0, |at| at.1, at);
    let north = land.position(|at| at.1, |at| at.0, at);
    let least = OUTER.max(SECOND_SIDE * east.abs().max(north.abs()));
    let side = |position: f64| match position {
        position if position <= -least => -1,
        position if position >= least => 1,
        _ => 0,
    };
    match (side(east), side(north)) {
        (0, 1) => Zone::North,
        (1, 1) => Zone::Northeast,
        (1, 0) => Zone::East,
        (1, -1) => Zone::Southeast,
        (0, -1) => Zone::South,
        (-1, -1) => Zone::Southwest,
        (-1, 0) => Zone::West,
        (-1, 1) => Zone::Northwest,
        _ => Zone::Center,
    }
}

// --- Islands ----------------------------------------------------------------------------------

/// The islands that a caption names, each by its key and a place on it.
const ISLANDS: &str = include_str!("../../input/geo/islands.csv");

/// The named island that a place is on: its outline is the nearest to the place.
fn island_at(state: Jurisdiction, plane: &Plane, at: (f64, f64)) -> Option<&'static str> {
    let mut islands = islands_of(state).peekable();
    islands.peek()?;
    let ring = nearest_ring(&plane.outline, at)?;
    let is_there =
        |place: LonLat| nearest_ring(&plane.outline, plane.projection.project(place)) == Some(ring);
    islands
        .find(|(_, place)| is_there(*place))
        .map(|(key, _)| key)
}

fn islands_of(state: Jurisdiction) -> impl Iterator<Item = (&'static str, LonLat)> {
    ISLANDS.lines().skip(1).filter_map(move |line| {
        let mut cells = line.split(',');
        let is_of_state = cells.next()? == state.code();
        let key = cells.next()?;
        let latitude = cells.next()?.parse().ok()?;
        let longitude = cells.next()?.parse().ok()?;
        let place = LonLat {
            longitude,
            latitude,
        };
        is_of_state.then_some((key, place))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Gazetteer;

    fn of(code: &str, city: &str) -> Whereabouts {
        let gazetteer = Gazetteer::shared(Jurisdiction::from_code(code).unwrap());
        whereabouts(
            gazetteer
                .city(city)
                .unwrap_or_else(|| panic!("{code} {city}")),
        )
    }

    /// As an atlas shows them and people speak of them; where two ways of speaking are common, either.
    #[test]
    fn cities_lie_where_people_say() {
        use Zone::*;
        #[rustfmt::skip]
        let pairs: &[(&str, &str, &[Zone])] = &[
            ("MA", "Boston", &[East]), ("FL", "Tampa", &[West]), ("NC", "Charlotte", &[Southwest]),
            ("KY", "Louisville", &[North]), ("NV", "Las Vegas", &[South]), ("NE", "Omaha", &[East]),
            ("SD", "Sioux Falls", &[Southeast]), ("ND", "Fargo", &[East]),
            ("DE", "Wilmington", &[North]), ("AK", "Anchorage", &[South]),
            ("NM", "Albuquerque", &[Center]), ("NM", "Las Cruces", &[South]),
            ("NM", "Santa Fe", &[North]), ("NM", "Farmington", &[Northwest]),
            ("IL", "Chicago", &[Northeast]), ("IL", "Springfield", &[Center]),
            ("WA", "Seattle", &[West, Northwest]), ("WA", "Spokane", &[East]),
            ("MI", "Detroit", &[Southeast]), ("TX", "El Paso", &[West]), ("TX", "Houston", &[Southeast]),
            ("TX", "Dallas", &[Northeast]), ("TX", "San Antonio", &[South]), ("TX", "Austin", &[Center]),
            ("CO", "Denver", &[Center, North]), ("CO", "Grand Junction", &[West]),
            ("FL", "Miami", &[Southeast]), ("FL", "Orlando", &[Center]),
            ("FL", "Jacksonville", &[Northeast]), ("CA", "Los Angeles", &[South]),
            ("CA", "San Diego", &[South]), ("CA", "San Francisco", &[West, North, Northwest]),
            ("CA", "Fresno", &[Center]), ("NY", "New York", &[Southeast]), ("NY", "Buffalo", &[West]),
            ("NY", "Albany", &[East]), ("PA", "Philadelphia", &[Southeast]),
            ("PA", "Pittsburgh", &[West, Southwest]), ("OH", "Cleveland", &[Northeast]),
            ("OH", "Columbus", &[Center]), ("OH", "Cincinnati", &[Southwest]),
            ("GA", "Atlanta", &[North, Northwest]), ("GA", "Savannah", &[East, Southeast]),
            ("TN", "Memphis", &[West, Southwest]), ("TN", "Nashville", &[Center, North]),
            ("MO", "Kansas City", &[West]), ("MO", "St. Louis", &[East]),
            ("MN", "Minneapolis", &[Southeast]), ("WI", "Milwaukee", &[Southeast]),
            ("IN", "Indianapolis", &[Center]), ("LA", "New Orleans", &[Southeast]),
            ("AZ", "Tucson", &[South, Southeast]), ("UT", "Salt Lake City", &[North]),
            ("OR", "Portland", &[Northwest]), ("ME", "Portland", &[South, Southwest]),
            ("WY", "Cheyenne", &[Southeast]), ("AK", "Fairbanks", &[Center, East]),
            ("AK", "Juneau", &[Southeast]), ("PR", "San Juan", &[North, Northeast]),
            ("PR", "Ponce", &[South]), ("PR", "Mayagüez", &[West]), ("NJ", "Newark", &[North, Northeast]),
            ("VA", "Virginia Beach", &[Southeast]), ("SC", "Charleston", &[Southeast]),
        ];
        let wrong: Vec<String> = pairs
            .iter()
            .map(|(code, city, zones)| (code, city, zones, of(code, city)))
            .filter(|(_, _, zones, found)| {
                !zones.iter().any(|zone| *found == Whereabouts::Part(*zone))
            })
            .map(|(code, city, zones, found)| format!("{city}, {code}: {found:?}, not {zones:?}"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn cities_lie_on_their_islands() {
        for (code, city, island) in [
            ("HI", "Honolulu", "oahu"),
            ("HI", "Hilo", "hawaii"),
            ("HI", "Kailua-Kona", "hawaii"),
            ("HI", "Kahului", "maui"),
            ("HI", "Lihue", "kauai"),
            ("MP", "Saipan", "saipan"),
            ("MP", "San Jose", "tinian"),
            ("MP", "Songsong", "rota"),
            ("VI", "Charlotte Amalie", "st_thomas"),
            ("VI", "Christiansted", "st_croix"),
            ("VI", "Cruz Bay", "st_john"),
            ("AS", "Pago Pago", "tutuila"),
            ("AS", "Tāfuna", "tutuila"),
            ("AK", "Kodiak", "kodiak"),
            ("MA", "Nantucket", "nantucket"),
        ] {
            assert_eq!(of(code, city), Whereabouts::Island(island), "{city}");
        }
        let puerto_rico = Gazetteer::shared(Jurisdiction::from_code("PR").unwrap());
        for (zip, island) in [("00765", "vieques"), ("00775", "culebra")] {
            let point = puerto_rico.zip(zip).unwrap();
            assert_eq!(whereabouts(point), Whereabouts::Island(island));
        }
    }

    /// Every named island is one of the state's outlines, and none is another's.
    #[test]
    fn islands_are_apart() {
        for state in Jurisdiction::all() {
            let plane = Plane::shared(state);
            let mut rings: Vec<_> = islands_of(state)
                .map(|(_, place)| nearest_ring(&plane.outline, plane.projection.project(place)))
                .collect();
            let all = rings.len();
            rings.sort_unstable();
            rings.dedup();
            assert_eq!(rings.len(), all, "{state}");
            let has_mainland = ["AK", "MA", "PR"].contains(&state.code());
            assert!(!has_mainland || rings[0] != Some(0), "{state}");
        }
        let rows = ISLANDS.lines().skip(1).count();
        let read: usize = Jurisdiction::all()
            .map(|state| islands_of(state).count())
            .sum();
        assert_eq!(read, rows);
    }
}
