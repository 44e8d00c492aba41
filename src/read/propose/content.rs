//! The content of a column in the file.

use std::collections::BTreeMap;

use crate::read::date::DateForm;
use crate::read::empties::Empties;
use crate::read::flag::Flag;
use crate::read::mapping::Mapping;
use crate::read::meaning::Meaning;
use crate::read::one_cell;
use crate::read::values::values;

/// Date forms that are tried, the likeliest first.
pub(super) const DATE_FORMS: [&str; 6] = [
    "iso",
    "month/day/year",
    "day/month/year",
    "month",
    "excel",
    "year",
];
/// Share of cells that must be dates of one form.
const NEARLY_ALL: f64 = 0.9;
/// Separators to try if `;` leaves values unknown, the likeliest first.
const SEPARATORS: [&str; 8] = ["|", "\n", ", ", ",", "/", " and ", " & ", " "];
/// The default separator between values.
pub(super) const SEPARATOR: &str = ";";

/// A column of the file.
pub(super) struct Content {
    pub name: String,
    /// What a row of labels says about it; may be empty.
    pub label: String,
    /// Its distinct values and how often each occurs; without those that say nothing.
    pub values: BTreeMap<String, u64>,
    /// Cells with a value that says something, and cells without one.
    pub filled: u64,
    pub blank: u64,
    /// Whether the first row has one.
    pub begins_filled: bool,
}

impl Content {
    pub(super) fn of<'a>(name: &str, label: &str, cells: impl Iterator<Item = &'a str>) -> Content {
        let empties = Empties::standard();
        let mut content = Content {
            name: name.to_owned(),
            label: label.to_owned(),
            values: BTreeMap::new(),
            filled: 0,
            blank: 0,
            begins_filled: false,
        };
        for (row, cell) in cells.enumerate() {
            if cell.is_empty() {
                content.blank += 1;
            } else if !empties.has(cell.as_bytes()) {
                content.filled += 1;
                content.begins_filled |= row == 0;
                *content.values.entry(cell.to_owned()).or_default() += 1;
            }
        }
        content
    }

    /// The values between separators, and how often each occurs in the column.
    pub(super) fn parts<'a>(
        &'a self,
        separator: &'a str,
        meaning: Meaning<'a>,
    ) -> impl Iterator<Item = (&'a str, u64)> {
        let separators = [separator.to_owned()];
        self.values.iter().flat_map(move |(cell, count)| {
            let values = values(cell, &separators, |value| meaning.code(value).is_some());
            let filled = values.into_iter().filter(|value| !value.is_empty());
            filled.map(move |value| (value, *count))
        })
    }

    /// The share of cells that pass a test.
    pub(super) fn share(&self, test: impl Fn(&str) -> bool) -> f64 {
        let passing = self.values.iter().filter(|(value, _)| test(value));
        let passing: u64 = passing.map(|(_, count)| count).sum();
        passing as f64 / self.filled.max(1) as f64
    }

    /// Whether most cells contain a place with its state or ZIP code, as in "Albuquerque, NM".
    pub(super) fn names_states(&self) -> bool {
        self.share(|cell| one_cell::parts(cell).is_some()) > 0.5
    }

    /// The share of values that a meaning knows, with a separator between them.
    pub(super) fn share_known(&self, meaning: Meaning<'_>, separator: &str) -> f64 {
        let (mut known, mut all) = (0, 0);
        for (value, count) in self.parts(separator, meaning) {
            all += count;
            if meaning.code(value).is_some() {
                known += count;
            }
        }
        known as f64 / all.max(1) as f64
    }

    /// What stands between several values of a cell: what makes most values known, `;` where that is as
    /// good as another. A space parts values only where it makes all of them known, and anything parts states
    /// only where all of a cell are states: "Albuquerque, NM" names one.
    pub(super) fn separator(&self, meaning: Meaning<'_>) -> &'static str {
        let mut best = (SEPARATOR, self.share_known(meaning, SEPARATOR));
        for separator in SEPARATORS {
            let share = self.share_known(meaning, separator);
            let is_enough = match (meaning, separator) {
                (_, " ") => share == 1.0,
                (Meaning::State, _) => self.all_parts_known(meaning, separator),
                _ => true,
            };
            if is_enough && share > best.1 {
                best = (separator, share);
            }
        }
        best.0
    }

    /// Whether of each cell all values between separators are known, or none is.
    fn all_parts_known(&self, meaning: Meaning<'_>, separator: &str) -> bool {
        let mut cells = self.values.keys();
        cells.all(|cell| {
            let mut parts = cell.split(separator).filter(|part| !part.trim().is_empty());
            let known = parts.clone().filter(|part| meaning.code(part).is_some());
            let known = known.count();
            known == 0 || parts.all(|part| meaning.code(part).is_some())
        })
    }

    /// How many distinct codes of a meaning it has, numbers apart.
    pub(super) fn distinct_codes(&self, meaning: Meaning<'_>, separator: &str) -> usize {
        let codes = self.parts(separator, meaning);
        let codes = codes.filter(|(value, _)| has_letter(value));
        let mut codes: Vec<u8> = codes.filter_map(|(value, _)| meaning.code(value)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.len()
    }

    /// The form of nearly all of its dates.
    pub(super) fn date_form(&self) -> Option<&'static str> {
        let mut best: Option<(&str, f64)> = None;
        for name in DATE_FORMS {
            let Ok(form) = DateForm::named(name) else {
                continue;
            };
            let share = self.share(|text| form.day(text.as_bytes(), None).is_some());
            if share > NEARLY_ALL && best.is_none_or(|(_, most)| share > most) {
                best = Some((name, share));
            }
        }
        best.map(|(name, _)| name)
    }

    /// Whether its cells contain only yes or no.
    pub(super) fn is_flags(&self) -> bool {
        self.filled > 0
            && self
                .values
                .keys()
                .all(|value| answer(value) != Flag::Unknown)
    }

    /// Whether all values are yes or no, or the codes that housing data (HMIS) use for an unanswered question.
    pub(super) fn are_answers(&self) -> bool {
        let mut is_any_told = false;
        self.values.keys().all(|value| {
            let is_told = answer(value) != Flag::Unknown;
            is_any_told |= is_told;
            is_told || is_unanswered(value)
        }) && is_any_told
    }

    /// The share of cells with a unique value, among the cells with any value.
    pub(super) fn distinct(&self) -> (f64, f64) {
        let rows = (self.filled + self.blank).max(1) as f64;
        (
            self.values.len() as f64 / self.filled.max(1) as f64,
            self.filled as f64 / rows,
        )
    }
}

/// Whether a value is a code by which housing data say that a question wasn't answered.
pub(super) fn is_unanswered(value: &str) -> bool {
    matches!(value, "8" | "9" | "99")
}

/// What a value says to a question.
pub(super) fn answer(value: &str) -> Flag {
    Flag::of(value.as_bytes(), &Empties::standard())
}

/// Whether a text is a day as files without a mapping write it.
pub(super) fn is_day(text: &str) -> bool {
    let mut forms = Mapping::canonical().dates.iter();
    forms.any(|form| form.day(text.as_bytes(), None).is_some())
}

/// Whether a value has a letter. Numbers don't say what they are: an age is one, and so is much else.
fn has_letter(value: &str) -> bool {
    value.contains(char::is_alphabetic)
}
