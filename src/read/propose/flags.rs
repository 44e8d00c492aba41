//! Columns that answer yes or no for one value each: `victim/gender/female`, `gender___1`, "Gender (choice=Female)",
//! "US citizen?".

use std::collections::BTreeMap;

use super::content::Content;
use crate::read::column::Column;
use crate::read::known_names::{KnownNames, words};
use crate::read::meaning::Meaning;
use crate::vocabulary::Vocabulary;

/// Minimum similarity of the text before a value to the name of a column.
const LIKE: f64 = 0.5;
const SURELY_LIKE: f64 = 0.8;
/// Words before a value that say nothing.
const OF_VICTIM: [&str; 5] = ["victim", "potential", "person", "any", "potentially"];
/// What stands between a column's name and a value in those of its flags, and nowhere else.
const MARKS: [&str; 6] = ["(choice=", "___", " - ", ": ", "/", "["];
/// What may also stand within a value, as in `gender_trans_woman`.
const WEAK_MARKS: [char; 2] = ['.', '_'];

/// The flags for one canonical column.
pub(super) struct Flags {
    pub column: Column,
    /// Field, and the name of the value that its yes means; `None` if the name doesn't say.
    pub flags: Vec<(usize, Option<String>)>,
}

impl Flags {
    /// Whether each one says what its yes means.
    pub(super) fn are_named(&self) -> bool {
        self.flags.iter().all(|(_, value)| value.is_some())
    }

    /// A single one asks a question, and its answers are values: a no says something, too.
    pub(super) fn question(&self) -> Option<(usize, &str)> {
        match self.flags.as_slice() {
            [(field, Some(value))] => Some((*field, value)),
            _ => None,
        }
    }
}

/// The flags for the canonical columns that have any, each field once.
pub(super) fn find(columns: &[Content], vocabulary: &Vocabulary) -> Vec<Flags> {
    let mut found: BTreeMap<Column, Flags> = BTreeMap::new();
    let fields = columns.iter().enumerate();
    let may_be = |content: &Content| content.are_answers() && !is_of_ids(&content.name);
    for (field, content) in fields.filter(|(_, content)| may_be(content)) {
        let told = of_value(&content.label, vocabulary)
            .or_else(|| of_value(&content.name, vocabulary))
            .map(|(column, value)| (column, Some(value)))
            .or_else(|| of_code(&content.name, vocabulary).map(|column| (column, None)));
        if let Some((column, value)) = told {
            found
                .entry(column)
                .or_insert_with(|| Flags {
                    column,
                    flags: Vec::new(),
                })
                .flags
                .push((field, value));
        }
    }
    let is_family = |flags: &Flags| flags.flags.len() > 1 || flags.are_named();
    found.into_values().filter(is_family).collect()
}

/// Whether a name is for ids or numbers, of which the first may be 0 and 1: "Call #".
fn is_of_ids(name: &str) -> bool {
    let said = words(name);
    said.iter().any(|word| word == "number" || word == "id")
}

/// The column and the value that a flag's name describes: the text before the value must resemble the column's name,
/// or be empty if the value belongs only to this column.
fn of_value(name: &str, vocabulary: &Vocabulary) -> Option<(Column, String)> {
    let known = KnownNames::embedded();
    let mut best: Option<(f64, Column, String)> = None;
    for (before, value) in divisions(name) {
        let coded = coded(vocabulary);
        let means: Vec<(Column, &str)> = coded
            .iter()
            .filter_map(|(column, meaning)| Some((*column, meaning.name(meaning.code(&value)?))))
            .collect();
        let is_alone = means.len() == 1;
        for (column, meant) in means {
            let like = match before.is_empty() {
                true if is_alone => LIKE,
                true => 0.0,
                false => known.likeness(column.name(), before.as_str()),
            };
            if like >= LIKE && best.as_ref().is_none_or(|(most, ..)| like > *most) {
                best = Some((like, column, meant.to_owned()));
            }
        }
    }
    best.map(|(_, column, value)| (column, value))
}

/// The column of a flag with a code instead of a value in its name: `gender___1`.
fn of_code(name: &str, vocabulary: &Vocabulary) -> Option<Column> {
    let (before, _) = name.rsplit_once("___")?;
    let known = KnownNames::embedded();
    let likeness = |column: &Column| known.likeness(column.name(), before);
    let columns = Column::all(vocabulary).into_iter();
    let best = columns.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) >= SURELY_LIKE).then_some(best)
}

/// A name split into a column's name and a value, at each possible separator, and whole.
pub(super) fn divisions(name: &str) -> Vec<(String, String)> {
    let mut divisions = Vec::new();
    for mark in MARKS {
        if let Some((before, value)) = name.rsplit_once(mark) {
            let value = value.trim_end_matches([')', ']']).trim();
            divisions.push((before.trim().to_owned(), value.to_owned()));
        }
    }
    // What stands before must end with the column's name: the woman of `victim/trans_woman` is part of a value.
    for (at, mark) in name.match_indices(WEAK_MARKS) {
        let (before, value) = (&name[..at], &name[at + mark.len()..]);
        if ends_with_a_name(before) {
            divisions.push((before.trim().to_owned(), value.trim().to_owned()));
        }
    }
    let said = words(name);
    let said: Vec<String> = said
        .into_iter()
        .skip_while(|word| OF_VICTIM.contains(&word.as_str()))
        .collect();
    divisions.push((String::new(), name.to_owned()));
    divisions.push((String::new(), said.join(" ")));
    // A code or a letter says nothing.
    let tells = |value: &str| value.chars().filter(|c| c.is_alphabetic()).count() > 1;
    divisions.retain(|(_, value)| tells(value));
    divisions
}

/// Whether a text's last words are the name of a column.
fn ends_with_a_name(text: &str) -> bool {
    let said = words(text);
    let known = KnownNames::embedded();
    (0..said.len()).any(|first| known.has(&said[first..].join(" ")))
}

/// The columns that hold values of the vocabulary.
fn coded(vocabulary: &Vocabulary) -> Vec<(Column, Meaning<'_>)> {
    let all = Column::all(vocabulary).into_iter().filter_map(|column| {
        let meaning = Meaning::of(column, vocabulary)?;
        matches!(meaning, Meaning::Vocabulary(_)).then_some((column, meaning))
    });
    all.collect()
}
