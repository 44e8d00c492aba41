//! Proposes a mapping for a file with an unknown layout, by the names of its columns and their content.
//!
//! A proposal is conservative: a line that could change a number by a guess is commented out, with the number of rows
//! that it would change. It is complete: ids, dates and states come from somewhere. And it runs as written.

mod aliases;
mod choose;
mod content;
mod flags;
mod sample;
mod seen;
mod write;

use std::collections::BTreeMap;
use std::io::Read;

pub use self::seen::{SeenColumn, seen_columns};

use self::content::Content;
use self::flags::Flags;
use self::sample::Sample;
use super::column::Column;
use super::limits::Limits;
use super::meaning::Meaning;
use super::sheets::Sheets;
use crate::failure::Outcome;
use crate::geo::{Boundaries, Gazetteer, LonLat};
use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::Vocabulary;

/// A mapping for a person to review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The mapping file.
    pub toml: String,
    /// The same without its comments, which are about the one file: files with the same text have the same layout.
    pub layout: String,
    /// Columns that are needed to read any row, but that nothing in the file matches.
    pub missing: Vec<Column>,
}

/// What is known besides the file.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Sheets of a workbook to read.
    pub sheets: &'a Sheets,
    /// The requested state: all rows are about it if nothing in the file says theirs.
    pub state: Jurisdiction,
}

/// Minimum share of places in a state for assuming that all are in it.
const NEARLY_ALL: f64 = 0.9;
/// Minimum length of a name with a number that says what the column contains: "Q1" doesn't.
const LEAST_LETTERS: usize = 3;
/// Places that are looked at for that.
const MOST_PLACES: usize = 200;

/// Proposes a mapping for a source.
///
/// # Errors
/// A source that can't be read or has no rows.
pub fn propose(
    file: &str,
    source: impl Read,
    asked: Asked<'_>,
    vocabulary: &Vocabulary,
    limits: Limits,
) -> Outcome<Proposal> {
    let sample = Sample::read(file, source, vocabulary, limits)?;
    let columns: Vec<Content> = sample
        .names
        .iter()
        .zip(&sample.labels)
        .enumerate()
        .map(|(field, (name, label))| {
            Content::of(
                name,
                label,
                sample.rows.iter().map(|row| row[field].as_str()),
            )
        })
        .collect();
    let layout = Layout::of(&columns, &sample, vocabulary);
    let state = match layout.chosen.contains_key(&Column::State) {
        true => StateOf::Column,
        false
            if layout
                .content(Column::City)
                .is_some_and(Content::names_states) =>
        {
            StateOf::Cells
        }
        false => {
            state_of_places(&layout, &sample).map_or(StateOf::Nothing(asked.state), StateOf::Places)
        }
    };
    let (toml, layout_alone) = write::toml(&sample, &layout, asked.sheets, state, vocabulary);
    let missing = match layout.chosen.contains_key(&Column::Received) {
        true => Vec::new(),
        false => vec![Column::Received],
    };
    Ok(Proposal {
        toml,
        layout: layout_alone,
        missing,
    })
}

/// What says the state of the rows.
#[derive(Clone, Copy)]
enum StateOf {
    Column,
    /// The cells of the city column, each of which names its own.
    Cells,
    /// ZIP codes or coordinates, nearly all of which are in it.
    Places(Jurisdiction),
    /// Nothing in the file: the requested one.
    Nothing(Jurisdiction),
}

/// Where the canonical columns come from.
struct Layout<'c> {
    columns: &'c [Content],
    /// Field by canonical column.
    chosen: BTreeMap<Column, usize>,
    /// More fields for the same column: survey programs write one for each answer.
    further: BTreeMap<Column, Vec<usize>>,
    /// Flags that a column is made from.
    flags: Vec<Flags>,
    /// Flags that aren't used: their values aren't known, or another column uses them.
    unused_flags: Vec<Flags>,
    /// Values that answer the question in the column's name, and their answer.
    questions: Vec<(Column, String)>,
}

impl<'c> Layout<'c> {
    fn of(columns: &'c [Content], sample: &Sample, vocabulary: &Vocabulary) -> Self {
        let all_flags = flags::find(columns, vocabulary);
        let mut taken = vec![false; columns.len()];
        for (field, _) in all_flags.iter().flat_map(|flags| &flags.flags) {
            taken[*field] = true;
        }
        let mut layout = Layout {
            columns,
            chosen: choose::choose(columns, &taken, vocabulary),
            further: BTreeMap::new(),
            flags: Vec::new(),
            unused_flags: Vec::new(),
            questions: Vec::new(),
        };
        for flags in all_flags {
            let column = flags.column;
            let others = layout.chosen.get(&column).map(|field| &columns[*field]);
            let is_better = |content: &Content| {
                Meaning::of(flags.column, vocabulary).is_some_and(|meaning| {
                    content.share_known(meaning, content.separator(meaning)) > 0.5
                })
            };
            if others.is_some_and(is_better) || !flags.are_named() {
                layout.unused_flags.push(flags);
                continue;
            }
            layout.chosen.remove(&column);
            match flags.question() {
                Some((field, value)) => {
                    layout.chosen.insert(column, field);
                    layout.questions.push((flags.column, value.to_owned()));
                }
                None => layout.flags.push(flags),
            }
        }
        layout.find_further(sample, vocabulary);
        layout
    }

    /// Whether a canonical column comes from somewhere.
    fn has(&self, column: Column) -> bool {
        self.chosen.contains_key(&column) || self.flags.iter().any(|flags| flags.column == column)
    }

    /// The field that a column comes from.
    fn content(&self, column: Column) -> Option<&'c Content> {
        let field = self.chosen.get(&column)?;
        Some(&self.columns[*field])
    }

    /// Fields that nothing uses.
    fn is_used(&self, field: usize) -> bool {
        let in_flags = |flags: &[Flags]| {
            let fields = flags.iter().flat_map(|flags| &flags.flags);
            fields.map(|(field, _)| *field).any(|used| used == field)
        };
        self.chosen.values().any(|used| *used == field)
            || self.further.values().flatten().any(|used| *used == field)
            || in_flags(&self.flags)
            || in_flags(&self.unused_flags)
    }

    /// Columns next to a chosen one with more answers to the same question.
    fn find_further(&mut self, sample: &Sample, vocabulary: &Vocabulary) {
        let question = |field: usize| {
            let (name, label) = (&sample.names[field], &sample.labels[field]);
            let stem = |text: &str| text.rsplit_once('_').map(|(stem, _)| stem.to_owned());
            let asked = label.rsplit_once(" - ").map(|(asked, _)| asked.to_owned());
            (stem(name), asked)
        };
        let mut further = BTreeMap::new();
        for (&column, &field) in &self.chosen {
            let Some(meaning @ Meaning::Vocabulary(_)) = Meaning::of(column, vocabulary) else {
                continue;
            };
            let asked = question(field);
            let is_like = |other: usize| {
                (asked.0.is_some() && asked.1.is_some() && question(other) == asked)
                    || sample.answers[other] == sample.answers[field]
                    || are_numbered(&sample.names[field], &sample.names[other])
            };
            let fields = (0..self.columns.len()).filter(|&other| {
                let content = &self.columns[other];
                other != field
                    && !self.is_used(other)
                    && is_like(other)
                    && content.share_known(meaning, content.separator(meaning)) > NEARLY_ALL
            });
            let fields: Vec<usize> = fields.collect();
            if !fields.is_empty() {
                further.insert(column, fields);
            }
        }
        self.further = further;
    }
}

/// Whether two names differ only in a number, as in "Victim 1 Gender" and "Victim 2 Gender".
fn are_numbered(one: &str, other: &str) -> bool {
    let without = |name: &str| -> String { name.chars().filter(|c| !c.is_ascii_digit()).collect() };
    let (one_text, other_text) = (without(one), without(other));
    let letters = one_text.chars().filter(|c| c.is_alphabetic()).count();
    one_text == other_text && one_text.len() < one.len() && letters >= LEAST_LETTERS
}

/// The state of nearly all ZIP codes or, if there are none, coordinates.
fn state_of_places(layout: &Layout<'_>, sample: &Sample) -> Option<Jurisdiction> {
    if let Some(zips) = layout.content(Column::Zip) {
        let zips: Vec<&str> = zips
            .values
            .keys()
            .map(|zip| zip.as_str())
            .take(MOST_PLACES)
            .collect();
        return the_one_state(zips.len(), |state| {
            let gazetteer = Gazetteer::shared(state);
            let known = zips.iter().filter(|zip| gazetteer.zip(zip).is_some());
            known.count()
        });
    }
    let field = |column: Column| layout.chosen.get(&column).copied();
    let (latitude, longitude) = (field(Column::Latitude)?, field(Column::Longitude)?);
    let number = |row: &Vec<String>, field: usize| row[field].replace('\u{2212}', "-").parse().ok();
    let points = sample.rows.iter().filter_map(|row| {
        Some(LonLat {
            latitude: number(row, latitude)?,
            longitude: number(row, longitude)?,
        })
    });
    let points: Vec<LonLat> = points.take(MOST_PLACES).collect();
    the_one_state(points.len(), |state| {
        let boundaries = Boundaries::shared(state);
        points
            .iter()
            .filter(|point| boundaries.contains(**point))
            .count()
    })
}

/// The one state with nearly all of some places.
fn the_one_state(places: usize, count: impl Fn(Jurisdiction) -> usize) -> Option<Jurisdiction> {
    let has_most =
        |state: &Jurisdiction| places > 0 && count(*state) as f64 > NEARLY_ALL * places as f64;
    let mut states = Jurisdiction::all().filter(has_most);
    let only = states.next()?;
    states.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests;
