//! The files in `input/geo`, built into the binary.

use crate::jurisdiction::Jurisdiction;

/// One state's files.
pub(super) struct Files {
    code: &'static str,
    /// TopoJSON of its counties.
    pub(super) boundaries: &'static str,
    /// JSON of the lines on its map.
    pub(super) map: &'static str,
    /// CSV of its ZIP codes, cities and counties.
    pub(super) places: &'static str,
}

macro_rules! files {
    ($($code:literal)*) => {
        &[$(Files {
            code: $code,
            boundaries: include_str!(concat!("../../input/geo/boundaries/", $code, ".json")),
            map: include_str!(concat!("../../input/geo/maps/", $code, ".json")),
            places: include_str!(concat!("../../input/geo/places/", $code, ".csv")),
        }),*]
    };
}

/// In order of state code, as [`Jurisdiction::index`] counts.
static FILES: &[Files] = files! {
    "AK" "AL" "AR" "AS" "AZ" "CA" "CO" "CT" "DC" "DE" "FL" "GA" "GU" "HI"
    "IA" "ID" "IL" "IN" "KS" "KY" "LA" "MA" "MD" "ME" "MI" "MN" "MO" "MP"
    "MS" "MT" "NC" "ND" "NE" "NH" "NJ" "NM" "NV" "NY" "OH" "OK" "OR" "PA"
    "PR" "RI" "SC" "SD" "TN" "TX" "UT" "VA" "VI" "VT" "WA" "WI" "WV" "WY"
};

/// JSON of the other countries and lakes on maps of several states.
pub(super) const ROUND: &str = include_str!("../../input/geo/maps/round.json");

pub(super) fn files_of(state: Jurisdiction) -> &'static Files {
    let files = &FILES[state.index()];
    debug_assert_eq!(files.code, state.code());
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_its_own_files() {
        assert_eq!(FILES.len(), crate::jurisdiction::COUNT);
        for state in Jurisdiction::all() {
            assert_eq!(files_of(state).code, state.code());
        }
    }
}
