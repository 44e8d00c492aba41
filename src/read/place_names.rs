//! What a name in a cell of places becomes: a public point, and where its cell ends.

use super::column::Column;
use super::ledger::Fate;
use super::one_cell::{self, OneCell};
use super::told::TellsOf;
use crate::geo::{Gazetteer, PublicPoint, county, repaired, state_of_zip};
use crate::jurisdiction::Jurisdiction;

/// What is told of a place by name, in the order in which a name is looked for.
pub(super) const KINDS: [Column; 3] = [Column::Zip, Column::City, Column::County];

/// What a name in a cell became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub fate: Fate,
    pub point: Option<PublicPoint>,
    /// The state that the name says, where the row says none.
    pub state: Option<Jurisdiction>,
    pub tells: Option<TellsOf>,
}

impl Verdict {
    /// Of a word that says that nothing is known.
    pub(super) const EMPTY: Verdict = Verdict {
        fate: Fate::EmptyWord,
        point: None,
        state: None,
        tells: None,
    };
}

/// What a name that is not blank becomes in a state, if one is given.
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

/// A city or county by name; in a column of cities, also a county that says that it is one.
fn named(column: Column, state: Jurisdiction, name: &str) -> Option<PublicPoint> {
    let gazetteer = Gazetteer::shared(state);
    match column {
        Column::City => gazetteer
            .city(name)
            .or_else(|| gazetteer.county(name).filter(|_| is_called_county(name))),
        _ => gazetteer.county(name),
    }
}

/// Whether a name in a column of cities says that it is a county's.
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

/// A name in a row that gives no state: one may stand behind it.
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

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The point of a ZIP code in whatever state has it.
fn zip_anywhere(code: &str) -> Option<PublicPoint> {
    Gazetteer::shared(state_of_zip(code)?).zip(code)
}
