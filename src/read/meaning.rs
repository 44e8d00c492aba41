//! What the values in a column mean: values of the vocabulary, or states.

use super::column::Column;
use super::state_names::state_named;
use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::{List, Vocabulary};

/// What the values in a column mean.
#[derive(Clone, Copy)]
pub(super) enum Meaning<'v> {
    /// Codes are indexes into the list.
    Vocabulary(&'v List),
    /// Codes are indexes of [`Jurisdiction`].
    State,
}

impl<'v> Meaning<'v> {
    /// What a column's values mean; `None` for free text.
    pub(super) fn of(column: Column, vocabulary: &'v Vocabulary) -> Option<Self> {
        Some(match column {
            Column::CallerState | Column::State => Meaning::State,
            Column::SexVenue => Meaning::Vocabulary(&vocabulary.sex_venue),
            Column::LaborVenue => Meaning::Vocabulary(&vocabulary.labor_venue),
            _ => Meaning::Vocabulary(&vocabulary.groups().get(column.group()?)?.list),
        })
    }

    /// The code of a value.
    pub(super) fn code(self, value: &str) -> Option<u8> {
        match self {
            Meaning::Vocabulary(list) => list.find(value),
            Meaning::State => state_named(value).map(|state| state.index() as u8),
        }
    }

    /// The name of a code.
    pub(super) fn name(self, code: u8) -> &'v str {
        match self {
            Meaning::Vocabulary(list) => &list.entries()[usize::from(code)].name,
            Meaning::State => Jurisdiction::from_index(code.into()).code(),
        }
    }

    /// All names that a value may have.
    pub(super) fn names(self) -> impl Iterator<Item = &'v str> {
        let (list, states) = match self {
            Meaning::Vocabulary(list) => (list.entries(), None),
            Meaning::State => (&[][..], Some(Jurisdiction::all())),
        };
        let states = states.into_iter().flatten();
        let names = list.iter().map(|entry| entry.name.as_str());
        names.chain(states.map(|state| -> &'v str { state.name() }))
    }
}
