//! The 56 jurisdictions that have a state profile: the 50 states, the District of Columbia and the
//! five inhabited territories.

use std::fmt;

/// One of the 56 jurisdictions, as an index into the list of all; ordered by state code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Jurisdiction(u8);

/// The fixed facts about a jurisdiction. Postal and FIPS codes are those of ANSI INCITS 38; the region is that of the
/// HHS regional offices (<https://www.hhs.gov/about/agencies/iea/regional-offices/>).
struct Facts {
    code: &'static str,
    fips: &'static str,
    name: &'static str,
    region: u8,
}

macro_rules! jurisdictions {
    ($($code:literal $fips:literal $region:literal $name:literal;)*) => {
        &[$(Facts { code: $code, fips: $fips, name: $name, region: $region }),*]
    };
}

/// In order of state code, so that [`Jurisdiction::from_code`] can use binary search.
const FACTS: &[Facts] = jurisdictions! {
    "AK" "02" 10 "Alaska";
    "AL" "01" 4 "Alabama";
    "AR" "05" 6 "Arkansas";
    "AS" "60" 9 "American Samoa";
    "AZ" "04" 9 "Arizona";
    "CA" "06" 9 "California";
    "CO" "08" 8 "Colorado";
    "CT" "09" 1 "Connecticut";
    "DC" "11" 3 "District of Columbia";
    "DE" "10" 3 "Delaware";
    "FL" "12" 4 "Florida";
    "GA" "13" 4 "Georgia";
    "GU" "66" 9 "Guam";
    "HI" "15" 9 "Hawaii";
    "IA" "19" 7 "Iowa";
    "ID" "16" 10 "Idaho";
    "IL" "17" 5 "Illinois";
    "IN" "18" 5 "Indiana";
    "KS" "20" 7 "Kansas";
    "KY" "21" 4 "Kentucky";
    "LA" "22" 6 "Louisiana";
    "MA" "25" 1 "Massachusetts";
    "MD" "24" 3 "Maryland";
    "ME" "23" 1 "Maine";
    "MI" "26" 5 "Michigan";
    "MN" "27" 5 "Minnesota";
    "MO" "29" 7 "Missouri";
    "MP" "69" 9 "Northern Mariana Islands";
    "MS" "28" 4 "Mississippi";
    "MT" "30" 8 "Montana";
    "NC" "37" 4 "North Carolina";
    "ND" "38" 8 "North Dakota";
    "NE" "31" 7 "Nebraska";
    "NH" "33" 1 "New Hampshire";
    "NJ" "34" 2 "New Jersey";
    "NM" "35" 6 "New Mexico";
    "NV" "32" 9 "Nevada";
    "NY" "36" 2 "New York";
    "OH" "39" 5 "Ohio";
    "OK" "40" 6 "Oklahoma";
    "OR" "41" 10 "Oregon";
    "PA" "42" 3 "Pennsylvania";
    "PR" "72" 2 "Puerto Rico";
    "RI" "44" 1 "Rhode Island";
    "SC" "45" 4 "South Carolina";
    "SD" "46" 8 "South Dakota";
    "TN" "47" 4 "Tennessee";
    "TX" "48" 6 "Texas";
    "UT" "49" 8 "Utah";
    "VA" "51" 3 "Virginia";
    "VI" "78" 2 "U.S. Virgin Islands";
    "VT" "50" 1 "Vermont";
    "WA" "53" 10 "Washington";
    "WI" "55" 5 "Wisconsin";
    "WV" "54" 3 "West Virginia";
    "WY" "56" 8 "Wyoming";
};

/// How many jurisdictions there are.
pub const COUNT: usize = FACTS.len();

/// What kind of jurisdiction it is, for sentences that say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One of the 50 states.
    State,
    /// The District of Columbia.
    District,
    /// One of the five inhabited territories.
    Territory,
}

impl Jurisdiction {
    /// All of them, in order of state code.
    pub fn all() -> impl Iterator<Item = Jurisdiction> {
        (0..COUNT as u8).map(Jurisdiction)
    }

    /// By postal code, in any case: `NM`, `nm`.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        FACTS
            .binary_search_by(|facts| facts.code.cmp(&code))
            .ok()
            .map(|index| Jurisdiction(index as u8))
    }

    /// By postal code or by full name, in any case: `NM`, `new mexico`.
    pub fn from_code_or_name(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::from_code(text).or_else(|| {
            FACTS
                .iter()
                .position(|facts| facts.name.eq_ignore_ascii_case(text))
                .map(|index| Jurisdiction(index as u8))
        })
    }

    /// Position in the order of state codes, below [`COUNT`].
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The jurisdiction at a position in the order of state codes.
    ///
    /// # Panics
    /// If `index` is not below [`COUNT`].
    pub fn from_index(index: usize) -> Self {
        assert!(index < COUNT);
        Jurisdiction(index as u8)
    }

    /// Postal code, two capital letters.
    pub fn code(self) -> &'static str {
        FACTS[self.index()].code
    }

    /// Two-digit FIPS code, as in Census data.
    pub fn fips(self) -> &'static str {
        FACTS[self.index()].fips
    }

    /// Name in English.
    pub fn name(self) -> &'static str {
        FACTS[self.index()].name
    }

    /// The kind of jurisdiction.
    pub fn standing(self) -> Standing {
        match self.code() {
            "DC" => Standing::District,
            "AS" | "GU" | "MP" | "PR" | "VI" => Standing::Territory,
            _ => Standing::State,
        }
    }

    /// Number of the HHS region, 1 to 10.
    pub fn region(self) -> u8 {
        FACTS[self.index()].region
    }

    /// Number of the HHS region in Roman numerals, as in the title line.
    pub fn region_roman(self) -> &'static str {
        const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
        ROMAN[self.region() as usize - 1]
    }

    /// The name as in the hotline's web addresses: `new-mexico`.
    pub fn slug(self) -> String {
        self.name()
            .to_lowercase()
            .replace("u.s. ", "")
            .replace(' ', "-")
    }
}

impl fmt::Display for Jurisdiction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Jurisdiction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_50_states_a_district_and_five_territories() {
        let count = |standing| {
            let all = Jurisdiction::all();
            all.filter(|one| one.standing() == standing).count()
        };
        let all = [Standing::State, Standing::District, Standing::Territory].map(count);
        assert_eq!(all, [50, 1, 5]);
    }

    #[test]
    fn codes_are_sorted_and_found() {
        assert_eq!(COUNT, 56);
        assert!(FACTS.is_sorted_by(|a, b| a.code < b.code));
        for state in Jurisdiction::all() {
            assert_eq!(Jurisdiction::from_code(state.code()), Some(state));
            assert_eq!(Jurisdiction::from_code_or_name(state.name()), Some(state));
        }
        assert_eq!(Jurisdiction::from_code("XX"), None);
    }

    /// The published list of the HHS regional offices.
    #[test]
    fn regions_are_those_of_the_hhs_regional_offices() {
        let published = [
            "CT MA ME NH RI VT",
            "NJ NY PR VI",
            "DC DE MD PA VA WV",
            "AL FL GA KY MS NC SC TN",
            "IL IN MI MN OH WI",
            "AR LA NM OK TX",
            "IA KS MO NE",
            "CO MT ND SD UT WY",
            "AS AZ CA GU HI MP NV",
            "AK ID OR WA",
        ];
        for (index, codes) in published.iter().enumerate() {
            let ours: Vec<_> = Jurisdiction::all()
                .filter(|state| state.region() as usize == index + 1)
                .map(Jurisdiction::code)
                .collect();
            assert_eq!(ours.join(" "), *codes);
        }
    }

    #[test]
    fn slugs_are_those_of_the_hotline() {
        assert_eq!(Jurisdiction::from_code("nm").unwrap().slug(), "new-mexico");
        assert_eq!(
            Jurisdiction::from_code("dc").unwrap().slug(),
            "district-of-columbia"
        );
    }
}
