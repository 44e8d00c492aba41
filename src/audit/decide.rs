//! What each wanted number can be, and which printed numbers show it.

use std::collections::BTreeSet;

use super::differences::Tightened;
use super::model::Compiled;
use super::numbers::{Wanted, What};
use super::problem::{Problem, Run, State, Sum, range};
use super::search::{Answer, Question, find};
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
    let all = |_: usize| true;
    let sums = problem.sums_under(&all);
    let Some(start) = problem.start(&all) else {
        return Decided::Contradiction(contradiction(problem));
    };
    let numbers: Vec<(usize, Vec<(i64, Run)>)> = wanted
        .iter()
        .enumerate()
        .filter_map(|(at, wanted)| Some((at, compiled.terms(&wanted.terms)?)))
        .collect();
    if is_apart(problem) {
        return Decided::Verdicts(read_off(problem, &start, wanted, &numbers));
    }
    let mut attack = Attack {
        problem,
        seen: vec![Vec::new(); numbers.len()],
        numbers: &numbers,
        start,
        sums,
    };
    for upper_first in [true, false] {
        match find(problem, &attack.start, &attack.sums, None, upper_first) {
            Answer::Yes(found) => attack.mark(&found),
            Answer::No => return Decided::Contradiction(contradiction(problem)),
            Answer::Unknown => {}
        }
    }
    let verdicts = (0..numbers.len()).map(|at| {
        let wanted = &wanted[numbers[at].0];
        (numbers[at].0, attack.verdict(at, wanted))
    });
    Decided::Verdicts(verdicts.collect())
}

/// What each number of a problem can be, as far as it follows directly from printed numbers, without a search: quick
/// for any number of sheets. What it finds is true; what it leaves open may still be possible to work out. Without
/// the sources.
pub(super) fn at_a_glance(compiled: &Compiled, wanted: &[Wanted]) -> Vec<(usize, Verdict)> {
    let problem = &compiled.problem;
    let Some(start) = problem.start(&|_| true) else {
        return Vec::new();
    };
    let numbers = wanted.iter().enumerate();
    let verdicts = numbers.filter_map(|(at, wanted)| {
        let terms = compiled.terms(&wanted.terms)?;
        Some((at, by_its_ends(range(&start, &terms), wanted)))
    });
    verdicts.collect()
}

struct Attack<'a> {
    problem: &'a Problem,
    numbers: &'a [(usize, Vec<(i64, Run)>)],
    start: State,
    sums: Vec<&'a Sum>,
    /// Values that each number has in solutions that were found, as intervals.
    seen: Vec<Vec<(i64, i64)>>,
}

impl Attack<'_> {
    /// Records what every number can be if the binding kinds have the values of a solution: the rest of a part with
    /// one kind is difference constraints, and every value between their bounds is possible.
    fn mark(&mut self, found: &State) {
        let mut state = self.start.clone();
        for &hub in &self.problem.hubs {
            for at in 0..self.problem.stretches {
                let number = found[hub].lo(at, at + 1);
                let of = &mut state[hub];
                if of.at_least(at, at + 1, number) == Tightened::Empty
                    || of.at_most(at, at + 1, number) == Tightened::Empty
                {
                    return;
                }
            }
        }
        if !self.problem.propagate(&mut state, &self.sums) {
            return;
        }
        let is_fixed = |family: usize| {
            (0..state[family].stretches())
                .all(|at| state[family].lo(at, at + 1) == state[family].hi(at, at + 1))
        };
        for (seen, (_, terms)) in self.seen.iter_mut().zip(self.numbers) {
            let ends = range(&state, terms);
            let family = terms[0].1.family;
            let mut others = self
                .problem
                .parts
                .iter()
                .filter(|part| part.contains(&family));
            let is_alone = terms.len() == 1
                && others.all(|part| part.iter().all(|it| *it == family || is_fixed(*it)));
            if is_fixed(family) || is_alone {
                seen.push(ends);
            }
        }
    }

    /// Whether a number can be in a range; `None` if the search was abandoned.
    fn can_be(&mut self, at: usize, lo: i64, hi: i64) -> Option<bool> {
        if self.seen[at]
            .iter()
            .any(|(least, most)| *least <= hi && lo <= *most)
        {
            return Some(true);
        }
        let terms = &self.numbers[at].1;
        let question = Question { terms, lo, hi };
        match find(self.problem, &self.start, &self.sums, Some(question), true) {
            Answer::Yes(found) => {
                self.mark(&found);
                if lo == hi {
                    self.seen[at].push((lo, lo));
                }
                Some(true)
            }
            Answer::No => Some(false),
            Answer::Unknown => None,
        }
    }

    fn verdict(&mut self, at: usize, wanted: &Wanted) -> Verdict {
        let problem = self.problem;
        let terms = self.numbers[at].1.clone();
        let (least, most) = range(&self.start, &terms);
        let possible = |can: Option<bool>| can.ok_or(Verdict::Unknown);
        let mut decide = || -> Result<Verdict, Verdict> {
            let limit = wanted.limit;
            if most >= limit && possible(self.can_be(at, limit, most))? {
                return Ok(Verdict::Open);
            }
            let may_be_none = least <= 0 && possible(self.can_be(at, least, 0))?;
            if may_be_none && wanted.what == What::Added {
                return Ok(Verdict::Open);
            }
            let mut values = Vec::new();
            for value in 1..limit {
                if possible(self.can_be(at, value, value))? {
                    values.push(value);
                }
            }
            if values.is_empty() || values.len() as i64 == limit - 1 {
                return Ok(Verdict::Open);
            }
            if may_be_none {
                values.insert(0, 0);
            }
            let sources = grounds(problem, &terms, &values, wanted);
            Ok(Verdict::Told { values, sources })
        };
        decide().unwrap_or_else(|verdict| verdict)
    }
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
    problem: &Problem,
    start: &State,
    wanted: &[Wanted],
    numbers: &[(usize, Vec<(i64, Run)>)],
) -> Vec<(usize, Verdict)> {
    let verdict = |(at, terms): &(usize, Vec<(i64, Run)>)| {
        let wanted = &wanted[*at];
        let mut verdict = by_its_ends(range(start, terms), wanted);
        if let Verdict::Told { values, sources } = &mut verdict {
            *sources = grounds(problem, terms, values, wanted);
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
fn grounds(problem: &Problem, terms: &[(i64, Run)], values: &[i64], wanted: &Wanted) -> Vec<usize> {
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
    least_of(problem, &|mask| {
        let Some(start) = problem.start(mask) else {
            return true;
        };
        let sums = problem.sums_under(mask);
        excluded.iter().all(|&(lo, hi)| {
            let question = Question { terms, lo, hi };
            matches!(
                find(problem, &start, &sums, Some(question), true),
                Answer::No
            )
        })
    })
}

/// The smallest set of printed numbers that can't all be true.
fn contradiction(problem: &Problem) -> Vec<usize> {
    least_of(problem, &|mask| match problem.start(mask) {
        None => true,
        Some(start) => {
            let sums = problem.sums_under(mask);
            matches!(find(problem, &start, &sums, None, true), Answer::No)
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
