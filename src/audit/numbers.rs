//! Which numbers a reader of sheets might try to learn: those that are printed as small, those that follow from two
//! printed numbers, and those that are missing on one sheet.

use super::model::{self, Kind, Model, Terms, kind_of};
use super::sheet::{Printed, Sheet, Span, Statement, Subject};

/// A number that would be small.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The sheet that it belongs to.
    pub sheet: usize,
    /// For what is added or dropped from one sheet to another: the other sheet.
    pub other: Option<usize>,
    pub name: String,
    pub printed: String,
    pub what: What,
    pub terms: Terms,
    /// The smallest count that isn't small.
    pub limit: i64,
}

/// How a number appears on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Printed as small.
    Printed,
    /// A venue that isn't listed.
    Unlisted,
    /// Cases of the period outside its year.
    Others,
    /// What one sheet has and the other doesn't.
    Added,
}

/// Two printed numbers for the same thing with a small difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Close<'s> {
    pub before: (usize, &'s Statement),
    pub after: (usize, &'s Statement),
}

/// The numbers of sheets, which are in order of time.
pub(super) fn wanted(model: &mut Model, sheets: &[Sheet]) -> Vec<Wanted> {
    let mut all = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        printed(model, index, sheet, &mut all);
        unlisted(model, index, sheet, sheets, &mut all);
        unlisted_counties(model, index, sheet, sheets, &mut all);
        others(model, index, sheet, &mut all);
    }
    for later in 0..sheets.len() {
        let mut earlier = (0..later).rev();
        if let Some(earlier) = earlier.find(|it| sheets[*it].area == sheets[later].area) {
            added(model, sheets, earlier, later, &mut all);
        }
    }
    let mut unique: Vec<Wanted> = Vec::new();
    for wanted in all {
        let is_known = |it: &Wanted| it.terms == wanted.terms && it.limit == wanted.limit;
        if !unique.iter().any(is_known) {
            unique.push(wanted);
        }
    }
    unique
}

fn printed(model: &mut Model, index: usize, sheet: &Sheet, all: &mut Vec<Wanted>) {
    let Some(limit) = sheet.limit else { return };
    for statement in &sheet.statements {
        let is_total = model::is_sum(sheet, statement);
        if statement.printed.is_small(limit) && !is_total {
            let kind = model.kind(kind_of(sheet, statement));
            all.push(Wanted {
                sheet: index,
                other: None,
                name: statement.name.clone(),
                printed: statement.printed.to_string(),
                what: What::Printed,
                terms: vec![(1, kind, statement.over)],
                limit,
            });
        }
    }
}

fn unlisted(
    model: &mut Model,
    index: usize,
    sheet: &Sheet,
    sheets: &[Sheet],
    all: &mut Vec<Wanted>,
) {
    let Some(limit) = sheet.limit.filter(|limit| *limit > 0) else {
        return;
    };
    for group in model::RANKINGS {
        let listed = model::listed(sheet, group);
        let of_area = sheets.iter().filter(|other| other.area == sheet.area);
        let known = of_area.flat_map(|other| model::listed(other, group));
        for venue in known {
            if listed.iter().any(|it| it.subject == venue.subject) {
                continue;
            }
            let statement = Statement {
                over: sheet.period,
                ..venue.clone()
            };
            all.push(Wanted {
                sheet: index,
                other: None,
                name: venue.name.clone(),
                printed: "not listed".to_owned(),
                what: What::Unlisted,
                terms: vec![(1, model.kind(kind_of(sheet, &statement)), sheet.period)],
                limit,
            });
        }
    }
}

fn unlisted_counties(
    model: &mut Model,
    index: usize,
    sheet: &Sheet,
    sheets: &[Sheet],
    all: &mut Vec<Wanted>,
) {
    let Some(limit) = sheet
        .limit
        .filter(|limit| *limit > 0 && model::has_counties(sheet))
    else {
        return;
    };
    let is_county = |it: &&Statement| matches!(it.subject, Subject::County { .. });
    let is_listed = |county: &Statement| {
        let mut statements = sheet.statements.iter();
        statements.any(|it| it.subject == county.subject)
    };
    let of_area = sheets.iter().filter(|other| other.area == sheet.area);
    let known = of_area
        .flat_map(|other| &other.statements)
        .filter(is_county);
    for county in known.filter(|county| !is_listed(county)) {
        let statement = Statement {
            over: sheet.year_span,
            ..county.clone()
        };
        all.push(Wanted {
            sheet: index,
            other: None,
            name: county.name.clone(),
            printed: "not listed".to_owned(),
            what: What::Unlisted,
            terms: vec![(1, model.kind(kind_of(sheet, &statement)), sheet.year_span)],
            limit,
        });
    }
}

fn others(model: &mut Model, index: usize, sheet: &Sheet, all: &mut Vec<Wanted>) {
    let Some(limit) = sheet.limit.filter(|limit| *limit > 0) else {
        return;
    };
    let of_cases = |over: Span| {
        let mut statements = sheet.statements.iter();
        let found = statements.find(|it| it.subject == Subject::Cases && it.over == over);
        found.map(|it| it.printed)
    };
    let rest = sheet.period.without(sheet.year_span);
    let printed = [sheet.period, sheet.year_span].map(of_cases);
    // A period that is printed like its year has no other cases; if there were any, at least one would have been
    // added. Old versions printed the exact number.
    let has_none = sheet.ledger.is_none() && printed[0].is_some() && printed[0] == printed[1];
    let knows_cases = printed.iter().any(Option::is_some);
    if !knows_cases || has_none || rest.is_empty() || !sheet.period.meets(sheet.year_span) {
        return;
    }
    let kind = model.kind(Kind {
        area: sheet.area.clone(),
        subject: Subject::Cases,
        variant: 0,
    });
    all.push(Wanted {
        sheet: index,
        other: None,
        name: "cases.period".to_owned(),
        printed: "less cases.year".to_owned(),
        what: What::Others,
        terms: rest.into_iter().map(|span| (1, kind, span)).collect(),
        limit,
    });
}

/// For each number of the period, what only one of two sheets covers.
fn added(model: &mut Model, sheets: &[Sheet], earlier: usize, later: usize, all: &mut Vec<Wanted>) {
    let (before, after) = (&sheets[earlier], &sheets[later]);
    if !before.period.meets(after.period) {
        return;
    }
    let limit = before.limit.max(after.limit).unwrap_or(0);
    for statement in after.statements.iter().filter(|it| it.over == after.period) {
        let Some(old) = same(before, statement) else {
            continue;
        };
        let sides = [
            (later, after.period.without(before.period)),
            (earlier, before.period.without(after.period)),
        ];
        let is_one_difference = sides.iter().any(|(_, rest)| rest.is_empty());
        let is_told_elsewhere = old.printed.is_exact() && statement.printed.is_exact()
            || [old, statement]
                .iter()
                .any(|it| it.printed == Printed::exact(0));
        if is_one_difference && is_told_elsewhere {
            // The difference of two numbers is reported as such, and what is added to zero is the number itself.
            continue;
        }
        let kind = model.kind(kind_of(after, statement));
        for (sheet, rest) in sides {
            if rest.is_empty() {
                continue;
            }
            all.push(Wanted {
                sheet,
                other: Some(if sheet == later { earlier } else { later }),
                name: statement.name.clone(),
                printed: String::new(),
                what: What::Added,
                terms: rest.into_iter().map(|span| (1, kind, span)).collect(),
                limit,
            });
        }
    }
}

/// The number of a sheet's period that counts the same thing.
fn same<'s>(sheet: &'s Sheet, like: &Statement) -> Option<&'s Statement> {
    let mut statements = sheet.statements.iter();
    let is_county = matches!(like.subject, Subject::County { .. });
    statements.find(|it| !is_county && it.over == sheet.period && it.subject == like.subject)
}

/// The small differences between exact numbers for the periods of an area's sheets, which are in order of time, if no
/// sheet between them prints the number.
pub(super) fn close(sheets: &[Sheet]) -> Vec<Close<'_>> {
    let mut all = Vec::new();
    for (later, after) in sheets.iter().enumerate() {
        let numbers = after.statements.iter().filter(|it| it.over == after.period);
        for statement in numbers.filter(|it| it.printed.is_exact()) {
            let mut earlier = (0..later).rev().filter_map(|earlier| {
                let sheet = &sheets[earlier];
                let old = same(sheet, statement).filter(|_| sheet.area == after.area)?;
                old.printed.is_exact().then_some((earlier, old))
            });
            let Some((earlier, old)) = earlier.next() else {
                continue;
            };
            let before = &sheets[earlier];
            let limit = before.limit.max(after.limit).unwrap_or(0);
            let difference = statement.printed.lo.abs_diff(old.printed.lo) as i64;
            if is_overlap(before.period, after.period) && (1..limit).contains(&difference) {
                all.push(Close {
                    before: (earlier, old),
                    after: (later, statement),
                });
            }
        }
    }
    all
}

/// Whether two periods overlap but aren't the same.
fn is_overlap(one: Span, other: Span) -> bool {
    one != other && one.meets(other)
}

impl Close<'_> {
    /// From the earlier number to the later one.
    pub(super) fn change(&self) -> i64 {
        let number = |printed: Printed| printed.lo;
        number(self.after.1.printed) - number(self.before.1.printed)
    }
}
