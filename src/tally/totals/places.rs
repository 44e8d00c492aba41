//! The places of cases, from tables of places.

use std::collections::BTreeSet;

use super::{Given, Totals};
use crate::area::Area;
use crate::failure::{Failure, Outcome};
use crate::geo::{Gazetteer, PointKind, PublicPoint};
use crate::period::Period;
use crate::read::PlacesRow;
use crate::tally::statistics::{CasesByPlaces, MapCases, YearPlaces};

/// What to do about a text that is no place, nor like one.
const NO_PLACE: &str = "write a ZIP code, a city, or a county's name or FIPS code; leave the row out where the place \
    isn't known: its cases are then not on the map";

impl Totals<'_> {
    /// Adds a row. A row without a place is for cases that have none, or none that the map shows: then the places in
    /// its year are known.
    pub(super) fn add_places(&mut self, row: &PlacesRow<'_>) -> Outcome<()> {
        if row.places.is_empty() {
            row.cases()?;
            self.places.entry((row.state, row.year)).or_default();
            return Ok(());
        }
        let gazetteer = Gazetteer::shared(row.state);
        let places = row.places.split(';').map(|name| {
            find(gazetteer, name.trim()).ok_or_else(|| {
                let (name, state) = (name.trim().escape_debug().to_string(), row.state.name());
                Failure::data(format!("“{name}” isn't a place in {state}"))
                    .at(row.places_position())
                    .remedy(match near(gazetteer, &name) {
                        Some(near) => format!("did you mean {near}?"),
                        None => NO_PLACE.to_owned(),
                    })
            })
        });
        let mut places: Vec<PublicPoint> = places.collect::<Outcome<_>>()?;
        places.sort_unstable();
        places.dedup();
        let given = Given {
            count: row.cases()?,
            position: row.cases_position(),
        };
        let of_year = self.places.entry((row.state, row.year)).or_default();
        match of_year.insert(places, given) {
            None => Ok(()),
            Some(first) => Err(Failure::data(format!(
                "the cases at {} in {} appear twice; the first time at {}",
                row.places.escape_debug(),
                row.year,
                first.position
            ))
            .at(row.cases_position())
            .remedy("add them up into one row")),
        }
    }

    /// Where the cases of each year are, as far as the tables say.
    pub(super) fn map(&self, area: Area, period: &Period) -> MapCases {
        let years: BTreeSet<i32> = period.years_of_maps().collect();
        let years = years.into_iter().filter_map(|year| {
            let places = self.places.get(&(area.state()?, year))?.iter();
            let cases = places.map(|(places, given)| (places.clone(), given.count));
            Some(YearPlaces {
                year,
                cases: CasesByPlaces::of(cases),
            })
        });
        MapCases {
            years: years.collect(),
            outside_cases: 0,
        }
    }

    /// Checks that no year has fewer cases than are at its places. `cases_of` is how many a year has, if known.
    pub(super) fn check_places(
        &self,
        area: Area,
        cases_of: impl Fn(i32) -> Option<u64>,
    ) -> Outcome<()> {
        for ((of, year), places) in &self.places {
            let Some(cases) = cases_of(*year).filter(|_| Area::State(*of) == area) else {
                continue;
            };
            // Each is a count, but there may be any number of them.
            let placed = places
                .values()
                .fold(0, |sum: u64, it| sum.saturating_add(it.count));
            let last = places.values().last();
            if let Some(given) = last.filter(|_| placed > cases) {
                return Err(Failure::data(format!(
                    "{placed} cases of {area} are at places in {year}, but the year has {cases}"
                ))
                .at(given.position.clone())
                .remedy(
                    "count a case with several places in one row that names all of them, separated by \
                     semicolons",
                ));
            }
        }
        Ok(())
    }
}

/// A ZIP code; otherwise a county, if it is a FIPS code or a name that says so; otherwise a city; otherwise a county.
fn find(gazetteer: &Gazetteer, name: &str) -> Option<PublicPoint> {
    gazetteer
        .zip(name)
        .or_else(|| gazetteer.county(name).filter(|_| is_county(name)))
        .or_else(|| gazetteer.city(name))
        .or_else(|| gazetteer.county(name))
}

/// Whether a name says that it is a county, or is a FIPS code.
fn is_county(name: &str) -> bool {
    const KINDS: [&str; 7] = [
        "county",
        "parish",
        "borough",
        "area",
        "municipality",
        "municipio",
        "region",
    ];
    let last = name.rsplit(char::is_whitespace).next().unwrap_or_default();
    let last = last.trim_matches(['(', ')']);
    name.bytes().all(|byte| byte.is_ascii_digit())
        || KINDS.iter().any(|kind| last.eq_ignore_ascii_case(kind))
}

/// The city or, where none is near, the county that a text may mean.
fn near<'g>(gazetteer: &'g Gazetteer, name: &str) -> Option<&'g str> {
    let city = gazetteer.nearest_name(PointKind::City, name);
    city.or_else(|| gazetteer.nearest_name(PointKind::County, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::Jurisdiction;

    /// Names in a table of places are read as what was meant.
    #[test]
    fn every_public_point_is_found_by_its_name() {
        let mut lost = Vec::new();
        for state in Jurisdiction::all() {
            let gazetteer = Gazetteer::shared(state);
            for point in gazetteer.points() {
                let name = point.name();
                if find(gazetteer, &name) != Some(point) {
                    lost.push(format!("{state} {:?} {name}", point.kind()));
                }
            }
        }
        assert_eq!(lost, Vec::<String>::new());
    }
}
