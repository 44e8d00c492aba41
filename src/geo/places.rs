//! Coordinates of one jurisdiction's ZIP codes, cities and counties, found by the names that people
//! type.

use std::sync::OnceLock;

use ahash::AHashMap;

use super::nearest::Nearest;
use super::outline::{MARGIN_KM, Outline};
use super::spelling::{self, FORMER_NAMES, county_number, repaired};
use super::{LonLat, embedded};
use crate::area::Area;
use crate::jurisdiction::{COUNT, Jurisdiction};

/// The places of one state, each a public point: everyone can look up where it is.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    state: Jurisdiction,
    /// In order of code, name and FIPS code, as the state's table has them.
    zips: Vec<ZipCode>,
    cities: Vec<CityPlace>,
    counties: Vec<CountyPlace>,
    zip_numbers: AHashMap<u32, u16>,
    city_names: AHashMap<String, u16>,
    /// Cities by their name without a last "City", "Town" or "Village".
    short_city_names: AHashMap<String, u16>,
    county_names: AHashMap<String, Vec<u16>>,
    /// Counties by their name without a final "Island" or a similar word.
    short_county_names: AHashMap<String, Vec<u16>>,
    main_cities: Vec<City>,
    nearest: OnceLock<Nearest<PublicPoint>>,
    /// Of each ZIP code the name of its city where that isn't the one that it serves.
    other_cities: Vec<&'static str>,
    /// Of each ZIP code the city that it is in, by index: found when it is first asked for.
    within: OnceLock<Box<[u16]>>,
}

/// A place that everyone knows: a ZIP code, city or county of a state's gazetteer. What is known of a
/// case's place after counting is such a point, never a coordinate of the data.
///
/// Points are ordered by state, kind, and the order of the state's table: ZIP codes by code, cities by
/// name, counties by FIPS code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicPoint {
    state: Jurisdiction,
    kind: PointKind,
    index: u16,
}

/// The cities of an area with a post office and a known population, largest first.
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

/// The capital that a map of an area shows: a state's own, and of the nation's map Washington.
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

/// What a public point is of, from the narrowest to the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    /// A ZIP code.
    Zip,
    /// A city or town.
    City,
    /// A county, or what a state has in its place.
    County,
}

/// A city that a map of the state may label.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// As the gazetteer spells it.
    pub name: String,
    /// Where it is.
    pub position: LonLat,
    /// Residents, as GeoNames has them; of main cities never 0.
    pub population: u32,
}

#[derive(Clone, Debug)]
struct CityPlace {
    name: String,
    position: LonLat,
    /// 0 where it is not known.
    population: u32,
    /// The county that it is in, by index.
    county: u16,
}

#[derive(Clone, Debug)]
struct CountyPlace {
    /// The county's three digits of the FIPS code.
    number: u16,
    name: String,
    position: LonLat,
}

/// A ZIP code and the city that it serves.
#[derive(Clone, Debug, PartialEq)]
pub struct ZipCode {
    /// Five digits.
    pub code: String,
    /// The city that it serves.
    pub city: String,
    /// Where it is.
    pub position: LonLat,
    /// Whether it covers an area, unlike one of post-office boxes or of a building.
    has_area: bool,
}

/// The capital of each state and territory; written by hand.
const CAPITALS: &str = include_str!("../../input/geo/capitals.csv");

/// FIPS numbers from here on are independent cities; some share a county's name:
/// Baltimore, St. Louis, Fairfax, Roanoke.
const FIRST_INDEPENDENT_CITY: u16 = 510;

/// A row of `input/geo/places/{ST}.csv`, whose columns have this order.
#[derive(Debug, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize))]
struct PlaceRecord<'a> {
    kind: &'a str,
    key: &'a str,
    name: &'a str,
    latitude: f64,
    longitude: f64,
    population: Option<u32>,
    /// The next wider place: of a ZIP code the name of its city where that is not `name`, of a city the
    /// three digits of its county.
    within: &'a str,
    /// "yes" for a ZIP code that covers an area, unlike one of post-office boxes or of a building.
    area: &'a str,
}

impl PlaceRecord<'static> {
    /// Of a line of a table. Only names are quoted, and have no quotation marks in them: a test reads all tables
    /// with the csv crate too, which takes several times as long.
    fn of(line: &'static str) -> Option<Self> {
        let (kind, rest) = line.split_once(',')?;
        let (key, rest) = rest.split_once(',')?;
        let (name, rest) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\",")?,
            None => rest.split_once(',')?,
        };
        let mut rest = rest.split(',');
        let mut next = || rest.next();
        Some(PlaceRecord {
            kind,
            key,
            name,
            latitude: next()?.parse().ok()?,
            longitude: next()?.parse().ok()?,
            population: match next()? {
                "" => None,
                number => Some(number.parse().ok()?),
            },
            within: next()?,
            area: next()?,
        })
    }
}

impl PublicPoint {
    /// The state that it is in.
    pub fn state(self) -> Jurisdiction {
        self.state
    }

    /// What it is a point of.
    pub fn kind(self) -> PointKind {
        self.kind
    }

    /// Where it is.
    pub fn position(self) -> LonLat {
        Gazetteer::shared(self.state).position(self)
    }

    /// The next wider public point: of a ZIP code its city, of a city its county; none of a county.
    pub fn wider(self) -> Option<PublicPoint> {
        Gazetteer::shared(self.state).wider(self)
    }

    /// The county that it is in, or itself.
    pub fn county(self) -> PublicPoint {
        self.wider().map_or(self, PublicPoint::county)
    }

    /// The five digits of a county's FIPS code; of what is in it, its county's: `35001`.
    pub fn fips(self) -> String {
        let gazetteer = Gazetteer::shared(self.state);
        let number = gazetteer.counties[usize::from(self.county().index)].number;
        format!("{}{number:03}", self.state.fips())
    }

    /// The city that it is a ZIP code of, or itself; the largest city of a county, or the county where none
    /// of known population is in it.
    pub fn city(self) -> PublicPoint {
        match self.kind {
            PointKind::Zip => self.wider().unwrap_or(self),
            PointKind::City => self,
            PointKind::County => Gazetteer::shared(self.state).seat(self).unwrap_or(self),
        }
    }

    /// Its name alone: `87102`, `Albuquerque`, `Bernalillo`.
    pub fn plain_name(self) -> &'static str {
        Gazetteer::shared(self.state).plain_name(self)
    }

    /// The name of a county, distinct from that of a city outside it: `Bernalillo`, `Baltimore city`.
    pub fn county_name(self) -> String {
        Gazetteer::shared(self.state).county_name(self)
    }

    /// As it is written in a table of places: `87102`, `Albuquerque`, `Bernalillo (county)`.
    pub fn name(self) -> String {
        Gazetteer::shared(self.state).name(self)
    }
}

impl Gazetteer {
    /// The state's, read once however often it is asked for.
    pub fn shared(state: Jurisdiction) -> &'static Gazetteer {
        static READ: [OnceLock<Gazetteer>; COUNT] = [const { OnceLock::new() }; COUNT];
        READ[state.index()].get_or_init(|| Gazetteer::of(state))
    }

    /// From the data inside the binary. Reads the state's table, so keep what it returns.
    pub fn of(state: Jurisdiction) -> Gazetteer {
        let mut gazetteer = Gazetteer {
            state,
            zips: Vec::new(),
            cities: Vec::new(),
            counties: Vec::new(),
            zip_numbers: AHashMap::new(),
            city_names: AHashMap::new(),
            short_city_names: AHashMap::new(),
            county_names: AHashMap::new(),
            short_county_names: AHashMap::new(),
            main_cities: Vec::new(),
            nearest: OnceLock::new(),
            other_cities: Vec::new(),
            within: OnceLock::new(),
        };
        let mut county_numbers: Vec<u16> = Vec::new();
        for line in embedded::files_of(state).places.lines().skip(1) {
            let row = PlaceRecord::of(line).expect("the tests read all tables of places");
            let position = LonLat {
                longitude: row.longitude,
                latitude: row.latitude,
            };
            match row.kind {
                "zip" => {
                    let index = gazetteer.zips.len() as u16;
                    if let Ok(code) = row.key.parse() {
                        gazetteer.zip_numbers.insert(code, index);
                    }
                    gazetteer.zips.push(ZipCode {
                        code: row.key.to_owned(),
                        city: row.name.to_owned(),
                        position,
                        has_area: row.area == "yes",
                    });
                    gazetteer.other_cities.push(row.within);
                }
                "city" => {
                    county_numbers.push(row.within.parse().unwrap_or(0));
                    gazetteer.cities.push(CityPlace {
                        name: row.name.to_owned(),
                        position,
                        population: row.population.unwrap_or(0),
                        county: 0,
                    });
                }
                _ => gazetteer.add_county(row.key, row.name, position),
            }
        }
        gazetteer.name_cities();
        for (city, number) in gazetteer.cities.iter_mut().zip(county_numbers) {
            let mut counties = gazetteer.counties.iter();
            city.county = counties.position(|it| it.number == number).unwrap_or(0) as u16;
        }
        for (code, other, name) in FORMER_NAMES {
            if code == state.code()
                && let Some(places) = gazetteer
                    .county_names
                    .get(&words_of(name).concat())
                    .cloned()
            {
                let named = gazetteer.county_names.entry(words_of(other).concat());
                named.or_insert(places);
            }
        }
        gazetteer
    }

    fn add_county(&mut self, fips: &str, name: &str, position: LonLat) {
        let index = self.counties.len() as u16;
        self.counties.push(CountyPlace {
            number: fips
                .get(2..)
                .and_then(|digits| digits.parse().ok())
                .unwrap_or(0),
            name: name.to_owned(),
            position,
        });
        let words = words_of(name);
        let (short, _) = without_kind_of_county(&words);
        if short.len() < words.len() {
            let named = self.short_county_names.entry(short.concat());
            named.or_default().push(index);
        }
        let named = self.county_names.entry(words.concat());
        named.or_default().push(index);
    }

    /// Makes cities findable by name. "Rapid" is Rapid City; where two would share a short name the
    /// larger one has it. "Texas" in a column of cities is the state, not Texas City; but "Oklahoma" and
    /// "New York" are the cities.
    fn name_cities(&mut self) {
        let mut short: Vec<(String, u16)> = Vec::new();
        for (index, city) in (0..).zip(&self.cities) {
            let words = words_of(&city.name);
            let without_kind = without_kind_of_city(&words);
            if without_kind.len() < words.len() {
                short.push((without_kind.concat(), index));
            }
            self.city_names.insert(words.concat(), index);
            if city.population > 0 {
                self.main_cities.push(City {
                    name: on_a_map(&city.name).to_owned(),
                    position: city.position,
                    population: city.population,
                });
            }
        }
        self.main_cities
            .sort_by(|a, b| (b.population, &a.name).cmp(&(a.population, &b.name)));
        let population = |index: u16| self.cities[usize::from(index)].population;
        short.sort_by_key(|(_, index)| std::cmp::Reverse(population(*index)));
        let name_of_state = words_of(self.state.name()).concat();
        let largest = self.main_cities.first().map(|city| &city.name);
        for (name, index) in short {
            let is_largest = Some(&self.cities[usize::from(index)].name) == largest;
            if name != name_of_state || is_largest {
                self.short_city_names.entry(name).or_insert(index);
            }
        }
    }

    fn point(&self, kind: PointKind, index: u16) -> PublicPoint {
        PublicPoint {
            state: self.state,
            kind,
            index,
        }
    }

    /// A ZIP code: five digits, or nine with or without a hyphen; zeros that a spreadsheet has taken
    /// from the front, and a `.0` that it has put behind, do not matter.
    pub fn zip(&self, code: &str) -> Option<PublicPoint> {
        let index = self.zip_numbers.get(&spelling::zip_number(code)?)?;
        Some(self.point(PointKind::Zip, *index))
    }

    /// A city, town, village or neighborhood by name. What does not matter: case, accents, spaces
    /// and punctuation, "St." for Saint (and Ft., Mt., a leading N., S., E., W.), a last word that
    /// only says "city", "town", "village" or "CDP", and the state behind the name, with or without a ZIP
    /// code; and that UTF-8 was taken for Windows-1252.
    pub fn city(&self, name: &str) -> Option<PublicPoint> {
        let words = words_of(name);
        let index = self
            .city_of_words(&words)
            .or_else(|| self.city_of_words(self.without_state(&words)?));
        match index {
            Some(index) => Some(self.point(PointKind::City, index)),
            None => self.city(&repaired(name)?),
        }
    }

    fn city_of_words(&self, words: &[String]) -> Option<u16> {
        let name = words.concat();
        self.city_names
            .get(&name)
            .or_else(|| self.short_city_names.get(&name))
            .or_else(|| self.city_names.get(&without_kind_of_city(words).concat()))
            .copied()
    }

    /// A county (parish, borough, municipio, independent city, and in Connecticut a planning region) by name,
    /// former name or FIPS code, former ones too. Spelling is as free as in [`Self::city`], and "County",
    /// "Parish", "Census Area" and similar words don't matter. Where a county and a city outside it share a name,
    /// "X city" is the city and "X" the county.
    pub fn county(&self, name: &str) -> Option<PublicPoint> {
        if let Some(number) = county_number(name, self.state) {
            let mut all = self.counties.iter();
            let index = all.position(|county| county.number == number)?;
            return Some(self.point(PointKind::County, index as u16));
        }
        let words = words_of(name);
        let index = self
            .county_of_words(&words)
            .or_else(|| self.county_of_words(self.without_state(&words)?));
        match index {
            Some(index) => Some(self.point(PointKind::County, index)),
            None => self.county(&repaired(name)?),
        }
    }

    /// The name of the city or county that a text most likely means, where [`Self::city`] or
    /// [`Self::county`] finds none: for "did you mean". Of names equally near the larger city's. None where
    /// none is near enough, and for ZIP codes, where a typing error can't be distinguished from another place.
    pub fn nearest_name(&self, kind: PointKind, text: &str) -> Option<&str> {
        let words = words_of(text);
        let words = self.without_state(&words).unwrap_or(&words);
        match kind {
            PointKind::Zip => None,
            PointKind::City => {
                let key = |words: &[String]| without_kind_of_city(words).concat();
                let cities = self.cities.iter();
                let names =
                    cities.map(|it| (key(&words_of(&it.name)), it.population, it.name.as_str()));
                spelling::nearest(&key(words), names)
            }
            PointKind::County => {
                let key = |words: &[String]| without_kind_of_county(words).0.concat();
                let counties = self.counties.iter();
                let names = counties.map(|it| (key(&words_of(&it.name)), 0, it.name.as_str()));
                spelling::nearest(&key(words), names)
            }
        }
    }

    fn county_of_words(&self, words: &[String]) -> Option<u16> {
        // "Baltimore city (county)" says both.
        self.county_of_kind(words).or_else(|| {
            let (short, _) = without_kind_of_county(words);
            (short.len() < words.len()).then(|| self.county_of_kind(short))?
        })
    }

    fn county_of_kind(&self, words: &[String]) -> Option<u16> {
        let (short, is_city) = without_kind_of_county(words);
        let (full, short) = (words.concat(), short.concat());
        let named = self
            .county_names
            .get(&full)
            .or_else(|| self.county_names.get(&short))
            .or_else(|| self.short_county_names.get(&short))?;
        let number = |index: u16| self.counties[usize::from(index)].number;
        let mut of_kind = named.iter();
        of_kind
            .find(|index| (number(**index) >= FIRST_INDEPENDENT_CITY) == is_city)
            .or(named.first())
            .copied()
    }

    /// "Santa Fe" of "Santa Fe, NM" and "Santa Fe, NM 87501".
    fn without_state<'a>(&self, words: &'a [String]) -> Option<&'a [String]> {
        let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        let words = match words {
            [name @ .., zip, plus_four]
                if zip.len() == 5
                    && plus_four.len() == 4
                    && is_number(zip)
                    && is_number(plus_four) =>
            {
                name
            }
            [name @ .., zip] if zip.len() == 5 && is_number(zip) => name,
            _ => words,
        };
        let name = words_of(self.state.name());
        let left = words.strip_suffix(name.as_slice()).or_else(|| {
            let (last, left) = words.split_last()?;
            last.eq_ignore_ascii_case(self.state.code()).then_some(left)
        })?;
        (!left.is_empty()).then_some(left)
    }

    /// Where a point of this state is. A county's is its largest city of known population or, without
    /// one, a place inside it.
    pub fn position(&self, point: PublicPoint) -> LonLat {
        let index = usize::from(point.index);
        match point.kind {
            PointKind::Zip => self.zips[index].position,
            PointKind::City => self.cities[index].position,
            PointKind::County => self.counties[index].position,
        }
    }

    fn cities_of_zips(&self) -> &[u16] {
        self.within.get_or_init(|| {
            let zips = self.zips.iter().zip(&self.other_cities);
            let cities = zips.map(|(zip, other)| {
                let city = if other.is_empty() { &zip.city } else { *other };
                self.city(city).map_or(0, |city| city.index)
            });
            cities.collect()
        })
    }

    /// The next wider point than one of this state: of a ZIP code its city, of a city its county.
    pub fn wider(&self, point: PublicPoint) -> Option<PublicPoint> {
        let index = usize::from(point.index);
        match point.kind {
            PointKind::Zip => Some(self.point(PointKind::City, self.cities_of_zips()[index])),
            PointKind::City => Some(self.point(PointKind::County, self.cities[index].county)),
            PointKind::County => None,
        }
    }

    /// The city that a county's point is.
    fn seat(&self, county: PublicPoint) -> Option<PublicPoint> {
        let position = self.position(county);
        let mut cities = (0..).zip(&self.cities);
        let (index, _) =
            cities.find(|(_, city)| city.population > 0 && city.position == position)?;
        Some(self.point(PointKind::City, index))
    }

    fn plain_name(&self, point: PublicPoint) -> &str {
        let index = usize::from(point.index);
        match point.kind {
            PointKind::Zip => &self.zips[index].code,
            PointKind::City => &self.cities[index].name,
            PointKind::County => &self.counties[index].name,
        }
    }

    /// A point of this state as it is written in a table of places.
    pub fn name(&self, point: PublicPoint) -> String {
        match point.kind {
            PointKind::Zip | PointKind::City => self.plain_name(point).to_owned(),
            PointKind::County => format!("{} (county)", self.county_name(point)),
        }
    }

    fn county_name(&self, point: PublicPoint) -> String {
        let county = &self.counties[usize::from(point.county().index)];
        let is_city = county.number >= FIRST_INDEPENDENT_CITY;
        let shares = |other: &CountyPlace| {
            other.name == county.name && other.number < FIRST_INDEPENDENT_CITY
        };
        let city = match is_city && self.counties.iter().any(shares) {
            true => " city",
            false => "",
        };
        format!("{}{city}", county.name)
    }

    /// The public point that a coordinate of the data becomes: the nearest ZIP code that covers an
    /// area or city of known population.
    pub fn nearest(&self, at: LonLat) -> Option<PublicPoint> {
        self.nearest_with_position(at).map(|(point, _)| point)
    }

    fn nearest_with_position(&self, at: LonLat) -> Option<(PublicPoint, LonLat)> {
        let nearest = self.nearest.get_or_init(|| {
            let zips = (0..).zip(&self.zips).filter(|(_, zip)| zip.has_area);
            let zips = zips.map(|(index, zip)| (self.point(PointKind::Zip, index), zip.position));
            let cities = (0..)
                .zip(&self.cities)
                .filter(|(_, city)| city.population > 0);
            let cities =
                cities.map(|(index, city)| (self.point(PointKind::City, index), city.position));
            Nearest::of(zips.chain(cities).collect())
        });
        nearest.to(at)
    }

    /// Whether a coordinate counts as inside the state: within its outline or 5 km of it, or 5 km of a public
    /// point of the state, since outlines leave out piers, spits and small islands.
    pub fn holds(&self, at: LonLat) -> bool {
        let nearest = self.nearest_with_position(at);
        self.holds_near(at, nearest.map(|(_, position)| position))
    }

    /// The public point that a coordinate becomes: the nearest one, where the state holds the coordinate.
    pub fn point_of(&self, at: LonLat) -> Option<PublicPoint> {
        let nearest = self.nearest_with_position(at);
        let position = nearest.map(|(_, position)| position);
        let nearest = nearest.filter(|_| self.holds_near(at, position));
        nearest.map(|(point, _)| point)
    }

    fn holds_near(&self, at: LonLat, nearest: Option<LonLat>) -> bool {
        // Most coordinates are of towns: the outline, which has thousands of corners, comes after.
        if nearest.is_some_and(|position| position.is_within_km(at, MARGIN_KM)) {
            return true;
        }
        Outline::shared(self.state).holds(at)
    }

    /// The cities with a post office and a known population, largest first.
    pub fn main_cities(&self) -> &[City] {
        &self.main_cities
    }

    /// All public points, in order.
    pub fn points(&self) -> impl Iterator<Item = PublicPoint> + '_ {
        let kinds = [
            (PointKind::Zip, self.zips.len()),
            (PointKind::City, self.cities.len()),
            (PointKind::County, self.counties.len()),
        ];
        kinds.into_iter().flat_map(move |(kind, count)| {
            (0..count).map(move |index| self.point(kind, index as u16))
        })
    }

    /// The capital, as `input/geo/capitals.csv` names it.
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
            PointKind::City => self.cities[usize::from(point.index)].population,
            PointKind::Zip | PointKind::County => 0,
        };
        City {
            name: on_a_map(self.plain_name(point)).to_owned(),
            position: self.position(point),
            population,
        }
    }

    /// All ZIP codes, in order.
    pub fn zip_codes(&self) -> &[ZipCode] {
        &self.zips
    }
}

/// A name without what distinguishes it from others: "Middlebury (village)" is Middlebury.
fn on_a_map(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(name, _)| name)
}

const ABBREVIATIONS: [(&str, &str); 5] = [
    ("st", "saint"),
    ("ste", "sainte"),
    ("ft", "fort"),
    ("mt", "mount"),
    ("mtn", "mountain"),
];

/// The words of a name, spelled in one way. `input/geo/convert.py` has the same rule.
fn words_of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => word.push(letter),
            // "St.Louis" is two words.
            '.' if ABBREVIATIONS.iter().any(|(short, _)| *short == word) => {
                words.push(std::mem::take(&mut word));
            }
            // In the middle of a word: O'Fallon, D.C., Nu‘uuli; or an accent as its own character.
            '.' | '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | '\u{300}'..='\u{36f}' => {}
            _ => match without_accent(letter) {
                Some(plain) => word.push(plain),
                None => {
                    if !word.is_empty() {
                        words.push(std::mem::take(&mut word));
                    }
                    if letter == '&' {
                        words.push("and".to_owned());
                    }
                }
            },
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    for word in &mut words {
        if let Some((_, full)) = ABBREVIATIONS.iter().find(|(short, _)| short == word) {
            *word = (*full).to_owned();
        }
    }
    if let [first, _, ..] = words.as_mut_slice() {
        let full = match first.as_str() {
            "n" => "north",
            "s" => "south",
            "e" => "east",
            "w" => "west",
            _ => return words,
        };
        *first = full.to_owned();
    }
    words
}

/// The letters of Spanish, French, Hawaiian, Samoan and Chamorro names.
fn without_accent(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ĭ' => 'i',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' | 'ŏ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ŭ' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => return None,
    })
}

fn without_kind_of_city(words: &[String]) -> &[String] {
    match words {
        [name @ .., last] if !name.is_empty() => match last.as_str() {
            "city" | "town" | "village" | "cdp" => name,
            _ => words,
        },
        _ => words,
    }
}

/// The name without words that only say what sort of county it is, and whether it says "city".
fn without_kind_of_county(words: &[String]) -> (&[String], bool) {
    const KINDS: [&[&str]; 15] = [
        &["council", "of", "governments"],
        &["city", "and", "borough"],
        &["planning", "region"],
        &["census", "area"],
        &["county"],
        &["cnty"],
        &["co"],
        &["region"],
        &["parish"],
        &["borough"],
        &["municipality"],
        &["municipio"],
        &["district"],
        &["island"],
        &["city"],
    ];
    match words {
        [kind, of, name @ ..] if of == "of" && !name.is_empty() => match kind.as_str() {
            "city" => return (name, true),
            "county" | "municipality" | "municipio" => return (name, false),
            _ => {}
        },
        _ => {}
    }
    for kind in KINDS {
        if words.len() > kind.len()
            && words
                .iter()
                .rev()
                .zip(kind.iter().rev())
                .all(|(a, b)| a == b)
        {
            return (&words[..words.len() - kind.len()], kind == ["city"]);
        }
    }
    (words, false)
}

#[cfg(test)]
mod tests {
    use super::super::Boundaries;
    use super::*;

    fn of(code: &str) -> Gazetteer {
        Gazetteer::of(Jurisdiction::from_code(code).unwrap())
    }

    fn is_near(found: Option<PublicPoint>, latitude: f64, longitude: f64, km: f64) -> bool {
        let expected = LonLat {
            longitude,
            latitude,
        };
        found.is_some_and(|found| found.position().distance_km(expected) < km)
    }

    fn km_outside(boundaries: &Boundaries, place: LonLat) -> f64 {
        match boundaries.contains(place) {
            true => 0.0,
            false => boundaries.km_to_outline(place),
        }
    }

    #[test]
    fn all_states_have_places_and_they_are_in_the_state() {
        for state in Jurisdiction::all() {
            let (gazetteer, boundaries) = (Gazetteer::of(state), Boundaries::of(state));
            assert!(!gazetteer.zips.is_empty(), "{state}");
            assert!(!gazetteer.main_cities().is_empty(), "{state}");
            for city in gazetteer.main_cities().iter().take(20) {
                let off = km_outside(&boundaries, city.position);
                assert!(off < 20.0, "{state} {city:?} is {off} km outside");
            }
            for county in &boundaries.counties {
                let found = gazetteer.county(&county.fips).unwrap();
                let found = gazetteer.position(found);
                // The table has four decimals, and Falls Church is a line on the source's grid.
                let inside = county.contains(found) || county.fips == "51610";
                assert!(inside, "{state} {}", county.name);
                assert!(gazetteer.county(&county.name).is_some());
            }
            for zip in gazetteer.zip_codes() {
                let off = km_outside(&boundaries, zip.position);
                assert!(off < 60.0, "{state} {zip:?} is {off} km outside");
            }
        }
    }

    #[test]
    fn tables_are_read_as_the_csv_crate_reads_them() {
        for state in Jurisdiction::all() {
            let text = embedded::files_of(state).places;
            let mut table = csv::Reader::from_reader(text.as_bytes());
            let mut lines = text.lines().skip(1);
            let mut record = csv::StringRecord::new();
            while table.read_record(&mut record).unwrap() {
                let theirs: PlaceRecord<'_> = record.deserialize(None).unwrap();
                let ours = lines.next().and_then(PlaceRecord::of);
                assert_eq!(ours.as_ref(), Some(&theirs), "{state}");
            }
            assert_eq!(lines.next(), None, "{state}");
        }
    }

    #[test]
    fn tables_are_as_large_as_they_should_be() {
        let total = |count: fn(&Gazetteer) -> usize| -> usize {
            Jurisdiction::all()
                .map(|state| count(&Gazetteer::of(state)))
                .sum()
        };
        assert!(total(|gazetteer| gazetteer.zips.len()) > 41_000);
        assert!(total(|gazetteer| gazetteer.cities.len()) > 35_000);
    }

    #[test]
    fn every_place_has_a_wider_one_near_it_up_to_its_county() {
        let (mut far_cities, mut far_counties) = (Vec::new(), Vec::new());
        for state in Jurisdiction::all() {
            let (gazetteer, boundaries) = (Gazetteer::of(state), Boundaries::of(state));
            for (index, zip) in (0..).zip(gazetteer.zip_codes()) {
                let point = gazetteer.point(PointKind::Zip, index);
                let city = gazetteer.wider(point).unwrap();
                assert_eq!(city.kind(), PointKind::City);
                if gazetteer.position(city).distance_km(zip.position) > 40.0 {
                    far_cities.push(format!("{state} {zip:?} {}", gazetteer.name(city)));
                }
            }
            for (index, city) in (0..).zip(&gazetteer.cities) {
                let point = gazetteer.point(PointKind::City, index);
                let county = gazetteer.wider(point).unwrap();
                assert_eq!(county.kind(), PointKind::County);
                assert_eq!(gazetteer.wider(county), None);
                let number = gazetteer.counties[usize::from(county.index)].number;
                let fips = format!("{}{number:03}", state.fips());
                let county = boundaries
                    .counties
                    .iter()
                    .find(|it| it.fips == fips)
                    .unwrap();
                let corners = county.rings.iter().flatten();
                let nearest = corners.map(|corner| corner.distance_km(city.position));
                // A city at the shore may be outside the simple outline.
                if !county.contains(city.position) && nearest.fold(f64::MAX, f64::min) > 40.0 {
                    far_counties.push(format!("{state} {city:?} {}", county.name));
                }
            }
        }
        assert!(far_cities.len() < 30, "{far_cities:#?}");
        assert!(far_counties.is_empty(), "{far_counties:#?}");
    }

    /// As coordinates, all places of the gazetteer are in their state: at piers, on spits and small islands.
    #[test]
    fn the_whole_gazetteer_is_inside() {
        let mut outside = Vec::new();
        for state in Jurisdiction::all() {
            let gazetteer = Gazetteer::shared(state);
            let cities = gazetteer.cities.iter();
            let cities = cities.map(|city| (city.name.clone(), city.position));
            let zips = gazetteer
                .zips
                .iter()
                .map(|zip| (zip.code.clone(), zip.position));
            let counties = gazetteer.counties.iter();
            let counties = counties.map(|county| (county.name.clone(), county.position));
            let places = cities.chain(zips).chain(counties);
            outside.extend(
                places
                    .filter(|(_, position)| !gazetteer.holds(*position))
                    .map(|(name, position)| format!("{state} {name} {position:?}")),
            );
        }
        assert!(outside.is_empty(), "{} {outside:#?}", outside.len());
        let new_jersey = of("NJ");
        let at = |latitude, longitude| LonLat {
            longitude,
            latitude,
        };
        // The Steel Pier of Atlantic City; the sea beyond it, Philadelphia's west, and nowhere.
        assert!(new_jersey.holds(at(39.357, -74.417)));
        assert!(!new_jersey.holds(at(39.2, -74.0)));
        assert!(!new_jersey.holds(at(39.95, -75.3)));
        assert!(!new_jersey.holds(at(0.0, 0.0)));
    }

    #[test]
    fn the_nearest_point_is_found_among_all() {
        let mut random = 7_u64;
        let mut part = || {
            random = random
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (random >> 40) as f64 / (1_u64 << 24) as f64
        };
        for code in ["NM", "AK", "HI", "RI", "MP", "AS"] {
            let gazetteer = of(code);
            let zips = (0..gazetteer.zips.len()).map(|index| (PointKind::Zip, index));
            let zips = zips.filter(|(_, index)| gazetteer.zips[*index].has_area);
            let cities = (0..gazetteer.cities.len()).map(|index| (PointKind::City, index));
            let cities = cities.filter(|(_, index)| gazetteer.cities[*index].population > 0);
            let points: Vec<PublicPoint> = zips
                .chain(cities)
                .map(|(kind, index)| gazetteer.point(kind, index as u16))
                .collect();
            for turn in 0..200 {
                // Near a point, or up to 5 degrees from it.
                let of = points[(part() * points.len() as f64) as usize];
                let spread = if turn % 2 == 0 { 0.1 } else { 10.0 };
                let at = LonLat {
                    longitude: of.position().longitude + spread * (part() - 0.5),
                    latitude: of.position().latitude + spread * (part() - 0.5),
                };
                let found = gazetteer.nearest(at).unwrap();
                let distance = |point: PublicPoint| gazetteer.position(point).distance_km(at);
                let least = points
                    .iter()
                    .map(|point| distance(*point))
                    .fold(f64::MAX, f64::min);
                // The search takes the Earth for flat.
                assert!(
                    distance(found) <= least * 1.02 + 1e-6,
                    "{code} {at:?} {found:?}"
                );
            }
            // Points that are the same place are one: the first of them.
            for point in &points {
                let found = gazetteer.nearest(point.position()).unwrap();
                assert!(found <= *point && found.position() == point.position());
            }
        }
    }

    #[test]
    fn every_state_has_a_capital_among_its_main_cities() {
        for state in Jurisdiction::all() {
            let gazetteer = Gazetteer::shared(state);
            let capital = gazetteer.capital().unwrap();
            assert!(gazetteer.main_cities().contains(&capital), "{capital:?}");
        }
        assert_eq!(CAPITALS.lines().count(), COUNT + 1);
    }

    #[test]
    fn new_mexico_is_found() {
        let gazetteer = of("NM");
        for name in [
            "Albuquerque",
            " ALBUQUERQUE ",
            "albuquerque, nm",
            "Albuquerque, New Mexico",
        ] {
            assert!(is_near(gazetteer.city(name), 35.08, -106.65, 5.0), "{name}");
        }
        for zip in ["87102", "87102-1234", "871021234", " 87102 ", "87102.0"] {
            assert!(is_near(gazetteer.zip(zip), 35.08, -106.65, 5.0), "{zip}");
        }
        for name in ["Bernalillo", "bernalillo county", "BERNALILLO CO.", "35001"] {
            assert!(
                is_near(gazetteer.county(name), 35.05, -106.67, 5.0),
                "{name}"
            );
        }
        // The town of Bernalillo is in the county of Sandoval.
        assert!(is_near(gazetteer.city("Bernalillo"), 35.30, -106.55, 5.0));
        let dona_ana = gazetteer.county("Doña Ana County");
        assert!(is_near(dona_ana, 32.31, -106.78, 5.0));
        assert_eq!(gazetteer.county("Dona Ana"), dona_ana);
        assert_eq!(
            gazetteer.county("DON\u{303}A ANA"),
            gazetteer.county("don\u{303}a ana")
        );
        assert!(is_near(
            gazetteer.city("Truth or Consequences"),
            33.13,
            -107.25,
            5.0
        ));
        assert!(is_near(
            gazetteer.city("Truth Or Consequences"),
            33.13,
            -107.25,
            5.0
        ));
        let names: Vec<&str> = gazetteer.main_cities()[..4]
            .iter()
            .map(|city| city.name.as_str())
            .collect();
        assert_eq!(
            names,
            ["Albuquerque", "Las Cruces", "Rio Rancho", "Santa Fe"]
        );
    }

    #[test]
    fn what_is_no_place_is_not_found() {
        let gazetteer = of("NM");
        for zip in [
            "",
            "8",
            "87",
            "871020",
            "8710a",
            "87102-12",
            "−7102",
            "1000000000",
            "10001",
        ] {
            assert_eq!(gazetteer.zip(zip), None, "{zip}");
        }
        for name in [
            "",
            " ",
            "NM",
            "New Mexico",
            "?",
            "unknown",
            "city",
            "County",
            "35999",
            "é",
        ] {
            assert_eq!(gazetteer.city(name), None, "{name}");
            assert_eq!(gazetteer.county(name), None, "{name}");
        }
    }

    #[test]
    fn zeros_lost_by_a_spreadsheet_are_put_back() {
        let (massachusetts, puerto_rico) = (of("MA"), of("PR"));
        assert!(massachusetts.zip("02108").is_some());
        assert_eq!(massachusetts.zip("2108"), massachusetts.zip("02108"));
        assert_eq!(massachusetts.zip("2108-1234"), massachusetts.zip("02108"));
        assert!(puerto_rico.zip("00601").is_some());
        assert_eq!(puerto_rico.zip("601"), puerto_rico.zip("00601"));
    }

    #[test]
    fn spellings_of_one_city_are_one() {
        for (state, names) in [
            (
                "MO",
                &["St. Louis", "Saint Louis", "ST LOUIS", "St.Louis"][..],
            ),
            ("NY", &["New York", "New York City", "new york, NY"]),
            ("DC", &["Washington", "Washington, DC", "Washington D.C."]),
            ("IL", &["O'Fallon", "OFallon", "O Fallon", "O’Fallon"]),
            ("NV", &["North Las Vegas", "N. Las Vegas"]),
            ("TX", &["Fort Worth", "Ft. Worth", "FT WORTH"]),
            (
                "SC",
                &["Mount Pleasant", "Mt. Pleasant", "Mt Pleasant town"],
            ),
            ("GA", &["LaGrange", "La Grange"]),
            ("PR", &["Mayagüez", "Mayaguez"]),
            ("AS", &["Tāfuna", "Tafuna"]),
            ("UT", &["West Valley City", "West Valley", "W Valley City"]),
            ("OK", &["Oklahoma City", "Oklahoma"]),
            ("GU", &["Dededo", "Dededo Village"]),
        ] {
            let gazetteer = of(state);
            let first = gazetteer.city(names[0]);
            assert!(first.is_some(), "{state} {}", names[0]);
            for name in names {
                assert_eq!(gazetteer.city(name), first, "{state} {name}");
            }
        }
        let texas = of("TX");
        assert_eq!(texas.city("Texas"), None);
        assert!(texas.city("Texas City").is_some());
    }

    #[test]
    fn spellings_of_one_county_are_one_and_independent_cities_are_apart() {
        for (state, names) in [
            ("LA", &["Orleans", "Orleans Parish"][..]),
            ("AK", &["Juneau", "Juneau City and Borough"]),
            ("AK", &["Kodiak Island", "Kodiak Island Borough", "Kodiak"]),
            ("AK", &["Nome", "Nome Census Area"]),
            (
                "AK",
                &[
                    "Valdez-Cordova",
                    "Valdez-Cordova Census Area",
                    "Valdez Cordova, AK",
                ],
            ),
            ("PR", &["Bayamón", "Bayamon Municipio"]),
            ("VI", &["St. Croix", "Saint Croix Island"]),
            ("VA", &["James City", "James City County"]),
            ("NV", &["Carson City", "Carson"]),
            ("FL", &["Miami-Dade", "Miami Dade County", "Dade"]),
            ("SD", &["Oglala Lakota", "Shannon County"]),
            (
                "MD",
                &[
                    "Prince George's",
                    "PRINCE GEORGES COUNTY",
                    "Prince George’s County, MD",
                ],
            ),
            ("IL", &["DeKalb", "De Kalb County"]),
        ] {
            let gazetteer = of(state);
            let first = gazetteer.county(names[0]);
            assert!(first.is_some(), "{state} {}", names[0]);
            for name in &names[1..] {
                assert_eq!(gazetteer.county(name), first, "{state} {name}");
            }
        }
        let maryland = of("MD");
        let (county, city) = (maryland.county("24005"), maryland.county("24510"));
        assert!(county.is_some() && city.is_some() && county != city);
        for name in ["Baltimore", "Baltimore County"] {
            assert_eq!(maryland.county(name), county);
        }
        for name in ["Baltimore city", "City of Baltimore", "BALTIMORE CITY, MD"] {
            assert_eq!(maryland.county(name), city);
        }
        // Alexandria is only a city.
        let virginia = of("VA");
        assert!(virginia.county("Alexandria").is_some());
        assert_eq!(
            virginia.county("Alexandria"),
            virginia.county("Alexandria City")
        );
    }
}
