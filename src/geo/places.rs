//! The coordinates of one jurisdiction's ZIP codes, cities and counties, found by the names that people
//! type.

use std::sync::OnceLock;

use super::LonLat;
use super::nearest::Nearest;
use super::outline::{MARGIN_KM, Outline};
use super::place_names::{CityNames, CountyNames};
use super::place_table::records;
use super::spelling::{self, county_number, repaired};
use super::words::{Phrase, Words};
use crate::area::Area;
use crate::jurisdiction::{COUNT, Jurisdiction};

/// The places of one state. Each is a public point: everyone can look up its location.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    state: Jurisdiction,
    /// Each of these is read or computed when it is first needed: for most states, only a few places are.
    /// In order of code, name and FIPS code, as in the state's table.
    zips: OnceLock<Vec<ZipCode>>,
    cities: OnceLock<Vec<CityPlace>>,
    counties: OnceLock<Vec<CountyPlace>>,
    city_names: OnceLock<CityNames>,
    county_names: OnceLock<CountyNames>,
    main_cities: OnceLock<Vec<City>>,
    nearest: OnceLock<Nearest<PublicPoint>>,
    /// The city of each ZIP code, by index.
    within: OnceLock<Box<[u16]>>,
}

/// A place that everyone can look up: a ZIP code, city or county in a state's gazetteer. After counting, a
/// case's place is such a point, never a coordinate from the data.
///
/// Points are sorted by state, by kind, and as in the state's table: ZIP codes by code, cities by name,
/// counties by FIPS code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicPoint {
    state: Jurisdiction,
    kind: PointKind,
    index: u16,
}

/// The cities in an area that have a post office and a known population, largest first.
pub fn main_cities(area: Area) -> Vec<City> {
    let states = area.states().iter();
    let mut cities: Vec<City> = states
        .flat_map(|state| Gazetteer::shared(state).main_cities())
        .cloned()
        .collect();
    if area.state().is_none() {
        cities.sort_by_key(|city| std::cmp::Reverse(city.population));
    }
    cities
}

/// The capital that a map of an area shows: a state's own capital, and Washington on the nation's map.
pub fn capital(area: Area) -> Option<City> {
    let state = match area {
        Area::Nation => Jurisdiction::from_code("DC"),
        _ => area.state(),
    };
    Gazetteer::shared(state?).capital()
}

/// The county with a FIPS code of five digits.
pub fn county(fips: &str) -> Option<PublicPoint> {
    let is_code = fips.len() == 5 && fips.bytes().all(|it| it.is_ascii_digit());
    let mut states = Jurisdiction::all().filter(|state| is_code && fips.starts_with(state.fips()));
    Gazetteer::shared(states.next()?).county(fips)
}

/// A public point as a city to be labeled.
pub fn as_city(point: PublicPoint) -> City {
    Gazetteer::shared(point.state()).as_city(point)
}

/// The kinds of public points, from the smallest to the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    /// A ZIP code.
    Zip,
    /// A city or town.
    City,
    /// A county, or what a state has instead.
    County,
}

/// A city that a map of the state may label.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// Its name as the gazetteer spells it.
    pub name: String,
    /// Where it is.
    pub position: LonLat,
    /// Residents according to GeoNames. Never 0 for main cities.
    pub population: u32,
}

#[derive(Clone, Debug)]
struct CityPlace {
    name: &'static str,
    position: LonLat,
    /// 0 if it isn't known.
    population: u32,
    /// The three digits of its county.
    county: u16,
}

#[derive(Clone, Debug)]
struct CountyPlace {
    /// The county's three digits in the FIPS code.
    number: u16,
    name: &'static str,
    position: LonLat,
}

/// A ZIP code and the city that it serves.
#[derive(Clone, Debug, PartialEq)]
pub struct ZipCode {
    /// Five digits.
    pub code: &'static str,
    /// The city that it serves.
    pub city: &'static str,
    /// Where it is.
    pub position: LonLat,
    /// Whether it covers an area, unlike one for post office boxes or for a building.
    has_area: bool,
    number: u32,
    /// The name of its city if that isn't the city that it serves.
    other_city: &'static str,
}

/// The capital of each state and territory, written by hand.
const CAPITALS: &str = include_str!("../../input/geo/capitals.csv");

/// FIPS numbers from here on are independent cities. Some have the same name as a county: Baltimore,
/// St. Louis, Fairfax, Roanoke.
const FIRST_INDEPENDENT_CITY: u16 = 510;

impl PublicPoint {
    /// The state that it is in.
    pub fn state(self) -> Jurisdiction {
        self.state
    }

    /// Its kind.
    pub fn kind(self) -> PointKind {
        self.kind
    }

    /// Where it is.
    pub fn position(self) -> LonLat {
        Gazetteer::shared(self.state).position(self)
    }

    /// The next larger public point: the city of a ZIP code, the county of a city; none for a county.
    pub fn wider(self) -> Option<PublicPoint> {
        Gazetteer::shared(self.state).wider(self)
    }

    /// The county that it is in, or itself.
    pub fn county(self) -> PublicPoint {
        self.wider().map_or(self, PublicPoint::county)
    }

    /// The five digits of its county's FIPS code: `35001`.
    pub fn fips(self) -> String {
        let gazetteer = Gazetteer::shared(self.state);
        let number = gazetteer.counties()[usize::from(self.county().index)].number;
        format!("{}{number:03}", self.state.fips())
    }

    /// The city of a ZIP code, or a city itself; the largest city of a county, or the county itself if it
    /// has no city with a known population.
    pub fn city(self) -> PublicPoint {
        match self.kind {
            PointKind::Zip => self.wider().unwrap_or(self),
            PointKind::City => self,
            PointKind::County => Gazetteer::shared(self.state).seat(self).unwrap_or(self),
        }
    }

    /// Only its name: `87102`, `Albuquerque`, `Bernalillo`.
    pub fn plain_name(self) -> &'static str {
        Gazetteer::shared(self.state).plain_name(self)
    }

    /// The name of a county, different from the name of a city outside it: `Bernalillo`, `Baltimore city`.
    pub fn county_name(self) -> String {
        Gazetteer::shared(self.state).county_name(self)
    }

    /// Its name in a table of places: `87102`, `Albuquerque`, `Bernalillo (county)`.
    pub fn name(self) -> String {
        Gazetteer::shared(self.state).name(self)
    }
}

impl Gazetteer {
    /// The state's places. They are read only once.
    pub fn shared(state: Jurisdiction) -> &'static Gazetteer {
        static READ: [OnceLock<Gazetteer>; COUNT] = [const { OnceLock::new() }; COUNT];
        READ[state.index()].get_or_init(|| Gazetteer::of(state))
    }

    /// The places from the data in the binary. Each kind is read once for each value, so keep the value.
    pub fn of(state: Jurisdiction) -> Gazetteer {
        Gazetteer {
            state,
            zips: OnceLock::new(),
            cities: OnceLock::new(),
            counties: OnceLock::new(),
            city_names: OnceLock::new(),
            county_names: OnceLock::new(),
            main_cities: OnceLock::new(),
            nearest: OnceLock::new(),
            within: OnceLock::new(),
        }
    }

    /// All ZIP codes, in order.
    pub fn zip_codes(&self) -> &[ZipCode] {
        self.zips.get_or_init(|| {
            let rows = records(self.state, "zip");
            rows.map(|row| ZipCode {
                code: row.key,
                city: row.name,
                position: row.position(),
                has_area: row.area == "yes",
                number: row.key.parse().unwrap_or(0),
                other_city: row.within,
            })
            .collect()
        })
    }

    fn cities(&self) -> &[CityPlace] {
        self.cities.get_or_init(|| {
            let rows = records(self.state, "city");
            rows.map(|row| CityPlace {
                name: row.name,
                position: row.position(),
                population: row.population.unwrap_or(0),
                county: row.within.parse().unwrap_or(0),
            })
            .collect()
        })
    }

    fn counties(&self) -> &[CountyPlace] {
        self.counties.get_or_init(|| {
            let rows = records(self.state, "county");
            rows.map(|row| {
                let digits = row.key.get(2..);
                CountyPlace {
                    number: digits.and_then(|digits| digits.parse().ok()).unwrap_or(0),
                    name: row.name,
                    position: row.position(),
                }
            })
            .collect()
        })
    }

    fn city_names(&self) -> &CityNames {
        self.city_names.get_or_init(|| {
            let cities = self
                .cities()
                .iter()
                .map(|city| (city.name, city.population));
            let largest = self.main_cities().first().map(|city| city.name.as_str());
            CityNames::of(self.state, cities, largest)
        })
    }

    fn county_names(&self) -> &CountyNames {
        self.county_names.get_or_init(|| {
            let counties = self.counties().iter();
            let counties =
                counties.map(|county| (county.name, county.number >= FIRST_INDEPENDENT_CITY));
            CountyNames::of(self.state, counties)
        })
    }

    fn point(&self, kind: PointKind, index: u16) -> PublicPoint {
        PublicPoint {
            state: self.state,
            kind,
            index,
        }
    }

    /// Finds a ZIP code: five digits, or nine with or without a hyphen. It may have lost leading zeros or
    /// gained a final `.0` in a spreadsheet.
    pub fn zip(&self, code: &str) -> Option<PublicPoint> {
        let number = spelling::zip_number(code)?;
        let index = self
            .zip_codes()
            .binary_search_by_key(&number, |zip| zip.number);
        Some(self.point(PointKind::Zip, index.ok()? as u16))
    }

    /// Finds a city, town, village or neighborhood by name. It ignores case, accents, spaces and punctuation,
    /// "St." for Saint (and Ft., Mt., a leading N., S., E., W.), a last word that only says "city", "town",
    /// "village" or "CDP", the state after the name, with or without a ZIP code, and UTF-8 that was read as
    /// Windows-1252.
    pub fn city(&self, name: &str) -> Option<PublicPoint> {
        let words = Words::of(name);
        let names = self.city_names();
        let index = names
            .find(words.all())
            .or_else(|| names.find(self.without_state(words.all())?));
        match index {
            Some(index) => Some(self.point(PointKind::City, index)),
            None => self.city(&repaired(name)?),
        }
    }

    /// Finds a county (parish, borough, municipio, independent city, and in Connecticut a planning region) by
    /// its present or former name or FIPS code. Spelling is as flexible as in [`Self::city`], and "County",
    /// "Parish", "Census Area" and similar words don't matter. If a county and a city outside it have the same
    /// name, "X city" is the city and "X" the county.
    pub fn county(&self, name: &str) -> Option<PublicPoint> {
        if let Some(number) = county_number(name, self.state) {
            let mut all = self.counties().iter();
            let index = all.position(|county| county.number == number)?;
            return Some(self.point(PointKind::County, index as u16));
        }
        let words = Words::of(name);
        let names = self.county_names();
        let index = names
            .find(words.all())
            .or_else(|| names.find(self.without_state(words.all())?));
        match index {
            Some(index) => Some(self.point(PointKind::County, index)),
            None => self.county(&repaired(name)?),
        }
    }

    /// The name of the city or county that a text most likely means if [`Self::city`] or [`Self::county`] finds
    /// none, for "did you mean". If names are equally similar, the larger city's. None if no name is similar
    /// enough, and for ZIP codes, because a mistyped one can't be distinguished from another place.
    pub fn nearest_name(&self, kind: PointKind, text: &str) -> Option<&str> {
        let words = Words::of(text);
        let words = self.without_state(words.all()).unwrap_or(words.all());
        match kind {
            PointKind::Zip => None,
            PointKind::City => {
                let key = |words: Phrase<'_>| words.without_kind_of_city().joined().to_owned();
                let cities = self.cities().iter();
                let names =
                    cities.map(|it| (key(Words::of(it.name).all()), it.population, it.name));
                spelling::nearest(&key(words), names)
            }
            PointKind::County => {
                let key = |words: Phrase<'_>| words.without_kind_of_county().0.joined().to_owned();
                let counties = self.counties().iter();
                let names = counties.map(|it| (key(Words::of(it.name).all()), 0, it.name));
                spelling::nearest(&key(words), names)
            }
        }
    }

    /// "Santa Fe" in "Santa Fe, NM" and "Santa Fe, NM 87501".
    fn without_state<'a>(&self, words: Phrase<'a>) -> Option<Phrase<'a>> {
        let is_number = |word: Option<&str>, digits| {
            let is_digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
            word.is_some_and(|word| word.len() == digits && is_digits(word))
        };
        let mut last = words.iter().rev();
        let (last, before) = (last.next(), last.next());
        let words = match is_number(before, 5) && is_number(last, 4) {
            true => words.without_last(2),
            false if is_number(last, 5) => words.without_last(1),
            false => words,
        };
        let name = Words::of(self.state.name());
        let left = if words.ends_with(name.all().iter()) {
            words.without_last(name.all().len())
        } else {
            let last = words.iter().next_back()?;
            let is_code = last.eq_ignore_ascii_case(self.state.code());
            is_code.then(|| words.without_last(1))?
        };
        (!left.is_empty()).then_some(left)
    }

    /// Where a point of this state is. A county's point is its largest city with a known population or, if it
    /// has none, a place inside it.
    pub fn position(&self, point: PublicPoint) -> LonLat {
        let index = usize::from(point.index);
        match point.kind {
            PointKind::Zip => self.zip_codes()[index].position,
            PointKind::City => self.cities()[index].position,
            PointKind::County => self.counties()[index].position,
        }
    }

    fn cities_of_zips(&self) -> &[u16] {
        self.within.get_or_init(|| {
            let city = |zip: &ZipCode| match zip.other_city {
                "" => self.city(zip.city),
                other => self.city(other),
            };
            let cities = self.zip_codes().iter().map(city);
            cities
                .map(|city| city.map_or(0, |city| city.index))
                .collect()
        })
    }

    /// The next larger point than one of this state: the city of a ZIP code, the county of a city.
    pub fn wider(&self, point: PublicPoint) -> Option<PublicPoint> {
        let index = usize::from(point.index);
        match point.kind {
            PointKind::Zip => Some(self.point(PointKind::City, self.cities_of_zips()[index])),
            PointKind::City => {
                let number = self.cities()[index].county;
                let mut counties = self.counties().iter();
                let county = counties.position(|it| it.number == number).unwrap_or(0);
                Some(self.point(PointKind::County, county as u16))
            }
            PointKind::County => None,
        }
    }

    /// The city at a county's point.
    fn seat(&self, county: PublicPoint) -> Option<PublicPoint> {
        let position = self.position(county);
        let mut cities = (0..).zip(self.cities());
        let (index, _) =
            cities.find(|(_, city)| city.population > 0 && city.position == position)?;
        Some(self.point(PointKind::City, index))
    }

    fn plain_name(&self, point: PublicPoint) -> &'static str {
        let index = usize::from(point.index);
        match point.kind {
            PointKind::Zip => self.zip_codes()[index].code,
            PointKind::City => self.cities()[index].name,
            PointKind::County => self.counties()[index].name,
        }
    }

    /// The name of a point of this state in a table of places.
    pub fn name(&self, point: PublicPoint) -> String {
        match point.kind {
            PointKind::Zip | PointKind::City => self.plain_name(point).to_owned(),
            PointKind::County => format!("{} (county)", self.county_name(point)),
        }
    }

    fn county_name(&self, point: PublicPoint) -> String {
        let county = &self.counties()[usize::from(point.county().index)];
        let is_city = county.number >= FIRST_INDEPENDENT_CITY;
        let shares = |other: &CountyPlace| {
            other.name == county.name && other.number < FIRST_INDEPENDENT_CITY
        };
        let city = match is_city && self.counties().iter().any(shares) {
            true => " city",
            false => "",
        };
        format!("{}{city}", county.name)
    }

    /// The public point for a coordinate in the data: the nearest ZIP code that covers an area, or city with a
    /// known population.
    pub fn nearest(&self, at: LonLat) -> Option<PublicPoint> {
        self.nearest_with_position(at).map(|(point, _)| point)
    }

    fn nearest_with_position(&self, at: LonLat) -> Option<(PublicPoint, LonLat)> {
        let nearest = self.nearest.get_or_init(|| {
            let zips = (0..).zip(self.zip_codes()).filter(|(_, zip)| zip.has_area);
            let zips = zips.map(|(index, zip)| (self.point(PointKind::Zip, index), zip.position));
            let cities = (0..)
                .zip(self.cities())
                .filter(|(_, city)| city.population > 0);
            let cities =
                cities.map(|(index, city)| (self.point(PointKind::City, index), city.position));
            Nearest::of(zips.chain(cities).collect())
        });
        nearest.to(at)
    }

    /// Whether a coordinate counts as inside the state: inside its outline, or within 5 km of it or of a public
    /// point of the state, because outlines leave out piers, spits and small islands.
    pub fn holds(&self, at: LonLat) -> bool {
        let nearest = self.nearest_with_position(at);
        self.holds_near(at, nearest.map(|(_, position)| position))
    }

    /// The public point for a coordinate: the nearest one, if the coordinate is in the state.
    pub fn point_of(&self, at: LonLat) -> Option<PublicPoint> {
        let nearest = self.nearest_with_position(at);
        let position = nearest.map(|(_, position)| position);
        let nearest = nearest.filter(|_| self.holds_near(at, position));
        nearest.map(|(point, _)| point)
    }

    fn holds_near(&self, at: LonLat, nearest: Option<LonLat>) -> bool {
        // Most coordinates are in towns, so the outline with its thousands of corners comes last.
        if nearest.is_some_and(|position| position.is_within_km(at, MARGIN_KM)) {
            return true;
        }
        Outline::shared(self.state).holds(at)
    }

    /// The cities with a post office and a known population, largest first.
    pub fn main_cities(&self) -> &[City] {
        self.main_cities.get_or_init(|| {
            let known = self.cities().iter().filter(|city| city.population > 0);
            let mut cities: Vec<City> = known
                .map(|city| City {
                    name: on_a_map(city.name).to_owned(),
                    position: city.position,
                    population: city.population,
                })
                .collect();
            cities.sort_by(|a, b| (b.population, &a.name).cmp(&(a.population, &b.name)));
            cities
        })
    }

    /// All public points, in order.
    pub fn points(&self) -> impl Iterator<Item = PublicPoint> + '_ {
        let kinds = [
            (PointKind::Zip, self.zip_codes().len()),
            (PointKind::City, self.cities().len()),
            (PointKind::County, self.counties().len()),
        ];
        kinds.into_iter().flat_map(move |(kind, count)| {
            (0..count).map(move |index| self.point(kind, index as u16))
        })
    }

    /// The capital according to `input/geo/capitals.csv`.
    pub fn capital(&self) -> Option<City> {
        let rows = CAPITALS.lines().filter_map(|row| row.split_once(','));
        let name = rows
            .filter(|(code, _)| *code == self.state.code())
            .map(|(_, name)| name)
            .next()?;
        Some(self.as_city(self.city(name)?))
    }

    /// A point of this state as a city to be labeled.
    fn as_city(&self, point: PublicPoint) -> City {
        let population = match point.kind {
            PointKind::City => self.cities()[usize::from(point.index)].population,
            PointKind::Zip | PointKind::County => 0,
        };
        City {
            name: on_a_map(self.plain_name(point)).to_owned(),
            position: self.position(point),
            population,
        }
    }
}

/// A name without an addition in parentheses: "Middlebury (village)" becomes "Middlebury".
fn on_a_map(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(name, _)| name)
}

#[cfg(test)]
mod tests;
