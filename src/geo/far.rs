//! Parts of the United States that are so far away that a map of several states draws them elsewhere and at a
//! different scale: Alaska, Hawaii and the islands.

use super::{LonLat, normalized_degrees};
use crate::area::StateSet;
use crate::jurisdiction::Jurisdiction;

/// A part that is far away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FarPart {
    codes: &'static [&'static str],
    /// Degrees that contain all of it and nothing of another part; eastward across the 180th meridian if the first is
    /// greater.
    longitudes: (f64, f64),
    latitudes: (f64, f64),
    /// Whether it is east of the others.
    pub(super) is_in_the_east: bool,
}

/// All of them, in their order below a map.
pub(super) const FAR_PARTS: [FarPart; 5] = [
    FarPart {
        codes: &["AK"],
        longitudes: (165.0, -129.0),
        latitudes: (50.0, 75.0),
        is_in_the_east: false,
    },
    FarPart {
        codes: &["HI"],
        longitudes: (-180.0, -150.0),
        latitudes: (15.0, 30.0),
        is_in_the_east: false,
    },
    FarPart {
        codes: &["PR", "VI"],
        longitudes: (-69.0, -63.0),
        latitudes: (16.0, 20.0),
        is_in_the_east: true,
    },
    FarPart {
        codes: &["GU", "MP"],
        longitudes: (140.0, 150.0),
        latitudes: (10.0, 25.0),
        is_in_the_east: false,
    },
    FarPart {
        codes: &["AS"],
        longitudes: (-175.0, -165.0),
        latitudes: (-18.0, -8.0),
        is_in_the_east: false,
    },
];

/// The states that are in none of these parts.
pub(super) fn mainland() -> impl Iterator<Item = Jurisdiction> {
    Jurisdiction::all().filter(|state| !FAR_PARTS.iter().any(|part| part.states().contains(*state)))
}

impl FarPart {
    /// The part's states and territories.
    pub(super) fn states(&self) -> StateSet {
        let codes = self.codes.iter();
        codes
            .filter_map(|code| Jurisdiction::from_code(code))
            .collect()
    }

    /// Whether a place is in it.
    pub(super) fn holds(&self, place: LonLat) -> bool {
        let longitude = normalized_degrees(place.longitude);
        let (west, east) = self.longitudes;
        let is_between = match west <= east {
            true => (west..=east).contains(&longitude),
            false => longitude >= west || longitude <= east,
        };
        is_between && (self.latitudes.0..=self.latitudes.1).contains(&place.latitude)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::Area;
    use crate::geo::Boundaries;

    #[test]
    fn each_part_contains_only_its_states() {
        for state in Area::Nation.states().iter() {
            let parts = FAR_PARTS
                .iter()
                .filter(|part| part.states().contains(state));
            let of_state: Vec<&FarPart> = parts.collect();
            for place in Boundaries::shared(state).frame_rings().concat() {
                let holding: Vec<&FarPart> =
                    FAR_PARTS.iter().filter(|part| part.holds(place)).collect();
                assert_eq!(holding, of_state, "{state} {place:?}");
            }
        }
    }
}
