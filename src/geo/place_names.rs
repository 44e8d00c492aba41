//! Finds a state's cities and counties by the words of their names.

use ahash::AHashMap;

use super::spelling::FORMER_NAMES;
use super::words::{Phrase, Words};
use crate::jurisdiction::Jurisdiction;

/// A state's cities by name.
#[derive(Clone, Debug)]
pub(super) struct CityNames {
    all: AHashMap<Box<str>, u16>,
    /// By their name without a final "City", "Town" or "Village".
    short: AHashMap<Box<str>, u16>,
}

/// A state's counties by name.
#[derive(Clone, Debug)]
pub(super) struct CountyNames {
    all: AHashMap<Box<str>, Vec<u16>>,
    /// By their name without a final "Island" or a similar word.
    short: AHashMap<Box<str>, Vec<u16>>,
    /// Whether each is a city outside all counties.
    are_cities: Vec<bool>,
}

impl CityNames {
    /// Takes cities by index, each with its residents. "Rapid" is Rapid City. If two have the same short name, it
    /// means the larger one. "Texas" in a column of cities is the state, not Texas City. But "Oklahoma" and
    /// "New York" are the cities, because they are the `largest` in their states.
    pub(super) fn of<'a>(
        state: Jurisdiction,
        cities: impl ExactSizeIterator<Item = (&'a str, u32)>,
        largest: Option<&str>,
    ) -> CityNames {
        let mut names = CityNames {
            all: AHashMap::with_capacity(cities.len()),
            short: AHashMap::new(),
        };
        let mut words = Words::default();
        let mut short: Vec<(u32, Box<str>, u16)> = Vec::new();
        let name_of_state = Words::of(state.name());
        let name_of_state = name_of_state.all().joined();
        for (index, (name, population)) in (0..).zip(cities) {
            let all = words.read(name);
            let without_kind = all.without_kind_of_city();
            let is_state = without_kind.joined() == name_of_state && Some(name) != largest;
            if without_kind.len() < all.len() && !is_state {
                short.push((population, without_kind.joined().into(), index));
            }
            names.all.insert(all.joined().into(), index);
        }
        short.sort_by_key(|(population, ..)| std::cmp::Reverse(*population));
        for (_, name, index) in short {
            names.short.entry(name).or_insert(index);
        }
        names
    }

    /// The index of a city.
    pub(super) fn find(&self, name: Phrase<'_>) -> Option<u16> {
        self.all
            .get(name.joined())
            .or_else(|| self.short.get(name.joined()))
            .or_else(|| self.all.get(name.without_kind_of_city().joined()))
            .copied()
    }
}

impl CountyNames {
    /// Takes counties by index, each with whether it is a city outside all counties.
    pub(super) fn of<'a>(
        state: Jurisdiction,
        counties: impl Iterator<Item = (&'a str, bool)>,
    ) -> CountyNames {
        let mut names = CountyNames {
            all: AHashMap::new(),
            short: AHashMap::new(),
            are_cities: Vec::new(),
        };
        let mut words = Words::default();
        for (index, (name, is_city)) in (0..).zip(counties) {
            names.are_cities.push(is_city);
            let all = words.read(name);
            let (short, _) = all.without_kind_of_county();
            if short.len() < all.len() {
                let named = names.short.entry(short.joined().into());
                named.or_default().push(index);
            }
            let named = names.all.entry(all.joined().into());
            named.or_default().push(index);
        }
        for (code, former, name) in FORMER_NAMES {
            if code == state.code()
                && let Some(counties) = names.all.get(words.read(name).joined()).cloned()
            {
                let named = names.all.entry(words.read(former).joined().into());
                named.or_insert(counties);
            }
        }
        names
    }

    /// The index of a county.
    pub(super) fn find(&self, name: Phrase<'_>) -> Option<u16> {
        // "Baltimore city (county)" says both.
        self.find_of_kind(name).or_else(|| {
            let (short, _) = name.without_kind_of_county();
            (short.len() < name.len()).then(|| self.find_of_kind(short))?
        })
    }

    fn find_of_kind(&self, name: Phrase<'_>) -> Option<u16> {
        let (short, is_city) = name.without_kind_of_county();
        let named = self
            .all
            .get(name.joined())
            .or_else(|| self.all.get(short.joined()))
            .or_else(|| self.short.get(short.joined()))?;
        let mut of_kind = named.iter();
        of_kind
            .find(|index| self.are_cities[usize::from(**index)] == is_city)
            .or(named.first())
            .copied()
    }
}
