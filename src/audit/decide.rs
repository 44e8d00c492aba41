//! What each wanted number can be, and which printed numbers show it.

use std::collections::BTreeSet;

use super::attack::Attack;
use super::model::Compiled;
use super::numbers::{Wanted, What};
use super::problem::{Problem, Run, State, Ties, range};
use super::search::{Answer, First, MOST_STEPS, Question, find};
use super::sheet::ANY;

/// What a wanted number can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Any small number, or it needn't be small at all.
    Open,
    /// Small, and only one of these values; with the smallest set of sources that shows it.
    Told {
        values: Vec<i64>,
        sources: Vec<usize>,
    },
    /// The search was abandoned.
    Unknown,
}

/// The result for a problem: a verdict for each wanted number, or the sources that can't all be true.
pub(super) enum Decided {
    Verdicts(Vec<(usize, Verdict)>),
    Contradiction(Vec<usize>),
}

/// What each number of a problem can be.
pub(super) fn decide(compiled: &Compiled, wanted: &[Wanted]) -> Decided {
    let problem = &compiled.problem;
    let ties = Ties::of(problem, &|_| true);
    let Some(start) = problem.start(&ties, &|_| true) else {
        return Decided::Contradiction(contradiction(problem));
    };
    let numbers = numbers(compiled, wanted);
    if is_apart(problem) {
        return Decided::Verdicts(read_off(compiled, &start, wanted, &numbers));
    }
    let mut attack = Attack::of(compiled, &ties, start);
    if !numbers.is_empty() && !attack.begin() {
        return Decided::Contradiction(contradiction(problem));
    }
    let verdicts = numbers.iter().map(|(at, terms)| {
        let verdict = verdict(&mut attack, terms, &wanted[*at]);
        (*at, verdict)
    });
    Decided::Verdicts(verdicts.collect())
}

/// The wanted numbers of a problem, in its stretches.
fn numbers(compiled: &Compiled, wanted: &[Wanted]) -> Vec<(usize, Vec<(i64, Run)>)> {
    let wanted = wanted.iter().enumerate();
    wanted
        .filter_map(|(at, wanted)| Some((at, compiled.terms(&wanted.terms)?)))
        .collect()
}

fn verdict(attack: &mut Attack<'_>, terms: &[(i64, Run)], wanted: &Wanted) -> Verdict {
    let limit = wanted.limit;
    let (least, most) = range(&attack.start, terms);
    let mut can_be = |lo, hi| attack.can_be(Question { terms, lo, hi });
    let mut decide = || -> Option<(Vec<i64>, bool)> {
        if most >= limit && can_be(limit, most)? {
            return Some((Vec::new(), false));
        }
        let may_be_none = least <= 0 && can_be(least, 0)?;
        if may_be_none && wanted.what == What::Added {
            return Some((Vec::new(), false));
        }
        let mut values = Vec::new();
        for value in 1..limit {
            if can_be(value, value)? {
                values.push(value);
            }
        }
        Some((values, may_be_none))
    };
    let Some((mut values, may_be_none)) = decide() else {
        return Verdict::Unknown;
    };
    if values.is_empty() || values.len() as i64 == limit - 1 {
        return Verdict::Open;
    }
    if may_be_none {
        values.insert(0, 0);
    }
    let sources = grounds(attack.compiled, terms, &values, wanted);
    Verdict::Told { values, sources }
}

/// What each number of a problem can be, as far as it follows directly from printed numbers, without a search: quick
/// for any number of sheets. What it finds is true; what it leaves open may still be possible to work out. Without
/// the sources.
pub(super) fn at_a_glance(compiled: &Compiled, wanted: &[Wanted]) -> Vec<(usize, Verdict)> {
    let problem = &compiled.problem;
    let Some(start) = problem.start(&Ties::of(problem, &|_| true), &|_| true) else {
        return Vec::new();
    };
    let numbers = numbers(compiled, wanted).into_iter();
    numbers
        .map(|(at, terms)| (at, by_its_ends(range(&start, &terms), &wanted[at])))
        .collect()
}

/// Whether everything that is known is about runs that don't overlap and that one sum each connects: then what is
/// known of each run is exact without a search.
fn is_apart(problem: &Problem) -> bool {
    let facts = problem
        .facts
        .iter()
        .map(|fact| (fact.run.from, fact.run.to));
    let of_sums = problem.sums.iter().filter_map(|sum| {
        let (_, first) = sum.terms.first()?;
        let is_one = sum
            .terms
            .iter()
            .all(|(_, run)| (run.from, run.to) == (first.from, first.to));
        is_one.then_some((first.from, first.to))
    });
    let of_sums: Vec<(usize, usize)> = of_sums.collect();
    let unique: BTreeSet<(usize, usize)> = of_sums.iter().copied().collect();
    let mut spans: Vec<(usize, usize)> = facts.chain(of_sums.iter().copied()).collect();
    spans.sort_unstable();
    spans.dedup();
    problem.hubs.is_empty()
        && problem.at_most.is_empty()
        && problem.covers.is_empty()
        && of_sums.len() == problem.sums.len()
        && unique.len() == of_sums.len()
        && spans.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}

fn read_off(
    compiled: &Compiled,
    start: &State,
    wanted: &[Wanted],
    numbers: &[(usize, Vec<(i64, Run)>)],
) -> Vec<(usize, Verdict)> {
    let verdict = |(at, terms): &(usize, Vec<(i64, Run)>)| {
        let wanted = &wanted[*at];
        let mut verdict = by_its_ends(range(start, terms), wanted);
        if let Verdict::Told { values, sources } = &mut verdict {
            *sources = grounds(compiled, terms, values, wanted);
        }
        (*at, verdict)
    };
    numbers.iter().map(verdict).collect()
}

/// The conclusion about a number from the least and the most that it can be; without the sources.
fn by_its_ends((least, most): (i64, i64), wanted: &Wanted) -> Verdict {
    let limit = wanted.limit;
    let is_all = least <= 1 && most >= limit - 1;
    let may_be_none = least <= 0;
    let is_open = is_all || most >= limit || most < 1;
    match is_open || (may_be_none && wanted.what == What::Added) {
        true => Verdict::Open,
        false => Verdict::Told {
            values: (least.max(0)..=most).collect(),
            sources: Vec::new(),
        },
    }
}

/// The smallest set of printed numbers that limits a number to these values.
fn grounds(
    compiled: &Compiled,
    terms: &[(i64, Run)],
    values: &[i64],
    wanted: &Wanted,
) -> Vec<usize> {
    let limit = wanted.limit;
    let mut excluded: Vec<(i64, i64)> = (1..limit)
        .filter(|value| !values.contains(value))
        .map(|value| (value, value))
        .collect();
    // That it is small is in its own line, if it has one.
    if matches!(wanted.what, What::Others | What::Added) {
        excluded.push((limit, ANY));
        if !values.contains(&0) {
            excluded.push((0, 0));
        }
    }
    let shows = |problem: &Problem, terms: &[(i64, Run)], mask: &dyn Fn(usize) -> bool| {
        let ties = Ties::of(problem, mask);
        let Some(start) = problem.start(&ties, mask) else {
            return true;
        };
        excluded.iter().all(|&(lo, hi)| {
            let question = Some(Question { terms, lo, hi });
            let answer = find(&ties, &start, question, First::High, MOST_STEPS);
            matches!(answer, Answer::No)
        })
    };
    let mut about = compiled.about(terms);
    match about.find(|(problem, terms)| shows(problem, terms, &|_| true)) {
        Some((problem, terms)) => least_of(&problem, &|mask| shows(&problem, &terms, mask)),
        None => least_of(&compiled.problem, &|mask| {
            shows(&compiled.problem, terms, mask)
        }),
    }
}

/// The smallest set of printed numbers that can't all be true.
fn contradiction(problem: &Problem) -> Vec<usize> {
    least_of(problem, &|mask| {
        let ties = Ties::of(problem, mask);
        match problem.start(&ties, mask) {
            None => true,
            Some(start) => {
                let answer = find(&ties, &start, None, First::High, MOST_STEPS);
                matches!(answer, Answer::No)
            }
        }
    })
}

/// Whether something holds with only the sources that a function selects.
type Holds<'h> = dyn Fn(&dyn Fn(usize) -> bool) -> bool + 'h;

/// The sources that remain when every source that can be left out has been.
fn least_of(problem: &Problem, holds: &Holds<'_>) -> Vec<usize> {
    let facts = problem.facts.iter().map(|fact| fact.source);
    let sums = problem.sums.iter().flat_map(|sum| sum.sources.clone());
    let mut left: BTreeSet<usize> = facts.chain(sums).collect();
    let mut size = left.len().div_ceil(2).max(1);
    loop {
        let sources: Vec<usize> = left.iter().copied().collect();
        for chunk in sources.chunks(size) {
            let without = |source: usize| left.contains(&source) && !chunk.contains(&source);
            if holds(&without) {
                for source in chunk {
                    left.remove(source);
                }
            }
        }
        if size == 1 {
            return left.into_iter().collect();
        }
        size = size.div_ceil(2);
    }
}
