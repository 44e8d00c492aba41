//! Which column of the file each canonical column comes from, by names and content together.

use std::collections::BTreeMap;

use super::content::Content;
use crate::read::column::Column;
use crate::read::header::unnumbered;
use crate::read::known_names::{self, KnownNames};
use crate::read::meaning::Meaning;
use crate::vocabulary::Vocabulary;

/// Minimum similarity of a column in the file to a canonical one, from 0 to 1, for proposing it.
const LIKE_ENOUGH: f64 = 0.5;
/// The same for a label below the name, which says more than a name such as Q3, but is longer.
const OF_LABEL: f64 = 0.97;
/// A name with at least this similarity can't be anything else.
const CERTAIN: f64 = 0.87;
/// The share of content that counts as nearly all, and its bonus.
const NEARLY_ALL: f64 = 0.9;
const BONUS: f64 = 0.15;

/// The field of each canonical column that has one: the likeliest pair first, each field once. `taken` are fields
/// that something else uses.
pub(super) fn choose(
    columns: &[Content],
    taken: &[bool],
    vocabulary: &Vocabulary,
) -> BTreeMap<Column, usize> {
    let all = Column::all(vocabulary);
    let mut pairs = Vec::new();
    let free = columns.iter().zip(taken).enumerate();
    for (field, (content, _)) in
        free.filter(|(_, (content, taken))| !**taken && !content.name.is_empty())
    {
        for (rank, &column) in all.iter().enumerate() {
            let likeness = likeness(column, content, vocabulary);
            if likeness >= LIKE_ENOUGH {
                pairs.push((likeness, rank, field, column));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut chosen = BTreeMap::new();
    for (.., field, column) in pairs {
        if !chosen.contains_key(&column) && !chosen.values().any(|taken| *taken == field) {
            chosen.insert(column, field);
        }
    }
    // One without the other isn't a place.
    let (latitude, longitude) = (Column::Latitude, Column::Longitude);
    if chosen.contains_key(&latitude) != chosen.contains_key(&longitude) {
        chosen.remove(&latitude);
        chosen.remove(&longitude);
    }
    chosen
}

/// How similar the name of a column in the file, or its label, is to those of a canonical column.
pub(super) fn name_likeness(column: Column, content: &Content, vocabulary: &Vocabulary) -> f64 {
    let known = KnownNames::embedded();
    let group = column
        .group()
        .and_then(|group| vocabulary.groups().get(group));
    let of = |name: &str| {
        let by_name = known.likeness(column.name(), name);
        group.map_or(by_name, |group| {
            by_name.max(known_names::likeness(&group.heading, name))
        })
    };
    of(unnumbered(&content.name)).max(OF_LABEL * of(&content.label))
}

/// How similar a column in the file is to a canonical one; 0 if its content contradicts it.
fn likeness(column: Column, content: &Content, vocabulary: &Vocabulary) -> f64 {
    let name = name_likeness(column, content, vocabulary);
    let together = |fit: f64| {
        let bonus = if fit > NEARLY_ALL { BONUS } else { 0.0 };
        0.6 * name + 0.4 * fit + bonus
    };
    if let Some(meaning) = Meaning::of(column, vocabulary) {
        return of_values(column, content, meaning, name, &together);
    }
    if content.filled == 0 {
        // Nothing speaks against it, and other files of the layout may have some.
        let is_open = column != Column::Received || content.blank == 0 || name >= CERTAIN;
        return if name >= 0.8 && is_open {
            0.6 * name
        } else {
            0.0
        };
    }
    let is_date = || {
        matches!(
            content.date_form(),
            Some("iso" | "month/day/year" | "day/month/year" | "month")
        )
    };
    match column {
        Column::Received => match content.date_form() {
            // Such a number could be anything else.
            Some("excel" | "year") if name < 0.8 => 0.0,
            Some("excel" | "year") => 0.6 * name,
            Some(_) => together(1.0),
            // Dates of several forms, or of one that isn't known: those that can be read are, and the others are
            // told with what they say.
            None if name >= CERTAIN => 0.6 * name,
            None => 0.0,
        },
        Column::SignalId => {
            let (distinct, filled) = content.distinct();
            let is_odd = is_date() || content.is_flags();
            // Numbers of something, which change no count if each row has its own.
            let is_something = name <= known_names::WORD && (distinct, filled) != (1.0, 1.0);
            if name == 0.0 || filled < 0.5 || is_something || (is_odd && name < CERTAIN) {
                return 0.0;
            }
            0.6 * name + 0.3 * distinct + 0.25 * filled * filled - 0.1
        }
        Column::CaseId if name < CERTAIN && (is_date() || content.is_flags()) => 0.0,
        Column::City if content.names_states() => {
            let is_place =
                KnownNames::embedded().likeness(known_names::LOCATION, unnumbered(&content.name));
            name.max(is_place)
        }
        Column::County | Column::City => {
            let is_number = |text: &str| text.bytes().all(|byte| b"0123456789.-".contains(&byte));
            if is_date() || content.share(is_number) > 0.5 {
                0.0
            } else {
                name
            }
        }
        Column::CaseId => name,
        Column::Synthetic if content.is_flags() => name,
        Column::Zip => {
            let share = content.share(is_zip);
            if name == 0.0 || share < 0.5 {
                0.0
            } else {
                together(share)
            }
        }
        // The states and territories are within these bounds; Guam is east of 180°.
        Column::Latitude => in_degrees(content, name, -15.0..=72.0, &together),
        Column::Longitude => in_degrees(content, name, -180.0..=180.0, &together),
        _ => 0.0,
    }
}

/// Similarity to a column with known values.
fn of_values(
    column: Column,
    content: &Content,
    meaning: Meaning<'_>,
    name: f64,
    together: &impl Fn(f64) -> f64,
) -> f64 {
    let separator = content.separator(meaning);
    let fit = content.share_known(meaning, separator);
    if content.filled == 0 {
        return if name >= 0.8 { 0.6 * name } else { 0.0 };
    }
    // Few rows may have misspelled values.
    let is_open = fit > 0.0 || content.filled < 5;
    match column {
        // A status, a plate, a text that contains the word.
        Column::State | Column::CallerState if fit < 0.3 && !(name > CERTAIN && is_open) => 0.0,
        Column::CallerState if name == 0.0 => 0.0,
        // Values alone must be many, and say more than one thing.
        _ if name == 0.0 => match content.distinct_codes(meaning, separator) {
            2.. => together(fit),
            _ if column == Column::State => together(fit),
            _ => 0.0,
        },
        // Most of what such a column contains is something else.
        _ if name < 0.8 && fit < 0.3 => 0.0,
        _ => together(fit),
    }
}

fn is_zip(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &text[digits..];
    (3..=5).contains(&digits) && (behind.is_empty() || behind.starts_with('-') || behind == ".0")
        || digits == 9 && behind.is_empty()
}

fn in_degrees(
    content: &Content,
    name: f64,
    bounds: std::ops::RangeInclusive<f64>,
    together: &impl Fn(f64) -> f64,
) -> f64 {
    let share = content.share(|text| {
        let first = text.split(';').next().unwrap_or_default();
        let number = first.trim().replace(',', ".").replace('\u{2212}', "-");
        first.contains(['.', ',']) && number.parse().is_ok_and(|x: f64| bounds.contains(&x))
    });
    if name == 0.0 || share < 0.5 {
        0.0
    } else {
        together(share)
    }
}
