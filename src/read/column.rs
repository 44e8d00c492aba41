//! The columns of the canonical CSV, and how their names are spelled.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::trim::trim_str;
use crate::vocabulary::{Group, Vocabulary};

macro_rules! columns {
    ($($column:ident $name:literal $meaning:literal;)*) => {
        /// A column of the canonical CSV (docs/counting.md).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column {
            $(#[doc = $meaning] $column,)*
            /// The column of a group of the vocabulary.
            Group(GroupColumn),
        }

        /// The columns that aren't groups, to number them.
        enum Fixed { $($column),* }

        impl Column {
            /// All that aren't groups, in the order of the specification.
            const FIXED: &[Column] = &[$(Column::$column),*];

            /// Its position in a list of all columns: those that aren't groups, then the groups'.
            #[inline]
            pub(super) fn number(self) -> usize {
                match self {
                    $(Column::$column => Fixed::$column as usize,)*
                    Column::Group(group) => Column::FIXED.len() + usize::from(group.index),
                }
            }

            /// The name in the header.
            pub fn name(self) -> &'static str {
                match self {
                    $(Column::$column => $name,)*
                    Column::Group(group) => group.name,
                }
            }
        }
    };
}

/// The column of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupColumn {
    index: u8,
    name: &'static str,
}

/// The columns in the specification, in its order, including those of groups; other groups come last.
const ORDER: [&str; 18] = [
    "signal_id",
    "case_id",
    "received",
    "contact_method",
    "call_type",
    "caller_state",
    "state",
    "county",
    "city",
    "zip",
    "latitude",
    "longitude",
    "trafficking_type",
    "sex_venue",
    "labor_venue",
    "citizenship",
    "gender",
    "age",
];

impl Column {
    /// The column for a group, by the group's index.
    pub fn of_group(index: usize, group: &Group) -> Column {
        Column::Group(GroupColumn {
            index: index as u8,
            name: kept(&group.column),
        })
    }

    /// All columns in a vocabulary, in the order of the specification.
    pub fn all(vocabulary: &Vocabulary) -> Vec<Column> {
        let groups = vocabulary.groups().iter().enumerate();
        let groups = groups.map(|(index, group)| Column::of_group(index, group));
        let mut all: Vec<Column> = Column::FIXED.iter().copied().chain(groups).collect();
        let place = |column: &Column| ORDER.iter().position(|name| *name == column.name());
        all.sort_by_key(|column| place(column).unwrap_or(ORDER.len()));
        all
    }

    /// Whether a cell can contain several values: a signal has at most one category in a group with a total, and came
    /// from one state.
    pub(super) fn has_several(self, vocabulary: &Vocabulary) -> bool {
        let group = self
            .group()
            .and_then(|group| vocabulary.groups().get(group));
        self != Column::CallerState && !group.is_some_and(|group| group.has_total)
    }

    /// Index of the group for the column.
    pub fn group(self) -> Option<usize> {
        match self {
            Column::Group(group) => Some(usize::from(group.index)),
            _ => None,
        }
    }
}

/// A name that lasts as long as the program. A run reads one vocabulary, so there are few of these.
fn kept(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = names.get(name) {
        return kept;
    }
    let name: &'static str = Box::leak(name.into());
    names.insert(name);
    name
}

impl Column {
    /// Whether it says, together with others, where a place is; values in such columns align by position.
    pub(super) fn is_part_of_place(self) -> bool {
        use Column::{City, County, Latitude, Longitude, Zip};
        matches!(self, County | City | Zip | Latitude | Longitude)
    }
}

columns! {
    SignalId "signal_id" "Unique id of the signal.";
    CaseId "case_id" "The case that the signal belongs to.";
    Received "received" "Day the signal arrived.";
    CallerState "caller_state" "State the caller was in.";
    State "state" "States of the places.";
    County "county" "Counties of the places.";
    City "city" "Cities of the places.";
    Zip "zip" "ZIP codes of the places.";
    Latitude "latitude" "Latitudes of the places, in degrees.";
    Longitude "longitude" "Longitudes of the places, in degrees.";
    SexVenue "sex_venue" "Sex trafficking venues.";
    LaborVenue "labor_venue" "Labor trafficking venues.";
    Synthetic "synthetic" "Whether the signal is made up.";
}

/// A column of the file that is read, and its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub column: Column,
    /// In the file, from 0.
    pub field: usize,
}

/// `Signal ID`, `signal-id` and `signal_id` are the same name.
pub(super) fn spelling(name: &str) -> String {
    let name = trim_str(name).to_lowercase();
    let marks = |c: char| c.is_whitespace() || c == '-';
    name.replace(marks, "_")
}
