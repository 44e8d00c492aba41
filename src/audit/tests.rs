//! The audit finds exactly what a reader who tries all possibilities finds.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::decide::{Decided, Verdict, decide};
use super::model::Model;
use super::numbers::{Wanted, What, wanted};
use super::sheet::{Counted, Printed, Sheet, Span, Statement, Subject};

/// Months at which periods and years begin and end.
const CUTS: [i64; 4] = [0, 12, 24, 36];
const MOST: i64 = 3;

fn part(key: &str) -> Subject {
    Subject::Part {
        of: Counted::Cases,
        group: "gender".to_owned(),
        key: key.to_owned(),
    }
}

fn venue(key: &str) -> Subject {
    Subject::Part {
        of: Counted::Cases,
        group: "venues.sex".to_owned(),
        key: key.to_owned(),
    }
}

/// What each stretch has: all cases, those of two categories, and for each year the ones on the map.
#[derive(Clone, Debug)]
struct World {
    cases: [i64; 3],
    women: [i64; 3],
    venue: [i64; 3],
    on_map: [i64; 3],
}

impl World {
    fn count(&self, subject: &Subject, span: Span) -> i64 {
        let of = match subject {
            Subject::Cases => &self.cases,
            Subject::OnMap => &self.on_map,
            Subject::OffMap => {
                return self.count(&Subject::Cases, span) - self.count(&Subject::OnMap, span);
            }
            subject if *subject == venue("street") => &self.venue,
            _ => &self.women,
        };
        let within = (0..3).filter(|at| span.from <= CUTS[*at] && CUTS[at + 1] <= span.to);
        within.map(|at| of[at]).sum()
    }
}

/// All counts up to the limit, with none larger than the count that it is part of.
fn up_to(bounds: [i64; 3]) -> Vec<[i64; 3]> {
    let mut all = Vec::new();
    for a in 0..=bounds[0] {
        for b in 0..=bounds[1] {
            for c in 0..=bounds[2] {
                all.push([a, b, c]);
            }
        }
    }
    all
}

fn agrees(world: &World, sheet: &Sheet, subjects: &[Subject]) -> bool {
    let printed = sheet
        .statements
        .iter()
        .filter(|it| subjects.contains(&it.subject));
    let mut printed = printed;
    let listed = sheet
        .statements
        .iter()
        .any(|it| it.subject == venue("street"));
    let unlisted = subjects.contains(&venue("street")) && !listed;
    printed.all(|it| {
        let count = world.count(&it.subject, it.over);
        (it.printed.lo..=it.printed.hi).contains(&count)
    }) && !(unlisted && world.count(&venue("street"), sheet.period) >= sheet.limit.unwrap())
}

/// The values that a number has in worlds that agree with all sheets.
fn by_trying_all(sheets: &[Sheet], terms: &[(i64, Subject, Span)]) -> BTreeSet<i64> {
    let mut values = BTreeSet::new();
    let any = World {
        cases: [0; 3],
        women: [0; 3],
        venue: [0; 3],
        on_map: [0; 3],
    };
    let value = |world: &World| -> i64 {
        let terms = terms.iter();
        terms
            .map(|(sign, subject, span)| sign * world.count(subject, *span))
            .sum()
    };
    let fits = |world: &World, subjects: &[Subject]| {
        sheets.iter().all(|sheet| agrees(world, sheet, subjects))
    };
    // More than any sheet says that a stretch can have.
    for cases in up_to([8; 3]) {
        let of_cases = World {
            cases,
            ..any.clone()
        };
        if !fits(&of_cases, &[Subject::Cases]) {
            continue;
        }
        let with = |make: &dyn Fn([i64; 3]) -> World, subjects: &[Subject]| -> Vec<World> {
            let all = up_to(cases).into_iter().map(make);
            all.filter(|world| fits(world, subjects)).collect()
        };
        let women = with(
            &|women| World {
                women,
                ..of_cases.clone()
            },
            &[part("female")],
        );
        let venues = with(
            &|venue| World {
                venue,
                ..of_cases.clone()
            },
            &[venue("street")],
        );
        let maps = with(
            &|on_map| World {
                on_map,
                ..of_cases.clone()
            },
            &[Subject::OnMap, Subject::OffMap],
        );
        if women.is_empty() || venues.is_empty() || maps.is_empty() {
            continue;
        }
        let of = match &terms[0].1 {
            Subject::OnMap | Subject::OffMap => &maps,
            subject if *subject == venue("street") => &venues,
            _ => &women,
        };
        values.extend(of.iter().map(value));
    }
    values
}

fn expected(values: &BTreeSet<i64>, wanted: &Wanted) -> Verdict {
    let small: Vec<i64> = (1..wanted.limit).filter(|it| values.contains(it)).collect();
    let may_be_none = values.iter().any(|it| *it <= 0);
    let is_open = values.iter().any(|it| *it >= wanted.limit)
        || may_be_none && wanted.what == What::Added
        || small.is_empty()
        || small.len() as i64 == wanted.limit - 1;
    match is_open {
        true => Verdict::Open,
        false => Verdict::Told {
            values: if may_be_none {
                [vec![0], small].concat()
            } else {
                small
            },
            sources: Vec::new(),
        },
    }
}

/// A number in one of the ways in which it may be printed.
fn print(number: i64, limit: i64, style: u8) -> Printed {
    match style {
        _ if (1..limit).contains(&number) => Printed {
            lo: 1,
            hi: limit - 1,
        },
        0 | 1 if number > 0 => Printed {
            lo: number - i64::from(style),
            hi: number + 1,
        },
        _ => Printed::exact(number),
    }
}

fn sheet(world: &World, from: usize, year: usize, limit: i64, styles: &[u8]) -> Sheet {
    let year_span = Span {
        from: CUTS[year],
        to: CUTS[year + 1],
    };
    let period = Span {
        from: CUTS[from.min(year)],
        to: CUTS[year + 1],
    };
    let mut styles = styles.iter().copied();
    let mut statement = |name: &str, subject: Subject, over: Span| Statement {
        name: name.to_owned(),
        printed: print(world.count(&subject, over), limit, styles.next().unwrap()),
        subject,
        over,
    };
    let mut statements = vec![
        statement("cases.period", Subject::Cases, period),
        statement("cases.year", Subject::Cases, year_span),
        statement("gender.female", part("female"), period),
    ];
    // The limit decides which cases are on the map: these worlds have only one limit.
    if limit == 3 {
        statements.push(statement("cases.located_year", Subject::OnMap, year_span));
        statements.push(statement("map.unlocated_cases", Subject::OffMap, year_span));
    }
    if world.count(&venue("street"), period) >= limit {
        statements.push(statement("venues.sex.street", venue("street"), period));
    }
    Sheet {
        name: format!("{year}.json"),
        area: "WY".to_owned(),
        states: vec!["WY".to_owned()],
        period,
        year: year as i32,
        year_span,
        limit: Some(limit),
        is_synthetic: false,
        statements,
        ledger: None,
    }
}

fn worlds() -> impl Strategy<Value = World> {
    let counts = || prop::array::uniform3(0..=MOST);
    (counts(), counts(), counts(), counts()).prop_map(|(cases, women, venue, on_map)| {
        let within = |of: [i64; 3]| [0, 1, 2].map(|at: usize| of[at].min(cases[at]));
        World {
            women: within(women),
            venue: within(venue),
            on_map: within(on_map),
            cases,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// One to three sheets for a state, for one year or several, with periods that may overlap in any way.
    #[test]
    fn the_attack_finds_the_same_as_trying_all_possibilities(
        world in worlds(),
        made in prop::collection::vec(
            (0..3_usize, 0..3_usize, 3..=4_i64, prop::collection::vec(0..6_u8, 6)),
            1..=3,
        ),
    ) {
        let made = made.iter();
        let mut sheets: Vec<Sheet> = made
            .map(|(from, year, limit, styles)| sheet(&world, *from, *year, *limit, styles))
            .collect();
        sheets.sort_by_key(|sheet| (sheet.period.to, sheet.period.from));
        let mut model = Model::of(&sheets);
        let wanted = wanted(&mut model, &sheets);
        let terms: Vec<_> = wanted.iter().map(|it| it.terms.clone()).collect();
        for compiled in model.problems(&terms) {
            let Decided::Verdicts(verdicts) = decide(&compiled, &wanted) else {
                panic!("what is so can't be a contradiction");
            };
            for (at, verdict) in verdicts {
                let it = &wanted[at];
                let terms: Vec<(i64, Subject, Span)> = it
                    .terms
                    .iter()
                    .map(|(sign, kind, span)| {
                        let mut kinds = model.kinds.iter();
                        let (kind, _) = kinds.find(|(_, id)| *id == kind).unwrap();
                        (*sign, kind.subject.clone(), *span)
                    })
                    .collect();
                let values = by_trying_all(&sheets, &terms);
                let without_sources = match verdict {
                    Verdict::Told { values, .. } => Verdict::Told { values, sources: Vec::new() },
                    other => other,
                };
                prop_assert_eq!(
                    without_sources,
                    expected(&values, it),
                    "{:?} can be {:?}\n{:#?}", it, values, sheets
                );
            }
        }
    }
}
