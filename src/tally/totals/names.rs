//! The names of the figures that a statistics table may have.

use crate::failure::{Failure, Outcome, nearest};
use crate::vocabulary::{List, Vocabulary};

const OF_CASES: [&str; 3] = ["period", "year", "located_year"];
const OF_MAP: [&str; 2] = ["points", "unlocated_cases"];
const OF_LEDGER: [&str; 6] = [
    "rows_read",
    "used",
    "outside_period",
    "other_state",
    "duplicate",
    "rejected",
];

/// Whether a figure is known.
///
/// # Errors
/// An unknown one, with the nearest that is known, or all of them.
pub(super) fn check(vocabulary: &Vocabulary, figure: &str, category: &str) -> Outcome<()> {
    // What `stats --trend` writes; how it is to be protected, it can't tell: the years' own rows do.
    let is_year = category.parse::<i32>().is_ok();
    if ["trend.cases", "trend.signals"].contains(&figure) && is_year {
        return Ok(());
    }
    let known = known(vocabulary);
    let (what, wrong, right) = match known.iter().find(|(name, _)| *name == figure) {
        Some((_, categories)) if categories.contains(&category) => return Ok(()),
        Some((_, categories)) => ("category", category, categories.clone()),
        None => {
            let figures = known.iter().map(|(name, _)| *name).collect();
            ("figure", figure, figures)
        }
    };
    let failure = Failure::data(format!("unknown {what} “{}”", wrong.escape_debug()));
    Err(match nearest(wrong, right.iter().copied()) {
        Some(near) => failure.remedy(format!("did you mean `{near}`?")),
        None => failure.remedy(format!("one of these is expected: {}", right.join(", "))),
    })
}

/// Every figure with its categories.
fn known(vocabulary: &Vocabulary) -> Vec<(&'static str, Vec<&str>)> {
    let mut known: Vec<(&str, Vec<&str>)> = vec![
        ("cases", OF_CASES.to_vec()),
        ("venues.sex", keys_of(&vocabulary.sex_venue)),
        ("venues.labor", keys_of(&vocabulary.labor_venue)),
        ("map", OF_MAP.to_vec()),
        ("ledger", OF_LEDGER.to_vec()),
    ];
    let demographics = vocabulary.demographics();
    known.extend(demographics.map(|(key, list)| (key, keys_of(list))));
    let mut calls: Vec<&str> = vec!["total", "non_substantive"];
    let substantive = vocabulary.call_type.entries().iter();
    calls.extend(
        substantive
            .filter(|entry| entry.substantive)
            .map(|entry| entry.key.as_str()),
    );
    known.push(("calls", calls));
    known
}

fn keys_of(list: &List) -> Vec<&str> {
    let entries = list.entries().iter();
    entries.map(|entry| entry.key.as_str()).collect()
}
