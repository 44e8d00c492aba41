//! What is reported about places: which ones weren't found, which contradict their row, and what was understood
//! although it was written differently.

use ahash::AHashMap;

use super::column::Column;
use crate::failure::counted;
use crate::geo::{Gazetteer, PointKind};
use crate::jurisdiction::Jurisdiction;

/// Distinct ones that are kept.
const MOST: usize = 1000;

/// What there is to report about a place cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TellsOf {
    /// The name isn't in the state's gazetteer.
    Unplaced,
    /// The row gives no state, and neither does the cell.
    NoState,
    /// It is in another state than the one in the row, which counts.
    Elsewhere,
    /// The row gives no state; the state of the ZIP code, or the one after the name, counts.
    StateOf,
    /// Letters were garbled, and are restored.
    Garbled,
    /// Leading zeros were lost, and are restored.
    LostZeros,
    /// City, state and ZIP code are in one cell.
    OneCell,
}

impl ToldPlace {
    /// The name in the state's gazetteer that an unplaced name most likely means.
    pub fn likely(&self) -> Option<&'static str> {
        let kind = match (self.tells, self.column) {
            (TellsOf::Unplaced, Column::City) => PointKind::City,
            (TellsOf::Unplaced, Column::County) => PointKind::County,
            _ => return None,
        };
        Gazetteer::shared(self.state?).nearest_name(kind, &self.name)
    }

    /// What was understood, for all cells of a kind together; `None` for what wasn't.
    fn understood(&self) -> Option<&'static str> {
        Some(match (self.tells, self.column) {
            (TellsOf::StateOf, Column::Zip) => {
                "locations without a state get the state of their ZIP code"
            }
            (TellsOf::StateOf, _) => {
                "locations without a state get the one that is written with their city or county"
            }
            (TellsOf::Garbled, _) => {
                "names with garbled letters are read as they were originally written"
            }
            (TellsOf::LostZeros, _) => {
                "ZIP codes or county codes that have lost leading zeros are read with them"
            }
            (TellsOf::OneCell, _) => "cells with city, state and ZIP code together are split",
            _ => return None,
        })
    }
}

/// What was understood although it is written differently: a line for each kind, with its number of cells and its
/// first line.
pub fn understood(places: &[ToldPlace]) -> Vec<String> {
    let mut kinds: Vec<(&str, u64, u64)> = Vec::new();
    for place in places {
        let Some(what) = place.understood() else {
            continue;
        };
        match kinds.iter_mut().find(|(known, ..)| *known == what) {
            Some((_, count, line)) => {
                *count += place.count;
                *line = place.first_line.min(*line);
            }
            None => kinds.push((what, place.count, place.first_line)),
        }
    }
    let lines = kinds.into_iter();
    lines
        .map(|(what, count, line)| {
            format!(
                "{what}: {}, the first in line {line}",
                counted(count, "cell")
            )
        })
        .collect()
}

/// One thing that is reported about places, with its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldPlace {
    /// [`Column::Latitude`] for coordinates.
    pub column: Column,
    /// What is reported about it.
    pub tells: TellsOf,
    /// The state in the row.
    pub state: Option<Jurisdiction>,
    /// The text in the file; empty if it doesn't matter.
    pub name: String,
    /// The number of cells.
    pub count: u64,
    /// Line of the first, from 1.
    pub first_line: u64,
}

/// Everything that is reported, in order of appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    places: Vec<ToldPlace>,
    index: AHashMap<Key, usize>,
    /// Whether more than [`MOST`] are kept.
    keeps_all: bool,
}

type Key = (Column, TellsOf, Option<Jurisdiction>, String);

impl Told {
    /// Those of a part of a file, all of them, because it isn't known yet which are the first in the file.
    pub(super) fn of_part() -> Self {
        Told {
            keeps_all: true,
            ..Told::default()
        }
    }

    pub(super) fn note(
        &mut self,
        column: Column,
        tells: TellsOf,
        state: Option<Jurisdiction>,
        name: &str,
        line: u64,
    ) {
        self.add_one((column, tells, state, name.to_owned()), 1, line);
    }

    /// After the first thousand, names are counted without being distinguished.
    fn add_one(&mut self, mut key: Key, count: u64, first_line: u64) {
        if !self.keeps_all && self.places.len() >= MOST && !self.index.contains_key(&key) {
            key.3.clear();
        }
        match self.index.get(&key) {
            Some(&index) => self.places[index].count += count,
            None => {
                self.index.insert(key.clone(), self.places.len());
                let (column, tells, state, name) = key;
                self.places.push(ToldPlace {
                    column,
                    tells,
                    state,
                    name,
                    count,
                    first_line,
                });
            }
        }
    }

    /// Adds those of the next part of the file, with their lines shifted by `shift`.
    pub(super) fn add(&mut self, part: &Told, shift: u64) {
        for place in &part.places {
            let key = (place.column, place.tells, place.state, place.name.clone());
            self.add_one(key, place.count, place.first_line + shift);
        }
    }

    pub(super) fn places(&self) -> &[ToldPlace] {
        &self.places
    }
}
