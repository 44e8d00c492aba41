//! The result for a name in a cell of places: a public point, and the fate of its cell.

use super::column::Column;
use super::ledger::Fate;
use super::one_cell::{self, OneCell};
use super::told::TellsOf;
use crate::geo::{Gazetteer, PublicPoint, county, repaired, state_of_zip};
use crate::jurisdiction::Jurisdiction;

/// What names a place, in the order in which names are looked up.
pub(super) const KINDS: [Column; 3] = [Column::Zip, Column::City, Column::County];

/// The result for a name in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub fate: Fate,
    pub point: Option<PublicPoint>,
    /// The state in the name, if the row names none.
    pub state: Option<Jurisdiction>,
    pub tells: Option<TellsOf>,
}

impl Verdict {
    /// The result for a word that means that nothing is known.
    pub(super) const EMPTY: Verdict = Verdict {
        fate: Fate::EmptyWord,
        point: None,
        state: None,
        tells: None,
    };
}

/// The result for a name that isn't blank, in a state if one is given.
pub(super) fn judge(kind: usize, state: Option<Jurisdiction>, text: &str) -> Verdict {
    match (KINDS[kind], state) {
        (Column::Zip, Some(state)) => zip_in(state, text),
        (Column::Zip, None) => zip_anywhere(text).map_or_else(no_state, |point| Verdict {
            fate: Fate::Used,
            point: Some(point),
            state: Some(point.state()),
            tells: Some(TellsOf::StateOf),
        }),
        (column, Some(state)) => name_in(column, state, text),
        (column, None) => name_anywhere(column, text),
    }
}

fn used(point: PublicPoint, tells: Option<TellsOf>) -> Verdict {
    Verdict {
        fate: Fate::Used,
        point: Some(point),
        state: None,
        tells,
    }
}

fn lost(fate: Fate, tells: TellsOf) -> Verdict {
    Verdict {
        fate,
        point: None,
        state: None,
        tells: Some(tells),
    }
}

fn no_state() -> Verdict {
    lost(Fate::Unplaced, TellsOf::NoState)
}

fn zip_in(state: Jurisdiction, text: &str) -> Verdict {
    if let Some(point) = Gazetteer::shared(state).zip(text) {
        let digits = text.split(['-', '.']).next().unwrap_or_default();
        let has_lost = digits.trim().len() < 5;
        return used(point, has_lost.then_some(TellsOf::LostZeros));
    }
    match zip_anywhere(text) {
        Some(_) => lost(Fate::Conflict, TellsOf::Elsewhere),
        None => lost(Fate::Unplaced, TellsOf::Unplaced),
    }
}

/// A city or county by name. In a column of cities, also a county whose name says that it is one.
fn named(column: Column, state: Jurisdiction, name: &str) -> Option<PublicPoint> {
    let gazetteer = Gazetteer::shared(state);
    match column {
        Column::City => gazetteer
            .city(name)
            .or_else(|| gazetteer.county(name).filter(|_| is_called_county(name)))
            .or_else(|| gazetteer.city(plain_city(state, name)?)),
        _ => gazetteer.county(name),
    }
}

/// Short names by which people call cities.
const SHORT_NAMES: [(&str, &str, &str); 12] = [
    ("CA", "LA", "Los Angeles"),
    ("CA", "SF", "San Francisco"),
    ("KS", "KC", "Kansas City"),
    ("LA", "NOLA", "New Orleans"),
    ("MO", "KC", "Kansas City"),
    ("MO", "STL", "St. Louis"),
    ("NM", "ABQ", "Albuquerque"),
    ("NV", "Vegas", "Las Vegas"),
    ("NY", "NYC", "New York"),
    ("OK", "OKC", "Oklahoma City"),
    ("PA", "Philly", "Philadelphia"),
    ("UT", "SLC", "Salt Lake City"),
];

/// The name within "City of Santa Fe" and "Honolulu (Oahu)", or that of a short one.
fn plain_city(state: Jurisdiction, name: &str) -> Option<&str> {
    const KINDS_OF_CITY: [&str; 4] = ["city of ", "town of ", "village of ", "borough of "];
    let bare = name.trim();
    let short = SHORT_NAMES
        .iter()
        .find(|(of, short, _)| *of == state.code() && bare.eq_ignore_ascii_case(short));
    let of_kind = || {
        let mut kinds = KINDS_OF_CITY.iter();
        kinds.find_map(|kind| {
            let (start, rest) = bare.split_at_checked(kind.len())?;
            start.eq_ignore_ascii_case(kind).then_some(rest)
        })
    };
    let before_gloss = || {
        let (before, _) = bare.strip_suffix(')')?.split_once('(')?;
        Some(before.trim_end()).filter(|before| !before.is_empty())
    };
    short
        .map(|(.., whole)| *whole)
        .or_else(of_kind)
        .or_else(before_gloss)
}

/// Whether a name in a column of cities says that it is a county.
fn is_called_county(name: &str) -> bool {
    const KINDS_OF_COUNTY: [&str; 6] = [
        "county",
        "parish",
        "borough",
        "census area",
        "municipality",
        "municipio",
    ];
    let name = name.trim_end().to_lowercase();
    KINDS_OF_COUNTY.iter().any(|kind| {
        name.strip_suffix(kind)
            .is_some_and(|rest| rest.ends_with(' '))
    })
}

fn name_in(column: Column, state: Jurisdiction, text: &str) -> Verdict {
    let cell = one_cell::parts(text);
    if cell.is_none_or(|cell| cell.zip.is_empty())
        && let Some(point) = named(column, state, text)
    {
        let has_lost_zeros = text.len() == 4 && is_number(text);
        let tells = match (repaired(text).is_some(), has_lost_zeros) {
            (true, _) => Some(TellsOf::Garbled),
            (_, true) => Some(TellsOf::LostZeros),
            _ => None,
        };
        return used(point, tells);
    }
    if column == Column::County && county(text).is_some() {
        return lost(Fate::Conflict, TellsOf::Elsewhere);
    }
    if column == Column::City && is_zip(text) {
        return zip_in(state, text);
    }
    let Some(OneCell {
        name,
        state: said,
        zip,
    }) = cell
    else {
        return lost(Fate::Unplaced, TellsOf::Unplaced);
    };
    if said.is_some_and(|said| said != state) {
        return lost(Fate::Conflict, TellsOf::Elsewhere);
    }
    let by_zip = Gazetteer::shared(state).zip(zip);
    match by_zip.or_else(|| named(column, state, name)) {
        Some(point) => used(point, Some(TellsOf::OneCell)),
        None if state_of_zip(zip).is_some() => lost(Fate::Conflict, TellsOf::Elsewhere),
        None => lost(Fate::Unplaced, TellsOf::Unplaced),
    }
}

/// A name in a row without a state. The state may be after the name.
fn name_anywhere(column: Column, text: &str) -> Verdict {
    let of = |state: Jurisdiction, point: Option<PublicPoint>| Verdict {
        fate: Fate::Used,
        point,
        state: Some(state),
        tells: Some(TellsOf::StateOf),
    };
    if column == Column::County
        && let Some(point) = county(text)
    {
        return of(point.state(), Some(point));
    }
    if column == Column::City
        && is_zip(text)
        && let Some(point) = zip_anywhere(text)
    {
        return of(point.state(), Some(point));
    }
    let Some(cell) = one_cell::parts(text) else {
        return no_state();
    };
    let by_zip = zip_anywhere(cell.zip);
    let Some(state) = cell.state.or(by_zip.map(PublicPoint::state)) else {
        return no_state();
    };
    let by_zip = by_zip.filter(|point| point.state() == state);
    match by_zip.or_else(|| named(column, state, cell.name)) {
        Some(point) => of(state, Some(point)),
        None => Verdict {
            state: Some(state),
            ..lost(Fate::Unplaced, TellsOf::Unplaced)
        },
    }
}

/// Whether a text in a column of places is a ZIP code and nothing else; one that has lost zeros could be another
/// number.
fn is_zip(text: &str) -> bool {
    let (five, plus_four) = text.trim().split_once('-').unwrap_or((text.trim(), "0000"));
    five.len() == 5 && plus_four.len() == 4 && is_number(five) && is_number(plus_four)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The point of a ZIP code, in any state.
fn zip_anywhere(code: &str) -> Option<PublicPoint> {
    Gazetteer::shared(state_of_zip(code)?).zip(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(column: Column, state: &str, text: &str) -> Option<&'static str> {
        let kind = KINDS.iter().position(|kind| *kind == column).unwrap();
        let point = judge(kind, Jurisdiction::from_code(state), text).point;
        point.map(PublicPoint::plain_name)
    }

    #[test]
    fn places_go_by_other_names_too() {
        let (city, county) = (Column::City, Column::County);
        for (column, state, text, expected) in [
            (city, "NM", "ABQ", "Albuquerque"),
            (city, "NM", "City of Santa Fe", "Santa Fe"),
            (city, "NM", "TOWN OF TAOS", "Taos"),
            (city, "HI", "Hilo (Hawaii)", "Hilo"),
            (city, "NY", "NYC", "New York City"),
            (city, "KS", "KC", "Kansas City"),
            (city, "NM", "87501", "87501"),
            (city, "NM", "87501-1234", "87501"),
            (city, "", "87501", "87501"),
            (county, "NY", "Manhattan", "New York"),
            (county, "NY", "Kings (Brooklyn)", "Kings"),
            (county, "AK", "Mat-Su Borough", "Matanuska-Susitna"),
            (county, "CT", "Western CT", "Western Connecticut"),
            (county, "CT", "South Central", "South Central Connecticut"),
            (
                county,
                "CT",
                "Southeastern Connecticut COG",
                "Southeastern Connecticut",
            ),
            (
                county,
                "CT",
                "Capitol Region Council of Governments",
                "Capitol",
            ),
        ] {
            assert_eq!(
                name(column, state, text),
                Some(expected),
                "{text} in {state}"
            );
        }
        for (column, state, text) in [
            (city, "NM", "LA"),
            (city, "NM", "City of"),
            (city, "NM", "City of Nowhere"),
            (city, "NM", "60601"),
            (city, "", "8750"),
            (county, "NM", "Manhattan"),
            (county, "MA", "Western"),
        ] {
            assert_eq!(name(column, state, text), None, "{text} in {state}");
        }
    }
}
