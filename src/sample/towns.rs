//! Where the cases of a state can be: its towns, with their ZIP codes and county.

use std::collections::HashMap;

use super::random::{Random, Weights};
use super::row::{Coordinates, Place};
use super::shares::Precision;
use crate::geo::{Boundaries, County, Gazetteer, LonLat};
use crate::jurisdiction::Jurisdiction;

/// More would add little: few people live in the rest.
const MOST_TOWNS: usize = 150;

/// The maximum distance of a case with coordinates from its town, in ten-thousandths of a degree: about 6 km.
const ROAM: i32 = 550;

/// The number of spots with coordinates in a town.
const SPOTS: usize = 64;

/// The towns of a state, largest first.
#[derive(Clone, Debug)]
pub(super) struct Towns {
    pub(super) state: Jurisdiction,
    pub(super) towns: Vec<Town>,
    by_population: Weights,
}

/// A town whose name, ZIP codes and county all lead to a point inside the state.
#[derive(Clone, Debug)]
pub(super) struct Town {
    state: Jurisdiction,
    pub(super) name: String,
    /// Empty if the county's point would be outside.
    county: String,
    zips: Vec<String>,
    /// Never empty.
    spots: Vec<Coordinates>,
}

impl Towns {
    pub(super) fn of(state: Jurisdiction) -> Towns {
        let (gazetteer, boundaries) = (Gazetteer::of(state), Boundaries::of(state));
        let inside = |found: Option<LonLat>| found.is_some_and(|at| boundaries.contains(at));
        // Those for post-office boxes share a point, even across towns, although their places are different.
        let zip_codes = gazetteer.zip_codes();
        let mut at_point: HashMap<Coordinates, usize> = HashMap::new();
        for zip in zip_codes {
            *at_point.entry(Coordinates::of(zip.position)).or_default() += 1;
        }
        let mut zips: HashMap<String, Vec<String>> = HashMap::new();
        for zip in zip_codes {
            if at_point[&Coordinates::of(zip.position)] == 1 && inside(Some(zip.position)) {
                zips.entry(zip.city.to_owned())
                    .or_default()
                    .push(zip.code.to_owned());
            }
        }
        let (mut towns, mut populations) = (Vec::new(), Vec::new());
        for city in gazetteer.main_cities() {
            // If two towns have the same name, the gazetteer finds only one.
            let found = gazetteer
                .city(&city.name)
                .map(|point| gazetteer.position(point));
            if found != Some(city.position) || !inside(Some(city.position)) {
                continue;
            }
            let mut counties = boundaries.counties.iter();
            let county = counties.find(|county| county.contains(city.position));
            towns.push(Town {
                state,
                name: city.name.clone(),
                county: county
                    .map(|county| county.name.clone())
                    .filter(|name| {
                        inside(
                            gazetteer
                                .county(name)
                                .map(|point| gazetteer.position(point)),
                        )
                    })
                    .unwrap_or_default(),
                zips: zips.remove(&city.name).unwrap_or_default(),
                spots: spots_near(city.position, county, &gazetteer, towns.len() as u64),
            });
            populations.push(city.population);
            if towns.len() == MOST_TOWNS {
                break;
            }
        }
        Towns {
            state,
            towns,
            by_population: Weights::new(populations),
        }
    }

    /// The residents of these towns.
    pub(super) fn population(&self) -> u32 {
        self.by_population.total().min(u32::MAX.into()) as u32
    }

    /// A place in a town, more often where many people live; only the state if nothing more is known.
    pub(super) fn draw(&self, precision: &Weights, random: &mut Random) -> Place<'_> {
        match self.towns.get(self.by_population.draw(random)) {
            Some(town) => town.draw(precision, random),
            None => Place::somewhere_in(self.state),
        }
    }
}

impl Town {
    /// A place in or near the town, by the weights of [`Precision`].
    pub(super) fn draw(&self, precision: &Weights, random: &mut Random) -> Place<'_> {
        let mut place = Place::somewhere_in(self.state);
        match precision.draw(random) {
            0 => {
                place.coordinates = random.pick(&self.spots).copied();
                place.city = &self.name;
            }
            1 if !self.zips.is_empty() => {
                place.zip = random.pick(&self.zips).map_or("", String::as_str);
                place.city = if random.percent(70) { &self.name } else { "" };
            }
            3 if !self.county.is_empty() => place.county = &self.county,
            4 => {}
            _ => place.city = &self.name,
        }
        if !place.city.is_empty() && random.percent(35) {
            place.county = &self.county;
        }
        place
    }

    /// Only the town.
    pub(super) fn by_name(&self) -> Place<'_> {
        Place {
            city: &self.name,
            ..Place::somewhere_in(self.state)
        }
    }
}

/// The center of a town and spots around it, all in its county and, as counting sees it, in the state: checking
/// whether a spot is takes too long to do for each row.
fn spots_near(
    centre: LonLat,
    county: Option<&County>,
    gazetteer: &Gazetteer,
    stream: u64,
) -> Vec<Coordinates> {
    let centre = Coordinates::of(centre);
    let mut random = Random::stream(0, stream);
    // Two draws, so that the center is likelier than the edge.
    let half = i64::from(ROAM / 2);
    let mut step = || (random.between(-half, half) + random.between(-half, half)) as i32;
    let around = (1..SPOTS).map(|_| Coordinates {
        latitude: centre.latitude + step(),
        longitude: centre.longitude + step(),
    });
    let is_inside = |spot: &Coordinates| {
        let at = spot.degrees();
        county.is_some_and(|county| county.contains(at)) && gazetteer.holds(at)
    };
    std::iter::once(centre)
        .chain(around.filter(is_inside))
        .collect()
}

impl Precision {
    /// In the order that [`Town::draw`] expects.
    pub(super) fn weights(self) -> Weights {
        Weights::new([
            self.coordinates,
            self.zip,
            self.city,
            self.county,
            self.state,
        ])
    }

    /// The same without places where only the state is known.
    pub(super) fn weights_of_located(self) -> Weights {
        Weights::new([self.coordinates, self.zip, self.city, self.county])
    }
}

impl Place<'_> {
    /// Only its state is known.
    pub(super) fn somewhere_in(state: Jurisdiction) -> Self {
        Place {
            state,
            county: "",
            city: "",
            zip: "",
            coordinates: None,
        }
    }
}

impl Coordinates {
    fn of(position: LonLat) -> Coordinates {
        Coordinates {
            latitude: (position.latitude * 10_000.0).round() as i32,
            longitude: (position.longitude * 10_000.0).round() as i32,
        }
    }

    fn degrees(self) -> LonLat {
        LonLat {
            longitude: f64::from(self.longitude) / 10_000.0,
            latitude: f64::from(self.latitude) / 10_000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::shares::Shares;

    #[test]
    fn every_state_has_towns_and_their_places_are_in_it() {
        let precision = Shares::bundled().unwrap().precision.weights();
        for state in Jurisdiction::all() {
            let (towns, gazetteer) = (Towns::of(state), Gazetteer::shared(state));
            assert!(!towns.towns.is_empty(), "{state} has no towns");
            let mut random = Random::new(1);
            for _ in 0..500 {
                let place = towns.draw(&precision, &mut random);
                if let Some(coordinates) = place.coordinates {
                    assert!(gazetteer.holds(coordinates.degrees()), "{state} {place:?}");
                }
            }
        }
    }
}
