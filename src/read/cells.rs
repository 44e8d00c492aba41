//! Reads cells that hold values of the vocabulary or states, each distinct cell once.

use ahash::AHashMap;

use super::findings::UnknownValues;
use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::List;

/// Distinct cells that are remembered; free text in a column must not fill the memory.
const MOST_REMEMBERED: usize = 4096;

/// What a cell says: codes of the values in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// By position in the cell; `None` where the value is empty or unknown. Empty values at the end
    /// are no positions.
    by_position: Box<[Option<u8>]>,
    bits: u64,
    unknown: Box<[Box<str>]>,
}

impl Codes {
    /// The code at a position from 0.
    pub fn at(&self, position: usize) -> Option<u8> {
        self.by_position.get(position).copied().flatten()
    }

    /// Number of positions.
    pub fn positions(&self) -> usize {
        self.by_position.len()
    }

    /// One bit per code that the cell has at least once: bit 0 for code 0.
    pub fn bits(&self) -> u64 {
        self.bits
    }

    /// Every mention: a code that the cell has twice comes twice.
    pub fn mentions(&self) -> impl Iterator<Item = u8> {
        self.by_position.iter().flatten().copied()
    }
}

/// What the values of a column mean.
#[derive(Clone, Copy)]
pub(super) enum Meaning<'v> {
    /// Codes are indexes into the list.
    Vocabulary(&'v List),
    /// Codes are indexes of [`Jurisdiction`].
    State,
}

/// A column whose cells hold one value, or several separated by `;`.
pub(super) struct CodedColumn<'v> {
    meaning: Meaning<'v>,
    several: bool,
    /// Index into `read` by the bytes of a cell.
    remembered: AHashMap<Box<[u8]>, usize>,
    read: Vec<Codes>,
    pub unknown: UnknownValues,
}

impl<'v> CodedColumn<'v> {
    pub(super) fn of_one(meaning: Meaning<'v>) -> Self {
        CodedColumn {
            meaning,
            several: false,
            remembered: AHashMap::new(),
            read: Vec::new(),
            unknown: UnknownValues::default(),
        }
    }

    pub(super) fn of_several(meaning: Meaning<'v>) -> Self {
        CodedColumn {
            several: true,
            ..CodedColumn::of_one(meaning)
        }
    }

    /// The codes of a cell of a line; its unknown values are noted.
    pub(super) fn read(&mut self, cell: &[u8], line: u64) -> &Codes {
        let index = match self.remembered.get(cell) {
            Some(index) => *index,
            None => self.remember(cell),
        };
        let codes = &self.read[index];
        for value in &codes.unknown {
            self.unknown.note(value, line);
        }
        codes
    }

    fn remember(&mut self, cell: &[u8]) -> usize {
        if self.read.len() == MOST_REMEMBERED {
            self.remembered.clear();
            self.read.clear();
        }
        let index = self.read.len();
        self.read
            .push(self.interpret(&String::from_utf8_lossy(cell)));
        self.remembered.insert(cell.into(), index);
        index
    }

    fn interpret(&self, cell: &str) -> Codes {
        let mut codes = Vec::new();
        let mut unknown = Vec::new();
        let mut used = 0;
        let values: Vec<&str> = if self.several {
            cell.split(';').collect()
        } else {
            vec![cell]
        };
        for value in values {
            let value = value.trim();
            let code = match self.meaning {
                Meaning::Vocabulary(list) => list.find(value),
                Meaning::State => {
                    Jurisdiction::from_code_or_name(value).map(|state| state.index() as u8)
                }
            };
            codes.push(code);
            if !value.is_empty() {
                used = codes.len();
                if code.is_none() {
                    unknown.push(value.into());
                }
            }
        }
        codes.truncate(used);
        Codes {
            bits: codes
                .iter()
                .flatten()
                .fold(0, |bits, code| bits | 1 << code),
            by_position: codes.into(),
            unknown: unknown.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn several_values_keep_their_positions_and_mentions() {
        let vocabulary = Vocabulary::embedded();
        let mut gender = CodedColumn::of_several(Meaning::Vocabulary(&vocabulary.gender));
        let codes = gender.read(b"female; Male;;Female;x; ;", 7);
        assert_eq!(codes.positions(), 5);
        assert_eq!(
            (codes.at(0), codes.at(1), codes.at(2), codes.at(4)),
            (Some(0), Some(1), None, None)
        );
        assert_eq!(codes.mentions().collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!(codes.bits(), 0b11);
        assert_eq!(gender.unknown.values()[0].value, "x");
        assert_eq!(gender.unknown.values()[0].first_line, 7);
    }

    #[test]
    fn a_column_of_one_value_is_not_split() {
        let vocabulary = Vocabulary::embedded();
        let mut calls = CodedColumn::of_one(Meaning::Vocabulary(&vocabulary.call_type));
        assert_eq!(calls.read(b" TIP report ", 2).at(0), Some(1));
        assert_eq!(calls.read(b"Tip Report;Referral", 3).at(0), None);
        assert_eq!(calls.read(b"", 4).positions(), 0);
        assert_eq!(calls.unknown.values().len(), 1);
    }

    #[test]
    fn states_go_by_code_or_name() {
        let mut states = CodedColumn::of_several(Meaning::State);
        let expected = Jurisdiction::from_code("NM").unwrap().index() as u8;
        let codes = states.read(b"nm;New Mexico;Chihuahua", 2);
        assert_eq!(codes.at(0), Some(expected));
        assert_eq!(codes.at(1), Some(expected));
        assert_eq!(codes.at(2), None);
        assert_eq!(codes.bits().count_ones(), 1);
    }

    #[test]
    fn more_distinct_cells_than_are_remembered_are_still_read() {
        let mut states = CodedColumn::of_one(Meaning::State);
        for number in 0..3 * MOST_REMEMBERED {
            assert_eq!(states.read(format!("x{number}").as_bytes(), 2).at(0), None);
            assert_eq!(states.read(b"TX", 2).positions(), 1);
        }
        assert!(states.read.len() <= MOST_REMEMBERED);
        assert_eq!(states.unknown.total(), 3 * MOST_REMEMBERED as u64);
    }
}
