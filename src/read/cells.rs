//! Reads cells with values of the vocabulary or states, each distinct cell once.

use std::collections::BTreeMap;

use ahash::AHashMap;

use super::cell::Cell;
use super::column::Column;
use super::findings::UnknownValues;
use super::ledger::Fate;
use super::mapping::{Aliases, Mapping};
use super::meaning::Meaning;
use super::trim::trim_str;
use super::values::values;
use super::word::Word;

/// Distinct cells that are remembered; free text in a column must not fill the memory.
const MOST_REMEMBERED: usize = 4096;

/// What a cell says: codes of the values in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// By position in the cell; `None` if the value is empty or unknown. Empty values at the end aren't positions.
    by_position: Box<[Option<u8>]>,
    bits: u64,
    unknown: Box<[Box<str>]>,
    /// What happens to the cell; `None` for a blank one.
    fate: Option<Fate>,
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

    /// What happens to the cell; `None` for a blank one.
    pub(super) fn fate(&self) -> Option<Fate> {
        self.fate
    }

    /// Every mention: a code that occurs twice in the cell is returned twice.
    pub fn mentions(&self) -> impl Iterator<Item = u8> {
        self.by_position.iter().flatten().copied()
    }
}

/// A column with one value per cell, or several with separators between them.
pub(super) struct CodedColumn<'v> {
    pub column: Column,
    meaning: Meaning<'v>,
    mapping: &'v Mapping,
    aliases: Option<&'v Aliases>,
    several: bool,
    /// For an empty cell.
    nothing: Codes,
    /// The position of the last cell's codes in `read`; `None` for those of an empty one.
    last: Option<usize>,
    /// Its codes, a bit for each.
    bits: u64,
    remembered: Remembered,
    read: Vec<CellRead>,
    /// Whether cells were forgotten, so that `read` doesn't cover all rows.
    forgot: bool,
    pub unknown: UnknownValues,
}

/// A remembered cell.
struct CellRead {
    text: Box<[u8]>,
    codes: Codes,
    /// The number of accepted rows that have it.
    uses: u64,
}

/// How a value was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Became {
    /// A value of the vocabulary, by its name, or a state, by its code.
    Known(String),
    /// Nothing: the value says that nothing is known.
    Empty,
    /// Unknown, but counted as this.
    UnknownAs(String),
    /// Unknown, and not counted.
    Unknown,
}

/// Distinct cells, each with an index.
struct Remembered {
    /// Those that were requested last, each at a position that follows from its bytes: columns have few distinct
    /// cells, and this is several times faster than the table of all.
    recent: Box<[(Word, u32); RECENT]>,
    all: AHashMap<Box<[u8]>, u32>,
}

/// Positions for recent cells: those of all states fit, and they stay in the processor's nearest cache.
const RECENT: usize = 128;

impl Default for Remembered {
    fn default() -> Self {
        Remembered {
            // No requested cell is empty.
            recent: Box::new([(Word::EMPTY, 0); RECENT]),
            all: AHashMap::new(),
        }
    }
}

impl Remembered {
    /// The index of a cell that was requested last.
    #[inline]
    fn recent(&self, word: &Word) -> Option<u32> {
        let (of, index) = &self.recent[word.folded() as usize % RECENT];
        (of == word).then_some(*index)
    }

    fn find(&mut self, cell: Cell<'_>) -> Option<u32> {
        let index = *self.all.get(cell.bytes)?;
        self.recent[cell.word.folded() as usize % RECENT] = (cell.word, index);
        Some(index)
    }

    fn insert(&mut self, cell: Cell<'_>, index: u32) {
        self.all.insert(cell.bytes.into(), index);
    }
}

impl<'v> CodedColumn<'v> {
    pub(super) fn new(
        column: Column,
        meaning: Meaning<'v>,
        several: bool,
        mapping: &'v Mapping,
    ) -> Self {
        CodedColumn {
            column,
            meaning,
            mapping,
            aliases: mapping.values.get(&column),
            several,
            nothing: Codes::default(),
            last: None,
            bits: 0,
            remembered: Remembered::default(),
            read: Vec::new(),
            forgot: false,
            unknown: UnknownValues::default(),
        }
    }

    /// The codes of a cell.
    #[inline]
    pub(super) fn read(&mut self, cell: Cell<'_>) -> &Codes {
        if cell.bytes.is_empty() {
            self.leave();
            return &self.nothing;
        }
        let index = self.read_filled(cell);
        let codes = &self.read[index].codes;
        (self.last, self.bits) = (Some(index), codes.bits);
        codes
    }

    /// Reads a cell that isn't empty, in an accepted row; returns what happens to it.
    #[inline]
    pub(super) fn read_and_take(&mut self, cell: Cell<'_>, line: u64) -> Option<Fate> {
        let index = self.read_filled(cell);
        let CellRead { codes, uses, .. } = &mut self.read[index];
        (self.last, self.bits) = (Some(index), codes.bits);
        *uses += 1;
        if !codes.unknown.is_empty() {
            note(&mut self.unknown, codes, line);
        }
        codes.fate
    }

    /// Treats the next row's cell as empty.
    #[inline]
    pub(super) fn leave(&mut self) {
        (self.last, self.bits) = (None, 0);
    }

    /// The [bits](Codes::bits) of the cell that was read last.
    #[inline]
    pub(super) fn bits(&self) -> u64 {
        self.bits
    }

    /// Records that the cell which was read last is in an accepted row; returns what happens to it.
    #[inline]
    pub(super) fn take(&mut self, line: u64) -> Option<Fate> {
        let CellRead { codes, uses, .. } = &mut self.read[self.last?];
        *uses += 1;
        if !codes.unknown.is_empty() {
            note(&mut self.unknown, codes, line);
        }
        codes.fate
    }

    /// What happens to a cell that is only a part of what is read.
    pub(super) fn fate(&mut self, cell: Cell<'_>) -> Option<Fate> {
        if cell.bytes.is_empty() {
            return None;
        }
        match self.remembered.find(cell) {
            Some(index) => self.read[index as usize].codes.fate,
            // Remembering one more could evict the cell that was read last.
            None => self.interpret(&String::from_utf8_lossy(cell.bytes)).fate,
        }
    }

    /// The codes of the cell that was read last.
    #[inline]
    pub(super) fn said(&self) -> &Codes {
        match self.last {
            None => &self.nothing,
            Some(index) => &self.read[index].codes,
        }
    }

    #[inline]
    fn read_filled(&mut self, cell: Cell<'_>) -> usize {
        match self.remembered.recent(&cell.word) {
            // For a long cell, the word contains only a part.
            Some(index) if cell.word.is_all() || *self.read[index as usize].text == *cell.bytes => {
                index as usize
            }
            _ => self.find(cell),
        }
    }

    #[cold]
    fn find(&mut self, cell: Cell<'_>) -> usize {
        match self.remembered.find(cell) {
            Some(index) => index as usize,
            None => self.remember(cell),
        }
    }

    /// What unknown values count as.
    pub(super) fn unknown_counts_as(&self) -> Option<&'v str> {
        let code = self.mapping.code_of_other(self.column, self.meaning)?;
        Some(self.meaning.name(code))
    }

    /// Each distinct value, how it was read, and how often it occurs in the column; `false` if there were too many to
    /// count all.
    pub(super) fn values(&self) -> (Vec<(String, Became, u64)>, bool) {
        let mut values: BTreeMap<(String, Became), u64> = BTreeMap::new();
        for (cell, index) in &self.remembered.all {
            for value in self.split(&String::from_utf8_lossy(cell)) {
                let became = match self.interpret_value(value) {
                    (Some(code), true) => Became::Known(self.meaning.name(code).to_owned()),
                    (None, true) => Became::Empty,
                    (Some(code), false) => Became::UnknownAs(self.meaning.name(code).to_owned()),
                    (None, false) => Became::Unknown,
                };
                *values.entry((value.to_owned(), became)).or_default() +=
                    self.read[*index as usize].uses;
            }
        }
        let values = values
            .into_iter()
            .map(|((value, became), count)| (value, became, count));
        (values.collect(), !self.forgot)
    }

    fn remember(&mut self, cell: Cell<'_>) -> usize {
        if self.read.len() == MOST_REMEMBERED {
            self.remembered = Remembered::default();
            self.read.clear();
            self.forgot = true;
        }
        let index = self.read.len();
        self.read.push(CellRead {
            text: cell.bytes.into(),
            codes: self.interpret(&String::from_utf8_lossy(cell.bytes)),
            uses: 0,
        });
        self.remembered.insert(cell, index as u32);
        index
    }

    fn interpret(&self, cell: &str) -> Codes {
        let mut codes = Vec::new();
        let mut unknown = Vec::new();
        let mut used = 0;
        for value in self.split(cell) {
            let (code, is_known) = self.interpret_value(value);
            codes.push(code);
            if !value.is_empty() {
                used = codes.len();
            }
            if !is_known {
                unknown.push(value.into());
            }
        }
        codes.truncate(used);
        let fate = if trim_str(cell).is_empty() {
            None
        } else if !unknown.is_empty() {
            Some(Fate::Unknown)
        } else if codes.iter().flatten().next().is_some() {
            Some(Fate::Used)
        } else {
            Some(Fate::EmptyWord)
        };
        Codes {
            fate,
            bits: codes
                .iter()
                .flatten()
                .fold(0, |bits, code| bits | 1 << code),
            by_position: codes.into(),
            unknown: unknown.into(),
        }
    }

    /// The values in a cell, without spaces around them.
    fn split<'c>(&self, cell: &'c str) -> Vec<&'c str> {
        let cell = trim_str(cell);
        if !self.several {
            return vec![cell];
        }
        let is_known = |value: &str| self.interpret_value(value).1;
        values(cell, self.mapping.separators.of(self.column), is_known)
    }

    /// The code that a value counts as, and whether its meaning is known.
    fn interpret_value(&self, value: &str) -> (Option<u8>, bool) {
        if value.is_empty() {
            return (None, true);
        }
        let alias = self
            .aliases
            .and_then(|aliases| aliases.by_value.get(&value.to_lowercase()));
        if let Some(meant) = alias {
            return (*meant, true);
        }
        if let Some(code) = self.meaning.code(value) {
            return (Some(code), true);
        }
        if self.mapping.empties.has(value.as_bytes()) {
            return (None, true);
        }
        match self.aliases.and_then(|aliases| aliases.other) {
            Some(meant) => (meant, true),
            None => (self.mapping.code_of_other(self.column, self.meaning), false),
        }
    }
}

#[cold]
fn note(unknown: &mut UnknownValues, codes: &Codes, line: u64) {
    for value in &codes.unknown {
        unknown.note(value, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::Jurisdiction;
    use crate::vocabulary::Vocabulary;

    fn of_group(column: &str, vocabulary: &Vocabulary) -> Column {
        let (index, group) = vocabulary.group_of_column(column).unwrap();
        Column::of_group(index, group)
    }

    fn column(column: Column, vocabulary: &Vocabulary) -> CodedColumn<'_> {
        let meaning = Meaning::of(column, vocabulary).unwrap();
        let several = column.has_several(vocabulary);
        CodedColumn::new(column, meaning, several, Mapping::canonical())
    }

    fn read<'c>(column: &'c mut CodedColumn<'_>, cell: Cell<'_>, line: u64) -> &'c Codes {
        column.read(cell);
        column.take(line);
        column.said()
    }

    #[test]
    fn several_values_keep_their_positions_and_mentions() {
        let vocabulary = Vocabulary::embedded();
        let mut gender = column(of_group("gender", &vocabulary), &vocabulary);
        let codes = read(
            &mut gender,
            Cell::from(&b"female; Male;;Female;x; ;"[..]),
            7,
        );
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
        let mut calls = column(of_group("call_type", &vocabulary), &vocabulary);
        assert_eq!(
            read(&mut calls, Cell::from(&b" TIP report "[..]), 2).at(0),
            Some(1)
        );
        assert_eq!(
            read(&mut calls, Cell::from(&b"Tip Report;Referral"[..]), 3).at(0),
            None
        );
        assert_eq!(read(&mut calls, Cell::from(&b""[..]), 4).positions(), 0);
        assert_eq!(calls.unknown.values().len(), 1);
    }

    #[test]
    fn states_are_found_by_code_or_name() {
        let vocabulary = Vocabulary::embedded();
        let mut states = column(Column::State, &vocabulary);
        let expected = Jurisdiction::from_code("NM").unwrap().index() as u8;
        let codes = read(&mut states, Cell::from(&b"nm;New Mexico;Chihuahua"[..]), 2);
        assert_eq!(codes.at(0), Some(expected));
        assert_eq!(codes.at(1), Some(expected));
        assert_eq!(codes.at(2), None);
        assert_eq!(codes.bits().count_ones(), 1);
    }

    #[test]
    fn cells_beyond_the_remembered_ones_are_still_read() {
        let vocabulary = Vocabulary::embedded();
        let mut states = column(Column::CallerState, &vocabulary);
        for number in 0..3 * MOST_REMEMBERED {
            assert_eq!(
                read(&mut states, format!("x{number}").as_bytes().into(), 2).at(0),
                None
            );
            assert_eq!(read(&mut states, Cell::from(&b"TX"[..]), 2).positions(), 1);
        }
        assert!(states.read.len() <= MOST_REMEMBERED);
        assert_eq!(states.unknown.total(), 3 * MOST_REMEMBERED as u64);
    }

    #[test]
    fn words_for_nothing_are_empty_unless_the_vocabulary_has_them() {
        let vocabulary = Vocabulary::embedded();
        let mut gender = column(of_group("gender", &vocabulary), &vocabulary);
        let codes = read(&mut gender, Cell::from(&b"N/A;Female;unknown;-"[..]), 2);
        assert_eq!(codes.mentions().collect::<Vec<_>>(), [0]);
        assert_eq!(codes.at(1), Some(0));
        assert_eq!(gender.unknown.total(), 0);
        let mut kind = column(of_group("trafficking_type", &vocabulary), &vocabulary);
        assert_eq!(
            read(&mut kind, Cell::from(&b"Not Specified"[..]), 2).positions(),
            1
        );
    }

    #[test]
    fn results_for_values_are_counted() {
        let vocabulary = Vocabulary::embedded();
        let mut gender = column(of_group("gender", &vocabulary), &vocabulary);
        read(&mut gender, Cell::from(&b"F;x"[..]), 2);
        read(&mut gender, Cell::from(&b"F"[..]), 3);
        read(&mut gender, Cell::from(&b"n/a"[..]), 4);
        let known = Became::Known("Female".to_owned());
        let expected = [
            ("F".to_owned(), known, 2),
            ("n/a".to_owned(), Became::Empty, 1),
            ("x".to_owned(), Became::Unknown, 1),
        ];
        assert_eq!(gender.values(), (expected.to_vec(), true));
    }
}
