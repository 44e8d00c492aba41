//! What sheets of larger areas add to those of their states: everything that is counted for a region is also counted
//! for one of its states.

use super::sheet::{Sheet, Statement, Subject};

/// An area, and other areas that together have all its cases and signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cover {
    pub whole: String,
    pub parts: Vec<String>,
}

/// The areas of sheets that are covered by their states, or by smaller areas and states; each of these has a sheet.
///
/// A batch makes no sheet for a state without data. So a state without a sheet is taken to have no cases, if the
/// numbers of the others are enough for all those of the area.
pub(super) fn covers(sheets: &[Sheet]) -> Vec<Cover> {
    let areas = areas(sheets);
    let mut covers: Vec<Cover> = Vec::new();
    for whole in areas.iter().filter(|area| area.states.len() > 1) {
        let within: Vec<&&Sheet> = areas.iter().filter(|it| is_within(it, whole)).collect();
        let states = within.iter().filter(|it| it.states.len() == 1);
        let largest = within
            .iter()
            .filter(|it| !within.iter().any(|other| is_within(it, other)));
        for parts in [states.collect::<Vec<_>>(), largest.collect()] {
            let cover = Cover {
                whole: whole.area.clone(),
                parts: parts.iter().map(|part| part.area.clone()).collect(),
            };
            let mut of_whole = whole.states.iter();
            let has_all =
                of_whole.all(|state| parts.iter().any(|part| part.states.contains(state)));
            if (has_all || is_enough(sheets, &cover)) && !covers.contains(&cover) {
                covers.push(cover);
            }
        }
    }
    covers
}

/// One sheet of each area.
fn areas(sheets: &[Sheet]) -> Vec<&Sheet> {
    let mut areas: Vec<&Sheet> = Vec::new();
    for sheet in sheets {
        if !areas.iter().any(|known| known.area == sheet.area) {
            areas.push(sheet);
        }
    }
    areas
}

fn is_within(area: &Sheet, wider: &Sheet) -> bool {
    area.states.len() < wider.states.len()
        && area.states.iter().all(|state| wider.states.contains(state))
}

/// Whether a kind of number is at most the sum of its numbers in areas that cover it.
pub(super) fn is_covered(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Cases | Subject::Part { .. } | Subject::Total { .. }
    )
}

/// Whether every number of an area can be as large as those of its parts together.
fn is_enough(sheets: &[Sheet], cover: &Cover) -> bool {
    let most = |like: &Statement, part: &String| {
        let mut statements = sheets_of(sheets, part).flat_map(|sheet| &sheet.statements);
        let found = statements.find(|it| it.subject == like.subject && it.over == like.over);
        // What isn't listed has less than the limit.
        let limit = || {
            sheets_of(sheets, part)
                .find(|sheet| sheet.period == like.over)?
                .limit
        };
        found.map(|it| it.printed.hi).or_else(limit)
    };
    let mut numbers = sheets_of(sheets, &cover.whole)
        .flat_map(|sheet| &sheet.statements)
        .filter(|it| is_covered(&it.subject));
    !cover.parts.is_empty()
        && numbers.all(|number| {
            let most = cover.parts.iter().map(|part| most(number, part));
            most.sum::<Option<i64>>()
                .is_some_and(|most| number.printed.lo <= most)
        })
}

fn sheets_of<'s>(sheets: &'s [Sheet], area: &'s str) -> impl Iterator<Item = &'s Sheet> {
    sheets.iter().filter(move |sheet| sheet.area == area)
}
