//! The tables of places in `input/geo/places`.

use memchr::memmem;

use super::{LonLat, embedded};
use crate::jurisdiction::Jurisdiction;

/// A row of `input/geo/places/{ST}.csv`, whose columns have this order.
#[derive(Debug, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub(super) struct PlaceRecord<'a> {
    pub kind: &'a str,
    pub key: &'a str,
    pub name: &'a str,
    pub latitude: f64,
    pub longitude: f64,
    pub population: Option<u32>,
    /// The next larger place: for a ZIP code, the name of its city if that isn't `name`; for a city, the three
    /// digits of its county.
    pub within: &'a str,
    /// "yes" for a ZIP code that covers an area, unlike one for post office boxes or for a building.
    pub area: &'a str,
}

/// A state's rows of one kind, which are together: ZIP codes by code, cities by name, counties by FIPS code.
pub(super) fn records(
    state: Jurisdiction,
    kind: &str,
) -> impl Iterator<Item = PlaceRecord<'static>> {
    let text = embedded::files_of(state).places;
    let first = memmem::find(text.as_bytes(), format!("\n{kind},").as_bytes());
    let lines = first.map_or("", |first| &text[first + 1..]).lines();
    let lines = lines.take_while(move |line| line.starts_with(kind));
    lines.map(|line| PlaceRecord::of(line).expect("the tests read all tables of places"))
}

impl PlaceRecord<'static> {
    /// Of a line of a table. Only names are quoted, and have no quotation marks in them: a test reads all tables
    /// with the csv crate too, which takes several times as long.
    fn of(line: &'static str) -> Option<Self> {
        let (kind, rest) = cut(line)?;
        let (key, rest) = cut(rest)?;
        let (name, rest) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\",")?,
            None => cut(rest)?,
        };
        let (latitude, rest) = cut(rest)?;
        let (longitude, rest) = cut(rest)?;
        let (population, rest) = cut(rest)?;
        let (within, area) = cut(rest)?;
        Some(PlaceRecord {
            kind,
            key,
            name,
            latitude: latitude.parse().ok()?,
            longitude: longitude.parse().ok()?,
            population: match population {
                "" => None,
                number => Some(number.parse().ok()?),
            },
            within,
            area,
        })
    }
}

impl PlaceRecord<'_> {
    /// Where the place is.
    pub(super) fn position(&self) -> LonLat {
        LonLat {
            longitude: self.longitude,
            latitude: self.latitude,
        }
    }
}

/// What is before a comma, and what behind it. Fields are so short that a search by larger steps takes longer.
fn cut(text: &'static str) -> Option<(&'static str, &'static str)> {
    let at = text.bytes().position(|byte| byte == b',')?;
    Some((&text[..at], &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_as_the_csv_crate_reads_them() {
        for state in Jurisdiction::all() {
            let text = embedded::files_of(state).places;
            let mut table = csv::Reader::from_reader(text.as_bytes());
            let kinds = ["city", "county", "zip"];
            let mut ours = kinds.into_iter().flat_map(|kind| records(state, kind));
            let mut record = csv::StringRecord::new();
            while table.read_record(&mut record).unwrap() {
                let theirs: PlaceRecord<'_> = record.deserialize(None).unwrap();
                assert_eq!(ours.next().as_ref(), Some(&theirs), "{state}");
            }
            assert_eq!(ours.next(), None, "{state}");
        }
    }
}
