//! How many people live in an area, as counted or estimated by the U.S. Census Bureau.

use crate::area::Area;
use crate::jurisdiction::Jurisdiction;

/// See `input/population/README.md`: source, vintages, and what is used for the island territories.
const RESIDENTS: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/input/population/residents.csv"
));

/// Residents of an area in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Residents {
    /// On July 1 of the year, or at the census before it.
    pub number: u64,
    /// The year of the census that replaces annual estimates, if the area includes territories without any: the
    /// island territories.
    pub census: Option<i32>,
}

/// The first and the last year with known numbers of residents.
pub const YEARS: (i32, i32) = (2010, 2024);

impl Residents {
    /// Those of an area in a year, with several states added up; `None` for an unknown year.
    pub fn of(area: Area, year: i32) -> Option<Residents> {
        let mut all = Residents {
            number: 0,
            census: None,
        };
        for state in area.states().iter() {
            let of_state = Residents::of_state(state, year)?;
            all.number += of_state.number;
            all.census = all.census.or(of_state.census);
        }
        Some(all)
    }

    fn of_state(state: Jurisdiction, year: i32) -> Option<Residents> {
        if !(YEARS.0..=YEARS.1).contains(&year) {
            return None;
        }
        let mut rows = RESIDENTS.lines().filter_map(|row| {
            let mut cells = row.split(',');
            let is_state = cells.next()? == state.code();
            let (of_year, number) = (cells.next()?.parse::<i32>(), cells.next()?.parse::<u64>());
            let is_census = cells.next()? == "census";
            is_state.then_some((of_year.ok()?, number.ok()?, is_census))
        });
        // Rows are in the order of years: for a state with annual estimates, the last one is the year's own.
        let (of_year, number, is_census) = rows.rfind(|(of_year, ..)| *of_year <= year)?;
        Some(Residents {
            number,
            census: is_census.then_some(of_year),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, year: i32) -> Residents {
        Residents::of(Area::from_code(code).unwrap(), year).unwrap()
    }

    /// The Census Bureau's numbers for the 50 states and the District of Columbia together.
    const OF_STATES: [(i32, u64); 3] = [
        (2010, 309_321_666),
        (2016, 322_941_311),
        (2024, 340_110_988),
    ];

    #[test]
    fn states_add_up_to_the_nation() {
        let territories = ["AS", "GU", "MP", "PR", "VI"];
        for (year, expected) in OF_STATES {
            let of_territories = territories.map(|code| of(code, year).number);
            let states = of("US", year).number - of_territories.iter().sum::<u64>();
            assert_eq!(states, expected, "{year}");
        }
    }

    #[test]
    fn every_area_has_residents_in_every_year() {
        for state in Jurisdiction::all() {
            for year in YEARS.0..=YEARS.1 {
                let residents = Residents::of(Area::State(state), year).unwrap();
                assert!(residents.number > 40_000, "{state} {year}");
            }
        }
        assert_eq!(
            of("NM", 2016),
            Residents {
                number: 2_091_630,
                census: None
            }
        );
        assert_eq!(
            of("GU", 2016),
            Residents {
                number: 159_358,
                census: Some(2010)
            }
        );
        assert_eq!(
            of("GU", 2021),
            Residents {
                number: 153_836,
                census: Some(2020)
            }
        );
        assert_eq!(of("Region-IX", 2016).census, Some(2010));
        let area = Area::from_code("NM").unwrap();
        assert_eq!(Residents::of(area, 2009), None);
        assert_eq!(Residents::of(area, 2025), None);
    }
}
