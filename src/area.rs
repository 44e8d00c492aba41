//! What a sheet is about: a state, several states, a region, the nation.

use std::fmt;

use crate::jurisdiction::{COUNT, Jurisdiction};

const _: () = assert!(COUNT <= u64::BITS as usize);

/// A set of jurisdictions, stored as one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateSet(u64);

impl StateSet {
    /// One bit per state, by [`Jurisdiction::index`].
    pub fn from_bits(bits: u64) -> Self {
        StateSet(bits)
    }

    /// Whether a state is in the set.
    pub fn contains(self, state: Jurisdiction) -> bool {
        self.0 & (1 << state.index()) != 0
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The states that are in either set.
    pub fn union(self, other: StateSet) -> StateSet {
        StateSet(self.0 | other.0)
    }

    /// The states that are in both sets.
    pub fn intersection(self, other: StateSet) -> StateSet {
        StateSet(self.0 & other.0)
    }

    /// Whether the sets have a state in common.
    pub fn meets(self, other: StateSet) -> bool {
        self.0 & other.0 != 0
    }

    /// The states of this set that are not in the other.
    pub fn without(self, other: StateSet) -> StateSet {
        StateSet(self.0 & !other.0)
    }

    /// The number of states.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The only state, if there is exactly one.
    pub fn only(self) -> Option<Jurisdiction> {
        let is_alone = self.0 != 0 && self.0 & (self.0 - 1) == 0;
        is_alone.then(|| Jurisdiction::from_index(self.0.trailing_zeros() as usize))
    }

    /// The states, in order of state code.
    pub fn iter(self) -> impl Iterator<Item = Jurisdiction> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(Jurisdiction::from_index(lowest))
        })
    }
}

impl FromIterator<Jurisdiction> for StateSet {
    fn from_iter<I: IntoIterator<Item = Jurisdiction>>(states: I) -> Self {
        let states = states.into_iter();
        StateSet(states.fold(0, |bits, state| bits | 1 << state.index()))
    }
}

/// One of the ten regions of the Department of Health and Human Services, territories included
/// (<https://www.hhs.gov/about/agencies/iea/regional-offices/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u8);

const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

impl Region {
    /// All ten, in order.
    pub fn all() -> impl Iterator<Item = Region> {
        (1..=10).map(Region)
    }

    /// The region with a number, in Roman numerals or not: `VI`, `vi`, `6`.
    pub fn from_number(text: &str) -> Option<Self> {
        let text = text.trim();
        Region::all().find(|region| {
            region.roman().eq_ignore_ascii_case(text) || region.0.to_string() == text
        })
    }

    /// The region that a state is in.
    pub fn of(state: Jurisdiction) -> Self {
        Region(state.region())
    }

    /// The number in Roman numerals, as it is usually written.
    pub fn roman(self) -> &'static str {
        ROMAN[usize::from(self.0) - 1]
    }

    /// Its states and territories.
    pub fn states(self) -> StateSet {
        let states = Jurisdiction::all();
        states.filter(|state| Region::of(*state) == self).collect()
    }
}

/// The area that a sheet is about (docs/counting.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// A state or territory.
    State(Jurisdiction),
    /// Two or more states.
    States(StateSet),
    /// The states of one of the ten HHS regions.
    Region(Region),
    /// All 50 states, the District of Columbia and the five territories.
    Nation,
}

impl Area {
    /// The area of these states: one, or all of them together; `None` if there are none.
    pub fn of_states(states: StateSet) -> Option<Self> {
        match states.only() {
            Some(only) => Some(Area::State(only)),
            None if states.is_empty() => None,
            None => Some(Area::States(states)),
        }
    }

    /// The states in the area.
    pub fn states(self) -> StateSet {
        match self {
            Area::State(state) => StateSet::from_iter([state]),
            Area::States(states) => states,
            Area::Region(region) => region.states(),
            Area::Nation => Jurisdiction::all().collect(),
        }
    }

    /// The state, if the area is a single one.
    pub fn state(self) -> Option<Jurisdiction> {
        match self {
            Area::State(state) => Some(state),
            Area::States(_) | Area::Region(_) | Area::Nation => None,
        }
    }

    /// The code that files and tables use: `NM`, `NM-TX`, `Region-VI`, `US`.
    pub fn code(self) -> String {
        match self {
            Area::State(state) => state.code().to_owned(),
            Area::States(states) => {
                let codes: Vec<&str> = states.iter().map(Jurisdiction::code).collect();
                codes.join("-")
            }
            Area::Region(region) => format!("Region-{}", region.roman()),
            Area::Nation => "US".to_owned(),
        }
    }

    /// The area for a code, as [`Self::code`] writes it.
    pub fn from_code(code: &str) -> Option<Self> {
        if code == "US" {
            return Some(Area::Nation);
        }
        if let Some(region) = code.strip_prefix("Region-") {
            return Region::from_number(region).map(Area::Region);
        }
        let states: Option<StateSet> = code.split('-').map(Jurisdiction::from_code).collect();
        Area::of_states(states?)
    }

    /// The name in English, as messages use it: `New Mexico`, `New Mexico and Texas`, `Region VI`, `the United
    /// States`.
    pub fn name(self) -> String {
        match self {
            Area::State(state) => state.name().to_owned(),
            Area::States(states) => {
                let names: Vec<&str> = states.iter().map(Jurisdiction::name).collect();
                match names.as_slice() {
                    [one, other] => format!("{one} and {other}"),
                    [first @ .., last] => format!("{}, and {last}", first.join(", ")),
                    [] => String::new(),
                }
            }
            Area::Region(region) => format!("Region {}", region.roman()),
            Area::Nation => "the United States".to_owned(),
        }
    }
}

impl From<Jurisdiction> for Area {
    fn from(state: Jurisdiction) -> Self {
        Area::State(state)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(codes: &str) -> StateSet {
        let codes = codes.split(' ');
        codes.filter_map(Jurisdiction::from_code).collect()
    }

    #[test]
    fn every_area_has_a_code_that_leads_back_to_it() {
        let states = Jurisdiction::all().map(Area::State);
        let regions = Region::all().map(Area::Region);
        let others = [Area::Nation, Area::States(set("TX NM"))];
        for area in states.chain(regions).chain(others) {
            assert_eq!(Area::from_code(&area.code()), Some(area), "{area}");
        }
        assert_eq!(Area::States(set("TX NM")).code(), "NM-TX");
        for none in ["", "XX", "NM-XX", "Region-XI", "region"] {
            assert_eq!(Area::from_code(none), None, "{none}");
        }
    }

    #[test]
    fn every_state_is_in_exactly_one_region() {
        let mut all = StateSet::default();
        for region in Region::all() {
            assert!(!all.meets(region.states()));
            all = all.union(region.states());
        }
        assert_eq!(all, Area::Nation.states());
        assert_eq!(all.count(), COUNT);
        let sixth = Region::from_number("vi").unwrap();
        assert_eq!(Region::from_number("6"), Some(sixth));
        assert_eq!(sixth.states(), set("AR LA NM OK TX"));
        assert_eq!(Region::from_number("11"), None);
    }

    #[test]
    fn a_single_state_is_a_state() {
        assert_eq!(Area::of_states(set("NM")), Area::from_code("NM"));
        assert_eq!(Area::of_states(StateSet::default()), None);
        assert_eq!(
            Area::States(set("NM TX OK")).name(),
            "New Mexico, Oklahoma, and Texas"
        );
    }
}
